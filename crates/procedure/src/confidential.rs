//! Content that people confided: it is kept apart from the chain of events, and can be destroyed without breaking it.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The single key under which a confidential value is serialised.
pub(crate) const KEY: &str = "confidential";

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

/// What a confidential value holds; `None` for any other value.
pub(crate) fn within(value: &Value) -> Option<&Value> {
    let fields = value.as_object().filter(|fields| fields.len() == 1)?;
    fields.get(KEY)
}

/// As [`within`], to be changed.
pub(crate) fn within_mut(value: &mut Value) -> Option<&mut Value> {
    let fields = value.as_object_mut().filter(|fields| fields.len() == 1)?;
    fields.get_mut(KEY)
}

/// Destroys every confidential value, wherever it stands.
pub(crate) fn empty(value: &mut Value) {
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
