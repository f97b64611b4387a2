//! Documents and variables.

use serde_json::{Value, json};

use super::{Abuse, abuse};
use crate::raw::post;

pub(super) fn abuses() -> Vec<Abuse> {
    let documents = [nested(), fragments(), many(), unreadable()].concat();
    let mut all: Vec<Abuse> = documents
        .into_iter()
        .map(|(what, document, meets)| {
            let body = json!({ "query": document }).to_string();
            abuse(what, post("", body.as_bytes()), format!("400 {meets}"))
        })
        .collect();
    all.extend(variables());
    // No coercion refuses it, but the field itself.
    let body = json!({ "query": "{ courses(first: -1) { totalCount } }" }).to_string();
    let met = "200 BAD_REQUEST".to_owned();
    all.push(abuse("a page of -1", post("", body.as_bytes()), met));
    all
}

type Document = (&'static str, String, &'static str);

fn around(open: &str, close: &str, inner: &str, count: usize) -> String {
    format!("{}{inner}{}", open.repeat(count), close.repeat(count))
}

fn repeat(count: usize, item: impl Fn(usize) -> String) -> String {
    (0..count).map(item).collect::<Vec<_>>().join(" ")
}

fn nested() -> Vec<Document> {
    const NESTING: &str = "TOO_COMPLEX NESTING";
    vec![
        (
            "2,000 lists in lists (4 KB)",
            format!("{{f(a:{})}}", around("[", "]", "1", 2_000)),
            NESTING,
        ),
        (
            "2,000 lists that are never closed",
            format!("{{f(a:{}", "[".repeat(2_000)),
            NESTING,
        ),
        (
            "2,000 objects in objects",
            format!("{{f(a:{})}}", around("{b:", "}", "1", 2_000)),
            NESTING,
        ),
        (
            "2,000 selections in selections",
            around("{a", "}", "", 2_000),
            NESTING,
        ),
        (
            "39 selections in selections",
            around("{a", "}", "", 39),
            "TOO_COMPLEX DEPTH",
        ),
        (
            "2,000 inline fragments in each other",
            format!("{{{}}}", around("...{", "}", "a", 2_000)),
            NESTING,
        ),
        (
            "2,000 lists in a directive",
            format!("{{f @d(a:{})}}", around("[", "]", "1", 2_000)),
            NESTING,
        ),
        (
            "a variable of 2,000 lists of lists",
            format!("query($a:{}){{f}}", around("[", "]", "Int", 2_000)),
            NESTING,
        ),
        (
            "a default of 2,000 lists in lists",
            format!("query($a:Int={}){{f}}", around("[", "]", "1", 2_000)),
            NESTING,
        ),
    ]
}

fn fragments() -> Vec<Document> {
    let chain = |count: usize, inner: &dyn Fn(usize) -> String| {
        let links = repeat(count, |n| {
            format!("fragment F{n} on Query {{{}}}", inner(n + 1))
        });
        format!("{{...F0}} {links} fragment F{count} on Query {{__typename}}")
    };
    vec![
        ("28 fragments, each spreading the next twice (1 KB)", chain(28, &|n| format!("...F{n} ...F{n}")), "TOO_COMPLEX FIELDS"),
        ("28 fragments, each one field deeper", chain(28, &|n| format!("a{{...F{n}}}")), "TOO_COMPLEX DEPTH"),
        ("a chain of 28 fragments, nested 10 deep in each", chain(28, &|n| around("...{", "}", &format!("...F{n}"), 10)), "TOO_COMPLEX HEIGHT"),
        ("a fragment that spreads itself", "{...A} fragment A on Query {...A}".to_owned(), "BAD_REQUEST"),
        ("three fragments in a circle", "{...A} fragment A on Query {...B} fragment B on Query {a{...C}} fragment C on Query {...A}".to_owned(), "BAD_REQUEST"),
        ("one fragment spread 1,000 times", format!("{{{}}} fragment F on Query {{__typename}}", "...F ".repeat(1_000)), "TOO_COMPLEX TOKENS"),
        ("one fragment spread 600 times", format!("{{{}}} fragment F on Query {{__typename}}", "...F ".repeat(600)), "TOO_COMPLEX FIELDS"),
        ("200 fragments", format!("{{...F0}} {}", repeat(200, |n| format!("fragment F{n} on Query {{a}}"))), "TOO_COMPLEX FRAGMENTS"),
    ]
}

fn many() -> Vec<Document> {
    vec![
        ("1,000 aliases", format!("{{{}}}", repeat(1_000, |n| format!("a{n}:__typename"))), "TOO_COMPLEX TOKENS"),
        ("600 aliases", format!("{{{}}}", repeat(600, |n| format!("a{n}:a"))), "TOO_COMPLEX ALIASES"),
        ("1,000 directives", format!("{{__typename {}}}", "@skip(if:true)".repeat(1_000)), "TOO_COMPLEX TOKENS"),
        ("900 directives", format!("{{__typename {}}}", "@d ".repeat(900)), "TOO_COMPLEX DIRECTIVES"),
        ("1,000 operations", repeat(1_000, |n| format!("query Q{n}{{a}}")), "TOO_COMPLEX TOKENS"),
        ("300 operations", repeat(300, |n| format!("query Q{n}{{a}}")), "TOO_COMPLEX OPERATIONS"),
        ("1,000 root fields", format!("{{{}}}", "__typename ".repeat(1_000)), "TOO_COMPLEX FIELDS"),
        ("400 root fields", format!("{{{}}}", "__typename ".repeat(400)), "TOO_COMPLEX ROOT_FIELDS"),
        ("5,000 tokens", "{a}".repeat(1_700), "TOO_COMPLEX TOKENS"),
        ("400 variables that nobody uses", format!("query({}){{__typename}}", repeat(400, |n| format!("$v{n}:Int"))), "BAD_REQUEST"),
        ("480 arguments of one name", format!("{{organisation({}){{name}}}}", repeat(480, |_| "slug:1".to_owned())), "BAD_REQUEST"),
        ("a name of 15 KB", format!("{{{}}}", "a".repeat(15_000)), "TOO_COMPLEX NAME_BYTES"),
        ("a number of 12 KB", format!("{{a(b: 1{})}}", "0".repeat(12_000)), "TOO_COMPLEX NAME_BYTES"),
        ("a document of 200 KB", format!("{{a}}{}", " ".repeat(200_000)), "TOO_COMPLEX DOCUMENT_BYTES"),
        ("pages of pages", "{ complaints(first: 100) { nodes { rounds { deciders { name } hearings { party { name } } } letters { id } entries { text } deadlines { derivation { passedOver { on } } } } } }".to_owned(), "TOO_COMPLEX COST"),
        ("20 tries to sign in", format!("mutation {{{}}}", repeat(20, |n| format!("a{n}: signIn(input: {{ email: \"a@b.example\", password: \"guessed\" }}) {{ userErrors {{ code }} }}"))), "TOO_COMPLEX SECRETS"),
        ("6 complaints at once", format!("mutation {{{}}}", repeat(6, |n| format!("a{n}: fileComplaint(input: {{ organisation: \"livp\", complainant: {{ name: \"A\" }}, description: \"B\" }}) {{ userErrors {{ code }} }}"))), "TOO_COMPLEX MUTATIONS"),
        ("20 complaints by reference", format!("{{{}}}", repeat(20, |n| format!("a{n}: complaint(reference: \"LIVP-2026-0001\") {{ description }}"))), "TOO_COMPLEX STATEMENTS"),
        ("a page of 2147483648", "{ courses(first: 2147483648) { totalCount } }".to_owned(), "BAD_REQUEST"),
    ]
}

fn unreadable() -> Vec<Document> {
    [
        ("text that is never closed", "{a(b: \"open)}"),
        ("block text that is never closed", "{a(b: \"\"\"open)}"),
        ("NUL in a text of the document", "{a(b: \"\\u0000\")}"),
        ("NUL in the document", "{a}\u{0}"),
        ("half a surrogate in the document", "{a(b: \"\\ud800\")}"),
        ("nothing but brackets", "}}}}{{{{"),
        ("two operations of one name", "query A{a} query A{b}"),
        ("a schema instead of a query", "type Query { a: Int }"),
        ("a subscription", "subscription { complaintChanged { id } }"),
    ]
    .into_iter()
    .map(|(what, document)| (what, document.to_owned(), "BAD_REQUEST"))
    .collect()
}

fn variables() -> Vec<Abuse> {
    let named = |what: &str, variables: &str, meets: &str| {
        let query = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }";
        let body = format!("{{\"query\":\"{query}\",\"variables\":{variables}}}");
        abuse(what, post("", body.as_bytes()), meets)
    };
    let ids: Value = (0..20_000).map(|n| json!(n.to_string())).collect();
    let lists = around("[", "]", "1", 2_000);
    vec![
        named(
            "variables of 2,000 lists in lists",
            &format!("{{\"ids\":{lists}}}"),
            "400 TOO_COMPLEX VARIABLES_NESTING",
        ),
        named(
            "variables of 100,000 open brackets",
            &"[".repeat(100_000),
            "400 TOO_COMPLEX VARIABLES_NESTING",
        ),
        named(
            "20,000 ids",
            &format!("{{\"ids\":{ids}}}"),
            "400 TOO_COMPLEX COST",
        ),
        named(
            "a variable of the wrong type",
            "{\"ids\":{\"a\":1}}",
            "400 BAD_REQUEST",
        ),
        named(
            "a number beyond all numbers",
            "{\"ids\":[1e999]}",
            "400 BAD_REQUEST",
        ),
    ]
}
