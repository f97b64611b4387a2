//! Choosing a password: what is tried first is refused, and the invitation stays as it was.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{codes, done, mutation_document};

const ADDRESS: &str = "nieuw@livp.example";

async fn accept(app: &App, token: &str, password: &str) -> Value {
    let input = json!({ "organisation": "livp", "token": token, "password": password });
    let shown = "session { accessToken } userErrors { field }";
    let document = mutation_document("acceptInvitation", shown);
    let answer = app
        .client
        .gql(None, &document, json!({ "input": input }))
        .await;
    answer.data()["acceptInvitation"].clone()
}

/// The token in the letter of somebody who is invited.
async fn invited(app: &App) -> String {
    let member = json!({ "name": "Nora Nieuwkomer", "email": ADDRESS, "roles": ["TRAINER"], "locale": "NL" });
    let document = mutation_document("inviteMember", "member { id }");
    let answer = app
        .ask(
            "livp/admin",
            &document,
            json!({ "input": { "member": member } }),
        )
        .await;
    done(answer.data()["inviteMember"].clone());
    app.sweep().await;
    let letters = app.letters_to(ADDRESS, "invitation").await;
    let (_, rest) = letters[0]["text"]
        .as_str()
        .unwrap()
        .split_once("/invitation#livp.")
        .unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

both! {
    async fn a_password_that_is_tried_first_is_refused_and_may_be_chosen_again(app: &App) {
        let token = invited(app).await;
        for (password, code) in [
            ("", "MALFORMED"),
            ("veertien teken", "MALFORMED"),
            ("passwordpassword", "GUESSABLE_PASSWORD"),
            ("111111111111111111", "GUESSABLE_PASSWORD"),
            ("nora nieuwkomer", "GUESSABLE_PASSWORD"),
            (ADDRESS, "GUESSABLE_PASSWORD"),
            (&"lang ".repeat(41), "TOO_LONG_TEXT"),
        ] {
            let refused = accept(app, &token, password).await;
            assert_eq!(codes(&refused), [code], "{password}");
            assert_eq!(refused["userErrors"][0]["field"], json!(["password"]), "{password}");
        }
        let taken = accept(app, &token, "regenjas fiets wolk paard").await;
        assert!(done(taken)["session"]["accessToken"].is_string());
        assert_eq!(codes(&accept(app, &token, "regenjas fiets wolk paard").await), ["SIGN_IN_FAILED"], "used");
    }
}
