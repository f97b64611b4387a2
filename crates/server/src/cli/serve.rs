use std::sync::Arc;

use crate::{
    app::{Parts, Setup, Worker, assemble},
    clock::RealClock,
    config::Config,
    database, listen, telemetry,
};

/// Answers until the process is asked to end.
pub(super) async fn serve(works: bool) -> anyhow::Result<()> {
    let config = Config::from_env()?;
    telemetry::start(&config.log);
    let listener = listen::bind(config.web.bind).await?;
    let parts = parts(config).await?;
    let (routes, service) = (parts.routes.clone(), parts.service.clone());
    let end = listen::End::awaited()?;
    let answering = parts.serve(listener, routes, works)?;
    let answering = answering.keeping_log(&service);
    tracing::info!(address = %answering.address, works, "answering");
    end.asked().await?;
    answering.stop().await
}

/// Works until the process is asked to end.
pub(super) async fn work() -> anyhow::Result<()> {
    let config = Config::from_env()?;
    telemetry::start(&config.log);
    let Parts { sweeper, wake, .. } = parts(config).await?;
    let end = listen::End::awaited()?;
    let worker = Worker::start(&sweeper, &wake);
    tracing::info!("working");
    end.asked().await?;
    worker.stop().await
}

pub(super) async fn parts(config: Config) -> anyhow::Result<Parts> {
    database::require_schema(&config.database).await?;
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
