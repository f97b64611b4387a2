//! The one crate that talks to the database: PostgreSQL or SQLite, chosen by the address at run time.
//!
//! A tenant's rows are reached through [`Store::tenant`] only: [`TenantStore::read`] opens a [`ReadTx`],
//! [`TenantStore::write`] a [`WriteTx`], which offers all that a `ReadTx` does. What must be known before a tenant
//! is, or belongs to none, stands in [`PlatformStore`], one narrow method each, which a test lists. Plain records go in and come
//! out; no type of the database layer leaves the crate, so that nobody outside it can write a query without a tenant.
//!
//! | to | call |
//! |---|---|
//! | write a command | [`WriteTx::commit_complaint`], of a new complaint with a number from [`WriteTx::next_reference`] |
//! | read a dossier | [`ReadTx::load_events_many`], [`ReadTx::verify`] |
//! | list | [`ReadTx::complaints`], [`ReadTx::count_complaints`], [`ReadTx::work_queue`] |
//! | ask who may see it | [`ReadTx::audience_levels`] |
//! | know people, courses, days and rules | [`ReadTx::members`], [`ReadTx::courses`], [`ReadTx::closing_days`], [`ReadTx::policy_at`] |
//! | send letters | [`PlatformStore::lease_due`], [`WriteTx::lease_letters`], [`WriteTx::mark_sent`], [`WriteTx::finish_letters`] |
//! | print letters | [`ReadTx::letters_to_print`], [`WriteTx::mark_posted`] |
//! | see to letters that failed | [`ReadTx::undelivered_letters`], [`WriteTx::resend_letter`] |
//! | answer a repeated request | [`WriteTx::claim`], [`WriteTx::answer`] |
//! | let due time pass | [`PlatformStore::lease_due`], [`PlatformStore::finish_due`], [`PlatformStore::fail_due`] |
//! | count | [`ReadTx::cells`], [`ReadTx::facts`] |
//! | know that something has changed | [`Store::watch`] |
//! | know how the platform is doing | [`PlatformStore::health`], [`PlatformStore::note_worked`] |
//! | sign in | [`PlatformStore::account_by_email`], [`PlatformStore::memberships`], [`PlatformStore::rotate_session`] |

mod access_log;
mod canonical;
mod chain;
mod closing_days;
mod complaint;
mod config;
mod connection;
mod contacts;
mod convert;
mod copying;
mod courses;
mod entity;
mod error;
mod figures;
mod hints;
mod idempotency;
mod inspection;
mod invitations;
mod outbox;
mod people;
mod platform;
mod policies;
mod pool;
mod role;
mod scope;
mod store;
mod traced;
mod tx;
mod wordings;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use access_log::{AccessRecord, AccessTo, Accessor};
pub use chain::{ChainFault, Entropy, EntryDraft, StoredEntry, Verified};
pub use closing_days::{CalendarDay, ClosingDay};
pub use complaint::{
    AudienceRow, ComplaintFilter, ComplaintOrder, ComplaintProjection, ComplaintRow,
    ComplaintWrite, CursorKey, DeadlineRow, DueMeasureRecord, RepeatRecord, Viewer, Waiting,
    WorkBounds, WorkFilter, WorkItem, WorkKey,
};
pub use config::StoreConfig;
pub use connection::{counted, counted_here};
pub use contacts::ContactRecord;
pub use courses::{CourseRecord, SessionDay};
pub use error::StoreError;
pub use figures::{Cells, FactPlace, FactRecord};
pub use hints::Watch;
pub use idempotency::Repetition;
pub use inspection::Server;
pub use invitations::InvitationRecord;
pub use outbox::{LetterChannel, LetterFailure, LetterStatus, OutboxDraft, OutboxLetter};
pub use people::{AbsenceRecord, MemberRecord};
pub use platform::{
    AccessLinkRecord, AccountEvent, AccountRecord, ActivityRecord, ApiKeyRecord, ApiKeyUse, Bar,
    CalendarFeedRecord, ConfirmFactor, Deletion, DeletionCertificate, DueWork, Ending, EquatedDay,
    FactorProof, FoundSecret, Health, Membership, NewOperator, NewPassword, OperatorInvitation,
    OperatorSession, PasswordResetRecord, PlannedDeletion, PlatformStore, RotateSession, Rotated,
    Rotation, SecondFactorRecord, SessionRecord, Shown, StuckWork, Tally, TenantRecord,
    TenantStatus, WorkKind,
};
pub use policies::PolicyRecord;
pub use pool::PoolState;
pub use role::RoleFault;
pub use store::Store;
pub use traced::TRACED;
pub use tx::{ReadTx, TenantStore, WriteTx};
pub use wordings::WordingRecord;
