//! JSON in one spelling only, so that the same value always has the same digest.

use std::fmt::Write as _;

use chrono::{DateTime, SecondsFormat, SubsecRound, Utc};
use serde_json::Value;

/// The value without white space and with the keys of every object in the order of their bytes.
pub(crate) fn json(value: &Value) -> String {
    let mut out = String::new();
    write(&mut out, value);
    out
}

/// RFC 3339 in UTC, to the microsecond.
pub(crate) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// What both databases can keep of an instant.
pub(crate) fn micros(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}

fn write(out: &mut String, value: &Value) {
    match value {
        Value::Array(items) => {
            out.push('[');
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(out, item);
            }
            out.push(']');
        }
        Value::Object(fields) => {
            let mut keys: Vec<&String> = fields.keys().collect();
            keys.sort_unstable();
            out.push('{');
            for (index, key) in keys.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write(out, &Value::String(key.clone()));
                out.push(':');
                write(out, &fields[key]);
            }
            out.push('}');
        }
        // Writing into a string cannot fail.
        scalar => {
            let _ = write!(out, "{scalar}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_sorted_at_every_depth_and_nothing_else_changes() {
        let value: Value =
            serde_json::from_str(r#"{"b": [1.5, {"z": null, "a": "é\n"}], "a": true}"#).unwrap();
        assert_eq!(json(&value), r#"{"a":true,"b":[1.5,{"a":"é\n","z":null}]}"#);
    }

    #[test]
    fn instants_are_kept_to_the_microsecond() {
        let at: DateTime<Utc> = "2026-03-01T10:00:00.123456789Z".parse().unwrap();
        assert_eq!(instant(at), "2026-03-01T10:00:00.123456Z");
        assert_eq!(instant(micros(at)), instant(at));
    }
}
