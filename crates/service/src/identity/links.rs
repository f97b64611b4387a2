//! Access links: parties without a login come in to exactly one complaint, by a mutation and never by a GET.

use wederhoor_procedure::{
    ComplaintId,
    actor::Actor,
    command::Command,
    complaint::{Address, Party},
};
use wederhoor_store::{ComplaintFilter, ComplaintOrder, LetterChannel, OutboxDraft};

use super::{Tokens, tokens::LINK_LIFE};
use crate::{
    ActOptions, Caller, Request, ServiceError, ambient::digest, dossier::load, letters::new_link,
};

impl Request {
    /// Uses a link up and lets its party in. The complainant's address is proved by it: letters that waited for
    /// that are delivered now.
    ///
    /// # Errors
    /// `Unauthenticated` when it is unknown, used or over.
    pub async fn redeem_access_link(&self, token: &str) -> Result<Tokens, ServiceError> {
        let service = self.service();
        let now = service.real_now();
        let link = service
            .store()
            .platform()
            .consume_access_link(&digest(token.trim().as_bytes()), now)
            .await?;
        let link = link.ok_or(ServiceError::Unauthenticated)?;
        let party = Party::from_code(&link.party).ok_or(ServiceError::Unauthenticated)?;
        if party == Party::Complainant {
            let inside = service.request(Caller::Service(link.tenant_id), self.locale(), None);
            let options = ActOptions::default();
            let proved = inside
                .act_as(
                    link.complaint_id,
                    &Actor::System,
                    &Command::VerifyAddress,
                    options,
                )
                .await;
            // A destroyed dossier has no address to prove, and may still be looked at.
            if !matches!(proved, Err(ServiceError::Refused(_))) {
                proved?;
            }
        }
        let code = Some(party.to_string());
        let (complaint, tenant, id) = (link.complaint_id.0, link.tenant_id.0, service.new_id());
        let (access, expires_at) = service
            .tokens()
            .sign(complaint, tenant, code, id, now, LINK_LIFE)?;
        Ok(Tokens {
            access,
            expires_at,
            refresh: None,
        })
    }

    /// Sends a new link to the address on file, if it is that of a party to the complaint; never to another. The
    /// answer is the same whatever is known.
    ///
    /// # Errors
    /// Only when the database cannot be reached.
    pub async fn request_access_link(
        &self,
        slug: &str,
        reference: &str,
        email: &str,
    ) -> Result<(), ServiceError> {
        let service = self.service();
        let Some(tenant) = service.tenant_by_slug(slug).await? else {
            return Ok(());
        };
        let inside = service.request(Caller::Service(tenant.id), self.locale(), None);
        let tx = inside.writing().await?;
        let filter = ComplaintFilter {
            reference: Some(reference.trim().to_owned()),
            ..ComplaintFilter::default()
        };
        let rows = tx
            .complaints(&filter, ComplaintOrder::ReceivedDesc, None, 1)
            .await?;
        let Some(id) = rows.first().map(|row| row.id) else {
            return Ok(());
        };
        let people = crate::facts::load_people(&tx, &tenant, inside.now()).await?;
        let Some(loaded) = load(&inside, &tx, &people, id).await? else {
            return Ok(());
        };
        let Some((party, to)) = party_at(&loaded.complaint, email) else {
            return Ok(());
        };
        let (link, url) = new_link(&inside, &tenant, id, party, Some(&to));
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
        tx.insert_letters(vec![draft(&inside, id, key, to, locale, way_in)])
            .await?;
        Ok(tx.commit().await?)
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
        kind: "access_link".to_owned(),
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
