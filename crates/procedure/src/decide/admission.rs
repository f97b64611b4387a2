//! Whether a complaint is treated: late filing and inadmissibility, always decided with reasons.

use super::context::{Context, Decided, require, require_text};
use crate::{
    command::Command,
    complaint::{Admission, Event, Outcome},
    policy::ExitGround,
    refusal::{Reason, Refusal},
};

pub(super) fn may_admit(context: &Context<'_>) -> Result<(), Refusal> {
    context.require_open()?;
    require(
        context.complaint.admission == Admission::Undecided,
        Reason::AlreadyDone,
    )?;
    require(
        context.round().inadmissible_at.is_none(),
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
        Command::DeclareInadmissible { reasons } => {
            require_text(reasons)?;
            let declared = Event::DeclaredInadmissible {
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
