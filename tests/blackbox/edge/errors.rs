//! Every error has a code, few words, and the id under which it is logged; none of the words are the client's.

use serde_json::{Value, json};
use wederhoor_tests::{
    App, both,
    raw::{post, request, send},
};

/// What no answer may repeat.
const SECRET: &str = "geheimwoord";

/// A document with its variables, and the status and code that it meets.
type Faulty = (&'static str, Value, u16, &'static str);

fn faults() -> Vec<Faulty> {
    let none = || json!({});
    let input = |document: &'static str, value: Value| {
        (document, json!({ "v": value }), 400, "BAD_REQUEST")
    };
    vec![
        ("{ geheimwoord", none(), 400, "BAD_REQUEST"),
        ("geheimwoord", none(), 400, "BAD_REQUEST"),
        ("{ geheimwoord }", none(), 400, "BAD_REQUEST"),
        ("{ viewer }", none(), 400, "BAD_REQUEST"),
        (
            "{ viewer { name { geheimwoord } } }",
            none(),
            400,
            "BAD_REQUEST",
        ),
        (
            "{ viewer(geheimwoord: 1) { name } }",
            none(),
            400,
            "BAD_REQUEST",
        ),
        (
            "{ viewer { name @geheimwoord } }",
            none(),
            400,
            "BAD_REQUEST",
        ),
        ("{ ...geheimwoord }", none(), 400, "BAD_REQUEST"),
        (
            "{ viewer { ... on geheimwoord { name } } }",
            none(),
            400,
            "BAD_REQUEST",
        ),
        (
            "query geheimwoord($geheimwoord: Int) { viewer { name } }",
            none(),
            400,
            "BAD_REQUEST",
        ),
        (
            "query($v: geheimwoord) { node(id: $v) { id } }",
            none(),
            400,
            "BAD_REQUEST",
        ),
        (
            "{ node(id: $geheimwoord) { id } }",
            none(),
            400,
            "BAD_REQUEST",
        ),
        (
            "query geheimwoord { viewer { name } } query anders { viewer { name } }",
            none(),
            400,
            "BAD_REQUEST",
        ),
        (
            "query A { viewer { name } } query A { viewer { name } }",
            none(),
            400,
            "BAD_REQUEST",
        ),
        (
            "fragment geheimwoord on Query { viewer { name } }",
            none(),
            400,
            "BAD_REQUEST",
        ),
        (
            "{ geheimwoord: viewer { name } geheimwoord: complaints { totalCount } }",
            none(),
            400,
            "BAD_REQUEST",
        ),
        ("{ node { id } }", none(), 400, "BAD_REQUEST"),
        (
            "{ node(id: {geheimwoord: 1}) { id } }",
            none(),
            400,
            "BAD_REQUEST",
        ),
        (
            "{ complaints(first: \"geheimwoord\") { totalCount } }",
            none(),
            400,
            "BAD_REQUEST",
        ),
        (
            "{ complaints(orderBy: geheimwoord) { totalCount } }",
            none(),
            400,
            "BAD_REQUEST",
        ),
        (
            "{ complaints(filter: {geheimwoord: 1}) { totalCount } }",
            none(),
            400,
            "BAD_REQUEST",
        ),
        ("mutation { geheimwoord }", none(), 400, "BAD_REQUEST"),
        ("subscription { geheimwoord }", none(), 400, "BAD_REQUEST"),
        (
            "query($v: ID!) { node(id: $v) { id } }",
            none(),
            400,
            "BAD_REQUEST",
        ),
        input(
            "query($v: ID!) { node(id: $v) { id } }",
            json!({ "geheimwoord": 1 }),
        ),
        input(
            "query($v: Int) { complaints(first: $v) { totalCount } }",
            json!("geheimwoord"),
        ),
        input(
            "query($v: ComplaintSort!) { complaints(orderBy: $v) { totalCount } }",
            json!("geheimwoord \"met\" meer"),
        ),
        input(
            "query($v: ComplaintFilter) { complaints(filter: $v) { totalCount } }",
            json!({ "geheimwoord \" x": 1 }),
        ),
        input(
            "mutation($v: SignInInput!) { signIn(input: $v) { userErrors { code } } }",
            json!({ "email": SECRET }),
        ),
        input(
            "mutation($v: SignInInput!) { signIn(input: $v) { userErrors { code } } }",
            json!(SECRET),
        ),
        input(
            "mutation($v: PlaceLegalHoldInput!) { placeLegalHold(input: $v) { userErrors { code } } }",
            json!({ "complaintId": { "a": SECRET }, "reason": 5 }),
        ),
        (
            "{ complaints(first: 100) { nodes { rounds { deciders { name } hearings { party { name } } } letters { id } entries { text } deadlines { derivation { passedOver { on } } } } } }",
            none(),
            400,
            "TOO_COMPLEX",
        ),
        (
            "{ a{a{a{a{a{a{a{a{a{a{a{a{a{a{a{a{a{geheimwoord}}}}}}}}}}}}}}}}}}",
            none(),
            400,
            "TOO_COMPLEX",
        ),
        (
            "{ complaints(first: 0) { totalCount } }",
            none(),
            200,
            "BAD_REQUEST",
        ),
        (
            "{ complaints(after: \"geheimwoord\") { totalCount } }",
            none(),
            200,
            "BAD_REQUEST",
        ),
    ]
}

both! {
    async fn every_error_has_a_code_and_few_words(app: &App) {
        let token = app.token("livp", "admin").await;
        let mut wrong = Vec::new();
        for (document, variables, status, code) in faults() {
            let answer = app.client.gql(Some(&token), document, variables).await;
            if (answer.status, answer.code()) != (status, Some(code)) {
                wrong.push(format!("{document}: {} {:#}", answer.status, answer.body));
            }
            assert_plain(document, &answer.body);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn who_does_not_come_in_is_told_why(app: &App) {
        let document = "{ complaints { totalCount } }";
        for (header, status) in [
            ("", 200),
            ("authorization: Bearer geheimwoord\r\n", 401),
            ("authorization: Bearer\r\n", 401),
            ("authorization: Basic geheimwoord\r\n", 401),
            ("authorization: Bearer a\r\nauthorization: Bearer b\r\n", 400),
            ("authorization: Bearer \u{e9}geheimwoord\r\n", 400),
        ] {
            let body = json!({ "query": document }).to_string();
            let told = send(app.address, &post(header, body.as_bytes())).await;
            let code = if status == 400 { "BAD_REQUEST" } else { "UNAUTHENTICATED" };
            assert_eq!(told.line(), format!("{status} {code}"), "{header}: {:#}", told.body);
            assert_plain(header, &told.body);
        }
        let picture = request("GET", "/graphql?query=%7B__typename%7D", "accept: image/png\r\n", b"");
        assert_eq!(send(app.address, &picture).await.status, 200, "what comes first is accepted");
    }

    async fn a_fault_of_ours_is_internal_and_says_nothing(app: &App) {
        app.database.execute("ALTER TABLE complaint RENAME TO geheimwoord").await;
        let answer = app.ask("livp/admin", "{ complaints { totalCount } }", json!({})).await;
        assert_eq!(answer.code(), Some("INTERNAL"), "{:#}", answer.body);
        assert_plain("a table that is not there", &answer.body);
        app.database.execute("ALTER TABLE geheimwoord RENAME TO complaint").await;
    }
}

/// Fails unless every error has a code, a request's id and at most 200 characters, none of them the secret.
pub(crate) fn assert_plain(what: &str, body: &Value) {
    let errors = body["errors"]
        .as_array()
        .unwrap_or_else(|| panic!("{what} is no error: {body:#}"));
    assert!(
        !errors.is_empty() && errors.len() <= 10,
        "{what}: {} errors",
        errors.len()
    );
    for error in errors {
        let message = error["message"].as_str().unwrap();
        assert!(message.chars().count() <= 200, "{what}: {message}");
        assert!(!message.contains(SECRET), "{what}: {message}");
        assert!(error["extensions"]["code"].is_string(), "{what}: {error:#}");
        assert!(
            error["extensions"]["requestId"].is_string(),
            "{what}: {error:#}"
        );
    }
}
