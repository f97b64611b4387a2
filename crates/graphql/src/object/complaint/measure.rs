//! Causes and measures.

use async_graphql::{ID, SimpleObject};
use wederhoor_procedure::{Locale, MeasureId, complaint, policy};

use crate::{
    connection::connection,
    id::Opaque,
    object::people::NamedMember,
    scalar::{Date, Instant},
};

/// What a complaint was about (*oorzaak*), from the organisation's list.
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct Cause {
    /// A stable code, for statistics.
    code: String,
    /// What people read, in the language of the request.
    name: String,
}

impl Cause {
    pub(crate) fn of(cause: &policy::Cause, locale: Locale) -> Self {
        Self {
            code: cause.code.clone(),
            name: cause.name.in_locale(locale).to_owned(),
        }
    }

    pub(super) fn find(policy: &policy::Policy, code: &str, locale: Locale) -> Option<Self> {
        policy
            .causes
            .iter()
            .find(|cause| cause.code == code)
            .map(|cause| Self::of(cause, locale))
    }
}

/// A measure to prevent a repeat (*maatregel*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct Measure {
    /// Its id.
    id: ID,
    /// What will be done; `null` once the dossier is destroyed.
    text: Option<String>,
    /// Who sees to it.
    owner: Option<NamedMember>,
    /// By when.
    due_on: Option<Date>,
    /// When it was done.
    done_on: Option<Date>,
    /// Whether it proved effective; `null` while that is not known.
    is_effective: Option<bool>,
    /// Complaints that came after it about the same course, with the same cause (*herhalingen*), in the order in which that
    /// was found; without those of which the viewer may not know.
    recurrences: Vec<Recurrence>,
}

/// A complaint that came after a measure, about the same course with the same cause (*herhaling*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct Recurrence {
    /// The complaint; `complaint(id:)` shows it to whoever may see it.
    complaint_id: ID,
    /// When it arrived.
    received_at: Instant,
}

impl Measure {
    pub(super) fn of(id: MeasureId, measure: &complaint::Measure) -> Self {
        Self {
            id: id.opaque(),
            text: measure.text.reveal().cloned(),
            owner: measure.owner.map(NamedMember::from),
            due_on: measure.due_on.map(Date),
            done_on: measure.done_on.map(Date),
            is_effective: measure.is_effective,
            recurrences: measure.recurrences.iter().map(Recurrence::of).collect(),
        }
    }
}

impl Recurrence {
    fn of(recurrence: &complaint::Recurrence) -> Self {
        Self {
            complaint_id: recurrence.complaint.opaque(),
            received_at: Instant(recurrence.received_at),
        }
    }
}

/// A measure that the viewer sees to (*maatregel*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct OwnMeasure {
    /// The complaint it came from: to report on the measure by `updateMeasure`, also for who does not see the complaint.
    complaint_id: ID,
    /// The measure.
    measure: Measure,
}

impl OwnMeasure {
    pub(crate) fn of(own: &wederhoor_service::OwnMeasure) -> Self {
        Self {
            complaint_id: own.complaint.opaque(),
            measure: Measure::of(own.id, &own.measure),
        }
    }
}

connection!(
    /// Measures that the viewer sees to: what is still to be done first.
    OwnMeasureConnection,
    /// A measure in a list.
    OwnMeasureEdge,
    OwnMeasure
);
