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
