//! A written response: accepted, objected to, met with a question, or with silence.

use super::{
    context::{Context, Decided, require, require_text},
    hearing,
};
use crate::{
    command::{Command, CommandKind},
    complaint::{Event, Outcome, Response},
    policy::{ExitGround, Resolution, Silence},
    refusal::{Reason, Refusal},
};

/// The rule on silence, where the instance ends in a response.
fn silence<'a>(context: &Context<'a>) -> Result<&'a Silence, Refusal> {
    match &context.instance().resolution {
        Resolution::Response { silence, .. } => Ok(silence),
        _ => Err(Reason::NotInThisProcedure.bare()),
    }
}

pub(super) fn may_issue(context: &Context<'_>) -> Result<(), Refusal> {
    silence(context)?;
    context.require_open()?;
    context.require_admitted()?;
    let waits_for_appeal = context
        .round()
        .way
        .as_ref()
        .is_some_and(|way| way.ground != ExitGround::Lapse);
    require(!waits_for_appeal, Reason::WrongState)?;
    require(
        context
            .round()
            .response
            .as_ref()
            .is_none_or(|response| may_replace(context, response)),
        Reason::AlreadyDone,
    )?;
    hearing::gate(context)
}

/// A response may be replaced after a reaction, when it came back, or when silence after it says nothing.
fn may_replace(context: &Context<'_>, response: &Response) -> bool {
    let delivery = context.complaint.deliveries.get(&response.letter);
    let came_back = delivery.is_some_and(|delivery| delivery.returned_at.is_some());
    let calendar = &context.facts.calendar;
    let is_void = context
        .complaint
        .silence_void_since(calendar, context.round())
        .is_some();
    let says_nothing = response.announced.is_none() || is_void;
    response.objected_at.is_none() && (response.reacted_at.is_some() || says_nothing || came_back)
}

pub(super) fn may_react(context: &Context<'_>, command: CommandKind) -> Result<(), Refusal> {
    silence(context)?;
    context.require_open()?;
    let response = context.response()?;
    // Nobody can answer what was not written yet.
    require(context.at >= response.issued_at, Reason::ImpossibleTime)?;
    let has_objected = response.objected_at.is_some();
    match command {
        CommandKind::AcceptResponse => Ok(()),
        CommandKind::ObjectToResponse => require(!has_objected, Reason::AlreadyDone),
        _ => {
            let is_out = context
                .round()
                .way
                .as_ref()
                .is_none_or(|way| way.announced.is_none());
            require(!has_objected && is_out, Reason::WrongState)
        }
    }
}

pub(super) fn may_answer(context: &Context<'_>) -> Result<(), Refusal> {
    silence(context)?;
    context.require_open()?;
    let response = context.response()?;
    let is_owed = response.open_reaction().is_some() || context.complaint.is_answer_lost(response);
    require(is_owed, Reason::NoReaction)
}

/// The notice may come before the answer, which stays owed.
pub(super) fn may_give_notice(context: &Context<'_>) -> Result<(), Refusal> {
    context.require_open()?;
    let way = context
        .way()
        .ok_or_else(|| Reason::NotInThisProcedure.bare())?;
    require(
        way.opens_on.contains(&ExitGround::Notice),
        Reason::NotInThisProcedure,
    )?;
    let response = context.response()?;
    require(
        response.reacted_at.is_some() && response.objected_at.is_none(),
        Reason::NoReaction,
    )?;
    require(context.round().way.is_none(), Reason::AlreadyDone)
}

pub(super) fn handle(context: &Context<'_>, command: &Command) -> Decided {
    match command {
        Command::IssueResponse {
            finding,
            text,
            announces_silence,
        } => {
            require_text(text)?;
            let window = &silence(context)?.window;
            let announced = announces_silence.then(|| context.announce(window));
            Ok(vec![Event::ResponseIssued {
                finding: *finding,
                text: text.clone(),
                announced,
            }])
        }
        Command::AcceptResponse => Ok(vec![
            Event::ResponseAccepted,
            Event::Closed {
                outcome: Outcome::Accepted,
            },
        ]),
        Command::ObjectToResponse { reasons } => {
            let objected = Event::ResponseObjected {
                reasons: reasons.clone(),
            };
            Ok(then_way(context, objected, ExitGround::Objection))
        }
        Command::ReactToResponse { text } => {
            require_text(text)?;
            Ok(vec![Event::ResponseReacted { text: text.clone() }])
        }
        Command::AnswerReaction { text } => {
            require_text(text)?;
            Ok(then_way(
                context,
                Event::ReactionAnswered { text: text.clone() },
                ExitGround::Notice,
            ))
        }
        Command::OpenAppeal => Ok(context.open_way(ExitGround::Notice).into_iter().collect()),
        _ => Err(Reason::WrongState.bare()),
    }
}

/// An event, and the way it opens; a way that a lapse opened without end stays as it is. Where the notice came before the
/// answer, the answer gives the whole term once more.
fn then_way(context: &Context<'_>, event: Event, ground: ExitGround) -> Vec<Event> {
    let complaint = context.complaint;
    let opens = complaint.round().way.is_none() || complaint.awaits_answer_after_notice();
    let opened = opens.then(|| context.open_way(ground)).flatten();
    std::iter::once(event).chain(opened).collect()
}
