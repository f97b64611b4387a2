//! From the errors of use cases to what clients read: user errors in the payload, or errors at the top.

mod code;

use std::{any::Any, sync::Arc};

use async_graphql::{Context, Error, ServerError};
use wederhoor_procedure::{
    Locale, Text,
    refusal::{Reason, Refusal},
};
use wederhoor_service::{InputFault, Request, ServiceError};

pub use code::ErrorCode;

use crate::user_error::{UserError, UserErrorCode, field_of};

/// The language of the answer: the caller's, or Dutch where nobody is known.
pub(crate) fn locale(ctx: &Context<'_>) -> Locale {
    ctx.data_opt::<Request>()
        .map_or_else(Locale::default, Request::locale)
}

/// An error at the top. What is of the program itself has no code: the boundary logs it and tells the client nothing.
pub(crate) fn top_level(ctx: &Context<'_>, error: &ServiceError) -> Error {
    let (code, nl, en) = match error {
        ServiceError::Unauthenticated | ServiceError::SignInFailed => (
            ErrorCode::Unauthenticated,
            "Log eerst in.",
            "Sign in first.",
        ),
        ServiceError::NoLongerIn => (
            ErrorCode::Unauthenticated,
            "Deze toegang geldt niet meer. Vraag een nieuwe link aan.",
            "This way in is no longer valid. Ask for a new link.",
        ),
        ServiceError::SecondFactorRequired => (
            ErrorCode::SecondFactorRequired,
            "Hier is tweestapsverificatie nodig. Stel die eerst in.",
            "A second factor is needed here. Set one up first.",
        ),
        ServiceError::TenantSuspended => (
            ErrorCode::TenantSuspended,
            "Deze organisatie kan de dienst nu niet gebruiken.",
            "This organisation cannot use the service now.",
        ),
        ServiceError::Unavailable(_) | ServiceError::Conflict => (
            ErrorCode::Unavailable,
            "De dienst is even niet bereikbaar. Probeer het zo opnieuw.",
            "The service cannot be reached for a moment. Try again shortly.",
        ),
        ServiceError::RateLimited { seconds } => {
            return carried(ErrorCode::too_often(*seconds, locale(ctx)));
        }
        ServiceError::Internal(detail) => return Error::new(detail.clone()),
        other => return Error::new(format!("unexpected in a query: {other}")),
    };
    let shown = coded(code, if locale(ctx) == Locale::Nl { nl } else { en });
    if code == ErrorCode::Unavailable {
        // For the log of the boundary.
        let source: Option<Arc<dyn Any + Send + Sync>> = Some(Arc::new(error.to_string()));
        return Error { source, ..shown };
    }
    shown
}

/// A request that is not right, at the top: for queries, which have no user errors.
pub(crate) fn bad_request(ctx: &Context<'_>, nl: &str, en: &str) -> Error {
    coded(
        ErrorCode::BadRequest,
        if locale(ctx) == Locale::Nl { nl } else { en },
    )
}

fn coded(code: ErrorCode, message: &str) -> Error {
    carried(code.error(message))
}

fn carried(error: ServerError) -> Error {
    let ServerError {
        message,
        extensions,
        ..
    } = error;
    Error {
        extensions,
        ..Error::new(message)
    }
}

/// What a query shows: nothing, where the viewer may not see it or it does not exist.
///
/// # Errors
/// Whatever is not a matter of what the viewer may see.
pub(crate) fn shown<T: Default>(
    ctx: &Context<'_>,
    result: Result<T, ServiceError>,
) -> async_graphql::Result<T> {
    match result {
        Ok(value) => Ok(value),
        Err(ServiceError::NotFound | ServiceError::NotAllowed | ServiceError::Refused(_)) => {
            Ok(T::default())
        }
        Err(ServiceError::Unauthenticated) if is_known(ctx) => Ok(T::default()),
        Err(error) => Err(top_level(ctx, &error)),
    }
}

/// Whether somebody asks, be it by an access link: what is for members only is then hidden, or not allowed.
fn is_known(ctx: &Context<'_>) -> bool {
    ctx.data_opt::<Request>()
        .is_some_and(|request| request.caller().is_known())
}

/// The user errors of a mutation that did nothing.
///
/// # Errors
/// What is not about the request: authentication, and faults.
pub(crate) fn user_errors(
    ctx: &Context<'_>,
    error: ServiceError,
) -> async_graphql::Result<Vec<UserError>> {
    let locale = locale(ctx);
    let one = match error {
        ServiceError::Invalid(faults) => return Ok(all(ctx, faults, &[])),
        ServiceError::Faulty { faults, refusals } => return Ok(all(ctx, faults, &refusals)),
        ServiceError::RefusedAt(refusals) => {
            let one = |(place, refusal): (usize, Refusal)| UserError {
                field: Some(vec!["complaintIds".to_owned(), place.to_string()]),
                ..UserError::refused(ctx, &refusal, locale)
            };
            return Ok(refusals.into_iter().map(one).collect());
        }
        ServiceError::Refused(refusal) => UserError::refused(ctx, &refusal, locale),
        ServiceError::NotFound => not_found(ctx, locale),
        ServiceError::NotAllowed => not_allowed(locale),
        ServiceError::Unauthenticated if is_known(ctx) => not_allowed(locale),
        ServiceError::StaleVersion { current } => UserError::plain(
            UserErrorCode::StaleVersion,
            &stale(current),
            locale,
            Some("expectedVersion"),
        ),
        ServiceError::IdempotencyMismatch => UserError::plain(
            UserErrorCode::IdempotencyMismatch,
            &reused_key(),
            locale,
            Some("idempotencyKey"),
        ),
        ServiceError::Conflict => {
            UserError::plain(UserErrorCode::Conflict, &overtaken(), locale, None)
        }
        ServiceError::SignInFailed => {
            UserError::plain(UserErrorCode::SignInFailed, &not_let_in(), locale, None)
        }
        ServiceError::CodeRequired => UserError::plain(
            UserErrorCode::SecondFactorRequired,
            &code_asked(),
            locale,
            Some("code"),
        ),
        ServiceError::RecentSignInRequired => UserError::plain(
            UserErrorCode::RecentSignInRequired,
            &confirm_first(),
            locale,
            None,
        ),
        other => return Err(top_level(ctx, &other)),
    };
    Ok(vec![one])
}

/// Every error of an input; of what is wrong in one place, only the first: the others follow from it.
fn all(ctx: &Context<'_>, faults: Vec<InputFault>, refusals: &[Refusal]) -> Vec<UserError> {
    let locale = locale(ctx);
    let faults = faults.into_iter();
    let faults = faults.map(|fault| UserError::invalid(fault, locale));
    let refusals = refusals.iter();
    let refusals = refusals.map(|refusal| UserError::refused(ctx, refusal, locale));
    let mut told: Vec<UserError> = Vec::new();
    for error in faults.chain(refusals) {
        let is_told = error.field.is_some() && told.iter().any(|one| one.field == error.field);
        if !is_told {
            told.push(error);
        }
    }
    told
}

fn not_found(ctx: &Context<'_>, locale: Locale) -> UserError {
    let words = text(
        "Dit bestaat niet, of u kunt het niet zien.",
        "This does not exist, or you cannot see it.",
    );
    UserError {
        field: field_of(ctx, &Reason::NotFound),
        ..UserError::plain(UserErrorCode::NotFound, &words, locale, None)
    }
}

/// The procedure says so of a complaint; here there may be none.
fn not_allowed(locale: Locale) -> UserError {
    let words = text("U mag dit niet doen.", "You may not do this.");
    UserError::plain(UserErrorCode::NotAllowed, &words, locale, None)
}

fn overtaken() -> Text {
    text(
        "Iemand anders was net eerder, of dit verzoek wordt al behandeld. Probeer het zo opnieuw.",
        "Somebody else was first, or this request is being answered already. Try again shortly.",
    )
}

fn stale(current: u32) -> Text {
    Text {
        nl: format!("De klacht is intussen gewijzigd (versie {current}). Lees haar opnieuw."),
        en: format!("The complaint has changed meanwhile (version {current}). Read it again."),
    }
}

fn reused_key() -> Text {
    text(
        "Deze sleutel is al voor een ander verzoek gebruikt.",
        "This key has been used for another request.",
    )
}

fn confirm_first() -> Text {
    text(
        "Hiervoor vragen we opnieuw wie u bent. Bevestig dat met uw wachtwoord.",
        "For this we ask again who you are. Confirm it with your password.",
    )
}

fn code_asked() -> Text {
    text(
        "Vul ook de code uit uw app in, of een herstelcode.",
        "Give the code of your app too, or a recovery code.",
    )
}

fn not_let_in() -> Text {
    text(
        "De gegevens kloppen niet, of zijn niet meer geldig.",
        "These details are not right, or are no longer valid.",
    )
}

/// The same words in both languages.
pub(crate) fn text(nl: &str, en: &str) -> Text {
    Text {
        nl: nl.to_owned(),
        en: en.to_owned(),
    }
}
