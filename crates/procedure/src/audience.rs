//! Who may see a complaint, and how much of it: the rows that lists are filtered by, and the check on each.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    actor::{Actor, Role},
    complaint::{Complaint, Party},
    deadline::{Deadline, DeadlineKind, Owner, deadlines},
    decide::authority::{administration, can_take, conflict, is_free},
    facts::Facts,
    ids::MemberId,
    policy::Policy,
};

/// How much someone sees. The later, the more.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Nothing, not even that it exists.
    Excluded,
    /// A complaint against them, or against the organisation they speak for: not the complainant's contact data.
    Respondent,
    /// Their own complaint: no internal notes.
    Complainant,
    /// Who handles, decides or administers it: everything.
    Official,
}

/// Who may see a complaint: members by id. A role that sees much is spelled out by member, so that exclusion
/// of one of its holders is a row of its own.
pub type Audience = BTreeMap<MemberId, Level>;

/// Who may see a complaint, and how much, at an instant.
pub fn audience(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    now: DateTime<Utc>,
) -> Audience {
    let mut audience = Audience::new();
    let is_kept = complaint.destroyed_at.is_none();
    for member in officials(policy, facts, complaint, now) {
        audience.insert(member, Level::Official);
    }
    for member in facts
        .members
        .keys()
        .filter(|id| is_kept && conflict(policy, facts, complaint, **id).is_some())
    {
        audience.insert(*member, Level::Excluded);
    }
    // What is left of a dossier that is destroyed is nobody's, and seen by the administration only.
    let parties = complaint.respondents.values().filter(|_| is_kept);
    let parties = parties.filter_map(|one| one.member);
    let parties = parties
        .chain(complaint.complainant.member.filter(|_| is_kept))
        .chain(complaint.representative.filter(|_| is_kept));
    for member in parties {
        if let Some(party) = complaint.party_of(member) {
            let keeps_office =
                party == Party::Representative && audience.get(&member) == Some(&Level::Official);
            if !keeps_office {
                audience.insert(member, level_of(party));
            }
        }
    }
    audience
}

/// Who owns a measure at an instant, whether or not they see anything else of the complaint it came from.
pub fn owners(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    now: DateTime<Utc>,
) -> BTreeSet<MemberId> {
    let today = facts.calendar.local_date(now);
    let owns = |id: &MemberId| {
        !facts.is_out(*id, today) && conflict(policy, facts, complaint, *id).is_none()
    };
    let is_kept = complaint.destroyed_at.is_none();
    let measures = complaint.measures.values().filter(|_| is_kept);
    measures
        .filter_map(|measure| measure.owner)
        .filter(owns)
        .collect()
}

/// Members who may not know of a complaint, or only as one who is complained about.
pub fn kept_from(policy: &Policy, facts: &Facts, complaint: &Complaint) -> BTreeSet<MemberId> {
    let accused = complaint.respondents.values().filter_map(|one| one.member);
    let conflicted = |id: &MemberId| conflict(policy, facts, complaint, *id).is_some();
    let members = facts.members.keys().copied();
    members.filter(conflicted).chain(accused).collect()
}

/// How much an actor sees of a complaint; `None`: not even that it exists.
pub fn sight(audience: &Audience, complaint: &Complaint, actor: &Actor) -> Option<Level> {
    match actor {
        Actor::Member { id, .. } => audience
            .get(id)
            .copied()
            .filter(|level| *level > Level::Excluded),
        Actor::Link(Party::Respondent(no)) => complaint
            .respondents
            .get(no)
            .filter(|one| one.is_notified)
            .map(|_| Level::Respondent),
        Actor::Link(party) => Some(level_of(*party)),
        Actor::Anyone => None,
        Actor::Clock | Actor::Post | Actor::System => Some(Level::Official),
    }
}

const fn level_of(party: Party) -> Level {
    match party {
        Party::Complainant => Level::Complainant,
        Party::Respondent(_) | Party::Representative => Level::Respondent,
    }
}

fn officials(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    now: DateTime<Utc>,
) -> BTreeSet<MemberId> {
    let today = facts.calendar.local_date(now);
    let mut officials = BTreeSet::new();
    officials.extend(administration(policy, facts, complaint, today));
    if complaint.destroyed_at.is_some() {
        return officials;
    }
    for (instance, bench) in complaint.benches() {
        let substitutes = bench
            .deciders
            .iter()
            .filter_map(|id| facts.absence(*id, today)?.substitute)
            .filter(|id| !facts.is_out(*id, today))
            .filter(|id| is_free(policy, facts, complaint, instance, *id));
        officials.extend(substitutes);
        officials.extend(&bench.deciders);
    }
    officials.extend(&complaint.refused_by);
    officials.extend(pool(policy, facts, complaint, today));
    officials.extend(alerted(policy, facts, complaint, now));
    officials.retain(|id| !facts.is_out(*id, today));
    officials
}

/// Members of the pool who may take it while nobody has.
fn pool(policy: &Policy, facts: &Facts, complaint: &Complaint, on: NaiveDate) -> Vec<MemberId> {
    let members = facts.members.keys().copied();
    members
        .filter(|id| can_take(policy, facts, complaint, *id, on))
        .collect()
}

/// The managers, once a term of the organisation has lapsed, but for those who stepped back from the case.
fn alerted(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    now: DateTime<Utc>,
) -> Vec<MemberId> {
    let all = deadlines(policy, &facts.calendar, complaint);
    let is_late = |deadline: &Deadline| {
        deadline.owner == Owner::Organisation
            && deadline.kind != DeadlineKind::Retention
            && deadline.is_overdue(now)
    };
    if all.iter().any(is_late) {
        let today = facts.calendar.local_date(now);
        let managers = facts.holders(Role::Manager, today);
        managers
            .filter(|id| !complaint.stepped_back.contains(id))
            .collect()
    } else {
        Vec::new()
    }
}
