//! What parties say, and what is registered for them when it came on another channel.

use super::{
    authority::{self, Relation},
    context::{Context, Decided, require, require_not_over, require_text},
    dispatch, response,
};
use crate::{
    command::{Command, CommandKind},
    complaint::{Event, Outcome, Party, Response},
    policy::Channel,
    refusal::{Reason, Refusal},
};

pub(super) fn may_withdraw(context: &Context<'_>) -> Result<(), Refusal> {
    require_not_over(context.complaint.is_undecided())
}

pub(super) fn may_rate(context: &Context<'_>) -> Result<(), Refusal> {
    require(
        context.policy.satisfaction.is_some(),
        Reason::NotInThisProcedure,
    )?;
    require(!context.complaint.is_open(), Reason::WrongState)?;
    require(context.complaint.rating.is_none(), Reason::AlreadyDone)
}

/// Whatever the complainant says while a response is out is a reaction, and silence no more.
fn is_reaction(context: &Context<'_>, party: Party) -> bool {
    let is_out = |response: &Response| response.is_unanswered();
    party == Party::Complainant
        && context.round().response.as_ref().is_some_and(is_out)
        && response::may_react(context, CommandKind::ReactToResponse).is_ok()
}

pub(super) fn handle(context: &Context<'_>, command: &Command) -> Decided {
    match command {
        Command::AddStatement { text } => {
            require_text(text)?;
            let party = context.party()?;
            let text = text.clone();
            Ok(vec![if is_reaction(context, party) {
                Event::ResponseReacted { text }
            } else {
                Event::StatementAdded { party, text }
            }])
        }
        Command::WithdrawComplaint { reasons } => {
            let withdrawn = Event::Withdrawn {
                reasons: reasons.clone(),
            };
            // A late appeal that waits is taken back: what the complaint ended in before it stands.
            let closed = Event::Closed {
                outcome: Outcome::Withdrawn,
            };
            let was_open = context.complaint.is_open();
            Ok(std::iter::once(withdrawn)
                .chain(was_open.then_some(closed))
                .collect())
        }
        Command::RateHandling { score, text } => {
            require((1..=5).contains(score), Reason::ScoreOutOfRange)?;
            Ok(vec![Event::HandlingRated {
                score: *score,
                text: text.clone(),
            }])
        }
        Command::RecordPartyAct {
            party,
            act,
            channel,
            proof,
        } => recorded(context, *party, act, *channel, proof.as_ref()),
        _ => Err(Reason::WrongState.bare()),
    }
}

/// The same rules as if the party had done it, with effect from its arrival.
fn recorded(
    context: &Context<'_>,
    party: Party,
    act: &Command,
    channel: Channel,
    proof: Option<&crate::Confidential<String>>,
) -> Decided {
    require_party_act(context, party, act.kind())?;
    written_enough(context, act.kind(), channel)?;
    let relation = Relation {
        party: Some(party),
        ..context.relation.clone()
    };
    let mut events = vec![Event::ActReceived {
        party,
        channel,
        proof: proof.cloned(),
    }];
    events.extend(dispatch::handle(
        &Context {
            relation: &relation,
            ..*context
        },
        act,
    )?);
    Ok(events)
}

/// Refuses what is no act of a party, or of one who is not there or has no right to it.
pub(super) fn require_party_act(
    context: &Context<'_>,
    party: Party,
    act: CommandKind,
) -> Result<(), Refusal> {
    require(act.is_party_act(), Reason::NotAPartyAct)?;
    require(context.complaint.is_told(party), Reason::UnknownParty)?;
    require(
        authority::may(
            &Relation {
                party: Some(party),
                ..Relation::default()
            },
            act,
        ),
        Reason::NotAllowed,
    )
}

/// Some acts must be in writing: an appeal where the regulation says so, and consent to more time.
fn written_enough(
    context: &Context<'_>,
    act: CommandKind,
    channel: Channel,
) -> Result<(), Refusal> {
    if channel.is_written() {
        return Ok(());
    }
    match (act, context.way()) {
        (CommandKind::Appeal, Some(way)) if way.written => Err(Reason::MustBeWritten.by(&way.rule)),
        (CommandKind::ConsentToExtension, _) => {
            match &context.instance().resolution.extension().consent {
                Some(rule) => Err(Reason::MustBeWritten.by(rule)),
                None => Ok(()),
            }
        }
        _ => Ok(()),
    }
}
