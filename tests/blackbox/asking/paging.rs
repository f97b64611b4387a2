//! Lists come in pages, by cursors that belong to one list, one order, one filter and one organisation.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::{
    api_keys::{make, secret_of},
    operator::operator,
    steps::{Case, letter},
};

const PAGE: &str = "query($first: Int, $after: String, $order: ComplaintSort! = RECEIVED_DESC, $filter: ComplaintFilter) {
    complaints(first: $first, after: $after, orderBy: $order, filter: $filter) {
        totalCount edges { cursor node { reference } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }";

/// The lists of an organisation, all of which its administrator reads.
const LISTS: [&str; 13] = [
    "apiKeys",
    "apiKeyUses",
    "accessLog",
    "complaints",
    "workQueue",
    "courses",
    "members",
    "lettersToPrint",
    "undeliveredLetters",
    "informalContacts",
    "policies",
    "absences",
    "ownMeasures",
];
/// The lists of operators.
const OF_OPERATORS: [&str; 1] = ["tenants"];

both! {
    async fn pages_hold_every_row_once_and_in_order(app: &App) {
        fill(app, "livp", 7).await;
        for order in orders(app).await {
            let all = page(app, "livp", json!({ "first": 100, "order": order })).await;
            let whole = references(&all);
            assert_eq!(whole.len(), 7, "{order}");
            assert_eq!(all["totalCount"], 7);
            assert_eq!(all["pageInfo"]["hasNextPage"], false);
            let (mut found, mut after, mut pages) = (Vec::new(), Value::Null, 0);
            loop {
                let one = page(app, "livp", json!({ "first": 3, "order": order, "after": after })).await;
                assert_eq!(one["pageInfo"]["hasPreviousPage"], pages > 0, "{order}");
                found.extend(references(&one));
                pages += 1;
                after = one["pageInfo"]["endCursor"].clone();
                if one["pageInfo"]["hasNextPage"] == false {
                    break;
                }
                assert!(pages < 5, "{order} has no end");
            }
            assert_eq!((found, pages), (whole, 3), "{order}");
        }
    }

    async fn rows_that_come_in_between_do_not_repeat_others(app: &App) {
        fill(app, "livp", 4).await;
        let mut before = references(&page(app, "livp", json!({ "first": 100 })).await);
        before.sort();
        let first = page(app, "livp", json!({ "first": 2 })).await;
        app.at("2026-03-02T12:00:00Z").await;
        let later = letter(app, "livp", Some("basis"), "EMAIL", "2026-03-02T11:00:00Z");
        Case::registered(app, "livp", later).await;
        let rest = page(app, "livp", json!({ "first": 100, "after": first["pageInfo"]["endCursor"] })).await;
        let mut all = [references(&first), references(&rest)].concat();
        all.sort();
        assert_eq!((all.len(), all), (4, before));
    }

    async fn a_page_has_25_rows_where_no_size_is_asked(app: &App) {
        fill(app, "livp", 25).await;
        let whole = page(app, "livp", json!({})).await;
        assert_eq!((references(&whole).len(), &whole["pageInfo"]["hasNextPage"]), (25, &json!(false)));
        fill(app, "livp", 1).await;
        let first = page(app, "livp", json!({})).await;
        assert_eq!((references(&first).len(), &first["pageInfo"]["hasNextPage"]), (25, &json!(true)));
        assert_eq!(first["totalCount"], 26);
        let rest = page(app, "livp", json!({ "after": first["pageInfo"]["endCursor"] })).await;
        assert_eq!((references(&rest).len(), &rest["pageInfo"]["hasNextPage"]), (1, &json!(false)));
    }

    async fn rows_are_counted_only_when_their_number_is_asked(app: &App) {
        fill(app, "livp", 2).await;
        for list in LISTS {
            let given = given(app, list).await;
            let (bare, counted) = (statements(app, list, &given, "").await, statements(app, list, &given, "totalCount").await);
            let is_read_whole = ["absences", "members", "ownMeasures", "policies"].contains(&list);
            assert_eq!(counted - bare, u64::from(!is_read_whole), "{list}: {bare} and {counted}");
        }
    }

    async fn every_list_holds_to_its_page_size(app: &App) {
        fill(app, "livp", 1).await;
        let (admin, (operator, _)) = (app.token("livp", "admin").await, operator(app).await);
        for list in lists(app).await {
            let given = given(app, &list).await;
            let token = Some(if OF_OPERATORS.contains(&&*list) { &*operator } else { &*admin });
            for first in ["0", "-1", "101", "2147483647", "-2147483648"] {
                let document = format!("{{ {list}({given}first: {first}) {{ nodes {{ __typename }} }} }}");
                let answer = app.client.gql(token, &document, json!({})).await;
                assert_eq!(answer.code(), Some("BAD_REQUEST"), "{list} {first}: {:#}", answer.body);
            }
            for first in ["1", "100", "null"] {
                let document = format!("{{ {list}({given}first: {first}) {{ nodes {{ __typename }} }} }}");
                let answer = app.client.gql(token, &document, json!({})).await;
                assert!(answer.data()[&list]["nodes"].is_array(), "{list} {first}");
            }
        }
    }

    async fn a_cursor_of_something_else_is_no_cursor(app: &App) {
        fill(app, "livp", 3).await;
        fill(app, "blijf-groep", 3).await;
        let own = page(app, "livp", json!({ "first": 1 })).await["pageInfo"]["endCursor"].clone();
        let theirs = page(app, "blijf-groep", json!({ "first": 1 })).await["pageInfo"]["endCursor"].clone();
        let oldest = page(app, "livp", json!({ "first": 1, "order": "RECEIVED_ASC" })).await["pageInfo"]["endCursor"].clone();
        let open = page(app, "livp", json!({ "first": 1, "filter": { "isOpen": true } })).await["pageInfo"]["endCursor"].clone();
        let own_text = own.as_str().unwrap();
        let mut made: Vec<Value> = vec![theirs, oldest, open];
        made.extend(["", " ", "x", "AAAA", "%00", "\u{0}", "1", "eyJpZCI6MX0"].map(|text| json!(text)));
        made.push(json!("A".repeat(48)));
        made.push(json!("A".repeat(10_000)));
        made.push(json!(own_text[1..]));
        made.push(json!(format!("{own_text}A")));
        made.push(json!(format!("{own_text}=")));
        for cursor in made {
            let answer = app.ask("livp/admin", PAGE, json!({ "after": cursor })).await;
            assert_eq!(answer.code(), Some("BAD_REQUEST"), "{cursor}: {:#}", answer.body);
        }
        for list in LISTS.into_iter().filter(|list| *list != "complaints") {
            let given = given(app, list).await;
            let document = format!("query($after: String) {{ {list}({given}after: $after) {{ nodes {{ __typename }} }} }}");
            let answer = app.ask("livp/admin", &document, json!({ "after": own })).await;
            assert_eq!(answer.code(), Some("BAD_REQUEST"), "{list}: {:#}", answer.body);
        }
        // The same cursor for a colleague of the same organisation is a place in the same list.
        assert!(app.ask("livp/admin2", PAGE, json!({ "after": own })).await.data()["complaints"]["edges"].is_array());
    }
}

/// The lists of the schema; a new one must be named in `LISTS` or `OF_OPERATORS`.
async fn lists(app: &App) -> Vec<String> {
    let document = "{ __type(name: \"Query\") { fields { name args { name } } } }";
    let answer = app.client.gql(None, document, json!({})).await;
    let fields = answer.data()["__type"]["fields"]
        .as_array()
        .unwrap()
        .clone();
    let is_list = |field: &&Value| {
        let arguments = field["args"].as_array().unwrap();
        arguments.iter().any(|argument| argument["name"] == "after")
    };
    let named = |field: &Value| {
        let name = field["name"].as_str().unwrap();
        assert!(
            LISTS.contains(&name) || OF_OPERATORS.contains(&name),
            "name {name} in LISTS"
        );
        name.to_owned()
    };
    fields.iter().filter(is_list).map(named).collect()
}

/// What a list asks for besides its page: of one complaint or key, which.
async fn given(app: &App, list: &str) -> String {
    if list == "apiKeyUses" {
        let key = json!({ "name": "Excel", "scopes": ["STATISTICS"] });
        let (_, key) = secret_of(make(app, "livp/admin", key).await);
        return format!("keyId: {}, ", key["id"]);
    }
    if list != "accessLog" {
        return String::new();
    }
    let document = "{ complaints(first: 1) { nodes { id } } }";
    let answer = app.ask("livp/admin", document, json!({})).await;
    let id = &answer.data()["complaints"]["nodes"][0]["id"];
    format!("complaintId: {id}, ")
}

/// How many statements a page of a list costs, with this besides its rows.
async fn statements(app: &App, list: &str, given: &str, besides: &str) -> u64 {
    let before = app.statements();
    let document = format!("{{ {list}({given}first: 1) {{ nodes {{ __typename }} {besides} }} }}");
    app.ask("livp/admin", &document, json!({})).await.data();
    app.statements() - before
}

async fn orders(app: &App) -> Vec<String> {
    let document = "{ __type(name: \"ComplaintSort\") { enumValues { name } } }";
    let answer = app.client.gql(None, document, json!({})).await;
    let values = answer.data()["__type"]["enumValues"].as_array().unwrap();
    values
        .iter()
        .map(|value| value["name"].as_str().unwrap().to_owned())
        .collect()
}

/// So many complaints, all received at the same instant.
async fn fill(app: &App, organisation: &str, count: usize) {
    let course = if organisation == "livp" {
        "basis"
    } else {
        "veilig"
    };
    for _ in 0..count {
        let input = letter(
            app,
            organisation,
            Some(course),
            "EMAIL",
            wederhoor_tests::START,
        );
        Case::registered(app, organisation, input).await;
    }
}

async fn page(app: &App, organisation: &str, variables: Value) -> Value {
    let answer = app
        .ask(&format!("{organisation}/admin"), PAGE, variables)
        .await;
    answer.data()["complaints"].clone()
}

fn references(page: &Value) -> Vec<String> {
    let edges = page["edges"].as_array().unwrap();
    let one = |edge: &Value| edge["node"]["reference"].as_str().unwrap().to_owned();
    edges.iter().map(one).collect()
}
