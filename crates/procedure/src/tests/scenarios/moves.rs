//! A party is reached elsewhere by now: what waits, what had come back, and what an address that was left proves no more.

use super::{HEARD, HEARD_WITH_BOTH, RESPONDED, letter_of, tell};
use crate::{
    command::Command,
    complaint::{Address, Event, LetterKind, Outcome, Party, Recipient, Recorded},
    letter::{Via, letters},
    refusal::RefusalCode,
    tests::{
        cast::{local, member, text},
        script::play,
    },
};

#[test]
fn b09_a_letter_that_came_back_goes_to_an_address_that_is_found_in_that_week() {
    let played = tell(
        "b09_address_found",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-16 15:00 Post returns response
        2026-03-18 09:00 Ada moves complainant email
        2026-03-18 10:00 Time passes
        2026-03-19 08:00 System link-used
        2026-05-05 09:00 Time passes",
        ],
    );
    let response = letter_of(&played.world.complaint, LetterKind::Response);
    assert_eq!(response.counts_from(), Some(local("2026-03-19", "08:00")));
    assert_eq!(response.sent_again_at, None, "no second attempt");
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
}

#[test]
fn b09_a_new_mailbox_has_to_be_proved_and_fails_as_the_first_did() {
    let played = tell(
        "b09_address_found_and_unproved",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-16 15:00 Post returns response
        2026-03-18 09:00 Ada moves complainant email
        2026-04-20 09:00 Time passes",
        ],
    );
    let response = letter_of(&played.world.complaint, LetterKind::Response);
    assert!(!played.world.complaint.complainant.is_verified);
    assert!(response.sent_again_at > Some(local("2026-03-30", "00:00")));
}

#[test]
fn a_postal_address_that_is_found_is_tried_and_the_mailbox_is_not_tried_again() {
    let played = tell(
        "post_found",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-16 15:00 Post returns response
        2026-03-18 09:00 Ada moves complainant post
        2026-03-18 10:00 Time passes
        2026-03-18 16:00 Ada posts response
        2026-03-20 09:00 Karin objects",
        ],
    );
    let response = letter_of(&played.world.complaint, LetterKind::Response);
    assert_eq!(response.counts_from(), Some(local("2026-03-18", "16:00")));
    let notice = letter_of(&played.world.complaint, LetterKind::WayNotice);
    assert!(notice.is_paper(), "later letters go there as well");
}

#[test]
fn a_letter_that_nobody_posted_goes_to_the_address_that_is_known_now() {
    let played = tell(
        "moved_before_posting",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom on-paper
        2026-03-03 09:00 Anna takes
        2026-03-05 09:00 Anna notifies 1
        2026-03-09 10:00 Anna hears complainant
        2026-03-09 11:00 Anna hears respondent-1
        2026-03-16 12:00 Anna responds upheld
        2026-03-17 09:00 Ada moves complainant email
        2026-03-17 10:00 Time passes"],
    );
    let response = letter_of(&played.world.complaint, LetterKind::Response);
    assert!(!response.is_paper() && response.sent_at.is_some());
    assert_eq!(response.issued_at(), Some(local("2026-03-17", "09:00")));
    assert_eq!(response.redirected, None, "it had gone nowhere yet");
}

#[test]
fn b09_a_link_proves_no_letter_that_went_to_a_mailbox_that_was_left() {
    let played = tell(
        "b09_left_mailbox_is_not_proved",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom unproved
        2026-03-03 09:00 Anna takes
        2026-03-05 09:00 Anna notifies 1
        2026-03-09 10:00 Anna hears complainant
        2026-03-09 11:00 Anna hears respondent-1
        2026-03-16 12:00 Anna responds upheld
        2026-03-17 09:00 Ada moves complainant email
        2026-03-17 10:00 System link-used"],
    );
    let response = letter_of(&played.world.complaint, LetterKind::Response);
    assert!(
        response.redirected.is_some(),
        "it went to the mailbox that was proved"
    );
    assert_eq!(response.counts_from(), Some(local("2026-03-17", "10:00")));
}

#[test]
fn b09_a_mailbox_that_failed_is_not_tried_because_the_house_is_another() {
    let played = tell(
        "b09_other_house",
        "blijf",
        &[
            HEARD_WITH_BOTH,
            "
        2026-03-16 12:00 Anna responds upheld
        2026-03-16 13:00 Ada moves complainant other-post
        2026-03-16 14:00 Post returns response
        2026-03-17 16:00 Ada posts response",
        ],
    );
    let complaint = &played.world.complaint;
    assert!(complaint.complainant.is_verified, "the mailbox is the same");
    let response = letter_of(complaint, LetterKind::Response);
    assert_eq!(response.counts_from(), Some(local("2026-03-17", "16:00")));
}

#[test]
fn a_letter_in_its_envelope_stays_there_when_only_the_dead_mailbox_is_dropped() {
    let played = tell(
        "dead_mailbox_dropped",
        "blijf",
        &[
            HEARD_WITH_BOTH,
            "
        2026-03-16 12:00 Anna responds upheld
        2026-03-16 13:00 Post returns response
        2026-03-17 09:00 Ada moves complainant only-post
        2026-03-17 16:00 Ada posts response
        2026-03-20 10:00 Ada returns response
        2026-03-26 09:00 Time passes",
        ],
    );
    let redirected = |one: &&Recorded| matches!(one.event, Event::LetterRedirected { .. });
    assert_eq!(played.world.dossier.iter().filter(redirected).count(), 1);
    let response = letter_of(&played.world.complaint, LetterKind::Response);
    assert_eq!(
        response.counts_from(),
        None,
        "and every address has failed only now"
    );
}

#[test]
fn l09_what_time_wrote_unseen_goes_where_letters_go_now() {
    let script = "
        2026-03-02 10:00 Karin files
        2026-03-02 11:00 Ada assigns Anna";
    let mut world = play("livp", script).world;
    world.has_worker = false;
    world.pass_until(local("2026-04-02", "09:00"));
    let address = Address::Postal(text("Elders 2"));
    let party = Party::Complainant;
    let first_new = world.dossier.len();
    world
        .does("Ada", &Command::RecordAddress { party, address })
        .unwrap();
    let notice = letter_of(&world.complaint, LetterKind::WayNotice);
    assert!(notice.is_paper());
    let told = letters(&world.policy, &world.facts, &world.dossier, first_new);
    let theirs = |one: &&crate::letter::Letter| {
        one.key.kind == LetterKind::WayNotice && one.key.to == Recipient::Party(party)
    };
    let notice = told.iter().find(theirs).expect("it is written");
    assert_eq!(notice.via, Via::Print);
}

#[test]
fn l03_receipt_that_was_confirmed_stays_so_when_the_complainant_moves() {
    let played = tell(
        "l03_confirmed_and_moved",
        "livp",
        &["
        2026-03-02 10:00 Karin files unproved
        2026-03-02 11:00 Ada assigns Anna
        2026-03-20 09:00 Ada moves complainant post
        2026-03-20 10:00 Time passes"],
    );
    let named = local("2026-03-02", "11:00");
    assert_eq!(played.world.complaint.acknowledged_at, Some(named));
}

#[test]
fn the_second_attempt_of_a_mail_whose_mailbox_was_dropped_is_posted() {
    let played = tell(
        "second_attempt_on_paper",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom also-at-post
        2026-03-02 11:00 Post returns confirmation
        2026-03-02 12:00 Ada posts confirmation
        2026-03-03 08:00 Ada returns confirmation
        2026-03-03 09:00 Anna takes
        2026-03-05 09:00 Anna notifies 1
        2026-03-09 10:00 Anna hears complainant
        2026-03-09 11:00 Anna hears respondent-1
        2026-03-16 12:00 Anna responds upheld
        2026-03-16 13:00 Post returns response
        2026-03-17 09:00 Ada moves complainant only-post
        2026-03-25 09:00 Time passes"],
    );
    let response = letter_of(&played.world.complaint, LetterKind::Response);
    assert!(response.waits_for_posting(), "{response:?}");
    assert_eq!(response.counts_from(), None);
}

#[test]
fn nobody_is_given_the_mailbox_of_another_party_nor_a_member_an_address() {
    let script = "
        2026-03-02 10:00 Karin files
        2026-03-02 11:00 Ada assigns Anna
        2026-03-03 09:00 Anna notifies Robin
        2026-03-03 10:00 Anna notifies Tom";
    let mut world = play("livp", script).world;
    let robins = Address::Email(text("Robin@beklaagde.example"));
    for (party, address, code) in [
        (Party::Complainant, robins, RefusalCode::ConflictOfInterest),
        (
            Party::Respondent(2),
            Address::Postal(text("Elders 2")),
            RefusalCode::UnknownParty,
        ),
    ] {
        let refused = world.does("Ada", &Command::RecordAddress { party, address });
        assert_eq!(refused.map_err(|refusal| refusal.reason.code()), Err(code));
    }
}

#[test]
fn l03_receipt_is_not_confirmed_by_what_waits_on_paper_since_the_mailbox_was_left() {
    let mut world = play("livp", "2026-03-02 10:00 Karin files").world;
    let member = member("Anna");
    world
        .does(
            "Ada",
            &Command::AssignDecider {
                member,
                reason: None,
            },
        )
        .unwrap();
    assert!(world.complaint.acknowledged_at.is_some());
    let (party, address) = (Party::Complainant, Address::Postal(text("Elders 2")));
    world
        .does("Ada", &Command::RecordAddress { party, address })
        .unwrap();
    assert_eq!(world.complaint.acknowledged_at, None);
}

#[test]
fn what_was_posted_before_a_move_failed_only_there() {
    let played = tell(
        "posted_before_the_move",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom on-paper
        2026-03-03 09:00 Anna takes
        2026-03-04 09:00 Anna notifies 1
        2026-03-05 10:00 Anna hears complainant
        2026-03-05 11:00 Anna hears respondent-1
        2026-03-05 12:00 Anna responds upheld
        2026-03-09 09:00 Ada moves complainant post
        2026-03-10 09:00 Ada posts response arrived 2026-03-06 16:00
        2026-03-12 09:00 Ada returns response
        2026-03-12 10:00 Ada posts response"],
    );
    let response = letter_of(&played.world.complaint, LetterKind::Response);
    assert_eq!(response.counts_from(), Some(local("2026-03-12", "10:00")));
    assert_eq!(
        response.sent_again_at, None,
        "it is the first attempt there"
    );
}
