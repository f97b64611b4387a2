//! Accounts and where they are members.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, Insert, JoinType, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};
use wederhoor_procedure::{AccountId, Locale, MemberId, TenantId};

use super::{PlatformStore, TenantRecord};
use crate::connection::Connection;
use crate::convert::{locale, locale_text};
use crate::entity::{account, account_membership, tenant};
use crate::{StoreError, WriteTx};

/// A person's login.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountRecord {
    /// Its id.
    pub id: AccountId,
    /// The address, in lower case.
    pub email: String,
    /// The hash of the password, as argon2 writes it.
    pub password_hash: Option<String>,
    /// What the person is called.
    pub name: String,
    /// The person's language.
    pub locale: Locale,
    /// Since when it exists.
    pub created_at: DateTime<Utc>,
}

/// Where an account is a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The organisation.
    pub tenant_id: TenantId,
    /// The person there.
    pub member_id: MemberId,
}

impl PlatformStore {
    /// The account with this address, in any case.
    pub async fn account_by_email(&self, email: &str) -> Result<Option<AccountRecord>, StoreError> {
        let row = by_email(&self.read().await?, email).await?;
        row.map(AccountRecord::try_from).transpose()
    }

    /// The account with this id.
    pub async fn account_by_id(&self, id: AccountId) -> Result<Option<AccountRecord>, StoreError> {
        let connection = self.read().await?;
        let row = account::Entity::find_by_id(id.0).one(&connection).await?;
        row.map(AccountRecord::try_from).transpose()
    }

    /// Adds an account; its address is written in lower case.
    ///
    /// # Errors
    /// `Conflict` when the address is taken.
    pub async fn create_account(&self, account: AccountRecord) -> Result<(), StoreError> {
        let connection = self.write().await?;
        insert(&connection, account).await?;
        connection.commit().await
    }

    /// Puts another hash of the same password in the place of a known one; does nothing when that has changed since.
    pub async fn renew_password_hash(
        &self,
        id: AccountId,
        known: &str,
        renewed: &str,
    ) -> Result<(), StoreError> {
        let connection = self.write().await?;
        account::Entity::update_many()
            .col_expr(account::Column::PasswordHash, Expr::value(renewed))
            .filter(account::Column::Id.eq(id.0))
            .filter(account::Column::PasswordHash.eq(known))
            .exec(&connection)
            .await?;
        connection.commit().await
    }

    /// Where an account is a member, by the name of the tenant.
    pub async fn memberships(
        &self,
        account: AccountId,
    ) -> Result<Vec<(Membership, TenantRecord)>, StoreError> {
        let connection = self.read().await?;
        let of_tenant = account_membership::Entity::belongs_to(tenant::Entity)
            .from(account_membership::Column::TenantId)
            .to(tenant::Column::Id);
        let rows = account_membership::Entity::find()
            .select_also(tenant::Entity)
            .join(JoinType::InnerJoin, of_tenant.into())
            .filter(account_membership::Column::AccountId.eq(account.0))
            .order_by_asc(tenant::Column::Name)
            .order_by_asc(tenant::Column::Id)
            .all(&connection)
            .await?;
        let record = |(row, of): (account_membership::Model, Option<tenant::Model>)| {
            let membership = Membership {
                tenant_id: TenantId(row.tenant_id),
                member_id: MemberId(row.member_id),
            };
            Some(TenantRecord::try_from(of?).map(|tenant| (membership, tenant)))
        };
        rows.into_iter().filter_map(record).collect()
    }
}

impl fmt::Debug for AccountRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccountRecord")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl TryFrom<account::Model> for AccountRecord {
    type Error = StoreError;

    fn try_from(row: account::Model) -> Result<Self, StoreError> {
        Ok(Self {
            id: AccountId(row.id),
            email: row.email,
            password_hash: row.password_hash,
            name: row.name,
            locale: locale(&row.locale)?,
            created_at: row.created_at,
        })
    }
}

/// The account with this address, in any case.
pub(super) async fn by_email(
    connection: &Connection,
    email: &str,
) -> Result<Option<account::Model>, StoreError> {
    let mine = account::Column::Email.eq(email.to_lowercase());
    let account = account::Entity::find().filter(mine);
    Ok(account.one(connection).await?)
}

pub(super) async fn insert(
    connection: &Connection,
    account: AccountRecord,
) -> Result<(), StoreError> {
    connection
        .execute(&Insert::one(row(account)).into_query())
        .await?;
    Ok(())
}

fn row(account: AccountRecord) -> account::ActiveModel {
    account::ActiveModel {
        id: Set(account.id.0),
        email: Set(account.email.to_lowercase()),
        password_hash: Set(account.password_hash),
        name: Set(account.name),
        locale: Set(locale_text(account.locale)),
        created_at: Set(account.created_at),
    }
}

impl WriteTx {
    /// Adds the account of a member who takes up an invitation, in the same transaction.
    ///
    /// # Errors
    /// `Conflict` when the address is taken.
    pub async fn create_account(&self, account: AccountRecord) -> Result<(), StoreError> {
        self.scope.insert_account(row(account)).await
    }
}
