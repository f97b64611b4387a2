//! The language of an answer.

use wederhoor_procedure::Locale;

/// Dutch, unless the reader asks for English first (RFC 9110, section 12.5.4).
pub(crate) fn asked(accept_language: Option<&str>) -> Locale {
    let mut best = (Locale::Nl, 0.0_f32);
    for range in accept_language.unwrap_or_default().split(',') {
        let mut parts = range.split(';');
        let tag = parts.next().unwrap_or_default().trim().to_ascii_lowercase();
        let weight = parts
            .find_map(|part| part.trim().strip_prefix("q=")?.parse().ok())
            .unwrap_or(1.0);
        let locale = match tag.split('-').next() {
            Some("nl") => Locale::Nl,
            Some("en") => Locale::En,
            _ => continue,
        };
        if weight > best.1 {
            best = (locale, weight);
        }
    }
    best.0
}

/// A fault of ours, in Dutch and in English: what it is stands in the log.
pub(crate) const OUR_FAULT: [&str; 2] = [
    "Er ging bij ons iets mis.",
    "Something went wrong on our side.",
];

/// The words in a language, of those in Dutch and in English.
pub(crate) const fn in_words([nl, en]: [&str; 2], locale: Locale) -> &str {
    match locale {
        Locale::Nl => nl,
        Locale::En => en,
    }
}

#[cfg(test)]
mod tests {
    use wederhoor_procedure::Locale;

    use super::asked;

    #[test]
    fn the_reader_chooses_the_language() {
        assert_eq!(asked(None), Locale::Nl);
        assert_eq!(asked(Some("en-GB,en;q=0.9,nl;q=0.8")), Locale::En);
        assert_eq!(asked(Some("nl, en;q=0.5")), Locale::Nl);
        assert_eq!(asked(Some("fr, de")), Locale::Nl);
        assert_eq!(asked(Some("fr, en;q=0.1")), Locale::En);
    }
}
