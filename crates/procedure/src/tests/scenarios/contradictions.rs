//! What cannot be true together, or again, is refused: B10, B14, L6, L8.

use uuid::Uuid;

use super::{HEARD, PROPOSED, RESPONDED, tell};
use crate::{
    command::Command,
    complaint::{Finding, Hearing, InadmissibleGround, MeasureUpdate, Party, ProposedMeasure},
    ids::MeasureId,
    policy::Basis,
    refusal::Reason,
    tests::{
        cast::{day, member, text},
        script::play,
        world::World,
    },
};

#[test]
fn b10_what_was_declared_inadmissible_is_decided_on_appeal_and_not_admitted() {
    tell(
        "b10_not_admitted_and_not_both",
        "blijf",
        &["
        2026-03-24 10:00 Karin files ended 2026-02-20 naming Tom
        2026-03-24 12:00 Bram takes
        2026-03-25 09:00 Bram dismisses late
        2026-04-01 09:00 Karin appeals
        2026-04-01 10:00 Mila admits
        2026-04-02 09:00 Mila notifies 1
        2026-04-02 10:00 Mila hears complainant
        2026-04-02 11:00 Mila hears respondent-1
        2026-04-08 09:00 Mila decides upheld inadmissible
        2026-04-08 10:00 Mila decides upheld"],
    );
}

#[test]
fn l06_the_same_text_again_voids_no_sign_off() {
    tell(
        "l06_same_text_again",
        "livp",
        &[
            PROPOSED,
            "
        2026-03-12 09:00 Karin signs
        2026-03-12 10:00 Anna proposes
        2026-03-12 11:00 Tom signs",
        ],
    );
}

#[test]
fn nobody_is_named_representative_twice() {
    let mut world = filed("livp");
    let named = |name| Command::NameRepresentative {
        member: member(name),
    };
    world
        .does("Ada", &named("Rita"))
        .expect("she speaks for it");
    let refused = world.does("Ada", &named("Rita")).unwrap_err();
    assert_eq!(refused.reason, Reason::AlreadyDone);
}

#[test]
fn nobody_complains_about_themselves() {
    let mut world = filed("livp");
    let contact = Some(world.complaint.complainant.contact.clone());
    let (no, member) = (None, None);
    let named = Command::NameRespondent {
        no,
        member,
        contact,
    };
    let refused = world.does("Anna", &named).unwrap_err();
    assert_eq!(refused.reason, Reason::ConflictOfInterest);
}

#[test]
fn b14_measures_are_taken_or_there_is_a_reason_why_not() {
    let mut world = closed();
    let both = Command::AnswerMeasures {
        measures: vec![measure(None)],
        reason_for_none: Some(text("Geen nodig.")),
    };
    assert_eq!(refused(&mut world, &both), Reason::Contradictory);
    let past = Command::AnswerMeasures {
        measures: vec![measure(Some("1999-01-01"))],
        reason_for_none: None,
    };
    assert_eq!(refused(&mut world, &past), Reason::InThePast);
}

#[test]
fn b14_a_measure_is_done_in_its_time_and_judged_once_it_is_done() {
    let mut world = closed();
    let answered = Command::AnswerMeasures {
        measures: vec![measure(Some("2026-06-01"))],
        reason_for_none: None,
    };
    world.does("Anna", &answered).expect("a measure");
    for (due_on, done_on, is_effective, reason) in [
        (None, Some("2100-01-01"), None, Reason::ImpossibleTime),
        (None, Some("1999-01-01"), None, Reason::ImpossibleTime),
        (Some("1999-01-01"), None, None, Reason::InThePast),
        (None, None, Some(true), Reason::Contradictory),
    ] {
        let told = format!("{due_on:?} {done_on:?} {is_effective:?}");
        let update = update(due_on, done_on, is_effective);
        assert_eq!(refused(&mut world, &update), reason, "{told}");
    }
    assert_eq!(
        refused(&mut world, &update(None, None, None)),
        Reason::NothingToChange
    );
    for told in [
        update(Some("2026-06-01"), Some("2026-03-18"), None),
        update(None, None, Some(false)),
    ] {
        world.does("Anna", &told).expect("it fits");
    }
}

#[test]
fn b14_a_measure_is_seen_to_by_who_can_act() {
    let mut world = closed();
    let owned = |name: &str| Command::AnswerMeasures {
        measures: vec![ProposedMeasure {
            owner: Some(member(name)),
            ..measure(None)
        }],
        reason_for_none: None,
    };
    for name in ["Stan", "Kim", "Rita", "Arie"] {
        assert_eq!(
            refused(&mut world, &owned(name)),
            Reason::NotEligible,
            "{name}"
        );
    }
    world
        .does("Anna", &owned("Xena"))
        .expect("she treats complaints");
    let id = MeasureId(Uuid::from_u128(1));
    let given = |name: &str| Command::UpdateMeasure {
        update: MeasureUpdate {
            id,
            owner: Some(member(name)),
            due_on: None,
            done_on: None,
            is_effective: None,
        },
    };
    assert_eq!(
        refused_of("Ada", &mut world, &given("Stan")),
        Reason::NotEligible
    );
    world.does("Ada", &given("Max")).expect("a manager");
}

#[test]
fn b10_only_what_was_declared_inadmissible_can_stay_so() {
    let objected = "
        2026-03-18 10:00 Karin appeals
        2026-03-19 09:00 Mila hears complainant
        2026-03-19 10:00 Mila hears respondent-1";
    let mut world = play("blijf", &[HEARD, RESPONDED, objected].concat()).world;
    let upheld = Command::IssueDecision {
        finding: Finding::NoJudgement,
        text: text("Het blijft zo."),
        compensation: None,
        upholds_inadmissibility: true,
    };
    let decides = refused_of("Mila", &mut world, &upheld);
    assert_eq!(decides, Reason::NotDeclaredInadmissible);
}

#[test]
fn l11_who_decided_before_does_not_again_by_the_article_that_says_who_decides() {
    let appealed = "
        2026-03-12 09:00 Anna disagrees
        2026-03-13 09:00 Karin appeals";
    let filed = "
        2026-03-02 10:00 Karin files
        2026-03-02 14:00 Ada assigns Anna";
    let mut world = play("livp", &[filed, appealed].concat()).world;
    let before = Command::AssignDecider {
        member: member("Anna"),
        reason: None,
    };
    let refused = world.does("Ada", &before).unwrap_err();
    assert_eq!(refused.reason, Reason::ConflictOfInterest);
    let article = refused.basis.as_ref().and_then(|basis| basis.article());
    assert_eq!(article, Some("Bij geen overeenstemming"));
}

#[test]
fn at_livp_both_sides_are_heard_by_the_arbiter_and_not_before() {
    let mut world = filed("livp");
    let heard = |party| Command::RecordHearing {
        party,
        hearing: Hearing::Heard,
        record: None,
    };
    let invited = Command::InviteToHearing {
        party: Party::Complainant,
        on: world.now + chrono::TimeDelta::days(1),
        place: text("Kamer 3"),
    };
    for command in [heard(Party::Complainant), invited] {
        assert_eq!(refused(&mut world, &command), Reason::NotInThisProcedure);
    }
    let waived = refused_of("Karin", &mut world, &Command::WaiveHearing);
    assert_eq!(waived, Reason::NotInThisProcedure);
}

#[test]
fn what_is_over_is_over_by_a_rule_of_the_house() {
    let mut world = closed();
    let assigned = Command::AssignDecider {
        member: member("Bram"),
        reason: None,
    };
    for (name, command) in [
        ("Karin", Command::WithdrawComplaint { reasons: None }),
        (
            "Anna",
            Command::DeclareInadmissible {
                ground: InadmissibleGround::Subject,
                reasons: text("Dit ging niet over een training."),
            },
        ),
        (
            "Anna",
            Command::Recuse {
                reason: text("Ik ken haar."),
            },
        ),
        ("Ada", assigned),
    ] {
        let refused = world.does(name, &command).unwrap_err();
        assert_eq!(refused.reason, Reason::AlreadyClosed, "{name}");
        assert!(matches!(refused.basis, Some(Basis::HouseRule(_))), "{name}");
    }
}

fn filed(policy: &str) -> World {
    let script = "
        2026-03-02 10:00 Karin files
        2026-03-02 14:00 Ada assigns Anna";
    play(policy, script).world
}

fn closed() -> World {
    let accepted = "
        2026-03-18 10:00 Karin accepts
        2026-03-18 11:00 Anna classifies content";
    play("blijf", &[HEARD, RESPONDED, accepted].concat()).world
}

fn refused(world: &mut World, command: &Command) -> Reason {
    refused_of("Anna", world, command)
}

fn refused_of(name: &str, world: &mut World, command: &Command) -> Reason {
    world.does(name, command).unwrap_err().reason
}

fn measure(due_on: Option<&str>) -> ProposedMeasure {
    ProposedMeasure {
        id: MeasureId(Uuid::from_u128(1)),
        text: text("Bel op tijd."),
        owner: Some(member("Anna")),
        due_on: due_on.map(day),
    }
}

fn update(due_on: Option<&str>, done_on: Option<&str>, is_effective: Option<bool>) -> Command {
    Command::UpdateMeasure {
        update: MeasureUpdate {
            id: MeasureId(Uuid::from_u128(1)),
            owner: None,
            due_on: due_on.map(day),
            done_on: done_on.map(day),
            is_effective,
        },
    }
}
