//! Onward or over: the way to the next instance, the appeal, and the end.

use super::{
    Told,
    content::Content,
    moment::{COMPLAINANT, Moment, to_all},
    parts::Vacancy,
    staffing::waits,
};
use crate::{
    Confidential,
    actor::By,
    complaint::{ClockAct, Complaint, Event, LapsedTerm, Outcome, Recipient, Recorded},
    deadline::DeadlineKind,
    ids::MemberId,
    policy::ExitGround,
};

pub(super) fn told(moment: &Moment<'_>) -> Told {
    match &moment.recorded.event {
        Event::WayOpened { ground, announced } => {
            let index = moment.instance();
            let way = moment.rule(index).and_then(|rule| rule.way.as_ref());
            let content = Content::WayNotice {
                ground: *ground,
                lapsed: lapsed(moment, *ground),
                answer_follows: *ground == ExitGround::Notice && is_answer_unwritten(moment.then),
                until: announced
                    .zip(way)
                    .map(|(on, way)| moment.stated(&way.window, on)),
                next: moment.next(moment.instance()),
                unsigned: moment.unsigned(),
            };
            to_all(moment.parties(), &content)
        }
        Event::Appealed { is_late, .. } => appealed(moment, *is_late),
        Event::LateAppealAdmitted { reasons } => late_appeal(moment, true, reasons.as_ref()),
        Event::LateAppealRefused { reasons } => late_appeal(moment, false, Some(reasons)),
        Event::Closed { outcome } => closed(moment, *outcome),
        Event::Withdrawn { .. } => appeal_withdrawn(moment),
        _ => Vec::new(),
    }
}

/// Whether the handler has not answered what the complainant said to the response.
fn is_answer_unwritten(complaint: &Complaint) -> bool {
    let response = complaint.round().response.as_ref();
    response.is_some_and(|response| response.open_reaction().is_some())
}

/// The lapse that opened the way: the latest, and the outcome's where two fell together.
fn lapsed(moment: &Moment<'_>, ground: ExitGround) -> Option<LapsedTerm> {
    let lapses = moment.then.round().lapsed.iter();
    let (term, _) = lapses.max_by_key(|(term, at)| (**at, **term == LapsedTerm::Resolution))?;
    Some(*term).filter(|_| ground == ExitGround::Lapse)
}

/// To both sides and to whoever decided before; who will decide hears it by the appointment.
fn appealed(moment: &Moment<'_>, is_late: bool) -> Told {
    let index = match &moment.then.late_appeal {
        Some(late) if is_late => late.instance,
        _ => moment.instance(),
    };
    let Some(stage) = moment.stage(index) else {
        return Vec::new();
    };
    let deciders = moment.deciders_after(index);
    // The letter that tells of the admission gives the terms then, and says who is wanted.
    let was_admitted = is_late && moment.admits_late_appeal();
    let is_late = is_late && !was_admitted;
    let mut terms = if is_late {
        moment.promised(&[DeadlineKind::LateAppeal(index)])
    } else {
        moment.promised(&[
            DeadlineKind::Appointment(index),
            DeadlineKind::Resolution(index),
        ])
    };
    terms.retain(|term| deciders.is_empty() || term.kind != DeadlineKind::Appointment(index));
    let content = Content::AppealReceived {
        received_on: moment.facts.calendar.local_date(moment.recorded.at),
        stage,
        is_late,
        follows_refusal: is_late && follows_refusal(moment.then),
        deciders,
        is_heard: moment
            .rule(index)
            .is_some_and(|rule| rule.hearing.is_some()),
        terms,
        // What a late appeal takes back matters only once it is heard.
        unsigned: moment.unsigned().filter(|_| !is_late),
    };
    let mut readers = moment.parties();
    readers.extend(moment.present(&moment.before.round().bench.deciders));
    let mut told = to_all(readers, &content);
    if !was_admitted {
        told.extend(waits(moment, index, vacancy(moment.then)));
    }
    told
}

/// Whether the late appeal that waits had come before another one was refused, and is registered after.
fn follows_refusal(complaint: &Complaint) -> bool {
    let mut late = complaint.late_appeal.iter();
    late.any(|late| late.follows_refusal)
}

/// Why a case waits for a decider at the next instance.
fn vacancy(complaint: &Complaint) -> Vacancy {
    if complaint.late_appeal.is_some() && !follows_refusal(complaint) {
        Vacancy::LateAppeal
    } else {
        Vacancy::Appealed
    }
}

fn late_appeal(
    moment: &Moment<'_>,
    is_admitted: bool,
    reasons: Option<&Confidential<String>>,
) -> Told {
    let index = moment.instance();
    let terms = [
        DeadlineKind::Appointment(index),
        DeadlineKind::Resolution(index),
    ];
    let content = Content::LateAppealOutcome {
        is_admitted,
        reasons: reasons.cloned(),
        is_timely: is_admitted && reasons.is_none() && moment.recorded.by != By::Clock,
        follows_refusal: follows_refusal(moment.before),
        stage: moment.stage(index).filter(|_| is_admitted),
        terms: if is_admitted {
            moment.promised(&terms)
        } else {
            Vec::new()
        },
    };
    let mut readers = moment.parties();
    readers.extend(moment.present(&everyone_who_decided(moment)));
    let mut told = to_all(readers, &content);
    if is_admitted {
        told.extend(waits(moment, index, vacancy(moment.before)));
    }
    told
}

fn everyone_who_decided(moment: &Moment<'_>) -> Vec<MemberId> {
    let rounds = moment.then.rounds.iter().map(|round| &round.bench);
    let late = moment.before.late_appeal.iter().map(|late| &late.bench);
    rounds
        .chain(late)
        .flat_map(|bench| &bench.deciders)
        .copied()
        .collect()
}

/// To both sides, and to everyone who decided; those who look back are asked about measures. What both sides signed
/// goes to the administration too.
fn closed(moment: &Moment<'_>, outcome: Outcome) -> Told {
    if moment.later().any(is_reopened) {
        return Vec::new();
    }
    let goes_late = matches!(
        outcome,
        Outcome::TacitlyAccepted | Outcome::NotPursued | Outcome::Inadmissible | Outcome::Decided
    );
    let by_clock = moment.then.closure.is_some_and(|closure| closure.by_clock);
    let closing = |asks_rating| Content::Closing {
        outcome,
        is_appeal_withdrawn: false,
        asks_rating,
        late_way: moment
            .next(moment.instance())
            .filter(|_| goes_late && by_clock),
    };
    let asks_rating = moment.policy.satisfaction.is_some()
        && moment.after.rating.is_none()
        && !was_told_of_a_closing(moment);
    let mut told = vec![(COMPLAINANT, closing(asks_rating))];
    told.extend(to_all(moment.others(), &closing(false)));
    let asked = measures_asked(moment, outcome);
    let mut staff = moment.standing_in_for(&everyone_who_decided(moment));
    if outcome == Outcome::Agreed {
        staff.push(Recipient::Administration);
    }
    staff.retain(|reader| !asked.iter().any(|(other, _)| other == reader));
    told.extend(asked);
    told.extend(to_all(staff, &closing(false)));
    told
}

/// Whether a letter told of an earlier closing: satisfaction was asked then, and is not asked again. Nobody was told of a closing
/// that was undone as it was registered.
fn was_told_of_a_closing(moment: &Moment<'_>) -> bool {
    let past = moment.past();
    let is_undone = |closed: &Recorded| {
        let mut same = past
            .iter()
            .filter(|one| one.registered_at == closed.registered_at);
        same.any(|one| is_reopened(&one.event))
    };
    let mut closed = past
        .iter()
        .filter(|one| matches!(one.event, Event::Closed { .. }));
    closed.any(|closed| !is_undone(closed))
}

/// A late appeal is taken back: to both sides, and to everyone who decided or was to.
fn appeal_withdrawn(moment: &Moment<'_>) -> Told {
    let Some(closure) = moment.then.closure else {
        return Vec::new();
    };
    let content = Content::Closing {
        outcome: closure.outcome,
        is_appeal_withdrawn: true,
        asks_rating: false,
        late_way: None,
    };
    let mut readers = moment.parties();
    readers.extend(moment.standing_in_for(&everyone_who_decided(moment)));
    to_all(readers, &content)
}

/// Whether an event undoes a closing by the clock.
pub(super) const fn is_reopened(event: &Event) -> bool {
    matches!(
        event,
        Event::ClockReversed {
            what: ClockAct::Closing
        }
    )
}

fn measures_asked(moment: &Moment<'_>, outcome: Outcome) -> Told {
    let until = moment.open_dues(&[DeadlineKind::Measures]).pop();
    let is_closed = !moment.after.is_open();
    let Some(until) = until.filter(|_| is_closed) else {
        return Vec::new();
    };
    let content = Content::MeasuresAsked { outcome, until };
    to_all(moment.standing_in_for(&moment.looking_back()), &content)
}
