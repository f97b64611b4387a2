//! What is looked up when it is read.

use std::sync::atomic::{AtomicU64, Ordering};

use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge, info::Info},
    registry::Registry,
};
use wederhoor_service::{Census, Occasion, PoolState, Service};

use super::{Counters, Labels};
use crate::http::{DatabaseState, Readiness};

/// A number that is not there while it is not known.
type Known = Family<Labels<0>, Gauge<f64, AtomicU64>>;

/// What is looked up at one reading.
pub(crate) struct Sample {
    /// The process, with what it has counted.
    pub(crate) service: Service,
    /// How the platform is doing.
    pub(crate) readiness: Readiness,
    /// For how many seconds no worker has worked, as far as is known.
    pub(crate) idle: Option<u64>,
    /// How many pieces of work fail again and again.
    pub(crate) stuck: Option<u64>,
    /// What waits in all organisations, in a process that counts it.
    pub(crate) census: Option<Census>,
}

/// Where it is kept until it is written.
pub(super) struct Sampled {
    statements: Counter,
    connections: Family<Labels<1>, Gauge>,
    most_connections: Gauge,
    waits: Counter,
    waits_in_vain: Counter,
    sign_ins: Counters<1>,
    limits: Counters<1>,
    letters: Counters<1>,
    work: Counters<1>,
    ready: Gauge,
    writable: Known,
    worker_idle: Known,
    outbox_age: Known,
    stuck: Known,
    overdue: Known,
    undelivered: Known,
}

impl Sampled {
    pub(super) fn in_registry(registry: &mut Registry) -> Self {
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The version of the program", version);
        let sampled = Self {
            statements: Counter::default(),
            connections: Family::default(),
            most_connections: Gauge::default(),
            waits: Counter::default(),
            waits_in_vain: Counter::default(),
            sign_ins: Counters::default(),
            limits: Counters::default(),
            letters: Counters::default(),
            work: Counters::default(),
            ready: Gauge::default(),
            writable: Known::default(),
            worker_idle: Known::default(),
            outbox_age: Known::default(),
            stuck: Known::default(),
            overdue: Known::default(),
            undelivered: Known::default(),
        };
        sampled.of_process(registry);
        sampled.of_platform(registry);
        sampled
    }

    fn of_process(&self, registry: &mut Registry) {
        registry.register(
            "sql_statements",
            "SQL statements, BEGIN and COMMIT not among them",
            self.statements.clone(),
        );
        registry.register(
            "database_connections",
            "Connections to the database that are open",
            self.connections.clone(),
        );
        registry.register(
            "database_connections_max",
            "Connections to the database that may be open",
            self.most_connections.clone(),
        );
        registry.register(
            "database_waits",
            "How often a connection was wanted while all were in use",
            self.waits.clone(),
        );
        registry.register(
            "database_waits_in_vain",
            "How often no connection came free in time",
            self.waits_in_vain.clone(),
        );
        registry.register(
            "sign_ins",
            "Sign-ins, by what they came to",
            self.sign_ins.clone(),
        );
        registry.register(
            "limits_hit",
            "Who asked or tried too often, by the limit",
            self.limits.clone(),
        );
        registry.register(
            "letters",
            "Letters that were handed over to the mail server, by what came of it",
            self.letters.clone(),
        );
        registry.register(
            "due_work",
            "Pieces of due work, by what came of them",
            self.work.clone(),
        );
    }

    fn of_platform(&self, registry: &mut Registry) {
        registry.register(
            "ready",
            "Whether the process can do its work",
            self.ready.clone(),
        );
        registry.register(
            "database_writable",
            "Whether the database takes what is written: its disk is not full, and it is not read-only",
            self.writable.clone(),
        );
        registry.register(
            "worker_idle_seconds",
            "How long ago a worker last worked, in whatever process; where none ever did, since when this process runs",
            self.worker_idle.clone(),
        );
        registry.register(
            "outbox_oldest_seconds",
            "How long the letter has been due that waits longest",
            self.outbox_age.clone(),
        );
        registry.register(
            "due_work_stuck",
            "Pieces of due work that fail again and again",
            self.stuck.clone(),
        );
        registry.register(
            "deadlines_overdue",
            "Deadlines of open complaints that have passed, in all organisations",
            self.overdue.clone(),
        );
        registry.register(
            "letters_undelivered",
            "Letters that did not reach their reader, in all organisations",
            self.undelivered.clone(),
        );
    }

    pub(super) fn keep(&self, sample: &Sample) {
        let Sample {
            service,
            readiness,
            idle,
            stuck,
            census,
        } = sample;
        set(&self.statements, service.statements());
        self.keep_pool(&service.pool());
        for what in Occasion::ALL {
            let (family, label, value) = self.place(*what);
            let counter = family.get_or_create(&[(label, value.to_owned())]);
            set(&counter, service.counted(*what));
        }
        self.ready.set(readiness.is_ready().into());
        let is_known = readiness.is_ready();
        let is_writable = readiness.database == DatabaseState::Ok;
        keep(&self.writable, is_known.then(|| is_writable.into()));
        keep(&self.worker_idle, *idle);
        keep(
            &self.outbox_age,
            is_known.then(|| readiness.outbox.1.unwrap_or_default()),
        );
        keep(&self.stuck, *stuck);
        keep(&self.overdue, census.map(|all| all.overdue_deadlines));
        keep(&self.undelivered, census.map(|all| all.undelivered_letters));
    }

    fn keep_pool(&self, pool: &PoolState) {
        for (state, many) in [
            ("idle", pool.idle),
            ("used", pool.open.saturating_sub(pool.idle)),
        ] {
            let gauge = self
                .connections
                .get_or_create(&[("state", state.to_owned())]);
            gauge.set(many.into());
        }
        self.most_connections.set(pool.most.into());
        set(&self.waits, pool.waits);
        set(&self.waits_in_vain, pool.in_vain);
    }

    /// Where a count is kept, and under which label.
    fn place(&self, what: Occasion) -> (&Counters<1>, &'static str, &'static str) {
        let sign_in = |outcome| (&self.sign_ins, "outcome", outcome);
        let limit = |limit| (&self.limits, "limit", limit);
        let letter = |fate| (&self.letters, "fate", fate);
        let work = |outcome| (&self.work, "outcome", outcome);
        match what {
            Occasion::SignedIn => sign_in("accepted"),
            Occasion::SignInRefused => sign_in("refused"),
            Occasion::SignInHeldUp => sign_in("held_up"),
            Occasion::LimitOfSource => limit("source"),
            Occasion::LimitOfPrincipal => limit("principal"),
            Occasion::LimitOfTenant => limit("organisation"),
            Occasion::LimitOfTries => limit("tries"),
            Occasion::LimitOfLetters => limit("letters"),
            Occasion::LimitOfFilings => limit("filings"),
            Occasion::LetterSent => letter("sent"),
            Occasion::LetterPutOff => letter("put_off"),
            Occasion::LetterFailed => letter("failed"),
            Occasion::WorkDone => work("done"),
            Occasion::WorkFailed => work("failed"),
        }
    }
}

/// What was counted elsewhere only grows.
fn set(counter: &Counter, to: u64) {
    counter.inner().store(to, Ordering::Relaxed);
}

#[expect(
    clippy::cast_precision_loss,
    reason = "nobody reads the last of sixteen digits"
)]
fn keep(known: &Known, now: Option<u64>) {
    match now {
        Some(now) => {
            known.get_or_create(&[]).set(now as f64);
        }
        None => known.clear(),
    }
}
