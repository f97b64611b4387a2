//! The scalars of our own. Each says where its form is specified.

mod given;

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, Value};
use chrono::{DateTime, Datelike, NaiveDate, SecondsFormat, SubsecRound, Utc};
use wederhoor_procedure::{Locale, calendar::YEARS};

pub(crate) use given::{GivenDate, GivenInstant};

/// An instant.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Instant(pub DateTime<Utc>);

/// An instant with its offset (RFC 3339), such as `2026-03-06T09:30:00Z`. Answers are in UTC; years from 1900 to 2199.
#[Scalar(
    name = "DateTime",
    specified_by_url = "https://scalars.graphql.org/andimarek/date-time.html"
)]
impl ScalarType for Instant {
    fn parse(value: Value) -> InputValueResult<Self> {
        let instant = instant_of(text_of(&value)?);
        let instant = instant.filter(|instant| YEARS.contains(&instant.year()));
        instant
            .map(Self)
            .ok_or_else(|| InputValueError::custom(AN_INSTANT))
    }

    fn to_value(&self) -> Value {
        // The store keeps microseconds; what was not stored yet is told no finer.
        let kept = self.0.trunc_subsecs(6);
        Value::String(kept.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}

/// A civil date.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Date(pub NaiveDate);

/// A day on the calendar of the organisation's time zone, such as `2026-03-06`; years from 1900 to 2199.
#[Scalar(
    name = "Date",
    specified_by_url = "https://scalars.graphql.org/andimarek/local-date.html"
)]
impl ScalarType for Date {
    fn parse(value: Value) -> InputValueResult<Self> {
        let date = date_of(text_of(&value)?);
        let date = date.filter(|date| YEARS.contains(&date.year()));
        date.map(Self)
            .ok_or_else(|| InputValueError::custom(A_DATE))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.format("%Y-%m-%d").to_string())
    }
}

/// An e-mail address, as written; its form is checked where it is used, so that a fault names its field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct EmailAddress(pub String);

/// An e-mail address, such as `jo@voorbeeld.example`.
#[Scalar(
    name = "EmailAddress",
    specified_by_url = "https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address"
)]
impl ScalarType for EmailAddress {
    fn parse(value: Value) -> InputValueResult<Self> {
        text_of(&value).map(|text| Self(text.to_owned()))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// A telephone number, as written; its form is checked where it is used, so that a fault names its field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct PhoneNumber(pub String);

/// A telephone number with its country (E.164), such as `+31201234567`; spaces, hyphens and brackets are left out.
#[Scalar(
    name = "PhoneNumber",
    specified_by_url = "https://www.itu.int/rec/T-REC-E.164"
)]
impl ScalarType for PhoneNumber {
    fn parse(value: Value) -> InputValueResult<Self> {
        text_of(&value).map(|text| Self(text.to_owned()))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.clone())
    }
}

/// One of the languages of the service.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Language(pub Locale);

/// A language (BCP 47): `nl` or `en`; what follows the language, as in `nl-NL`, is ignored.
#[Scalar(
    name = "Locale",
    specified_by_url = "https://www.rfc-editor.org/rfc/bcp/bcp47.txt"
)]
impl ScalarType for Language {
    fn parse(value: Value) -> InputValueResult<Self> {
        let text = text_of(&value)?;
        match text
            .split('-')
            .next()
            .map(str::to_ascii_lowercase)
            .as_deref()
        {
            Some("nl") => Ok(Self(Locale::Nl)),
            Some("en") => Ok(Self(Locale::En)),
            _ => Err(InputValueError::custom("The languages are nl and en.")),
        }
    }

    fn to_value(&self) -> Value {
        let tag = match self.0 {
            Locale::Nl => "nl",
            Locale::En => "en",
        };
        Value::String(tag.to_owned())
    }
}

const AN_INSTANT: &str = "Write an instant such as 2026-03-06T09:30:00Z.";
const A_DATE: &str = "Write a date such as 2026-03-06.";

/// An instant of any year of four digits.
fn instant_of(text: &str) -> Option<DateTime<Utc>> {
    let instant = DateTime::parse_from_rfc3339(text).ok();
    instant.map(|instant| instant.to_utc())
}

/// A day of any year of four digits.
fn date_of(text: &str) -> Option<NaiveDate> {
    let has_form = text.len() == 10 && text.starts_with(|first: char| first.is_ascii_digit());
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    date.filter(|_| has_form)
}

fn text_of<T: async_graphql::InputType>(value: &Value) -> Result<&str, InputValueError<T>> {
    match value {
        Value::String(text) => Ok(text),
        other => Err(InputValueError::expected_type(other.clone())),
    }
}

#[cfg(test)]
mod tests;
