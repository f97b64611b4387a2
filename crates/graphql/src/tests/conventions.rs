//! The conventions of the schema, held by walking it as a client would.

use async_graphql::Request;
use serde_json::Value;

use crate::{Limits, schema};

const DOCUMENT: &str = "{ __schema { mutationType { name } types { kind name description isOneOf specifiedByURL \
    fields(includeDeprecated: true) { name description args { name description type { ...T } } type { ...T } } \
    inputFields { name description type { ...T } } enumValues(includeDeprecated: true) { name description } } } } \
    fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name } } } }";

async fn types() -> Vec<Value> {
    let response = schema(Limits::default())
        .execute(Request::new(DOCUMENT))
        .await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    let data = response.data.into_json().unwrap();
    let all = data["__schema"]["types"].as_array().unwrap().clone();
    all.into_iter()
        .filter(|one| !name(one).starts_with("__"))
        .collect()
}

fn name(value: &Value) -> &str {
    value["name"].as_str().unwrap_or_default()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map(Vec::as_slice).unwrap_or_default()
}

fn find<'a>(types: &'a [Value], wanted: &str) -> &'a Value {
    types
        .iter()
        .find(|one| name(one) == wanted)
        .unwrap_or_else(|| panic!("no type {wanted}"))
}

/// As it stands in the schema definition language, such as `[UserError!]!`.
fn written(of: &Value) -> String {
    match of["kind"].as_str() {
        Some("NON_NULL") => format!("{}!", written(&of["ofType"])),
        Some("LIST") => format!("[{}]", written(&of["ofType"])),
        _ => name(of).to_owned(),
    }
}

fn is_described(value: &Value) -> bool {
    value["description"]
        .as_str()
        .is_some_and(|text| !text.trim().is_empty())
}

#[tokio::test]
async fn everything_has_a_description() {
    const OF_THE_LANGUAGE: [&str; 5] = ["Boolean", "Int", "Float", "String", "ID"];
    let mut missing = Vec::new();
    for one in types()
        .await
        .iter()
        .filter(|one| !OF_THE_LANGUAGE.contains(&name(one)))
    {
        let path = name(one);
        let mut note = |value: &Value, path: String| {
            if !is_described(value) {
                missing.push(path);
            }
        };
        note(one, path.to_owned());
        for field in list(one, "fields") {
            note(field, format!("{path}.{}", name(field)));
            for argument in list(field, "args") {
                note(
                    argument,
                    format!("{path}.{}({})", name(field), name(argument)),
                );
            }
        }
        for kind in ["inputFields", "enumValues"] {
            for part in list(one, kind) {
                note(part, format!("{path}.{}", name(part)));
            }
        }
    }
    assert_eq!(missing, [""; 0]);
}

#[tokio::test]
async fn a_mutation_has_one_input_and_a_payload_of_its_name() {
    let types = types().await;
    for mutation in list(find(&types, "Mutation"), "fields") {
        let verb = name(mutation);
        let mut stem = verb.to_owned();
        stem[..1].make_ascii_uppercase();
        let [input] = list(mutation, "args") else {
            panic!("{verb} has not one argument")
        };
        assert_eq!(
            (name(input), written(&input["type"])),
            ("input", format!("{stem}Input!")),
            "{verb}"
        );
        assert_eq!(
            written(&mutation["type"]),
            format!("{stem}Payload"),
            "{verb}"
        );
        let payload = list(find(&types, &format!("{stem}Payload")), "fields");
        let (errors, changed): (Vec<_>, Vec<_>) = payload
            .iter()
            .partition(|field| name(field) == "userErrors");
        assert_eq!(
            errors
                .iter()
                .map(|field| written(&field["type"]))
                .collect::<Vec<_>>(),
            ["[UserError!]!"],
            "{verb}"
        );
        assert!(!changed.is_empty(), "{verb} does not say what changed");
        assert!(
            changed
                .iter()
                .all(|field| !written(&field["type"]).ends_with('!')),
            "{verb} cannot answer nothing"
        );
    }
}

#[tokio::test]
async fn an_input_that_changes_a_complaint_may_name_the_version_it_saw() {
    let types = types().await;
    for input in types.iter().filter(|one| one["kind"] == "INPUT_OBJECT") {
        let fields: Vec<&str> = list(input, "inputFields").iter().map(name).collect();
        if fields.contains(&"complaintId") {
            assert!(fields.contains(&"expectedVersion"), "{}", name(input));
            assert!(fields.contains(&"idempotencyKey"), "{}", name(input));
        }
    }
}

#[tokio::test]
async fn names_say_what_they_hold() {
    let mut wrong = Vec::new();
    for one in &types().await {
        for field in list(one, "fields").iter().chain(list(one, "inputFields")) {
            let (field_name, of) = (name(field), written(&field["type"]));
            let bare = of.trim_matches(['!', '[', ']']);
            let fits = match bare {
                "DateTime" => ["At", "at", "From", "Before"]
                    .iter()
                    .any(|end| field_name.ends_with(end)),
                "Date" => ["On", "on", "until", "Day", "Days", "days"]
                    .iter()
                    .any(|end| field_name.ends_with(end)),
                "Boolean" => ["is", "can", "has"]
                    .iter()
                    .any(|start| field_name.starts_with(start)),
                _ => true,
            };
            if !fits {
                wrong.push(format!("{}.{field_name}: {of}", name(one)));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
}

#[tokio::test]
async fn scalars_say_where_they_are_specified() {
    const OF_THE_LANGUAGE: [&str; 5] = ["Boolean", "Int", "Float", "String", "ID"];
    for one in types().await.iter().filter(|one| one["kind"] == "SCALAR") {
        assert!(
            OF_THE_LANGUAGE.contains(&name(one)) || one["specifiedByURL"].is_string(),
            "{}",
            name(one)
        );
    }
}

#[tokio::test]
async fn a_list_is_a_connection() {
    for one in types()
        .await
        .iter()
        .filter(|one| name(one).ends_with("Connection"))
    {
        let fields: Vec<&str> = list(one, "fields").iter().map(name).collect();
        for needed in ["edges", "nodes", "pageInfo", "totalCount"] {
            assert!(fields.contains(&needed), "{}.{needed}", name(one));
        }
    }
}

#[tokio::test]
async fn what_grows_is_asked_for_by_the_page() {
    /// Twenty at most, days of the year, each kind of letter in each language, as many as were asked for, and a hundred at most.
    const BOUNDED: [&str; 6] = [
        "allowedOrigins",
        "closingDays",
        "equatedDays",
        "letterWordings",
        "nodes",
        "stuckWork",
    ];
    let types = types().await;
    let mut lists: Vec<&str> = list(find(&types, "Query"), "fields")
        .iter()
        .filter(|field| written(&field["type"]).starts_with('['))
        .map(name)
        .collect();
    lists.sort_unstable();
    assert_eq!(lists, BOUNDED);
}

#[tokio::test]
async fn what_the_field_speaks_of_has_its_dutch_word() {
    /// Of the protocol, and of nothing that people speak of.
    const TECHNICAL: [&str; 13] = [
        "ComplaintSort",
        "DiagramFormat",
        "Done",
        "Mutation",
        "Node",
        "PageInfo",
        "PolicyFormat",
        "Query",
        "Session",
        "Subscription",
        "UserError",
        "UserErrorCode",
        "Viewer",
    ];
    let types = types().await;
    let mut without = Vec::new();
    for one in &types {
        let is_of_the_field = matches!(one["kind"].as_str(), Some("OBJECT" | "ENUM" | "INTERFACE"))
            && !["Connection", "Edge", "Payload"]
                .iter()
                .any(|end| name(one).ends_with(end));
        let text = one["description"].as_str().unwrap_or_default();
        let has_word = text.matches('*').count() >= 2;
        if is_of_the_field && !has_word {
            without.push(name(one));
        }
    }
    without.sort_unstable();
    assert_eq!(without, TECHNICAL);
}

#[tokio::test]
async fn alternatives_are_exclusive() {
    let types = types().await;
    for wanted in ["PartyActInput", "PolicyChoiceInput"] {
        assert_eq!(find(&types, wanted)["isOneOf"], true, "{wanted}");
    }
}
