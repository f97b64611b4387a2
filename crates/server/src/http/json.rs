//! JSON read strictly: what two readers could understand differently is refused.

use std::{cell::Cell, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::refused::Refused;

/// Reads one JSON value. Refused are: invalid UTF-8, duplicate keys, trailing data, NUL and unpaired surrogates in text,
/// numbers out of range (400); nesting of more than `nesting` lists and objects (`TOO_COMPLEX`).
pub(crate) fn read(bytes: &[u8], nesting: usize) -> Result<Value, Refused> {
    let text = std::str::from_utf8(bytes).map_err(|_| {
        Refused::malformed([
            "De inhoud van het verzoek is geen UTF-8.",
            "The body is not UTF-8.",
        ])
    })?;
    let is_too_deep = Cell::new(false);
    let strict = Strict {
        nesting,
        is_too_deep: &is_too_deep,
    };
    let mut reader = serde_json::Deserializer::from_str(text);
    match strict
        .deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
    {
        Ok(value) => Ok(value),
        Err(_) if is_too_deep.get() => Err(Refused::too_complex("VARIABLES_NESTING", nesting)),
        Err(error) => {
            let (line, column, [nl, en]) = (error.line(), error.column(), reason(&error));
            Err(Refused::malformed([
                format!("De JSON is niet te lezen op regel {line}, kolom {column}: {nl}."),
                format!("The JSON cannot be read at line {line}, column {column}: {en}."),
            ]))
        }
    }
}

/// What is wrong, in Dutch and in English, without repeating what was sent.
fn reason(error: &serde_json::Error) -> [&'static str; 2] {
    let text = error.to_string();
    if text.starts_with(DUPLICATE) {
        return ["een sleutel staat twee keer in één object", DUPLICATE];
    }
    if text.starts_with(NUL) {
        return ["een tekst mag geen U+0000 bevatten", NUL];
    }
    match error.classify() {
        serde_json::error::Category::Eof => ["zij houdt te vroeg op", "it ends too early"],
        _ => ["zij is niet geldig", "it is not valid"],
    }
}

const DUPLICATE: &str = "a key stands twice in one object";
const NUL: &str = "text may not contain U+0000";

#[derive(Clone, Copy)]
struct Strict<'a> {
    nesting: usize,
    is_too_deep: &'a Cell<bool>,
}

impl Strict<'_> {
    fn inner<E: Error>(self) -> Result<Self, E> {
        let Some(nesting) = self.nesting.checked_sub(1) else {
            self.is_too_deep.set(true);
            return Err(E::custom("too deep"));
        };
        Ok(Self { nesting, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        if value.contains('\0') {
            return Err(E::custom(NUL));
        }
        Ok(Value::String(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inner = self.inner()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let inner = self.inner()?;
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if key.contains('\0') {
                return Err(A::Error::custom(NUL));
            }
            let value = entries.next_value_seed(inner)?;
            if object.insert(key, value).is_some() {
                return Err(A::Error::custom(DUPLICATE));
            }
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests;
