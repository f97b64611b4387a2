//! An API key gets at nothing but what is listed here, by no operation, of its own organisation or of another.

use serde_json::Value;
use wederhoor_tests::{App, both};

use super::{
    attempt::{Outcome, attempt},
    ground::Ground,
    input::{asked, fill},
};
use crate::api_keys::made;

/// What a key of every scope is shown.
const SHOWN: [&str; 2] = ["statistics", "apiKey"];

both! {
    async fn a_key_does_nothing_and_is_shown_only_what_is_listed(app: &App) {
        let ground = Ground::small(app).await;
        let (secret, _) = made(app, "livp/admin").await;
        let schema = &ground.schema;
        let before = app.database.contents(&["tally"]).await;
        for tenant in ground.tenants.values() {
            for mutation in schema.mutations() {
                let input = fill(schema, &tenant.ids, schema.input_of(&mutation.name));
                let outcome = attempt(app, schema, Some(&secret), &mutation.name, input).await;
                assert_eq!(outcome, Outcome::TopLevel("NOT_ALLOWED".to_owned()), "{}", mutation.name);
            }
            let mut shown = Vec::new();
            for query in schema.questions() {
                let (document, variables) = asked(schema, &tenant.ids, query);
                let answer = app.client.gql(Some(&secret), &document, variables).await;
                if answer.code().is_none() {
                    shown.push(query.name.as_str());
                } else {
                    assert!(matches!(answer.code(), Some("NOT_ALLOWED" | "UNAUTHENTICATED")), "{}: {:#}", query.name, answer.body);
                    assert_eq!(answer.body["data"], Value::Null, "{}", query.name);
                }
            }
            assert_eq!(shown, SHOWN);
        }
        assert!(app.database.contents(&["tally"]).await == before);
    }
}
