//! What has ended by itself and no worker has seen yet: an office, a leave.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    ask,
    blijf::{BLIJF, change_member, filed},
    done,
};

/// What lists know by themselves.
const LISTS: &str = "{ complaints { totalCount nodes { reference } } workQueue { totalCount nodes { reference } } }";
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
}
