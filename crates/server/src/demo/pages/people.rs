//! Who somebody in the demo is, and what they can do, in words.

use maud::{Markup, html};
use serde::Serialize;
use wederhoor_procedure::actor::Role;

use crate::demo::Person;

/// Somebody as scripts see them.
#[derive(Debug, Serialize)]
pub(super) struct Entry<'a> {
    #[serde(flatten)]
    person: &'a Person,
    does: String,
}

pub(super) fn entry(person: &Person) -> Entry<'_> {
    let does = does(person);
    Entry { person, does }
}

/// Their roles, as one would name them.
pub(super) fn does(person: &Person) -> String {
    if person.roles.is_empty() {
        return "no role".to_owned();
    }
    let names: Vec<_> = person.roles.iter().map(|role| name(*role)).collect();
    names.join(", ")
}

/// One card: who, what they can do, a token, and GraphiQL as them.
pub(super) fn card(person: &Person, is_stand_in: bool) -> Markup {
    let who = format!("{}/{}", person.organisation, person.key);
    html! {
        li.person {
            h4 { (person.name) }
            p.role { @if is_stand_in { "stand-in" } @else { (does(person)) } }
            p {
                @if is_stand_in {
                    "Acts for the administration where no administrator may see a complaint."
                } @else if person.roles.is_empty() {
                    "Has an account and no role: files complaints, and follows their own."
                }
                @for role in &person.roles { (may(*role)) " " }
            }
            p.actions {
                button type="button" data-token=(who) data-name=(person.name) {
                    "Copy token" span.unseen { " of " (person.name) }
                }
                a.button href={ "/graphql?as=" (who) } {
                    "GraphiQL" span.unseen { " as " (person.name) }
                }
            }
        }
    }
}

fn name(role: Role) -> &'static str {
    match role {
        Role::Handler => "handler",
        Role::ExternalHandler => "external handler",
        Role::Manager => "manager",
        Role::CommitteeMember => "committee member",
        Role::Arbiter => "arbiter",
        Role::Administrator => "administrator",
        Role::Analyst => "analyst",
        Role::Representative => "representative",
        Role::Trainer => "trainer",
    }
}

fn may(role: Role) -> &'static str {
    match role {
        Role::Handler => "Hears both sides of a complaint, and answers it or finds a solution.",
        Role::ExternalHandler => "Handles a complaint when everybody inside is too close to it.",
        Role::Manager => "Decides when the complainant does not agree with the answer.",
        Role::CommitteeMember => "Decides on appeal, together with the rest of the committee.",
        Role::Arbiter => {
            "Comes from outside, and gives binding advice when both sides do not agree."
        }
        Role::Administrator => {
            "Registers complaints, says who handles them, and keeps members, courses and the regulation."
        }
        Role::Analyst => "Reads figures: no person, and no complaint.",
        Role::Representative => "Speaks for the organisation where no person is complained about.",
        Role::Trainer => "Gives courses; sees a complaint only when it is about them.",
    }
}
