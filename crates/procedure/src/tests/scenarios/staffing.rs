//! Absences and memberships begin and end by themselves, and the case follows: B5, B11, L14.

use uuid::Uuid;

use super::{ASSIGNED, HEARD, RESPONDED, tell};
use crate::{
    actor::Role,
    audience::{Level, audience, owners},
    command::Command,
    complaint::{Event, MeasureUpdate, ProposedMeasure},
    decide::authority::is_free,
    ids::MeasureId,
    refusal::Reason,
    tests::{
        cast::{self, member},
        script::play,
    },
};

/// Mila hears the appeal since Friday 20 March.
const APPEALED: &str = "
    2026-03-20 09:00 Karin appeals
";

#[test]
fn b11_a_manager_who_goes_on_leave_is_replaced_by_another() {
    tell(
        "b11_leave_begins",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            APPEALED,
            "
        2026-03-21 09:00 Leave Mila 2026-03-25 2026-04-30
        2026-03-25 08:00 Mila hears complainant
        2026-03-25 09:00 Max hears complainant
        2026-05-01 00:30 Mila hears respondent-1",
        ],
    );
}

#[test]
fn b11_nobody_there_is_alerted_and_the_first_to_return_hears_the_appeal() {
    tell(
        "b11_nobody_there",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            APPEALED,
            "
        2026-03-21 09:00 Leave Mila 2026-03-25 2026-04-30
        2026-03-21 10:00 Leave Max 2026-03-01 2026-04-16
        2026-03-26 09:00 Ada assigns Mila
        2026-04-20 09:00 Max hears complainant",
        ],
    );
}

#[test]
fn b11_nobody_there_and_the_administration_appoints_an_external() {
    tell(
        "b11_external",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            APPEALED,
            "
        2026-03-21 09:00 Leave Mila 2026-03-25 2026-04-30
        2026-03-21 10:00 Leave Max 2026-03-01 2026-04-30
        2026-03-26 09:00 Ada assigns Xena with-reason
        2026-05-01 09:00 Xena hears complainant",
        ],
    );
}

#[test]
fn b11_who_stands_in_without_the_role_gives_the_case_back() {
    tell(
        "b11_given_back",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-17 09:00 Leave Mila 2026-03-01 2026-03-31 Stan
        2026-03-20 09:00 Karin appeals
        2026-03-24 09:00 Stan hears complainant
        2026-04-01 09:00 Stan hears respondent-1
        2026-04-01 10:00 Mila hears respondent-1",
        ],
    );
}

#[test]
fn b11_a_late_appeal_does_not_wait_for_a_manager_on_leave() {
    tell(
        "b11_late_appeal_leave",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-04-20 09:00 Karin appeals
        2026-04-20 10:00 Leave Mila 2026-04-22 2026-05-30
        2026-04-23 09:00 Max admits-late-appeal",
        ],
    );
}

#[test]
fn l14_a_handler_whose_membership_ends_is_released_and_the_administration_hears_it() {
    tell(
        "l14_membership_ends",
        "livp",
        &[
            ASSIGNED,
            "
        2026-03-05 09:00 Membership Anna until 2026-03-10
        2026-03-11 09:00 Anna proposes
        2026-03-13 09:00 Ada assigns Bram
        2026-03-13 10:00 Ada assigns Anna",
        ],
    );
}

#[test]
fn b05_a_handler_who_loses_the_role_is_released_at_once() {
    tell(
        "b05_role_ends",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom
        2026-03-03 09:00 Anna takes
        2026-03-04 09:00 Roles Anna end
        2026-03-04 10:00 Anna notifies 1
        2026-03-05 09:00 Bram takes"],
    );
}

#[test]
fn l11_an_arbiter_whose_membership_ends_is_released() {
    let played = play(
        "livp",
        "
        2026-03-02 10:00 Karin files naming Tom
        2026-03-02 14:00 Ada assigns Anna
        2026-03-12 09:00 Anna disagrees
        2026-03-20 09:00 Karin appeals
        2026-03-23 09:00 Ada assigns Arie
        2026-03-24 09:00 Membership Arie until 2026-03-31
        2026-04-20 09:00 Time passes",
    );
    let released = |event: &Event| matches!(event, Event::DeciderReleased { member: id, .. } if *id == member("Arie"));
    let at = played.world.dossier.iter().find(|one| released(&one.event));
    assert_eq!(
        at.map(|one| one.at),
        Some(cast::local("2026-04-01", "00:00"))
    );
    assert!(played.world.complaint.round().bench.is_vacant());
}

#[test]
fn b11_who_stands_in_later_sees_it_while_the_leave_lasts() {
    let played = play(
        "blijf",
        &[
            HEARD,
            RESPONDED,
            APPEALED,
            "
        2026-03-21 09:00 Leave Mila 2026-03-25 2026-04-10 Stan",
        ]
        .concat(),
    );
    let world = &played.world;
    let sees = |day: &str, time: &str| {
        let now = cast::local(day, time);
        let audience = audience(&world.policy, &world.facts, &world.complaint, now);
        audience.contains_key(&member("Stan"))
    };
    let shown = [
        ("2026-03-24", "23:59:59"),
        ("2026-03-25", "00:00"),
        ("2026-04-10", "23:59:59"),
        ("2026-04-11", "00:00"),
    ]
    .map(|(day, time)| sees(day, time));
    assert_eq!(shown, [false, true, true, false]);
}

#[test]
fn b11_who_stands_in_and_then_trains_the_course_sees_and_hears_no_more() {
    let played = tell(
        "b11_stand_in_becomes_trainer",
        "blijf",
        &[
            HEARD,
            RESPONDED,
            APPEALED,
            "
        2026-03-21 09:00 Leave Mila 2026-03-25 2026-04-30 Stan
        2026-03-26 09:00 Stan hears complainant
        2026-03-27 09:00 Roster trains Stan
        2026-03-27 10:00 Stan hears respondent-1",
        ],
    );
    let world = &played.world;
    let audience = audience(&world.policy, &world.facts, &world.complaint, world.now);
    assert_eq!(audience.get(&member("Stan")), Some(&Level::Excluded));
}

#[test]
fn b11_a_leave_taken_back_before_it_begins_changes_nothing() {
    let mut world = play(
        "blijf",
        &[
            HEARD,
            RESPONDED,
            APPEALED,
            "
        2026-03-21 09:00 Leave Mila 2026-03-25 2026-04-10 Stan",
        ]
        .concat(),
    )
    .world;
    let mila = world.facts.members.get_mut(&member("Mila"));
    mila.expect("a member").absences.clear();
    world.pass_until(cast::local("2026-03-26", "09:00"));
    assert_eq!(world.complaint.round().bench.deciders, [member("Mila")]);
    let audience = audience(&world.policy, &world.facts, &world.complaint, world.now);
    assert!(!audience.contains_key(&member("Stan")));
}

/// An overdue term calls in the managers, but for whoever stepped back from this case.
#[test]
fn b11_who_stepped_back_sees_nothing_of_it_again_when_a_term_is_overdue() {
    let recused = "
        2026-03-23 09:00 Mila recuses";
    let mut world = play("blijf", &[HEARD, RESPONDED, APPEALED, recused].concat()).world;
    world.pass_until(cast::local("2026-06-01", "09:00"));
    let audience = audience(&world.policy, &world.facts, &world.complaint, world.now);
    assert!(!audience.contains_key(&member("Mila")));
    assert_eq!(audience.get(&member("Max")), Some(&Level::Official));
}

#[test]
fn b14_a_measure_is_nobodys_who_may_not_know_of_the_complaint() {
    let mut world = play(
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-18 10:00 Karin accepts
        2026-03-18 11:00 Anna classifies content",
        ]
        .concat(),
    )
    .world;
    let owned_by = |name: &str, number: u128| Command::AnswerMeasures {
        measures: vec![ProposedMeasure {
            id: MeasureId(Uuid::from_u128(number)),
            text: cast::text("Bel op tijd."),
            owner: Some(member(name)),
            due_on: None,
        }],
        reason_for_none: None,
    };
    let refused = world.does("Anna", &owned_by("Tom", 1)).unwrap_err();
    assert_eq!(refused.reason, Reason::ConflictOfInterest);
    world.does("Anna", &owned_by("Anna", 1)).expect("her own");
    let done = |number: u128, owner: Option<&str>| Command::UpdateMeasure {
        update: MeasureUpdate {
            id: MeasureId(Uuid::from_u128(number)),
            owner: owner.map(member),
            due_on: None,
            done_on: Some(cast::day("2026-03-18")),
            is_effective: None,
        },
    };
    world.does("Anna", &done(1, Some("Xena"))).expect("hers");
    let refused = world.does("Anna", &done(1, None)).unwrap_err();
    assert_eq!(refused.reason, Reason::NotAllowed, "it is Xena's now");
    world
        .does("Xena", &done(1, None))
        .expect("she reports on it");
    let refused = world.does("Xena", &done(1, Some("Anna"))).unwrap_err();
    assert_eq!(refused.reason, Reason::NotAllowed, "she only reports");
    let refused = world.does("Xena", &done(2, None)).unwrap_err();
    assert_eq!(refused.reason, Reason::NotFound, "nothing else is there");
    let refused = world.does("Kim", &done(1, None)).unwrap_err();
    assert_eq!(refused.reason, Reason::NotFound);
    let audience = audience(&world.policy, &world.facts, &world.complaint, world.now);
    assert!(!audience.contains_key(&member("Xena")));
    let owners = owners(&world.policy, &world.facts, &world.complaint, world.now);
    assert_eq!(owners, [member("Xena")].into());
    world
        .does("Ada", &done(1, None))
        .expect("the administration");
}

#[test]
fn a_leave_that_nobody_saw_begin_has_effect_from_its_day_all_the_same() {
    let script = |worker: &str| {
        play(
            "blijf",
            &[
                HEARD,
                RESPONDED,
                APPEALED,
                "
                2026-03-21 09:00 Leave Mila 2026-03-25 2026-04-10
                ",
                worker,
                "
                2026-04-20 09:00 Worker wakes
                2026-04-20 10:00 Karin states",
            ]
            .concat(),
        )
    };
    let awake = script("2026-03-21 10:00 Worker wakes");
    let asleep = script("2026-03-21 10:00 Worker sleeps");
    let round = asleep.world.complaint.round();
    assert_eq!(round.bench.deciders, [member("Max")]);
    assert_eq!(round, awake.world.complaint.round());
}

#[test]
fn b11_who_decided_and_left_hears_no_appeal_against_it() {
    let played = play(
        "blijf",
        &[
            HEARD,
            RESPONDED,
            "
        2026-03-09 09:00 Roles Anna end
        2026-03-09 09:30 Time passes",
        ]
        .concat(),
    );
    let (mut facts, complaint) = (played.world.facts.clone(), &played.world.complaint);
    assert!(complaint.round().bench.is_vacant());
    let anna = member("Anna");
    let manager = [Role::Manager].into();
    facts.members.get_mut(&anna).unwrap().roles = manager;
    assert!(!is_free(&cast::blijf(), &facts, complaint, 1, anna));
    assert!(is_free(&cast::blijf(), &facts, complaint, 0, anna));
}

#[test]
fn b11_who_responded_as_a_substitute_does_not_hear_the_appeal() {
    let played = tell(
        "b11_substitute_responded",
        "blijf",
        &["
    2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom
    2026-03-03 09:00 Anna takes
    2026-03-04 09:00 Leave Anna 2026-03-05 2026-03-31 Mila
    2026-03-05 09:00 Mila notifies 1
    2026-03-09 10:00 Mila hears complainant
    2026-03-09 11:00 Mila hears respondent-1
    2026-03-16 12:00 Mila responds not-upheld
    2026-03-20 09:00 Karin appeals"],
    );
    let round = played.world.complaint.round();
    assert_eq!(
        (round.instance, &round.bench.deciders[..]),
        (1, &[member("Max")][..])
    );
}

#[test]
fn l11_who_handled_it_before_another_did_is_no_independent_arbiter() {
    let played = play(
        "livp",
        &format!(
            "{ASSIGNED}
        2026-03-05 09:00 Ada assigns Bram with-reason
        2026-03-06 09:00 Bram disagrees
        2026-03-10 09:00 Karin appeals"
        ),
    );
    let world = &played.world;
    let is_arbiter_free = |name| {
        is_free(
            &world.policy,
            &world.facts,
            &world.complaint,
            1,
            member(name),
        )
    };
    assert_eq!(
        (is_arbiter_free("Anna"), is_arbiter_free("Arie")),
        (false, true)
    );
}

#[test]
fn b11_who_registers_that_a_party_waives_its_hearing_decides_nothing() {
    let played = play(
        "blijf",
        "
    2026-03-02 10:00 Karin files ended 2026-02-20 naming Tom
    2026-03-03 09:00 Anna takes
    2026-03-04 09:00 Ada registers complainant waives by email arrived 2026-03-04 08:00",
    );
    assert!(!played.world.complaint.round().bench.has_had(member("Ada")));
}
