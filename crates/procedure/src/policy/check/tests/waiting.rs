//! When an open complaint may rest without an alert to anybody.

use super::super::{search, verdict::stays_open_for_ever};
use crate::policy::{check::explore, parse_toml};

/// Whether each open state from which the way leads on without end rests with the complainant alone, by whether the
/// organisation has given an outcome there.
fn found(text: &str, is_given: bool) -> Vec<bool> {
    let policy = parse_toml(text).unwrap();
    let graph = explore(&policy, &search::EVERY);
    let endless = graph.nodes.iter().filter(|node| {
        let complaint = &node.complaint;
        let round = complaint.round();
        let has_given = round.no_agreement_at.is_some()
            || round
                .response
                .as_ref()
                .is_some_and(|one| one.objected_at.is_some());
        let way = round.way.as_ref();
        complaint.is_open()
            && has_given == is_given
            && way.is_some_and(|way| way.announced.is_none())
    });
    endless
        .filter(|node| is_given || node.complaint.round().response.is_none())
        .map(stays_open_for_ever)
        .collect()
}

#[test]
fn only_once_the_organisation_has_given_what_it_owed_a_complaint_may_rest() {
    for text in [
        include_str!("../../../../../../policies/blijf-groep.toml"),
        include_str!("../../../../../../policies/livp.toml"),
    ] {
        let (owed, given) = (found(text, false), found(text, true));
        assert!(
            !owed.is_empty() && owed.iter().all(|rests| !rests),
            "{owed:?}"
        );
        assert!(
            !given.is_empty() && given.iter().all(|rests| *rests),
            "{given:?}"
        );
    }
}
