//! Access links: parties without a login come in to exactly one complaint, by a mutation and never by a GET.

use chrono::TimeDelta;
use wederhoor_procedure::{
    ComplaintId,
    actor::Actor,
    command::Command,
    complaint::{Address, Party},
};
use wederhoor_store::{
    AccessLinkRecord, ComplaintFilter, ComplaintOrder, LetterChannel, OutboxDraft,
};

use super::{Tokens, tokens::LINK_LIFE};
use crate::{
    ActOptions, Caller, Request, ServiceError, Tenant,
    ambient::digest,
    attempt::{Attempt, commit, until_first},
    letters::new_link,
};

/// What a letter that was asked for its link only is called.
const KIND: &str = "access_link";
/// How many of them go to one party of one complaint in an hour.
const MOST_IN_AN_HOUR: u64 = 5;

impl Request {
    /// Uses a link up and lets its party in. The complainant's address is proved by it: letters that waited for
    /// that are delivered now.
    ///
    /// # Errors
    /// `Unauthenticated` when it is unknown, used or over.
    pub async fn redeem_access_link(&self, token: &str) -> Result<Tokens, ServiceError> {
        self.finish().await;
        let hash = digest(token.trim().as_bytes());
        until_first(|| self.redeem_once(&hash)).await
    }

    /// Everything is looked at before the link is used up, and nothing is used up by who does not get in.
    async fn redeem_once(&self, hash: &[u8]) -> Result<Tokens, Attempt> {
        let (service, refused) = (self.service(), || ServiceError::Unauthenticated);
        let now = service.real_now();
        let link = service.store().platform().access_link(hash, now).await?;
        let link = link.ok_or_else(refused)?;
        let party = Party::from_code(&link.party).ok_or_else(refused)?;
        let inside = service.request(Caller::Service(link.tenant_id), self.locale(), None);
        let tx = inside.writing().await?;
        tx.lock_complaint(link.complaint_id).await?;
        let loaded = inside.loaded(&tx, link.complaint_id).await?;
        let sight = loaded.sight(&Actor::Link(party), inside.now());
        if sight.is_none() || !tx.consume_access_link(hash, now).await? {
            return Err(refused().into());
        }
        if party == Party::Complainant {
            let (command, options) = (Command::VerifyAddress, ActOptions::default());
            let proved = inside.act_in(&tx, loaded, &Actor::System, &command, options);
            // A destroyed dossier has no address to prove, and may still be looked at.
            match proved.await {
                Err(Attempt::Failed(ServiceError::Refused(_))) => {}
                other => other?,
            }
        }
        let tokens = self.link_tokens(&link, party)?;
        commit(tx).await?;
        Ok(tokens)
    }

    fn link_tokens(&self, link: &AccessLinkRecord, party: Party) -> Result<Tokens, ServiceError> {
        let service = self.service();
        let (now, code, id) = (service.real_now(), party.to_string(), service.new_id());
        let (complaint, tenant) = (link.complaint_id.0, link.tenant_id.0);
        let signed = service
            .tokens()
            .sign(complaint, tenant, Some(code), id, now, LINK_LIFE);
        let (access, expires_at) = signed?;
        Ok(Tokens {
            access,
            expires_at,
            refresh: None,
        })
    }

    /// Sends a new link to the address on file, if it is that of a party to the complaint; never to another, and not
    /// more than five in an hour. The answer is the same whatever is known.
    ///
    /// # Errors
    /// Only when the database cannot be reached.
    pub async fn request_access_link(
        &self,
        slug: &str,
        reference: &str,
        email: &str,
    ) -> Result<(), ServiceError> {
        self.finish().await;
        let service = self.service();
        let Some(tenant) = service.tenant_by_slug(slug).await? else {
            return Ok(());
        };
        let inside = service.request(Caller::Service(tenant.id), self.locale(), None);
        until_first(|| inside.send_link(&tenant, reference, email)).await
    }

    async fn send_link(
        &self,
        tenant: &Tenant,
        reference: &str,
        email: &str,
    ) -> Result<(), Attempt> {
        let tx = self.writing().await?;
        let filter = ComplaintFilter {
            reference: Some(reference.trim().to_owned()),
            ..ComplaintFilter::default()
        };
        let rows = tx.complaints(&filter, ComplaintOrder::ReceivedDesc, None, 1);
        let Some(id) = rows.await?.first().map(|row| row.id) else {
            return Ok(());
        };
        tx.lock_complaint(id).await?;
        let loaded = self.loaded(&tx, id).await?;
        let Some((party, to)) = party_at(&loaded.complaint, email) else {
            return Ok(());
        };
        let an_hour_ago = self.now() - TimeDelta::hours(1);
        let sent = tx.count_letters_since(id, KIND, &to, an_hour_ago).await?;
        if sent >= MOST_IN_AN_HOUR {
            return Ok(());
        }
        let (link, url) = new_link(self, tenant, id, party, Some(&to));
        let locale = loaded.complaint.complainant.contact.locale;
        let way_in = wederhoor_letters::access_link(
            &tenant.name,
            &tenant.settings.colour,
            &loaded.reference,
            &url,
            locale,
        );
        let key = format!("access-link/{}", hex::encode(&link.token_hash[..8]));
        tx.insert_access_link(link).await?;
        tx.insert_letters(vec![draft(self, id, key, to, locale, way_in)])
            .await?;
        commit(tx).await
    }
}

/// The party that has this address on file, and the address as it stands there.
fn party_at(
    complaint: &wederhoor_procedure::complaint::Complaint,
    email: &str,
) -> Option<(Party, String)> {
    let is_it = |address: &Address| match address {
        Address::Email(known) => known
            .reveal()
            .filter(|known| known.eq_ignore_ascii_case(email.trim()))
            .cloned(),
        Address::Postal(_) | Address::Unknown => None,
    };
    if let Some(known) = is_it(&complaint.complainant.contact.address) {
        return Some((Party::Complainant, known));
    }
    let told = complaint
        .respondents
        .iter()
        .filter(|(_, one)| one.is_notified);
    told.into_iter()
        .find_map(|(no, one)| Some((Party::Respondent(*no), is_it(&one.contact.address)?)))
}

fn draft(
    request: &Request,
    complaint: ComplaintId,
    letter_key: String,
    to: String,
    locale: wederhoor_procedure::Locale,
    rendered: wederhoor_letters::Rendered,
) -> OutboxDraft {
    let now = request.now();
    OutboxDraft {
        id: request.service().new_id(),
        subject_id: complaint.0,
        complaint_id: Some(complaint),
        letter_key,
        kind: KIND.to_owned(),
        recipient: String::new(),
        channel: LetterChannel::Mail,
        to_address: Some(to),
        locale,
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        created_at: now,
        due_at: now,
    }
}
