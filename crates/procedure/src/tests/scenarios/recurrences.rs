//! A complaint like one before it, after a measure: L13.

use super::{
    PROPOSED,
    measures::{BRAMS, TO_MEASURE},
    play,
};
use crate::{
    actor::Actor,
    command::Command,
    complaint::{LetterKey, LetterKind, Recipient},
    facts::Repeats,
    letter::{Content, letters, rewritten},
    tests::cast::member,
    view::{is_kept_from, is_letter_kept_from, measure as measure_seen},
};

/// Agreed on 12 March; a measure of Bram's on the 16th at noon.
const MEASURED: &str = "
    2026-03-12 09:00 Karin signs
    2026-03-12 10:00 Tom signs
    2026-03-16 11:00 Anna classifies content
    2026-03-16 12:00 Anna measures owned-by Bram
";

/// A complaint of 4 May is linked on 1 June.
const AFTER_IT: &str = "
    2026-06-01 09:00 Repeat of 2026-05-04 09:00
    2026-06-01 09:00 System links 12";

/// Another complaint, about the same course with the same cause, is linked.
fn links(on: &str, repeat: &str, months: u32) -> String {
    let then = format!("{on} 09:00");
    format!("{then} Repeat {repeat}\n{then} System links {months}")
}

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
        ("after it", "of 2026-05-04 09:00", vec![bram]),
        ("before it", "of 2026-03-16 11:59", vec![]),
        (
            "of which its owner may not know",
            "of 2026-05-04 09:00 kept-from Bram",
            vec![ada],
        ),
        (
            "of which the administration may not know",
            "of 2026-05-04 09:00 kept-from Ada",
            vec![bram],
        ),
    ];
    for (what, repeat, told) in cases {
        let linked = linked(&links("2026-06-01", repeat, 12));
        assert_eq!(linked, (told.len(), told), "{what}");
    }
    let left = format!(
        "2026-05-01 09:00 Membership Bram until 2026-05-01
        {AFTER_IT}"
    );
    assert_eq!(linked(&left), (1, vec![ada]), "whose owner has left");
}

#[test]
fn l13_a_complaint_is_linked_to_a_measure_once() {
    let twice = format!("{AFTER_IT}\n2026-06-02 09:00 System links 12");
    assert_eq!(linked(&twice).0, 1);
}

#[test]
fn l13_a_complaint_of_another_cause_is_not_linked_nor_one_of_which_the_dossier_is_destroyed() {
    for what in ["about organisation", "destroyed"] {
        let repeat = format!(
            "2026-06-01 09:00 Repeat of 2026-05-04 09:00
            2026-06-01 09:00 Repeat {what}
            2026-06-01 09:00 System links 12"
        );
        assert_eq!(linked(&repeat), (0, vec![]), "{what}");
    }
}

#[test]
fn l13_who_may_know_of_what_came_after_a_measure_is_as_it_is_when_they_ask() {
    let seen = |then: &str| {
        let script = format!("{AFTER_IT}\n{then}");
        let world = play("livp", &[PROPOSED, MEASURED, &script].concat()).world;
        let last = &world.dossier.last().unwrap().event;
        let (facts, complaint) = (&world.facts, &world.complaint);
        let measure = complaint.measures.values().next().unwrap();
        let seen = measure_seen(&facts.repeats, complaint, measure, Some(member("Bram")));
        let is_shown = !is_kept_from(&facts.repeats, Some(member("Bram")), &world.dossier, last);
        (seen.recurrences.len(), seen.forgotten, is_shown)
    };
    assert_eq!(seen(""), (1, 0, true));
    let kept = "2026-06-02 09:00 Repeat of 2026-05-04 09:00 kept-from Bram";
    assert_eq!(seen(kept), (0, 0, false), "a party to it, or in conflict");
    let corrected = "2026-06-02 09:00 Repeat about organisation";
    assert_eq!(
        seen(corrected),
        (0, 0, true),
        "of another cause, as is known now"
    );
    assert_eq!(
        seen("2026-06-02 09:00 Repeat destroyed"),
        (0, 1, false),
        "only that there was one"
    );
}

#[test]
fn l13_nobody_is_told_of_what_is_not_known_any_more() {
    let script = format!(
        "{BRAMS}
        2026-04-01 09:00 Bram follows-up 2026-03-31 unjudged
        {AFTER_IT}
        2026-06-30 00:00 Time passes"
    );
    let world = play("livp", &[PROPOSED, TO_MEASURE, &script].concat()).world;
    let (dossier, unknown) = (&world.dossier, Repeats::new());
    let last = dossier.len() - 1;
    let kinds = [LetterKind::Recurrence, LetterKind::MeasureEffect];
    let everybody = world.facts.members.keys().map(|id| Some(*id));
    for reader in everybody.chain([None]) {
        let hidden = |repeats: &Repeats| {
            [(last - 1, kinds[0]), (last, kinds[1])].map(|(event, kind)| {
                let (event, to) = (u32::try_from(event).unwrap(), Recipient::Administration);
                let letter = LetterKey { event, kind, to };
                is_letter_kept_from(repeats, reader, dossier, &letter)
            })
        };
        let found = &dossier[last - 1].event;
        assert!(!is_kept_from(&world.facts.repeats, reader, dossier, found));
        assert!(is_kept_from(&unknown, reader, dossier, found));
        assert_eq!(hidden(&world.facts.repeats), [false, false]);
        assert_eq!(hidden(&unknown), [true, false], "the other only counts");
    }
}

#[test]
fn l13_a_letter_that_waits_is_not_written_again_for_who_may_not_know_any_more() {
    let still = |then: &str| {
        let script = format!("{AFTER_IT}\n{then}");
        let world = play("livp", &[PROPOSED, MEASURED, &script].concat()).world;
        let key = LetterKey {
            event: u32::try_from(world.dossier.len() - 1).unwrap(),
            kind: LetterKind::Recurrence,
            to: Recipient::Member(member("Bram")),
        };
        rewritten(&world.policy, &world.facts, &world.dossier, &key).is_some()
    };
    assert!(still(""));
    for then in [
        "of 2026-05-04 09:00 kept-from Bram",
        "about organisation",
        "destroyed",
    ] {
        assert!(!still(&format!("2026-06-02 09:00 Repeat {then}")), "{then}");
    }
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
             {}",
            links("2026-08-03", &format!("of {received}"), 2)
        );
        assert_eq!(linked(&rest).0, found, "{what}");
        let open = links("2026-08-03", &format!("of {received}"), 2);
        assert_eq!(
            linked(&open).0,
            1,
            "{what}, of a measure that is not carried out"
        );
    }
}

#[test]
fn l13_the_question_whether_a_measure_worked_tells_how_many_complaints_came_after_it() {
    let counted = |repeat: &str| {
        let script = format!(
            "{BRAMS}
            2026-04-01 09:00 Bram follows-up 2026-03-31 unjudged
            {}
            2026-06-30 00:00 Time passes",
            links("2026-06-01", repeat, 12)
        );
        let world = play("livp", &[PROPOSED, TO_MEASURE, &script].concat()).world;
        let last = world.dossier.len() - 1;
        let due = letters(&world.policy, &world.facts, &world.dossier, last);
        let [letter] = &due[..] else {
            panic!("{due:?}")
        };
        let Content::MeasureEffect { recurrences, .. } = letter.content else {
            panic!("{letter:?}")
        };
        recurrences
    };
    assert_eq!(counted("of 2026-05-04 09:00"), 1);
    assert_eq!(counted("of 2026-05-04 09:00 kept-from Bram"), 0);
}

#[test]
fn l13_that_a_letter_about_a_repeat_came_back_is_told_to_nobody_who_may_not_know_of_it() {
    let told = |kept: &str| {
        let script = links("2026-06-01", &format!("of 2026-05-04 09:00{kept}"), 12);
        let mut world = play("livp", &[PROPOSED, MEASURED, &script].concat()).world;
        let letter = LetterKey {
            event: u32::try_from(world.dossier.len() - 1).unwrap(),
            kind: LetterKind::Recurrence,
            to: Recipient::Member(member("Bram")),
        };
        let command = Command::ReportUndelivered { letter, from: None };
        let reported = world.act(&Actor::Post, &command, world.now);
        reported.expect("a letter that came back");
        let last = world.dossier.len() - 1;
        let due = letters(&world.policy, &world.facts, &world.dossier, last);
        let (entry, ada) = (&world.dossier[last].event, Some(member("Ada")));
        let hides = is_kept_from(&world.facts.repeats, ada, &world.dossier, entry);
        (due.iter().map(|one| one.key.to).collect::<Vec<_>>(), hides)
    };
    let ada = Recipient::Member(member("Ada"));
    assert_eq!(told(""), (vec![ada], false));
    assert_eq!(told(" kept-from Ada"), (vec![], true));
}
