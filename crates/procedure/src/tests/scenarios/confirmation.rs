//! A confirmation of receipt by e-mail that comes back, and letters on which nothing rests that do.

use super::tell;
use crate::{
    actor::Actor,
    command::Command,
    complaint::LetterKind,
    letter::{Content, letters},
    tests::{
        cast::{local, member},
        script::play,
        world::World,
    },
};

#[test]
fn l03_a_confirmation_by_mail_that_bounces_is_none_until_it_goes_again() {
    let played = tell(
        "l03_confirmation_bounced",
        "livp",
        &["
        2026-03-02 10:00 Karin files
        2026-03-02 11:00 Ada assigns Anna
        2026-03-02 12:00 Post returns confirmation
        2026-03-02 13:00 Post returns confirmation
        2026-03-10 09:00 Time passes"],
    );
    let again = local("2026-03-10", "00:00");
    assert_eq!(played.world.complaint.acknowledged_at, Some(again));
    assert!(told_of(&played.world, LetterKind::HandlerNamed));
}

#[test]
fn l03_a_link_that_is_used_after_a_bounce_confirms_receipt() {
    let played = tell(
        "l03_confirmation_bounced_and_link_used",
        "livp",
        &["
        2026-03-02 10:00 Karin files unproved
        2026-03-02 11:00 Ada assigns Anna
        2026-03-02 12:00 Post returns confirmation
        2026-03-06 12:00 System link-used
        2026-03-20 09:00 Time passes"],
    );
    let used = local("2026-03-06", "12:00");
    assert_eq!(played.world.complaint.acknowledged_at, Some(used));
}

#[test]
fn l03_a_confirmation_that_went_out_to_an_address_nobody_proved_is_one() {
    let played = tell(
        "l03_confirmation_unproved",
        "livp",
        &["
        2026-03-02 10:00 Karin files unproved
        2026-03-02 11:00 Ada assigns Anna
        2026-03-20 09:00 Time passes"],
    );
    let named = local("2026-03-02", "11:00");
    assert_eq!(played.world.complaint.acknowledged_at, Some(named));
}

#[test]
fn l03_who_has_left_is_not_named_again() {
    let then = "
        2026-03-02 10:00 Karin files
        2026-03-02 11:00 Ada assigns Anna
        2026-03-02 12:00 Ada assigns Bram
        2026-03-02 13:00 Post returns confirmation
        2026-03-10 09:00 Time passes";
    let world = play("livp", then).world;
    let told = letters(&world.policy, &world.facts, &world.dossier, 1);
    let again = told
        .iter()
        .rfind(|one| one.key.kind == LetterKind::HandlerNamed);
    let Content::HandlerNamed { members, .. } = &again.unwrap().content else {
        panic!("{again:?}");
    };
    assert_eq!(*members, [member("Bram")]);
    assert!(again.unwrap().key.event > 3, "it went once more");
}

#[test]
fn a_letter_that_goes_once_more_promises_no_day_that_has_passed() {
    let then = "
        2026-03-02 10:00 Karin files
        2026-03-02 11:00 Ada assigns Anna
        2026-03-02 12:00 Post returns confirmation
        2026-03-10 09:00 Time passes";
    let world = play("livp", then).world;
    let told = letters(&world.policy, &world.facts, &world.dossier, 1);
    let promised: Vec<Vec<String>> = told
        .iter()
        .filter_map(|one| match &one.content {
            Content::HandlerNamed { terms, .. } => {
                Some(terms.iter().map(|term| term.on.to_string()).collect())
            }
            _ => None,
        })
        .collect();
    assert_eq!(
        promised,
        [vec!["2026-03-09", "2026-03-30"], vec!["2026-03-30"]]
    );
}

#[test]
fn l03_a_handler_who_stepped_back_is_not_named_once_more() {
    let played = tell(
        "l03_confirmation_of_nobody",
        "livp",
        &["
        2026-03-02 10:00 Karin files
        2026-03-02 11:00 Ada assigns Anna
        2026-03-02 12:00 Post returns confirmation
        2026-03-02 13:00 Anna recuses
        2026-03-12 09:00 Time passes
        2026-03-12 10:00 Ada assigns Bram"],
    );
    let named = local("2026-03-12", "10:00");
    assert_eq!(played.world.complaint.acknowledged_at, Some(named));
}

#[test]
fn l03_another_handler_after_a_bounce_is_another_confirmation() {
    let played = tell(
        "l03_confirmation_bounced_and_another_handler",
        "livp",
        &["
        2026-03-02 10:00 Karin files
        2026-03-02 11:00 Ada assigns Anna
        2026-03-02 12:00 Post returns confirmation
        2026-03-02 13:00 Ada assigns Bram
        2026-03-20 09:00 Time passes"],
    );
    let named = local("2026-03-02", "13:00");
    assert_eq!(played.world.complaint.acknowledged_at, Some(named));
}

#[test]
fn a_letter_on_which_nothing_rests_is_told_once_when_it_comes_back() {
    let played = tell(
        "letter_lost",
        "livp",
        &["
        2026-03-02 10:00 Karin files
        2026-03-02 11:00 Ada assigns Anna
        2026-03-02 12:00 Post returns assignment
        2026-03-02 13:00 Post returns assignment
        2026-03-20 09:00 Time passes"],
    );
    assert!(told_of(&played.world, LetterKind::Assignment));
}

/// Whether the administration heard that a letter of a kind came back, and nothing came of that letter's own loss.
fn told_of(world: &World, kind: LetterKind) -> bool {
    let told = letters(&world.policy, &world.facts, &world.dossier, 0);
    let mut lost = told.iter().filter(
        |one| matches!(&one.content, Content::Undelivered { letter, .. } if letter.kind == kind),
    );
    let (first, next) = (lost.next(), lost.next());
    let letter = first.expect("a letter about it").key;
    let mut world = world.clone();
    let version = world.complaint.version;
    let lost = Command::ReportUndelivered { letter, from: None };
    let heard = world.act(&Actor::Post, &lost, world.now);
    heard.is_ok() && next.is_none() && world.complaint.version == version
}
