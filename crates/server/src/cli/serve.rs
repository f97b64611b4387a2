use std::sync::Arc;

use crate::{
    app::{Opened, Parts, Setup, assemble, open},
    clock::RealClock,
    config::Config,
    database, telemetry,
};

/// Answers until the process is asked to end.
pub(super) async fn serve(works: bool) -> anyhow::Result<()> {
    let config = Config::from_env()?;
    telemetry::start(&config.log);
    let Some(Opened { listener, mut end }) = open(&config).await? else {
        return Ok(());
    };
    let parts = assembled(config).await?;
    let (routes, service) = (parts.routes.clone(), parts.service.clone());
    let answering = parts.serve(listener, routes, works)?;
    let answering = answering.keeping_log(&service);
    tracing::info!(address = %answering.address, works, "answering");
    end.asked().await?;
    answering.stop().await
}

/// Works until the process is asked to end, and answers nobody but probes.
pub(super) async fn work() -> anyhow::Result<()> {
    let config = Config::from_env()?;
    telemetry::start(&config.log);
    let Some(Opened { listener, mut end }) = open(&config).await? else {
        return Ok(());
    };
    let parts = assembled(config).await?;
    let probes = parts.probes.clone();
    let working = parts.serve(listener, probes, true)?;
    tracing::info!(address = %working.address, "working");
    end.asked().await?;
    working.stop().await
}

/// The parts over a database that has its schema.
pub(super) async fn parts(config: Config) -> anyhow::Result<Parts> {
    database::require_schema(&config.database).await?;
    assembled(config).await
}

async fn assembled(config: Config) -> anyhow::Result<Parts> {
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
