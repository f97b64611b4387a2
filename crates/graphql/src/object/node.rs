//! Whatever has an id of its own.

use std::{collections::HashMap, sync::Arc};

use async_graphql::{Context, ID, Interface};
use wederhoor_procedure::{ComplaintId, CourseId, MemberId, PolicyId};
use wederhoor_service::Dossier;

use crate::{
    error::shown,
    id::{Kind, Opaque, decode},
    loaders::{dossier, dossiers, request},
    object::{complaint::Complaint, course::Course, member::Member, policy::Policy},
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

/// What has this id, as far as the viewer may see it; `None`: hidden, absent, or no id.
pub(crate) async fn find(ctx: &Context<'_>, id: &str) -> async_graphql::Result<Option<Node>> {
    let Some((kind, uuid)) = decode(id) else {
        return Ok(None);
    };
    match kind {
        Kind::Complaint => {
            let found: Option<Arc<Dossier>> = seen(ctx, ComplaintId::from_uuid(uuid)).await?;
            Ok(found.map(|dossier| Node::Complaint(dossier.into())))
        }
        Kind::Course => Ok(crate::query::office::course(ctx, CourseId::from_uuid(uuid))
            .await?
            .map(Node::Course)),
        Kind::Member => Ok(crate::query::office::member(ctx, MemberId::from_uuid(uuid))
            .await?
            .map(Node::Member)),
        Kind::Policy => {
            let versions = shown(ctx, Box::pin(request(ctx)?.policies()).await)?;
            let found = versions
                .into_iter()
                .find(|version| version.id == PolicyId::from_uuid(uuid));
            Ok(found.map(|version| Node::Policy(Policy(version))))
        }
        Kind::Letter | Kind::Measure | Kind::InformalContact | Kind::Absence => Ok(None),
    }
}

/// What has these ids, in their order. Complaints are read together.
pub(crate) async fn find_all(
    ctx: &Context<'_>,
    ids: &[ID],
) -> async_graphql::Result<Vec<Option<Node>>> {
    let complaints = ids
        .iter()
        .filter_map(|id| crate::id::typed::<ComplaintId>(id))
        .collect();
    let has_tenant = request(ctx)?.caller().tenant().is_some();
    let seen = if has_tenant {
        dossiers(ctx, complaints).await?
    } else {
        HashMap::new()
    };
    let mut found = Vec::with_capacity(ids.len());
    for id in ids {
        found.push(match crate::id::typed::<ComplaintId>(id) {
            Some(complaint) => seen
                .get(&complaint)
                .map(|dossier| Node::Complaint(dossier.clone().into())),
            None => find(ctx, id).await?,
        });
    }
    Ok(found)
}

async fn seen(ctx: &Context<'_>, id: ComplaintId) -> async_graphql::Result<Option<Arc<Dossier>>> {
    if request(ctx)?.caller().tenant().is_none() {
        return Ok(None);
    }
    dossier(ctx, id).await
}
