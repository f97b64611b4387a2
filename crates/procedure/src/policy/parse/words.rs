//! What the readers of TOML and JSON say, in plain words of both languages. What they find by our own rules is in both
//! already; what else they say is matched here, and told in short where it is not known.

use crate::locale::Text;

/// How a policy is written.
#[derive(Clone, Copy)]
pub(super) enum Written {
    Toml,
    Json,
}

/// What a reader says, with what to write instead.
pub(super) fn of(message: &str, written: Written) -> Text {
    Text::parted(message)
        .or_else(|| missing(message))
        .or_else(|| unknown(message))
        .or_else(|| of_another_type(message))
        .or_else(|| twice(message))
        .unwrap_or_else(|| unreadable(message, written))
}

fn missing(message: &str) -> Option<Text> {
    let field = message.strip_prefix("missing field ")?;
    Some(Text::new(
        format!("{field} ontbreekt: schrijf het hier"),
        format!("{field} is missing: write it here"),
    ))
}

/// A field or a value that is none of those that can be here.
fn unknown(message: &str) -> Option<Text> {
    let is_field = message.starts_with("unknown field ");
    let rest = message
        .strip_prefix("unknown field ")
        .or_else(|| message.strip_prefix("unknown variant "))?;
    let (found, expected) = rest.split_once(", expected ")?;
    let names: Vec<&str> = expected.split('`').skip(1).step_by(2).collect();
    let all = |or: &str| {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        match quoted.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} {or} {last}", others.join(", ")),
            None => String::new(),
        }
    };
    let (nl, en) = (all("of"), all("or"));
    Some(if is_field {
        Text::new(
            format!("het veld {found} bestaat hier niet: schrijf {nl}"),
            format!("there is no field {found} here: write {en}"),
        )
    } else {
        Text::new(
            format!("de waarde {found} bestaat hier niet: schrijf {nl}"),
            format!("there is no value {found} here: write {en}"),
        )
    })
}

fn of_another_type(message: &str) -> Option<Text> {
    let (found, expected) = if message == "wanted string or table" {
        ("", "a word")
    } else {
        let rest = message
            .strip_prefix("invalid type: ")
            .or_else(|| message.strip_prefix("invalid value: "))?;
        rest.rsplit_once(", expected ")?
    };
    let found = found_of(found);
    let expected = expected_of(expected);
    Some(Text::new(
        format!("hier staat {}: {}", found.nl, expected.nl),
        format!("here is {}: {}", found.en, expected.en),
    ))
}

fn found_of(found: &str) -> Text {
    let (nl, en) = match found.split([' ', '`']).next().unwrap_or_default() {
        "string" => ("een tekst", "a text"),
        "integer" | "floating" => ("een getal", "a number"),
        "boolean" => ("true of false", "true or false"),
        "sequence" => ("een lijst", "a list"),
        "map" => ("een tabel", "a table"),
        "null" | "unit" => ("niets", "nothing"),
        _ => ("iets dat hier niet kan", "something that cannot be"),
    };
    Text::new(nl, en)
}

/// What the program calls a table is nobody's word.
fn expected_of(expected: &str) -> Text {
    let (nl, en) = match expected.split(' ').next().unwrap_or_default() {
        "a" if expected == "a string" => (
            "zet het tussen aanhalingstekens, met een eenheid als het een termijn is",
            "put it between quotes, with a unit if it is a term",
        ),
        "a" if expected == "a boolean" => (
            "schrijf true of false, zonder aanhalingstekens",
            "write true or false, without quotes",
        ),
        "a" if expected == "a sequence" => (
            "schrijf een lijst tussen `[` en `]`",
            "write a list between `[` and `]`",
        ),
        "u8" | "u16" | "u32" | "u64" | "usize" => (
            "schrijf een heel getal vanaf 0, zonder aanhalingstekens",
            "write a whole number from 0, without quotes",
        ),
        "struct" | "map" => (
            "schrijf hier een tabel (in JSON een object) met velden",
            "write a table (in JSON an object) with fields here",
        ),
        _ => (
            "schrijf een van de woorden die de regeling hier kent, tussen aanhalingstekens",
            "write one of the words that a regulation knows here, between quotes",
        ),
    };
    Text::new(nl, en)
}

fn twice(message: &str) -> Option<Text> {
    message.starts_with("duplicate ").then(|| {
        Text::new(
            "deze sleutel staat er twee keer: laat er een weg",
            "this key is there twice: leave one out",
        )
    })
}

/// The readers' own words for what is not well formed are English, and many.
fn unreadable(message: &str, written: Written) -> Text {
    let (name, marks) = match written {
        Written::Toml => (
            "TOML",
            "de haken, de aanhalingstekens, het is-teken en de komma's",
        ),
        Written::Json => (
            "JSON",
            "de accolades, de haken, de aanhalingstekens en de komma's",
        ),
    };
    Text::new(
        format!("dit is geen geldige {name}: kijk naar {marks} hier en vlak ervoor"),
        format!("this is no valid {name}: {message}"),
    )
}
