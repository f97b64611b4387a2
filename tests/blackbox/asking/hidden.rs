//! What someone may not see answers exactly as what does not exist.

use serde_json::{Value, json};
use wederhoor_tests::{Answer, App, both};

use crate::steps::{Case, ask, letter};

const WAYS: [&str; 3] = [
    "query($id: ID!) { complaint(id: $id) { id state reference } }",
    "query($id: ID!) { node(id: $id) { __typename id } }",
    "query($ids: [ID!]!) { nodes(ids: $ids) { id } }",
];

/// What somebody finds by one id, in either way, and by several.
async fn found(app: &App, who: &str, id: &Value, ids: &Value) -> [Answer; 3] {
    let variables = json!({ "id": id, "ids": ids });
    let [as_complaint, as_node, by_several] = WAYS;
    [
        ask(app, who, as_complaint, variables.clone()).await,
        ask(app, who, as_node, variables.clone()).await,
        ask(app, who, by_several, variables).await,
    ]
}

both! {
    async fn l12_a_hidden_complaint_answers_as_one_that_does_not_exist(app: &App) {
        let case = Case::registered(app, "livp", letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START)).await;
        let absent = absent(&case.id);
        let acts = [
            ("takeComplaint", json!({})),
            ("addStatement", json!({ "text": "Ik weet ervan." })),
            ("assignDecider", json!({ "memberId": app.person("livp", "trainer2")["id"] })),
            ("withdrawComplaint", json!({})),
            ("placeLegalHold", json!({ "reason": "Zomaar." })),
        ];
        // The trainer of the course, another trainer, an arbiter, an analyst, someone with a login, another organisation.
        for who in ["livp/trainer1", "livp/trainer2", "livp/arbiter", "livp/analist", "livp/klager", "blijf-groep/admin"] {
            let seen = found(app, who, &json!(case.id), &json!([case.id])).await;
            let nothing = found(app, who, &json!(absent), &json!([absent])).await;
            assert_eq!(seen[0].data(), &json!({ "complaint": null }), "{who}");
            assert_eq!(seen[1].data(), &json!({ "node": null }), "{who}");
            assert_eq!(seen[2].data(), &json!({ "nodes": [null] }), "{who}");
            assert_eq!(seen, nothing, "{who}");
            for (mutation, input) in &acts {
                let mut answers = Vec::new();
                for id in [&case.id, &absent] {
                    answers.push(act(app, who, mutation, id, input).await);
                }
                assert_eq!(answers[0], answers[1], "{mutation} by {who}");
                assert_eq!(answers[0].data()[mutation]["userErrors"][0]["code"], "NOT_FOUND", "{mutation} by {who}");
            }
            let lists = "{ complaints { totalCount nodes { id } } workQueue { totalCount nodes { reference } } }";
            let lists = app.ask(who, lists, json!({})).await;
            assert_eq!(lists.data()["complaints"], json!({ "totalCount": 0, "nodes": [] }), "{who}");
            assert_eq!(lists.data()["workQueue"], json!({ "totalCount": 0, "nodes": [] }), "{who}");
        }
        assert_eq!(case.now().await["version"], 1, "nobody has done anything");
    }

    async fn a_version_or_a_key_shows_nothing_of_a_hidden_complaint(app: &App) {
        let case = Case::registered(app, "livp", letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START)).await;
        for version in [1, 2, 7] {
            for (id, key) in [(case.id.clone(), "een"), (absent(&case.id), "twee")] {
                let input = json!({ "reason": "Zomaar.", "expectedVersion": version, "idempotencyKey": format!("{key}-{version}") });
                let answer = act(app, "livp/trainer1", "placeLegalHold", &id, &input).await;
                assert_eq!(answer.data()["placeLegalHold"]["userErrors"][0]["code"], "NOT_FOUND", "{answer:?}");
            }
        }
    }

    async fn a_link_lets_in_to_one_complaint_only(app: &App) {
        let mut cases = Vec::new();
        for name in ["een", "twee"] {
            let mut input = letter(app, "livp", Some("basis"), "EMAIL", wederhoor_tests::START);
            input["complainant"]["email"] = json!(format!("{name}@personen.example"));
            cases.push(Case::registered(app, "livp", input).await);
        }
        app.sweep().await;
        let token = app.come_in_by_link("een@personen.example").await;
        let own = found(app, &token, &json!(cases[0].id), &json!([cases[0].id, cases[1].id])).await;
        assert_eq!(own[0].data()["complaint"]["id"], cases[0].id.as_str());
        assert_eq!(own[1].data()["node"]["id"], cases[0].id.as_str());
        assert_eq!(own[2].data()["nodes"], json!([{ "id": cases[0].id }, null]));
        let other = found(app, &token, &json!(cases[1].id), &json!([])).await;
        assert_eq!(other[0].data(), &json!({ "complaint": null }));
        assert_eq!(other[1].data(), &json!({ "node": null }));
        assert_eq!(other[2].data(), &json!({ "nodes": [] }));
        let answer = act(app, &token, "withdrawComplaint", &cases[1].id, &json!({})).await;
        assert_eq!(answer.data()["withdrawComplaint"]["userErrors"][0]["code"], "NOT_FOUND");
        assert_eq!(cases[1].stands().await, "RECEIVED");
    }
}

/// The whole answer to a mutation on a complaint.
async fn act(app: &App, who: &str, mutation: &str, id: &str, input: &Value) -> Answer {
    let mut input = input.clone();
    input["complaintId"] = json!(id);
    let document = crate::steps::mutation_document(mutation, "");
    ask(app, who, &document, json!({ "input": input })).await
}

/// The id of a complaint that is not there: the end of an id is random.
fn absent(id: &str) -> String {
    format!("{}AAAAAAA{}", &id[..15], &id[22..])
}
