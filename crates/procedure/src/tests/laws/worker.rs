//! The outcome never depends on when a worker ran, and a dossier folds to what it was.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use proptest::prelude::*;
use sha2::{Digest, Sha256};

use super::play::{cases, settings, steps, take};
use crate::{
    complaint::{Admission, Closure, Event, LapsedTerm, LateAppeal, Party, Recorded, Round, State},
    ids::MemberId,
    policy::ExitGround,
    tests::world::World,
};

/// All that matters of a round, without the numbers of letters.
#[derive(Debug, PartialEq)]
struct Standing {
    state: State,
    closure: Option<Closure>,
    /// While it is open: of what people closed nobody asks any more whether it came too late.
    admission: Option<Admission>,
    late_appeal: Option<LateAppeal>,
    rounds: Vec<Stood>,
    signed: Vec<Party>,
    representative: Option<MemberId>,
}

#[derive(Debug, PartialEq)]
struct Stood {
    opened_at: DateTime<Utc>,
    deciders: Vec<MemberId>,
    lapsed: BTreeMap<LapsedTerm, DateTime<Utc>>,
    way: Option<(ExitGround, DateTime<Utc>, Option<NaiveDate>)>,
    issued_at: Option<DateTime<Utc>>,
    objected_at: Option<DateTime<Utc>>,
    reacted_at: Option<DateTime<Utc>>,
    extended: Option<NaiveDate>,
    heard: Vec<Party>,
}

fn stood(round: &Round) -> Stood {
    let way = round.way.as_ref();
    let response = round.response.as_ref();
    Stood {
        opened_at: round.opened_at,
        deciders: round.bench.deciders.clone(),
        lapsed: round.lapsed.clone(),
        way: way.map(|way| (way.ground, way.opened_at, way.announced)),
        issued_at: response.map(|one| one.issued_at),
        objected_at: response.and_then(|one| one.objected_at),
        reacted_at: response.and_then(|one| one.reacted_at),
        extended: round.extended.until(),
        heard: round.hearings.keys().copied().collect(),
    }
}

fn standing(world: &World) -> Standing {
    let complaint = &world.complaint;
    Standing {
        state: complaint.state(),
        closure: complaint.closure,
        admission: complaint.is_open().then_some(complaint.admission),
        late_appeal: complaint.late_appeal.clone(),
        rounds: complaint.rounds.iter().map(stood).collect(),
        signed: complaint
            .solution
            .iter()
            .flat_map(|one| one.signed.iter().copied())
            .collect(),
        representative: complaint.representative,
    }
}

/// Everyone who signed a version signed the hash of its one text.
fn one_text(dossier: &[Recorded]) {
    let mut digests = BTreeMap::new();
    for recorded in dossier {
        match &recorded.event {
            Event::SolutionProposed {
                version,
                text,
                digest,
            } => {
                let words = text.reveal().expect("not destroyed");
                assert_eq!(*digest, hex::encode(Sha256::digest(words)));
                digests.insert(*version, digest.clone());
            }
            Event::SolutionSigned {
                version, digest, ..
            } => assert_eq!(digests.get(version), Some(digest)),
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn the_outcome_is_the_same_whenever_and_however_often_the_worker_runs(
        setting in settings(),
        steps in steps(45),
    ) {
        let mut awake = setting.world();
        awake.has_post = false;
        let mut asleep = awake.clone();
        asleep.has_worker = false;
        for step in steps {
            let (one, other) = (take(&mut awake, step), take(&mut asleep, step));
            prop_assert_eq!(one.is_ok(), other.is_ok(), "{:?}: {:?}, {:?}", step, one, other);
        }
        awake.let_time_pass();
        asleep.let_time_pass();
        prop_assert_eq!(standing(&awake), standing(&asleep));
        one_text(&awake.dossier);
    }

    #[test]
    fn replaying_the_events_gives_the_same_complaint(setting in settings(), steps in steps(60)) {
        let mut world = setting.world();
        for step in steps {
            let _ = take(&mut world, step);
        }
        world.check();
        let version = usize::try_from(world.complaint.version).unwrap();
        prop_assert_eq!(version, world.dossier.len());
    }
}
