//! For how long after a measure a complaint counts as its recurrence.

use async_graphql::{Context, InputObject, Object};

use super::payload::{Answer, answer_acting, keyed, payload};

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct SetRecurrenceWindowInput {
    /// How many months, from 1 to 120.
    months: i32,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload!(SetRecurrenceWindowPayload {
    /// The months as they are now; `null` when nothing was done.
    months: u32
});

#[derive(Default)]
pub(crate) struct RecurrenceMutations;

#[Object]
impl RecurrenceMutations {
    /// Chooses for how many months after a measure another complaint about the same course, with the same cause, is linked to
    /// it, and its owner alerted (*termijn voor herhaling*); for administrators. What was linked already stays so.
    async fn set_recurrence_window(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The months.")] input: SetRecurrenceWindowInput,
    ) -> Answer<SetRecurrenceWindowPayload> {
        answer_acting(ctx, async {
            let (key, months) = (input.idempotency_key, input.months);
            let request = keyed(ctx, key)?;
            let set = Box::pin(request.set_recurrence_window(months)).await;
            SetRecurrenceWindowPayload::of(ctx, set)
        })
        .await
    }
}
