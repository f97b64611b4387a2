//! Whether a policy can be published: what contradicts itself, and every path that could strand a complaint.

mod finding;
mod journey;
mod key;
mod lists;
mod rules;
mod search;
mod terms;
#[cfg(test)]
mod tests;
mod verdict;

pub use finding::{Finding, FindingCode, Severity, Step};
pub use rules::MOST_INSTANCES;
pub(in crate::policy) use search::{Graph, Label, PROMPT, explore};

use super::Policy;
#[cfg(test)]
use crate::complaint::{Outcome, State};
use finding::Findings;

/// Everything that is wrong with a policy, errors first.
///
/// What a policy says is held against itself; then every path that people, silence and time can take through it
/// is searched exhaustively with synthetic people, one of each role, and each fault comes with the shortest path
/// that shows it. A complainant who said no stays with that: giving in and withdrawing count as no way out.
/// The search is left out while a policy has no instance, or no channel on which a complaint could come in.
pub fn check(policy: &Policy) -> Vec<Finding> {
    let mut findings = Findings::default();
    rules::check(policy, &mut findings);
    terms::check(policy, &mut findings);
    if (1..=usize::from(MOST_INSTANCES)).contains(&policy.instances.len()) {
        verdict::check(policy, &explore(policy, &search::EVERY), &mut findings);
    }
    findings.in_order()
}

/// Every state, and at the end the outcome, that the search finds a complaint in.
#[cfg(test)]
pub(crate) fn reached(policy: &Policy) -> Vec<(State, Option<Outcome>)> {
    let graph = explore(policy, &search::EVERY);
    let found = graph.nodes.iter().map(|node| {
        let closure = node.complaint.closure;
        (node.complaint.state(), closure.map(|one| one.outcome))
    });
    let mut reached: Vec<_> = Vec::new();
    for one in found {
        if !reached.contains(&one) {
            reached.push(one);
        }
    }
    reached
}
