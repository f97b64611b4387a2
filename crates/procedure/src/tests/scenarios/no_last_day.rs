//! What the complainant last has in writing: silence says nothing after a notice that there is no last day.

use chrono::{DateTime, Utc};

use super::tell;
use crate::{
    complaint::{ClockAct, Event, LapsedTerm, Outcome, Recorded, State},
    letter::{Content, letters, made_untrue},
    tests::{
        cast::{day, local},
        script::{Played, play},
    },
};

/// Both sides were heard, of whom one is reached on paper.
const HEARD_ON_PAPER: &str = "
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom on-paper
        2026-03-03 09:00 Anna takes
        2026-03-05 09:00 Anna notifies 1
        2026-03-05 10:00 Anna hears complainant
        2026-03-05 11:00 Anna hears respondent-1";

/// Adviser Anna's response, which nobody has registered as posted.
fn posted_late(rest: &str) -> String {
    format!(
        "{HEARD_ON_PAPER}
        2026-03-10 12:00 Anna responds upheld
        {rest}"
    )
}

fn closed_at(played: &Played) -> Option<DateTime<Utc>> {
    let closure = played.world.complaint.closure?;
    assert_eq!(closure.outcome, Outcome::TacitlyAccepted);
    Some(closure.at)
}

#[test]
fn b09_silence_says_nothing_once_the_complainant_has_it_in_writing_that_there_is_no_last_day() {
    let played = tell(
        "b09_no_last_day_told",
        "blijf",
        &[&posted_late(
            "
        2026-03-31 16:00 Ada posts notice
        2026-04-20 09:00 Ada posts response arrived 2026-03-11 12:00
        2026-05-20 09:00 Time passes",
        )],
    );
    assert_eq!(played.outcome(), None);
    assert_eq!(played.state(), State::AppealOpen);
    let untold = play(
        "blijf",
        &posted_late(
            "
        2026-04-20 09:00 Ada posts response arrived 2026-03-11 12:00
        2026-05-22 09:00 Time passes",
        ),
    );
    assert_eq!(closed_at(&untold), Some(local("2026-04-09", "00:00")));
}

#[test]
fn b09_a_new_response_announces_anew_what_silence_means() {
    let played = play(
        "blijf",
        &posted_late(
            "
        2026-03-31 16:00 Ada posts notice
        2026-04-20 09:00 Ada posts response arrived 2026-03-11 12:00
        2026-04-22 09:00 Anna responds upheld
        2026-04-22 12:00 Ada posts response
        2026-05-26 09:00 Time passes",
        ),
    );
    assert_eq!(closed_at(&played), Some(local("2026-05-21", "00:00")));
}

#[test]
fn b09_in_which_order_postings_are_registered_does_not_matter_to_silence() {
    for notice in ["2026-03-31 16:00", "2026-04-15 16:00"] {
        let rest = format!(
            "
        2026-04-20 09:00 Ada posts response arrived 2026-03-11 12:00
        2026-04-21 09:00 Ada posts notice arrived {notice}
        2026-06-26 09:00 Time passes"
        );
        let played = play("blijf", &posted_late(&rest));
        assert_eq!(closed_at(&played), None, "{notice}");
    }
}

#[test]
fn b09_a_notice_that_comes_back_takes_no_right_with_it() {
    let played = play(
        "blijf",
        &posted_late(
            "
        2026-03-31 16:00 Ada posts notice
        2026-04-20 09:00 Ada posts response arrived 2026-03-11 12:00
        2026-05-10 09:00 Ada returns notice
        2026-06-26 09:00 Time passes",
        ),
    );
    assert_eq!(closed_at(&played), None);
}

#[test]
fn b09_a_late_response_after_the_notice_gives_its_own_last_day() {
    let rest = "
        2026-03-31 16:00 Ada posts notice
        2026-04-10 12:00 Anna responds upheld
        2026-04-13 12:00 Ada posts response
        2026-05-30 09:00 Time passes";
    let played = play("blijf", &[HEARD_ON_PAPER, rest].concat());
    assert_eq!(closed_at(&played), Some(local("2026-05-12", "00:00")));
}

#[test]
fn b09_the_letter_of_the_reversal_gives_no_last_day_of_its_own() {
    let said = |rest: &str| {
        let played = play("blijf", &posted_late(rest));
        let world = &played.world;
        let told = letters(&world.policy, &world.facts, &world.dossier, 1);
        told.into_iter().find_map(|letter| match letter.content {
            Content::Reversal {
                holds,
                counts_earlier,
                ..
            } => Some((holds.len(), counts_earlier)),
            _ => None,
        })
    };
    let told = "
        2026-03-31 16:00 Ada posts notice
        2026-04-02 09:00 Ada posts response arrived 2026-03-11 12:00";
    assert_eq!(said(told), Some((0, false)));
    let untold = "
        2026-04-02 09:00 Ada posts response arrived 2026-03-11 12:00";
    assert_eq!(said(untold), Some((0, true)));
}

#[test]
fn b09_an_answer_and_its_notice_posted_in_time_keep_the_term_whenever_that_is_registered() {
    for (first, then) in [("answer", "notice-before"), ("notice-before", "answer")] {
        let rest = format!(
            "
        2026-03-23 09:00 Ada posts {first} arrived 2026-03-09 17:00
        2026-03-23 09:05 Ada posts {then} arrived 2026-03-09 17:00
        2026-03-24 09:00 Time passes"
        );
        let round = answered_late(&rest).world.complaint.round().clone();
        assert!(round.lapsed.is_empty(), "{first}: {:?}", round.lapsed);
        let way = round.way.expect("the way");
        assert_eq!(way.announced, Some(day("2026-04-07")), "{first}");
    }
}

#[test]
fn b09_what_lapses_again_at_once_is_not_undone() {
    let played = play(
        "blijf",
        &posted_late(
            "
        2026-04-06 09:00 Ada registers complainant asks by post arrived 2026-04-05 12:00
        2026-04-22 09:00 Ada posts response arrived 2026-03-11 12:00",
        ),
    );
    let undone = played
        .world
        .dossier
        .iter()
        .filter_map(|one| match one.event {
            Event::ClockReversed { what } => Some(what),
            _ => None,
        });
    let undone: Vec<_> = undone.collect();
    assert_eq!(undone, [ClockAct::Lapse(LapsedTerm::Resolution)]);
    let lapsed = played.world.complaint.round().lapsed.keys();
    assert_eq!(lapsed.collect::<Vec<_>>(), [&LapsedTerm::Reaction]);
}

/// An answer to a question, with the notice that an appeal is open, posted in time; and the notice of the lapse, posted after it.
fn answered_late(rest: &str) -> Played {
    let before = "
        2026-03-05 12:00 Anna responds upheld
        2026-03-05 13:00 Ada posts response
        2026-03-06 12:00 Karin asks
        2026-03-09 09:00 Anna answers";
    play("blijf", &[HEARD_ON_PAPER, before, rest].concat())
}

#[test]
fn b10_nothing_ends_on_a_day_that_a_later_letter_took_back() {
    for registered in ["2026-03-24", "2026-04-10"] {
        let rest = format!(
            "
        2026-03-23 09:00 Ada posts answer arrived 2026-03-09 17:00
        2026-03-23 09:05 Ada posts notice-before arrived 2026-03-09 17:00
        {registered} 09:00 Ada posts notice arrived 2026-03-21 17:00
        2026-06-01 09:00 Time passes"
        );
        assert_eq!(answered_late(&rest).outcome(), None, "{registered}");
    }
}

#[test]
fn b09_an_answer_without_its_notice_does_not_keep_the_term() {
    let played = answered_late(
        "
        2026-03-22 09:00 Ada posts notice arrived 2026-03-21 17:00
        2026-03-23 09:00 Ada posts answer arrived 2026-03-09 17:00",
    );
    let lapsed = played.world.complaint.round().lapsed.keys();
    assert_eq!(lapsed.collect::<Vec<_>>(), [&LapsedTerm::Reaction]);
}

#[test]
fn b09_of_two_letters_of_one_day_what_was_written_last_comes_last() {
    for (first, then) in [("response", "notice"), ("notice", "response")] {
        let posted = |(response, notice): (&str, &str)| {
            let rest = format!(
                "
        2026-04-01 09:00 Ada posts {first} arrived 2026-04-01 {response}
        2026-04-01 17:00 Ada posts {then} arrived 2026-04-01 {notice}
        2026-06-01 09:00 Time passes"
            );
            closed_at(&play("blijf", &posted_late(&rest)))
        };
        assert_eq!(posted(("08:00", "12:00")), None, "{first}");
        assert_eq!(posted(("08:00", "08:00")), None, "{first}");
    }
}

#[test]
fn what_is_void_is_reminded_of_no_more() {
    let played = play(
        "blijf",
        &posted_late(
            "
        2026-04-05 09:00 Ada posts response arrived 2026-03-11 12:00
        2026-04-07 09:00 Ada posts notice arrived 2026-04-04 12:00",
        ),
    );
    let (world, mut entries) = (&played.world, (0u32..).zip(&played.world.dossier));
    let is_reminder = |one: &(u32, &Recorded)| matches!(one.1.event, Event::Reminded { .. });
    let (reminder, _) = entries.find(is_reminder).expect("a reminder");
    let untrue = made_untrue(&world.policy, &world.facts.calendar, &world.dossier, 1);
    assert!(untrue.iter().any(|one| one.event == reminder), "{untrue:?}");
}

#[test]
fn b09_an_objection_in_time_keeps_the_term_though_the_answer_goes_out_again() {
    for registered in ["2026-03-16 09:00", "2026-03-26 09:00"] {
        let rest = format!(
            "
        2026-03-10 09:00 Ada posts answer
        2026-03-10 09:05 Ada posts notice
        2026-03-14 09:00 Ada returns answer
        {registered} Ada registers complainant objects by post arrived 2026-03-15 12:00
        2026-03-27 09:00 Ada posts answer
        2026-03-30 09:00 Time passes"
        );
        let round = answered_late(&rest).world.complaint.round().clone();
        assert!(round.lapsed.is_empty(), "{registered}: {:?}", round.lapsed);
    }
}
