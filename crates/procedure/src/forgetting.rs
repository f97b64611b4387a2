//! Who is named in an event goes with its words: kept apart from the chain as these are, so that destroying them leaves nobody.

use std::collections::BTreeMap;

use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{
    complaint::Recorded,
    confidential::{self, empty},
    facts::MemberFacts,
    ids::MemberId,
};

/// The single key under which an event keeps somebody, as something confidential.
const KEY: &str = "someone";

/// Members, by id.
type Members = BTreeMap<MemberId, MemberFacts>;

/// Makes every mention of a member in an event something that is kept apart from the chain.
pub fn set_apart(value: &mut Value, members: &Members) {
    visit(value, &mut |value| {
        let is_text = confidential::within(value).is_some();
        if !is_text && is_member(value, members) {
            let someone = object(confidential::KEY, value.take());
            *value = object(KEY, someone);
        }
        is_text
    });
}

/// Makes what was set apart a member again: nobody, where that is destroyed.
pub fn put_back(value: &mut Value) {
    visit(value, &mut |value| {
        let someone = match value {
            Value::Object(fields) if fields.len() == 1 => fields.get_mut(KEY),
            _ => None,
        };
        let Some(someone) = someone.and_then(confidential::within_mut) else {
            return false;
        };
        *value = match someone.take() {
            Value::Null => Value::String(Uuid::nil().to_string()),
            known => known,
        };
        true
    });
}

/// A dossier as it is once its content is destroyed: without words, and naming nobody; `None` where what is left is no dossier.
pub fn forgotten(dossier: &[Recorded], members: &Members) -> Option<Vec<Recorded>> {
    let mut whole = serde_json::to_value(dossier).ok()?;
    set_apart(&mut whole, members);
    empty(&mut whole);
    put_back(&mut whole);
    serde_json::from_value(whole).ok()
}

fn is_member(value: &Value, members: &Members) -> bool {
    let id = value.as_str().and_then(|text| Uuid::parse_str(text).ok());
    id.is_some_and(|id| members.contains_key(&MemberId(id)))
}

fn object(key: &str, value: Value) -> Value {
    Value::Object(Map::from_iter([(key.to_owned(), value)]))
}

/// Calls for each value, parents first; what it says it has done with is not entered.
fn visit(value: &mut Value, look: &mut dyn FnMut(&mut Value) -> bool) {
    if look(value) {
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| visit(item, look)),
        Value::Object(fields) => fields.values_mut().for_each(|item| visit(item, look)),
        _ => {}
    }
}

#[cfg(test)]
mod tests;
