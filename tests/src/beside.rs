//! Another process beside that of a running demo.

use wederhoor_server::app::{Answering, Parts};

use crate::{Client, app::close};

/// A process beside that of a running demo.
pub struct Beside {
    /// Talks to it.
    pub client: Client,
    pub(crate) parts: Parts,
    pub(crate) answering: Answering,
}

impl Beside {
    /// Seals anew what older keys sealed: how much that was.
    ///
    /// # Panics
    /// When it cannot be done, or others did it meanwhile.
    pub async fn reseal(&self) -> String {
        let done = self.parts.service.reseal().await.expect("it is done");
        assert_eq!(done.overtaken, 0);
        let (anew, before, unopened) = (done.anew, done.before, done.unopened);
        format!("{anew} anew, {before} before, {unopened} unopened")
    }

    /// Stops it.
    ///
    /// # Panics
    /// When it does not stop.
    pub async fn stop(self) {
        self.answering.stop().await.expect("the server stops");
        close(&self.parts).await;
    }
}
