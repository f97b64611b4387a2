//! A complaint comes in and is treated: confirmation, admission, the parties, and the hearing.

use super::{
    Told,
    content::Content,
    moment::{COMPLAINANT, Moment, to_all},
    outcome,
    parts::Vacancy,
    staffing::waits,
};
use crate::{
    Confidential,
    actor::By,
    complaint::{Event, Party, Recipient},
    deadline::DeadlineKind,
};

pub(super) fn told(moment: &Moment<'_>) -> Told {
    match &moment.recorded.event {
        Event::Filed(filed) => filed_in(moment, filed.is_late),
        Event::LateComplaintAdmitted { reasons } => admitted(moment, reasons.as_ref()),
        Event::DeclaredInadmissible { ground, reasons } => {
            let rule = |ground| Some((ground, moment.policy.intake.rule_of(ground)?.clone()));
            let content = Content::Inadmissible {
                ground: ground.and_then(rule),
                reasons: reasons.clone(),
                next: moment.next(moment.instance()),
            };
            to_all(moment.parties(), &content)
        }
        Event::RespondentNotified { no, .. } => notified(moment, Party::Respondent(*no)),
        Event::RepresentativeNamed { .. } => notified(moment, Party::Representative),
        Event::HearingInvited { party, on, place } => {
            let content = Content::HearingInvitation {
                on: on
                    .with_timezone(&moment.facts.calendar.zone())
                    .naive_local(),
                place: place.clone(),
                handlers: moment.then.round().bench.deciders.clone(),
            };
            vec![(Recipient::Party(*party), content)]
        }
        _ => Vec::new(),
    }
}

/// What a named handler does not wait for any more is left out.
fn filed_in(moment: &Moment<'_>, is_late: bool) -> Told {
    let handlers = moment.deciders_after(0);
    let acknowledged = moment.later().any(|event| {
        matches!(
            event,
            Event::Acknowledged | Event::ConfirmationWritten { .. }
        )
    });
    let mut terms = moment.promised(&[
        DeadlineKind::Acknowledgement,
        DeadlineKind::Appointment(0),
        DeadlineKind::LateComplaint,
        DeadlineKind::Contact(0),
        DeadlineKind::Resolution(0),
    ]);
    terms.retain(|term| match term.kind {
        DeadlineKind::Acknowledgement => !acknowledged,
        DeadlineKind::Appointment(_) => handlers.is_empty(),
        _ => true,
    });
    let was_admitted = moment
        .later()
        .any(|event| matches!(event, Event::LateComplaintAdmitted { .. }));
    let confirmation = Content::Confirmation {
        handlers,
        terms,
        is_late: is_late && !was_admitted,
    };
    let mut told = vec![(COMPLAINANT, confirmation)];
    told.extend(waits(moment, 0, Vacancy::Filed));
    told
}

/// Where silence admitted it, whoever should have decided hears that too.
fn admitted(moment: &Moment<'_>, reasons: Option<&Confidential<String>>) -> Told {
    let instance = moment.instance();
    let content = Content::LateComplaintAdmitted {
        reasons: reasons.cloned(),
        terms: moment.promised(&[
            DeadlineKind::Contact(instance),
            DeadlineKind::Resolution(instance),
        ]),
    };
    let mut readers = vec![COMPLAINANT];
    if moment.recorded.by == By::Clock {
        readers.extend(moment.staff());
    }
    to_all(readers, &content)
}

fn notified(moment: &Moment<'_>, party: Party) -> Told {
    let instance = moment.instance();
    let content = Content::RespondentNotice {
        description: moment.then.description.clone(),
        handlers: moment.deciders_after(instance),
        until: moment.promised(&[DeadlineKind::Resolution(instance)]).pop(),
    };
    let recipient = Recipient::Party(party);
    let to_sign = outcome::to_sign(moment).map(|text| (recipient, text));
    std::iter::once((recipient, content))
        .chain(to_sign)
        .collect()
}
