//! Wordings of letters: whatever is written is refused with a place, or keeps all that the program says.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wederhoor_letters::{Contact, Rendered, Sender, WordedKind, Wording, preview};
use wederhoor_procedure::Locale;

fuzz_target!(|data: &[u8]| {
    let Some((first, rest)) = data.split_first() else {
        return;
    };
    let Ok(text) = std::str::from_utf8(rest) else {
        return;
    };
    let kinds: Vec<WordedKind> = WordedKind::all().collect();
    let kind = kinds[usize::from(*first) % kinds.len()];
    let (subject, body) = match text.split_once('\n') {
        Some((subject, body)) => (Some(subject), body),
        None => (None, text),
    };
    match Wording::parse(kind, subject, Some(body)) {
        Err(faults) => {
            assert!(!faults.is_empty());
            for fault in faults {
                assert!(fault.line > 0 && fault.column > 0);
                assert!(!fault.advice.nl.is_empty() && !fault.advice.en.is_empty());
            }
        }
        Ok(wording) => {
            for locale in [Locale::Nl, Locale::En] {
                keeps(
                    &said(kind, Some(&wording), locale),
                    &said(kind, None, locale),
                );
            }
        }
    }
});

fn said(kind: WordedKind, wording: Option<&Wording>, locale: Locale) -> Rendered {
    let sender = Sender {
        organisation: "Stichting Voorbeeld",
        colour: "#1f5a7a",
        contact: Contact::default(),
        wording,
    };
    preview(kind, &sender, locale)
}

/// Every part of the program's own letter but the greeting and the close stands in the other, in the same order.
fn keeps(worded: &Rendered, own: &Rendered) {
    let parts: Vec<&str> = own.text.split("\n\n").collect();
    let close = parts
        .iter()
        .position(|part| part.ends_with(",\nStichting Voorbeeld"));
    let mut rest = worded.text.as_str();
    for part in &parts[2..close.unwrap_or(parts.len())] {
        let found = rest.split_once(part);
        rest = found.unwrap_or_else(|| panic!("{part} is lost")).1;
    }
    assert!(!worded.subject.chars().any(char::is_control));
    assert!(!worded.html.contains("<script"));
}
