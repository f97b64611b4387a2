//! What a machine of somebody's own may lack.

/// A test cannot run on this machine; where every test must run, that is a failure.
pub(crate) fn cannot_be_tried(why: &str) {
    let all = std::env::var_os("WEDERHOOR_TEST_ALL");
    assert!(all.is_none(), "WEDERHOOR_TEST_ALL is set, and {why}");
    eprintln!("not tried: {why}");
}
