//! The procedure as a picture: a Mermaid state diagram, drawn from the paths that the check searches.

mod label;
#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, fmt::Write as _};

use super::{
    Policy,
    check::{Graph, Label, Node, PROMPT, explore},
    play::{Act, state_in_words},
};
use crate::{
    complaint::{Complaint, Event, State},
    locale::Locale,
};

/// A `stateDiagram-v2` of the procedure, with terms and articles on its arrows. Letters that come back, mail to
/// unproved addresses and withdrawal are left out; a note says that withdrawing is always possible.
///
/// Only the heading for a policy without instances, or of more than can be searched.
pub fn diagram(policy: &Policy, locale: Locale) -> String {
    let mut text = String::from("stateDiagram-v2\n");
    if !(1..=4).contains(&policy.instances.len()) {
        return text;
    }
    let graph = explore(policy, &PROMPT);
    let places = places(policy, &graph, locale);
    for (place, name) in &places {
        let _ = writeln!(text, "    state \"{name}\" as {}", place.id());
    }
    for line in arrows(policy, &graph, locale) {
        let _ = writeln!(text, "    {line}");
    }
    let (first, note) = match locale {
        Locale::Nl => ("received_1", "Intrekken kan altijd zolang de klacht loopt."),
        Locale::En => (
            "received_1",
            "Withdrawing is possible as long as the complaint runs.",
        ),
    };
    if places.iter().any(|(place, _)| place.id() == first) {
        let _ = writeln!(
            text,
            "    note right of {first}\n        {note}\n    end note"
        );
    }
    text
}

/// A state of the diagram.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Place {
    instance: u8,
    state: State,
    late_appeal: bool,
}

impl Place {
    fn of(complaint: &Complaint) -> Self {
        let state = complaint.state();
        let is_closed = state == State::Closed;
        Self {
            instance: if is_closed {
                u8::MAX
            } else {
                complaint.round().instance
            },
            state,
            late_appeal: complaint.late_appeal.is_some(),
        }
    }

    fn id(self) -> String {
        let name = match self.state {
            State::Received => "received",
            State::InTreatment => "in_treatment",
            State::AwaitingComplainant => "awaiting_complainant",
            State::AwaitingSignOff => "awaiting_sign_off",
            State::AppealOpen => "appeal_open",
            State::OnAppeal => "on_appeal",
            State::Closed if self.late_appeal => return "late_appeal".to_owned(),
            State::Closed => return "closed".to_owned(),
        };
        format!("{name}_{}", u16::from(self.instance) + 1)
    }
}

/// Each state once, with its name.
fn places(policy: &Policy, graph: &Graph, locale: Locale) -> Vec<(Place, String)> {
    let nodes = graph.nodes.iter();
    let all: BTreeSet<Place> = nodes.map(|node| Place::of(&node.complaint)).collect();
    let named = |place: Place| {
        let state = state_in_words(place.state, locale);
        let instance = policy.instances.get(usize::from(place.instance));
        let name = match (instance, place.late_appeal, locale) {
            (_, true, Locale::Nl) => "te laat beroep wacht op een beslissing".to_owned(),
            (_, true, Locale::En) => "late appeal awaits a decision".to_owned(),
            (Some(instance), false, _) if place.state != State::Received => {
                format!("{state} ({})", instance.name.in_locale(locale))
            }
            _ => state.to_owned(),
        };
        (place, label::plain(&name))
    };
    all.into_iter().map(named).collect()
}

/// What is worth an arrow from a state to itself: it has an article of its own.
fn counts_in_place(label: &Label) -> bool {
    match label {
        Label::Act(act) => matches!(
            act,
            Act::Contact | Act::Heard | Act::Solution | Act::AdmitLate
        ),
        Label::Time(events) => events
            .iter()
            .any(|event| matches!(event, Event::LateComplaintAdmitted { .. })),
        Label::Filed(_) => false,
    }
}

fn arrows(policy: &Policy, graph: &Graph, locale: Locale) -> Vec<String> {
    let filed = |node: &&Node| matches!(node.label, Label::Filed(_));
    let starts: BTreeSet<String> = graph
        .nodes
        .iter()
        .filter(filed)
        .map(|node| format!("[*] --> {}", Place::of(&node.complaint).id()))
        .collect();
    let mut lines: Vec<String> = starts.into_iter().collect();
    let mut seen = BTreeSet::new();
    for node in &graph.nodes {
        let from = Place::of(&node.complaint);
        for edge in &node.edges {
            let after = &graph.nodes[edge.to].complaint;
            let to = Place::of(after);
            if from == to && !counts_in_place(&edge.label) {
                continue;
            }
            let text = label::of(policy, &node.complaint, after, &edge.label, locale);
            let line = format!("{} --> {}: {text}", from.id(), to.id());
            if seen.insert(line.clone()) {
                lines.push(line);
            }
        }
    }
    lines.extend(label::extensions(policy, locale));
    lines.push("closed --> [*]".to_owned());
    lines
}
