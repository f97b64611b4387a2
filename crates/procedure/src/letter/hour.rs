//! When a letter goes out: what presses nobody waits until its reader is at work.

use chrono::{DateTime, Utc};

use super::{Content, Letter};
use crate::calendar::{Calendar, Hour};

impl Letter {
    /// When it goes out that is written at `now`. Reminders and alerts wait for the hour of a day on which the organisation
    /// is open, yet a reminder not until the last day it reminds of: then it comes on a day on which nobody is there.
    /// Everything else goes at once.
    pub fn goes_out_at(
        &self,
        calendar: &Calendar,
        hour: Hour,
        now: DateTime<Utc>,
    ) -> DateTime<Utc> {
        match &self.content {
            Content::OverdueAlert { .. } => calendar.at_work(now, hour),
            Content::Reminder { until, .. } => {
                let (open, today) = (calendar.at_work(now, hour), calendar.local_date(now));
                if calendar.local_date(open) < until.on {
                    open
                } else if today < until.on {
                    calendar.at_hour(today, hour).max(now)
                } else {
                    now
                }
            }
            _ => now,
        }
    }
}
