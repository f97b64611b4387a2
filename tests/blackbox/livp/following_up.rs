//! LIVP: a measure has an owner and a day, and is followed up until somebody says that it was done and worked: L13.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    Case,
    livp::{agreed, entries, mail, member, told},
};

/// Agreed on 2 March, with a measure of trainer 3's until 1 June.
async fn measured(app: &App) -> (Case<'_>, Value) {
    let case = agreed(app).await;
    let named = json!({ "cause": "trainer_conduct" });
    case.act("trainer2", "classifyComplaint", named).await;
    let measure = json!({ "text": "Bijscholing.", "ownerId": member(app, "trainer3"), "dueOn": "2026-06-01" });
    let measures = json!({ "measures": [measure] });
    case.act("trainer2", "answerMeasures", measures).await;
    let id = case.now().await["measures"][0]["id"].clone();
    (case, id)
}

both! {
    async fn l13_whoever_sees_to_a_measure_is_reminded_and_alerted_until_it_is_done(app: &App) {
        let (case, id) = measured(app).await;
        app.at("2026-05-25T09:00:00Z").await;
        assert_eq!(told(&case, "measure_due").await, [mail("trainer3")]);
        app.at("2026-06-02T09:00:00Z").await;
        let alerted = told(&case, "measure_due").await;
        let letters = case.letters("measure_due").await;
        let of_owner = letters.iter().filter(|letter| letter["to"] == mail("trainer3").as_str());
        assert_eq!(of_owner.count(), 2, "{alerted:?}");
        assert!(alerted.contains(&mail("admin")), "{alerted:?}");
        let report = json!({ "measureId": id, "doneOn": "2026-06-02" });
        case.act("trainer3", "updateMeasure", report).await;
        app.at("2026-08-31T09:00:00Z").await;
        assert_eq!(told(&case, "measure_due").await, alerted);
        assert_eq!(entries(&case, "MEASURE_FOLLOWED_UP").await.len(), 2);
    }

    async fn l13_whoever_saw_to_a_measure_is_asked_whether_it_worked(app: &App) {
        let (case, id) = measured(app).await;
        let report = json!({ "measureId": id, "doneOn": "2026-03-02" });
        case.act("trainer3", "updateMeasure", report).await;
        app.at("2026-06-02T09:00:00Z").await;
        assert_eq!(told(&case, "measure_effect").await, [mail("trainer3")]);
        let judged = json!({ "measureId": id, "isEffective": true });
        case.act("trainer3", "updateMeasure", judged).await;
        app.at("2026-10-01T09:00:00Z").await;
        assert_eq!(told(&case, "measure_effect").await, [mail("trainer3")]);
    }

    async fn l13_a_measure_names_its_owner_and_its_day(app: &App) {
        let case = agreed(app).await;
        let owner = member(app, "trainer3");
        let without = [
            ("dueOn", json!({ "text": "Bellen.", "ownerId": owner })),
            ("ownerId", json!({ "text": "Bellen.", "dueOn": "2026-06-01" })),
        ];
        for (field, measure) in without {
            let input = json!({ "complaintId": case.id, "measures": [measure] });
            let document = "mutation($input: AnswerMeasuresInput!) { answerMeasures(input: $input) { complaint { id } } }";
            let answer = app.ask("livp/trainer2", document, json!({ "input": input })).await;
            let message = answer.body["errors"][0]["message"].as_str().unwrap_or_default();
            assert!(message.contains(field), "{:#}", answer.body);
        }
    }
}
