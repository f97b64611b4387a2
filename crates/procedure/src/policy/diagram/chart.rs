//! The states of a procedure, and the arrows between them.

use std::collections::BTreeSet;

use super::label::{self, Caption};
use crate::{
    complaint::{Complaint, Event, State},
    locale::Locale,
    policy::{
        Policy,
        check::{Graph, Label, PROMPT, explore},
        play::{Act, state_in_words},
    },
};

/// A procedure, drawn in no way yet.
pub(super) struct Chart {
    /// The states, as near to the filing as they come.
    pub(super) places: Vec<Place>,
    /// Where complaints begin.
    pub(super) starts: BTreeSet<Place>,
    /// The arrows, each once.
    pub(super) arrows: Vec<Arrow>,
}

/// What leads from one state to another, or counts without leaving it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Arrow {
    pub(super) from: Place,
    pub(super) to: Place,
    pub(super) caption: Caption,
}

/// A state of the diagram.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Place {
    /// The instance, counted from 0; the highest number there is for what has no instance.
    pub(super) instance: u8,
    pub(super) state: State,
    pub(super) late_appeal: bool,
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

    /// Where an instance decides.
    const fn deciding(instance: u8) -> Self {
        Self {
            instance,
            state: if instance == 0 {
                State::InTreatment
            } else {
                State::OnAppeal
            },
            late_appeal: false,
        }
    }

    /// What people call the state, without its instance.
    pub(super) const fn name(self, locale: Locale) -> &'static str {
        match (self.late_appeal, locale) {
            (true, Locale::Nl) => "te laat beroep wacht op een beslissing",
            (true, Locale::En) => "late appeal awaits a decision",
            (false, _) => state_in_words(self.state, locale),
        }
    }
}

impl Chart {
    pub(super) fn of(policy: &Policy, locale: Locale) -> Self {
        let mut chart = Self {
            places: Vec::new(),
            starts: BTreeSet::new(),
            arrows: Vec::new(),
        };
        if (1..=4).contains(&policy.instances.len()) {
            chart.read(policy, &explore(policy, &PROMPT), locale);
        }
        chart
    }

    fn read(&mut self, policy: &Policy, graph: &Graph, locale: Locale) {
        let mut seen = BTreeSet::new();
        for node in &graph.nodes {
            let from = Place::of(&node.complaint);
            if !self.places.contains(&from) {
                self.places.push(from);
            }
            if matches!(node.label, Label::Filed(_)) {
                self.starts.insert(from);
            }
            for edge in &node.edges {
                let after = &graph.nodes[edge.to].complaint;
                let to = Place::of(after);
                if from == to && !counts_in_place(&edge.label) {
                    continue;
                }
                let caption = label::of(policy, &node.complaint, after, &edge.label, locale);
                let arrow = Arrow { from, to, caption };
                if seen.insert(arrow.clone()) {
                    self.arrows.push(arrow);
                }
            }
        }
        let extensions = label::extensions(policy, locale).into_iter();
        self.arrows.extend(extensions.map(|(instance, caption)| {
            let place = Place::deciding(instance);
            Arrow {
                from: place,
                to: place,
                caption,
            }
        }));
    }
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
