//! Whether a complaint is treated: late filing and inadmissibility, always decided with reasons.

use super::context::{Context, Decided, require, require_text};
use crate::{
    command::Command,
    complaint::{Admission, Event, InadmissibleGround, Outcome},
    policy::ExitGround,
    refusal::{Reason, Refusal},
};

pub(super) fn may_admit(context: &Context<'_>) -> Result<(), Refusal> {
    context.require_open()?;
    require(
        context.complaint.admission == Admission::Undecided,
        Reason::AlreadyDone,
    )?;
    // Once it was declared inadmissible, whoever hears the appeal against that decides the complaint itself.
    let mut rounds = context.complaint.rounds.iter();
    require(
        rounds.all(|round| round.inadmissible_at.is_none()),
        Reason::AlreadyDone,
    )
}

pub(super) fn may_declare(context: &Context<'_>) -> Result<(), Refusal> {
    context.require_open()?;
    let round = context.round();
    require(
        round.instance == 0 && round.way.is_none() && round.response.is_none(),
        Reason::WrongState,
    )?;
    require(round.inadmissible_at.is_none(), Reason::AlreadyDone)
}

pub(super) fn handle(context: &Context<'_>, command: &Command) -> Decided {
    match command {
        Command::AdmitLateComplaint { reasons } => {
            require_text(reasons)?;
            Ok(vec![Event::LateComplaintAdmitted {
                reasons: Some(reasons.clone()),
            }])
        }
        Command::DeclareInadmissible { ground, reasons } => {
            require_text(reasons)?;
            require_ground(context, *ground)?;
            let declared = Event::DeclaredInadmissible {
                ground: Some(*ground),
                reasons: reasons.clone(),
            };
            let closed = Event::Closed {
                outcome: Outcome::Inadmissible,
            };
            Ok(vec![
                declared,
                context.open_way(ExitGround::Inadmissible).unwrap_or(closed),
            ])
        }
        _ => Err(Reason::WrongState.bare()),
    }
}

/// A complaint that was admitted, by a person or by silence, is not late any more; it may still lack another
/// ground to be treated.
fn require_ground(context: &Context<'_>, ground: InadmissibleGround) -> Result<(), Refusal> {
    let intake = &context.policy.intake;
    require(intake.rule_of(ground).is_some(), Reason::NotInThisProcedure)?;
    let is_settled =
        ground == InadmissibleGround::Late && context.complaint.admission != Admission::Undecided;
    match &intake.filing_window {
        Some(window) if is_settled => Err(Reason::LatenessSettled.by(&window.late.rule)),
        _ => Ok(()),
    }
}
