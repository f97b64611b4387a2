//! The running program: store, service, schema, routes and worker, put together.

mod bounces;
mod calendar;
mod carrier;
mod execute;
mod exports;
mod health;
mod metrics;
mod places;
mod reader;
mod scribe;
mod streams;
mod waiting;
mod work;

use std::{net::SocketAddr, sync::Arc};

use anyhow::Context;
use axum::Router;
use secrecy::ExposeSecret;
use tokio::{net::TcpListener, sync::watch, time::Instant};
use wederhoor_graphql::Schema;
use wederhoor_service::{
    Clock, LimitsConfig, PasswordConfig, SealingKeys, Service, ServiceConfig, TokenSeeds,
};
use wederhoor_store::{Store, StoreConfig};

pub use carrier::Post;
pub(crate) use health::{ABSENT, LATE};
pub use metrics::Numbers;
pub use waiting::{Opened, open};
pub use work::{Sweeper, Wake, Worker};

use health::Looking;
use scribe::Scribe;
use streams::Streams;

use crate::{
    clock::real_now,
    config::{DatabaseConfig, EdgeConfig, PasswordConfig as Hashing, SmtpConfig},
    entropy::{SystemEntropy, new_id},
    http::{self, Gateway, Proxies, RequestIds, Streaming, Vocabulary},
    listen::{self, Patience, Running},
    mail::Mailer,
    metrics::{Metrics, root_fields},
};

/// What a running program is made of.
pub struct Setup {
    /// Where the data is; its schema is up to date.
    pub database: DatabaseConfig,
    /// What one client may ask for, and how long it is waited for.
    pub edge: EdgeConfig,
    /// Whose word for where a request comes from is taken.
    pub proxies: Proxies,
    /// What holds up who asks or tries too often.
    pub limits: LimitsConfig,
    /// What links in letters and addresses of calendar feeds begin with.
    pub base_url: String,
    /// What access tokens are signed with, and taken by.
    pub token_seeds: TokenSeeds,
    /// What seals what the database may hold but not show.
    pub sealing_keys: SealingKeys,
    /// How hard passwords are hashed.
    pub password: Hashing,
    /// The mail server; `None`: letters stay in the outbox, or go nowhere in the demo.
    pub smtp: Option<SmtpConfig>,
    /// The procedure's clock.
    pub clock: Arc<dyn Clock>,
    /// The real clock.
    pub real_clock: Arc<dyn Clock>,
    /// Whether this is the demo: letters go nowhere but count as sent, and GraphiQL can ask as its people.
    pub is_demo: bool,
}

/// The parts of a program that is ready to answer.
#[derive(Clone)]
pub struct Parts {
    /// The use cases.
    pub service: Service,
    /// Does due work.
    pub sweeper: Sweeper,
    /// The routes of the endpoint, those of the probes among them.
    pub routes: Router,
    /// The routes that probes ask, and no others.
    pub probes: Router,
    /// What is counted.
    pub numbers: Numbers,
    /// Wakes the worker.
    pub wake: Arc<Wake>,
    /// How long a connection is waited for.
    pub patience: Patience,
    /// Whether people reach it over HTTPS only.
    pub is_https: bool,
}

/// Puts the parts together.
///
/// # Errors
/// When the database cannot be reached, or its login may do too much.
pub async fn assemble(setup: Setup) -> anyhow::Result<Parts> {
    let is_https = is_https(&setup.base_url);
    let store = open_store(&setup.database, setup.is_demo).await?;
    let service = service(&setup, store)?;
    let post = match &setup.smtp {
        Some(smtp) => Post::Smtp(Box::new(Mailer::new(smtp)), domain(smtp)),
        None if setup.is_demo => Post::Nowhere,
        None => Post::Waiting,
    };
    let wake = Arc::<Wake>::default();
    let schema = wederhoor_graphql::schema(bounds(&setup.edge));
    let sdl = schema.sdl();
    let metrics = Arc::new(Metrics::new(root_fields(&sdl)));
    let streaming = streaming(&service, &schema, &metrics, &setup.edge);
    let request_ids = request_ids();
    let looking = Looking::over(service.clone());
    let probes = http::probes(looking.ready(), request_ids.clone());
    let gateway = Gateway {
        vocabulary: Vocabulary::of(&sdl, setup.is_demo),
        execute: execute::execute(
            service.clone(),
            schema,
            wake.clone(),
            metrics.clone(),
            setup.is_demo,
        ),
        request_ids,
        limits: Arc::new(setup.edge.limits),
        proxies: Arc::new(setup.proxies),
        listed: execute::listed(service.clone()),
        streaming,
        feed: calendar::feed(service.clone()),
        bounces: bounces::bounces(service.clone(), wake.clone()),
        exports: exports::exports(service.clone()),
        is_demo: setup.is_demo,
    };
    let sweeper = Sweeper::new(service.clone(), Arc::new(post));
    let routes = http::router(gateway).merge(http::keys(&service.jwks()));
    let routes = routes.merge(probes.clone());
    let numbers = Numbers {
        metrics,
        service: service.clone(),
        looking,
        began_at: Instant::now(),
    };
    Ok(Parts {
        service,
        sweeper,
        routes: numbers.count(routes),
        probes,
        numbers,
        wake,
        patience: setup.edge.patience,
        is_https,
    })
}

/// The use cases over a store.
fn service(setup: &Setup, store: Store) -> anyhow::Result<Service> {
    let Hashing {
        memory_kib,
        iterations,
        parallelism,
        concurrency,
    } = setup.password;
    Service::new(ServiceConfig {
        store,
        procedure_clock: setup.clock.clone(),
        real_clock: setup.real_clock.clone(),
        limits: setup.limits,
        entropy: Arc::new(SystemEntropy),
        token_seeds: setup.token_seeds.clone(),
        sealing_keys: setup.sealing_keys.clone(),
        passwords: PasswordConfig {
            memory_kib,
            iterations,
            parallelism,
            at_a_time: usize::try_from(concurrency).unwrap_or(1),
        },
        base_url: setup.base_url.clone(),
        keeps_ways_in: setup.is_demo,
    })
    .context("the service cannot be set up")
}

/// Whether people reach the program over HTTPS only.
fn is_https(base_url: &str) -> bool {
    base_url.starts_with("https://")
}

/// Makes the ids of requests.
fn request_ids() -> RequestIds {
    Arc::new(|| new_id(real_now()))
}

/// How subscriptions are begun and kept going.
fn streaming(
    service: &Service,
    schema: &Schema,
    metrics: &Arc<Metrics>,
    edge: &EdgeConfig,
) -> Streaming {
    let (config, answer_time) = (edge.streams, edge.limits.answer_time);
    let streams = Streams::new(
        service.clone(),
        schema.clone(),
        metrics.clone(),
        config,
        answer_time,
    );
    Streaming {
        subscribe: streams.subscribe(),
        enter: streams.enter(),
        heartbeat: config.heartbeat,
        patience: config.patience,
        take: edge.patience.answer,
        per_connection: config.per_connection,
    }
}

/// The second line behind the guard holds the same bounds.
fn bounds(edge: &EdgeConfig) -> wederhoor_graphql::Limits {
    wederhoor_graphql::Limits {
        depth: edge.limits.depth,
        complexity: edge.cost,
        statements: edge.statements,
        mutations: edge.mutations,
        recursion: edge.limits.height,
    }
}

/// Connects, and outside the demo refuses a login that row-level security would not hold.
async fn open_store(database: &DatabaseConfig, is_demo: bool) -> anyhow::Result<Store> {
    let url = database.url.expose_secret();
    let place = crate::database::without_login(url);
    let mut config = StoreConfig::new(url);
    config.max_connections = database.max_connections;
    let listen_url = database.listen_url.as_ref();
    config.listen_url = listen_url.map(|url| url.expose_secret().to_owned());
    let store = Store::connect(config)
        .await
        .with_context(|| format!("the database at {place} cannot be used"))?;
    let faults = store
        .check_role()
        .await
        .with_context(|| format!("the database at {place} cannot be asked"))?;
    if !faults.is_empty() && !is_demo {
        let list: Vec<String> = faults.iter().map(ToString::to_string).collect();
        anyhow::bail!(
            "the login of WEDERHOOR_DATABASE_URL may do too much: {}",
            list.join("; ")
        );
    }
    for fault in &faults {
        tracing::warn!(%fault, "the database login may do too much");
    }
    Ok(store)
}

fn domain(smtp: &SmtpConfig) -> String {
    smtp.from.email.domain().to_owned()
}

/// A program that answers and works, until it is stopped.
pub struct Answering {
    /// Where it listens.
    pub address: SocketAddr,
    running: Running,
    worker: Option<Worker>,
    scribe: Option<Scribe>,
    metered: Option<Running>,
}

impl Parts {
    /// Serves these routes, and works through what falls due if asked to.
    ///
    /// # Errors
    /// When the port has no address.
    pub fn serve(
        self,
        listener: TcpListener,
        routes: Router,
        works: bool,
    ) -> anyhow::Result<Answering> {
        let routes = http::hardened(routes, self.is_https);
        let running = listen::serve(listener, routes, self.patience)?;
        let worker = works.then(|| Worker::start(&self.sweeper, &self.wake));
        Ok(Answering {
            address: running.address,
            running,
            worker,
            scribe: None,
            metered: None,
        })
    }
}

impl Answering {
    /// From now on what people see is written every few seconds, and what is left at the end, with which the database is
    /// closed.
    #[must_use]
    pub fn keeping_log(self, service: &Service) -> Self {
        Self {
            scribe: Some(Scribe::start(service)),
            ..self
        }
    }

    /// From now on its numbers are read at this port.
    ///
    /// # Errors
    /// When the port has no address.
    pub fn metered(self, listener: TcpListener, parts: &Parts) -> anyhow::Result<Self> {
        let routes = parts.numbers.routes(self.worker.is_some());
        let routes = http::hardened(routes, false);
        let metered = listen::serve(listener, routes, parts.patience)?;
        tracing::info!(metrics = %metered.address, "numbers can be read");
        Ok(Self {
            metered: Some(metered),
            ..self
        })
    }

    /// Answers what was asked, finishes the work at hand, and stops.
    ///
    /// # Errors
    /// When the server or the worker failed, or what was seen cannot be written.
    pub async fn stop(self) -> anyhow::Result<()> {
        // Both at once: who waits for an answer, and who waits for a mail server, do not wait for each other.
        if let Some(worker) = &self.worker {
            worker.ask_to_stop();
        }
        let answered = self.running.stop().await;
        let worked = match self.worker {
            Some(worker) => worker.stop().await,
            None => Ok(()),
        };
        let written = match self.scribe {
            Some(scribe) => scribe.stop().await,
            None => Ok(()),
        };
        // To the last there is something to read.
        let metered = match self.metered {
            Some(metered) => metered.stop().await,
            None => Ok(()),
        };
        answered.and(worked).and(written).and(metered)
    }
}

/// A switch by which long work is asked to stop.
pub(crate) type Stopping = watch::Receiver<bool>;
