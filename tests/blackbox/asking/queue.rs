//! What is due: in pages, counted only when it is asked, and no more than the viewer may know.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{Case, ask, letter, livp::agreed};

const QUEUE: &str = "query($first: Int, $after: String) { workQueue(first: $first, after: $after) {
    totalCount nodes { reference deadline { kind instance dueAt } } pageInfo { hasNextPage endCursor } } }";

/// What only officials know to be due.
const INTERNAL: [&str; 2] = ["MEASURES", "POSTING"];

both! {
    async fn the_queue_pages_through_everything_once(app: &App) {
        for _ in 0..6 {
            let input = letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START);
            Case::registered(app, "livp", input).await;
        }
        let whole = page(app, "livp/admin", json!({ "first": 100 })).await;
        let rows = whole["nodes"].as_array().unwrap().clone();
        assert!(rows.len() > 7, "{whole:#}");
        assert_eq!(whole["totalCount"], rows.len());
        let (mut found, mut after) = (Vec::new(), Value::Null);
        loop {
            let one = page(app, "livp/admin", json!({ "first": 3, "after": after })).await;
            assert_eq!(one["totalCount"], rows.len());
            found.extend(one["nodes"].as_array().unwrap().clone());
            after = one["pageInfo"]["endCursor"].clone();
            if one["pageInfo"]["hasNextPage"] == false {
                break;
            }
            assert!(found.len() <= rows.len(), "it has no end");
        }
        assert_eq!(found, rows);
    }

    async fn parties_are_not_told_what_is_due_inside(app: &App) {
        let case = agreed(app).await;
        assert!(kinds(app, "livp/admin", &case).await.contains(&"MEASURES".to_owned()));
        for party in ["livp/klager", "livp/trainer1"] {
            let told = kinds(app, party, &case).await;
            assert!(told.iter().all(|kind| !INTERNAL.contains(&kind.as_str())), "{party}: {told:?}");
        }
    }

    async fn parties_are_not_told_that_something_inside_is_late(app: &App) {
        let mut input = letter(app, "livp", Some("basis"), "POST", wederhoor_tests::START);
        input["complainant"]["email"] = Value::Null;
        input["complainant"]["postalAddress"] = json!("Dorpsstraat 1, 1234 AB Ergens");
        input["respondents"] = json!([crate::steps::respondent(app, "livp", "trainer3")]);
        let case = Case::registered(app, "livp", input).await;
        case.act("admin", "assignDecider", json!({ "memberId": crate::steps::livp::member(app, "trainer2") })).await;
        crate::steps::done(case.posted("handler_named", "2026-03-02").await);
        case.act("trainer2", "nameRespondent", json!({ "number": 1 })).await;
        case.act("trainer2", "proposeSolution", json!({ "text": "Een tweede kans." })).await;
        crate::steps::done(case.posted("solution_for_sign_off", "2026-03-02").await);
        case.act("trainer2", "declareNoAgreement", json!({})).await;
        // The notice on paper should have been posted within a week, and nothing else is late.
        app.time_passes_until("2026-03-10T09:00:00Z");
        let list = "query { late: complaints(filter: { isOverdue: true }) { totalCount nodes { reference } }
            complaints { nodes { nextDeadline { kind isOverdue } } } }";
        let inside = ask(app, "livp/admin", list, json!({})).await.data().clone();
        assert_eq!(inside["late"], json!({ "totalCount": 1, "nodes": [{ "reference": case.reference }] }));
        assert_eq!(inside["complaints"]["nodes"], json!([{ "nextDeadline": { "kind": "POSTING", "isOverdue": true } }]));
        let outside = ask(app, "livp/trainer3", list, json!({})).await.data().clone();
        assert_eq!(outside["late"], json!({ "totalCount": 0, "nodes": [] }));
        assert_eq!(outside["complaints"]["nodes"], json!([{ "nextDeadline": null }]));
    }

    async fn every_list_counts_its_rows_for_who_reads_it(app: &App) {
        let mut input = letter(app, "livp", Some("basis"), "POST", wederhoor_tests::START);
        input["complainant"]["email"] = Value::Null;
        input["complainant"]["postalAddress"] = json!("Dorpsstraat 1, 1234 AB Ergens");
        Case::registered(app, "livp", input.clone()).await;
        Case::registered(app, "livp", input).await;
        for who in ["livp/admin", "livp/trainer2", "livp/trainer2"] {
            let talk = json!({ "contactOn": "2026-02-27", "isInvited": true, "note": "In de gang." });
            crate::steps::mutate(app, who, "recordInformalContact", talk, "informalContact { id }").await;
        }
        for list in ["complaints", "workQueue", "courses", "members", "lettersToPrint", "informalContacts", "policies"] {
            let document = format!("{{ all: {list}(first: 100) {{ totalCount nodes {{ __typename }} }} one: {list}(first: 1) {{ totalCount }} }}");
            for who in ["livp/admin", "livp/admin2", "livp/trainer2", "livp/klager", "blijf-groep/admin"] {
                let seen = ask(app, who, &document, json!({})).await;
                let rows = seen.data()["all"]["nodes"].as_array().unwrap().len();
                assert_eq!(seen.data()["all"]["totalCount"], rows, "{list} for {who}");
                assert_eq!(seen.data()["one"]["totalCount"], rows, "{list} for {who}");
                assert!(rows > 0 || who != "livp/admin", "{list}");
            }
        }
        let own = ask(app, "livp/trainer2", "{ informalContacts { totalCount } }", json!({})).await;
        assert_eq!(own.data()["informalContacts"]["totalCount"], 2, "their own");
    }
}

async fn page(app: &App, who: &str, variables: Value) -> Value {
    ask(app, who, QUEUE, variables).await.data()["workQueue"].clone()
}

/// What is due in a complaint, as somebody's queue and its own page tell it.
async fn kinds(app: &App, who: &str, case: &Case<'_>) -> Vec<String> {
    let queue = page(app, who, json!({ "first": 100 })).await;
    let rows = queue["nodes"].as_array().unwrap().clone();
    assert_eq!(queue["totalCount"], rows.len(), "{who}");
    let own = case.seen_by(who).await;
    let listed = ask(
        app,
        who,
        "{ complaints { nodes { nextDeadline { kind } } } }",
        json!({}),
    );
    let listed = listed.await.data()["complaints"]["nodes"].clone();
    let queued = rows.iter().map(|row| &row["deadline"]["kind"]);
    let of_dossier = own["deadlines"].as_array().unwrap().iter();
    let next = listed.as_array().unwrap().iter();
    queued
        .chain(of_dossier.map(|deadline| &deadline["kind"]))
        .chain(next.map(|node| &node["nextDeadline"]["kind"]))
        .map(|kind| kind.as_str().unwrap_or_default().to_owned())
        .collect()
}
