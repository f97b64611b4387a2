use lettre::message::Mailbox;

use super::{OutgoingMail, SentAs, Unsendable, message::build};

fn from() -> Mailbox {
    "Klachten <klachten@organisatie.example>".parse().unwrap()
}

fn mail() -> OutgoingMail<'static> {
    OutgoingMail {
        from: SentAs::default(),
        message_id: "0199.letter@klachten.example",
        in_reply_to: Some("0198.letter@klachten.example"),
        to: "noor@personen.example",
        to_name: Some("Noor Ünal"),
        subject: "Uw klacht – ontvangen",
        text: "Beste Noor,\n\nWij hebben uw klacht ontvangen.",
        html: "<p>Beste Noor,</p>",
        at: "2026-03-06T12:00:00Z".parse().unwrap(),
    }
}

#[test]
fn a_letter_is_the_same_at_each_attempt_but_for_its_boundary() {
    let text = String::from_utf8(build(&from(), &mail()).unwrap().formatted()).unwrap();
    for line in [
        "Message-ID: <0199.letter@klachten.example>",
        "In-Reply-To: <0198.letter@klachten.example>",
        "References: <0198.letter@klachten.example>",
        "Auto-Submitted: auto-generated",
        "Date: Fri, 06 Mar 2026 12:00:00 +0000",
        "From: Klachten <klachten@organisatie.example>",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} in {text}");
    }
    assert!(text.contains("multipart/alternative"));
}

#[test]
fn the_envelope_is_ours() {
    let message = build(&from(), &mail()).unwrap();
    let envelope = message.envelope();
    assert_eq!(
        envelope.from().unwrap().to_string(),
        "klachten@organisatie.example"
    );
    assert_eq!(
        envelope
            .to()
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>(),
        ["noor@personen.example"]
    );
}

#[test]
fn a_domain_in_other_letters_is_written_so_that_every_mail_server_knows_it() {
    let from = SentAs {
        address: Some("klachten@größe.example"),
        ..SentAs::default()
    };
    let to = "noor@münchen.example";
    let message = build(&self::from(), &OutgoingMail { from, to, ..mail() }).unwrap();
    let envelope = message.envelope();
    let sender = envelope.from().unwrap().to_string();
    assert_eq!(sender, "klachten@xn--gre-6ka8i.example");
    let [to] = envelope.to() else {
        panic!("{envelope:?}")
    };
    assert_eq!(to.to_string(), "noor@xn--mnchen-3ya.example");
}

#[test]
fn hostile_text_makes_no_header() {
    let hostile = "Hoi\r\nBcc: spy@personen.example";
    let control = |name| Some(Unsendable::ControlCharacter(name));
    assert_eq!(
        build(
            &from(),
            &OutgoingMail {
                subject: hostile,
                ..mail()
            }
        )
        .err(),
        control("the subject")
    );
    assert_eq!(
        build(
            &from(),
            &OutgoingMail {
                to_name: Some(hostile),
                ..mail()
            }
        )
        .err(),
        control("the name")
    );
    assert_eq!(
        build(
            &from(),
            &OutgoingMail {
                to: "a@b.example\r\nX: y",
                ..mail()
            }
        )
        .err(),
        control("the address")
    );
    assert_eq!(
        build(
            &from(),
            &OutgoingMail {
                message_id: hostile,
                ..mail()
            }
        )
        .err(),
        control("the Message-ID")
    );
    assert_eq!(
        build(
            &from(),
            &OutgoingMail {
                text: "nul\0",
                ..mail()
            }
        )
        .err(),
        control("the text")
    );
    for to in ["", "a", "a@", "a@b.example, c@d.example", "<a@b.example>"] {
        assert_eq!(
            build(&from(), &OutgoingMail { to, ..mail() }).err(),
            Some(Unsendable::Address),
            "{to}"
        );
    }
    let quoted = build(
        &from(),
        &OutgoingMail {
            to_name: Some("Noor\" <spy@personen.example>"),
            ..mail()
        },
    )
    .unwrap();
    assert_eq!(quoted.envelope().to().len(), 1);
}

/// The headers of a letter that says it is from there, unfolded.
fn headers(from: SentAs<'_>) -> String {
    let letter = build(&self::from(), &OutgoingMail { from, ..mail() }).unwrap();
    let text = String::from_utf8(letter.formatted()).unwrap();
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    head.replace("\r\n ", " ")
}

#[test]
fn an_organisation_writes_under_its_own_name_and_address() {
    let chosen = SentAs {
        name: Some("Klachten LIVP"),
        address: Some("klachten@livp.example"),
        reply_to: Some("antwoord@livp.example"),
    };
    let head = headers(chosen);
    for line in [
        "From: \"Klachten LIVP\" <klachten@livp.example>",
        "Reply-To: antwoord@livp.example",
        "Message-ID: <0199.letter@klachten.example>",
    ] {
        assert!(head.lines().any(|found| found == line), "{line} in {head}");
    }
    let letter = OutgoingMail {
        from: chosen,
        ..mail()
    };
    let message = build(&from(), &letter).unwrap();
    let sender = message.envelope().from().unwrap();
    assert_eq!(sender.to_string(), "klachten@livp.example");
    let named = headers(SentAs {
        name: Some("LIVP"),
        ..SentAs::default()
    });
    assert!(
        named.contains("From: LIVP <klachten@organisatie.example>"),
        "{named}"
    );
    assert!(!named.contains("\nReply-To"), "{named}");
}

#[test]
fn no_name_makes_another_header_or_another_sender() {
    for name in [
        "Zn., Müller & \"Zonen\"",
        "Klachten\", <spy@elders.example>, \"x",
        "a <spy@elders.example>",
        "x\\",
        "(comment) x",
        "=?utf-8?q?spy?=",
        "Ünïcode — ☂ 日本",
        "a@b.example, spy@elders.example",
        ":;,",
        &"lang ".repeat(39),
        "Klachten\r\nBcc: spy@elders.example",
        "Klachten\0",
        " ",
    ] {
        let head = headers(SentAs {
            name: Some(name),
            ..SentAs::default()
        });
        let senders: Vec<&str> = head
            .lines()
            .filter(|line| line.starts_with("From: "))
            .collect();
        assert_eq!(senders.len(), 1, "{name:?}: {head}");
        assert!(!head.contains("Bcc"), "{name:?}: {head}");
        let (_, value) = senders[0].split_once(": ").unwrap();
        assert!(
            value.ends_with(" <klachten@organisatie.example>"),
            "{name:?}: {value}"
        );
        assert!(value.is_ascii(), "{name:?}: {value}");
        let shown = value.trim_end_matches(" <klachten@organisatie.example>");
        let is_one_word = shown.starts_with('"') && shown.ends_with('"')
            || !shown.contains([',', '<', '(', '"', ':', ';']);
        assert!(is_one_word, "{name:?}: {value}");
    }
    for address in [
        "a@b.example\r\nBcc: x@y.example",
        "a@b.example, c@d.example",
        "<a@b.example>",
        "",
    ] {
        let head = headers(SentAs {
            name: None,
            address: Some(address),
            reply_to: Some(address),
        });
        assert!(
            head.contains("From: Klachten <klachten@organisatie.example>"),
            "{head}"
        );
        assert!(
            !head.contains("\nReply-To") && !head.contains("Bcc"),
            "{head}"
        );
    }
}
