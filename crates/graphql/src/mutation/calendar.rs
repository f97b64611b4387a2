//! The calendar feed of a member.

use async_graphql::{Context, InputObject, Object, SimpleObject};
use secrecy::{ExposeSecret, SecretString};

use super::payload::{Answer, answer_acting, keyed, payload};
use crate::request::request;

/// A calendar feed (*agendalink*) that somebody has just made: shown once, and kept nowhere where it can be read.
#[derive(SimpleObject, Clone)]
pub(crate) struct CalendarFeed {
    /// Its secret address, by which a calendar subscribes to it. Whoever has it sees what is due for the viewer, by reference
    /// and kind.
    url: String,
}

impl From<SecretString> for CalendarFeed {
    fn from(url: SecretString) -> Self {
        Self {
            url: url.expose_secret().to_owned(),
        }
    }
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct MakeCalendarFeedInput {
    /// Whether one that the viewer has is replaced, so that its address does not work any more; else having one is refused.
    #[graphql(default = true)]
    is_replacing: bool,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct RevokeCalendarFeedInput {
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload!(MakeCalendarFeedPayload {
    /// The feed, shown this once; `null` when nothing was done.
    calendar_feed: CalendarFeed
});
payload!(RevokeCalendarFeedPayload {
    /// Whether it was taken back; `null` when nothing was done.
    is_revoked: bool
});

#[derive(Default)]
pub(crate) struct CalendarMutations;

#[Object]
impl CalendarMutations {
    /// Makes the calendar feed of the viewer in the organisation that they act in (*agendalink maken*, RFC 5545): a secret
    /// address at which their own calendar reads what is due, as `workQueue` has it at that moment, the 500 soonest; for
    /// everybody with a role, and the stand-in. Of each deadline it tells the last day, the reference and the kind. Sent again,
    /// it makes another.
    async fn make_calendar_feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whether it takes the place of another.")] input: MakeCalendarFeedInput,
    ) -> Answer<MakeCalendarFeedPayload> {
        answer_acting(ctx, async {
            let request = request(ctx)?;
            let made = Box::pin(request.make_calendar_feed(input.is_replacing)).await;
            MakeCalendarFeedPayload::of(ctx, made)
        })
        .await
    }

    /// Takes the calendar feed of the viewer back (*agendalink intrekken*): from then on nothing is at its address.
    async fn revoke_calendar_feed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Nothing that must be said.")] input: RevokeCalendarFeedInput,
    ) -> Answer<RevokeCalendarFeedPayload> {
        answer_acting(ctx, async {
            let request = keyed(ctx, input.idempotency_key)?;
            let revoked = Box::pin(request.revoke_calendar_feed()).await;
            RevokeCalendarFeedPayload::of(ctx, revoked.map(|()| true))
        })
        .await
    }
}
