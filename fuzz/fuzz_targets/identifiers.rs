//! Ids and cursors: what is read is what was written, and nothing else is read.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wederhoor_graphql::fuzzing::{cursor, cursor_of, id};

fuzz_target!(|data: &[u8]| {
    if let Ok(text) = std::str::from_utf8(data) {
        assert!(id(text).is_none_or(|again| again == text));
        assert!(cursor(text).is_none_or(|again| again == text));
    }
    // As if it came from the right list.
    let bound = cursor_of(data);
    assert!(cursor(&bound).is_none_or(|again| again == bound));
});
