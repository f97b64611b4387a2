//! The calendar feed of a member, as a calendar reads it that is not ours.

mod address;
mod content;

use calcard::{
    Entry, Parser,
    icalendar::{ICalendar, ICalendarComponent, ICalendarProperty, ICalendarValue},
};
use reqwest::{Method, Response};
use serde_json::{Value, json};
use wederhoor_tests::App;

use crate::steps::{ask, done, mutate};

/// Where pages and feeds of the tests stand, as they are written; they are fetched from the server of the test.
const BASE: &str = "https://klachten.example";

/// What LIVP is called in the demo.
const ORGANISATION: &str = "Landelijk Instituut Vertrouwenspersonen (demo)";

/// The path of a feed that somebody makes.
async fn made(app: &App, who: &str) -> String {
    let made = done(
        mutate(
            app,
            who,
            "makeCalendarFeed",
            json!({}),
            "calendarFeed { url }",
        )
        .await,
    );
    let url = made["calendarFeed"]["url"].as_str().unwrap();
    url.strip_prefix(BASE).unwrap().to_owned()
}

async fn fetched(app: &App, method: Method, path: &str) -> Response {
    let request = app.client.request(method, path);
    let request = request.header("accept", "text/calendar");
    request.send().await.unwrap()
}

async fn status(app: &App, path: &str) -> u16 {
    fetched(app, Method::GET, path).await.status().as_u16()
}

async fn text(app: &App, path: &str) -> String {
    let answer = fetched(app, Method::GET, path).await;
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap()
}

/// A calendar as the other library reads it.
struct Read(ICalendar);

/// An event in it, each value as it stands there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Due {
    uid: String,
    summary: String,
    on: String,
    until: String,
}

impl Read {
    /// # Panics
    /// When it is not one calendar from its first line to its last.
    fn of(text: &str) -> Self {
        let mut parser = Parser::new(text);
        let Entry::ICalendar(calendar) = parser.entry() else {
            panic!("no calendar: {text}")
        };
        assert_eq!(parser.entry(), Entry::Eof, "{text}");
        Self(calendar)
    }

    fn calendar(&self) -> &ICalendarComponent {
        &self.0.components[0]
    }

    fn events(&self) -> impl Iterator<Item = &ICalendarComponent> {
        let ids = self.calendar().component_ids.iter();
        ids.map(|id| self.0.component_by_id(*id).unwrap())
    }

    /// The events by last day and reference.
    fn due(&self) -> Vec<Due> {
        let due = self.events().map(|event| Due {
            uid: word(event, &ICalendarProperty::Uid),
            summary: word(event, &ICalendarProperty::Summary),
            on: instant(event, &ICalendarProperty::Dtstart),
            until: instant(event, &ICalendarProperty::Dtend),
        });
        let mut due: Vec<Due> = due.collect();
        due.sort_by_key(|one| (one.on.clone(), one.summary.clone()));
        due
    }
}

async fn due(app: &App, path: &str) -> Vec<Due> {
    Read::of(&text(app, path).await).due()
}

fn value<'a>(of: &'a ICalendarComponent, name: &ICalendarProperty) -> &'a ICalendarValue {
    let found = of.property(name);
    let found = found.unwrap_or_else(|| panic!("{name:?} is missing: {of:?}"));
    &found.values[0]
}

fn word(of: &ICalendarComponent, name: &ICalendarProperty) -> String {
    value(of, name).as_text().unwrap().to_owned()
}

/// `2026-03-02`, or with its time where it has one: `2026-03-02T08:00:00Z`.
fn instant(of: &ICalendarComponent, name: &ICalendarProperty) -> String {
    let at = value(of, name).as_partial_date_time().unwrap();
    let (year, month, day) = (at.year.unwrap(), at.month.unwrap(), at.day.unwrap());
    let time = at.hour.map(|hour| {
        assert_eq!(at.tz_hour, Some(0), "{at:?}");
        format!(
            "T{hour:02}:{:02}:{:02}Z",
            at.minute.unwrap(),
            at.second.unwrap()
        )
    });
    format!("{year}-{month:02}-{day:02}{}", time.unwrap_or_default())
}

/// What the queue of somebody holds: reference and last day.
async fn queue(app: &App, who: &str) -> Vec<(String, String)> {
    let document = "{ workQueue(first: 100) { nodes { reference deadline { dueOn } } } }";
    let seen = ask(app, who, document, json!({})).await;
    let rows = seen.data()["workQueue"]["nodes"]
        .as_array()
        .unwrap()
        .clone();
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    let mut queue: Vec<_> = rows
        .iter()
        .map(|row| (word(&row["reference"]), word(&row["deadline"]["dueOn"])))
        .collect();
    queue.sort();
    queue
}

/// The same of a feed.
fn as_queue(due: &[Due]) -> Vec<(String, String)> {
    let mut queue: Vec<_> = due
        .iter()
        .map(|one| {
            let (reference, _) = one.summary.split_once(": ").unwrap();
            (reference.to_owned(), one.on.clone())
        })
        .collect();
    queue.sort();
    queue
}

/// What is written of a member of LIVP from now on, in place of what was.
async fn changed(app: &App, key: &str, member: Value) {
    let input = json!({ "memberId": app.person("livp", key)["id"], "member": member });
    done(mutate(app, "livp/admin2", "changeMember", input, "member { id }").await);
}
