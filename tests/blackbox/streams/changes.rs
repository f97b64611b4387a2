//! What is told: what has changed for the viewer, once, and nothing else.

use serde_json::{Value, json};
use wederhoor_tests::{App, Streamed, Way, both};

use super::{COMPLAINT, QUEUE, begin, watching};
use crate::steps::{
    Case, form, letter,
    livp::{assign, assigned, filed, proposed},
    part_of,
};

const NOTHING: &str = "hold";

async fn hold(case: &Case<'_>) {
    case.act("admin", "placeLegalHold", json!({ "reason": NOTHING }))
        .await;
}

fn last_kind(complaint: &Value) -> &Value {
    let entries = complaint["entries"].as_array().unwrap();
    &entries.last().unwrap()["kind"]
}

both! {
    async fn a_change_of_a_complaint_is_told_over_both_transports(app: &App) {
        let case = assigned(app).await;
        for (way, act) in [(Way::Events, "placeLegalHold"), (Way::Socket, "liftLegalHold")] {
            let (mut stream, first) = watching(app, way, "livp/admin", &case.id).await;
            assert_eq!(first, part_of(app, "livp/admin", &case.id, "id state entries { number kind } availableActions { action isAllowed }").await);
            case.act("admin", act, json!({ "reason": NOTHING })).await;
            let told = stream.told().await["complaintChanged"].clone();
            assert_ne!(told, first);
            assert_eq!(told, part_of(app, "livp/admin", &case.id, "id state entries { number kind } availableActions { action isAllowed }").await, "{way:?}");
        }
    }

    async fn what_is_hidden_from_a_party_tells_them_nothing(app: &App) {
        let case = proposed(app).await;
        for way in Way::ALL {
            let (mut party, first) = watching(app, way, "livp/trainer1", &case.id).await;
            let (mut official, _) = watching(app, way, "livp/admin", &case.id).await;
            let act = if way == Way::Events { "placeLegalHold" } else { "liftLegalHold" };
            case.act("admin", act, json!({ "reason": NOTHING })).await;
            official.told().await;
            // Whatever they had been told of it would come before this.
            let said = json!({ "text": "Ik heb hier nog iets over te zeggen." });
            case.act("trainer1", "addStatement", said).await;
            let told = party.told().await["complaintChanged"].clone();
            assert_ne!(told, first);
            assert_eq!(last_kind(&told), "STATEMENT_ADDED", "{told:#}");
        }
    }

    async fn a_complaint_that_is_hidden_is_watched_as_one_that_does_not_exist(app: &App) {
        let letter = letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START);
        let case = Case::registered(app, "livp", letter).await;
        let absent = crate::hostile::absent(&case.id);
        for way in Way::ALL {
            // The trainer of the course, who is excluded; an arbiter; someone with a login; another organisation.
            for who in ["livp/trainer1", "livp/arbiter", "livp/klager", "blijf-groep/admin"] {
                for id in [case.id.as_str(), &absent, "geen id"] {
                    let (mut stream, first) = watching(app, way, who, id).await;
                    assert_eq!(first, Value::Null, "{who} {id}");
                    assert_eq!(stream.next().await, Streamed::Complete, "{who} {id}");
                }
            }
        }
    }

    async fn what_is_due_is_told_to_who_may_see_it(app: &App) {
        for way in Way::ALL {
            let mut queue = begin(app, way, "livp/admin", QUEUE, &json!({})).await.ok().unwrap();
            let mut other = begin(app, way, "blijf-groep/admin", QUEUE, &json!({})).await.ok().unwrap();
            let (first, _) = (queue.told().await, other.told().await);
            let case = filed(app, Some("basis")).await;
            let told = queue.told().await;
            assert_ne!(told, first);
            let items = told["workQueueChanged"]["nodes"].as_array().unwrap();
            assert!(items.iter().any(|item| item["reference"] == case.reference.as_str()), "{told:#}");
            // Nothing of it was told elsewhere before this.
            let own = Case::filed(app, "", form(app, "blijf-groep", Some("veilig"))).await;
            let told = other.told().await.to_string();
            assert!(told.contains(&own.reference) && !told.contains(&case.reference), "{told}");
        }
    }

    async fn what_another_process_does_is_told_too(app: &App) {
        let case = assigned(app).await;
        let beside = app.beside(|setup| {
            // On SQLite nobody tells another process.
            setup.edge.streams.look_after = std::time::Duration::from_millis(200);
        });
        let beside = beside.await;
        let token = app.token("livp", "admin").await;
        for way in Way::ALL {
            let variables = json!({ "id": case.id });
            let open = wederhoor_tests::Stream::open(&beside.client, way, Some(&token), COMPLAINT, &variables);
            let mut there = open.await.ok().unwrap();
            let (mut here, first) = watching(app, way, "livp/admin", &case.id).await;
            assert_eq!(there.told().await["complaintChanged"], first);
            let act = if way == Way::Events { "placeLegalHold" } else { "liftLegalHold" };
            case.act("admin", act, json!({ "reason": NOTHING })).await;
            let told = here.told().await;
            assert_eq!(there.told().await, told);
        }
        beside.stop().await;
    }

    async fn a_right_that_comes_is_told_of_and_what_was_seen_is_noted(app: &App) {
        let case = filed(app, Some("basis")).await;
        let with_complaints = "subscription { workQueueChanged { nodes { reference complaint { state } } } }";
        let mut queue = begin(app, Way::Socket, "livp/trainer2", with_complaints, &json!({})).await.ok().unwrap();
        assert_eq!(queue.told().await["workQueueChanged"]["nodes"], json!([]));
        assign(&case, "trainer2").await;
        let told = queue.told().await.to_string();
        assert!(told.contains(&case.reference), "{told}");
        app.write_reads().await;
        let (mut stream, _) = watching(app, Way::Events, "livp/trainer2", &case.id).await;
        assert_eq!(app.write_reads().await, 0, "their queue has shown them the dossier");
        let (_other, _) = watching(app, Way::Events, "livp/admin2", &case.id).await;
        assert_eq!(app.write_reads().await, 1, "somebody else has seen it too");
        hold(&case).await;
        stream.told().await;
        app.write_reads().await;
        hold_again(&case).await;
        stream.told().await;
        assert_eq!(app.write_reads().await, 0, "once in an hour is enough");
    }
}

async fn hold_again(case: &Case<'_>) {
    case.act("admin", "liftLegalHold", json!({ "reason": NOTHING }))
        .await;
}
