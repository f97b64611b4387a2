//! Causes and measures: a complaint is a chance to do better.

use async_graphql::{ID, InputObject};
use uuid::Uuid;
use wederhoor_procedure::{
    MeasureId,
    command::Command,
    complaint::{MeasureUpdate, ProposedMeasure},
};

use super::act::acts;
use crate::{input::Check, scalar::GivenDate};

/// How many measures one answer may hold.
const MOST_MEASURES: usize = 20;

acts! {
    /// Causes and measures.
    MeasureMutations;

    /// The cause of the complaint (*oorzaak*), from the regulation's list.
    classify_complaint(ClassifyComplaintInput -> ClassifyComplaintPayload {
        /// The code of the cause.
        cause: String,
    }) |check, input| Command::ClassifyComplaint { cause: check.line("cause", &input.cause) };

    /// Measures to prevent a repeat, or why there are none (*maatregelen*).
    answer_measures(AnswerMeasuresInput -> AnswerMeasuresPayload {
        /// The measures, at most 20; empty with a reason.
        #[graphql(default)]
        measures: Vec<MeasureInput>,
        /// Why there are none; at most 20,000 characters.
        reason_for_none: Option<String>,
    }) |check, input| answered(check, input.measures, input.reason_for_none);

    /// A measure's owner, date or result (*maatregel bijwerken*). What is left out stays as it is.
    update_measure(UpdateMeasureInput -> UpdateMeasurePayload {
        /// The measure.
        measure_id: ID,
        /// Who sees to it.
        owner_id: Option<ID>,
        /// By when.
        due_on: Option<GivenDate>,
        /// When it was done.
        done_on: Option<GivenDate>,
        /// Whether it proved effective.
        is_effective: Option<bool>,
    }) |check, input| Command::UpdateMeasure {
        update: MeasureUpdate {
            id: check.id("measureId", &input.measure_id),
            owner: check.optional_id("ownerId", input.owner_id.as_ref()),
            due_on: check.optional_day("dueOn", input.due_on),
            done_on: check.optional_day("doneOn", input.done_on),
            is_effective: input.is_effective,
        },
    };
}

/// A measure to prevent a repeat (*maatregel*).
#[derive(InputObject)]
pub(crate) struct MeasureInput {
    /// What will be done; at most 20,000 characters.
    text: String,
    /// Who sees to it.
    owner_id: ID,
    /// By when.
    due_on: GivenDate,
}

fn answered(check: &mut Check, measures: Vec<MeasureInput>, reason: Option<String>) -> Command {
    check.at_most("measures", measures.len(), MOST_MEASURES);
    let measures = check.within("measures", |check| {
        let numbered = measures.into_iter().take(MOST_MEASURES).enumerate();
        numbered
            .map(|(place, measure)| proposed(check, place, measure))
            .collect()
    });
    Command::AnswerMeasures {
        measures,
        reason_for_none: check.optional_words("reasonForNone", reason),
    }
}

/// Without an id: the use case gives it one.
fn proposed(check: &mut Check, place: usize, measure: MeasureInput) -> ProposedMeasure {
    check.within(&place.to_string(), |check| ProposedMeasure {
        id: MeasureId(Uuid::nil()),
        text: check.words("text", measure.text),
        owner: Some(check.id("ownerId", &measure.owner_id)),
        due_on: check.optional_day("dueOn", Some(measure.due_on)),
    })
}
