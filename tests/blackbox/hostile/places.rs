//! Every place in an input where a value stands.

use serde_json::{Map, Value};

use super::{
    input::{Ids, fill},
    schema::{Schema, Slot},
};

/// One place in an input.
#[derive(Clone)]
pub(super) struct Place {
    /// The fields that lead to it, the outermost first.
    pub(super) path: Vec<String>,
    /// What stands there.
    pub(super) slot: Slot,
}

/// Every place in an input of that type.
pub(super) fn places(schema: &Schema, name: &str) -> Vec<Place> {
    let mut found = Vec::new();
    collect(schema, name, &[], &mut found);
    found
}

fn collect(schema: &Schema, name: &str, prefix: &[String], found: &mut Vec<Place>) {
    for slot in &schema.named(name).inputs {
        let path = [prefix, std::slice::from_ref(&slot.name)].concat();
        if schema.named(&slot.of).kind == "INPUT_OBJECT" {
            collect(schema, &slot.of, &path, found);
        }
        let slot = slot.clone();
        found.push(Place { path, slot });
    }
}

impl Place {
    /// The input with something else in this place; what must be around it is filled in.
    pub(super) fn with(&self, schema: &Schema, ids: &Ids, name: &str, new: Value) -> Value {
        let mut input = fill(schema, ids, name);
        self.put(schema, ids, name, &mut input, new);
        input
    }

    /// As [`Place::with`], in an input that is there already.
    pub(super) fn put(
        &self,
        schema: &Schema,
        ids: &Ids,
        name: &str,
        input: &mut Value,
        new: Value,
    ) {
        put(schema, ids, name, input, &self.path, new);
    }

    /// The input with nothing in this place.
    pub(super) fn without(&self, schema: &Schema, ids: &Ids, name: &str) -> Value {
        let mut input = self.with(schema, ids, name, Value::Null);
        let (last, around) = self.path.split_last().unwrap();
        let mut inner = &mut input;
        for step in around {
            inner = &mut inner[step];
            if inner.is_array() {
                inner = &mut inner[0];
            }
        }
        inner.as_object_mut().unwrap().remove(last);
        input
    }

    /// As people write it: `member.email`.
    pub(super) fn written(&self) -> String {
        self.path.join(".")
    }
}

fn put(schema: &Schema, ids: &Ids, name: &str, value: &mut Value, path: &[String], new: Value) {
    let (first, rest) = path.split_first().unwrap();
    let of = schema.named(name);
    let slot = of.inputs.iter().find(|slot| slot.name == *first).unwrap();
    let object = value.as_object_mut().unwrap();
    if of.is_one_of && !object.contains_key(first) {
        *object = Map::new();
    }
    if rest.is_empty() {
        object.insert(first.clone(), new);
        return;
    }
    let inner = object.entry(first.clone()).or_insert_with(|| {
        let one = fill(schema, ids, &slot.of);
        if slot.is_list {
            Value::Array(vec![one])
        } else {
            one
        }
    });
    let inner = if slot.is_list { &mut inner[0] } else { inner };
    put(schema, ids, &slot.of, inner, rest, new);
}
