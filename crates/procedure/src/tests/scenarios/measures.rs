//! Who looks back on a complaint: B14 and L8 when those who decided have left, or may not know of it any more.

use super::{PROPOSED, play, tell};
use crate::{
    complaint::{LetterKind, Recipient},
    letter::letters,
    tests::{cast::member, script::Played},
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

/// Agreed on 12 March; a measure of Bram's on the 16th at noon.
const MEASURED: &str = "
    2026-03-12 09:00 Karin signs
    2026-03-12 10:00 Tom signs
    2026-03-16 11:00 Anna classifies content
    2026-03-16 12:00 Anna measures owned-by Bram
";

/// How many measures a later complaint is linked to, and who hears of it.
fn linked(rest: &str) -> (usize, Vec<Recipient>) {
    let played = play("livp", &[PROPOSED, MEASURED, rest].concat());
    let world = &played.world;
    let due = letters(&world.policy, &world.facts, &world.dossier, 1);
    let told = due
        .iter()
        .filter(|letter| letter.key.kind == LetterKind::Recurrence);
    let measures = world.complaint.measures.values();
    (
        measures.map(|measure| measure.recurrences.len()).sum(),
        told.map(|letter| letter.key.to).collect(),
    )
}

#[test]
fn l13_a_complaint_like_one_before_is_linked_to_the_measure_and_its_owner_hears() {
    let (bram, ada) = (
        Recipient::Member(member("Bram")),
        Recipient::Member(member("Ada")),
    );
    let cases = [
        ("after it", "System links 2026-05-04 09:00 12", vec![bram]),
        ("before it", "System links 2026-03-16 11:59 12", vec![]),
        (
            "of which its owner may not know",
            "System links 2026-05-04 09:00 12 kept-from Bram",
            vec![ada],
        ),
        (
            "of which the administration may not know",
            "System links 2026-05-04 09:00 12 kept-from Ada",
            vec![bram],
        ),
    ];
    for (what, links, told) in cases {
        let linked = linked(&format!("2026-06-01 09:00 {links}"));
        assert_eq!(linked, (told.len(), told), "{what}");
    }
    let left = "
        2026-05-01 09:00 Membership Bram until 2026-05-01
        2026-06-01 09:00 System links 2026-05-04 09:00 12";
    assert_eq!(linked(left), (1, vec![ada]), "whose owner has left");
}

#[test]
fn l13_a_complaint_is_linked_to_a_measure_once() {
    let twice = "
        2026-06-01 09:00 System links 2026-05-04 09:00 12
        2026-06-02 09:00 System links 2026-05-04 09:00 12";
    assert_eq!(linked(twice).0, 1);
}

#[test]
fn l13_the_window_runs_from_the_day_on_which_a_measure_was_carried_out() {
    let cases = [
        ("its last day", "2026-06-30 23:59", 1),
        ("the day after", "2026-07-01 00:00", 0),
    ];
    for (what, received, found) in cases {
        let rest = format!(
            "2026-04-30 09:00 Bram follows-up 2026-04-30
             2026-08-03 09:00 System links {received} 2"
        );
        assert_eq!(linked(&rest).0, found, "{what}");
        let open = format!("2026-08-03 09:00 System links {received} 2");
        assert_eq!(
            linked(&open).0,
            1,
            "{what}, of a measure that is not carried out"
        );
    }
}
