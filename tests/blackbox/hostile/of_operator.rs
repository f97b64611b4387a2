//! An operator of the platform gets at nothing of an organisation, by no operation; and nobody else gets at theirs.

use serde_json::json;
use wederhoor_tests::{App, both};

use super::{
    anonymous::FOR_ANYONE,
    attempt::{Outcome, attempt},
    foreign_ids::is_empty,
    ground::Ground,
    input::{asked, fill},
    wrong_state::THEIR_OWN,
};
use crate::operator::operator;

/// What operators do, and nobody else.
pub(super) const OF_OPERATORS: [&str; 7] = [
    "allowSenders",
    "createTenant",
    "decreeEquatedDays",
    "deleteTenant",
    "resumeTenant",
    "retryStuckWork",
    "suspendTenant",
];

/// What an operator is shown: what anyone is, themselves, the organisations by name, the days of decrees, and whose work fails.
const SHOWN: [&str; 5] = [
    "equatedDays",
    "organisation",
    "stuckWork",
    "tenants",
    "viewer",
];

both! {
    async fn no_door_gives_an_operator_anything_of_an_organisation(app: &App) {
        let ground = Ground::small(app).await;
        let (token, _) = operator(app).await;
        let schema = &ground.schema;
        let before = app.database.contents(&[]).await;
        for tenant in ground.tenants.values() {
            for mutation in schema.mutations() {
                let name = mutation.name.as_str();
                let is_open = FOR_ANYONE.contains(&name) || THEIR_OWN.contains(&name) || OF_OPERATORS.contains(&name);
                if is_open && name != "fileComplaint" {
                    continue;
                }
                let input = fill(schema, &tenant.ids, schema.input_of(name));
                let outcome = attempt(app, schema, Some(&token), name, input).await;
                assert!(outcome.has_code("NOT_ALLOWED"), "{name}: {outcome:?}");
            }
            for query in schema.questions() {
                let (document, variables) = asked(schema, &tenant.ids, query);
                let answer = app.client.gql(Some(&token), &document, variables).await;
                if SHOWN.contains(&query.name.as_str()) {
                    assert_eq!(answer.code(), None, "{}: {:#}", query.name, answer.body);
                } else {
                    let is_nothing = is_empty(&answer.body["data"][&query.name]);
                    assert!(is_nothing, "{}: {:#}", query.name, answer.body);
                    assert!(matches!(answer.code(), None | Some("UNAUTHENTICATED")), "{}: {:#}", query.name, answer.body);
                }
            }
        }
        let switched = attempt(app, schema, Some(&token), "switchTenant", json!({ "organisation": "livp" })).await;
        assert!(switched.has_code("NOT_ALLOWED"), "{switched:?}");
        assert!(app.database.contents(&[]).await == before);
    }

    async fn nobody_of_an_organisation_does_what_operators_do(app: &App) {
        let ground = Ground::small(app).await;
        let before = app.database.contents(&[]).await;
        for tenant in ground.tenants.values() {
            for (who, token) in &tenant.people {
                for name in OF_OPERATORS {
                    let input = fill(&ground.schema, &tenant.ids, ground.schema.input_of(name));
                    let outcome = attempt(app, &ground.schema, Some(token), name, input).await;
                    let refused = vec![("NOT_ALLOWED".to_owned(), None)];
                    assert_eq!(outcome, Outcome::UserErrors(refused), "{name} by {who}");
                }
                let asked = app.client.gql(Some(token), "{ tenants { totalCount nodes { slug } } }", json!({})).await;
                assert_eq!(asked.data(), &json!({ "tenants": { "totalCount": 0, "nodes": [] } }), "{who}");
            }
        }
        assert!(app.database.contents(&[]).await == before);
    }
}
