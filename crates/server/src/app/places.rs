//! How many streams of one kind are open: of one caller, and in this process.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use wederhoor_service::Caller;

/// The streams that are open in this process.
#[derive(Debug, Clone)]
pub(super) struct Places(Arc<Kept>);

#[derive(Debug)]
struct Kept {
    per_caller: usize,
    of_all: usize,
    taken: Mutex<Taken>,
}

#[derive(Debug, Default)]
struct Taken {
    by_caller: HashMap<String, usize>,
    by_all: usize,
}

/// The place of one stream, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    kept: Arc<Kept>,
    whose: String,
}

impl Places {
    pub(super) fn new(per_caller: usize, of_all: usize) -> Self {
        Self(Arc::new(Kept {
            per_caller,
            of_all,
            taken: Mutex::default(),
        }))
    }

    /// A place for a stream of this caller; `None` when there is none left.
    pub(super) fn take(&self, caller: &Caller) -> Option<Place> {
        let tenant = caller.tenant()?;
        let whose = format!("{tenant} {}", caller.principal());
        let mut taken = self.0.taken();
        let own = taken.by_caller.get(&whose).copied().unwrap_or_default();
        if own >= self.0.per_caller || taken.by_all >= self.0.of_all {
            return None;
        }
        taken.by_all += 1;
        taken.by_caller.insert(whose.clone(), own + 1);
        let kept = self.0.clone();
        Some(Place { kept, whose })
    }
}

impl Kept {
    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.kept.taken();
        taken.by_all = taken.by_all.saturating_sub(1);
        match taken.by_caller.get_mut(&self.whose) {
            Some(own) if *own > 1 => *own -= 1,
            _ => drop(taken.by_caller.remove(&self.whose)),
        }
    }
}
