//! Inputs that could be right, made from their types.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::schema::{Operation, Schema, Slot};

/// What the ids of an input are called, and what each names.
pub(super) const IDS: [(&str, &str); 17] = [
    ("complaintId", "complaint"),
    ("complaintIds", "complaint"),
    ("memberId", "member"),
    ("ownerId", "member"),
    ("substituteId", "member"),
    ("organiserId", "member"),
    ("handlerId", "member"),
    ("trainerIds", "member"),
    ("courseId", "course"),
    ("policyId", "policy"),
    ("letterId", "letter"),
    ("measureId", "measure"),
    ("absenceId", "absence"),
    ("contactId", "contact"),
    ("signInId", "signIn"),
    ("keyId", "apiKey"),
    ("values", "course"),
];

/// Ids by what they name, and the organisation's name in addresses.
pub(super) type Ids = BTreeMap<&'static str, String>;

/// What an id field of this name holds. A new one must be named here before the tests pass.
pub(super) fn named_by(field: &str) -> &'static str {
    let found = IDS.iter().find(|(name, _)| *name == field);
    found.map_or_else(
        || {
            panic!(
                "say in IDS what the id `{field}` names, so that it is tried with another tenant's"
            )
        },
        |(_, kind)| kind,
    )
}

/// The id of nothing, of the same kind as this one.
pub(crate) fn absent(id: &str) -> String {
    // An id is 23 characters; those at the end are random.
    format!("{}AAAAAAA{}", &id[..15], &id[22..])
}

/// An input of that type with all that is required, and nothing else; where nothing is, with one thing.
pub(super) fn fill(schema: &Schema, ids: &Ids, name: &str) -> Value {
    let of = schema.named(name);
    let all = &of.inputs;
    let needed: Vec<&Slot> = if of.is_one_of || all.iter().all(|slot| !slot.is_required) {
        all.iter().take(1).collect()
    } else {
        all.iter().filter(|slot| slot.is_required).collect()
    };
    let mut filled = Map::new();
    for slot in needed {
        filled.insert(slot.name.clone(), value(schema, ids, slot));
    }
    Value::Object(filled)
}

/// A value of a field that could be right.
pub(super) fn value(schema: &Schema, ids: &Ids, slot: &Slot) -> Value {
    let one = single(schema, ids, slot);
    if slot.is_list { json!([one]) } else { one }
}

fn single(schema: &Schema, ids: &Ids, slot: &Slot) -> Value {
    let of = schema.named(&slot.of);
    match (of.kind.as_str(), slot.of.as_str()) {
        ("INPUT_OBJECT", _) => fill(schema, ids, &slot.of),
        ("ENUM", _) => json!(usual(&slot.name, &of.values)),
        (_, "ID") => json!(ids[named_by(&slot.name)]),
        (_, "String") if slot.name == "organisation" => json!(ids["organisation"]),
        (_, "String") => json!(words(&slot.name)),
        (_, "Int") => json!(1),
        // What is required of all would bar everything that is tried after it.
        (_, "Boolean") => json!(slot.name != "isRequired"),
        (_, "Date") => json!(date(&slot.name)),
        (_, "DateTime") => json!(instant(&slot.name)),
        (_, "EmailAddress") => json!("iemand@personen.example"),
        (_, "PhoneNumber") => json!("+31201234567"),
        (_, "Locale") => json!("nl"),
        (kind, name) => panic!("say how to fill the {kind} {name}"),
    }
}

/// Parties with a number are tried with their own inputs; the complainant needs none.
fn usual<'a>(field: &str, values: &'a [String]) -> &'a str {
    let wanted = match field {
        "kind" => "COMPLAINANT",
        "channel" => "EMAIL",
        _ => "",
    };
    let found = values.iter().find(|value| *value == wanted);
    found.unwrap_or(&values[0])
}

fn words(field: &str) -> &'static str {
    match field {
        "cause" => "other",
        "reference" => "LIVP-2026-0001",
        "origins" => "https://www.organisatie.example",
        "senders" => "organisatie.example",
        _ => "Een paar woorden.",
    }
}

/// Of some things only a day that has been can be said.
fn date(field: &str) -> &'static str {
    match field {
        "filedOn" | "incidentOn" | "contactOn" => "2026-03-02",
        // Later than every term that can be extended, and by no more than may be.
        "until" => "2026-05-14",
        _ => "2026-04-20",
    }
}

fn instant(field: &str) -> &'static str {
    match field {
        "hearingAt" => "2026-04-20T09:00:00Z",
        _ => super::states::NOW,
    }
}

/// A query for what is there, with the ids of an organisation: its document and variables.
pub(super) fn asked(schema: &Schema, ids: &Ids, query: &Operation) -> (String, Value) {
    let arguments = query.arguments.iter();
    let given = arguments.filter(|one| one.is_required || one.name == "id");
    let given: Vec<_> = given.collect();
    let mut variables = json!({});
    for argument in &given {
        variables[&argument.name] = match (query.name.as_str(), argument.of.as_str()) {
            (_, "ID") if argument.is_list => {
                json!(ids.values().filter(|id| id.len() > 20).collect::<Vec<_>>())
            }
            ("policy" | "policyDiagram", "ID") => json!(ids["policy"]),
            ("apiKeyUses", "ID") => json!(ids["apiKey"]),
            (_, "ID") => json!(ids["complaint"]),
            ("organisation", _) => json!(ids["organisation"]),
            _ => value(schema, ids, argument),
        };
    }
    let names: Vec<&str> = given.iter().map(|one| one.name.as_str()).collect();
    (schema.query_document(query, &names), variables)
}
