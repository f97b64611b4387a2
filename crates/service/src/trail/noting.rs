//! What is noted of who asks.

use std::fmt::Display;

use chrono::{DateTime, Utc};
use uuid::{Builder, Uuid};
use wederhoor_procedure::{ComplaintId, TenantId};
use wederhoor_store::{AccessRecord, Accessor, AccountEvent, ApiKeyUse, WriteTx};

use super::Doing;
use crate::{Caller, Request, ServiceError, Source, ambient::digest};

impl Request {
    /// Notes that who asks sees this of a complaint. Nothing is written for it now.
    pub(crate) fn note_seen(&self, complaint: ComplaintId, doing: Doing) {
        let now = self.service().real_now();
        let Some((tenant, who)) = self.accessor() else {
            return;
        };
        let hour = now.timestamp().div_euclid(3_600);
        let id = self.id_of(complaint, doing, &format!("hour {hour}"));
        match self.access(id, complaint, now, who, doing) {
            Ok(record) => match self.look() {
                Some(looking) => looking.note(tenant, hour, record),
                None => self.service().reads().note(tenant, hour, record),
            },
            Err(error) => tracing::error!(%error, "what was seen is not noted"),
        }
    }

    /// Notes that who asks does this, in the transaction in which it is done; `which` tells it from what else they do in the
    /// complaint at this instant.
    pub(crate) async fn note_done(
        &self,
        tx: &WriteTx,
        complaint: ComplaintId,
        doing: Doing,
        which: impl Display,
    ) -> Result<(), ServiceError> {
        let Some((_, who)) = self.accessor() else {
            return Ok(());
        };
        let now = self.service().real_now();
        let which = format!("{which} at {}", now.timestamp_micros());
        let id = self.id_of(complaint, doing, &which);
        let record = self.access(id, complaint, now, who, doing)?;
        Ok(tx.note_access(vec![record]).await?)
    }

    /// Notes that who asks administers this, in the transaction in which it is done.
    pub(crate) async fn note_administered(
        &self,
        tx: &WriteTx,
        what: AccountEvent,
    ) -> Result<(), ServiceError> {
        let Caller::Person(person) = self.caller() else {
            return Ok(());
        };
        let now = self.service().real_now();
        let noted = tx.note_activity(person.account, what, person.sign_in, now);
        Ok(noted.await?)
    }

    /// Notes, of an API key, that this was asked by it; `None`: something that it may not ask. Nothing is written for it now.
    pub fn note_key_use(&self, operation: Option<&str>) {
        let Caller::Key(holder) = self.caller() else {
            return;
        };
        let service = self.service();
        let source = self.source().unwrap_or(Source::UNKNOWN);
        let used = ApiKeyUse {
            id: service.new_id(),
            key_id: holder.key,
            at: service.real_now(),
            operation: operation.map(str::to_owned),
            source: source.to_string(),
        };
        service.reads().uses.keep(holder.tenant, used);
    }

    /// Of nobody in particular, and of the service itself, nothing is noted; an operator and an API key come to no complaint.
    fn accessor(&self) -> Option<(TenantId, Accessor)> {
        match self.caller() {
            Caller::Person(person) => Some((person.tenant, Accessor::Member(person.member))),
            Caller::Link(link) => Some((link.tenant, Accessor::Party(link.party.to_string()))),
            Caller::Anonymous | Caller::Operator(_) | Caller::Key(_) | Caller::Service(_) => None,
        }
    }

    /// The same id for the same session, complaint and doing, in whatever process it is noted.
    fn id_of(&self, complaint: ComplaintId, doing: Doing, which: &str) -> Uuid {
        let session = self.caller().login().map(|login| login.session);
        let parts = format!(
            "{}/{complaint}/{doing:?}/{which}/{}",
            session.unwrap_or_default(),
            self.caller().principal()
        );
        let mut id = [0; 16];
        id.copy_from_slice(&digest(parts.as_bytes())[..16]);
        Builder::from_custom_bytes(id).into_uuid()
    }

    fn access(
        &self,
        id: Uuid,
        complaint_id: ComplaintId,
        at: DateTime<Utc>,
        who: Accessor,
        doing: Doing,
    ) -> Result<AccessRecord, ServiceError> {
        let login = self.caller().login();
        Ok(AccessRecord {
            id,
            complaint_id,
            at,
            who,
            what: doing.word()?,
            session_id: login.map(|login| login.session),
            sign_in_id: login.map(|login| login.sign_in),
        })
    }
}
