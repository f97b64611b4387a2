//! Who saw an older version is told so, and does nothing.

use serde_json::json;
use wederhoor_tests::{App, both};

use crate::steps::{Case, codes, letter};

both! {
    async fn an_act_on_an_older_version_is_stale_and_changes_nothing(app: &App) {
        let case = Case::registered(app, "livp", letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START)).await;
        let trainer = &app.person("livp", "trainer2")["id"];
        let seen = case.now().await["version"].as_u64().unwrap();
        let assign = |version: u64| json!({ "memberId": trainer, "expectedVersion": version });
        let before = app.database.contents(&[]).await;
        for version in [seen + 1, seen + 1_000] {
            let stale = case.attempt("admin", "assignDecider", assign(version)).await;
            assert_eq!(codes(&stale), ["STALE_VERSION"], "{version}");
            assert_eq!(stale["userErrors"][0]["field"], json!(["expectedVersion"]));
            assert!(stale["complaint"].is_null());
        }
        assert!(app.database.contents(&[]).await == before);
        let done = case.attempt("admin", "assignDecider", assign(seen)).await;
        assert_eq!(codes(&done), [""; 0], "{done:#}");
        let now = done["complaint"]["version"].as_u64().unwrap();
        assert!(now > seen);
        // Someone who still looks at the version before is stopped, whatever they want.
        let late = json!({ "reason": "Er loopt een zaak.", "expectedVersion": seen });
        let late = case.attempt("admin", "placeLegalHold", late).await;
        assert_eq!(codes(&late), ["STALE_VERSION"]);
        let told = late["userErrors"][0]["message"].as_str().unwrap();
        assert!(told.contains(&now.to_string()), "{told}");
    }

    async fn of_two_who_saw_the_same_version_one_acts(app: &App) {
        let case = Case::registered(app, "livp", letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START)).await;
        let seen = case.now().await["version"].clone();
        let note = |text: &str| json!({ "reason": text, "expectedVersion": seen });
        let (one, other) = tokio::join!(
            case.attempt("admin", "placeLegalHold", note("De een.")),
            case.attempt("admin2", "placeLegalHold", note("De ander."))
        );
        let mut told = [codes(&one), codes(&other)].concat();
        told.sort_unstable();
        assert_eq!(told, ["STALE_VERSION"], "{one:#} {other:#}");
        assert_eq!(case.now().await["isUnderLegalHold"], true);
    }
}
