//! The facts around a complaint, read for the heart.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use wederhoor_procedure::{
    CourseId, MemberId, PolicyId,
    actor::{Role, Roles},
    facts::{Absence, CourseFacts, Facts, MemberFacts},
    policy::Policy,
};
use wederhoor_store::{CourseRecord, MemberRecord, PolicyRecord, ReadTx};

use crate::{Service, ServiceError, Tenant, calendar::calendar_of};

/// Everyone of a tenant and its calendar, as they are at an instant; the course is added per complaint.
pub(crate) async fn load_people(
    tx: &ReadTx,
    tenant: &Tenant,
    now: DateTime<Utc>,
) -> Result<Facts, ServiceError> {
    people_of(tx, tenant, now, &tx.members().await?).await
}

/// As [`load_people`], with members who were read before.
pub(crate) async fn people_of(
    tx: &ReadTx,
    tenant: &Tenant,
    now: DateTime<Utc>,
    records: &[MemberRecord],
) -> Result<Facts, ServiceError> {
    let calendar = calendar_of(tx, tenant).await?;
    let today = calendar.local_date(now);
    let mut members: BTreeMap<MemberId, MemberFacts> = BTreeMap::new();
    for record in records {
        members.insert(
            record.id,
            MemberFacts {
                roles: roles_of(record),
                from: record.active_from,
                until: record.active_until,
                absences: Vec::new(),
            },
        );
    }
    for absence in tx.absences(None).await? {
        if let Some(member) = members.get_mut(&absence.member_id) {
            let (from, until, substitute) =
                (absence.from_on, absence.until_on, absence.substitute_id);
            member.absences.push(Absence {
                from,
                until,
                substitute,
            });
        }
    }
    let facts = Facts {
        calendar,
        members,
        course: None,
        stand_in: None,
        repeats: BTreeMap::new(),
    };
    let stand_in = tenant.settings.stand_in;
    Ok(Facts {
        stand_in: stand_in.filter(|id| !facts.is_out(*id, today)),
        ..facts
    })
}

/// The roles a member holds on a day: none outside the membership's dates.
pub(crate) fn roles_on(record: &MemberRecord, day: NaiveDate) -> Roles {
    if is_out_on(record, day) {
        return Roles::new();
    }
    roles_of(record)
}

/// Whether a membership does not hold on a day: it has ended, or not begun.
pub(crate) fn is_out_on(record: &MemberRecord, day: NaiveDate) -> bool {
    let has_begun = record.active_from.is_none_or(|from| from <= day);
    let has_ended = record.active_until.is_some_and(|until| until < day);
    !has_begun || has_ended
}

/// The roles a member holds on the days of the membership.
pub(crate) fn roles_of(record: &MemberRecord) -> Roles {
    let words = record.roles.iter();
    words.filter_map(|word| role_from_word(word)).collect()
}

/// A role from the word it is kept under.
pub(crate) fn role_from_word(word: &str) -> Option<Role> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

/// The word a value is kept under.
pub(crate) fn word(value: &impl serde::Serialize) -> Result<String, ServiceError> {
    match serde_json::to_value(value)? {
        serde_json::Value::String(word) => Ok(word),
        other => Ok(other.to_string()),
    }
}

/// What the heart must know of a course.
pub(crate) fn course_facts(record: &CourseRecord) -> CourseFacts {
    let last_session = record.sessions.iter().map(|session| session.held_on).max();
    CourseFacts {
        id: record.id,
        ends_on: last_session.or(record.ended_on),
        trainers: record.trainers.iter().copied().collect(),
        organiser: record.organiser_id,
    }
}

/// The facts for one complaint: the people, its course, and its policy's switch for Good Friday.
pub(crate) fn with_course(people: &Facts, policy: &Policy, course: Option<&CourseRecord>) -> Facts {
    let calendar = people
        .calendar
        .clone()
        .with_good_friday_closed(policy.closed_on_good_friday);
    Facts {
        calendar,
        course: course.map(course_facts),
        ..people.clone()
    }
}

/// The facts for a complaint about a course, read now.
pub(crate) async fn facts_about(
    tx: &ReadTx,
    people: &Facts,
    policy: &Policy,
    course: Option<CourseId>,
) -> Result<Facts, ServiceError> {
    let record = match course {
        Some(id) => tx.course(id).await?,
        None => None,
    };
    Ok(with_course(people, policy, record.as_ref()))
}

/// A published policy version, from memory or read once.
pub(crate) async fn policy_version(
    service: &Service,
    tx: &ReadTx,
    id: PolicyId,
) -> Result<Arc<Policy>, ServiceError> {
    let mut versions = policy_versions(service, tx, [id]).await?;
    let missing = || ServiceError::Internal(format!("policy {id} is missing"));
    versions.remove(&id).ok_or_else(missing)
}

/// Published policy versions, from memory or read once, in one statement.
pub(crate) async fn policy_versions(
    service: &Service,
    tx: &ReadTx,
    ids: impl IntoIterator<Item = PolicyId>,
) -> Result<BTreeMap<PolicyId, Arc<Policy>>, ServiceError> {
    let (mut versions, mut unknown) = (BTreeMap::new(), Vec::new());
    for id in ids {
        match service.known_policy(tx.tenant(), id) {
            Some(policy) => {
                versions.insert(id, policy);
            }
            None if unknown.contains(&id) => {}
            None => unknown.push(id),
        }
    }
    if !unknown.is_empty() {
        for record in tx.policies_by_ids(&unknown).await? {
            versions.insert(record.id, known(service, tx, record)?);
        }
    }
    Ok(versions)
}

/// The regulation of a published version, which never changes.
pub(crate) fn known(
    service: &Service,
    tx: &ReadTx,
    record: PolicyRecord,
) -> Result<Arc<Policy>, ServiceError> {
    if let Some(policy) = service.known_policy(tx.tenant(), record.id) {
        return Ok(policy);
    }
    let policy: Arc<Policy> = Arc::new(serde_json::from_value(record.document)?);
    service.remember_policy(tx.tenant(), record.id, policy.clone());
    Ok(policy)
}
