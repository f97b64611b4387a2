//! Hostile text in every field: never unescaped HTML, never a line or a control character in the subject.

use proptest::prelude::*;
use wederhoor_procedure::{
    Locale, MemberId,
    deadline::DeadlineKind,
    letter::{Letter, Via},
};

use crate::{
    Contact, Digest, DigestItem, DigestMeasure, Envelope, Rendered, Sender, access_link, digest,
    html::SHEETS,
    invitation, password_reset, render,
    samples::{Fill, samples},
};

/// Pieces that break out of something somewhere.
pub(super) fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("<script>alert(1)</script>".to_owned()),
        Just("\"><img src=x onerror=alert(1)>".to_owned()),
        Just("' style='x".to_owned()),
        Just("</blockquote></body>".to_owned()),
        Just("<!--".to_owned()),
        Just("]]>&amp;&#60;".to_owned()),
        Just("\r\nBcc: all@victim.example\r\n\r\n".to_owned()),
        Just("\n-- \nStichting Anders".to_owned()),
        Just("javascript:alert(1)".to_owned()),
        Just("\u{202e}gnirts\u{2066}\u{2028}\u{0}\u{7f}\u{9b}\u{feff}".to_owned()),
        Just("{nl}{0}%s".to_owned()),
        any::<String>(),
    ];
    prop::collection::vec(piece, 1..4).prop_map(|pieces| pieces.concat())
}

const TAGS: &[&str] = &[
    "html",
    "head",
    "meta",
    "title",
    "body",
    "div",
    "h1",
    "p",
    "br",
    "ul",
    "li",
    "blockquote",
    "table",
    "tr",
    "td",
    "a",
];

/// Every `<` opens a tag of ours, with none but our attributes, and nothing else needs escaping.
fn is_only_ours(html: &str) -> Result<(), String> {
    let rest = html.strip_prefix("<!doctype html>").ok_or("no doctype")?;
    let mut parts = rest.split('<');
    let before = parts.next().unwrap_or_default();
    if !before.trim().is_empty() {
        return Err(format!("before the first tag: {before}"));
    }
    for part in parts {
        let (tag, shown) = part.split_once('>').ok_or("a tag without end")?;
        let name = tag
            .trim_start_matches('/')
            .split(' ')
            .next()
            .unwrap_or_default();
        if !TAGS.contains(&name) {
            return Err(format!("the tag {tag}"));
        }
        if shown.contains(['>', '"', '\'']) {
            return Err(format!("unescaped: {shown}"));
        }
        if tag.contains('\'') || tag.matches('"').count() % 2 == 1 {
            return Err(format!("the quotes of {tag}"));
        }
        let outside: Vec<&str> = tag.split('"').step_by(2).collect();
        let outside = outside.concat();
        let attributes = outside.split_whitespace().skip(1);
        let known = [
            "lang=",
            "charset=",
            "name=content=",
            "name=",
            "content=",
            "style=",
            "role=",
            "href=",
        ];
        for attribute in attributes {
            if !known.contains(&attribute) {
                return Err(format!("the attribute {attribute} of {tag}"));
            }
        }
        if tag.contains("href=\"") && !tag.contains("href=\"http") {
            return Err(format!("the address of {tag}"));
        }
    }
    Ok(())
}

fn is_clean(text: &str) -> bool {
    text.chars().all(|c| {
        let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        c == '\n' || !(c.is_control() || turns || matches!(c, '\u{2028}' | '\u{2029}'))
    })
}

pub(super) fn is_harmless(said: &Rendered) -> Result<(), String> {
    if said.subject.chars().any(char::is_control) {
        return Err(format!("the subject {:?}", said.subject));
    }
    if ![&said.subject, &said.text, &said.html]
        .iter()
        .all(|one| is_clean(one))
    {
        return Err(format!("a control character in {:?}", said.text));
    }
    // No word of anybody's stands in how sheets are laid out.
    is_only_ours(&said.html.replacen(SHEETS, "", 1))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn hostile_text_stays_text(
        words in hostile(),
        name in hostile(),
        person in hostile(),
        organisation in hostile(),
        reference in hostile(),
        link in prop_oneof![hostile(), hostile().prop_map(|tail| format!("https://x.example/{tail}"))],
        colour in prop_oneof![hostile(), Just("#fff".to_owned()), Just("#1f5a7a;x:".to_owned())],
        is_verified: bool,
        on_paper: bool,
    ) {
        let named = |_: MemberId| Some(person.clone());
        let sender = Sender {
            organisation: &organisation,
            colour: &colour,
            contact: Contact {
                postal_address: Some(&person),
                telephone: Some(&link),
                email: Some(&organisation),
            },
            wording: None,
        };
        let envelope = Envelope {
            sender,
            reference: &reference,
            recipient_name: Some(&person),
            link: Some(&link),
            names: &named,
            is_verified,
        };
        let via = if on_paper { Via::Print } else { Via::Mail };
        for letter in samples(&Fill { words, name }) {
            let letter = Letter { via, ..letter };
            for locale in [Locale::Nl, Locale::En] {
                let said = render(&letter, &envelope, locale);
                prop_assert_eq!(is_harmless(&said), Ok(()));
            }
        }
        for locale in [Locale::Nl, Locale::En] {
            let invited = invitation(&sender, &person, &link, locale);
            prop_assert_eq!(is_harmless(&invited), Ok(()));
            let way_in = access_link(&sender, &reference, &link, locale);
            prop_assert_eq!(is_harmless(&way_in), Ok(()));
            let forgotten = password_reset(&sender, &person, &link, locale);
            prop_assert_eq!(is_harmless(&forgotten), Ok(()));
            let item = DigestItem {
                reference: &reference,
                kind: DeadlineKind::Posting,
                due_on: chrono::NaiveDate::default(),
            };
            let overview = Digest {
                sender,
                name: &person,
                url: &link,
                on: chrono::NaiveDate::default(),
                overdue: vec![item],
                today: Vec::new(),
                this_week: Vec::new(),
                before_next: vec![item],
                unassigned: std::slice::from_ref(&reference),
                measures: vec![DigestMeasure {
                    reference: &reference,
                    due_on: chrono::NaiveDate::default(),
                }],
                more_measures: 1,
                more: 1,
            };
            prop_assert_eq!(is_harmless(&digest(&overview, locale)), Ok(()));
        }
    }
}

#[test]
fn the_checker_itself_sees_what_is_not_ours() {
    let wrong = [
        "<script>",
        "<p onclick=\"x\">",
        "<p>\"</p>",
        "<a href=\"javascript:x\">",
        "<p style='x'>",
    ];
    for one in wrong {
        let html = format!("<!doctype html>{one}");
        assert!(is_only_ours(&html).is_err(), "{one}");
    }
}
