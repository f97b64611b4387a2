//! Whatever has an id of its own.

use std::{collections::HashMap, hash::Hash, sync::Arc};

use async_graphql::{Context, ID, Interface};
use wederhoor_procedure::{ComplaintId, CourseId, MemberId, PolicyId};
use wederhoor_service::ServiceError;

use crate::{
    error::shown,
    id::{Opaque, typed},
    named::named,
    object::{complaint::Complaint, course::Course, member::Member, policy::Policy},
    request::{dossiers, request},
};

/// Whatever has an id of its own, and can be read by it.
#[derive(Interface, Clone)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "An opaque id, unique among all objects."
))]
pub(crate) enum Node {
    /// A complaint.
    Complaint(Complaint),
    /// A course.
    Course(Course),
    /// A member.
    Member(Member),
    /// A version of a policy.
    Policy(Policy),
}

/// What has this id; `None`: hidden, absent, or no id.
pub(crate) async fn find_one(ctx: &Context<'_>, id: ID) -> async_graphql::Result<Option<Node>> {
    let is_somebodys = request(ctx)?.caller().tenant().is_some();
    match typed(&id).filter(|_| is_somebodys) {
        Some(id) => Ok(named(ctx, id).await?.map(Node::Complaint)),
        None => Ok(find(ctx, &[id]).await?.pop().flatten()),
    }
}

/// What has these ids, in their order; `None`: hidden, absent, or no id. Each kind is read at once.
pub(crate) async fn find(
    ctx: &Context<'_>,
    ids: &[ID],
) -> async_graphql::Result<Vec<Option<Node>>> {
    let caller = request(ctx)?.caller();
    if caller.tenant().is_none() {
        return Ok(vec![None; ids.len()]);
    }
    let complaints = Complaint::loaded(dossiers(ctx, &typed_ids(ids)).await?);
    if !caller.has_office() {
        return Ok(ids.iter().map(|id| complaint(&complaints, id)).collect());
    }
    let (mut courses, mut members) = (HashMap::new(), HashMap::new());
    if caller.treats_complaints() {
        let found = Box::pin(request(ctx)?.courses_by_ids(&typed_ids(ids))).await;
        courses = by_id(ctx, found, |course| course.id)?;
        let found = Box::pin(request(ctx)?.members_by_ids(&typed_ids(ids))).await;
        members = by_id(ctx, found, |member| member.id)?;
    }
    let policies = policies(ctx, ids).await?;
    let one = |id: &ID| {
        let course = || {
            typed(id)
                .and_then(|id: CourseId| courses.get(&id))
                .cloned()
                .map(|one| Node::Course(Course(one)))
        };
        let member = || {
            typed(id)
                .and_then(|id: MemberId| members.get(&id))
                .cloned()
                .map(|one| Node::Member(Member(one)))
        };
        let policy = || {
            typed(id)
                .and_then(|id: PolicyId| policies.get(&id))
                .cloned()
                .map(Node::Policy)
        };
        complaint(&complaints, id)
            .or_else(course)
            .or_else(member)
            .or_else(policy)
    };
    Ok(ids.iter().map(one).collect())
}

fn typed_ids<T: Opaque>(ids: &[ID]) -> Vec<T> {
    ids.iter().filter_map(|id| typed(id)).collect()
}

fn complaint(complaints: &HashMap<ComplaintId, Complaint>, id: &ID) -> Option<Node> {
    let complaint = complaints.get(&typed(id)?)?;
    Some(Node::Complaint(complaint.clone()))
}

/// Rows by their ids.
fn by_id<K: Eq + Hash, R>(
    ctx: &Context<'_>,
    rows: Result<Vec<R>, ServiceError>,
    id_of: impl Fn(&R) -> K,
) -> async_graphql::Result<HashMap<K, Arc<R>>> {
    let rows = shown(ctx, rows)?.into_iter();
    Ok(rows.map(|row| (id_of(&row), Arc::new(row))).collect())
}

async fn policies(
    ctx: &Context<'_>,
    ids: &[ID],
) -> async_graphql::Result<HashMap<PolicyId, Policy>> {
    if typed_ids::<PolicyId>(ids).is_empty() {
        return Ok(HashMap::new());
    }
    let versions = shown(ctx, Box::pin(request(ctx)?.policies()).await)?;
    Ok(versions
        .into_iter()
        .map(|version| (version.id, Policy(version)))
        .collect())
}
