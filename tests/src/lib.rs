//! What the black-box tests stand on: a database per test, a client, an SMTP peer. It knows the server as its users do,
//! over HTTP, and the database only to make one and to compare what is in it.

mod abuse;
mod app;
mod beside;
mod client;
mod database;
mod letters;
mod logs;
mod mail_server;
mod metered;
pub mod raw;
mod report;
mod run;
mod smtp;
mod streams;

pub use abuse::{Abuse, abuses};
pub use app::{App, START};
pub use beside::Beside;
pub use client::{Answer, Client};
pub use database::{Kind, TestDatabase};
pub use logs::{alarms, leaked, watched_lines};
pub use mail_server::MailServer;
pub use metered::{Metered, Read};
pub use raw::Told;
pub use report::{CONNECTIONS, at_once, fill, on_both};
pub use run::{Fixture, run};
pub use smtp::{Fault, Received, SmtpPeer, Step};
pub use streams::{Events, Socket, Stream, Told as Streamed, Way};
pub use tokio_tungstenite::tungstenite::Message;
pub use wederhoor_server::{
    config::{LimitsConfig, RatesConfig, TriesConfig},
    founding::Founding,
    http::ErrorCode,
};
