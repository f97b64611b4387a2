//! Terms that contradict each other.

use super::finding::{FindingCode as Code, Findings};
use crate::{
    calendar::{Term, TermUnit},
    locale::Locale::{En, Nl},
    policy::{Instance, Policy, Resolution},
};

/// Alerts that come less often than this are rare.
const OFTEN_ENOUGH: Length = Length(310);

pub(super) fn check(policy: &Policy, findings: &mut Findings) {
    acknowledgement(policy, findings);
    for (index, instance) in policy.instances.iter().enumerate() {
        of_instance(index, instance, findings);
        reminders(index, instance, findings);
    }
    late_filing(policy, findings);
    alerts(policy, findings);
    retention(policy, findings);
}

/// How long a term typically is, in tenths of a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Length(u32);

impl From<Term> for Length {
    fn from(term: Term) -> Self {
        let unit = match term.unit() {
            TermUnit::WorkingDay => 14,
            TermUnit::Day => 10,
            TermUnit::Week => 70,
            TermUnit::Month => 304,
            TermUnit::Year => 3652,
        };
        Self(unit * u32::from(term.amount()))
    }
}

fn is_longer(one: Term, other: Term) -> bool {
    Length::from(one) > Length::from(other)
}

/// Reports that what must come first may take longer than what rests on it.
fn must_fit(findings: &mut Findings, place: &str, first: Named<'_>, then: Named<'_>) {
    if !is_longer(first.term, then.term) {
        return;
    }
    findings.add(
        Code::ContradictoryTerms,
        place,
        &format!(
            "{} ({}) komt vóór {} ({}), maar mag langer duren: maak de ene termijn korter of de andere langer.",
            first.nl,
            first.term.in_words(Nl),
            then.nl,
            then.term.in_words(Nl)
        ),
        &format!(
            "{} ({}) comes before {} ({}), yet may take longer: shorten the one or lengthen the other.",
            first.en,
            first.term.in_words(En),
            then.en,
            then.term.in_words(En)
        ),
    );
}

#[derive(Clone, Copy)]
struct Named<'a> {
    term: Term,
    nl: &'a str,
    en: &'a str,
}

const fn named<'a>(term: Term, nl: &'a str, en: &'a str) -> Named<'a> {
    Named { term, nl, en }
}

fn acknowledgement(policy: &Policy, findings: &mut Findings) {
    let first = policy.instances.first();
    if let (Some(rule), Some(first)) = (&policy.acknowledgement, first) {
        let outcome = first.resolution.term().term;
        must_fit(
            findings,
            "acknowledgement.term",
            named(rule.term.term, "De bevestiging", "The confirmation"),
            named(outcome, "de uitkomst", "the outcome"),
        );
    }
    let appointment = first.and_then(|first| first.appointment.term.as_ref());
    if let (Some(rule), Some(appointment)) = (&policy.acknowledgement, appointment)
        && rule.names_handler
    {
        must_fit(
            findings,
            "acknowledgement.term",
            named(appointment.term, "De aanwijzing", "The appointment"),
            named(
                rule.term.term,
                "de bevestiging die de behandelaar noemt",
                "the confirmation that names the handler",
            ),
        );
    }
}

fn of_instance(index: usize, instance: &Instance, findings: &mut Findings) {
    let outcome = named(
        instance.resolution.term().term,
        "de uitkomst",
        "the outcome",
    );
    let contact = instance
        .contact
        .as_ref()
        .map(|rule| named(rule.term, "het contact", "the contact"));
    if let Some(rule) = &instance.appointment.term {
        let place = format!("instances[{index}].appointment.term");
        let appointment = named(rule.term, "De aanwijzing", "The appointment");
        must_fit(findings, &place, appointment, outcome);
        if let Some(contact) = contact {
            must_fit(findings, &place, appointment, contact);
        }
    }
    if let Some(contact) = contact {
        let place = format!("instances[{index}].contact");
        let first = named(contact.term, "Het contact", "The contact");
        must_fit(findings, &place, first, outcome);
    }
}

fn late_filing(policy: &Policy, findings: &mut Findings) {
    if let (Some(window), Some(first)) = (&policy.intake.filing_window, policy.instances.first()) {
        must_fit(
            findings,
            "intake.filing_window.late",
            named(
                window.late.term,
                "De beslissing over een te late klacht",
                "The decision on a late complaint",
            ),
            named(first.resolution.term().term, "de uitkomst", "the outcome"),
        );
    }
}

fn reminders(index: usize, instance: &Instance, findings: &mut Findings) {
    let silence = match &instance.resolution {
        Resolution::Response { silence, .. } => silence
            .reminder
            .map(|reminder| (reminder, silence.window.term, "resolution.silence")),
        _ => None,
    };
    let way = instance
        .way
        .as_ref()
        .and_then(|way| Some((way.reminder?, way.window.term, "way")));
    for (reminder, window, place) in silence.into_iter().chain(way) {
        if !is_longer(window, reminder) {
            findings.add(
                Code::ReminderTooEarly,
                format!("instances[{index}].{place}.reminder"),
                &format!(
                    "De herinnering komt {} voor het einde van een termijn van {}: kies iets korters.",
                    reminder.in_words(Nl),
                    window.in_words(Nl)
                ),
                &format!(
                    "The reminder comes {} before the end of a term of {}: choose something shorter.",
                    reminder.in_words(En),
                    window.in_words(En)
                ),
            );
        }
    }
}

fn alerts(policy: &Policy, findings: &mut Findings) {
    if Length::from(policy.alerts.term) > OFTEN_ENOUGH {
        findings.add(
            Code::AlertsRare,
            "alerts.term",
            "Alarmen worden minder dan eens per maand herhaald: een klacht kan lang blijven liggen.",
            "Alerts are repeated less than once a month: a complaint can be left lying for long.",
        );
    }
}

/// What runs from closing must end before the dossier is destroyed.
fn retention(policy: &Policy, findings: &mut Findings) {
    let Some(retention) = &policy.retention else {
        return;
    };
    let kept = named(retention.term, "de vernietiging", "the destruction");
    if let Some(measures) = &policy.measures {
        let answer = named(
            measures.term,
            "Het antwoord over maatregelen",
            "The answer about measures",
        );
        must_fit(findings, "measures.term", answer, kept);
    }
    for (index, instance) in policy.instances.iter().enumerate() {
        let silence = match &instance.resolution {
            Resolution::Response { silence, .. } => Some((&silence.window, "resolution.silence")),
            _ => None,
        };
        let way = instance.way.as_ref().map(|way| (&way.window, "way"));
        for (window, place) in silence.into_iter().chain(way) {
            if is_longer(window.term, retention.term) {
                findings.add(
                    Code::RetentionShort,
                    format!("instances[{index}].{place}.window"),
                    "Deze termijn is langer dan het dossier na sluiting bewaard blijft; bedoelt u dat?",
                    "This term is longer than the dossier is kept after closing; is that meant?",
                );
            }
        }
    }
}
