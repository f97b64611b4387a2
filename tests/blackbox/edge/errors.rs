//! Every error has a code, few words, and the id under which it is logged; none of the words are the client's.

use serde_json::{Value, json};
use wederhoor_tests::{
    App, both,
    raw::{post, request, send},
};

/// What no answer may repeat.
const SECRET: &str = "geheimwoord";

/// Documents that cannot be read, or that do not fit the schema.
const FAULTY: [&str; 23] = [
    "{ geheimwoord",
    "geheimwoord",
    "{ geheimwoord }",
    "{ viewer }",
    "{ viewer { name { geheimwoord } } }",
    "{ viewer(geheimwoord: 1) { name } }",
    "{ viewer { name @geheimwoord } }",
    "{ ...geheimwoord }",
    "{ viewer { ... on geheimwoord { name } } }",
    "query geheimwoord($geheimwoord: Int) { viewer { name } }",
    "query($v: geheimwoord) { node(id: $v) { id } }",
    "{ node(id: $geheimwoord) { id } }",
    "query geheimwoord { viewer { name } } query anders { viewer { name } }",
    "query A { viewer { name } } query A { viewer { name } }",
    "fragment geheimwoord on Query { viewer { name } }",
    "{ geheimwoord: viewer { name } geheimwoord: complaints { totalCount } }",
    "{ node { id } }",
    "{ node(id: {geheimwoord: 1}) { id } }",
    "{ complaints(first: \"geheimwoord\") { totalCount } }",
    "{ complaints(orderBy: geheimwoord) { totalCount } }",
    "{ complaints(filter: {geheimwoord: 1}) { totalCount } }",
    "mutation { geheimwoord }",
    "subscription { geheimwoord }",
];

/// A document with its variables, and the status and code that it meets.
type Faulty = (&'static str, Value, u16, &'static str);

fn faults() -> Vec<Faulty> {
    let faulty = FAULTY.map(|document| (document, json!({}), 400, "BAD_REQUEST"));
    [faulty.to_vec(), uncoerced(), dear()].concat()
}

/// Variables that are not what the document says.
fn uncoerced() -> Vec<Faulty> {
    let sign_in = "mutation($v: SignInInput!) { signIn(input: $v) { userErrors { code } } }";
    let filtered = "query($v: ComplaintFilter) { complaints(filter: $v) { totalCount } }";
    let sorted = "query($v: ComplaintSort!) { complaints(orderBy: $v) { totalCount } }";
    let held =
        "mutation($v: PlaceLegalHoldInput!) { placeLegalHold(input: $v) { userErrors { code } } }";
    let nonsense = json!({ "complaintId": { "a": SECRET }, "reason": 5 });
    let values = [
        (
            "query($v: ID!) { node(id: $v) { id } }",
            json!({ "geheimwoord": 1 }),
        ),
        (
            "query($v: Int) { complaints(first: $v) { totalCount } }",
            json!(SECRET),
        ),
        (sorted, json!("geheimwoord \"met\" meer")),
        (filtered, json!({ "geheimwoord \" x": 1 })),
        (sign_in, json!({ "email": SECRET })),
        (sign_in, json!(SECRET)),
        (held, nonsense),
    ];
    let missing = (
        "query($v: ID!) { node(id: $v) { id } }",
        json!({}),
        400,
        "BAD_REQUEST",
    );
    let wrong = |(document, value)| (document, json!({ "v": value }), 400, "BAD_REQUEST");
    values.into_iter().map(wrong).chain([missing]).collect()
}

/// Documents that ask for too much; a page that is none is found out by its field.
fn dear() -> Vec<Faulty> {
    let pages = "{ complaints(first: 100) { nodes { rounds { deciders { name } hearings { party { name } } } letters { id } entries { text } deadlines { derivation { passedOver { on } } } } } }";
    let deep = "{ a{a{a{a{a{a{a{a{a{a{a{a{a{a{a{a{a{geheimwoord}}}}}}}}}}}}}}}}}}";
    vec![
        (pages, json!({}), 400, "TOO_COMPLEX"),
        (deep, json!({}), 400, "TOO_COMPLEX"),
        (
            "{ complaints(first: 0) { totalCount } }",
            json!({}),
            200,
            "BAD_REQUEST",
        ),
        (
            "{ complaints(after: \"geheimwoord\") { totalCount } }",
            json!({}),
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

    async fn a_value_that_does_not_fit_is_told_in_the_language_asked(app: &App) {
        let sign_in = "mutation($v: SignInInput!) { signIn(input: $v) { userErrors { code } } }";
        let form = "mutation($v: FileComplaintInput!) { fileComplaint(input: $v) { userErrors { code } } }";
        let complainant = json!({ "organisation": "livp", "complainant": { "locale": SECRET } });
        for (document, variables, nl, en) in [
            ("query($v: ID!) { node(id: $v) { id } }", json!({}), "Een variabele van het verzoek heeft geen waarde. Geef die mee.", "A variable of the request has no value. Give it one."),
            ("query($v: Int) { complaints(first: $v) { totalCount } }", json!({ "v": SECRET }), "`first`: hier hoort een geheel getal.", "`first`: expected here: a whole number."),
            ("query($v: ComplaintSort!) { complaints(orderBy: $v) { totalCount } }", json!({ "v": SECRET }), "`orderBy`: `ComplaintSort` heeft zo'n waarde niet.", "`orderBy`: `ComplaintSort` has no such value."),
            (sign_in, json!({ "v": { "email": SECRET } }), "`input`: het veld `password` ontbreekt. Vul het in.", "`input`: the field `password` is missing. Fill it in."),
            (form, json!({ "v": complainant }), "hier hoort een taal: nl of en.", "expected here: a language: nl or en."),
            ("{ node { id } }", json!({}), "`node`: het argument `id` ontbreekt. Geef het mee.", "`node`: the argument `id` is missing. Give it."),
        ] {
            for (language, words) in [("nl", nl), ("en", en)] {
                let answer = asked_in(app, language, document, &variables).await;
                let error = &answer["errors"][0];
                let message = error["message"].as_str().unwrap_or_default();
                assert!(message.contains(words), "{document}: {answer:#}");
                assert!(message.chars().count() <= 200 && !message.contains(SECRET), "{message}");
                assert_eq!(error["extensions"]["code"], "BAD_REQUEST", "{answer:#}");
            }
        }
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

/// The answer to a request in a language.
async fn asked_in(app: &App, language: &str, document: &str, variables: &Value) -> Value {
    let body = json!({ "query": document, "variables": variables }).to_string();
    let header = format!("accept-language: {language}\r\n");
    send(app.address, &post(&header, body.as_bytes()))
        .await
        .body
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
