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

/// Where a person can be reached: by e-mail, on paper, or both.
#[derive(InputObject, Clone)]
pub(crate) struct AddressInput {
    /// E-mail address, where letters go.
    pub email: Option<EmailAddress>,
    /// Postal address, several lines: where letters go on paper without `email`, and what comes back by e-mail with it.
    pub postal_address: Option<String>,
}

impl AddressInput {
    pub(crate) fn checked(self, check: &mut Check) -> Address {
        let known = address(check, self.email.as_ref(), self.postal_address);
        if known == Address::Unknown {
            let words = text(
                "Vul een e-mailadres of een postadres in.",
                "Fill in an e-mail address or a postal address.",
            );
            check.fault(InputCode::Required, "email", words);
        }
        known
    }
}

fn address(check: &mut Check, email: Option<&EmailAddress>, postal: Option<String>) -> Address {
    let email = check.optional_email("email", email);
    let postal = check.optional_words("postalAddress", postal);
    Address::of(email.map(Confidential::new), postal)
}

/// How a person can be reached.
#[derive(InputObject, Clone)]
pub(crate) struct PersonContactInput {
    /// The person's name (*naam*).
    pub name: String,
    /// E-mail address, where letters go.
    pub email: Option<EmailAddress>,
    /// Postal address, several lines: where letters go on paper without `email`, and what comes back by e-mail with it.
    pub postal_address: Option<String>,
    /// Telephone number.
    pub telephone: Option<PhoneNumber>,
    /// The language they are written in; Dutch when it is left out.
    pub locale: Option<Language>,
}

impl PersonContactInput {
    pub(crate) fn checked(self, check: &mut Check) -> Contact {
        Contact {
            name: Confidential::new(check.line("name", &self.name)),
            address: address(check, self.email.as_ref(), self.postal_address),
            telephone: check
                .optional_phone("telephone", self.telephone.as_ref())
                .map(Confidential::new),
            locale: self.locale.map_or(Locale::Nl, |language| language.0),
        }
    }
}
