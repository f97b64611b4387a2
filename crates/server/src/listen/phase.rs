//! What a connection is doing, and how long it may.

use std::{
    future::pending,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use tokio::sync::watch;

use super::{
    patience::Patience,
    waiting::{Place, Waiting},
};

/// What a connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Doing {
    /// No byte of a request has arrived.
    Idle,
    /// A request has begun to arrive.
    Head,
    /// A request is answered.
    Busy,
    /// The client does not take what is written.
    Blocked,
    /// The last answer was written, though the request may not be read.
    Over,
}

/// How long the client may still read before the socket is closed on what it went on sending.
const LINGER: Duration = Duration::from_millis(200);

/// What one connection is doing, as its parts tell each other.
#[derive(Debug, Clone)]
pub(super) struct Phase {
    doing: Arc<watch::Sender<Doing>>,
    /// Whether the whole answer was handed over to be written.
    is_answered: Arc<AtomicBool>,
    /// Whether nothing comes after this answer.
    is_last: Arc<AtomicBool>,
    place: Arc<Place>,
}

impl Phase {
    /// A connection on which nothing has arrived.
    pub(super) fn new(waiting: Waiting) -> Self {
        Self {
            doing: Arc::new(watch::Sender::new(Doing::Idle)),
            is_answered: Arc::default(),
            is_last: Arc::default(),
            place: Arc::new(Place::new(waiting)),
        }
    }

    /// Bytes have arrived.
    pub(super) fn read(&self) {
        self.turn(Doing::Head, |now| now == Doing::Idle);
    }

    /// The head of a request is complete.
    pub(super) fn begin(&self) {
        self.is_answered.store(false, Ordering::Relaxed);
        self.place.leave();
        self.turn(Doing::Busy, |_| true);
    }

    /// The whole answer is handed over to be written.
    pub(super) fn answered(&self) {
        self.is_answered.store(true, Ordering::Relaxed);
    }

    /// The answer to be written is the last: the request was given up.
    pub(super) fn give_up(&self) {
        self.is_last.store(true, Ordering::Relaxed);
    }

    /// The client takes nothing just now.
    pub(super) fn blocked(&self) {
        self.turn(Doing::Blocked, |now| now == Doing::Busy);
    }

    /// Everything that was to be written was taken.
    pub(super) fn flushed(&self) {
        let is_answered = self.is_answered.swap(false, Ordering::Relaxed);
        if is_answered && self.is_last.load(Ordering::Relaxed) {
            self.turn(Doing::Over, |_| true);
        } else if is_answered {
            self.place.take();
            self.turn(Doing::Idle, |_| true);
        } else {
            self.turn(Doing::Busy, |now| now == Doing::Blocked);
        }
    }

    fn turn(&self, next: Doing, when: impl Fn(Doing) -> bool) {
        self.doing.send_if_modified(|now| {
            let turns = *now != next && when(*now);
            if turns {
                *now = next;
            }
            turns
        });
    }

    /// Returns when the connection must end: it takes too long over what it is doing, or another needs its place.
    pub(super) async fn over(&self, patience: &Patience) {
        tokio::select! {
            () = self.overdue(patience) => {}
            () = self.place.sent_away() => {}
        }
    }

    async fn overdue(&self, patience: &Patience) {
        let mut doing = self.doing.subscribe();
        loop {
            let limit = limit(*doing.borrow_and_update(), patience);
            let too_long = async {
                match limit {
                    Some(limit) => tokio::time::sleep(limit).await,
                    None => pending().await,
                }
            };
            tokio::select! {
                () = too_long => return,
                // The sender lives as long as `self`.
                _ = doing.changed() => {}
            }
        }
    }
}

/// The time for a request itself is held where it is answered.
fn limit(doing: Doing, patience: &Patience) -> Option<Duration> {
    match doing {
        Doing::Idle => Some(patience.idle),
        Doing::Head => Some(patience.head),
        Doing::Busy => None,
        Doing::Blocked => Some(patience.answer),
        Doing::Over => Some(LINGER),
    }
}
