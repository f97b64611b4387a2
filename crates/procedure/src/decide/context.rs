//! What every decision has at hand.

use chrono::{DateTime, NaiveDate, Utc};

use super::authority::{Relation, conflict};
use crate::{
    actor::Actor,
    blank::is_blank,
    complaint::{Admission, Complaint, Event, OpenWay, Party, Response, Round},
    confidential::Confidential,
    facts::Facts,
    ids::MemberId,
    locale::Text,
    policy::{Basis, ExitGround, Instance, Policy, Resolution, TermRule, Way},
    refusal::{Reason, Refusal},
};

/// One command on one complaint, with what surrounds it.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub policy: &'a Policy,
    pub facts: &'a Facts,
    pub complaint: &'a Complaint,
    pub actor: &'a Actor,
    pub relation: &'a Relation,
    pub at: DateTime<Utc>,
    pub now: DateTime<Utc>,
}

/// What a decision yields.
pub(super) type Decided = Result<Vec<Event>, Refusal>;

impl<'a> Context<'a> {
    pub(super) fn round(&self) -> &'a Round {
        self.complaint.round()
    }

    pub(super) fn instance(&self) -> &'a Instance {
        &self.policy.instances
            [usize::from(self.round().instance).min(self.policy.instances.len() - 1)]
    }

    /// The way from this instance to the next.
    pub(super) fn way(&self) -> Option<&'a Way> {
        self.instance().way.as_ref().filter(|_| {
            self.policy
                .next_instance(self.round().instance.into())
                .is_some()
        })
    }

    pub(super) fn party(&self) -> Result<Party, Refusal> {
        self.relation.party.ok_or_else(|| Reason::NotAllowed.bare())
    }

    pub(super) fn require_open(&self) -> Result<(), Refusal> {
        require_not_over(self.complaint.is_open())
    }

    /// Refuses while nobody has decided whether a late complaint is treated. Whoever hears an appeal against
    /// inadmissibility decides the complaint itself.
    pub(super) fn require_admitted(&self) -> Result<(), Refusal> {
        let mut earlier = self.complaint.rounds.iter();
        let window = self.policy.intake.filing_window.as_ref();
        require_by(
            self.complaint.admission != Admission::Undecided
                || earlier.any(|round| round.inadmissible_at.is_some()),
            Reason::AdmissionUndecided,
            window.map(|window| &window.late.rule),
        )
    }

    pub(super) fn response(&self) -> Result<&'a Response, Refusal> {
        self.round()
            .response
            .as_ref()
            .ok_or_else(|| Reason::NoResponse.bare())
    }

    /// The last day of a complainant's term that starts now, as a letter of today states it.
    pub(super) fn announce(&self, rule: &TermRule) -> NaiveDate {
        let calendar = &self.facts.calendar;
        calendar
            .derive(rule.term, calendar.local_date(self.now), rule.rolls)
            .last_day
    }

    /// Refuses whom a conflict of interest excludes, by the rule that says so.
    pub(super) fn require_no_conflict(&self, member: MemberId) -> Result<(), Refusal> {
        let Some(ground) = conflict(self.policy, self.facts, self.complaint, member) else {
            return Ok(());
        };
        let rule = self.policy.conflict(ground).map(|rule| &rule.rule);
        require_by(false, Reason::ConflictOfInterest, rule)
    }

    /// Opens the way to the next instance on a ground; nothing when the regulation does not open it on that.
    pub(super) fn open_way(&self, ground: ExitGround) -> Option<Event> {
        open_way(
            self.way()?,
            &self.facts.calendar,
            self.complaint,
            ground,
            self.at,
            self.now,
        )
    }

    pub(super) fn hearing_rule(&self) -> Option<&'a Basis> {
        self.instance()
            .hearing
            .as_ref()
            .map(|hearing| &hearing.rule)
    }
}

/// The notice that opens a way on a ground that arose `at` an instant, with the last day it states when it is written
/// `now`.
pub(super) fn open_way(
    way: &Way,
    calendar: &crate::calendar::Calendar,
    complaint: &Complaint,
    ground: ExitGround,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<Event> {
    if ground != ExitGround::Lapse && !way.opens_on.contains(&ground) {
        return None;
    }
    let nothing_proposed = ground == ExitGround::NoAgreement
        && !complaint.was_proposed(at)
        && complaint.round().response.is_none();
    let endless =
        way.is_endless_on(ground) || (nothing_proposed && way.is_endless_on(ExitGround::Lapse));
    let last_day = || {
        calendar
            .derive(way.window.term, calendar.local_date(now), way.window.rolls)
            .last_day
    };
    Some(Event::WayOpened {
        ground,
        announced: (!endless).then(last_day),
    })
}

/// The way, where it has an end only because a solution counted as proposed when it opened, and none does any more: the text
/// came back.
pub(super) fn bounded_in_vain<'a>(
    instance: &Instance,
    complaint: &'a Complaint,
) -> Option<&'a OpenWay> {
    let is_agreement = matches!(instance.resolution, Resolution::Agreement { .. });
    let way = instance.way.as_ref()?;
    let open = complaint.round().way.as_ref()?;
    let is_bounded = open.ground == ExitGround::NoAgreement && open.announced.is_some();
    let should_not = is_agreement && way.is_endless_on(ExitGround::Lapse);
    let in_vain = is_bounded && should_not && !complaint.was_proposed(open.opened_at);
    in_vain.then_some(open)
}

/// Refuses unless a condition holds.
pub(super) fn require(condition: bool, reason: Reason) -> Result<(), Refusal> {
    if condition {
        Ok(())
    } else {
        Err(reason.bare())
    }
}

/// Refuses unless a condition holds, and says which rule of the regulation asks it.
pub(super) fn require_by(
    condition: bool,
    reason: Reason,
    rule: Option<&Basis>,
) -> Result<(), Refusal> {
    match rule {
        _ if condition => Ok(()),
        Some(rule) => Err(reason.by(rule)),
        None => Err(reason.bare()),
    }
}

/// Refuses what can only be done before a complaint is closed. No article says so in so many words: it is the house's.
pub(super) fn require_not_over(is_open: bool) -> Result<(), Refusal> {
    if is_open {
        return Ok(());
    }
    Err(Reason::AlreadyClosed.by(&Basis::HouseRule(Text {
        nl: "Is een klacht gesloten, dan is de behandeling voorbij.".to_owned(),
        en: "Once a complaint is closed, its handling is over.".to_owned(),
    })))
}

/// Refuses an empty text.
pub(super) fn require_text(text: &Confidential<String>) -> Result<(), Refusal> {
    require(
        text.reveal().is_none_or(|text| !is_blank(text)),
        Reason::EmptyText,
    )
}
