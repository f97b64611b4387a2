//! A party's act that arrived before people took the complaint further, and is registered after: it is recorded,
//! and has no effect any more.

use chrono::{DateTime, Utc};

use super::{
    context::{Context, require},
    parties,
};
use crate::{
    command::{Command, CommandKind},
    complaint::{Complaint, Event},
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
    takes_effect && last_act_of_people(complaint).is_some_and(|turn| at < turn)
}

/// Whether an act is refused only because the way to the next instance was opened after it arrived.
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
    );
    let turned = complaint.round().way.as_ref().map(|way| way.opened_at);
    let is_record = matches!(command, Command::RecordPartyAct { .. });
    is_record && by_state && turned.is_some_and(|turned| at < turned)
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
        .filter_map(|round| context.policy.instances.get(usize::from(round.instance)));
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
        },
    ]
}

/// When people last took the complaint to another place: an appeal, in time or late, a decision, a closing.
fn last_act_of_people(complaint: &Complaint) -> Option<DateTime<Utc>> {
    let round = complaint.round();
    let appealed = (round.instance > 0).then_some(round.opened_at);
    let closed = complaint
        .closure
        .filter(|closure| !closure.by_clock)
        .map(|closure| closure.at);
    let late = complaint.late_appeal.as_ref().map(|late| late.received_at);
    let decided = round.decided.map(|(decided, _)| decided);
    [appealed, closed, late, decided]
        .into_iter()
        .flatten()
        .max()
}
