use super::reader::Reader;

/// How hard passwords are hashed, with argon2id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordConfig {
    /// Memory for one hash, in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub iterations: u32,
    /// Lanes.
    pub parallelism: u32,
    /// Hashes computed at the same time; each takes its memory.
    pub concurrency: u32,
}

impl PasswordConfig {
    /// As little work as the algorithm allows; for tests only, never read from the environment.
    pub const CHEAP: Self = Self {
        memory_kib: 8,
        iterations: 1,
        parallelism: 1,
        concurrency: 8,
    };

    /// What it is unless the environment says otherwise: argon2id as OWASP's Password Storage Cheat Sheet asks for at least.
    pub const USUAL: Self = Self {
        memory_kib: 19_456,
        iterations: 2,
        parallelism: 1,
        concurrency: 2,
    };
}

/// The lower bounds are the least that is still considered safe.
pub(super) fn read(reader: &mut Reader<'_>) -> Option<PasswordConfig> {
    let memory_kib = reader.number("WEDERHOOR_PASSWORD_MEMORY_KIB", "19456", 19_456..=1_048_576);
    let iterations = reader.number("WEDERHOOR_PASSWORD_ITERATIONS", "2", 2..=100);
    let parallelism = reader.number("WEDERHOOR_PASSWORD_PARALLELISM", "1", 1..=16);
    let concurrency = reader.number("WEDERHOOR_PASSWORD_CONCURRENCY", "2", 1..=64);
    Some(PasswordConfig {
        memory_kib: memory_kib?,
        iterations: iterations?,
        parallelism: parallelism?,
        concurrency: concurrency?,
    })
}
