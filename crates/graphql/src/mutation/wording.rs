//! The organisation's own words of its letters.

use async_graphql::{Context, InputObject, Object};
use wederhoor_service::WordingText;

use super::payload::{Answer, answer_acting, keyed, payload};
use crate::{enums::LetterKind, error::locale, object::wording::LetterWording, scalar::Language};

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct SetLetterWordingInput {
    /// The letter.
    kind: LetterKind,
    /// The language.
    locale: Language,
    /// The subject, at most 150 characters on one line, with `{reference}` in a letter about a complaint; the program's own
    /// when it is left out.
    subject: Option<String>,
    /// The text around what the program says, at most 5,000 characters: plain text, an empty line between paragraphs, and
    /// `{content}` on a line of its own; the program's own when it is left out. `{{` and `}}` are braces themselves.
    body: Option<String>,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

/// The input of the mutation of the same name.
#[derive(InputObject)]
pub(crate) struct ResetLetterWordingInput {
    /// The letter.
    kind: LetterKind,
    /// The language.
    locale: Language,
    /// The same key with the same input gets the first answer again, and nothing is done twice.
    idempotency_key: Option<String>,
}

payload!(SetLetterWordingPayload {
    /// How the letter is worded now; `null` when nothing was done.
    letter_wording: LetterWording
});
payload!(ResetLetterWordingPayload {
    /// How the letter is worded now; `null` when nothing was done.
    letter_wording: LetterWording
});

#[derive(Default)]
pub(crate) struct WordingMutations;

#[Object]
impl WordingMutations {
    /// Puts a letter of the organisation in these words (*brieftekst wijzigen*), in place of those it had; for administrators.
    /// Letters that are written from now on have them. `previewLetter` shows what they make of it, and what is wrong.
    async fn set_letter_wording(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which letter, and in which words.")] input: SetLetterWordingInput,
    ) -> Answer<SetLetterWordingPayload> {
        answer_acting(ctx, async {
            let request = keyed(ctx, input.idempotency_key)?;
            let (subject, body) = (input.subject, input.body);
            let (kind, language) = (input.kind.into(), input.locale.0);
            let text = WordingText { subject, body };
            let set = Box::pin(request.set_letter_wording(kind, language, &text)).await;
            let shown = set.map(|wording| LetterWording::of(wording, locale(ctx)));
            SetLetterWordingPayload::of(ctx, shown)
        })
        .await
    }

    /// Puts a letter of the organisation back in the program's own words (*brieftekst herstellen*); for administrators.
    async fn reset_letter_wording(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which letter.")] input: ResetLetterWordingInput,
    ) -> Answer<ResetLetterWordingPayload> {
        answer_acting(ctx, async {
            let request = keyed(ctx, input.idempotency_key)?;
            let (kind, language) = (input.kind.into(), input.locale.0);
            let reset = Box::pin(request.reset_letter_wording(kind, language)).await;
            let shown = reset.map(|wording| LetterWording::of(wording, locale(ctx)));
            ResetLetterWordingPayload::of(ctx, shown)
        })
        .await
    }
}
