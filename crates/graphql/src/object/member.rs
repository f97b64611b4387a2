//! Members, as the administration knows them.

use std::sync::Arc;

use async_graphql::{ID, Object, SimpleObject};
use wederhoor_procedure::{MemberId, actor::Role};
use wederhoor_service::{AbsenceRecord, MemberRecord};

use crate::{
    connection::connection,
    enums::MemberRole,
    id::{Kind, Opaque, encode},
    object::people::NamedMember,
    scalar::{Date, EmailAddress, Language},
};

/// A member of the organisation.
#[derive(Clone, Debug)]
pub(crate) struct Member(pub(crate) Arc<MemberRecord>);

/// A person as one organisation knows them: staff, trainer, arbiter, or a party with a login (*lid*).
#[Object]
impl Member {
    /// Its id.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.opaque()
    }

    /// What people call them.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Where they are written to.
    async fn email(&self) -> Option<EmailAddress> {
        self.0.email.clone().map(EmailAddress)
    }

    /// Their roles, while the membership lasts.
    async fn roles(&self) -> Vec<MemberRole> {
        self.0
            .roles
            .iter()
            .filter_map(|word| role(word))
            .map(MemberRole::from)
            .collect()
    }

    /// The language they are written to in.
    async fn locale(&self) -> Language {
        Language(self.0.locale)
    }

    /// The first day on which the roles count; `null`: always did.
    async fn active_from_on(&self) -> Option<Date> {
        self.0.active_from.map(Date)
    }

    /// The last day on which the roles count; `null`: no end in sight.
    async fn active_until_on(&self) -> Option<Date> {
        self.0.active_until.map(Date)
    }

    /// Whether they can sign in.
    async fn has_login(&self) -> bool {
        self.0.account_id.is_some()
    }
}

fn role(word: &str) -> Option<Role> {
    serde_json::from_value(serde_json::Value::String(word.to_owned())).ok()
}

connection!(
    /// Members, by name.
    MemberConnection,
    /// A member in a list.
    MemberEdge,
    Member
);

/// Days on which a member is away (*afwezigheid*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct Absence {
    /// Its id.
    id: ID,
    /// Who is away.
    member: NamedMember,
    /// The first day.
    from_on: Date,
    /// The last day.
    until_on: Date,
    /// Who stands in (*vervanger*); substitutes do not chain.
    substitute: Option<NamedMember>,
}

impl From<AbsenceRecord> for Absence {
    fn from(record: AbsenceRecord) -> Self {
        Self {
            id: encode(Kind::Absence, record.id),
            member: record.member_id.into(),
            from_on: Date(record.from_on),
            until_on: Date(record.until_on),
            substitute: record.substitute_id.map(|id: MemberId| id.into()),
        }
    }
}

connection!(
    /// Leaves that have not ended.
    AbsenceConnection,
    /// A leave in a list.
    AbsenceEdge,
    Absence
);
