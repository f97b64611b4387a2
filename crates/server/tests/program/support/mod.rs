//! What these tests stand on.

pub(crate) mod asking;
pub(crate) mod database;
pub(crate) mod demo;
pub(crate) mod directory;
pub(crate) mod ended;
pub(crate) mod organisation;
pub(crate) mod patience;
pub(crate) mod postbox;
pub(crate) mod running;
pub(crate) mod small_disk;
pub(crate) mod trying;

/// The file of a policy of the tree: `livp`.
pub(crate) fn policy(name: &str) -> String {
    format!("{}/../../policies/{name}.toml", env!("CARGO_MANIFEST_DIR"))
}
