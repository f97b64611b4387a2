//! Steps at a public body that comes to the service: its regulation is a file, and everything else goes over HTTP.

use std::{collections::BTreeMap, path::PathBuf};

use serde_json::{Value, json};
use wederhoor_tests::{App, Fixture, Founding, Kind};

use super::{Case, ask, done, form, mutate};

/// Its name in addresses.
pub(crate) const AWB: &str = "gemeente";
/// Its regulation.
pub(crate) const REGULATION: &str = include_str!("../../../policies/awb.toml");
/// Where the complainant of these steps reads letters.
pub(crate) const COMPLAINANT: &str = "robin@personen.example";
/// Whom it is about.
const RESPONDENT: &str = "bram@gemeente.example";

/// Who works there besides its administrator: a short name, a name and a role.
const PEOPLE: [(&str, &str, &str); 5] = [
    ("cora", "Cora Commissie", "COMMITTEE_MEMBER"),
    ("carl", "Carl Commissie", "COMMITTEE_MEMBER"),
    ("hans", "Hans Behandelaar", "HANDLER"),
    ("stem", "Vera Woordvoerder", "REPRESENTATIVE"),
    ("analist", "Ilse Inzicht", "ANALYST"),
];

/// A demo to which the public body has come, with its people.
pub(crate) struct Body {
    pub(crate) app: App,
    members: BTreeMap<&'static str, Value>,
}

impl Body {
    /// The id of somebody who works there.
    pub(crate) fn member(&self, key: &str) -> &Value {
        &self.members[key]
    }

    /// Somebody without a login files the form now.
    pub(crate) async fn filed(&self) -> Case<'_> {
        Case::filed(&self.app, "", form(&self.app, AWB, None)).await
    }

    /// The administration appoints these, the first of whom tells Bram Baliemedewerker that it is about him.
    pub(crate) async fn assign(&self, case: &Case<'_>, keys: &[&str]) {
        for key in keys {
            let named = json!({ "memberId": self.member(key) });
            case.act("admin", "assignDecider", named).await;
        }
        let contact = json!({ "name": "Bram Baliemedewerker", "email": RESPONDENT });
        case.act(keys[0], "nameRespondent", json!({ "contact": contact }))
            .await;
        self.app.sweep().await;
    }

    /// Filed now, and with both members of the committee.
    pub(crate) async fn with_committee(&self) -> Case<'_> {
        let case = self.filed().await;
        self.assign(&case, &["cora", "carl"]).await;
        case
    }
}

/// Somebody hears both sides.
pub(crate) async fn hear_both(case: &Case<'_>, who: &str) {
    for party in [
        json!({ "kind": "COMPLAINANT" }),
        json!({ "kind": "RESPONDENT", "number": 1 }),
    ] {
        let heard = json!({ "party": party, "outcome": "HEARD" });
        case.act(who, "recordHearing", heard).await;
    }
}

/// A finding with its reasons.
pub(crate) fn finding(finding: &str) -> Value {
    json!({ "finding": finding, "text": "De baliemedewerker had moeten luisteren." })
}

impl Fixture for Body {
    async fn set_up(kind: Kind) -> Self {
        let policy = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../policies/awb.toml"));
        let email = "anja@gemeente.example";
        let founding = Founding::new(AWB, &policy, "GEM", email);
        let (app, invitation) = App::start_with(kind, &founding).await;
        accept(&app, "admin", &invitation).await;
        app.sweep().await;
        app.letters_to(email, "invitation").await;
        let mut members = BTreeMap::new();
        for (key, name, role) in PEOPLE {
            members.insert(key, invite(&app, key, name, role).await);
        }
        Self { app, members }
    }

    async fn tear_down(self) {
        self.app.tear_down().await;
    }
}

/// The administrator invites somebody, who comes in by the letter; their id.
pub(crate) async fn invite(app: &App, key: &str, name: &str, role: &str) -> Value {
    let email = format!("{key}@gemeente.example");
    let member = json!({ "name": name, "email": email, "roles": [role], "locale": "NL" });
    let who = format!("{AWB}/admin");
    let invited = mutate(
        app,
        &who,
        "inviteMember",
        json!({ "member": member }),
        "member { id }",
    )
    .await;
    app.sweep().await;
    let letters = app.letters_to(&email, "invitation").await;
    let text = letters[0]["text"].as_str().expect("a text");
    let (_, rest) = text.split_once("/invitation#").expect("a way in");
    accept(app, key, rest.split_whitespace().next().expect("a token")).await;
    done(invited)["member"]["id"].clone()
}

/// Somebody takes up an invitation, as `organisation.token`, and is known by a short name from then on.
async fn accept(app: &App, key: &str, invitation: &str) {
    let (organisation, token) = invitation.split_once('.').expect("an organisation");
    let input = json!({ "organisation": organisation, "token": token, "password": format!("{key} komt binnen met dit") });
    let selection = "session { accessToken }";
    let accepted = done(mutate(app, "", "acceptInvitation", input, selection).await);
    let token = accepted["session"]["accessToken"]
        .as_str()
        .expect("a token");
    app.know(&format!("{AWB}/{key}"), token.to_owned());
}

/// The administrator publishes another version of the regulation.
pub(crate) async fn publish(app: &App, text: &str) -> Value {
    let document = json!({ "document": { "format": "TOML", "text": text } });
    let who = format!("{AWB}/admin");
    done(mutate(app, &who, "publishPolicy", document, "policy { version }").await)
}

/// The regulation that governs a complaint, as far as these tests look at it.
pub(crate) async fn regulation(case: &Case<'_>) -> Value {
    let document =
        "query($id: ID!) { complaint(id: $id) { regulation { name instances { deciderKind
        resolution { effect term { term { text } } } appeal { isWritingRequired } } } } }";
    let answer = ask(
        case.app,
        &format!("{AWB}/admin"),
        document,
        json!({ "id": case.id }),
    )
    .await;
    answer.data()["complaint"]["regulation"].clone()
}
