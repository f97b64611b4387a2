//! What a letter never holds, and what it always does.

use wederhoor_procedure::{
    Confidential, Locale,
    complaint::LetterKind,
    letter::{Content, Letter, Via},
};

use super::snapshots::envelope;
use crate::{
    Envelope, render,
    samples::{COMPLAINANT, Fill, names, samples},
};

const SECRET: &str = "Geheimpje";

fn secret() -> Vec<Letter> {
    samples(&Fill {
        words: SECRET.to_owned(),
        ..Fill::default()
    })
}

/// What the regulation wants sent, or what a reader must know to come.
fn is_sent(letter: &Letter) -> bool {
    match letter.key.kind {
        LetterKind::SolutionForSignOff | LetterKind::HearingInvitation => true,
        LetterKind::Response => letter.key.to == COMPLAINANT,
        _ => false,
    }
}

#[test]
fn mail_to_a_proved_address_quotes_only_what_the_regulation_wants_sent() {
    for letter in secret() {
        let said = render(&letter, &envelope(&names), Locale::Nl);
        let holds = said.text.contains(SECRET);
        assert_eq!(holds, is_sent(&letter), "{}", letter.key);
        assert_eq!(said.html.contains(SECRET), holds, "{}", letter.key);
        assert!(!said.subject.contains(SECRET), "{}", letter.key);
    }
}

#[test]
fn mail_to_an_unproved_address_quotes_nothing_and_finds_nothing() {
    let unproved = Envelope {
        is_verified: false,
        ..envelope(&names)
    };
    for letter in secret() {
        let said = render(&letter, &unproved, Locale::Nl);
        assert!(!said.text.contains(SECRET), "{}", letter.key);
        assert!(!said.text.contains("gegrond"), "{}", letter.key);
        assert!(!said.html.contains(SECRET), "{}", letter.key);
    }
}

#[test]
fn what_is_printed_lies_on_numbered_sheets_and_mail_has_no_styles_of_its_own() {
    for letter in samples(&Fill::default()) {
        for (via, is_laid_out) in [(Via::Print, true), (Via::Mail, false)] {
            let letter = Letter {
                via,
                ..letter.clone()
            };
            let html = render(&letter, &envelope(&names), Locale::Nl).html;
            let has = |what| html.contains(what) == is_laid_out;
            assert!(has("@page{size:A4;") && has("counter(pages)"), "{html}");
        }
    }
}

#[test]
fn paper_quotes_everything() {
    for letter in secret() {
        let letter = Letter {
            via: Via::Print,
            ..letter
        };
        let said = render(&letter, &envelope(&names), Locale::En);
        let confides = format!("{:?}", letter.content).contains("[confidential]");
        assert_eq!(said.text.contains(SECRET), confides, "{}", letter.key);
    }
}

#[test]
fn text_and_html_say_the_same() {
    for letter in samples(&Fill::default()) {
        for locale in [Locale::Nl, Locale::En] {
            let said = render(&letter, &envelope(&names), locale);
            let from_html = plain(&said.html, &said.subject);
            let marks = ["-", "--", ">"];
            let mut from_text: Vec<_> = said.text.split_whitespace().collect();
            from_text.retain(|word| !marks.contains(word));
            let colon = |word: &&str| word.trim_end_matches(':').to_owned();
            let left: Vec<_> = from_html.iter().map(|word| colon(&word.as_str())).collect();
            let right: Vec<_> = from_text.iter().map(colon).collect();
            assert_eq!(left, right, "{}", letter.key);
        }
    }
}

/// The words that HTML shows, without its title, which is the subject of the text.
fn plain(html: &str, title: &str) -> Vec<String> {
    let body = html.split_once("<body").unwrap().1;
    let heading = format!(">{title}</h1>");
    assert_eq!(body.matches(&heading).count(), 1, "{html}");
    let body = body.replace(&heading, "></h1>");
    assert!(html.contains(&format!("<title>{title}</title>")));
    let shown: Vec<&str> = body
        .split('<')
        .filter_map(|part| part.split_once('>'))
        .map(|(_, shown)| shown)
        .collect();
    let shown = shown.join(" ");
    let shown = shown.replace("&lt;", "<").replace("&gt;", ">");
    let shown = shown.replace("&quot;", "\"").replace("&#39;", "'");
    let shown = shown.replace("&amp;", "&");
    shown.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn html_names_its_language_and_loads_nothing() {
    for letter in samples(&Fill::default()) {
        for (locale, lang) in [(Locale::Nl, "nl"), (Locale::En, "en")] {
            let html = render(&letter, &envelope(&names), locale).html;
            assert!(html.contains(&format!("<html lang=\"{lang}\">")));
            for loaded in ["src=", "url(", "<img", "<script", "<link", "<style"] {
                assert!(!html.contains(loaded), "{loaded} in {}", letter.key);
            }
        }
    }
}

#[test]
fn whom_the_case_has_left_gets_no_way_in() {
    let url = envelope(&names).link.unwrap();
    for letter in samples(&Fill::default()) {
        let has_link = render(&letter, &envelope(&names), Locale::Nl)
            .text
            .contains(url);
        let is_out = matches!(letter.content, Content::Released { .. });
        assert_eq!(has_link, !is_out, "{}", letter.key);
    }
}

#[test]
fn a_destroyed_text_is_said_to_be_destroyed() {
    let gone: Confidential<String> = serde_json::from_str(r#"{"confidential":null}"#).unwrap();
    let mut letter = samples(&Fill::default())
        .into_iter()
        .find(|one| one.key.kind == LetterKind::SolutionForSignOff)
        .unwrap();
    if let Content::SolutionForSignOff { text, .. } = &mut letter.content {
        *text = gone;
    }
    let said = render(&letter, &envelope(&names), Locale::Nl).text;
    assert!(said.contains("De tekst is vernietigd."), "{said}");
}
