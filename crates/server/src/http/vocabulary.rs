//! What a message of the library may say. It quotes names and values of the request; a client reads nothing back that is
//! not a word of the schema.

use std::{collections::HashSet, sync::Arc};

/// What the library's messages are made of, beside words of the schema.
const OWN: &str = "Unknown field argument on of type directive Directive may not be used operation Variable is defined by
    Did you mean or Fragment fragment never Fields conflict because and are different fields Use aliases the to fetch both
    if this was intentional they have differing arguments lengths Duplicate cannot condition non composite spread here as
    objects can required but provided must a selection since has no subfields There only one named allowed input used in
    position expecting Invalid value for default expected enumeration does not contain Oneof Input Objects requires exactly
    be supplied that null unknown Failed parse Expected occurred while parsing Only integers from 2147483648 2147483647
    accepted Query too complex nested deep data";

/// The words that a message may have.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    words: Arc<HashSet<String>>,
    suggests: bool,
}

impl Vocabulary {
    /// The words of a schema, given in the schema definition language. Where it does not suggest, a client that misses a
    /// name learns no other.
    pub fn of(schema: &str, suggests: bool) -> Self {
        let words = words(schema).chain(words(OWN)).map(str::to_owned).collect();
        Self {
            words: Arc::new(words),
            suggests,
        }
    }

    /// Whether it is a word of the schema, or of the library's own.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.words.contains(word)
    }

    /// The message without words of the request.
    pub(crate) fn told(&self, message: &str) -> String {
        let message = match message.split_once(", found ") {
            Some((expected, _)) => format!("{expected}."),
            None => message.to_owned(),
        };
        let message = match message.split_once(" Did you mean") {
            Some((fault, _)) if !self.suggests => fault,
            _ => &message,
        };
        let mut told = String::with_capacity(message.len());
        let mut rest = message;
        while !rest.is_empty() {
            let (between, after) = rest.split_at(rest.find(is_of_word).unwrap_or(rest.len()));
            let end = after.find(|c| !is_of_word(c)).unwrap_or(after.len());
            let (word, after) = after.split_at(end);
            told.push_str(between);
            told.push_str(if word.is_empty() || self.words.contains(word) {
                word
            } else {
                "…"
            });
            rest = after;
        }
        told
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_of_word(c))
        .filter(|word| !word.is_empty())
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::Vocabulary;

    #[test]
    fn nothing_of_the_request_comes_back() {
        let schema = "type Query { hello(times: Int = 1): String }";
        for (message, told) in [
            (
                r#"Unknown field "geheim" on type "Query". Did you mean "hello"?"#,
                r#"Unknown field "…" on type "Query". Did you mean "hello"?"#,
            ),
            (
                r#"Invalid value for argument "times", expected type "Int""#,
                r#"Invalid value for argument "times", expected type "Int""#,
            ),
            (
                r#"enumeration type "Int" does not contain the value "Jan" Jansen "x""#,
                r#"enumeration type "Int" does not contain the value "…" … "…""#,
            ),
            (
                r#"Expected input type "Int", found "Jan"."#,
                r#"Expected input type "Int"."#,
            ),
            (
                "Variable $jan_é is not defined.",
                "Variable $… is not defined.",
            ),
            ("", ""),
        ] {
            assert_eq!(Vocabulary::of(schema, true).told(message), told);
        }
        let told = Vocabulary::of(schema, false)
            .told(r#"Unknown field "hell" on type "Query". Did you mean "hello"?"#);
        assert_eq!(told, r#"Unknown field "…" on type "Query"."#);
    }
}
