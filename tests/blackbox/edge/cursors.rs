//! Cursors made by hand from a true one: a place that cannot be is refused, and none is a fault of ours.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::json;
use wederhoor_tests::{App, both};

use crate::steps::{Case, letter};

/// The lists that are sorted by an instant.
const LISTS: [&str; 2] = ["complaints", "workQueue"];

fn page(list: &str) -> String {
    format!(
        "query($first: Int, $after: String) {{ {list}(first: $first, after: $after) {{ edges {{ cursor }} }} }}"
    )
}

/// Before and after all instants that a procedure knows, and what no calendar holds.
const SECONDS: [i64; 7] = [
    i64::MIN,
    -8_300_000_000_000,
    -3_000_000_000,
    0,
    8_300_000_000,
    8_200_000_000_000,
    i64::MAX,
];

both! {
    async fn a_place_that_cannot_be_is_no_fault_of_ours(app: &App) {
        Case::registered(app, "livp", letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START)).await;
        for list in LISTS {
            let document = page(list);
            let first = app.ask("livp/admin", &document, json!({ "first": 1 })).await;
            let own = first.data()[list]["edges"][0]["cursor"].as_str().unwrap().to_owned();
            for bytes in made(&URL_SAFE_NO_PAD.decode(own).unwrap()) {
                let cursor = URL_SAFE_NO_PAD.encode(&bytes);
                let answer = app.ask("livp/admin", &document, json!({ "after": cursor })).await;
                let is_fine = answer.code() == Some("BAD_REQUEST") || answer.body.get("errors").is_none();
                assert!(is_fine, "{list} {bytes:?}: {:#}", answer.body);
            }
        }
    }
}

/// Eight bytes say which list, sixteen what stands there, twelve when, and the rest what settles it.
fn made(whole: &[u8]) -> Vec<Vec<u8>> {
    let mut made: Vec<Vec<u8>> = (0..=whole.len())
        .map(|length| whole[..length].to_vec())
        .collect();
    for seconds in SECONDS {
        for nanos in [0, 1_999_999_999, u32::MAX] {
            made.push([&whole[..24], &seconds.to_be_bytes(), &nanos.to_be_bytes()].concat());
        }
    }
    let ends = [
        b"\0".as_slice(),
        b"'",
        b"\xff",
        b"een\0twee",
        &[b'a'; 60],
        &[b'a'; 200],
    ];
    made.extend(ends.map(|end| [whole, end].concat()));
    made
}
