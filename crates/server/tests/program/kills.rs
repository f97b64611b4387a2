//! Processes that are killed at any moment, under load: no letter is lost, none has two `Message-ID`s, nothing lapses twice, what
//! was answered is there once, every chain verifies, and figures are what the events tell. So many moments in each run of the
//! suite, and as many as `WEDERHOOR_TEST_KILLS` says by hand.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::Duration,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use serde_json::{Value, json};
use wederhoor_server::{
    app::Parts,
    clock::{MovableClock, real_now},
    config::SmtpConfig,
    listen,
};

use crate::support::{
    asking::{answered, ask},
    database::Database,
    organisation::{FILE, PASSWORD, assembled, begun_weeks_ago, complaint, migrated, signed_in},
    postbox::Postbox,
    running::Running,
};

/// How often a process is killed in each run of the suite.
const USUAL: u32 = 20;
/// Complaints whose terms ran out in six weeks, when the worker begins.
const OLD: usize = 30;
/// Complaints that are being filed at each moment.
const AT_ONCE: u32 = 3;
const FROM: &str = "Klachten <klachten@instituut.example>";

/// Servers and as many workers, each of which is started again when it is killed.
struct Processes<'a> {
    database: &'a Database,
    settings: Vec<(&'static str, String)>,
    servers: Vec<Running>,
    workers: Vec<Running>,
    addresses: Addresses,
}

/// Where the servers that run now answer.
type Addresses = Arc<Mutex<Vec<SocketAddr>>>;

impl<'a> Processes<'a> {
    fn begin(database: &'a Database, postbox: &Postbox, of_each: usize) -> Self {
        let off = |name| (name, "1000000".to_owned());
        let settings = vec![
            ("WEDERHOOR_SMTP_URL", postbox.url()),
            ("WEDERHOOR_MAIL_FROM", FROM.to_owned()),
            ("WEDERHOOR_BASE_URL", "https://klachten.example".to_owned()),
            ("WEDERHOOR_INTAKE_PROOF_BITS", "0".to_owned()),
            off("WEDERHOOR_FILINGS_PER_SOURCE"),
            off("WEDERHOOR_RATE_PER_SOURCE"),
        ];
        let all = |arguments: &[&str]| -> Vec<Running> {
            let each = (0..of_each).map(|_| start(database, arguments, &settings));
            each.collect()
        };
        let (servers, workers) = (all(SERVER), all(WORKER));
        let addresses = servers.iter().map(Running::address).collect();
        Self {
            database,
            settings,
            servers,
            workers,
            addresses: Arc::new(Mutex::new(addresses)),
        }
    }

    fn kill_server(&mut self, nth: usize) {
        self.servers[nth].is_killed();
        self.servers[nth] = start(self.database, SERVER, &self.settings);
        let mut addresses = self
            .addresses
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        addresses[nth] = self.servers[nth].address();
    }

    fn kill_worker(&mut self, nth: usize) {
        self.workers[nth].is_killed();
        self.workers[nth] = start(self.database, WORKER, &self.settings);
    }
}

const SERVER: &[&str] = &["serve", "--no-worker"];
const WORKER: &[&str] = &["worker"];

fn start(database: &Database, arguments: &[&str], settings: &[(&'static str, String)]) -> Running {
    let settings: Vec<_> = settings
        .iter()
        .map(|(key, value)| (*key, value.as_str()))
        .collect();
    database.start_with(arguments, &settings)
}

/// Numbers that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}

/// Files until it is answered, each time by another server, wherever they are by then: a client that is told nothing asks
/// again with its key.
fn file(addresses: &Mutex<Vec<SocketAddr>>, number: u32) -> String {
    let mut input = complaint(real_now());
    input["idempotencyKey"] = json!(format!("indiening-{number}"));
    let body = json!({ "query": FILE, "variables": { "input": input } }).to_string();
    for turn in number as usize.. {
        let server = {
            let servers = addresses.lock().unwrap_or_else(PoisonError::into_inner);
            servers[turn % servers.len()]
        };
        let headers = "content-type: application/json\r\n";
        let Ok(answer) = answered(server, headers, &body) else {
            thread::yield_now();
            continue;
        };
        let filed = &answer["data"]["fileComplaint"];
        if let Some(reference) = filed["receipt"]["reference"].as_str() {
            return reference.to_owned();
        }
        // Its first try may still be under way.
        let code = &filed["userErrors"][0]["code"];
        assert!(
            answer["errors"].is_array() || code == "IN_PROGRESS",
            "{answer:#}"
        );
    }
    unreachable!("it asks until it is answered")
}

/// Kills a process at so many moments, while complaints are filed and letters go out; the references of what was filed.
fn killed(processes: &mut Processes<'_>, moments: u32) -> Vec<String> {
    let mut numbers = Numbers(0x2545_F491_4F6C_DD1D);
    let mut references = Vec::new();
    for moment in 0..moments {
        let filing: Vec<_> = (0..AT_ONCE)
            .map(|nth| {
                let addresses = processes.addresses.clone();
                thread::spawn(move || file(&addresses, moment * AT_ONCE + nth))
            })
            .collect();
        // Not to wait for anything: this is the moment.
        thread::sleep(Duration::from_micros(numbers.below(400_000)));
        let mut any = |of: &[Running]| usize::try_from(numbers.below(of.len() as u64)).unwrap();
        let (server, worker) = (any(&processes.servers), any(&processes.workers));
        match numbers.below(4) {
            0 => processes.kill_server(server),
            1 | 2 => processes.kill_worker(worker),
            _ => {
                processes.kill_server(server);
                processes.kill_worker(worker);
            }
        }
        references.extend(filing.into_iter().map(|one| one.join().unwrap()));
    }
    references
}

/// Does what is left, an hour later: no lease stands any more, and what failed is tried again.
async fn an_hour_later(database: &Database, postbox: &Postbox) -> Parts {
    let later = real_now() + TimeDelta::hours(1);
    let smtp = SmtpConfig::new(&postbox.url(), None, FROM.parse().unwrap()).unwrap();
    let real_clock = Arc::new(MovableClock::standing(later));
    let parts = assembled(database, later, real_clock, Some(smtp)).await;
    parts.sweeper.sweep().await.unwrap();
    parts
}

/// Of how many complaints figures are kept, and how many of these, and of their sums, are not what follows from the events.
async fn figures(parts: &Parts) -> (u64, u64) {
    let (mut complaints, mut wrong) = (0, 0);
    for (tenant, _) in parts.service.counted_tenants().await.unwrap() {
        let found = parts.service.rebuild_figures(tenant, false).await.unwrap();
        complaints += found.complaints;
        wrong += found.differing + found.sums;
    }
    (complaints, wrong)
}

/// Every complaint of the organisation as its administrator sees it.
fn complaints(server: SocketAddr) -> Vec<Value> {
    let input =
        json!({ "email": "aya@vroeger.example", "password": PASSWORD, "organisation": "vroeger" });
    let document =
        "mutation($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }";
    let answer = ask(server, None, document, &json!({ "input": input }));
    let token = answer["data"]["signIn"]["session"]["accessToken"].as_str();
    let token = token.unwrap_or_else(|| panic!("{answer:#}")).to_owned();
    let document = "query($after: String) { complaints(first: 5, after: $after) {
        nodes { reference isChainIntact entries { kind deadline } letters { id kind channel status } }
        pageInfo { hasNextPage endCursor } } }";
    let (mut all, mut after) = (Vec::new(), Value::Null);
    loop {
        let answer = ask(server, Some(&token), document, &json!({ "after": after }));
        let page = &answer["data"]["complaints"];
        let nodes = page["nodes"]
            .as_array()
            .unwrap_or_else(|| panic!("{answer:#}"));
        all.extend(nodes.iter().cloned());
        if page["pageInfo"]["hasNextPage"] != true {
            return all;
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

fn list(of: &Value) -> &[Value] {
    of.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// What lapsed, and how often.
fn lapses(complaint: &Value) -> BTreeMap<String, usize> {
    let mut lapses = BTreeMap::new();
    let entries = list(&complaint["entries"]).iter();
    for entry in entries.filter(|entry| entry["kind"] == "TERM_LAPSED") {
        *lapses.entry(entry["deadline"].to_string()).or_default() += 1;
    }
    lapses
}

/// The `Message-ID` of a letter, by its opaque id.
fn message_id(letter: &Value) -> String {
    let bytes = URL_SAFE_NO_PAD
        .decode(letter["id"].as_str().unwrap())
        .unwrap();
    let id = uuid::Uuid::from_slice(&bytes[1..]).unwrap();
    format!("<{id}@instituut.example>")
}

fn nothing_is_lost(database: &Database, of_each: usize) {
    let moments = env::var("WEDERHOOR_TEST_KILLS").map_or(USUAL, |many| many.parse().unwrap());
    migrated(database);
    let invitation = begun_weeks_ago(database, OLD);
    let postbox = Postbox::open();
    let mut processes = Processes::begin(database, &postbox, of_each);
    signed_in(&processes.servers[0], &invitation);
    let references = killed(&mut processes, moments);
    let Processes {
        servers, workers, ..
    } = processes;
    for process in workers.into_iter().chain(servers) {
        process.ends_when_asked();
    }

    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _inside = runtime.enter();
    let (parts, answering) = runtime.block_on(async {
        let parts = an_hour_later(database, &postbox).await;
        let listener = listen::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
            .await
            .unwrap();
        let routes = parts.routes.clone();
        let answering = parts.clone().serve(listener, routes, false).unwrap();
        (parts, answering)
    });
    let all = complaints(answering.address);
    let figures = runtime.block_on(async {
        answering.stop().await.unwrap();
        let figures = figures(&parts).await;
        parts.service.close().await.unwrap();
        figures
    });
    assert_eq!(
        figures,
        (all.len() as u64, 0),
        "figures are what the events tell"
    );

    let distinct: BTreeSet<&String> = references.iter().collect();
    assert_eq!(
        distinct.len(),
        references.len(),
        "each filing is one complaint"
    );
    assert_eq!(all.len(), OLD + references.len(), "and was taken in once");
    let mut lapsed = 0;
    let mut expected = BTreeSet::new();
    for complaint in &all {
        assert_eq!(complaint["isChainIntact"], true, "{complaint:#}");
        let terms = lapses(complaint);
        assert!(terms.values().all(|times| *times == 1), "{complaint:#}");
        lapsed += terms.len();
        for letter in list(&complaint["letters"])
            .iter()
            .filter(|one| one["channel"] == "MAIL")
        {
            // What waits for the hour of an open day has not gone out yet.
            let has_time = letter["kind"] == "OVERDUE_ALERT" && letter["status"] == "PENDING";
            if !has_time {
                assert_eq!(letter["status"], "SENT", "{complaint:#}");
                expected.insert(message_id(letter));
            }
        }
    }
    assert!(lapsed >= OLD, "{lapsed} terms of weeks ago");
    let taken = postbox.taken();
    let arrived: BTreeSet<String> = taken.keys().cloned().collect();
    let lost: Vec<_> = expected.difference(&arrived).collect();
    assert!(lost.is_empty(), "{lost:?}");
    let others = arrived.difference(&expected).count();
    assert!(
        others >= 1,
        "beside them the invitation of the administrator, and overviews"
    );
    assert!(
        taken.values().all(|brought| brought.len() == 1),
        "{taken:#?}"
    );
    println!(
        "killed at {moments} moments: {} complaints, {lapsed} lapses, {} letters, of which {} came again under their id",
        all.len(),
        arrived.len(),
        postbox.count() - arrived.len()
    );
}

#[test]
fn what_is_killed_at_any_moment_loses_nothing_on_sqlite() {
    nothing_is_lost(&Database::sqlite(), 1);
}

#[test]
fn what_is_killed_at_any_moment_of_three_servers_and_three_workers_loses_nothing_on_postgres() {
    if let Some(database) = Database::postgres() {
        nothing_is_lost(&database, 3);
    }
}
