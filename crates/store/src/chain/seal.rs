//! Taking confidential content out of an event and putting it back.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::append::Entropy;
use crate::{StoreError, canonical};

/// The one key of an object that is confidential, as the heart writes it.
const CONFIDENTIAL: &str = "confidential";
/// The one key of what stands in its place in the chain.
const SEALED: &str = "sealed";

/// Content that was taken out of an event.
pub(super) struct Content {
    pub(super) salt: [u8; 16],
    /// JSON in its one spelling.
    pub(super) text: String,
}

/// Takes every `{"confidential": X}` out, depth first, and leaves `{"sealed": digest}` in its place.
///
/// # Errors
/// `Internal` when the event already holds something that looks sealed.
pub(super) fn seal(payload: &mut Value, entropy: Entropy<'_>) -> Result<Vec<Content>, StoreError> {
    let mut contents = Vec::new();
    let mut is_forged = false;
    visit(payload, &mut |value| {
        if single(value, SEALED).is_some() {
            is_forged = true;
        }
        let Some(inner) = single(value, CONFIDENTIAL) else {
            return false;
        };
        let mut salt = [0; 16];
        entropy(&mut salt);
        let text = canonical::json(inner);
        *value = object(SEALED, Value::String(digest(&salt, &text)));
        contents.push(Content { salt, text });
        true
    });
    if is_forged {
        return Err(StoreError::Internal(
            "an event holds an object whose one key is \"sealed\"".to_owned(),
        ));
    }
    Ok(contents)
}

/// Puts content back in the order in which it was taken out; what is gone becomes `{"confidential": null}`.
pub(super) fn unseal(
    payload: &mut Value,
    contents: &mut dyn Iterator<Item = Option<String>>,
) -> Result<(), StoreError> {
    let mut is_damaged = false;
    visit(payload, &mut |value| {
        if single(value, SEALED).is_none() {
            return false;
        }
        let inner = match contents
            .next()
            .flatten()
            .map(|text| serde_json::from_str(&text))
        {
            Some(Ok(inner)) => inner,
            Some(Err(_)) => {
                is_damaged = true;
                Value::Null
            }
            None => Value::Null,
        };
        *value = object(CONFIDENTIAL, inner);
        true
    });
    if is_damaged {
        return Err(StoreError::corrupt("the content of an event is not JSON"));
    }
    Ok(())
}

/// The digests in an event, in the order of its contents.
pub(super) fn digests(payload: &Value) -> Vec<String> {
    let mut found = Vec::new();
    visit(&mut payload.clone(), &mut |value| {
        if let Some(Value::String(digest)) = single(value, SEALED) {
            found.push(digest.clone());
        }
        false
    });
    found
}

/// SHA-256 over salt and text, in hexadecimal.
pub(super) fn digest(salt: &[u8], text: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(salt);
    digest.update(text.as_bytes());
    hex::encode(digest.finalize())
}

/// Calls for each value, parents first and in the order of sorted keys; what it replaced is not entered.
fn visit(value: &mut Value, replace: &mut dyn FnMut(&mut Value) -> bool) {
    if replace(value) {
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| visit(item, replace)),
        Value::Object(fields) => {
            let mut entries: Vec<(&String, &mut Value)> = fields.iter_mut().collect();
            entries.sort_unstable_by_key(|(key, _)| *key);
            for (_, item) in entries {
                visit(item, replace);
            }
        }
        _ => {}
    }
}

fn single<'v>(value: &'v Value, key: &str) -> Option<&'v Value> {
    let fields = value.as_object()?;
    if fields.len() == 1 {
        fields.get(key)
    } else {
        None
    }
}

fn object(key: &str, value: Value) -> Value {
    Value::Object(Map::from_iter([(key.to_owned(), value)]))
}
