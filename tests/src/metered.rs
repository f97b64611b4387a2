//! A process whose numbers can be read, and what is read there.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    time::{Duration, Instant},
};

use reqwest::Method;
use wederhoor_server::{
    app::{Answering, Parts},
    listen,
};

use crate::{Client, app::close};

/// A process whose numbers can be read.
pub struct Metered {
    /// Talks to it.
    pub client: Client,
    /// Talks to the port of its numbers.
    pub numbers: Client,
    parts: Parts,
    answering: Answering,
}

/// What was read at one moment: the number of each name with its labels.
#[derive(Debug)]
pub struct Read {
    /// All of it, as it was sent.
    pub text: String,
    values: BTreeMap<String, f64>,
}

impl Metered {
    pub(crate) async fn start(parts: Parts, works: bool) -> Self {
        let port = || listen::bind(SocketAddr::from(([127, 0, 0, 1], 0)));
        let (answers, numbers) = (port().await, port().await);
        let (answers, numbers) = (answers.expect("a port"), numbers.expect("another port"));
        let at = numbers.local_addr().expect("an address");
        let answering = parts.clone().serve(answers, parts.routes.clone(), works);
        let answering = answering
            .and_then(|answering| answering.metered(numbers, &parts))
            .expect("it answers");
        Self {
            client: Client::new(answering.address),
            numbers: Client::new(at),
            parts,
            answering,
        }
    }

    /// Reads its numbers.
    ///
    /// # Panics
    /// When they cannot be read, or one of them is none.
    pub async fn read(&self) -> Read {
        let answer = self.numbers.request(Method::GET, "/metrics").send().await;
        let text = answer.expect("an answer").text().await.expect("a text");
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        let values = lines.map(|line| {
            let (name, value) = line.rsplit_once(' ').expect("a name and a number");
            (name.to_owned(), value.parse().expect("a number"))
        });
        Read {
            values: values.collect(),
            text,
        }
    }

    /// Reads until something is so.
    ///
    /// # Panics
    /// When it does not become so.
    pub async fn becomes(&self, is_so: impl Fn(&Read) -> bool) -> Read {
        let begun = Instant::now();
        loop {
            let read = self.read().await;
            if is_so(&read) {
                return read;
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "{}", read.text);
        }
    }

    /// Stops it.
    ///
    /// # Panics
    /// When it does not stop.
    pub async fn stop(self) {
        self.answering.stop().await.expect("the server stops");
        close(&self.parts).await;
    }
}

impl Read {
    /// The number of this name, such as `wederhoor_letters_total{fate="sent"}`; `None` where there is none.
    pub fn get(&self, name: &str) -> Option<f64> {
        self.values.get(name).copied()
    }
}
