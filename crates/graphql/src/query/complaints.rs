//! Complaints and what is due.

mod filter;

use async_graphql::{Context, ID, Object};
use wederhoor_procedure::ComplaintId;
use wederhoor_service::{
    ComplaintListFilter, ComplaintOrder, ComplaintSummary, CursorKey, WorkItem, WorkKey,
};

use self::filter::{ComplaintFilter, ComplaintSort};
use crate::{
    connection::{Asked, LIST, Total, rows},
    cursor::{Place, no_cursor},
    error::{bad_request, shown, top_level},
    id::typed,
    named::named,
    object::{
        complaint::{
            Complaint, ComplaintConnection, Siblings, asks_for_dossiers, asks_for_dossiers_of_work,
        },
        work::{WorkQueueConnection, WorkQueueItem},
    },
    request::request,
    scalar::Instant,
};

#[derive(Default)]
pub(crate) struct ComplaintQueries;

#[Object]
impl ComplaintQueries {
    /// A complaint by its id, or by the reference that people quote; `null` for what is hidden or absent.
    async fn complaint(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id; give either this or `reference`.")] id: Option<ID>,
        #[graphql(desc = "What people quote (*kenmerk*), such as `ABC-2026-0042`.")]
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
        let filter = filter.unwrap_or_default().checked(ctx)?;
        let order: ComplaintOrder = order_by.into();
        let question = (&filter, order);
        let asked = Asked::of(ctx, "complaints", &question, first, after.as_deref())?;
        page(ctx, filter, order, &asked).await
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
        work_queue(ctx, first, after.as_deref(), due_before).await
    }
}

/// A page of what is due.
pub(crate) async fn work_queue(
    ctx: &Context<'_>,
    first: Option<i32>,
    after: Option<&str>,
    due_before: Option<Instant>,
) -> async_graphql::Result<WorkQueueConnection> {
    let asked = Asked::of(ctx, "workQueue", &due_before, first, after)?;
    let before = due_before.map(|before| before.0);
    let place = asked.after.as_ref().map(|place| queued(ctx, place));
    let place = place.transpose()?;
    let work = request(ctx)?.work_queue(before, place.as_ref(), asked.limit());
    let due = shown(ctx, Box::pin(work).await)?;
    // What is not shown is not read.
    let on_page = due.iter().take(asked.size());
    let siblings = Siblings::of(on_page.map(|item| item.complaint));
    let row = |item: WorkItem| (place_of(&item), WorkQueueItem::of(item, &siblings));
    let mut page = asked.page(due.into_iter().map(row));
    if asks_for_dossiers_of_work(ctx) {
        let seen = siblings.seen(ctx).await?;
        page = page.only(|item| seen.contains(&item.complaint_key()));
    }
    Ok(WorkQueueConnection {
        page,
        total: Total::Work(before),
    })
}

async fn by_id(
    ctx: &Context<'_>,
    id: Option<ComplaintId>,
) -> async_graphql::Result<Option<Complaint>> {
    match id {
        Some(id) => named(ctx, id).await,
        None => Ok(None),
    }
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
    asked: &Asked,
) -> async_graphql::Result<ComplaintConnection> {
    let key = asked.after.as_ref().map(|place| CursorKey {
        value: place.value,
        id: ComplaintId(place.id),
    });
    let found = Box::pin(request(ctx)?.complaints(&filter, order, key, asked.limit())).await;
    let found = found.map_err(|error| top_level(ctx, &error))?;
    let place = |summary: &ComplaintSummary| {
        let CursorKey { value, id } = summary.cursor(order);
        Place {
            value,
            ..Place::at(id.0)
        }
    };
    let places: Vec<Place> = found.iter().map(place).collect();
    // What is not shown is not read.
    let on_page = found.iter().take(asked.size());
    let siblings = Siblings::of(on_page.map(|summary| summary.id));
    let is_next_known = !found.iter().any(|summary| summary.is_next_hidden);
    let listed = Complaint::listed(found, &siblings);
    let mut page = asked.page(places.into_iter().zip(listed));
    if asks_for_dossiers(ctx, is_next_known) {
        let seen = siblings.seen(ctx).await?;
        page = page.only(|complaint| seen.contains(&complaint.key()));
    }
    Ok(ComplaintConnection {
        page,
        total: Total::Complaints(filter),
    })
}

/// A complaint may have several things due at the same instant: the kind and the key settle their order.
fn place_of(item: &WorkItem) -> Place {
    let WorkKey {
        due_at,
        complaint,
        kind,
        key,
    } = &item.place;
    Place {
        value: Some(*due_at),
        id: complaint.0,
        mark: Some(format!("{key} {kind}")),
    }
}

/// The place in the queue that a cursor tells.
fn queued(ctx: &Context<'_>, place: &Place) -> async_graphql::Result<WorkKey> {
    let (mark, due_at) = (place.mark.as_deref(), place.value);
    let mark = mark.and_then(|mark| mark.split_once(' '));
    let Some(((key, kind), due_at)) = mark.zip(due_at) else {
        return Err(no_cursor(ctx));
    };
    Ok(WorkKey {
        due_at,
        complaint: ComplaintId(place.id),
        kind: kind.to_owned(),
        key: key.to_owned(),
    })
}
