//! What the viewer may do now.

use async_graphql::SimpleObject;
use wederhoor_procedure::{Locale, decide, refusal};

use crate::{
    enums::ActionKind,
    user_error::{Article, UserErrorCode},
};

/// Something the viewer has a right to do with a complaint (*mogelijke handeling*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct AvailableAction {
    /// What.
    action: ActionKind,
    /// Whether it may be done now.
    is_allowed: bool,
    /// Why not now; `null` when it may be done.
    refusal: Option<Refusal>,
}

/// Why something may not be done now (*weigering*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct Refusal {
    /// A stable code, for programs.
    code: UserErrorCode,
    /// What is wrong and how to mend it, in the language of the request.
    message: String,
    /// The rule it rests on; `null` for what goes by itself.
    article: Option<Article>,
}

impl AvailableAction {
    /// `None` for what no person does.
    pub(super) fn of(action: decide::Action, locale: Locale) -> Option<Self> {
        let refusal = action.refusal.map(|refusal| Refusal::of(&refusal, locale));
        Some(Self {
            action: ActionKind::of(action.command)?,
            is_allowed: refusal.is_none(),
            refusal,
        })
    }
}

impl Refusal {
    fn of(refusal: &refusal::Refusal, locale: Locale) -> Self {
        Self {
            code: refusal.reason.code().into(),
            message: refusal.reason.in_words(locale),
            article: refusal
                .basis
                .as_ref()
                .map(|basis| Article::of(basis, locale)),
        }
    }
}
