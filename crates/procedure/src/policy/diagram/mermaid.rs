//! The picture in the language Mermaid.

use std::fmt::Write as _;

use super::{
    chart::{Chart, Place},
    label::{Caption, Said},
    withdrawing,
};
use crate::{complaint::State, locale::Locale, policy::Policy};

pub(super) fn write(chart: &Chart, policy: &Policy, locale: Locale) -> String {
    let mut text = String::from("stateDiagram-v2\n");
    let mut places = chart.places.clone();
    places.sort();
    for place in &places {
        let name = plain(&name(*place, policy, locale));
        let _ = writeln!(text, "    state \"{name}\" as {}", id(*place));
    }
    for place in &chart.starts {
        let _ = writeln!(text, "    [*] --> {}", id(*place));
    }
    for arrow in &chart.arrows {
        let (from, to) = (id(arrow.from), id(arrow.to));
        let _ = writeln!(text, "    {from} --> {to}: {}", words(&arrow.caption));
    }
    if places.iter().any(|place| place.state == State::Closed) {
        text.push_str("    closed --> [*]\n");
    }
    if places.iter().any(|place| id(*place) == "received_1") {
        let note = withdrawing(locale);
        let _ = writeln!(
            text,
            "    note right of received_1\n        {note}\n    end note"
        );
    }
    text
}

fn id(place: Place) -> String {
    let name = match place.state {
        State::Received => "received",
        State::InTreatment => "in_treatment",
        State::AwaitingComplainant => "awaiting_complainant",
        State::AwaitingSignOff => "awaiting_sign_off",
        State::AppealOpen => "appeal_open",
        State::OnAppeal => "on_appeal",
        State::Closed if place.late_appeal => return "late_appeal".to_owned(),
        State::Closed => return "closed".to_owned(),
    };
    format!("{name}_{}", u16::from(place.instance) + 1)
}

fn name(place: Place, policy: &Policy, locale: Locale) -> String {
    let state = place.name(locale);
    match policy.instance(place.instance) {
        Some(instance) if place.state != State::Received => {
            format!("{state} ({})", instance.name.in_locale(locale))
        }
        _ => state.to_owned(),
    }
}

fn words(caption: &Caption) -> String {
    let said: Vec<String> = caption.said.iter().map(cited).collect();
    let said = Some(said.join(", ")).filter(|said| !said.is_empty());
    let parts: Vec<String> = said
        .into_iter()
        .chain(caption.outcome.as_ref().map(cited))
        .collect();
    plain(&parts.join(" → "))
}

fn cited(said: &Said) -> String {
    let text = &said.text;
    match &said.rule {
        Some((Some(term), article)) => format!("{text} ({term}, {article})"),
        Some((None, article)) => format!("{text} ({article})"),
        None => text.clone(),
    }
}

/// Without what has a meaning to Mermaid; a colon becomes the ratio sign, which looks like it.
fn plain(text: &str) -> String {
    let kept = |c: char| match c {
        ':' => '\u{2236}',
        ';' => ',',
        '"' | '\n' | '#' | '<' | '>' => ' ',
        c => c,
    };
    text.chars().map(kept).collect()
}
