//! That the server is to end, told to what would go on for ever.

use tokio::sync::watch;

/// Tells an answer that goes on and on when the server is to end.
#[derive(Debug, Clone)]
pub struct Leaving(Option<watch::Receiver<bool>>);

impl Leaving {
    /// Of a server that was asked to end when this says so.
    pub(super) fn told_by(stopping: watch::Receiver<bool>) -> Self {
        Self(Some(stopping))
    }

    /// Of what no server answers.
    pub const fn never() -> Self {
        Self(None)
    }

    /// Returns when the server is to end.
    pub async fn asked(&mut self) {
        match &mut self.0 {
            // A dropped sender stops the server as well.
            Some(stopping) => drop(stopping.wait_for(|stop| *stop).await),
            None => std::future::pending().await,
        }
    }
}
