//! The second factor of an account, and the codes for who lost it, on real time.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, LockType};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, Insert, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait,
};
use uuid::Uuid;
use wederhoor_procedure::AccountId;

use super::activity::{AccountEvent, Happened};
use super::{Ending, PlatformStore, operators, sessions};
use crate::StoreError;
use crate::connection::Connection;
use crate::entity::{recovery_code, second_factor, session};
use crate::hints::Hint;

/// What an account signs in with beside its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecondFactorRecord {
    /// Whose.
    pub account_id: AccountId,
    /// The secret from which codes follow, as the service sealed it.
    pub sealed_secret: Vec<u8>,
    /// When it was begun with.
    pub started_at: DateTime<Utc>,
    /// Since when it counts; `None` until a first code was shown.
    pub confirmed_at: Option<DateTime<Utc>>,
}

/// A first code was shown: from now on the factor counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfirmFactor {
    /// Whose.
    pub account_id: AccountId,
    /// The secret from which the code followed.
    pub sealed_secret: Vec<u8>,
    /// The step of time that the code was of.
    pub step: i32,
    /// SHA-256 of each code for who loses the factor.
    pub recovery_hashes: Vec<Vec<u8>>,
    /// The sign-in that stays; all others were made without the factor, and end.
    pub keeps: Uuid,
    /// Real time.
    pub now: DateTime<Utc>,
}

/// A code that was shown, each to be used once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FactorProof {
    /// A code of a step of time.
    Step {
        /// The secret from which it followed.
        sealed_secret: Vec<u8>,
        /// The step.
        step: i32,
    },
    /// SHA-256 of a code for who lost the factor.
    Recovery(Vec<u8>),
}

/// When codes that are wrong are too many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bar {
    /// After so many in a row, and so many again.
    pub after: u32,
    /// No code of the factor counts until this instant then; those for who lost it do.
    pub until: DateTime<Utc>,
}

impl PlatformStore {
    /// The second factor of an account, begun or confirmed.
    pub async fn second_factor(
        &self,
        account: AccountId,
    ) -> Result<Option<SecondFactorRecord>, StoreError> {
        let connection = self.read().await?;
        let row = second_factor::Entity::find_by_id(account.0);
        Ok(row.one(&connection).await?.map(SecondFactorRecord::from))
    }

    /// Begins with a factor, in the place of one that was never confirmed; false when the account has one that counts.
    ///
    /// # Errors
    /// `Dangling` when there is no such account.
    pub async fn start_second_factor(
        &self,
        factor: SecondFactorRecord,
    ) -> Result<bool, StoreError> {
        let connection = self.write().await?;
        let id = factor.account_id;
        sessions::hold_account(&connection, id, LockType::NoKeyUpdate).await?;
        second_factor::Entity::delete_many()
            .filter(second_factor::Column::AccountId.eq(id.0))
            .filter(second_factor::Column::ConfirmedAt.is_null())
            .exec(&connection)
            .await?;
        if factor_of(&connection, id).await?.is_some() {
            return Ok(false);
        }
        let row = second_factor::ActiveModel {
            account_id: Set(id.0),
            sealed_secret: Set(factor.sealed_secret),
            started_at: Set(factor.started_at),
            failures: Set(0),
            ..Default::default()
        };
        connection.execute(&Insert::one(row).into_query()).await?;
        connection.commit().await?;
        Ok(true)
    }

    /// Makes a factor count, and ends what the account signed in to without it; false when it counts already, was begun
    /// anew since, or who asks is signed in no more. Of two at once one wins.
    pub async fn confirm_second_factor(&self, confirm: ConfirmFactor) -> Result<bool, StoreError> {
        let connection = self.write().await?;
        let (id, now) = (confirm.account_id, confirm.now);
        sessions::hold_account(&connection, id, LockType::NoKeyUpdate).await?;
        let own = sessions::of(id).add(session::Column::Family.eq(confirm.keeps));
        let lasts = session::Entity::find()
            .filter(own)
            .filter(session::Column::EndedAt.is_null())
            .filter(session::Column::ExpiresAt.gt(now));
        let is_lasting = lasts.one(&connection).await?.is_some()
            || operators::lasts(&connection, id, confirm.keeps, now).await?;
        if !is_lasting {
            return Ok(false);
        }
        let confirmed = second_factor::Entity::update_many()
            .col_expr(second_factor::Column::ConfirmedAt, Expr::value(now))
            .col_expr(second_factor::Column::LastStep, Expr::value(confirm.step))
            .col_expr(second_factor::Column::Failures, Expr::value(0))
            .filter(is_not_barred(now))
            .filter(second_factor::Column::AccountId.eq(id.0))
            .filter(second_factor::Column::SealedSecret.eq(confirm.sealed_secret))
            .filter(second_factor::Column::ConfirmedAt.is_null())
            .exec(&connection)
            .await?;
        if confirmed.rows_affected == 0 {
            return Ok(false);
        }
        let code = |hash: Vec<u8>| recovery_code::ActiveModel {
            account_id: Set(id.0),
            code_hash: Set(hash),
            ..Default::default()
        };
        let codes = confirm.recovery_hashes.into_iter().map(code);
        connection
            .execute(&Insert::many(codes).into_query())
            .await?;
        let others = Condition::all().add(session::Column::Family.ne(confirm.keeps));
        sessions::end(&connection, id, others, now).await?;
        operators::end(&connection, id, Ending::AllBut(confirm.keeps), now).await?;
        let happened = Happened::new(id, AccountEvent::FactorAdded, Some(confirm.keeps), now);
        happened.note(&connection).await?;
        connection.commit().await?;
        Ok(true)
    }

    /// Takes the factor of an account away, for who showed a code of it; false when that code was used already.
    pub async fn remove_second_factor(
        &self,
        account: AccountId,
        sign_in: Uuid,
        proof: &FactorProof,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        let connection = self.write().await?;
        sessions::hold_account(&connection, account, LockType::NoKeyUpdate).await?;
        if !spend(&connection, account, proof, now).await? {
            return Ok(false);
        }
        connection.hint(Hint::account(account));
        recovery_code::Entity::delete_many()
            .filter(recovery_code::Column::AccountId.eq(account.0))
            .exec(&connection)
            .await?;
        second_factor::Entity::delete_many()
            .filter(second_factor::Column::AccountId.eq(account.0))
            .exec(&connection)
            .await?;
        let happened = Happened::new(account, AccountEvent::FactorRemoved, Some(sign_in), now);
        happened.note(&connection).await?;
        connection.commit().await?;
        Ok(true)
    }

    /// At most `limit` second factors, begun or confirmed, of the accounts after this one, by account.
    pub async fn second_factors(
        &self,
        after: Option<AccountId>,
        limit: u64,
    ) -> Result<Vec<SecondFactorRecord>, StoreError> {
        let connection = self.read().await?;
        let after = after.map(|after| second_factor::Column::AccountId.gt(after.0));
        let rows = second_factor::Entity::find()
            .filter(Condition::all().add_option(after))
            .order_by_asc(second_factor::Column::AccountId)
            .limit(limit);
        let rows = rows.all(&connection).await?;
        Ok(rows.into_iter().map(SecondFactorRecord::from).collect())
    }

    /// Puts the same secret, sealed anew, in the place of this one; false when another is there by now.
    pub async fn reseal_factor(
        &self,
        account: AccountId,
        known: &[u8],
        anew: &[u8],
    ) -> Result<bool, StoreError> {
        let connection = self.write().await?;
        let kept = second_factor::Entity::update_many()
            .col_expr(
                second_factor::Column::SealedSecret,
                Expr::value(anew.to_vec()),
            )
            .filter(second_factor::Column::AccountId.eq(account.0))
            .filter(second_factor::Column::SealedSecret.eq(known.to_vec()))
            .exec(&connection)
            .await?;
        connection.commit().await?;
        Ok(kept.rows_affected == 1)
    }

    /// Whether a code would let somebody in; it is not used up.
    pub async fn factor_counts(
        &self,
        account: AccountId,
        proof: &FactorProof,
        now: DateTime<Utc>,
    ) -> Result<bool, StoreError> {
        // What is not committed has not happened.
        let connection = self.write().await?;
        spend(&connection, account, proof, now).await
    }

    /// Counts a code that was wrong.
    pub async fn note_wrong_code(&self, account: AccountId, bar: Bar) -> Result<(), StoreError> {
        let connection = self.write().await?;
        let row = second_factor::Entity::find_by_id(account.0).lock_exclusive();
        let Some(row) = row.one(&connection).await? else {
            return Ok(());
        };
        let failures = row.failures.saturating_add(1);
        let every = i32::try_from(bar.after).unwrap_or(i32::MAX).max(1);
        let mut update = second_factor::Entity::update_many()
            .col_expr(second_factor::Column::Failures, Expr::value(failures));
        if failures % every == 0 {
            update = update.col_expr(second_factor::Column::BarredUntil, Expr::value(bar.until));
        }
        update
            .filter(second_factor::Column::AccountId.eq(account.0))
            .exec(&connection)
            .await?;
        connection.commit().await
    }
}

/// The factor of an account, if it counts.
pub(super) async fn factor_of(
    connection: &Connection,
    account: AccountId,
) -> Result<Option<second_factor::Model>, StoreError> {
    let counts = second_factor::Entity::find_by_id(account.0)
        .filter(second_factor::Column::ConfirmedAt.is_not_null());
    Ok(counts.one(connection).await?)
}

/// Whether codes of a factor count now.
fn is_not_barred(now: DateTime<Utc>) -> Condition {
    Condition::any()
        .add(second_factor::Column::BarredUntil.is_null())
        .add(second_factor::Column::BarredUntil.lte(now))
}

/// Uses a code up; false when it was used already, or codes of the factor do not count now. Of two at once one wins.
pub(super) async fn spend(
    connection: &Connection,
    account: AccountId,
    proof: &FactorProof,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let fresh = second_factor::Entity::update_many()
        .col_expr(second_factor::Column::Failures, Expr::value(0))
        .col_expr(
            second_factor::Column::BarredUntil,
            Expr::value(Option::<DateTime<Utc>>::None),
        )
        .filter(second_factor::Column::AccountId.eq(account.0))
        .filter(second_factor::Column::ConfirmedAt.is_not_null());
    let spent = match proof {
        FactorProof::Step {
            sealed_secret,
            step,
        } => {
            fresh
                .col_expr(second_factor::Column::LastStep, Expr::value(*step))
                .filter(second_factor::Column::SealedSecret.eq(sealed_secret.clone()))
                .filter(second_factor::Column::LastStep.lt(*step))
                .filter(is_not_barred(now))
                .exec(connection)
                .await?
        }
        FactorProof::Recovery(hash) => {
            let used = recovery_code::Entity::update_many()
                .col_expr(recovery_code::Column::UsedAt, Expr::value(now))
                .filter(recovery_code::Column::AccountId.eq(account.0))
                .filter(recovery_code::Column::CodeHash.eq(hash.clone()))
                .filter(recovery_code::Column::UsedAt.is_null())
                .exec(connection)
                .await?;
            if used.rows_affected == 0 {
                return Ok(false);
            }
            fresh.exec(connection).await?
        }
    };
    Ok(spent.rows_affected == 1)
}

impl From<second_factor::Model> for SecondFactorRecord {
    fn from(row: second_factor::Model) -> Self {
        Self {
            account_id: AccountId(row.account_id),
            sealed_secret: row.sealed_secret,
            started_at: row.started_at,
            confirmed_at: row.confirmed_at,
        }
    }
}
