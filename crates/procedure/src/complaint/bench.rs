//! Who decides at an instance, and whose turn it is.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use super::Complaint;
use crate::ids::MemberId;

/// Who decides at an instance, or on a late appeal to it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bench {
    /// Who decides; empty while nobody is appointed.
    pub deciders: Vec<MemberId>,
    /// Who decided here and does no more, or did so for a decider: they are no fresh eye at a later instance.
    pub former: BTreeSet<MemberId>,
    /// When someone was first appointed, or first again after the last decider had left.
    pub assigned_at: Option<DateTime<Utc>>,
    /// When the last decider left, so that the term to appoint one starts again.
    pub vacated_at: Option<DateTime<Utc>>,
}

impl Bench {
    /// Whether nobody decides.
    pub const fn is_vacant(&self) -> bool {
        self.deciders.is_empty()
    }

    /// Whether a member decides here, or did.
    pub fn has_had(&self, member: MemberId) -> bool {
        self.deciders.contains(&member) || self.former.contains(&member)
    }

    /// Someone comes to decide, beside who does or in their place.
    pub(super) fn seat(&mut self, member: MemberId, joins: bool, at: DateTime<Utc>) {
        self.assigned_at = self.assigned_at.or(Some(at));
        if !joins {
            let replaced = std::mem::take(&mut self.deciders).into_iter();
            self.former.extend(replaced.filter(|one| *one != member));
        }
        self.deciders.push(member);
    }

    /// Someone decides no more. Whether nobody does since, so that the term to appoint somebody starts again.
    pub(super) fn leave(&mut self, member: MemberId, at: DateTime<Utc>) -> bool {
        let decided = self.deciders.contains(&member);
        self.deciders.retain(|decider| *decider != member);
        self.former.extend(decided.then_some(member));
        let is_vacated = decided && self.is_vacant();
        if is_vacated {
            self.assigned_at = None;
            self.vacated_at = Some(at);
        }
        is_vacated
    }
}

impl Complaint {
    /// Whether there is still something to decide: it is open, or a late appeal waits.
    pub const fn is_undecided(&self) -> bool {
        self.is_open() || self.late_appeal.is_some()
    }

    /// The instance whose turn it is, that of a late appeal first, and who decides there.
    pub fn turn(&self) -> (u8, &Bench) {
        let late = self.late_appeal.as_ref();
        let late = late.map(|late| (late.instance, &late.bench));
        late.unwrap_or_else(|| (self.round().instance, &self.round().bench))
    }

    /// Whose turn it is to decide; nobody's where nothing is left to decide, or of.
    pub fn deciding(&self) -> &[MemberId] {
        if self.is_undecided() && self.destroyed_at.is_none() {
            &self.turn().1.deciders
        } else {
            &[]
        }
    }

    /// Who decides at an instance: on a late appeal to it, where one waits; `None` where the complaint has not come to it.
    pub fn bench(&self, index: u8) -> Option<&Bench> {
        let mut benches = self.benches();
        benches
            .rfind(|(instance, _)| *instance == index)
            .map(|(_, bench)| bench)
    }

    /// Who decides at each instance that the complaint has come to, the first first, and last on a late appeal.
    pub fn benches(&self) -> impl DoubleEndedIterator<Item = (u8, &Bench)> {
        let rounds = self.rounds.iter();
        let rounds = rounds.map(|round| (round.instance, &round.bench));
        let late = self.late_appeal.iter();
        rounds.chain(late.map(|late| (late.instance, &late.bench)))
    }
}
