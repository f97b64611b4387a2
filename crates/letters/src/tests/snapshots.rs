//! Every kind of letter in both languages, for a person to read.

use std::fmt::Write as _;

use wederhoor_procedure::{
    Locale, MemberId,
    complaint::{LetterKind, Recipient},
    deadline::DeadlineKind,
    letter::{Letter, Via},
};

use crate::{
    Contact, Digest, DigestItem, DigestMeasure, Envelope, Rendered, Sender, access_link, digest,
    invitation, password_reset, render,
    samples::{Fill, LINK, READER, REFERENCE, names, samples},
};

pub(super) const SENDER: Sender<'_> = Sender {
    organisation: "Stichting Voorbeeld",
    colour: "#1f5a7a",
    contact: Contact {
        postal_address: Some("Postbus 1\n0000 AA Voorbeeldstad"),
        telephone: Some("+31000000000"),
        email: Some("klachten@voorbeeld.example"),
    },
    wording: None,
};

pub(super) fn envelope(names: &dyn Fn(MemberId) -> Option<String>) -> Envelope<'_> {
    Envelope {
        sender: SENDER,
        reference: REFERENCE,
        recipient_name: Some(READER),
        link: Some("https://klachten.voorbeeld.example/k/0a1b2c"),
        names,
        is_verified: true,
    }
}

fn reader(to: Recipient) -> String {
    match to {
        Recipient::Party(party) => party.to_string(),
        Recipient::Member(_) => "member".to_owned(),
        Recipient::Administration => "administration".to_owned(),
    }
}

#[test]
fn every_kind_in_both_languages() {
    let all = samples(&Fill::default());
    let envelope = envelope(&names);
    for kind in LetterKind::ALL {
        let mine: Vec<_> = all.iter().filter(|one| one.key.kind == *kind).collect();
        assert!(!mine.is_empty(), "no sample of {}", kind.code());
        let mut page = String::new();
        for letter in mine {
            for locale in [Locale::Nl, Locale::En] {
                let said = render(letter, &envelope, locale);
                let to = reader(letter.key.to);
                let _ = writeln!(page, "═══ {locale:?} → {to} · {}\n", said.subject);
                page.push_str(&said.text);
                page.push('\n');
            }
        }
        insta::assert_snapshot!(kind.code(), page);
    }
}

#[test]
fn a_response_as_html_and_on_paper() {
    let all = samples(&Fill::default());
    let of = |kind| all.iter().find(|one| one.key.kind == kind).unwrap().clone();
    let response = of(LetterKind::Response);
    let html = render(&response, &envelope(&names), Locale::Nl).html;
    insta::assert_snapshot!("html", html);

    let decision = Letter {
        via: Via::Print,
        ..of(LetterKind::Decision)
    };
    let no_link = Envelope {
        link: None,
        is_verified: false,
        ..envelope(&names)
    };
    insta::assert_snapshot!("paper", render(&decision, &no_link, Locale::Nl).text);
}

#[test]
fn an_invitation_a_new_link_and_a_new_password() {
    let mut page = String::new();
    for locale in [Locale::Nl, Locale::En] {
        let letters: [Rendered; 3] = [
            invitation(&SENDER, READER, LINK, locale),
            access_link(&SENDER, REFERENCE, LINK, locale),
            password_reset(&SENDER, READER, LINK, locale),
        ];
        for said in letters {
            let _ = writeln!(page, "═══ {locale:?} · {}\n\n{}", said.subject, said.text);
        }
    }
    insta::assert_snapshot!("access", page);
}

#[test]
fn an_overview_of_a_morning() {
    let day = |text: &str| text.parse().expect("a day");
    let due = |kind: DeadlineKind, on: &str| DigestItem {
        reference: "VOORB-2026-0042",
        kind,
        due_on: day(on),
    };
    let full = Digest {
        sender: SENDER,
        name: "Kim de Lezer",
        url: "https://klachten.voorbeeld.example/work",
        on: day("2026-03-04"),
        overdue: vec![due(DeadlineKind::Appointment(0), "2026-03-03")],
        today: vec![due(DeadlineKind::Contact(0), "2026-03-04")],
        this_week: vec![
            due(DeadlineKind::Resolution(0), "2026-03-05"),
            due(DeadlineKind::Posting, "2026-03-06"),
        ],
        before_next: vec![due(DeadlineKind::Resolution(1), "2026-03-09")],
        unassigned: &["VOORB-2026-0043".to_owned()],
        measures: ["2026-03-02", "2026-03-05"]
            .map(|on| DigestMeasure {
                reference: "VOORB-2026-0041",
                due_on: day(on),
            })
            .to_vec(),
        more_measures: 2,
        more: 3,
    };
    let short = Digest {
        overdue: Vec::new(),
        today: Vec::new(),
        this_week: Vec::new(),
        before_next: Vec::new(),
        measures: Vec::new(),
        more_measures: 0,
        more: 0,
        ..full.clone()
    };
    let mut page = String::new();
    for locale in [Locale::Nl, Locale::En] {
        for one in [&full, &short] {
            let said = digest(one, locale);
            let _ = writeln!(page, "═══ {locale:?} · {}\n\n{}", said.subject, said.text);
        }
    }
    insta::assert_snapshot!("digest", page);
}
