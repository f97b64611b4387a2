//! Refresh tokens: each is used up by the next, and one that comes back later ends everything that came of it.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tokio::task::JoinSet;
use wederhoor_tests::{Answer, App, both};

use crate::steps::{self, address, mutation_document};

const REFRESH: &str = "mutation($input: RefreshSessionInput!) { refreshSession(input: $input) {
    session { accessToken refreshToken } userErrors { code } } }";

async fn sign_in(app: &App) -> Value {
    steps::sign_in(app, &address(app, "livp", "admin"), "livp").await
}

async fn refresh(app: &App, session: &Value) -> Answer {
    let input = json!({ "refreshToken": session["refreshToken"] });
    app.client
        .gql(None, REFRESH, json!({ "input": input }))
        .await
}

async fn refreshed(app: &App, session: &Value) -> Value {
    let answer = refresh(app, session).await;
    let next = &answer.body["data"]["refreshSession"]["session"];
    assert!(next["refreshToken"].is_string(), "{:#}", answer.body);
    next.clone()
}

async fn refuses(app: &App, session: &Value) {
    let answer = refresh(app, session).await;
    let payload = &answer.data()["refreshSession"];
    assert_eq!(payload["session"], Value::Null);
    assert_eq!(payload["userErrors"][0]["code"], "SIGN_IN_FAILED");
}

async fn is_over(app: &App, session: &Value) -> bool {
    let token = session["accessToken"].as_str().unwrap();
    let answer = app
        .client
        .gql(Some(token), "{ viewer { name } }", json!({}))
        .await;
    answer.code() == Some("UNAUTHENTICATED")
}

/// The time in which a lost answer may be asked for again is over.
async fn grace_passes(app: &App) {
    let long_ago =
        "UPDATE session SET rotated_at = '2026-01-01T00:00:00+00:00' WHERE rotated_at IS NOT NULL";
    app.database.execute(long_ago).await;
}

both! {
    async fn a_refresh_token_gives_the_next_and_is_used_up(app: &App) {
        let first = sign_in(app).await;
        let second = refreshed(app, &first).await;
        assert_ne!(first["refreshToken"], second["refreshToken"]);
        assert!(!is_over(app, &second).await);
        let lost = refreshed(app, &first).await;
        assert_eq!(lost["refreshToken"], second["refreshToken"], "the answer was lost");
        grace_passes(app).await;
        let third = refreshed(app, &second).await;
        assert!(!is_over(app, &third).await);
        grace_passes(app).await;
        refuses(app, &second).await;
        for session in [&first, &second, &third] {
            refuses(app, session).await;
            assert!(is_over(app, session).await, "the family is over");
        }
        assert!(!is_over(app, &sign_in(app).await).await, "who signs in anew is in");
    }

    async fn who_switched_with_a_copy_is_out_once_its_owner_comes(app: &App) {
        let owner = sign_in(app).await;
        let thief = refreshed(app, &owner).await;
        let document = mutation_document("switchTenant", "session { accessToken refreshToken }");
        let token = thief["accessToken"].as_str();
        let input = json!({ "input": { "organisation": "livp" } });
        let switched = app.client.gql(token, &document, input).await.data()["switchTenant"]["session"].clone();
        assert!(!is_over(app, &switched).await);
        refuses(app, &owner).await;
        assert!(is_over(app, &switched).await);
        refuses(app, &switched).await;
    }

    async fn a_token_that_was_made_up_for_a_session_ends_nothing(app: &App) {
        let session = sign_in(app).await;
        let (id, secret) = session["refreshToken"].as_str().unwrap().split_once('.').unwrap();
        let other = if secret.starts_with('B') { 'C' } else { 'B' };
        for made_up in ["A".repeat(43), "A".repeat(86), format!("{other}{}", &secret[1..])] {
            refuses(app, &json!({ "refreshToken": format!("{id}.{made_up}") })).await;
        }
        assert!(!is_over(app, &session).await);
        refreshed(app, &session).await;
    }

    async fn a_token_of_two_turns_ago_ends_the_family_at_once(app: &App) {
        let first = sign_in(app).await;
        let second = refreshed(app, &first).await;
        let third = refreshed(app, &second).await;
        refuses(app, &first).await;
        assert!(is_over(app, &third).await);
    }

    async fn a_hundred_refreshes_at_once_give_one_token(app: &App) {
        let first = sign_in(app).await;
        let mut running = JoinSet::new();
        for _ in 0..100 {
            let (client, input) = (app.client.clone(), json!({ "refreshToken": first["refreshToken"] }));
            running.spawn(async move { client.gql(None, REFRESH, json!({ "input": input })).await });
        }
        let mut live = BTreeSet::new();
        for answer in running.join_all().await {
            assert!(answer.status < 500, "{:#}", answer.body);
            let next = &answer.body["data"]["refreshSession"]["session"]["refreshToken"];
            live.extend(next.as_str().map(str::to_owned));
        }
        assert_eq!(live.len(), 1, "{live:?}");
        let next = live.into_iter().next().unwrap();
        let again = refreshed(app, &json!({ "refreshToken": next })).await;
        assert!(!is_over(app, &again).await);
    }
}
