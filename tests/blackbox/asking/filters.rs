//! Which complaints and what work a filter leaves: each field of it, alone and together.

use serde_json::{Value, json};
use wederhoor_tests::{App, START, both};

use crate::steps::{
    Case, ask, letter,
    livp::{LIVP, assign, member},
};

/// A second after the start.
const AFTER: &str = "2026-03-02T08:00:01Z";

async fn came_in<'a>(app: &'a App, course: &str, at: &str) -> Case<'a> {
    Case::registered(app, LIVP, letter(app, LIVP, Some(course), "EMAIL", at)).await
}

/// One that nobody handles, one in treatment, one withdrawn, and one that came in before the others and is late.
async fn fill(app: &App) -> [String; 4] {
    let fresh = came_in(app, "basis", START).await;
    let treated = came_in(app, "duo", START).await;
    assign(&treated, "trainer3").await;
    let gone = came_in(app, "basis", START).await;
    gone.came(json!({ "withdrawComplaint": {} }), "EMAIL", START)
        .await;
    let old = came_in(app, "allen", "2026-02-25T10:00:00Z").await;
    [fresh, treated, gone, old].map(|case| case.reference)
}

/// What each filter leaves, of the four.
fn table(app: &App, references: &[String; 4]) -> Vec<(Value, &'static [usize])> {
    let basis = &app.course(LIVP, "basis")["id"];
    let (trainer3, trainer2) = (member(app, "trainer3"), member(app, "trainer2"));
    vec![
        (json!({}), &[0, 1, 2, 3]),
        (json!({ "states": ["RECEIVED"] }), &[0, 3]),
        (json!({ "states": ["IN_TREATMENT"] }), &[1]),
        (json!({ "states": ["RECEIVED", "CLOSED"] }), &[0, 2, 3]),
        (json!({ "states": ["ON_APPEAL"] }), &[]),
        (json!({ "outcomes": ["WITHDRAWN"] }), &[2]),
        (json!({ "outcomes": ["AGREED", "WITHDRAWN"] }), &[2]),
        (json!({ "outcomes": ["AGREED"] }), &[]),
        (json!({ "courseId": basis }), &[0, 2]),
        (json!({ "handlerId": trainer3 }), &[1]),
        (json!({ "handlerId": trainer2 }), &[]),
        (json!({ "receivedFrom": START }), &[0, 1, 2]),
        (json!({ "receivedFrom": AFTER }), &[]),
        (json!({ "receivedBefore": START }), &[3]),
        (json!({ "receivedBefore": AFTER }), &[0, 1, 2, 3]),
        (json!({ "isOverdue": true }), &[3]),
        (json!({ "isOverdue": false }), &[0, 1, 2, 3]),
        (json!({ "isOpen": true }), &[0, 1, 3]),
        (json!({ "isOpen": false }), &[2]),
        (json!({ "reference": references[2] }), &[2]),
        (
            json!({ "states": ["RECEIVED"], "receivedFrom": START }),
            &[0],
        ),
        (json!({ "courseId": basis, "isOpen": true }), &[0]),
        (
            json!({ "handlerId": trainer3, "outcomes": ["WITHDRAWN"] }),
            &[],
        ),
    ]
}

/// The fields of an input type, or the arguments of a query.
async fn names(app: &App, document: &str, place: &str) -> Vec<String> {
    let answer = app.client.gql(None, document, json!({})).await;
    let all = answer.data().pointer(place).unwrap().as_array().unwrap();
    let mut names: Vec<String> = all
        .iter()
        .map(|one| one["name"].as_str().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

both! {
    async fn a_filter_leaves_the_complaints_it_says(app: &App) {
        let references = fill(app).await;
        let table = table(app, &references);
        let document = "query($filter: ComplaintFilter) { complaints(filter: $filter, orderBy: RECEIVED_ASC) { totalCount nodes { reference } } }";
        for (filter, left) in &table {
            let answer = ask(app, "livp/admin2", document, json!({ "filter": filter })).await;
            let found = &answer.data()["complaints"];
            let mut found_references: Vec<&str> =
                found["nodes"].as_array().unwrap().iter().map(|node| node["reference"].as_str().unwrap()).collect();
            found_references.sort_unstable();
            let mut left: Vec<&str> = left.iter().map(|place| references[*place].as_str()).collect();
            left.sort_unstable();
            assert_eq!(found_references, left, "{filter}");
            assert_eq!(found["totalCount"], left.len(), "{filter}");
        }
        let input = "{ __type(name: \"ComplaintFilter\") { inputFields { name } } }";
        for field in names(app, input, "/__type/inputFields").await {
            let narrows = table.iter().any(|(filter, left)| {
                filter.get(&field).is_some() && filter.as_object().unwrap().len() == 1 && left.len() < 4
            });
            assert!(narrows, "no row of the table is about {field} alone");
        }
    }

    async fn the_queue_before_an_instant_holds_what_is_due_before_it(app: &App) {
        fill(app).await;
        let document = "query($before: DateTime) { workQueue(first: 100, dueBefore: $before) { totalCount nodes { reference deadline { kind dueAt } } } }";
        let whole = ask(app, "livp/admin2", document, json!({})).await.data()["workQueue"].clone();
        let rows = whole["nodes"].as_array().unwrap().clone();
        assert!(rows.len() > 5, "{whole:#}");
        let mut lengths = Vec::new();
        for row in &rows {
            let due_at = row["deadline"]["dueAt"].as_str().unwrap();
            let after = due_at.replace(":00Z", ":01Z");
            for before in [due_at.to_owned(), after] {
                let part = ask(app, "livp/admin2", document, json!({ "before": before })).await.data()["workQueue"].clone();
                let is_before = |row: &&Value| row["deadline"]["dueAt"].as_str().unwrap() < before.as_str();
                let expected: Vec<Value> = rows.iter().filter(is_before).cloned().collect();
                assert_eq!(part["nodes"], json!(expected), "{before}");
                assert_eq!(part["totalCount"], expected.len(), "{before}");
                lengths.push(expected.len());
            }
        }
        assert!(lengths.contains(&0) && lengths.contains(&rows.len()), "{lengths:?}");
        let arguments = "{ __type(name: \"Query\") { fields { name args { name } } } }";
        let answer = app.client.gql(None, arguments, json!({})).await;
        let fields = answer.data()["__type"]["fields"].as_array().unwrap().clone();
        let place = fields.iter().position(|field| field["name"] == "workQueue").unwrap();
        let known = names(app, arguments, &format!("/__type/fields/{place}/args")).await;
        assert_eq!(known, ["after", "dueBefore", "first"]);
    }
}
