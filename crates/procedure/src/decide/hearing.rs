//! Both sides are heard (*hoor en wederhoor*): invitations, the ledger, and the gate before an outcome.

use chrono::Months;

use super::context::{Context, Decided, require, require_by};
use crate::{
    command::{Command, CommandKind},
    complaint::{Event, Hearing, Party},
    refusal::{Reason, Refusal},
};

/// Fewer documented attempts than this do not make a side unreachable (house rule).
const LEAST_ATTEMPTS: u8 = 2;
/// Nobody is invited for later than this.
const FARTHEST: Months = Months::new(12);

pub(super) fn may(context: &Context<'_>, command: CommandKind) -> Result<(), Refusal> {
    let rule = context.hearing_rule();
    require(rule.is_some(), Reason::NotInThisProcedure)?;
    context.require_open()?;
    if command == CommandKind::WaiveHearing {
        let party = context.party()?;
        require(
            !context.round().hearings.contains_key(&party),
            Reason::AlreadyDone,
        )?;
    }
    Ok(())
}

pub(super) fn handle(context: &Context<'_>, command: &Command) -> Decided {
    match command {
        Command::WaiveHearing => Ok(vec![Event::Heard {
            party: context.party()?,
            hearing: Hearing::Waived,
            record: None,
        }]),
        Command::InviteToHearing { party, on, place } => {
            require_side(context, *party)?;
            require(*on > context.now, Reason::InThePast)?;
            let calendar = &context.facts.calendar;
            let latest = calendar.local_date(context.now) + FARTHEST;
            require(*on < calendar.end_of(latest), Reason::TooFarAhead(latest))?;
            Ok(vec![Event::HearingInvited {
                party: *party,
                on: *on,
                place: place.clone(),
            }])
        }
        Command::RecordHearing {
            party,
            hearing,
            record,
        } => {
            if let Hearing::Unreachable(attempts) = hearing {
                require(
                    context.complaint.sides().contains(party),
                    Reason::UnknownParty,
                )?;
                let logged = context.round().attempts_to_reach(*party, context.at);
                let is_documented = *attempts >= LEAST_ATTEMPTS && logged >= *attempts;
                require_by(
                    is_documented,
                    Reason::TooFewAttempts(logged),
                    context.hearing_rule(),
                )?;
            } else {
                require_side(context, *party)?;
            }
            Ok(vec![Event::Heard {
                party: *party,
                hearing: *hearing,
                record: record.clone(),
            }])
        }
        _ => Err(Reason::WrongState.bare()),
    }
}

fn require_side(context: &Context<'_>, party: Party) -> Result<(), Refusal> {
    let is_known = match party {
        Party::Respondent(no) => {
            let respondent = context.complaint.respondents.get(&no);
            let is_told = respondent.is_none_or(|one| one.is_notified);
            require(is_told, Reason::NotNotified)?;
            respondent.is_some()
        }
        Party::Representative => {
            context.complaint.representative.is_some() && context.complaint.respondents.is_empty()
        }
        Party::Complainant => true,
    };
    require(is_known, Reason::UnknownParty)
}

/// The gate: no response or decision before each side was heard, waived it, or is documented as unreachable.
pub(super) fn gate(context: &Context<'_>) -> Result<(), Refusal> {
    let Some(rule) = context.hearing_rule() else {
        return Ok(());
    };
    let heard = &context.round().hearings;
    let missing: Vec<Party> = context
        .complaint
        .sides()
        .into_iter()
        .filter(|side| !heard.contains_key(side))
        .collect();
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Reason::NotHeard(missing).by(rule))
    }
}
