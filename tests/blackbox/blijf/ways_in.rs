//! Ways in by link: what the use of one proves, and how long who came by one stays in.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    Case, ask,
    blijf::{BLIJF, prepare, respond},
    codes, done, letter, mutate, mutation_document,
};

const FIRST: &str = "petra@personen.example";
const FOUND: &str = "petra.post@personen.example";
const HOME: &str = "Dorpsstraat 1\n1234 AB Dorp";
const AWAY: &str = "Kerkplein 2\n1234 AB Dorp";

both! {
    async fn a_printed_link_lets_in_and_proves_no_mailbox(app: &App) {
        let case = registered(app, Some(HOME)).await;
        prepare(&case).await;
        respond(&case).await;
        came_back(&case).await;
        let seen = comes_in(app, &printed(app, &case).await).await;
        assert_eq!(case.seen_by(&seen).await["viewerLevel"], "COMPLAINANT");
        assert_eq!(is_verified(&case).await, false);
        assert_eq!(case.count("ADDRESS_VERIFIED").await, 0);
        app.come_in_by_link(FIRST).await;
        assert_eq!(is_verified(&case).await, true);
    }

    async fn a_link_proves_the_mailbox_to_which_it_was_mailed_and_no_other(app: &App) {
        let case = registered(app, None).await;
        let to_another = asks(&case, FIRST).await;
        app.database.execute("UPDATE access_link SET mailed_to = 1").await;
        comes_in(app, &to_another).await;
        assert_eq!(is_verified(&case).await, false);
        comes_in(app, &asks(&case, FIRST).await).await;
        assert_eq!(is_verified(&case).await, true);
        records(&case, json!({ "email": FOUND })).await;
        assert_eq!(is_verified(&case).await, false);
        comes_in(app, &asks(&case, FOUND).await).await;
        assert_eq!(is_verified(&case).await, true, "a link that was asked for says to which it was mailed");
    }

    async fn who_came_in_before_an_address_was_left_is_in_no_more(app: &App) {
        let case = registered(app, None).await;
        let old = app.come_in_by_link(FIRST).await;
        assert_eq!(case.seen_by(&old).await["viewerLevel"], "COMPLAINANT");
        records(&case, json!({ "email": FOUND })).await;
        is_out(&case, &old).await;
        let new = app.come_in_by_link(FOUND).await;
        stays_in(&case, &new).await;
        is_out(&case, &old).await;
        records(&case, json!({ "email": FIRST })).await;
        is_out(&case, &new).await;
        is_out(&case, &old).await;
    }

    async fn an_address_that_joins_another_ends_no_way_in(app: &App) {
        let case = registered(app, None).await;
        let seen = app.come_in_by_link(FIRST).await;
        let unused = asks(&case, FIRST).await;
        records(&case, json!({ "email": FIRST, "postalAddress": HOME })).await;
        stays_in(&case, &seen).await;
        let other = comes_in(app, &unused).await;
        stays_in(&case, &other).await;
        let unused = asks(&case, FIRST).await;
        records(&case, json!({ "email": FIRST, "postalAddress": AWAY })).await;
        is_out(&case, &seen).await;
        is_out(&case, &other).await;
        assert_eq!(codes(&redeemed(app, &unused).await), ["SIGN_IN_FAILED"], "the postal address was left");
    }

    async fn who_leaves_an_address_puts_nobody_out_but_themselves(app: &App) {
        let case = registered(app, None).await;
        case.act("advies1", "takeComplaint", json!({})).await;
        let contact = json!({ "name": "Gijs Gast", "email": "gast@personen.example" });
        case.act("advies1", "nameRespondent", json!({ "contact": contact })).await;
        app.sweep().await;
        let [complainant, respondent] = [app.come_in_by_link(FIRST).await, app.come_in_by_link("gast@personen.example").await];
        let unused = asks(&case, FIRST).await;
        let moved = json!({ "party": { "kind": "RESPONDENT", "number": 1 }, "address": { "email": "gijs@personen.example" } });
        case.act("admin", "recordAddress", moved).await;
        is_out(&case, &respondent).await;
        stays_in(&case, &complainant).await;
        comes_in(app, &unused).await;
        records(&case, json!({ "email": FOUND })).await;
        is_out(&case, &complainant).await;
        app.sweep().await;
        let respondent = app.come_in_by_link("gijs@personen.example").await;
        assert_eq!(case.seen_by(&respondent).await["viewerLevel"], "RESPONDENT");
    }
}

/// Petra Post wrote a letter, in which she gave a mailbox that is not proved by it; her confirmation is out.
async fn registered<'a>(app: &'a App, postal: Option<&str>) -> Case<'a> {
    let mut input = letter(app, BLIJF, Some("veilig"), "POST", "2026-03-02T07:00:00Z");
    input["complainant"] = json!({ "name": "Petra Post", "email": FIRST, "postalAddress": postal });
    let case = Case::registered(app, BLIJF, input).await;
    app.sweep().await;
    case
}

/// The administration records where the complainant is reached, and the letter that says so goes out.
async fn records(case: &Case<'_>, address: Value) {
    let input = json!({ "address": address });
    case.act("admin", "recordAddress", input).await;
    case.app.sweep().await;
}

/// The response to the complainant came back, and the worker has looked.
async fn came_back(case: &Case<'_>) {
    let mut letters = case.letters("RESPONSE").await;
    letters.retain(|letter| letter["to"] == FIRST);
    let input = json!({ "letterId": letters[0]["id"] });
    let who = format!("{BLIJF}/admin");
    let told = mutate(
        case.app,
        &who,
        "reportUndelivered",
        input,
        "letter { status }",
    );
    done(told.await);
    case.app.sweep().await;
}

/// Somebody asks for a link: the token in it.
async fn asks(case: &Case<'_>, email: &str) -> String {
    let before = tokens(case, email).await;
    let input = json!({ "organisation": BLIJF, "reference": case.reference, "email": email });
    done(mutate(case.app, "", "requestAccessLink", input, "isAccepted").await);
    case.app.sweep().await;
    let mut after = tokens(case, email).await;
    after.retain(|token| !before.contains(token));
    after.pop().expect("a letter with a link")
}

/// The tokens in the letters to an address so far.
async fn tokens(case: &Case<'_>, address: &str) -> Vec<String> {
    let letters = case.app.letters().await;
    let mine = letters.iter().filter(|letter| letter["to"] == address);
    mine.map(|letter| token_in(&letter["text"])).collect()
}

/// The token in the letter about it that waits to be printed.
async fn printed(app: &App, case: &Case<'_>) -> String {
    let document = "{ lettersToPrint(first: 100) { nodes { text complaint { id } } } }";
    let answer = app.ask("blijf-groep/admin", document, json!({})).await;
    let nodes = answer.data()["lettersToPrint"]["nodes"].as_array().unwrap();
    let mut mine = nodes
        .iter()
        .filter(|one| one["complaint"]["id"] == case.id.as_str());
    token_in(&mine.next().expect("a letter to print")["text"])
}

fn token_in(text: &Value) -> String {
    let (_, rest) = text.as_str().unwrap().split_once("/access#").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

async fn redeemed(app: &App, token: &str) -> Value {
    let session = "session { accessToken }";
    mutate(
        app,
        "",
        "redeemAccessLink",
        json!({ "token": token }),
        session,
    )
    .await
}

/// The access token of who uses a link.
async fn comes_in(app: &App, token: &str) -> String {
    let session = done(redeemed(app, token).await);
    session["session"]["accessToken"]
        .as_str()
        .expect("a token")
        .to_owned()
}

async fn is_verified(case: &Case<'_>) -> Value {
    let seen = case.part("complainant { isVerified }").await;
    seen["complainant"]["isVerified"].clone()
}

/// Whoever has this token sees nothing of the complaint and does nothing in it.
async fn is_out(case: &Case<'_>, token: &str) {
    let before = case.app.database.contents(&[]).await;
    for document in [
        "query($id: ID!) { complaint(id: $id) { complainant { contact { email } } } }",
        "query($id: ID!) { node(id: $id) { ... on Complaint { state } } }",
        "query($id: ID!) { nodes(ids: [$id]) { ... on Complaint { state } } }",
        "{ complaints { nodes { reference } } }",
        "{ complaints { totalCount } }",
        "{ viewer { complaint { state } } }",
    ] {
        let answer = ask(case.app, token, document, json!({ "id": case.id })).await;
        assert_eq!(
            answer.code(),
            Some("UNAUTHENTICATED"),
            "{document}: {:#}",
            answer.body
        );
        assert!(
            !answer.body.to_string().contains(FOUND),
            "{document}: {:#}",
            answer.body
        );
    }
    let input = json!({ "complaintId": case.id, "text": "Nog iets." });
    let document = mutation_document("addStatement", "");
    let answer = ask(case.app, token, &document, json!({ "input": input })).await;
    assert_eq!(answer.code(), Some("UNAUTHENTICATED"), "{:#}", answer.body);
    assert!(
        case.app.database.contents(&[]).await == before,
        "nothing is written"
    );
}

/// Whoever has this token sees the complaint, in lists too, and may act in it.
async fn stays_in(case: &Case<'_>, token: &str) {
    let list = "{ complaints { nodes { id } totalCount } }";
    let answer = ask(case.app, token, list, json!({})).await;
    let expected = json!({ "nodes": [{ "id": case.id }], "totalCount": 1 });
    assert_eq!(answer.data()["complaints"], expected);
    case.act(token, "addStatement", json!({ "text": "Nog iets." }))
        .await;
}
