//! Where letters go: every known address fails before the second attempt counts (rule of reading 4).

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    Case,
    blijf::{BLIJF, on_paper, prepare, respond},
    codes, letter, mutate,
};

const FIRST: &str = "petra@personen.example";
const FOUND: &str = "petra.post@personen.example";
const HOME: &str = "Dorpsstraat 1\n1234 AB Dorp";

both! {
    async fn b09_a_response_that_came_back_by_mail_goes_on_paper_and_its_term_runs_from_the_posting(app: &App) {
        let case = answered(app, Some(HOME)).await;
        case.bounced(FIRST, "RESPONSE").await;
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
        case.bounced(FIRST, "RESPONSE").await;
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
        let old = way_in(&to(&case, FIRST, "RESPONSE").await[0]);
        case.bounced(FIRST, "RESPONSE").await;
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

    async fn what_waits_to_be_posted_goes_to_the_address_that_is_known_now(app: &App) {
        let case = on_paper(app, "2026-03-02T07:00:00Z").await;
        let first = case.on_paper("confirmation").await;
        case.act("advies1", "takeComplaint", json!({})).await;
        assert_eq!(printed(app, &case).await, [json!(HOME)], "who handles it");
        for house in ["Kerkplein 2\n1234 AB Dorp", "Kade 3\n1234 AB Dorp"] {
            case.act("admin", "recordAddress", json!({ "address": { "postalAddress": house } })).await;
            assert_eq!(printed(app, &case).await, [json!(house), json!(house)], "with the letter that says so");
        }
        let posted = letter_of(app, &first).await;
        assert_eq!(posted["postalAddress"], HOME, "where it went it went");
    }

    async fn what_waits_to_be_posted_goes_by_mail_once_there_is_a_mailbox(app: &App) {
        let case = on_paper(app, "2026-03-02T07:00:00Z").await;
        case.act("advies1", "takeComplaint", json!({})).await;
        case.act("admin", "recordAddress", json!({ "address": { "email": FOUND } })).await;
        assert_eq!(printed(app, &case).await, Vec::<Value>::new());
        app.sweep().await;
        let mailed = to(&case, FOUND, "HANDLER_NAMED").await;
        assert!(!mailed[0]["text"].as_str().unwrap().contains("Petra"), "nobody proved it: {mailed:#?}");
        let token = way_in(&mailed[0]);
        assert_eq!(redeem(app, &token).await, Value::Null, "its link opens");
    }

    async fn b07_a_posting_of_before_the_move_counts_also_when_it_is_registered_later(app: &App) {
        let case = on_paper(app, "2026-03-02T07:00:00Z").await;
        prepare(&case).await;
        app.at("2026-03-27T11:00:00Z").await;
        respond(&case).await;
        app.at("2026-03-31T08:00:00Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        case.act("admin", "recordAddress", json!({ "address": { "postalAddress": "Kerkplein 2" } })).await;
        assert_eq!(case.posted("response", "2026-03-28").await["letter"]["status"], "POSTED");
        assert_eq!(case.stands().await, "AWAITING_COMPLAINANT");
        assert_eq!(case.count("CLOCK_REVERSED").await, 1);
    }

    async fn b07_a_posting_of_before_the_mailbox_was_known_counts_also_when_it_is_registered_later(app: &App) {
        let case = on_paper(app, "2026-03-02T07:00:00Z").await;
        prepare(&case).await;
        app.at("2026-03-27T11:00:00Z").await;
        respond(&case).await;
        let response = case.on_paper("response").await["id"].clone();
        app.at("2026-03-31T08:00:00Z").await;
        case.act("admin", "recordAddress", json!({ "address": { "email": FOUND } })).await;
        app.sweep().await;
        let posted = async |on: &str| {
            let input = json!({ "letterId": response, "postedOn": on });
            mutate(app, "blijf-groep/admin", "recordPosted", input, "letter { channel }").await
        };
        assert_eq!(codes(&posted("2026-03-31").await), ["ALREADY_DONE"], "then it had gone by mail");
        assert!(codes(&posted("2026-03-28").await).is_empty());
        assert_eq!(case.stands().await, "AWAITING_COMPLAINANT");
        assert_eq!((case.due("SILENCE").await[0].as_str(), case.count("CLOCK_REVERSED").await), ("2026-04-28", 1));
        assert_eq!(codes(&posted("2026-03-28").await), ["ALREADY_DONE"]);
    }

    async fn a_letter_on_which_no_term_rests_goes_on_paper_too_when_it_came_back(app: &App) {
        let mut input = letter(app, BLIJF, Some("veilig"), "EMAIL", "2026-03-02T07:00:00Z");
        input["complainant"] = json!({ "name": "Petra Post", "email": FIRST, "postalAddress": HOME });
        let case = Case::registered(app, BLIJF, input).await;
        case.act("advies1", "takeComplaint", json!({})).await;
        app.sweep().await;
        case.bounced(FIRST, "HANDLER_NAMED").await;
        assert_eq!(case.posted("handler_named", "2026-03-02").await["letter"]["status"], "POSTED");
        assert_eq!(case.count("LETTER_REDIRECTED").await, 1);
        let told = case.told("admin", "UNDELIVERED").await;
        assert!(told[0].contains("op papier naar het postadres"), "{told:?}");
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

/// The token of the link in a letter.
fn way_in(letter: &Value) -> String {
    let text = letter["text"].as_str().unwrap();
    let (_, rest) = text.split_once("/access#").expect("a link");
    rest.split_whitespace().next().unwrap().to_owned()
}

/// A letter of the dossier, as the administration sees it.
async fn letter_of(app: &App, letter: &Value) -> Value {
    let document =
        "query($id: ID!) { node(id: $id) { ... on Complaint { letters { id postalAddress } } } }";
    let variables = json!({ "id": letter["complaintId"] });
    let answer = app.ask("blijf-groep/admin", document, variables).await;
    let letters = answer.data()["node"]["letters"].as_array().unwrap().clone();
    let found = letters.into_iter().find(|one| one["id"] == letter["id"]);
    found.expect("it is kept")
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
