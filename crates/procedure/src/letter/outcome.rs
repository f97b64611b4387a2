//! What ends an instance: a text to sign, a response, a decision; more time for it.

use super::{
    Told,
    content::Content,
    moment::{COMPLAINANT, Moment, to_all},
    parts::{AnnouncedSilence, DueDay, MoreTime},
    post,
};
use crate::{
    Confidential,
    complaint::{Event, Finding, Response},
    deadline::DeadlineKind,
    ids::MemberId,
    policy::{ExitGround, Resolution},
};
use chrono::NaiveDate;

pub(super) fn told(moment: &Moment<'_>) -> Told {
    match &moment.recorded.event {
        Event::SolutionProposed { .. } => to_sign(moment)
            .map(|content| to_all(moment.parties(), &content))
            .unwrap_or_default(),
        Event::ResponseIssued {
            finding,
            text,
            announced,
        } => {
            let content = response(moment, *finding, text, *announced);
            to_all(moment.parties(), &content)
        }
        Event::ReactionAnswered { text } => {
            let content = Content::ReactionAnswer {
                text: text.clone(),
                next: moment.next(moment.instance()),
            };
            vec![(COMPLAINANT, content)]
        }
        Event::DecisionIssued { .. } => decision(moment),
        _ => extension(moment),
    }
}

/// The text that the parties are asked to sign, while there is one.
pub(super) fn to_sign(moment: &Moment<'_>) -> Option<Content> {
    let solution = moment.then.solution.as_ref()?;
    moment.then.is_open().then(|| Content::SolutionForSignOff {
        version: solution.version,
        text: solution.text.clone(),
        until: sign_by(moment),
    })
}

/// Until when both can sign; at a later instance its own term runs, and is no term for signing.
fn sign_by(moment: &Moment<'_>) -> Option<DueDay> {
    let index = moment.instance();
    let resolution = &moment.rule(index)?.resolution;
    let due = moment.promised(&[DeadlineKind::Resolution(index)]).pop();
    due.filter(|_| matches!(resolution, Resolution::Agreement { .. }))
}

fn response(
    moment: &Moment<'_>,
    finding: Finding,
    text: &Confidential<String>,
    announced: Option<NaiveDate>,
) -> Content {
    let rule = moment.rule(moment.instance());
    let is_answered = moment.again_on.is_some() && !is_unanswered(moment);
    let silence = match rule.map(|rule| &rule.resolution) {
        Some(Resolution::Response { silence, .. }) => announced.map(|on| AnnouncedSilence {
            on: moment.stated(&silence.window, on),
            means: silence.means,
            basis: silence.window.rule.clone(),
        }),
        _ => None,
    };
    let leads_on = rule
        .and_then(|rule| rule.way.as_ref())
        .is_some_and(|way| way.opens_on.contains(&ExitGround::Objection));
    Content::Response {
        finding,
        text: text.clone(),
        handlers: moment.authors(),
        is_new: moment.before.round().response.is_some(),
        silence,
        next: moment.next(moment.instance()).filter(|_| leads_on),
        is_answered,
    }
}

/// Whether the response of this instance still waits for the complainant.
fn is_unanswered(moment: &Moment<'_>) -> bool {
    let round = moment.after.round();
    let response = round.response.as_ref();
    let waits = response.is_some_and(Response::is_unanswered);
    moment.after.is_open() && round.instance == moment.instance() && waits
}

/// To both sides, and to whoever decided at an earlier instance.
fn decision(moment: &Moment<'_>) -> Told {
    let Event::DecisionIssued {
        finding,
        text,
        compensation,
        upholds_inadmissibility,
    } = &moment.recorded.event
    else {
        return Vec::new();
    };
    let index = moment.instance();
    let (Some(stage), Some(rule)) = (moment.stage(index), moment.rule(index)) else {
        return Vec::new();
    };
    let basis = match &rule.resolution {
        Resolution::Decision { rule, .. } => Some(rule.clone()),
        Resolution::Response { .. } | Resolution::Agreement { .. } => None,
    };
    let content = Content::Decision {
        stage,
        finding: *finding,
        text: text.clone(),
        deciders: moment.authors(),
        compensation: *compensation,
        upholds_inadmissibility: *upholds_inadmissibility,
        basis,
        next: moment.next(index),
    };
    let earlier = moment.then.rounds.iter().rev().skip(1);
    let earlier: Vec<MemberId> = earlier
        .flat_map(|round| round.bench.deciders.clone())
        .collect();
    let mut readers = moment.parties();
    readers.extend(moment.present(&earlier));
    to_all(readers, &content)
}

/// Announced: to both sides. Asked: of the complainant. Agreed: to both sides, and the decider knows too.
fn extension(moment: &Moment<'_>) -> Told {
    let rule = moment
        .rule(moment.instance())
        .map(|rule| rule.resolution.extension());
    let both = moment.parties();
    match &moment.recorded.event {
        Event::ExtensionAnnounced { until, reasons } => {
            let how = MoreTime::Announced {
                reasons: reasons.clone(),
                basis: rule
                    .and_then(|rule| rule.announced.as_ref())
                    .map(|term| term.rule.clone()),
            };
            to_all(both, &Content::Extension { until: *until, how })
        }
        Event::ExtensionRequested { until, reasons } => {
            let how = MoreTime::Requested {
                reasons: reasons.clone(),
                basis: rule.and_then(|rule| rule.consent.clone()),
            };
            vec![(COMPLAINANT, Content::Extension { until: *until, how })]
        }
        Event::ExtensionConsented => {
            let Some(until) = moment.then.round().extended.consented else {
                return Vec::new();
            };
            let how = MoreTime::Agreed;
            let mut told = to_all(both, &Content::Extension { until, how });
            told.extend(post::acted(moment));
            told
        }
        _ => Vec::new(),
    }
}
