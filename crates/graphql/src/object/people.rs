//! People, as far as a complaint names them.

use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use wederhoor_procedure::{
    Confidential, MemberId,
    complaint::{Complaint, Contact, Party},
};

use crate::{
    enums::PartyKind,
    id::Opaque,
    request::member_name,
    scalar::{EmailAddress, Language, PhoneNumber},
};

/// A member of the organisation, by name only (*medewerker*).
#[derive(SimpleObject, Clone, Debug)]
#[graphql(complex)]
pub(crate) struct NamedMember {
    /// The member's id.
    id: ID,
    #[graphql(skip)]
    member: MemberId,
    #[graphql(skip)]
    known_name: Option<String>,
}

#[ComplexObject]
impl NamedMember {
    /// What people call them.
    async fn name(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        match &self.known_name {
            Some(name) => Ok(Some(name.clone())),
            None => member_name(ctx, self.member).await,
        }
    }
}

impl NamedMember {
    pub(crate) fn known(member: MemberId, name: &str) -> Self {
        Self {
            known_name: Some(name.to_owned()),
            ..Self::from(member)
        }
    }
}

impl From<MemberId> for NamedMember {
    fn from(member: MemberId) -> Self {
        Self {
            id: member.opaque(),
            member,
            known_name: None,
        }
    }
}

/// A side of a complaint (*partij*).
#[derive(SimpleObject, Clone, Debug)]
#[graphql(complex, name = "Party")]
pub(crate) struct PartyRef {
    /// Which side.
    kind: PartyKind,
    /// The number of the respondent in this complaint, from 1; `null` for the other sides.
    number: Option<u8>,
    #[graphql(skip)]
    known_name: Option<String>,
    #[graphql(skip)]
    member: Option<MemberId>,
}

#[ComplexObject]
impl PartyRef {
    /// What people call them; `null` once the dossier is destroyed.
    async fn name(&self, ctx: &Context<'_>) -> async_graphql::Result<Option<String>> {
        match (&self.known_name, self.member) {
            (None, Some(member)) => member_name(ctx, member).await,
            (name, _) => Ok(name.clone()),
        }
    }
}

impl PartyRef {
    pub(crate) fn of(party: Party, complaint: &Complaint) -> Self {
        let named = |contact: &Contact| {
            contact
                .name
                .reveal()
                .filter(|name| !name.is_empty())
                .cloned()
        };
        let (number, known_name, member) = match party {
            Party::Complainant => (None, named(&complaint.complainant.contact), None),
            Party::Representative => (None, None, complaint.representative),
            Party::Respondent(no) => {
                let one = complaint.respondents.get(&no);
                (
                    Some(no),
                    one.and_then(|one| named(&one.contact)),
                    one.and_then(|one| one.member),
                )
            }
        };
        Self {
            kind: party.into(),
            number,
            known_name,
            member,
        }
    }
}

/// How a person can be reached (*contactgegevens*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct ContactDetails {
    /// E-mail address, where letters go by e-mail.
    email: Option<EmailAddress>,
    /// Postal address, where letters go on paper; with an e-mail address, those that came back by e-mail.
    postal_address: Option<String>,
    /// Telephone number.
    telephone: Option<PhoneNumber>,
    /// The language they are written in.
    locale: Language,
}

impl From<&Contact> for ContactDetails {
    fn from(contact: &Contact) -> Self {
        let read = |words: Option<&Confidential<String>>| words?.reveal().cloned();
        let address = &contact.address;
        let (email, postal_address) = (read(address.email()), read(address.postal()));
        let telephone = contact
            .telephone
            .as_ref()
            .and_then(|number| number.reveal())
            .cloned();
        Self {
            email: email.map(EmailAddress),
            postal_address,
            telephone: telephone.map(PhoneNumber),
            locale: Language(contact.locale),
        }
    }
}
