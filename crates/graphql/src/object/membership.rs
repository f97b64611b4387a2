//! Where the viewer is a member, and what waits for them there.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use tokio::sync::OnceCell;
use wederhoor_service::{Membership, MembershipNow, Waiting};

use super::viewer::roles;
use crate::{connection::connection, enums::MemberRole, error::shown, request::request};

/// The memberships of a page when `first` is left out: of as many a document may ask what they mean now.
pub(crate) const MEMBERSHIPS: Option<i32> = Some(4);

/// What is read of a membership only in the organisation itself.
pub(crate) const ROLES: &str = "roles";
/// And more so.
pub(crate) const WAITING: &str = "waiting";

/// Where someone is a member.
#[derive(Clone)]
pub(crate) struct ViewerMembership {
    one: Membership,
    asks_waiting: bool,
    now: Arc<OnceCell<MembershipNow>>,
}

impl ViewerMembership {
    /// One of which nothing is read there yet, and then what waits only where the document asks for it.
    pub(super) fn of(one: Membership, asks_waiting: bool) -> Self {
        let now = Arc::default();
        Self {
            one,
            asks_waiting,
            now,
        }
    }

    async fn now(&self, ctx: &Context<'_>) -> async_graphql::Result<&MembershipNow> {
        let read = async || {
            let now = request(ctx)?.membership_now(&self.one, self.asks_waiting);
            shown(ctx, Box::pin(now).await)
        };
        self.now.get_or_try_init(read).await
    }
}

/// Where someone is a member (*lidmaatschap*).
#[Object]
impl ViewerMembership {
    /// The organisation's name in addresses; what `signIn` and `switchTenant` name.
    async fn organisation(&self) -> &str {
        &self.one.tenant.slug
    }

    /// The organisation's name.
    async fn name(&self) -> &str {
        &self.one.tenant.name
    }

    /// Their roles there, as they hold now.
    async fn roles(&self, ctx: &Context<'_>) -> async_graphql::Result<Vec<MemberRole>> {
        Ok(roles(&self.now(ctx).await?.roles))
    }

    /// Whether this is the organisation they act in now.
    async fn is_current(&self) -> bool {
        self.one.is_current
    }

    /// What waits for them there: as much as `workQueue` holds once they act in it. `null` where they could do nothing: the
    /// organisation is on hold, the membership does not hold now, or a second factor is asked which they do not have.
    async fn waiting(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<WorkQueueSummary>> {
        Ok(self.now(ctx).await?.waiting.map(WorkQueueSummary::from))
    }
}

/// How much is due in complaints that someone may see (*werkvoorraad*), by the calendar of the organisation.
#[derive(SimpleObject, Clone, Copy, Debug)]
#[expect(
    clippy::struct_field_names,
    reason = "so the API names what is counted"
)]
pub(crate) struct WorkQueueSummary {
    /// What is overdue (*te laat*).
    overdue_count: u64,
    /// What is due today, and not overdue.
    due_today_count: u64,
    /// What is due from today up to and including Sunday, and not overdue.
    due_this_week_count: u64,
    /// All that is due, whenever.
    total_count: u64,
}

impl From<Waiting> for WorkQueueSummary {
    fn from(waiting: Waiting) -> Self {
        Self {
            overdue_count: waiting.overdue,
            due_today_count: waiting.due_today,
            due_this_week_count: waiting.due_this_week,
            total_count: waiting.total,
        }
    }
}

connection!(
    /// Where the viewer is a member.
    ViewerMembershipConnection,
    /// One row of where the viewer is a member.
    ViewerMembershipEdge,
    ViewerMembership
);
