//! Causes and measures.

use async_graphql::{ID, SimpleObject};
use wederhoor_procedure::{
    ComplaintId, Locale, MeasureId, facts::Repeat, policy, view::SeenMeasure,
};

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
    /// was found; without those of which the viewer may not know, and without those of which the dossier is destroyed.
    recurrences: Vec<Recurrence>,
    /// How many of those there are, and of which the dossier is destroyed.
    recurrence_count: usize,
}

/// A complaint that came after a measure, about the same course with the same cause (*herhaling*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct Recurrence {
    /// The complaint; `complaint(id:)` shows it to whoever may see it.
    complaint_id: ID,
    /// What people quote of it.
    reference: String,
    /// When it arrived.
    received_at: Instant,
}

impl Measure {
    pub(super) fn of(id: MeasureId, seen: &SeenMeasure) -> Self {
        let measure = &seen.measure;
        Self {
            id: id.opaque(),
            text: measure.text.reveal().cloned(),
            owner: measure.owner.map(NamedMember::from),
            due_on: measure.due_on.map(Date),
            done_on: measure.done_on.map(Date),
            is_effective: measure.is_effective,
            recurrences: seen.recurrences.iter().map(Recurrence::of).collect(),
            recurrence_count: seen.recurrences.len() + seen.forgotten,
        }
    }
}

impl Recurrence {
    fn of((complaint, repeat): &(ComplaintId, Repeat)) -> Self {
        Self {
            complaint_id: complaint.opaque(),
            reference: repeat.reference.clone(),
            received_at: Instant(repeat.received_at),
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
            measure: Measure::of(own.id, &own.seen),
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
