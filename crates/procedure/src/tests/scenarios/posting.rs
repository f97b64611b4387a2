//! Letters on paper: they count from their posting, wait with alerts, and are printed once more.

use super::{CONFIRMED_ON_PAPER, HEARD, RESPONDED, tell};
use crate::{
    complaint::{Event, LetterKind, Outcome, State},
    deadline::DeadlineKind,
    letter::{Content, letters, stated_for_appeal, stated_for_reaction},
    tests::{cast::day, script::play},
};

#[test]
fn paper_counts_from_its_posting_and_waits_with_alerts() {
    tell(
        "paper_not_posted",
        "blijf",
        &[
            CONFIRMED_ON_PAPER,
            "
        2026-03-10 12:00 Anna responds upheld
        2026-03-20 09:00 Ada posts response
        2026-03-20 10:00 Ada posts response
        2026-03-24 09:00 Ada returns response
        2026-04-02 09:00 Time passes",
        ],
    );
}

/// The response on paper came back on 24 March, and is printed again a week later.
const CAME_BACK: &str = "
        2026-03-10 12:00 Anna responds upheld
        2026-03-12 09:00 Ada posts response
        2026-03-24 09:00 Ada returns response
";

#[test]
fn on_paper_the_second_attempt_counts_once_it_is_posted() {
    let played = tell(
        "paper_posted_again",
        "blijf",
        &[
            CONFIRMED_ON_PAPER,
            CAME_BACK,
            "
        2026-03-25 09:00 Ada posts response
        2026-04-20 09:00 Ada posts response
        2026-04-20 10:00 Ada posts response
        2026-04-24 09:00 Ada returns response
        2026-05-30 09:00 Time passes",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
}

#[test]
fn the_last_day_that_was_announced_is_that_of_the_latest_letter() {
    let stated = |then: &str| {
        let world = play("blijf", &[CONFIRMED_ON_PAPER, CAME_BACK, then].concat()).world;
        let (calendar, complaint) = (&world.facts.calendar, &world.complaint);
        stated_for_reaction(&world.policy, calendar, complaint, complaint.round())
    };
    assert_eq!(stated(""), Some(day("2026-04-07")));
    let printed_again = "2026-04-01 09:00 Time passes";
    assert_eq!(stated(printed_again), Some(day("2026-04-29")));
    let posted_later = "2026-04-20 09:00 Ada posts response";
    assert_eq!(
        stated(posted_later),
        Some(day("2026-04-29")),
        "as the paper says"
    );
    let by_notice = "
        2026-04-10 09:00 Karin objects
        2026-04-20 09:00 Post returns notice
        2026-04-29 09:00 Time passes";
    let world = play("blijf", &[HEARD, RESPONDED, by_notice].concat()).world;
    let (calendar, complaint) = (&world.facts.calendar, &world.complaint);
    let appeal = stated_for_appeal(&world.policy, calendar, complaint, complaint.round());
    let way = complaint.round().way.as_ref();
    let first = way.and_then(|way| way.announced);
    assert_eq!(first, Some(day("2026-05-08")));
    assert_eq!(appeal, Some(day("2026-05-26")));
}

#[test]
fn an_alert_of_post_says_which_letters_wait() {
    let played = tell(
        "paper_alerts",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom on-paper
        2026-03-03 09:00 Anna takes
        2026-03-05 09:00 Anna notifies 1
        2026-03-05 10:00 Anna hears complainant
        2026-03-05 11:00 Anna hears respondent-1
        2026-03-06 12:00 Anna responds upheld
        2026-03-12 09:00 Time passes"],
    );
    let world = &played.world;
    let told = letters(&world.policy, &world.facts, &world.dossier, 1);
    let waiting = told.into_iter().find_map(|letter| match letter.content {
        Content::OverdueAlert { term, letters, .. } if term.kind == DeadlineKind::Posting => {
            Some(letters)
        }
        _ => None,
    });
    let kinds: Vec<_> = waiting.iter().flatten().map(|letter| letter.kind).collect();
    assert_eq!(kinds, [LetterKind::Confirmation, LetterKind::Response]);
}

#[test]
fn on_paper_the_second_attempt_waits_with_alerts_until_it_is_posted() {
    let played = tell(
        "paper_not_posted_again",
        "blijf",
        &[
            CONFIRMED_ON_PAPER,
            CAME_BACK,
            "
        2026-04-22 09:00 Time passes
        2026-04-22 10:00 Ada posts response arrived 2026-03-31 09:00
        2026-04-22 11:00 Ada posts response arrived 2026-04-02 09:00",
        ],
    );
    let complaint = &played.world.complaint;
    let delivery = complaint.deliveries[&complaint.round().responses[0]];
    let posted = crate::tests::cast::local("2026-04-02", "09:00");
    assert_eq!(delivery.counts_from(), Some(posted));
}

#[test]
fn the_later_of_announced_and_derived_holds() {
    let played = tell(
        "later_of_announced_and_derived",
        "blijf",
        &[
            CONFIRMED_ON_PAPER,
            "
        2026-03-10 12:00 Anna responds upheld
        2026-03-12 09:00 Ada posts response
        2026-04-09 23:59:59 Karin objects",
        ],
    );
    assert_eq!(played.state(), State::AppealOpen);
}

#[test]
fn l03_a_confirmation_on_paper_counts_once_it_is_posted() {
    let played = tell(
        "l03_confirmation_on_paper",
        "livp",
        &["
        2026-03-02 10:00 Karin files on-paper
        2026-03-03 09:00 Ada assigns Anna
        2026-03-05 09:00 Ada posts confirmation arrived 2026-03-03 23:00
        2026-03-05 10:00 Ada posts confirmation"],
    );
    let posted = crate::tests::cast::local("2026-03-03", "23:00");
    assert_eq!(played.world.complaint.acknowledged_at, Some(posted));
}

#[test]
fn l03_a_confirmation_on_paper_that_nobody_posts_is_none() {
    let played = tell(
        "l03_confirmation_not_posted",
        "livp",
        &["
        2026-03-02 10:00 Karin files on-paper
        2026-03-03 09:00 Ada assigns Anna
        2026-03-12 09:00 Time passes"],
    );
    assert_eq!(played.world.complaint.acknowledged_at, None);
}

#[test]
fn l03_another_handler_before_the_posting_is_another_confirmation() {
    let played = tell(
        "l03_confirmation_of_another_handler",
        "livp",
        &["
        2026-03-02 10:00 Karin files on-paper
        2026-03-03 09:00 Ada assigns Anna
        2026-03-03 10:00 Ada assigns Bram
        2026-03-03 11:00 Ada posts confirmation
        2026-03-12 09:00 Time passes"],
    );
    assert_eq!(played.world.complaint.confirmations.len(), 2);
}

#[test]
fn l03_a_confirmation_on_paper_that_comes_back_is_none_until_it_is_posted_again() {
    let played = tell(
        "l03_confirmation_came_back",
        "livp",
        &["
        2026-03-02 10:00 Karin files on-paper
        2026-03-03 09:00 Ada assigns Anna
        2026-03-03 11:00 Ada posts confirmation
        2026-03-05 09:00 Ada returns confirmation
        2026-03-16 09:00 Ada posts confirmation"],
    );
    let again = crate::tests::cast::local("2026-03-16", "09:00");
    assert_eq!(played.world.complaint.acknowledged_at, Some(again));
}

#[test]
fn b04_a_confirmation_on_paper_counts_once_it_is_posted_also_where_no_article_asks_for_it() {
    let played = tell(
        "b04_confirmation_on_paper",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 on-paper
        2026-03-11 09:00 Ada posts confirmation"],
    );
    let posted = crate::tests::cast::local("2026-03-11", "09:00");
    assert_eq!(played.world.complaint.acknowledged_at, Some(posted));
}

#[test]
fn a_day_that_brings_all_who_decide_writes_one_confirmation_on_paper_in_the_name_of_all() {
    let played = tell(
        "confirmation_by_a_day",
        "named-committee",
        &["
        2026-03-02 10:00 Karin files on-paper
        2026-03-02 11:00 Leave Cora 2026-03-03 2026-03-10
        2026-03-02 12:00 Leave Carl 2026-03-03 2026-03-10
        2026-03-11 09:00 Ada posts confirmation"],
    );
    let world = &played.world;
    let (first, last) = match world.complaint.confirmations[..] {
        [first, last] => (first.letter, last.letter),
        ref other => panic!("{other:?}"),
    };
    assert_eq!(first.event, 0, "whoever held the office was named at once");
    let is_appointment = |one: &&crate::complaint::Recorded| {
        matches!(one.event, Event::Assigned { .. }) && one.at == world.complaint.confirmations[1].at
    };
    let day = world
        .dossier
        .iter()
        .position(|one| is_appointment(&one))
        .unwrap();
    let written = letters(&world.policy, &world.facts, &world.dossier, day);
    assert!(written.iter().any(|letter| letter.key == last), "{last}");
}

/// The manager's decision of 24 March closed it, and goes on paper.
const DECIDED_ON_PAPER: &str = "
        2026-03-10 12:00 Anna responds upheld
        2026-03-12 09:00 Ada posts response
        2026-03-20 09:00 Karin appeals
        2026-03-23 10:00 Mila hears complainant
        2026-03-23 11:00 Mila hears respondent-1
        2026-03-24 09:00 Mila decides upheld
        2026-03-24 10:00 Mila classifies content
        2026-03-24 11:00 Mila measures none
";

#[test]
fn b12_a_final_decision_on_paper_is_chased_until_it_is_posted_and_posted_again_when_it_came_back() {
    let played = tell(
        "b12_decision_on_paper",
        "blijf",
        &[
            CONFIRMED_ON_PAPER,
            DECIDED_ON_PAPER,
            "
        2026-04-10 09:00 Ada posts decision
        2026-04-14 09:00 Ada returns decision
        2026-05-01 09:00 Ada posts decision
        2026-06-01 09:00 Time passes",
        ],
    );
    let complaint = &played.world.complaint;
    assert_eq!(played.outcome(), Some(Outcome::Decided));
    let posted = crate::tests::cast::local("2026-05-01", "09:00");
    let (letter, decision) = complaint.deliveries.last_key_value().unwrap();
    assert_eq!(letter.kind, LetterKind::Decision);
    assert_eq!(decision.counts_from(), Some(posted));
}
