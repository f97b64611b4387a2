//! No sequence leaves a complaint without a way to closure, nor in a silence that nobody hears of.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::{
    play::{cases, settings, steps, take},
    sample,
};
use crate::{
    actor::By,
    command::CommandKind,
    complaint::{Complaint, Event, Measure, Recorded, Response},
    policy::Destruction,
    tests::{cast, world::World},
};

/// What people do who only want it to end well, the first that is accepted.
const DILIGENT: &[(&str, CommandKind)] = &[
    ("Karin", CommandKind::Appeal),
    ("Ada", CommandKind::NameRepresentative),
    ("Sam", CommandKind::NameRepresentative),
    ("*", CommandKind::AdmitLateComplaint),
    // Who cannot be told is tried twice.
    ("*", CommandKind::RecordContact),
    ("*", CommandKind::RecordContact),
    ("*", CommandKind::RecordHearing),
    ("*", CommandKind::IssueDecision),
    ("*", CommandKind::IssueResponse),
    ("*", CommandKind::DeclareNoAgreement),
    ("*", CommandKind::AdmitLateAppeal),
];

fn does_one_of(world: &mut World, name: &str, kind: CommandKind) -> bool {
    let commands = sample::commands(world, kind);
    commands
        .iter()
        .any(|command| world.does(name, command).is_ok())
}

/// Treats the complaint as it should be; whether it could be brought to its end.
fn treated(world: &mut World) -> bool {
    world.has_worker = true;
    world.has_post = true;
    for _ in 0..60 {
        if !world.complaint.is_open() {
            return true;
        }
        if world.complaint.round().bench.is_vacant() {
            for name in ["Ada", "Sam"] {
                does_one_of(world, name, CommandKind::AssignDecider);
            }
        }
        for (name, kind) in DILIGENT {
            if *kind == CommandKind::NameRepresentative && world.complaint.representative.is_some()
            {
                continue;
            }
            let people: Vec<&str> = if *name == "*" {
                cast::names().collect()
            } else {
                vec![*name]
            };
            let hearings = &world.complaint.round().hearings;
            let mut sides = world.complaint.sides().into_iter();
            let is_heard = sides.all(|side| hearings.contains_key(&side));
            if *kind == CommandKind::RecordContact && is_heard {
                continue;
            }
            hear_all(world, *kind, &people);
        }
        let later = world.now + TimeDelta::days(15);
        world.pass_until(later);
        for letter in world.waiting(true) {
            let posted = crate::command::Command::RecordPosted { letter };
            let _ = world
                .does("Ada", &posted)
                .or_else(|_| world.does("Sam", &posted));
        }
    }
    !world.complaint.is_open()
}

fn hear_all(world: &mut World, kind: CommandKind, people: &[&str]) {
    let commands = sample::commands(world, kind);
    for name in people {
        for command in &commands {
            let is_done = world.does(name, command).is_ok();
            let is_of_each_side = matches!(
                kind,
                CommandKind::RecordHearing | CommandKind::RecordContact
            );
            if is_done && !is_of_each_side {
                return;
            }
        }
    }
}

/// Whether it waits for the complainant alone: the way stands open without end, and the organisation has given what it
/// owed, however late, to which the complainant said no, or nothing after the answer to a question; or it was
/// established that there is no agreement.
fn waits_for_the_complainant(world: &World) -> bool {
    let round = world.complaint.round();
    let is_given =
        |response: &Response| response.open_reaction().is_none() && !response.is_unanswered();
    let is_endless = round
        .way
        .as_ref()
        .is_some_and(|way| way.announced.is_none());
    let is_given = round.response.as_ref().is_some_and(is_given);
    is_endless && (is_given || round.no_agreement_at.is_some())
}

/// Whether somebody hears of it in the end, when nobody does anything more.
fn is_heard_of(world: &mut World) -> bool {
    let before = world.dossier.len();
    for _ in 0..40 {
        let Some((due, _)) = world.next_due() else {
            break;
        };
        world.pass_until(due);
        let closed = !world.complaint.is_open();
        let alerted = world.dossier[before..]
            .iter()
            .any(|recorded| matches!(recorded.event, Event::Alerted { .. }));
        if closed || alerted {
            return true;
        }
    }
    false
}

/// What a party did, or had recorded, after the last closing and the last decision of a person on the closed dossier.
fn unseen(world: &World, dossier: &[Recorded]) -> Option<Recorded> {
    let settles = |event: &Event| {
        matches!(
            event,
            Event::Closed { .. } | Event::HoldLifted { .. } | Event::LateAppealRefused { .. }
        )
    };
    let last = dossier.iter().rposition(|one| settles(&one.event))?;
    let is_party = |by: &By| match by {
        By::Party(_) => true,
        By::Member(member) => world.complaint.party_of(*member).is_some(),
        _ => false,
    };
    let came =
        |one: &&Recorded| is_party(&one.by) || matches!(one.event, Event::ActReceived { .. });
    dossier[last + 1..].iter().find(came).cloned()
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn every_complaint_can_be_brought_to_its_end(setting in settings(), steps in steps(40)) {
        let mut world = setting.world();
        for step in steps {
            let _ = take(&mut world, step);
        }
        let before = world.clone();
        prop_assert!(treated(&mut world), "{:?}", before.complaint);
    }

    #[test]
    fn nobodys_silence_leaves_an_open_complaint_unheard(setting in settings(), steps in steps(40)) {
        let mut world = setting.world();
        for step in steps {
            let _ = take(&mut world, step);
        }
        world.has_worker = true;
        world.has_post = true;
        world.post();
        if world.complaint.is_open() && !waits_for_the_complainant(&world) {
            prop_assert!(is_heard_of(&mut world), "{:?}", world.complaint);
        }
    }

    #[test]
    fn time_destroys_nothing_that_waits_for_a_person(
        setting in settings(),
        before in steps(40),
        after in steps(8),
    ) {
        let mut world = setting.world();
        world.policy.retention.as_mut().expect("a retention").destruction = Destruction::Automatic;
        for step in before {
            let _ = take(&mut world, step);
        }
        treated(&mut world);
        for step in after {
            let _ = take(&mut world, step);
        }
        world.has_worker = true;
        world.pass_until(world.now + TimeDelta::days(6 * 366));
        let gone = world.dossier.iter().position(|one| one.by == By::Clock && one.event == Event::Destroyed);
        if let Some(gone) = gone {
            prop_assert_eq!(unseen(&world, &world.dossier[..gone]), None);
            let before = Complaint::fold(&world.dossier[..gone]).expect("a complaint");
            let is_judged = |one: &Measure| one.done_on.is_some() && one.is_effective.is_some();
            prop_assert!(before.measures.values().all(is_judged), "{:?}", before.measures);
        } else if !world.complaint.is_open() && world.complaint.late_appeal.is_none() && !world.complaint.is_held {
            let proposed = world.dossier.iter().any(|one| one.event == Event::DestructionWithheld);
            prop_assert!(proposed, "{:?}", world.complaint);
        }
    }
}
