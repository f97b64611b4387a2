//! The connections on which nothing is asked, in the order in which they began to wait.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use tokio::sync::Notify;

/// The connections on which nothing is asked: no whole request, or nothing that is watched over a WebSocket.
#[derive(Debug, Clone, Default)]
pub struct Waiting(Arc<Mutex<Queue>>);

#[derive(Debug, Default)]
struct Queue {
    last: u64,
    by_turn: BTreeMap<u64, Arc<Notify>>,
    /// Somebody new has no place yet, and nobody was waiting when they came.
    is_wanted: bool,
}

impl Waiting {
    /// Somebody new wants a place: the connection that has waited longest is told to go; where each has a request, the
    /// first that has been answered.
    pub(super) fn want(&self) {
        let mut queue = self.lock();
        match queue.by_turn.pop_first() {
            Some((_, go)) => go.notify_one(),
            None => queue.is_wanted = true,
        }
    }

    /// Whoever wanted a place has one.
    pub(super) fn found(&self) {
        self.lock().is_wanted = false;
    }

    fn lock(&self) -> MutexGuard<'_, Queue> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of one connection; given up when it is dropped.
#[derive(Debug)]
pub struct Place {
    waiting: Waiting,
    go: Arc<Notify>,
    turn: AtomicU64,
}

impl Place {
    /// A new connection, which begins to wait.
    pub fn new(waiting: Waiting) -> Self {
        let place = Self {
            waiting,
            go: Arc::default(),
            turn: AtomicU64::new(0),
        };
        place.take();
        place
    }

    /// Whether it waits from now on, where it did the opposite.
    pub fn wait_if(&self, waits: bool) {
        if waits {
            self.take();
        } else {
            self.leave();
        }
    }

    /// Begins to wait, behind all others; goes at once where its place is wanted.
    pub(super) fn take(&self) {
        let mut queue = self.waiting.lock();
        if std::mem::take(&mut queue.is_wanted) {
            self.go.notify_one();
            return;
        }
        queue.last += 1;
        let turn = queue.last;
        queue.by_turn.insert(turn, self.go.clone());
        self.turn.store(turn, Ordering::Relaxed);
    }

    /// Waits no longer: something is asked.
    pub(super) fn leave(&self) {
        let turn = self.turn.load(Ordering::Relaxed);
        self.waiting.lock().by_turn.remove(&turn);
    }

    /// Returns when another connection needs the place more.
    pub async fn sent_away(&self) {
        self.go.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.leave();
    }
}
