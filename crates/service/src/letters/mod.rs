//! Letters: from the heart's typed letters to rows of the outbox, with a way in for readers without a login.

mod bounces;
mod following;
mod kept;
mod lists;
mod office;
mod resending;
mod ways_in;
mod wordings;
mod words;

use std::collections::BTreeMap;

pub use bounces::{Bounce, BounceFate, BounceReporter};
pub(crate) use following::{follow, place_of, relist};
pub use lists::UndeliveredLetter;
pub use ways_in::without_ways_in;
pub(crate) use wordings::Wordings;
pub use wordings::{KeptWording, LetterWording, WordingText};
pub(crate) use words::words_of;

use uuid::Uuid;
use wederhoor_letters::{Envelope, WordedKind, render};
use wederhoor_procedure::{
    ComplaintId, Locale, MemberId,
    complaint::{Complaint, LetterKey, Party, Recipient, Recorded},
    decide::authority,
    facts::Facts,
    letter::{Letter, Via, letters},
    policy::Policy,
};
use wederhoor_store::{
    AccessLinkRecord, LetterChannel, MemberRecord, OutboxDraft, OutboxLetter, WriteTx,
};

use crate::{
    InputCode, InputFault, Request, Sender, ServiceError, Tenant,
    attempt::Attempt,
    dossier::Loaded,
    identity::{NewLink, Purpose},
};

/// A letter as the administration sees it.
pub type LetterRecord = OutboxLetter;

/// A letter on its way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutgoingLetter {
    /// Its id, from which its `Message-ID` is derived.
    pub id: Uuid,
    /// Who it is from.
    pub sender: Sender,
    /// The address.
    pub to: String,
    /// Its subject.
    pub subject: String,
    /// Its plain text.
    pub text: String,
    /// The same in HTML.
    pub html: String,
    /// What letters of one complaint have in common, for threading.
    pub thread: Option<Uuid>,
}

/// What letters are written from.
#[derive(Clone, Copy)]
pub(crate) struct Telling<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) facts: &'a Facts,
    pub(crate) complaint: &'a Complaint,
    pub(crate) reference: &'a str,
    pub(crate) tenant: &'a Tenant,
    /// Everybody, where they were read before; letters are else written from those of then.
    pub(crate) members: Option<&'a [MemberRecord]>,
}

impl<'a> Telling<'a> {
    /// Of a complaint as it is stored.
    pub(crate) fn of(loaded: &'a Loaded, tenant: &'a Tenant) -> Self {
        Self {
            policy: &loaded.policy,
            facts: &loaded.facts,
            complaint: &loaded.complaint,
            reference: &loaded.reference,
            tenant,
            members: None,
        }
    }
}

/// Letters and the ways in that they carry.
#[derive(Default)]
pub(crate) struct Told {
    pub(crate) letters: Vec<OutboxDraft>,
    pub(crate) links: Vec<AccessLinkRecord>,
}

/// Who reads a letter, and where.
struct Reader {
    key: String,
    name: Option<String>,
    mail: Option<String>,
    postal: Option<String>,
    locale: Locale,
    is_verified: bool,
    /// The party a link lets in; `None` for someone with a login.
    lets_in: Option<Party>,
}

/// Writes the letters that new events call for.
pub(crate) async fn tell(
    request: &Request,
    tx: &WriteTx,
    telling: &Telling<'_>,
    entries: &[Recorded],
    first_new: usize,
) -> Result<Told, Attempt> {
    let due = letters(telling.policy, telling.facts, entries, first_new);
    if due.is_empty() {
        return Ok(Told::default());
    }
    let read = Read::of(tx, telling, due.iter().map(|letter| letter.key)).await?;
    let desk = Desk::of(request, telling, &read);
    let mut told = Told::default();
    for letter in &due {
        for reader in desk.readers(letter) {
            desk.write(letter, &reader, &mut told)?;
        }
    }
    Ok(told)
}

/// What was read for the letters of a transaction.
struct Read {
    /// Everybody, where they were not read before.
    members: Vec<MemberRecord>,
    wordings: Wordings,
}

impl Read {
    async fn of(
        tx: &WriteTx,
        telling: &Telling<'_>,
        letters: impl Iterator<Item = LetterKey>,
    ) -> Result<Self, Attempt> {
        let kinds = letters.map(|key| WordedKind::OfComplaint(key.kind));
        Ok(Self {
            members: match telling.members {
                Some(_) => Vec::new(),
                None => tx.members().await?,
            },
            wordings: Wordings::read(tx, kinds).await?,
        })
    }
}

struct Desk<'a> {
    request: &'a Request,
    telling: &'a Telling<'a>,
    members: BTreeMap<MemberId, &'a MemberRecord>,
    wordings: &'a Wordings,
}

impl<'a> Desk<'a> {
    fn of(request: &'a Request, telling: &'a Telling<'a>, read: &'a Read) -> Self {
        let members = telling.members.unwrap_or(&read.members).iter();
        Self {
            request,
            telling,
            members: members.map(|member| (member.id, member)).collect(),
            wordings: &read.wordings,
        }
    }

    fn readers(&self, letter: &Letter) -> Vec<Reader> {
        match letter.key.to {
            Recipient::Party(party) => self.party(letter, party).into_iter().collect(),
            Recipient::Member(member) => self.member(letter.key, member).into_iter().collect(),
            Recipient::Administration => {
                let each = |id: MemberId| {
                    let reader = self.member(letter.key, id)?;
                    let key = format!("{}/{id}", reader.key);
                    Some(Reader { key, ..reader })
                };
                self.administration().into_iter().filter_map(each).collect()
            }
        }
    }

    fn administration(&self) -> Vec<MemberId> {
        let Telling {
            policy,
            facts,
            complaint,
            ..
        } = *self.telling;
        let today = facts.calendar.local_date(self.request.now());
        authority::administration(policy, facts, complaint, today)
    }

    fn member(&self, key: LetterKey, id: MemberId) -> Option<Reader> {
        let member = self.members.get(&id)?;
        Some(Reader {
            key: key.to_string(),
            name: Some(member.name.clone()),
            mail: member.email.clone(),
            postal: None,
            locale: member.locale,
            is_verified: true,
            lets_in: None,
        })
    }

    fn party(&self, letter: &Letter, party: Party) -> Option<Reader> {
        let complaint = self.telling.complaint;
        let (contact, member, is_verified) = match party {
            Party::Complainant => {
                let one = &complaint.complainant;
                (&one.contact, one.member, one.is_verified)
            }
            Party::Respondent(no) => {
                let one = complaint.respondents.get(&no)?;
                (&one.contact, one.member, false)
            }
            Party::Representative => return self.member(letter.key, complaint.representative?),
        };
        let known = member.and_then(|id| self.members.get(&id));
        let own = contact.address.email();
        let own = own.and_then(|mail| mail.reveal().cloned());
        let has_login = known.is_some_and(|member| {
            let same = |own: &String| {
                member
                    .email
                    .as_ref()
                    .is_some_and(|known| known.eq_ignore_ascii_case(own))
            };
            member.account_id.is_some() && own.as_ref().is_none_or(same)
        });
        let is_paper = letter.via == Via::Print;
        Some(Reader {
            key: letter.key.to_string(),
            name: contact
                .name
                .reveal()
                .filter(|name| !name.is_empty())
                .cloned(),
            mail: if is_paper {
                None
            } else {
                own.or_else(|| known.and_then(|member| member.email.clone()))
            },
            postal: contact.address.postal().and_then(|at| at.reveal().cloned()),
            locale: letter.locale.unwrap_or(self.telling.tenant.settings.locale),
            is_verified: is_verified || has_login,
            lets_in: (!has_login).then_some(party),
        })
    }

    fn write(&self, letter: &Letter, reader: &Reader, told: &mut Told) -> Result<(), ServiceError> {
        let service = self.request.service();
        let (id, complaint) = (service.new_id(), self.telling.complaint.id);
        let link = match reader.lets_in {
            Some(party) => self.way_in(party, reader.mail.is_some(), told),
            None => format!(
                "{}/complaints/{}",
                service.base_url(),
                self.telling.reference
            ),
        };
        let names = |id: MemberId| self.members.get(&id).map(|member| member.name.clone());
        let kind = WordedKind::OfComplaint(letter.key.kind);
        let tenant = self.telling.tenant;
        let envelope = Envelope {
            sender: self.wordings.sender(tenant, kind, reader.locale),
            reference: self.telling.reference,
            recipient_name: reader.name.as_deref(),
            link: Some(&link),
            names: &names,
            is_verified: reader.is_verified,
        };
        let via = if reader.mail.is_some() {
            Via::Mail
        } else {
            Via::Print
        };
        let letter = &Letter {
            via,
            ..letter.clone()
        };
        let rendered = render(letter, &envelope, reader.locale);
        let (now, hour) = (
            self.request.now(),
            self.telling.tenant.settings.reminder_hour,
        );
        let calendar = &self.telling.facts.calendar;
        told.letters.push(OutboxDraft {
            id,
            subject_id: complaint.0,
            complaint_id: Some(complaint),
            letter_key: reader.key.clone(),
            kind: letter.key.kind.code().to_owned(),
            recipient: serde_json::to_string(&letter.key)?,
            channel: if reader.mail.is_some() {
                LetterChannel::Mail
            } else {
                LetterChannel::Print
            },
            to_address: reader.mail.as_ref().or(reader.postal.as_ref()).cloned(),
            locale: reader.locale,
            subject: rendered.subject,
            text: rendered.text,
            html: rendered.html,
            created_at: now,
            due_at: letter.goes_out_at(calendar, hour, now),
        });
        Ok(())
    }

    /// A link that lets one party in to this complaint. The token stands behind `#`, so that no server logs it.
    fn way_in(&self, party: Party, is_mailed: bool, told: &mut Told) -> String {
        let Telling {
            complaint, tenant, ..
        } = *self.telling;
        let mailbox = complaint.reach(party).mailbox.filter(|_| is_mailed);
        let (link, url) = new_link(self.request, tenant, complaint.id, party);
        told.links.push(AccessLinkRecord {
            mailed_to: mailbox.map(|one| one.of),
            ..link
        });
        url
    }
}

/// A new access link that nobody asked for and that was mailed nowhere, and the address that carries its token.
pub(crate) fn new_link(
    request: &Request,
    tenant: &Tenant,
    complaint: ComplaintId,
    party: Party,
) -> (AccessLinkRecord, String) {
    let NewLink {
        url,
        hash: token_hash,
        created_at,
        expires_at,
        ..
    } = request.service().new_link(Purpose::Access);
    let record = AccessLinkRecord {
        token_hash,
        tenant_id: tenant.id,
        complaint_id: complaint,
        party: party.to_string(),
        is_asked_for: false,
        mailed_to: None,
        created_at,
        expires_at,
    };
    (record, url)
}

/// The letter a row of the outbox carries.
pub(crate) fn key_of(letter: &OutboxLetter) -> Option<LetterKey> {
    serde_json::from_str(&letter.draft.recipient).ok()
}

fn is_paper(letter: &LetterRecord) -> bool {
    letter.draft.channel == LetterChannel::Print
}

/// The party that a letter is for; `None` for who has a place in the organisation.
pub fn party_of(letter: &LetterRecord) -> Option<Party> {
    match key_of(letter)?.to {
        Recipient::Party(party) => Some(party),
        Recipient::Member(_) | Recipient::Administration => None,
    }
}

/// A fault of an address that is none.
pub(crate) fn address_is_malformed(path: &str) -> InputFault {
    let (nl, en) = ("Dit is geen e-mailadres.", "This is not an e-mail address.");
    InputFault::at(InputCode::Malformed, path, nl, en)
}
