//! When a letter goes out: what presses nobody waits until its reader is at work.

use chrono::{DateTime, NaiveDate, Utc};

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
            Content::OverdueAlert { .. }
            | Content::MeasureDue { nth: Some(_), .. }
            | Content::MeasureEffect { .. } => calendar.at_work(now, hour),
            Content::Reminder { until, .. } => before(until.on, calendar, hour, now),
            Content::MeasureDue { due_on, .. } => before(*due_on, calendar, hour, now),
            _ => now,
        }
    }
}

/// When what reminds of a last day goes out.
fn before(last: NaiveDate, calendar: &Calendar, hour: Hour, now: DateTime<Utc>) -> DateTime<Utc> {
    let (open, today) = (calendar.at_work(now, hour), calendar.local_date(now));
    if calendar.local_date(open) < last {
        open
    } else if today < last {
        calendar.at_hour(today, hour).max(now)
    } else {
        now
    }
}
