use async_graphql::{ScalarType, Value};

use super::*;

fn text(text: &str) -> Value {
    Value::String(text.to_owned())
}

#[test]
fn an_instant_has_an_offset_and_answers_in_utc() {
    let instant = Instant::parse(text("2026-03-06T10:30:00+01:00"))
        .ok()
        .unwrap();
    assert_eq!(instant.to_value(), text("2026-03-06T09:30:00Z"));
    for wrong in [
        "2026-03-06T10:30:00",
        "2026-03-06",
        "+200000-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z",
        "",
    ] {
        assert!(Instant::parse(text(wrong)).is_err(), "{wrong}");
    }
    assert!(Instant::parse(Value::Number(5.into())).is_err());
}

#[test]
fn a_date_is_a_day_that_exists() {
    let date = Date::parse(text("2028-02-29")).ok().unwrap();
    assert_eq!(date.to_value(), text("2028-02-29"));
    for wrong in [
        "2026-02-29",
        "2026-2-9",
        "+12026-01-01",
        "9999-01-01",
        "06-03-2026",
    ] {
        assert!(Date::parse(text(wrong)).is_err(), "{wrong}");
    }
}

#[test]
fn a_language_is_one_of_ours() {
    assert_eq!(
        Language::parse(text("nl-BE")).ok(),
        Some(Language(Locale::Nl))
    );
    assert_eq!(Language::parse(text("EN")).ok(), Some(Language(Locale::En)));
    assert!(Language::parse(text("fr")).is_err());
}
