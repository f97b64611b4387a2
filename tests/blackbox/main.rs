//! Black-box tests, by subject; one binary, so that it links once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod api_keys;
mod architecture;
mod asking;
mod awb;
mod blijf;
mod bounces;
mod clock;
mod contact;
mod databases;
mod demo;
mod diagram;
mod doors;
mod edge;
mod exports;
mod feed;
mod health;
mod history;
mod hostile;
mod hours;
mod kept_letters;
mod limits;
mod livp;
mod mail;
mod metrics;
mod mornings;
mod operator;
mod post;
mod real_post;
mod sender;
mod steps;
mod streams;
mod tour;
mod trail;
mod trouble;
mod undelivered;
mod wording;
