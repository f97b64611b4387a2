//! What the heart must know and cannot: people, their absences, the course's roster, the calendar.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::{
    actor::{Role, Roles},
    calendar::Calendar,
    ids::{CourseId, MemberId},
};

/// The facts around a complaint, as they are now.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The tenant's calendar, with the policy's switch for Good Friday.
    pub calendar: Calendar,
    /// Everyone with a role, active or not.
    pub members: BTreeMap<MemberId, MemberFacts>,
    /// The course the complaint is about.
    pub course: Option<CourseFacts>,
    /// Who acts for the administration when an administrator is excluded.
    pub stand_in: Option<MemberId>,
}

/// A member of the tenant.
#[derive(Clone, Debug, Default)]
pub struct MemberFacts {
    /// Roles as they are known now; they count on the days of the membership.
    pub roles: Roles,
    /// The first day of the membership, where one is set.
    pub from: Option<NaiveDate>,
    /// The last day of the membership, where one is set.
    pub until: Option<NaiveDate>,
    /// Absent from and until, both inclusive, and who stands in.
    pub absences: Vec<Absence>,
}

/// A member's leave.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Absence {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub until: NaiveDate,
    /// Who stands in; substitutes do not chain.
    pub substitute: Option<MemberId>,
}

/// A course and who gives it.
#[derive(Clone, Debug)]
pub struct CourseFacts {
    /// Which.
    pub id: CourseId,
    /// The day of its last session as organised; `None` when no session is planned.
    pub ends_on: Option<NaiveDate>,
    /// Everyone who trains it.
    pub trainers: BTreeSet<MemberId>,
    /// Who organised it.
    pub organiser: Option<MemberId>,
}

impl Facts {
    /// Members that hold a role on a day, in the order of their ids.
    pub fn holders(&self, role: Role, on: NaiveDate) -> impl Iterator<Item = MemberId> + '_ {
        self.holders_some_day(role)
            .filter(move |id| !self.is_out(*id, on))
    }

    /// Members that hold a role on the days of their membership, whichever those are.
    pub fn holders_some_day(&self, role: Role) -> impl Iterator<Item = MemberId> + '_ {
        self.members
            .iter()
            .filter(move |(_, member)| member.roles.contains(&role))
            .map(|(id, _)| *id)
    }

    /// Whether a member holds a role on a day.
    pub fn holds(&self, member: MemberId, role: Role, on: NaiveDate) -> bool {
        let facts = self.members.get(&member);
        facts.is_some_and(|facts| facts.roles.contains(&role)) && !self.is_out(member, on)
    }

    /// The leave a member is on that day.
    pub fn absence(&self, member: MemberId, on: NaiveDate) -> Option<Absence> {
        let facts = self.members.get(&member)?;
        facts
            .absences
            .iter()
            .copied()
            .find(|absence| absence.from <= on && on <= absence.until)
    }

    /// Whether somebody's membership does not hold that day: it has ended, or not begun.
    pub fn is_out(&self, member: MemberId, on: NaiveDate) -> bool {
        let facts = self.members.get(&member);
        facts.is_some_and(|facts| {
            facts.from.is_some_and(|from| on < from) || facts.until.is_some_and(|until| until < on)
        })
    }

    /// Whether `substitute` stands in for `member` that day.
    pub fn stands_in(&self, substitute: MemberId, member: MemberId, on: NaiveDate) -> bool {
        let absence = self.absence(member, on);
        absence.is_some_and(|absence| absence.substitute == Some(substitute))
            && !self.is_out(substitute, on)
    }
}
