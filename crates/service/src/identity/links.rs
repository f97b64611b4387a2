//! Access links: parties without a login come in to exactly one complaint, by a mutation and never by a GET.

use chrono::TimeDelta;
use wederhoor_letters::WordedKind;
use wederhoor_procedure::{
    ComplaintId, Locale,
    actor::Actor,
    command::Command,
    complaint::{Address, Complaint, Party},
};
use wederhoor_store::{
    AccessLinkRecord, ComplaintFilter, ComplaintOrder, LetterChannel, OutboxDraft, ReadTx,
};

use super::{
    Tokens,
    new_link::hash_of,
    tokens::{ByLink, LINK_LIFE},
};
use crate::{
    ActOptions, Caller, Request, ServiceError,
    attempt::{Attempt, commit, until_first},
    dossier::recorded,
    letters::{Wordings, new_link},
};

/// What a letter is that was asked for its link only.
const KIND: WordedKind = WordedKind::AccessLink;
/// How many of them go to one party of one complaint in an hour.
const MOST_IN_AN_HOUR: u64 = 5;

/// A party that asks for a link, and may have one.
struct Asking {
    complaint: ComplaintId,
    reference: String,
    party: Party,
    /// The address as it is on file.
    to: String,
    /// Sequence number of the event that gave it.
    mailbox: Option<u32>,
    locale: Locale,
}

impl Request {
    /// Uses a link up and lets its party in. The complainant's mailbox is proved by one that was mailed there: letters that
    /// waited for that are delivered now.
    ///
    /// # Errors
    /// `Unauthenticated` when it is unknown, used or over.
    pub async fn redeem_access_link(&self, token: &str) -> Result<Tokens, ServiceError> {
        let hash = hash_of(token);
        self.finish().await;
        until_first(|| self.redeem_once(&hash)).await
    }

    /// Everything is looked at before the link is used up, and nothing is used up by who does not get in.
    async fn redeem_once(&self, hash: &[u8]) -> Result<Tokens, Attempt> {
        let (service, refused) = (self.service(), || ServiceError::Unauthenticated);
        let now = service.real_now();
        let link = service.store().platform().access_link(hash, now).await?;
        let link = link.ok_or_else(refused)?;
        self.concerns_tenant(link.tenant_id);
        let party = Party::from_code(&link.party).ok_or_else(refused)?;
        let inside = service.request(Caller::Service(link.tenant_id), self.locale(), None);
        let (tx, inside) = inside.acting().await?;
        tx.lock_complaint(link.complaint_id).await?;
        let loaded = inside.loaded(&tx, link.complaint_id).await?;
        let sight = loaded.sight(&Actor::Link(party), inside.now());
        if sight.is_none() || !tx.consume_access_link(hash, now).await? {
            return Err(refused().into());
        }
        let reach = loaded.complaint.reach(party);
        let is_from_mailbox =
            link.mailed_to.is_some() && link.mailed_to == reach.mailbox.map(|one| one.of);
        if party == Party::Complainant && is_from_mailbox {
            let (command, options) = (Command::VerifyAddress, ActOptions::default());
            let proved = inside.act_in(&tx, loaded, &Actor::System, &command, options);
            // A destroyed dossier has no address to prove, and may still be looked at.
            match proved.await {
                Err(Attempt::Failed(ServiceError::Refused(_))) => {}
                other => other?,
            }
        }
        let left = reach.left;
        let tokens = self.link_tokens(&link, ByLink { party, left })?;
        commit(tx).await?;
        Ok(tokens)
    }

    fn link_tokens(&self, link: &AccessLinkRecord, by: ByLink) -> Result<Tokens, ServiceError> {
        let service = self.service();
        let (now, id) = (service.real_now(), service.new_id());
        let (complaint, tenant) = (link.complaint_id.0, link.tenant_id.0);
        let signed = service
            .tokens()
            .sign(complaint, tenant, Some(by), id, now, LINK_LIFE);
        let (access, expires_at) = signed?;
        Ok(Tokens {
            access,
            expires_at,
            refresh: None,
        })
    }

    /// Sends a new link to the address on file, if it is that of a party to the complaint; never to another, and not
    /// more than five in an hour of real time. The answer is the same whatever is known, and so is what is read for it;
    /// only for a link that is made something is written.
    ///
    /// # Errors
    /// `RateLimited`; else only when the database cannot be reached.
    pub async fn request_access_link(
        &self,
        slug: &str,
        reference: &str,
        email: &str,
    ) -> Result<(), ServiceError> {
        self.finish().await;
        self.concerns_slug(slug);
        self.asks_for_letter(email).await?;
        let service = self.service();
        let Some(tenant) = service.tenant_by_slug(slug).await? else {
            return Ok(());
        };
        tenant.require_active()?;
        let tx = service.store().tenant(tenant.id).read().await?;
        let inside = service
            .request(Caller::Service(tenant.id), self.locale(), None)
            .with_tenant((*tenant).clone());
        let asking = inside.asking(&tx, reference, email).await?;
        drop(tx);
        match asking {
            Some(asking) => until_first(|| inside.send_link(&asking)).await,
            None => Ok(()),
        }
    }

    /// Who asks, if they may have a link. Whatever is known, the same is read.
    async fn asking(
        &self,
        tx: &ReadTx,
        reference: &str,
        email: &str,
    ) -> Result<Option<Asking>, ServiceError> {
        let filter = ComplaintFilter {
            reference: Some(reference.trim().to_owned()),
            ..ComplaintFilter::default()
        };
        let rows = tx.complaints(&filter, ComplaintOrder::ReceivedDesc, None, 1);
        let known = rows.await?.pop().map(|row| (row.id, row.reference));
        let nowhere = || (ComplaintId(self.service().new_id()), String::new());
        let (id, reference) = known.unwrap_or_else(nowhere);
        let entries = tx.load_events_many(&[id]).await?.remove(&id);
        let complaint = Complaint::fold(&recorded(entries.unwrap_or_default())?);
        let found = complaint.as_ref().and_then(|complaint| {
            let (party, to) = party_at(complaint, email)?;
            let locale = complaint.complainant.contact.locale;
            let mailbox = complaint.reach(party).mailbox.map(|one| one.of);
            Some(Asking {
                complaint: id,
                reference,
                party,
                to,
                mailbox,
                locale,
            })
        });
        let party = found.as_ref().map(|one| one.party);
        let party = party.unwrap_or(Party::Complainant).to_string();
        let an_hour_ago = self.service().real_now() - TimeDelta::hours(1);
        let sent = tx.count_links_asked_for(id, &party, an_hour_ago);
        let is_full = sent.await? >= MOST_IN_AN_HOUR;
        Ok(found.filter(|_| !is_full))
    }

    /// Makes a link, unless by now they may not have one any more.
    async fn send_link(&self, asking: &Asking) -> Result<(), Attempt> {
        let tenant = self.tenant().await?;
        let tx = self.writing().await?;
        tx.lock_complaint(asking.complaint).await?;
        let still = self.asking(&tx, &asking.reference, &asking.to).await?;
        let Some(asking) = still else {
            return Ok(());
        };
        let (link, url) = new_link(self, &tenant, asking.complaint, asking.party);
        let link = AccessLinkRecord {
            is_asked_for: true,
            mailed_to: asking.mailbox,
            ..link
        };
        let wordings = Wordings::read(&tx, [KIND]).await?;
        let way_in = wederhoor_letters::access_link(
            &wordings.sender(&tenant, KIND, asking.locale),
            &asking.reference,
            &url,
            asking.locale,
        );
        let key = format!("access-link/{}", hex::encode(&link.token_hash[..8]));
        tx.insert_access_link(link).await?;
        tx.insert_letters(vec![draft(self, asking, key, way_in)])
            .await?;
        commit(tx).await
    }
}

/// The party that has this address on file, and the address as it stands there.
fn party_at(complaint: &Complaint, email: &str) -> Option<(Party, String)> {
    let is_it = |address: &Address| {
        let known = address.email()?.reveal()?;
        let is_it = known.eq_ignore_ascii_case(email.trim());
        is_it.then(|| known.clone())
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
    asking: Asking,
    letter_key: String,
    rendered: wederhoor_letters::Rendered,
) -> OutboxDraft {
    let (now, locale) = (request.now(), asking.locale);
    OutboxDraft {
        id: request.service().new_id(),
        subject_id: asking.complaint.0,
        complaint_id: Some(asking.complaint),
        letter_key,
        kind: KIND.code().to_owned(),
        recipient: String::new(),
        channel: LetterChannel::Mail,
        to_address: Some(asking.to),
        locale,
        subject: rendered.subject,
        text: rendered.text,
        html: rendered.html,
        created_at: now,
        due_at: now,
    }
}
