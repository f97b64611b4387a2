//! What every page of the demo has: its frame, and the headers that let it load nothing but its own.

use axum::{
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use chrono_tz::Europe::Amsterdam;
use maud::{DOCTYPE, Markup, html};

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; \
    img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// A page, complete.
pub(super) fn page(title: &str, content: &Markup) -> Response {
    answer(StatusCode::OK, title, content)
}

/// A page that says why there is none.
pub(super) fn nothing(status: StatusCode, why: &str) -> Response {
    let content = html! {
        h1 { (why) }
        p { a href="/" { "To the beginning of the demo" } }
    };
    answer(status, why, &content)
}

/// The page for a fault of ours.
pub(super) fn fault(error: &dyn std::error::Error) -> Response {
    tracing::error!(%error, "a page of the demo cannot be made");
    nothing(
        StatusCode::SERVICE_UNAVAILABLE,
        "The demo cannot show this now",
    )
}

/// An instant as people read it, in the time of the organisations.
pub(super) fn time(at: DateTime<Utc>) -> Markup {
    let local = at.with_timezone(&Amsterdam);
    let words = local.format("%-d %B %Y, %H:%M").to_string();
    html! { time datetime=(at.to_rfc3339()) { (words) } }
}

fn answer(status: StatusCode, title: &str, content: &Markup) -> Response {
    let whole = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " · wederhoor" }
                link rel="icon" href="data:,";
                link rel="stylesheet" href="/demo/style.css";
                script type="module" src="/demo/app.js" {}
            }
            body {
                a.skip href="#content" { "Skip to the content" }
                header.top {
                    a.brand href="/" lang="nl" { "wederhoor" }
                    nav aria-label="The demo" {
                        a href="/#clock" { "Clock" }
                        a href="/#organisations" { "People" }
                        a href="/demo/letters" { "Letters" }
                        a href="/demo/figures" { "Figures" }
                        a href="/graphql" { "GraphiQL" }
                    }
                }
                main id="content" tabindex="-1" { (content) }
                p.notice role="status" {}
            }
        }
    };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    (status, headers, Html(whole.into_string())).into_response()
}
