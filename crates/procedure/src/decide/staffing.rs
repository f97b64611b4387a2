//! Who is in office as days go by: absences and memberships begin and end by themselves.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    authority::{is_free, role_of},
    confirmation::{at_once, names_handler},
};
use crate::{
    actor::Role,
    complaint::{Bench, Complaint, Departure, Event, LetterKind},
    facts::Facts,
    ids::MemberId,
    policy::{AppointmentBy, DeciderKind, Instance, Policy},
};

/// The seat of whoever decides now: that of a late appeal first.
pub(super) struct Seat<'a> {
    policy: &'a Policy,
    facts: &'a Facts,
    complaint: &'a Complaint,
    instance: &'a Instance,
    index: u8,
}

impl<'a> Seat<'a> {
    /// The seat at an instance; `None` where the regulation has no such instance.
    pub(super) fn at(
        policy: &'a Policy,
        facts: &'a Facts,
        complaint: &'a Complaint,
        index: u8,
    ) -> Option<Self> {
        Some(Self {
            policy,
            facts,
            complaint,
            instance: policy.instance(index)?,
            index,
        })
    }

    /// The seat that matters while the procedure goes on.
    pub(super) fn now(
        policy: &'a Policy,
        facts: &'a Facts,
        complaint: &'a Complaint,
    ) -> Option<Self> {
        let (index, _) = complaint.is_undecided().then(|| complaint.turn())?;
        Self::at(policy, facts, complaint, index)
    }

    fn is_standing(&self) -> bool {
        self.instance.appointment.by == AppointmentBy::Standing
    }

    /// Who sits here; before the complaint has come to this instance, who sits where it is.
    fn bench(&self) -> &'a Bench {
        let bench = self.complaint.bench(self.index);
        bench.unwrap_or_else(|| &self.complaint.round().bench)
    }

    /// A member who is there on a day, or who stands in for them; `None` when nobody does.
    pub(super) fn present(&self, member: MemberId, on: NaiveDate) -> Option<MemberId> {
        let Some(absence) = self.facts.absence(member, on) else {
            return Some(member);
        };
        absence.substitute.filter(|substitute| {
            is_free(
                self.policy,
                self.facts,
                self.complaint,
                self.index,
                *substitute,
            ) && self.facts.absence(*substitute, on).is_none()
                && !self.facts.is_out(*substitute, on)
        })
    }

    /// Everyone who holds the role that decides here on a day, and may.
    pub(super) fn eligible(&self, on: NaiveDate) -> Vec<MemberId> {
        let (policy, facts, complaint) = (self.policy, self.facts, self.complaint);
        let may = |id: &MemberId| is_free(policy, facts, complaint, self.index, *id);
        let holders = facts.holders(role_of(self.instance.decider), on);
        holders.filter(may).collect()
    }

    /// Whoever holds an office that needs no appointment: without conflict, and present or replaced.
    pub(super) fn office_holders(&self, on: NaiveDate) -> Vec<MemberId> {
        if !self.is_standing() {
            return Vec::new();
        }
        let round = self.complaint.round();
        let on_the_earlier_side =
            |id: &MemberId| round.instance < self.index && round.bench.has_had(*id);
        let mut seated = BTreeSet::new();
        let mut holders: Vec<MemberId> = self
            .eligible(on)
            .into_iter()
            .filter(|id| !on_the_earlier_side(id))
            .filter_map(|id| self.present(id, on))
            .filter(|id| !on_the_earlier_side(id) && seated.insert(*id))
            .collect();
        if self.instance.decider != DeciderKind::Committee {
            holders.truncate(1);
        }
        holders
    }

    /// Deciders who are there no more on a day. An absence counts only in an office that needs no appointment,
    /// and only where nobody who decides is there, or stands in.
    pub(super) fn departed(&self, on: NaiveDate) -> Vec<(MemberId, Departure)> {
        let (staying, ended): (Vec<MemberId>, Vec<MemberId>) = self
            .bench()
            .deciders
            .iter()
            .partition(|id| self.holds_office(**id, on));
        let nobody_is_there =
            self.is_standing() && staying.iter().all(|id| self.present(*id, on).is_none());
        let away = staying.into_iter().filter(|_| nobody_is_there);
        ended
            .into_iter()
            .map(|id| (id, Departure::Ended))
            .chain(away.map(|id| (id, Departure::Absent)))
            .collect()
    }

    /// Whether a member may decide here: by the role, as an external, or in the place of somebody on leave.
    fn holds_office(&self, member: MemberId, on: NaiveDate) -> bool {
        let (facts, role) = (self.facts, role_of(self.instance.decider));
        let stands_in = || {
            let mut holders = facts.holders(role, on);
            self.is_standing() && holders.any(|holder| facts.stands_in(member, holder, on))
        };
        facts.holds(member, role, on)
            || facts.holds(member, Role::ExternalHandler, on)
            || stands_in()
    }

    /// The days that can change who is in office, as instants, from the latest event of the dossier on.
    fn turns(&self) -> BTreeSet<DateTime<Utc>> {
        let facts = self.facts;
        let mut concerned: BTreeSet<MemberId> = self.bench().deciders.iter().copied().collect();
        if self.is_standing() {
            concerned.extend(facts.holders_some_day(role_of(self.instance.decider)));
            let absences = concerned
                .iter()
                .filter_map(|id| facts.members.get(id))
                .flat_map(|member| &member.absences);
            let substitutes: Vec<MemberId> = absences.filter_map(|one| one.substitute).collect();
            concerned.extend(substitutes);
        }
        let members = concerned.iter().filter_map(|id| facts.members.get(id));
        let mut turns = BTreeSet::new();
        for member in members {
            turns.extend(member.from.map(|from| facts.calendar.start_of(from)));
            turns.extend(member.until.map(|until| facts.calendar.end_of(until)));
            for absence in member.absences.iter().filter(|_| self.is_standing()) {
                turns.insert(facts.calendar.start_of(absence.from));
                turns.insert(facts.calendar.end_of(absence.until));
            }
        }
        turns.retain(|instant| *instant >= self.complaint.latest_at);
        turns
    }

    /// What a day makes of the seat: first who leaves it, then who takes it. Committees fill with everybody who is there
    /// on the day that ends a vacancy, and with whoever sat before and comes back later.
    fn turn(&self, instant: DateTime<Utc>) -> Option<Event> {
        let on = self.facts.calendar.local_date(instant);
        let mut departed = self.departed(on).into_iter();
        let leaves =
            departed.find(|(member, why)| *why == Departure::Absent || self.ends_on(*member, on));
        if let Some((member, why)) = leaves {
            return Some(Event::DeciderReleased { member, why });
        }
        let is_committee = self.instance.decider == DeciderKind::Committee;
        let (is_vacant, is_filling) = (
            self.bench().deciders.is_empty(),
            is_committee && self.bench().assigned_at == Some(instant),
        );
        let comes_back = |id: &MemberId| is_committee && self.bench().former.contains(id);
        let mut holders = self.office_holders(on).into_iter();
        let takes = |id: &MemberId| {
            !self.bench().deciders.contains(id) && (is_vacant || is_filling || comes_back(id))
        };
        let member = holders.find(takes)?;
        Some(super::appointment::to_office(
            self.instance,
            self.index,
            member,
        ))
    }

    /// Whether it is this day that ends somebody's office. A role has no days: who loses it leaves when it is taken.
    fn ends_on(&self, member: MemberId, on: NaiveDate) -> bool {
        on.pred_opt()
            .is_some_and(|before| self.holds_office(member, before))
    }

    /// Receipt is confirmed in the same breath in which a day brings the first handler, once for each such day.
    fn confirmation(&self) -> Option<(DateTime<Utc>, Event)> {
        let complaint = self.complaint;
        let latest = complaint.latest_at;
        let written_now = complaint.confirmations.last();
        let written_now = written_now.filter(|last| last.at == latest);
        let is_owed = self.index == 0
            && self.is_standing()
            && names_handler(self.policy)
            && complaint.acknowledged_at.is_none()
            && complaint.round().bench.assigned_at == Some(latest);
        let letter = LetterKind::HandlerNamed;
        let next = match written_now {
            None => Some(Event::ConfirmationWritten { letter }),
            Some(last) => {
                let delivery = complaint.deliveries.get(&last.letter);
                let came_back = delivery.is_some_and(|one| one.returned_at.is_some());
                at_once(complaint).filter(|_| !came_back)
            }
        };
        next.filter(|_| is_owed).map(|event| (latest, event))
    }
}

/// The next change of office that a day brings by itself, and when.
pub(super) fn next_turn(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
) -> Option<(DateTime<Utc>, Event)> {
    let seat = Seat::now(policy, facts, complaint)?;
    let mut turns = seat.turns().into_iter();
    let turn = turns.find_map(|instant| Some((instant, seat.turn(instant)?)));
    // Whoever else comes on the same day is named in the same letter.
    let owed = seat.confirmation();
    [turn, owed]
        .into_iter()
        .flatten()
        .min_by_key(|(due, _)| *due)
}
