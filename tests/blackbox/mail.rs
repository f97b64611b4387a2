//! Letters to a mail server that takes, refuses, and is not there.

use secrecy::SecretString;
use wederhoor_server::{
    config::SmtpConfig,
    mail::{Delivery, Mailer, OutgoingMail, SentAs},
};
use wederhoor_tests::SmtpPeer;

fn mailer(url: String) -> Mailer {
    let from = "Klachten <klachten@organisatie.example>".parse().unwrap();
    Mailer::new(&SmtpConfig {
        url: SecretString::from(url),
        from,
    })
    .unwrap()
}

fn mail(to: &str) -> OutgoingMail<'_> {
    OutgoingMail {
        from: SentAs::default(),
        message_id: "0199.letter@klachten.example",
        in_reply_to: None,
        to,
        to_name: None,
        subject: "Nieuws over uw klacht",
        text: "Beste Noor,\n.\nEr is nieuws.",
        html: "<p>Er is nieuws.</p>",
        at: "2026-03-06T12:00:00Z".parse().unwrap(),
    }
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let peer = SmtpPeer::start().await;
    let mailer = mailer(peer.url());
    for _ in 0..2 {
        assert_eq!(
            mailer.send(&mail("noor@personen.example")).await,
            Delivery::Accepted
        );
    }
    let received = peer.received();
    assert_eq!(received.len(), 2);
    for letter in received {
        assert_eq!(letter.from, "klachten@organisatie.example");
        assert_eq!(letter.to, ["noor@personen.example"]);
        assert_eq!(
            letter.header("Message-ID"),
            Some("<0199.letter@klachten.example>")
        );
        assert!(letter.content.contains("\n.\n"), "{}", letter.content);
    }
}

#[tokio::test]
async fn a_refusal_says_whether_to_try_again() {
    let peer = SmtpPeer::start().await;
    let mailer = mailer(peer.url());
    peer.refuse(
        "gone@personen.example",
        "550 5.1.1 gone@personen.example is not here",
    );
    peer.refuse(
        "full@personen.example",
        "452 4.2.2 full@personen.example is full",
    );
    let gone = mailer.send(&mail("gone@personen.example")).await;
    assert_eq!(
        gone,
        Delivery::PermanentFailure("the mail server answered 550".to_owned())
    );
    let full = mailer.send(&mail("full@personen.example")).await;
    assert_eq!(
        full,
        Delivery::TemporaryFailure("the mail server answered 452".to_owned())
    );
    assert_eq!(
        mailer.send(&mail("noor@personen.example")).await,
        Delivery::Accepted
    );
}

#[tokio::test]
async fn a_mail_server_that_is_not_there_is_a_temporary_failure() {
    let mailer = mailer("smtp://127.0.0.1:1".to_owned());
    let failure = mailer.send(&mail("noor@personen.example")).await;
    assert_eq!(
        failure,
        Delivery::TemporaryFailure("no connection".to_owned())
    );
}
