//! Listening: a port, the routes behind it, and a way to stop.

use std::{io::ErrorKind, net::SocketAddr};

use anyhow::Context;
use axum::{Router, serve::ListenerExt};
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

/// A server that answers, until it is stopped or dropped.
#[derive(Debug)]
pub struct Running {
    /// Where it listens; the port is the real one when port 0 was asked for.
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    task: JoinHandle<std::io::Result<()>>,
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

/// Serves the routes on the port.
pub fn serve(listener: TcpListener, routes: Router) -> anyhow::Result<Running> {
    let address = listener.local_addr().context("the port has no address")?;
    let (stop, mut stopping) = watch::channel(false);
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its delay");
        }
    });
    let service = routes.into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        // A dropped sender stops the server as well.
        let _ = stopping.wait_for(|stop| *stop).await;
    });
    let task = tokio::spawn(async move { serving.await });
    Ok(Running {
        address,
        stop,
        task,
    })
}

impl Running {
    /// Takes no new connections, lets the requests under way be answered, and returns when that is done.
    pub async fn stop(self) -> anyhow::Result<()> {
        self.stop.send_replace(true);
        self.task
            .await
            .context("the server ended early")?
            .context("the server failed")
    }
}

/// Returns when the process is asked to end: Ctrl-C, or SIGTERM.
pub async fn asked_to_end() -> anyhow::Result<()> {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        let mut terminate = signal(SignalKind::terminate())?;
        tokio::select! {
            result = tokio::signal::ctrl_c() => result?,
            _ = terminate.recv() => {}
        }
    }
    #[cfg(not(unix))]
    tokio::signal::ctrl_c().await?;
    Ok(())
}

#[cfg(test)]
mod tests;
