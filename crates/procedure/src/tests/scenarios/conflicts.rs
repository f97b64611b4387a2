//! Conflict of interest, computed and re-computed: B5, L4, L11, L12.

use super::tell;
use crate::{
    actor::Role,
    complaint::{Event, Party, Recipient, State},
    letter::{Content, Release, Vacancy, letters},
    policy::Conflicted,
    tests::{cast, script::play},
};

#[test]
fn l04_a_roster_change_makes_the_handler_conflicted() {
    tell(
        "l04_roster_change",
        "livp",
        &["
        2026-03-02 10:00 Karin files naming Tom
        2026-03-02 14:00 Ada assigns Anna
        2026-03-04 10:00 Roster trains Anna
        2026-03-04 11:00 Anna telephones
        2026-03-06 09:00 Ada assigns Bram"],
    );
}

#[test]
fn b05_a_respondent_who_is_also_the_only_handler_left() {
    tell(
        "b05_only_handler_left",
        "blijf",
        &["
        2026-03-02 10:00 Karin files ended 2026-02-20 naming Anna
        2026-03-03 09:00 Anna takes
        2026-03-03 10:00 Ada assigns Xena with-reason
        2026-03-03 11:00 Roster trains Bram
        2026-03-03 12:00 Bram takes
        2026-03-03 13:00 Ada assigns Xena
        2026-03-03 14:00 Ada assigns Xena with-reason
        2026-03-04 09:00 Xena notifies 1
        2026-03-04 10:00 Anna states"],
    );
}

#[test]
fn l04_everyone_else_on_leave_means_nobody_is_left() {
    tell(
        "l04_all_on_leave",
        "livp",
        &["
        2026-03-02 10:00 Karin files naming Tom
        2026-03-02 11:00 Leave Anna 2026-03-01 2026-03-31
        2026-03-02 12:00 Leave Bram 2026-03-01 2026-03-31 Olga
        2026-03-02 13:00 Roster trains Olga
        2026-03-02 14:00 Ada assigns Xena with-reason"],
    );
}

#[test]
fn l04_a_handler_named_as_respondent_is_off_the_case_in_the_same_breath() {
    tell(
        "l04_handler_is_respondent",
        "livp",
        &["
        2026-03-02 10:00 Karin files
        2026-03-02 14:00 Ada assigns Anna
        2026-03-04 10:00 Anna notifies Anna
        2026-03-04 11:00 Anna telephones
        2026-03-04 12:00 Anna states"],
    );
}

#[test]
fn l04_an_administrator_who_trains_the_course_is_excluded_and_a_stand_in_acts() {
    tell(
        "l04_administrator_excluded",
        "livp",
        &["
        2026-03-02 10:00 Karin files naming Tom
        2026-03-02 11:00 Sam assigns Anna
        2026-03-02 12:00 Roster trains Ada
        2026-03-02 13:00 Ada assigns Anna
        2026-03-02 14:00 Sam assigns Anna"],
    );
}

#[test]
fn l04_a_stand_in_acts_where_the_administrator_complains() {
    tell(
        "l04_administrator_complains",
        "livp",
        &["
        2026-03-02 10:00 Ada files as-member naming Tom
        2026-03-02 13:00 Ada assigns Anna
        2026-03-02 14:00 Sam assigns Anna
        2026-03-03 14:00 Ada states"],
    );
}

#[test]
fn l12_a_complaint_without_a_course_excludes_the_named_respondent_only() {
    tell(
        "l12_without_course",
        "livp",
        &["
        2026-03-02 10:00 Karin files naming Bram without-course
        2026-03-02 13:00 Ada assigns Bram
        2026-03-02 14:00 Ada assigns Tom"],
    );
}

#[test]
fn l12_other_trainers_see_nothing() {
    let played = play(
        "livp",
        "
        2026-03-02 10:00 Karin files naming Tom
        2026-03-02 14:00 Ada assigns Anna",
    );
    let world = &played.world;
    let audience =
        crate::audience::audience(&world.policy, &world.facts, &world.complaint, world.now);
    let sees = |name: &str| {
        let actor = cast::actor(name, &world.facts);
        crate::audience::sight(&audience, &world.complaint, &actor).is_some()
    };
    let seeing: Vec<&str> = cast::names().filter(|name| sees(name)).collect();
    assert_eq!(seeing, ["Ada", "Anna"]);
    assert_eq!(played.state(), State::InTreatment);
}

#[test]
fn b06_a_representative_who_administers_keeps_the_office() {
    let played = play(
        "blijf",
        "
        2026-03-02 10:00 Karin files ended 2026-02-20
        2026-03-03 09:00 Ada represents Ada",
    );
    let world = &played.world;
    let audience =
        crate::audience::audience(&world.policy, &world.facts, &world.complaint, world.now);
    let ada = cast::member("Ada");
    let today = world.facts.calendar.local_date(world.now);
    assert!(world.facts.holds(ada, Role::Administrator, today));
    assert_eq!(audience[&ada], crate::audience::Level::Official);
    let party = world.complaint.party_of(ada);
    assert_eq!(party, Some(Party::Representative));
}

#[test]
fn l14_when_everybody_of_the_administration_is_named_others_act_for_it() {
    let mut world = play(
        "livp",
        "
        2026-03-02 10:00 Karin files naming Tom",
    )
    .world;
    world.facts.stand_in = Some(cast::member("Sam"));
    for (no, name) in [(1, "Ada"), (2, "Sam")] {
        let named = cast::respondent(name);
        world.complaint.respondents.insert(no, named);
    }
    let today = world.facts.calendar.local_date(world.now);
    let (policy, facts, complaint) = (&world.policy, &world.facts, &world.complaint);
    let acting = crate::decide::authority::administration(policy, facts, complaint, today);
    assert_eq!(acting, [cast::member("Mila"), cast::member("Max")]);
    let audience = crate::audience::audience(policy, facts, complaint, world.now);
    assert_eq!(
        audience[&cast::member("Ada")],
        crate::audience::Level::Excluded
    );
    for id in acting {
        assert_eq!(audience[&id], crate::audience::Level::Official);
    }
}

#[test]
fn b06_a_representative_who_becomes_trainer_or_organiser_of_the_course_speaks_for_it_no_more() {
    for (becomes, ground) in [
        ("trains", Conflicted::CourseTrainer),
        ("organises", Conflicted::CourseOrganiser),
    ] {
        let script = format!(
            "2026-03-02 10:00 Karin files ended 2026-02-20
        2026-03-03 09:00 Anna takes
        2026-03-03 10:00 Ada represents Rita
        2026-03-04 09:00 Roster {becomes} Rita"
        );
        let played = play("blijf", &script);
        let world = &played.world;
        let rita = cast::member("Rita");
        assert_eq!(world.complaint.representative, None, "{}", played.told);
        assert_eq!(
            world.complaint.round().bench.deciders,
            [cast::member("Anna")]
        );
        let found = Event::ConflictFound {
            member: rita,
            ground,
        };
        let place = world
            .dossier
            .iter()
            .position(|one| one.event == found)
            .unwrap();
        let told = letters(&world.policy, &world.facts, &world.dossier[..=place], place);
        let told: Vec<_> = told
            .into_iter()
            .map(|one| (one.key.to, one.content))
            .collect();
        let (to, why) = (Recipient::Member(rita), Release::NoLongerSpeaks(ground));
        assert!(told.contains(&(to, Content::Released { why })), "{told:?}");
        let is_asked = |(to, content): &(Recipient, Content)| {
            *to == Recipient::Administration
                && matches!(
                    content,
                    Content::Unassigned {
                        why: Vacancy::Unrepresented,
                        ..
                    }
                )
        };
        assert!(told.iter().any(is_asked), "{told:?}");
        assert_eq!(told.len(), 2);
    }
}

#[test]
fn whoever_did_a_deciders_work_as_a_substitute_is_no_fresh_eye_later() {
    const AWAY: &str = "\n2026-03-10 08:00 Leave Anna 2026-03-10 2026-03-31 Bram\n";
    let requests = "2026-03-12 09:00 Bram requests 2026-04-06";
    let opens = "2026-03-16 12:00 Anna responds upheld
        2026-03-18 09:00 Karin asks
        2026-03-20 09:00 Bram opens";
    let disagrees = "2026-03-12 09:00 Bram disagrees";
    for (policy, begun, act) in [
        ("blijf", super::HEARD, requests),
        ("blijf", super::HEARD, opens),
        ("livp", super::ASSIGNED, disagrees),
    ] {
        let played = play(policy, &[begun, AWAY, act].concat());
        let round = played.world.complaint.round();
        assert!(
            round.bench.former.contains(&cast::member("Bram")),
            "{}",
            played.told
        );
    }
}
