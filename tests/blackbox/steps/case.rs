//! One complaint of a scenario, and what its people do with it.

use serde_json::{Value, json};
use wederhoor_tests::App;

use super::{DEADLINES, ask, complaint, done, find, letter, mutate, part_of, refusal};

/// A complaint that came in.
pub(crate) struct Case<'a> {
    /// Where.
    pub(crate) app: &'a App,
    /// With whom: the organisation's name in addresses.
    pub(crate) organisation: String,
    /// Its id.
    pub(crate) id: String,
    /// What people quote.
    pub(crate) reference: String,
}

impl<'a> Case<'a> {
    /// Files a form as `who`; without a login, the administration finds it.
    pub(crate) async fn filed(app: &'a App, who: &str, form: Value) -> Self {
        let organisation = form["organisation"]
            .as_str()
            .expect("an organisation")
            .to_owned();
        let payload = mutate(
            app,
            who,
            "fileComplaint",
            form,
            "receipt { reference receivedAt }",
        )
        .await;
        Self::received(app, &organisation, done(payload)).await
    }

    /// The administration registers what came on another channel.
    pub(crate) async fn registered(app: &'a App, organisation: &str, letter: Value) -> Self {
        let who = format!("{organisation}/admin");
        let payload = mutate(
            app,
            &who,
            "registerComplaint",
            letter,
            "receipt { reference receivedAt }",
        )
        .await;
        Self::received(app, organisation, done(payload)).await
    }

    async fn received(app: &'a App, organisation: &str, payload: Value) -> Self {
        let reference = payload["receipt"]["reference"]
            .as_str()
            .expect("a reference")
            .to_owned();
        let id = find(app, &format!("{organisation}/admin"), &reference).await;
        Self {
            app,
            organisation: organisation.to_owned(),
            id,
            reference,
        }
    }

    /// `"admin"` stands for `"livp/admin"` here; whatever is longer or has a point stays as it is.
    fn who(&self, who: &str) -> String {
        if who.is_empty() || who.contains(['/', '.']) {
            who.to_owned()
        } else {
            format!("{}/{who}", self.organisation)
        }
    }

    /// What comes of a mutation on this complaint, done or refused.
    pub(crate) async fn attempt(&self, who: &str, mutation: &str, mut input: Value) -> Value {
        input["complaintId"] = json!(self.id);
        mutate(self.app, &self.who(who), mutation, input, "").await
    }

    /// A mutation on this complaint that must be done.
    pub(crate) async fn act(&self, who: &str, mutation: &str, input: Value) -> Value {
        done(self.attempt(who, mutation, input).await)["complaint"].clone()
    }

    /// A mutation on this complaint that must be refused: the code and the citation of the rule.
    pub(crate) async fn refused(
        &self,
        who: &str,
        mutation: &str,
        input: Value,
    ) -> (String, String) {
        refusal(&self.attempt(who, mutation, input).await)
    }

    /// The administration records what the complainant did on another channel, arrived at that instant.
    pub(crate) async fn came(&self, act: Value, channel: &str, arrived_at: &str) -> Value {
        self.came_from(json!({ "kind": "COMPLAINANT" }), act, channel, arrived_at)
            .await
    }

    /// The administration records what a party did on another channel.
    pub(crate) async fn came_from(
        &self,
        party: Value,
        act: Value,
        channel: &str,
        arrived_at: &str,
    ) -> Value {
        let input =
            json!({ "party": party, "act": act, "channel": channel, "arrivedAt": arrived_at });
        self.act("admin", "recordPartyAct", input).await
    }

    /// The complaint as somebody sees it; `null` when it does not exist for them.
    pub(crate) async fn seen_by(&self, who: &str) -> Value {
        complaint(self.app, &self.who(who), &self.id).await
    }

    /// The complaint as the administration sees it.
    pub(crate) async fn now(&self) -> Value {
        self.seen_by("admin").await
    }

    /// Some of its fields, as the administration sees it.
    pub(crate) async fn part(&self, fields: &str) -> Value {
        part_of(self.app, &self.who("admin"), &self.id, fields).await
    }

    /// State and outcome, the latter empty while there is none: `"CLOSED ACCEPTED"`, `"IN_TREATMENT"`.
    pub(crate) async fn stands(&self) -> String {
        let now = self.part("state outcome").await;
        let words = [&now["state"], &now["outcome"]].map(|word| word.as_str().unwrap_or_default());
        words.join(" ").trim_end().to_owned()
    }

    /// The latest deadline of a kind, as the administration sees it.
    pub(crate) async fn deadline(&self, kind: &str) -> Value {
        let now = self.part(DEADLINES).await;
        let mut deadlines = now["deadlines"].as_array().expect("a list").iter().rev();
        let found = deadlines.find(|deadline| deadline["kind"] == kind);
        found
            .unwrap_or_else(|| panic!("no deadline {kind}: {:#}", now["deadlines"]))
            .clone()
    }

    /// Last day, exclusive instant and citation of the latest deadline of a kind.
    pub(crate) async fn due(&self, kind: &str) -> [String; 3] {
        let deadline = self.deadline(kind).await;
        [
            &deadline["dueOn"],
            &deadline["dueAt"],
            &deadline["article"]["citation"],
        ]
        .map(|text| text.as_str().expect("a text").to_owned())
    }

    /// How many entries of a kind its dossier has.
    pub(crate) async fn count(&self, entry: &str) -> usize {
        let now = self.part("entries { kind }").await;
        now["entries"]
            .as_array()
            .expect("a list")
            .iter()
            .filter(|one| one["kind"] == entry)
            .count()
    }

    /// The letters of a kind about it so far, oldest first, as `/demo/mail.json` has them.
    pub(crate) async fn letters(&self, kind: &str) -> Vec<Value> {
        let mut letters = self.app.letters().await;
        letters.retain(|letter| {
            letter["complaintId"] == self.id.as_str()
                && letter["kind"]
                    .as_str()
                    .is_some_and(|one| one.eq_ignore_ascii_case(kind))
        });
        letters
    }

    /// The newest letter of a kind about it that goes on paper, as `/demo/mail.json` has it.
    pub(crate) async fn on_paper(&self, kind: &str) -> Value {
        let mut letters = self.letters(kind).await;
        letters.retain(|letter| letter["channel"] == "print");
        letters.pop().expect("a letter on paper")
    }

    /// The administration records on which day the newest letter of a kind on paper was posted.
    pub(crate) async fn posted(&self, kind: &str, on: &str) -> Value {
        let input = json!({ "letterId": self.on_paper(kind).await["id"], "postedOn": on });
        let selection = "letter { status postedOn }";
        mutate(
            self.app,
            &self.who("admin"),
            "recordPosted",
            input,
            selection,
        )
        .await
    }

    /// The newest letter of a kind on paper came back.
    pub(crate) async fn came_back(&self, kind: &str) -> Value {
        let input = json!({ "letterId": self.on_paper(kind).await["id"] });
        let who = self.who("admin");
        mutate(
            self.app,
            &who,
            "reportUndelivered",
            input,
            "letter { status }",
        )
        .await
    }

    /// The newest letter of a kind that went to a mailbox came back, and the worker has looked.
    pub(crate) async fn bounced(&self, mailbox: &str, kind: &str) {
        let mut letters = self.letters(kind).await;
        letters.retain(|letter| letter["to"] == mailbox);
        let last = letters.last().unwrap_or_else(|| panic!("no letter {kind}"));
        let (input, who) = (json!({ "letterId": last["id"] }), self.who("admin"));
        let selection = "letter { status }";
        let payload = mutate(self.app, &who, "reportUndelivered", input, selection).await;
        assert_eq!(payload["letter"]["status"], "FAILED", "{payload:#}");
        self.app.sweep().await;
    }

    /// The texts of the letters of a kind about it to somebody of the demo so far, oldest first.
    pub(crate) async fn told(&self, key: &str, kind: &str) -> Vec<String> {
        let address = self.app.person(&self.organisation, key)["email"].clone();
        let letters = self.letters(kind).await.into_iter();
        let mine = letters.filter(|letter| letter["to"] == address);
        mine.map(|letter| letter["text"].as_str().expect("a text").to_owned())
            .collect()
    }

    /// Whether somebody may do this now, and if not, the code of the refusal; empty when they never have the right.
    pub(crate) async fn may(&self, who: &str, action: &str) -> Result<(), String> {
        let fields = "availableActions { action isAllowed refusal { code } }";
        let seen = part_of(self.app, &self.who(who), &self.id, fields).await;
        let actions = seen["availableActions"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        match actions.iter().find(|one| one["action"] == action) {
            Some(one) if one["isAllowed"] == true => Ok(()),
            Some(one) => Err(one["refusal"]["code"]
                .as_str()
                .unwrap_or_default()
                .to_owned()),
            None => Err(String::new()),
        }
    }
}

/// The id of a letter to who complained by post, that waits to be printed.
pub(crate) async fn printed(app: &App) -> Value {
    let mut input = letter(app, "livp", Some("basis"), "POST", wederhoor_tests::START);
    input["complainant"]["email"] = Value::Null;
    input["complainant"]["postalAddress"] = json!("Dorpsstraat 1, 1234 AB Ergens");
    Case::registered(app, "livp", input).await;
    let waiting = ask(
        app,
        "livp/admin",
        "{ lettersToPrint { nodes { id } } }",
        json!({}),
    );
    waiting.await.data()["lettersToPrint"]["nodes"][0]["id"].clone()
}
