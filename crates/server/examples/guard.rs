//! Reports how long the guard takes to refuse what would end the process or take a core, beside what the library's parser
//! alone takes for a document of ours and for the usual introspection query:
//! `cargo run --release -p wederhoor-server --features fuzzing --example guard`.

use std::{
    hint::black_box,
    time::{Duration, Instant},
};

use async_graphql::parser::parse_query;
use wederhoor_server::http::fuzzing::document;

const TIMES: usize = 2_000;

fn main() {
    println!(
        "{:<46} {:>7} {:<8} {:>10} {:>10} {:>7}",
        "document", "bytes", "is", "guard", "parser", "ratio"
    );
    for (what, text, is_parsed_safely) in documents() {
        let is_refused = document(&text).is_none();
        let guard = median(|| drop(black_box(document(black_box(&text)))));
        // The guard parses what it lets through, so that there its time holds the parser's.
        let parser = is_parsed_safely.then(|| {
            median(|| {
                let _ = black_box(parse_query(black_box(&text)));
            })
        });
        let ratio = parser.map(|parser| guard.as_secs_f64() / parser.as_secs_f64());
        println!(
            "{what:<46} {:>7} {:<8} {guard:>10.1?} {:>10} {:>7}",
            text.len(),
            if is_refused { "refused" } else { "let in" },
            parser.map_or_else(|| "-".to_owned(), |parser| format!("{parser:.1?}")),
            ratio.map_or_else(|| "-".to_owned(), |ratio| format!("{ratio:.2}")),
        );
    }
}

/// What it is, its text, and whether the parser survives it without a guard.
fn documents() -> [(&'static str, String, bool); 6] {
    let doubling = repeat(28, |n| {
        format!("fragment F{n} on Query{{...F{m} ...F{m}}}", m = n + 1)
    });
    [
        (
            "2,000 lists in lists",
            format!("{{f(a:{}{})}}", "[".repeat(2_000), "]".repeat(2_000)),
            false,
        ),
        (
            "28 fragments, each spreading the next twice",
            format!("{{...F0}}{doubling}fragment F28 on Query{{__typename}}"),
            true,
        ),
        (
            "a name of 15 KB",
            format!("{{{}}}", "a".repeat(15_000)),
            true,
        ),
        (
            "600 aliases",
            format!(
                "{{{}}}",
                repeat(600, |n| format!("a{n}:a"))
            ),
            true,
        ),
        (
            "the list of complaints",
            "query($after: String) { complaints(first: 20, after: $after) { totalCount pageInfo { endCursor hasNextPage } nodes \
             { reference state receivedAt handler { name } course { title } nextDeadline { kind dueOn } } } }"
                .to_owned(),
            true,
        ),
        (
            "the usual introspection query",
            include_str!("../src/http/guard/introspection.graphql").to_owned(),
            true,
        ),
    ]
}

fn repeat(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(" ")
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut took: Vec<Duration> = (0..TIMES)
        .map(|_| {
            let begun = Instant::now();
            work();
            begun.elapsed()
        })
        .collect();
    took.sort_unstable();
    took[TIMES / 2]
}
