//! Policies in TOML and JSON: what is read can be written and read again as the same; a fault has words.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wederhoor_procedure::policy::{Policy, parse_json, parse_toml};

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    for parsed in [parse_toml(text), parse_json(text)] {
        match parsed {
            Ok(policy) => again(&policy),
            Err(error) => assert!(!error.message.nl.is_empty() && !error.message.en.is_empty()),
        }
    }
});

fn again(policy: &Policy) {
    let written = serde_json::to_string(policy).unwrap();
    let read = parse_json(&written).unwrap();
    assert!(&read == policy, "{written}");
}
