//! Measures are followed up as time passes: which their day is, that it comes, that it has passed, and, some time after they were
//! done, whether they worked (L8, B14, L13).

use chrono::{DateTime, Days, Months, NaiveDate, Utc};

use super::time::Time;
use crate::complaint::{Event, FollowUp, Measure, Raised};

/// House rule: a reminder a week before the day leaves time to do it, and comes when it is not forgotten again.
const REMINDER: Days = Days::new(7);
/// House rule: after three months a course has been given again, so that it shows whether a measure worked.
const UNTIL_ASKED: Months = Months::new(3);
/// House rule: what is asked is asked again after a month: of an owner once more, and then of the administration; by which day
/// something is to be done, until there is one.
const UNTIL_AGAIN: Months = Months::new(1);
/// How often an owner is asked whether a measure worked.
const TIMES_ASKED: u16 = 2;

impl Time<'_> {
    /// The next question about each measure, and since when it is due.
    pub(super) fn follow_ups(
        &self,
        now: DateTime<Utc>,
    ) -> impl Iterator<Item = (DateTime<Utc>, Event)> {
        let measures = self.complaint.measures.iter();
        measures.filter_map(move |(id, measure)| {
            let (due, about) = self.follow_up(measure, now)?;
            let raised = measure.followed_up.get(&about);
            let event = Event::MeasureFollowedUp {
                measure: *id,
                about,
                nth: raised.map_or(Some(1), |raised| raised.nth.checked_add(1))?,
            };
            Some((due, event))
        })
    }

    fn follow_up(
        &self,
        measure: &Measure,
        now: DateTime<Utc>,
    ) -> Option<(DateTime<Utc>, FollowUp)> {
        if let Some(due_on) = measure.day_to_do_it() {
            let reminder = self.before_its_day(measure, due_on, now);
            let due = reminder.map(|due| (due, FollowUp::DueSoon));
            return due.or_else(|| Some((self.after_its_day(measure, due_on), FollowUp::Overdue)));
        }
        if measure.awaits(FollowUp::Undated) {
            let due = match measure.followed_up.get(&FollowUp::Undated) {
                None => measure.dated_at,
                Some(asked) => self.a_month_after(asked.at)?,
            };
            return Some((due, FollowUp::Undated));
        }
        let done_on = measure.done_on.filter(|_| measure.is_effective.is_none())?;
        self.judgement(measure, done_on)
    }

    /// Once, unless the day was chosen in its last week: that is reminder enough. Nobody is reminded of a day that has passed.
    fn before_its_day(
        &self,
        measure: &Measure,
        due_on: NaiveDate,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let was_reminded = measure.followed_up.contains_key(&FollowUp::DueSoon);
        let (chosen_on, day) = (
            self.calendar.local_date(measure.dated_at),
            due_on.checked_sub_days(REMINDER)?,
        );
        let makes_sense = day > chosen_on && now < self.calendar.end_of(due_on);
        (makes_sense && !was_reminded)
            .then(|| self.calendar.start_of(self.open_until(day, chosen_on)))
    }

    /// At the end of the day, and again after each alert, until somebody reports or another day is chosen.
    fn after_its_day(&self, measure: &Measure, due_on: NaiveDate) -> DateTime<Utc> {
        let first = self.calendar.end_of(due_on);
        let raised = measure.followed_up.get(&FollowUp::Overdue);
        raised.map_or(first, |raised| first.max(self.a_repeat_after(raised.at)))
    }

    fn judgement(
        &self,
        measure: &Measure,
        done_on: NaiveDate,
    ) -> Option<(DateTime<Utc>, FollowUp)> {
        if measure.followed_up.contains_key(&FollowUp::Unjudged) {
            return None;
        }
        let asked = measure.followed_up.get(&FollowUp::Effect);
        let Some(Raised { nth, at }) = asked else {
            let day = done_on.checked_add_months(UNTIL_ASKED)?;
            return Some((self.calendar.start_of(day), FollowUp::Effect));
        };
        let about = if *nth < TIMES_ASKED {
            FollowUp::Effect
        } else {
            FollowUp::Unjudged
        };
        Some((self.a_month_after(*at)?, about))
    }

    fn a_month_after(&self, asked_at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let day = self.calendar.local_date(asked_at);
        Some(self.calendar.start_of(day.checked_add_months(UNTIL_AGAIN)?))
    }
}
