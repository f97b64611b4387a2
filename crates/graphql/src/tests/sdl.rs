use std::{env, fs, path::PathBuf};

/// The committed schema is the one that the code makes; `UPDATE_SCHEMA=1` writes it anew.
#[test]
fn the_committed_schema_is_the_schema() {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../schema.graphql");
    let made = crate::sdl();
    if env::var_os("UPDATE_SCHEMA").is_some() {
        fs::write(&file, &made).unwrap();
    }
    let committed = fs::read_to_string(&file).unwrap_or_default();
    let first = committed
        .lines()
        .zip(made.lines())
        .position(|(old, new)| old != new);
    assert!(
        committed == made,
        "schema.graphql differs from line {:?} on; run with UPDATE_SCHEMA=1",
        first.map(|line| line + 1)
    );
}
