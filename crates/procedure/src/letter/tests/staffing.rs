//! Who decides: vacancies, conflicts, replacements, absences.

use chrono::NaiveDate;

use super::play::{ANNA, BRAM, CHRIS, MARIA, NOOR, Play, TESS, id, mail, words};
use crate::{
    command::Command,
    complaint::{LetterKind, Recipient},
    facts::Absence,
};

fn assign(play: &mut Play, who: u128) {
    let member = id(who);
    play.member(
        CHRIS,
        &Command::AssignDecider {
            member,
            reason: None,
        },
    );
}

#[test]
fn l14_a_handler_with_a_conflict_is_released_and_the_case_waits() {
    let mut play = Play::livp();
    play.file(mail("kim@klager.example"), false);
    assign(&mut play, ANNA);
    let course = play.facts.course.as_mut().unwrap();
    course.trainers.insert(id(ANNA));
    play.system(&Command::ReviewConflicts);
    assign(&mut play, BRAM);
    insta::assert_snapshot!(play.log);
}

#[test]
fn a_replaced_handler_hears_it_and_so_do_the_parties() {
    let mut play = Play::livp();
    play.file(mail("kim@klager.example"), false);
    assign(&mut play, ANNA);
    assign(&mut play, BRAM);
    insta::assert_snapshot!(play.log);
}

#[test]
fn b05_the_pool_hears_of_a_case_save_who_is_excluded() {
    let mut play = Play::blijf();
    play.file(mail("kim@klager.example"), false);
    let told: Vec<_> = play
        .latest
        .iter()
        .filter(|one| one.key.kind == LetterKind::Unassigned)
        .map(|one| one.key.to)
        .collect();
    let expected = [
        Recipient::Administration,
        Recipient::Member(id(ANNA)),
        Recipient::Member(id(BRAM)),
    ];
    assert_eq!(told, expected);
    assert!(!told.contains(&Recipient::Member(id(TESS))));
}

#[test]
fn l14_a_handler_whose_membership_has_ended_hears_nothing_more_and_the_case_waits() {
    let mut play = Play::livp();
    play.file(mail("kim@klager.example"), false);
    assign(&mut play, ANNA);
    let anna = play.facts.members.get_mut(&id(ANNA)).unwrap();
    anna.until = NaiveDate::from_ymd_opt(2026, 3, 10);
    play.until("2026-03-11T09:00:00Z");
    let told: Vec<_> = play
        .latest
        .iter()
        .map(|one| (one.key.kind, one.key.to))
        .collect();
    assert_eq!(told, [(LetterKind::Unassigned, Recipient::Administration)]);
}

#[test]
fn b11_a_substitute_who_handled_it_before_hears_nothing_of_the_appeal() {
    let mut play = Play::blijf();
    play.file(mail("kim@klager.example"), false);
    play.member(ANNA, &Command::TakeComplaint);
    play.until("2026-04-08T09:00:00Z");
    let appeal = Command::Appeal {
        grounds: words("Er kwam niets."),
    };
    play.party(crate::complaint::Party::Complainant, &appeal);
    let day = |day| NaiveDate::from_ymd_opt(2026, 4, day).unwrap();
    let leave = |substitute| Absence {
        from: day(8),
        until: day(20),
        substitute: Some(id(substitute)),
    };
    let statement = Command::AddStatement {
        text: words("Nog iets."),
    };
    let mut told_with = |substitute| {
        let maria = play.facts.members.get_mut(&id(MARIA)).unwrap();
        maria.absences = vec![leave(substitute)];
        play.party(crate::complaint::Party::Complainant, &statement);
        play.latest.iter().map(|one| one.key.to).collect::<Vec<_>>()
    };
    let [maria, noor] = [MARIA, NOOR].map(|who| Recipient::Member(id(who)));
    assert_eq!(told_with(NOOR), [maria, noor]);
    assert_eq!(told_with(ANNA), [maria]);
}

#[test]
fn who_stands_in_for_an_absent_handler_hears_what_the_handler_hears() {
    let mut play = Play::livp();
    play.file(mail("kim@klager.example"), false);
    assign(&mut play, ANNA);
    let day = |day| NaiveDate::from_ymd_opt(2026, 3, day).unwrap();
    let absence = |substitute| Absence {
        from: day(1),
        until: day(31),
        substitute: Some(id(substitute)),
    };
    let anna = play.facts.members.get_mut(&id(ANNA)).unwrap();
    anna.absences = vec![absence(BRAM)];
    let statement = Command::AddStatement {
        text: words("Nog iets."),
    };
    play.party(crate::complaint::Party::Complainant, &statement);
    let told: Vec<_> = play.latest.iter().map(|one| one.key.to).collect();
    let both = [Recipient::Member(id(ANNA)), Recipient::Member(id(BRAM))];
    assert_eq!(told, both);

    let anna = play.facts.members.get_mut(&id(ANNA)).unwrap();
    anna.absences = vec![absence(TESS)];
    play.party(crate::complaint::Party::Complainant, &statement);
    let told: Vec<_> = play.latest.iter().map(|one| one.key.to).collect();
    assert_eq!(told, [Recipient::Member(id(ANNA))]);
}
