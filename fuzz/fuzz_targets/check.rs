//! Regulations that somebody could have written: a known one of which parts were taken away, doubled or exchanged. Whatever
//! can be read is searched to its end without a panic, and each fault that is found has words and a place.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use serde_json::{Value, json};
use wederhoor_procedure::policy::{check::check, parse_json, parse_toml};

const KNOWN: [&str; 4] = [
    include_str!("../../policies/awb.toml"),
    include_str!("../../policies/blijf-groep.toml"),
    include_str!("../../policies/livp.toml"),
    include_str!("../../crates/procedure/src/policy/check/tests/other.toml"),
];

static POLICIES: LazyLock<Vec<Value>> = LazyLock::new(|| {
    let value = |text: &&str| serde_json::to_value(parse_toml(text).unwrap()).unwrap();
    KNOWN.iter().map(value).collect()
});

fuzz_target!(|data: &[u8]| {
    let Some((first, changes)) = data.split_first() else {
        return;
    };
    let mut written = POLICIES[usize::from(*first) % KNOWN.len()].clone();
    for change in changes.chunks_exact(4).take(6) {
        alter(&mut written, [change[0], change[1], change[2], change[3]]);
    }
    let Ok(policy) = parse_json(&written.to_string()) else {
        return;
    };
    for finding in check(&policy) {
        assert!(!finding.place.is_empty());
        assert!(!finding.message.en.is_empty() && !finding.message.nl.is_empty());
    }
});

/// Does something to one part: the first two bytes say to which, the third says what, the fourth with what.
fn alter(written: &mut Value, [high, low, what, with]: [u8; 4]) {
    let mut places = Vec::new();
    collect(written, &mut String::new(), &mut places);
    let place = places[usize::from(u16::from_be_bytes([high, low])) % places.len()].clone();
    let key = place.rsplit('/').next().unwrap_or_default().to_owned();
    let like: Vec<&String> = places
        .iter()
        .filter(|other| other.rsplit('/').next() == Some(&key))
        .collect();
    let twin = written
        .pointer(like[usize::from(with) % like.len()])
        .cloned();
    let Some(part) = written.pointer_mut(&place) else {
        return;
    };
    match (what % 4, &mut *part) {
        (0, Value::Bool(is)) => *is = !*is,
        (0, Value::Number(_)) => *part = json!(with),
        (0, Value::Array(items)) if !items.is_empty() => {
            let again = items[usize::from(with) % items.len()].clone();
            items.push(again);
        }
        (1, Value::Array(items)) if !items.is_empty() => {
            items.remove(usize::from(with) % items.len());
        }
        (2, _) => *part = Value::Null,
        _ => *part = twin.unwrap_or_default(),
    }
}

/// The places of a document, as JSON pointers, but those of its words.
fn collect(value: &Value, place: &mut String, places: &mut Vec<String>) {
    places.push(place.clone());
    let parts: Vec<(String, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(key, part)| (key.clone(), part))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(number, part)| (number.to_string(), part))
            .collect(),
        _ => Vec::new(),
    };
    let length = place.len();
    for (key, part) in parts {
        if !matches!(key.as_str(), "nl" | "en" | "citation" | "name") {
            place.push('/');
            place.push_str(&key);
            collect(part, place, places);
            place.truncate(length);
        }
    }
}
