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

/// What an arrow says.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) struct Caption {
    /// What happens, in order.
    pub(super) said: Vec<Said>,
    /// How the complaint ends by it.
    pub(super) outcome: Option<Said>,
    /// Whether time does it, while nobody acts.
    pub(super) is_time: bool,
}

/// A short sentence without a full stop, and the rule it rests on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) struct Said {
    pub(super) text: String,
    /// The term, where there is one, and the article.
    pub(super) rule: Option<(Option<String>, String)>,
}

/// What happens, with its term and article, and how it ended.
pub(super) fn of(
    policy: &Policy,
    before: &Complaint,
    after: &Complaint,
    label: &Label,
    locale: Locale,
) -> Caption {
    let at = usize::from(before.round().instance);
    let Some(instance) = policy.instances.get(at) else {
        return Caption::default();
    };
    let said = match label {
        Label::Act(act) => {
            let rule = rule_of_act(policy, before, instance, *act);
            vec![with_rule(act.in_words(locale), rule, locale)]
        }
        Label::Time(events) => events
            .iter()
            .filter(|event| !matches!(event, Event::Closed { .. }))
            .map(|event| {
                let rule = rule_of_event(policy, before, instance, event);
                with_rule(event_in_words(event).in_locale(locale), rule, locale)
            })
            .collect(),
        Label::Filed(_) => Vec::new(),
    };
    let outcome = after.closure.filter(|_| before.is_open()).map(|closure| {
        let rule = match label {
            Label::Time(_) => rule_of_closing(instance, closure.outcome),
            _ => None,
        };
        with_rule(outcome_in_words(closure.outcome, locale), rule, locale)
    });
    Caption {
        said,
        outcome,
        is_time: matches!(label, Label::Time(_)),
    }
}

/// Where more time can be had: what each instance says of it.
pub(super) fn extensions(policy: &Policy, locale: Locale) -> Vec<(u8, Caption)> {
    let mut found = Vec::new();
    for (index, instance) in (0..).zip(&policy.instances) {
        let extension = instance.resolution.extension();
        let announced = extension.announced.as_ref().map(Rule::Term);
        let consented = extension.consent.as_ref().map(Rule::Only);
        let ways = [
            (Act::AnnounceExtension, announced),
            (Act::Consent, consented),
        ];
        for (act, rule) in ways.into_iter().filter(|(_, rule)| rule.is_some()) {
            let said = vec![with_rule(act.in_words(locale), rule, locale)];
            let caption = Caption {
                said,
                ..Caption::default()
            };
            found.push((index, caption));
        }
    }
    found
}

#[derive(Clone, Copy)]
enum Rule<'a> {
    Term(&'a TermRule),
    Only(&'a Basis),
}

fn with_rule(text: &str, rule: Option<Rule<'_>>, locale: Locale) -> Said {
    let rule = rule.map(|rule| match rule {
        Rule::Term(rule) => (Some(rule.term.in_words(locale)), rule.rule.cite(locale)),
        Rule::Only(basis) => (None, basis.cite(locale)),
    });
    Said {
        text: text.to_owned(),
        rule,
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
            let appointment = &policy.instance(at)?.appointment;
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
