//! Letters.

use async_graphql::{Context, ID, Object};
use wederhoor_service::{LetterRecord, party_of, without_ways_in};

use crate::{
    connection::connection,
    enums::{LetterChannel, LetterKind, LetterStatus},
    error::{locale, text},
    id::{Kind, encode},
    object::complaint::{Complaint, Siblings},
    scalar::{Date, EmailAddress, Instant, Language},
};

/// A letter, as it was written.
#[derive(Clone)]
pub(crate) struct Letter {
    record: LetterRecord,
    complaint: Option<Complaint>,
    /// Whether it is shown with the way in that it carries, as it must be to be printed.
    is_for_printing: bool,
}

impl Letter {
    /// A letter of a dossier: without the way in that it carries for its reader alone.
    pub(crate) fn kept(record: LetterRecord, complaint: Complaint) -> Self {
        let (complaint, is_for_printing) = (Some(complaint), false);
        Self {
            record,
            complaint,
            is_for_printing,
        }
    }

    /// Letters to be printed.
    pub(crate) fn to_print(records: Vec<LetterRecord>) -> Vec<Self> {
        Self::of_list(records, true)
    }

    /// Letters of a list: without the way in that they carry.
    pub(crate) fn listed(records: Vec<LetterRecord>) -> Vec<Self> {
        Self::of_list(records, false)
    }

    fn of_list(records: Vec<LetterRecord>, is_for_printing: bool) -> Vec<Self> {
        let siblings = Siblings::of(records.iter().filter_map(|one| one.draft.complaint_id));
        let one = |record: LetterRecord| {
            let about = record.draft.complaint_id;
            Self {
                record,
                complaint: about.map(|id| Complaint::named(id, &siblings)),
                is_for_printing,
            }
        };
        records.into_iter().map(one).collect()
    }

    fn is_paper(&self) -> bool {
        self.record.draft.channel == wederhoor_service::LetterChannel::Print
    }

    fn shown(&self, text: &str) -> String {
        if self.is_for_printing {
            text.to_owned()
        } else {
            without_ways_in(text)
        }
    }
}

impl From<LetterRecord> for Letter {
    fn from(record: LetterRecord) -> Self {
        let siblings = Siblings::of(record.draft.complaint_id);
        let about = record.draft.complaint_id;
        Self {
            record,
            complaint: about.map(|id| Complaint::named(id, &siblings)),
            is_for_printing: false,
        }
    }
}

/// A letter (*brief*) about a complaint, as it was written.
#[Object]
impl Letter {
    /// Its id.
    async fn id(&self) -> ID {
        encode(Kind::Letter, self.record.draft.id)
    }

    /// What it is.
    async fn kind(&self) -> LetterKind {
        LetterKind::from_code(&self.record.draft.kind)
    }

    /// How it goes out.
    async fn channel(&self) -> LetterChannel {
        self.record.draft.channel.into()
    }

    /// How far it has come.
    async fn status(&self) -> LetterStatus {
        self.record.status.into()
    }

    /// The e-mail address it goes to; `null` for a letter on paper.
    async fn to_address(&self) -> Option<EmailAddress> {
        let to = self.record.draft.to_address.clone();
        to.filter(|_| !self.is_paper()).map(EmailAddress)
    }

    /// The postal address it goes to; `null` for a letter by e-mail. A letter on paper without one is for somebody of
    /// whom no address is known: it can only be handed over, and then recorded as posted.
    async fn postal_address(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        let draft = &self.record.draft;
        if !self.is_paper() || draft.to_address.is_some() {
            return Ok(draft.to_address.clone().filter(|_| self.is_paper()));
        }
        // One of before letters kept where they go: to where its reader is known to be.
        let (Some(complaint), Some(party)) = (&self.complaint, party_of(&self.record)) else {
            return Ok(None);
        };
        let dossier = complaint.dossier(ctx).await?;
        let contact = dossier.complaint.contact(party);
        let lines = contact.and_then(|contact| contact.address.postal());
        Ok(lines.and_then(|lines| lines.reveal().cloned()))
    }

    /// Its language.
    async fn locale(&self) -> Language {
        Language(self.record.draft.locale)
    }

    /// Its subject.
    async fn subject(&self) -> &str {
        &self.record.draft.subject
    }

    /// Its text. The way in that it carries for its reader is shown only where it is to be printed.
    async fn text(&self) -> String {
        self.shown(&self.record.draft.text)
    }

    /// The same in HTML.
    async fn html(&self) -> String {
        self.shown(&self.record.draft.html)
    }

    /// When it was written.
    async fn created_at(&self) -> Instant {
        Instant(self.record.draft.created_at)
    }

    /// When the mail server took it.
    async fn sent_at(&self) -> Option<Instant> {
        self.record.sent_at.map(Instant)
    }

    /// The day on which it was posted.
    async fn posted_on(&self) -> Option<Date> {
        self.record.posted_on.map(Date)
    }

    /// Why it was withdrawn, in the language of the request; `null` for a letter that was not.
    async fn withdrawn_because(&self, ctx: &Context<'_>) -> Option<String> {
        let (nl, en) = (
            "Voordat de brief weg was, was wat erin staat teruggedraaid of voorbij, of had de lezer een ander adres.",
            "Before it had gone out, what it tells was undone or over, or its reader had another address.",
        );
        let is_withdrawn = self.record.status == wederhoor_service::LetterStatus::Withdrawn;
        is_withdrawn.then(|| text(nl, en).in_locale(locale(ctx)).to_owned())
    }

    /// The complaint it is about.
    async fn complaint(&self) -> Option<Complaint> {
        self.complaint.clone()
    }
}

connection!(
    /// Letters that wait to be printed, oldest first.
    LetterConnection,
    /// A letter in a list.
    LetterEdge,
    Letter
);
