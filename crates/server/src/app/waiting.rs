//! A process before it can begin: the database is away, or has not its schema yet. It listens from the first moment, and
//! says so to whoever probes it.

use std::sync::Arc;

use axum::http::StatusCode;
use futures_util::FutureExt;
use tokio::{net::TcpListener, sync::watch};

use super::{is_https, request_ids};
use crate::{
    config::Config,
    database::{self, Hurdle},
    http::{self, Readiness, Ready},
    listen::{self, End},
};

/// A port that is listened on, of a process whose database has its schema.
pub struct Opened {
    /// The port.
    pub listener: TcpListener,
    /// How the process is asked to end.
    pub end: End,
}

/// Takes the port and waits for the database with its schema; `None` when the process is asked to end first. Meanwhile probes
/// are answered, and nothing else.
///
/// # Errors
/// When the port cannot be taken, and on what waiting cannot mend.
pub async fn open(config: &Config) -> anyhow::Result<Option<Opened>> {
    let (listener, beside) = twice(listen::bind(config.web.bind).await?)?;
    let mut end = End::awaited()?;
    let (tell, told) = watch::channel(Readiness::AWAY);
    let ready: Ready = Arc::new(move |_| {
        let seen = *told.borrow();
        async move { seen }.boxed()
    });
    let routes =
        http::probes(ready, request_ids()).fallback(async || StatusCode::SERVICE_UNAVAILABLE);
    let routes = http::hardened(routes, is_https(&config.web.base_url));
    // Dropped it takes no more connections, and answers those that it has.
    let meanwhile = listen::serve(beside, routes, config.edge.patience)?;
    let address = meanwhile.address;
    let meet = |hurdle: &Hurdle, is_news: bool| {
        tell.send_replace(match hurdle {
            Hurdle::Away(_) => Readiness::AWAY,
            Hurdle::Older(_) => Readiness::OLDER,
        });
        // After it is told: who reads this and probes finds the same.
        if is_news {
            tracing::warn!(%address, %hurdle, "waiting");
        }
    };
    tokio::select! {
        waited = database::wait_for_schema(&config.database, meet) => waited?,
        asked = end.asked() => {
            asked?;
            return Ok(None);
        }
    }
    Ok(Some(Opened { listener, end }))
}

/// The same port for two servers, of which one begins before the other ends: nobody who connects finds it closed.
fn twice(listener: TcpListener) -> std::io::Result<(TcpListener, TcpListener)> {
    let one = listener.into_std()?;
    let other = one.try_clone()?;
    Ok((TcpListener::from_std(one)?, TcpListener::from_std(other)?))
}
