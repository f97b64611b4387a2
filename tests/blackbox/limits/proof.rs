//! Who files as nobody in particular lets their computer work for a moment.

use serde_json::{Value, json};
use wederhoor_tests::both;

use super::restrained::{Restrained, leading_zeros, told, worked_out};
use crate::steps::{form, mutation_document};

async fn challenge(at: &Restrained, organisation: &str) -> Value {
    let document = "query($slug: String!) { organisation(slug: $slug) { intakeChallenge { challenge difficulty expiresAt } } }";
    let answer = at
        .app
        .client
        .gql(None, document, json!({ "slug": organisation }))
        .await;
    answer.data()["organisation"]["intakeChallenge"].clone()
}

async fn file(at: &Restrained, token: Option<&str>, input: Value) -> String {
    let document = mutation_document("fileComplaint", "receipt { reference }");
    let answer = at.ask_as(token, "203.0.113.9", &document, input).await;
    let reference = &answer.body["data"]["fileComplaint"]["receipt"]["reference"];
    reference
        .as_str()
        .map_or_else(|| told(&answer, "fileComplaint"), str::to_owned)
}

/// The form, with a proof.
fn with(at: &Restrained, proof: &Value) -> Value {
    let mut input = form(&at.app, "livp", Some("basis"));
    input["proof"] = proof.clone();
    input
}

both! {
    async fn a_complaint_of_nobody_in_particular_comes_with_a_proof_of_work_that_counts_once(at: &Restrained) {
        assert_eq!(file(at, None, form(&at.app, "livp", Some("basis"))).await, "PROOF_REQUIRED");
        let task = challenge(at, "livp").await;
        assert_eq!(task["difficulty"], 6);
        let proof = worked_out(&task);
        let first = file(at, None, with(at, &proof)).await;
        assert!(first.starts_with("LIVP-2026-"), "{first}");
        assert_eq!(file(at, None, with(at, &proof)).await, "PROOF_EXPIRED", "it was used");
        let again = worked_out(&challenge(at, "livp").await);
        let second = file(at, None, with(at, &again)).await;
        assert!(second.starts_with("LIVP-2026-") && second != first, "{second}");
    }

    async fn a_proof_that_is_wrong_or_made_up_or_for_another_does_not_count(at: &Restrained) {
        let task = challenge(at, "livp").await;
        let text = task["challenge"].as_str().unwrap();
        let lazy = (0..1_000_000).find(|nonce| leading_zeros(&format!("{text}:{nonce}")) < 6).unwrap();
        let lazy = json!({ "challenge": text, "nonce": lazy.to_string() });
        let made_up = worked_out(&json!({ "challenge": "AAAA", "difficulty": 6 }));
        let tampered = worked_out(&json!({ "challenge": text.replacen("AQ", "AR", 1) + "A", "difficulty": 6 }));
        let of_another = worked_out(&challenge(at, "blijf-groep").await);
        let document = "{ signInChallenge { challenge difficulty } }";
        let to_sign_in = at.app.client.gql(None, document, json!({})).await;
        let to_sign_in = worked_out(&to_sign_in.data()["signInChallenge"]);
        let long = json!({ "challenge": text, "nonce": "0".repeat(1_000) });
        for proof in [lazy, made_up, tampered, of_another, to_sign_in, long] {
            assert_eq!(file(at, None, with(at, &proof)).await, "PROOF_WRONG", "{proof}");
        }
        let late = worked_out(&task);
        at.passes(3_600);
        assert_eq!(file(at, None, with(at, &late)).await, "PROOF_EXPIRED");
    }

    async fn a_form_that_is_refused_leaves_its_proof_and_an_answer_that_was_lost_is_told_again(at: &Restrained) {
        let proof = worked_out(&challenge(at, "livp").await);
        let mut input = with(at, &proof);
        input["description"] = Value::Null;
        assert_eq!(file(at, None, input.clone()).await, "FIELD_REQUIRED");
        input["description"] = json!("De deur was dicht.");
        input["idempotencyKey"] = json!("een-sleutel");
        let first = file(at, None, input.clone()).await;
        assert!(first.starts_with("LIVP-2026-"), "{first}");
        assert_eq!(file(at, None, input.clone()).await, first);
        input["idempotencyKey"] = json!("een-andere-sleutel");
        assert_eq!(file(at, None, input).await, "PROOF_EXPIRED");
    }

    async fn who_signed_in_files_without(at: &Restrained) {
        let token = at.app.token("livp", "admin").await;
        let filed = file(at, Some(&token), form(&at.app, "livp", Some("basis"))).await;
        assert!(filed.starts_with("LIVP-2026-"), "{filed}");
    }

    async fn where_none_is_asked_there_is_no_task(app: &wederhoor_tests::App) {
        let document = "{ organisation(slug: \"livp\") { intakeChallenge { challenge } } signInChallenge { challenge } }";
        let answer = app.client.gql(None, document, json!({})).await;
        assert_eq!(answer.data(), &json!({ "organisation": { "intakeChallenge": null }, "signInChallenge": null }));
    }
}
