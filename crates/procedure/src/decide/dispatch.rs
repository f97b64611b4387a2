//! Every command meets its rule: first whether it may be done at all now, then with its content.

use super::{
    address, admission, agreement, appointment,
    context::{Context, Decided, require},
    decision, extension, hearing, keeping, measures, parties, post, response, treatment, way,
};
use crate::{
    command::{Command, CommandKind},
    refusal::{Reason, Refusal},
};

/// Whether the command may be done now, whatever its content.
pub(super) fn precondition(context: &Context<'_>, command: CommandKind) -> Result<(), Refusal> {
    use CommandKind as C;
    match command {
        C::AddStatement
        | C::ClassifyComplaint
        | C::RecordAddress
        | C::LetTimePass
        | C::LetterHandedOver
        | C::ReportUndelivered
        | C::VerifyAddress
        | C::ReviewConflicts
        | C::LinkRecurrence => Ok(()),
        C::WaiveHearing | C::InviteToHearing | C::RecordHearing => hearing::may(context, command),
        C::SignOffSolution | C::RejectSolution => agreement::may_sign(context, command),
        C::ProposeSolution => agreement::may_propose(context),
        C::DeclareNoAgreement => agreement::may_declare_none(context),
        C::AcceptResponse | C::ObjectToResponse | C::ReactToResponse => {
            response::may_react(context, command)
        }
        C::IssueResponse => response::may_issue(context),
        C::AnswerReaction => response::may_answer(context),
        C::OpenAppeal => response::may_give_notice(context),
        C::ConsentToExtension | C::RefuseExtension => extension::may_answer(context),
        C::AnnounceExtension => extension::may_announce(context),
        C::RequestExtension => extension::may_request(context),
        C::Appeal => way::may_appeal(context),
        C::AdmitLateAppeal | C::RefuseLateAppeal => way::may_admit(context),
        C::WithdrawComplaint => parties::may_withdraw(context),
        C::RateHandling => parties::may_rate(context),
        C::NameRespondent | C::RecordContact => context.require_open(),
        C::NameRepresentative => treatment::may_name_representative(context),
        C::TakeComplaint => appointment::may_take(context),
        C::AssignDecider => appointment::may_assign(context),
        C::Recuse => appointment::may_recuse(context),
        C::AdmitLateComplaint => admission::may_admit(context),
        C::DeclareInadmissible => admission::may_declare(context),
        C::IssueDecision => decision::may_issue(context),
        C::AnswerMeasures => measures::may_answer(context),
        C::UpdateMeasure => measures::may_update(context),
        C::RecordPartyAct => require(!context.complaint.rounds.is_empty(), Reason::WrongState),
        C::RecordPosted => post::may_record_posted(context),
        C::ResendLetter => post::may_resend(context),
        C::PlaceLegalHold => require(!context.complaint.is_held, Reason::AlreadyDone),
        C::LiftLegalHold => require(context.complaint.is_held, Reason::NoLegalHold),
        C::ConfirmDestruction => keeping::may_destroy(context),
    }
}

/// What the command makes happen.
pub(super) fn handle(context: &Context<'_>, command: &Command) -> Decided {
    let kind = command.kind();
    let is_timely = context.at == context.now || kind.may_arrive_earlier();
    require(is_timely, Reason::ImpossibleTime)?;
    precondition(context, kind)?;
    match command {
        Command::AddStatement { .. }
        | Command::WithdrawComplaint { .. }
        | Command::RateHandling { .. }
        | Command::RecordPartyAct { .. } => parties::handle(context, command),
        Command::WaiveHearing | Command::InviteToHearing { .. } | Command::RecordHearing { .. } => {
            hearing::handle(context, command)
        }
        Command::SignOffSolution { .. }
        | Command::RejectSolution { .. }
        | Command::ProposeSolution { .. }
        | Command::DeclareNoAgreement { .. } => agreement::handle(context, command),
        Command::AcceptResponse
        | Command::ObjectToResponse { .. }
        | Command::ReactToResponse { .. }
        | Command::IssueResponse { .. }
        | Command::AnswerReaction { .. }
        | Command::OpenAppeal => response::handle(context, command),
        Command::ConsentToExtension
        | Command::RefuseExtension
        | Command::AnnounceExtension { .. }
        | Command::RequestExtension { .. } => extension::handle(context, command),
        Command::Appeal { .. }
        | Command::AdmitLateAppeal { .. }
        | Command::RefuseLateAppeal { .. } => way::handle(context, command),
        Command::NameRespondent { .. }
        | Command::RecordContact { .. }
        | Command::NameRepresentative { .. } => treatment::handle(context, command),
        Command::TakeComplaint
        | Command::AssignDecider { .. }
        | Command::Recuse { .. }
        | Command::ReviewConflicts
        | Command::LetTimePass => appointment::handle(context, command),
        Command::AdmitLateComplaint { .. } | Command::DeclareInadmissible { .. } => {
            admission::handle(context, command)
        }
        Command::IssueDecision { .. } => decision::handle(context, command),
        Command::ClassifyComplaint { .. }
        | Command::AnswerMeasures { .. }
        | Command::UpdateMeasure { .. }
        | Command::LinkRecurrence { .. } => measures::handle(context, command),
        Command::RecordAddress { party, address } => address::handle(context, *party, address),
        Command::RecordPosted { .. }
        | Command::ReportUndelivered { .. }
        | Command::ResendLetter { .. }
        | Command::LetterHandedOver { .. }
        | Command::VerifyAddress => post::handle(context, command),
        Command::PlaceLegalHold { .. }
        | Command::LiftLegalHold { .. }
        | Command::ConfirmDestruction => keeping::handle(command),
    }
}
