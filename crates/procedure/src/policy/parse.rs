//! Reading a policy from TOML or JSON: what is wrong, where, and what to write instead.

use serde_json::Value;
use thiserror::Error;

use super::Policy;

/// Why a text is not a policy.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("{place}{message}")]
pub struct ParseError {
    /// What is wrong, and what to write instead.
    pub message: String,
    /// Where, as `line 3, column 7, in [retention]: `; empty when the whole is meant.
    pub place: String,
}

/// Reads a policy from TOML.
///
/// # Errors
/// Names line, column and table of the first fault: syntax, an unknown key, a missing article, a term that is none.
pub fn parse_toml(text: &str) -> Result<Policy, ParseError> {
    toml::from_str(text).map_err(|error| ParseError {
        message: instead(error.message()),
        place: error
            .span()
            .map_or_else(String::new, |span| place(text, span.start)),
    })
}

/// Reads a policy from JSON.
///
/// # Errors
/// As [`parse_toml`], without the table.
pub fn parse_json(text: &str) -> Result<Policy, ParseError> {
    let begins = text.trim_start();
    if !begins.is_empty() && !begins.starts_with('{') {
        return Err(ParseError {
            message: "a policy is an object: begin with `{`, and write its fields by their names"
                .to_owned(),
            place: place_in_json(&text[..text.len() - begins.len()]),
        });
    }
    let policy = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let message = error.to_string();
        let suffix = format!(" at line {line} column {column}");
        ParseError {
            message: instead(message.strip_suffix(&suffix).unwrap_or(&message)),
            place: format!("line {line}, column {column}: "),
        }
    })?;
    match list_for_object(text, &policy) {
        Some(place) => Err(ParseError {
            message: "a list: write an object with fields by their names here".to_owned(),
            place: format!("in `{place}`: "),
        }),
        None => Ok(policy),
    }
}

/// Where a text has a list for an object, of which the reader would take one value after the other as its fields.
fn list_for_object(text: &str, policy: &Policy) -> Option<String> {
    let given: Value = serde_json::from_str(text).ok()?;
    let meant = serde_json::to_value(policy).ok()?;
    misread(&given, &meant, String::new())
}

fn misread(given: &Value, meant: &Value, place: String) -> Option<String> {
    match (given, meant) {
        (Value::Array(_), Value::Object(_)) => Some(place),
        (Value::Object(given), Value::Object(meant)) => given.iter().find_map(|(key, given)| {
            let below = if place.is_empty() {
                key.clone()
            } else {
                format!("{place}.{key}")
            };
            misread(given, meant.get(key)?, below)
        }),
        (Value::Array(given), Value::Array(meant)) => {
            let mut pairs = (0..).zip(given.iter().zip(meant));
            pairs.find_map(|(index, (given, meant)): (usize, _)| {
                misread(given, meant, format!("{place}[{index}]"))
            })
        }
        _ => None,
    }
}

/// The line and column, from 1, of what comes after a text.
fn position(before: &str) -> (usize, usize) {
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
    (line, column)
}

fn place_in_json(before: &str) -> String {
    let (line, column) = position(before);
    format!("line {line}, column {column}: ")
}

fn place(text: &str, start: usize) -> String {
    let (line, column) = position(text.get(..start).unwrap_or_default());
    let upto = text.lines().take(line).map(str::trim);
    let table = upto
        .filter(|line| line.starts_with('[') && line.ends_with(']'))
        .last();
    match table {
        Some(table) => format!("line {line}, column {column}, in {table}: "),
        None => format!("line {line}, column {column}: "),
    }
}

/// What the readers say, with what to write where they leave that out.
fn instead(message: &str) -> String {
    if let Some(field) = message.strip_prefix("missing field ") {
        return format!("{field} is missing: write it here");
    }
    if message.starts_with("invalid type") && message.ends_with("expected a string") {
        return format!("{message}: put it between quotes, with a unit if it is a term");
    }
    // What the program calls a table is nobody's word.
    if let Some((found, _)) = message.split_once(", expected struct ") {
        return format!("{found}: write a table (in JSON an object) with fields here");
    }
    message.to_owned()
}
