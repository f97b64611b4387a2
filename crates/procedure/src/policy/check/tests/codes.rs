//! Every code is found in some policy, and other organisations' regulations are clean.

use std::collections::BTreeSet;

use super::{found, told};
use crate::policy::{
    check::{Finding, FindingCode, finding::Findings, rules, terms},
    parse_toml,
};

const BLIJF: &str = include_str!("../../../../../../policies/blijf-groep.toml");
const OTHER: &str = include_str!("other.toml");

/// A fault in a policy, and what it is found as.
const FAULTS: [(&str, &str, FindingCode); 16] = [
    (
        "endless = [\"lapse\"]",
        "endless = []",
        FindingCode::LapseCloses,
    ),
    (
        "nl = \"Leidinggevende\"",
        "nl = \" \"",
        FindingCode::EmptyText,
    ),
    (
        "opens_on = [\"objection\",",
        "opens_on = [\"objection\", \"no_agreement\",",
        FindingCode::GroundNeverOccurs,
    ),
    (
        "\"notice\", \"lapse\", \"inadmissible\"]\nendless = [\"lapse\"]",
        "\"notice\", \"inadmissible\"]\nendless = []",
        FindingCode::LapseContradicted,
    ),
    (
        "\"lapse\", \"inadmissible\"]",
        "\"lapse\"]",
        FindingCode::InadmissibleWithoutAppeal,
    ),
    (
        "[alerts]\nterm = \"5 working days\"",
        "[alerts]\nterm = \"2 months\"",
        FindingCode::AlertsRare,
    ),
    (
        "[measures]\nterm = \"2 weeks\"",
        "[measures]\nterm = \"3 years\"",
        FindingCode::ContradictoryTerms,
    ),
    (
        "[intake.filing_window.late]\nterm = \"2 weeks\"",
        "[intake.filing_window.late]\nterm = \"2 months\"",
        FindingCode::ContradictoryTerms,
    ),
    (
        "means = \"acceptance\"\nreminder = \"1 week\"",
        "means = \"acceptance\"\nreminder = \"1 month\"",
        FindingCode::ReminderTooEarly,
    ),
    (
        "code = \"safety\"",
        "code = \"content\"",
        FindingCode::Duplicate,
    ),
    (
        "opens_on = [\"objection\",",
        "opens_on = [\"objection\", \"objection\",",
        FindingCode::Duplicate,
    ),
    (
        "endless = [\"lapse\"]",
        "endless = [\"lapse\", \"lapse\"]",
        FindingCode::Duplicate,
    ),
    (
        "code = \"safety\"",
        "code = \" \"",
        FindingCode::MalformedCode,
    ),
    (
        "code = \"safety\"",
        "code = \"Safety\"",
        FindingCode::MalformedCode,
    ),
    (
        "code = \"safety\"",
        "code = \"is it safe\"",
        FindingCode::MalformedCode,
    ),
    (
        "code = \"safety\"",
        "code = \"_safety\"",
        FindingCode::MalformedCode,
    ),
];

/// What a policy says, held against itself, without the search.
fn said(text: &str) -> Vec<Finding> {
    let policy = parse_toml(text).unwrap();
    let mut findings = Findings::default();
    rules::check(&policy, &mut findings);
    terms::check(&policy, &mut findings);
    findings.in_order()
}

#[test]
fn a_policy_without_causes_is_found() {
    let mut policy = parse_toml(BLIJF).unwrap();
    policy.causes.clear();
    let mut findings = Findings::default();
    rules::check(&policy, &mut findings);
    let findings = findings.in_order();
    assert_eq!(findings[0].code, FindingCode::NoCause);
}

#[test]
fn a_policy_that_keeps_nobody_out_is_found() {
    let mut policy = parse_toml(BLIJF).unwrap();
    policy.conflicts.clear();
    let mut findings = Findings::default();
    rules::check(&policy, &mut findings);
    let findings = findings.in_order();
    assert_eq!(findings[0].code, FindingCode::NoConflict);
}

#[test]
fn each_fault_is_found_as_what_it_is() {
    for (right, wrong, code) in FAULTS {
        assert!(BLIJF.contains(right), "{right}");
        let findings = said(&BLIJF.replacen(right, wrong, 1));
        let codes: BTreeSet<FindingCode> = findings.iter().map(|one| one.code).collect();
        assert!(codes.contains(&code), "{wrong}\n{}", told(&findings));
    }
}

#[test]
fn a_fault_of_a_list_is_told_where_and_with_what_to_write() {
    let wrong = BLIJF
        .replacen("who = \"course_organiser\"", "who = \"course_trainer\"", 1)
        .replacen(
            "opens_on = [\"objection\",",
            "opens_on = [\"objection\", \"objection\",",
            1,
        )
        .replacen("code = \"safety\"", "code = \"socialSafety\"", 1)
        .replacen("code = \"other\"", "code = \"12\"", 1);
    insta::assert_snapshot!("lists", told(&said(&wrong)));
}

#[test]
fn a_lapse_that_changes_nothing_is_warned_of() {
    let text = BLIJF
        .replacen("opens_way = true", "opens_way = false", 1)
        .replacen(", \"lapse\", ", ", ", 1)
        .replacen("endless = [\"lapse\"]", "endless = []", 1);
    insta::assert_snapshot!("lapse-without-remedy", told(&found(&text)));
}

#[test]
fn three_instances_with_a_committee_and_a_cap_hold_no_error() {
    insta::assert_snapshot!("other", told(&found(OTHER)));
}

#[test]
fn a_code_is_what_clients_read() {
    for code in FindingCode::ALL {
        let json = serde_json::to_value(code).unwrap();
        assert_eq!(json, code.as_str());
    }
}
