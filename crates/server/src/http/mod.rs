//! GraphQL over HTTP: negotiation, admission, status codes. It knows a schema only as a function from request to
//! response, by the codes of its errors, and nothing of what the fields mean; a calendar feed as one from secret to text,
//! bounces as one from what is said to what came of it, a file as one from its name to its bytes, readiness as one that is
//! asked, and numbers as one that writes them down.

mod answer;
mod asker;
mod body;
mod bounces;
mod calendar;
mod events;
mod exports;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod gateway;
mod graphiql;
mod guard;
mod headers;
mod health;
mod json;
mod keys;
pub(crate) mod language;
mod limits;
mod measured;
mod metrics;
mod negotiate;
mod origin;
mod params;
mod problem;
mod proxies;
mod refused;
mod run;
mod socket;
mod stream;
mod uncoerced;
mod vocabulary;

pub use asker::Asker;
pub use bounces::{BounceHead, Bounces, Noting};
pub use calendar::{CalendarHead, Feed};
pub use exports::{ExportFile, ExportHead, Exports};
pub use gateway::{Execute, Gateway, RequestHead, RequestIds, router};
pub use guard::Root;
pub(crate) use headers::{harden, hardened};
pub use health::{DatabaseState, OutboxState, Readiness, Ready, SchemaState, WorkersState, probes};
pub use keys::keys;
pub use limits::Limits;
pub(crate) use measured::{Answered, measured};
pub use metrics::{Readings, metrics};
pub use origin::Listed;
pub(crate) use origin::let_read;
pub use proxies::{ForwardedHeader, Proxies};
pub(crate) use refused::TOO_MANY_STREAMS;
pub use stream::{Begun, Enter, Repeated, Streaming, Subscribe};
pub use vocabulary::Vocabulary;
pub use wederhoor_graphql::ErrorCode;
