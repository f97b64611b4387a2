//! Letters to a mail server that takes, refuses, and is not there.

use std::time::Duration;

use wederhoor_server::{
    config::SmtpConfig,
    mail::{Delivery, Mailer, OutgoingMail, SentAs, Trouble},
};
use wederhoor_tests::{Fault, SmtpPeer, Step};

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
    let mailer = Mailer::new(&peer.config());
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
    let mailer = Mailer::new(&peer.config());
    peer.refuse(
        "gone@personen.example",
        "550 5.1.1 gone@personen.example is not here",
    );
    peer.refuse(
        "full@personen.example",
        "452 4.2.2 full@personen.example is full",
    );
    let gone = mailer.send(&mail("gone@personen.example")).await;
    assert_eq!(gone, Delivery::Refused(550));
    let full = mailer.send(&mail("full@personen.example")).await;
    assert_eq!(full, Delivery::Postponed(Some(452)));
    assert_eq!(
        mailer.send(&mail("noor@personen.example")).await,
        Delivery::Accepted
    );
}

#[tokio::test]
async fn a_mail_server_that_is_not_there_has_heard_nothing() {
    let from = "Klachten <klachten@organisatie.example>".parse().unwrap();
    let config = SmtpConfig::new("smtp://127.0.0.1:1", None, from).unwrap();
    let failure = Mailer::new(&config)
        .send(&mail("noor@personen.example"))
        .await;
    let Delivery::Unavailable(Trouble::Connection(why)) = failure else {
        panic!("it was there");
    };
    assert!(why.contains("refused"), "{why}");
}

/// What the server does at a step, and what that means for the letter.
fn cases() -> [(Step, Fault, Delivery); 29] {
    use Fault::{Cuts, Hangs, Says};
    let unavailable = Delivery::Unavailable;
    [
        (
            Step::Greeting,
            Says("421 too busy"),
            unavailable(Trouble::Refused(421)),
        ),
        (
            Step::Greeting,
            Says("554 go away"),
            unavailable(Trouble::Refused(554)),
        ),
        (
            Step::Greeting,
            Says("hallo"),
            unavailable(Trouble::BrokenOff),
        ),
        (Step::Greeting, Hangs, unavailable(Trouble::Silence)),
        (Step::Greeting, Cuts, unavailable(Trouble::BrokenOff)),
        (Step::Hello, Hangs, unavailable(Trouble::Silence)),
        (
            Step::Hello,
            Says("250 peer.example"),
            unavailable(Trouble::NoLogin),
        ),
        (
            Step::Login,
            Says("535 5.7.8 wrong"),
            unavailable(Trouble::Login(535)),
        ),
        (
            Step::Login,
            Says("454 4.7.0 later"),
            unavailable(Trouble::Refused(454)),
        ),
        (Step::Login, Cuts, unavailable(Trouble::BrokenOff)),
        (
            Step::Sender,
            Says("530 5.7.0 sign in"),
            unavailable(Trouble::Login(530)),
        ),
        (
            Step::Sender,
            Says("421 closing"),
            unavailable(Trouble::Refused(421)),
        ),
        (Step::Sender, Hangs, unavailable(Trouble::Silence)),
        (Step::Sender, Says("553 not yours"), Delivery::Barred(553)),
        (Step::Sender, Says("451 not now"), Delivery::Barred(451)),
        (
            Step::Recipient,
            Says("450 grey"),
            Delivery::Postponed(Some(450)),
        ),
        (
            Step::Recipient,
            Says("421 closing"),
            Delivery::Postponed(Some(421)),
        ),
        (Step::Recipient, Says("550 nobody"), Delivery::Refused(550)),
        (Step::Recipient, Hangs, Delivery::Unheard(Trouble::Silence)),
        (Step::Recipient, Cuts, Delivery::Unheard(Trouble::BrokenOff)),
        (
            Step::Data,
            Says("451 not now"),
            Delivery::Postponed(Some(451)),
        ),
        (Step::Data, Says("554 no"), Delivery::Refused(554)),
        (
            Step::Data,
            Says("250 what?"),
            Delivery::Unheard(Trouble::BrokenOff),
        ),
        (Step::Data, Cuts, Delivery::Unheard(Trouble::BrokenOff)),
        (
            Step::Content,
            Says("451 not now"),
            Delivery::Postponed(Some(451)),
        ),
        (Step::Content, Says("554 spam"), Delivery::Refused(554)),
        (Step::Content, Says("354 what?"), Delivery::Postponed(None)),
        (Step::Content, Hangs, Delivery::Postponed(None)),
        (Step::Content, Cuts, Delivery::Postponed(None)),
    ]
}

#[tokio::test]
async fn what_it_had_heard_says_what_a_failure_means() {
    let peer = SmtpPeer::start().await;
    let all = cases().map(|(step, fault, expected)| {
        tokio::spawn(async move {
            let peer = SmtpPeer::start().await;
            let mailer = Mailer::new(&peer.impatient());
            peer.misbehave(step, None, fault.clone());
            let delivery = mailer.send(&mail("noor@personen.example")).await;
            assert_eq!(delivery, expected, "{step:?} {fault:?}");
            // Whatever was said then, the next letter is told the truth.
            peer.behave();
            peer.refuse("gone@personen.example", "550 gone");
            let gone = mailer.send(&mail("gone@personen.example")).await;
            assert_eq!(gone, Delivery::Refused(550), "after {step:?} {fault:?}");
            let taken = mailer.send(&mail("noor@personen.example")).await;
            assert_eq!(taken, Delivery::Accepted, "after {step:?} {fault:?}");
        })
    });
    for tried in all {
        tried.await.unwrap();
    }
    peer.misbehave(Step::Hello, None, Fault::Says("250 peer.example"));
    let unencrypted = Mailer::new(&peer.config_by("?tls=required"));
    let refused = unencrypted.send(&mail("noor@personen.example")).await;
    assert!(
        matches!(refused, Delivery::Unavailable(Trouble::Tls(_))),
        "{refused:?}"
    );
}

#[tokio::test]
async fn no_password_goes_to_who_cannot_encrypt() {
    let peer = SmtpPeer::start().await;
    peer.misbehave(Step::Login, None, Fault::Cuts);
    let mailer = Mailer::new(&peer.config_by("?tls=required"));
    for answer in ["454 not now", "220 go on", "502 never heard of it"] {
        peer.misbehave(Step::Encryption, None, Fault::Says(answer));
        let refused = mailer.send(&mail("noor@personen.example")).await;
        let Delivery::Unavailable(Trouble::Tls(why)) = refused else {
            panic!("{answer}: {refused:?}");
        };
        assert!(!why.is_empty());
    }
    assert!(peer.received().is_empty());
}

#[tokio::test]
async fn one_connection_serves_many_letters_and_one_that_is_gone_is_not_gone_on_with() {
    let peer = SmtpPeer::start().await;
    let mailer = Mailer::new(&peer.config());
    peer.refuse("gone@personen.example", "550 gone");
    for _ in 0..3 {
        let sent = mailer.send(&mail("noor@personen.example")).await;
        assert_eq!(sent, Delivery::Accepted);
        let gone = mailer.send(&mail("gone@personen.example")).await;
        assert_eq!(gone, Delivery::Refused(550));
    }
    assert_eq!(peer.connections(), 1);
    peer.hang_up();
    let sent = mailer.send(&mail("noor@personen.example")).await;
    assert_eq!((sent, peer.connections()), (Delivery::Accepted, 2));
}

#[tokio::test]
async fn a_slow_mail_server_is_waited_for() {
    let peer = SmtpPeer::start().await;
    peer.slow_down(Duration::from_millis(150));
    let mailer = Mailer::new(&peer.config());
    let sent = mailer.send(&mail("noor@personen.example")).await;
    assert_eq!((sent, peer.received().len()), (Delivery::Accepted, 1));
}

#[tokio::test]
async fn an_answer_that_comes_late_is_not_taken_for_that_to_the_next_letter() {
    let peer = SmtpPeer::start().await;
    let mailer = Mailer::new(&peer.impatient());
    let held = peer.hold("slow@personen.example");
    let slow = mailer.send(&mail("slow@personen.example")).await;
    assert_eq!(slow, Delivery::Unheard(Trouble::Silence));
    held.release();
    peer.refuse("gone@personen.example", "550 gone");
    let gone = mailer.send(&mail("gone@personen.example")).await;
    assert_eq!(gone, Delivery::Refused(550));
    assert!(peer.received().is_empty());
}
