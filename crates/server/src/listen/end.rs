//! Being asked to end.

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// That the process may be asked to end: Ctrl-C, or SIGTERM. From when this is made on, being asked no longer ends it at once.
pub struct End {
    #[cfg(unix)]
    interrupt: Signal,
    #[cfg(unix)]
    terminate: Signal,
}

impl End {
    /// Begins to listen for it; to be made before anybody is told that the process runs.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn awaited() -> anyhow::Result<Self> {
        Ok(Self {
            #[cfg(unix)]
            interrupt: signal(SignalKind::interrupt())?,
            #[cfg(unix)]
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Returns when the process is asked to end, or was since this was made.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub async fn asked(&mut self) -> anyhow::Result<()> {
        #[cfg(unix)]
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
        #[cfg(not(unix))]
        tokio::signal::ctrl_c().await?;
        Ok(())
    }
}
