//! The letters: a list, and each as its reader would see it.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use axum::{
    extract::{Path, Query, State},
    http::{StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use maud::{Markup, html};
use serde::Deserialize;
use wederhoor_graphql::{letter_id, letter_uuid};
use wederhoor_procedure::Locale;
use wederhoor_service::{LetterChannel, LetterRecord, LetterStatus, ServiceError};

use super::{Pages, layout};
use crate::demo::World;

/// How many letters of an organisation are listed at most, the newest.
const MOST: u64 = 1000;
/// How many stand on one page.
const PAGE: usize = 25;
/// What stands for a postal address, which the list does not tell.
const PAPER: &str = "paper";

/// A letter may style itself, and its links open beside it; it loads nothing and runs nothing. The page around it
/// measures how long it is, and so must count as the same origin.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/// A letter, and whose it is.
pub(super) struct Kept {
    organisation: String,
    letter: LetterRecord,
}

impl Kept {
    fn id(&self) -> String {
        letter_id(self.letter.draft.id)
    }

    fn to(&self) -> &str {
        let draft = &self.letter.draft;
        let mailed = draft.to_address.as_deref();
        mailed
            .filter(|_| draft.channel == LetterChannel::Mail)
            .unwrap_or(PAPER)
    }
}

impl Pages {
    /// The newest letters, newest first; so many of each organisation.
    pub(super) async fn letters(&self, of_each: u64) -> Result<Vec<Kept>, ServiceError> {
        let mut all = Vec::new();
        for (tenant, slug) in &self.demo.world.tenants {
            let newest = self.service.newest_letters(*tenant, of_each).await?;
            all.extend(newest.into_iter().map(|letter| Kept {
                organisation: slug.clone(),
                letter,
            }));
        }
        all.sort_by_key(|kept: &Kept| {
            let draft = &kept.letter.draft;
            Reverse((draft.created_at, draft.id))
        });
        Ok(all)
    }

    async fn letter(&self, id: &str) -> Result<Kept, Response> {
        let found = self.find_letter(id).await;
        let found = found.map_err(|error| layout::fault(&error))?;
        found.ok_or_else(|| layout::nothing(StatusCode::NOT_FOUND, "There is no such letter"))
    }

    async fn find_letter(&self, id: &str) -> Result<Option<Kept>, ServiceError> {
        let Some(id) = letter_uuid(id) else {
            return Ok(None);
        };
        for (tenant, slug) in &self.demo.world.tenants {
            if let Some(letter) = self.service.letter(*tenant, id).await? {
                let organisation = slug.clone();
                return Ok(Some(Kept {
                    organisation,
                    letter,
                }));
            }
        }
        Ok(None)
    }
}

/// Which letters; empty is all.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Filter {
    organisation: String,
    to: String,
    page: String,
}

impl Filter {
    fn admits(&self, kept: &Kept) -> bool {
        (self.organisation.is_empty() || self.organisation == kept.organisation)
            && (self.to.is_empty() || self.to == kept.to())
    }

    /// The same filter at another page.
    fn at(&self, page: usize) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in [("organisation", &self.organisation), ("to", &self.to)] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        query.append_pair("page", &page.to_string());
        format!("/demo/letters?{}", query.finish())
    }
}

pub(super) async fn list(
    State(pages): State<Arc<Pages>>,
    Query(filter): Query<Filter>,
) -> Response {
    let all = match pages.letters(MOST).await {
        Ok(all) => all,
        Err(error) => return layout::fault(&error),
    };
    let found: Vec<_> = all.iter().filter(|kept| filter.admits(kept)).collect();
    let last = found.len().div_ceil(PAGE).max(1);
    let page = filter.page.parse().unwrap_or(1).clamp(1, last);
    let shown = found.iter().skip((page - 1) * PAGE).take(PAGE).copied();
    let content = html! {
        h1 { "Letters" }
        (form(&pages.demo.world, &all, &filter))
        p role="status" {
            @match found.len() {
                0 if all.is_empty() => "No letter yet.",
                0 => "No letter is like that.",
                1 => "One letter.",
                many => { (many) " letters, newest first." },
            }
        }
        @if is_cut_short(&all) { p { "Of each organisation only the newest " (MOST) " are listed." } }
        @if !found.is_empty() { (table(&pages.demo.world, shown)) }
        @if last > 1 {
            nav.pages aria-label="Pages" {
                @if page > 1 { a rel="prev" href=(filter.at(page - 1)) { "Newer" } }
                span { "Page " (page) " of " (last) }
                @if page < last { a rel="next" href=(filter.at(page + 1)) { "Older" } }
            }
        }
    };
    layout::page("Letters", &content)
}

fn is_cut_short(all: &[Kept]) -> bool {
    let mut by_organisation: BTreeMap<&str, u64> = BTreeMap::new();
    for kept in all {
        *by_organisation.entry(&kept.organisation).or_default() += 1;
    }
    by_organisation.values().any(|many| *many >= MOST)
}

fn form(world: &World, all: &[Kept], filter: &Filter) -> Markup {
    let readers: BTreeSet<&str> = all.iter().map(Kept::to).collect();
    html! {
        form.filter method="get" action="/demo/letters" {
            label {
                span { "From" }
                select name="organisation" {
                    option value="" { "both organisations" }
                    @for (_, slug) in &world.tenants {
                        option value=(slug) selected[*slug == filter.organisation] { (slug) }
                    }
                }
            }
            label {
                span { "To" }
                select name="to" {
                    option value="" { "everybody" }
                    @for reader in readers {
                        option value=(reader) selected[reader == filter.to] { (called(world, reader)) }
                    }
                }
            }
            button type="submit" { "Show" }
        }
    }
}

/// Letters in a table that folds into a list where there is no room.
pub(super) fn table<'a>(world: &World, letters: impl Iterator<Item = &'a Kept>) -> Markup {
    html! {
        table.letters {
            thead {
                tr {
                    th scope="col" { "Written" }
                    th scope="col" { "Subject" }
                    th scope="col" { "From" }
                    th scope="col" { "To" }
                }
            }
            tbody {
                @for kept in letters {
                    tr id={ "letter-" (kept.id()) } {
                        td { (layout::time(kept.letter.draft.created_at)) }
                        th scope="row" {
                            a href={ "/demo/letters/" (kept.id()) } lang=(language(kept)) { (kept.letter.draft.subject) }
                        }
                        td { (kept.organisation) }
                        td {
                            (address(&called(world, kept.to())))
                            @if kept.letter.status == LetterStatus::Failed { " · " (fate(LetterStatus::Failed)) }
                        }
                    }
                }
            }
        }
    }
}

/// How a reader is called: by name where the demo knows the address.
fn called(world: &World, reader: &str) -> String {
    if reader == PAPER {
        return "by post".to_owned();
    }
    let known = world.people.iter().find(|person| person.email == reader);
    known.map_or_else(
        || reader.to_owned(),
        |person| format!("{} ({reader})", person.name),
    )
}

/// An address that breaks, where it must, before its host.
fn address(called: &str) -> Markup {
    html! {
        @if let Some((name, host)) = called.split_once('@') { (name) wbr; "@" (host) }
        @else { (called) }
    }
}

/// What became of a letter.
fn fate(status: LetterStatus) -> &'static str {
    match status {
        LetterStatus::Pending => "waits to be sent",
        LetterStatus::Sent => "sent",
        LetterStatus::Delivered => "arrived",
        LetterStatus::Failed => "did not arrive",
        LetterStatus::Posted => "posted",
        LetterStatus::Withdrawn => "withdrawn before it went out",
    }
}

fn language(kept: &Kept) -> &'static str {
    match kept.letter.draft.locale {
        Locale::Nl => "nl",
        Locale::En => "en",
    }
}

pub(super) async fn one(State(pages): State<Arc<Pages>>, Path(id): Path<String>) -> Response {
    let kept = match pages.letter(&id).await {
        Ok(kept) => kept,
        Err(response) => return response,
    };
    let (draft, lang) = (&kept.letter.draft, language(&kept));
    let shown = match draft.channel {
        LetterChannel::Mail => "As a mailbox shows it",
        LetterChannel::Print => "As it is printed",
    };
    let content = html! {
        p.back { a href="/demo/letters" { "All letters" } }
        h1 lang=(lang) { (draft.subject) }
        dl.facts {
            div { dt { "From" } dd { (kept.organisation) } }
            div { dt { "To" } dd { (address(&called(&pages.demo.world, kept.to()))) } }
            div { dt { "Written" } dd { (layout::time(draft.created_at)) } }
            div { dt { "Kind" } dd { (draft.kind.replace('_', " ")) } }
            div { dt { "Now" } dd { (fate(kept.letter.status)) } }
        }
        div.forms {
            section {
                h2 { (shown) }
                iframe.letter title={ "The letter: " (shown) } src={ "/demo/letters/" (id) "/html" }
                    sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox" {}
            }
            section {
                h2 { "As plain text" }
                pre.letter lang=(lang) tabindex="0" { (draft.text) }
            }
        }
    };
    layout::page(&draft.subject, &content)
}

pub(super) async fn html(State(pages): State<Arc<Pages>>, Path(id): Path<String>) -> Response {
    let kept = match pages.letter(&id).await {
        Ok(kept) => kept,
        Err(response) => return response,
    };
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    // A link in the letter would otherwise open in the frame that shows it.
    let html = kept.letter.draft.html;
    let html = html.replacen("<head>", "<head>\n<base target=\"_blank\">", 1);
    (headers, Html(html)).into_response()
}
