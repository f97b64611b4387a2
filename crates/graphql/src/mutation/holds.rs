//! Legal holds on many complaints at once.

use async_graphql::{Context, ID, InputObject, Object};
use wederhoor_procedure::{ComplaintId, Confidential, command::Command};
use wederhoor_service::ServiceError;

use super::payload::{Answer, answer_acting, keyed, payload};
use crate::{
    connection::LIST,
    id::typed,
    input::Check,
    object::complaint::{Complaint, Siblings},
};

/// The most complaints that one mutation holds.
const MOST: usize = 100;

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct PlaceLegalHoldsInput {
    /// The complaints (*klachten*), 1 to 100, each once.
    complaint_ids: Vec<ID>,
    /// Why; at most 20,000 characters. It stands in each dossier.
    reason: String,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct LiftLegalHoldsInput {
    /// The complaints (*klachten*), 1 to 100, each once.
    complaint_ids: Vec<ID>,
    /// Why; at most 20,000 characters. It stands in each dossier.
    reason: String,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload!(PlaceLegalHoldsPayload {
    /// The complaints as they stand now, as they were named; `null` when nothing was done.
    complaints: Vec<Complaint>
});
payload!(LiftLegalHoldsPayload {
    /// The complaints as they stand now, as they were named; `null` when nothing was done.
    complaints: Vec<Complaint>
});

#[derive(Default)]
pub(crate) struct HoldMutations;

#[Object]
impl HoldMutations {
    /// These dossiers may not be destroyed (*bewaarplicht opleggen*): all of them, or where one cannot be held, none.
    #[graphql(complexity = "LIST + input.complaint_ids.len().min(MOST) * child_complexity")]
    async fn place_legal_holds(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which complaints, and why.")] input: PlaceLegalHoldsInput,
    ) -> Answer<PlaceLegalHoldsPayload> {
        answer_acting(ctx, async {
            let place = |reason| Command::PlaceLegalHold { reason };
            let (ids, key) = (&input.complaint_ids, input.idempotency_key);
            let done = on_all(ctx, ids, input.reason, key, place).await?;
            PlaceLegalHoldsPayload::of(ctx, done)
        })
        .await
    }

    /// These dossiers may be destroyed again when their terms are over (*bewaarplicht opheffen*): all of them, or where one is not
    /// held, none.
    #[graphql(complexity = "LIST + input.complaint_ids.len().min(MOST) * child_complexity")]
    async fn lift_legal_holds(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which complaints, and why.")] input: LiftLegalHoldsInput,
    ) -> Answer<LiftLegalHoldsPayload> {
        answer_acting(ctx, async {
            let lift = |reason| Command::LiftLegalHold { reason };
            let (ids, key) = (&input.complaint_ids, input.idempotency_key);
            let done = on_all(ctx, ids, input.reason, key, lift).await?;
            LiftLegalHoldsPayload::of(ctx, done)
        })
        .await
    }
}

async fn on_all(
    ctx: &Context<'_>,
    ids: &[ID],
    reason: String,
    key: Option<String>,
    command: impl FnOnce(Confidential<String>) -> Command,
) -> async_graphql::Result<Result<Vec<Complaint>, ServiceError>> {
    let mut check = Check::default();
    check.at_most("complaintIds", ids.len(), MOST);
    let command = command(check.words("reason", reason));
    let command = match check.finish(command) {
        Ok(command) => command,
        Err(error) => return Ok(Err(error)),
    };
    // What is no id is answered as what does not exist.
    let ids: Vec<Option<ComplaintId>> = ids.iter().map(|id| typed(id)).collect();
    let request = keyed(ctx, key)?;
    let held = match Box::pin(request.act_on_all(&ids, &command)).await {
        Ok(held) => held,
        Err(error) => return Ok(Err(error)),
    };
    let siblings = Siblings::of(held.iter().copied());
    let named = held.into_iter().map(|id| Complaint::named(id, &siblings));
    Ok(Ok(named.collect()))
}
