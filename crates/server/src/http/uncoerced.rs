//! What is wrong with a value of a request, as a sentence. The library says it in English, partly in words of the
//! request; here it is said anew from what it found, in words of the schema only.

use wederhoor_procedure::Locale::{self, En, Nl};

use super::vocabulary::Vocabulary;

/// A variable has no value, in Dutch and in English.
pub(super) const NO_VALUE: [&str; 2] = [
    "Een variabele van het verzoek heeft geen waarde. Geef die mee.",
    "A variable of the request has no value. Give it one.",
];

/// What the library found.
#[derive(Debug, PartialEq, Eq)]
struct Fault<'a> {
    /// Where: a path into an argument, or the type of the input; empty where it does not say.
    at: &'a str,
    what: What<'a>,
}

#[derive(Debug, PartialEq, Eq)]
enum What<'a> {
    /// A value of this type was expected.
    Type(&'a str),
    /// This enumeration has no such value.
    Value(&'a str),
    /// This required field is missing.
    Field(&'a str),
    /// This required argument is missing.
    Argument(&'a str),
    /// There is a field that does not exist.
    Unknown,
    /// Exactly one field was expected.
    One,
    /// A variable has no value.
    Variable,
}

/// The sentence, where a message of the library is about a value; `None` for any other message.
pub(super) fn in_words(message: &str, vocabulary: &Vocabulary, locale: Locale) -> Option<String> {
    let Fault { at, what } = found(message)?;
    let known = |text: &str| {
        let words = text.split('.');
        let words = words.map(bare).filter(|word| !word.is_empty());
        let is_shown =
            |word: &&str| vocabulary.knows(word) || word.bytes().all(|byte| byte.is_ascii_digit());
        let shown = words.map(|word| if is_shown(&word) { word } else { "…" });
        shown.collect::<Vec<_>>().join(".")
    };
    let place = match known(at) {
        place if place.is_empty() => String::new(),
        place => format!("`{place}`: "),
    };
    let sentence = match what {
        What::Type(name) => expected(&known(name), locale),
        What::Value(name) => one_of(&known(name), locale),
        What::Field(name) => missing(&known(name), locale),
        What::Argument(name) => argument(&known(name), locale),
        What::Unknown => say(
            locale,
            "er staat een veld in dat hier niet bestaat. Laat het weg.",
            "it has a field that does not exist here. Leave it out.",
        ),
        What::One => say(
            locale,
            "vul precies één van de velden in.",
            "fill in exactly one of the fields.",
        ),
        What::Variable => say(locale, NO_VALUE[0], NO_VALUE[1]),
    };
    Some(if place.is_empty() {
        capitalised(&sentence)
    } else {
        place + &sentence
    })
}

fn found(message: &str) -> Option<Fault<'_>> {
    let (message, within) = match message.split_once(" (occurred while parsing \"") {
        Some((message, types)) => (message, types.rsplit('"').nth(1).unwrap_or_default()),
        None => (message, ""),
    };
    let fault = |at, what| Some(Fault { at, what });
    if message.starts_with("Variable ") && message.ends_with(" is not defined.") {
        return fault("", What::Variable);
    }
    if let Some(rest) = message.strip_prefix("Failed to parse \"") {
        return fault(within, What::Type(rest.split_once('"')?.0));
    }
    if let Some(rest) = message.strip_prefix("Expected input type \"") {
        return fault(within, What::Type(rest.split_once('"')?.0));
    }
    if let Some(rest) = message.strip_prefix("Field \"")
        && rest.ends_with("is required but not provided")
    {
        let mut quoted = rest.split('"');
        let (field, name) = (quoted.next()?, quoted.nth(1)?);
        return fault(field, What::Argument(name));
    }
    let rest = message
        .strip_prefix("Invalid value for argument \"")
        .or_else(|| message.strip_prefix("Invalid default value for argument: \""))?;
    let (at, why) = rest.split_once("\", ")?;
    let quoted = why.split('"').nth(1).unwrap_or_default();
    fault(
        at,
        match why {
            _ if why.starts_with("expected type") => What::Type(quoted),
            _ if why.starts_with("enumeration type") => What::Value(quoted),
            _ if why.starts_with("field ") => What::Field(quoted),
            _ if why.starts_with("unknown field") => What::Unknown,
            _ if why.starts_with("Oneof") => What::One,
            _ => return None,
        },
    )
}

fn expected(name: &str, locale: Locale) -> String {
    let what = match (name, locale) {
        ("Int", Nl) => "een geheel getal",
        ("Int", En) => "a whole number",
        ("String", Nl) => "een tekst",
        ("String", En) => "a text",
        ("Boolean", Nl) => "true of false",
        ("Boolean", En) => "true or false",
        ("ID", Nl) => "een id, zoals de dienst die geeft",
        ("ID", En) => "an id, as the service gives it",
        ("DateTime", Nl) => {
            "een moment met tijdzone in de jaren 1900 tot en met 2199, zoals 2026-03-06T09:30:00Z"
        }
        ("DateTime", En) => {
            "an instant with its offset in the years 1900 to 2199, such as 2026-03-06T09:30:00Z"
        }
        ("Date", Nl) => "een datum in de jaren 1900 tot en met 2199, zoals 2026-03-06",
        ("Date", En) => "a date in the years 1900 to 2199, such as 2026-03-06",
        ("EmailAddress", Nl) => "een e-mailadres, zoals jo@voorbeeld.example",
        ("EmailAddress", En) => "an e-mail address, such as jo@voorbeeld.example",
        ("PhoneNumber", Nl) => "een telefoonnummer met landnummer, zoals +31201234567",
        ("PhoneNumber", En) => "a telephone number with its country, such as +31201234567",
        ("Locale", Nl) => "een taal: nl of en",
        ("Locale", En) => "a language: nl or en",
        (name, Nl) => return format!("hier hoort een waarde van het type `{name}`."),
        (name, En) => return format!("a value of the type `{name}` belongs here."),
    };
    match locale {
        Nl => format!("hier hoort {what}."),
        En => format!("expected here: {what}."),
    }
}

fn one_of(name: &str, locale: Locale) -> String {
    match locale {
        Nl => format!("`{name}` heeft zo'n waarde niet. Kies er een die het schema noemt."),
        En => format!("`{name}` has no such value. Choose one that the schema names."),
    }
}

fn missing(name: &str, locale: Locale) -> String {
    match locale {
        Nl => format!("het veld `{name}` ontbreekt. Vul het in."),
        En => format!("the field `{name}` is missing. Fill it in."),
    }
}

fn argument(name: &str, locale: Locale) -> String {
    match locale {
        Nl => format!("het argument `{name}` ontbreekt. Geef het mee."),
        En => format!("the argument `{name}` is missing. Give it."),
    }
}

fn say(locale: Locale, nl: &str, en: &str) -> String {
    let words = match locale {
        Nl => nl,
        En => en,
    };
    words.to_owned()
}

/// A type without the marks of a list or of what is required.
fn bare(name: &str) -> &str {
    name.trim_matches(|mark| matches!(mark, '[' | ']' | '!'))
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

#[cfg(test)]
mod tests;
