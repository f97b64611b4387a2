use chrono_tz::Europe::Amsterdam;

use super::*;
use crate::policy::parse_toml;

const BLIJF: &str = include_str!("../../../../../policies/blijf-groep.toml");

fn against(on: &str, is_invited: bool) -> Vec<Refusal> {
    let policy = parse_toml(BLIJF).unwrap();
    let contact = InformalContact {
        on: on.parse().unwrap(),
        is_invited,
        is_settled: false,
    };
    let today = "2026-03-02".parse().unwrap();
    let policies = (Some(&policy), Some(&policy));
    all_against_contact(&contact, &Calendar::new(Amsterdam), policies, today)
}

#[test]
fn b03_who_remains_dissatisfied_is_invited_to_write() {
    let refused = against("2026-03-01", false);
    assert_eq!(refused.len(), 1);
    assert_eq!(refused[0].reason, Reason::InvitationRequired);
    assert!(against("2026-03-01", true).is_empty());
}

#[test]
fn a_contact_has_been_and_not_longer_ago_than_a_dossier_is_kept() {
    let reason = |on| against(on, true).pop().map(|refused| refused.reason);
    assert_eq!(reason("2026-03-03"), Some(Reason::ImpossibleTime));
    assert_eq!(reason("2026-03-02"), None);
    assert_eq!(reason("2024-03-02"), None);
    assert_eq!(reason("2024-03-01"), Some(Reason::TooLongAgo));
    assert_eq!(reason("1950-01-01"), Some(Reason::TooLongAgo));
    assert!(against("1950-01-01", true)[0].basis.is_some());
    let contact = InformalContact {
        on: "1950-01-01".parse().unwrap(),
        is_invited: false,
        is_settled: false,
    };
    let today = "2026-03-02".parse().unwrap();
    let none = all_against_contact(&contact, &Calendar::new(Amsterdam), (None, None), today);
    assert!(none.is_empty(), "nothing says how long anything is kept");
}
