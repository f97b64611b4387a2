//! Timelines, as texts that a jurist can read.

use std::fmt::Write as _;

use chrono::{DateTime, Utc};
use chrono_tz::Europe::Amsterdam;

use super::{
    Happening, HappeningFault, HappeningKind, Scenario, ScenarioFault, ScenarioPlace, preview,
};
use crate::{
    calendar::Calendar,
    policy::{Policy, parse_toml},
};

const BLIJF: &str = include_str!("../../../../policies/blijf-groep.toml");
const LIVP: &str = include_str!("../../../../policies/livp.toml");

fn instant(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn policy(text: &str) -> Policy {
    parse_toml(text).unwrap()
}

/// A happening as a script has it: its kind, and ` until ` its day where it has one.
fn happening(what: &str, at: &str) -> Result<Happening, HappeningFault> {
    let (kind, until) = match what.split_once(" until ") {
        Some((kind, day)) => (kind, Some(day.parse().unwrap())),
        None => (what, None),
    };
    Happening::new(kind.parse().unwrap(), instant(at), until)
}

fn scenario(received: &str, course: Option<&str>, script: &[(&str, &str)]) -> Scenario {
    Scenario {
        received_at: instant(received),
        course_ended_on: course.map(|day| day.parse().unwrap()),
        happenings: script
            .iter()
            .map(|(what, at)| happening(what, at).unwrap())
            .collect(),
    }
}

/// The timeline of a script: first when it was received and when the course ended, then a happening a line.
fn told(policy: &Policy, received: &str, course: Option<&str>, script: &[(&str, &str)]) -> String {
    let scenario = scenario(received, course, script);
    let timeline = preview(policy, &Calendar::new(Amsterdam), &scenario).unwrap();
    let mut text = String::new();
    for step in &timeline.steps {
        let refused = step.refusal.as_ref().map_or_else(String::new, |refusal| {
            format!(
                "  REFUSED {:?} ({}): {}",
                refusal.code,
                refusal.article.as_deref().unwrap_or("no article"),
                refusal.message.en
            )
        });
        let at = step.at.with_timezone(&Amsterdam).format("%Y-%m-%d %H:%M");
        let _ = writeln!(
            text,
            "{at}  {}  [{}]{}{refused}",
            step.what.en,
            step.state_name.en,
            step.outcome
                .map_or_else(String::new, |outcome| format!(" {outcome:?}"))
        );
    }
    text.push('\n');
    for deadline in &timeline.deadlines {
        let _ = writeln!(
            text,
            "{}: {} until {} ({}){}",
            deadline.name.en,
            deadline.derivation.en,
            deadline.ends_at.format("%Y-%m-%dT%H:%MZ"),
            deadline.cited.en,
            match (deadline.met_at, deadline.is_open) {
                (Some(met), _) if met < deadline.ends_at => " met",
                (Some(_), _) => " met late",
                (None, true) => " open",
                (None, false) => "",
            }
        );
    }
    text
}

#[test]
fn b09_silence_accepts() {
    let script = [
        ("assigned", "2026-02-10T09:00:00Z"),
        ("response", "2026-02-20T09:00:00Z"),
        ("heard", "2026-02-25T09:00:00Z"),
        ("response", "2026-03-06T09:00:00Z"),
    ];
    insta::assert_snapshot!(told(
        &policy(BLIJF),
        "2026-02-09T09:00:00Z",
        Some("2026-01-31"),
        &script
    ));
}

#[test]
fn b07_nobody_acts() {
    insta::assert_snapshot!(told(&policy(BLIJF), "2026-03-09T09:00:00Z", None, &[]));
}

#[test]
fn b10_an_objection_an_appeal_and_a_decision() {
    let script = [
        ("assigned", "2026-03-10T09:00:00Z"),
        ("heard", "2026-03-11T09:00:00Z"),
        ("response", "2026-03-12T09:00:00Z"),
        ("delivered", "2026-03-13T09:00:00Z"),
        ("object", "2026-03-20T09:00:00Z"),
        ("appeal", "2026-04-01T09:00:00Z"),
        ("heard", "2026-04-08T09:00:00Z"),
        ("decision", "2026-04-15T09:00:00Z"),
        ("measures", "2026-04-16T09:00:00Z"),
        ("rated", "2026-04-16T09:00:00Z"),
    ];
    insta::assert_snapshot!(told(&policy(BLIJF), "2026-03-09T09:00:00Z", None, &script));
}

#[test]
fn b04_late_filing_and_late_appeal() {
    let script = [
        ("assigned", "2026-03-10T09:00:00Z"),
        ("inadmissible", "2026-03-11T09:00:00Z"),
        ("appeal", "2026-07-01T09:00:00Z"),
    ];
    insta::assert_snapshot!(told(
        &policy(BLIJF),
        "2026-03-09T09:00:00Z",
        Some("2026-01-31"),
        &script
    ));
}

#[test]
fn l06_both_sign() {
    let script = [
        ("assigned", "2026-03-09T09:00:00Z"),
        ("contact", "2026-03-10T09:00:00Z"),
        ("solution", "2026-03-20T09:00:00Z"),
        ("sign-complainant", "2026-03-21T09:00:00Z"),
        ("sign-respondent", "2026-04-04T21:59:59Z"),
    ];
    insta::assert_snapshot!(told(&policy(LIVP), "2026-03-07T09:00:00Z", None, &script));
}

#[test]
fn l09_four_weeks_are_over() {
    let script = [
        ("assigned", "2026-03-09T09:00:00Z"),
        ("contact", "2026-03-10T09:00:00Z"),
        ("solution", "2026-03-20T09:00:00Z"),
        ("sign-complainant", "2026-03-21T09:00:00Z"),
        ("sign-respondent", "2026-04-04T22:00:00Z"),
    ];
    insta::assert_snapshot!(told(&policy(LIVP), "2026-03-07T09:00:00Z", None, &script));
}

#[test]
fn what_is_no_happening_is_told_with_what_to_write() {
    let error = "explode".parse::<HappeningKind>().unwrap_err().to_string();
    assert!(
        error.starts_with(
            "\"explode\" is not something that can happen: write one of assigned, told,"
        )
    );
    for kind in HappeningKind::ALL {
        assert_eq!(kind.code().parse::<HappeningKind>().unwrap(), *kind);
    }
}

#[test]
fn more_time_is_asked_for_until_a_day() {
    let at = "2026-05-03T09:00:00Z";
    let needed = happening("request-extension", at).unwrap_err();
    assert_eq!(needed, HappeningFault::UntilNeeded);
    assert!(needed.to_string().contains("until which day"), "{needed}");
    let surplus = happening("consent until 2026-07-01", at).unwrap_err();
    assert_eq!(
        surplus,
        HappeningFault::UntilSurplus(HappeningKind::Consent)
    );
    assert!(surplus.to_string().contains("consent"), "{surplus}");
    assert!(happening("announce-extension until 2026-07-01", at).is_ok());
}

#[test]
fn a_public_body_adjourns_once_by_notice_and_further_by_consent() {
    let awb = policy(include_str!("../../../../policies/awb.toml"));
    let script = [
        ("assigned", "2026-03-05T09:00:00Z"),
        ("announce-extension", "2026-05-01T09:00:00Z"),
        ("announce-extension", "2026-05-02T09:00:00Z"),
        ("request-extension until 2026-05-08", "2026-05-03T08:00:00Z"),
        ("request-extension until 2026-07-06", "2026-05-03T09:00:00Z"),
        ("consent", "2026-05-04T09:00:00Z"),
        ("heard", "2026-06-01T09:00:00Z"),
        ("decision", "2026-07-01T09:00:00Z"),
    ];
    insta::assert_snapshot!(told(&awb, "2026-03-02T09:00:00Z", None, &script));
}

#[test]
fn l09_a_silent_handler_leaves_the_way_open_without_end() {
    insta::assert_snapshot!(told(&policy(LIVP), "2026-03-07T09:00:00Z", None, &[]));
}

#[test]
fn a_letter_that_comes_back_is_sent_again() {
    let script = [
        ("assigned", "2026-03-10T09:00:00Z"),
        ("heard", "2026-03-11T09:00:00Z"),
        ("response", "2026-03-12T09:00:00Z"),
        ("bounced", "2026-03-13T09:00:00Z"),
        ("react", "2026-04-10T09:00:00Z"),
    ];
    insta::assert_snapshot!(told(&policy(BLIJF), "2026-03-09T09:00:00Z", None, &script));
}

#[test]
fn a_policy_without_a_channel_refuses_the_filing_itself() {
    let mut policy = policy(BLIJF);
    policy.intake.channels.clear();
    let text = told(&policy, "2026-03-09T09:00:00Z", None, &[]);
    assert!(text.contains("REFUSED ChannelNotOpen"), "{text}");
}

#[test]
fn a_happening_centuries_later_costs_no_more() {
    let script = [("assigned", "2199-03-10T09:00:00Z")];
    let text = told(&policy(LIVP), "1900-03-09T09:00:00Z", None, &script);
    assert!(text.contains("2199-03-10"), "{text}");
}

#[test]
fn what_cannot_be_at_its_time_is_named() {
    use ScenarioPlace as P;
    let filed = "2026-03-09T09:00:00Z";
    let assigned = ("assigned", filed);
    let fault = |received, course, script: &[(&str, &str)]| {
        let scenario = scenario(received, course, script);
        preview(&policy(LIVP), &Calendar::new(Amsterdam), &scenario).unwrap_err()
    };
    for received in ["1899-12-31T09:00:00Z", "+262142-01-01T00:00:00Z"] {
        let found = fault(received, None, &[]);
        assert_eq!(found, ScenarioFault::NoSuchYear(P::Receipt));
    }
    let course = fault(filed, Some("3000-01-01"), &[assigned]);
    assert_eq!(course, ScenarioFault::NoSuchYear(P::Course));
    let late = fault(
        filed,
        None,
        &[assigned, ("solution", "9999-03-10T09:00:00Z")],
    );
    assert_eq!(late, ScenarioFault::NoSuchYear(P::Happening(1)));
    let endless = ("request-extension until +262142-01-01", filed);
    let endless = fault(filed, None, &[assigned, endless]);
    assert_eq!(endless, ScenarioFault::NoSuchYear(P::Until(1)));
    let early = fault(
        filed,
        None,
        &[assigned, ("contact", "2026-03-09T08:59:59Z")],
    );
    assert_eq!(early.place(), P::Happening(1));
    assert!(early.to_string().contains(filed), "{early}");
}
