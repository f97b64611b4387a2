//! The fold of what parties say: to a text for both sides to sign, and to the complaint as a whole. The last word counts.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{Complaint, Event, Party, Recorded, Solution};
use crate::actor::By;

impl Complaint {
    pub(super) fn signed(&mut self, recorded: &Recorded, seq: u32) {
        let (event, at) = (&recorded.event, recorded.at);
        let instance = self.round().instance;
        self.answered(event, at);
        match (event, &mut self.solution) {
            (
                Event::SolutionProposed {
                    version,
                    text,
                    digest,
                },
                solution,
            ) => {
                let before = solution.take();
                *solution = Some(Solution {
                    earlier: before.map_or_else(Vec::new, |one| {
                        let mut earlier = one.earlier;
                        earlier.push(one.proposed_at);
                        earlier
                    }),
                    instance,
                    version: *version,
                    text: text.clone(),
                    digest: digest.clone(),
                    proposed_at: at,
                    event: seq,
                    signed: BTreeSet::new(),
                    rejected: BTreeSet::new(),
                    spoken: BTreeMap::new(),
                    last_signed_at: None,
                });
            }
            (Event::SolutionSigned { party, .. }, Some(solution)) => {
                solution.rejected.remove(party);
                solution.signed.insert(*party);
                solution.said(*party, at);
                solution.last_signed_at = solution.last_signed_at.max(Some(at));
            }
            (Event::SolutionRejected { party, .. }, Some(solution)) => {
                solution.signed.remove(party);
                solution.rejected.insert(*party);
                solution.said(*party, at);
            }
            _ => {}
        }
    }

    /// Who says yes or no to a text has had it, however it came to them.
    fn answered(&mut self, event: &Event, at: DateTime<Utc>) {
        let (Event::SolutionSigned { party, .. } | Event::SolutionRejected { party, .. }) = event
        else {
            return;
        };
        let text = self.solution.as_ref().map(Solution::letter);
        let delivery = text.and_then(|letter| self.deliveries.get_mut(&letter));
        if let Some(delivery) = delivery.filter(|_| *party == Party::Complainant) {
            delivery.answered_at = Some(delivery.answered_at.map_or(at, |first| first.min(at)));
        }
    }

    /// What a party's word does beside what it is for: a no to any agreement, and an appeal is one, takes back the
    /// sign-off of whoever says it; and whoever goes on with the complaint does not withdraw it.
    pub(super) fn heard_from(&mut self, recorded: &Recorded) {
        let at = recorded.at;
        if let Some(party) = self.says_no(recorded) {
            self.take_back(party, at);
        }
        if self.goes_on(recorded) {
            self.pursued_at = self.pursued_at.max(Some(at));
        }
    }

    /// What a party does or has recorded once it is all over is for a person to see before anything is destroyed, whatever it
    /// does besides. Who decides on a hold or on a late appeal has seen what there is.
    pub(super) fn heard_after_the_end(&mut self, recorded: &Recorded) {
        let is_of_party = self.speaker(&recorded.by).is_some()
            || matches!(recorded.event, Event::ActReceived { .. });
        match recorded.event {
            Event::HoldLifted { .. } | Event::LateAppealRefused { .. } => {
                self.unsettled_at = None;
                self.withheld_at = None;
            }
            _ if is_of_party && !self.is_open() => {
                self.unsettled_at = Some(recorded.registered_at);
            }
            _ => {}
        }
    }

    /// Who says in this that there is no agreement. The clock's own finding is nobody's word.
    fn says_no(&self, recorded: &Recorded) -> Option<Party> {
        match recorded.event {
            Event::Appealed { .. } => Some(Party::Complainant),
            Event::NoAgreementDeclared { party, .. } => {
                party.or_else(|| self.speaker(&recorded.by))
            }
            _ => None,
        }
    }

    /// The party who did something themself.
    fn speaker(&self, by: &By) -> Option<Party> {
        match by {
            By::Party(party) => Some(*party),
            By::Member(member) => self.party_of(*member),
            By::Anyone | By::Clock | By::Post | By::System => None,
        }
    }

    /// What arrived before the text was there, or before a later yes to it, takes nothing back.
    fn take_back(&mut self, party: Party, at: DateTime<Utc>) {
        let Some(solution) = &mut self.solution else {
            return;
        };
        let spoken = solution.spoken.get(&party);
        let is_last = spoken.is_none_or(|spoken| *spoken <= at);
        if solution.proposed_at <= at && is_last {
            solution.signed.remove(&party);
            solution.said(party, at);
        }
    }

    fn goes_on(&self, recorded: &Recorded) -> bool {
        match recorded.event {
            Event::Appealed { .. }
            | Event::ResponseObjected { .. }
            | Event::ResponseReacted { .. }
            | Event::ExtensionConsented
            | Event::ExtensionRefused => true,
            Event::SolutionSigned { party, .. }
            | Event::SolutionRejected { party, .. }
            | Event::StatementAdded { party, .. } => party == Party::Complainant,
            Event::NoAgreementDeclared { .. } => self.says_no(recorded) == Some(Party::Complainant),
            _ => false,
        }
    }
}

impl Solution {
    fn said(&mut self, party: Party, at: DateTime<Utc>) {
        let last = self.spoken.entry(party).or_insert(at);
        *last = (*last).max(at);
    }
}
