//! What people do: verb first, one `input`, a payload with what changed and with `userErrors`.

mod act;
mod administration;
mod anyone;
mod course;
mod decider;
mod filing;
mod handler;
mod keeping;
mod letters;
mod measures;
mod member;
mod party;
mod party_act;
mod password;
mod payload;
mod policy;
mod second_factor;
mod session;

use async_graphql::MergedObject;

/// What people do. Each mutation has one input, and answers with what changed and with `userErrors`; nothing has
/// changed when there is one.
#[derive(MergedObject, Default)]
pub struct Mutation(
    anyone::AnyoneMutations,
    password::PasswordMutations,
    filing::FilingMutations,
    party::PartyMutations,
    handler::HandlerMutations,
    party_act::PartyActMutations,
    decider::DeciderMutations,
    measures::MeasureMutations,
    administration::AdministrationMutations,
    keeping::KeepingMutations,
    letters::LetterMutations,
    course::CourseMutations,
    member::MemberMutations,
    policy::PolicyMutations,
    session::SessionMutations,
    second_factor::SecondFactorMutations,
);
