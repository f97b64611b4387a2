//! A party's act that arrived before people took the complaint further, and is registered after: it is recorded,
//! and has no effect any more.

use chrono::{DateTime, Utc};

use super::{
    context::{Context, require},
    parties, way,
};
use crate::{
    command::{Command, CommandKind},
    complaint::{Complaint, Event, Party},
    confidential::Confidential,
    policy::{Instance, Resolution},
    refusal::{Reason, Refusal},
};

/// Whether people have appealed, decided or closed since the act arrived: their acts stand. What only adds to
/// the dossier is never overtaken.
pub(super) fn by_people(complaint: &Complaint, command: &Command, at: DateTime<Utc>) -> bool {
    let Command::RecordPartyAct { act, .. } = command else {
        return false;
    };
    let takes_effect = act.kind().is_party_act()
        && !matches!(
            act.kind(),
            CommandKind::AddStatement | CommandKind::RateHandling
        );
    takes_effect && last_act_of_people(complaint, act.kind()).is_some_and(|turn| at < turn)
}

/// Whether an act answers a text that people have put another in the place of since: a response, a request for
/// more time, a text to sign. What arrived before the present one was there is about an earlier one, and says
/// nothing of this; an answer that was given since stands too.
pub(super) fn by_a_later_text(complaint: &Complaint, command: &Command, at: DateTime<Utc>) -> bool {
    let Command::RecordPartyAct { act, .. } = command else {
        return false;
    };
    let round = complaint.round();
    let between = |first: Option<DateTime<Utc>>, last: Option<DateTime<Utc>>| {
        first.is_some_and(|first| first <= at) && last.is_some_and(|last| at < last)
    };
    match &**act {
        Command::AcceptResponse
        | Command::ObjectToResponse { .. }
        | Command::ReactToResponse { .. } => {
            let response = round.response.as_ref();
            between(
                round.first_response_at,
                response.map(|response| response.issued_at),
            )
        }
        Command::ConsentToExtension | Command::RefuseExtension => {
            let extended = &round.extended;
            let last = match extended.requested {
                Some(_) => extended.asked_at,
                None => extended.answered_at,
            };
            between(extended.first_asked_at, last)
        }
        Command::SignOffSolution { version } => {
            let solution = complaint.solution.as_ref();
            solution.is_some_and(|solution| {
                let next = version.checked_add(1);
                let replaced = next.and_then(|next| solution.proposed(next));
                between(solution.proposed(*version), replaced)
            })
        }
        Command::RejectSolution { .. } => {
            let solution = complaint.solution.as_ref();
            solution.is_some_and(|one| between(one.proposed(1), Some(one.proposed_at)))
        }
        _ => false,
    }
}

/// Whether whoever's act it is has said something else since it arrived.
pub(super) fn by_a_later_word(complaint: &Complaint, command: &Command, at: DateTime<Utc>) -> bool {
    let Command::RecordPartyAct { party, act, .. } = command else {
        return false;
    };
    has_said_otherwise_since(complaint, *party, act.kind(), at)
}

/// Whether the party itself has said something else since an act arrived: its last word on a text counts, in whatever
/// order its words are registered.
pub(crate) fn has_said_otherwise_since(
    complaint: &Complaint,
    party: Party,
    act: CommandKind,
    at: DateTime<Utc>,
) -> bool {
    let said = match act {
        CommandKind::AcceptResponse => {
            let response = complaint.round().response.as_ref();
            response.and_then(|response| response.spoken_at)
        }
        CommandKind::SignOffSolution | CommandKind::RejectSolution => {
            let is_yes = act == CommandKind::SignOffSolution;
            spoken_otherwise(complaint, party, is_yes)
        }
        // What arrived before one's own yes takes that not back, and opens no way that stands open.
        CommandKind::DeclareNoAgreement => {
            let said = spoken_otherwise(complaint, party, false);
            said.filter(|_| complaint.round().way.is_some())
        }
        CommandKind::WithdrawComplaint => complaint.pursued_at,
        _ => None,
    };
    said.is_some_and(|said| at < said)
}

/// When a party last spoke on the text, where that was the opposite of a yes or a no.
fn spoken_otherwise(complaint: &Complaint, party: Party, is_yes: bool) -> Option<DateTime<Utc>> {
    let solution = complaint.solution.as_ref();
    let solution = solution.filter(|solution| solution.signed.contains(&party) != is_yes)?;
    solution.spoken.get(&party).copied()
}

/// Whether it is an appeal that came before there was anything to appeal against: it is recorded, and all are told what
/// can be done.
pub(super) fn by_being_early(context: &Context<'_>, command: &Command, refusal: &Refusal) -> bool {
    let by_state = matches!(refusal.reason, Reason::NoWayOpen | Reason::AlreadyClosed);
    let Command::RecordPartyAct { act, .. } = command else {
        return false;
    };
    let closure = context.complaint.closure;
    by_state
        && act.kind() == CommandKind::Appeal
        && closure.is_none_or(|closure| context.at < closure.at)
        && !way::can_be_appealed(context.policy, context.complaint, context.at)
}

/// Whether an act is refused only because of what was done after it arrived: the way to the next instance was
/// opened, or another late appeal came in.
pub(super) fn by_a_turn(
    complaint: &Complaint,
    command: &Command,
    refusal: &Refusal,
    at: DateTime<Utc>,
) -> bool {
    let by_state = matches!(
        refusal.reason,
        Reason::WrongState
            | Reason::AlreadyClosed
            | Reason::NoWayOpen
            | Reason::NoResponse
            | Reason::TermHasLapsed
            | Reason::LateAppealPending
    );
    let opened = complaint.round().way.as_ref().map(|way| way.opened_at);
    let late = complaint.late_appeal.as_ref().map(|late| late.received_at);
    let is_record = matches!(command, Command::RecordPartyAct { .. });
    is_record && by_state && opened.max(late).is_some_and(|turned| at < turned)
}

/// Whether it may be recorded at all: an act of a party that is there, and that the regulation knows.
pub(super) fn require_recordable(context: &Context<'_>, command: &Command) -> Result<(), Refusal> {
    let Command::RecordPartyAct { party, act, .. } = command else {
        return Err(Reason::WrongState.bare());
    };
    parties::require_party_act(context, *party, act.kind())?;
    let reached = &context.complaint.rounds;
    let mut instances = reached
        .iter()
        .filter_map(|round| context.policy.instance(round.instance));
    require(
        instances.any(|instance| is_known(instance, act.kind())),
        Reason::NotInThisProcedure,
    )
}

fn is_known(instance: &Instance, act: CommandKind) -> bool {
    match act {
        CommandKind::AcceptResponse
        | CommandKind::ObjectToResponse
        | CommandKind::ReactToResponse => {
            matches!(instance.resolution, Resolution::Response { .. })
        }
        CommandKind::SignOffSolution
        | CommandKind::RejectSolution
        | CommandKind::DeclareNoAgreement => {
            matches!(instance.resolution, Resolution::Agreement { .. })
        }
        CommandKind::ConsentToExtension | CommandKind::RefuseExtension => {
            instance.resolution.extension().consent.is_some()
        }
        CommandKind::Appeal => instance.way.is_some(),
        _ => true,
    }
}

/// What the dossier says of it.
pub(super) fn events(command: &Command) -> Vec<Event> {
    let Command::RecordPartyAct {
        party,
        act,
        channel,
        proof,
    } = command
    else {
        return Vec::new();
    };
    vec![
        Event::ActReceived {
            party: *party,
            channel: *channel,
            proof: proof.clone(),
        },
        Event::ActWithoutEffect {
            party: *party,
            act: act.kind(),
            text: said(act).cloned(),
        },
    ]
}

/// What a party said with an act.
fn said(act: &Command) -> Option<&Confidential<String>> {
    match act {
        Command::ReactToResponse { text } => Some(text),
        Command::Appeal { grounds } => Some(grounds),
        Command::RejectSolution { reasons }
        | Command::ObjectToResponse { reasons }
        | Command::DeclareNoAgreement { reasons }
        | Command::WithdrawComplaint { reasons } => reasons.as_ref(),
        _ => None,
    }
}

/// When people last took the complaint to another place: an appeal, in time or late, a decision, a refusal to hear
/// a late appeal or its being taken back, a closing.
///
/// How this reads an appeal that came in time and is registered after a late one (rules of reading 1 and 4). While
/// nobody has decided on the late appeal, nothing but the clock stands in the way: the closing is reversed, the
/// question whether the late one is heard falls away, and the appeal goes on as the one in time that it is. Once
/// the late appeal is admitted, the appeal is heard already, and this one is recorded. Once it is refused, the
/// refusal stands and the complaint stays closed, for a decision is never undone; but it was a decision on another
/// appeal, so this one is not lost: it is put to the decider anew, and silence admits it.
fn last_act_of_people(complaint: &Complaint, act: CommandKind) -> Option<DateTime<Utc>> {
    let round = complaint.round();
    let appealed = (round.instance > 0).then_some(round.opened_at);
    let closed = complaint
        .closure
        .filter(|closure| !closure.by_clock)
        .map(|closure| closure.at);
    let late = complaint.late_appeal.as_ref().map(|late| late.received_at);
    let on_late_appeal = late
        .max(complaint.appeal_refused_at)
        .filter(|_| act != CommandKind::Appeal);
    let decided = round.decided.map(|(decided, _)| decided);
    let taken_back = complaint.appeal_withdrawn_at;
    [appealed, closed, on_late_appeal, decided, taken_back]
        .into_iter()
        .flatten()
        .max()
}
