//! The procedure as a picture, drawn from the paths that the check searches: each state, and what leads from it to another,
//! with terms and articles.
//!
//! Letters that come back, mail to unproved addresses and withdrawal are left out; a note says that withdrawing is
//! always possible. A policy without instances, or of more than can be searched, has an empty picture.

mod chart;
mod label;
mod mermaid;
mod svg;
#[cfg(test)]
mod tests;

use super::Policy;
use crate::locale::Locale;
use chart::Chart;

/// A `stateDiagram-v2` in the language Mermaid.
pub fn mermaid(policy: &Policy, locale: Locale) -> String {
    mermaid::write(&Chart::of(policy, locale), policy, locale)
}

/// A picture that stands by itself, light or dark as its reader has it, with everything in words for who cannot see it.
pub fn svg(policy: &Policy, locale: Locale) -> String {
    svg::draw(&Chart::of(policy, locale), policy, locale)
}

/// What is always possible, and would clutter the picture.
const fn withdrawing(locale: Locale) -> &'static str {
    match locale {
        Locale::Nl => "Intrekken kan altijd zolang de klacht loopt.",
        Locale::En => "Withdrawing is possible as long as the complaint runs.",
    }
}
