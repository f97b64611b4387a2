//! A solution is proposed once its text went out to good effect: L6, L11.

use super::{ASSIGNED, PROPOSED, play, tell};
use crate::{
    complaint::{LetterKey, LetterKind, Outcome, Solution, State},
    letter::made_untrue,
    policy::ExitGround,
    tests::cast::local,
};

/// LIVP: the complainant has no e-mail.
const ON_PAPER: &str = "
    2026-03-02 10:00 Karin files naming Tom on-paper
    2026-03-02 14:00 Ada assigns Anna
    2026-03-04 10:00 Anna telephones
    2026-03-05 09:00 Anna notifies 1
    2026-03-11 09:00 Anna proposes
";

/// LIVP: nobody proved the address to be the complainant's.
const UNPROVED: &str = "
    2026-03-02 10:00 Karin files naming Tom unproved
    2026-03-02 14:00 Ada assigns Anna
    2026-03-04 10:00 Anna telephones
    2026-03-05 09:00 Anna notifies 1
";

/// Plays it under LIVP; on what the way stands open then, and whether without end.
fn way_after(name: &str, parts: &[&str]) -> (ExitGround, bool) {
    let played = tell(name, "livp", parts);
    assert_eq!(played.state(), State::AppealOpen);
    let way = played.world.complaint.round().way.as_ref();
    let way = way.expect("the term has lapsed");
    (way.ground, way.announced.is_none())
}

#[test]
fn l11_a_text_that_was_never_posted_is_no_proposal_and_posting_it_late_shortens_nothing() {
    let script = "
        2026-04-01 09:00 Ada posts solution arrived 2026-03-20 10:00";
    let way = way_after("l11_text_unposted", &[ON_PAPER, script]);
    assert_eq!(way, (ExitGround::Lapse, true));
}

#[test]
fn l11_a_text_that_was_posted_before_the_lapse_is_a_proposal() {
    let script = "
        2026-03-20 10:00 Ada posts solution
        2026-04-01 09:00 Time passes";
    let way = way_after("l11_text_posted", &[ON_PAPER, script]);
    assert_eq!(way, (ExitGround::NoAgreement, false));
}

#[test]
fn l11_a_text_that_was_answered_stays_so_when_it_is_posted_once_more() {
    let script = "
        2026-03-12 10:00 Ada posts solution
        2026-03-16 10:00 Ada returns solution
        2026-03-16 11:00 Ada resends solution
        2026-03-17 09:00 Karin signs
        2026-03-17 10:00 Ada posts solution
        2026-03-20 10:00 Ada returns solution";
    let complaint = play("livp", &[ON_PAPER, script].concat()).world.complaint;
    let mut texts = complaint.deliveries.iter();
    let text = texts.find(|(letter, _)| letter.kind == LetterKind::SolutionForSignOff);
    let (letter, delivery) = text.expect("a text to sign");
    assert_eq!(delivery.answered_at, Some(local("2026-03-17", "09:00")));
    assert!(complaint.is_made_good(letter), "they had it");
}

#[test]
fn l11_a_text_that_the_complainant_refused_had_reached_them_though_it_was_never_posted() {
    let script = "
        2026-03-20 10:00 Karin rejects
        2026-04-01 09:00 Time passes";
    let played = tell("l11_text_refused_unposted", "livp", &[ON_PAPER, script]);
    let complaint = &played.world.complaint;
    let way = complaint.round().way.as_ref();
    assert!(way.is_some_and(|way| way.announced.is_some()));
    let waiting = complaint.letters_that_wait();
    let is_text = |letter: &LetterKey| letter.kind == LetterKind::SolutionForSignOff;
    assert!(!waiting.iter().any(is_text), "nobody need post it any more");
}

#[test]
fn l11_where_an_earlier_text_arrived_a_later_one_that_comes_back_changes_nothing() {
    let script = "
        2026-06-24 09:00 Anna proposes Iets-anders.
        2026-06-25 09:00 Post returns solution
        2026-06-26 09:00 Time passes";
    let way = way_after("l11_later_text_bounced", &[PROPOSED, script]);
    assert_eq!(way, (ExitGround::NoAgreement, false));
}

#[test]
fn l06_a_text_that_was_replaced_or_of_a_complaint_that_was_withdrawn_goes_to_nobody() {
    let replaced = "
        2026-03-12 09:00 Anna proposes Iets-anders.";
    let played = play("livp", &[ON_PAPER, replaced].concat());
    let complaint = &played.world.complaint;
    let last = complaint.solution.as_ref().map(Solution::letter).unwrap();
    let mut waiting = complaint.letters_that_wait();
    waiting.retain(|letter| letter.kind == LetterKind::SolutionForSignOff);
    assert_eq!(waiting, [last]);
    let withdrawn = "
        2026-03-13 09:00 Karin withdraws";
    let played = play("livp", &[ON_PAPER, replaced, withdrawn].concat());
    let untrue = made_untrue(
        &played.world.policy,
        &played.world.facts.calendar,
        &played.world.dossier,
        1,
    );
    assert!(untrue.iter().any(|one| one.covers(&last)));
}

#[test]
fn l11_a_text_to_an_unproved_address_that_failed_before_the_lapse_is_no_proposal() {
    let script = "
        2026-03-20 09:00 Anna proposes
        2026-04-02 09:00 Time passes";
    let way = way_after("l11_text_unproved", &[UNPROVED, script]);
    assert_eq!(way, (ExitGround::Lapse, true));
}

#[test]
fn l11_a_text_to_an_unproved_address_that_fails_after_the_lapse_takes_the_end_away() {
    let script = "
        2026-03-27 09:00 Anna proposes
        2026-04-02 09:00 Time passes";
    let way = way_after("l11_text_unproved_after_lapse", &[UNPROVED, script]);
    assert_eq!(way, (ExitGround::Lapse, true));
}

#[test]
fn l11_a_second_attempt_before_the_lapse_is_a_proposal() {
    let script = "
        2026-03-11 09:00 Anna proposes
        2026-04-01 09:00 Time passes";
    let way = way_after("l11_text_second_attempt", &[UNPROVED, script]);
    assert_eq!(way, (ExitGround::NoAgreement, false));
}

#[test]
fn l11_a_text_that_came_back_before_the_lapse_is_no_proposal() {
    let script = "
        2026-03-05 09:00 Anna notifies 1
        2026-03-24 09:00 Anna proposes
        2026-03-25 09:00 Post returns solution
        2026-04-02 09:00 Time passes";
    let way = way_after("l11_text_bounced", &[ASSIGNED, script]);
    assert_eq!(way, (ExitGround::Lapse, true));
}

#[test]
fn l11_a_text_that_comes_back_after_the_lapse_takes_the_end_away() {
    let script = "
        2026-04-02 09:00 Post returns solution
        2026-07-15 09:00 Time passes";
    let way = way_after("l11_text_bounced_after_lapse", &[PROPOSED, script]);
    assert_eq!(way, (ExitGround::Lapse, true));
}

#[test]
fn l11_a_text_that_comes_back_after_no_agreement_was_declared_takes_the_end_away() {
    let script = "
        2026-03-12 09:00 Anna disagrees
        2026-03-13 09:00 Post returns solution";
    let way = way_after("l11_text_bounced_after_declared", &[PROPOSED, script]);
    assert_eq!(way, (ExitGround::NoAgreement, true));
}

#[test]
fn l11_a_text_that_comes_back_after_the_way_ran_out_reverses_the_closing() {
    let script = "
        2026-07-01 09:00 Time passes";
    let played = tell("l11_way_ran_out", "livp", &[PROPOSED, script]);
    assert_eq!(played.outcome(), Some(Outcome::NotPursued));
    let returned = "
        2026-07-02 09:00 Post returns solution";
    let way = way_after(
        "l11_text_bounced_after_closing",
        &[PROPOSED, script, returned],
    );
    assert_eq!(way, (ExitGround::Lapse, true));
}
