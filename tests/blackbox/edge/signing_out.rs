//! Where somebody is signed in, going on elsewhere, and leaving: what is over lets nobody in any more, at once.

use serde_json::{Value, json};
use wederhoor_tests::{Answer, App, both};

use crate::steps::{address, codes, done, joins_blijf, mutation_document, sign_in};

const LISTED: &str =
    "{ viewer { signIns { totalCount nodes { id organisationName isCurrent refreshedAt } } } }";
const ROLES: &str = "{ viewer { name roles memberships { nodes { organisation roles isCurrent } } } complaints { totalCount } }";
const TOKENS: &str = "session { accessToken refreshToken }";

async fn sent(
    app: &App,
    tokens: Option<&Value>,
    mutation: &str,
    shown: &str,
    input: Value,
) -> Value {
    let document = mutation_document(mutation, shown);
    let token = tokens.map(|tokens| tokens["accessToken"].as_str().unwrap());
    let answer = app
        .client
        .gql(token, &document, json!({ "input": input }))
        .await;
    answer.data()[mutation].clone()
}

async fn asked(app: &App, tokens: &Value, document: &str) -> Answer {
    let token = tokens["accessToken"].as_str();
    app.client.gql(token, document, json!({})).await
}

/// Neither of the tokens lets anybody in.
async fn is_over(app: &App, tokens: &Value) -> bool {
    let refused = asked(app, tokens, ROLES).await.code() == Some("UNAUTHENTICATED");
    let input = json!({ "refreshToken": tokens["refreshToken"] });
    let refreshed = sent(app, None, "refreshSession", TOKENS, input).await;
    assert_eq!(
        refused,
        codes(&refreshed) == ["SIGN_IN_FAILED"],
        "{refreshed:#}"
    );
    refused
}

/// The ids of where somebody is signed in, with that which asks first.
async fn listed(app: &App, tokens: &Value) -> Vec<Value> {
    let answer = asked(app, tokens, LISTED).await;
    let mut all = answer.data()["viewer"]["signIns"]["nodes"]
        .as_array()
        .unwrap()
        .clone();
    all.sort_by_key(|one| one["isCurrent"] != true);
    all.iter().map(|one| one["id"].clone()).collect()
}

both! {
    async fn somebody_sees_where_they_are_signed_in_and_ends_it_there(app: &App) {
        let email = address(app, "livp", "admin");
        let (here, there) = (sign_in(app, &email, "livp").await, sign_in(app, &email, "livp").await);
        let [_, other] = listed(app, &here).await.try_into().unwrap();
        let theirs = sign_in(app, &address(app, "livp", "admin2"), "livp").await;
        let shown = "signedOut { endedCount }";
        let refused = sent(app, Some(&theirs), "signOut", shown, json!({ "signInId": other })).await;
        assert_eq!(codes(&refused), ["NOT_FOUND"], "it is not theirs");
        let ended = sent(app, Some(&here), "signOut", shown, json!({ "signInId": other })).await;
        assert_eq!(done(ended)["signedOut"]["endedCount"], 1);
        assert!(is_over(app, &there).await);
        let again = sent(app, Some(&here), "signOut", shown, json!({ "signInId": other })).await;
        assert_eq!(codes(&again), ["NOT_FOUND"], "it is over");
        assert_eq!(listed(app, &here).await.len(), 1);
        done(sent(app, Some(&here), "signOut", shown, json!({})).await);
        assert!(is_over(app, &here).await);
        assert!(!is_over(app, &theirs).await);
    }

    async fn who_signs_out_everywhere_is_signed_in_nowhere(app: &App) {
        let email = address(app, "livp", "arbiter");
        joins_blijf(app, &email, "EXTERNAL_HANDLER").await;
        let shown = "signedOut { endedCount }";
        let all = [sign_in(app, &email, "livp").await, sign_in(app, &email, "blijf-groep").await];
        let last = sign_in(app, &email, "livp").await;
        let kept = sent(app, Some(&last), "signOutEverywhere", shown, json!({ "isKeptHere": true })).await;
        assert_eq!(done(kept)["signedOut"]["endedCount"], 3, "those two, and that by which they joined");
        for tokens in &all {
            assert!(is_over(app, tokens).await);
        }
        let here = refreshed(app, &last).await;
        done(sent(app, Some(&here), "signOutEverywhere", shown, json!({})).await);
        assert!(is_over(app, &here).await);
    }

    async fn an_arbiter_of_two_organisations_goes_from_one_to_the_other(app: &App) {
        let email = address(app, "livp", "arbiter");
        joins_blijf(app, &email, "EXTERNAL_HANDLER").await;
        let at_livp = sign_in(app, &email, "livp").await;
        let seen = asked(app, &at_livp, ROLES).await;
        assert_eq!(seen.data()["viewer"]["roles"], json!(["ARBITER"]));
        assert_eq!(seen.data()["viewer"]["memberships"]["nodes"].as_array().unwrap().len(), 2);
        let there = sent(app, Some(&at_livp), "switchTenant", TOKENS, json!({ "organisation": "blijf-groep" })).await;
        let there = done(there)["session"].clone();
        let seen = asked(app, &there, ROLES).await;
        assert_eq!(seen.data()["viewer"]["roles"], json!(["EXTERNAL_HANDLER"]));
        let current = seen.data()["viewer"]["memberships"]["nodes"].as_array().unwrap().iter().find(|one| one["isCurrent"] == true).unwrap();
        assert_eq!(current["organisation"], "blijf-groep");
        let back = sent(app, Some(&there), "switchTenant", TOKENS, json!({ "organisation": "livp" })).await;
        let back = done(back)["session"].clone();
        assert!(!is_over(app, &back).await);
        assert!(is_over(app, &at_livp).await, "what they had there is over");
        assert!(is_over(app, &back).await, "and whoever shows it ends the rest");
    }

    async fn nobody_goes_where_they_are_no_member(app: &App) {
        let here = sign_in(app, &address(app, "livp", "arbiter2"), "livp").await;
        let before = app.database.contents(&[]).await;
        for organisation in ["blijf-groep", "nergens", "", "LIVP\u{0}"] {
            let input = json!({ "organisation": organisation });
            let document = mutation_document("switchTenant", TOKENS);
            let answer = app.client.gql(here["accessToken"].as_str(), &document, json!({ "input": input })).await;
            let payload = &answer.body["data"]["switchTenant"];
            let is_refused = answer.code() == Some("BAD_REQUEST") || codes(payload) == ["NOT_FOUND"];
            assert!(is_refused, "{organisation}: {:#}", answer.body);
        }
        assert!(app.database.contents(&[]).await == before);
        assert!(!is_over(app, &here).await);
    }
}

async fn refreshed(app: &App, tokens: &Value) -> Value {
    let input = json!({ "refreshToken": tokens["refreshToken"] });
    done(sent(app, None, "refreshSession", TOKENS, input).await)["session"].clone()
}
