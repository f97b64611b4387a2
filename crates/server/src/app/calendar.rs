//! What is due for a member as their own calendar reads it: iCalendar (RFC 5545).

use std::sync::Arc;

use chrono::Days;
use icalendar::{Calendar, Component, Event, EventLike, Parameter, Property};
use secrecy::ExposeSecret;
use wederhoor_graphql::complaint_id;
use wederhoor_service::{CalendarDay, MemberCalendar, Service, ServiceError, Source};

use super::execute::unanswered;
use crate::http::{CalendarHead, Feed};

const PRODUCT: &str = "-//wederhoor//calendar feed//NL";
/// How often a calendar is asked to look again.
const INTERVAL: &str = "PT1H";

/// How the feeds are read.
pub(super) fn feed(service: Service) -> Feed {
    Arc::new(move |head| {
        let service = service.clone();
        Box::pin(async move {
            match read(&service, &head).await {
                Ok(calendar) => Ok(calendar.map(|calendar| written(&calendar))),
                Err(error) => Err(unanswered(&error, head.asker.request_id, head.asker.locale)),
            }
        })
    })
}

async fn read(
    service: &Service,
    head: &CalendarHead,
) -> Result<Option<MemberCalendar>, ServiceError> {
    service.admit_source(Source::of(head.asker.source)).await?;
    service.member_calendar(head.secret.expose_secret()).await
}

fn written(calendar: &MemberCalendar) -> String {
    let mut written = Calendar::empty();
    written
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", PRODUCT))
        .append_property(Property::new("X-WR-CALNAME", plain(&calendar.organisation)))
        .append_property(
            Property::new("REFRESH-INTERVAL", INTERVAL)
                .append_parameter(Parameter::new("VALUE", "DURATION"))
                .done(),
        );
    for day in &calendar.days {
        written.push(event(day, calendar));
    }
    written.to_string()
}

/// The whole of the last day, on which nobody is busy by it.
fn event(day: &CalendarDay, calendar: &MemberCalendar) -> Event {
    let next = day.on.checked_add_days(Days::new(1)).unwrap_or(day.on);
    let summary = format!("{}: {}", day.reference, day.what);
    // The library would take the time of day and an id of its own where there are none.
    Event::new()
        .uid(&uid(day))
        .timestamp(calendar.read_at)
        .starts(day.on)
        .ends(next)
        .summary(&plain(&summary))
        .add_property("TRANSP", "TRANSPARENT")
        .done()
}

/// The same for the same deadline at each reading, so that it is moved and not added when its last day changes.
fn uid(day: &CalendarDay) -> String {
    let key = day
        .key
        .replace(|one: char| !one.is_ascii_alphanumeric(), "");
    format!("{}-{key}", complaint_id(day.complaint))
}

/// On one line: the library escapes what has a meaning in iCalendar, but no control characters.
fn plain(text: &str) -> String {
    text.replace(char::is_control, " ")
}
