//! Listening: a port, the routes behind it, and a way to stop. A slow or stuck client costs nothing but its socket, and
//! that only until somebody else needs one.

mod connection;
mod end;
mod leaving;
mod patience;
mod phase;
mod waiting;
mod watched;

use std::{io::ErrorKind, net::SocketAddr, sync::Arc, time::Duration};

use anyhow::Context;
use axum::Router;
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    task::JoinHandle,
};

pub use end::End;
pub use leaving::Leaving;
pub use patience::Patience;
pub use waiting::{Place, Waiting};

/// A connection, and the place that it has as long as its socket is open.
struct Socket {
    stream: TcpStream,
    peer: SocketAddr,
    slot: OwnedSemaphorePermit,
}

/// How long to rest when the system has no sockets left.
const REST: Duration = Duration::from_millis(200);

/// A server that answers, until it is stopped or dropped.
#[derive(Debug)]
pub struct Running {
    /// Where it listens; the port is the real one when port 0 was asked for.
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

/// Takes the port, so that a taken one is an error before anything else is begun.
pub async fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .map_err(|error| match error.kind() {
            ErrorKind::AddrInUse => anyhow::anyhow!(
                "{address} is in use by another program; stop it, or choose another port"
            ),
            ErrorKind::PermissionDenied => anyhow::anyhow!(
                "{address} may not be listened on by this user; choose a port from 1024"
            ),
            ErrorKind::AddrNotAvailable => {
                anyhow::anyhow!("{address} is no address of this machine")
            }
            _ => anyhow::Error::new(error).context(format!("cannot listen on {address}")),
        })
}

/// Serves the routes on the port, to clients that are not slower than `patience` allows.
///
/// # Errors
/// When the port has no address.
pub fn serve(listener: TcpListener, routes: Router, patience: Patience) -> anyhow::Result<Running> {
    let address = listener.local_addr().context("the port has no address")?;
    let (stop, stopping) = watch::channel(false);
    let task = tokio::spawn(accept(listener, routes, patience, stopping));
    Ok(Running {
        address,
        stop,
        task,
    })
}

/// Takes connections until asked to stop, then waits for those under way.
async fn accept(
    listener: TcpListener,
    routes: Router,
    patience: Patience,
    mut stopping: watch::Receiver<bool>,
) {
    let slots = Arc::new(Semaphore::new(patience.connections as usize));
    let waiting = Waiting::default();
    let signal = stopping.clone();
    // A dropped sender stops the server as well.
    let asked = async move { drop(stopping.wait_for(|stop| *stop).await) };
    tokio::pin!(asked);
    loop {
        let (stream, peer) = tokio::select! {
            taken = next(&listener) => taken,
            () = &mut asked => break,
        };
        if slots.available_permits() == 0 {
            waiting.want();
        }
        let slot = tokio::select! {
            slot = slots.clone().acquire_owned() => slot,
            () = &mut asked => break,
        };
        waiting.found();
        let Ok(slot) = slot else { break };
        let socket = Socket { stream, peer, slot };
        let connection = connection::serve(
            socket,
            routes.clone(),
            patience,
            waiting.clone(),
            signal.clone(),
        );
        tokio::spawn(connection);
    }
    drop(listener);
    drop(slots.acquire_many(patience.connections).await);
}

async fn next(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => {
                if let Err(error) = stream.set_nodelay(true) {
                    tracing::debug!(%error, "a connection keeps its delay");
                }
                return (stream, peer);
            }
            Err(error) if is_of_the_client(error.kind()) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken");
                tokio::time::sleep(REST).await;
            }
        }
    }
}

fn is_of_the_client(error: ErrorKind) -> bool {
    matches!(
        error,
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}

impl Running {
    /// Takes no new connections, lets the requests under way be answered, and returns when that is done.
    ///
    /// # Errors
    /// When the server failed.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.stop.send_replace(true);
        self.task.await.context("the server ended early")
    }
}

#[cfg(test)]
mod tests;
