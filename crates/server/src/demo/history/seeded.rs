//! Bytes that are the same on every machine.

use std::sync::atomic::{AtomicU64, Ordering};

use wederhoor_service::Entropy;

/// The sequence of `SplitMix64`. Everybody can foresee it: it serves a demo whose passwords are published.
#[derive(Debug, Default)]
pub(super) struct Seeded {
    state: AtomicU64,
}

const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

impl Entropy for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let state = self.state.fetch_add(STEP, Ordering::Relaxed);
            let bytes = mixed(state.wrapping_add(STEP)).to_le_bytes();
            chunk.copy_from_slice(&bytes[..chunk.len()]);
        }
    }
}

const fn mixed(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
