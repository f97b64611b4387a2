//! Queries that carry their tenant: `find`, `update` and `delete` start with the tenant's filter in place; `insert` fills the
//! tenant in. Accounts, which belong to no tenant, are named one by one.

mod tally;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{
    Alias, Condition, Expr, ExprTrait, IntoCondition, JoinType, LockBehavior, LockType, OnConflict,
    SelectStatement,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DeleteMany, EntityTrait, FromQueryResult,
    Insert, Iterable, Order, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select, TryGetable, UpdateMany,
};
use serde_json::Value;
use uuid::Uuid;
use wederhoor_procedure::{ComplaintId, TenantId};

use crate::StoreError;
use crate::connection::Connection;
use crate::entity::{TenantEntity, account, password_reset, tenant};
use crate::figures::Cells;
use crate::hints::Hint;
use crate::platform::{Happened, SessionRecord, Shown, sessions};

/// A transaction and the tenant it is for.
pub(crate) struct Scope {
    connection: Connection,
    tenant: Uuid,
    tally: std::sync::Mutex<Cells>,
}

/// A query within the scope.
pub(crate) struct Scoped<'s, Q> {
    scope: &'s Scope,
    query: Q,
}

#[derive(FromQueryResult)]
struct Count {
    number: i64,
}

impl Scope {
    pub(crate) fn new(connection: Connection, tenant: Uuid) -> Self {
        Self {
            connection,
            tenant,
            tally: std::sync::Mutex::default(),
        }
    }

    pub(crate) fn tenant(&self) -> Uuid {
        self.tenant
    }

    pub(crate) fn statements(&self) -> u32 {
        self.connection.statements()
    }

    /// A login, which is the platform's, written together with a tenant's rows.
    pub(crate) async fn insert_account(&self, row: account::ActiveModel) -> Result<(), StoreError> {
        self.connection
            .execute(&Insert::one(row).into_query())
            .await?;
        Ok(())
    }

    /// A sign-in with the tenant, of who showed this, written together with the tenant's rows.
    pub(crate) async fn open_session(
        &self,
        session: SessionRecord,
        shown: &Shown<'_>,
    ) -> Result<bool, StoreError> {
        sessions::open(&self.connection, session, shown).await
    }

    /// What happens with a login, which is the platform's, noted together with the tenant's rows.
    pub(crate) async fn note(&self, happened: Happened) -> Result<(), StoreError> {
        happened.note(&self.connection).await
    }

    /// The login with this address, in lower case, under a lock until the commit.
    pub(crate) async fn hold_account(
        &self,
        email: &str,
    ) -> Result<Option<account::Model>, StoreError> {
        let account = account::Entity::find().filter(account::Column::Email.eq(email));
        let account = account.lock(LockType::NoKeyUpdate);
        Ok(account.one(&self.connection).await?)
    }

    /// How many ways back into a login were sent by letter after an instant.
    pub(crate) async fn count_resets(
        &self,
        account: Uuid,
        since: DateTime<Utc>,
    ) -> Result<u64, StoreError> {
        let sent = password_reset::Entity::find()
            .filter(password_reset::Column::AccountId.eq(account))
            .filter(password_reset::Column::CreatedAt.gt(since));
        Ok(sent.count(&self.connection).await?)
    }

    /// A way back into a login, written together with the letter that brings it.
    pub(crate) async fn insert_reset(
        &self,
        row: password_reset::ActiveModel,
    ) -> Result<(), StoreError> {
        self.connection
            .execute(&Insert::one(row).into_query())
            .await?;
        Ok(())
    }

    /// The tenant's own row, under this lock until the commit. SQLite, with its one writer, needs none.
    pub(crate) async fn own_tenant(
        &self,
        lock: LockType,
    ) -> Result<Option<tenant::Model>, StoreError> {
        let own = tenant::Entity::find_by_id(self.tenant).lock(lock);
        Ok(own.one(&self.connection).await?)
    }

    /// Writes the settings in the tenant's own row.
    pub(crate) async fn write_settings(&self, settings: Value) -> Result<(), StoreError> {
        tenant::Entity::update_many()
            .col_expr(tenant::Column::Settings, Expr::value(settings))
            .filter(tenant::Column::Id.eq(self.tenant))
            .exec(&self.connection)
            .await?;
        Ok(())
    }

    /// Tells, where nothing else does, that something of the tenant has changed.
    pub(crate) async fn commit(self) -> Result<(), StoreError> {
        self.write_tally().await?;
        self.connection
            .hint_at_least(Hint::tenant(TenantId(self.tenant)));
        self.connection.commit().await
    }

    /// Tells only what it was told to.
    pub(crate) async fn commit_unheard(self) -> Result<(), StoreError> {
        self.write_tally().await?;
        self.connection.commit().await
    }

    /// The commit tells that more of the tenant has changed than one complaint.
    pub(crate) fn hint_tenant(&self) {
        self.connection.hint(Hint::tenant(TenantId(self.tenant)));
    }

    /// The commit tells that this complaint has changed.
    pub(crate) fn hint_complaint(&self, id: ComplaintId) {
        let tenant = TenantId(self.tenant);
        self.connection.hint(Hint::complaint(tenant, id));
    }

    pub(crate) fn find<E: TenantEntity>(&self) -> Scoped<'_, Select<E>> {
        Scoped {
            scope: self,
            query: E::find().filter(E::TENANT.eq(self.tenant)),
        }
    }

    /// All rows of a statement that is put together of what the scope found, and of tables that are nobody's.
    pub(crate) async fn all_of<R: FromQueryResult>(
        &self,
        statement: &SelectStatement,
    ) -> Result<Vec<R>, StoreError> {
        let rows = self.connection.query_all(statement).await?;
        let rows = rows.iter().map(|row| R::from_query_result(row, ""));
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(crate) fn update<E: TenantEntity>(&self) -> Scoped<'_, UpdateMany<E>> {
        Scoped {
            scope: self,
            query: E::update_many().filter(E::TENANT.eq(self.tenant)),
        }
    }

    pub(crate) fn delete<E: TenantEntity>(&self) -> Scoped<'_, DeleteMany<E>> {
        Scoped {
            scope: self,
            query: E::delete_many().filter(E::TENANT.eq(self.tenant)),
        }
    }

    /// `SELECT 1` from a table, for EXISTS: the tenant's rows only.
    pub(crate) fn exists_in<E: TenantEntity>(&self, condition: impl IntoCondition) -> Expr {
        let mut select = SelectStatement::new();
        select
            .expr(Expr::val(1))
            .from(E::default())
            .and_where(Expr::col((E::default(), E::TENANT)).eq(self.tenant))
            .cond_where(condition);
        Expr::exists(select)
    }

    pub(crate) async fn insert<A>(&self, row: A) -> Result<(), StoreError>
    where
        A: ActiveModelTrait,
        A::Entity: TenantEntity,
    {
        self.insert_all([row]).await
    }

    /// Inserts all rows in one statement; none is fine.
    pub(crate) async fn insert_all<A>(
        &self,
        rows: impl IntoIterator<Item = A>,
    ) -> Result<(), StoreError>
    where
        A: ActiveModelTrait,
        A::Entity: TenantEntity,
    {
        let mut rows = rows.into_iter().map(|row| self.own(row)).peekable();
        if rows.peek().is_some() {
            let statement = Insert::many(rows).into_query();
            self.connection.execute(&statement).await?;
        }
        Ok(())
    }

    /// Inserts unless a row with these keys exists; says whether it did.
    pub(crate) async fn insert_new<A>(&self, row: A) -> Result<bool, StoreError>
    where
        A: ActiveModelTrait,
        A::Entity: TenantEntity,
    {
        let statement = Insert::one(self.own(row))
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .into_query();
        Ok(self.connection.execute(&statement).await?.rows_affected() > 0)
    }

    /// Inserts those rows whose keys are free, in one statement; answers this column of each that it inserted.
    pub(crate) async fn insert_new_all<A, T>(
        &self,
        rows: Vec<A>,
        column: <A::Entity as EntityTrait>::Column,
    ) -> Result<Vec<T>, StoreError>
    where
        A: ActiveModelTrait,
        A::Entity: TenantEntity,
        T: TryGetable,
    {
        let mut statement = Insert::many(rows.into_iter().map(|row| self.own(row)))
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .into_query();
        statement.returning_col(column);
        let new = self.connection.query_all(&statement).await?;
        let new = new.iter().map(|row| Ok(row.try_get_by_index(0)?));
        new.collect()
    }

    /// Inserts, or writes the named columns over the rows with the same primary key, in one statement; none is fine.
    pub(crate) async fn upsert_all<A>(
        &self,
        rows: Vec<A>,
        columns: impl IntoIterator<Item = <A::Entity as EntityTrait>::Column>,
    ) -> Result<(), StoreError>
    where
        A: ActiveModelTrait,
        A::Entity: TenantEntity,
    {
        self.upsert_where(rows, columns, None).await
    }

    /// As [`Self::upsert_all`], over those rows only for which a condition holds.
    pub(crate) async fn upsert_where<A>(
        &self,
        rows: Vec<A>,
        columns: impl IntoIterator<Item = <A::Entity as EntityTrait>::Column>,
        condition: Option<Expr>,
    ) -> Result<(), StoreError>
    where
        A: ActiveModelTrait,
        A::Entity: TenantEntity,
    {
        let keys = <A::Entity as EntityTrait>::PrimaryKey::iter();
        let mut conflict = OnConflict::columns(keys);
        conflict.update_columns(columns);
        conflict.action_and_where_option(condition);
        self.insert_or(rows, conflict).await
    }

    /// Inserts, or writes this over a column of the row with the same primary key; answers what the column then holds.
    pub(crate) async fn upsert_one<A, T>(
        &self,
        row: A,
        column: <A::Entity as EntityTrait>::Column,
        value: Expr,
    ) -> Result<T, StoreError>
    where
        A: ActiveModelTrait,
        A::Entity: TenantEntity,
        T: TryGetable,
    {
        let keys = <A::Entity as EntityTrait>::PrimaryKey::iter();
        let mut conflict = OnConflict::columns(keys);
        conflict.value(column, value);
        let mut statement = Insert::one(self.own(row))
            .on_conflict(conflict)
            .into_query();
        statement.returning_col(column);
        let row = self.connection.query_one(&statement).await?;
        let row = row.ok_or(StoreError::Conflict)?;
        Ok(row.try_get_by_index(0)?)
    }

    fn own<A>(&self, mut row: A) -> A
    where
        A: ActiveModelTrait,
        A::Entity: TenantEntity,
    {
        row.set(<A::Entity as TenantEntity>::TENANT, self.tenant.into());
        row
    }
}

impl<E: TenantEntity> Scoped<'_, Select<E>> {
    pub(crate) fn filter(mut self, condition: impl IntoCondition) -> Self {
        self.query = self.query.filter(condition.into_condition());
        self
    }

    pub(crate) fn order(mut self, by: impl sea_orm::IntoSimpleExpr, order: Order) -> Self {
        self.query = self.query.order_by(by, order);
        self
    }

    pub(crate) fn limit(mut self, limit: u64) -> Self {
        self.query = self.query.limit(limit);
        self
    }

    /// Locks the rows until the commit; with `skip_locked` leaves out those that another transaction holds.
    pub(crate) fn lock(mut self, skip_locked: bool) -> Self {
        self.query = if skip_locked {
            self.query
                .lock_with_behavior(LockType::Update, LockBehavior::SkipLocked)
        } else {
            self.query.lock_exclusive()
        };
        self
    }

    /// As [`Self::lock`], beside others who do so too: nobody changes the rows until the commit.
    pub(crate) fn share(mut self) -> Self {
        self.query = self.query.lock_shared();
        self
    }

    /// Left-joins another table of this tenant under a name, on `id_column = name.id`.
    pub(crate) fn left_join<J: TenantEntity>(
        mut self,
        name: &'static str,
        on: (E::Column, J::Column),
    ) -> Self {
        let condition = Condition::all()
            .add(Expr::col((Alias::new(name), J::TENANT)).eq(Expr::col((E::default(), E::TENANT))))
            .add(Expr::col((Alias::new(name), on.1)).eq(Expr::col((E::default(), on.0))));
        QueryTrait::query(&mut self.query).join_as(
            JoinType::LeftJoin,
            J::default(),
            Alias::new(name),
            condition,
        );
        self
    }

    /// Adds a column under a name.
    pub(crate) fn column(mut self, column: Expr, name: &'static str) -> Self {
        self.query = self.query.expr_as(column, name);
        self
    }

    /// The statement, to be put together with others.
    pub(crate) fn statement(self) -> SelectStatement {
        self.query.into_query()
    }

    /// Leaves the columns of the table out.
    pub(crate) fn select_only(mut self) -> Self {
        self.query = self.query.select_only();
        self
    }

    /// One row for each value of a column.
    pub(crate) fn group_by(mut self, column: E::Column) -> Self {
        self.query = self.query.group_by(column);
        self
    }

    /// How many rows it finds.
    pub(crate) async fn count(self) -> Result<u64, StoreError> {
        let rows = Expr::col((E::default(), E::TENANT)).count();
        let counted = self.select_only().column(rows, "number").rows::<Count>();
        let counted = counted.await?;
        Ok(counted
            .first()
            .map_or(0, |count| count.number.unsigned_abs()))
    }

    pub(crate) async fn all(self) -> Result<Vec<E::Model>, StoreError> {
        Ok(self.query.all(&self.scope.connection).await?)
    }

    pub(crate) async fn one(self) -> Result<Option<E::Model>, StoreError> {
        Ok(self.query.one(&self.scope.connection).await?)
    }

    pub(crate) async fn rows<M: FromQueryResult>(self) -> Result<Vec<M>, StoreError> {
        Ok(self
            .query
            .into_model::<M>()
            .all(&self.scope.connection)
            .await?)
    }
}

impl<E: TenantEntity> Scoped<'_, UpdateMany<E>> {
    pub(crate) fn filter(mut self, condition: impl IntoCondition) -> Self {
        self.query = self.query.filter(condition.into_condition());
        self
    }

    pub(crate) fn set(mut self, column: E::Column, value: impl Into<Expr>) -> Self {
        self.query = self.query.col_expr(column, value.into());
        self
    }

    /// Writes every field of the row that is set.
    pub(crate) fn set_all(mut self, row: E::ActiveModel) -> Self {
        self.query = self.query.set(row);
        self
    }

    /// Runs it; the number of rows that it changed.
    pub(crate) async fn run(self) -> Result<u64, StoreError> {
        Ok(self.query.exec(&self.scope.connection).await?.rows_affected)
    }
}

impl<E: TenantEntity> Scoped<'_, DeleteMany<E>> {
    pub(crate) fn filter(mut self, condition: impl IntoCondition) -> Self {
        self.query = self.query.filter(condition.into_condition());
        self
    }

    /// Runs it; the number of rows that are gone.
    pub(crate) async fn run(self) -> Result<u64, StoreError> {
        Ok(self.query.exec(&self.scope.connection).await?.rows_affected)
    }
}
