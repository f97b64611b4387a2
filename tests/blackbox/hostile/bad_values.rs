//! Values that are never right in a place of some type.

use serde_json::{Value, json};

use super::{
    input::{Ids, absent, value},
    places::{Place, places},
    schema::Schema,
};

/// One input that cannot be right.
pub(super) struct Bad {
    /// What is wrong with it.
    pub(super) what: String,
    pub(super) input: Value,
}

/// Inputs of that type that cannot be right, each for one reason.
pub(super) fn bad_inputs(schema: &Schema, ids: &Ids, name: &str) -> Vec<Bad> {
    let mut found: Vec<Bad> = [
        Value::Null,
        json!("tekst"),
        json!([]),
        json!(5),
        json!({ "onbekend": 1 }),
    ]
    .into_iter()
    .map(|input| Bad {
        what: format!("input {input}"),
        input,
    })
    .collect();
    for place in places(schema, name) {
        let written = place.written();
        if place.slot.is_required && !schema.named(name).is_one_of {
            let (what, input) = (
                format!("{written} missing"),
                place.without(schema, ids, name),
            );
            found.push(Bad { what, input });
        }
        for bad in values(schema, ids, &place) {
            let what = format!("{written} = {}", shortened(&bad));
            let input = place.with(schema, ids, name, bad);
            found.push(Bad { what, input });
        }
    }
    found
}

fn values(schema: &Schema, ids: &Ids, place: &Place) -> Vec<Value> {
    let slot = &place.slot;
    let of = schema.named(&slot.of);
    let mut found = match (of.kind.as_str(), slot.of.as_str()) {
        ("INPUT_OBJECT", _) => vec![json!("tekst"), json!({ "onbekend": 1 })],
        ("ENUM", _) => vec![json!("GEEN_WAARDE"), json!(""), json!(1)],
        (_, "ID") => ids_of_nothing(ids, slot.name.as_str()),
        (_, "String") => vec![
            json!(12),
            json!({ "a": 1 }),
            json!(long("a")),
            json!("nul \u{0} teken"),
        ],
        (_, "Int") => vec![
            json!("een"),
            json!(1.5),
            json!(-1),
            json!(3_000_000_000_u32),
        ],
        (_, "Boolean") => vec![json!("ja"), json!(1)],
        (_, "Date") => vec![
            json!("2026-02-30"),
            json!("morgen"),
            json!("20260302"),
            json!(5),
        ],
        (_, "DateTime") => vec![
            json!("2026-03-02"),
            json!("2026-03-02T25:00:00Z"),
            json!("gisteren"),
            json!(5),
        ],
        (_, "EmailAddress") => addresses(),
        (_, "PhoneNumber") => vec![json!("niet gebeld"), json!("0612345678"), json!(5)],
        (_, "Locale") => vec![json!("tlh"), json!("nl; drop"), json!(5)],
        (kind, name) => panic!("say what is never right in the {kind} {name}"),
    };
    let texts = [
        "String",
        "Date",
        "DateTime",
        "EmailAddress",
        "PhoneNumber",
        "Locale",
    ];
    if slot.is_required && texts.contains(&slot.of.as_str()) {
        found.extend([json!(""), json!("   ")]);
    }
    if slot.is_list {
        found = found.into_iter().map(|one| json!([one])).collect();
        let one = value(schema, ids, slot)[0].clone();
        found.push(Value::Array(vec![one; 1_001]));
        found.push(json!([null]));
    }
    if slot.is_required {
        found.push(Value::Null);
    }
    found
}

/// No id, an id of another kind, an id of nothing.
fn ids_of_nothing(ids: &Ids, field: &str) -> Vec<Value> {
    let kind = super::input::named_by(field);
    let other = if kind == "course" { "member" } else { "course" };
    vec![
        json!(""),
        json!("geen id"),
        json!({ "a": 1 }),
        json!(long("A")),
        json!(ids[other]),
        json!(absent(&ids[kind])),
    ]
}

fn addresses() -> Vec<Value> {
    let bare = [
        "geen adres",
        "jo@",
        "@x.example",
        "jo@x@y.example",
        "jo@x.example\r\nBcc: an@y.example",
    ];
    let mut found: Vec<Value> = bare.iter().map(|one| json!(one)).collect();
    found.push(json!(format!("{}@personen.example", long("j"))));
    found.push(json!(5));
    found
}

/// Longer than any text may be.
fn long(letter: &str) -> String {
    letter.repeat(20_001)
}

fn shortened(value: &Value) -> String {
    value.to_string().chars().take(60).collect()
}
