//! Who the letters of an organisation are from: what its administrators chose, within what the operator allows.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use wederhoor_procedure::{Text, actor::Role, is_blank};
use wederhoor_store::AccountEvent;

use crate::{
    InputCode, InputFault, Request, Service, ServiceError, Tenant, TenantSettings, is_email,
    letters::address_is_malformed, line, tenant::write_settings,
};

/// As many an operator allows one organisation at most.
const MOST: usize = 20;
/// As many are named to who chose another.
const NAMED: usize = 3;

/// Who letters are from, as an organisation chose it. What it left out is the operator's: the name is then its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ChosenSender {
    /// The name beside the address.
    pub name: Option<String>,
    /// The address, on the envelope too.
    pub address: Option<String>,
    /// Where answers go.
    pub reply_to: Option<String>,
}

/// What an organisation chose, and what it may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MailSettings {
    /// Addresses that the operator allows, and domains of which it allows every address; in lower case.
    pub allowed: Vec<String>,
    /// What an administrator chose; the operator may have withdrawn it since.
    pub chosen: ChosenSender,
}

/// Who a letter is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The name beside the address.
    pub name: String,
    /// The address; `None`: the operator's own.
    pub address: Option<String>,
    /// Where answers go, if elsewhere.
    pub reply_to: Option<String>,
}

/// Who the letters of an organisation are from, as its administrators see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenSender {
    /// The name that letters have.
    pub name: String,
    /// What was chosen.
    pub chosen: ChosenSender,
    /// Whether the address that was chosen is still allowed; letters are else from the operator's.
    pub is_address_allowed: bool,
    /// Whether the address for answers is still allowed; letters else name none.
    pub is_reply_to_allowed: bool,
    /// What is allowed.
    pub allowed: Vec<String>,
}

impl MailSettings {
    /// Whether nothing was allowed or chosen.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    fn allows(&self, address: &str) -> bool {
        let address = address.to_ascii_lowercase();
        let Some((_, domain)) = address.rsplit_once('@') else {
            return false;
        };
        let mut allowed = self.allowed.iter();
        allowed.any(|one| *one == address || one == domain)
    }

    /// An address that was chosen, while it is allowed.
    fn allowed_of(&self, chosen: Option<&String>) -> Option<String> {
        chosen.filter(|address| self.allows(address)).cloned()
    }
}

impl Tenant {
    /// Who its letters are from now.
    pub(crate) fn sender(&self) -> Sender {
        let mail = &self.settings.mail;
        Sender {
            name: mail.chosen.name.as_ref().unwrap_or(&self.name).clone(),
            address: mail.allowed_of(mail.chosen.address.as_ref()),
            reply_to: mail.allowed_of(mail.chosen.reply_to.as_ref()),
        }
    }

    fn seen_sender(&self, mail: MailSettings) -> SeenSender {
        let is_allowed = |one: &Option<String>| one.as_ref().is_none_or(|one| mail.allows(one));
        SeenSender {
            name: mail.chosen.name.as_ref().unwrap_or(&self.name).clone(),
            is_address_allowed: is_allowed(&mail.chosen.address),
            is_reply_to_allowed: is_allowed(&mail.chosen.reply_to),
            chosen: mail.chosen,
            allowed: mail.allowed,
        }
    }
}

impl Request {
    /// Who the letters of the caller's organisation are from, and who they may be from.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an administrator.
    pub async fn mail_sender(&self) -> Result<SeenSender, ServiceError> {
        self.require_role(Role::Administrator)?;
        let tenant = self.tenant().await?;
        Ok(tenant.seen_sender(tenant.settings.mail.clone()))
    }

    /// Says who the letters of the caller's organisation are from, in place of what was said before: how it is seen then.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an administrator; `RecentSignInRequired`; `Invalid` with the faults, and with what is
    /// allowed where an address is not.
    pub async fn set_mail_sender(
        &self,
        chosen: &ChosenSender,
        known: &[InputFault],
    ) -> Result<SeenSender, ServiceError> {
        self.require_role(Role::Administrator)?;
        self.require_recent()?;
        let tenant = self.tenant().await?;
        let mail = &tenant.settings.mail;
        ServiceError::unless_faultless(known, &faults_of(chosen, mail))?;
        let set = |settings: &mut TenantSettings| settings.mail.chosen = chosen.clone();
        self.set_settings(AccountEvent::MailSenderSet, chosen, set)
            .await?;
        let (allowed, chosen) = (mail.allowed.clone(), chosen.clone());
        Ok(tenant.seen_sender(MailSettings { allowed, chosen }))
    }
}

impl Service {
    /// Allows an organisation that its letters are from these addresses and domains, and no others.
    ///
    /// # Errors
    /// `NotFound`; `Invalid` with everything that is neither.
    pub async fn allow_senders(&self, slug: &str, senders: &[String]) -> Result<(), ServiceError> {
        self.allow_senders_noting(slug, senders, None).await
    }

    /// As [`allow_senders`](Self::allow_senders), noted as what an operator did.
    pub(crate) async fn allow_senders_noting(
        &self,
        slug: &str,
        senders: &[String],
        by: Option<&crate::Operator>,
    ) -> Result<(), ServiceError> {
        let mut allowed: Vec<String> = senders
            .iter()
            .map(|one| one.trim().to_ascii_lowercase())
            .collect();
        require_senders(&allowed)?;
        let mut named = HashSet::new();
        allowed.retain(|one| named.insert(one.clone()));
        let tenant = self.tenant_by_slug(slug).await?;
        let tenant = tenant.ok_or(ServiceError::NotFound)?;
        let tx = self.store().tenant(tenant.id).write().await?;
        write_settings(&tx, |settings| settings.mail.allowed = allowed).await?;
        if let Some(operator) = by {
            let (event, now) = (AccountEvent::SendersAllowed, self.real_now());
            let login = &operator.login;
            tx.note_activity(login.account, event, login.sign_in, now)
                .await?;
        }
        Ok(tx.commit().await?)
    }
}

/// What is wrong with a choice, besides what is wrong with the form of its addresses.
fn faults_of(chosen: &ChosenSender, mail: &MailSettings) -> Vec<InputFault> {
    let mut faults = Vec::new();
    if let Some(name) = &chosen.name {
        line::name(name, "name", &mut faults);
        // A mail program shows the name and hides the address: one must not pass for the other.
        if faults.is_empty() && name.contains(['@', '<', '>']) {
            let (nl, en) = (
                "Schrijf hier alleen een naam: zonder @, < en >.",
                "Write only a name here: without @, < and >.",
            );
            faults.push(InputFault::at(InputCode::Malformed, "name", nl, en));
        }
    }
    for (place, address) in [("address", &chosen.address), ("replyTo", &chosen.reply_to)] {
        if let Some(address) = address.as_ref().filter(|one| is_email(one)) {
            if !is_plain(address) {
                faults.push(address_is_malformed(place));
            } else if !mail.allows(address) {
                faults.push(is_not_allowed(place, &mail.allowed));
            }
        }
    }
    faults
}

/// Every mail server takes it: its letters are those of English.
fn is_plain(address: &str) -> bool {
    let (local, domain) = address.rsplit_once('@').unwrap_or_default();
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    local.is_ascii() && domain.chars().all(is_of_name)
}

fn is_not_allowed(place: &str, allowed: &[String]) -> InputFault {
    let some = allowed.iter().take(NAMED).cloned().collect::<Vec<_>>();
    let more = allowed.len().saturating_sub(NAMED);
    let message = match (some.join(", "), more) {
        (_, _) if allowed.is_empty() => Text {
            nl: "De beheerder van het platform heeft nog geen afzenders toegestaan.".to_owned(),
            en: "The operator of the platform has allowed no senders yet.".to_owned(),
        },
        (some, 0) => Text {
            nl: format!("Dit mag hier niet. Wel toegestaan: {some}."),
            en: format!("This is not allowed here. What is: {some}."),
        },
        (some, more) => Text {
            nl: format!("Dit mag hier niet. Wel toegestaan: {some} en nog {more}."),
            en: format!("This is not allowed here. What is: {some} and {more} more."),
        },
    };
    InputFault {
        code: InputCode::SenderNotAllowed,
        path: vec![place.to_owned()],
        message,
    }
}

fn require_senders(allowed: &[String]) -> Result<(), ServiceError> {
    if allowed.len() > MOST {
        let (nl, en) = ("Noem er hoogstens 20.", "Name at most 20.");
        return Err(ServiceError::invalid(InputCode::TooLong, "senders", nl, en));
    }
    let fault = |(place, one): (usize, &String)| {
        let (nl, en) = (
            "Schrijf een adres als klachten@organisatie.example, of een heel domein als organisatie.example.",
            "Write an address such as klachten@organisation.example, or a whole domain such as organisation.example.",
        );
        let code = if is_blank(one) {
            InputCode::Required
        } else {
            InputCode::Malformed
        };
        InputFault::at(code, &format!("senders.{place}"), nl, en)
    };
    let all = allowed.iter().enumerate();
    let wrong = all.filter(|(_, one)| !is_sender(one));
    let faults: Vec<InputFault> = wrong.map(fault).collect();
    ServiceError::unless_faultless(&faults, &[])
}

/// Whether a text is an address, or the domain of one.
fn is_sender(text: &str) -> bool {
    let address = if text.contains('@') {
        text.to_owned()
    } else {
        format!("klachten@{text}")
    };
    is_email(&address) && is_plain(&address)
}

#[cfg(test)]
mod tests;
