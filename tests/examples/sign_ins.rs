//! Reports how many sign-ins a second leave the rest of the service as fast as it was: at each rate, how fast a list of
//! complaints answers meanwhile, and its p99 as a ratio to that without sign-ins, of the same run; then under a flood of
//! wrong passwords: `scripts/postgres.sh cargo run --release -p wederhoor-tests --example sign_ins`. Passwords are hashed at
//! the cost that a real server has. Server, clients and (embedded) database are one process, so its figures are a floor.

#![recursion_limit = "256"]

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::{
    task::JoinSet,
    time::{Instant as Timer, sleep, sleep_until},
};
use wederhoor_server::{config::PasswordConfig, demo::PASSWORD};
use wederhoor_tests::{Answer, App, Client, Fixture, Kind, on_both};

/// How long each rate is kept up.
const PERIOD: Duration = Duration::from_secs(15);
/// How often a second a list is asked for, over as many connections as that takes.
const LISTS: u32 = 80;
/// Sign-ins a second.
const RATES: [u32; 7] = [1, 2, 4, 8, 12, 16, 24];
/// Wrong passwords at the same time, each followed by another.
const FLOOD: usize = 64;
const LIST: &str = "{ complaints(first: 20) { nodes { reference state } } }";
const SIGN_IN: &str = "mutation($input: SignInInput!) {
    signIn(input: $input) { session { accessToken } userErrors { code } } }";

fn main() {
    on_both(report);
}

async fn report(kind: Kind) {
    let app = App::start_adjusted(kind, |setup| setup.password = PasswordConfig::USUAL).await;
    let token = app.token("livp", "trainer2").await;
    let run = Run { app, token };
    run.beside(1, 0).await;
    let (_, usual) = run.beside(0, 0).await;
    println!("{kind:?}: no sign-ins: p99 {:.1} ms", millis(usual));
    let mut most = 0.0_f64;
    for rate in RATES {
        let (made, p99) = run.beside(rate, 0).await;
        let ratio = millis(p99) / millis(usual);
        println!(
            "{kind:?}: {made:.1} sign-ins a second: p99 {:.1} ms, {ratio:.2} × the usual",
            millis(p99)
        );
        if ratio <= 2.0 {
            most = most.max(made);
        }
    }
    let (_, p99) = run.beside(0, FLOOD).await;
    let ratio = millis(p99) / millis(usual);
    println!(
        "{kind:?}: {FLOOD} clients that guess without a pause: p99 {:.1} ms, {ratio:.2} × the usual",
        millis(p99)
    );
    println!("{kind:?}: within twice the usual p99 up to {most:.1} sign-ins a second");
    run.app.tear_down().await;
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

struct Run {
    app: App,
    token: String,
}

impl Run {
    /// How many sign-ins a second were made at a rate, and the p99 of lists beside them and so many who guess.
    async fn beside(&self, rate: u32, guessers: usize) -> (f64, Duration) {
        let mut others: JoinSet<()> = (0..guessers).map(|_| self.guesses()).collect();
        let (begun, until) = (Instant::now(), sleep(PERIOD));
        tokio::pin!(until);
        let mut lists = JoinSet::new();
        let mut entries = JoinSet::new();
        let mut asks = Arrivals::at(LISTS, 0.0);
        let mut enters = Arrivals::at(rate.max(1), 0.5);
        loop {
            tokio::select! {
                () = &mut until => break,
                () = sleep_until(asks.next) => { asks.came(); lists.spawn(self.list()); }
                () = sleep_until(enters.next), if rate > 0 => { enters.came(); entries.spawn(self.enter()); }
            }
        }
        let made = entries.join_all().await.len();
        let seconds = begun.elapsed().as_secs_f64();
        others.shutdown().await;
        let mut took = lists.join_all().await;
        took.sort_unstable();
        let p99 = took[took.len() * 99 / 100];
        // Some thousands at most.
        #[allow(clippy::cast_precision_loss)]
        let made = made as f64 / seconds;
        (made, p99)
    }

    /// Asks for a list, and says how long that took.
    fn list(&self) -> impl Future<Output = Duration> + Send + 'static {
        let (client, token) = (self.app.client.clone(), self.token.clone());
        async move {
            let begun = Instant::now();
            client.gql(Some(&token), LIST, Value::Null).await.data();
            begun.elapsed()
        }
    }

    /// Signs somebody in.
    fn enter(&self) -> impl Future<Output = ()> + Send + 'static {
        let (client, email) = (self.app.client.clone(), email(&self.app));
        async move {
            let answer = sign_in(&client, &email, PASSWORD).await;
            let session = &answer.data()["signIn"]["session"];
            assert!(session.is_object(), "{session}");
        }
    }

    /// Guesses a password, again and again.
    fn guesses(&self) -> impl Future<Output = ()> + Send + 'static {
        let (client, email) = (self.app.client.clone(), email(&self.app));
        async move {
            loop {
                // Refused, or sent away where too many wait.
                sign_in(&client, &email, "dit is maar geraden").await;
            }
        }
    }
}

/// So many a second, each at its own moment within its share of the second: who asks and who signs in are then in no step with
/// each other, in which they would always meet or never.
struct Arrivals {
    begun: Timer,
    every: Duration,
    phase: f64,
    nth: u32,
    next: Timer,
}

impl Arrivals {
    fn at(a_second: u32, phase: f64) -> Self {
        let (begun, every) = (Timer::now(), Duration::from_secs(1) / a_second);
        let next = begun + every.mul_f64(phase);
        Self {
            begun,
            every,
            phase,
            nth: 0,
            next,
        }
    }

    /// The one who was next has come.
    fn came(&mut self) {
        // The golden ratio spreads most evenly.
        self.nth += 1;
        let within = (self.phase + f64::from(self.nth) * 0.618_033_988_75).fract();
        self.next = self.begun + self.every.mul_f64(f64::from(self.nth) + within);
    }
}

fn email(app: &App) -> String {
    let email = &app.person("livp", "trainer2")["email"];
    email.as_str().expect("an address").to_owned()
}

async fn sign_in(client: &Client, email: &str, password: &str) -> Answer {
    let input = json!({ "organisation": "livp", "email": email, "password": password });
    client.gql(None, SIGN_IN, json!({ "input": input })).await
}
