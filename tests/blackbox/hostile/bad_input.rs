//! Input that is not right is refused with a code, and nothing is written.

use serde_json::json;
use wederhoor_tests::{App, both};

use super::{
    attempt::{Outcome, attempt},
    bad_values::bad_inputs,
    ground::{Chance, Ground, Spot},
    schema::Schema,
};

/// They answer the same whatever is asked, so that nobody learns which complaints and accounts there are.
const NEVER_TELLS: [&str; 2] = ["requestAccessLink", "requestPasswordReset"];

both! {
    async fn every_mutation_refuses_bad_input_and_writes_nothing(app: &App) {
        let ground = Ground::of(app).await;
        let allowed = ground.allowed(app).await;
        let (mut nowhere, mut wrong) = (Vec::new(), Vec::new());
        let mut before = app.database.contents(&[]).await;
        for mutation in ground.schema.mutations() {
            let Chance { spot, ids, is_allowed } = ground.chance(&allowed, &mutation.name);
            if is_on_complaint(&ground.schema, &mutation.name) && !is_allowed {
                nowhere.push(mutation.name.as_str());
            }
            let taken = taken(app, &ground.schema, &spot, &ids, &mutation.name).await;
            let after = app.database.contents(&[]).await;
            assert!(!taken.is_empty() || after == before, "bad input to {} changed something", mutation.name);
            before = after;
            wrong.extend(taken);
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(nowhere, Vec::<&str>::new(), "tried only where they are refused anyway: make a state");
    }

    async fn a_mutation_without_its_input_is_no_request(app: &App) {
        let schema = Schema::of(&app.client).await;
        let token = app.token("livp", "admin").await;
        let before = app.database.contents(&[]).await;
        for mutation in schema.mutations() {
            let document = schema.mutation_document(&mutation.name);
            for variables in [json!({}), json!({ "input": null }), json!({ "invoer": {} })] {
                let answer = app.client.gql(Some(&token), &document, variables).await;
                assert_eq!(answer.code(), Some("BAD_REQUEST"), "{}: {:#}", mutation.name, answer.body);
                assert_eq!(answer.status, 400, "{}", mutation.name);
            }
            let bare = format!("mutation {{ {} {{ userErrors {{ code }} }} }}", mutation.name);
            let answer = app.client.gql(Some(&token), &bare, json!({})).await;
            assert_eq!((answer.code(), answer.status), (Some("BAD_REQUEST"), 400), "{}", mutation.name);
        }
        assert!(app.database.contents(&[]).await == before);
    }

    async fn a_body_that_is_too_large_or_no_json_is_refused(app: &App) {
        let token = app.token("livp", "admin").await;
        let before = app.database.contents(&[]).await;
        for body in ["", "{", "[1,2", "\"tekst\"", "null", "{\"query\": 5}", "\u{0}", "{\"query\":\"{\"}"] {
            let request = app.client.request(reqwest::Method::POST, "/graphql").bearer_auth(&token);
            let request = request.header("content-type", "application/json").header("accept", "application/graphql-response+json");
            let answer = request.body(body).send().await.unwrap();
            assert_eq!(answer.status(), 400, "{body}");
            let told: serde_json::Value = answer.json().await.unwrap();
            assert_eq!(told["errors"][0]["extensions"]["code"], "BAD_REQUEST", "{body}");
        }
        // The last one: the connection ends, as the rest of the body is not read.
        let large = json!({ "query": "{ __typename }", "variables": { "x": "a".repeat(300_000) } });
        let answer = app.client.send(Some(&token), &large).await;
        assert_eq!((answer.status, answer.code()), (413, Some("PAYLOAD_TOO_LARGE")), "{:#}", answer.body);
        assert!(app.database.contents(&[]).await == before);
    }
}

pub(super) fn is_on_complaint(schema: &Schema, mutation: &str) -> bool {
    let inputs = &schema.named(schema.input_of(mutation)).inputs;
    inputs.iter().any(|slot| slot.name == "complaintId")
}

/// Tries every bad input, and answers with those that were not refused.
async fn taken(
    app: &App,
    schema: &Schema,
    spot: &Spot,
    ids: &super::input::Ids,
    mutation: &str,
) -> Vec<String> {
    let mut wrong = Vec::new();
    for bad in bad_inputs(schema, ids, schema.input_of(mutation)) {
        let outcome = attempt(app, schema, Some(&spot.token), mutation, bad.input).await;
        if let Some(code) = outcome.without_field() {
            wrong.push(format!("{mutation}: {} -> {code} of no field", bad.what));
        }
        let is_fine =
            outcome.is_refusal() || (outcome == Outcome::Done && NEVER_TELLS.contains(&mutation));
        if !is_fine {
            wrong.push(format!("{mutation}: {} -> {outcome:?}", bad.what));
        }
    }
    wrong
}
