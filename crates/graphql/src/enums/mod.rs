//! The enumerations of the schema, each converted from and to its counterpart in the heart, value by value.

mod action;
mod api_key;
mod deadline;
mod entry;
mod finding;
mod happening;
mod letter;
mod people;
mod policy;
mod procedure;
mod statistics;
mod trail;
mod wording;

pub(crate) use action::ActionKind;
pub(crate) use api_key::ApiKeyScope;
pub(crate) use deadline::instance_of;
pub(crate) use deadline::{DeadlineKind, DeadlineOwner};
pub(crate) use entry::EntryKind;
pub(crate) use finding::{FindingSeverity, PolicyFindingCode};
pub(crate) use happening::HappeningKind;
pub(crate) use letter::{LetterChannel, LetterKind, LetterStatus, UndeliveredReason};
pub(crate) use people::{MemberRole, PartyKind, ViewerLevel};
pub(crate) use policy::{
    AppointmentBy, DeciderKind, DecisionEffect, DestructionRule, ExitGround, IntakeChannel,
    IntakeField, ResolutionKind, SilenceMeaning, TermUnit,
};
pub(crate) use procedure::{
    AdmissionStatus, AppointmentManner, ComplaintOutcome, ComplaintState, ContactMeans, Finding,
    HearingOutcome, InadmissibilityGround,
};
pub(crate) use statistics::{StatisticsGrouping, StatisticsInterval, StatisticsMilestone};
pub(crate) use trail::{AccessKind, ViewerActivityKind};
pub(crate) use wording::{WordingFaultCode, WordingPart};
