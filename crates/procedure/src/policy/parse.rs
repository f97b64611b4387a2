//! Reading a policy from TOML or JSON: what is wrong, where, and what to write instead.

mod texts;
mod words;

use std::fmt;

use serde_json::Value;
use thiserror::Error;

use self::words::Written;
use super::Policy;
use crate::locale::{
    Locale::{self, En},
    Text,
};

/// Why a text is not a policy.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub struct ParseError {
    /// What is wrong, and what to write instead.
    pub message: Text,
    /// Where, as `line 3, column 7, in [retention]: `; empty when the whole is meant.
    pub place: Text,
}

impl ParseError {
    /// Where, what is wrong, and what to write instead.
    pub fn in_words(&self, locale: Locale) -> String {
        let (place, message) = (self.place.in_locale(locale), self.message.in_locale(locale));
        format!("{place}{message}")
    }
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.in_words(En))
    }
}

/// Reads a policy from TOML.
///
/// # Errors
/// Names line, column and table of the first fault: syntax, an unknown key, a missing article, a term that is
/// none. Then the first text that nobody can read, by its path.
pub fn parse_toml(text: &str) -> Result<Policy, ParseError> {
    let policy = toml::from_str(text).map_err(|error| ParseError {
        message: words::of(error.message(), Written::Toml),
        place: error
            .span()
            .map_or_else(|| Text::new("", ""), |span| place(text, span.start)),
    })?;
    texts::legible(policy)
}

/// Reads a policy from JSON.
///
/// # Errors
/// As [`parse_toml`], without the table.
pub fn parse_json(text: &str) -> Result<Policy, ParseError> {
    let begins = text.trim_start();
    if !begins.is_empty() && !begins.starts_with('{') {
        return Err(ParseError {
            message: Text::new(
                "een regeling is een object: begin met `{`, en schrijf de velden met hun naam",
                "a policy is an object: begin with `{`, and write its fields by their names",
            ),
            place: place_in_json(position(&text[..text.len() - begins.len()])),
        });
    }
    let policy = serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let message = error.to_string();
        let suffix = format!(" at line {line} column {column}");
        ParseError {
            message: words::of(
                message.strip_suffix(&suffix).unwrap_or(&message),
                Written::Json,
            ),
            place: place_in_json((line, column)),
        }
    })?;
    match list_for_object(text, &policy) {
        Some(place) => Err(ParseError {
            message: Text::new(
                "hier staat een lijst: schrijf een object, en de velden met hun naam",
                "a list: write an object with fields by their names here",
            ),
            place: Text::new(format!("in `{place}`: "), format!("in `{place}`: ")),
        }),
        None => texts::legible(policy),
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

fn place_in_json((line, column): (usize, usize)) -> Text {
    Text::new(
        format!("regel {line}, kolom {column}: "),
        format!("line {line}, column {column}: "),
    )
}

/// The line, the column, and the table in which that is. A fault in a heading is in no table.
fn place(text: &str, start: usize) -> Text {
    let (line, column) = position(text.get(..start).unwrap_or_default());
    let upto = text.lines().take(line).map(str::trim_start);
    let headings = upto.filter(|line| line.starts_with('['));
    let table = headings.last().and_then(heading);
    let Some(table) = table else {
        return place_in_json((line, column));
    };
    Text::new(
        format!("regel {line}, kolom {column}, in {table}: "),
        format!("line {line}, column {column}, in {table}: "),
    )
}

/// The heading of a table, without what is remarked behind it.
fn heading(line: &str) -> Option<&str> {
    let bare = line
        .split_once('#')
        .map_or(line, |(bare, _)| bare)
        .trim_end();
    bare.ends_with(']').then_some(bare)
}
