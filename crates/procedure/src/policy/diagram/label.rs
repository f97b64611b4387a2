//! The words on an arrow: what happens, within which term, by which article.

use crate::{
    complaint::{Complaint, Event, LapsedTerm, Outcome},
    locale::Locale,
    policy::{
        Basis, ExitGround, Instance, Policy, Resolution, TermRule,
        check::Label,
        play::{Act, event_in_words, outcome_in_words},
    },
};

/// What happens, with its term and article, and how it ended.
pub(super) fn of(
    policy: &Policy,
    before: &Complaint,
    after: &Complaint,
    label: &Label,
    locale: Locale,
) -> String {
    let at = usize::from(before.round().instance);
    let Some(instance) = policy.instances.get(at) else {
        return String::new();
    };
    let mut text = match label {
        Label::Act(act) => {
            let rule = rule_of_act(policy, before, instance, *act);
            with_rule(act.in_words(locale), rule, locale)
        }
        Label::Time(events) => events
            .iter()
            .filter(|event| !matches!(event, Event::Closed { .. }))
            .map(|event| {
                let rule = rule_of_event(policy, before, instance, event);
                with_rule(event_in_words(event).in_locale(locale), rule, locale)
            })
            .collect::<Vec<_>>()
            .join(", "),
        Label::Filed(_) => String::new(),
    };
    if let Some(closure) = after.closure.filter(|_| before.is_open()) {
        let rule = match label {
            Label::Time(_) => rule_of_closing(instance, closure.outcome),
            _ => None,
        };
        let outcome = with_rule(outcome_in_words(closure.outcome, locale), rule, locale);
        text = if text.is_empty() {
            outcome
        } else {
            format!("{text} → {outcome}")
        };
    }
    plain(&text)
}

/// Where more time can be had: arrows from an instance to itself.
pub(super) fn extensions(policy: &Policy, locale: Locale) -> Vec<String> {
    let mut lines = Vec::new();
    for (index, instance) in policy.instances.iter().enumerate() {
        let place = if index == 0 {
            "in_treatment"
        } else {
            "on_appeal"
        };
        let place = format!("{place}_{}", index + 1);
        let extension = instance.resolution.extension();
        let announced = extension.announced.as_ref().map(|rule| {
            with_rule(
                Act::AnnounceExtension.in_words(locale),
                Some(Rule::Term(rule)),
                locale,
            )
        });
        let consented = extension.consent.as_ref().map(|basis| {
            with_rule(
                Act::Consent.in_words(locale),
                Some(Rule::Only(basis)),
                locale,
            )
        });
        lines.extend(
            announced
                .into_iter()
                .chain(consented)
                .map(|text| format!("{place} --> {place}: {}", plain(&text))),
        );
    }
    lines
}

/// Without what has a meaning to Mermaid; a colon becomes the ratio sign, which looks like it.
pub(super) fn plain(text: &str) -> String {
    let kept = |c: char| match c {
        ':' => '\u{2236}',
        ';' => ',',
        '"' | '\n' | '#' | '<' | '>' => ' ',
        c => c,
    };
    text.chars().map(kept).collect()
}

#[derive(Clone, Copy)]
enum Rule<'a> {
    Term(&'a TermRule),
    Only(&'a Basis),
}

fn with_rule(text: &str, rule: Option<Rule<'_>>, locale: Locale) -> String {
    match rule {
        Some(Rule::Term(rule)) => format!(
            "{text} ({}, {})",
            rule.term.in_words(locale),
            rule.rule.cite(locale)
        ),
        Some(Rule::Only(basis)) => format!("{text} ({})", basis.cite(locale)),
        None => text.to_owned(),
    }
}

fn rule_of_act<'a>(
    policy: &'a Policy,
    before: &Complaint,
    instance: &'a Instance,
    act: Act,
) -> Option<Rule<'a>> {
    let way = instance.way.as_ref();
    let reaction = match &instance.resolution {
        Resolution::Response { reaction, .. } => Some(reaction),
        _ => None,
    };
    match act {
        Act::Assigned => {
            let late = before.late_appeal.as_ref().map(|late| late.instance);
            let at = late.unwrap_or(before.round().instance);
            let appointment = &policy.instances.get(usize::from(at))?.appointment;
            let term = appointment.term.as_ref().map(Rule::Term);
            Some(term.unwrap_or(Rule::Only(&appointment.rule)))
        }
        Act::Contact => instance.contact.as_ref().map(Rule::Term),
        Act::Heard => instance
            .hearing
            .as_ref()
            .map(|hearing| Rule::Only(&hearing.rule)),
        Act::AdmitLate => {
            let window = policy.intake.filing_window.as_ref();
            window.map(|window| Rule::Term(&window.late))
        }
        Act::Response | Act::ResponseUnannounced | Act::Decision | Act::UpholdInadmissible => {
            Some(Rule::Term(instance.resolution.term()))
        }
        Act::Answer | Act::Notice => reaction.map(Rule::Term),
        Act::Accept => silence_window(instance).map(|window| Rule::Only(&window.rule)),
        Act::Object | Act::NoAgreement => way.map(|way| Rule::Only(&way.rule)),
        Act::Solution | Act::SignComplainant | Act::SignRespondent => match &instance.resolution {
            Resolution::Agreement { sign_off, .. } => Some(Rule::Only(sign_off)),
            _ => None,
        },
        Act::Appeal => way.map(|way| Rule::Only(&way.rule)),
        Act::AdmitAppeal | Act::RefuseAppeal => way.map(|way| Rule::Term(&way.late.decide)),
        _ => None,
    }
}

fn rule_of_event<'a>(
    policy: &'a Policy,
    before: &Complaint,
    instance: &'a Instance,
    event: &Event,
) -> Option<Rule<'a>> {
    match event {
        Event::TermLapsed {
            term: LapsedTerm::Resolution,
        } => Some(Rule::Term(instance.resolution.term())),
        Event::TermLapsed {
            term: LapsedTerm::Reaction,
        } => match &instance.resolution {
            Resolution::Response { reaction, .. } => Some(Rule::Term(reaction)),
            _ => None,
        },
        Event::LateComplaintAdmitted { .. } => {
            let window = policy.intake.filing_window.as_ref();
            window.map(|window| Rule::Term(&window.late))
        }
        Event::LateAppealAdmitted { .. } => {
            let way = instance.way.as_ref();
            way.map(|way| Rule::Term(&way.late.decide))
        }
        Event::WayOpened {
            ground: ExitGround::NoAgreement,
            ..
        } if before.round().response.is_some() => silence_window(instance).map(Rule::Term),
        _ => None,
    }
}

fn rule_of_closing(instance: &Instance, outcome: Outcome) -> Option<Rule<'_>> {
    match outcome {
        Outcome::TacitlyAccepted => silence_window(instance).map(Rule::Term),
        _ => instance.way.as_ref().map(|way| Rule::Term(&way.window)),
    }
}

fn silence_window(instance: &Instance) -> Option<&TermRule> {
    match &instance.resolution {
        Resolution::Response { silence, .. } => Some(&silence.window),
        _ => None,
    }
}
