//! Letters by a real mail server: what arrives, what it refuses, and what is said when a setting is wrong.

use serde_json::json;
use uuid::Uuid;
use wederhoor_server::{
    config::SmtpConfig,
    mail::{Delivery, Mailer, OutgoingMail, SentAs, Trouble, check},
};
use wederhoor_tests::{App, Fixture, Kind, MailServer, Received, both};

use crate::{
    post::{answered, complaint},
    steps::{Case, done, mutate},
};

/// A demo whose letters go out by the real mail server.
struct Real(Option<(App, MailServer)>);

impl Fixture for Real {
    async fn set_up(kind: Kind) -> Self {
        let Some(server) = MailServer::given() else {
            return Self(None);
        };
        let smtp = server.config(kind == Kind::Sqlite);
        Self(Some((App::start(kind, Some(smtp)).await, server)))
    }

    async fn tear_down(self) {
        if let Some((app, _)) = self.0 {
            app.tear_down().await;
        }
    }
}

/// Text as it was before it was made fit for mail.
fn decoded(quoted: &str) -> String {
    let joined = quoted.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = (first == b'=' && after.len() >= 2)
            .then(|| u8::from_str_radix(std::str::from_utf8(&after[..2]).ok()?, 16).ok())
            .flatten();
        bytes.push(code.unwrap_or(first));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap()
}

fn header<'a>(letter: &'a Received, name: &str) -> &'a str {
    letter
        .header(name)
        .unwrap_or_else(|| panic!("no {name} in {}", letter.content))
}

/// What a letter that arrived must be, whichever it is.
fn is_whole(letter: &Received) {
    assert_eq!(letter.from, "<klachten@blijf-groep.example>");
    let from = "\"Klachten Blijf Groep\" <klachten@blijf-groep.example>";
    assert_eq!(header(letter, "From"), from);
    assert_eq!(header(letter, "Reply-To"), "antwoord@blijf-groep.example");
    assert_eq!(header(letter, "Auto-Submitted"), "auto-generated");
    assert_eq!(header(letter, "References"), header(letter, "In-Reply-To"));
    assert!(header(letter, "Message-ID").ends_with("@organisatie.example>"));
    assert!(header(letter, "Content-Type").starts_with("multipart/alternative; boundary="));
    let body = letter.content.to_lowercase();
    for part in [
        "content-type: text/plain; charset=utf-8",
        "content-type: text/html; charset=utf-8",
    ] {
        assert_eq!(body.matches(part).count(), 1, "{part}: {}", letter.content);
    }
}

async fn sent_as_chosen(app: &App) {
    app.allow_senders("blijf-groep", &["blijf-groep.example"])
        .await;
    let sender = json!({ "name": "Klachten Blijf Groep", "address": "klachten@blijf-groep.example", "replyTo": "antwoord@blijf-groep.example" });
    done(
        mutate(
            app,
            "blijf-groep/admin",
            "setMailSender",
            sender,
            "mailSender { name }",
        )
        .await,
    );
}

async fn status(case: &Case<'_>, kind: &str, to: &str) -> String {
    let letters = case.letters(kind).await;
    let letter = letters.iter().find(|letter| letter["to"] == to);
    letter.expect("the letter")["status"]
        .as_str()
        .unwrap()
        .to_owned()
}

both! {
    async fn the_letters_of_a_complaint_arrive_whole_over_one_connection(real: &Real) {
        let Some((app, server)) = &real.0 else { return };
        sent_as_chosen(app).await;
        let to = server.address();
        let case = answered(app, &to).await;
        app.sweep().await;
        let known = app.letters().await;
        let known: Vec<_> = known.iter().filter(|one| one["to"] == to).collect();
        assert!(known.len() > 2 && known.iter().all(|one| one["status"] == "sent"), "{known:#?}");
        let letters = server.letters_to(&to, known.len()).await;
        letters.iter().for_each(is_whole);
        let mut threads: Vec<_> = letters.iter().map(|one| header(one, "In-Reply-To")).collect();
        threads.dedup();
        assert_eq!(threads.len(), 1, "one complaint, one thread");
        let mut ids: Vec<_> = letters.iter().map(|one| header(one, "Message-ID")).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), known.len());
        let port = |one: &Received| header(one, "Received").split(' ').nth(3).unwrap().to_owned();
        let mut ports: Vec<_> = letters.iter().map(port).collect();
        ports.dedup();
        assert_eq!(ports.len(), 1, "all went over one connection: {ports:?}");
        let bodies: Vec<_> = letters.iter().map(|one| decoded(&one.content)).collect();
        assert!(bodies.iter().any(|body| body.contains("U hebt gelijk.")), "{bodies:#?}");
        let written = |one: &&serde_json::Value| one["text"].as_str().unwrap().lines().next().unwrap().to_owned();
        for line in known.iter().map(written) {
            assert!(bodies.iter().any(|body| body.contains(&line)), "{line}");
        }
        assert_eq!(case.count("LETTER_RETURNED").await, 0);
    }

    async fn with_a_wrong_password_letters_wait_and_with_the_right_one_they_arrive(real: &Real) {
        let Some((app, server)) = &real.0 else { return };
        let to = server.address();
        let case = complaint(app, &to).await;
        for _ in 0..2 {
            app.sweep_with(server.config_with_password("geraden")).await;
        }
        assert_eq!(status(&case, "confirmation", &to).await, "pending");
        let why = app.database.contents(&[]).await["outbox"].join("\n");
        assert!(why.contains("the mail server refused our login, and answered 535"), "{why}");
        assert!(server.delivered(&to).is_empty());
        app.sweep_with(server.config(false)).await;
        assert_eq!(status(&case, "confirmation", &to).await, "sent");
        assert_eq!(server.letters_to(&to, 1).await.len(), 1);
        assert_eq!(case.count("LETTER_RETURNED").await, 0);
    }

    async fn a_mailbox_that_does_not_exist_is_told_to_the_dossier_and_one_that_is_full_is_tried_again(real: &Real) {
        let Some((app, _)) = &real.0 else { return };
        let gone = complaint(app, "weg@personen.example").await;
        let full = complaint(app, "vol@personen.example").await;
        app.sweep().await;
        assert_eq!(status(&gone, "confirmation", "weg@personen.example").await, "failed");
        assert_eq!(gone.count("LETTER_RETURNED").await, 1);
        assert_eq!(status(&full, "confirmation", "vol@personen.example").await, "pending");
        assert_eq!(full.count("LETTER_RETURNED").await, 0);
        assert!(!gone.letters("undelivered").await.is_empty(), "the administration is told");
    }

    async fn a_sender_that_the_server_does_not_take_makes_no_letter_undelivered(real: &Real) {
        let Some((app, server)) = &real.0 else { return };
        app.allow_senders("blijf-groep", &["elders.example"]).await;
        let elsewhere = json!({ "address": "klachten@elders.example" });
        done(mutate(app, "blijf-groep/admin", "setMailSender", elsewhere, "mailSender { name }").await);
        let to = server.address();
        let case = complaint(app, &to).await;
        app.sweep().await;
        assert_eq!((status(&case, "confirmation", &to).await.as_str(), case.count("LETTER_RETURNED").await), ("pending", 0));
    }
}

async fn sent(config: &SmtpConfig, to: &str) -> Delivery {
    let letter = OutgoingMail {
        from: SentAs::default(),
        message_id: "0199.letter@klachten.example",
        in_reply_to: None,
        to,
        to_name: None,
        subject: "Nieuws",
        text: "Er is nieuws.",
        html: "<p>Er is nieuws.</p>",
        at: "2026-03-06T12:00:00Z".parse().unwrap(),
    };
    Mailer::new(config).send(&letter).await
}

#[tokio::test]
async fn only_a_server_of_the_right_name_that_somebody_trusted_vouches_for_gets_a_password() {
    let Some(server) = MailServer::given() else {
        return;
    };
    let to = server.address();
    for from_the_start in [false, true] {
        assert_eq!(
            sent(&server.config(from_the_start), &to).await,
            Delivery::Accepted
        );
        for (host, is_trusted, said) in [
            ("127.0.0.1", false, "UnknownIssuer"),
            ("localhost", true, "not valid for name"),
        ] {
            let config = server.config_at(from_the_start, host, is_trusted);
            let Delivery::Unavailable(Trouble::Tls(why)) = sent(&config, &to).await else {
                panic!("{host} was let in");
            };
            assert!(why.contains(said), "{why}");
        }
    }
    assert_eq!(server.letters_to(&to, 2).await.len(), 2);
}

#[tokio::test]
async fn who_runs_the_server_is_told_which_setting_is_wrong() {
    let Some(server) = MailServer::given() else {
        return;
    };
    let (to, at) = (server.address(), "2026-03-06T12:00:00Z".parse().unwrap());
    let checked =
        async |config: &SmtpConfig, to: &str| check(config, to, Uuid::from_u128(7), at).await;
    let fine = server.config(true);
    let told = checked(&fine, &to).await.unwrap();
    assert!(
        told.contains("took a test letter") && told.contains(&to),
        "{told}"
    );
    assert_eq!(server.letters_to(&to, 1).await.len(), 1);
    let mut elsewhere = fine.clone();
    elsewhere.from = "Klachten <klachten@elders.example>".parse().unwrap();
    let nobody = SmtpConfig::new("smtps://127.0.0.1:1", None, fine.from.clone()).unwrap();
    for (config, to, word) in [
        (
            nobody,
            to.as_str(),
            "the host and the port in WEDERHOOR_SMTP_URL",
        ),
        (
            server.config_at(false, "127.0.0.1", false),
            &to,
            "WEDERHOOR_SMTP_CA_FILE",
        ),
        (
            server.config_at(true, "localhost", true),
            &to,
            "the name in the server's certificate",
        ),
        (
            server.config_with_password("geheim"),
            &to,
            "the user and the password in WEDERHOOR_SMTP_URL",
        ),
        (elsewhere, &to, "WEDERHOOR_MAIL_FROM"),
        (fine.clone(), "weg@personen.example", "look at the address"),
        (
            fine.clone(),
            "vol@personen.example",
            "try again in a few minutes",
        ),
        (fine.clone(), "geen adres", "is no address"),
    ] {
        let told = checked(&config, to).await.unwrap_err();
        assert!(told.contains(word), "{told}");
        assert!(!told.contains("geheim"), "{told}");
    }
}
