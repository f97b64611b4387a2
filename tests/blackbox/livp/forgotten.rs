//! LIVP: who ever was a party to a dossier that is destroyed, or treated it, is read nowhere any more, whenever they looked and
//! whenever it came in.

use serde_json::{Value, json};
use uuid::Uuid;
use wederhoor_tests::{App, Kind, both};

use super::destroyed::{kept_to_the_end, tables_about};
use crate::{
    post::uuid_of,
    steps::{
        Case, ask,
        livp::{LIVP, agreed, assigned, found_by, member, no_measures, nothing, sign, tell},
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

/// Makes of what is left of the only dossier one of before members were set apart: its chain names who was appointed, and by whom.
async fn told_by_its_chain(app: &App) {
    if app.database.kind == Kind::Sqlite {
        app.database
            .execute("DROP TRIGGER complaint_event_no_UPDATE")
            .await;
    }
    let by = json!({ "member": id_of(app, "admin") });
    let event = json!({ "type": "assigned", "instance": 0, "member": id_of(app, "trainer2"), "how": "assigned", "joins": false,
        "reason": null });
    let older = format!(
        "UPDATE complaint_event SET actor = '{by}', payload = '{event}' WHERE kind = 'assigned'"
    );
    app.database.execute(&older).await;
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

    async fn l10_what_its_chain_still_tells_of_a_destroyed_dossier_is_shown_to_nobody(app: &App) {
        let case = agreed(app).await;
        no_measures(&case).await;
        kept_to_the_end(app).await;
        case.act("admin", "confirmDestruction", json!({})).await;
        told_by_its_chain(app).await;
        let fields = "handler { name } entries { kind by { member { name } } member { name } }";
        let left = case.part(fields).await;
        let named: Vec<&Value> = left["entries"].as_array().unwrap().iter()
            .filter(|entry| entry["kind"] != "DESTROYED")
            .flat_map(|entry| [&entry["by"]["member"]["name"], &entry["member"]["name"]])
            .chain([&left["handler"]["name"]])
            .filter(|one| !one.is_null())
            .collect();
        assert!(named.is_empty(), "{named:?}");
        for who in ["klager", "trainer1", "trainer2"] {
            assert_eq!(found_by(&case, &format!("livp/{who}")).await, nothing(), "{who}");
        }
    }

    async fn l10_an_administrator_who_was_a_party_sees_what_is_left_as_any_other(app: &App) {
        let case = assigned(app).await;
        tell(&case, "admin2").await;
        case.act("klager", "withdrawComplaint", json!({})).await;
        no_measures(&case).await;
        kept_to_the_end(app).await;
        let list = async |who: &str| ask(app, who, "{ complaints { nodes { id } } }", json!({})).await.data()["complaints"]["nodes"].clone();
        assert_eq!(list("livp/standin").await, json!([{ "id": case.id }]));
        case.act("admin", "confirmDestruction", json!({})).await;
        for who in ["livp/admin", "livp/admin2"] {
            assert_eq!(list(who).await, json!([{ "id": case.id }]), "{who}");
        }
        assert_eq!(list("livp/standin").await, json!([]));
        app.at("2032-06-01T09:00:00Z").await;
        assert_eq!(list("livp/admin2").await, json!([{ "id": case.id }]));
    }
}
