//! Tests of the check.

mod broken;
mod codes;
mod real;
mod waiting;

use std::fmt::Write as _;

use super::{Finding, check};
use crate::policy::parse_toml;

fn found(text: &str) -> Vec<Finding> {
    check(&parse_toml(text).unwrap())
}

/// Findings as a person reads them.
fn told(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        let code = finding.code.as_str();
        let place = &finding.place;
        let _ = writeln!(text, "{:?} {code} at {place}", finding.severity);
        let _ = writeln!(text, "  en: {}", finding.message.en);
        let _ = writeln!(text, "  nl: {}", finding.message.nl);
        for step in &finding.path {
            let _ = writeln!(text, "    {} → {:?}", step.what.en, step.state);
        }
    }
    text
}
