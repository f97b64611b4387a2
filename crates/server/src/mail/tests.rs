use lettre::message::Mailbox;

use super::{OutgoingMail, Unsendable, message::build};

fn from() -> Mailbox {
    "Klachten <klachten@organisatie.example>".parse().unwrap()
}

fn mail() -> OutgoingMail<'static> {
    OutgoingMail {
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
