//! Terms that do not run, because the letter from whose delivery they would came back (rule of reading 4).

use chrono::NaiveDate;

use super::{DeadlineKind, Owner, Terms};
use crate::{
    calendar::Calendar,
    complaint::{Complaint, LetterKey, OpenWay, Response, Round},
    policy::{Basis, Instance, Policy, Resolution, TermRule},
};

/// A term that does not run: the letter from whose delivery it would came back, and has not arrived since.
#[derive(Clone, PartialEq, Debug)]
pub struct Standstill {
    /// Which.
    pub kind: DeadlineKind,
    /// Whose.
    pub owner: Owner,
    /// When the letter came back.
    pub came_back_on: NaiveDate,
    /// How it would run.
    pub rule: TermRule,
}

impl Standstill {
    /// Where it is written.
    pub const fn basis(&self) -> &Basis {
        &self.rule.rule
    }
}

/// The terms of an open complaint that would run and do not.
pub fn standstills(policy: &Policy, calendar: &Calendar, complaint: &Complaint) -> Vec<Standstill> {
    let terms = Terms {
        policy,
        calendar,
        complaint,
    };
    let round = complaint.round();
    let instance = policy.instance(round.instance);
    let Some(instance) = instance.filter(|_| complaint.is_open()) else {
        return Vec::new();
    };
    let silence = terms.silence_stands_still(round, instance);
    let way = terms.way_stands_still(round, instance);
    silence.into_iter().chain(way).collect()
}

impl Terms<'_> {
    /// The last day that silence is told of, where a later letter does not say that there is none.
    pub(super) fn announced(&self, round: &Round, response: &Response) -> Option<NaiveDate> {
        let told = self.complaint.silence_void_since(self.calendar, round);
        response.announced.filter(|_| told.is_none())
    }

    /// The last day of a way, where no later letter says that there is none.
    pub(super) fn bounded(&self, round: &Round, open: &OpenWay) -> Option<NaiveDate> {
        let void = self.complaint.way_void_since(self.calendar, round);
        open.announced.filter(|_| void.is_none())
    }

    fn silence_stands_still(&self, round: &Round, instance: &Instance) -> Option<Standstill> {
        let Resolution::Response { silence, .. } = &instance.resolution else {
            return None;
        };
        let response = round.response.as_ref();
        let response = response.filter(|response| response.is_unanswered())?;
        let (kind, owner) = if self.announced(round, response).is_some() {
            (DeadlineKind::Silence(round.instance), Owner::Complainant)
        } else {
            (
                DeadlineKind::Announcement(round.instance),
                Owner::Organisation,
            )
        };
        self.standing_still(kind, owner, &response.letter, &silence.window)
    }

    fn way_stands_still(&self, round: &Round, instance: &Instance) -> Option<Standstill> {
        let (way, open) = instance.way.as_ref().zip(round.way.as_ref())?;
        self.bounded(round, open)?;
        let kind = DeadlineKind::Way(round.instance);
        self.standing_still(kind, Owner::Complainant, &open.letter, &way.window)
    }

    fn standing_still(
        &self,
        kind: DeadlineKind,
        owner: Owner,
        letter: &LetterKey,
        rule: &TermRule,
    ) -> Option<Standstill> {
        let delivery = self.complaint.deliveries.get(letter)?;
        let came_back = delivery.came_back_at;
        let came_back = came_back.filter(|_| delivery.counts_from().is_none())?;
        Some(Standstill {
            kind,
            owner,
            came_back_on: self.calendar.local_date(came_back),
            rule: rule.clone(),
        })
    }
}
