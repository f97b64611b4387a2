//! The real mail server beside which scripts/smtp.sh runs the tests.

use std::{
    fs,
    path::PathBuf,
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use tokio::time::{sleep, timeout};
use wederhoor_server::config::SmtpConfig;

use crate::Received;

const VARIABLE: &str = "WEDERHOOR_TEST_SMTP";

/// How long a letter may be on its way.
const DELIVERY: Duration = Duration::from_secs(30);

static COUNT: AtomicU32 = AtomicU32::new(0);

/// A mail server that takes letters from who signs in, and delivers them into files.
#[derive(Debug, Clone)]
pub struct MailServer {
    port: u16,
    tls_port: u16,
    user: String,
    password: String,
    directory: PathBuf,
}

impl MailServer {
    /// The one that was started for the tests; `None`, and it says so, where none was.
    ///
    /// # Panics
    /// When there is none and every test must run.
    pub fn given() -> Option<Self> {
        let Ok(given) = std::env::var(VARIABLE) else {
            let why = format!("{VARIABLE} is not set; run the tests with scripts/test.sh");
            let all = std::env::var_os("WEDERHOOR_TEST_ALL");
            assert!(all.is_none(), "WEDERHOOR_TEST_ALL is set, and {why}");
            eprintln!("not tried: {why}");
            return None;
        };
        let parts: Vec<&str> = given.split(' ').collect();
        let [port, tls_port, user, password, directory] = parts[..] else {
            panic!("{VARIABLE} is not as scripts/smtp.sh writes it");
        };
        Some(Self {
            port: port.parse().expect("a port"),
            tls_port: tls_port.parse().expect("a port"),
            user: user.to_owned(),
            password: password.to_owned(),
            directory: directory.into(),
        })
    }

    /// How it is reached as it should be, encrypted from the start or later.
    ///
    /// # Panics
    /// When it is not there any more.
    pub fn config(&self, from_the_start: bool) -> SmtpConfig {
        self.config_as(from_the_start, "127.0.0.1", &self.password, true)
    }

    /// As [`config`](Self::config), with another password.
    ///
    /// # Panics
    /// When it is not there any more.
    pub fn config_with_password(&self, password: &str) -> SmtpConfig {
        self.config_as(false, "127.0.0.1", password, true)
    }

    /// As [`config`](Self::config), by this name or address of its host, and trusted or not.
    ///
    /// # Panics
    /// When it is not there any more.
    pub fn config_at(&self, from_the_start: bool, host: &str, is_trusted: bool) -> SmtpConfig {
        self.config_as(from_the_start, host, &self.password, is_trusted)
    }

    fn config_as(
        &self,
        from_the_start: bool,
        host: &str,
        password: &str,
        is_trusted: bool,
    ) -> SmtpConfig {
        let login = format!("{}:{password}", self.user);
        let url = if from_the_start {
            format!("smtps://{login}@{host}:{}", self.tls_port)
        } else {
            format!("smtp://{login}@{host}:{}?tls=required", self.port)
        };
        let roots = fs::read(self.root()).expect("a certificate");
        let roots = is_trusted.then_some(roots.as_slice());
        let from = "Klachten <klachten@organisatie.example>";
        SmtpConfig::new(&url, roots, from.parse().expect("a mailbox")).expect("an address")
    }

    /// The file with the certificate that signed its own.
    pub fn root(&self) -> PathBuf {
        self.directory.join("ca.pem")
    }

    /// An address that nobody else has.
    pub fn address(&self) -> String {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        format!("robin.{number}@personen.example")
    }

    /// The letters to an address, once so many have been delivered, in any order.
    ///
    /// # Panics
    /// When they do not come.
    pub async fn letters_to(&self, address: &str, count: usize) -> Vec<Received> {
        let waiting = async {
            loop {
                let letters = self.delivered(address);
                if letters.len() >= count {
                    return letters;
                }
                sleep(Duration::from_millis(20)).await;
            }
        };
        let waited = timeout(DELIVERY, waiting).await;
        waited.unwrap_or_else(|_| panic!("{count} letters to {address} do not arrive"))
    }

    /// The letters to an address so far.
    ///
    /// # Panics
    /// When they cannot be read.
    pub fn delivered(&self, address: &str) -> Vec<Received> {
        let files = fs::read_dir(self.directory.join("mail/new")).expect("a mailbox");
        let letters = files.map(|file| {
            let file = fs::read(file.expect("a file").path()).expect("a letter");
            let content = String::from_utf8(file).expect("a letter is ASCII");
            // A long header goes on in the next line.
            let (head, body) = content.split_once("\n\n").expect("a head and a body");
            let head = head.replace("\n ", " ").replace("\n\t", " ");
            Received {
                content: format!("{head}\n\n{body}"),
                ..Received::default()
            }
        });
        let letters = letters.map(|letter| Received {
            from: letter.header("Return-path").unwrap_or_default().to_owned(),
            to: letter
                .header("Envelope-to")
                .map(str::to_owned)
                .into_iter()
                .collect(),
            ..letter
        });
        letters.filter(|letter| letter.to == [address]).collect()
    }
}
