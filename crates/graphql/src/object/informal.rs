//! Dissatisfaction that was not put in writing.

use std::{collections::BTreeMap, sync::Arc};

use async_graphql::{Context, ID, Object};
use tokio::sync::OnceCell;
use wederhoor_procedure::CourseId;
use wederhoor_service::ContactRecord;

use crate::{
    connection::connection,
    error::top_level,
    id::{Kind, encode},
    object::{course::ComplaintCourse, people::NamedMember},
    request::request,
    scalar::{Date, Instant},
};

/// An informal contact.
#[derive(Clone)]
pub(crate) struct InformalContact {
    record: ContactRecord,
    titles: Arc<Titles>,
}

/// What the courses of a list of contacts are called, read for all of them once one is asked for.
struct Titles {
    ids: Vec<CourseId>,
    known: OnceCell<BTreeMap<CourseId, String>>,
}

impl InformalContact {
    /// The contacts of a list.
    pub(crate) fn listed(records: Vec<ContactRecord>) -> Vec<Self> {
        let titles = Arc::new(Titles {
            ids: records.iter().filter_map(|one| one.course_id).collect(),
            known: OnceCell::new(),
        });
        let one = |record| Self {
            record,
            titles: titles.clone(),
        };
        records.into_iter().map(one).collect()
    }
}

impl From<ContactRecord> for InformalContact {
    fn from(record: ContactRecord) -> Self {
        let ids = record.course_id.into_iter().collect();
        let known = OnceCell::new();
        Self {
            record,
            titles: Arc::new(Titles { ids, known }),
        }
    }
}

/// Dissatisfaction that was talked over and not put in writing (*informeel contact*): it is logged, and no term runs.
#[Object]
impl InformalContact {
    /// Its id.
    async fn id(&self) -> ID {
        encode(Kind::InformalContact, self.record.id)
    }

    /// The day of the contact.
    async fn contact_on(&self) -> Date {
        Date(self.record.contact_on)
    }

    /// The course it was about.
    async fn course(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<ComplaintCourse>> {
        let Some(id) = self.record.course_id else {
            return Ok(None);
        };
        let load = || async {
            let read = Box::pin(request(ctx)?.course_titles(&self.titles.ids)).await;
            read.map_err(|error| top_level(ctx, &error))
        };
        let known = Box::pin(self.titles.known.get_or_try_init(load)).await?;
        Ok(Some(ComplaintCourse::of(id, known.get(&id).cloned())))
    }

    /// Who recorded it.
    async fn recorded_by(&self) -> NamedMember {
        self.record.recorded_by.into()
    }

    /// Whether the person was invited to put it in writing.
    async fn is_invited(&self) -> bool {
        self.record.is_invited
    }

    /// Whether the talk settled it: nobody is left dissatisfied.
    async fn is_settled(&self) -> bool {
        let settled = self.record.content.get("isSettled");
        settled.and_then(serde_json::Value::as_bool) == Some(true)
    }

    /// What was said.
    async fn note(&self) -> Option<&str> {
        self.record
            .content
            .get("note")
            .and_then(serde_json::Value::as_str)
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> Instant {
        Instant(self.record.created_at)
    }
}

connection!(
    /// Informal contacts, newest first.
    InformalContactConnection,
    /// An informal contact in a list.
    InformalContactEdge,
    InformalContact
);
