//! An organisation's own wording: each fault with its place, and what no wording can do.

use proptest::prelude::*;
use wederhoor_procedure::{Locale, complaint::LetterKind};

use super::{
    hostile::{hostile, is_harmless},
    snapshots::{SENDER, envelope},
};
use crate::{
    CONTENT, Envelope, Rendered, Sender, Value, WordedKind, Wording, WordingFaultCode as Code,
    WordingPart as Part, own, preview, render,
    samples::{Fill, REFERENCE, names, samples},
};

const CONFIRMATION: WordedKind = WordedKind::OfComplaint(LetterKind::Confirmation);

/// What is wrong, and where.
fn faults(kind: WordedKind, subject: Option<&str>, body: Option<&str>) -> Vec<(Code, u32, u32)> {
    let faults = Wording::parse(kind, subject, body).err();
    let faults = faults.unwrap_or_default().into_iter();
    let each = faults.map(|one| {
        assert!(
            !one.advice.nl.is_empty() && !one.advice.en.is_empty(),
            "{one:?}"
        );
        (one.code, one.line, one.column)
    });
    each.collect()
}

fn of_body(body: &str) -> Vec<(Code, u32, u32)> {
    faults(CONFIRMATION, None, Some(body))
}

fn of_subject(subject: &str) -> Vec<(Code, u32, u32)> {
    faults(CONFIRMATION, Some(subject), None)
}

fn advice(body: &str) -> String {
    let faults = Wording::parse(CONFIRMATION, None, Some(body)).unwrap_err();
    faults[0].advice.nl.clone()
}

/// An example in these words.
fn worded(kind: WordedKind, wording: &Wording, locale: Locale) -> Rendered {
    let sender = Sender {
        wording: Some(wording),
        ..SENDER
    };
    preview(kind, &sender, locale)
}

#[test]
fn each_fault_of_a_body_has_its_place() {
    let alone = "{content}";
    assert_eq!(of_body("Dag,\n\n{content}\n\nGroet"), []);
    assert_eq!(of_body(" \n\u{200b}"), [(Code::Empty, 1, 1)]);
    assert_eq!(of_body("Dag,\n\nGroet"), [(Code::MissingContent, 3, 1)]);
    assert_eq!(
        of_body("{content}\n  {content} "),
        [(Code::DoubledContent, 2, 3)]
    );
    assert_eq!(of_body("Dag, {content}"), [(Code::ContentNotAlone, 1, 6)]);
    assert_eq!(
        of_body("{content}\nBeste {naam},\r\n{datum}"),
        [
            (Code::UnknownPlaceholder, 2, 7),
            (Code::UnknownPlaceholder, 3, 1)
        ]
    );
    assert_eq!(
        of_body(&format!("{alone}\nBeste {{recipient")),
        [(Code::UnclosedBrace, 2, 7)]
    );
    assert_eq!(
        of_body(&format!("{alone}\nEen }} te veel")),
        [(Code::UnopenedBrace, 2, 5)]
    );
    assert_eq!(
        of_body(&format!("{alone}\nTab\there")),
        [(Code::ControlCharacter, 2, 4)]
    );
    for hidden in ['\u{202e}', '\u{200b}', '\u{2066}', '\u{feff}', '\u{2028}'] {
        let text = format!("{alone}\nDag{hidden}");
        assert_eq!(
            of_body(&text),
            [(Code::HiddenCharacter, 2, 4)],
            "{hidden:?}"
        );
    }
    let long = format!("{alone}{}", " a".repeat(2_500));
    assert_eq!(of_body(&long), [(Code::TooLong, 1, 1)]);
    let tall = format!("{alone}{}", "\na".repeat(150));
    assert_eq!(of_body(&tall), [(Code::TooLong, 151, 1)]);
    let full = format!("{alone}\n{}", "{contact}".repeat(31));
    assert_eq!(of_body(&full), [(Code::TooLong, 2, 1)]);
    assert_eq!(of_body(&"}\n".repeat(100)).len(), 20, "no more at once");
}

#[test]
fn a_subject_says_the_reference_and_nothing_confidential() {
    assert_eq!(of_subject("{reference}: bericht van {organisation}"), []);
    assert_eq!(of_subject("Bericht"), [(Code::MissingReference, 1, 1)]);
    for value in CONFIRMATION.values() {
        let subject = format!("{{reference}} {{{}}}", value.name());
        let is_allowed = matches!(value, Value::Reference | Value::Organisation);
        let expected = [(Code::MisplacedPlaceholder, 1, 13)];
        let expected = if is_allowed { &[][..] } else { &expected };
        assert_eq!(of_subject(&subject), expected, "{subject}");
    }
    assert_eq!(
        of_subject("{reference} {content}"),
        [(Code::MisplacedPlaceholder, 1, 13)]
    );
    assert_eq!(
        of_subject("{reference}\nBcc: x"),
        [(Code::ControlCharacter, 1, 12)]
    );
    let long = format!("{{reference}} {}", "x".repeat(150));
    assert_eq!(of_subject(&long), [(Code::TooLong, 1, 1)]);
    assert_eq!(of_subject(" "), [(Code::Empty, 1, 1)]);
    let invited = faults(
        WordedKind::Invitation,
        Some("Welkom bij {organisation}"),
        None,
    );
    assert_eq!(invited, [], "it is about no complaint");
    let invited = faults(WordedKind::Invitation, Some("{reference}"), None);
    assert_eq!(invited, [(Code::MisplacedPlaceholder, 1, 1)]);
}

#[test]
fn who_mistypes_a_placeholder_is_told_which_was_meant() {
    for (written, meant) in [
        ("inhoud", "content"),
        ("Content", "content"),
        ("organization", "organisation"),
        ("organisatie", "organisation"),
        ("kenmerk", "reference"),
        ("recipent", "recipient"),
        ("datum", "date"),
        ("", "date"),
    ] {
        let told = advice(&format!("{{{written}}}\n{{content}}"));
        assert!(told.ends_with(&format!("Bedoelt u {{{meant}}}?")), "{told}");
    }
    let told = advice("{content}\n{<b>\u{202e}\u{7}}");
    assert!(!told.contains(['\u{202e}', '\u{7}']), "{told:?}");
}

#[test]
fn the_programs_own_words_are_a_wording_too() {
    for kind in WordedKind::all() {
        for locale in [Locale::Nl, Locale::En] {
            let own = own(kind, locale);
            let same = Wording::parse(kind, Some(&own.subject), Some(&own.body));
            let same = same.unwrap_or_else(|faults| panic!("{}: {faults:?}", kind.code()));
            assert_eq!(
                worded(kind, &same, locale),
                preview(kind, &SENDER, locale),
                "{}",
                kind.code()
            );
        }
    }
}

#[test]
fn greeting_order_and_close_are_the_organisations_and_the_rest_stays() {
    let body = "{date}\n\nDag {recipient}, over {reference} van {received}:\n\n{content}\n\nGroet {{van}} ons,\n{organisation}\n\n{regulation}. {contact}";
    let wording = Wording::parse(CONFIRMATION, Some("{reference} <b>"), Some(body)).unwrap();
    let said = worded(CONFIRMATION, &wording, Locale::Nl);
    insta::assert_snapshot!(
        "worded",
        format!("{}\n\n{}\n{}", said.subject, said.text, said.html)
    );
}

#[test]
fn a_name_that_is_not_proved_is_not_said_in_other_words_either() {
    let kind = WordedKind::OfComplaint(LetterKind::Confirmation);
    let wording = Wording::parse(kind, None, Some("Dag {recipient},\n{greeting}\n{content}"));
    let wording = wording.unwrap();
    let envelope = Envelope {
        sender: Sender {
            wording: Some(&wording),
            ..SENDER
        },
        is_verified: false,
        ..envelope(&names)
    };
    let letter = samples(&Fill::default()).remove(0);
    let said = render(&letter, &envelope, Locale::Nl).text;
    assert!(said.contains("Dag lezer,\nGoedendag,"), "{said}");
    assert!(!said.contains("Kim"), "{said}");
}

#[test]
fn what_is_put_in_is_not_read_again() {
    let wording = Wording::parse(CONFIRMATION, None, Some("{organisation}\n{content}")).unwrap();
    let sender = Sender {
        organisation: "{content} {reference} {{x}}",
        wording: Some(&wording),
        ..SENDER
    };
    let said = preview(CONFIRMATION, &sender, Locale::Nl).text;
    assert!(
        said.contains("\n\n{content} {reference} {{x}}\n\n"),
        "{said}"
    );
    let content = "Wij hebben uw klacht op maandag 9 maart 2026 ontvangen.";
    assert_eq!(said.matches(content).count(), 1, "{said}");
}

#[test]
fn an_empty_value_leaves_no_empty_line() {
    let body = "{contact}\n\n{content}\n\nDag\n{contact}\nGroet";
    let wording = Wording::parse(CONFIRMATION, None, Some(body)).unwrap();
    let sender = Sender {
        wording: Some(&wording),
        contact: crate::Contact::default(),
        ..SENDER
    };
    let said = preview(CONFIRMATION, &sender, Locale::Nl).text;
    assert!(said.contains("\n\nDag\nGroet\n\n"), "{said}");
    assert!(!said.contains("\n\n\n"), "{said}");
}

/// Texts made of what means something in a wording.
fn template() -> impl Strategy<Value = String> {
    let names = CONFIRMATION.values().iter().map(|value| value.name());
    let names: Vec<&str> = names.chain([CONTENT, "naam", ""]).collect();
    let piece = prop_oneof![
        3 => prop::sample::select(names).prop_map(|name| format!("{{{name}}}")),
        2 => Just("\n".to_owned()),
        2 => Just("\n{content}\n".to_owned()),
        2 => "[a-z .]{1,8}",
        1 => Just("{{".to_owned()),
        1 => Just("}}".to_owned()),
        1 => Just("{".to_owned()),
        1 => hostile(),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Each part of what the program says, in its order.
fn content() -> Vec<String> {
    let all = preview(CONFIRMATION, &SENDER, Locale::Nl).text;
    let body = all.split_once("Beste Kim de Lezer,\n\n").unwrap().1;
    let body = body.split_once("\n\nMet vriendelijke groet").unwrap().0;
    body.split("\n\n").map(str::to_owned).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn whatever_is_written_is_refused_or_keeps_what_the_program_says(
        subject in prop::option::of(prop_oneof![template(), template().prop_map(|text| format!("{{reference}}{text}"))]),
        body in template(),
    ) {
        let told = Wording::parse(CONFIRMATION, subject.as_deref(), Some(&body));
        let Ok(wording) = told else {
            for fault in told.unwrap_err() {
                let text = if fault.part == Part::Subject { subject.as_deref().unwrap_or_default() } else { &body };
                let lines = u32::try_from(text.lines().count()).unwrap();
                prop_assert!(fault.line >= 1 && fault.line <= lines.max(1), "{:?}", fault);
            }
            return Ok(());
        };
        let said = worded(CONFIRMATION, &wording, Locale::Nl);
        prop_assert_eq!(is_harmless(&said), Ok(()));
        prop_assert!(said.subject.contains(REFERENCE), "{}", said.subject);
        let mut rest = said.text.as_str();
        for part in content() {
            let (_, after) = rest.split_once(&part).ok_or_else(|| TestCaseError::fail(format!("lost: {part}")))?;
            rest = after;
        }
        prop_assert!(rest.contains("-- \nKlacht VOORB-2026-0042."), "{}", said.text);
        // A brace stands there only where it was written double.
        if !body.contains("{{") && !subject.as_ref().is_some_and(|text| text.contains("{{")) {
            prop_assert!(!said.text.contains('{') && !said.subject.contains('{'), "{}", said.text);
        }
    }
}

#[test]
fn a_placeholder_with_spaces_is_told_how_it_is_written() {
    let told = advice("{ content }\n{content}");
    assert_eq!(told, "Schrijf {content} zonder spaties tussen de haken.");
}
