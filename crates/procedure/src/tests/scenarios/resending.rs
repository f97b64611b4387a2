//! What came back goes out once more by hand, before time would send it.

use super::{HEARD, RESPONDED, play, tell};
use crate::{
    actor::By,
    command::{Command, CommandKind},
    complaint::{Event, Outcome, Party, Recipient},
    decide::actions,
    letter::letters,
    refusal::Reason,
    tests::cast::{actor, local},
};

const CAME_BACK: &str = "
        2026-03-20 09:00 Post returns response";

#[test]
fn by_email_the_second_attempt_counts_from_when_somebody_made_it_and_time_makes_none() {
    let played = tell(
        "resent_by_email",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-17 09:00 Ada resends response",
            CAME_BACK,
            "
        2026-03-23 08:00 Anna resends response
        2026-03-23 09:00 Ada resends response
        2026-03-23 10:00 Ada resends response
        2026-03-24 09:00 Post returns response
        2026-05-30 09:00 Time passes",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
    let again = played
        .world
        .dossier
        .iter()
        .filter(|one| matches!(one.event, Event::LetterSentAgain { .. }));
    let again: Vec<_> = again.map(|one| (one.at, one.by)).collect();
    let ada = actor("Ada", &played.world.facts).by();
    assert_eq!(again, [(local("2026-03-23", "09:00"), ada)]);
    assert_ne!(ada, By::Clock);
}

#[test]
fn what_is_sent_again_by_hand_is_written_to_its_reader_anew() {
    let script = [HEARD, RESPONDED, CAME_BACK].concat();
    let mut world = play("blijf", &script).world;
    let (known, first) = (world.dossier.len(), world.complaint.round().responses[0]);
    world
        .does("Ada", &Command::ResendLetter { letter: first })
        .unwrap();
    let told = letters(&world.policy, &world.facts, &world.dossier, known);
    let told: Vec<_> = told.iter().map(|one| (one.key.kind, one.key.to)).collect();
    assert_eq!(told, [(first.kind, Recipient::Party(Party::Complainant))]);
}

#[test]
fn on_paper_it_is_printed_at_once_and_counts_once_it_is_posted() {
    let played = tell(
        "resent_on_paper",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom on-paper
        2026-03-02 11:00 Ada posts confirmation
        2026-03-03 09:00 Anna takes
        2026-03-05 09:00 Anna notifies 1
        2026-03-09 10:00 Anna hears complainant
        2026-03-09 11:00 Anna hears respondent-1
        2026-03-10 12:00 Anna responds upheld
        2026-03-12 09:00 Ada posts response
        2026-03-24 09:00 Ada returns response
        2026-03-24 10:00 Ada resends response
        2026-03-24 11:00 Ada resends response
        2026-03-25 09:00 Ada posts response
        2026-03-25 10:00 Ada resends response
        2026-05-30 09:00 Time passes"],
    );
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
    let complaint = &played.world.complaint;
    let delivery = complaint.deliveries[&complaint.round().responses[0]];
    assert_eq!(delivery.counts_from(), Some(local("2026-03-25", "09:00")));
}

#[test]
fn what_holds_no_more_does_not_go_out_again() {
    let script = "
        2026-03-21 09:00 Karin withdraws";
    let mut world = play("blijf", &[HEARD, RESPONDED, CAME_BACK, script].concat()).world;
    let letter = world.complaint.round().responses[0];
    let refused = world.does("Ada", &Command::ResendLetter { letter });
    assert_eq!(refused.unwrap_err().reason, Reason::NotReturned);
}

#[test]
fn a_letter_on_which_nothing_rests_may_go_again_for_as_long_as_it_went_nowhere_else() {
    let mut world = play("blijf", HEARD).world;
    let told = letters(&world.policy, &world.facts, &world.dossier, 1);
    let invited = told.iter().map(|one| one.key);
    let letter = invited
        .into_iter()
        .find(|key| matches!(key.to, Recipient::Party(Party::Respondent(_))))
        .unwrap();
    let resend = Command::ResendLetter { letter };
    let refused = world.does("Ada", &resend).unwrap_err();
    assert_eq!(refused.reason, Reason::NotReturned);
    let lost = Command::ReportUndelivered { letter, from: None };
    world.does("Ada", &lost).unwrap();
    let offered = actions(
        &world.policy,
        &world.facts,
        &world.complaint,
        &actor("Ada", &world.facts),
        world.now,
    );
    let offered = offered
        .iter()
        .find(|one| one.command == CommandKind::ResendLetter);
    assert_eq!(offered.map(|one| &one.refusal), Some(&None));
    let version = world.complaint.version;
    world.does("Ada", &resend).unwrap();
    assert_eq!(
        world.complaint.version, version,
        "the dossier need not know"
    );
}
