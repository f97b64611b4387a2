//! What waits for a person at the end of retention goes by itself never, and is asked about until somebody looks.

use chrono::{DateTime, TimeDelta, Utc};

use super::PROPOSED;
use crate::{
    command::{Command, CommandKind},
    complaint::Event,
    deadline::{DeadlineKind, deadlines},
    decide::actions,
    policy::Destruction,
    tests::{
        cast::{actor, text},
        script::play,
        world::World,
    },
};

/// Agreed on a measure that nobody sees to any more, where the regulation has dossiers destroyed by themselves; six years later.
fn forsaken() -> World {
    let agreed = "
        2026-03-12 09:00 Karin signs
        2026-03-12 10:00 Tom signs
        2026-03-16 11:00 Anna classifies content
        2026-03-16 12:00 Anna measures owned-by Bram due 2026-05-01
    ";
    let mut world = play("livp", &[PROPOSED, agreed].concat()).world;
    let retention = world.policy.retention.as_mut().expect("a retention");
    retention.destruction = Destruction::Automatic;
    world.pass_until(world.now + TimeDelta::days(6 * 366));
    world
}

/// When the administration was asked about the dossier, which is told by letter.
fn asked(world: &World) -> Vec<DateTime<Utc>> {
    let about = |event: &Event| {
        let kept = DeadlineKind::Retention;
        matches!(event, Event::Alerted { deadline, .. } if *deadline == kept)
    };
    let asked = world.dossier.iter().filter(|one| about(&one.event));
    asked.map(|one| one.at).collect()
}

#[test]
fn l10_what_waits_for_a_person_is_asked_about_each_month_until_they_confirm_it() {
    let mut world = forsaken();
    let withheld = world.complaint.withheld_at.expect("it is withheld");
    let asked_then = asked(&world);
    assert_eq!(asked_then[0], withheld, "at the end of the term itself");
    let and_now = asked_then.iter().copied().chain([world.now]);
    for (one, next) in asked_then.iter().zip(and_now.skip(1)) {
        assert!(next - *one < TimeDelta::days(28), "{one} and then {next}");
    }
    let all = deadlines(&world.policy, &world.facts.calendar, &world.complaint);
    let due = all.iter().find(|one| one.kind == DeadlineKind::Retention);
    assert!(
        due.is_some_and(|due| due.is_overdue(world.now)),
        "it is in the list of what is due"
    );
    let ada = actor("Ada", &world.facts);
    let may = actions(
        &world.policy,
        &world.facts,
        &world.complaint,
        &ada,
        world.now,
    );
    let confirm = may
        .iter()
        .find(|one| one.command == CommandKind::ConfirmDestruction);
    assert!(
        confirm.is_some_and(|one| one.refusal.is_none()),
        "in one step"
    );
    world
        .does("Ada", &Command::ConfirmDestruction)
        .expect("it is destroyed");
    world.pass_until(world.now + TimeDelta::days(400));
    assert_eq!(
        asked(&world).len(),
        asked_then.len(),
        "nobody is asked any more"
    );
}

#[test]
fn l10_who_holds_what_waited_is_asked_again_once_the_hold_is_over() {
    let mut world = forsaken();
    let before = asked(&world).len();
    let reason = text("De rechter vraagt de stukken.");
    world
        .does(
            "Ada",
            &Command::PlaceLegalHold {
                reason: reason.clone(),
            },
        )
        .expect("it is held");
    world.pass_until(world.now + TimeDelta::days(400));
    assert_eq!(asked(&world).len(), before, "somebody has looked");
    world
        .does("Ada", &Command::LiftLegalHold { reason })
        .expect("it is lifted");
    world.pass_until(world.now + TimeDelta::days(60));
    assert!(asked(&world).len() > before + 1);
    assert_eq!(
        world.complaint.destroyed_at, None,
        "the measure is not judged"
    );
}
