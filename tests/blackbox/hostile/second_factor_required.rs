//! An organisation that asks a second factor of all who work for it: who has none does nothing there but set one up.

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
use crate::{
    edge::set_up_second_factor,
    steps::{done, mutate},
};

/// What anyone may ask.
const SHOWN: [&str; 3] = ["organisation", "signInChallenge", "viewer"];

both! {
    async fn who_works_for_it_without_one_does_nothing_but_set_it_up(app: &App) {
        let ground = Ground::small(app).await;
        let (tenant, schema) = (&ground.tenants["livp"], &ground.schema);
        let admin = tenant.token("admin");
        let needs = "{ viewer { isSecondFactorMissing } }";
        let seen = app.client.gql(Some(admin), needs, json!({})).await;
        assert_eq!(seen.data()["viewer"]["isSecondFactorMissing"], false);
        done(mutate(app, admin, "setSecondFactorRequired", json!({ "isRequired": true }), "isRequired").await);
        let before = app.database.contents(&[]).await;
        let required = Outcome::TopLevel("SECOND_FACTOR_REQUIRED".to_owned());
        for who in ["admin", "trainer1", "arbiter", "analist"] {
            let token = tenant.token(who);
            for mutation in schema.mutations() {
                let name = mutation.name.as_str();
                if THEIR_OWN.contains(&name) || FOR_ANYONE.contains(&name) {
                    continue;
                }
                let input = fill(schema, &tenant.ids, schema.input_of(name));
                let outcome = attempt(app, schema, Some(token), name, input).await;
                assert_eq!(outcome, required, "{name} by {who}");
            }
            for query in schema.questions() {
                let (document, variables) = asked(schema, &tenant.ids, query);
                let answer = app.client.gql(Some(token), &document, variables).await;
                if SHOWN.contains(&query.name.as_str()) {
                    assert_eq!(answer.code(), None, "{} by {who}: {:#}", query.name, answer.body);
                } else {
                    // What their role has no part in anyhow is hidden, as ever.
                    let is_hidden = who != "admin" && answer.code().is_none() && is_empty(&answer.body["data"][&query.name]);
                    assert!(is_hidden || answer.code() == Some("SECOND_FACTOR_REQUIRED"), "{} by {who}: {:#}", query.name, answer.body);
                }
            }
            let seen = app.client.gql(Some(token), needs, json!({})).await;
            assert_eq!(seen.data()["viewer"]["isSecondFactorMissing"], true);
        }
        assert!(app.database.contents(&[]).await == before);
        let party = app.client.gql(Some(tenant.token("klager")), "{ complaints { totalCount } }", json!({})).await;
        assert_eq!(party.code(), None, "a party without a role is not asked");
        let elsewhere = ground.tenants["blijf-groep"].token("admin");
        let other = app.client.gql(Some(elsewhere), "{ complaints { totalCount } }", json!({})).await;
        assert_eq!(other.code(), None, "nor is anybody of another organisation");
        set_up_second_factor(app, admin).await;
        let seen = app.client.gql(Some(admin), "{ viewer { isSecondFactorMissing } complaints { totalCount } }", json!({})).await;
        assert_eq!(seen.data()["viewer"]["isSecondFactorMissing"], false);
        done(mutate(app, admin, "setSecondFactorRequired", json!({ "isRequired": false }), "isRequired").await);
        let seen = app.client.gql(Some(tenant.token("arbiter")), "{ complaints { totalCount } }", json!({})).await;
        assert_eq!(seen.code(), None);
    }
}
