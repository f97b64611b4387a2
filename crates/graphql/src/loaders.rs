//! Loaders, made for one request and gone with it: what several fields ask for is read once, in one statement each.

use std::{any::TypeId, collections::HashMap, hash::Hash, sync::Arc, time::Duration};

use async_graphql::{
    Context, Request as Document, ServerResult,
    dataloader::{DataLoader, Loader},
    extensions::{Extension, ExtensionContext, ExtensionFactory, NextPrepareRequest},
};
use wederhoor_procedure::{ComplaintId, CourseId, MemberId};
use wederhoor_service::{CourseRecord, Dossier, MemberRecord, Request, ServiceError};

use crate::error::top_level;

/// Gives each request its loaders.
pub(crate) struct PerRequest;

impl ExtensionFactory for PerRequest {
    fn create(&self) -> Arc<dyn Extension> {
        Arc::new(Self)
    }
}

#[async_trait::async_trait]
impl Extension for PerRequest {
    async fn prepare_request(
        &self,
        ctx: &ExtensionContext<'_>,
        mut document: Document,
        next: NextPrepareRequest<'_>,
    ) -> ServerResult<Document> {
        let found = document.data.get(&TypeId::of::<Request>());
        if let Some(request) = found
            .and_then(|data| data.downcast_ref::<Request>())
            .cloned()
        {
            let loader = DataLoader::new(OfRequest(request), tokio::spawn).delay(Duration::ZERO);
            document = document.data(loader);
        }
        next.run(ctx, document).await
    }
}

/// Reads for one request.
pub(crate) struct OfRequest(Request);

impl Loader<ComplaintId> for OfRequest {
    type Value = Arc<Dossier>;
    type Error = Arc<ServiceError>;

    async fn load(
        &self,
        ids: &[ComplaintId],
    ) -> Result<HashMap<ComplaintId, Arc<Dossier>>, Arc<ServiceError>> {
        self.0.dossiers(ids).await.map_err(Arc::new)
    }
}

impl Loader<MemberId> for OfRequest {
    type Value = Arc<MemberRecord>;
    type Error = Arc<ServiceError>;

    async fn load(
        &self,
        ids: &[MemberId],
    ) -> Result<HashMap<MemberId, Arc<MemberRecord>>, Arc<ServiceError>> {
        let members = self.0.members_by_ids(ids).await.map_err(Arc::new)?;
        Ok(members
            .into_iter()
            .map(|member| (member.id, Arc::new(member)))
            .collect())
    }
}

impl Loader<CourseId> for OfRequest {
    type Value = Arc<CourseRecord>;
    type Error = Arc<ServiceError>;

    async fn load(
        &self,
        ids: &[CourseId],
    ) -> Result<HashMap<CourseId, Arc<CourseRecord>>, Arc<ServiceError>> {
        let courses = self.0.courses_by_ids(ids).await.map_err(Arc::new)?;
        Ok(courses
            .into_iter()
            .map(|course| (course.id, Arc::new(course)))
            .collect())
    }
}

/// The use cases, for whoever asks.
///
/// # Errors
/// INTERNAL when the server put none in the request's data.
pub(crate) fn request<'a>(ctx: &Context<'a>) -> async_graphql::Result<&'a Request> {
    ctx.data::<Request>()
}

type Loaders = DataLoader<OfRequest>;
type Loaded<T> = async_graphql::Result<T>;

/// The dossier of a complaint, as far as the viewer may see it; `None`: hidden or absent.
pub(crate) async fn dossier(ctx: &Context<'_>, id: ComplaintId) -> Loaded<Option<Arc<Dossier>>> {
    let loaded = Box::pin(ctx.data::<Loaders>()?.load_one(id)).await;
    loaded.map_err(|error| top_level(ctx, &error))
}

/// A course; `None` when there is none with that id here.
pub(crate) async fn course(ctx: &Context<'_>, id: CourseId) -> Loaded<Option<Arc<CourseRecord>>> {
    let loaded = Box::pin(ctx.data::<Loaders>()?.load_one(id)).await;
    loaded.map_err(|error| top_level(ctx, &error))
}

/// What people call a member; `None` when nobody has that id here.
pub(crate) async fn member_name(ctx: &Context<'_>, id: MemberId) -> Loaded<Option<String>> {
    let loaded = Box::pin(ctx.data::<Loaders>()?.load_one(id)).await;
    let member = loaded.map_err(|error| top_level(ctx, &error))?;
    Ok(member.map(|member| member.name.clone()))
}

/// What has these ids, in one statement for all; hidden and absent ones are left out.
pub(crate) async fn all<K>(
    ctx: &Context<'_>,
    ids: Vec<K>,
) -> Loaded<HashMap<K, <OfRequest as Loader<K>>::Value>>
where
    K: Copy + Eq + Hash + Send + Sync + 'static,
    OfRequest: Loader<K, Error = Arc<ServiceError>>,
{
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let loaded = Box::pin(ctx.data::<Loaders>()?.load_many(ids)).await;
    loaded.map_err(|error| top_level(ctx, &error))
}
