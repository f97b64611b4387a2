//! The demo's own addresses: what it is, its people, its letters, its clock. Pages are whole without their script, but
//! for the clock and the tokens.

mod clock;
mod data;
mod figures;
mod front;
mod layout;
mod letters;
mod links;
mod organisations;
mod people;
mod queries;

use std::sync::Arc;

use axum::{
    Router,
    http::header,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use chrono::{DateTime, Utc};
use wederhoor_service::{Clock, Service};

use super::Demo;
use crate::app::Sweeper;

/// What every page is made from.
struct Pages {
    service: Service,
    sweeper: Sweeper,
    demo: Demo,
}

impl Pages {
    fn now(&self) -> DateTime<Utc> {
        self.demo.clock.now()
    }
}

pub(super) fn routes(service: Service, sweeper: Sweeper, demo: Demo) -> Router {
    let pages = Pages {
        service,
        sweeper,
        demo,
    };
    Router::new()
        .route("/", get(front::page))
        .route("/access", get(links::access))
        .route("/invitation", get(links::invitation))
        .route("/password", get(links::password))
        .route("/complaints/{reference}", get(links::complaint))
        .route("/demo/figures", get(figures::page))
        .route("/demo/letters", get(letters::list))
        .route("/demo/letters/{id}", get(letters::one))
        .route("/demo/letters/{id}/html", get(letters::html))
        .route("/demo/people.json", get(data::people))
        .route("/demo/mail.json", get(data::mail))
        .route("/demo/queries.json", get(data::queries))
        .route("/demo/clock", get(clock::show).post(clock::go))
        .route("/demo/clock/", post(clock::go))
        .route("/demo/style.css", get(style))
        .route("/demo/app.js", get(script))
        .with_state(Arc::new(pages))
}

async fn style() -> Response {
    let style = include_str!("site/style.css");
    file("text/css; charset=utf-8", style)
}

async fn script() -> Response {
    let script = include_str!("site/app.js");
    file("text/javascript; charset=utf-8", script)
}

fn file(media: &'static str, content: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media),
        (header::CACHE_CONTROL, "no-cache"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    (headers, content).into_response()
}
