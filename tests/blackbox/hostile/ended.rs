//! A token that was never ours, is past its time, or is of a session that ended, and somebody who is a member no more: no
//! operation does anything for them.

use serde_json::{Value, json};
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
    edge::{expired, forged},
    steps::{address, done, mutate, sign_in},
};

/// What a member of no organisation is shown: what anyone is, and themselves.
const SHOWN: [&str; 3] = ["organisation", "signInChallenge", "viewer"];

/// The access token of a session of its own of a member.
async fn signed_in(app: &App, organisation: &str, key: &str) -> String {
    let session = sign_in(app, &address(app, organisation, key), organisation).await;
    session["accessToken"].as_str().expect("a token").to_owned()
}

both! {
    async fn no_operation_answers_a_token_that_is_dead(app: &App) {
        let ground = Ground::small(app).await;
        for (slug, tenant) in &ground.tenants {
            let live = signed_in(app, slug, "admin").await;
            let revoked = signed_in(app, slug, "admin").await;
            done(mutate(app, &revoked, "signOut", json!({}), "signedOut { endedCount }").await);
            let dead = [("expired", expired(&live)), ("forged", forged(&live)), ("revoked", revoked)];
            let before = app.database.contents(&[]).await;
            for (why, token) in &dead {
                for mutation in ground.schema.mutations() {
                    let input = fill(&ground.schema, &tenant.ids, ground.schema.input_of(&mutation.name));
                    let outcome = attempt(app, &ground.schema, Some(token), &mutation.name, input).await;
                    assert_eq!(outcome, Outcome::TopLevel("UNAUTHENTICATED".to_owned()), "{} {why}", mutation.name);
                }
                for query in ground.schema.questions() {
                    let (document, variables) = asked(&ground.schema, &tenant.ids, query);
                    let answer = app.client.gql(Some(token), &document, variables).await;
                    assert_eq!((answer.status, answer.code()), (401, Some("UNAUTHENTICATED")), "{} {why}", query.name);
                    assert_eq!(answer.body["data"], Value::Null, "{} {why}", query.name);
                }
            }
            assert!(app.database.contents(&[]).await == before);
        }
    }

    async fn no_operation_does_anything_for_who_is_a_member_no_more(app: &App) {
        let ground = Ground::small(app).await;
        for (slug, tenant) in &ground.tenants {
            let (keeper, gone) = (tenant.token("admin"), signed_in(app, slug, "analist").await);
            let person = app.person(slug, "analist");
            let member = json!({
                "name": person["name"], "email": person["email"], "roles": ["ANALYST"], "locale": "NL", "activeUntilOn": "2026-01-01",
            });
            let input = json!({ "memberId": person["id"], "member": member });
            done(mutate(app, keeper, "changeMember", input, "member { id }").await);
            let before = app.database.contents(&[]).await;
            for mutation in ground.schema.mutations() {
                let name = mutation.name.as_str();
                if THEIR_OWN.contains(&name) || FOR_ANYONE.contains(&name) {
                    continue;
                }
                let input = fill(&ground.schema, &tenant.ids, ground.schema.input_of(name));
                let outcome = attempt(app, &ground.schema, Some(&gone), name, input).await;
                let is_refused = outcome.has_code("NOT_ALLOWED") || outcome.has_code("NOT_FOUND") || outcome == Outcome::TopLevel("UNAUTHENTICATED".to_owned());
                assert!(is_refused, "{name}: {outcome:?}");
            }
            for query in ground.schema.questions().filter(|query| !SHOWN.contains(&query.name.as_str())) {
                let (document, variables) = asked(&ground.schema, &tenant.ids, query);
                let answer = app.client.gql(Some(&gone), &document, variables).await;
                assert!(is_empty(&answer.body["data"][&query.name]), "{}: {:#}", query.name, answer.body);
            }
            assert!(app.database.contents(&[]).await == before);
        }
    }
}
