//! The words in a command, for telling two requests apart.

use wederhoor_procedure::{Confidential, command::Command, complaint::Address};

/// The confidential words of a command, in order.
pub(crate) fn words_of(command: &Command, add: &mut dyn FnMut(Option<&String>)) {
    use Command as C;
    let mut some = |words: &Confidential<String>| add(words.reveal());
    match command {
        C::AddStatement { text }
        | C::ReactToResponse { text }
        | C::ProposeSolution { text }
        | C::IssueResponse { text, .. }
        | C::IssueDecision { text, .. }
        | C::AnswerReaction { text } => some(text),
        C::Appeal { grounds } => some(grounds),
        C::AdmitLateComplaint { reasons }
        | C::DeclareInadmissible { reasons, .. }
        | C::AnnounceExtension { reasons, .. }
        | C::RequestExtension { reasons, .. }
        | C::AdmitLateAppeal { reasons }
        | C::RefuseLateAppeal { reasons } => some(reasons),
        C::Recuse { reason } | C::PlaceLegalHold { reason } | C::LiftLegalHold { reason } => {
            some(reason);
        }
        C::RejectSolution {
            reasons: Some(words),
        }
        | C::ObjectToResponse {
            reasons: Some(words),
        }
        | C::DeclareNoAgreement {
            reasons: Some(words),
        }
        | C::WithdrawComplaint {
            reasons: Some(words),
        }
        | C::RateHandling {
            text: Some(words), ..
        }
        | C::RecordContact {
            note: Some(words), ..
        }
        | C::RecordHearing {
            record: Some(words),
            ..
        }
        | C::AssignDecider {
            reason: Some(words),
            ..
        } => some(words),
        C::InviteToHearing { place, .. } => some(place),
        other => words_within(other, add),
    }
}

/// The words that stand deeper in a command.
fn words_within(command: &Command, add: &mut dyn FnMut(Option<&String>)) {
    use Command as C;
    let mut some = |words: &Confidential<String>| add(words.reveal());
    match command {
        C::AnswerMeasures {
            measures,
            reason_for_none,
        } => {
            for measure in measures {
                some(&measure.text);
            }
            reason_for_none.iter().for_each(some);
        }
        C::RecordPartyAct { act, proof, .. } => {
            proof.iter().for_each(some);
            words_of(act, add);
        }
        C::NameRespondent {
            contact: Some(contact),
            ..
        } => {
            some(&contact.name);
            words_of_address(&contact.address, &mut some);
            contact.telephone.iter().for_each(some);
        }
        C::RecordAddress { address, .. } => words_of_address(address, &mut some),
        _ => {}
    }
}

fn words_of_address(address: &Address, some: &mut dyn FnMut(&Confidential<String>)) {
    let known = [address.email(), address.postal()];
    known.into_iter().flatten().for_each(some);
}
