use std::sync::Arc;

use tokio::net::TcpListener;

use crate::{
    app::{Opened, Parts, Setup, assemble, open},
    clock::RealClock,
    config::Config,
    database, listen,
    telemetry::{self, Traces},
};

/// Answers until the process is asked to end.
pub(super) async fn serve(works: bool) -> anyhow::Result<()> {
    let config = Config::from_env()?;
    let traces = begin_log(&config)?;
    let Some(Opened { listener, mut end }) = open(&config).await? else {
        return Ok(());
    };
    let metered = metered(&config).await?;
    database::require_listening(&config.database).await?;
    let parts = assembled(config).await?;
    let routes = parts.routes.clone();
    let answering = parts.clone().serve(listener, routes, works)?;
    let mut answering = answering.keeping_log(&parts.service);
    if let Some(metered) = metered {
        answering = answering.metered(metered, &parts)?;
    }
    tracing::info!(address = %answering.address, works, "answering");
    end.asked().await?;
    let stopped = answering.stop().await;
    traces.end().await;
    stopped
}

/// Works until the process is asked to end, and answers nobody but probes.
pub(super) async fn work() -> anyhow::Result<()> {
    let config = Config::from_env()?;
    let traces = begin_log(&config)?;
    let Some(Opened { listener, mut end }) = open(&config).await? else {
        return Ok(());
    };
    let metered = metered(&config).await?;
    let parts = assembled(config).await?;
    let probes = parts.probes.clone();
    let mut working = parts.clone().serve(listener, probes, true)?;
    if let Some(metered) = metered {
        working = working.metered(metered, &parts)?;
    }
    tracing::info!(address = %working.address, "working");
    end.asked().await?;
    let stopped = working.stop().await;
    traces.end().await;
    stopped
}

/// Where settings stand that nobody may think of, the first line says.
fn begin_log(config: &Config) -> anyhow::Result<Traces> {
    let traces = telemetry::start_with(&config.log, &config.traces)?;
    if !config.from_file.is_empty() {
        let settings = config.from_file.join(" ");
        tracing::info!(settings, "set by the file .env in the working directory");
    }
    Ok(traces)
}

/// The port at which numbers are read, if there is one.
async fn metered(config: &Config) -> anyhow::Result<Option<TcpListener>> {
    match config.metrics.bind {
        Some(address) => Ok(Some(listen::bind(address).await?)),
        None => Ok(None),
    }
}

/// The parts over a database that has its schema.
pub(super) async fn parts(config: Config) -> anyhow::Result<Parts> {
    database::require_schema(&config.database).await?;
    assembled(config).await
}

pub(super) async fn assembled(config: Config) -> anyhow::Result<Parts> {
    assemble(Setup {
        database: config.database,
        edge: config.edge,
        proxies: config.web.proxies,
        limits: config.limits,
        base_url: config.web.base_url,
        token_seeds: config.token.seeds(),
        sealing_keys: config.sealing.keys(),
        password: config.password,
        smtp: config.mail.smtp,
        clock: Arc::new(RealClock),
        real_clock: Arc::new(RealClock),
        is_demo: false,
    })
    .await
}
