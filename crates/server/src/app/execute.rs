//! One GraphQL request: who asks, in which language; then the schema answers.

use std::sync::Arc;

use async_graphql::{Request, Response};
use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::ExposeSecret;
use tokio::time::Instant;
use tracing::{Instrument, Span, field::Empty, info_span};
use uuid::Uuid;
use wederhoor_graphql::{ErrorCode, Schema};
use wederhoor_procedure::Locale;
use wederhoor_service::{API_KEY, Service, ServiceError, Source};
use wederhoor_store::{TRACED, counted};

use super::Wake;
use crate::{
    http::{Execute, Listed, RequestHead, language, let_read},
    metrics::{Metrics, OK, outcome},
};

/// How the endpoint executes: a mutation may have made work, so the worker is woken after it. Who is nobody in
/// particular learns what the schema is only where it is shown to all.
pub(super) fn execute(
    service: Service,
    schema: Schema,
    wake: Arc<Wake>,
    metrics: Arc<Metrics>,
    shows_schema: bool,
) -> Execute {
    Arc::new(move |request, head| {
        let (service, schema, wake) = (service.clone(), schema.clone(), wake.clone());
        let metrics = metrics.clone();
        Box::pin(async move {
            if head.introspects && head.authorization.is_none() && !shows_schema {
                let words = [
                    "Log in om het schema te zien.",
                    "Sign in to see the schema.",
                ];
                return refused(ErrorCode::Unauthenticated, words, asked(&head));
            }
            let (mutates, root, begun) = (head.mutates, head.root.clone(), Instant::now());
            let span = span_of(metrics.name(&root), mutates);
            let answer = answer(&service, &schema, request, head).instrument(span.clone());
            let (response, ran) = counted(answer).await;
            record(&span, outcome(&response));
            metrics.executed(&root, &response, begun.elapsed(), ran);
            if mutates {
                wake.all();
            }
            response
        })
    })
}

/// The span of an operation, by its field at the root.
fn span_of(field: &str, mutates: bool) -> Span {
    let kind = if mutates { "mutation" } else { "query" };
    info_span!(
        target: TRACED,
        "operation",
        otel.name = format!("{kind} {field}"),
        otel.status_code = Empty,
        "graphql.operation.type" = kind,
        "error.type" = Empty,
    )
}

fn record(span: &Span, outcome: &'static str) {
    if outcome != OK {
        span.record("error.type", outcome);
        span.record("otel.status_code", "ERROR");
    }
}

async fn answer(
    service: &Service,
    schema: &Schema,
    request: Request,
    head: RequestHead,
) -> Response {
    let locale = asked(&head);
    let source = Source::of(head.source);
    if let Err(error) = service.admit_source(source).await {
        return unanswered(&error, head.request_id, locale);
    }
    let Ok(bearer) = bearer(&head) else {
        let words = [
            "Stuur `Authorization: Bearer <token>`, of laat de kop weg.",
            "Send `Authorization: Bearer <token>`, or leave the header out.",
        ];
        return refused(ErrorCode::Unauthenticated, words, locale);
    };
    let caller = match service.caller(bearer.as_deref(), head.only_signs_out).await {
        Ok(caller) => caller,
        Err(error) => return unanswered(&error, head.request_id, locale),
    };
    let asking = service.request(caller, locale, head.idempotency_key);
    let asking = asking.from_source(Some(source));
    if let Err(error) = service.admit_caller(asking.caller()).await {
        asking.note_key_use(None);
        return unanswered(&error, head.request_id, locale);
    }
    let mut response = schema.execute(request.data(asking.clone())).await;
    // Of a document that is none, too: whoever has a key learns by one that it is taken.
    asking.note_key_use(None);
    asking.finish().await;
    if let Some(origin) = head.origin {
        match asking.is_read_by(&origin).await {
            Ok(true) => let_read(&mut response.http_headers, &origin),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "it is not known who may read an answer"),
        }
    }
    response
}

/// Whether any organisation lists an origin; nobody does while that is not known.
pub(super) fn listed(service: Service) -> Listed {
    Listed(Arc::new(move |origin| {
        let service = service.clone();
        Box::pin(async move { service.is_listed_origin(&origin).await.unwrap_or_default() })
    }))
}

/// The answer to a request of which the schema learns nothing.
pub(super) fn unanswered(error: &ServiceError, request_id: Uuid, locale: Locale) -> Response {
    let (code, words) = match error {
        ServiceError::Unauthenticated => (
            ErrorCode::Unauthenticated,
            [
                "Het token is niet geldig, of niet meer. Log opnieuw in.",
                "The token is not valid, or not any more. Sign in again.",
            ],
        ),
        ServiceError::TenantSuspended => (
            ErrorCode::TenantSuspended,
            [
                "Deze organisatie kan de dienst nu niet gebruiken.",
                "This organisation cannot use the service now.",
            ],
        ),
        ServiceError::NotAllowed => (
            ErrorCode::NotAllowed,
            ["U mag dit niet lezen.", "You may not read this."],
        ),
        ServiceError::SecondFactorRequired => (
            ErrorCode::SecondFactorRequired,
            [
                "Hier is tweestapsverificatie nodig. Stel die eerst in.",
                "A second factor is needed here. Set one up first.",
            ],
        ),
        ServiceError::Unavailable(why) => {
            tracing::warn!(%request_id, why, "the caller cannot be made out now");
            let words = [
                "De dienst heeft het druk. Probeer het zo opnieuw.",
                "The service is busy. Try again in a moment.",
            ];
            (ErrorCode::Unavailable, words)
        }
        ServiceError::RateLimited { seconds } => {
            return Response::from_errors(vec![ErrorCode::too_often(*seconds, locale)]);
        }
        error => {
            tracing::error!(%request_id, %error, "the caller could not be made out");
            (ErrorCode::Internal, language::OUR_FAULT)
        }
    };
    refused(code, words, locale)
}

/// The token or key of the header, if there is one; an error when it holds neither.
pub(super) fn bearer(head: &RequestHead) -> Result<Option<String>, ()> {
    let header = head.authorization.as_ref();
    header
        .map(|header| bearer_of(header.expose_secret()))
        .transpose()
}

/// The token or key of a header; an error when it holds neither.
pub(super) fn bearer_of(header: &str) -> Result<String, ()> {
    match header.split_once(' ') {
        Some((scheme, token))
            if scheme.eq_ignore_ascii_case("bearer") && !token.trim().is_empty() =>
        {
            Ok(token.trim().to_owned())
        }
        Some((scheme, shown)) if scheme.eq_ignore_ascii_case("basic") => {
            key_of(shown.trim()).ok_or(())
        }
        _ => Err(()),
    }
}

/// The API key that stands in the place of a password, beside any name (RFC 7617): for programs that know no other way. Nobody
/// signs in by it: browsers send what they were given so along with every request.
fn key_of(shown: &str) -> Option<String> {
    let text = String::from_utf8(STANDARD.decode(shown).ok()?).ok()?;
    let (_, password) = text.split_once(':')?;
    let is_key = password.trim().starts_with(API_KEY);
    is_key.then(|| password.trim().to_owned())
}

pub(super) fn asked(head: &RequestHead) -> Locale {
    language::asked(head.accept_language.as_deref())
}

pub(super) fn refused(code: ErrorCode, words: [&str; 2], locale: Locale) -> Response {
    Response::from_errors(vec![code.error(language::in_words(words, locale))])
}
