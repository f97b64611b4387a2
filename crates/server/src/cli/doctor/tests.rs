use chrono::TimeDelta;
use wederhoor_service::{Health, Sealed};
use wederhoor_store::RoleFault;

use super::State::{Failed, Warning};
use super::*;

fn states(findings: &[Finding]) -> Vec<State> {
    findings.iter().map(|one| one.state).collect()
}

#[test]
fn what_is_found_is_said_with_what_to_do() {
    let found = [
        Finding::ok("clock", "agrees"),
        Finding::warning("letters", "one waits", "look"),
        Finding::failed("walls", "open: a", "close it"),
    ];
    let words = "ok       clock        agrees\n\
                 warning  letters      one waits\n                      -> look\n\
                 FAILED   walls        open: a\n                      -> close it\n";
    assert_eq!(in_words(&found), words);
}

#[tokio::test]
async fn settings_that_cannot_be_used_are_all_named() {
    let problem = |key: &str| Problem {
        key: key.to_owned(),
        what: "is required".to_owned(),
    };
    let problems = Problems(vec![problem("WEDERHOOR_A"), problem("WEDERHOOR_B")]);
    let found = examine(Err(problems)).await;
    assert_eq!(states(&found), [State::Failed, State::Failed]);
    assert_eq!(found[1].found, "WEDERHOOR_B: is required");
}

#[test]
fn each_thing_that_is_wrong_is_told_from_one_that_is_not() {
    let seconds = TimeDelta::seconds;
    let found = [
        database::of_clock(seconds(5)),
        database::of_clock(seconds(-6)),
        database::of_rights(&[], &[]),
        database::of_rights(&[RoleFault::Superuser], &[]),
        database::of_rights(&[], &["TRUNCATE on complaint".to_owned()]),
        database::of_walls(&[]),
        database::of_walls(&["complaint".to_owned()]),
        database::of_pooler(true),
        database::of_pooler(false),
        database::of_hints(true),
        database::of_hints(false),
    ];
    let well = State::Ok;
    let expected = [
        well, Failed, well, Failed, Failed, well, Failed, well, Failed, well, Warning,
    ];
    assert_eq!(states(&found), expected, "{found:#?}");
    assert!(found[1].found.contains("-6 s"), "{:?}", found[1]);
    assert!(
        found[4].found.contains("TRUNCATE on complaint"),
        "{:?}",
        found[4]
    );
    let sick = found.iter().filter(|one| one.state != well);
    assert!(sick.clone().count() == 6 && sick.into_iter().all(|one| one.mend.is_some()));
}

#[test]
fn work_and_keys_that_somebody_should_look_at_are_warned_of() {
    let well = Health {
        steps: Vec::new(),
        since_work: Some(TimeDelta::seconds(40)),
        oldest_letter: Some(TimeDelta::minutes(1)),
        stuck: 0,
        is_writable: true,
    };
    let sick = Health {
        steps: Vec::new(),
        since_work: Some(TimeDelta::minutes(7)),
        oldest_letter: Some(TimeDelta::minutes(61)),
        stuck: 3,
        is_writable: false,
    };
    let of = |health: &Health| {
        [
            work::of_workers(health),
            work::of_letters(health),
            work::of_stuck(health),
            work::of_writing(health),
        ]
    };
    assert_eq!(states(&of(&well)), [State::Ok; 4]);
    let found = of(&sick);
    assert_eq!(states(&found), [Warning, Warning, Warning, Failed]);
    assert!(found[0].found.contains("7 minutes") && found[1].found.contains("61 minutes"));
    let never = Health {
        since_work: None,
        ..well
    };
    assert_eq!(work::of_workers(&never).state, State::Warning);
    let keys = |older, unopened| {
        work::of_keys(Sealed {
            newest: 2,
            older,
            unopened,
        })
        .state
    };
    let all = [keys(0, 0), keys(1, 0), keys(1, 1)];
    assert_eq!(all, [State::Ok, State::Warning, State::Failed]);
}
