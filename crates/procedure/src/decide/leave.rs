//! Leaves: who is away, and who stands in, must be clear on every day.

use crate::{
    facts::{Absence, Facts},
    ids::MemberId,
};

/// What stands against a leave.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum AgainstLeave {
    /// The member is away then already, so that two could stand in.
    AwayAlready(Absence),
    /// Who stands in is away then, and substitutes do not chain.
    SubstituteAway(Absence),
    /// The membership of who stands in does not hold on every day of it.
    SubstituteOut,
}

/// Everything that stands against a leave of a member. Whether who stands in may decide a complaint is asked of each
/// complaint by itself; and that somebody falls ill who was to stand in is a fact that nothing stands against. A leave that
/// ends before it begins is none.
pub fn all_against_leave(facts: &Facts, member: MemberId, leave: &Absence) -> Vec<AgainstLeave> {
    if leave.until < leave.from {
        return Vec::new();
    }
    let mut against = Vec::new();
    against.extend(overlapping(facts, member, leave).map(AgainstLeave::AwayAlready));
    if let Some(substitute) = leave.substitute.filter(|substitute| *substitute != member) {
        against.extend(overlapping(facts, substitute, leave).map(AgainstLeave::SubstituteAway));
        if facts.is_out(substitute, leave.from) || facts.is_out(substitute, leave.until) {
            against.push(AgainstLeave::SubstituteOut);
        }
    }
    against
}

/// A leave of a member that shares a day with another.
fn overlapping(facts: &Facts, member: MemberId, leave: &Absence) -> Option<Absence> {
    let known = facts.members.get(&member)?;
    let mut absences = known.absences.iter().copied();
    absences.find(|one| one.from <= leave.until && leave.from <= one.until)
}

#[cfg(test)]
mod tests;
