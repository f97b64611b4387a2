//! An organisation that is deleted: nothing of it is left but a certificate, and nothing of another is touched.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use wederhoor_server::ending::{Ended, delete_due};
use wederhoor_tests::{App, Kind, both};

use super::{EMAIL, operator, tenants};
use crate::steps::{codes, done, livp, mutate};

type Contents = BTreeMap<String, Vec<String>>;

/// The operator asks for LIVP to be deleted, and its thirty days go by.
async fn is_due(app: &App, token: &str) {
    let sure = json!({ "slug": "livp", "slugAgain": "livp" });
    done(mutate(app, token, "deleteTenant", sure, "tenant { status }").await);
    let before = match app.database.kind {
        Kind::Postgres => "now() - interval '1 minute'",
        Kind::Sqlite => "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now', '-1 minute')",
    };
    let due = format!("UPDATE tenant SET deletion_due_at = {before} WHERE slug = 'livp'");
    app.database.execute(&due).await;
}

async fn delete(app: &App) -> Ended {
    delete_due(&app.database.maintenance_url()).await.unwrap()
}

/// How a row of any table names this organisation.
async fn name_of(app: &App, slug: &str) -> String {
    let rows = &app.database.contents(&[]).await["tenant"];
    let row = rows
        .iter()
        .find(|row| row.contains(&format!("{slug}\"")) || row.contains(&format!("'{slug}'")));
    let row = row.unwrap();
    match app.database.kind {
        Kind::Postgres => serde_json::from_str::<Value>(row).unwrap()["id"]
            .as_str()
            .unwrap()
            .to_owned(),
        Kind::Sqlite => row.split(',').next().unwrap().to_owned(),
    }
}

/// Rows of each table that name it.
fn naming(contents: &Contents, name: &str) -> BTreeMap<String, usize> {
    let count = |rows: &Vec<String>| rows.iter().filter(|row| row.contains(name)).count();
    let all = contents
        .iter()
        .map(|(table, rows)| (table.clone(), count(rows)));
    all.filter(|(_, count)| *count > 0).collect()
}

both! {
    async fn nothing_of_a_deleted_organisation_is_left_and_nothing_of_another_is_touched(app: &App) {
        livp::assigned(app).await;
        done(mutate(app, "livp/trainer2", "makeCalendarFeed", json!({}), "calendarFeed { url }").await);
        app.sweep().await;
        let (token, _) = operator(app).await;
        let (ours, theirs) = (name_of(app, "livp").await, name_of(app, "blijf-groep").await);
        let admin = app.token("livp", "admin").await;
        is_due(app, &token).await;
        let before = app.database.contents(&[]).await;
        let ended = delete(app).await;
        assert_eq!(ended.kept, []);
        let certificate = ended.gone[0].json();
        let after = app.database.contents(&[]).await;
        assert_eq!(naming(&after, &ours), BTreeMap::from([("deletion_certificate".to_owned(), 1)]));
        for (table, count) in naming(&before, &ours) {
            let deleted = certificate["rowsDeleted"][&table].as_u64().unwrap_or_default();
            assert_eq!(deleted, count as u64, "{table}");
        }
        for (table, rows) in &before {
            let of_theirs = |rows: &[String]| rows.iter().filter(|row| row.contains(&theirs)).cloned().collect::<Vec<_>>();
            assert_eq!(of_theirs(&after[table]), of_theirs(rows), "{table}");
        }
        let text = certificate.to_string();
        for person in ["@", "Anna", "klager"] {
            assert!(!text.contains(person), "{text}");
        }
        assert_eq!((&certificate["slug"], &certificate["complaints"]), (&json!("livp"), &json!(1)));
        assert!(certificate["doneAt"].is_string() && certificate["askedBy"].is_string(), "{certificate:#}");
        assert_eq!(certificate["headsSha256"].as_str().unwrap().len(), 64);
        let gone = app.client.gql(Some(&admin), "{ viewer { name } }", json!({})).await;
        assert_eq!(gone.code(), Some("UNAUTHENTICATED"), "its sessions have ended");
        let slugs: Vec<Value> = tenants(app, &token).await.iter().map(|one| one["slug"].clone()).collect();
        assert_eq!(slugs, ["blijf-groep"]);
        let seen = app.ask("blijf-groep/admin", "{ complaints { totalCount } }", json!({})).await;
        assert_eq!(seen.code(), None);
        assert_eq!(delete(app).await.gone, [], "there is nothing more to delete");
    }

    async fn logins_go_with_it_save_of_who_is_a_member_elsewhere(app: &App) {
        let (token, _) = operator(app).await;
        let emails = async || app.database.contents(&[]).await["account"].join("\n");
        let arbiter = app.person("livp", "arbiter")["email"].as_str().unwrap();
        let only_here = app.person("livp", "trainer1")["email"].as_str().unwrap();
        let elsewhere = app.person("blijf-groep", "admin")["email"].as_str().unwrap();
        is_due(app, &token).await;
        delete(app).await;
        let left = emails().await;
        assert!(left.contains(elsewhere) && left.contains(EMAIL), "{left}");
        assert!(!left.contains(arbiter) && !left.contains(only_here), "{left}");
    }

    async fn a_deletion_that_is_interrupted_goes_on_and_counts_on(app: &App) {
        livp::assigned(app).await;
        app.sweep().await;
        let (token, _) = operator(app).await;
        let ours = name_of(app, "livp").await;
        is_due(app, &token).await;
        let before = app.database.contents(&[]).await;
        let (stop, go) = match app.database.kind {
            Kind::Sqlite => (
                "CREATE TRIGGER stop BEFORE DELETE ON course BEGIN SELECT RAISE(ABORT, 'stop'); END",
                "DROP TRIGGER stop",
            ),
            Kind::Postgres => (
                "CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''stop''; END';
                 CREATE TRIGGER stop BEFORE DELETE ON course FOR EACH ROW EXECUTE FUNCTION stop()",
                "DROP TRIGGER stop ON course; DROP FUNCTION stop()",
            ),
        };
        app.database.execute(stop).await;
        let halted = delete(app).await;
        assert_eq!((halted.gone.len(), halted.kept.len()), (0, 1), "{halted:?}");
        let half = naming(&app.database.contents(&[]).await, &ours);
        assert!(half.len() < naming(&before, &ours).len() && half.contains_key("course"), "{half:?}");
        let nobody = app.ask("livp/admin", "{ viewer { name } }", json!({})).await;
        assert!(nobody.code().is_some(), "nobody gets in any more");
        let back = mutate(app, &token, "resumeTenant", json!({ "slug": "livp" }), "tenant { status }").await;
        assert_eq!(codes(&back), ["NOT_FOUND"], "nothing brings it back");
        app.database.execute(go).await;
        let ended = delete(app).await;
        let certificate = ended.gone[0].json();
        for (table, count) in naming(&before, &ours) {
            let deleted = certificate["rowsDeleted"][&table].as_u64().unwrap_or_default();
            assert_eq!(deleted, count as u64, "{table}");
        }
    }

    async fn a_legal_hold_on_one_complaint_keeps_the_whole_organisation(app: &App) {
        let case = livp::assigned(app).await;
        case.act("admin", "placeLegalHold", json!({ "reason": "Er loopt een zaak." })).await;
        let (token, _) = operator(app).await;
        is_due(app, &token).await;
        let before = app.database.contents(&[]).await;
        let ended = delete(app).await;
        assert!(ended.gone.is_empty());
        assert!(ended.kept[0].1.contains("1 complaint is on legal hold"), "{:?}", ended.kept);
        assert!(app.database.contents(&[]).await == before);
        done(mutate(app, &token, "resumeTenant", json!({ "slug": "livp" }), "tenant { status }").await);
        case.act("admin", "liftLegalHold", json!({ "reason": "De zaak is voorbij." })).await;
        is_due(app, &token).await;
        assert_eq!(delete(app).await.gone.len(), 1);
    }

    async fn nothing_is_deleted_before_its_day(app: &App) {
        let (token, _) = operator(app).await;
        let sure = json!({ "slug": "livp", "slugAgain": "livp" });
        done(mutate(app, &token, "deleteTenant", sure, "tenant { status }").await);
        let before = app.database.contents(&[]).await;
        let ended = delete(app).await;
        assert!(ended.gone.is_empty() && ended.kept.is_empty());
        assert!(app.database.contents(&[]).await == before);
    }
}
