//! Whom a filing names: which of them are members, and who is named twice.

use wederhoor_procedure::{
    MemberId,
    complaint::{Address, Contact, Respondent},
    decide::Filing,
    facts::Facts,
};
use wederhoor_store::MemberRecord;

use super::is_member;

/// Whom nobody knows was told at their place, and is not told again.
pub(super) fn forget_unknown(filing: &mut Filing, facts: &Facts) {
    for one in &mut filing.respondents {
        one.member = one.member.filter(|id| is_member(facts, *id));
    }
}

/// Whom a form names by the address of a member, or by a name that only one member has, is that member: a complainant or
/// a respondent must not come to handle the complaint. A person puts right what is a mere coincidence. The address of who
/// fills in the form under their own login is proved, any other still has to be.
pub(super) fn recognise(members: &[MemberRecord], filing: &mut Filing, filer: Option<MemberId>) {
    let complainant = &mut filing.complainant;
    let by_mail = at_address(members, &complainant.contact).map(|member| member.id);
    complainant.member = complainant.member.or(by_mail);
    complainant.is_verified = filer.is_some() && by_mail == filer;
    let complainant = complainant.member;
    let others = || {
        members
            .iter()
            .filter(|member| complainant != Some(member.id))
    };
    for one in &mut filing.respondents {
        if one.member.is_some() {
            continue;
        }
        let known = spelt(one.contact.name.reveal().map_or("", String::as_str));
        let mut namesakes = others().filter(|member| spelt(&member.name) == known);
        let only_namesake = namesakes.next().filter(|_| namesakes.next().is_none());
        one.member = at_address(others(), &one.contact)
            .or(only_namesake)
            .map(|member| member.id);
    }
}

fn at_address<'a>(
    members: impl IntoIterator<Item = &'a MemberRecord>,
    contact: &Contact,
) -> Option<&'a MemberRecord> {
    let given = contact.address.email()?.reveal()?;
    let has = |member: &&MemberRecord| {
        let own = member.email.as_deref();
        own.is_some_and(|own| own.eq_ignore_ascii_case(given))
    };
    members.into_iter().find(has)
}

/// A name as it is compared: without forms of address, capitals, stops and double blanks.
fn spelt(name: &str) -> Vec<String> {
    const FORMS: [&str; 9] = [
        "mevrouw", "mevr", "mw", "meneer", "dhr", "heer", "dr", "drs", "mr",
    ];
    let words = name.split_whitespace();
    let words = words.map(|word| {
        word.trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase()
    });
    words
        .filter(|word| !word.is_empty() && !FORMS.contains(&word.as_str()))
        .collect()
}

/// Whom a filing names twice is one respondent, so that nobody is heard or asked to sign twice: the same member, or the
/// same name where no two addresses tell them apart. An address that only one of both gives is kept.
pub(super) fn name_once(respondents: &mut Vec<Respondent>) {
    let mut once: Vec<Respondent> = Vec::new();
    for one in respondents.drain(..) {
        match once.iter_mut().find(|known| is_same(known, &one)) {
            Some(known) if known.contact.address == Address::Unknown => {
                known.contact.address = one.contact.address;
            }
            Some(_) => {}
            None => once.push(one),
        }
    }
    *respondents = once;
}

fn is_same(one: &Respondent, other: &Respondent) -> bool {
    if one.member.is_some() || other.member.is_some() {
        return one.member == other.member;
    }
    let name = |of: &Respondent| spelt(of.contact.name.reveal().map_or("", String::as_str));
    let (first, second) = (name(one), name(other));
    // Who is only called "Mevrouw" is nobody's double.
    !first.is_empty() && first == second && may_be_one(&one.contact.address, &other.contact.address)
}

fn may_be_one(one: &Address, other: &Address) -> bool {
    match (one, other) {
        (Address::Unknown, _) | (_, Address::Unknown) => true,
        _ => one == other || one.is_mailbox_of(other),
    }
}

#[cfg(test)]
mod tests;
