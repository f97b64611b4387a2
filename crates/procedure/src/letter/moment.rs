//! One new event, with the complaint around it, and who is near it.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{
    Told,
    content::Content,
    parts::{DueDay, NextStage, Stage},
    stated,
};
use crate::{
    actor::By,
    complaint::{Complaint, Event, Party, Recipient, Recorded},
    deadline::{DeadlineKind, deadlines},
    decide::authority::{conflict, is_free, looking_back},
    facts::Facts,
    ids::MemberId,
    policy::{Instance, Policy, Resolution, TermRule},
};

/// One new event, with the complaint before it, right after it, and after all new events.
pub(super) struct Moment<'a> {
    pub policy: &'a Policy,
    pub facts: &'a Facts,
    pub seq: u32,
    pub recorded: &'a Recorded,
    pub dossier: &'a [Recorded],
    pub first_new: usize,
    pub before: &'a Complaint,
    pub then: &'a Complaint,
    pub after: &'a Complaint,
    /// The local day of the second attempt, where the letter goes out again.
    pub again_on: Option<NaiveDate>,
}

impl<'a> Moment<'a> {
    fn index(&self) -> usize {
        usize::try_from(self.seq).unwrap_or(usize::MAX)
    }

    /// The new events before this one.
    pub(super) fn earlier(&self) -> impl Iterator<Item = &'a Event> + use<'a> {
        let new = self.dossier.get(self.first_new..self.index());
        new.unwrap_or_default().iter().map(|one| &one.event)
    }

    /// The new events after this one.
    pub(super) fn later(&self) -> impl Iterator<Item = &'a Event> + use<'a> {
        self.after_this().iter().map(|one| &one.event)
    }

    /// The same with who did them and when.
    pub(super) fn after_this(&self) -> &'a [Recorded] {
        let rest = self.dossier.get(self.index().saturating_add(1)..);
        rest.unwrap_or_default()
    }

    /// All events before this one, new or not.
    pub(super) fn past(&self) -> &'a [Recorded] {
        self.dossier.get(..self.index()).unwrap_or_default()
    }

    /// Whether the same new events admit a late appeal after this: its term was over before it was registered, and
    /// nobody has to decide on it any more.
    pub(super) fn admits_late_appeal(&self) -> bool {
        self.later()
            .any(|event| matches!(event, Event::LateAppealAdmitted { .. }))
    }

    /// Whether somebody did something after this, among the new events.
    pub(super) fn is_acted_on(&self) -> bool {
        let mut rest = self.after_this().iter();
        rest.any(|one| !matches!(one.by, By::Clock | By::System))
    }

    /// The event right before this one, new or not.
    pub(super) fn previous(&self) -> Option<&'a Event> {
        self.dossier
            .get(self.index().checked_sub(1)?)
            .map(|one| &one.event)
    }

    /// The party whose sign-off a no to any agreement took back: this event is that, or follows right on it.
    pub(super) fn unsigned(&self) -> Option<Party> {
        let declared = matches!(self.previous(), Some(Event::NoAgreementDeclared { .. }));
        let start = self.index().saturating_sub(usize::from(declared));
        let before = Complaint::fold(self.dossier.iter().take(start))?.solution?;
        let now = self.after.solution.as_ref()?;
        let is_gone = |party: &&Party| !now.signed.contains(party);
        let taken_back = before.signed.iter().find(is_gone).copied();
        taken_back.filter(|_| before.version == now.version)
    }

    /// The instance it is at right after the event.
    pub(super) fn instance(&self) -> u8 {
        self.then.round().instance
    }

    pub(super) fn rule(&self, index: u8) -> Option<&'a Instance> {
        self.policy.instance(index)
    }

    /// An instance as a letter names it; `None` where the policy has no such instance.
    pub(super) fn stage(&self, index: u8) -> Option<Stage> {
        let instance = self.rule(index)?;
        let effect = match instance.resolution {
            Resolution::Decision { effect, .. } => Some(effect),
            Resolution::Response { .. } | Resolution::Agreement { .. } => None,
        };
        Some(Stage {
            name: instance.name.clone(),
            decider: instance.decider,
            is_first: index == 0,
            effect,
        })
    }

    /// The instance that the way from `index` leads to.
    pub(super) fn next(&self, index: u8) -> Option<NextStage> {
        let way = self.rule(index)?.way.as_ref()?;
        Some(NextStage {
            stage: self.stage(index.checked_add(1)?)?,
            is_written: way.written,
            basis: way.rule.clone(),
        })
    }

    /// The last day of a deadline as it stands right after the event.
    pub(super) fn due(&self, kind: DeadlineKind) -> Option<DueDay> {
        self.dues(&[kind]).pop()
    }

    /// The last day that a letter states: that of the event, or what the term gives from the letter's own day, when that
    /// is later: it is a second attempt, or time was noticed late.
    pub(super) fn stated(&self, rule: &TermRule, on: NaiveDate) -> NaiveDate {
        stated::from(&self.facts.calendar, rule, self.written_on(), on)
    }

    /// The last days that a party can count on: they run, and have not passed when the letter is written.
    pub(super) fn promised(&self, kinds: &[DeadlineKind]) -> Vec<DueDay> {
        let written_on = self.written_on();
        let mut dues = self.open_dues(kinds);
        dues.retain(|due| due.on >= written_on);
        dues
    }

    /// The last days that run right after the event, in the order asked.
    pub(super) fn open_dues(&self, kinds: &[DeadlineKind]) -> Vec<DueDay> {
        let all = deadlines(self.policy, &self.facts.calendar, self.then);
        let is_open = |kind| all.iter().any(|one| one.kind == kind && one.is_open);
        let open: Vec<_> = kinds
            .iter()
            .copied()
            .filter(|kind| is_open(*kind))
            .collect();
        self.dues(&open)
    }

    fn dues(&self, kinds: &[DeadlineKind]) -> Vec<DueDay> {
        let all = deadlines(self.policy, &self.facts.calendar, self.then);
        let day = |kind: &DeadlineKind| {
            let deadline = all.iter().find(|one| one.kind == *kind)?;
            Some(DueDay {
                kind: *kind,
                on: deadline.due_on,
                basis: deadline.basis.clone(),
            })
        };
        kinds.iter().filter_map(day).collect()
    }

    /// The parties besides the complainant who know of the complaint.
    pub(super) fn others(&self) -> Vec<Recipient> {
        others(self.then)
            .into_iter()
            .map(Recipient::Party)
            .collect()
    }

    /// All parties who know of the complaint.
    pub(super) fn parties(&self) -> Vec<Recipient> {
        let mut parties = vec![Recipient::Party(Party::Complainant)];
        parties.extend(self.others());
        parties
    }

    /// Who decides at the instance right after the event, with those who stand in; the administration where
    /// nobody does.
    pub(super) fn staff(&self) -> Vec<Recipient> {
        self.standing_in_for(&self.then.round().bench.deciders)
    }

    /// The members, with those who stand in for them; the administration where there are none.
    pub(super) fn standing_in_for(&self, members: &[MemberId]) -> Vec<Recipient> {
        let all = self.present(members);
        if all.is_empty() {
            vec![Recipient::Administration]
        } else {
            all
        }
    }

    /// The members, with those who stand in for them: nobody who may not see the complaint.
    pub(super) fn present(&self, members: &[MemberId]) -> Vec<Recipient> {
        let substitutes = members.iter().filter_map(|id| self.substitute(*id));
        let all: BTreeSet<MemberId> = members.iter().copied().chain(substitutes).collect();
        let may_know = |id: &MemberId| !self.is_excluded(*id) && !self.is_out(*id);
        all.into_iter()
            .filter(may_know)
            .map(Recipient::Member)
            .collect()
    }

    /// In whose name the event is: whoever decides, with who stood in for them and did it in the place of those on leave.
    pub(super) fn authors(&self) -> Vec<MemberId> {
        let seated = &self.then.round().bench.deciders;
        let By::Member(author) = self.recorded.by else {
            return seated.clone();
        };
        if seated.contains(&author) {
            return seated.clone();
        }
        let is_away = |id: &MemberId| self.facts.stands_in(author, *id, self.today());
        let (away, mut authors): (Vec<MemberId>, Vec<MemberId>) =
            seated.iter().partition(|id| is_away(id));
        if away.is_empty() {
            authors.clear();
        }
        authors.push(author);
        authors
    }

    /// Who looks back on the complaint when the letter is written; nobody where the administration does.
    pub(super) fn looking_back(&self) -> Vec<MemberId> {
        looking_back(self.policy, self.facts, self.then, self.today())
    }

    /// Who stands in for a decider on the day of the letter, and may at an instance where they decide.
    fn substitute(&self, member: MemberId) -> Option<MemberId> {
        let substitute = self.facts.absence(member, self.today())?.substitute?;
        let is_free = self.then.benches().any(|(index, bench)| {
            bench.deciders.contains(&member)
                && is_free(self.policy, self.facts, self.then, index, substitute)
        });
        is_free.then_some(substitute)
    }

    /// The local day on which the letter is written, also when it is for the second time.
    fn written_on(&self) -> NaiveDate {
        self.again_on.unwrap_or_else(|| self.today())
    }

    /// The local day on which what the letter tells of was registered.
    pub(super) fn today(&self) -> NaiveDate {
        self.facts.calendar.local_date(self.recorded.registered_at)
    }

    /// Whether a member's membership has ended when the letter is written.
    pub(super) fn is_out(&self, member: MemberId) -> bool {
        self.facts.is_out(member, self.today())
    }

    /// Whether a conflict of interest keeps a member from knowing of the complaint.
    pub(super) fn is_excluded(&self, member: MemberId) -> bool {
        conflict(self.policy, self.facts, self.then, member).is_some()
    }

    /// Who decides at an instance once all new events have happened.
    pub(super) fn deciders_after(&self, index: u8) -> Vec<MemberId> {
        let bench = self.after.bench(index);
        bench
            .map(|bench| bench.deciders.clone())
            .unwrap_or_default()
    }
}

/// The parties besides the complainant who know of the complaint.
fn others(complaint: &Complaint) -> Vec<Party> {
    let others = complaint.other_side().into_iter();
    others.filter(|party| complaint.is_told(*party)).collect()
}

pub(super) const COMPLAINANT: Recipient = Recipient::Party(Party::Complainant);

/// The same for several readers.
pub(super) fn to_all(readers: impl IntoIterator<Item = Recipient>, content: &Content) -> Told {
    readers
        .into_iter()
        .map(|reader| (reader, content.clone()))
        .collect()
}
