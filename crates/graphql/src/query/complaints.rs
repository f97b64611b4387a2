//! Complaints and what is due.

mod filter;

use async_graphql::{Context, ID, Object};
use uuid::Uuid;
use wederhoor_procedure::ComplaintId;
use wederhoor_service::{ComplaintListFilter, ComplaintOrder, CursorKey, WorkItem};

use self::filter::{ComplaintFilter, ComplaintSort};
use crate::{
    connection::{Known, LIST, Page, page_size, rows},
    cursor::{Binding, Place},
    error::{bad_request, shown, top_level},
    id::typed,
    loaders::{dossier, request},
    object::{
        complaint::{Complaint, ComplaintConnection, Counted},
        work::{WorkQueueConnection, WorkQueueItem},
    },
    scalar::Instant,
};

/// How much of what is due is looked at, the earliest first.
const WORK_HORIZON: u64 = 1_000;

#[derive(Default)]
pub(crate) struct ComplaintQueries;

#[Object]
impl ComplaintQueries {
    /// A complaint by its id, or by the reference that people quote; `null` for what is hidden or absent.
    async fn complaint(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id; give either this or `reference`.")] id: Option<ID>,
        #[graphql(desc = "What people quote (*kenmerk*), such as `LIVP-2026-0042`.")]
        reference: Option<String>,
    ) -> async_graphql::Result<Option<Complaint>> {
        if request(ctx)?.caller().tenant().is_none() {
            return Ok(None);
        }
        match (id, reference) {
            (Some(id), None) => by_id(ctx, typed(&id)).await,
            (None, Some(reference)) => by_reference(ctx, reference).await,
            _ => Err(bad_request(
                ctx,
                "Geef `id` of `reference`.",
                "Give either `id` or `reference`.",
            )),
        }
    }

    /// Complaints that the viewer may see.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn complaints(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same filter and order.")]
        after: Option<String>,
        #[graphql(desc = "Which complaints.")] filter: Option<ComplaintFilter>,
        #[graphql(desc = "In which order.", default)] order_by: ComplaintSort,
    ) -> async_graphql::Result<ComplaintConnection> {
        let size = page_size(ctx, first)?;
        let filter = filter.unwrap_or_default().checked(ctx)?;
        let order: ComplaintOrder = order_by.into();
        let binding = Binding::of(ctx, "complaints", &(&filter, order))?;
        let after = binding.after(ctx, after.as_deref())?;
        page(ctx, filter, order, binding, after, size).await
    }

    /// What is due in complaints that the viewer may see, the earliest first.
    #[graphql(complexity = "LIST + rows(first) * child_complexity")]
    async fn work_queue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 25 when left out.")] first: Option<i32>,
        #[graphql(desc = "The cursor after which to go on, of the same list.")] after: Option<
            String,
        >,
        #[graphql(desc = "Only what is due before this instant.")] due_before: Option<Instant>,
    ) -> async_graphql::Result<WorkQueueConnection> {
        let size = page_size(ctx, first)?;
        let binding = Binding::of(ctx, "workQueue", &due_before)?;
        let after = binding.after(ctx, after.as_deref())?;
        let before = due_before.map_or(chrono::DateTime::<chrono::Utc>::MAX_UTC, |before| before.0);
        let before = before.min(latest());
        let due = shown(
            ctx,
            Box::pin(request(ctx)?.work_queue(before, WORK_HORIZON)).await,
        )?;
        Ok(queue(due, binding, after, size))
    }
}

/// The end of the calendar that terms are derived in.
fn latest() -> chrono::DateTime<chrono::Utc> {
    chrono::DateTime::from_timestamp(7_258_118_400, 0)
        .unwrap_or(chrono::DateTime::<chrono::Utc>::MAX_UTC)
}

async fn by_id(
    ctx: &Context<'_>,
    id: Option<ComplaintId>,
) -> async_graphql::Result<Option<Complaint>> {
    let Some(id) = id else { return Ok(None) };
    Ok(dossier(ctx, id).await?.map(Complaint::from))
}

async fn by_reference(
    ctx: &Context<'_>,
    reference: String,
) -> async_graphql::Result<Option<Complaint>> {
    if reference.len() > 60 {
        return Ok(None);
    }
    let filter = ComplaintListFilter {
        reference: Some(reference),
        ..ComplaintListFilter::default()
    };
    let found =
        Box::pin(request(ctx)?.complaints(&filter, ComplaintOrder::ReceivedDesc, None, 1)).await;
    let found = found.map_err(|error| top_level(ctx, &error))?;
    by_id(ctx, found.first().map(|summary| summary.id)).await
}

async fn page(
    ctx: &Context<'_>,
    filter: ComplaintListFilter,
    order: ComplaintOrder,
    binding: Binding,
    after: Option<Place>,
    size: usize,
) -> async_graphql::Result<ComplaintConnection> {
    let key = after.map(|place| CursorKey {
        value: place.value,
        id: ComplaintId(place.id),
    });
    let limit = u64::try_from(size)? + 1;
    let found = Box::pin(request(ctx)?.complaints(&filter, order, key, limit)).await;
    let found = found.map_err(|error| top_level(ctx, &error))?;
    let with_cursors = found.into_iter().map(|summary| {
        let key = summary.cursor(order);
        let cursor = binding.cursor(Place {
            value: key.value,
            id: key.id.0,
        });
        (cursor, Complaint::listed(summary))
    });
    let page = Page::of(with_cursors.collect(), size, after.is_some());
    Ok(ComplaintConnection {
        page,
        total: Counted(filter),
    })
}

fn queue(
    due: Vec<WorkItem>,
    binding: Binding,
    after: Option<Place>,
    size: usize,
) -> WorkQueueConnection {
    let total = Known(due.len());
    let mut placed: Vec<(Place, WorkItem)> = due
        .into_iter()
        .map(|item| (place_of(&item), item))
        .collect();
    placed.sort_by_key(|(place, _)| (place.value, place.id));
    let is_after =
        |place: &Place| after.is_none_or(|after| (place.value, place.id) > (after.value, after.id));
    let rest = placed.into_iter().filter(|(place, _)| is_after(place));
    let rows = rest
        .take(size + 1)
        .map(|(place, item)| (binding.cursor(place), WorkQueueItem(item)));
    WorkQueueConnection {
        page: Page::of(rows.collect(), size, after.is_some()),
        total,
    }
}

/// One complaint may have several things due at the same instant: the kind settles their order.
fn place_of(item: &WorkItem) -> Place {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    item.kind.hash(&mut hasher);
    let id = Uuid::from_u128(item.complaint.0.as_u128() ^ u128::from(hasher.finish()));
    Place {
        value: Some(item.due_at),
        id,
    }
}
