//! An organisation that the operator has put on hold: its administrators read, and nothing else is done there.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use super::{
    anonymous::FOR_ANYONE,
    attempt::{Outcome, attempt},
    ground::{Ground, Tenant},
    input::fill,
    wrong_state::THEIR_OWN,
};
use crate::steps::{address, sign_in};

const READ: &str =
    "query($id: ID!) { complaint(id: $id) { state version } complaints { totalCount } }";

/// What anyone may do elsewhere, for an organisation that they name.
const NAMING_IT: [&str; 4] = [
    "acceptInvitation",
    "fileComplaint",
    "requestAccessLink",
    "requestPasswordReset",
];

/// By which administrators take away what leaked.
const TAKE_AWAY: [&str; 2] = ["revokeApiKey", "revokeBounceKey"];

both! {
    async fn nobody_acts_in_an_organisation_on_hold_and_only_its_administrators_read(app: &App) {
        let ground = Ground::small(app).await;
        let tenant = &ground.tenants["livp"];
        let complaint = json!({ "id": tenant.complaint("fresh") });
        let read = async |token: &str| app.client.gql(Some(token), READ, complaint.clone()).await;
        let before = read(tenant.token("admin")).await.data().clone();
        app.suspend("livp").await;
        let contents = app.database.contents(&[]).await;
        for (who, token) in &tenant.people {
            let answer = read(token).await;
            if who.starts_with("admin") {
                assert_eq!(answer.data(), &before, "{who}");
            } else {
                assert_eq!((answer.code(), &answer.body["data"]), (Some("TENANT_SUSPENDED"), &Value::Null), "{who}");
            }
        }
        let on_hold = Outcome::TopLevel("TENANT_SUSPENDED".to_owned());
        for mutation in ground.schema.mutations() {
            let name = mutation.name.as_str();
            let input = fill(&ground.schema, &tenant.ids, ground.schema.input_of(name));
            if TAKE_AWAY.contains(&name) {
                for (_, token) in tenant.people.iter().filter(|(who, _)| !who.starts_with("admin")) {
                    let outcome = attempt(app, &ground.schema, Some(token), name, input.clone()).await;
                    assert_eq!(outcome, on_hold, "{name}");
                }
            } else if !THEIR_OWN.contains(&name) && !FOR_ANYONE.contains(&name) {
                let outcome = attempt(app, &ground.schema, Some(tenant.token("admin")), name, input).await;
                assert_eq!(outcome, on_hold, "{name}");
            } else if NAMING_IT.contains(&name) {
                let outcome = attempt(app, &ground.schema, None, name, input).await;
                assert_eq!(outcome, on_hold, "{name}");
            }
        }
        let form = app.client.gql(None, "{ organisation(slug: \"livp\") { name } }", json!({})).await;
        assert_eq!(form.code(), Some("TENANT_SUSPENDED"));
        app.sweep().await;
        assert!(app.database.contents(&[]).await == contents);
    }

    async fn who_is_signed_in_to_it_signs_out_and_does_nothing_else(app: &App) {
        let email = address(app, "livp", "trainer2");
        let (first, second) = (sign_in(app, &email, "livp").await, sign_in(app, &email, "livp").await);
        let send = async |session: &Value, document: &str| {
            app.client.gql(session["accessToken"].as_str(), document, json!({})).await
        };
        app.suspend("livp").await;
        let contents = app.database.contents(&[]).await;
        let sign_out = "a: signOut(input: {}) { signedOut { endedCount } }";
        for document in [
            "{ viewer { name } }".to_owned(),
            format!("mutation {{ {sign_out} switchTenant(input: {{ organisation: \"blijf-groep\" }}) {{ __typename }} }}"),
            format!("mutation {{ {sign_out} ... {{ switchTenant(input: {{ organisation: \"blijf-groep\" }}) {{ __typename }} }} }}"),
            format!("mutation {{ {sign_out} ...F }} fragment F on Mutation {{ startSecondFactor(input: {{ password: \"x\" }}) {{ __typename }} }}"),
        ] {
            assert_eq!(send(&first, &document).await.code(), Some("TENANT_SUSPENDED"), "{document}");
        }
        assert!(app.database.contents(&[]).await == contents);
        let left = send(&first, &format!("mutation {{ {sign_out} }}")).await;
        assert_eq!(left.data()["a"]["signedOut"]["endedCount"], 1);
        assert_eq!(send(&first, "{ viewer { name } }").await.code(), Some("UNAUTHENTICATED"), "it is over");
        let everywhere = "mutation { signOutEverywhere(input: { isKeptHere: false }) { signedOut { endedCount } } }";
        assert_eq!(send(&second, everywhere).await.data()["signOutEverywhere"]["signedOut"]["endedCount"], 1);
        assert_eq!(send(&second, everywhere).await.code(), Some("UNAUTHENTICATED"));
    }

    async fn an_organisation_goes_on_where_it_was_and_its_terms_lapsed_in_their_time(app: &App) {
        let ground = Ground::small(app).await;
        let ours = &ground.tenants["livp"];
        let entries = "query($id: ID!) { complaint(id: $id) { state entries { kind effectiveAt registeredAt } } }";
        let seen = async |tenant: &Tenant| {
            let id = json!({ "id": tenant.complaint("fresh") });
            let answer = app.client.gql(Some(tenant.token("admin")), entries, id).await;
            answer.data()["complaint"].clone()
        };
        let letters = async |of: &str| {
            let all = app.letters().await;
            all.iter().filter(|letter| letter["organisation"] == of).count()
        };
        let (before, ours_told, theirs_told) = (seen(ours).await, letters("livp").await, letters("blijf-groep").await);
        app.suspend("livp").await;
        app.at("2026-09-01T08:00:00Z").await;
        assert_eq!(letters("livp").await, ours_told, "nobody was told anything");
        assert!(letters("blijf-groep").await > theirs_told, "there they were");
        app.resume("livp").await;
        app.sweep().await;
        assert!(letters("livp").await > ours_told);
        let after = seen(ours).await;
        assert_ne!(after["state"], before["state"], "{after:#}");
        let late = after["entries"].as_array().unwrap().iter().find(|one| {
            let (effective, recorded) = (one["effectiveAt"].as_str().unwrap(), one["registeredAt"].as_str().unwrap());
            effective < "2026-06-01" && recorded >= "2026-09-01"
        });
        assert!(late.is_some(), "it took effect in its time, and was noted later: {after:#}");
    }
}
