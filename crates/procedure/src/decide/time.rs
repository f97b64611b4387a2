//! What the passing of time does by itself: the one place where a term lapses. It does so at its own instant, whenever
//! that is noticed.

use chrono::{DateTime, Utc};

use super::{
    context::{bounded_in_vain, open_way},
    keeping::at_the_end_of_retention,
    staffing::next_turn,
};
use crate::{
    calendar::{Calendar, Term, TermUnit},
    complaint::{Admission, Complaint, Delivery, Event, LapsedTerm, LetterKey, OpenWay, Outcome},
    deadline::{Deadline, DeadlineKind, deadlines},
    facts::Facts,
    policy::{ExitGround, Instance, Policy, Resolution, SilenceMeans},
};

/// House rule: mail to an address nobody proved to be theirs has failed after this many working days.
const UNPROVED_WORKING_DAYS: u16 = 3;

/// The next thing that the passing of time will bring, and when: a lapse, or what the organisation then does; `None`
/// when it will bring nothing more. What should have been done before `now` is due all the same, unless it makes no
/// sense any more.
pub fn next_due(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    now: DateTime<Utc>,
) -> Option<(DateTime<Utc>, Event)> {
    let time = Time::of(policy, facts, complaint)?;
    let (lapse, doing) = (time.next_lapse(), time.next_doing(now));
    // What lapses at the same instant comes first: it may leave nothing to be done.
    lapse.into_iter().chain(doing).min_by_key(|(due, _)| *due)
}

/// The next thing that lapses, and when.
pub(super) fn next_lapse(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
) -> Option<(DateTime<Utc>, Event)> {
    Time::of(policy, facts, complaint)?.next_lapse()
}

/// A complaint on which time works, with its deadlines as they stand.
pub(super) struct Time<'a> {
    pub(super) policy: &'a Policy,
    facts: &'a Facts,
    pub(super) calendar: &'a Calendar,
    pub(super) complaint: &'a Complaint,
    pub(super) deadlines: Vec<Deadline>,
}

impl<'a> Time<'a> {
    /// `None` for a dossier that is destroyed: time does nothing to it any more.
    pub(super) fn of(
        policy: &'a Policy,
        facts: &'a Facts,
        complaint: &'a Complaint,
    ) -> Option<Self> {
        let calendar = &facts.calendar;
        complaint.destroyed_at.is_none().then(|| Self {
            policy,
            facts,
            calendar,
            complaint,
            deadlines: deadlines(policy, calendar, complaint),
        })
    }
}

impl Time<'_> {
    fn next_lapse(&self) -> Option<(DateTime<Utc>, Event)> {
        let legal = self.deadlines.iter();
        let legal = legal
            .filter_map(|deadline| self.effect(deadline).map(|event| (deadline.due_at, event)));
        let destruction = self.deadlines.iter();
        let destruction = destruction.filter_map(|deadline| self.destruction(deadline));
        self.unproved()
            .into_iter()
            .chain(self.redirects())
            .chain(self.without_end())
            .chain(legal)
            .chain(destruction)
            .chain(next_turn(self.policy, self.facts, self.complaint))
            .min_by_key(|(due, _)| *due)
    }

    /// Mail to an address that nobody proved to be theirs: after a while it has failed. What confirms receipt need not be
    /// delivered, only go out and not come back.
    fn unproved(&self) -> Vec<(DateTime<Utc>, Event)> {
        let failed = |(letter, delivery): (&LetterKey, &Delivery)| {
            let waits = delivery.delivered_at.is_none()
                && delivery.returned_at.is_none()
                && !letter.confirms_receipt();
            let sent = delivery.sent_at.filter(|_| waits && !delivery.is_paper())?;
            let due = after(
                self.calendar,
                sent,
                UNPROVED_WORKING_DAYS,
                TermUnit::WorkingDay,
            );
            let letter = *letter;
            Some((due, Event::LetterReturned { letter, from: None }))
        };
        self.complaint.letters_owed().filter_map(failed).collect()
    }

    /// What came back goes to another address that is known, as soon as that is so.
    fn redirects(&self) -> Vec<(DateTime<Utc>, Event)> {
        let elsewhere = |(letter, delivery): (&LetterKey, &Delivery)| {
            // What confirmed receipt has done so, wherever its reader is by now.
            if letter.confirms_receipt() && delivery.returned_at.is_none() {
                return None;
            }
            let due = self.complaint.goes_elsewhere(delivery)?;
            Some((due, Event::LetterRedirected { letter: *letter }))
        };
        let lost = self.complaint.lost.keys().filter_map(|letter| {
            let due = self.complaint.lost_goes_elsewhere(letter)?;
            Some((due, Event::LetterRedirected { letter: *letter }))
        });
        let owed = self.complaint.letters_owed().filter_map(elsewhere);
        owed.chain(lost).collect()
    }

    /// The way that was opened with an end, as after a proposal that proves not to have been made: without one, from when it
    /// opened.
    fn without_end(&self) -> Option<(DateTime<Utc>, Event)> {
        let instance = self.instance()?;
        let open =
            bounded_in_vain(instance, self.complaint).filter(|_| self.complaint.is_open())?;
        let by_lapse = self.complaint.round().way_by_lapse().is_some();
        let ground = if by_lapse {
            ExitGround::Lapse
        } else {
            open.ground
        };
        let (way, at) = (instance.way.as_ref()?, open.opened_at);
        let anew = open_way(way, self.calendar, self.complaint, ground, at, at)?;
        Some((at, anew))
    }

    pub(super) fn instance(&self) -> Option<&Instance> {
        self.policy.instance(self.complaint.round().instance)
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
            DeadlineKind::Reaction(index)
                if deadline.is_open
                    || index == round.instance && self.was_answered_late(deadline) =>
            {
                self.lapse(LapsedTerm::Reaction)
            }
            DeadlineKind::Silence(_) if deadline.is_open => self.silence(deadline),
            // While the organisation owes an answer, the silence of the complainant closes nothing.
            DeadlineKind::Way(_)
                if deadline.is_open && !self.complaint.awaits_answer_after_notice() =>
            {
                Some(Event::Closed {
                    outcome: self.unpursued(),
                })
            }
            _ => None,
        }
    }

    /// Whether a reaction proved to have been answered too late, which did not show before.
    fn was_answered_late(&self, deadline: &Deadline) -> bool {
        let is_late = deadline.met_at.is_some_and(|met| met >= deadline.due_at);
        let lapsed = &self.complaint.round().lapsed;
        is_late && self.complaint.is_open() && !lapsed.contains_key(&LapsedTerm::Reaction)
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
        let is_bounded = round.way.as_ref().is_some_and(is_bounded_since)
            || (term == LapsedTerm::Reaction && self.complaint.awaits_answer_after_notice());
        if way.is_endless_on(ExitGround::Lapse) && is_bounded {
            return open_way(
                way,
                self.calendar,
                self.complaint,
                ExitGround::Lapse,
                lapsed_at,
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
        let proposed = agreement && self.complaint.was_proposed(lapsed_at);
        let ground = if proposed {
            ExitGround::NoAgreement
        } else {
            ExitGround::Lapse
        };
        open_way(
            way,
            self.calendar,
            self.complaint,
            ground,
            lapsed_at,
            lapsed_at,
        )
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

    /// The end of retention as time acts on it. Where a hold or a late appeal kept the dossier beyond its term, destruction
    /// waits one alert term more (house rule), so that people are warned first.
    pub(super) fn released(&self, retention: &Deadline) -> DateTime<Utc> {
        let beyond = |at: &DateTime<Utc>| *at >= retention.due_at;
        let Some(at) = self.complaint.unkept_at.filter(beyond) else {
            return retention.due_at;
        };
        let start = self.calendar.local_date(at);
        let grace = self.calendar.derive(self.policy.alerts.term, start, false);
        grace.ends
    }

    /// Destruction without a person, where the policy says so.
    fn destruction(&self, deadline: &Deadline) -> Option<(DateTime<Utc>, Event)> {
        if deadline.kind != DeadlineKind::Retention || !deadline.is_open {
            return None;
        }
        let event = at_the_end_of_retention(self.policy, self.complaint)?;
        Some((self.released(deadline), event))
    }
}

/// The end of a term that runs from an instant and does not roll.
pub(super) fn after(
    calendar: &Calendar,
    from: DateTime<Utc>,
    amount: u16,
    unit: TermUnit,
) -> DateTime<Utc> {
    let start = calendar.local_date(from);
    Term::new(amount, unit).map_or(from, |term| calendar.derive(term, start, false).ends)
}
