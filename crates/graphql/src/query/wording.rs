//! The organisation's own words of its letters.

use async_graphql::{Context, InputObject, Object};
use wederhoor_service::WordingText;

use crate::{
    enums::LetterKind,
    error::{locale, shown},
    object::wording::{LetterPreview, LetterWording},
    request::request,
    scalar::Language,
};

/// As many letters there are, each in two languages.
const MOST: usize = 70;
/// An example is written.
const EXAMPLE: usize = 100;

/// Words of a letter; what is left out stays the program's own.
#[derive(InputObject)]
pub(crate) struct WordingTextInput {
    /// The subject, at most 150 characters on one line, with `{reference}` in a letter about a complaint.
    subject: Option<String>,
    /// The text around what the program says, at most 5,000 characters: plain text, an empty line between paragraphs, and
    /// `{content}` on a line of its own where the program says what the regulation asks, with the way in. `{{` and `}}` are
    /// braces themselves.
    body: Option<String>,
}

impl From<WordingTextInput> for WordingText {
    fn from(given: WordingTextInput) -> Self {
        let WordingTextInput { subject, body } = given;
        Self { subject, body }
    }
}

/// Which letter to look at.
#[derive(InputObject)]
pub(crate) struct PreviewLetterInput {
    /// The letter.
    kind: LetterKind,
    /// The language.
    locale: Language,
    /// The words to try; those in which it is written now when they are left out.
    text: Option<WordingTextInput>,
}

#[derive(Default)]
pub(crate) struct WordingQueries;

#[Object]
impl WordingQueries {
    /// Every letter in every language, as it can be put in words of the organisation's own and as it is (*briefteksten*); for
    /// administrators. `setLetterWording` changes one.
    #[graphql(complexity = "MOST * child_complexity")]
    async fn letter_wordings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this letter.")] kind: Option<LetterKind>,
        #[graphql(desc = "Only in this language.")] locale: Option<Language>,
    ) -> async_graphql::Result<Vec<LetterWording>> {
        let (kind, only) = (kind.map(Into::into), locale.map(|one| one.0));
        let all = Box::pin(request(ctx)?.letter_wordings(kind, only)).await;
        let (all, language) = (shown(ctx, all)?, self::locale(ctx));
        let one = |wording| LetterWording::of(wording, language);
        Ok(all.into_iter().map(one).collect())
    }

    /// A letter of the organisation as it would be in these words, or what is wrong with them; nothing is kept (*voorbeeld*).
    /// `null` for anyone but administrators.
    #[graphql(complexity = "EXAMPLE")]
    async fn preview_letter(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which letter, and in which words.")] input: PreviewLetterInput,
    ) -> async_graphql::Result<Option<LetterPreview>> {
        let text = input.text.map(WordingText::from);
        let (kind, language) = (input.kind.into(), input.locale.0);
        let request = request(ctx)?;
        let tried = Box::pin(request.preview_letter(kind, language, text.as_ref())).await;
        let tried = shown(ctx, tried.map(Some))?;
        Ok(tried.map(|tried| LetterPreview::of(tried, locale(ctx))))
    }
}
