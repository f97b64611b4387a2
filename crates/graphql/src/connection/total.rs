//! How many rows a list has: counted only when it is asked for.

use async_graphql::Context;
use chrono::{DateTime, Utc};
use uuid::Uuid;
use wederhoor_service::{Audited, ComplaintListFilter};

use crate::{error::shown, request::request};

/// The list whose rows are to be counted.
pub(crate) enum Total {
    /// It was read as a whole.
    Known(usize),
    /// Complaints.
    Complaints(ComplaintListFilter),
    /// What is due, be it only before an instant.
    Work(Option<DateTime<Utc>>),
    /// Courses.
    Courses,
    /// Letters to print.
    LettersToPrint,
    /// Letters that did not reach their reader.
    UndeliveredLetters,
    /// Informal contacts.
    InformalContacts,
    /// Who saw a complaint and who did something in it.
    AccessLog(Audited),
    /// What happened with the viewer's account, and what they did.
    Activity,
    /// API keys.
    ApiKeys,
    /// What an API key was used for.
    ApiKeyUses(Uuid),
}

impl Total {
    /// Counts for the viewer.
    ///
    /// # Errors
    /// Whatever is not a matter of what the viewer may see.
    pub(crate) async fn count(&self, ctx: &Context<'_>) -> async_graphql::Result<u64> {
        let request = request(ctx)?;
        let counted = match self {
            Self::Known(rows) => Ok(u64::try_from(*rows)?),
            Self::Complaints(filter) => Box::pin(request.count_complaints(filter)).await,
            Self::Work(due_before) => Box::pin(request.count_work(*due_before)).await,
            Self::Courses => Box::pin(request.count_courses()).await,
            Self::LettersToPrint => Box::pin(request.count_letters_to_print()).await,
            Self::UndeliveredLetters => Box::pin(request.count_undelivered_letters()).await,
            Self::InformalContacts => Box::pin(request.count_informal_contacts()).await,
            Self::AccessLog(audited) => Box::pin(request.count_access(*audited)).await,
            Self::Activity => Box::pin(request.count_activity()).await,
            Self::ApiKeys => Box::pin(request.count_api_keys()).await,
            Self::ApiKeyUses(key) => Box::pin(request.count_api_key_uses(*key)).await,
        };
        shown(ctx, counted)
    }
}
