//! Who looks back on a complaint, also when those who decided have left, or may not know of it any more (B14, L8); and what is asked
//! about a measure (L13).

use chrono::TimeDelta;

use super::{PROPOSED, play, tell};
use crate::{
    command::Command,
    complaint::{Event, LetterKind, MeasureUpdate, Recipient, Recorded},
    letter::{letters, made_untrue},
    policy::Destruction,
    tests::{
        cast::{actor, member, name_of},
        script::Played,
    },
};

/// The arbiter was appointed on 3 April and has heard both sides.
const AT_THE_ARBITER: &str = "
    2026-04-02 09:00 Karin appeals
    2026-04-03 09:00 Ada assigns Arie
    2026-04-07 09:00 Arie hears complainant
    2026-04-07 10:00 Arie hears respondent-1
";

/// Who was asked for measures at the closing, and who was alerted last: on nothing else here once it is closed.
fn asked_and_alerted(played: &Played) -> (Vec<Recipient>, Vec<Recipient>) {
    let world = &played.world;
    let last = world.dossier.len() - 1;
    let readers = |first_new: usize, kind| -> Vec<Recipient> {
        let due = letters(&world.policy, &world.facts, &world.dossier, first_new);
        let of_kind = due.iter().filter(|letter| letter.key.kind == kind);
        of_kind.map(|letter| letter.key.to).collect()
    };
    (
        readers(1, LetterKind::MeasuresAsked),
        readers(last, LetterKind::OverdueAlert),
    )
}

#[test]
fn l08_measures_are_asked_of_the_arbiter_when_the_handler_has_left() {
    let left = [
        PROPOSED,
        AT_THE_ARBITER,
        "
    2026-04-08 09:00 Membership Anna until 2026-04-10
    2026-04-13 09:00 Arie decides upheld
    2026-04-14 09:00 Ada classifies content
    2026-04-28 00:00 Time passes",
    ]
    .concat();
    let alerted = play("livp", &left);
    let arie = Recipient::Member(member("Arie"));
    assert_eq!(
        asked_and_alerted(&alerted),
        (vec![arie], vec![Recipient::Administration, arie])
    );
    let answered = "
    2026-04-28 09:00 Arie classifies content
    2026-04-28 10:00 Arie measures none";
    let answered = tell("l08_arbiter_answers", "livp", &[&left, answered]);
    assert!(answered.world.complaint.measures_answered_at.is_some());
}

#[test]
fn l08_measures_are_asked_of_the_administration_when_nobody_may_look_back() {
    let left = [
        PROPOSED,
        AT_THE_ARBITER,
        "
    2026-04-08 09:00 Roster trains Anna
    2026-04-13 09:00 Arie decides upheld
    2026-04-13 10:00 Membership Arie until 2026-04-13
    2026-04-28 00:00 Time passes",
    ]
    .concat();
    let alerted = play("livp", &left);
    let (_, alerts) = asked_and_alerted(&alerted);
    assert_eq!(alerts, [Recipient::Administration]);
    let answered = "
    2026-04-28 09:00 Anna classifies content
    2026-04-28 10:00 Ada classifies content
    2026-04-28 11:00 Ada measures none";
    let answered = tell("l08_administration_answers", "livp", &[&left, answered]);
    assert!(answered.world.complaint.measures_answered_at.is_some());
}

/// What was asked about the only measure: the day, what and how often, and of whom.
fn asked(script: &str) -> Vec<String> {
    let played = play("livp", &[PROPOSED, TO_MEASURE, script].concat());
    let world = &played.world;
    let mut asked = Vec::new();
    for (place, one) in world.dossier.iter().enumerate() {
        let Event::MeasureFollowedUp { about, nth, .. } = one.event else {
            continue;
        };
        let due = letters(&world.policy, &world.facts, &world.dossier[..=place], place);
        let readers = due.iter().map(|letter| reader(letter.key.to));
        let readers = readers.collect::<Vec<_>>().join(" ");
        let on = world.facts.calendar.local_date(one.at);
        asked.push(format!("{on} {about:?} {nth}: {readers}"));
    }
    asked
}

fn reader(to: Recipient) -> &'static str {
    match to {
        Recipient::Member(member) => name_of(member),
        other => panic!("{other:?} is no member"),
    }
}

/// Agreed on 12 March; nobody sees to anything yet.
pub(super) const TO_MEASURE: &str = "
    2026-03-12 09:00 Karin signs
    2026-03-12 10:00 Tom signs
    2026-03-16 11:00 Anna classifies content
";

/// Bram's, until 1 May.
pub(super) const BRAMS: &str = "2026-03-16 12:00 Anna measures owned-by Bram due 2026-05-01";

#[test]
fn l13_a_measure_is_reminded_of_a_week_before_its_day_and_alerted_on_after_it() {
    let late = format!("{BRAMS}\n2026-05-20 09:00 Time passes");
    assert_eq!(
        asked(&late),
        [
            "2026-04-24 DueSoon 1: Bram",
            "2026-05-02 Overdue 1: Ada Bram",
            "2026-05-12 Overdue 2: Ada Bram",
            "2026-05-20 Overdue 3: Ada Bram",
        ]
    );
    let in_its_last_week = "
        2026-03-16 12:00 Anna measures owned-by Bram due 2026-03-23
        2026-03-25 09:00 Time passes";
    assert_eq!(asked(in_its_last_week), ["2026-03-24 Overdue 1: Ada Bram"]);
}

#[test]
fn l13_nobody_is_asked_about_the_day_of_a_measure_that_was_done_or_got_another() {
    let done = format!(
        "{BRAMS}
        2026-04-25 09:00 Bram follows-up 2026-04-25
        2026-12-01 09:00 Time passes"
    );
    assert_eq!(asked(&done), ["2026-04-24 DueSoon 1: Bram"]);
    let postponed = format!(
        "{BRAMS}
        2026-05-05 09:00 Ada postpones 2026-06-15
        2026-06-17 09:00 Time passes"
    );
    assert_eq!(
        asked(&postponed),
        [
            "2026-04-24 DueSoon 1: Bram",
            "2026-05-02 Overdue 1: Ada Bram",
            "2026-06-08 DueSoon 1: Bram",
            "2026-06-16 Overdue 1: Ada Bram",
        ]
    );
}

#[test]
fn l13_the_administration_hears_of_a_measure_whose_owner_is_there_no_more_or_may_not_know() {
    for gone in ["Membership Bram until 2026-04-01", "Roster trains Bram"] {
        let left = format!(
            "{BRAMS}
            2026-04-01 09:00 {gone}
            2026-05-04 09:00 Time passes"
        );
        assert_eq!(
            asked(&left),
            ["2026-04-24 DueSoon 1: Ada", "2026-05-02 Overdue 1: Ada"],
            "{gone}"
        );
    }
    let handed_on = format!(
        "{BRAMS}
        2026-04-01 09:00 Ada hands-on Mila
        2026-04-24 09:00 Time passes"
    );
    assert_eq!(asked(&handed_on), ["2026-04-24 DueSoon 1: Mila"]);
}

#[test]
fn l13_whether_a_measure_worked_is_asked_twice_and_then_of_the_administration() {
    let done = format!("{BRAMS}\n2026-04-01 09:00 Bram follows-up 2026-03-31 unjudged\n");
    let silent = format!("{done} 2027-01-04 09:00 Time passes");
    assert_eq!(
        asked(&silent),
        [
            "2026-06-30 Effect 1: Bram",
            "2026-07-30 Effect 2: Bram",
            "2026-08-30 Unjudged 1: Ada",
        ]
    );
    let judged = format!(
        "{done} 2026-07-01 09:00 Bram judges
        2027-01-04 09:00 Time passes"
    );
    assert_eq!(asked(&judged), ["2026-06-30 Effect 1: Bram"]);
}

#[test]
fn l13_the_administration_is_asked_each_month_by_when_a_measure_is_to_be_done_that_has_no_day() {
    const UNDATED: &str = "2026-03-16 12:00 Anna measures owned-by Bram undated";
    let silent = format!("{UNDATED}\n2026-06-15 09:00 Time passes");
    assert_eq!(
        asked(&silent),
        [
            "2026-03-16 Undated 1: Ada",
            "2026-04-16 Undated 2: Ada",
            "2026-05-16 Undated 3: Ada",
        ]
    );
    let dated = format!(
        "{UNDATED}
        2026-03-20 09:00 Ada postpones 2026-05-01
        2026-05-02 09:00 Time passes"
    );
    assert_eq!(
        asked(&dated),
        [
            "2026-03-16 Undated 1: Ada",
            "2026-04-24 DueSoon 1: Bram",
            "2026-05-02 Overdue 1: Ada Bram",
        ]
    );
    let done = format!(
        "{UNDATED}
        2026-03-20 09:00 Bram follows-up 2026-03-19
        2026-06-15 09:00 Time passes"
    );
    assert_eq!(asked(&done), ["2026-03-16 Undated 1: Ada"]);
}

#[test]
fn l13_what_was_asked_and_has_not_gone_out_does_not_once_it_is_answered() {
    let untrue = |acts: &str| {
        let script = format!("{BRAMS}\n2026-05-02 09:00 Time passes\n 2026-05-02 10:00 {acts}");
        let world = play("livp", &[PROPOSED, TO_MEASURE, &script].concat()).world;
        let last = world.dossier.len() - 1;
        let untrue = made_untrue(&world.policy, &world.facts.calendar, &world.dossier, last);
        let due = letters(
            &world.policy,
            &world.facts,
            &world.dossier[..last],
            last - 1,
        );
        let gone = due
            .iter()
            .filter(|letter| untrue.iter().any(|one| one.covers(&letter.key)));
        gone.map(|letter| reader(letter.key.to)).collect::<Vec<_>>()
    };
    assert_eq!(untrue("Bram follows-up 2026-05-01"), ["Ada", "Bram"]);
    assert_eq!(untrue("Ada postpones 2026-06-15"), ["Ada", "Bram"]);
    assert_eq!(untrue("Ada hands-on Mila"), ["Bram"]);
}

#[test]
fn l13_nothing_is_asked_of_a_dossier_that_is_destroyed() {
    let destroyed = "
        2026-03-16 12:00 Anna measures owned-by Bram due 2032-01-01
        2031-06-02 09:00 Ada destroys
        2032-06-01 09:00 Time passes";
    assert_eq!(asked(destroyed), [""; 0]);
}

/// Whether the dossier goes by itself, and what keeps it.
fn at_the_end(script: &str) -> (bool, bool) {
    let mut played = play("livp", &[PROPOSED, TO_MEASURE, script].concat());
    let world = &mut played.world;
    let retention = world.policy.retention.as_mut().expect("a retention");
    retention.destruction = Destruction::Automatic;
    world.pass_until(world.now + TimeDelta::days(6 * 366));
    let withheld = |one: &Recorded| one.event == Event::DestructionWithheld;
    (
        world.complaint.destroyed_at.is_some(),
        world.dossier.iter().any(withheld),
    )
}

#[test]
fn l13_a_measure_that_is_still_to_be_done_or_judged_keeps_the_dossier_for_a_person() {
    let done = format!("{BRAMS}\n2026-04-01 09:00 Bram follows-up 2026-03-31");
    assert_eq!(at_the_end(&done), (true, false));
    assert_eq!(at_the_end(BRAMS), (false, true));
    assert_eq!(at_the_end(&format!("{done} unjudged")), (false, true));
}

#[test]
fn l13_a_report_on_a_measure_does_not_destroy_what_waited_for_a_person() {
    let mut played = play("livp", &[PROPOSED, TO_MEASURE, BRAMS].concat());
    let world = &mut played.world;
    let retention = world.policy.retention.as_mut().expect("a retention");
    retention.destruction = Destruction::Automatic;
    world.pass_until(world.now + TimeDelta::days(6 * 366));
    let today = world.facts.calendar.local_date(world.now);
    let update = MeasureUpdate {
        id: *world.complaint.measures.keys().next().expect("a measure"),
        owner: None,
        due_on: None,
        done_on: Some(today),
        is_effective: Some(true),
    };
    let (bram, command) = (
        actor("Bram", &world.facts),
        Command::UpdateMeasure { update },
    );
    world.act(&bram, &command, world.now).expect("a report");
    world.pass_until(world.now + TimeDelta::days(400));
    assert_eq!(world.complaint.destroyed_at, None);
}
