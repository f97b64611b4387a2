//! Operators of the platform: accounts that are no member of any tenant. How they come to be, and what they are signed in
//! to, on real time.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, LockType, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, Insert, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;
use wederhoor_procedure::{AccountId, Locale};

use super::activity::{AccountEvent, Happened};
use super::sessions::{self, Shown};
use super::{AccountRecord, Ending, PasswordResetRecord, PlatformStore, accounts, resets};
use crate::StoreError;
use crate::connection::Connection;
use crate::convert::{locale, locale_text};
use crate::entity::{account_membership, operator, operator_invitation, operator_session};

/// A way to become an operator, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorInvitation {
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// The address of the account, in lower case.
    pub email: String,
    /// What people call them.
    pub name: String,
    /// Their language.
    pub locale: Locale,
    /// Since when it exists.
    pub created_at: DateTime<Utc>,
    /// The exclusive instant at which it ends.
    pub expires_at: DateTime<Utc>,
}

/// An operator at work. Nothing prolongs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OperatorSession {
    /// Its id.
    pub id: Uuid,
    /// Whose login.
    pub account_id: AccountId,
    /// Since when it exists.
    pub created_at: DateTime<Utc>,
    /// When they last showed what they sign in with.
    pub authenticated_at: DateTime<Utc>,
    /// The exclusive instant at which it ends.
    pub expires_at: DateTime<Utc>,
    /// When it was ended before that.
    pub ended_at: Option<DateTime<Utc>>,
}

/// Who takes up an invitation.
#[derive(Clone, Copy)]
pub struct NewOperator<'a> {
    /// SHA-256 of the token.
    pub token_hash: &'a [u8],
    /// Their account.
    pub account: &'a AccountRecord,
    /// Whether the account is made by it.
    pub is_new: bool,
}

impl PlatformStore {
    /// Whether an account is an operator's now; one that became a member of a tenant is not.
    pub async fn is_operator(&self, account: AccountId) -> Result<bool, StoreError> {
        is_operator(&self.read().await?, account).await
    }

    /// Adds an invitation and withdraws those to the same address before it; false, and then nothing was done, when the
    /// account of the address is a member of a tenant.
    pub async fn invite_operator(
        &self,
        invitation: OperatorInvitation,
    ) -> Result<bool, StoreError> {
        let connection = self.write().await?;
        let known = accounts::by_email(&connection, &invitation.email).await?;
        if let Some(known) = known
            && is_member(&connection, AccountId(known.id)).await?
        {
            return Ok(false);
        }
        let same = operator_invitation::Column::Email.eq(invitation.email.as_str());
        withdraw(&connection, same.into(), invitation.created_at).await?;
        let row = operator_invitation::ActiveModel {
            token_hash: Set(invitation.token_hash),
            email: Set(invitation.email),
            name: Set(invitation.name),
            locale: Set(locale_text(invitation.locale)),
            created_at: Set(invitation.created_at),
            expires_at: Set(invitation.expires_at),
            ..Default::default()
        };
        connection.execute(&Insert::one(row).into_query()).await?;
        connection.commit().await?;
        Ok(true)
    }

    /// An invitation that can be taken up; `None` when it is unknown, used, withdrawn or over.
    pub async fn operator_invitation(
        &self,
        token_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<Option<OperatorInvitation>, StoreError> {
        let connection = self.read().await?;
        let row = operator_invitation::Entity::find().filter(open(token_hash, now));
        let row = row.one(&connection).await?;
        row.map(OperatorInvitation::try_from).transpose()
    }

    /// Takes an invitation up and signs in: false, and then nothing was done, when the invitation or the code is used by
    /// now, or the account is a member of a tenant.
    ///
    /// # Errors
    /// `Conflict` when the account has another password by now, began to need a second factor, or came to be since.
    pub async fn accept_operator(
        &self,
        new: &NewOperator<'_>,
        session: OperatorSession,
        shown: &Shown<'_>,
    ) -> Result<bool, StoreError> {
        let connection = self.write().await?;
        let (id, now) = (new.account.id, session.created_at);
        if withdraw(&connection, open(new.token_hash, now), now).await? == 0 {
            return Ok(false);
        }
        if new.is_new {
            accounts::insert(&connection, new.account.clone()).await?;
        }
        let is_shown = sessions::is_shown(&connection, id, shown, now).await?;
        if !is_shown || is_member(&connection, id).await? {
            return Ok(false);
        }
        let row = operator::ActiveModel {
            account_id: Set(id.0),
            created_at: Set(now),
        };
        let row = Insert::one(row).on_conflict(OnConflict::new().do_nothing().to_owned());
        connection.execute(&row.into_query()).await?;
        insert(&connection, session).await?;
        connection.commit().await?;
        Ok(true)
    }

    /// Adds a session of an operator who showed this, and uses the code of it up; false when that was used already, or the
    /// account is no operator's, and then nothing was done.
    ///
    /// # Errors
    /// `Conflict` when the account has another password by now, or began to need a second factor.
    pub async fn open_operator_session(
        &self,
        session: OperatorSession,
        shown: &Shown<'_>,
    ) -> Result<bool, StoreError> {
        let connection = self.write().await?;
        let (id, now) = (session.account_id, session.created_at);
        let is_shown = sessions::is_shown(&connection, id, shown, now).await?;
        if !is_shown || !is_operator(&connection, id).await? {
            return Ok(false);
        }
        insert(&connection, session).await?;
        connection.commit().await?;
        Ok(true)
    }

    /// The session of an operator with this id, ended ones too; `None` as well when its account is no operator's any more.
    pub async fn operator_session(&self, id: Uuid) -> Result<Option<OperatorSession>, StoreError> {
        let connection = self.read().await?;
        let row = operator_session::Entity::find_by_id(id);
        let Some(row) = row.one(&connection).await? else {
            return Ok(None);
        };
        let session = OperatorSession::from(row);
        let still = is_operator(&connection, session.account_id).await?;
        Ok(still.then_some(session))
    }

    /// What an operator is signed in to, newest first; at most `limit`.
    pub async fn operator_sessions(
        &self,
        account: AccountId,
        now: DateTime<Utc>,
        limit: u64,
    ) -> Result<Vec<OperatorSession>, StoreError> {
        let connection = self.read().await?;
        let rows = operator_session::Entity::find()
            .filter(lasting(account, now))
            .order_by_desc(operator_session::Column::CreatedAt)
            .order_by_desc(operator_session::Column::Id)
            .limit(limit)
            .all(&connection)
            .await?;
        Ok(rows.into_iter().map(OperatorSession::from).collect())
    }

    /// Adds a link by which an operator replaces a forgotten password; false, and then nothing was done, when the account is
    /// no operator's.
    pub async fn reset_operator(&self, reset: PasswordResetRecord) -> Result<bool, StoreError> {
        let connection = self.write().await?;
        if !is_operator(&connection, reset.account_id).await? {
            return Ok(false);
        }
        let row = Insert::one(resets::row(reset));
        connection.execute(&row.into_query()).await?;
        connection.commit().await?;
        Ok(true)
    }

    /// Makes an operator nobody in particular again, ends their sessions and withdraws what invites them; false when the
    /// address is no operator's and nobody invited it.
    pub async fn remove_operator(
        &self,
        email: &str,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let connection = self.write().await?;
        let email = email.to_lowercase();
        let mut removed = 0;
        if let Some(known) = accounts::by_email(&connection, &email).await? {
            let id = AccountId(known.id);
            sessions::hold_account(&connection, id, LockType::NoKeyUpdate).await?;
            let gone = operator::Entity::delete_by_id(id.0);
            removed = gone.exec(&connection).await?.rows_affected;
            end(&connection, id, Ending::All, now).await?;
        }
        let waiting = Condition::all()
            .add(operator_invitation::Column::Email.eq(email))
            .add(operator_invitation::Column::UsedAt.is_null())
            .add(operator_invitation::Column::ExpiresAt.gt(now));
        removed += withdraw(&connection, waiting, now).await?;
        connection.commit().await?;
        Ok(removed > 0)
    }
}

async fn is_operator(connection: &Connection, account: AccountId) -> Result<bool, StoreError> {
    let row = operator::Entity::find_by_id(account.0);
    Ok(row.one(connection).await?.is_some() && !is_member(connection, account).await?)
}

async fn is_member(connection: &Connection, account: AccountId) -> Result<bool, StoreError> {
    let theirs = account_membership::Entity::find()
        .filter(account_membership::Column::AccountId.eq(account.0));
    Ok(theirs.one(connection).await?.is_some())
}

async fn insert(connection: &Connection, session: OperatorSession) -> Result<(), StoreError> {
    let row = operator_session::ActiveModel {
        id: Set(session.id),
        account_id: Set(session.account_id.0),
        created_at: Set(session.created_at),
        authenticated_at: Set(session.authenticated_at),
        expires_at: Set(session.expires_at),
        ended_at: Set(session.ended_at),
    };
    connection.execute(&Insert::one(row).into_query()).await?;
    let happened = Happened::new(
        session.account_id,
        AccountEvent::SignedIn,
        Some(session.id),
        session.created_at,
    );
    happened.note(connection).await
}

/// The invitation of this token, unless it is used, withdrawn or over.
fn open(token_hash: &[u8], now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(operator_invitation::Column::TokenHash.eq(token_hash.to_vec()))
        .add(operator_invitation::Column::UsedAt.is_null())
        .add(operator_invitation::Column::ExpiresAt.gt(now))
}

/// Uses these invitations up, or withdraws them: how many.
async fn withdraw(
    connection: &Connection,
    which: Condition,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let used = operator_invitation::Entity::update_many()
        .col_expr(operator_invitation::Column::UsedAt, Expr::value(now))
        .filter(which)
        .filter(operator_invitation::Column::UsedAt.is_null())
        .exec(connection)
        .await?;
    Ok(used.rows_affected)
}

/// The sessions of an account as an operator that are not over.
pub(super) fn lasting(account: AccountId, now: DateTime<Utc>) -> Condition {
    Condition::all()
        .add(operator_session::Column::AccountId.eq(account.0))
        .add(operator_session::Column::EndedAt.is_null())
        .add(operator_session::Column::ExpiresAt.gt(now))
}

/// Ends what an account is signed in to as an operator; each sign-in is a family of its own.
pub(super) async fn end(
    connection: &Connection,
    account: AccountId,
    ending: Ending,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let which = match ending {
        Ending::Family(one) => operator_session::Column::Id.eq(one).into(),
        Ending::AllBut(one) => operator_session::Column::Id.ne(one).into(),
        Ending::All => Condition::all(),
    };
    let ended = operator_session::Entity::update_many()
        .col_expr(operator_session::Column::EndedAt, Expr::value(now))
        .filter(lasting(account, now))
        .filter(which)
        .exec(connection)
        .await?;
    Ok(ended.rows_affected)
}

/// Whether a sign-in of an operator is not over.
pub(super) async fn lasts(
    connection: &Connection,
    account: AccountId,
    session: Uuid,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let own = operator_session::Entity::find_by_id(session).filter(lasting(account, now));
    Ok(own.one(connection).await?.is_some())
}

/// Notes that the operator of a session has just shown who they are: how many sessions that was.
pub(super) async fn note_shown(
    connection: &Connection,
    account: AccountId,
    session: Uuid,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let noted = operator_session::Entity::update_many()
        .col_expr(operator_session::Column::AuthenticatedAt, Expr::value(now))
        .filter(operator_session::Column::Id.eq(session))
        .filter(lasting(account, now))
        .exec(connection)
        .await?;
    Ok(noted.rows_affected)
}

impl From<operator_session::Model> for OperatorSession {
    fn from(row: operator_session::Model) -> Self {
        Self {
            id: row.id,
            account_id: AccountId(row.account_id),
            created_at: row.created_at,
            authenticated_at: row.authenticated_at,
            expires_at: row.expires_at,
            ended_at: row.ended_at,
        }
    }
}

impl TryFrom<operator_invitation::Model> for OperatorInvitation {
    type Error = StoreError;

    fn try_from(row: operator_invitation::Model) -> Result<Self, StoreError> {
        Ok(Self {
            token_hash: row.token_hash,
            email: row.email,
            name: row.name,
            locale: locale(&row.locale)?,
            created_at: row.created_at,
            expires_at: row.expires_at,
        })
    }
}
