//! The first page: what this is, whom one can be, the clock, and the newest letters.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use maud::{Markup, html};

use super::{Pages, layout, letters, queries};

/// How many letters of each organisation the first page reads, and how many it shows.
const NEWEST: u64 = 8;

pub(super) async fn page(State(pages): State<Arc<Pages>>) -> Response {
    let organisations = match pages.organisations().await {
        Ok(organisations) => organisations,
        Err(error) => return layout::fault(&error),
    };
    let newest = match pages.letters(NEWEST).await {
        Ok(letters) => letters,
        Err(error) => return layout::fault(&error),
    };
    let shown = usize::try_from(NEWEST).unwrap_or(usize::MAX);
    let content = html! {
        div.opening {
            (introduction())
            (clock(&pages))
        }
        section id="queries" { (ready(&pages)) }
        section id="letters" {
            h2 { "The newest letters" }
            p {
                "What would have been sent: to the mailbox, or to the printer for whoever gave only a postal address. "
                a href="/demo/letters" { "All letters" } "."
            }
            div id="newest" {
                @if newest.is_empty() {
                    p.empty { "No letter yet. File a complaint, and its confirmation stands here a moment later." }
                } @else {
                    (letters::table(&pages.demo.world, newest.iter().take(shown)))
                }
            }
        }
        section id="organisations" {
            h2 { "Two organisations and their people" }
            p {
                "Everybody is fictional. A token lets you in as somebody for ten minutes: send it as "
                code { "Authorization: Bearer …" } ". GraphiQL fills it in, and renews it."
            }
            @for known in &organisations { (pages.organisation(known)) }
        }
    };
    layout::page("Demo", &content)
}

fn introduction() -> Markup {
    html! {
        section.introduction {
            h1 { "Complaints, handled to the letter of each organisation’s own regulation" }
            p.lead {
                "Every deadline with its article, every refusal with its rule, and both sides heard: "
                i lang="nl" { "hoor en wederhoor" } ". The regulation is data; the program runs any regulation."
            }
            p {
                "This is the demo. It answers on this machine only, its letters go nowhere, and its clock is yours."
            }
            ol.steps {
                li { a href="/graphql?as=livp/klager&open=FileComplaint" { "File a complaint" } " as Kees Klager." }
                li { "Read its confirmation among " a href="#letters" { "the letters" } "." }
                li {
                    a href="/graphql?as=livp/admin&open=Actions" { "See who may do what with it" }
                    ", and why not, with the article."
                }
                li { "Move " a href="#clock" { "the clock" } " four weeks, and see what silence does." }
            }
        }
    }
}

fn clock(pages: &Pages) -> Markup {
    html! {
        section id="clock" {
            h2 { "The clock" }
            p.now id="now" { (layout::time(pages.now())) }
            div.actions role="group" aria-label="Move the clock forward" {
                button type="button" data-days="1" { "A day" }
                button type="button" data-days="7" { "A week" }
                button type="button" data-days="28" { "Four weeks" }
            }
            p.hint {
                "The time in Amsterdam, in this demo. It only moves forward; whatever falls due on the way happens: reminders, silence that counts, ways that open."
            }
            noscript { p { "Without scripts: " code { "curl -d '{\"advanceDays\": 28}'" } " to " code { "/demo/clock" } "." } }
        }
    }
}

/// The queries that are ready, each as somebody who has use for it.
fn ready(pages: &Pages) -> Markup {
    html! {
        h2 { "Queries that are ready" }
        p { "Each opens GraphiQL, signed in. The other tabs there are for the same person." }
        ul.queries {
            @for (ready, who) in queries::samples(&pages.demo.world) {
                li {
                    a href={ "/graphql?as=" (who.organisation) "/" (who.key) "&open=" (ready.name) } { (ready.what) }
                    " as " (who.name)
                }
            }
        }
    }
}
