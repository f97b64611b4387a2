//! The 61 audits of npm's graphql-http, by their ids: what `scripts/audits.sh` asks of the running demo.

use std::ops::RangeInclusive;

use axum::{body::Body, http::Request};

use super::{Endpoint, NEW, OLD};

/// What must be true of an answer, beside its status.
#[derive(Clone, Copy, PartialEq)]
enum Must {
    Nothing,
    /// The media type, and no other.
    Be(&'static str),
    HaveNoErrors,
    HaveNoData,
}

struct Audit {
    id: &'static str,
    accept: Option<&'static str>,
    /// The content type and body of a POST; `None` for a GET.
    post: Option<(Option<&'static str>, String)>,
    query: &'static str,
    status: RangeInclusive<u16>,
    must: Must,
}

const TYPENAME: &str = r#"{"query":"{ __typename }"}"#;
const JSON: Option<&str> = Some("application/json");
const OK: RangeInclusive<u16> = 200..=200;
const BAD: RangeInclusive<u16> = 400..=400;
const REFUSED: RangeInclusive<u16> = 400..=499;
const FAILED: RangeInclusive<u16> = 400..=599;

fn post(
    id: &'static str,
    accept: Option<&'static str>,
    body: impl Into<String>,
    status: RangeInclusive<u16>,
    must: Must,
) -> Audit {
    let post = Some((JSON, body.into()));
    Audit {
        id,
        accept,
        post,
        query: "",
        status,
        must,
    }
}

fn get(
    id: &'static str,
    accept: Option<&'static str>,
    query: &'static str,
    status: RangeInclusive<u16>,
    must: Must,
) -> Audit {
    Audit {
        id,
        accept,
        post: None,
        query,
        status,
        must,
    }
}

fn media() -> Vec<Audit> {
    let mut audits = vec![
        post("22EB", Some(NEW), TYPENAME, OK, Must::Be(NEW)),
        post("4655", Some(OLD), TYPENAME, OK, Must::Be(OLD)),
        post("47DE", Some("*/*"), TYPENAME, OK, Must::Be(OLD)),
        post("80D8", None, TYPENAME, OK, Must::Be(OLD)),
        post("82A3", None, TYPENAME, OK, Must::Nothing),
        post(
            "BF61",
            None,
            r#"{"query":"{ __type(name: \"Run🏃Swim🏊\") { name } }"}"#,
            OK,
            Must::Nothing,
        ),
        post("78D5", None, TYPENAME, OK, Must::Nothing),
        post("2C94", None, TYPENAME, OK, Must::Nothing),
        get("5A70", None, "?query=%7B+__typename+%7D", OK, Must::Nothing),
        get(
            "9C48",
            Some(NEW),
            "?query=mutation+%7B+__typename+%7D",
            REFUSED,
            Must::Nothing,
        ),
        post("9ABE", None, TYPENAME, REFUSED, Must::Nothing),
        post("03D4", None, TYPENAME, OK, Must::Nothing),
        post("A5BF", None, "", BAD, Must::Nothing),
    ];
    for audit in &mut audits {
        match audit.id {
            "9ABE" => audit.post = Some((None, TYPENAME.to_owned())),
            "BF61" => audit.post.as_mut().unwrap().0 = Some("application/json; charset=utf-8"),
            _ => {}
        }
    }
    audits
}

fn parameters() -> Vec<Audit> {
    let mut audits = vec![
        post(
            "423L",
            Some(NEW),
            r#"{"notquery":"{ __typename }"}"#,
            BAD,
            Must::Nothing,
        ),
        post("34A2", Some(NEW), TYPENAME, OK, Must::Nothing),
        post("13EE", Some(OLD), TYPENAME, OK, Must::HaveNoErrors),
        post(
            "8161",
            Some(NEW),
            with("operationName", "\"Query\""),
            OK,
            Must::Nothing,
        ),
        post(
            "B8B3",
            Some(OLD),
            with("operationName", "\"Query\""),
            OK,
            Must::HaveNoErrors,
        ),
        post(
            "428F",
            Some(NEW),
            with("extensions", "{\"some\":\"value\"}"),
            OK,
            Must::Nothing,
        ),
        post(
            "1B7A",
            Some(OLD),
            with("extensions", "{\"some\":\"value\"}"),
            OK,
            Must::HaveNoErrors,
        ),
        post("2EA1", Some(NEW), named(), OK, Must::Nothing),
        post("28B9", Some(OLD), named(), OK, Must::HaveNoErrors),
        get("D6D5", Some(NEW), NAMED, OK, Must::HaveNoErrors),
        get("6A70", Some(OLD), NAMED, OK, Must::HaveNoErrors),
    ];
    let nulls = [
        ("94B0", "0220", "variables"),
        ("94B1", "0221", "operationName"),
        ("94B2", "0222", "extensions"),
    ];
    for (new, old, parameter) in nulls {
        audits.push(post(
            new,
            Some(NEW),
            with(parameter, "null"),
            OK,
            Must::HaveNoErrors,
        ));
        audits.push(post(
            old,
            Some(OLD),
            with(parameter, "null"),
            OK,
            Must::HaveNoErrors,
        ));
    }
    let wrong = |ids: [&'static str; 4], parameter: &'static str, first: &'static str| {
        let values = [first, "0", "false", "[\"array\"]"];
        let one = move |(id, value)| post(id, None, with(parameter, value), BAD, Must::Nothing);
        ids.into_iter().zip(values).map(one)
    };
    audits.extend(wrong(
        ["LKJ0", "LKJ1", "LKJ2", "LKJ3"],
        "query",
        "{\"obj\":\"ect\"}",
    ));
    audits.extend(wrong(
        ["6C00", "6C01", "6C02", "6C03"],
        "operationName",
        "{\"obj\":\"ect\"}",
    ));
    audits.extend(wrong(
        ["4760", "4761", "4762", "4763"],
        "variables",
        "\"string\"",
    ));
    audits.extend(wrong(
        ["58B0", "58B1", "58B2", "58B3"],
        "extensions",
        "\"string\"",
    ));
    audits
}

fn failures() -> Vec<Audit> {
    let broken = "{ \"not a JSON";
    let typo = r#"{"qeury":"{ __typename }"}"#;
    let unparsed = r#"{"query":"{"}"#;
    let unknown = r#"{"query":"{ 8f31403dfe404bccbb0e835f2629c6a7 }"}"#;
    let uncoerced =
        r#"{"query":"query CoerceFailure($id: ID!){ __typename }","variables":{"id":null}}"#;
    vec![
        post("B6DC", Some(OLD), broken, 200..=599, Must::Nothing),
        post("BCF8", Some(OLD), broken, BAD, Must::Nothing),
        post("B7N8", Some(NEW), broken, BAD, Must::Nothing),
        post("8764", None, typo, FAILED, Must::Nothing),
        post("3E3A", None, typo, BAD, Must::Nothing),
        post("572B", Some(OLD), unparsed, OK, Must::Nothing),
        post("FDE2", Some(OLD), unknown, OK, Must::Nothing),
        post("7B9B", Some(OLD), uncoerced, OK, Must::Nothing),
        post("865D", Some(NEW), unparsed, FAILED, Must::Nothing),
        post("556A", Some(NEW), unparsed, BAD, Must::Nothing),
        post("D586", Some(NEW), unparsed, BAD, Must::HaveNoData),
        post("51FE", Some(NEW), unknown, FAILED, Must::Nothing),
        post("74FF", Some(NEW), unknown, BAD, Must::Nothing),
        post("5E5B", Some(NEW), unknown, BAD, Must::HaveNoData),
        post("86EE", Some(NEW), uncoerced, BAD, Must::Nothing),
    ]
}

const NAMED: &str = "?query=query+Type(%24name%3A+String!)+%7B+__type(name%3A+%24name)+%7B+name+%7D+%7D&variables=%7B%22name%22%3A%22sometype%22%7D";

fn named() -> String {
    r#"{"query":"query Type($name: String!) { __type(name: $name) { name } }","variables":{"name":"sometype"}}"#.to_owned()
}

/// A query and one more parameter, or another value of `query`.
fn with(parameter: &str, value: &str) -> String {
    match (parameter, value) {
        ("query", value) => format!("{{\"query\":{value}}}"),
        ("operationName", "\"Query\"") => {
            r#"{"operationName":"Query","query":"query Query { __typename }"}"#.to_owned()
        }
        _ => format!("{{\"query\":\"{{ __typename }}\",\"{parameter}\":{value}}}"),
    }
}

#[tokio::test]
async fn all_audits_of_graphql_http_pass() {
    let endpoint = Endpoint::new();
    let audits: Vec<Audit> = media()
        .into_iter()
        .chain(parameters())
        .chain(failures())
        .collect();
    let mut ids: Vec<_> = audits.iter().map(|audit| audit.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 61);
    for Audit {
        id,
        accept,
        post,
        query,
        status,
        must,
    } in audits
    {
        let mut request = Request::builder().uri(format!("/graphql{query}"));
        if let Some(accept) = accept {
            request = request.header("accept", accept);
        }
        let request = match post {
            None => request.body(Body::empty()),
            Some((content_type, body)) => {
                let typed = content_type.map(|content_type| ("content-type", content_type));
                let request = request.method("POST");
                match typed {
                    Some((name, value)) => request.header(name, value),
                    None => request,
                }
                .body(Body::from(body))
            }
        };
        let answer = endpoint.raw(request.unwrap()).await;
        assert!(
            status.contains(&answer.status.as_u16()),
            "{id}: {}",
            answer.status
        );
        let media = answer.headers["content-type"].to_str().unwrap();
        assert!(media.ends_with("; charset=utf-8"), "{id}");
        assert!(answer.body.is_object(), "{id}: {}", answer.body);
        match must {
            Must::Nothing => {}
            Must::Be(expected) => assert!(media.starts_with(expected), "{id}: {media}"),
            Must::HaveNoErrors => {
                assert!(answer.body.get("errors").is_none(), "{id}: {}", answer.body);
            }
            Must::HaveNoData => assert!(answer.body.get("data").is_none(), "{id}: {}", answer.body),
        }
    }
}
