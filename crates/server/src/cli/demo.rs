use std::path::PathBuf;

use super::out;
use crate::{
    config::{LogConfig, LogFormat},
    demo, listen, telemetry,
};

/// What `wederhoor demo` can be told.
#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The port on this machine
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Where the demo keeps its database, key and clock
    #[arg(long, default_value = "data/demo")]
    data_dir: PathBuf,
    /// A `PostgreSQL` (or SQLite) database instead of the embedded one; the login must own it
    #[arg(long)]
    database_url: Option<String>,
    /// Throw away what the demo made before
    #[arg(long)]
    reset: bool,
    /// Begin without complaints, instead of with eight months of them
    #[arg(long)]
    no_history: bool,
}

/// Runs the demo until the process is asked to end.
pub(super) async fn run(arguments: &Arguments) -> anyhow::Result<()> {
    telemetry::start(&LogConfig {
        filter: "warn".to_owned(),
        format: LogFormat::Text,
    });
    let smtp = crate::config::mail_from_env()?.smtp;
    let demo = demo::start(&demo::Options {
        port: arguments.port,
        data_dir: arguments.data_dir.clone(),
        database_url: arguments.database_url.clone(),
        reset: arguments.reset,
        has_history: !arguments.no_history,
        smtp,
    })
    .await?;
    let (address, mut end) = (demo.address, listen::End::awaited()?);
    out::print(format_args!(
        "wederhoor's demo is open: http://{address}/
  API      http://{address}/graphql  (in a browser: GraphiQL)
  people   http://{address}/demo/people.json  (everybody's password: {password})
  letters  http://{address}/demo/letters  (for scripts: /demo/mail.json)
  clock    curl -X POST http://{address}/demo/clock -d '{{\"advanceDays\": 28}}'
",
        password = demo::PASSWORD,
    ))?;
    end.asked().await?;
    demo.stop().await
}
