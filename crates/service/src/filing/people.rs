//! From the people of an input to those of a filing.

use wederhoor_procedure::{
    ComplaintId, Confidential, Locale, PolicyId,
    actor::Actor,
    complaint::{Address, Complainant, Contact, Respondent},
    decide::Filing,
    is_blank,
};

use super::{FileInput, NamedPerson, own_form};
use crate::{InputFault, address::is_email, letters::address_is_malformed};

/// A form filled in by someone with a login and no office is theirs; an official's is, when it gives their address.
pub(super) fn filing(
    input: &FileInput,
    id: ComplaintId,
    policy: PolicyId,
    actor: &Actor,
    locale: Locale,
    faults: &mut Vec<InputFault>,
) -> Filing {
    let member = match actor {
        Actor::Member { roles, .. } if roles.is_empty() => own_form(input, actor),
        _ => None,
    };
    let person = &input.complainant;
    let contact = Contact {
        name: Confidential::new(person.name.trim().to_owned()),
        address: sound_address(
            person.email.as_deref(),
            person.postal.as_deref(),
            "complainant.email",
            faults,
        ),
        telephone: person.telephone.clone().map(Confidential::new),
        locale: person.locale.unwrap_or(locale),
    };
    let named = input.respondents.iter().enumerate();
    let respondents = named.map(|(place, named)| respondent(named, place, locale, faults));
    let respondents = respondents.collect();
    Filing {
        id,
        policy,
        channel: input.channel,
        filed_on: input.filed_on,
        incident_on: input.incident_on,
        complainant: Complainant {
            member,
            contact,
            is_verified: false,
        },
        respondents,
        description: Confidential::new(input.description.clone()),
    }
}

fn respondent(
    named: &NamedPerson,
    place: usize,
    locale: Locale,
    faults: &mut Vec<InputFault>,
) -> Respondent {
    let path = format!("respondents.{place}.email");
    let contact = Contact {
        name: Confidential::new(named.name.trim().to_owned()),
        address: sound_address(named.email.as_deref(), None, &path, faults),
        telephone: None,
        locale,
    };
    Respondent {
        member: named.member,
        contact,
        is_notified: false,
    }
}

/// As [`address`]; a fault is noted, and the address not known.
fn sound_address(
    email: Option<&str>,
    postal: Option<&str>,
    path: &str,
    faults: &mut Vec<InputFault>,
) -> Address {
    address(email, postal, path).unwrap_or_else(|fault| {
        faults.push(fault);
        Address::Unknown
    })
}

/// What is filled in of both.
fn address(email: Option<&str>, postal: Option<&str>, path: &str) -> Result<Address, InputFault> {
    let filled = |text: Option<&str>| {
        let text = text.map(str::trim).filter(|text| !is_blank(text))?;
        Some(text.to_owned())
    };
    let (email, postal) = (filled(email), filled(postal));
    if email.as_deref().is_some_and(|email| !is_email(email)) {
        return Err(address_is_malformed(path));
    }
    let [email, postal] = [email, postal].map(|text| text.map(Confidential::new));
    Ok(Address::of(email, postal))
}
