//! The calendar feeds: `GET /calendar/SECRET.ics`. The secret stands in the address, as calendars know no other way; so
//! no address is logged.

use std::sync::Arc;

use async_graphql::Response as GraphqlResponse;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::future::BoxFuture;
use secrecy::SecretString;
use wederhoor_service::{CALENDAR, CALENDAR_ENDING};

use super::{
    answer::{self, Words},
    asker::{Asker, File},
    gateway::{Gateway, logged, nothing_here},
    negotiate::Media,
};

/// What is asked of a feed.
pub struct CalendarHead {
    /// Which request it is.
    pub asker: Asker,
    /// What stands in the address.
    pub secret: SecretString,
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
    asker: Asker,
    File(file): File,
    headers: HeaderMap,
) -> Response {
    let Asker {
        request_id, locale, ..
    } = asker;
    let found = match file.strip_suffix(CALENDAR_ENDING) {
        Some(secret) => {
            let secret = SecretString::from(secret);
            (gateway.feed)(CalendarHead { asker, secret }).await
        }
        None => Ok(None),
    };
    let answer = match found {
        Ok(Some(calendar)) => {
            let headers = [(header::CONTENT_TYPE, MEDIA), (header::CACHE_CONTROL, KEPT)];
            (headers, calendar).into_response()
        }
        Ok(None) => nothing_here(&headers, request_id),
        Err(refused) => {
            let vocabulary = &gateway.vocabulary;
            let words = Words { vocabulary, locale };
            answer::response(refused, Media::GraphqlResponse, request_id, words)
        }
    };
    logged(answer, request_id)
}
