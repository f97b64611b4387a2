//! What a check of a policy finds.

use async_graphql::SimpleObject;
use wederhoor_procedure::{Locale, policy::check};

use crate::enums::{ComplaintState, FindingSeverity, PolicyFindingCode};

/// What the check of a policy found (*controle van een regeling*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct PolicyCheck {
    /// Whether it can be published: it can be read, and there are no errors.
    is_publishable: bool,
    /// Why it could not be read: where, and what to write instead; `null` when it was read.
    parse_error: Option<String>,
    /// What is wrong with it, errors first.
    findings: Vec<PolicyFinding>,
}

impl PolicyCheck {
    /// A policy that could not be read.
    pub(crate) const fn unread(error: String) -> Self {
        Self {
            is_publishable: false,
            parse_error: Some(error),
            findings: Vec::new(),
        }
    }

    pub(crate) fn of(findings: &[check::Finding], locale: Locale) -> Self {
        Self {
            is_publishable: findings
                .iter()
                .all(|finding| finding.severity != check::Severity::Error),
            parse_error: None,
            findings: findings
                .iter()
                .map(|finding| PolicyFinding::of(finding, locale))
                .collect(),
        }
    }
}

/// Something wrong with a policy (*bevinding*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct PolicyFinding {
    /// Whether it keeps the policy from being published.
    severity: FindingSeverity,
    /// A stable code, for programs.
    code: PolicyFindingCode,
    /// Where in the policy, such as `instances[0].way`; items of a list count from 0.
    place: String,
    /// What is wrong and what to write instead, in the language of the request.
    message: String,
    /// The shortest path that shows it; empty where it shows without one.
    path: Vec<PolicyFindingStep>,
}

impl PolicyFinding {
    fn of(finding: &check::Finding, locale: Locale) -> Self {
        let step = |step: &check::Step| PolicyFindingStep {
            text: step.what.in_locale(locale).to_owned(),
            state: step.state.into(),
        };
        Self {
            severity: finding.severity.into(),
            code: finding.code.into(),
            place: finding.place.clone(),
            message: finding.message.in_locale(locale).to_owned(),
            path: finding.path.iter().map(step).collect(),
        }
    }
}

/// A step on a path, and where it leaves the complaint (*stap*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct PolicyFindingStep {
    /// What happens, in the language of the request.
    text: String,
    /// Where the complaint stands after it.
    state: ComplaintState,
}
