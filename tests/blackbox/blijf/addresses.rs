//! Where letters go: every known address fails before the second attempt counts (rule of reading 4).

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    Case,
    blijf::{BLIJF, prepare, respond},
    codes, letter, mutate,
};

const FIRST: &str = "petra@personen.example";
const FOUND: &str = "petra.post@personen.example";
const HOME: &str = "Dorpsstraat 1\n1234 AB Dorp";

both! {
    async fn b09_a_response_that_came_back_by_mail_goes_on_paper_and_its_term_runs_from_the_posting(app: &App) {
        let case = answered(app, Some(HOME)).await;
        back(&case, FIRST).await;
        assert_eq!(case.stands().await, "AWAITING_COMPLAINANT");
        assert_eq!(printed(app, &case).await, [json!(HOME)]);
        assert!(case.told("admin", "UNDELIVERED").await[0].contains("op papier naar het postadres"));
        app.at("2026-03-18T08:00:00Z").await;
        assert!(case.now().await["rounds"][0]["response"]["deliveredAt"].is_null());
        assert_eq!(case.posted("response", "2026-03-18").await["letter"]["status"], "POSTED");
        assert_eq!(case.due("SILENCE").await[0], "2026-04-15");
        assert_eq!((case.count("LETTER_REDIRECTED").await, case.count("LETTER_SENT_AGAIN").await), (1, 0));
        app.at("2026-04-15T22:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
    }

    async fn b09_once_post_failed_too_the_second_attempt_follows_a_week_later(app: &App) {
        let case = answered(app, Some(HOME)).await;
        back(&case, FIRST).await;
        assert_eq!(case.posted("response", "2026-03-16").await["letter"]["status"], "POSTED");
        app.at("2026-03-20T08:00:00Z").await;
        assert!(codes(&case.came_back("response").await).is_empty());
        app.at("2026-03-26T08:00:00Z").await;
        assert_eq!(case.count("LETTER_REPRINTED").await, 0, "not before a week is over");
        app.at("2026-03-28T08:00:00Z").await;
        assert_eq!(printed(app, &case).await, [json!(HOME)]);
        assert_eq!(case.posted("response", "2026-03-28").await["letter"]["status"], "POSTED");
        assert_eq!(case.count("LETTER_SENT_AGAIN").await, 1);
        assert_eq!(case.due("SILENCE").await[0], "2026-04-28");
    }

    async fn b09_what_came_back_goes_at_once_to_an_address_that_is_found(app: &App) {
        let case = answered(app, None).await;
        let old = way_in(&case, FIRST).await;
        back(&case, FIRST).await;
        app.at("2026-03-18T08:00:00Z").await;
        case.act("admin", "recordAddress", json!({ "address": { "email": FOUND } })).await;
        app.sweep().await;
        let kinds = ["ADDRESS_RECORDED", "RESPONSE"].map(|kind| to(&case, FOUND, kind));
        for letters in kinds {
            assert_eq!(letters.await.len(), 1);
        }
        assert_eq!(redeem(app, &old).await, "SIGN_IN_FAILED", "who has the old mailbox gets in no more");
        assert!(case.now().await["rounds"][0]["response"]["deliveredAt"].is_null());
        app.at("2026-03-19T08:00:00Z").await;
        app.come_in_by_link(FOUND).await;
        assert_eq!(case.now().await["rounds"][0]["response"]["deliveredAt"], "2026-03-19T08:00:00Z");
        assert_eq!(case.due("SILENCE").await[0], "2026-04-16");
        assert_eq!(contact(&case).await["email"], FOUND);
        assert_eq!((case.count("LETTER_REDIRECTED").await, case.count("LETTER_SENT_AGAIN").await), (1, 0));
    }

    async fn a_letter_that_waits_to_be_posted_is_not_printed_for_an_address_that_was_left(app: &App) {
        let mut input = letter(app, BLIJF, Some("veilig"), "POST", "2026-03-02T07:00:00Z");
        input["complainant"] = json!({ "name": "Petra Post", "postalAddress": HOME });
        let case = Case::registered(app, BLIJF, input).await;
        let waits = printed(app, &case).await;
        assert_eq!(waits, [json!(HOME)]);
        let moved = json!({ "address": { "postalAddress": "Kerkplein 2\n1234 AB Dorp" } });
        case.act("admin", "recordAddress", moved).await;
        app.sweep().await;
        let waits = printed(app, &case).await;
        assert_eq!(waits, [json!("Kerkplein 2\n1234 AB Dorp"), json!("Kerkplein 2\n1234 AB Dorp")], "with the letter that says so");
        assert_eq!(case.letters("confirmation").await.iter().filter(|one| one["status"] == "withdrawn").count(), 1);
    }

    async fn an_address_is_recorded_by_the_administration_and_is_another_than_is_known(app: &App) {
        let case = answered(app, None).await;
        let address = json!({ "address": { "email": FOUND } });
        for (who, input, code) in [
            ("advies1", address, "NOT_ALLOWED"),
            ("admin", json!({ "address": { "email": FIRST } }), "ALREADY_DONE"),
            ("admin", json!({ "address": {} }), "REQUIRED"),
            ("admin", json!({ "address": { "email": "nergens" } }), "MALFORMED"),
            ("admin", json!({ "address": { "email": FOUND }, "party": { "kind": "REPRESENTATIVE" } }), "UNKNOWN_PARTY"),
            ("admin", json!({ "address": { "email": FOUND }, "party": { "kind": "RESPONDENT", "number": 9 } }), "UNKNOWN_PARTY"),
        ] {
            assert_eq!(case.refused(who, "recordAddress", input.clone()).await.0, code, "{input}");
        }
        assert_eq!(case.count("ADDRESS_RECORDED").await, 0);
    }
}

/// One whose complainant wrote by e-mail, and perhaps gave a postal address, with a response that went out on 16 March.
async fn answered<'a>(app: &'a App, postal: Option<&str>) -> Case<'a> {
    let mut input = letter(app, BLIJF, Some("veilig"), "EMAIL", "2026-03-02T07:00:00Z");
    input["complainant"] = json!({ "name": "Petra Post", "email": FIRST, "postalAddress": postal });
    let case = Case::registered(app, BLIJF, input).await;
    prepare(&case).await;
    app.at("2026-03-16T11:00:00Z").await;
    respond(&case).await;
    app.sweep().await;
    case
}

/// The letters of a kind that went to an address.
async fn to(case: &Case<'_>, address: &str, kind: &str) -> Vec<Value> {
    let mut letters = case.letters(kind).await;
    letters.retain(|letter| letter["to"] == address);
    letters
}

/// The response to an address came back, and the worker has looked.
async fn back(case: &Case<'_>, address: &str) {
    let letters = to(case, address, "RESPONSE").await;
    let input = json!({ "letterId": letters[0]["id"] });
    let payload = mutate(
        case.app,
        "blijf-groep/admin",
        "reportUndelivered",
        input,
        "letter { status }",
    )
    .await;
    assert_eq!(payload["letter"]["status"], "FAILED", "{payload:#}");
    case.app.sweep().await;
}

/// Where the letters about it go that wait to be printed.
async fn printed(app: &App, case: &Case<'_>) -> Vec<Value> {
    let document = "{ lettersToPrint(first: 100) { nodes { postalAddress complaint { id } } } }";
    let answer = app.ask("blijf-groep/admin", document, json!({})).await;
    let nodes = answer.data()["lettersToPrint"]["nodes"]
        .as_array()
        .unwrap()
        .clone();
    let mine = nodes
        .iter()
        .filter(|one| one["complaint"]["id"] == case.id.as_str());
    mine.map(|one| one["postalAddress"].clone()).collect()
}

/// The token of the link in the response to an address.
async fn way_in(case: &Case<'_>, address: &str) -> String {
    let letters = to(case, address, "RESPONSE").await;
    let text = letters[0]["text"].as_str().unwrap();
    let (_, rest) = text.split_once("/access#").expect("a link");
    rest.split_whitespace().next().unwrap().to_owned()
}

/// How the complainant is reached, as the administration sees it.
async fn contact(case: &Case<'_>) -> Value {
    let seen = case
        .part("complainant { contact { email postalAddress } }")
        .await;
    seen["complainant"]["contact"].clone()
}

/// What a link is refused for.
async fn redeem(app: &App, token: &str) -> Value {
    let payload = mutate(
        app,
        "",
        "redeemAccessLink",
        json!({ "token": token }),
        "session { accessToken }",
    )
    .await;
    payload["userErrors"][0]["code"].clone()
}
