//! Subscriptions over a WebSocket: the subprotocol `graphql-transport-ws`, for subscriptions only.

mod conversation;
mod message;

use axum::{
    extract::{FromRequestParts, Request, WebSocketUpgrade},
    http::{
        HeaderMap, Method, StatusCode,
        header::{ACCEPT_LANGUAGE, AUTHORIZATION, HOST, UPGRADE},
        request::Parts,
    },
    response::Response,
};
use secrecy::SecretString;
use wederhoor_graphql::ErrorCode;

use super::{
    gateway::{Gateway, peer_of, single},
    origin,
    refused::Refused,
};
use crate::listen::{Leaving, Place, Waiting};
use conversation::{Conversation, Opened};

/// The one subprotocol that is spoken.
const PROTOCOL: &str = "graphql-transport-ws";

/// Whether a request asks for a WebSocket.
pub(super) fn is_asked(request: &Request) -> bool {
    let upgrade = request.headers().get(UPGRADE);
    let upgrade = upgrade.and_then(|value| value.to_str().ok());
    request.method() == Method::GET
        && upgrade.is_some_and(|value| value.trim().eq_ignore_ascii_case("websocket"))
}

/// The answer after which subscriptions go over the connection.
pub(super) async fn open(gateway: &Gateway, request: Request) -> Result<Response, Refused> {
    let (mut parts, _) = request.into_parts();
    let origin = admitted_origin(gateway, &parts.headers).await?;
    let opened = opened(gateway, &parts, origin)?;
    let upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &()).await;
    let upgrade = upgrade.map_err(|_| {
        Refused::malformed([
            "Dit is geen geldig begin van een WebSocket.",
            "This is no valid beginning of a WebSocket.",
        ])
    })?;
    let upgrade = upgrade
        .protocols([PROTOCOL])
        .max_message_size(gateway.limits.body_bytes)
        .max_frame_size(gateway.limits.body_bytes)
        .write_buffer_size(0);
    if upgrade.selected_protocol().is_none() {
        return Err(Refused::malformed([
            "Over een WebSocket gaat hier alleen graphql-transport-ws.",
            "Only graphql-transport-ws is spoken over a WebSocket here.",
        ]));
    }
    let gateway = gateway.clone();
    Ok(upgrade.on_upgrade(|socket| Conversation::of(gateway, socket, opened).hold()))
}

fn opened(gateway: &Gateway, parts: &Parts, origin: Option<String>) -> Result<Opened, Refused> {
    let leaving = parts.extensions.get::<Leaving>().cloned();
    let waiting = parts.extensions.get::<Waiting>().cloned();
    Ok(Opened {
        source: gateway.proxies.source(peer_of(parts), &parts.headers),
        authorization: single(&parts.headers, &AUTHORIZATION)?.map(SecretString::from),
        accept_language: single(&parts.headers, &ACCEPT_LANGUAGE)?,
        origin,
        leaving: leaving.unwrap_or_else(Leaving::never),
        place: Place::new(waiting.unwrap_or_default()),
    })
}

/// The origin of the page that connects, where it is another than ours: browsers let every page connect, so it is looked
/// at here, and again once it is known who asks.
async fn admitted_origin(
    gateway: &Gateway,
    headers: &HeaderMap,
) -> Result<Option<String>, Refused> {
    let Some(origin) = origin::origin(headers) else {
        return Ok(None);
    };
    let host = headers.get(HOST).and_then(|value| value.to_str().ok());
    let of_origin = origin.split_once("://").map(|(_, host)| host);
    if of_origin.is_some() && of_origin == host {
        return Ok(None);
    }
    if (gateway.listed.0)(origin.clone()).await {
        return Ok(Some(origin));
    }
    Err(Refused::request(
        StatusCode::FORBIDDEN,
        ErrorCode::BadRequest,
        [
            "Pagina's van deze herkomst mogen hier niet mee verbinden.",
            "Pages of this origin may not connect here.",
        ],
    ))
}
