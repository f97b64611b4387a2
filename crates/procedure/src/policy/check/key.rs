//! The abstract state of a complaint: what decides which paths lie ahead, and nothing else.

use crate::{
    complaint::{Admission, Complaint, Delivery, LapsedTerm, LetterKey, Outcome, Party, State},
    policy::{ExitGround, Policy},
};

/// Two complaints with the same key have the same paths ahead of them.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a key is compared and hashed, and never read"
)]
pub(super) struct Key {
    state: State,
    is_email: bool,
    is_verified: bool,
    names_respondent: bool,
    closure: Option<(Outcome, bool)>,
    late_appeal: Option<(u8, bool)>,
    admission: u8,
    was_inadmissible: bool,
    letters_wait: bool,
    round: RoundKey,
    solution: Option<(bool, bool, bool)>,
    solution_letter: Option<Carriage>,
    answer_letter: Option<Carriage>,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "a key is compared and hashed, and never read"
)]
struct RoundKey {
    instance: u8,
    has_decider: bool,
    has_contact: bool,
    is_heard: bool,
    response: Option<(bool, u8)>,
    response_letter: Option<Carriage>,
    is_no_agreement: bool,
    is_inadmissible: bool,
    decided: Option<bool>,
    lapsed: (bool, bool),
    way: Option<(ExitGround, bool, Carriage)>,
}

/// How far a letter came.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum Carriage {
    Waits,
    Sent,
    Delivered,
    Returned,
    Reprinted,
    SentAgain,
}

impl Key {
    pub(super) fn of(policy: &Policy, complaint: &Complaint) -> Self {
        let solution = complaint.solution.as_ref();
        Self {
            state: complaint.state(),
            is_email: complaint.is_mailed(),
            is_verified: complaint.complainant.is_verified,
            names_respondent: !complaint.respondents.is_empty(),
            closure: complaint
                .closure
                .map(|closure| (closure.outcome, closure.by_clock)),
            late_appeal: complaint
                .late_appeal
                .as_ref()
                .map(|late| (late.instance, late.bench.is_vacant())),
            admission: match complaint.admission {
                Admission::Timely => 0,
                Admission::Undecided => 1,
                Admission::Admitted => 2,
            },
            was_inadmissible: complaint
                .rounds
                .iter()
                .any(|round| round.inadmissible_at.is_some()),
            letters_wait: complaint
                .deliveries
                .iter()
                .any(|(letter, one)| !letter.confirms_receipt() && one.waits_since().is_some()),
            round: RoundKey::of(policy, complaint),
            solution: solution.map(|solution| {
                let others = |party: &Party| *party != Party::Complainant;
                (
                    solution.signed.contains(&Party::Complainant),
                    solution.signed.iter().any(others),
                    solution.rejected.contains(&Party::Complainant),
                )
            }),
            solution_letter: solution
                .filter(|_| !is_endless(complaint))
                .map(|solution| carriage(complaint, &solution.letter())),
            answer_letter: complaint
                .round()
                .response
                .as_ref()
                .and_then(|response| response.answer)
                .filter(|_| !is_endless(complaint))
                .map(|letter| carriage(complaint, &letter)),
        }
    }
}

impl RoundKey {
    fn of(policy: &Policy, complaint: &Complaint) -> Self {
        let round = complaint.round();
        let instance = policy.instance(round.instance);
        let said = |response: &crate::complaint::Response| {
            u8::from(response.objected_at.is_some())
                + 2 * u8::from(response.reacted_at.is_some())
                + 4 * u8::from(response.answered_at.is_some())
        };
        let response = round.response.as_ref();
        let matters = round.way.is_none();
        Self {
            instance: round.instance,
            has_decider: !round.bench.is_vacant(),
            has_contact: round.contacted_at.is_some()
                && instance.is_some_and(|instance| instance.contact.is_some()),
            is_heard: is_heard(complaint),
            response: response.map(|response| (response.announced.is_some(), said(response))),
            response_letter: response
                .filter(|_| matters)
                .map(|response| carriage(complaint, &response.letter)),
            is_no_agreement: round.no_agreement_at.is_some(),
            is_inadmissible: round.inadmissible_at.is_some(),
            decided: round.decided.map(|_| round.upholds_inadmissibility),
            lapsed: (
                round.lapsed.contains_key(&LapsedTerm::Resolution),
                round.lapsed.contains_key(&LapsedTerm::Reaction),
            ),
            way: round.way.as_ref().map(|way| {
                (
                    way.ground,
                    way.announced.is_none(),
                    carriage(complaint, &way.letter),
                )
            }),
        }
    }
}

/// Whether each side had its hearing at the present instance.
pub(super) fn is_heard(complaint: &Complaint) -> bool {
    let heard = &complaint.round().hearings;
    complaint
        .sides()
        .iter()
        .all(|side| heard.contains_key(side))
}

/// Whether the way stands open without end: then it matters no more whether a solution was proposed.
fn is_endless(complaint: &Complaint) -> bool {
    let way = complaint.round().way.as_ref();
    way.is_some_and(|way| way.announced.is_none())
}

fn carriage(complaint: &Complaint, letter: &LetterKey) -> Carriage {
    match complaint.deliveries.get(letter) {
        None | Some(Delivery { sent_at: None, .. }) => Carriage::Waits,
        Some(Delivery {
            sent_again_at: Some(_),
            ..
        }) => Carriage::SentAgain,
        Some(Delivery {
            reprint: Some(_), ..
        }) => Carriage::Reprinted,
        Some(Delivery {
            returned_at: Some(_),
            ..
        }) => Carriage::Returned,
        Some(Delivery {
            delivered_at: Some(_),
            ..
        }) => Carriage::Delivered,
        Some(_) => Carriage::Sent,
    }
}
