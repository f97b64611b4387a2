//! What an operator does: makes organisations, puts them on hold, and lets them go.

use serde_json::{Value, json};
use wederhoor_server::demo::PASSWORD;
use wederhoor_tests::{App, both};

use super::{a_while_passes, operator, tenants};
use crate::steps::{codes, done, mutate};

const TENANT: &str = "tenant { slug status statusReason deletionAskedAt deletionDueAt loginCount }";

fn new_tenant() -> Value {
    json!({
        "slug": "nieuw-huis", "name": "Nieuw Huis", "referencePrefix": "NH",
        "administrator": { "name": "Noor Nieuw", "email": "noor@nieuw-huis.example" },
    })
}

fn fields(payload: &Value) -> Vec<String> {
    let errors = payload["userErrors"].as_array().unwrap();
    let path = |error: &Value| {
        let steps = error["field"].as_array().unwrap().iter();
        steps
            .map(|step| step.as_str().unwrap())
            .collect::<Vec<_>>()
            .join(".")
    };
    errors.iter().map(path).collect()
}

async fn can_read(app: &App) -> bool {
    let answer = app
        .ask("livp/trainer1", "{ complaints { totalCount } }", json!({}))
        .await;
    answer.code().is_none()
}

both! {
    async fn an_organisation_is_made_and_its_first_administrator_comes_in(app: &App) {
        let (token, _) = operator(app).await;
        let made = done(mutate(app, &token, "createTenant", new_tenant(), TENANT).await);
        assert_eq!(made["tenant"]["status"], "ACTIVE");
        let again = mutate(app, &token, "createTenant", new_tenant(), TENANT).await;
        assert_eq!((codes(&again), fields(&again)), (vec!["TAKEN"], vec!["slug".to_owned()]));
        let mail = app.database.contents(&[]).await["outbox"].join("\n");
        let (_, rest) = mail.split_once("/invitation#nieuw-huis.").unwrap();
        let invitation: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect();
        let input = json!({ "organisation": "nieuw-huis", "token": invitation, "password": PASSWORD });
        let accepted = done(mutate(app, "", "acceptInvitation", input, "session { accessToken }").await);
        let admin = accepted["session"]["accessToken"].as_str().unwrap();
        let seen = app.client.gql(Some(admin), "{ viewer { roles } policies { totalCount } }", json!({})).await;
        assert_eq!(seen.data(), &json!({ "viewer": { "roles": ["ADMINISTRATOR"] }, "policies": { "totalCount": 0 } }));
        let policy = json!({ "document": { "text": include_str!("../../../policies/livp.toml") } });
        done(mutate(app, admin, "publishPolicy", policy, "policy { id }").await);
        let known = tenants(app, &token).await;
        let new = known.iter().find(|one| one["slug"] == "nieuw-huis").unwrap();
        assert_eq!(new["loginCount"], 1);
    }

    async fn an_organisation_may_begin_with_its_regulation(app: &App) {
        let (token, _) = operator(app).await;
        let mut input = new_tenant();
        input["document"] = json!({ "text": include_str!("../../../policies/awb.toml") });
        done(mutate(app, &token, "createTenant", input, TENANT).await);
        let form = app.client.gql(None, "{ organisation(slug: \"nieuw-huis\") { name } }", json!({})).await;
        assert_eq!(form.data()["organisation"]["name"], "Nieuw Huis");
    }

    async fn all_that_is_wrong_with_a_new_organisation_is_told_at_once(app: &App) {
        let (token, _) = operator(app).await;
        let before = app.database.contents(&[]).await;
        let input = json!({
            "slug": "Niet Goed", "name": " ", "referencePrefix": "1", "colour": "rood", "timeZone": "Utrecht/Europa",
            "document": { "text": "name = " }, "administrator": { "name": "", "email": "geen adres" },
        });
        let refused = mutate(app, &token, "createTenant", input, TENANT).await;
        let mut told = fields(&refused);
        told.sort_unstable();
        let all = ["administrator.email", "administrator.name", "colour", "document.text", "name", "referencePrefix", "slug", "timeZone"];
        assert_eq!(told, all, "{refused:#}");
        assert!(app.database.contents(&[]).await == before);
    }

    async fn an_organisation_is_put_on_hold_for_a_reason_and_resumed(app: &App) {
        let (token, _) = operator(app).await;
        assert!(can_read(app).await);
        let without = json!({ "slug": "livp", "reason": "  " });
        let refused = mutate(app, &token, "suspendTenant", without, TENANT).await;
        assert_eq!((codes(&refused), fields(&refused)), (vec!["REQUIRED"], vec!["reason".to_owned()]));
        let held = json!({ "slug": "livp", "reason": "De rekening is niet betaald." });
        let held = done(mutate(app, &token, "suspendTenant", held, TENANT).await)["tenant"].clone();
        assert_eq!((&held["status"], &held["statusReason"]), (&json!("SUSPENDED"), &json!("De rekening is niet betaald.")));
        assert!(!can_read(app).await);
        let back = done(mutate(app, &token, "resumeTenant", json!({ "slug": "livp" }), TENANT).await)["tenant"].clone();
        assert_eq!((&back["status"], &back["statusReason"]), (&json!("ACTIVE"), &Value::Null));
        assert!(can_read(app).await);
        let unknown = mutate(app, &token, "resumeTenant", json!({ "slug": "nergens" }), TENANT).await;
        assert_eq!(codes(&unknown), ["NOT_FOUND"]);
    }

    async fn an_organisation_that_is_to_be_deleted_is_on_hold_for_thirty_days_and_may_come_back(app: &App) {
        let (token, _) = operator(app).await;
        let wrong = json!({ "slug": "livp", "slugAgain": "blijf-groep" });
        let refused = mutate(app, &token, "deleteTenant", wrong, TENANT).await;
        assert_eq!((codes(&refused), fields(&refused)), (vec!["CONTRADICTORY"], vec!["slugAgain".to_owned()]));
        let sure = json!({ "slug": "livp", "slugAgain": "livp" });
        let gone = done(mutate(app, &token, "deleteTenant", sure.clone(), TENANT).await)["tenant"].clone();
        assert_eq!(gone["status"], "TO_BE_DELETED");
        let day = |key: &str| gone[key].as_str().unwrap().parse::<chrono::DateTime<chrono::Utc>>().unwrap();
        assert_eq!(day("deletionDueAt") - day("deletionAskedAt"), chrono::TimeDelta::days(30));
        assert!(!can_read(app).await);
        let admin = app.ask("livp/admin", "{ complaints { totalCount } }", json!({})).await;
        assert_eq!(admin.code(), None, "its administrators read");
        let again = done(mutate(app, &token, "deleteTenant", sure, TENANT).await)["tenant"].clone();
        assert_eq!(again["deletionDueAt"], gone["deletionDueAt"], "it keeps to its day");
        let back = done(mutate(app, &token, "resumeTenant", json!({ "slug": "livp" }), TENANT).await)["tenant"].clone();
        assert_eq!((&back["status"], &back["deletionDueAt"]), (&json!("ACTIVE"), &Value::Null));
        assert!(can_read(app).await);
    }

    async fn what_an_operator_does_asks_for_a_recent_sign_in(app: &App) {
        let (token, recovery) = operator(app).await;
        a_while_passes(app).await;
        let before = app.database.contents(&[]).await;
        let tries = [
            ("createTenant", new_tenant()),
            ("decreeEquatedDays", json!({ "days": ["2028-05-12"], "source": "Stb. 2026, 99" })),
            ("suspendTenant", json!({ "slug": "livp", "reason": "Zomaar." })),
            ("resumeTenant", json!({ "slug": "livp" })),
            ("allowSenders", json!({ "slug": "livp", "senders": ["livp.example"] })),
            ("deleteTenant", json!({ "slug": "livp", "slugAgain": "livp" })),
        ];
        for (mutation, input) in tries {
            let shown = if mutation == "decreeEquatedDays" { "equatedDays { on }" } else { TENANT };
            let refused = mutate(app, &token, mutation, input, shown).await;
            assert_eq!(codes(&refused), ["RECENT_SIGN_IN_REQUIRED"], "{mutation}");
        }
        assert!(app.database.contents(&[]).await == before);
        let shown = json!({ "password": PASSWORD, "code": recovery[0] });
        done(mutate(app, &token, "confirmIdentity", shown, "isConfirmed").await);
        done(mutate(app, &token, "createTenant", new_tenant(), TENANT).await);
    }
}
