//! Between what a column holds and what a record says.

use serde_json::Value;
use wederhoor_procedure::Locale;

use crate::StoreError;

pub(crate) fn locale_text(locale: Locale) -> String {
    match locale {
        Locale::Nl => "nl",
        Locale::En => "en",
    }
    .to_owned()
}

pub(crate) fn locale(text: &str) -> Result<Locale, StoreError> {
    match text {
        "nl" => Ok(Locale::Nl),
        "en" => Ok(Locale::En),
        _ => Err(StoreError::corrupt("a locale is neither nl nor en")),
    }
}

/// A count that is never negative and fits the column.
pub(crate) fn unsigned(number: i32) -> Result<u32, StoreError> {
    u32::try_from(number).map_err(|_| StoreError::corrupt("a count is negative"))
}

pub(crate) fn signed(number: u32) -> Result<i32, StoreError> {
    i32::try_from(number)
        .map_err(|_| StoreError::Internal("a count does not fit its column".to_owned()))
}

/// A list of words as JSON.
pub(crate) fn words_json(words: &[String]) -> Value {
    Value::from(words)
}

pub(crate) fn words(json: Value) -> Result<Vec<String>, StoreError> {
    serde_json::from_value(json)
        .map_err(|_| StoreError::corrupt("a list of words is something else"))
}
