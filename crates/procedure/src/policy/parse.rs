//! Reading a policy from TOML or JSON: what is wrong, where, and what to write instead.

use thiserror::Error;

use super::Policy;

/// Why a text is not a policy.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{place}{message}")]
pub struct ParseError {
    /// What is wrong, and what to write instead.
    pub message: String,
    /// Where, as `line 3, column 7: `; empty when the whole is meant.
    pub place: String,
}

/// Reads a policy from TOML.
///
/// # Errors
/// Names line and column of the first fault: syntax, an unknown key, a missing article, a term that is none.
pub fn parse_toml(text: &str) -> Result<Policy, ParseError> {
    toml::from_str(text).map_err(|error| {
        let place = error.span().map_or_else(String::new, |span| {
            let before = text.get(..span.start).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            let column = before.chars().rev().take_while(|&c| c != '\n').count() + 1;
            format!("line {line}, column {column}: ")
        });
        ParseError {
            message: error.message().to_owned(),
            place,
        }
    })
}

/// Reads a policy from JSON.
///
/// # Errors
/// As [`parse_toml`].
pub fn parse_json(text: &str) -> Result<Policy, ParseError> {
    serde_json::from_str(text).map_err(|error| ParseError {
        message: error.to_string(),
        place: String::new(),
    })
}
