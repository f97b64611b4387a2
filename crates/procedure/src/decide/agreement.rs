//! One text that both sides sign (*fiattering*), or the finding that there is no agreement.

use sha2::{Digest, Sha256};

use super::context::{Context, Decided, require, require_by, require_text};
use crate::{
    command::{Command, CommandKind},
    complaint::{Event, Outcome, Party, Solution},
    policy::{Basis, ExitGround, Resolution},
    refusal::{Reason, Refusal},
};

/// Where the signing is written, if an instance reached so far ends in an agreement; parties may still settle at a later
/// one.
fn sign_off<'a>(context: &Context<'a>) -> Result<&'a Basis, Refusal> {
    let mut reached = context
        .complaint
        .rounds
        .iter()
        .filter_map(|round| context.policy.instance(round.instance));
    let written = reached.find_map(|instance| match &instance.resolution {
        Resolution::Agreement { sign_off, .. } => Some(sign_off),
        _ => None,
    });
    written.ok_or_else(|| Reason::NotInThisProcedure.bare())
}

pub(super) fn may_propose(context: &Context<'_>) -> Result<(), Refusal> {
    sign_off(context)?;
    context.require_open()?;
    context.require_admitted()
}

pub(super) fn may_sign(context: &Context<'_>, command: CommandKind) -> Result<(), Refusal> {
    sign_off(context)?;
    context.require_open()?;
    let solution = solution(context)?;
    require(context.at >= solution.proposed_at, Reason::ImpossibleTime)?;
    let Some(party) = context.relation.party else {
        return Ok(());
    };
    require(
        context.complaint.sides().contains(&party),
        Reason::NotAllowed,
    )?;
    if command == CommandKind::SignOffSolution {
        require(!solution.signed.contains(&party), Reason::AlreadySigned)
    } else {
        require(!solution.rejected.contains(&party), Reason::AlreadyDone)
    }
}

pub(super) fn may_declare_none(context: &Context<'_>) -> Result<(), Refusal> {
    let seeks = matches!(context.instance().resolution, Resolution::Agreement { .. });
    require(seeks, Reason::NotInThisProcedure)?;
    context.require_open()?;
    // Once the way stands open a no says nothing new, but for a party whose own sign-off it takes back.
    let takes_back = context.relation.party.is_some_and(|party| {
        let solution = context.complaint.solution.as_ref();
        solution.is_some_and(|solution| solution.signed.contains(&party))
    });
    require(
        context.round().way.is_none() || takes_back,
        Reason::AlreadyDone,
    )
}

fn solution<'a>(context: &Context<'a>) -> Result<&'a Solution, Refusal> {
    context
        .complaint
        .solution
        .as_ref()
        .ok_or_else(|| Reason::NoSolution.bare())
}

pub(super) fn handle(context: &Context<'_>, command: &Command) -> Decided {
    match command {
        Command::ProposeSolution { text } => {
            require_text(text)?;
            let digest = hex::encode(Sha256::digest(text.reveal().map_or("", String::as_str)));
            // The same text again would void the sign-offs of it for nothing; one that was rejected may be offered anew.
            let standing = context.complaint.solution.as_ref();
            let is_same =
                standing.is_some_and(|known| known.digest == digest && known.rejected.is_empty());
            require(!is_same, Reason::AlreadyDone)?;
            let version = context
                .complaint
                .solution
                .as_ref()
                .map_or(1, |solution| solution.version.saturating_add(1));
            Ok(vec![Event::SolutionProposed {
                version,
                text: text.clone(),
                digest,
            }])
        }
        Command::SignOffSolution { version } => sign(context, *version),
        Command::RejectSolution { reasons } => {
            let version = solution(context)?.version;
            Ok(vec![Event::SolutionRejected {
                party: context.party()?,
                version,
                reasons: reasons.clone(),
            }])
        }
        Command::DeclareNoAgreement { reasons } => {
            let declared = Event::NoAgreementDeclared {
                party: context.relation.party,
                reasons: reasons.clone(),
            };
            let is_shut = context.round().way.is_none();
            let opened = is_shut.then(|| context.open_way(ExitGround::NoAgreement));
            Ok(std::iter::once(declared).chain(opened.flatten()).collect())
        }
        _ => Err(Reason::WrongState.bare()),
    }
}

/// Complete at the last sign-off; each signs the text as it stands.
fn sign(context: &Context<'_>, version: u16) -> Decided {
    let (solution, party) = (solution(context)?, context.party()?);
    require_by(
        solution.version == version,
        Reason::SolutionChanged(solution.version),
        Some(sign_off(context)?),
    )?;
    let mut events = vec![Event::SolutionSigned {
        party,
        version,
        digest: solution.digest.clone(),
    }];
    let others_signed = |side: &Party| *side == party || solution.signed.contains(side);
    if context.complaint.sides().iter().all(others_signed) {
        events.push(Event::Closed {
            outcome: Outcome::Agreed,
        });
    }
    Ok(events)
}
