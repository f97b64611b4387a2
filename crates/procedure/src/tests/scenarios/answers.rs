//! An answer to a reaction is given as a response is: it goes out, does not come back, and on paper is posted (B7, B9).

use super::{HEARD, RESPONDED, tell};
use crate::{
    command::Command,
    complaint::{LapsedTerm, LetterKey, LetterKind, Outcome, Party},
    deadline::{DeadlineKind, deadlines},
    tests::{
        cast::{local, text},
        script::{Played, play},
    },
};

const ON_PAPER: &str = "
    2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom on-paper
    2026-03-03 09:00 Anna takes
    2026-03-05 09:00 Anna notifies 1
    2026-03-09 10:00 Anna hears complainant
    2026-03-09 11:00 Anna hears respondent-1
    2026-03-16 12:00 Anna responds upheld
    2026-03-16 16:00 Ada posts response
    2026-03-20 09:00 Ada registers complainant asks by post arrived 2026-03-20 08:00
";

/// Whether the answer lapsed, and the appeal stands open without end.
fn has_lapsed(played: &Played) -> bool {
    let round = played.world.complaint.round();
    let is_endless = round
        .way
        .as_ref()
        .is_some_and(|way| way.announced.is_none());
    assert_eq!(round.lapsed.contains_key(&LapsedTerm::Reaction), is_endless);
    is_endless
}

#[test]
fn b09_a_new_response_that_is_never_posted_answers_nothing() {
    let script = "
        2026-03-24 09:00 Anna responds partly
        2026-04-07 09:00 Time passes";
    let played = tell("b09_unposted_answer", "blijf", &[ON_PAPER, script]);
    assert!(has_lapsed(&played));
    let posted = "
        2026-03-24 16:00 Ada posts response
        2026-04-07 09:00 Time passes";
    let (issued, _) = script.trim().split_once('\n').unwrap();
    let posted = play("blijf", &[ON_PAPER, issued, posted].concat());
    assert!(!has_lapsed(&posted));
}

#[test]
fn b09_an_answer_whose_notice_is_never_posted_answers_nothing() {
    let script = "
        2026-03-24 09:00 Anna answers
        2026-04-07 09:00 Time passes";
    let played = tell("b09_unposted_notice", "blijf", &[ON_PAPER, script]);
    assert!(has_lapsed(&played));
}

#[test]
fn b09_a_new_response_that_bounced_answers_nothing() {
    let script = "
        2026-03-20 09:00 Karin asks
        2026-04-02 09:00 Anna responds partly
        2026-04-02 12:00 Post returns response
        2026-05-22 09:00 Time passes";
    let played = tell("b09_bounced_answer", "blijf", &[HEARD, RESPONDED, script]);
    assert!(has_lapsed(&played));
}

#[test]
fn b09_an_answer_that_bounced_can_be_given_again() {
    let script = "
        2026-03-20 09:00 Karin asks
        2026-04-01 09:00 Anna answers";
    let mut world = play("blijf", &[HEARD, RESPONDED, script].concat()).world;
    let answer = world.complaint.round().response.as_ref().unwrap().answer;
    let letter = answer.unwrap();
    assert_eq!(letter.kind, LetterKind::ReactionAnswer);
    let from = Some(world.complaint.reach(Party::Complainant).best());
    let returned = Command::ReportUndelivered { letter, from };
    world.does("Ada", &returned).unwrap();
    let (due, _) = world.next_due().unwrap();
    let again = Command::AnswerReaction {
        text: text("Nogmaals."),
    };
    let given = {
        let mut world = play("blijf", &[HEARD, RESPONDED, script].concat()).world;
        world.does("Ada", &returned).unwrap();
        world.does("Anna", &again).unwrap();
        world.pass_until(local("2026-04-07", "09:00"));
        world
    };
    assert!(
        !given
            .complaint
            .round()
            .lapsed
            .contains_key(&LapsedTerm::Reaction)
    );
    world.pass_until(local("2026-04-07", "09:00").max(due));
    let round = world.complaint.round();
    assert!(round.lapsed.contains_key(&LapsedTerm::Reaction));
    assert_eq!(round.way.as_ref().unwrap().announced, None);
    let key = |one: &LetterKey| one.kind == LetterKind::WayNotice;
    assert!(world.complaint.deliveries.keys().any(key));
}

#[test]
fn b09_the_answer_itself_has_to_be_posted_too() {
    let script = "
        2026-03-24 09:00 Anna answers
        2026-03-24 16:00 Ada posts notice
        2026-06-01 09:00 Time passes";
    let played = tell("b09_answer_itself_unposted", "blijf", &[ON_PAPER, script]);
    assert!(has_lapsed(&played));
    assert_eq!(
        played.outcome(),
        None,
        "nobody is shut out by what was never posted"
    );
}

#[test]
fn b09_a_way_that_ran_out_on_an_answer_that_came_back_stands_open_again() {
    let script = "
        2026-03-20 09:00 Karin asks
        2026-03-24 09:00 Anna answers
        2026-04-23 09:00 Time passes";
    let mut world = play("blijf", &[HEARD, RESPONDED, script].concat()).world;
    let ended = world.complaint.closure.map(|closure| closure.outcome);
    assert_eq!(ended, Some(Outcome::NotPursued));
    let letter = world.complaint.round().response.as_ref().unwrap().answer;
    let letter = letter.unwrap();
    let returned = Command::ReportUndelivered { letter, from: None };
    world.does("Ada", &returned).unwrap();
    world.let_time_pass();
    let round = world.complaint.round();
    assert!(world.complaint.is_open());
    assert_eq!(round.way.as_ref().unwrap().announced, None);
}

#[test]
fn b09_who_speaks_again_at_the_instant_of_a_late_answer_is_owed_another() {
    let script = "
        2026-03-16 16:00 Karin asks
        2026-03-31 00:00 Anna answers
        2026-03-31 00:00 Karin asks";
    let played = play("blijf", &[HEARD, RESPONDED, script].concat());
    assert!(has_lapsed(&played));
    let world = &played.world;
    let due = deadlines(&world.policy, &world.facts.calendar, &world.complaint);
    let mut owed = due
        .iter()
        .filter(|one| matches!(one.kind, DeadlineKind::Reaction(_)));
    let owed = owed.next().map(|one| (one.due_on.to_string(), one.met_at));
    assert_eq!(owed, Some(("2026-04-14".to_owned(), None)));
}
