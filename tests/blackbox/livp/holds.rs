//! LIVP: legal holds, on many complaints at once, and beside a destruction that runs.

use serde_json::{Value, json};
use tokio::task::JoinSet;
use wederhoor_tests::{App, both};

use crate::steps::{
    Case, codes, done,
    livp::{LIVP, filed},
    mutate, mutation_document,
};

const HELD: &str = "complaints { id }";
/// How often a hold and a destruction meet.
const ROUNDS: usize = 8;

/// Withdrawn, and nothing is chased any more.
async fn withdrawn(app: &App) -> Case<'_> {
    let case = filed(app, Some("basis")).await;
    case.act("klager", "withdrawComplaint", json!({})).await;
    case.act("admin", "classifyComplaint", json!({ "cause": "other" }))
        .await;
    let none = json!({ "reasonForNone": "Ingetrokken." });
    case.act("admin", "answerMeasures", none).await;
    case
}

fn on(cases: &[&Case<'_>], reason: &str) -> Value {
    let ids: Vec<&str> = cases.iter().map(|case| case.id.as_str()).collect();
    json!({ "complaintIds": ids, "reason": reason })
}

/// What is written of complaints; what is noted of who saw them may come later.
async fn written(app: &App) -> [Vec<String>; 3] {
    let all = app.database.contents(&[]).await;
    ["complaint", "complaint_event", "complaint_content"].map(|table| all[table].clone())
}

fn told(payload: &Value) -> Vec<(String, String)> {
    let errors = payload["userErrors"].as_array().unwrap().iter();
    let one = |error: &Value| {
        let path: Vec<&str> = error["field"]
            .as_array()
            .unwrap()
            .iter()
            .map(|step| step.as_str().unwrap())
            .collect();
        (path.join("."), error["code"].as_str().unwrap().to_owned())
    };
    errors.map(one).collect()
}

both! {
    async fn l10_holds_are_placed_and_lifted_on_many_at_once_each_with_its_entry(app: &App) {
        let cases = [withdrawn(app).await, filed(app, None).await, withdrawn(app).await];
        let all: Vec<&Case<'_>> = cases.iter().collect();
        let input = on(&all, "De rechter vraagt de stukken.");
        let placed = done(mutate(app, "livp/admin", "placeLegalHolds", input.clone(), HELD).await);
        let ids: Vec<&str> = placed["complaints"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect();
        assert_eq!(ids, cases.iter().map(|case| case.id.as_str()).collect::<Vec<_>>());
        let again = mutate(app, "livp/admin", "placeLegalHolds", input, HELD).await;
        assert_eq!(told(&again), [0, 1, 2].map(|place| (format!("complaintIds.{place}"), "ALREADY_DONE".to_owned())));
        let lifted = on(&all, "De zaak is klaar.");
        done(mutate(app, "livp/admin", "liftLegalHolds", lifted, HELD).await);
        for case in &cases {
            let entries = case.part("entries { kind text }").await["entries"].as_array().unwrap().clone();
            let last: Vec<(&Value, &Value)> = entries.iter().rev().take(2).map(|one| (&one["kind"], &one["text"])).collect();
            assert_eq!(last, [(&json!("HOLD_LIFTED"), &json!("De zaak is klaar.")), (&json!("HOLD_PLACED"), &json!("De rechter vraagt de stukken."))]);
        }
    }

    async fn l10_one_that_cannot_be_held_leaves_all_as_they_were_and_is_named(app: &App) {
        let gone = withdrawn(app).await;
        app.at("2031-03-03T09:00:00Z").await;
        gone.act("admin", "confirmDestruction", json!({})).await;
        let (free, held) = (filed(app, None).await, filed(app, None).await);
        held.act("admin", "placeLegalHold", json!({ "reason": "Rechtszaak." })).await;
        let before = written(app).await;
        let mut input = on(&[&free, &gone, &held], "Nog een zaak.");
        input["complaintIds"].as_array_mut().unwrap().push(json!("geen id"));
        let refused = mutate(app, "livp/admin", "placeLegalHolds", input, HELD).await;
        let expected = [("1", "DESTROYED"), ("2", "ALREADY_DONE"), ("3", "NOT_FOUND")];
        assert_eq!(told(&refused), expected.map(|(place, code)| (format!("complaintIds.{place}"), code.to_owned())));
        assert_eq!(refused["complaints"], Value::Null);
        let twice = mutate(app, "livp/admin", "placeLegalHolds", on(&[&free, &free], "Nog een zaak."), HELD).await;
        assert_eq!(told(&twice), [("complaintIds.1".to_owned(), "CONTRADICTORY".to_owned())]);
        let none = mutate(app, "livp/admin", "liftLegalHolds", on(&[], "Klaar."), HELD).await;
        assert_eq!(codes(&none), ["REQUIRED"]);
        let hidden = mutate(app, "livp/trainer1", "placeLegalHolds", on(&[&free], "Van mij."), HELD).await;
        assert_eq!(told(&hidden), [("complaintIds.0".to_owned(), "NOT_FOUND".to_owned())]);
        assert_eq!(written(app).await, before);
    }

    async fn l10_a_hold_beside_a_destruction_wins_or_loses_whole(app: &App) {
        let mut cases = Vec::new();
        for _ in 0..ROUNDS {
            cases.push(withdrawn(app).await);
        }
        app.at("2031-03-03T09:00:00Z").await;
        let token = app.token(LIVP, "admin").await;
        let (mut destroyed, mut held) = (0, 0);
        for (round, case) in cases.iter().enumerate() {
            let hold = (mutation_document("placeLegalHolds", HELD), on(&[case], "Rechtszaak."));
            let destroy = (mutation_document("confirmDestruction", ""), json!({ "complaintId": case.id }));
            let mut both = [("placeLegalHolds", hold), ("confirmDestruction", destroy)];
            both.rotate_left(round % 2);
            let mut running = JoinSet::new();
            for (name, (document, input)) in both {
                let (client, token) = (app.client.clone(), token.clone());
                running.spawn(async move {
                    let answer = client.gql(Some(&token), &document, json!({ "input": input })).await;
                    (name, codes(&answer.data()[name]).into_iter().map(str::to_owned).collect::<Vec<_>>())
                });
            }
            let answers: std::collections::BTreeMap<_, _> = running.join_all().await.into_iter().collect();
            let left = case.part("description destroyedAt isChainIntact complainant { name }").await;
            assert_eq!(left["isChainIntact"], true);
            if left["destroyedAt"].is_null() {
                held += 1;
                assert_eq!(answers["placeLegalHolds"], Vec::<String>::new());
                assert_eq!(answers["confirmDestruction"], ["UNDER_LEGAL_HOLD"]);
                assert!(left["description"].is_string() && left["complainant"]["name"].is_string(), "{left:#}");
            } else {
                destroyed += 1;
                assert_eq!(answers["confirmDestruction"], Vec::<String>::new());
                assert_eq!(answers["placeLegalHolds"], ["DESTROYED"]);
                assert!(left["description"].is_null() && left["complainant"]["name"].is_null(), "{left:#}");
            }
        }
        assert_eq!(destroyed + held, ROUNDS);
    }
}
