//! Every known address fails before the second attempt counts (rule of reading 4): post after e-mail.

use super::{HEARD_WITH_BOTH, letter_of, tell};
use crate::{
    command::Command,
    complaint::{Event, LetterKey, LetterKind, Outcome, Party, Recipient, Recorded, State},
    letter::{Content, Retry, Via, letters},
    refusal::Reason,
    tests::{
        cast::{local, text},
        script::play,
    },
};

#[test]
fn b09_a_response_that_bounced_goes_on_paper_at_once_and_counts_when_posted() {
    let played = tell(
        "b09_bounced_then_on_paper",
        "blijf",
        &[
            HEARD_WITH_BOTH,
            "
        2026-03-16 12:00 Anna responds upheld
        2026-03-16 13:00 Post returns response
        2026-03-16 14:00 Time passes
        2026-03-17 16:00 Ada posts response
        2026-05-05 09:00 Time passes",
        ],
    );
    let response = letter_of(&played.world.complaint, LetterKind::Response);
    assert_eq!(response.counts_from(), Some(local("2026-03-17", "16:00")));
    assert_eq!(response.sent_again_at, None, "no second attempt");
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
}

#[test]
fn b07_a_response_that_bounced_is_given_when_it_is_posted() {
    let played = tell(
        "b07_bounced_then_posted_too_late",
        "blijf",
        &[
            HEARD_WITH_BOTH,
            "
        2026-03-30 09:00 Anna responds upheld
        2026-03-30 10:00 Post returns response
        2026-03-30 11:00 Time passes
        2026-03-31 16:00 Ada posts response",
        ],
    );
    assert_eq!(played.state(), State::AwaitingComplainant);
    assert_eq!(played.world.complaint.round().lapsed.len(), 1);
}

#[test]
fn the_second_attempt_counts_only_when_post_failed_as_well() {
    let played = tell(
        "post_failed_as_well",
        "blijf",
        &[
            HEARD_WITH_BOTH,
            "
        2026-03-16 12:00 Anna responds upheld
        2026-03-16 13:00 Post returns response
        2026-03-16 14:00 Time passes
        2026-03-17 16:00 Ada posts response
        2026-03-20 10:00 Ada returns response
        2026-03-27 09:00 Time passes
        2026-03-30 09:00 Ada posts response
        2026-05-25 09:00 Time passes",
        ],
    );
    let response = letter_of(&played.world.complaint, LetterKind::Response);
    assert_eq!(response.counts_from(), Some(local("2026-03-30", "09:00")));
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
}

#[test]
fn mail_to_an_unproved_address_that_failed_goes_on_paper() {
    let played = tell(
        "unproved_then_on_paper",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom also-at-post unproved
        2026-03-03 09:00 Anna takes
        2026-03-05 09:00 Anna notifies 1
        2026-03-09 10:00 Anna hears complainant
        2026-03-09 11:00 Anna hears respondent-1
        2026-03-16 12:00 Anna responds upheld
        2026-03-23 09:00 Time passes
        2026-03-23 10:00 Post returns first-response
        2026-03-24 09:00 Ada posts response"],
    );
    let response = letter_of(&played.world.complaint, LetterKind::Response);
    assert!(response.is_paper());
    assert_eq!(response.counts_from(), Some(local("2026-03-24", "09:00")));
}

#[test]
fn l03_a_confirmation_that_bounced_confirms_receipt_once_it_is_posted() {
    let played = tell(
        "l03_confirmation_bounced_then_posted",
        "livp",
        &["
        2026-03-02 10:00 Karin files also-at-post
        2026-03-02 11:00 Ada assigns Anna
        2026-03-02 12:00 Post returns confirmation
        2026-03-02 13:00 Time passes
        2026-03-03 15:00 Ada posts confirmation
        2026-03-20 09:00 Time passes"],
    );
    let posted = local("2026-03-03", "15:00");
    assert_eq!(played.world.complaint.acknowledged_at, Some(posted));
}

#[test]
fn a_mailbox_that_proves_to_work_is_tried_when_post_comes_back() {
    let played = tell(
        "mailbox_works_after_all",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom also-at-post unproved
        2026-03-03 09:00 Anna takes
        2026-03-05 09:00 Anna notifies 1
        2026-03-09 10:00 Anna hears complainant
        2026-03-09 11:00 Anna hears respondent-1
        2026-03-16 12:00 Anna responds upheld
        2026-03-23 09:00 Ada posts response
        2026-03-24 09:00 System link-used
        2026-03-25 09:00 Ada returns response"],
    );
    let response = letter_of(&played.world.complaint, LetterKind::Response);
    assert!(!response.is_paper());
    assert_eq!(response.counts_from(), Some(local("2026-03-25", "09:00")));
}

#[test]
fn b10_a_copy_of_a_response_asks_nothing_of_who_has_objected() {
    let played = tell(
        "b10_copy_after_objection",
        "blijf",
        &[
            HEARD_WITH_BOTH,
            "
        2026-03-16 12:00 Anna responds upheld
        2026-03-16 13:00 Karin objects
        2026-03-20 09:00 Post returns response",
        ],
    );
    let world = &played.world;
    let told = letters(&world.policy, &world.facts, &world.dossier, 1);
    let mut copies = told.iter().filter_map(|one| match one.content {
        Content::Response { is_answered, .. } if one.via == Via::Print => Some(is_answered),
        _ => None,
    });
    assert_eq!(copies.next_back(), Some(true));
}

#[test]
fn what_comes_back_unfollowed_sends_later_letters_elsewhere() {
    let played = tell(
        "unfollowed_letter_lost",
        "livp",
        &["
        2026-03-02 10:00 Karin files also-at-post
        2026-03-02 11:00 Ada assigns Anna
        2026-03-03 09:00 Anna notifies Robin
        2026-03-03 10:00 Ada moves respondent-1 both"],
    );
    let mut world = played.world;
    for (party, kind) in [
        (Party::Complainant, LetterKind::Extension),
        (Party::Respondent(1), LetterKind::AddressRecorded),
    ] {
        let event = world.complaint.version - 1;
        let letter = LetterKey {
            event,
            kind,
            to: Recipient::Party(party),
        };
        let from = world.complaint.reach(party).best();
        assert!(!from.is_paper());
        let from = Some(from);
        world
            .does("Ada", &Command::ReportUndelivered { letter, from })
            .unwrap();
        assert!(world.complaint.reach(party).best().is_paper(), "{party}");
    }
}

#[test]
fn the_administration_hears_where_a_letter_goes_and_the_party_that_letters_go_elsewhere() {
    let played = tell(
        "told_of_addresses",
        "blijf",
        &[
            HEARD_WITH_BOTH,
            "
        2026-03-10 09:00 Anna notifies Robin
        2026-03-10 11:00 Anna hears respondent-2
        2026-03-16 12:00 Anna responds upheld
        2026-03-16 13:00 Post returns response
        2026-03-16 14:00 Time passes
        2026-03-17 10:00 Ada moves respondent-2 post
        2026-03-17 11:00 Ada moves complainant email",
        ],
    );
    let world = &played.world;
    let told = letters(&world.policy, &world.facts, &world.dossier, 1);
    let elsewhere = |one: &&crate::letter::Letter| {
        matches!(
            one.content,
            Content::Undelivered {
                retry: Retry::ElsewhereOnPaper,
                ..
            }
        )
    };
    assert!(told.iter().any(|one| elsewhere(&one)), "{told:?}");
    let via = |party| {
        let kind = LetterKind::AddressRecorded;
        let to = Recipient::Party(party);
        let letter = told
            .iter()
            .find(|one| one.key.kind == kind && one.key.to == to);
        letter.map(|one| one.via)
    };
    assert_eq!(via(Party::Complainant), Some(Via::Mail));
    assert_eq!(via(Party::Respondent(2)), Some(Via::Print));
}

#[test]
fn an_invitation_that_came_back_goes_elsewhere_while_its_hour_is_to_come() {
    let goes_again = |returned: &str, invited_anew: bool| {
        let script = "
        2026-03-02 10:00 Karin files also-at-post
        2026-03-03 09:00 Anna takes";
        let mut world = play("blijf", script).world;
        let invited = |on| Command::InviteToHearing {
            party: Party::Complainant,
            on,
            place: text("Kamer 3"),
        };
        world
            .does("Anna", &invited(local("2026-03-10", "14:00")))
            .unwrap();
        let letter = LetterKey {
            event: world.complaint.version - 1,
            kind: LetterKind::HearingInvitation,
            to: Recipient::Party(Party::Complainant),
        };
        if invited_anew {
            let later = invited(local("2026-03-11", "14:00"));
            world.does("Anna", &later).unwrap();
        }
        let from = Some(world.complaint.reach(Party::Complainant).best());
        world.pass_until(local(returned, "09:00"));
        let first_new = world.dossier.len();
        world
            .does("Ada", &Command::ReportUndelivered { letter, from })
            .unwrap();
        world.let_time_pass();
        let told = letters(&world.policy, &world.facts, &world.dossier, first_new);
        let kind = LetterKind::HearingInvitation;
        let again = told.into_iter().find(|one| one.key.kind == kind);
        again.map(|one| one.via)
    };
    assert_eq!(goes_again("2026-03-09", false), Some(Via::Print));
    assert_eq!(goes_again("2026-03-11", false), None, "its hour has passed");
    assert_eq!(goes_again("2026-03-09", true), None, "another hour holds");
}

#[test]
fn what_came_back_from_an_address_that_was_left_makes_no_other_one_fail() {
    let script = "
        2026-03-02 10:00 Karin files also-at-post
        2026-03-03 09:00 Anna takes";
    let mut world = play("blijf", script).world;
    let letter = LetterKey {
        event: world.complaint.version - 1,
        kind: LetterKind::AddressRecorded,
        to: Recipient::Party(Party::Complainant),
    };
    let before = world.complaint.reach(Party::Complainant);
    let from_nowhere_known = Command::ReportUndelivered { letter, from: None };
    world.does("Ada", &from_nowhere_known).unwrap();
    assert_eq!(world.complaint.reach(Party::Complainant), before);
}

#[test]
fn of_a_copy_that_two_others_have_followed_the_dossier_hears_nothing_more() {
    let played = tell(
        "middle_copy_lost",
        "blijf",
        &[
            HEARD_WITH_BOTH,
            "
        2026-03-16 12:00 Anna responds upheld
        2026-03-16 13:00 Post returns response
        2026-03-16 14:00 Ada posts response
        2026-03-16 15:00 Post returns response
        2026-03-17 10:00 Ada moves complainant email
        2026-03-17 11:00 Time passes",
        ],
    );
    let mut world = played.world;
    let response = |one: &&LetterKey| one.kind == LetterKind::Response;
    let mut followed = world.complaint.deliveries.keys();
    let first = *followed.find(response).unwrap();
    let sent = |one: &Recorded| matches!(one.event, Event::LetterRedirected { .. });
    let middle = world.dossier.iter().position(sent).unwrap();
    let event = u32::try_from(middle).unwrap();
    let middle = LetterKey { event, ..first };
    assert_ne!(world.complaint.last_copy(first), middle);
    let back = Command::ReportUndelivered {
        letter: middle,
        from: None,
    };
    let refused = world.does("Ada", &back).unwrap_err();
    assert_eq!(refused.reason, Reason::AlreadyDone);
}
