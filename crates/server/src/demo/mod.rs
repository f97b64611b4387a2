//! The demo: two organisations with fictional people, letters that go nowhere, and a clock that can be moved.

mod diagrams;
pub mod history;
mod making;
mod pages;
mod state;
mod world;

use std::{net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};

use anyhow::Context;
use chrono::{DateTime, Utc};
use secrecy::ExposeSecret;
use tokio::net::TcpListener;
use wederhoor_service::{LimitsConfig, Service};
use wederhoor_store::Store;

pub use state::State;
pub use world::{PASSWORD, Person, World, build};

use crate::{
    app::{Answering, Parts, Setup, Sweeper, assemble},
    clock::{CannotMove, MovableClock, RealClock, real_now},
    config::{EdgeConfig, PasswordConfig, SealingKeys, SmtpConfig, TokenSeeds},
    database,
    http::Proxies,
    listen,
};

/// What the demo can be told.
#[derive(Debug, Clone)]
pub struct Options {
    /// The port on this machine.
    pub port: u16,
    /// Where the demo keeps its database, key and clock.
    pub data_dir: PathBuf,
    /// Another database than the one in the data directory.
    pub database_url: Option<String>,
    /// Whether to begin anew.
    pub reset: bool,
    /// Whether a new demo tells what happened in the months before it.
    pub has_history: bool,
    /// A mail server to send letters by all the same.
    pub smtp: Option<SmtpConfig>,
}

/// 2 March 2026, 9:00 in Amsterdam, a Monday: where a new demo begins.
pub const PRESENT: DateTime<Utc> = DateTime::from_timestamp(1_772_438_400, 0).expect("an instant");

/// Starts the demo.
///
/// # Errors
/// A taken port, a data directory that cannot be used, a database that cannot be reached.
pub async fn start(options: &Options) -> anyhow::Result<Answering> {
    let listener = listen::bind(SocketAddr::from(([127, 0, 0, 1], options.port))).await?;
    making::refuse_reset(options).await?;
    let state = State::open(
        &options.data_dir,
        options.reset,
        options.database_url.is_none(),
    )?;
    let base_url = format!("http://{}", listener.local_addr()?);
    let prepared = making::prepare(options, &state, &base_url).await?;
    let clock = Arc::new(MovableClock::running(prepared.ahead));
    let place = database::without_login(prepared.database.url.expose_secret());
    let parts = assemble(Setup {
        database: prepared.database,
        edge: patient_edge(),
        proxies: Proxies::default(),
        limits: LimitsConfig::OFF,
        base_url,
        token_seeds: TokenSeeds::one(state.token_seed()),
        sealing_keys: SealingKeys::one(state.token_seed()),
        password: DEMO_HASHING,
        smtp: options.smtp.clone(),
        clock: clock.clone(),
        real_clock: Arc::new(RealClock),
        is_demo: true,
    })
    .await?;
    let world = build(&parts.service)
        .await
        .with_context(|| format!("the demo's people and courses cannot be made at {place}"))?;
    let mut demo = Demo::new(world, clock, Some(state));
    demo.shared = prepared.shared;
    let service = parts.service.clone();
    Ok(run(parts, listener, demo, true)?.keeping_log(&service))
}

/// Everybody here has the same published password, so that hashing it harder would only slow the start.
const DEMO_HASHING: PasswordConfig = PasswordConfig {
    memory_kib: 1024,
    iterations: 1,
    parallelism: 1,
    concurrency: 4,
};

/// Moving the clock by years takes longer than any request of a hosted server may.
fn patient_edge() -> EdgeConfig {
    let mut edge = EdgeConfig::default();
    edge.patience.request = Duration::from_mins(15);
    edge
}

/// What the demo's own pages show and move.
pub struct Demo {
    /// Who is in it.
    pub world: World,
    /// The procedure's clock.
    pub clock: Arc<MovableClock>,
    /// Where the clock's hand is kept; `None`: nowhere.
    pub state: Option<State>,
    /// A database that keeps it too, for whoever opens a demo on it from another directory.
    shared: Option<Store>,
    walk: tokio::sync::Mutex<()>,
}

impl Demo {
    /// A demo of these people, with this clock.
    pub fn new(world: World, clock: Arc<MovableClock>, state: Option<State>) -> Self {
        let walk = tokio::sync::Mutex::default();
        Self {
            world,
            clock,
            state,
            shared: None,
            walk,
        }
    }
}

/// Serves a demo over parts that are ready.
///
/// # Errors
/// When the port has no address.
pub fn run(
    parts: Parts,
    listener: TcpListener,
    demo: Demo,
    works: bool,
) -> anyhow::Result<Answering> {
    let drawn = diagrams::routes(parts.service.clone(), demo.world.tenants.clone());
    let own = pages::routes(parts.service.clone(), parts.sweeper.clone(), demo);
    let routes = parts.routes.clone().merge(own).merge(drawn);
    parts.serve(listener, routes, works)
}

/// Where the clock is to go.
pub(crate) enum Target {
    /// To an instant.
    Instant(DateTime<Utc>),
    /// By so much.
    Later(chrono::TimeDelta),
}

impl Demo {
    /// Walks the clock from one due instant to the next, lets the work of each be done before the next comes, keeps
    /// where it is, and stops at the target: what is seen then is what a server that ran all the time would show.
    async fn move_to(
        &self,
        service: &Service,
        sweeper: &Sweeper,
        target: Target,
    ) -> anyhow::Result<DateTime<Utc>> {
        let _alone = self.walk.lock().await;
        let real = real_now();
        let target = match target {
            Target::Instant(at) => at,
            Target::Later(by) => {
                let later = self.clock.at(real).checked_add_signed(by);
                later.ok_or(CannotMove::TooFar)?
            }
        };
        self.clock.can_move_to(real, target)?;
        sweeper.sweep().await?;
        while let Some(due) = service.next_due().await?.filter(|due| *due <= target) {
            self.put(due).await?;
            sweeper.sweep().await?;
        }
        self.put(target).await?;
        sweeper.sweep().await?;
        anyhow::ensure!(!service.owes_work().await?, "some of it failed");
        Ok(target)
    }

    /// Puts the clock there, unless it has run past that while work was done.
    async fn put(&self, at: DateTime<Utc>) -> anyhow::Result<()> {
        let real = real_now();
        if at > self.clock.at(real) {
            self.clock.move_to(real, at)?;
        }
        let ahead = self.clock.ahead(real);
        if let Some(store) = &self.shared {
            making::keep_shared(store, ahead).await?;
        }
        if let Some(state) = &self.state {
            state.keep_ahead(ahead)?;
        }
        Ok(())
    }
}
