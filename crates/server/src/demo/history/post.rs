//! The post of the history: it takes every letter, but to those who are nowhere.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Mutex, PoisonError},
};

use wederhoor_service::{Carried, Carrier, OutgoingLetter};

/// Takes letters, and keeps the newest way in that each address was sent.
#[derive(Debug, Default)]
pub(super) struct Post {
    nowhere: BTreeSet<String>,
    ways_in: Mutex<BTreeMap<String, String>>,
}

impl Post {
    /// A post that cannot reach these addresses.
    pub(super) fn without(nowhere: BTreeSet<String>) -> Self {
        Self {
            nowhere,
            ways_in: Mutex::default(),
        }
    }

    /// The newest unused token of an access link that was sent there.
    pub(super) fn take_way_in(&self, address: &str) -> Option<String> {
        let mut ways_in = self.ways_in.lock().unwrap_or_else(PoisonError::into_inner);
        ways_in.remove(address)
    }
}

impl Carrier for Post {
    async fn carry(&self, letter: OutgoingLetter) -> Carried {
        if self.nowhere.contains(&letter.to) {
            return Carried::Never("550 5.1.1 no such mailbox".to_owned());
        }
        if let Some((_, rest)) = letter.text.split_once("/access#") {
            let token = rest.split_whitespace().next().unwrap_or_default();
            let mut ways_in = self.ways_in.lock().unwrap_or_else(PoisonError::into_inner);
            ways_in.insert(letter.to, token.to_owned());
        }
        Carried::Accepted
    }
}
