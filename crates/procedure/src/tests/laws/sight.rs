//! Who must not see never sees.

use proptest::prelude::*;

use super::play::{cases, settings, steps, take};
use crate::{
    actor::Actor,
    audience::{audience, sight},
    complaint::Party,
    decide::authority::{conflict, relation},
    tests::{cast, world::World},
};

fn hidden_as_it_must(world: &World) {
    let (policy, facts, complaint) = (&world.policy, &world.facts, &world.complaint);
    let audience = audience(policy, facts, complaint, world.now);
    let today = facts.calendar.local_date(world.now);
    for name in cast::names() {
        let (id, actor) = (cast::member(name), cast::actor(name, facts));
        let sees = sight(&audience, complaint, &actor).is_some();
        let party = complaint.party_of(id);
        if conflict(policy, facts, complaint, id).is_some() && party.is_none() {
            assert!(!sees, "{name} is excluded");
        }
        let acts = relation(policy, facts, complaint, &actor, today).sees();
        assert!(!acts || sees, "{name} may act, and cannot see");
        let named = complaint
            .respondents
            .values()
            .find(|one| one.member == Some(id));
        if named.is_some_and(|one| !one.is_notified) && party.is_none() {
            assert!(!sees, "{name} was not told yet");
        }
    }
    for (no, respondent) in &complaint.respondents {
        let link = Actor::Link(Party::Respondent(*no));
        assert_eq!(
            sight(&audience, complaint, &link).is_some(),
            respondent.is_notified
        );
    }
    assert_eq!(sight(&audience, complaint, &Actor::Anyone), None);
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn who_must_not_see_never_sees(setting in settings(), steps in steps(40)) {
        let mut world = setting.world();
        for step in steps {
            let _ = take(&mut world, step);
            hidden_as_it_must(&world);
        }
    }
}
