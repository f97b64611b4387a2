//! Figures of each organisation as charts, from the use case that the API answers with, each with a table behind it.

use std::sync::Arc;

use axum::{extract::State, response::Response};
use chrono::{Datelike, NaiveDate};
use maud::{Markup, html};
use wederhoor_procedure::{Locale, TenantId, figures::Table};
use wederhoor_service::{
    Caller, FigureCount, FigureDays, FiguresAsk, Interval, ServiceError, Tenant,
};

use super::{Pages, layout};

/// Over how many years, with this one, figures are drawn.
const YEARS: i32 = 2;
/// How wide the widest bar is, of a picture that is 640 wide.
const WIDEST: u64 = 320;
/// What a row of a picture measures.
const ROW: usize = 28;

/// What is drawn: a title, by what complaints are told apart, and over how long.
const CHARTS: [(&str, Table, Interval); 4] = [
    (
        "Complaints, by the quarter in which they came in",
        Table::Filed,
        Interval::Quarter,
    ),
    (
        "What became of them, by year",
        Table::Outcome,
        Interval::Year,
    ),
    ("How they came in, by year", Table::Channel, Interval::Year),
    (
        "Responses in time, by year",
        Table::RespondedInTime,
        Interval::Year,
    ),
];

/// One bar: what it is of, and how long it is; `None` where that is not told.
struct Bar {
    label: String,
    value: Option<u64>,
}

pub(super) async fn page(State(pages): State<Arc<Pages>>) -> Response {
    let mut sections = Vec::new();
    for (tenant, _) in &pages.demo.world.tenants {
        match pages.figures_of(*tenant).await {
            Ok(section) => sections.push(section),
            Err(error) => return layout::fault(&error),
        }
    }
    let content = html! {
        h1 { "Figures" }
        p.lead {
            "What any program reads by " code { "statistics" } ", a file or OData. Of fewer complaints than an organisation says, nothing is told: "
            "such a number is suppressed, and others with it from which it could be reckoned."
        }
        @for section in &sections { (section) }
    };
    layout::page("Figures", &content)
}

impl Pages {
    async fn figures_of(&self, tenant: TenantId) -> Result<Markup, ServiceError> {
        let known = self.service.tenant(tenant).await?;
        let today = self
            .now()
            .with_timezone(&known.settings.time_zone)
            .date_naive();
        let request = self
            .service
            .request(Caller::Service(tenant), Locale::En, None);
        let mut charts = Vec::new();
        for (title, by, interval) in CHARTS {
            let told = request.figures(&ask(today, by, interval, false)).await?;
            charts.push(chart(
                title,
                &told.counts.iter().map(bar).collect::<Vec<_>>(),
            ));
        }
        let days = ask(today, Table::Filed, Interval::Year, true);
        let days = request.figures(&days).await?.days;
        request.finish().await;
        Ok(section(&known, &charts, &days))
    }
}

fn ask(today: NaiveDate, by: Table, interval: Interval, with_days: bool) -> FiguresAsk {
    let first = NaiveDate::from_ymd_opt(today.year() - YEARS + 1, 1, 1);
    FiguresAsk {
        from: first.unwrap_or(today),
        until: today,
        interval,
        by,
        only: None,
        with_days,
    }
}

fn span(interval: Interval, starts_on: NaiveDate) -> String {
    match interval {
        Interval::Year => starts_on.format("%Y").to_string(),
        Interval::Quarter => format!("{} Q{}", starts_on.year(), starts_on.month0() / 3 + 1),
        Interval::Month => starts_on.format("%Y-%m").to_string(),
    }
}

fn bar(count: &FigureCount) -> Bar {
    let span = span(count.span.interval, count.span.starts_on);
    let label = match count.value.as_str() {
        "" => span,
        _ => format!("{span} {}", count.name.en),
    };
    let value = count.count;
    Bar { label, value }
}

fn section(known: &Tenant, charts: &[Markup], days: &[FigureDays]) -> Markup {
    html! {
        section.organisation {
            h2 lang="nl" { (known.name) }
            @for chart in charts { (chart) }
            h3 { "How long it took, in days" }
            @if days.is_empty() { p.empty { "No year is over yet." } } @else { (durations(days)) }
        }
    }
}

fn durations(days: &[FigureDays]) -> Markup {
    html! {
        table.letters {
            thead { tr { th { "Year" } th { "Until" } th { "Half of them" } th { "Nine of ten" } } }
            tbody {
                @for one in days {
                    tr {
                        td { (span(one.span.interval, one.span.starts_on)) }
                        td { (one.milestone.entry().name.en) }
                        @match one.days {
                            Some(took) => { td { (took.median) } td { (took.p90) } },
                            None => { td { "suppressed" } td { "suppressed" } },
                        }
                    }
                }
            }
        }
    }
}

fn chart(title: &str, bars: &[Bar]) -> Markup {
    let most = bars
        .iter()
        .filter_map(|bar| bar.value)
        .max()
        .unwrap_or(0)
        .max(1);
    html! {
        h3 { (title) }
        @if bars.is_empty() {
            p.empty { "No such span is over yet." }
        } @else {
            svg.chart viewBox=(format!("0 0 640 {}", bars.len() * ROW)) role="img" aria-label=(title) {
                @for (at, bar) in bars.iter().enumerate() {
                    @let top = at * ROW;
                    text x="260" y=(top + 19) text-anchor="end" { (bar.label) }
                    @match bar.value {
                        Some(value) => {
                            rect x="270" y=(top + 5) width=(value * WIDEST / most) height="18" {}
                            text x=(276 + value * WIDEST / most) y=(top + 19) { (value) }
                        },
                        None => { text.told-not x="276" y=(top + 19) { "suppressed" } },
                    }
                }
            }
            details {
                summary { "The numbers" span.unseen { " of: " (title) } }
                table.letters {
                    thead { tr { th { "Of" } th { "Complaints" } } }
                    tbody {
                        @for bar in bars {
                            tr {
                                td { (bar.label) }
                                td { @match bar.value { Some(value) => (value), None => "suppressed" } }
                            }
                        }
                    }
                }
            }
        }
    }
}
