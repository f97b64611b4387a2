//! What every door beside GraphQL begins with: which request this is, from where, and in which language it is refused.

use std::{convert::Infallible, net::IpAddr};

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};
use uuid::Uuid;
use wederhoor_procedure::Locale;

use super::gateway::{Gateway, locale_of, peer_of};

/// Who asks, as far as the head of a request says it.
#[derive(Clone, Copy, Debug)]
pub struct Asker {
    /// The id under which the request is logged and answered.
    pub request_id: Uuid,
    /// Where the request comes from.
    pub source: IpAddr,
    /// The language of a refusal.
    pub locale: Locale,
}

impl FromRequestParts<Gateway> for Asker {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, gateway: &Gateway) -> Result<Self, Infallible> {
        Ok(Self {
            request_id: (gateway.request_ids)(),
            source: gateway.proxies.source(peer_of(parts), &parts.headers),
            locale: locale_of(&parts.headers),
        })
    }
}

/// The last part of the address; empty, which names nothing, where it is no text.
pub(super) struct File(pub(super) String);

impl FromRequestParts<Gateway> for File {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, gateway: &Gateway) -> Result<Self, Infallible> {
        let file = Path::from_request_parts(parts, gateway).await;
        Ok(Self(file.map(|Path(file)| file).unwrap_or_default()))
    }
}
