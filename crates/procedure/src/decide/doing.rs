//! What the organisation does as time passes: it reminds, it alerts, it sends a letter again. Each is done when it is
//! done, never at the instant at which it should have been; what nobody did in time is not made up for.

use std::iter;

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Draft, keeping,
    time::{Time, after},
};
use crate::{
    actor::By,
    calendar::{Calendar, TermUnit},
    complaint::{Complaint, Delivery, Event, LapsedTerm, LetterKey, Recorded},
    deadline::{Deadline, DeadlineKind, Owner, deadlines},
    facts::Facts,
    policy::{Policy, Resolution},
};

/// House rule: the second attempt follows a week after every known address failed.
const SECOND_ATTEMPT_WEEKS: u16 = 1;

/// Whether whoever must act is alerted once it has passed, again and again until they do: a term of the organisation
/// that is still open, or a text that nobody agreed to before the clock opened the way onward.
pub(crate) fn is_alerted_on(policy: &Policy, complaint: &Complaint, deadline: &Deadline) -> bool {
    let by_itself =
        deadline.kind == DeadlineKind::Retention && keeping::goes_by_itself(policy, complaint);
    let is_owed = deadline.owner == Owner::Organisation && !by_itself;
    (deadline.is_open && is_owed) || is_left_unresolved(complaint, deadline)
}

/// Whether the clock opened the way onward because the term of the present instance lapsed, and nothing that ends the
/// instance has come since: it still can.
fn is_left_unresolved(complaint: &Complaint, deadline: &Deadline) -> bool {
    let round = complaint.round();
    let by_clock = round.way_by_lapse().is_some() && round.no_agreement_at.is_none();
    deadline.kind == DeadlineKind::Resolution(round.instance)
        && complaint.is_open()
        && deadline.met_at.is_none()
        && by_clock
        && round.lapsed.contains_key(&LapsedTerm::Resolution)
}

/// When the second attempt is due at a letter that came back from every known address, by when that was first known.
pub(super) fn second_attempt_due(calendar: &Calendar, returned: DateTime<Utc>) -> DateTime<Utc> {
    after(calendar, returned, SECOND_ATTEMPT_WEEKS, TermUnit::Week)
}

/// The second attempt at a letter that came back, every known address having failed, and since when: once more to the last, by
/// mail at once, on paper by whoever posts.
pub(super) fn second_attempt(
    complaint: &Complaint,
    letter: LetterKey,
    delivery: &Delivery,
) -> Option<(DateTime<Utc>, Event)> {
    let fails = delivery.sent_again_at.is_none() && complaint.goes_elsewhere(delivery).is_none();
    let returned = delivery.returned_at.filter(|_| fails)?;
    let returned = delivery.failed_since.unwrap_or(returned);
    match (delivery.is_paper(), delivery.reprint) {
        (false, _) => Some((returned, Event::LetterSentAgain { letter })),
        (true, None) => Some((returned, Event::LetterReprinted { letter })),
        (true, Some(_)) => None,
    }
}

impl Time<'_> {
    /// The next thing to do, and since when; one that lies before `now` was not done then.
    pub(super) fn next_doing(&self, now: DateTime<Utc>) -> Option<(DateTime<Utc>, Event)> {
        let reminders = self.deadlines.iter();
        let reminders = reminders.filter_map(|deadline| self.reminder(deadline, now));
        let alerts = self.deadlines.iter();
        let alerts = alerts.filter_map(|deadline| self.alert(deadline));
        self.second_attempts()
            .into_iter()
            .chain(self.rederived())
            .chain(reminders)
            .chain(alerts)
            .chain(self.follow_ups(now))
            .min_by_key(|(due, _)| *due)
    }

    fn second_attempts(&self) -> Vec<(DateTime<Utc>, Event)> {
        let again = |(letter, delivery): (&LetterKey, &Delivery)| {
            let (returned, event) = second_attempt(self.complaint, *letter, delivery)?;
            Some((second_attempt_due(self.calendar, returned), event))
        };
        self.complaint.letters_owed().filter_map(again).collect()
    }

    /// Open terms whose last day is another than it was when last anybody looked, because days have come to count since, or
    /// count no more.
    fn rederived(&self) -> Vec<(DateTime<Utc>, Event)> {
        let received = self.complaint.received_at;
        if self.calendar.changed_after(received).is_empty() {
            return Vec::new();
        }
        let open = self.deadlines.iter().filter(|deadline| deadline.is_open);
        open.filter_map(|deadline| self.moved(deadline)).collect()
    }

    fn moved(&self, now: &Deadline) -> Option<(DateTime<Utc>, Event)> {
        let told = self.complaint.rederived.get(&now.kind);
        let seen = told.map_or(now.runs_from, |told| now.runs_from.max(*told));
        let span = now.derivation.start..=now.due_on;
        let mut changed = self.calendar.changed_after(seen);
        changed.retain(|day, _| span.contains(day));
        let since = *changed.values().max()?;
        let stood = deadlines(
            self.policy,
            &self.calendar.as_it_stood(seen),
            self.complaint,
        );
        let before = stood.iter().find(|one| one.kind == now.kind)?;
        let moved = Event::DeadlineRederived {
            deadline: now.kind,
            from: before.due_on,
            to: now.due_on,
            days: changed.into_keys().collect(),
        };
        (before.due_on != now.due_on).then_some((since, moved))
    }

    /// A term of the complainant that ends soon; once it has ended there is nothing to be reminded of. A reminder that is due
    /// on a day on which the organisation is closed is early: after it, it could come too late.
    fn reminder(&self, deadline: &Deadline, now: DateTime<Utc>) -> Option<(DateTime<Utc>, Event)> {
        let instance = self.instance()?;
        let before = match (deadline.kind, &instance.resolution) {
            (DeadlineKind::Silence(_), Resolution::Response { silence, .. }) => {
                self.complaint.round().response.as_ref()?.announced?;
                silence.reminder
            }
            (DeadlineKind::Way(_), _) => instance.way.as_ref().and_then(|way| way.reminder),
            _ => None,
        }?;
        let was_reminded = self.complaint.reminders.contains(&deadline.kind);
        if !deadline.is_open || was_reminded || deadline.due_at <= now {
            return None;
        }
        let span = self
            .calendar
            .derive(before, deadline.derivation.start, false);
        let length = span.last_day - span.start;
        let (day, start) = (deadline.due_on - length, deadline.derivation.start);
        let due = self.calendar.start_of(self.open_until(day, start));
        let started = self.calendar.end_of(start);
        let deadline = deadline.kind;
        Some((due.max(started), Event::Reminded { deadline }))
    }

    /// The last working day up to a day and after another; the day itself where there is none.
    pub(super) fn open_until(&self, day: NaiveDate, after: NaiveDate) -> NaiveDate {
        let back = iter::successors(Some(day), NaiveDate::pred_opt);
        let mut back = back.take_while(|one| *one > after);
        let open = back.find(|one| self.calendar.is_working_day(*one));
        open.unwrap_or(day)
    }

    /// An alert when a term has passed, and again a repeat after each one that went out, until someone acts.
    fn alert(&self, deadline: &Deadline) -> Option<(DateTime<Utc>, Event)> {
        if !is_alerted_on(self.policy, self.complaint, deadline) {
            return None;
        }
        let raised = self.complaint.alerts.get(&deadline.kind);
        let nth = raised.map_or(Some(1), |raised| raised.nth.checked_add(1))?;
        let first = match deadline.kind {
            DeadlineKind::Retention => self.released(deadline),
            DeadlineKind::Measures => self.once_asked(deadline),
            _ => deadline.due_at,
        };
        let due = raised.map_or(first, |raised| first.max(self.a_repeat_after(raised.at)));
        let deadline = deadline.kind;
        Some((due, Event::Alerted { deadline, nth }))
    }

    /// Whoever is asked for measures only when the term is over, because nobody noticed the closing, is not warned in the
    /// same breath.
    fn once_asked(&self, measures: &Deadline) -> DateTime<Utc> {
        let asked = self.complaint.measures_asked_at;
        let late = asked.filter(|asked| *asked >= measures.due_at);
        late.map_or(measures.due_at, |asked| self.a_repeat_after(asked))
    }

    /// When the next alert is due after one that went out: a term later, by days. An alert at midnight belongs to the day that
    /// it ended, so that no weekend is counted out of it; the later of both counts is taken.
    pub(super) fn a_repeat_after(&self, at: DateTime<Utc>) -> DateTime<Utc> {
        let (calendar, repeat) = (self.calendar, self.policy.alerts.term);
        let day = calendar.local_date(at);
        let before = day.pred_opt().unwrap_or(day);
        let from_its_day = calendar.derive(repeat, day, false).last_day;
        let from_the_day_before = calendar.derive(repeat, before, false).ends;
        calendar.start_of(from_its_day).max(from_the_day_before)
    }
}

impl Draft {
    /// Does now what is to be done, after everything that has lapsed.
    pub(super) fn doing(mut self, policy: &Policy, facts: &Facts, now: DateTime<Utc>) -> Self {
        while let Some((_, event)) = Time::of(policy, facts, &self.complaint)
            .and_then(|time| time.next_doing(now))
            .filter(|(due, _)| *due <= now)
        {
            self.push(Recorded {
                at: now,
                registered_at: now,
                by: By::Clock,
                event,
            });
        }
        self
    }
}
