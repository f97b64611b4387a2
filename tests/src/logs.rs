//! All that the program logs while the suite runs, searched for what no log may hold.

use std::{
    io::{self, Write},
    sync::{
        Mutex, Once, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use wederhoor_server::{
    config::{LogConfig, LogFormat},
    demo::PASSWORD,
    telemetry,
};

/// Where people of the tests are reached, what they wrote, and what lets them in.
const CONFIDENTIAL: [&str; 12] = [
    PASSWORD,
    "@personen.example",
    "@livp.example",
    "@blijf-groep.example",
    "De trainer maakte grapjes over deelnemers.",
    // How an access token, a bounce key and an API key begin, and what a link, an invitation, a reset and a feed stand behind.
    "eyJ",
    "whb_",
    "whk_",
    "/access#",
    "/invitation#",
    "/password#",
    "/calendar/",
];

static LINES: AtomicU64 = AtomicU64::new(0);

/// The alarms among them.
static ALARMS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Watches the log of this process from now on. A line that holds what it may not ends the process, and with it the suite.
pub(crate) fn watch() {
    static ONCE: Once = Once::new();
    let config = LogConfig {
        filter: "info,wederhoor=trace".to_owned(),
        format: LogFormat::Json,
    };
    ONCE.call_once(|| telemetry::start_into(&config, || Watched));
}

/// How many lines have been looked at.
pub fn watched_lines() -> u64 {
    LINES.load(Ordering::Relaxed)
}

/// The alarms so far that name something.
pub fn alarms(about: &str) -> Vec<String> {
    let mut alarms = ALARMS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    alarms.retain(|line| line.contains(about));
    alarms
}

/// What of it no log may hold.
pub fn leaked(line: &str) -> Option<&'static str> {
    CONFIDENTIAL.into_iter().find(|word| line.contains(word))
}

struct Watched;

impl Write for Watched {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        LINES.fetch_add(1, Ordering::Relaxed);
        let text = String::from_utf8_lossy(line);
        if let Some(word) = leaked(&text) {
            // A panic here would end one test, or none.
            let _ = writeln!(io::stderr(), "the log holds `{word}`: {text}");
            std::process::exit(101);
        }
        if text.contains("\"alarm\"") {
            let mut alarms = ALARMS.lock().unwrap_or_else(PoisonError::into_inner);
            alarms.push(text.into_owned());
        }
        Ok(line.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
