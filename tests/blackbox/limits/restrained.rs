//! A demo that holds up who tries too often, behind a proxy that says from where they come, and whose real clock is moved.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use wederhoor_server::{
    app::Setup,
    clock::{MovableClock, real_now},
    demo::PASSWORD,
};
use wederhoor_tests::{Answer, App, Beside, Fixture, Kind, LimitsConfig, TriesConfig};

/// The demo, with its real clock in our hand.
pub(super) struct Restrained {
    pub(super) app: App,
    pub(super) real: Arc<MovableClock>,
    limits: LimitsConfig,
}

fn adjust(setup: &mut Setup, real: Arc<MovableClock>, limits: LimitsConfig) {
    setup.limits = limits;
    setup.real_clock = real;
    setup.proxies.networks = vec!["127.0.0.0/8".parse().expect("a network")];
    setup.edge.patience.connections = 2_000;
}

/// Few tries, and easy work.
const FEW: LimitsConfig = LimitsConfig {
    tries: Some(TriesConfig {
        per_account_and_source: 5,
        per_source: 40,
        per_account: 60,
        letters: 3,
        letters_per_source: 8,
    }),
    rates: None,
    filings_per_source: 0,
    intake_proof_bits: 6,
    sign_in_proof_bits: 6,
};

impl Fixture for Restrained {
    async fn set_up(kind: Kind) -> Self {
        Self::of(kind, FEW).await
    }

    async fn tear_down(self) {
        self.app.tear_down().await;
    }
}

impl Restrained {
    /// A demo with these limits.
    pub(super) async fn of(kind: Kind, limits: LimitsConfig) -> Self {
        let real = Arc::new(MovableClock::standing(real_now()));
        let own = real.clone();
        let app = App::start_adjusted(kind, move |setup| adjust(setup, own, limits));
        let app = app.await;
        Self { app, real, limits }
    }

    /// Another process on the same database.
    pub(super) async fn another_process(&self) -> Beside {
        let (own, limits) = (self.real.clone(), self.limits);
        self.app
            .beside(move |setup| adjust(setup, own, limits))
            .await
    }

    /// Lets real time pass.
    pub(super) fn passes(&self, seconds: i64) {
        let at = self.now() + TimeDelta::seconds(seconds);
        self.real.move_to(real_now(), at).expect("the clock moves");
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.real.at(real_now())
    }

    /// A token of the administrator of LIVP, who signs in anew.
    pub(super) async fn fresh(&self) -> String {
        let session = crate::steps::sign_in(&self.app, &self.email(), "livp").await;
        session["accessToken"].as_str().expect("a token").to_owned()
    }

    /// An operation of nobody, from there.
    pub(super) async fn ask(&self, from: &str, document: &str, input: Value) -> Answer {
        self.ask_as(None, from, document, input).await
    }

    pub(super) async fn ask_as(
        &self,
        token: Option<&str>,
        from: &str,
        document: &str,
        input: Value,
    ) -> Answer {
        let body = json!({ "query": document, "variables": { "input": input } });
        let client = self.app.client.clone();
        client.send_from(token, from, &body).await
    }

    pub(super) fn email(&self) -> String {
        let email = &self.app.person("livp", "admin")["email"];
        email.as_str().expect("an address").to_owned()
    }

    /// A sign-in of the administrator of LIVP.
    pub(super) async fn sign_in(&self, from: &str, password: &str, proof: Option<Value>) -> String {
        let email = self.email();
        self.sign_in_as(&email, from, password, proof).await
    }

    /// What comes of a sign-in: `in`, the code of a user error, or that of an error at the top and how long to wait.
    pub(super) async fn sign_in_as(
        &self,
        email: &str,
        from: &str,
        password: &str,
        proof: Option<Value>,
    ) -> String {
        let input =
            json!({ "email": email, "password": password, "organisation": "livp", "proof": proof });
        let document = "mutation($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { code } } }";
        told(&self.ask(from, document, input).await, "signIn")
    }

    /// A try that is wrong.
    pub(super) async fn guess(&self, from: &str) -> String {
        self.sign_in(from, "dit is maar geraden", None).await
    }

    /// A try that is right.
    pub(super) async fn enter(&self, from: &str) -> String {
        self.sign_in(from, PASSWORD, None).await
    }
}

/// What came of a mutation: the codes of its user errors, `in` where there are none, or the code at the top.
pub(super) fn told(answer: &Answer, mutation: &str) -> String {
    if let Some(code) = answer.code() {
        let wait = &answer.body["errors"][0]["extensions"]["retryAfter"];
        return format!("{code} {wait}");
    }
    let errors = answer.data()[mutation]["userErrors"].as_array();
    let codes = errors.expect("a list").iter();
    let codes: Vec<&str> = codes
        .map(|one| one["code"].as_str().expect("a code"))
        .collect();
    if codes.is_empty() {
        "in".to_owned()
    } else {
        codes.join(" ")
    }
}

/// The answer to a challenge, as a client works it out.
pub(super) fn worked_out(challenge: &Value) -> Value {
    let text = challenge["challenge"].as_str().expect("a challenge");
    let bits = challenge["difficulty"].as_u64().expect("a number");
    let is_answer = |nonce: &u64| leading_zeros(&format!("{text}:{nonce}")) >= bits;
    let nonce = (0..10_000_000_u64).find(is_answer).expect("an answer");
    json!({ "challenge": text, "nonce": nonce.to_string() })
}

pub(super) fn leading_zeros(text: &str) -> u64 {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.as_bytes());
    let bits = digest
        .as_ref()
        .iter()
        .flat_map(|byte| (0..8).rev().map(move |place| (byte >> place) & 1));
    u64::try_from(bits.take_while(|bit| *bit == 0).count()).expect("few")
}
