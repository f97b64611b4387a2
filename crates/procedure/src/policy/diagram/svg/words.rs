//! What the picture says besides the policy's own words.

use crate::{
    locale::Locale,
    policy::{
        Policy,
        diagram::{
            chart::{Chart, Place},
            withdrawing,
        },
    },
};

/// Over the columns of a card.
pub(super) const fn columns(locale: Locale) -> [&'static str; 4] {
    match locale {
        Locale::Nl => ["", "binnen", "artikel", "daarna"],
        Locale::En => ["", "within", "article", "then"],
    }
}

pub(super) const fn stays(locale: Locale) -> &'static str {
    match locale {
        Locale::Nl => "blijft hier",
        Locale::En => "stays here",
    }
}

/// Under the title.
pub(super) fn note(locale: Locale) -> String {
    let clock = match locale {
        Locale::Nl => "Het klokje staat bij wat de tijd doet, terwijl niemand iets doet.",
        Locale::En => "The small clock marks what time does, while nobody acts.",
    };
    format!("{clock} {}", withdrawing(locale))
}

/// Where an arrow leads.
pub(super) fn end(place: Place, policy: &Policy, locale: Locale) -> String {
    let name = capital(place.name(locale));
    // With more than two instances the same state comes back.
    match policy.instance(place.instance) {
        Some(_) if policy.instances.len() > 2 => {
            format!("{name} ({})", u16::from(place.instance) + 1)
        }
        _ => name,
    }
}

/// With a capital.
pub(super) fn capital(text: &str) -> String {
    let mut rest = text.chars();
    let first = rest.next().into_iter().flat_map(char::to_uppercase);
    first.chain(rest).collect()
}

/// The whole picture in sentences.
pub(super) fn told(chart: &Chart, policy: &Policy, locale: Locale) -> String {
    let mut sentences = vec![note(locale)];
    for arrow in &chart.arrows {
        let (from, to) = (
            end(arrow.from, policy, locale),
            end(arrow.to, policy, locale),
        );
        let said = arrow.caption.said.iter().chain(&arrow.caption.outcome);
        let said: Vec<String> = said
            .map(|said| match &said.rule {
                Some((Some(term), article)) => format!("{} ({term}, {article})", said.text),
                Some((None, article)) => format!("{} ({article})", said.text),
                None => said.text.clone(),
            })
            .collect();
        let said = said.join(", ");
        sentences.push(if arrow.from == arrow.to {
            format!("{from}: {said}.")
        } else {
            format!("{from} → {to}: {said}.")
        });
    }
    sentences.join("\n")
}
