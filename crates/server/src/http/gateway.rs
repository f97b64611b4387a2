//! The endpoint: from HTTP request to HTTP answer.

use std::{
    fmt,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

use async_graphql::parser::types::OperationType;
use axum::{
    Router,
    extract::{ConnectInfo, Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{ACCEPT_LANGUAGE, AUTHORIZATION},
        request::Parts,
    },
    response::Response,
    routing::{any, get},
};
use futures_util::{StreamExt, future::BoxFuture, stream::empty};
use secrecy::SecretString;
use uuid::Uuid;
use wederhoor_graphql::ErrorCode;
use wederhoor_procedure::Locale;

use super::{
    answer, body, bounces, calendar, events, exports, graphiql,
    guard::{self, Root},
    language,
    limits::Limits,
    negotiate::{Media, negotiate, wants_events, wants_page},
    origin::{self, Listed, let_read},
    params,
    proxies::Proxies,
    refused::Refused,
    run, socket,
    stream::{Begun, Repeated, Streaming},
    vocabulary::Vocabulary,
};
use crate::listen::Leaving;

const PATH: &str = "/graphql";
/// A peer that the server was not told.
const UNKNOWN: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// How a request is executed. The response's errors without `extensions.code` count as faults of ours.
pub type Execute = Arc<
    dyn Fn(async_graphql::Request, RequestHead) -> BoxFuture<'static, async_graphql::Response>
        + Send
        + Sync,
>;

/// Makes the id of each request.
pub type RequestIds = Arc<dyn Fn() -> Uuid + Send + Sync>;

/// What of the HTTP request matters to the execution.
pub struct RequestHead {
    /// The id under which the request is logged and answered.
    pub request_id: Uuid,
    /// The `Authorization` header, as sent.
    pub authorization: Option<SecretString>,
    /// The `Accept-Language` header, as sent.
    pub accept_language: Option<String>,
    /// The `Idempotency-Key` header, as sent.
    pub idempotency_key: Option<String>,
    /// Where the request comes from; the unspecified address when the server was not told.
    pub source: IpAddr,
    /// The `Origin` header: whose page asks.
    pub origin: Option<String>,
    /// What stands at the root of the operation.
    pub root: Root,
    /// Whether it is a mutation that is asked for.
    pub mutates: bool,
    /// Whether it asks for nothing but to end sign-ins.
    pub only_signs_out: bool,
    /// Whether the document asks what the schema is.
    pub introspects: bool,
}

/// The endpoint's parts.
#[derive(Clone)]
pub struct Gateway {
    /// How a request is executed.
    pub execute: Execute,
    /// Makes the id of each request.
    pub request_ids: RequestIds,
    /// What a request may ask for.
    pub limits: Arc<Limits>,
    /// Whose word for where a request comes from is taken.
    pub proxies: Arc<Proxies>,
    /// Which origins any organisation lists.
    pub listed: Listed,
    /// How subscriptions are answered.
    pub streaming: Streaming,
    /// How calendar feeds are read.
    pub feed: calendar::Feed,
    /// How it is noted what a mail system says that came back.
    pub bounces: bounces::Bounces,
    /// How files of datasets are read.
    pub exports: exports::Exports,
    /// What messages may say.
    pub vocabulary: Vocabulary,
    /// Whether the page for browsers, GraphiQL, offers to ask as one of the demo's people.
    pub is_demo: bool,
}

impl fmt::Debug for Gateway {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Gateway")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// The routes of the endpoint: `/graphql`, what its page for browsers loads, calendar feeds, bounces, files of datasets, and the answer at every
/// address where nothing is.
pub fn router(gateway: Gateway) -> Router {
    Router::new()
        .route(PATH, any(serve))
        .route(&calendar::path(), get(calendar::serve))
        .route(bounces::PATH, any(bounces::serve))
        .route(exports::PATH, any(exports::serve))
        .fallback(nowhere)
        .with_state(gateway)
        .merge(graphiql::routes())
}

async fn serve(State(gateway): State<Gateway>, request: Request) -> Response {
    let request_id = (gateway.request_ids)();
    let asked_before = origin::asked_before(&request);
    let answer = if is_for_a_page(&request) {
        graphiql::page(PATH, gateway.is_demo)
    } else if let Some(answer) = origin::preflight(&gateway.listed, asked_before).await {
        answer
    } else if socket::is_asked(&request) {
        connect(&gateway, request, request_id).await
    } else {
        respond(&gateway, request, request_id).await
    };
    logged(answer, request_id)
}

/// Nothing is at this address.
async fn nowhere(State(gateway): State<Gateway>, headers: HeaderMap) -> Response {
    let request_id = (gateway.request_ids)();
    logged(nothing_here(&headers, request_id), request_id)
}

pub(super) fn nothing_here(headers: &HeaderMap, request_id: Uuid) -> Response {
    let words = [
        "Op dit adres is niets.",
        "There is nothing at this address.",
    ];
    let refused = Refused::request(StatusCode::NOT_FOUND, ErrorCode::NotFound, words);
    let media = negotiate(headers).unwrap_or(Media::Json);
    answer::refusal(refused, media, request_id, locale_of(headers))
}

/// The answer, with the id under which the request is in the log.
pub(super) fn logged(answer: Response, request_id: Uuid) -> Response {
    tracing::info!(%request_id, status = answer.status().as_u16(), "answered");
    named(answer, request_id)
}

/// The answer, with the id of the request.
pub(super) fn named(mut answer: Response, request_id: Uuid) -> Response {
    if let Ok(value) = HeaderValue::from_str(&request_id.to_string()) {
        answer.headers_mut().insert(REQUEST_ID, value);
    }
    answer
}

fn is_for_a_page(request: &Request) -> bool {
    request.method() == Method::GET
        && graphiql::is_address_of_page(request.uri())
        && wants_page(request.headers())
}

/// A connection for subscriptions, or why there is none.
async fn connect(gateway: &Gateway, request: Request, request_id: Uuid) -> Response {
    let locale = locale_of(request.headers());
    let opened = socket::open(gateway, request).await;
    opened.unwrap_or_else(|refused| {
        answer::refusal(refused, Media::GraphqlResponse, request_id, locale)
    })
}

async fn respond(gateway: &Gateway, request: Request, request_id: Uuid) -> Response {
    let locale = locale_of(request.headers());
    let origin = origin::origin(request.headers());
    let wants_events = wants_events(request.headers());
    let media = match negotiate(request.headers()) {
        Ok(media) => media,
        Err(_) if wants_events => Media::GraphqlResponse,
        Err(refused) => {
            let answer = answer::refusal(refused, Media::Json, request_id, locale);
            return readable(gateway, answer, origin).await;
        }
    };
    let telling = Telling {
        gateway: gateway.clone(),
        request_id,
        locale,
    };
    match execute(gateway, request, request_id, wants_events).await {
        Ok(begun) if wants_events => telling.events(begun),
        Ok(begun) => answer::response(begun.first, media, request_id, telling.words()),
        Err(refused) => {
            let answer = answer::refusal(refused, media, request_id, locale);
            readable(gateway, answer, origin).await
        }
    }
}

/// What all results of one request are told by.
struct Telling {
    gateway: Gateway,
    request_id: Uuid,
    locale: Locale,
}

impl Telling {
    fn words(&self) -> answer::Words<'_> {
        answer::Words {
            vocabulary: &self.gateway.vocabulary,
            locale: self.locale,
        }
    }

    /// Results as events; what was not even begun is answered as it would be otherwise.
    fn events(self, begun: Begun) -> Response {
        let id = self.request_id;
        let mut first = answer::told(begun.first, id, self.words());
        if begun.rest.is_none() {
            first = first.in_stream();
        }
        if first.is_request_error {
            return answer::told_response(first, Media::GraphqlResponse);
        }
        let heartbeat = self.gateway.streaming.heartbeat;
        let (now, headers) = (first.json(), first.response.http_headers);
        let rest = begun.rest.unwrap_or_else(|| empty().boxed());
        let json = move |response| answer::told(response, id, self.words()).in_stream().json();
        let rest = rest.map(json);
        events::answer(now, rest.boxed(), headers, heartbeat)
    }
}

/// A refusal before anybody was concerned: any page reads it that some organisation lists.
async fn readable(gateway: &Gateway, mut answer: Response, origin: Option<String>) -> Response {
    if let Some(origin) = origin
        && (gateway.listed.0)(origin.clone()).await
    {
        let_read(answer.headers_mut(), &origin);
    }
    answer
}

pub(super) fn locale_of(headers: &HeaderMap) -> Locale {
    let asked = headers.get(ACCEPT_LANGUAGE);
    language::asked(asked.and_then(|value| value.to_str().ok()))
}

async fn execute(
    gateway: &Gateway,
    request: Request,
    request_id: Uuid,
    wants_events: bool,
) -> Result<Begun, Refused> {
    let limits = &gateway.limits;
    let (parts, body) = request.into_parts();
    let params = match parts.method {
        Method::POST => params::from_body(
            &body::read(&parts.headers, body, limits).await?,
            limits.body_nesting,
        )?,
        Method::GET => params::from_uri(&parts.uri, limits.body_nesting)?,
        _ => {
            return Err(Refused::method(
                "GET, POST",
                [
                    "Stuur een POST, of een vraag (query) met GET.",
                    "Send a POST, or a query by GET.",
                ],
            ));
        }
    };
    let admitted = guard::admit(params, limits)?;
    require_way(&parts.method, admitted.operation, wants_events)?;
    let head = head_of(gateway, &parts, request_id, &admitted)?;
    let work = async {
        if admitted.operation == OperationType::Subscription {
            let leaving = parts.extensions.get::<Leaving>().cloned();
            let leaving = leaving.unwrap_or_else(Leaving::never);
            let repeated = Repeated::of(&admitted);
            return (gateway.streaming.subscribe)(repeated, head, leaving).await;
        }
        let first = run::detached(&gateway.execute, admitted.request, head).await;
        // What was executed is told, also when nothing came of it.
        let rest = Some(empty().boxed());
        Begun { first, rest }
    };
    let begun = tokio::time::timeout(limits.answer_time, work).await;
    begun.map_err(|_| {
        Refused::request(
            StatusCode::SERVICE_UNAVAILABLE,
            ErrorCode::Timeout,
            [
                "Het antwoord duurde te lang. Wat u vroeg, kan alsnog worden gedaan.",
                "The answer took too long. What was asked may still be done.",
            ],
        )
    })
}

/// Refuses what is not asked for in a way by which it can be answered.
fn require_way(
    method: &Method,
    operation: OperationType,
    wants_events: bool,
) -> Result<(), Refused> {
    match operation {
        OperationType::Subscription if wants_events => Ok(()),
        OperationType::Query => Ok(()),
        _ if *method == Method::GET => Err(Refused::method(
            "POST",
            [
                "Alleen vragen (queries) mogen met GET worden gestuurd.",
                "Only queries may be sent by GET.",
            ],
        )),
        OperationType::Mutation => Ok(()),
        OperationType::Subscription => Err(Refused::document(
            [
                "Vraag een abonnement (subscription) met Accept: text/event-stream, of over een WebSocket.",
                "Ask for a subscription with Accept: text/event-stream, or over a WebSocket.",
            ],
            Vec::new(),
        )),
    }
}

fn head_of(
    gateway: &Gateway,
    parts: &Parts,
    request_id: Uuid,
    admitted: &guard::Admitted,
) -> Result<RequestHead, Refused> {
    Ok(RequestHead {
        request_id,
        authorization: single(&parts.headers, &AUTHORIZATION)?.map(SecretString::from),
        accept_language: single(&parts.headers, &ACCEPT_LANGUAGE)?,
        idempotency_key: single(&parts.headers, &IDEMPOTENCY_KEY)?,
        source: gateway.proxies.source(peer_of(parts), &parts.headers),
        origin: origin::origin(&parts.headers),
        root: admitted.root.clone(),
        mutates: admitted.operation == OperationType::Mutation,
        only_signs_out: admitted.only_signs_out,
        introspects: admitted.introspects,
    })
}

/// Who is at the other end of the connection.
pub(super) fn peer_of(parts: &Parts) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    peer.map_or(UNKNOWN, |ConnectInfo(address)| address.ip())
}

pub(super) fn single(headers: &HeaderMap, name: &HeaderName) -> Result<Option<String>, Refused> {
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else {
        return Ok(None);
    };
    match (value.to_str(), values.next()) {
        (Ok(text), None) => Ok(Some(text.to_owned())),
        _ => Err(Refused::malformed([
            format!("De kop {name} moet één keer voorkomen, in zichtbaar ASCII."),
            format!("The header {name} must stand once, in visible ASCII."),
        ])),
    }
}

#[cfg(test)]
mod tests;
