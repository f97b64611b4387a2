//! Queries that are ready in GraphiQL, for whoever has use for them.

use chrono::{DateTime, Months, TimeDelta, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use wederhoor_procedure::actor::Role;

use crate::demo::{Person, World};

/// A query that is ready.
pub(super) struct Ready {
    /// Its operation, by which it is opened.
    pub(super) name: &'static str,
    /// What it is for, as a link says it.
    pub(super) what: &'static str,
    document: &'static str,
    whom: Whom,
    /// As whom the first page offers it.
    sample: (&'static str, &'static str),
}

/// Who has use for a query.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whom {
    Anyone,
    Account,
    Decider,
    Office,
    Figures,
}

/// A tab of GraphiQL; `variables` is JSON in text, as its editor wants it.
#[derive(Debug, Serialize)]
pub(super) struct Tab {
    name: &'static str,
    query: &'static str,
    variables: Option<String>,
}

macro_rules! ready {
    ($name:literal, $what:literal, $whom:ident, $organisation:literal / $key:literal) => {
        Ready {
            name: $name,
            what: $what,
            document: include_str!(concat!("../site/queries/", $name, ".graphql")),
            whom: Whom::$whom,
            sample: ($organisation, $key),
        }
    };
}

const READY: [Ready; 10] = [
    ready!(
        "WorkQueue",
        "What is due first, with its article",
        Decider,
        "livp" / "admin"
    ),
    ready!(
        "Deadlines",
        "How each deadline of a complaint came about",
        Account,
        "blijf-groep" / "advies1"
    ),
    ready!(
        "Actions",
        "What I may do now, and why not the rest",
        Account,
        "livp" / "admin"
    ),
    ready!(
        "Dossier",
        "A complaint as its dossier tells it",
        Account,
        "blijf-groep" / "admin"
    ),
    ready!(
        "Complaints",
        "My complaints, the newest first",
        Account,
        "livp" / "klager"
    ),
    ready!(
        "PreviewPolicy",
        "A complaint played through the regulation, nothing stored",
        Office,
        "livp" / "admin"
    ),
    ready!(
        "Statistics",
        "What became of the complaints, quarter by quarter",
        Figures,
        "livp" / "analist"
    ),
    ready!(
        "FileComplaint",
        "File a complaint",
        Anyone,
        "livp" / "klager"
    ),
    ready!(
        "Procedure",
        "The procedure in plain words, and the form",
        Anyone,
        "blijf-groep" / "klager"
    ),
    ready!(
        "Complaint",
        "One complaint, by its reference",
        Account,
        "livp" / "trainer1"
    ),
];

/// The tabs for somebody, such as `livp/admin`, or for nobody. `open` stands first.
pub(super) fn ready(
    world: &World,
    who: &str,
    open: &str,
    reference: Option<&str>,
    now: DateTime<Utc>,
) -> Vec<Tab> {
    let mut people = world.people.iter();
    let person = people.find(|one| format!("{}/{}", one.organisation, one.key) == who);
    let is_let_in = person.is_some() || who == "link";
    let organisation = match (person, world.tenants.first()) {
        (Some(person), _) => person.organisation.as_str(),
        (None, Some((_, slug))) => slug,
        (None, None) => return Vec::new(),
    };
    let has_use = |ready: &&Ready| match ready.name {
        // Whose reference is not known cannot be opened.
        "Complaint" => is_let_in && reference.is_some(),
        _ => ready.whom.includes(person, is_let_in),
    };
    let mut tabs: Vec<_> = READY.iter().filter(has_use).collect();
    // What is asked for stands first; where nothing is, the order above is the order of use.
    tabs.sort_by_key(|ready| ready.name != open);
    let variables = |ready: &Ready| match ready.name {
        "FileComplaint" => Some(complaint(world, organisation, person)),
        "PreviewPolicy" => Some(preview(now)),
        "Procedure" => Some(json!({ "slug": organisation })),
        "Statistics" => Some(last_year(now)),
        "Complaint" => Some(json!({ "reference": reference })),
        _ => None,
    };
    let tab = |ready: &Ready| Tab {
        name: ready.name,
        query: ready.document,
        variables: variables(ready).map(|json| format!("{json:#}")),
    };
    tabs.into_iter().map(tab).collect()
}

/// What the first page offers: each query, as somebody who has use for it.
pub(super) fn samples(world: &World) -> impl Iterator<Item = (&'static Ready, &Person)> {
    let of = |(organisation, key): (&str, &str)| {
        let mut people = world.people.iter();
        people.find(|one| one.organisation == organisation && one.key == key)
    };
    READY
        .iter()
        .filter(|ready| ready.name != "Complaint")
        .filter_map(move |ready| Some((ready, of(ready.sample)?)))
}

impl Whom {
    fn includes(self, person: Option<&Person>, is_let_in: bool) -> bool {
        let holds = |roles: &[Role]| {
            person.is_some_and(|person| roles.iter().any(|role| person.roles.contains(role)))
        };
        match self {
            Self::Anyone => true,
            Self::Account => is_let_in,
            Self::Decider => holds(&[
                Role::Administrator,
                Role::Handler,
                Role::ExternalHandler,
                Role::Manager,
                Role::CommitteeMember,
                Role::Arbiter,
            ]),
            Self::Office => holds(&[Role::Administrator]),
            Self::Figures => holds(&[
                Role::Administrator,
                Role::Analyst,
                Role::Manager,
                Role::CommitteeMember,
            ]),
        }
    }
}

/// A complaint about a course that ended not long ago: one's own, or somebody else's of whoever works there.
fn complaint(world: &World, organisation: &str, person: Option<&Person>) -> Value {
    let own = person.filter(|person| person.roles.is_empty());
    let (name, email) = own.map_or(("Kim de Klager", "kim@wonen.example"), |person| {
        (&person.name, &person.email)
    });
    let mut courses = world.courses.iter();
    let course = courses.find(|course| course.organisation == organisation);
    json!({
        "input": {
            "organisation": organisation,
            "complainant": {
                "name": name,
                "email": email,
                "telephone": "+31 20 555 01 23",
            },
            "courseId": course.map(|course| &course.id),
            "filedOn": course.map(|course| course.ends_on),
            "incidentOn": course.map(|course| course.ends_on),
            "description": "De trainer onderbrak mij telkens, en het beloofde materiaal kwam niet.",
        }
    })
}

/// Somebody is appointed the next day and speaks with the complainant; then nobody does anything.
fn preview(now: DateTime<Utc>) -> Value {
    let after = |days: i64| now + TimeDelta::days(days);
    json!({
        "input": {
            "receivedAt": now,
            "courseEndedOn": (now - TimeDelta::days(10)).date_naive(),
            "happenings": [
                { "kind": "ASSIGNED", "at": after(1) },
                { "kind": "CONTACT", "at": after(3) },
            ],
        }
    })
}

/// The twelve months before.
fn last_year(now: DateTime<Utc>) -> Value {
    let ends_on = now.date_naive();
    let starts_on = ends_on - Months::new(12);
    json!({ "period": { "startsOn": starts_on, "endsOn": ends_on } })
}

#[cfg(test)]
mod tests;
