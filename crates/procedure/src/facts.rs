//! What the heart must know and cannot: people, their absences, the course's roster, the calendar.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    actor::{Role, Roles},
    calendar::Calendar,
    complaint::{Complaint, Recurrence},
    ids::{ComplaintId, CourseId, MemberId},
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
    /// The complaints that its measures are linked to, or may be; without those of which the dossier is destroyed.
    pub repeats: Repeats,
}

/// Other complaints, by id.
pub type Repeats = BTreeMap<ComplaintId, Repeat>;

/// Another complaint, as far as it concerns who reads that it came after a measure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Repeat {
    /// What people quote.
    pub reference: String,
    /// When it arrived.
    pub received_at: DateTime<Utc>,
    /// What it was about.
    pub cause: String,
    /// Who may not know of it, or only as a party.
    pub kept_from: BTreeSet<MemberId>,
}

impl Repeat {
    /// Whether a member may not know of it.
    pub fn is_kept_from(&self, member: MemberId) -> bool {
        self.kept_from.contains(&member)
    }
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

/// As [`Facts::repeat`], of these.
pub(crate) fn repeat_of<'r>(
    repeats: &'r Repeats,
    complaint: &Complaint,
    recurrence: Recurrence,
) -> Option<&'r Repeat> {
    let repeat = repeats.get(&recurrence.complaint)?;
    (complaint.cause.as_ref() == Some(&repeat.cause)).then_some(repeat)
}

impl Facts {
    /// A complaint that a measure of this one is linked to; `None` where its dossier is destroyed, and while the two have another
    /// cause.
    pub fn repeat(&self, complaint: &Complaint, recurrence: Recurrence) -> Option<&Repeat> {
        repeat_of(&self.repeats, complaint, recurrence)
    }

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
