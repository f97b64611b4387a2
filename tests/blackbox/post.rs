//! Letters by a mail server: what goes out, what is refused, and what the dossier then says.

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Value, json};
use wederhoor_tests::{App, Fixture, Kind, Received, SmtpPeer, both};

use crate::steps::{Case, letter, mutate};

/// A demo whose letters go out by a mail server.
pub(crate) struct Posted {
    pub(crate) app: App,
    pub(crate) peer: SmtpPeer,
}

impl Fixture for Posted {
    async fn set_up(kind: Kind) -> Self {
        let peer = SmtpPeer::start().await;
        let smtp = peer.config();
        let app = App::start(kind, Some(smtp)).await;
        Self { app, peer }
    }

    async fn tear_down(self) {
        self.app.tear_down().await;
    }
}

impl Posted {
    pub(crate) async fn complaint(&self, address: &str) -> Case<'_> {
        complaint(&self.app, address).await
    }

    /// One with a response on its way: what came before has gone out.
    pub(crate) async fn answered(&self, address: &str) -> Case<'_> {
        answered(&self.app, address).await
    }

    /// The response, as it is on its way to who complained.
    pub(crate) async fn to_complainant(&self, case: &Case<'_>) -> Value {
        let mut letters = case.letters("response").await;
        letters.retain(|letter| {
            letter["to"]
                .as_str()
                .is_some_and(|to| to.ends_with("@personen.example"))
        });
        assert_eq!(letters.len(), 1, "{letters:#?}");
        letters.remove(0)
    }

    /// What the dossier says of letters, in the order in which it happened.
    pub(crate) async fn told(&self, case: &Case<'_>) -> Vec<String> {
        let seen = case.now().await;
        let entries = seen["entries"].as_array().expect("a list").iter();
        let about = entries.filter(|one| {
            one["kind"]
                .as_str()
                .is_some_and(|kind| kind.starts_with("LETTER_"))
        });
        about
            .map(|one| format!("{} {}", one["letter"], one["kind"]).replace('"', ""))
            .collect()
    }

    pub(crate) fn to(&self, address: &str) -> Vec<Received> {
        let mut letters = self.peer.received();
        letters.retain(|letter| letter.to == [address]);
        letters
    }

    /// A sweep, which ends though some letters wait.
    async fn swept_soon(&self) {
        let sweep = tokio::time::timeout(Duration::from_secs(25), self.app.sweep());
        sweep.await.expect("the worker comes to an end");
    }

    /// The `Message-ID` of a letter about a complaint that waits.
    pub(crate) async fn id_of_waiting(&self, case: &Case<'_>) -> String {
        let mut letters = self.app.letters().await;
        letters.retain(|one| one["status"] == "pending" && one["complaintId"] == case.id.as_str());
        let id = URL_SAFE_NO_PAD.decode(letters[0]["id"].as_str().unwrap());
        // The first byte says that it is a letter.
        let id = uuid::Uuid::from_slice(&id.unwrap()[1..]).unwrap();
        format!("<{id}@organisatie.example>")
    }

    /// Whom the complaint's letters that wait are for.
    async fn waiting(&self, case: &Case<'_>) -> Vec<String> {
        let mut letters = self.app.letters().await;
        letters.retain(|one| one["status"] == "pending" && one["complaintId"] == case.id.as_str());
        let to = letters
            .iter()
            .map(|one| one["to"].as_str().unwrap().to_owned());
        to.filter(|to| to.contains('@')).collect()
    }

    /// Time for the post: what waits for another try is tried at once.
    pub(crate) async fn try_again(&self) {
        self.no_more_waiting().await;
        self.app.sweep().await;
    }

    /// As if what waits had waited.
    pub(crate) async fn no_more_waiting(&self) {
        let long_ago = match self.app.database.kind {
            Kind::Postgres => "'2020-01-01T00:00:00Z'",
            Kind::Sqlite => "'2020-01-01T00:00:00.000000Z'",
        };
        for statement in [
            format!(
                "UPDATE outbox SET due_at = {long_ago}, leased_until = NULL WHERE status = 'pending'"
            ),
            format!(
                "UPDATE due_work SET due_at = {long_ago}, leased_until = NULL WHERE kind = 'letters'"
            ),
        ] {
            self.app.database.execute(&statement).await;
        }
    }
}

/// A complaint that came by e-mail.
pub(crate) async fn complaint<'a>(app: &'a App, address: &str) -> Case<'a> {
    let arrived = wederhoor_tests::START;
    let mut input = letter(app, "blijf-groep", Some("veilig"), "EMAIL", arrived);
    input["complainant"]["email"] = json!(address);
    Case::registered(app, "blijf-groep", input).await
}

/// One with a response on its way: what came before has gone out.
pub(crate) async fn answered<'a>(app: &'a App, address: &str) -> Case<'a> {
    let case = complaint(app, address).await;
    case.act("advies1", "takeComplaint", json!({})).await;
    let voice = &app.person("blijf-groep", "stem")["id"];
    case.act("admin", "nameRepresentative", json!({ "memberId": voice }))
        .await;
    for kind in ["COMPLAINANT", "REPRESENTATIVE"] {
        let heard = json!({ "party": { "kind": kind }, "outcome": "HEARD", "record": "Verslag." });
        case.act("advies1", "recordHearing", heard).await;
    }
    app.sweep().await;
    let response = json!({ "finding": "UPHELD", "text": "U hebt gelijk." });
    case.act("advies1", "issueResponse", response).await;
    case
}

both! {
    async fn letters_go_out_under_an_id_that_follows_from_the_letter(post: &Posted) {
        let case = post.complaint("robin@personen.example").await;
        assert!(post.peer.received().is_empty(), "letters go out by the worker, not by the request");
        post.app.sweep().await;
        let received = post.to("robin@personen.example");
        let known = case.letters("confirmation").await;
        assert_eq!((received.len(), known.len()), (1, 1));
        let id = format!("<{}@organisatie.example>", uuid_of(known[0]["id"].as_str().unwrap()));
        assert_eq!(received[0].header("Message-ID"), Some(&*id));
        assert_eq!(received[0].from, "klachten@organisatie.example");
        assert!(received[0].header("Subject").is_some_and(|subject| subject.contains(&case.reference)), "{received:?}");
        case.act("advies1", "takeComplaint", json!({})).await;
        post.app.sweep().await;
        post.app.sweep().await;
        let all = post.peer.received();
        let mut ids: Vec<_> = all.iter().filter_map(|letter| letter.header("Message-ID")).collect();
        let threads: Vec<_> = post.to("robin@personen.example").iter().map(|letter| letter.header("In-Reply-To").map(str::to_owned)).collect();
        assert!(threads.len() > 1 && threads.iter().all(|thread| thread.is_some() && *thread == threads[0]), "{threads:?}");
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all.len(), "every letter goes out once");
    }

    async fn an_address_that_is_refused_is_told_to_the_dossier_and_starts_no_term(post: &Posted) {
        let case = post.answered("weg@personen.example").await;
        post.peer.refuse("weg@personen.example", "550 5.1.1 weg@personen.example is not here");
        post.app.sweep().await;
        assert_eq!(post.told(&case).await, [
            "CONFIRMATION LETTER_SENT", "CONFIRMATION LETTER_DELIVERED", "RESPONSE LETTER_SENT", "RESPONSE LETTER_DELIVERED", "RESPONSE LETTER_RETURNED",
        ]);
        assert_eq!(post.to_complainant(&case).await["status"], "failed");
        let seen = case.now().await;
        assert!(seen["rounds"][0]["response"]["deliveredAt"].is_null(), "{:#}", seen["rounds"]);
        let running = |deadline: &&Value| deadline["kind"] == "SILENCE" && deadline["isOpen"] == true;
        assert_eq!(seen["deadlines"].as_array().unwrap().iter().find(running), None);
        assert_eq!(seen["isChainIntact"], true);
        // Others are not kept waiting.
        let other = post.complaint("robin@personen.example").await;
        post.app.sweep().await;
        assert_eq!(post.to("robin@personen.example").len(), 1);
        assert_eq!(other.letters("confirmation").await[0]["status"], "sent");
    }

    async fn b04_a_confirmation_that_is_refused_confirms_nothing_and_of_any_letter_that_is_the_administration_hears(post: &Posted) {
        post.peer.refuse("weg@personen.example", "550 5.1.1 weg@personen.example is not here");
        let case = post.complaint("weg@personen.example").await;
        assert!(case.now().await["acknowledgedAt"].is_string());
        post.app.sweep().await;
        assert!(case.now().await["acknowledgedAt"].is_null());
        let heard = case.letters("undelivered").await.len();
        assert!(heard > 0, "the administration is told");
        let handler = post.app.person("blijf-groep", "advies1");
        post.peer.refuse(handler["email"].as_str().unwrap(), "550 5.1.1 no such mailbox");
        case.act("admin", "assignDecider", json!({ "memberId": handler["id"] })).await;
        post.app.sweep().await;
        let mut lost = post.told(&case).await.split_off(2);
        lost.sort_unstable();
        let kinds = ["ASSIGNMENT", "CONFIRMATION", "HANDLER_NAMED"];
        assert_eq!(lost, kinds.map(|kind| format!("{kind} LETTER_RETURNED")));
        assert_eq!(case.letters("undelivered").await.len(), 3 * heard);
        post.app.at("2026-03-10T09:00:00Z").await;
        assert_eq!(post.told(&case).await[5..], ["CONFIRMATION LETTER_SENT_AGAIN", "CONFIRMATION LETTER_RETURNED"]);
        assert!(case.now().await["acknowledgedAt"].is_string(), "the second attempt counts");
    }

    async fn what_the_server_has_in_hand_while_its_reader_moves_goes_where_they_went(post: &Posted) {
        let (app, left) = (&post.app, "weg@personen.example");
        for refused in [false, true] {
            let case = post.answered(left).await;
            let before = post.to(left).len();
            if refused {
                post.peer.refuse(left, "550 5.1.1 not here");
            }
            let held = post.peer.hold(left);
            let moves = async {
                held.offered().await;
                let home = json!({ "address": { "postalAddress": "Dorpsstraat 1" } });
                case.act("admin", "recordAddress", home).await;
                held.release();
            };
            tokio::join!(app.sweep(), moves);
            assert!(post.to(left).len() <= before + 1, "the others are not sent there any more");
            assert_eq!(case.on_paper("response").await["status"], "pending");
            assert!(case.now().await["rounds"][0]["response"]["deliveredAt"].is_null());
            assert_eq!(case.count("LETTER_RETURNED").await, 0, "nothing was sent to the house");
            assert_eq!(case.posted("response", "2026-03-02").await["letter"]["status"], "POSTED");
            assert!(case.now().await["rounds"][0]["response"]["deliveredAt"].is_string());
            post.peer.accept(left);
        }
    }

    async fn a_mail_server_that_says_later_is_asked_again_and_gets_the_letter_once(post: &Posted) {
        let case = post.answered("vol@personen.example").await;
        let earlier = post.to("vol@personen.example").len();
        post.peer.refuse("vol@personen.example", "452 4.2.2 vol@personen.example is full");
        post.app.sweep().await;
        assert_eq!(post.to_complainant(&case).await["status"], "pending");
        assert_eq!(post.told(&case).await, ["CONFIRMATION LETTER_SENT", "CONFIRMATION LETTER_DELIVERED"]);
        post.peer.accept("vol@personen.example");
        post.app.sweep().await;
        assert_eq!(post.to("vol@personen.example").len(), earlier, "it is left alone for a while");
        post.try_again().await;
        post.try_again().await;
        let received = post.to("vol@personen.example");
        assert_eq!(received.len(), earlier + 1);
        let letter = &post.to_complainant(&case).await;
        assert_eq!(letter["status"], "sent");
        let id = format!("<{}@organisatie.example>", uuid_of(letter["id"].as_str().unwrap()));
        assert_eq!(received[earlier].header("Message-ID"), Some(&*id));
        assert_eq!(post.told(&case).await, [
            "CONFIRMATION LETTER_SENT", "CONFIRMATION LETTER_DELIVERED", "RESPONSE LETTER_SENT", "RESPONSE LETTER_DELIVERED",
        ]);
    }

    async fn a_letter_that_waits_for_another_try_neither_stops_a_newer_one_nor_keeps_the_worker_busy(post: &Posted) {
        let voice = post.app.person("blijf-groep", "stem")["email"].as_str().unwrap();
        post.peer.refuse(voice, "452 4.2.2 the mailbox is full");
        let case = post.answered("robin@personen.example").await;
        post.swept_soon().await;
        let waiting = post.waiting(&case).await;
        assert!(!waiting.is_empty() && waiting.iter().all(|to| to == voice), "the others have gone: {waiting:?}");
        let input = json!({ "organisation": "blijf-groep", "reference": case.reference, "email": "robin@personen.example" });
        assert_eq!(mutate(&post.app, "", "requestAccessLink", input, "isAccepted").await["isAccepted"], true);
        let before = post.to("robin@personen.example").len();
        for _ in 0..2 {
            post.swept_soon().await;
            assert_eq!(post.to("robin@personen.example").len(), before + 1, "the newer letter goes out, once");
            assert_eq!(post.waiting(&case).await, waiting);
        }
        post.peer.accept(voice);
        post.swept_soon().await;
        assert_eq!(post.waiting(&case).await, waiting, "it is left alone for a while");
        let earlier = post.to(voice).len();
        post.try_again().await;
        post.try_again().await;
        assert_eq!((post.waiting(&case).await.len(), post.to(voice).len()), (0, earlier + waiting.len()));
    }
}

/// The UUID in an opaque id: base64url of one byte for the type and sixteen for the UUID.
pub(crate) fn uuid_of(id: &str) -> uuid::Uuid {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let value = |letter: u8| ALPHABET.iter().position(|one| *one == letter).unwrap();
    let bits: Vec<bool> = id
        .bytes()
        .flat_map(|letter| {
            let value = value(letter);
            (0..6).rev().map(move |bit| value >> bit & 1 == 1)
        })
        .collect();
    let number = bits[8..136]
        .iter()
        .fold(0_u128, |sum, bit| sum << 1 | u128::from(*bit));
    uuid::Uuid::from_u128(number)
}
