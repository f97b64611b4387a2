//! What people do: verb first, one `input`, a payload with what changed and with `userErrors`.

mod act;
mod administration;
mod anyone;
mod api_keys;
mod bounces;
mod calendar;
mod contact;
mod course;
mod decider;
mod filing;
mod handler;
mod holds;
mod keeping;
mod letters;
mod measures;
mod member;
mod operator;
mod origins;
mod party;
mod party_act;
mod password;
mod payload;
mod policy;
mod recurrences;
mod reminders;
mod second_factor;
mod sender;
mod session;
mod statistics;
mod wording;

use async_graphql::MergedObject;

pub use session::SIGN_OUT;

/// What people do. Each mutation has one input, and answers with what changed and with `userErrors`; nothing has
/// changed when there is one.
// In groups: all in one row would be more nested than the compiler follows.
#[derive(MergedObject, Default)]
pub struct Mutation(
    PartyGroup,
    ProcedureGroup,
    AdministrationGroup,
    IdentityGroup,
);

/// What anyone and parties do.
#[derive(MergedObject, Default)]
pub(crate) struct PartyGroup(
    anyone::AnyoneMutations,
    password::PasswordMutations,
    filing::FilingMutations,
    party::PartyMutations,
);

/// What is done with a complaint.
#[derive(MergedObject, Default)]
pub(crate) struct ProcedureGroup(
    handler::HandlerMutations,
    party_act::PartyActMutations,
    decider::DeciderMutations,
    measures::MeasureMutations,
);

/// What the administration does.
#[derive(MergedObject, Default)]
pub(crate) struct AdministrationGroup(
    administration::AdministrationMutations,
    keeping::KeepingMutations,
    holds::HoldMutations,
    letters::LetterMutations,
    bounces::BounceMutations,
    wording::WordingMutations,
    course::CourseMutations,
    member::MemberMutations,
    policy::PolicyMutations,
    contact::ContactMutations,
    origins::OriginMutations,
    sender::SenderMutations,
    recurrences::RecurrenceMutations,
    reminders::ReminderMutations,
    api_keys::ApiKeyMutations,
    statistics::StatisticsMutations,
);

/// What people do with their own way in, and operators with organisations.
#[derive(MergedObject, Default)]
pub(crate) struct IdentityGroup(
    session::SessionMutations,
    second_factor::SecondFactorMutations,
    calendar::CalendarMutations,
    operator::OperatorMutations,
);
