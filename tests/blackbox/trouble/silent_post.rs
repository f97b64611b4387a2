//! A mail server that takes connections and never says a word.

use std::time::Duration;

use tokio::{
    net::TcpListener,
    time::{Instant, timeout},
};
use wederhoor_server::config::SmtpConfig;
use wederhoor_tests::{App, Fixture, Kind, both};

use crate::steps::{Case, form};

/// How long something may take before it counts as never: less than the mail server is waited for.
const SOON: Duration = Duration::from_secs(20);

/// A demo whose mail server is silent.
struct Silent {
    app: App,
    listener: TcpListener,
}

impl Fixture for Silent {
    async fn set_up(kind: Kind) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let from = "Klachten <klachten@organisatie.example>".parse().unwrap();
        let smtp = SmtpConfig::new(&url, None, from).unwrap();
        let app = App::start(kind, Some(smtp)).await;
        Self { app, listener }
    }

    async fn tear_down(self) {
        self.app.tear_down().await;
    }
}

both! {
    async fn a_mail_server_that_never_answers_holds_up_no_lapse_and_no_stop(silent: &Silent) {
        let app = &silent.app;
        let case = Case::filed(app, "", form(app, "livp", Some("basis"))).await;
        let worker = app.worker();
        let held = timeout(SOON, silent.listener.accept()).await.expect("a letter goes out").unwrap();
        app.time_passes_until("2026-03-31T06:00:00Z");
        let begun = Instant::now();
        // The worker looks again by itself every few seconds.
        while case.stands().await != "APPEAL_OPEN" || case.letters("LAPSE_NOTICE").await.is_empty() {
            assert!(begun.elapsed() < SOON, "the lapse waits for the letter");
        }
        timeout(SOON, worker.stop()).await.expect("the worker stops").unwrap();
        let letters = app.letters().await;
        assert!(letters.iter().all(|letter| letter["status"] != "failed"), "{letters:#?}");
        drop(held);
    }
}
