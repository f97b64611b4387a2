//! What matters most is done by who showed a moment ago who they are. Which that is stands here: a new operation is not in
//! it by itself.

use serde_json::{Value, json};
use wederhoor_server::demo::PASSWORD;
use wederhoor_tests::{App, Kind, both};

use super::{attempt::attempt, ground::Ground, input::fill};
use crate::steps::{self, address, codes, done, mutate};

const ASK_FOR_IT: [&str; 16] = [
    "allowOrigins",
    "changeMember",
    "inviteMember",
    "makeApiKey",
    "makeBounceKey",
    "makeCalendarFeed",
    "nameStandIn",
    "publishPolicy",
    "resetLetterWording",
    "revokeApiKey",
    "revokeBounceKey",
    "rotateApiKey",
    "setContactDetails",
    "setLetterWording",
    "setMailSender",
    "setSecondFactorRequired",
];

/// Everybody showed who they are more than 15 minutes ago.
async fn a_while_passes(app: &App) {
    let earlier = match app.database.kind {
        Kind::Postgres => "now() - interval '15 minutes'",
        Kind::Sqlite => "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now', '-15 minutes')",
    };
    let earlier = format!("UPDATE session SET authenticated_at = {earlier}");
    app.database.execute(&earlier).await;
}

async fn sign_in(app: &App) -> Value {
    steps::sign_in(app, &address(app, "livp", "admin2"), "livp").await
}

/// The codes of a deed that asks for it.
async fn tried(app: &App, session: &Value) -> Vec<String> {
    let token = session["accessToken"].as_str().unwrap();
    let input = json!({ "isRequired": false });
    let told = mutate(app, token, "setSecondFactorRequired", input, "isRequired").await;
    codes(&told).into_iter().map(str::to_owned).collect()
}

both! {
    async fn what_matters_most_asks_for_it_and_the_rest_does_not(app: &App) {
        let ground = Ground::small(app).await;
        let (tenant, schema) = (&ground.tenants["livp"], &ground.schema);
        a_while_passes(app).await;
        let mut asking = Vec::new();
        for mutation in schema.mutations() {
            let input = fill(schema, &tenant.ids, schema.input_of(&mutation.name));
            // What ends the session comes by itself.
            if mutation.name.starts_with("signOut") || mutation.name == "switchTenant" {
                continue;
            }
            let before = app.database.contents(&[]).await;
            let outcome = attempt(app, schema, Some(tenant.token("admin")), &mutation.name, input).await;
            if outcome.has_code("RECENT_SIGN_IN_REQUIRED") {
                assert!(app.database.contents(&[]).await == before, "{} did something", mutation.name);
                asking.push(mutation.name.as_str());
            }
        }
        asking.sort_unstable();
        assert_eq!(asking, ASK_FOR_IT);
    }

    async fn it_is_shown_by_the_password_and_by_nothing_else(app: &App) {
        let session = sign_in(app).await;
        assert_eq!(tried(app, &session).await, [""; 0], "who has just signed in");
        a_while_passes(app).await;
        assert_eq!(tried(app, &session).await, ["RECENT_SIGN_IN_REQUIRED"]);
        let input = json!({ "refreshToken": session["refreshToken"] });
        let next = done(mutate(app, "", "refreshSession", input, "session { accessToken refreshToken }").await)["session"].clone();
        assert_eq!(tried(app, &next).await, ["RECENT_SIGN_IN_REQUIRED"], "that is no sign-in");
        let token = next["accessToken"].as_str().unwrap();
        let switched = mutate(app, token, "switchTenant", json!({ "organisation": "livp" }), "session { accessToken refreshToken }").await;
        let next = done(switched)["session"].clone();
        assert_eq!(tried(app, &next).await, ["RECENT_SIGN_IN_REQUIRED"], "nor is that");
        let token = next["accessToken"].as_str().unwrap();
        let confirm = async |password: &str| mutate(app, token, "confirmIdentity", json!({ "password": password }), "isConfirmed").await;
        assert_eq!(codes(&confirm("regenjas fiets wolk paard").await), ["SIGN_IN_FAILED"]);
        assert_eq!(tried(app, &next).await, ["RECENT_SIGN_IN_REQUIRED"]);
        assert_eq!(done(confirm(PASSWORD).await)["isConfirmed"], true);
        assert_eq!(tried(app, &next).await, [""; 0]);
    }

    async fn who_has_a_second_factor_shows_it_too(app: &App) {
        let session = sign_in(app).await;
        let token = session["accessToken"].as_str().unwrap();
        let (_, recovery) = crate::edge::set_up_second_factor(app, token).await;
        a_while_passes(app).await;
        let confirm = async |code: Option<&str>| {
            let input = json!({ "password": PASSWORD, "code": code });
            mutate(app, token, "confirmIdentity", input, "isConfirmed").await
        };
        assert_eq!(codes(&confirm(None).await), ["SECOND_FACTOR_REQUIRED"]);
        assert_eq!(codes(&confirm(Some("AAAA-AAAA-AAAA-AAAA")).await), ["SIGN_IN_FAILED"]);
        assert_eq!(tried(app, &session).await, ["RECENT_SIGN_IN_REQUIRED"]);
        done(confirm(Some(&recovery[0])).await);
        assert_eq!(tried(app, &session).await, [""; 0]);
        assert_eq!(codes(&confirm(Some(&recovery[0])).await), ["SIGN_IN_FAILED"], "each code once");
    }
}
