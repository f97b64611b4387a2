//! What has ended by itself and no worker has seen yet: an office, a leave.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    ask,
    blijf::{BLIJF, change_member, filed},
    done, mutate,
};

/// What lists know by themselves, and what only the dossiers tell.
const LISTS: &str = "{ complaints { totalCount nodes { reference } } workQueue { totalCount nodes { reference } } }";
const DOSSIERS: &str =
    "{ complaints(first: 5) { nodes { description } pageInfo { hasNextPage } } }";
const DOSSIERS_OF_WORK: &str =
    "{ workQueue(first: 5) { nodes { complaint { state } deadline { derivation { text } } } } }";

async fn answer(app: &App, key: &str, document: &str) -> Value {
    let answer = ask(app, &format!("{BLIJF}/{key}"), document, json!({})).await;
    answer.data().clone()
}

both! {
    async fn whose_membership_has_ended_is_shown_no_complaint_of_their_office(app: &App) {
        let case = filed(app, Some("veilig")).await;
        case.act("advies1", "takeComplaint", json!({})).await;
        done(change_member(app, "advies1", &["HANDLER"], None, Some("2026-03-04")).await);
        app.time_passes_until("2026-03-04T22:00:00Z");
        let before = answer(app, "advies1", LISTS).await;
        assert_eq!(before["complaints"]["nodes"], json!([{ "reference": case.reference }]));
        assert_ne!(before["workQueue"]["totalCount"], 0);
        app.time_passes_until("2026-03-05T08:00:00Z");
        let nothing = json!({ "totalCount": 0, "nodes": [] });
        let after = answer(app, "advies1", LISTS).await;
        assert_eq!(after, json!({ "complaints": nothing, "workQueue": nothing }));
        // Who is a party stays one.
        let mine = answer(app, "klager", LISTS).await;
        assert_eq!(mine["complaints"]["totalCount"], 1);
    }

    async fn a_row_whose_dossier_is_hidden_by_now_is_left_out(app: &App) {
        let case = filed(app, Some("veilig")).await;
        case.act("advies1", "takeComplaint", json!({})).await;
        let id = |key: &str| app.person(BLIJF, key)["id"].clone();
        let leave = json!({ "memberId": id("advies1"), "fromOn": "2026-03-02", "untilOn": "2026-03-04", "substituteId": id("advies2") });
        done(mutate(app, "blijf-groep/admin", "recordAbsence", leave, "absence { id }").await);
        let shown = async || {
            let (complaints, work) = (answer(app, "advies2", DOSSIERS).await, answer(app, "advies2", DOSSIERS_OF_WORK).await);
            assert_eq!(complaints["complaints"]["pageInfo"]["hasNextPage"], false);
            let rows = |of: &Value| of["nodes"].as_array().unwrap().len();
            (rows(&complaints["complaints"]), rows(&work["workQueue"]) > 0)
        };
        assert_eq!(shown().await, (1, true));
        app.time_passes_until("2026-03-05T08:00:00Z");
        assert_eq!(shown().await, (0, false));
    }
}
