//! One connection, from its first byte to its last.

use std::{convert::Infallible, net::SocketAddr, pin::pin};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderValue, Request, StatusCode, header},
    response::Response,
};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::sync::watch;
use tower::ServiceExt;

use crate::http::harden;

use super::{
    Socket,
    leaving::Leaving,
    patience::Patience,
    phase::Phase,
    waiting::Waiting,
    watched::{Answer, Watched},
};

/// The most that the head of a request may take, in bytes.
const HEAD_BYTES: usize = 64 * 1024;

/// Answers what comes over one connection, until it ends, is too slow, or the server stops.
pub(super) async fn serve(
    socket: Socket,
    routes: Router,
    patience: Patience,
    waiting: Waiting,
    mut stopping: watch::Receiver<bool>,
) {
    let phase = Phase::new(waiting.clone());
    let leaving = Leaving::told_by(stopping.clone());
    let of_request = (ConnectInfo(socket.peer), leaving, waiting);
    let socket = Watched {
        stream: socket.stream,
        phase: phase.clone(),
        _slot: socket.slot,
    };
    let service = service_fn(|request| answer(request, &of_request, &routes, &phase, &patience));
    let mut connection = pin!(
        http1::Builder::new()
            .header_read_timeout(None)
            .max_buf_size(HEAD_BYTES)
            .serve_connection(TokioIo::new(socket), service)
            .with_upgrades()
    );
    let mut over = pin!(phase.over(&patience));
    let mut is_stopping = false;
    loop {
        tokio::select! {
            ended = connection.as_mut() => {
                if let Err(error) = ended {
                    tracing::debug!(%error, "a connection ended early");
                }
                // Whoever took the socket over has a place of their own among those who wait.
                phase.begin();
                return;
            }
            () = &mut over => {
                tracing::debug!("a connection was cut off");
                return;
            }
            _ = stopping.wait_for(|stop| *stop), if !is_stopping => {
                is_stopping = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}

/// Answers one request. The work is in a task of its own: neither a client that hangs up nor the end of our patience
/// stops it in the middle.
async fn answer(
    request: Request<Incoming>,
    of_request: &(ConnectInfo<SocketAddr>, Leaving, Waiting),
    routes: &Router,
    phase: &Phase,
    patience: &Patience,
) -> Result<Response<Answer>, Infallible> {
    phase.begin();
    let mut request = request.map(Body::new);
    let (peer, leaving, waiting) = of_request.clone();
    request.extensions_mut().insert(peer);
    request.extensions_mut().insert(leaving);
    request.extensions_mut().insert(waiting);
    let work = tokio::spawn(routes.clone().oneshot(request));
    let response = match tokio::time::timeout(patience.request, work).await {
        Ok(Ok(Ok(response))) => response,
        Ok(Err(failure)) => {
            phase.give_up();
            tracing::error!(is_panic = failure.is_panic(), "a request was not answered");
            bare(StatusCode::INTERNAL_SERVER_ERROR)
        }
        Err(_) => {
            phase.give_up();
            tracing::warn!("a request took too long");
            bare(StatusCode::SERVICE_UNAVAILABLE)
        }
    };
    let phase = phase.clone();
    Ok(response.map(|body| Answer { body, phase }))
}

fn bare(status: StatusCode) -> Response {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    harden(response.headers_mut(), false);
    response
        .headers_mut()
        .insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
