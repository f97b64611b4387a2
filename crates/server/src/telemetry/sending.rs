//! How spans go out: by HTTP, one connection for some seconds of them.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use anyhow::Context;
use axum::{
    body::{Body, to_bytes},
    http::{HeaderValue, Request, Response, Uri, header::HOST},
};
use bytes::Bytes;
use hyper::client::conn::http1::handshake;
use hyper_util::rt::TokioIo;
use opentelemetry_http::{HttpClient, HttpError};
use tokio::{net::TcpStream, runtime::Handle, time::timeout};

/// How long who collects may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// What they answer is a few words.
const MOST: usize = 65_536;

/// Sends by a runtime, from the thread that collects.
#[derive(Debug)]
pub(super) struct Sender {
    runtime: Handle,
    is_failing: AtomicBool,
}

impl Sender {
    /// By the runtime in which this is called.
    pub(super) fn here() -> Self {
        Self {
            runtime: Handle::current(),
            is_failing: AtomicBool::new(false),
        }
    }

    /// Says that nobody takes them, and that somebody does again: once each.
    fn note(&self, failed: Option<&anyhow::Error>) {
        let was_failing = self.is_failing.swap(failed.is_some(), Ordering::Relaxed);
        match failed {
            Some(error) if !was_failing => tracing::warn!(
                error = format!("{error:#}"),
                "spans cannot be sent, and are lost until somebody takes them"
            ),
            None if was_failing => tracing::info!("spans are taken again"),
            _ => {}
        }
    }
}

#[async_trait::async_trait]
impl HttpClient for Sender {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let sending = self
            .runtime
            .spawn(async move { timeout(PATIENCE, send(request)).await });
        let sent = sending.await?.context("nobody answers in time").flatten();
        self.note(sent.as_ref().err());
        Ok(sent?)
    }
}

async fn send(request: Request<Bytes>) -> anyhow::Result<Response<Bytes>> {
    let (mut head, body) = request.into_parts();
    let place = head.uri.authority().context("the endpoint names no host")?;
    let host = place.host().trim_matches(['[', ']']);
    let stream = TcpStream::connect((host, place.port_u16().unwrap_or(80))).await?;
    head.headers
        .insert(HOST, HeaderValue::from_str(place.as_str())?);
    let path = head.uri.path_and_query().map_or("/", |path| path.as_str());
    head.uri = path.parse::<Uri>()?;
    let (mut sender, connection) = handshake(TokioIo::new(stream)).await?;
    let connection = tokio::spawn(connection);
    let request = Request::from_parts(head, Body::from(body));
    let (head, body) = sender.send_request(request).await?.into_parts();
    let body = to_bytes(Body::new(body), MOST).await?;
    connection.abort();
    if !head.status.is_success() {
        anyhow::bail!("the answer is {}", head.status);
    }
    Ok(Response::from_parts(head, body))
}
