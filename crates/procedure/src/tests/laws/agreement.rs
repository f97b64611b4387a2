//! `actions` agrees with `decide`, for everybody, in every state reached.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::{
    play::{ACTORS, cases, settings, settled, steps, take},
    sample,
};
use crate::{
    actor::Actor,
    command::CommandKind,
    decide::{actions, decide},
    refusal::RefusalCode,
    tests::{cast, world::World},
};

/// Commands that need more than the right to them: somebody suitable, or a letter that waits for just that.
const NEEDS_MORE: &[CommandKind] = &[
    CommandKind::AssignDecider,
    CommandKind::NameRepresentative,
    CommandKind::RecordPosted,
    CommandKind::ReportUndelivered,
];

fn owns_a_measure(world: &World, actor: &Actor) -> bool {
    let mut measures = world.complaint.measures.values();
    measures.any(|measure| measure.owner.is_some() && measure.owner == actor.member())
}

fn agree(world: &World, name: &str) {
    let actor = cast::actor(name, &world.facts);
    let offered = actions(
        &world.policy,
        &world.facts,
        &world.complaint,
        &actor,
        world.now,
    );
    let settled = settled(world);
    for kind in CommandKind::ALL {
        let decided: Vec<Result<(), RefusalCode>> = sample::commands(&settled, *kind)
            .iter()
            .map(|command| {
                let (policy, facts, complaint) = (&world.policy, &world.facts, &world.complaint);
                decide(
                    policy, facts, complaint, &actor, command, world.now, world.now,
                )
                .map(drop)
                .map_err(|refusal| refusal.reason.code())
            })
            .collect();
        let is_accepted = decided.iter().any(Result::is_ok);
        let action = offered.iter().find(|action| action.command == *kind);
        match action {
            // The owner of a measure reports on it without seeing the complaint, where nothing is offered.
            None if *kind == CommandKind::UpdateMeasure && owns_a_measure(world, &actor) => {}
            None => assert!(!is_accepted, "{name} is not offered {kind:?}: {decided:?}"),
            Some(action) => match &action.refusal {
                Some(refusal) => {
                    let code = refusal.reason.code();
                    let same = decided.iter().all(|one| *one == Err(code));
                    assert!(same, "{name} {kind:?} is refused {code:?}, not {decided:?}");
                }
                None if NEEDS_MORE.contains(kind) => {}
                // By a slower clock than the one that closed it, only what would have prevented that is still done.
                None if world.now < world.complaint.latest_at => {}
                None => assert!(is_accepted, "{name} is offered {kind:?}: {decided:?}"),
            },
        }
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn what_is_offered_is_accepted_and_what_is_not_is_refused(
        setting in settings(),
        steps in steps(40),
        asleep in any::<bool>(),
        behind in prop_oneof![Just(0), 1..200_000_i64],
    ) {
        let mut world = setting.world();
        world.has_post = false;
        world.has_worker = !asleep;
        for step in steps {
            let _ = take(&mut world, step);
        }
        // Another process may have a clock behind that of the one which registered the latest.
        world.now = world.complaint.received_at.max(world.now - TimeDelta::seconds(behind));
        for name in ACTORS {
            agree(&world, name);
        }
    }
}
