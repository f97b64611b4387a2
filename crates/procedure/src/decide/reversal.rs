//! Acts that count from their arrival: a lapse that one would have prevented is reversed; people's acts stand.

use chrono::{DateTime, Utc};

use super::{Draft, authority::Relation, context::Context, dispatch};
use crate::{
    actor::{Actor, By},
    command::{Command, CommandKind},
    complaint::{ClockAct, Complaint, Event, LapsedTerm, Recorded},
    facts::Facts,
    policy::{ExitGround, Policy, Resolution, SilenceMeans},
    refusal::{Reason, Refusal},
};

/// Carries out a command on a complaint that is settled until the command's arrival.
#[expect(
    clippy::too_many_arguments,
    reason = "the two times and the two sides of `decide`, and nothing else"
)]
pub(super) fn act(
    policy: &Policy,
    facts: &Facts,
    settled: Draft,
    relation: &Relation,
    actor: &Actor,
    command: &Command,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Vec<Recorded>, Refusal> {
    let attempt = |draft: &Draft| {
        let complaint = &draft.complaint;
        let context = Context {
            policy,
            facts,
            complaint,
            actor,
            relation,
            at,
            now,
        };
        let events = dispatch::handle(&context, command)?;
        let mut draft = draft.clone();
        for event in events {
            draft.push(Recorded {
                at,
                registered_at: now,
                by: actor.by(),
                event,
            });
        }
        Ok::<_, Refusal>(draft.settle(policy, facts, now, now))
    };
    let undone = undo_clock(policy, &settled.complaint, at);
    if !undone.is_empty() {
        let mut earlier = settled.clone();
        for what in &undone {
            earlier.push(reversed(*what, at, now));
        }
        if let Ok(draft) = attempt(&earlier)
            && !undone
                .iter()
                .all(|what| is_done(policy, &draft.complaint, *what))
        {
            return Ok(draft.events);
        }
    }
    match attempt(&settled) {
        Ok(draft) => Ok(draft.events),
        Err(refusal) => without_effect(&settled, command, &refusal, actor, at, now).ok_or(refusal),
    }
}

/// The event by which what the clock did is undone.
pub(super) fn reversed(what: ClockAct, at: DateTime<Utc>, now: DateTime<Utc>) -> Recorded {
    Recorded {
        at,
        registered_at: now,
        by: By::System,
        event: Event::ClockReversed { what },
    }
}

/// What the clock did after an instant, and people have not built on, the latest first.
fn undo_clock(policy: &Policy, complaint: &Complaint, at: DateTime<Utc>) -> Vec<ClockAct> {
    let mut undone = Vec::new();
    if complaint.late_appeal.is_some() {
        return undone;
    }
    match complaint.closure {
        Some(closure) if closure.by_clock && closure.at > at => undone.push(ClockAct::Closing),
        Some(_) => return undone,
        None => {}
    }
    if silent_way(policy, complaint)
        && complaint
            .round()
            .way
            .as_ref()
            .is_some_and(|way| way.opened_at > at)
    {
        undone.push(ClockAct::SilentWay);
    }
    for term in [LapsedTerm::Reaction, LapsedTerm::Resolution] {
        if complaint
            .round()
            .lapsed
            .get(&term)
            .is_some_and(|lapsed| *lapsed > at)
        {
            undone.push(ClockAct::Lapse(term));
        }
    }
    undone
}

fn is_done(policy: &Policy, complaint: &Complaint, what: ClockAct) -> bool {
    match what {
        ClockAct::Closing => complaint.closure.is_some_and(|closure| closure.by_clock),
        ClockAct::Lapse(term) => complaint.round().lapsed.contains_key(&term),
        ClockAct::SilentWay => silent_way(policy, complaint),
    }
}

/// Whether the way stands open because the complainant was silent where silence is no agreement.
fn silent_way(policy: &Policy, complaint: &Complaint) -> bool {
    let round = complaint.round();
    let instance = policy.instances.get(usize::from(round.instance));
    let by_silence = |resolution: &Resolution| matches!(resolution, Resolution::Response { silence, .. } if silence.means == SilenceMeans::NoAgreement);
    let by_ground = round
        .way
        .as_ref()
        .is_some_and(|way| way.ground == ExitGround::NoAgreement);
    by_ground && instance.is_some_and(|instance| by_silence(&instance.resolution))
}

/// A party's act that arrived before people took the complaint further: it is recorded, all are told, and the
/// complaint goes on where it is.
fn without_effect(
    settled: &Draft,
    command: &Command,
    refusal: &Refusal,
    actor: &Actor,
    at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Option<Vec<Recorded>> {
    let Command::RecordPartyAct {
        party,
        act,
        channel,
        proof,
    } = command
    else {
        return None;
    };
    let is_overtaken = last_turn(&settled.complaint).is_some_and(|turn| at < turn);
    let by_state = matches!(
        refusal.reason,
        Reason::WrongState
            | Reason::AlreadyClosed
            | Reason::NoWayOpen
            | Reason::NoResponse
            | Reason::TermHasLapsed
    );
    if !is_overtaken || !by_state {
        return None;
    }
    let mut draft = settled.clone();
    let received = Event::ActReceived {
        party: *party,
        channel: *channel,
        proof: proof.clone(),
    };
    for event in [
        received,
        Event::ActWithoutEffect {
            party: *party,
            act: act.kind(),
        },
    ] {
        draft.push(Recorded {
            at,
            registered_at: now,
            by: actor.by(),
            event,
        });
    }
    Some(draft.events)
}

/// When people last took the complaint to another place: an appeal, a way, a decision, a closing.
fn last_turn(complaint: &Complaint) -> Option<DateTime<Utc>> {
    let round = complaint.round();
    let appealed = (round.instance > 0).then_some(round.opened_at);
    let closed = complaint
        .closure
        .filter(|closure| !closure.by_clock)
        .map(|closure| closure.at);
    let late = complaint.late_appeal.as_ref().map(|late| late.received_at);
    let way = round.way.as_ref().map(|way| way.opened_at);
    [
        appealed,
        closed,
        late,
        way,
        round.decided.map(|(decided, _)| decided),
    ]
    .into_iter()
    .flatten()
    .max()
}

/// Whether a command may carry an arrival earlier than its registration.
pub(super) const fn may_arrive_earlier(command: CommandKind) -> bool {
    matches!(
        command,
        CommandKind::RecordPartyAct
            | CommandKind::RecordPosted
            | CommandKind::ReportUndelivered
            | CommandKind::RecordContact
            | CommandKind::RecordHearing
            | CommandKind::LetterHandedOver
            | CommandKind::LetTimePass
            | CommandKind::VerifyAddress
    )
}
