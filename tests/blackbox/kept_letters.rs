//! The outbox outside the demo: the way in that a letter carries is in it until the letter has gone out.

use serde_json::{Value, json};
use wederhoor_tests::{App, Fixture, Kind, SmtpPeer, both};

use crate::steps::{Case, done, letter, mutate};

/// A program as it is hosted, with a mail server.
struct Hosted {
    app: App,
    peer: SmtpPeer,
}

impl Fixture for Hosted {
    async fn set_up(kind: Kind) -> Self {
        let peer = SmtpPeer::start().await;
        let smtp = peer.config();
        let app = App::start_adjusted(kind, |setup| {
            setup.smtp = Some(smtp);
            setup.is_demo = false;
        });
        let app = app.await;
        Self { app, peer }
    }

    async fn tear_down(self) {
        self.app.tear_down().await;
    }
}

impl Hosted {
    async fn complaint(&self, complainant: Value) -> Case<'_> {
        let arrived = wederhoor_tests::START;
        let mut input = letter(&self.app, "livp", Some("basis"), "POST", arrived);
        input["complainant"] = complainant;
        Case::registered(&self.app, "livp", input).await
    }

    /// What the outbox has of all letters.
    async fn kept(&self) -> String {
        self.app.database.contents(&[]).await["outbox"].join("\n")
    }
}

/// How often a text lets somebody in.
fn ways_in(text: &str) -> usize {
    let links = ["/access#", "/invitation#"].map(|link| text.split(link).skip(1));
    let links = links.into_iter().flatten();
    links.filter(|rest| !rest.starts_with('…')).count()
}

both! {
    async fn mail_lets_nobody_in_by_what_is_kept_of_it_once_it_is_sent(hosted: &Hosted) {
        let address = "robin@personen.example";
        hosted.complaint(json!({ "name": "Robin", "email": address })).await;
        let member = json!({ "name": "Nieuw Lid", "email": "lid@personen.example", "roles": ["HANDLER"], "locale": "NL" });
        done(mutate(&hosted.app, "livp/admin", "inviteMember", json!({ "member": member }), "member { id }").await);
        assert!(ways_in(&hosted.kept().await) > 2, "until they are sent");
        hosted.app.sweep().await;
        for to in [address, "lid@personen.example"] {
            let mut received = hosted.peer.received();
            received.retain(|letter| letter.to == [to]);
            assert!(!received.is_empty(), "{to}");
            let blank = "#=E2=80=A6";
            assert!(received.iter().all(|letter| !letter.content.contains(blank)), "{received:?}");
        }
        let kept = hosted.kept().await;
        assert_eq!(ways_in(&kept), 0, "{kept}");
        assert!(kept.contains("/access#…") && kept.contains("/invitation#…"), "{kept}");
    }

    async fn a_letter_on_paper_lets_nobody_in_by_what_is_kept_of_it_once_it_is_posted(hosted: &Hosted) {
        let case = hosted.complaint(json!({ "name": "Petra Post", "postalAddress": "Dorpsstraat 1\n1234 AB Dorp" })).await;
        hosted.app.sweep().await;
        assert!(ways_in(&hosted.kept().await) > 0, "until it is posted");
        done(case.posted("confirmation", "2026-03-02").await);
        let kept = hosted.kept().await;
        assert_eq!(ways_in(&kept), 0, "{kept}");
    }
}
