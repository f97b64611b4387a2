//! Content that people confided: it is kept apart from the chain of events, and can be destroyed without breaking it.

use std::fmt;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

/// The single key under which a confidential value is serialised.
const KEY: &str = "confidential";

/// A confidential value, or the place where one was before it was destroyed.
///
/// Serialised as `{"confidential": value}`: by that single key the store finds it, keeps it apart and
/// leaves a salted digest in the chain. It is never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confidential<T> {
    #[serde(rename = "confidential")]
    value: Option<T>,
}

impl<T> Confidential<T> {
    /// Wraps a value.
    pub const fn new(value: T) -> Self {
        Self { value: Some(value) }
    }

    /// The value; `None` once it was destroyed.
    pub const fn reveal(&self) -> Option<&T> {
        self.value.as_ref()
    }
}

impl<T> From<T> for Confidential<T> {
    fn from(value: T) -> Self {
        Self::new(value)
    }
}

impl<T> fmt::Debug for Confidential<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.value.is_some() {
            "[confidential]"
        } else {
            "[destroyed]"
        })
    }
}

/// A value as it is once its confidential content is destroyed, wherever in it that stands; `None` where what is left
/// is no such value any more.
pub fn emptied<T: Serialize + DeserializeOwned>(value: &T) -> Option<T> {
    let mut whole = serde_json::to_value(value).ok()?;
    empty(&mut whole);
    serde_json::from_value(whole).ok()
}

fn empty(value: &mut Value) {
    match value {
        Value::Object(fields) if fields.len() == 1 && fields.contains_key(KEY) => {
            fields.insert(KEY.to_owned(), Value::Null);
        }
        Value::Object(fields) => fields.values_mut().for_each(empty),
        Value::Array(values) => values.iter_mut().for_each(empty),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
