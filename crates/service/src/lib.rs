//! The use cases: who asks? → load → decide → append → tell others.
//!
//! It knows no HTTP, no GraphQL and no SMTP. The rules are the heart's ([`wederhoor_procedure`]), the rows are the
//! store's; here they meet, one write transaction a command, letters included.

mod act;
mod address;
mod administration;
mod ambient;
mod at_once;
mod attempt;
mod calendar;
mod caller;
mod complaints;
mod contact;
mod counts;
mod destroyed;
mod digest;
mod dossier;
mod error;
mod facts;
mod filing;
mod identity;
mod letters;
mod limits;
mod line;
mod measures;
mod operating;
mod organisation;
mod origins;
mod policies;
mod projection;
mod queue;
mod reading;
mod recurrences;
mod reminding;
mod repetition;
mod request;
mod respondent;
mod review;
mod senders;
mod service;
mod statistics;
mod tenant;
mod trail;
mod turns;
mod verifying;
mod watching;
mod worker;

pub use act::ActOptions;
pub use address::{in_ascii, is_email};
pub use administration::{
    AbsenceInput, CourseInput, InformalContactInput, Invited, MemberInput, NewCourse,
    NotStoodInFor, Roster,
};
pub use ambient::{Clock, Entropy};
pub use calendar::DecreedDay;
pub use caller::{Caller, KeyHolder, LinkHolder, Login, Operator, Person};
pub use complaints::{ComplaintListFilter, ComplaintSummary, WorkItem};
pub use contact::ContactDetails;
pub use counts::Occasion;
pub use destroyed::{DestroyedAgain, DestroyedDossier};
pub use dossier::Dossier;
pub use error::{InputCode, InputFault, ServiceError};
pub use filing::{FileInput, Filed, NamedPerson, PersonInput};
#[cfg(feature = "fuzzing")]
pub use identity::fuzzing;
pub use identity::{
    API_KEY, ApiKey, ApiScope, BOUNCE_KEY, CALENDAR, CALENDAR_ENDING, CalendarDay, Enrolment,
    MemberCalendar, Membership, MembershipNow, NewApiKey, PasswordConfig, Resealed, Sealed,
    SealingKeys, ShownApiKey, SignOut, SignedIn, TokenSeeds, Tokens,
};
pub use letters::{
    Bounce, BounceFate, BounceReporter, KeptWording, LetterRecord, LetterWording, OutgoingLetter,
    UndeliveredLetter, WordingText, party_of, without_ways_in,
};
pub use limits::{Challenge, LimitsConfig, Proof, RatesConfig, Source, TriesConfig};
pub use line::{fault_of_line, fault_of_text};
pub use measures::{OwnMeasure, OwnMeasures};
pub use operating::KeptTenant;
pub use organisation::{OpenCourse, Organisation};
pub use policies::{PolicySource, PolicyVersion, Published};
pub use recurrences::RECURRENCE_MONTHS;
pub use request::Request;
pub use senders::{ChosenSender, MailSettings, SeenSender, Sender};
pub use service::{Service, ServiceConfig};
pub use statistics::{
    Cell, Column, ColumnKind, ColumnRole, DATASETS, Dataset, DatasetKind, DatasetPage,
    DatasetPlace, FigureCount, FigureDays, FiguresAsk, FiguresTold, Interval, LARGEST_PAGE,
    Rebuilt, SMALLEST_TOLD, Span, Took, Words, dataset,
};
pub use tenant::{NewTenant, Tenant, TenantSettings};
pub use trail::{Access, Activity, Audited, Doing, Happening, WrittenReads};
pub use verifying::{BrokenChain, Entrants, Verification};
pub use wederhoor_letters::{
    CONTENT, Rendered, WordedKind, WordingFault, WordingFaultCode, WordingPart, content_meaning,
};
pub use wederhoor_store::{
    AbsenceRecord, AccountEvent, ApiKeyRecord, ApiKeyUse, ChainFault, ClosingDay, ComplaintOrder,
    ContactRecord, CourseRecord, CursorKey, LetterChannel, LetterFailure, LetterStatus,
    MemberRecord, PoolState, SessionDay, TenantStatus, Verified, Waiting, Watch, WorkKey, WorkKind,
};
pub use worker::{CARRIAGE, Carried, Carrier, Census, Health, StuckWork, Swept};
