//! The same request twice: by a key in the input or in the header, for each organisation and person by themselves.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{Case, ask, codes, done, form, letter, mutate, mutation_document};

both! {
    async fn the_same_key_and_input_gets_the_first_answer_and_files_once(app: &App) {
        let mut input = form(app, "livp", Some("basis"));
        input["idempotencyKey"] = json!("formulier-1");
        let receipt = "receipt { reference receivedAt }";
        let first = done(mutate(app, "", "fileComplaint", input.clone(), receipt).await);
        app.at("2026-03-03T08:00:00Z").await;
        let before = app.database.contents(&[]).await;
        let again = done(mutate(app, "", "fileComplaint", input.clone(), receipt).await);
        assert_eq!(first, again);
        let mut other = input.clone();
        other["description"] = json!("Iets heel anders.");
        let other = mutate(app, "", "fileComplaint", other, receipt).await;
        assert_eq!(codes(&other), ["IDEMPOTENCY_MISMATCH"]);
        assert_eq!(other["userErrors"][0]["field"], json!(["idempotencyKey"]));
        assert!(other["receipt"].is_null());
        assert!(app.database.contents(&[]).await == before);
        let count = app.ask("livp/admin", "{ complaints { totalCount } }", json!({})).await;
        assert_eq!(count.data()["complaints"]["totalCount"], 1);
    }

    async fn the_same_act_under_one_key_is_done_once(app: &App) {
        let case = held(app).await;
        let input = json!({ "reason": "Er loopt een zaak.", "idempotencyKey": "houden" });
        let first = case.act("admin", "placeLegalHold", input.clone()).await;
        let before = app.database.contents(&[]).await;
        let again = case.act("admin", "placeLegalHold", input.clone()).await;
        assert_eq!(first["version"], again["version"]);
        // Another mutation, another complaint and another text under that key are other requests.
        let lift = case.attempt("admin", "liftLegalHold", input.clone()).await;
        assert_eq!(codes(&lift), ["IDEMPOTENCY_MISMATCH"]);
        let words = json!({ "reason": "Iets anders.", "idempotencyKey": "houden" });
        assert_eq!(codes(&case.attempt("admin", "placeLegalHold", words).await), ["IDEMPOTENCY_MISMATCH"]);
        assert!(app.database.contents(&[]).await == before);
        let other = held(app).await;
        assert_eq!(codes(&other.attempt("admin", "placeLegalHold", input.clone()).await), ["IDEMPOTENCY_MISMATCH"]);
        // Somebody else has keys of their own.
        let theirs = other.attempt("admin2", "placeLegalHold", input).await;
        assert_eq!(codes(&theirs), [""; 0], "{theirs:#}");
    }

    async fn a_refused_act_leaves_its_key_free(app: &App) {
        let case = held(app).await;
        let lift = json!({ "reason": "Het is voorbij.", "idempotencyKey": "los" });
        assert_eq!(codes(&case.attempt("admin", "liftLegalHold", lift.clone()).await), ["NO_LEGAL_HOLD"]);
        case.act("admin", "placeLegalHold", json!({ "reason": "Er loopt een zaak." })).await;
        case.act("admin", "liftLegalHold", lift).await;
        assert_eq!(case.now().await["isUnderLegalHold"], false);
    }

    async fn a_key_in_the_header_counts_as_one_in_the_input(app: &App) {
        let case = held(app).await;
        let token = app.token("livp", "admin").await;
        let document = mutation_document("placeLegalHold", "");
        let mut versions = Vec::new();
        for _ in 0..2 {
            let body = json!({ "query": document, "variables": { "input": { "complaintId": case.id, "reason": "Er loopt een zaak." } } });
            let request = app.client.request(reqwest::Method::POST, "/graphql").bearer_auth(&token);
            let answer = request.header("idempotency-key", "kop").json(&body).send().await.unwrap();
            let told: Value = answer.json().await.unwrap();
            versions.push(done(told["data"]["placeLegalHold"].clone())["complaint"]["version"].clone());
        }
        assert_eq!(versions[0], versions[1]);
        let again = json!({ "reason": "Er loopt een zaak.", "idempotencyKey": "kop" });
        assert_eq!(case.act("admin", "placeLegalHold", again).await["version"], versions[0]);
    }

    async fn twenty_times_the_same_at_once_is_done_once(app: &App) {
        let mut input = form(app, "livp", Some("basis"));
        input["idempotencyKey"] = json!("ongeduld");
        let document = mutation_document("fileComplaint", "receipt { reference }");
        let mut asking = tokio::task::JoinSet::new();
        for _ in 0..20 {
            let (client, document, input) = (app.client.clone(), document.clone(), input.clone());
            asking.spawn(async move { client.gql(None, &document, json!({ "input": input })).await });
        }
        let mut told = BTreeSet::new();
        for answer in asking.join_all().await {
            let filed = done(answer.data()["fileComplaint"].clone());
            told.insert(filed["receipt"]["reference"].to_string());
        }
        assert_eq!(told.len(), 1, "{told:?}");
        let count = ask(app, "livp/admin", "{ complaints { totalCount } }", json!({})).await;
        assert_eq!(count.data()["complaints"]["totalCount"], 1);
    }

    async fn a_key_that_is_no_key_is_refused(app: &App) {
        let case = held(app).await;
        let before = app.database.contents(&[]).await;
        for key in ["", "   ", "\u{1}", &"k".repeat(300)] {
            let input = json!({ "reason": "Er loopt een zaak.", "idempotencyKey": key });
            let told = case.attempt("admin", "placeLegalHold", input).await;
            assert_eq!(told["userErrors"][0]["field"], json!(["idempotencyKey"]), "{key:?}: {told:#}");
        }
        assert!(app.database.contents(&[]).await == before);
    }
}

async fn held(app: &App) -> Case<'_> {
    let input = letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START);
    Case::registered(app, "livp", input).await
}
