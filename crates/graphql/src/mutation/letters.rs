//! Letters on paper, letters that came back, and letters that go out once more.

use async_graphql::{Context, ID, InputObject, Object};
use wederhoor_service::ServiceError;

use super::payload::{Answer, answer_acting, keyed, payload};
use crate::{
    id::{Kind, uuid_of},
    object::letter::Letter,
    scalar::GivenDate,
};

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct RecordPostedInput {
    /// The letter.
    letter_id: ID,
    /// The day on which it was posted.
    posted_on: GivenDate,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct ReportUndeliveredInput {
    /// The letter.
    letter_id: ID,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct ResendLetterInput {
    /// The letter.
    letter_id: ID,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload!(RecordPostedPayload {
    /// The letter as it stands now; `null` when nothing was done.
    letter: Letter
});
payload!(ReportUndeliveredPayload {
    /// The letter as it stands now; `null` when nothing was done.
    letter: Letter
});

payload!(ResendLetterPayload {
    /// The letter that goes out: the same one, or a new copy where the procedure rests on it; `null` when nothing was done.
    letter: Letter
});

#[derive(Default)]
pub(crate) struct LetterMutations;

#[Object]
impl LetterMutations {
    /// A printed letter went out (*verzending vastleggen*): terms that count from its posting start on that day. A letter about a
    /// repeat of which its reader may not know any more is withdrawn instead; recorded once more, it did go out.
    async fn record_posted(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which letter, and when.")] input: RecordPostedInput,
    ) -> Answer<RecordPostedPayload> {
        answer_acting(ctx, async {
            let key = input.idempotency_key.clone();
            let posted = match uuid_of(Kind::Letter, &input.letter_id) {
                Some(letter) => {
                    let on = input.posted_on.of_any_year();
                    Box::pin(keyed(ctx, key)?.record_posted(letter, on)).await
                }
                None => Err(ServiceError::NotFound),
            };
            RecordPostedPayload::of(ctx, posted)
        })
        .await
    }

    /// A letter came back (*onbestelbaar melden*): what rested on its delivery is undone.
    async fn report_undelivered(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which letter.")] input: ReportUndeliveredInput,
    ) -> Answer<ReportUndeliveredPayload> {
        answer_acting(ctx, async {
            let key = input.idempotency_key.clone();
            let reported = match uuid_of(Kind::Letter, &input.letter_id) {
                Some(letter) => Box::pin(keyed(ctx, key)?.report_undelivered(letter)).await,
                None => Err(ServiceError::NotFound),
            };
            ReportUndeliveredPayload::of(ctx, reported)
        })
        .await
    }

    /// A letter that did not reach its reader goes out once more (*brief opnieuw versturen*). Where the procedure rests on it, it
    /// counts as delivered from then, on paper once it is posted, but sooner than a week after it first came back only for as
    /// long as it does not come back again: then terms stop once more, and time makes the second attempt when that week is
    /// over, which counts even if it comes back. On paper it is printed and waits to be posted. Every other letter is written as
    /// it would be now, with a new way in.
    async fn resend_letter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which letter.")] input: ResendLetterInput,
    ) -> Answer<ResendLetterPayload> {
        answer_acting(ctx, async {
            let key = input.idempotency_key.clone();
            let resent = match uuid_of(Kind::Letter, &input.letter_id) {
                Some(letter) => Box::pin(keyed(ctx, key)?.resend_letter(letter)).await,
                None => Err(ServiceError::NotFound),
            };
            ResendLetterPayload::of(ctx, resent)
        })
        .await
    }
}
