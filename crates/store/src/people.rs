//! The members of a tenant and their absences.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, Order};
use uuid::Uuid;
use wederhoor_procedure::{AccountId, Locale, MemberId};

use crate::convert::{locale, locale_text, words, words_json};
use crate::entity::{absence, account_membership, member};
use crate::{ReadTx, StoreError, WriteTx};

/// A person as one tenant knows them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemberRecord {
    /// Its id.
    pub id: MemberId,
    /// The login, once there is one.
    pub account_id: Option<AccountId>,
    /// What people call them.
    pub name: String,
    /// Where they are written to.
    pub email: Option<String>,
    /// Their roles, in the service's words.
    pub roles: Vec<String>,
    /// The language they are written to in.
    pub locale: Locale,
    /// The first day on which the roles count.
    pub active_from: Option<NaiveDate>,
    /// The last day on which the roles count.
    pub active_until: Option<NaiveDate>,
    /// Since when they are known.
    pub created_at: DateTime<Utc>,
}

/// Days on which a member is away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsenceRecord {
    /// Its id.
    pub id: Uuid,
    /// Who is away.
    pub member_id: MemberId,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day.
    pub until_on: NaiveDate,
    /// Who acts meanwhile.
    pub substitute_id: Option<MemberId>,
}

impl ReadTx {
    /// All members, by name.
    pub async fn members(&self) -> Result<Vec<MemberRecord>, StoreError> {
        let rows = self.scope.find::<member::Entity>();
        let rows = rows
            .order(member::Column::Name, Order::Asc)
            .order(member::Column::Id, Order::Asc);
        rows.all()
            .await?
            .into_iter()
            .map(MemberRecord::try_from)
            .collect()
    }

    /// These members, in no order; who does not exist is missing.
    pub async fn members_by_ids(&self, ids: &[MemberId]) -> Result<Vec<MemberRecord>, StoreError> {
        let mine = member::Column::Id.is_in(ids.iter().map(|id| id.0));
        let rows = self
            .scope
            .find::<member::Entity>()
            .filter(mine)
            .all()
            .await?;
        rows.into_iter().map(MemberRecord::try_from).collect()
    }

    /// One member.
    pub async fn member(&self, id: MemberId) -> Result<Option<MemberRecord>, StoreError> {
        Ok(self.members_by_ids(&[id]).await?.pop())
    }

    /// The members with this address, in any case.
    pub async fn members_by_email(&self, email: &str) -> Result<Vec<MemberRecord>, StoreError> {
        let wanted = email.to_lowercase();
        let is_theirs = |member: &MemberRecord| {
            member
                .email
                .as_ref()
                .is_some_and(|email| email.to_lowercase() == wanted)
        };
        Ok(self
            .members()
            .await?
            .into_iter()
            .filter(is_theirs)
            .collect())
    }

    /// All absences that end on or after a day, by their first day.
    pub async fn absences(
        &self,
        from: Option<NaiveDate>,
    ) -> Result<Vec<AbsenceRecord>, StoreError> {
        let mut rows = self.scope.find::<absence::Entity>();
        if let Some(from) = from {
            rows = rows.filter(absence::Column::UntilOn.gte(from));
        }
        let rows = rows
            .order(absence::Column::FromOn, Order::Asc)
            .order(absence::Column::Id, Order::Asc);
        Ok(rows
            .all()
            .await?
            .into_iter()
            .map(AbsenceRecord::from)
            .collect())
    }
}

impl WriteTx {
    /// Adds a member, and the way from the account to it.
    ///
    /// # Errors
    /// `Conflict` when the account is a member already.
    pub async fn insert_member(&self, member: MemberRecord) -> Result<(), StoreError> {
        let (id, account) = (member.id, member.account_id);
        self.scope.insert(member::ActiveModel::from(member)).await?;
        match account {
            Some(account) => self.insert_membership(id, account).await,
            None => Ok(()),
        }
    }

    /// Writes the member over the one with its id; its account stays as it is. Says whether there was one.
    pub async fn update_member(&self, member: MemberRecord) -> Result<bool, StoreError> {
        let id = member.id.0;
        let mut row = member::ActiveModel::from(member);
        row.id = sea_orm::ActiveValue::NotSet;
        row.account_id = sea_orm::ActiveValue::NotSet;
        row.created_at = sea_orm::ActiveValue::NotSet;
        let mine = member::Column::Id.eq(id);
        Ok(self
            .scope
            .update::<member::Entity>()
            .set_all(row)
            .filter(mine)
            .run()
            .await?
            == 1)
    }

    /// Gives a member without a login an account.
    ///
    /// # Errors
    /// `Conflict` when the member has one, or the account is a member already; `Dangling` when there is no such account.
    pub async fn link_account(
        &self,
        member: MemberId,
        account: AccountId,
    ) -> Result<(), StoreError> {
        let changed = self
            .scope
            .update::<member::Entity>()
            .set(member::Column::AccountId, account.0)
            .filter(member::Column::Id.eq(member.0))
            .filter(member::Column::AccountId.is_null())
            .run()
            .await?;
        if changed == 0 {
            return Err(StoreError::Conflict);
        }
        self.insert_membership(member, account).await
    }

    /// Adds an absence.
    ///
    /// # Errors
    /// `Dangling` when there is no such member.
    pub async fn insert_absence(&self, absence: AbsenceRecord) -> Result<(), StoreError> {
        self.scope
            .insert(absence::ActiveModel {
                id: Set(absence.id),
                member_id: Set(absence.member_id.0),
                from_on: Set(absence.from_on),
                until_on: Set(absence.until_on),
                substitute_id: Set(absence.substitute_id.map(|id| id.0)),
                ..Default::default()
            })
            .await
    }

    /// Takes an absence away; says whether there was one.
    pub async fn delete_absence(&self, id: Uuid) -> Result<bool, StoreError> {
        let mine = absence::Column::Id.eq(id);
        Ok(self
            .scope
            .delete::<absence::Entity>()
            .filter(mine)
            .run()
            .await?
            == 1)
    }

    async fn insert_membership(
        &self,
        member: MemberId,
        account: AccountId,
    ) -> Result<(), StoreError> {
        self.scope
            .insert(account_membership::ActiveModel {
                account_id: Set(account.0),
                member_id: Set(member.0),
                ..Default::default()
            })
            .await
    }
}

impl From<MemberRecord> for member::ActiveModel {
    fn from(member: MemberRecord) -> Self {
        Self {
            id: Set(member.id.0),
            account_id: Set(member.account_id.map(|id| id.0)),
            name: Set(member.name),
            email: Set(member.email),
            roles: Set(words_json(&member.roles)),
            locale: Set(locale_text(member.locale)),
            active_from: Set(member.active_from),
            active_until: Set(member.active_until),
            created_at: Set(member.created_at),
            ..Default::default()
        }
    }
}

impl TryFrom<member::Model> for MemberRecord {
    type Error = StoreError;

    fn try_from(row: member::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: MemberId(row.id),
            account_id: row.account_id.map(AccountId),
            name: row.name,
            email: row.email,
            roles: words(row.roles)?,
            locale: locale(&row.locale)?,
            active_from: row.active_from,
            active_until: row.active_until,
            created_at: row.created_at,
        })
    }
}

impl From<absence::Model> for AbsenceRecord {
    fn from(row: absence::Model) -> Self {
        Self {
            id: row.id,
            member_id: MemberId(row.member_id),
            from_on: row.from_on,
            until_on: row.until_on,
            substitute_id: row.substitute_id.map(MemberId),
        }
    }
}
