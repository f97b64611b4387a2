use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use wederhoor_procedure::actor::Role;

use super::{READY, ready};
use crate::demo::{Person, World};

fn world() -> World {
    let person = |key: &str, roles: &[Role]| Person {
        key: key.to_owned(),
        organisation: "hier".to_owned(),
        id: String::new(),
        name: key.to_owned(),
        email: format!("{key}@hier.example"),
        roles: roles.to_vec(),
    };
    World {
        people: vec![
            person("admin", &[Role::Administrator]),
            person("trainer", &[Role::Trainer]),
        ],
        ..World::default()
    }
}

fn names(who: &str, open: &str, reference: Option<&str>) -> Vec<&'static str> {
    let tabs = ready(&world(), who, open, reference, DateTime::<Utc>::UNIX_EPOCH);
    tabs.into_iter().map(|tab| tab.name).collect()
}

#[test]
fn everybody_gets_what_they_have_use_for_and_first_what_they_asked_for() {
    assert_eq!(names("hier/admin", "", None)[0], "WorkQueue");
    assert_eq!(
        names("hier/admin", "PreviewPolicy", None)[0],
        "PreviewPolicy"
    );
    assert!(!names("hier/trainer", "WorkQueue", None).contains(&"WorkQueue"));
    assert_eq!(
        names("hier/trainer", "Complaint", Some("H-2026-0001"))[0],
        "Complaint"
    );
    assert!(!names("hier/trainer", "Complaint", None).contains(&"Complaint"));
}

#[test]
fn every_query_is_an_operation_of_its_name() {
    let mut seen = BTreeSet::new();
    for query in &READY {
        assert!(seen.insert(query.name), "{} stands twice", query.name);
        let kinds = ["query", "mutation"];
        let named = |kind: &&str| query.document.contains(&format!("{kind} {}", query.name));
        assert!(kinds.iter().any(named), "{}", query.name);
    }
}
