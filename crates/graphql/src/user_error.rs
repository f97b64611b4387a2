//! Why a mutation did nothing: by the procedure, or because the input is not right.

mod code;
mod field;

use async_graphql::{Context, SimpleObject};
use serde::Serialize;
use wederhoor_procedure::{Locale, Text, policy::Basis, refusal::Refusal};
use wederhoor_service::{InputCode, InputFault};

pub(crate) use code::UserErrorCode;
pub(crate) use field::field_of;

/// Why a mutation did nothing: by the procedure, or because the input is not right. Nothing has changed when there
/// is one.
#[derive(SimpleObject, Clone, PartialEq, Debug)]
pub(crate) struct UserError {
    /// A stable code, for programs.
    pub code: UserErrorCode,
    /// What is wrong and how to mend it, in the language of the request.
    pub message: String,
    /// The path into the input, outermost first; `null` when no field in particular is meant.
    pub field: Option<Vec<String>>,
    /// The rule it rests on; `null` for what goes by itself.
    pub article: Option<Article>,
}

/// Where a rule is written: an article of the regulation, or a house rule of the organisation (*huisregel*).
#[derive(SimpleObject, Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Article {
    /// As people cite it, such as `Werkwijze 9`; `huisregel` or `house rule` for a house rule.
    pub citation: String,
    /// What it says, in short, in the language of the request.
    pub text: String,
    /// Whether no article says so: the regulation is silent, and the organisation chose this itself.
    pub is_house_rule: bool,
}

impl Article {
    pub(crate) fn of(basis: &Basis, locale: Locale) -> Self {
        Self {
            citation: basis.cite(locale),
            text: basis.text(locale).to_owned(),
            is_house_rule: basis.article().is_none(),
        }
    }
}

impl UserError {
    pub(crate) fn refused(ctx: &Context<'_>, refusal: &Refusal, locale: Locale) -> Self {
        Self {
            code: refusal.reason.code().into(),
            message: refusal.reason.in_words(locale),
            field: field_of(ctx, &refusal.reason),
            article: refusal
                .basis
                .as_ref()
                .map(|basis| Article::of(basis, locale)),
        }
    }

    pub(crate) fn invalid(fault: InputFault, locale: Locale) -> Self {
        Self {
            code: fault.code.into(),
            message: fault.message.in_locale(locale).to_owned(),
            field: (!fault.path.is_empty()).then_some(fault.path),
            article: None,
        }
    }

    pub(crate) fn plain(
        code: UserErrorCode,
        words: &Text,
        locale: Locale,
        field: Option<&str>,
    ) -> Self {
        Self {
            code,
            message: words.in_locale(locale).to_owned(),
            field: field.map(|field| vec![field.to_owned()]),
            article: None,
        }
    }
}

impl From<InputCode> for UserErrorCode {
    fn from(code: InputCode) -> Self {
        match code {
            InputCode::Required => Self::Required,
            InputCode::Malformed => Self::Malformed,
            InputCode::TooLong => Self::TooLongText,
            InputCode::Unknown => Self::Unknown,
            InputCode::Taken => Self::Taken,
            InputCode::Contradictory => Self::Contradictory,
            InputCode::Guessable => Self::GuessablePassword,
            InputCode::ProofRequired => Self::ProofRequired,
            InputCode::ProofWrong => Self::ProofWrong,
            InputCode::ProofExpired => Self::ProofExpired,
            InputCode::PolicyFaulty => Self::PolicyFaulty,
            InputCode::ImpossibleDate => Self::ImpossibleDate,
            InputCode::ImpossibleTime => Self::ImpossibleTime,
            InputCode::SenderNotAllowed => Self::SenderNotAllowed,
        }
    }
}
