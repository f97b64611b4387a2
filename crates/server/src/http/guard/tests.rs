use std::time::{Duration, Instant};

use async_graphql::{EmptySubscription, Object, Schema};
use serde_json::{Map, Value, json};

use super::admit;
use crate::http::{limits::Limits, params::Params};

fn refusal(document: &str) -> Option<Value> {
    let params = Params {
        query: document.to_owned(),
        operation_name: None,
        variables: Map::new(),
    };
    let refused = admit(params, &Limits::default()).err()?;
    let status = refused.status;
    assert!(
        status.is_none(),
        "a fault of the document has no status of its own"
    );
    Some(serde_json::to_value(refused.into_error(wederhoor_procedure::Locale::En)).unwrap())
}

fn limit(document: &str) -> String {
    let error = refusal(document).expect("refused");
    assert_eq!(error["extensions"]["code"], "TOO_COMPLEX", "{error}");
    error["extensions"]["limit"].as_str().unwrap().to_owned()
}

fn fault(document: &str) {
    let error = refusal(document).expect("refused");
    assert_eq!(error["extensions"]["code"], "BAD_REQUEST", "{error}");
}

fn repeat(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(" ")
}

#[test]
fn ordinary_documents_pass() {
    for document in [
        "{a}",
        "query Q($x: [[Int!]!] = [[1, 2]]) @d { a(b: {c: [$x, -1.5e3, \"t\\\"{{{\", null, ENUM]}) { ...F ... on T { z: b } } } fragment F on T { c }",
        "# {{{ \n { a(t: \"\"\"{{{ \\\"\"\" \"quoted\" \"\"\") }",
        "\u{feff}{ a(t: \"é😀\") }",
    ] {
        assert_eq!(refusal(document), None, "{document}");
    }
}

#[test]
fn each_limit_is_held() {
    let nested = |depth: usize| format!("{{{}a{}}}", "a{".repeat(depth - 1), "}".repeat(depth - 1));
    assert_eq!(refusal(&nested(16)), None);
    assert_eq!(limit(&nested(17)), "DEPTH");
    assert_eq!(limit(&nested(40)), "DEPTH");
    assert_eq!(limit(&nested(41)), "NESTING");
    assert_eq!(
        limit(&format!("{{f(a:{}1{})}}", "[".repeat(39), "]".repeat(39))),
        "NESTING"
    );
    assert_eq!(
        limit(&format!("{{f{}}}", " ".repeat(16 * 1024))),
        "DOCUMENT_BYTES"
    );
    assert_eq!(
        limit(&format!("{{f(a: [{}])}}", "1 ".repeat(2_000))),
        "TOKENS"
    );
    assert_eq!(refusal(&format!("{{{}}}", "a".repeat(100))), None);
    assert_eq!(limit(&format!("{{{}}}", "a".repeat(101))), "NAME_BYTES");
    assert_eq!(
        limit(&format!("{{f(a: 1{})}}", "0".repeat(100))),
        "NAME_BYTES"
    );
    assert_eq!(
        refusal(&format!("{{f(a: \"{}\")}}", "a".repeat(5_000))),
        None
    );
    assert_eq!(
        limit(&repeat(11, |n| format!("query Q{n} {{a}}"))),
        "OPERATIONS"
    );
    assert_eq!(
        limit(&format!(
            "{{a}} {}",
            repeat(31, |n| format!("fragment F{n} on T {{a}}"))
        )),
        "FRAGMENTS"
    );
    assert_eq!(
        limit(&format!(
            "{{a {{ {} }}}}",
            repeat(31, |n| format!("a{n}: a"))
        )),
        "ALIASES"
    );
    assert_eq!(limit(&format!("{{a {}}}", "@d ".repeat(31))), "DIRECTIVES");
    assert_eq!(
        limit(&format!("{{{}}}", repeat(21, |n| format!("f{n}")))),
        "ROOT_FIELDS"
    );
    assert_eq!(
        limit(&format!("{{a {{{}}}}}", repeat(500, |n| format!("f{n}")))),
        "FIELDS"
    );
    let inline = |height: usize| format!("{{{}a{}}}", "...{".repeat(height), "}".repeat(height));
    assert_eq!(refusal(&inline(39)), None);
    let chain = format!(
        "{{...F0}} {} fragment F9 on T {{a}}",
        repeat(9, |n| format!(
            "fragment F{n} on T {{{}...F{}{}}}",
            "...{".repeat(9),
            n + 1,
            "}".repeat(9)
        ))
    );
    assert_eq!(limit(&chain), "HEIGHT");
}

#[test]
fn fragments_are_weighed_once_and_may_not_go_round() {
    let started = Instant::now();
    let doubling = format!(
        "{{...F0}} {} fragment F28 on T {{a}}",
        repeat(28, |n| format!(
            "fragment F{n} on T {{...F{} ...F{}}}",
            n + 1,
            n + 1
        ))
    );
    assert_eq!(limit(&doubling), "FIELDS");
    fault("{...A} fragment A on T {...B} fragment B on T {a {...A}}");
    fault("{a} fragment A on T {...A}");
    assert_eq!(refusal("{...Missing}"), None, "the validator names it");
    assert!(started.elapsed() < Duration::from_millis(500));
}

/// How much is looked at, for a document that is let through.
fn steps(document: &str, limits: &Limits) -> usize {
    let params = Params {
        query: document.to_owned(),
        ..Params::default()
    };
    admit(params, limits).unwrap().steps
}

#[test]
fn the_work_is_linear_in_the_document_whatever_its_fragments_are() {
    let most = usize::MAX / 4;
    let limits = Limits {
        tokens: most,
        document_bytes: most,
        fragments: most,
        fields: most,
        root_fields: most,
        ..Limits::default()
    };
    for count in [4, 8, 16, 28] {
        let doubling = format!(
            "{{...F0}} {} fragment F{count} on T {{a}}",
            repeat(count, |n| format!(
                "fragment F{n} on T {{...F{m} ...F{m}}}",
                m = n + 1
            ))
        );
        let tokens = doubling.split([' ', '{', '}']).count() * 2;
        let steps = steps(&doubling, &limits);
        assert!(steps <= 2 * tokens, "{count}: {steps} steps for {tokens}");
    }
    for count in [100, 1_000, 4_000] {
        let spread = format!("{{{}}} fragment F on T {{a b c}}", "...F ".repeat(count));
        assert!(steps(&spread, &limits) <= 4 * count + 20, "{count}");
        let wide = format!("{{{}}}", "a ".repeat(count));
        assert!(steps(&wide, &limits) <= 2 * count + 20, "{count}");
    }
}

#[test]
fn what_cannot_be_read_is_refused_without_repeating_it() {
    for document in [
        "",
        "{",
        "{a",
        "a}",
        "}{",
        "{a(b: \"open)}",
        "{a(b: \"\"\"open)}",
        "{a(b: \"line\nbreak\")}",
        "{a(b: \"\\u0000\")}",
        "{a(b: \"\0\")}",
        "\0",
        "{a}\0",
        "{a(b: \"\\ud800\")}",
        "{a} {b}",
        "query A {a} query A {b}",
        "{é}",
        "type T { a: Int }",
        "query A {a} query B {b}",
    ] {
        fault(document);
    }
    let error = refusal("{ secret(").unwrap();
    assert!(!error["message"].as_str().unwrap().contains("secret"));
    assert_eq!(error["locations"], json!([{"line": 1, "column": 10}]));
}

/// The worst that the scanner lets through must neither overflow a small stack nor take long, valid or not.
#[test]
fn the_parser_survives_what_the_scanner_lets_through() {
    let opens = [
        "{f(a:",
        "{f(a:{b:",
        "{a",
        "{...",
        "{...on T",
        "{f@d(a:",
        "query($a:",
        "query($a:Int=",
    ];
    let units = ["[", "{b:", "{a", "...{", "... on T{", "{a:b(c:[", "a("];
    let worker = std::thread::Builder::new()
        .stack_size(1024 * 1024)
        .spawn(move || {
            let started = Instant::now();
            for open in opens {
                for unit in units {
                    for count in 1..40 {
                        let body = unit.repeat(count);
                        let _ = refusal(&format!("{open}{body}"));
                        let closing: String = body.chars().rev().filter_map(closing).collect();
                        let _ = refusal(&format!("{open}{body}x{closing}"));
                    }
                }
            }
            started.elapsed()
        });
    let elapsed = worker.unwrap().join().unwrap();
    assert!(elapsed < Duration::from_secs(10), "{elapsed:?}");
}

fn closing(bracket: char) -> Option<char> {
    match bracket {
        '(' => Some(')'),
        '[' => Some(']'),
        '{' => Some('}'),
        _ => None,
    }
}

struct Query;

#[Object]
impl Query {
    async fn a(&self) -> i32 {
        1
    }
}

#[tokio::test]
async fn the_usual_introspection_queries_pass() {
    for document in [
        include_str!("introspection.graphql"),
        include_str!("introspection-graphiql.graphql"),
    ] {
        let params = Params {
            query: document.to_owned(),
            ..Params::default()
        };
        let admitted =
            admit(params, &Limits::default()).unwrap_or_else(|refused| panic!("{refused:?}"));
        assert!(admitted.introspects);
        let schema = Schema::new(Query, async_graphql::EmptyMutation, EmptySubscription);
        let response = schema.execute(admitted.request).await;
        assert!(response.is_ok(), "{:?}", response.errors);
    }
}
