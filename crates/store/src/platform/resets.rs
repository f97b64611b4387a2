//! Links by which a forgotten password is replaced, on real time.

use std::fmt;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter};
use wederhoor_procedure::AccountId;

use super::activity::{AccountEvent, Happened};
use super::{AccountRecord, Ending, PlatformStore, feeds, operators, sessions};
use crate::entity::{account, account_membership, password_reset};
use crate::{ReadTx, StoreError, WriteTx};

/// A link for one account, to be used once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PasswordResetRecord {
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// Whose password it replaces.
    pub account_id: AccountId,
    /// Since when it exists.
    pub created_at: DateTime<Utc>,
    /// The exclusive instant at which it ends.
    pub expires_at: DateTime<Utc>,
}

/// A password that takes the place of a forgotten one.
#[derive(Clone)]
pub struct NewPassword {
    /// The hash of the token that is used up for it.
    pub token_hash: Vec<u8>,
    /// Whose it is.
    pub account_id: AccountId,
    /// Its hash, as argon2 writes it.
    pub password_hash: String,
    /// Real time.
    pub now: DateTime<Utc>,
}

impl PlatformStore {
    /// A link that can be used; `None` when it is unknown, used, withdrawn or over. Looking uses nothing up.
    pub async fn password_reset(
        &self,
        token_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<PasswordResetRecord>, StoreError> {
        let connection = self.read().await?;
        let row = password_reset::Entity::find()
            .filter(usable(token_hash, now))
            .one(&connection)
            .await?;
        Ok(row.map(PasswordResetRecord::from))
    }

    /// Uses a link up for a new password, ends all that the account is signed in to, and withdraws its other links; false
    /// when the link could not be used (any more), and then nothing was done. Of two at once one wins.
    pub async fn reset_password(&self, new: NewPassword) -> Result<bool, StoreError> {
        let connection = self.write().await?;
        let id = new.account_id;
        // Before the links, so that two links of one account do not wait for each other.
        sessions::hold_account(&connection, id, LockType::NoKeyUpdate).await?;
        let used = password_reset::Entity::update_many()
            .col_expr(password_reset::Column::UsedAt, Expr::value(new.now))
            .filter(usable(&new.token_hash, new.now))
            .filter(password_reset::Column::AccountId.eq(id.0))
            .exec(&connection)
            .await?;
        if used.rows_affected == 0 {
            return Ok(false);
        }
        account::Entity::update_many()
            .col_expr(
                account::Column::PasswordHash,
                Expr::value(new.password_hash),
            )
            .filter(account::Column::Id.eq(id.0))
            .exec(&connection)
            .await?;
        password_reset::Entity::update_many()
            .col_expr(password_reset::Column::UsedAt, Expr::value(new.now))
            .filter(password_reset::Column::AccountId.eq(id.0))
            .filter(password_reset::Column::UsedAt.is_null())
            .exec(&connection)
            .await?;
        sessions::end(&connection, id, Condition::all(), new.now).await?;
        operators::end(&connection, id, Ending::All, new.now).await?;
        feeds::end_of(&connection, id).await?;
        let happened = Happened::new(id, AccountEvent::PasswordReset, None, new.now);
        happened.note(&connection).await?;
        connection.commit().await?;
        Ok(true)
    }
}

/// The link of this token, unless it is used, withdrawn or over.
fn usable(token_hash: &[u8], now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(password_reset::Column::TokenHash.eq(token_hash.to_vec()))
        .add(password_reset::Column::UsedAt.is_null())
        .add(password_reset::Column::ExpiresAt.gt(now))
}

impl ReadTx {
    /// Whether an account is a member of this tenant.
    pub async fn is_member(&self, account: AccountId) -> Result<bool, StoreError> {
        let memberships = self.scope.find::<account_membership::Entity>();
        let theirs = account_membership::Column::AccountId.eq(account.0);
        Ok(memberships.filter(theirs).one().await?.is_some())
    }
}

impl WriteTx {
    /// The account with this address, in any case; until the commit nobody else asks for links to it.
    pub async fn hold_account(&self, email: &str) -> Result<Option<AccountRecord>, StoreError> {
        let row = self.scope.hold_account(&email.to_lowercase()).await?;
        row.map(AccountRecord::try_from).transpose()
    }

    /// How many links an account was sent after an instant of real time, by whatever organisation.
    pub async fn count_password_resets(
        &self,
        account: AccountId,
        since: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        self.scope.count_resets(account.0, since).await
    }

    /// Adds a link.
    ///
    /// # Errors
    /// `Dangling`, at the commit, when there is no such account.
    pub async fn insert_password_reset(
        &self,
        reset: PasswordResetRecord,
    ) -> Result<(), StoreError> {
        self.scope.insert_reset(row(reset)).await
    }
}

pub(super) fn row(reset: PasswordResetRecord) -> password_reset::ActiveModel {
    password_reset::ActiveModel {
        token_hash: Set(reset.token_hash),
        account_id: Set(reset.account_id.0),
        created_at: Set(reset.created_at),
        expires_at: Set(reset.expires_at),
        ..Default::default()
    }
}

impl fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewPassword")
            .field("account_id", &self.account_id)
            .finish_non_exhaustive()
    }
}

impl From<password_reset::Model> for PasswordResetRecord {
    fn from(row: password_reset::Model) -> Self {
        Self {
            token_hash: row.token_hash,
            account_id: AccountId(row.account_id),
            created_at: row.created_at,
            expires_at: row.expires_at,
        }
    }
}
