//! Who asks.

use async_graphql::{ID, SimpleObject};
use wederhoor_procedure::actor::Roles;
use wederhoor_service::{Caller, Membership, ViewerInfo};

use crate::{
    enums::{MemberRole, PartyKind},
    id::Opaque,
    object::complaint::{Complaint, Siblings},
    scalar::{EmailAddress, Language},
};

/// Who asks, as they may see it themselves.
#[derive(SimpleObject, Clone)]
pub(crate) struct Viewer {
    /// What people call them; `null` for someone who came by an access link.
    name: Option<String>,
    /// The address they sign in with; `null` for someone who came by an access link.
    email: Option<EmailAddress>,
    /// Their language, as the organisation knows it; `null` for someone who came by an access link.
    locale: Option<Language>,
    /// Who they are in the organisation they act in; `null` for someone who came by an access link.
    member_id: Option<ID>,
    /// Their roles in the organisation they act in.
    roles: Vec<MemberRole>,
    /// Where they are a member.
    memberships: Vec<ViewerMembership>,
    /// The one complaint that their access link lets them in to; `null` for someone who signed in.
    complaint: Option<Complaint>,
    /// The side they are on in that complaint; `null` for someone who signed in.
    party_kind: Option<PartyKind>,
}

impl Viewer {
    pub(crate) fn of(info: ViewerInfo, caller: &Caller) -> Self {
        let person = caller.person();
        let (complaint, party) = info.link.unzip();
        Self {
            name: info.name,
            email: info.email.map(EmailAddress),
            locale: person.map(|person| Language(person.locale)),
            member_id: person.map(|person| person.member.opaque()),
            roles: person
                .map(|person| roles(&person.roles))
                .unwrap_or_default(),
            memberships: info
                .memberships
                .into_iter()
                .map(ViewerMembership::from)
                .collect(),
            complaint: complaint.map(|id| Complaint::named(id, &Siblings::of([id]))),
            party_kind: party.map(PartyKind::from),
        }
    }
}

fn roles(roles: &Roles) -> Vec<MemberRole> {
    roles.iter().map(|role| MemberRole::from(*role)).collect()
}

/// Where someone is a member.
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct ViewerMembership {
    /// The organisation's name in addresses; what `signIn` names.
    organisation: String,
    /// The organisation's name.
    name: String,
    /// Their roles there, as they hold now.
    roles: Vec<MemberRole>,
    /// Whether this is the organisation they act in now.
    is_current: bool,
}

impl From<Membership> for ViewerMembership {
    fn from(membership: Membership) -> Self {
        Self {
            organisation: membership.slug,
            name: membership.name,
            roles: roles(&membership.roles),
            is_current: membership.is_current,
        }
    }
}
