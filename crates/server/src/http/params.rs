//! The parameters of a GraphQL request, from a body or from a query string.

use std::collections::HashSet;

use axum::{extract::Query, http::Uri};
use serde_json::{Map, Value};

use super::{json, refused::Refused};

/// What a client asks, before the document is looked at.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Params {
    pub(crate) query: String,
    pub(crate) operation_name: Option<String>,
    pub(crate) variables: Map<String, Value>,
}

/// Reads one operation from a JSON body. A list of operations is refused; keys that the specification does not know are
/// passed over.
pub(crate) fn from_body(bytes: &[u8], nesting: usize) -> Result<Params, Refused> {
    if bytes.is_empty() {
        return Err(Refused::malformed([
            "De inhoud van het verzoek is leeg.",
            "The body is empty.",
        ]));
    }
    from_value(json::read(bytes, nesting)?)
}

/// Reads one operation from what stood in a body, or in a message.
pub(crate) fn from_value(value: Value) -> Result<Params, Refused> {
    let mut entries = match value {
        Value::Object(entries) => entries,
        Value::Array(_) => {
            return Err(Refused::malformed([
                "Stuur één bewerking, geen lijst van bewerkingen.",
                "Send one operation, not a list of operations.",
            ]));
        }
        _ => {
            return Err(Refused::malformed([
                "De inhoud van het verzoek moet een JSON-object zijn.",
                "The body must be a JSON object.",
            ]));
        }
    };
    let Some(Value::String(query)) = entries.remove("query") else {
        return Err(Refused::malformed([
            "query moet een tekst zijn.",
            "query must be a string.",
        ]));
    };
    let operation_name = match entries.remove("operationName") {
        None | Some(Value::Null) => None,
        Some(Value::String(name)) => Some(name),
        Some(_) => {
            return Err(Refused::malformed([
                "operationName moet een tekst zijn.",
                "operationName must be a string.",
            ]));
        }
    };
    let variables = object(entries.remove("variables"), "variables")?;
    object(entries.remove("extensions"), "extensions")?;
    Ok(Params {
        query,
        operation_name,
        variables,
    })
}

/// Reads one operation from the query string of a GET; variables and extensions stand there as JSON.
pub(crate) fn from_uri(uri: &Uri, nesting: usize) -> Result<Params, Refused> {
    let Query(pairs): Query<Vec<(String, String)>> = Query::try_from_uri(uri).map_err(|_| {
        Refused::malformed([
            "De zoekreeks van het adres is niet te lezen.",
            "The query string cannot be read.",
        ])
    })?;
    let mut seen = HashSet::new();
    let mut params = Params::default();
    let mut query = None;
    for (name, value) in pairs {
        if value.contains('\u{fffd}') || value.contains('\0') {
            return Err(Refused::malformed([
                "De zoekreeks van het adres is geen tekst in UTF-8.",
                "The query string is not UTF-8 text.",
            ]));
        }
        if !seen.insert(name.clone()) {
            return Err(Refused::malformed([
                "Een parameter staat twee keer in de zoekreeks van het adres.",
                "A parameter stands twice in the query string.",
            ]));
        }
        match name.as_str() {
            "query" => query = Some(value),
            _ if value.is_empty() => {}
            "operationName" => params.operation_name = Some(value),
            "variables" => {
                params.variables =
                    object(Some(json::read(value.as_bytes(), nesting)?), "variables")?;
            }
            "extensions" => drop(object(
                Some(json::read(value.as_bytes(), nesting)?),
                "extensions",
            )?),
            _ => {}
        }
    }
    params.query = query.ok_or_else(|| {
        Refused::malformed([
            "De parameter query ontbreekt.",
            "The parameter query is missing.",
        ])
    })?;
    Ok(params)
}

fn object(value: Option<Value>, name: &str) -> Result<Map<String, Value>, Refused> {
    match value {
        None | Some(Value::Null) => Ok(Map::new()),
        Some(Value::Object(entries)) => Ok(entries),
        Some(_) => Err(Refused::malformed([
            format!("{name} moet een object zijn."),
            format!("{name} must be an object."),
        ])),
    }
}
