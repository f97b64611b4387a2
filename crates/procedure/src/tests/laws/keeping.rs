//! A dossier comes to the same once nobody knows any more who it names.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::play::{ACTORS, cases, settings, steps, take};
use crate::{
    actor::By,
    audience::{Level, audience, sight},
    complaint::{Complaint, Event, Recorded},
    deadline::deadlines,
    forgetting::forgotten,
    tests::{cast, world::World},
};

/// All of a complaint and its deadlines, with any member for a member and any text for a text.
fn known(world: &World, complaint: &Complaint) -> String {
    const MEMBER: &str = "MemberId(";
    let mut complaint = complaint.clone();
    // Among the letters of one event they are kept in the order of their readers.
    let lost = std::mem::take(&mut complaint.lost).len();
    let all = deadlines(&world.policy, &world.facts.calendar, &complaint);
    let told = format!("{complaint:?} {lost} {all:?}").replace("[destroyed]", "[confidential]");
    let mut parts = told.split(MEMBER);
    let mut masked = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.split_once(')').map_or("", |(_, rest)| rest);
        let _ = write!(masked, "{MEMBER}_){rest}");
    }
    masked
}

proptest! {
    #![proptest_config(cases(60))]

    #[test]
    fn what_is_left_of_a_dossier_comes_to_the_same(setting in settings(), steps in steps(60)) {
        let mut world = setting.world();
        for step in steps {
            let _ = take(&mut world, step);
        }
        let left = forgotten(&world.dossier, &world.facts.members).expect("a dossier");
        let folded = Complaint::fold(&left).expect("a dossier begins with its filing");
        prop_assert_eq!(known(&world, &folded), known(&world, &world.complaint));
        let again = forgotten(&left, &world.facts.members).expect("a dossier");
        prop_assert_eq!(again, left);
    }

    #[test]
    fn who_sees_what_is_left_does_not_depend_on_what_is_still_known(setting in settings(), steps in steps(30)) {
        let mut world = setting.world();
        for step in steps {
            let _ = take(&mut world, step);
        }
        let (at, by, event) = (world.now, By::Clock, Event::Destroyed);
        world.dossier.push(Recorded { at, registered_at: at, by, event });
        let left = forgotten(&world.dossier, &world.facts.members).expect("a dossier");
        let [known, left] = [&world.dossier, &left].map(|one| Complaint::fold(one).expect("a dossier"));
        let seen = |of: &Complaint| audience(&world.policy, &world.facts, of, at);
        prop_assert_eq!(seen(&known), seen(&left));
        for name in ACTORS {
            let actor = cast::actor(name, &world.facts);
            let level = sight(&seen(&known), &known, &actor);
            let is_administrator = level == Some(Level::Official) && ["Ada", "Sam"].contains(name);
            prop_assert!(level.is_none() || is_administrator, "{} sees {:?}", name, level);
        }
    }
}
