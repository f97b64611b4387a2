//! LIVP: who ever was a party to a dossier that is destroyed is read nowhere any more, whenever they looked.

use serde_json::json;
use uuid::Uuid;
use wederhoor_tests::{App, both};

use super::destroyed::{kept_to_the_end, tables_about};
use crate::{
    post::uuid_of,
    steps::{
        Case,
        livp::{LIVP, assigned, member, no_measures, sign, tell},
    },
};

fn id_of(app: &App, key: &str) -> Uuid {
    uuid_of(app.person(LIVP, key)["id"].as_str().unwrap())
}

/// Somebody spoke for the organisation until a respondent was named, who looks and signs.
async fn gave_way(app: &App) -> Case<'_> {
    let case = assigned(app).await;
    let named = json!({ "memberId": member(app, "stem") });
    case.act("admin", "nameRepresentative", named).await;
    case.seen_by("stem").await;
    app.write_reads().await;
    case.act("trainer2", "proposeSolution", json!({ "text": "Excuses." }))
        .await;
    tell(&case, "trainer1").await;
    sign(&case, "klager", 1).await;
    sign(&case, "trainer1", 1).await;
    no_measures(&case).await;
    case
}

both! {
    async fn l10_whoever_was_a_party_once_or_looked_a_moment_before_is_named_nowhere(app: &App) {
        let case = gave_way(app).await;
        let complaint = uuid_of(&case.id);
        let looked = tables_about(app, complaint, id_of(app, "stem")).await;
        assert!(looked.contains(&"access_log".to_owned()), "{looked:?}");
        kept_to_the_end(app).await;
        case.act("admin", "confirmDestruction", json!({})).await;
        // What they saw before is written only now.
        app.write_reads().await;
        for key in ["klager", "stem", "trainer1"] {
            assert_eq!(tables_about(app, complaint, id_of(app, key)).await, [""; 0], "{key}");
        }
        let log = app.database.contents(&[]).await["access_log"].join("\n");
        for side in ["complainant", "representative", "respondent-1"] {
            assert!(log.contains(side), "{side} looked: {log}");
        }
    }
}
