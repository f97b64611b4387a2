//! The parties of a complaint.

use async_graphql::SimpleObject;
use wederhoor_procedure::complaint;

use crate::object::people::{ContactDetails, NamedMember};

/// Who complains (*klager*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct Complainant {
    /// Their name; `null` for an anonymous complaint, and once the dossier is destroyed.
    name: Option<String>,
    /// Who, when they have a login.
    member: Option<NamedMember>,
    /// How they can be reached; `null` for respondents.
    contact: Option<ContactDetails>,
    /// Whether the address is known to be theirs; `null` for respondents.
    is_verified: Option<bool>,
}

impl Complainant {
    pub(super) fn of(complainant: &complaint::Complainant, sees_contact: bool) -> Self {
        let contact = &complainant.contact;
        Self {
            name: contact
                .name
                .reveal()
                .filter(|name| !name.is_empty())
                .cloned(),
            member: complainant.member.map(NamedMember::from),
            contact: sees_contact.then(|| contact.into()),
            is_verified: sees_contact.then_some(complainant.is_verified),
        }
    }
}

/// Who is complained about (*beklaagde*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct Respondent {
    /// Their number in this complaint, from 1.
    number: u8,
    /// Their name; `null` once the dossier is destroyed.
    name: Option<String>,
    /// Who, when they are a member of the organisation.
    member: Option<NamedMember>,
    /// How they can be reached; for officials, `null` for others.
    contact: Option<ContactDetails>,
    /// Whether the handler has told them of the complaint; before that they see nothing of it.
    is_notified: bool,
}

impl Respondent {
    pub(super) fn of(number: u8, respondent: &complaint::Respondent, sees_contact: bool) -> Self {
        let contact = &respondent.contact;
        Self {
            number,
            name: contact
                .name
                .reveal()
                .filter(|name| !name.is_empty())
                .cloned(),
            member: respondent.member.map(NamedMember::from),
            contact: sees_contact.then(|| contact.into()),
            is_notified: respondent.is_notified,
        }
    }
}
