//! Terms and where they are written.

use async_graphql::{ComplexObject, Context, SimpleObject};
use wederhoor_procedure::{calendar, policy};

use crate::{enums::TermUnit, error::locale, user_error::Article};

/// A length of time as a regulation writes it (*termijn*), such as 5 working days.
#[derive(SimpleObject, Clone, Copy, Debug)]
#[graphql(complex)]
pub(crate) struct Term {
    /// How many, at least 1; 0 where something is promised at once.
    amount: u16,
    /// Of what.
    unit: TermUnit,
    #[graphql(skip)]
    whole: calendar::Term,
}

#[ComplexObject]
impl Term {
    /// As it stands in a sentence, in the language of the request: `4 weken`, `4 weeks`.
    async fn text(&self, ctx: &Context<'_>) -> String {
        self.whole.in_words(locale(ctx))
    }
}

impl From<calendar::Term> for Term {
    fn from(term: calendar::Term) -> Self {
        Self {
            amount: term.amount(),
            unit: term.unit().into(),
            whole: term,
        }
    }
}

/// A term with its source.
#[derive(Clone, Debug)]
pub(crate) struct TermRule(pub(crate) policy::TermRule);

/// A term of a regulation, and where it is written (*termijn*).
#[async_graphql::Object]
impl TermRule {
    /// How long.
    async fn term(&self) -> Term {
        self.0.term.into()
    }

    /// Whether its last day moves on from a Saturday, Sunday, holiday or equated day (Algemene termijnenwet art. 1).
    async fn is_rolling(&self) -> bool {
        self.0.rolls
    }

    /// Where it is written.
    async fn article(&self, ctx: &Context<'_>) -> Article {
        Article::of(&self.0.rule, locale(ctx))
    }
}
