//! The texts of a policy: what no page, letter or file can show is no text.

use serde_json::Value;

use super::ParseError;
use crate::{locale::Text, policy::Policy};

/// The longest text, in characters.
const LONGEST: usize = 2_000;

/// A policy whose texts can be read.
///
/// # Errors
/// Names the first text that holds a control character besides a tab or a line's end, or is too long.
pub(super) fn legible(policy: Policy) -> Result<Policy, ParseError> {
    // A policy can always be written.
    let written = serde_json::to_value(&policy).unwrap_or_default();
    match fault(&written, "") {
        None => Ok(policy),
        Some((place, message)) => Err(ParseError {
            message,
            place: Text::new(format!("in `{place}`: "), format!("in `{place}`: ")),
        }),
    }
}

fn fault(written: &Value, place: &str) -> Option<(String, Text)> {
    let below = |name: &str| match place {
        "" => name.to_owned(),
        _ => format!("{place}.{name}"),
    };
    match written {
        Value::String(text) => Some((place.to_owned(), fault_of(text)?)),
        Value::Array(all) => {
            let mut all = all.iter().enumerate();
            all.find_map(|(index, one)| fault(one, &format!("{place}[{index}]")))
        }
        Value::Object(all) => all.iter().find_map(|(name, one)| fault(one, &below(name))),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

fn fault_of(text: &str) -> Option<Text> {
    let hidden = |one: &char| one.is_control() && !matches!(one, '\t' | '\n' | '\r');
    if let Some(hidden) = text.chars().find(hidden) {
        let number = u32::from(hidden);
        return Some(Text::new(
            format!("het teken U+{number:04X} is niet te lezen: laat het weg"),
            format!("nobody can read the character U+{number:04X}: leave it out"),
        ));
    }
    (text.chars().count() > LONGEST).then(|| {
        Text::new(
            format!("deze tekst is te lang: schrijf hoogstens {LONGEST} tekens"),
            format!("this text is too long: write at most {LONGEST} characters"),
        )
    })
}
