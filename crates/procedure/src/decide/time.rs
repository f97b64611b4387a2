//! What the passing of time does: the one place where a term lapses.

use chrono::{DateTime, Utc};

use super::{context::open_way, staffing::next_turn};
use crate::{
    actor::By,
    calendar::{Calendar, Term, TermUnit},
    complaint::{Admission, Complaint, Event, LapsedTerm, LetterKey, OpenWay, Outcome, Recorded},
    deadline::{Deadline, DeadlineKind, Owner, deadlines},
    facts::Facts,
    policy::{Destruction, ExitGround, Instance, Policy, Resolution, SilenceMeans},
};

/// House rule: mail to an address nobody proved to be theirs has failed after this many working days.
const UNPROVED_WORKING_DAYS: u16 = 3;
/// House rule: the second attempt follows a week after every known address failed.
const SECOND_ATTEMPT_WEEKS: u16 = 1;

/// Everything due until an instant (inclusive), each with effect from its due instant.
pub fn settle(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Vec<Recorded> {
    let mut complaint = complaint.clone();
    let mut events = Vec::new();
    while let Some((due, event)) =
        next_due(policy, facts, &complaint).filter(|(due, _)| *due <= until)
    {
        let recorded = Recorded {
            at: due,
            registered_at: now,
            by: By::Clock,
            event,
        };
        complaint.evolve(&recorded);
        events.push(recorded);
    }
    events
}

/// The next thing that the passing of time will do, and when; `None` when it will do nothing more.
pub fn next_due(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
) -> Option<(DateTime<Utc>, Event)> {
    if complaint.destroyed_at.is_some() {
        return None;
    }
    let calendar = &facts.calendar;
    let time = Time {
        policy,
        calendar,
        complaint,
    };
    let deadlines = deadlines(policy, calendar, complaint);
    let legal = deadlines
        .iter()
        .filter_map(|deadline| time.effect(deadline).map(|event| (deadline.due_at, event)));
    let reminders = deadlines
        .iter()
        .filter_map(|deadline| time.reminder(deadline));
    let alerts = deadlines.iter().filter_map(|deadline| time.alert(deadline));
    let destruction = deadlines
        .iter()
        .filter_map(|deadline| time.destruction(deadline));
    time.carriage()
        .into_iter()
        .chain(legal)
        .chain(destruction)
        .chain(reminders)
        .chain(alerts)
        .chain(next_turn(policy, facts, complaint))
        .min_by_key(|(due, _)| *due)
}

struct Time<'a> {
    policy: &'a Policy,
    calendar: &'a Calendar,
    complaint: &'a Complaint,
}

impl Time<'_> {
    /// Letters that nobody proved to have received.
    fn carriage(&self) -> Vec<(DateTime<Utc>, Event)> {
        if !self.complaint.is_open() {
            return Vec::new();
        }
        let due = |(letter, delivery): (&LetterKey, &crate::complaint::Delivery)| {
            let letter = *letter;
            if let Some(returned) = delivery
                .returned_at
                .filter(|_| delivery.sent_again_at.is_none())
            {
                let due = self.after(returned, SECOND_ATTEMPT_WEEKS, TermUnit::Week);
                return match (delivery.is_paper, delivery.reprint) {
                    (false, _) => Some((due, Event::LetterSentAgain { letter })),
                    (true, None) => Some((due, Event::LetterReprinted { letter })),
                    (true, Some(_)) => None,
                };
            }
            let unproved = delivery.delivered_at.is_none()
                && delivery.returned_at.is_none()
                && !delivery.is_paper;
            let sent = delivery.sent_at.filter(|_| unproved)?;
            Some((
                self.after(sent, UNPROVED_WORKING_DAYS, TermUnit::WorkingDay),
                Event::LetterReturned { letter },
            ))
        };
        let letters = self.complaint.deliveries.iter();
        letters
            .filter(|(letter, _)| self.complaint.letter_holds(letter))
            .filter_map(due)
            .collect()
    }

    fn after(&self, from: DateTime<Utc>, amount: u16, unit: TermUnit) -> DateTime<Utc> {
        let start = self.calendar.local_date(from);
        Term::new(amount, unit).map_or(from, |term| self.calendar.derive(term, start, false).ends)
    }

    fn instance(&self) -> Option<&Instance> {
        self.policy
            .instances
            .get(usize::from(self.complaint.round().instance))
    }

    /// The legal effect of a deadline that passes unmet.
    fn effect(&self, deadline: &Deadline) -> Option<Event> {
        let round = self.complaint.round();
        match deadline.kind {
            DeadlineKind::LateComplaint
                if deadline.is_open && self.complaint.admission == Admission::Undecided =>
            {
                Some(Event::LateComplaintAdmitted { reasons: None })
            }
            DeadlineKind::LateAppeal(_) => Some(Event::LateAppealAdmitted { reasons: None }),
            DeadlineKind::Resolution(index)
                if index == round.instance && self.complaint.is_open() =>
            {
                self.resolution_lapse(deadline)
            }
            DeadlineKind::Reaction(_) if deadline.is_open => self.lapse(LapsedTerm::Reaction),
            DeadlineKind::Silence(_) if deadline.is_open => self.silence(deadline),
            DeadlineKind::Way(_) if deadline.is_open => Some(Event::Closed {
                outcome: self.unpursued(),
            }),
            _ => None,
        }
    }

    /// A term is kept by an outcome issued in time to good effect; a late one does not undo the lapse.
    fn resolution_lapse(&self, deadline: &Deadline) -> Option<Event> {
        let round = self.complaint.round();
        if deadline.is_met_in_time() || self.instance()?.resolution.lapse().is_none() {
            return None;
        }
        let way_was_open = round
            .way
            .as_ref()
            .is_some_and(|way| way.opened_at < deadline.due_at);
        let lapsed = round.lapsed.contains_key(&LapsedTerm::Resolution);
        if way_was_open && !lapsed {
            None
        } else {
            self.lapse(LapsedTerm::Resolution)
        }
    }

    /// First the lapse itself, then the way that it opens.
    fn lapse(&self, term: LapsedTerm) -> Option<Event> {
        let round = self.complaint.round();
        if !round.lapsed.contains_key(&term) {
            return Some(Event::TermLapsed { term });
        }
        let instance = self.instance()?;
        let way = instance.way.as_ref()?;
        let lapsed_at = *round.lapsed.get(&term)?;
        // Once the organisation's own term has lapsed the way has no end, whatever opened it after.
        let is_bounded_since = |open: &OpenWay| {
            open.announced.is_some()
                && open.opened_at >= lapsed_at
                && matches!(open.ground, ExitGround::Objection | ExitGround::Notice)
        };
        if way.is_endless_on(ExitGround::Lapse) && round.way.as_ref().is_some_and(is_bounded_since)
        {
            return open_way(
                way,
                self.calendar,
                self.complaint,
                ExitGround::Lapse,
                lapsed_at,
            );
        }
        let way = Some(way).filter(|_| round.way.is_none())?;
        let opens = instance
            .resolution
            .lapse()
            .is_some_and(|lapse| lapse.opens_way);
        let settled_meanwhile = round
            .response
            .as_ref()
            .is_some_and(|response| response.objected_at.is_some());
        if !opens || settled_meanwhile {
            return None;
        }
        let agreement = matches!(instance.resolution, Resolution::Agreement { .. });
        let proposed = agreement && self.complaint.solution.is_some();
        let ground = if proposed {
            ExitGround::NoAgreement
        } else {
            ExitGround::Lapse
        };
        open_way(way, self.calendar, self.complaint, ground, lapsed_at)
    }

    fn silence(&self, deadline: &Deadline) -> Option<Event> {
        let response = self.complaint.round().response.as_ref()?;
        response.announced?;
        let Resolution::Response { silence, .. } = &self.instance()?.resolution else {
            return None;
        };
        match silence.means {
            SilenceMeans::Acceptance => Some(Event::Closed {
                outcome: Outcome::TacitlyAccepted,
            }),
            SilenceMeans::NoAgreement if self.complaint.round().way.is_none() => {
                let way = self.instance()?.way.as_ref()?;
                open_way(
                    way,
                    self.calendar,
                    self.complaint,
                    ExitGround::NoAgreement,
                    deadline.due_at,
                )
            }
            SilenceMeans::NoAgreement => None,
        }
    }

    fn unpursued(&self) -> Outcome {
        let round = self.complaint.round();
        match round.way.as_ref().map(|way| way.ground) {
            Some(ExitGround::Inadmissible) => Outcome::Inadmissible,
            Some(ExitGround::Decision) if round.upholds_inadmissibility => Outcome::Inadmissible,
            Some(ExitGround::Decision) => Outcome::Decided,
            _ => Outcome::NotPursued,
        }
    }

    fn reminder(&self, deadline: &Deadline) -> Option<(DateTime<Utc>, Event)> {
        let instance = self.instance()?;
        let before = match (deadline.kind, &instance.resolution) {
            (DeadlineKind::Silence(_), Resolution::Response { silence, .. }) => {
                self.complaint.round().response.as_ref()?.announced?;
                silence.reminder
            }
            (DeadlineKind::Way(_), _) => instance.way.as_ref().and_then(|way| way.reminder),
            _ => None,
        }?;
        if !deadline.is_open || self.complaint.reminders.contains(&deadline.kind) {
            return None;
        }
        let span = self
            .calendar
            .derive(before, deadline.derivation.start, false);
        let length = span.last_day - span.start;
        let due = self.calendar.start_of(deadline.due_on - length);
        let started = self.calendar.end_of(deadline.derivation.start);
        Some((
            due.max(started),
            Event::Reminded {
                deadline: deadline.kind,
            },
        ))
    }

    /// Whether the dossier goes by itself when its term is over.
    fn is_destroyed_by_time(&self) -> bool {
        let retention = self.policy.retention.as_ref();
        retention.is_some_and(|one| one.destruction == Destruction::Automatic)
    }

    /// The end of retention as time acts on it. Where a hold or a late appeal kept the dossier beyond its term, the
    /// next alert term after that (house rule), so that what ends it is told, and nothing goes in the same breath.
    fn released(&self, retention: &Deadline) -> Deadline {
        let mut deadline = retention.clone();
        let beyond = |at: &DateTime<Utc>| *at >= retention.due_at;
        if let Some(at) = self.complaint.unkept_at.filter(beyond) {
            let start = self.calendar.local_date(at);
            let grace = self.calendar.derive(self.policy.alerts.term, start, false);
            (deadline.due_on, deadline.due_at) = (grace.last_day, grace.ends);
        }
        deadline
    }

    /// Destruction without a person, where the policy says so.
    fn destruction(&self, deadline: &Deadline) -> Option<(DateTime<Utc>, Event)> {
        let is_due = deadline.kind == DeadlineKind::Retention
            && deadline.is_open
            && self.is_destroyed_by_time();
        is_due.then(|| (self.released(deadline).due_at, Event::Destroyed))
    }

    /// An alert when a term of the organisation has passed, repeated until someone acts; also when the
    /// complainant's silence can end nothing, because nothing was announced.
    fn alert(&self, deadline: &Deadline) -> Option<(DateTime<Utc>, Event)> {
        let silent_for_ever = matches!(deadline.kind, DeadlineKind::Silence(_))
            && self
                .complaint
                .round()
                .response
                .as_ref()
                .is_some_and(|response| response.announced.is_none());
        let is_retention = deadline.kind == DeadlineKind::Retention;
        let by_itself = is_retention && self.is_destroyed_by_time();
        let owed = deadline.owner == Owner::Organisation && !by_itself;
        if !deadline.is_open || !(owed || silent_for_ever) {
            return None;
        }
        let raised = self.complaint.alerts.get(&deadline.kind);
        let nth = raised.map_or(Some(1), |raised| raised.checked_add(1))?;
        let due = if is_retention {
            self.repeated(&self.released(deadline), nth)
        } else {
            self.repeated(deadline, nth)
        };
        Some((
            due,
            Event::Alerted {
                deadline: deadline.kind,
                nth,
            },
        ))
    }

    /// When the nth alert is due: the first at once, each next one a repeat later, counted from the deadline
    /// in spans as long as a term can be.
    fn repeated(&self, deadline: &Deadline, nth: u16) -> DateTime<Utc> {
        let (amount, unit) = (
            self.policy.alerts.term.amount(),
            self.policy.alerts.term.unit(),
        );
        let repeats_per_span = (unit.most() / amount).max(1);
        let (mut left, mut due_on, mut due) = (nth - 1, deadline.due_on, deadline.due_at);
        while left > 0 {
            let repeats = left.min(repeats_per_span);
            let Ok(span) = Term::new(repeats * amount, unit) else {
                break;
            };
            let derivation = self.calendar.derive(span, due_on, false);
            (due_on, due) = (derivation.last_day, derivation.ends);
            left -= repeats;
        }
        due
    }
}
