//! The policies that ship can be published.

use super::{found, told};
use crate::policy::check::Severity;

#[test]
fn the_policies_that_ship_have_no_error() {
    for text in [
        include_str!("../../../../../../policies/blijf-groep.toml"),
        include_str!("../../../../../../policies/livp.toml"),
        include_str!("../../../../../../policies/awb.toml"),
    ] {
        let findings = found(text);
        let is_warning = |one: &super::Finding| one.severity == Severity::Warning;
        assert!(findings.iter().all(is_warning), "{}", told(&findings));
    }
}

#[test]
fn the_regulation_of_livp_needs_someone_to_sign_for_it() {
    let findings = found(include_str!("../../../../../../policies/livp.toml"));
    insta::assert_snapshot!("livp", told(&findings));
}
