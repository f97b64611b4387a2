//! The demo, as one test has it: its own server, its own database, and a clock that stands still until it is moved.

mod operating;

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde_json::{Value, json};
use wederhoor_server::{
    app::{Answering, Parts, Setup, Worker, assemble},
    clock::{MovableClock, RealClock, real_now},
    config::{
        DatabaseConfig, EdgeConfig, LimitsConfig, PasswordConfig, SealingKeys, SmtpConfig,
        TokenSeeds,
    },
    demo::{self, Demo, PASSWORD},
    founding::{Founding, found},
    http::Proxies,
    listen,
};

use crate::{Answer, Beside, Client, Fixture, Kind, Metered, TestDatabase, logs};

/// When every test begins: a Monday morning. The demo's courses ended on Friday 20 February 2026.
pub const START: &str = "2026-03-02T08:00:00Z";

/// What links in letters begin with.
const BASE_URL: &str = "https://klachten.example";

/// A running demo.
pub struct App {
    /// Talks to it.
    pub client: Client,
    /// What lies under it.
    pub database: TestDatabase,
    /// Its clock; moved this way, nothing that falls due happens until a sweep.
    pub clock: Arc<MovableClock>,
    /// Where it listens.
    pub address: SocketAddr,
    parts: Parts,
    answering: Answering,
    people: Value,
    tokens: Mutex<BTreeMap<String, String>>,
}

/// Puts the demo's people into an empty database.
pub(crate) async fn people(url: &str) {
    let (parts, _) = parts(url, None, |_| {}).await;
    demo::build(&parts.service)
        .await
        .expect("the demo's people are made");
    close(&parts).await;
}

pub(crate) async fn close(parts: &Parts) {
    parts.service.close().await.expect("the database closes");
}

async fn parts(
    url: &str,
    smtp: Option<SmtpConfig>,
    adjust: impl FnOnce(&mut Setup),
) -> (Parts, Arc<MovableClock>) {
    logs::watch();
    let clock = Arc::new(MovableClock::standing(START.parse().expect("an instant")));
    let database = DatabaseConfig {
        url: SecretString::from(url.to_owned()),
        owner_url: None,
        listen_url: None,
        max_connections: 8,
    };
    let mut setup = Setup {
        database,
        edge: EdgeConfig::default(),
        proxies: Proxies::default(),
        limits: LimitsConfig::OFF,
        base_url: BASE_URL.to_owned(),
        token_seeds: TokenSeeds::one([7; 32]),
        sealing_keys: SealingKeys::one([8; 32]),
        password: PasswordConfig::CHEAP,
        smtp,
        clock: clock.clone(),
        real_clock: Arc::new(RealClock),
        is_demo: true,
    };
    // One person does the work of many here.
    setup.edge.streams.per_caller = setup.edge.streams.per_process;
    adjust(&mut setup);
    (
        assemble(setup).await.expect("the parts fit together"),
        clock,
    )
}

impl App {
    /// A demo on a database of that kind, with letters by this mail server.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start(kind: Kind, smtp: Option<SmtpConfig>) -> Self {
        Self::start_adjusted(kind, |setup| setup.smtp = smtp).await
    }

    /// A demo of which something is set up differently.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn start_adjusted(kind: Kind, adjust: impl FnOnce(&mut Setup)) -> Self {
        let database = TestDatabase::peopled(kind).await;
        let (parts, clock) = parts(&database.url, None, adjust).await;
        Self::begin(database, parts, clock, None).await
    }

    /// A demo with one organisation more, whose letters it shows too, and the invitation of its administrator.
    ///
    /// # Panics
    /// When it does not start, or the organisation cannot be made.
    pub async fn start_with(kind: Kind, founding: &Founding) -> (Self, String) {
        let database = TestDatabase::peopled(kind).await;
        let (parts, clock) = parts(&database.url, None, |_| {}).await;
        let invitation = found(&parts.service, founding)
            .await
            .expect("an organisation is made");
        let slug = Some(founding.slug.as_str());
        (Self::begin(database, parts, clock, slug).await, invitation)
    }

    /// A demo that has told its history.
    ///
    /// # Panics
    /// When it cannot be told.
    pub async fn with_history(kind: Kind) -> Self {
        let database = TestDatabase::fresh(kind).await;
        demo::history::tell(&database.url, BASE_URL, true)
            .await
            .expect("the history is told");
        let (parts, clock) = parts(&database.url, None, |_| {}).await;
        Self::begin(database, parts, clock, None).await
    }

    async fn begin(
        database: TestDatabase,
        parts: Parts,
        clock: Arc<MovableClock>,
        newcomer: Option<&str>,
    ) -> Self {
        let mut world = demo::build(&parts.service)
            .await
            .expect("the demo's people are found");
        if let Some(slug) = newcomer {
            let found = parts.service.tenant_by_slug(slug).await;
            let tenant = found.expect("an answer").expect("the organisation");
            world.tenants.push((tenant.id, slug.to_owned()));
        }
        let listener = listen::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
            .await
            .expect("a free port");
        let demo = Demo::new(world, clock.clone(), None);
        let answering = demo::run(parts.clone(), listener, demo, false).expect("it answers");
        let (client, address) = (Client::new(answering.address), answering.address);
        let people = client.json("/demo/people.json").await;
        let tokens = Mutex::default();
        Self {
            client,
            database,
            clock,
            address,
            parts,
            answering,
            people,
            tokens,
        }
    }

    /// Somebody of the demo: their entry in `/demo/people.json`.
    ///
    /// # Panics
    /// When there is nobody of that key.
    pub fn person(&self, organisation: &str, key: &str) -> &Value {
        self.entry("people", organisation, key)
    }

    /// A course of the demo: its entry in `/demo/people.json`.
    ///
    /// # Panics
    /// When there is none of that key.
    pub fn course(&self, organisation: &str, key: &str) -> &Value {
        self.entry("courses", organisation, key)
    }

    fn entry(&self, list: &str, organisation: &str, key: &str) -> &Value {
        let entries = self.people[list].as_array().expect("a list");
        let found = entries
            .iter()
            .find(|one| one["organisation"] == organisation && one["key"] == key);
        found.unwrap_or_else(|| panic!("{organisation} has no {key} among its {list}"))
    }

    /// The access token of somebody of the demo, signed in once.
    ///
    /// # Panics
    /// When signing in fails.
    pub async fn token(&self, organisation: &str, key: &str) -> String {
        let who = format!("{organisation}/{key}");
        if let Some(token) = self
            .tokens
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .get(&who)
        {
            return token.clone();
        }
        let email = &self.person(organisation, key)["email"];
        let input = json!({ "email": email, "password": PASSWORD, "organisation": organisation });
        let document = "mutation($input: SignInInput!) { signIn(input: $input) { session { accessToken } userErrors { code message } } }";
        let answer = self
            .client
            .gql(None, document, json!({ "input": input }))
            .await;
        let token = answer.data()["signIn"]["session"]["accessToken"].as_str();
        let token = token
            .unwrap_or_else(|| panic!("{who} cannot sign in: {:#}", answer.body))
            .to_owned();
        self.tokens
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(who, token.clone());
        token
    }

    /// From now on `who` (`"awb/admin"`) is whoever has this access token.
    pub fn know(&self, who: &str, token: String) {
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        tokens.insert(who.to_owned(), token);
    }

    /// An operation as somebody of the demo (`"livp/admin"`), or as nobody (`""`).
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn ask(&self, who: &str, document: &str, variables: Value) -> Answer {
        match who.split_once('/') {
            Some((organisation, key)) => {
                let token = self.token(organisation, key).await;
                self.client.gql(Some(&token), document, variables).await
            }
            None => self.client.gql(None, document, variables).await,
        }
    }

    /// Moves the clock to an instant and lets all due work be done, letters included.
    ///
    /// # Panics
    /// When the instant lies in the clock's past.
    pub async fn at(&self, instant: &str) {
        let answer = self.clock_request(json!({ "now": instant })).await;
        assert!(answer["now"].is_string(), "{answer}");
    }

    /// Lets all due work be done, letters included, without moving the clock.
    ///
    /// # Panics
    /// When the server does not answer.
    pub async fn sweep(&self) {
        self.clock_request(json!({ "advanceDays": 0 })).await;
    }

    /// Moves the clock and lets nothing happen: as if the worker stood still.
    ///
    /// # Panics
    /// When the instant lies in the clock's past.
    pub fn time_passes_until(&self, instant: &str) {
        let target: DateTime<Utc> = instant.parse().expect("an instant");
        self.clock
            .move_to(real_now(), target)
            .expect("the clock moves forward");
    }

    /// What the worker of [`Self::another_process`] does.
    ///
    /// # Panics
    /// When it does not start, or cannot work.
    pub async fn sweep_by_a_new_process(&self) {
        let parts = self.another_process().await;
        parts.sweeper.sweep().await.expect("the work is done");
        close(&parts).await;
    }

    /// As [`sweep_by_a_new_process`](Self::sweep_by_a_new_process), with this mail server: it knows nothing of how the server
    /// fared before.
    ///
    /// # Panics
    /// When it does not start, or cannot work.
    pub async fn sweep_with(&self, smtp: SmtpConfig) {
        let clock = self.clock.clone();
        let (parts, _) = parts(&self.database.url, Some(smtp), |setup| setup.clock = clock).await;
        parts.sweeper.sweep().await.expect("the work is done");
        close(&parts).await;
    }

    /// The parts of another process on the same database, by the same clock.
    ///
    /// # Panics
    /// When they do not fit together.
    pub async fn another_process(&self) -> Parts {
        let clock = self.clock.clone();
        let (parts, _) = parts(&self.database.url, None, |setup| setup.clock = clock).await;
        parts
    }

    /// Another process that answers on the same database, and writes what people see when it ends, as `serve` does. Who
    /// starts it stops it.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn beside_with_log(&self, adjust: impl FnOnce(&mut Setup)) -> Beside {
        let beside = self.beside(adjust).await;
        Beside {
            answering: beside.answering.keeping_log(&beside.parts.service),
            ..beside
        }
    }

    /// Another process that answers on the same database. Who starts it stops it.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn beside(&self, adjust: impl FnOnce(&mut Setup)) -> Beside {
        let (parts, _) = parts(&self.database.url, None, adjust).await;
        let listener = listen::bind(SocketAddr::from(([127, 0, 0, 1], 0)));
        let listener = listener.await.expect("a free port");
        let routes = parts.routes.clone();
        let answering = parts.clone().serve(listener, routes, false);
        let answering = answering.expect("it answers");
        let client = Client::new(answering.address);
        Beside {
            client,
            parts,
            answering,
        }
    }

    /// Another process on the same database, whose numbers can be read; whether it works, by this clock. Who starts it stops it.
    ///
    /// # Panics
    /// When it does not start.
    pub async fn metered(&self, works: bool, adjust: impl FnOnce(&mut Setup)) -> Metered {
        let clock = self.clock.clone();
        let adjusted = |setup: &mut Setup| {
            setup.clock = clock;
            adjust(setup);
        };
        let (parts, _) = parts(&self.database.url, None, adjusted).await;
        Metered::start(parts, works).await
    }

    /// A worker as `serve` has it, beside the sweeps of the demo's clock. Who starts it stops it.
    pub fn worker(&self) -> Worker {
        Worker::start(&self.parts.sweeper, &self.parts.wake)
    }

    /// How much is wrong in what is kept of figures, of every organisation, by their events; it is left so.
    ///
    /// # Panics
    /// When it cannot be found out.
    pub async fn wrong_figures(&self) -> u64 {
        let (service, mut wrong) = (&self.parts.service, 0);
        let tenants = service.counted_tenants().await;
        for (tenant, _) in tenants.expect("the organisations are found") {
            let found = service.rebuild_figures(tenant, false).await;
            let found = found.expect("figures are reckoned anew");
            wrong += found.differing + found.sums;
        }
        wrong
    }

    /// Takes the program its connections to the database, for good.
    ///
    /// # Panics
    /// When they cannot be closed.
    pub async fn close_database(&self) {
        close(&self.parts).await;
    }

    /// Writes what people saw, as a running server does every few seconds: how much that was.
    ///
    /// # Panics
    /// When it cannot be written.
    pub async fn write_reads(&self) -> usize {
        let written = self.parts.service.write_reads().await;
        written.expect("what was seen is written").written
    }

    async fn clock_request(&self, body: Value) -> Value {
        let request = self
            .client
            .request(reqwest::Method::POST, "/demo/clock")
            .json(&body);
        request
            .send()
            .await
            .expect("the server answers")
            .json()
            .await
            .expect("JSON")
    }

    /// SQL statements that the program has run so far.
    pub fn statements(&self) -> u64 {
        self.parts.service.statements()
    }
}

impl Fixture for App {
    async fn set_up(kind: Kind) -> Self {
        Self::start(kind, None).await
    }

    async fn tear_down(self) {
        self.answering.stop().await.expect("the server stops");
        close(&self.parts).await;
        self.database.tear_down().await;
    }
}
