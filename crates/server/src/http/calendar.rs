//! The calendar feeds: `GET /calendar/SECRET.ics`. The secret stands in the address, as calendars know no other way; so
//! no address is logged.

use std::{net::IpAddr, sync::Arc};

use async_graphql::Response as GraphqlResponse;
use axum::{
    extract::{Path, Request, State, rejection::PathRejection},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::future::BoxFuture;
use secrecy::SecretString;
use uuid::Uuid;
use wederhoor_procedure::Locale;
use wederhoor_service::{CALENDAR, CALENDAR_ENDING};

use super::{
    answer::{self, Words},
    gateway::{Gateway, locale_of, logged, nothing_here, peer_of},
    negotiate::Media,
};

/// What is asked of a feed.
pub struct CalendarHead {
    /// The id under which the request is logged and answered.
    pub request_id: Uuid,
    /// What stands in the address.
    pub secret: SecretString,
    /// Where the request comes from.
    pub source: IpAddr,
    /// The language of a refusal.
    pub locale: Locale,
}

/// What a feed says, as iCalendar; `None` where there is none, an error where it cannot be read now.
pub type Feed = Arc<
    dyn Fn(CalendarHead) -> BoxFuture<'static, Result<Option<String>, GraphqlResponse>>
        + Send
        + Sync,
>;

/// Personal, and different at each reading.
const KEPT: HeaderValue = HeaderValue::from_static("private, no-store");
const MEDIA: HeaderValue = HeaderValue::from_static("text/calendar; charset=utf-8");

/// The pattern of the addresses.
pub(super) fn path() -> String {
    format!("{CALENDAR}{{file}}")
}

pub(super) async fn serve(
    State(gateway): State<Gateway>,
    file: Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let request_id = (gateway.request_ids)();
    let (parts, _) = request.into_parts();
    let locale = locale_of(&parts.headers);
    // What is no text names nothing.
    let file = file.map(|Path(file)| file).unwrap_or_default();
    let found = match file.strip_suffix(CALENDAR_ENDING) {
        Some(secret) => {
            let source = gateway.proxies.source(peer_of(&parts), &parts.headers);
            let secret = SecretString::from(secret);
            let head = CalendarHead {
                request_id,
                secret,
                source,
                locale,
            };
            (gateway.feed)(head).await
        }
        None => Ok(None),
    };
    let answer = match found {
        Ok(Some(calendar)) => {
            let headers = [(header::CONTENT_TYPE, MEDIA), (header::CACHE_CONTROL, KEPT)];
            (headers, calendar).into_response()
        }
        Ok(None) => nothing_here(&parts.headers, request_id),
        Err(refused) => {
            let vocabulary = &gateway.vocabulary;
            let words = Words { vocabulary, locale };
            answer::response(refused, Media::GraphqlResponse, request_id, words)
        }
    };
    logged(answer, request_id)
}
