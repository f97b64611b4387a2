//! Every abstract state that people, silence and time can bring a complaint to, breadth first.

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::Amsterdam;

use super::{journey, key::Key};
use crate::{
    actor::By,
    calendar::Calendar,
    complaint::{Complaint, Event, Recorded},
    decide::next_due,
    policy::{
        Policy,
        play::{Act, Play, Reach, Setting, apply, quiet, some_monday, too_long_ago},
    },
};

/// No policy of four instances comes near; what lies beyond is reported as not searched.
const MOST_STATES: usize = 20_000;
/// What time can do in a row without bringing a complaint elsewhere.
const MOST_EVENTS: usize = 64;

/// The states found, in the order of their distance, and how they hang together.
pub(in crate::policy) struct Graph {
    pub(in crate::policy) nodes: Vec<Node>,
    /// Whether there are more.
    pub(super) is_capped: bool,
}

/// One abstract state, with the complaint that first came there.
pub(in crate::policy) struct Node {
    pub(in crate::policy) complaint: Complaint,
    pub(in crate::policy) edges: Vec<Edge>,
    /// Whence, and how, it was first reached; `None` for a filing.
    pub(super) from: Option<usize>,
    pub(in crate::policy) label: Label,
    /// What happens while nobody acts.
    pub(super) silence: Silence,
    now: DateTime<Utc>,
}

/// A step from one state to another.
pub(in crate::policy) struct Edge {
    pub(in crate::policy) to: usize,
    pub(in crate::policy) label: Label,
    /// Whether a complainant who said no could take it, staying with that.
    pub(super) is_steadfast: bool,
}

/// What brought a complaint from one state to another.
#[derive(Clone)]
pub(in crate::policy) enum Label {
    Filed(Setting),
    Act(Act),
    Time(Vec<Event>),
}

/// What happens while nobody acts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Silence {
    /// The procedure has ended.
    Ended,
    /// Time brings the complaint elsewhere.
    Moves,
    /// Somebody is alerted, again and again.
    Alerts,
    /// Nothing, ever.
    Nothing,
}

/// Plays a policy out, from each way in which a complaint comes in.
pub(in crate::policy) fn explore(policy: &Policy, settings: &[Setting]) -> Graph {
    let quiet = quiet(policy);
    let mut search = Search {
        policy: &quiet,
        graph: Graph {
            nodes: Vec::new(),
            is_capped: false,
        },
        seen: HashMap::new(),
    };
    for setting in settings {
        search.file(*setting);
    }
    let mut next = 0;
    while next < search.graph.nodes.len() {
        search.expand(next);
        next += 1;
    }
    search.graph
}

const fn setting(reach: Reach, names_respondent: bool, is_late: bool) -> Setting {
    Setting {
        reach,
        names_respondent,
        is_late,
    }
}

/// Every way in which a complaint can come in, the plainest first, so that paths are as plain as can be.
pub(super) const EVERY: [Setting; 5] = [
    setting(Reach::Proved, true, false),
    setting(Reach::Proved, false, false),
    setting(Reach::Unproved, true, false),
    setting(Reach::Postal, true, false),
    setting(Reach::Proved, true, true),
];

/// The ways in which letters arrive at once.
pub(in crate::policy) const PROMPT: [Setting; 2] = [
    setting(Reach::Proved, true, false),
    setting(Reach::Proved, true, true),
];

struct Search<'a> {
    policy: &'a Policy,
    graph: Graph,
    seen: HashMap<Key, usize>,
}

fn calendar(policy: &Policy) -> Calendar {
    Calendar::new(Amsterdam).with_good_friday_closed(policy.closed_on_good_friday)
}

impl<'a> Search<'a> {
    /// The roster never changes on the way, and when the course ended decided at filing whether it was late.
    fn play(&self) -> Play<'a> {
        Play::new(self.policy, calendar(self.policy), None)
    }

    fn file(&mut self, setting: Setting) {
        let at = some_monday();
        let calendar = calendar(self.policy);
        let ended = too_long_ago(self.policy, &calendar, at).filter(|_| setting.is_late);
        if setting.is_late && ended.is_none() {
            return;
        }
        let play = Play::new(self.policy, calendar, ended);
        if let Ok(events) = play.file(setting, at)
            && let Some(complaint) = Complaint::fold(&events)
        {
            self.reach(complaint, at, None, Label::Filed(setting));
        }
    }

    /// The number of the state a complaint is in; a new one is noted with how it was reached.
    fn reach(
        &mut self,
        complaint: Complaint,
        now: DateTime<Utc>,
        from: Option<usize>,
        label: Label,
    ) -> Option<usize> {
        let key = Key::of(self.policy, &complaint);
        if let Some(known) = self.seen.get(&key) {
            return Some(*known);
        }
        if self.graph.nodes.len() >= MOST_STATES {
            self.graph.is_capped = true;
            return None;
        }
        let number = self.graph.nodes.len();
        self.seen.insert(key, number);
        self.graph.nodes.push(Node {
            complaint,
            edges: Vec::new(),
            from,
            label,
            silence: Silence::Nothing,
            now,
        });
        Some(number)
    }

    fn expand(&mut self, number: usize) {
        let node = &self.graph.nodes[number];
        let (complaint, now) = (node.complaint.clone(), node.now + TimeDelta::hours(1));
        let play = self.play();
        let mut edges = Vec::new();
        for act in journey::candidates(self.policy, &complaint) {
            let Ok(events) = play.perform(&complaint, act, now) else {
                continue;
            };
            let mut after = complaint.clone();
            apply(&mut after, &events);
            play.carry(&mut after, now);
            let is_steadfast = journey::is_steadfast(&complaint, act);
            if let Some(to) = self.reach(after, now, Some(number), Label::Act(act))
                && to != number
            {
                edges.push(Edge {
                    to,
                    label: Label::Act(act),
                    is_steadfast,
                });
            }
        }
        edges.extend(self.let_time_pass(number, &play));
        self.graph.nodes[number].edges = edges;
    }

    /// Nobody acts, until time has brought the complaint elsewhere, or only repeats itself.
    fn let_time_pass(&mut self, number: usize, play: &Play<'_>) -> Option<Edge> {
        let node = &self.graph.nodes[number];
        let mut complaint = node.complaint.clone();
        let before = Key::of(self.policy, &complaint);
        if journey::has_ended(&complaint) {
            self.graph.nodes[number].silence = Silence::Ended;
            return None;
        }
        let mut happened = Vec::new();
        let mut silence = Silence::Alerts;
        let mut elsewhere_at = None;
        for _ in 0..MOST_EVENTS {
            let now = complaint.latest_at;
            let Some((due, event)) = next_due(self.policy, &play.facts, &complaint, now) else {
                silence = Silence::Nothing;
                break;
            };
            if elsewhere_at.is_some_and(|at| due > at) {
                break;
            }
            match &event {
                Event::Alerted { nth, .. } if *nth > 1 => break,
                Event::Alerted { .. } => {}
                other => happened.push(other.clone()),
            }
            complaint.evolve(&Recorded {
                at: due,
                registered_at: due,
                by: By::Clock,
                event,
            });
            if Key::of(self.policy, &complaint) != before {
                elsewhere_at = Some(due);
            }
        }
        if let Some(at) = elsewhere_at {
            play.carry(&mut complaint, at);
            self.graph.nodes[number].silence = Silence::Moves;
            let label = Label::Time(happened);
            let to = self.reach(complaint, at, Some(number), label.clone())?;
            return Some(Edge {
                to,
                label,
                is_steadfast: true,
            });
        }
        self.graph.nodes[number].silence = silence;
        None
    }
}
