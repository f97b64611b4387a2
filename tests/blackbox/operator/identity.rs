//! How an operator comes to be, gets in, and is nobody again.

use serde_json::{Value, json};
use wederhoor_server::demo::PASSWORD;
use wederhoor_tests::{App, both};

use super::{EMAIL, newcomer, operator, sign_in, tenants};
use crate::{
    edge::set_up_second_factor,
    steps::{codes, done, mutate},
};

const SESSION: &str = "session { accessToken expiresAt refreshToken }";
const VIEWER: &str =
    "{ viewer { name email isOperator isSecondFactorMissing hasSecondFactor memberId roles } }";
const SIGN_INS: &str = "{ viewer { memberships { nodes { organisation } } signIns { nodes { organisationName isCurrent } } } }";

async fn code_of(app: &App, token: &str) -> Option<String> {
    let answer = app
        .client
        .gql(Some(token), "{ tenants { totalCount } }", json!({}))
        .await;
    answer.code().map(str::to_owned)
}

both! {
    async fn an_operator_who_forgot_their_password_is_handed_a_way_to_another(app: &App) {
        let (token, recovery) = operator(app).await;
        assert_eq!(app.reset_operator("admin@livp.example").await, None, "they are no operator");
        assert_eq!(app.reset_operator("niemand@platform.example").await, None);
        let url = app.reset_operator(&EMAIL.to_uppercase()).await.unwrap();
        let (_, way) = url.split_once("/password#").unwrap();
        let reset = async |password: &str| {
            let input = json!({ "token": way, "password": password });
            mutate(app, "", "resetPassword", input, "isReset").await
        };
        assert_eq!(code_of(app, &token).await, None, "until it is used nothing has happened");
        done(reset("regenjas fiets wolk paard").await);
        assert_eq!(code_of(app, &token).await.as_deref(), Some("UNAUTHENTICATED"));
        assert_eq!(codes(&reset("paard wolk fiets regenjas").await), ["SIGN_IN_FAILED"], "it was used");
        assert_eq!(codes(&mutate(app, "", "signIn", sign_in(Some(&recovery[0])), SESSION).await), ["SIGN_IN_FAILED"]);
        let mut anew = sign_in(None);
        anew["password"] = json!("regenjas fiets wolk paard");
        assert_eq!(codes(&mutate(app, "", "signIn", anew.clone(), SESSION).await), ["SECOND_FACTOR_REQUIRED"]);
        anew["code"] = json!(recovery[0]);
        done(mutate(app, "", "signIn", anew, SESSION).await);
        app.remove_operator(EMAIL).await;
        assert_eq!(app.reset_operator(EMAIL).await, None, "they are none any more");
    }

    async fn without_a_second_factor_an_operator_does_nothing_but_set_one_up(app: &App) {
        let token = newcomer(app).await;
        let seen = app.client.gql(Some(&token), VIEWER, json!({})).await.data()["viewer"].clone();
        assert_eq!((&seen["isOperator"], &seen["isSecondFactorMissing"]), (&json!(true), &json!(true)));
        assert_eq!((&seen["email"], &seen["memberId"]), (&json!(EMAIL), &Value::Null));
        let own = app.client.gql(Some(&token), SIGN_INS, json!({})).await.data()["viewer"].clone();
        let here = json!({ "organisationName": null, "isCurrent": true });
        assert_eq!(own, json!({ "memberships": { "nodes": [] }, "signIns": { "nodes": [here] } }));
        assert_eq!(code_of(app, &token).await.as_deref(), Some("SECOND_FACTOR_REQUIRED"));
        let document = "mutation { suspendTenant(input: { slug: \"livp\", reason: \"Zomaar.\" }) { tenant { slug } } }";
        let refused = app.client.gql(Some(&token), document, json!({})).await;
        assert_eq!(refused.code(), Some("SECOND_FACTOR_REQUIRED"));
        set_up_second_factor(app, &token).await;
        let seen = app.client.gql(Some(&token), VIEWER, json!({})).await.data()["viewer"].clone();
        assert_eq!((&seen["hasSecondFactor"], &seen["isSecondFactorMissing"]), (&json!(true), &json!(false)));
        let slugs: Vec<Value> = tenants(app, &token).await.iter().map(|one| one["slug"].clone()).collect();
        assert_eq!(slugs, ["blijf-groep", "livp"]);
    }

    async fn an_operator_names_no_organisation_and_shows_a_code(app: &App) {
        let (_, recovery) = operator(app).await;
        assert_eq!(codes(&mutate(app, "", "signIn", sign_in(None), SESSION).await), ["SECOND_FACTOR_REQUIRED"]);
        let mut elsewhere = sign_in(Some(&recovery[0]));
        elsewhere["organisation"] = json!("livp");
        assert_eq!(codes(&mutate(app, "", "signIn", elsewhere, SESSION).await), ["SIGN_IN_FAILED"]);
        let session = done(mutate(app, "", "signIn", sign_in(Some(&recovery[0])), SESSION).await)["session"].clone();
        assert_eq!(session["refreshToken"], Value::Null, "nothing prolongs it");
        assert_eq!(code_of(app, session["accessToken"].as_str().unwrap()).await, None);
        assert_eq!(codes(&mutate(app, "", "signIn", sign_in(Some(&recovery[0])), SESSION).await), ["SIGN_IN_FAILED"], "each code once");
    }

    async fn an_operator_signs_out_here_and_everywhere(app: &App) {
        let (first, recovery) = operator(app).await;
        let enter = async |code: &str| {
            let session = done(mutate(app, "", "signIn", sign_in(Some(code)), SESSION).await);
            session["session"]["accessToken"].as_str().unwrap().to_owned()
        };
        let (second, third) = (enter(&recovery[0]).await, enter(&recovery[1]).await);
        let shown = "signedOut { endedCount }";
        let ended = done(mutate(app, &second, "signOut", json!({}), shown).await);
        assert_eq!(ended["signedOut"]["endedCount"], 1);
        assert_eq!(code_of(app, &second).await.as_deref(), Some("UNAUTHENTICATED"));
        let kept = done(mutate(app, &third, "signOutEverywhere", json!({ "isKeptHere": true }), shown).await);
        assert_eq!(kept["signedOut"]["endedCount"], 1);
        assert_eq!(code_of(app, &first).await.as_deref(), Some("UNAUTHENTICATED"));
        assert_eq!(code_of(app, &third).await, None);
    }

    async fn what_an_operator_may_is_gone_at_once_when_it_is_taken_away(app: &App) {
        let (token, recovery) = operator(app).await;
        app.remove_operator(EMAIL).await;
        assert_eq!(code_of(app, &token).await.as_deref(), Some("UNAUTHENTICATED"));
        assert_eq!(codes(&mutate(app, "", "signIn", sign_in(Some(&recovery[0])), SESSION).await), ["SIGN_IN_FAILED"]);
    }

    async fn an_operator_is_signed_in_for_an_hour_at_most(app: &App) {
        let (token, _) = operator(app).await;
        let over = match app.database.kind {
            wederhoor_tests::Kind::Postgres => "now()",
            wederhoor_tests::Kind::Sqlite => "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')",
        };
        app.database.execute(&format!("UPDATE operator_session SET expires_at = {over}")).await;
        assert_eq!(code_of(app, &token).await.as_deref(), Some("UNAUTHENTICATED"));
    }

    async fn an_invitation_of_an_operator_works_once_and_the_newest_only(app: &App) {
        let (old, new) = (app.invite_operator(EMAIL).await, app.invite_operator(EMAIL).await);
        let accept = async |url: &str| {
            let (_, token) = url.split_once("/operator#").unwrap();
            let input = json!({ "token": token, "password": PASSWORD });
            mutate(app, "", "acceptOperatorInvitation", input, SESSION).await
        };
        assert_eq!(codes(&accept(&old).await), ["SIGN_IN_FAILED"]);
        done(accept(&new).await);
        assert_eq!(codes(&accept(&new).await), ["SIGN_IN_FAILED"]);
        assert_eq!(codes(&accept("/operator#geen-echt-token").await), ["SIGN_IN_FAILED"]);
    }

    async fn no_member_is_made_an_operator_and_no_operator_a_member(app: &App) {
        let email = app.person("livp", "admin")["email"].as_str().unwrap();
        assert!(!app.may_invite_operator(email).await);
        let (token, recovery) = operator(app).await;
        let member = json!({ "name": "Wachter", "email": EMAIL, "roles": ["ANALYST"], "locale": "nl" });
        done(mutate(app, "livp/admin", "inviteMember", json!({ "member": member }), "member { id }").await);
        app.sweep().await;
        let letters = app.letters_to(EMAIL, "invitation").await;
        let text = letters[0]["text"].as_str().unwrap();
        let (_, rest) = text.split_once("/invitation#livp.").unwrap();
        let invitation = rest.split_whitespace().next().unwrap();
        let input = json!({ "organisation": "livp", "token": invitation, "password": PASSWORD, "code": recovery[0] });
        assert_eq!(codes(&mutate(app, "", "acceptInvitation", input, SESSION).await), ["SIGN_IN_FAILED"]);
        assert_eq!(code_of(app, &token).await, None, "the operator is one still");
    }
}
