//! May this be done, and what happens then? Commands in, events out.

mod address;
mod admission;
mod agreement;
mod appointment;
pub mod authority;
mod confirmation;
mod context;
mod decision;
mod dispatch;
mod doing;
mod extension;
mod filing;
mod following_up;
mod hearing;
mod informal;
mod keeping;
mod leave;
pub(crate) mod measures;
mod overtaken;
mod parties;
mod post;
mod response;
mod reversal;
mod staffing;
mod time;
mod treatment;
mod way;

use chrono::{DateTime, Utc};

pub use address::goes_on_paper_once_addressed;
use authority::Relation;
pub(crate) use doing::is_alerted_on;
pub use filing::{Filing, all_against, file, filing_window};
pub use informal::{InformalContact, all_against_contact};
pub use leave::{AgainstLeave, all_against_leave};
pub use measures::{DueMeasure, due_measures};
pub(crate) use overtaken::has_said_otherwise_since;
use reversal::Matter;
pub use time::next_due;
use time::next_lapse;
pub(crate) use way::{can_be_appealed, can_come_late};

use crate::{
    actor::{Actor, By},
    audience::{audience, sight},
    command::{Command, CommandKind},
    complaint::{Complaint, Recorded},
    facts::Facts,
    policy::Policy,
    refusal::{Reason, Refusal},
};

/// Decides on a command that arrived `at` and is registered `now`.
///
/// Whatever has lapsed is settled first, with effect from its due instant, so that the outcome never depends on
/// when a worker ran. An act that arrived before a lapse it would have prevented counts from its arrival: the
/// lapse is reversed where it is in the dossier already, and left out where it is not, unless people have
/// acted since. What the organisation does as time passes, such as to remind, it does at [`Command::LetTimePass`].
///
/// # Errors
/// The refusal, with its rule. Nothing has happened then.
pub fn decide(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    actor: &Actor,
    command: &Command,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Recorded>, Refusal> {
    let is_timely = at <= now && at >= complaint.received_at;
    let (at, now) = after_the_latest(complaint, command.kind(), at, now);
    let (settled, relation) = standing(policy, facts, complaint, actor, now);
    if !relation.may_try(command.kind()) {
        let audience = audience(policy, facts, &settled.complaint, now);
        let is_seen = sight(&audience, &settled.complaint, actor).is_some();
        let reason = if is_seen {
            Reason::NotAllowed
        } else {
            Reason::NotFound
        };
        return Err(reason.bare());
    }
    if !authority::may(&relation, command.kind()) {
        return Err(Reason::NotAllowed.bare());
    }
    if !is_timely {
        return Err(Reason::ImpossibleTime.bare());
    }
    if settled.complaint.destroyed_at.is_some() && command.kind() != CommandKind::LetTimePass {
        return Err(Reason::Destroyed.bare());
    }
    let matter = Matter {
        policy,
        facts,
        actor,
        relation: &relation,
        at,
        now,
    };
    let events = matter.act(complaint, &settled, command)?;
    if *command != Command::LetTimePass {
        return Ok(events);
    }
    let mut draft = Draft::new(complaint);
    for event in events {
        draft.push(event);
    }
    Ok(draft.doing(policy, facts, now).events)
}

/// When a command arrived and is registered, where another process may have a clock ahead of this one: nothing is registered
/// before the latest that has taken effect, and only what may arrive earlier keeps its arrival.
fn after_the_latest(
    complaint: &Complaint,
    command: CommandKind,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> (DateTime<Utc>, DateTime<Utc>) {
    let registered = registered(complaint, now);
    let keeps = at < now || command.may_arrive_earlier();
    (if keeps { at } else { registered }, registered)
}

/// When what is done now is registered: never before the latest that has taken effect.
fn registered(complaint: &Complaint, now: DateTime<Utc>) -> DateTime<Utc> {
    now.max(complaint.latest_at)
}

/// A complaint with what time has done to it until now, and what an actor is to it then.
fn standing(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    actor: &Actor,
    now: DateTime<Utc>,
) -> (Draft, Relation) {
    let settled = settled(policy, facts, complaint, now);
    let today = facts.calendar.local_date(now);
    let relation = authority::relation(policy, facts, &settled.complaint, actor, today);
    (settled, relation)
}

/// A complaint, and what time has done to it until now.
fn settled(policy: &Policy, facts: &Facts, complaint: &Complaint, now: DateTime<Utc>) -> Draft {
    if complaint.destroyed_at.is_some() {
        return Draft::new(complaint);
    }
    Draft::new(complaint).settle(policy, facts, now, now)
}

/// Everything that lapses until an instant (inclusive), each with effect from its due instant.
pub fn settle(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    until: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Vec<Recorded> {
    Draft::new(complaint)
        .settle(policy, facts, until, now)
        .events
}

/// What an actor may do now: every command they have a right to, asked dry.
pub fn actions(
    policy: &Policy,
    facts: &Facts,
    complaint: &Complaint,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Vec<Action> {
    let registered = registered(complaint, now);
    let (settled, relation) = standing(policy, facts, complaint, actor, registered);
    if !relation.sees() || relation.is_machine || settled.complaint.destroyed_at.is_some() {
        return Vec::new();
    }
    let ask = |kind: &CommandKind| {
        let (at, now) = after_the_latest(complaint, *kind, now, now);
        let matter = Matter {
            policy,
            facts,
            actor,
            relation: &relation,
            at,
            now,
        };
        Action {
            command: *kind,
            refusal: matter.may(complaint, &settled, *kind).err(),
        }
    };
    CommandKind::ALL
        .iter()
        .filter(|kind| authority::may(&relation, **kind))
        .map(ask)
        .collect()
}

/// A command an actor has a right to, and why not now, if not.
#[derive(Clone, PartialEq, Debug)]
pub struct Action {
    /// Which.
    pub command: CommandKind,
    /// Why not now; `None` when it may be done.
    pub refusal: Option<Refusal>,
}

/// A complaint with the events that are not stored yet.
#[derive(Clone)]
struct Draft {
    complaint: Complaint,
    events: Vec<Recorded>,
}

impl Draft {
    fn new(complaint: &Complaint) -> Self {
        Self {
            complaint: complaint.clone(),
            events: Vec::new(),
        }
    }

    fn push(&mut self, recorded: Recorded) {
        self.complaint.evolve(&recorded);
        self.events.push(recorded);
    }

    fn settle(
        mut self,
        policy: &Policy,
        facts: &Facts,
        until: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Self {
        while let Some((due, event)) =
            next_lapse(policy, facts, &self.complaint).filter(|(due, _)| *due <= until)
        {
            self.push(Recorded {
                at: due,
                registered_at: now,
                by: By::Clock,
                event,
            });
        }
        self
    }
}
