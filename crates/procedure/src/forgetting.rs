//! Who is named in an event goes with its words: kept apart from the chain as these are, so that destroying them leaves nobody.
//!
//! What is left of a person is the number that they have in this one dossier, by which the same is known to be the same: a
//! destroyed dossier still folds to how it ended. Who trains a course can be known from elsewhere, in the order of their ids: so
//! whoever is on a roster has another number there, and it cannot be told which of them anything else was about.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use uuid::{Builder, Uuid};

use crate::{
    complaint::{Event, Party, Recorded},
    confidential::{self, empty},
    facts::MemberFacts,
    ids::MemberId,
};

/// The key under which an event keeps somebody, as something confidential.
const KEY: &str = "someone";
/// The key, beside it, of the number that they have in the dossier. Older events have none.
const NUMBER: &str = "no";

/// Where events keep a roster, of which whoever else they name may be one.
const ROSTERS: [&str; 2] = ["trainers", "organiser"];

/// Members, by id.
type Members = BTreeMap<MemberId, MemberFacts>;

/// Who a dossier names, each with a number, in the order in which it first names them.
pub struct Named<'m> {
    members: &'m Members,
    numbers: BTreeMap<MemberId, u32>,
    last: u32,
}

impl<'m> Named<'m> {
    /// In a dossier so far.
    ///
    /// # Errors
    /// When it cannot be written as JSON.
    pub fn of(members: &'m Members, dossier: &[Recorded]) -> serde_json::Result<Self> {
        let mut named = Self {
            members,
            numbers: BTreeMap::new(),
            last: 0,
        };
        for recorded in dossier {
            named.set_apart(recorded)?;
        }
        Ok(named)
    }

    /// The author and the content of the next event, with every mention of a member as something that is kept apart from the
    /// chain. The certificate of destruction keeps saying who gave it.
    ///
    /// # Errors
    /// When they cannot be written as JSON.
    pub fn set_apart(&mut self, recorded: &Recorded) -> serde_json::Result<(Value, Value)> {
        let mut by = serde_json::to_value(recorded.by)?;
        let mut event = serde_json::to_value(&recorded.event)?;
        if recorded.event != Event::Destroyed {
            self.set_apart_in(&mut by);
        }
        self.set_apart_in(&mut event);
        Ok((by, event))
    }

    fn set_apart_in(&mut self, value: &mut Value) {
        visit(value, &mut |value| {
            if confidential::within(value).is_some() {
                return true;
            }
            for key in ROSTERS {
                if let Some(roster) = value.get_mut(key) {
                    self.set_apart_on(roster);
                }
            }
            let Some(member) = self.member(value) else {
                return false;
            };
            let number = *self.numbers.entry(member).or_insert(self.last + 1);
            self.last = self.last.max(number);
            apart(value, member, number);
            true
        });
    }

    /// Each with a number that is nobody else's, nor their own anywhere else.
    fn set_apart_on(&mut self, roster: &mut Value) {
        visit(roster, &mut |one| {
            let Some(member) = self.member(one) else {
                return false;
            };
            self.last += 1;
            apart(one, member, self.last);
            true
        });
    }

    /// Which member this is. A number that somebody has already is given to nobody else.
    fn member(&mut self, value: &Value) -> Option<MemberId> {
        let id = Uuid::parse_str(value.as_str()?).ok()?;
        if let Some(number) = number_of(id) {
            self.last = self.last.max(number);
        }
        Some(MemberId(id)).filter(|id| self.members.contains_key(id))
    }
}

fn apart(value: &mut Value, member: MemberId, number: u32) {
    let someone = json!({ (confidential::KEY): member });
    *value = json!({ (KEY): someone, (NUMBER): number });
}

/// Makes what was set apart a member again: a number only, where that is destroyed. Whoever was set apart before there were numbers is
/// then the same nobody as everybody else who was.
pub fn put_back(value: &mut Value) {
    visit(value, &mut |value| {
        let Some(fields) = value.as_object_mut() else {
            return false;
        };
        let number = fields.get(NUMBER).and_then(Value::as_u64);
        let Some(someone) = fields.get_mut(KEY).and_then(confidential::within_mut) else {
            return false;
        };
        *value = match someone.take() {
            Value::Null => Value::String(nobody(number).to_string()),
            known => known,
        };
        true
    });
}

/// A dossier as it is once its content is destroyed: without words, and naming nobody; `None` where what is left is no dossier.
pub fn forgotten(dossier: &[Recorded], members: &Members) -> Option<Vec<Recorded>> {
    let mut named = Named::of(members, &[]).ok()?;
    let mut forget = |recorded: &Recorded| {
        let (mut by, mut event) = named.set_apart(recorded).ok()?;
        for value in [&mut by, &mut event] {
            empty(value);
            put_back(value);
        }
        Some(Recorded {
            at: recorded.at,
            registered_at: recorded.registered_at,
            by: serde_json::from_value(by).ok()?,
            event: serde_json::from_value(event).ok()?,
        })
    };
    dossier.iter().map(&mut forget).collect()
}

/// Members who are or ever were a party, and on which side; of who was on several, the last.
pub fn parties(dossier: &[Recorded]) -> BTreeMap<MemberId, Party> {
    let mut parties = BTreeMap::new();
    for recorded in dossier {
        match &recorded.event {
            Event::Filed(filed) => {
                let respondents = (1..=u8::MAX).zip(&filed.respondents);
                let accused = respondents.map(|(no, one)| (one.member, Party::Respondent(no)));
                let complainant = (filed.complainant.member, Party::Complainant);
                let sides = accused.chain([complainant]);
                parties.extend(sides.filter_map(|(member, party)| Some((member?, party))));
            }
            Event::RespondentNotified { no, member, .. } => {
                parties.extend(member.map(|member| (member, Party::Respondent(*no))));
            }
            Event::RepresentativeNamed { member } => {
                parties.insert(*member, Party::Representative);
            }
            _ => {}
        }
    }
    parties
}

/// The id of whoever had this number: of no member, in no organisation. Who had none is nobody at all.
fn nobody(number: Option<u64>) -> Uuid {
    number.map_or_else(Uuid::nil, |number| {
        Builder::from_custom_bytes(u128::from(number).to_be_bytes()).into_uuid()
    })
}

/// The number of somebody of whom nothing else is left.
fn number_of(id: Uuid) -> Option<u32> {
    let number = u32::try_from(id.as_u128() & u128::from(u32::MAX)).ok()?;
    (nobody(Some(number.into())) == id).then_some(number)
}

/// Calls for each value, parents first and in the order of sorted keys; what it says it has done with is not entered.
fn visit(value: &mut Value, look: &mut dyn FnMut(&mut Value) -> bool) {
    if look(value) {
        return;
    }
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| visit(item, look)),
        Value::Object(fields) => {
            let mut fields: Vec<(&String, &mut Value)> = fields.iter_mut().collect();
            fields.sort_unstable_by_key(|(key, _)| *key);
            for (_, item) in fields {
                visit(item, look);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
