//! At which hour an organisation is reminded.

use async_graphql::{Context, InputObject, Object};

use super::payload::{Answer, answer_acting, keyed, payload};

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct SetReminderHourInput {
    /// The hour, from 0 to 23, in the time zone of the organisation.
    hour: i32,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload!(SetReminderHourPayload {
    /// The hour as it is now; `null` when nothing was done.
    hour: i32
});

#[derive(Default)]
pub(crate) struct ReminderMutations;

#[Object]
impl ReminderMutations {
    /// Chooses the hour at which reminders, alerts and the daily overview go out (*uur van herinneringen*), on days on which
    /// the organisation is open; for administrators. What waits already goes out when it was to.
    async fn set_reminder_hour(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The hour.")] input: SetReminderHourInput,
    ) -> Answer<SetReminderHourPayload> {
        answer_acting(ctx, async {
            let (key, hour) = (input.idempotency_key, input.hour);
            let request = keyed(ctx, key)?;
            let set = Box::pin(request.set_reminder_hour(hour)).await;
            SetReminderHourPayload::of(ctx, set.map(|hour| i32::from(hour.get())))
        })
        .await
    }
}
