//! What is written beside the events of a complaint: rows that lists, queues and audiences are read from.

use chrono::{DateTime, Utc};
use wederhoor_procedure::{
    MemberId,
    audience::{audience, owners},
    complaint::Recorded,
    deadline::{Deadline, DeadlineKind, deadlines, next_deadline},
    forgetting::Named,
};
use wederhoor_store::{AudienceRow, ComplaintProjection, DeadlineRow, EntryDraft};

use crate::{ServiceError, dossier::member_key, facts::word, letters::Telling};

/// The version of the shape of events: raised once a reader must tell them apart. Until then every older form is read by its
/// defaults.
const EVENT_VERSION: u16 = 1;

/// The next event as the chain keeps it: members are set apart in it, so that they go with the words.
pub(crate) fn entry(
    recorded: &Recorded,
    named: &mut Named<'_>,
) -> Result<EntryDraft, ServiceError> {
    let (actor, payload) = named.set_apart(recorded)?;
    let kind = payload
        .get("type")
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default()
        .to_owned();
    let (at, registered_at) = (recorded.at, recorded.registered_at);
    Ok(EntryDraft {
        at,
        registered_at,
        actor,
        kind,
        event_version: EVENT_VERSION,
        payload,
    })
}

/// What lists sort and filter by.
pub(crate) fn projection(telling: &Telling<'_>) -> Result<ComplaintProjection, ServiceError> {
    let Telling {
        policy,
        facts,
        complaint,
        ..
    } = *telling;
    let all = deadlines(policy, &facts.calendar, complaint);
    let next = next_deadline(&all);
    let retention = all
        .iter()
        .find(|deadline| deadline.kind == DeadlineKind::Retention);
    let deciders = &complaint.round().bench.deciders;
    // What is left of a dossier that is destroyed names nobody.
    let is_kept = complaint.destroyed_at.is_none();
    Ok(ComplaintProjection {
        policy_id: complaint.policy,
        state: word(&complaint.state())?,
        outcome: complaint
            .closure
            .map(|closure| word(&closure.outcome))
            .transpose()?,
        channel: word(&complaint.channel)?,
        received_at: complaint.received_at,
        registered_at: complaint.registered_at,
        course_id: complaint.course,
        cause: complaint.cause.clone().filter(|_| is_kept),
        handler_id: deciders.first().copied().filter(|_| is_kept),
        complainant_member_id: complaint.complainant.member.filter(|_| is_kept),
        instance: complaint.round().instance.into(),
        next_due_at: next.map(|deadline| deadline.due_at),
        next_due_kind: next.map(|deadline| word(&deadline.kind)).transpose()?,
        next_due_on: next.map(|deadline| deadline.due_on),
        closed_at: complaint.closure.map(|closure| closure.at),
        destroy_on: retention.map(|deadline| deadline.due_on),
    })
}

/// Who may see it, and how much.
pub(crate) fn audience_rows(
    telling: &Telling<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<AudienceRow>, ServiceError> {
    let Telling {
        policy,
        facts,
        complaint,
        ..
    } = *telling;
    let one = |(member, level)| {
        Ok(AudienceRow {
            viewer: member_key(member),
            level: word(&level)?,
        })
    };
    let owner = |member| AudienceRow {
        viewer: owner_key(member),
        level: OWNER.to_owned(),
    };
    let owners = owners(policy, facts, complaint, now).into_iter().map(owner);
    let decider = |member: &MemberId| AudienceRow {
        viewer: decider_key(*member),
        level: DECIDER.to_owned(),
    };
    let deciders = complaint.deciding().iter().map(decider);
    audience(policy, facts, complaint, now)
        .into_iter()
        .map(one)
        .chain(owners.chain(deciders).map(Ok))
        .collect()
}

/// What the owner of a measure sees: that measure. No list of complaints asks for these rows.
const OWNER: &str = "owner";

/// The key of a member in the audience rows, as the owner of a measure.
pub(crate) fn owner_key(member: MemberId) -> String {
    format!("owner:{member}")
}

/// Whose turn it is to decide; what they see of it stands in other rows.
const DECIDER: &str = "decider";

/// The key of a member in the audience rows, as one whose turn it is to decide.
pub(crate) fn decider_key(member: MemberId) -> String {
    format!("decider:{member}")
}

/// Its deadlines, as the work queue reads them.
pub(crate) fn deadline_rows(telling: &Telling<'_>) -> Result<Vec<DeadlineRow>, ServiceError> {
    let Telling {
        policy,
        facts,
        complaint,
        ..
    } = *telling;
    let one = |(index, deadline): (usize, Deadline)| {
        Ok(DeadlineRow {
            kind: word(&deadline.kind)?,
            key: index.to_string(),
            due_on: deadline.due_on,
            due_at: deadline.due_at,
            met_at: deadline.met_at,
            lapsed_at: (deadline.met_at.is_none() && !deadline.is_open).then_some(deadline.due_at),
        })
    };
    let open = deadlines(policy, &facts.calendar, complaint);
    open.into_iter().enumerate().map(one).collect()
}
