//! What came back goes out once more by hand, before time would send it.

use chrono::{DateTime, Utc};

use super::{CONFIRMED_ON_PAPER, HEARD, RESPONDED, play, tell};
use crate::{
    actor::By,
    command::{Command, CommandKind},
    complaint::{Event, Outcome, Party, Recipient},
    deadline::{DeadlineKind, Owner, deadlines, standstills},
    decide::actions,
    letter::letters,
    locale::Locale,
    refusal::Reason,
    tests::{
        cast::{actor, local},
        script::Played,
    },
};

const CAME_BACK: &str = "
        2026-03-20 09:00 Post returns response";

const RESENT: &str = "
        2026-03-20 09:01 Ada resends response
        2026-03-20 09:02 Ada resends response";

#[test]
fn by_email_it_counts_from_when_somebody_sent_it_and_time_sends_it_no_more() {
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
        2026-03-20 09:00 Anna resends response",
            RESENT,
            "
        2026-05-30 09:00 Time passes",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
    let ada = actor("Ada", &played.world.facts).by();
    assert_eq!(again(&played), [(local("2026-03-20", "09:01"), ada)]);
    assert_ne!(ada, By::Clock);
}

/// When a letter went out once more by e-mail, and by whom.
fn again(played: &Played) -> Vec<(DateTime<Utc>, By)> {
    let dossier = played.world.dossier.iter();
    let again = dossier.filter(|one| matches!(one.event, Event::LetterSentAgain { .. }));
    again.map(|one| (one.at, one.by)).collect()
}

#[test]
fn two_returns_within_minutes_are_no_delivery_and_a_week_later_comes_the_attempt_that_counts() {
    let twice = [
        HEARD,
        RESPONDED,
        CAME_BACK,
        RESENT,
        "
        2026-03-20 09:05 Post returns response",
    ];
    let world = play("blijf", &twice.concat()).world;
    let response = world.complaint.round().responses[0];
    let delivery = world.complaint.deliveries[&response];
    assert_eq!(delivery.counts_from(), None, "nothing ever arrived");
    let runs = deadlines(&world.policy, &world.facts.calendar, &world.complaint);
    let runs = runs
        .iter()
        .any(|one| matches!(one.kind, DeadlineKind::Silence(_)));
    assert!(!runs, "silence says nothing");
    let still = standstills(&world.policy, &world.facts.calendar, &world.complaint);
    let [still] = &still[..] else {
        panic!("one term does not run: {still:?}")
    };
    assert_eq!(
        (still.kind, still.owner),
        (DeadlineKind::Silence(0), Owner::Complainant)
    );
    let (nl, en) = (still.in_words(Locale::Nl), still.in_words(Locale::En));
    assert!(
        nl.starts_with("de brief kwam terug op 20 maart 2026; "),
        "{nl}"
    );
    assert!(
        en.ends_with("it does not count, and this term does not run"),
        "{en}"
    );
    let later = [
        twice.concat(),
        "
        2026-03-24 09:00 Ada resends response
        2026-03-27 09:00 Post returns response
        2026-03-30 09:00 Post returns response
        2026-05-30 09:00 Time passes"
            .to_owned(),
    ];
    let played = tell("resent_twice_by_email", "blijf", &[&later.concat()]);
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
    let second = (local("2026-03-28", "00:00"), By::Clock);
    assert_eq!(again(&played).last(), Some(&second));
    let world = &played.world;
    let terms = deadlines(&world.policy, &world.facts.calendar, &world.complaint);
    let silence = terms
        .iter()
        .find(|one| matches!(one.kind, DeadlineKind::Silence(_)));
    let silence = silence.expect("it ran");
    let (nl, en) = (silence.in_words(Locale::Nl), silence.in_words(Locale::En));
    let said = "de brief kwam terug op 27 maart 2026 en telt daarom pas vanaf 28 maart 2026";
    assert!(nl.contains(said), "{nl}");
    let said = "the letter came back on 27 March 2026, and so counts only from 28 March 2026";
    assert!(en.contains(said), "{en}");
}

#[test]
fn a_return_after_the_closing_that_rested_on_it_undoes_that() {
    let played = tell(
        "resent_and_returned_after_closure",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            CAME_BACK,
            RESENT,
            "
        2026-04-20 09:00 Time passes
        2026-04-21 09:00 Post returns response",
        ],
    );
    assert_eq!(played.outcome(), None);
}

#[test]
fn to_a_mailbox_that_nobody_proved_it_counts_only_once_its_link_is_used() {
    let script = "
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom unproved
        2026-03-03 09:00 Anna takes
        2026-03-05 09:00 Anna notifies 1
        2026-03-09 10:00 Anna hears complainant
        2026-03-09 11:00 Anna hears respondent-1
        2026-03-16 12:00 Anna responds not-upheld
        2026-03-20 09:00 Ada resends response";
    let counts = |more: &str| {
        let world = play("blijf", &[script, more].concat()).world;
        let response = world.complaint.round().responses[0];
        world.complaint.deliveries[&response].counts_from()
    };
    assert_eq!(counts(""), None);
    let used = "
        2026-03-23 08:00 System link-used";
    assert_eq!(counts(used), Some(local("2026-03-23", "08:00")));
    let waits = "
        2026-03-26 09:00 Time passes";
    assert_eq!(counts(waits), None, "it failed after three working days");
    let second = "
        2026-04-01 09:00 Time passes";
    assert!(counts(second) >= Some(local("2026-03-27", "00:00")));
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
        &[
            CONFIRMED_ON_PAPER,
            "
        2026-03-10 12:00 Anna responds upheld
        2026-03-12 09:00 Ada posts response
        2026-03-24 09:00 Ada returns response
        2026-03-24 10:00 Ada resends response
        2026-03-24 11:00 Ada resends response
        2026-03-25 09:00 Ada posts response
        2026-03-25 10:00 Ada resends response
        2026-05-30 09:00 Time passes",
        ],
    );
    assert_eq!(played.outcome(), Some(Outcome::TacitlyAccepted));
    let complaint = &played.world.complaint;
    let delivery = complaint.deliveries[&complaint.round().responses[0]];
    assert_eq!(delivery.counts_from(), Some(local("2026-03-25", "09:00")));
}

#[test]
fn on_paper_what_is_posted_within_the_week_counts_only_until_it_comes_back() {
    let script = "
        2026-03-10 12:00 Anna responds upheld
        2026-03-12 09:00 Ada posts response
        2026-03-24 09:00 Ada returns response
        2026-03-24 10:00 Ada resends response
        2026-03-25 09:00 Ada posts response
        2026-03-27 09:00 Ada returns response";
    let counts = |more: &str| {
        let world = play("blijf", &[CONFIRMED_ON_PAPER, script, more].concat()).world;
        let response = world.complaint.round().responses[0];
        world.complaint.deliveries[&response].counts_from()
    };
    assert_eq!(counts(""), None);
    let second = "
        2026-04-02 09:00 Ada posts response
        2026-04-03 09:00 Ada returns response";
    assert_eq!(counts(second), Some(local("2026-04-02", "09:00")));
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
