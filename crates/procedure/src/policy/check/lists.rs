//! Lists: nothing stands in one twice, and a code is written as codes are.

use std::collections::BTreeSet;

use serde::Serialize;

use super::finding::{FindingCode as Code, Findings};
use crate::{blank::is_blank, policy::Policy};

pub(super) fn check(policy: &Policy, findings: &mut Findings) {
    let intake = &policy.intake;
    let codes = policy.causes.iter().map(|cause| snake_case(&cause.code));
    twice(codes.filter(|code| !code.is_empty()), "causes", findings);
    let who = policy.conflicts.iter().map(|rule| word(&rule.who));
    twice(who, "conflicts", findings);
    twice(
        intake.channels.iter().map(word),
        "intake.channels",
        findings,
    );
    twice(
        intake.required.iter().map(word),
        "intake.required",
        findings,
    );
    for (index, instance) in policy.instances.iter().enumerate() {
        let Some(way) = &instance.way else {
            continue;
        };
        for (list, name) in [(&way.opens_on, "opens_on"), (&way.endless, "endless")] {
            let place = format!("instances[{index}].way.{name}");
            twice(list.iter().map(word), &place, findings);
        }
    }
    causes(policy, findings);
}

/// A value as the file writes it.
pub(super) fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn twice(all: impl Iterator<Item = String>, place: &str, findings: &mut Findings) {
    let mut seen = BTreeSet::new();
    for one in all {
        if !seen.insert(one.clone()) {
            findings.add(
                Code::Duplicate,
                place,
                &format!("\"{one}\" staat er twee keer: laat er een weg."),
                &format!("\"{one}\" is there twice: leave one out."),
            );
        }
    }
}

/// Statistics and programs go by the code of a cause, so that there is one way to write it.
fn causes(policy: &Policy, findings: &mut Findings) {
    for (index, cause) in policy.causes.iter().enumerate() {
        let (code, well) = (&cause.code, snake_case(&cause.code));
        if !well.is_empty() && *code == well {
            continue;
        }
        let instead = if well.is_empty() {
            "course_content"
        } else {
            &well
        };
        let (nl, en) = if is_blank(code) {
            (
                format!("De oorzaak heeft geen code: schrijf er een, bijvoorbeeld \"{instead}\"."),
                format!("The cause has no code: write one, for example \"{instead}\"."),
            )
        } else {
            (
                format!(
                    "Een code bestaat uit kleine letters, cijfers en losse lage streepjes, met een letter vooraan: schrijf \"{instead}\" in plaats van \"{code}\"."
                ),
                format!(
                    "A code is lower-case letters, digits and single underscores, a letter first: write \"{instead}\" instead of \"{code}\"."
                ),
            )
        };
        findings.add(
            Code::MalformedCode,
            format!("causes[{index}].code"),
            &nl,
            &en,
        );
    }
}

/// The code that is nearest to what was written; empty where nothing of it can be in a code.
fn snake_case(text: &str) -> String {
    let mut code = String::new();
    let mut was_lower = false;
    for c in text.chars() {
        if c.is_ascii_uppercase() && was_lower {
            code.push('_');
        }
        was_lower = c.is_ascii_lowercase() || c.is_ascii_digit();
        code.push(if c.is_ascii_alphanumeric() {
            c.to_ascii_lowercase()
        } else {
            '_'
        });
    }
    let parts = code.split('_').filter(|part| !part.is_empty());
    let code = parts.collect::<Vec<_>>().join("_");
    code.trim_start_matches(|c: char| !c.is_ascii_lowercase())
        .to_owned()
}
