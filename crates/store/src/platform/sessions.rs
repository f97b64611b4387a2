//! Sessions and their refresh tokens, on real time.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, Insert, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;
use wederhoor_procedure::{AccountId, MemberId, TenantId};

use super::activity::{AccountEvent, Happened};
use super::factors::{FactorProof, factor_of, spend};
use super::{PlatformStore, feeds, operators};
use crate::StoreError;
use crate::WriteTx;
use crate::connection::Connection;
use crate::entity::{account, session};
use crate::hints::Hint;

/// A person at work in one tenant. Tokens are known by their SHA-256 only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRecord {
    /// Its id, which also finds it when its token is presented.
    pub id: Uuid,
    /// Where.
    pub tenant_id: TenantId,
    /// Whose login.
    pub account_id: AccountId,
    /// Whom.
    pub member_id: MemberId,
    /// The sign-in from which it comes: what ends together when a token is used twice.
    pub family: Uuid,
    /// The hash of the token that may be used next.
    pub refresh_hash: Vec<u8>,
    /// Since when it exists.
    pub created_at: DateTime<Utc>,
    /// When its person last showed what they sign in with.
    pub authenticated_at: DateTime<Utc>,
    /// When its token was last replaced; `None` as long as it has its first.
    pub rotated_at: Option<DateTime<Utc>>,
    /// The exclusive instant at which it ends, however often it is refreshed.
    pub expires_at: DateTime<Utc>,
    /// When it was ended before that.
    pub ended_at: Option<DateTime<Utc>>,
}

/// A refresh token that is presented, and the one that is to take its place.
#[derive(Clone, Debug)]
pub struct RotateSession {
    /// The session that the token names.
    pub session: Uuid,
    /// The hash of the token that was presented.
    pub presented_hash: Vec<u8>,
    /// Whether the token was given out for this session, be it long ago; else it may be made up.
    pub is_ours: bool,
    /// The hash of the token that takes its place.
    pub new_hash: Vec<u8>,
    /// Real time.
    pub now: DateTime<Utc>,
    /// How long after a rotation the token before it may be presented again, because the answer was lost.
    pub grace: TimeDelta,
}

/// What somebody showed who is let in.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The hash of the password that was right.
    pub password_hash: Option<&'a str>,
    /// The code of the second factor, where there is one.
    pub code: Option<&'a FactorProof>,
}

/// What ends of what an account is signed in to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// One sign-in, with what came of it.
    Family(Uuid),
    /// All but this sign-in.
    AllBut(Uuid),
    /// All.
    All,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// The new token is valid now.
    Rotated(SessionRecord),
    /// The token was used before, and not just now, or its session was switched away from: the whole family has been ended.
    Reused(SessionRecord),
    /// The token was given out, but all that came of its sign-in is over.
    Over,
    /// Nobody was ever given such a token, as far as is known.
    Unknown,
}

impl PlatformStore {
    /// Adds a session for who showed this, and uses the code of it up; false when that was used already, and then nothing
    /// was done.
    ///
    /// # Errors
    /// `Conflict` when the account has another password by now, or began to need a second factor; `Dangling` when the member
    /// does not exist.
    pub async fn create_session(
        &self,
        session: SessionRecord,
        shown: &Shown<'_>,
    ) -> Result<bool, StoreError> {
        let connection = self.write().await?;
        if !open(&connection, session, shown).await? {
            return Ok(false);
        }
        connection.commit().await?;
        Ok(true)
    }

    /// Notes that the person of a session has just shown this, and uses the code of it up; false when that was used already,
    /// or the session is over, and then nothing was done.
    ///
    /// # Errors
    /// `Conflict` when the account has another password by now, or began to need a second factor.
    pub async fn confirm_identity(
        &self,
        session: Uuid,
        sign_in: Uuid,
        account: AccountId,
        shown: &Shown<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let connection = self.write().await?;
        if !is_shown(&connection, account, shown, now).await? {
            return Ok(false);
        }
        let noted = session::Entity::update_many()
            .col_expr(session::Column::AuthenticatedAt, Expr::value(now))
            .filter(session::Column::Id.eq(session))
            .filter(session::Column::AccountId.eq(account.0))
            .filter(session::Column::EndedAt.is_null())
            .filter(session::Column::ExpiresAt.gt(now))
            .exec(&connection)
            .await?;
        if noted.rows_affected == 0
            && operators::note_shown(&connection, account, session, now).await? == 0
        {
            return Ok(false);
        }
        let happened = Happened::new(account, AccountEvent::IdentityConfirmed, Some(sign_in), now);
        happened.note(&connection).await?;
        connection.commit().await?;
        Ok(true)
    }

    /// Puts a session in another organisation in the place of this one, under a lock: false when this one was over, and
    /// then nothing was done.
    ///
    /// # Errors
    /// `Dangling` when the member or the account does not exist.
    pub async fn switch_session(
        &self,
        from: Uuid,
        to: SessionRecord,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let connection = self.write().await?;
        hold_account(&connection, to.account_id, LockType::Share).await?;
        let ended = session::Entity::update_many()
            .col_expr(session::Column::EndedAt, Expr::value(now))
            .filter(session::Column::Id.eq(from))
            .filter(session::Column::EndedAt.is_null())
            .filter(session::Column::ExpiresAt.gt(now))
            .exec(&connection)
            .await?;
        if ended.rows_affected == 0 {
            return Ok(false);
        }
        connection.hint(Hint::account(to.account_id));
        let happened = came(&to, AccountEvent::Switched, now);
        insert(&connection, to).await?;
        happened.note(&connection).await?;
        connection.commit().await?;
        Ok(true)
    }

    /// What an account is signed in to, newest first; at most `limit`.
    pub async fn sessions(
        &self,
        account: AccountId,
        now: DateTime<Utc>,
        limit: u64,
    ) -> Result<Vec<SessionRecord>, StoreError> {
        let connection = self.read().await?;
        let rows = session::Entity::find()
            .filter(session::Column::AccountId.eq(account.0))
            .filter(session::Column::EndedAt.is_null())
            .filter(session::Column::ExpiresAt.gt(now))
            .order_by_desc(session::Column::CreatedAt)
            .order_by_desc(session::Column::Id)
            .limit(limit)
            .all(&connection)
            .await?;
        Ok(rows.into_iter().map(SessionRecord::from).collect())
    }

    /// Ends sessions of an account before their time, those as an operator too, and tells how many; with all of them its
    /// calendar feeds.
    pub async fn end_sessions(
        &self,
        account: AccountId,
        ending: Ending,
        now: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let connection = self.write().await?;
        hold_account(&connection, account, LockType::NoKeyUpdate).await?;
        let which = match ending {
            Ending::Family(family) => Condition::all().add(session::Column::Family.eq(family)),
            Ending::AllBut(family) => Condition::all().add(session::Column::Family.ne(family)),
            Ending::All => Condition::all(),
        };
        let mut ended = end(&connection, account, which, now).await?;
        ended += operators::end(&connection, account, ending, now).await?;
        if ending == Ending::All {
            feeds::end_of(&connection, account).await?;
        }
        if ended > 0 {
            let (event, sign_in) = match ending {
                Ending::Family(family) => (AccountEvent::SignedOut, Some(family)),
                Ending::AllBut(family) => (AccountEvent::SignedOutElsewhere, Some(family)),
                Ending::All => (AccountEvent::SignedOutEverywhere, None),
            };
            let happened = Happened::new(account, event, sign_in, now);
            happened.note(&connection).await?;
        }
        connection.commit().await?;
        Ok(ended)
    }

    /// The session with this id, ended ones too.
    pub async fn session(&self, id: Uuid) -> Result<Option<SessionRecord>, StoreError> {
        let connection = self.read().await?;
        let row = session::Entity::find()
            .filter(session::Column::Id.eq(id))
            .one(&connection)
            .await?;
        Ok(row.map(SessionRecord::from))
    }

    /// Puts a new refresh token in the place of the one that is presented, under a lock.
    ///
    /// The one before it is taken again within the grace: then the newest caller's token counts, so a caller who
    /// derives the new token from the old one gets the same token again.
    pub async fn rotate_session(&self, request: RotateSession) -> Result<Rotation, StoreError> {
        let connection = self.write().await?;
        let row = session::Entity::find()
            .filter(session::Column::Id.eq(request.session))
            .lock_exclusive()
            .one(&connection)
            .await?;
        let Some(row) = row else {
            return Ok(Rotation::Unknown);
        };
        let is_current = row.refresh_hash == request.presented_hash;
        let is_previous = row.previous_hash.as_ref() == Some(&request.presented_hash);
        if !is_current && !is_previous && !request.is_ours {
            return Ok(Rotation::Unknown);
        }
        if row.expires_at <= request.now {
            return Ok(Rotation::Over);
        }
        let was_just_now = row
            .rotated_at
            .is_some_and(|at| request.now - at <= request.grace);
        let is_retry = is_previous && was_just_now;
        // Whoever switched away from a session, or signed out of it, has no use for its token any more.
        if row.ended_at.is_some() || (!is_current && !is_retry) {
            drop(connection);
            return self.reused(row.into(), request.now).await;
        }
        let mut update = session::Entity::update_many().col_expr(
            session::Column::RefreshHash,
            Expr::value(request.new_hash.clone()),
        );
        if is_current {
            update = update
                .col_expr(
                    session::Column::PreviousHash,
                    Expr::value(request.presented_hash),
                )
                .col_expr(session::Column::RotatedAt, Expr::value(request.now));
        }
        update
            .filter(session::Column::Id.eq(row.id))
            .exec(&connection)
            .await?;
        connection.commit().await?;
        Ok(Rotation::Rotated(SessionRecord {
            refresh_hash: request.new_hash,
            ..row.into()
        }))
    }

    /// Ends all that came of the sign-in of a session, whose token was used twice; in a transaction of its own, because the
    /// account is locked before its sessions.
    async fn reused(
        &self,
        session: SessionRecord,
        now: DateTime<Utc>,
    ) -> Result<Rotation, StoreError> {
        let connection = self.write().await?;
        hold_account(&connection, session.account_id, LockType::NoKeyUpdate).await?;
        let family = Condition::all().add(session::Column::Family.eq(session.family));
        if end(&connection, session.account_id, family, now).await? == 0 {
            return Ok(Rotation::Over);
        }
        let happened = came(&session, AccountEvent::TokenReused, now);
        happened.note(&connection).await?;
        connection.commit().await?;
        Ok(Rotation::Reused(session))
    }
}

/// Whether this is what the account signs in with now; its code is used up by it.
pub(super) async fn is_shown(
    connection: &Connection,
    id: AccountId,
    shown: &Shown<'_>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let account = hold_account(connection, id, LockType::Share).await?;
    if account.is_none_or(|account| account.password_hash.as_deref() != shown.password_hash) {
        return Err(StoreError::Conflict);
    }
    let needs_code = factor_of(connection, id).await?.is_some();
    if needs_code != shown.code.is_some() {
        return Err(StoreError::Conflict);
    }
    match shown.code {
        Some(code) => spend(connection, id, code, now).await,
        None => Ok(true),
    }
}

/// Writes a session of who shows this, and uses the code of it up; false when that was used already.
pub(crate) async fn open(
    connection: &Connection,
    session: SessionRecord,
    shown: &Shown<'_>,
) -> Result<bool, StoreError> {
    let (id, now) = (session.account_id, session.created_at);
    if !is_shown(connection, id, shown, now).await? {
        return Ok(false);
    }
    let happened = came(&session, AccountEvent::SignedIn, now);
    insert(connection, session).await?;
    happened.note(connection).await?;
    Ok(true)
}

/// What happens with the account of a session, where that is.
fn came(session: &SessionRecord, event: AccountEvent, at: DateTime<Utc>) -> Happened {
    let happened = Happened::new(session.account_id, event, Some(session.family), at);
    happened.in_organisation(session.tenant_id)
}

impl WriteTx {
    /// As [`PlatformStore::create_session`], in the transaction that made the membership.
    ///
    /// # Errors
    /// `Conflict` when the account has another password by now, or began or ceased to need a second factor.
    pub async fn open_session(
        &self,
        session: SessionRecord,
        shown: &Shown<'_>,
    ) -> Result<bool, StoreError> {
        self.scope.open_session(session, shown).await
    }
}

async fn insert(connection: &Connection, session: SessionRecord) -> Result<(), StoreError> {
    let row = session::ActiveModel {
        tenant_id: Set(session.tenant_id.0),
        id: Set(session.id),
        account_id: Set(session.account_id.0),
        member_id: Set(session.member_id.0),
        family: Set(session.family),
        refresh_hash: Set(session.refresh_hash),
        created_at: Set(session.created_at),
        authenticated_at: Set(session.authenticated_at),
        rotated_at: Set(session.rotated_at),
        expires_at: Set(session.expires_at),
        ended_at: Set(session.ended_at),
        ..Default::default()
    };
    connection.execute(&Insert::one(row).into_query()).await?;
    Ok(())
}

/// The account, under a lock until the commit: shared to add a session, exclusive to end sessions, so that none is added
/// unseen while they are ended.
pub(super) async fn hold_account(
    connection: &Connection,
    id: AccountId,
    lock: LockType,
) -> Result<Option<account::Model>, StoreError> {
    let account = account::Entity::find_by_id(id.0).lock(lock);
    Ok(account.one(connection).await?)
}

/// All sessions of an account.
pub(super) fn of(account: AccountId) -> Condition {
    Condition::all().add(session::Column::AccountId.eq(account.0))
}

/// Ends those sessions of an account that are not over, and tells so with the commit.
pub(super) async fn end(
    connection: &Connection,
    account: AccountId,
    which: Condition,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let ended = session::Entity::update_many()
        .col_expr(session::Column::EndedAt, Expr::value(now))
        .filter(of(account).add(which))
        .filter(session::Column::EndedAt.is_null())
        .exec(connection)
        .await?;
    if ended.rows_affected > 0 {
        connection.hint(Hint::account(account));
    }
    Ok(ended.rows_affected)
}

impl From<session::Model> for SessionRecord {
    fn from(row: session::Model) -> Self {
        Self {
            id: row.id,
            tenant_id: TenantId(row.tenant_id),
            account_id: AccountId(row.account_id),
            member_id: MemberId(row.member_id),
            family: row.family,
            refresh_hash: row.refresh_hash,
            created_at: row.created_at,
            authenticated_at: row.authenticated_at,
            rotated_at: row.rotated_at,
            expires_at: row.expires_at,
            ended_at: row.ended_at,
        }
    }
}
