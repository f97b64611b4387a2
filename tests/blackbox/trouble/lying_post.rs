//! A mail server that is down, refuses, falls silent or hangs up, at whatever it is told: no letter is lost, none goes under
//! two ids, and what is nobody's fault makes no letter undelivered.

use serde_json::{Value, json};
use wederhoor_server::config::SmtpConfig;
use wederhoor_tests::{
    Fault::{self, Cuts, Hangs, Says},
    Step, both,
};

use crate::{
    post::Posted,
    steps::{Case, ask},
};

const TO: &str = "robin@personen.example";

/// What becomes of a letter that met a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ends {
    /// It waits, and goes once the fault is over.
    Goes,
    /// The same, though it had gone before, and nobody knew.
    GoesTwice,
    /// It is given up.
    Failed,
}

/// What the server does, and what becomes of a letter by it.
const FAULTS: [(Step, Fault, Ends); 18] = [
    (Step::Greeting, Says("421 too busy"), Ends::Goes),
    (Step::Greeting, Says("554 no"), Ends::Goes),
    (Step::Hello, Cuts, Ends::Goes),
    (Step::Login, Says("535 5.7.8 wrong"), Ends::Goes),
    (Step::Login, Says("454 4.7.0 later"), Ends::Goes),
    (Step::Sender, Says("451 later"), Ends::Goes),
    (Step::Sender, Says("553 not yours"), Ends::Goes),
    (Step::Sender, Hangs, Ends::Goes),
    (Step::Recipient, Says("450 grey"), Ends::Goes),
    (Step::Recipient, Says("550 5.1.1 nobody"), Ends::Failed),
    (Step::Recipient, Hangs, Ends::Goes),
    (Step::Recipient, Cuts, Ends::Goes),
    (Step::Data, Says("451 later"), Ends::Goes),
    (Step::Data, Says("554 no"), Ends::Failed),
    (Step::Content, Says("452 later"), Ends::Goes),
    (Step::Content, Says("554 spam"), Ends::Failed),
    (Step::Content, Hangs, Ends::GoesTwice),
    (Step::Content, Cuts, Ends::GoesTwice),
];

impl Posted {
    /// What a process sends that has just started, and to which nothing is put off.
    async fn sends(&self, smtp: SmtpConfig) {
        self.no_more_waiting().await;
        self.app.sweep_with(smtp).await;
    }

    /// How the response of a complaint stands.
    async fn stands(&self, case: &Case<'_>) -> String {
        self.to_complainant(case).await["status"]
            .as_str()
            .unwrap()
            .to_owned()
    }
}

both! {
    async fn whatever_the_server_does_no_letter_is_lost_and_none_has_two_ids(post: &Posted) {
        for (no, (step, fault, ends)) in FAULTS.into_iter().enumerate() {
            let to = format!("robin{no}@personen.example");
            let case = post.answered(&to).await;
            let before = post.to(&to).len();
            let of = matches!(step, Step::Recipient | Step::Data | Step::Content).then_some(to.as_str());
            post.peer.misbehave(step, of, fault.clone());
            post.sends(post.peer.impatient()).await;
            let met = format!("{step:?} {fault:?}");
            let expected = if ends == Ends::Failed { "failed" } else { "pending" };
            assert_eq!(post.stands(&case).await, expected, "{met}");
            let returned = usize::from(ends == Ends::Failed);
            assert_eq!(case.count("LETTER_RETURNED").await, returned, "{met}: what the dossier is told");
            post.peer.behave();
            post.sends(post.peer.impatient()).await;
            let expected = if ends == Ends::Failed { "failed" } else { "sent" };
            assert_eq!(post.stands(&case).await, expected, "{met}, once it is over");
            let received = post.to(&to).split_off(before);
            let times = match ends {
                Ends::Failed => 0,
                Ends::Goes => 1,
                Ends::GoesTwice => 2,
            };
            assert_eq!(received.len(), times, "{met}");
            let mut ids: Vec<_> = received.iter().map(|one| one.header("Message-ID")).collect();
            ids.dedup();
            assert!(ids.len() <= 1, "{met}: {ids:?}");
            assert_eq!(case.now().await["isChainIntact"], true);
        }
    }

    async fn while_the_server_is_down_nothing_is_given_up_and_it_is_left_alone(post: &Posted) {
        let case = post.answered(TO).await;
        for (step, fault) in [(Step::Greeting, Says("421 closed")), (Step::Login, Says("535 5.7.8 wrong")), (Step::Sender, Says("553 not yours"))] {
            post.peer.misbehave(step, None, fault);
            // More often than a letter is tried.
            for _ in 0..14 {
                let before = post.peer.connections();
                post.sends(post.peer.impatient()).await;
                assert_eq!(post.peer.connections(), before + 1, "{step:?}: it is tried once for all letters");
            }
            post.peer.behave();
        }
        post.peer.hang_up();
        let before = post.peer.connections();
        post.peer.misbehave(Step::Greeting, None, Says("421 closed"));
        for _ in 0..5 {
            post.no_more_waiting().await;
            post.app.sweep().await;
        }
        assert_eq!(post.peer.connections(), before + 1, "it is left alone for a while");
        assert_eq!((post.stands(&case).await.as_str(), case.count("LETTER_RETURNED").await), ("pending", 0));
        post.peer.behave();
        post.sends(post.peer.impatient()).await;
        assert_eq!(post.stands(&case).await, "sent");
    }

    async fn a_sender_that_the_server_refuses_is_shown_to_the_administration_until_it_is_taken(post: &Posted) {
        let case = post.answered(TO).await;
        let shown = async || {
            let read = "{ undeliveredLetters(first: 100) { nodes { letter { status } reason because canResend } } }";
            let answer = ask(&post.app, "blijf-groep/admin", read, json!({})).await;
            let mut nodes = answer.data()["undeliveredLetters"]["nodes"].as_array().unwrap().clone();
            nodes.retain(|one| one["reason"] == "BARRED");
            nodes
        };
        post.peer.misbehave(Step::Sender, None, Says("451 later"));
        post.sends(post.peer.impatient()).await;
        assert_eq!(shown().await, Vec::<Value>::new(), "that passes");
        post.peer.misbehave(Step::Sender, None, Says("553 not yours"));
        post.sends(post.peer.impatient()).await;
        let waiting = shown().await;
        assert!(!waiting.is_empty());
        for one in &waiting {
            assert_eq!((&one["letter"]["status"], &one["canResend"]), (&json!("PENDING"), &json!(false)));
            assert!(one["because"].as_str().unwrap().contains("afzenderadres"), "{one}");
        }
        assert_eq!((post.stands(&case).await.as_str(), case.count("LETTER_RETURNED").await), ("pending", 0));
        post.peer.behave();
        post.sends(post.peer.impatient()).await;
        assert_eq!(post.stands(&case).await, "sent");
        assert_eq!(shown().await, Vec::<Value>::new(), "nobody need see to it any more");
    }

    async fn a_letter_that_is_put_off_again_and_again_is_given_up_and_told(post: &Posted) {
        let case = post.answered(TO).await;
        post.peer.misbehave(Step::Recipient, Some(TO), Says("452 4.2.2 full"));
        for _ in 0..11 {
            post.sends(post.peer.impatient()).await;
        }
        assert_eq!((post.stands(&case).await.as_str(), case.count("LETTER_RETURNED").await), ("pending", 0));
        post.sends(post.peer.impatient()).await;
        assert_eq!(post.stands(&case).await, "failed");
        assert_eq!(post.told(&case).await.last().unwrap(), "RESPONSE LETTER_RETURNED");
        assert!(!case.letters("undelivered").await.is_empty(), "the administration is told");
    }

    async fn one_address_at_which_the_server_falls_silent_holds_up_nobody_else(post: &Posted) {
        let held = post.complaint("stil@personen.example").await;
        let other = post.complaint(TO).await;
        post.peer.misbehave(Step::Recipient, Some("stil@personen.example"), Hangs);
        // The one that fell silent first waits for its turn, whoever tries.
        for _ in 0..2 {
            post.app.sweep_with(post.peer.impatient()).await;
        }
        assert_eq!(other.letters("confirmation").await[0]["status"], "sent");
        assert_eq!(held.letters("confirmation").await[0]["status"], "pending");
        assert_eq!(json!(held.count("LETTER_RETURNED").await), json!(0));
    }
}
