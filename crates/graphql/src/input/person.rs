//! People in inputs.

use async_graphql::InputObject;
use wederhoor_procedure::{
    Confidential, Locale,
    complaint::{Address, Contact, Party},
};
use wederhoor_service::InputCode;

use super::Check;
use crate::{
    enums::PartyKind,
    error::text,
    scalar::{EmailAddress, Language, PhoneNumber},
};

/// A side of a complaint.
#[derive(InputObject, Clone)]
pub(crate) struct PartyInput {
    /// Which side.
    pub kind: PartyKind,
    /// The number of the respondent in this complaint, from 1; only for a respondent, and 1 when it is left out.
    pub number: Option<i32>,
}

impl PartyInput {
    pub(crate) fn checked(&self, check: &mut Check) -> Party {
        if self.number.is_some() && self.kind != PartyKind::Respondent {
            let words = text(
                "Alleen beklaagden hebben een nummer; laat het weg.",
                "Only respondents have a number; leave it out.",
            );
            check.fault(InputCode::Contradictory, "number", words);
        }
        match self.kind {
            PartyKind::Complainant => Party::Complainant,
            PartyKind::Representative => Party::Representative,
            PartyKind::Respondent => {
                Party::Respondent(check.number("number", self.number.unwrap_or(1)))
            }
        }
    }
}

/// How a person can be reached.
#[derive(InputObject, Clone)]
pub(crate) struct PersonContactInput {
    /// The person's name (*naam*).
    pub name: String,
    /// E-mail address, where letters go.
    pub email: Option<EmailAddress>,
    /// Postal address, several lines; in place of `email`, for someone whose letters are printed.
    pub postal_address: Option<String>,
    /// Telephone number.
    pub telephone: Option<PhoneNumber>,
    /// The language they are written in; Dutch when it is left out.
    pub locale: Option<Language>,
}

impl PersonContactInput {
    pub(crate) fn checked(self, check: &mut Check) -> Contact {
        let email = check.optional_email("email", self.email.as_ref());
        let postal = check.optional_words("postalAddress", self.postal_address);
        check.one_address(email.is_some(), postal.is_some());
        let address = match (email, postal) {
            (Some(email), _) => Address::Email(Confidential::new(email)),
            (None, Some(postal)) => Address::Postal(postal),
            (None, None) => Address::Unknown,
        };
        Contact {
            name: Confidential::new(check.line("name", &self.name)),
            address,
            telephone: check
                .optional_phone("telephone", self.telephone.as_ref())
                .map(Confidential::new),
            locale: self.locale.map_or(Locale::Nl, |language| language.0),
        }
    }
}
