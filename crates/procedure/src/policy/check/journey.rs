//! What can be tried in a state, which of it is giving in, and what is an end.

use super::key::is_heard;
use crate::{
    complaint::{Admission, Complaint, Delivery, Party},
    policy::{Instance, Policy, Resolution, play::Act},
};

/// The procedure is over, and no late appeal waits.
pub(super) fn has_ended(complaint: &Complaint) -> bool {
    !complaint.is_undecided()
}

/// Whether an act can bring an end on the merits: not the giving in of a complainant who said no, and not that
/// the organisation declares inadmissible what it has treated.
pub(super) fn is_steadfast(complaint: &Complaint, act: Act) -> bool {
    let has_objected = complaint
        .round()
        .response
        .as_ref()
        .is_some_and(|response| response.objected_at.is_some());
    let has_rejected = complaint
        .solution
        .as_ref()
        .is_some_and(|solution| solution.rejected.contains(&Party::Complainant));
    let is_no_agreement = complaint
        .rounds
        .iter()
        .any(|round| round.no_agreement_at.is_some());
    match act {
        Act::Accept => !has_objected,
        Act::SignComplainant | Act::SignRespondent => !has_rejected && !is_no_agreement,
        Act::Withdraw | Act::Inadmissible => false,
        _ => true,
    }
}

/// What is worth trying; whether it may be done is for the procedure to say. Left out is what leads nowhere
/// new: more time, statements, stepping back, withdrawing.
pub(super) fn candidates(policy: &Policy, complaint: &Complaint) -> Vec<Act> {
    let mut acts = Vec::new();
    if let Some(late) = &complaint.late_appeal {
        if late.bench.is_vacant() {
            acts.push(Act::Assigned);
        } else {
            acts.extend([Act::AdmitAppeal, Act::RefuseAppeal]);
        }
        return acts;
    }
    let round = complaint.round();
    let instance = policy.instance(round.instance);
    if complaint.is_open() {
        acts.extend(
            instance
                .map(|instance| of_decider(instance, complaint))
                .unwrap_or_default(),
        );
        acts.extend(of_response(instance, complaint));
        acts.extend(of_agreement(policy, complaint));
    }
    if !is_prompt(complaint) {
        acts.retain(|act| !SEARCHED_WITH_PROMPT_POST.contains(act));
    }
    let can_appeal = round.way.is_some() || round.response.is_some() || !complaint.is_open();
    acts.extend(can_appeal.then_some(Act::Appeal));
    acts.extend(of_post(complaint));
    acts
}

/// What sends no letter of another kind than its likes: tried only where the post is prompt and sure.
const SEARCHED_WITH_PROMPT_POST: [Act; 4] = [
    Act::ResponseUnannounced,
    Act::Inadmissible,
    Act::Notice,
    Act::Reject,
];

/// Whether the post is prompt and sure.
fn is_prompt(complaint: &Complaint) -> bool {
    complaint.complainant.is_verified && complaint.is_mailed()
}

fn of_decider(instance: &Instance, complaint: &Complaint) -> Vec<Act> {
    let round = complaint.round();
    if round.bench.is_vacant() {
        return vec![Act::Assigned];
    }
    let mut acts = Vec::new();
    if instance.contact.is_some() && round.contacted_at.is_none() {
        acts.push(Act::Contact);
    }
    if instance.hearing.is_some() && !is_heard(complaint) {
        acts.push(Act::Heard);
    }
    if complaint.admission == Admission::Undecided {
        acts.push(Act::AdmitLate);
    }
    if round.instance == 0 {
        acts.push(Act::Inadmissible);
    }
    if matches!(instance.resolution, Resolution::Decision { .. }) {
        acts.push(Act::Decision);
        let was = |round: &crate::complaint::Round| round.inadmissible_at.is_some();
        acts.extend(
            complaint
                .rounds
                .iter()
                .any(was)
                .then_some(Act::UpholdInadmissible),
        );
    }
    acts
}

fn of_response(instance: Option<&Instance>, complaint: &Complaint) -> Vec<Act> {
    let is_response =
        instance.is_some_and(|instance| matches!(instance.resolution, Resolution::Response { .. }));
    if !is_response {
        return Vec::new();
    }
    let mut acts = vec![Act::Response, Act::ResponseUnannounced];
    if let Some(response) = &complaint.round().response {
        acts.push(Act::Accept);
        if response.objected_at.is_none() {
            acts.extend([Act::Object, Act::React]);
        }
        if response.reacted_at.is_some() {
            acts.extend([Act::Answer, Act::Notice]);
        }
    }
    acts
}

fn of_agreement(policy: &Policy, complaint: &Complaint) -> Vec<Act> {
    let seeks = complaint
        .rounds
        .iter()
        .filter_map(|round| policy.instance(round.instance))
        .any(|instance| matches!(instance.resolution, Resolution::Agreement { .. }));
    if !seeks {
        return Vec::new();
    }
    let mut acts = vec![Act::NoAgreement];
    match &complaint.solution {
        Some(solution) => {
            acts.extend([Act::SignComplainant, Act::SignRespondent, Act::Reject]);
            acts.extend((!solution.rejected.is_empty()).then_some(Act::Solution));
        }
        None => acts.push(Act::Solution),
    }
    acts
}

/// Where the post is prompt and sure there is nothing to try. Mail to an unproved address comes back by itself,
/// unless its link is used; a letter on paper comes back where it matters most, after the complaint was closed.
fn of_post(complaint: &Complaint) -> Vec<Act> {
    if is_prompt(complaint) {
        return Vec::new();
    }
    let is_email = complaint.is_mailed();
    let leading_on = complaint
        .deliveries
        .iter()
        .filter(|(letter, _)| !letter.confirms_receipt());
    let any = |is: fn(&Delivery) -> bool| leading_on.clone().any(|(_, one)| is(one));
    let mut acts = Vec::new();
    if any(|one| one.waits_since().is_some()) {
        acts.push(Act::Delivered);
    }
    if !is_email && !complaint.is_open() {
        acts.push(Act::Bounced);
    }
    if is_email && any(|one| one.sent_at.is_some()) {
        acts.push(Act::Verified);
    }
    acts
}
