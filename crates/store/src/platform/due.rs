//! Work that falls due, without its content: which subject of which tenant, and when.
//!
//! What is due is on the procedure's clock; leases are on real time.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};
use uuid::Uuid;
use wederhoor_procedure::TenantId;

use super::{PlatformStore, TenantStatus};
use crate::convert::unsigned;
use crate::entity::{due_work, tenant};
use crate::{StoreError, WriteTx};

/// How many rows one statement writes: SQLite and PostgreSQL both bound its values.
pub(super) const ROWS: usize = 500;

/// What kind of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkKind {
    /// A term of a complaint ends: the subject is the complaint.
    Clock,
    /// Mail is to be sent: the subject is that of the letters.
    Letters,
    /// A leave or a membership begins or has ended: the subject is the tenant itself.
    People,
    /// The overview of a working morning: the subject is the tenant itself.
    Digest,
    /// A cause was recorded, and others may have had it before: the subject is the complaint.
    Recurrence,
}

/// Work that is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DueWork {
    /// Whose.
    pub tenant_id: TenantId,
    /// What kind.
    pub kind: WorkKind,
    /// Of what.
    pub subject_id: Uuid,
    /// Since when.
    pub due_at: DateTime<Utc>,
    /// Until when nobody else gets it: by this the lease is known.
    pub leased_until: DateTime<Utc>,
    /// How often it has failed.
    pub failures: u32,
}

impl PlatformStore {
    /// The kinds of which a piece of work is due at `now` that nobody has (`lease_now` is real time).
    pub async fn due_kinds(
        &self,
        now: DateTime<Utc>,
        lease_now: DateTime<Utc>,
    ) -> Result<Vec<WorkKind>, StoreError> {
        self.kinds(|kind| due(kind, now, lease_now)).await
    }

    /// The kinds of which a piece of work that was due at `now` has failed, and waits to be tried again.
    pub async fn failed_kinds(&self, now: DateTime<Utc>) -> Result<Vec<WorkKind>, StoreError> {
        let failed = |kind: WorkKind| {
            Condition::all()
                .add(due_work::Column::Kind.eq(kind.word()))
                .add(due_work::Column::DueAt.lte(now))
                .add(due_work::Column::Failures.gt(0))
        };
        self.kinds(failed).await
    }

    /// The kinds of which there is work such as a condition says.
    async fn kinds(
        &self,
        condition: impl Fn(WorkKind) -> Condition,
    ) -> Result<Vec<WorkKind>, StoreError> {
        let connection = self.read().await?;
        let mut all = Query::select();
        for kind in WorkKind::ALL {
            let mut some = Query::select();
            some.expr(Expr::val(1))
                .from(due_work::Entity)
                .cond_where(condition(kind));
            all.expr_as(Expr::exists(some), kind.word());
        }
        let Some(row) = connection.query_one(&all).await? else {
            return Ok(Vec::new());
        };
        let mut found = Vec::new();
        for kind in WorkKind::ALL {
            if row.try_get::<bool>("", kind.word())? {
                found.push(kind);
            }
        }
        Ok(found)
    }

    /// When the next work is due after an instant, of any tenant and kind but the overviews of mornings, on which nothing
    /// rests; `None` when none is planned.
    pub async fn next_due_after(
        &self,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        let connection = self.read().await?;
        let next = due_work::Entity::find()
            .filter(due_work::Column::DueAt.gt(now))
            .filter(due_work::Column::Kind.ne(WorkKind::Digest.word()))
            .order_by_asc(due_work::Column::DueAt)
            .one(&connection)
            .await?;
        Ok(next.map(|row| row.due_at))
    }

    /// Takes at most `limit` pieces of work due at `now` that nobody else has; until `lease_until` nobody else
    /// gets them. Of two workers at once neither waits for the other.
    pub async fn lease_due(
        &self,
        kind: WorkKind,
        now: DateTime<Utc>,
        lease_now: DateTime<Utc>,
        lease_until: DateTime<Utc>,
        limit: u64,
    ) -> Result<Vec<DueWork>, StoreError> {
        let connection = self.write().await?;
        let rows = due_work::Entity::find()
            .filter(due(kind, now, lease_now))
            .order_by_asc(due_work::Column::DueAt)
            .order_by_asc(due_work::Column::SubjectId)
            .limit(limit)
            .lock_with_behavior(
                sea_orm::sea_query::LockType::Update,
                sea_orm::sea_query::LockBehavior::SkipLocked,
            )
            .all(&connection)
            .await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let keys = rows.iter().map(|row| (row.tenant_id, row.subject_id));
        let pair = Expr::tuple([
            Expr::col(due_work::Column::TenantId),
            Expr::col(due_work::Column::SubjectId),
        ]);
        due_work::Entity::update_many()
            .col_expr(due_work::Column::LeasedUntil, Expr::value(lease_until))
            .filter(due_work::Column::Kind.eq(kind.word()))
            .filter(pair.in_tuples(keys))
            .exec(&connection)
            .await?;
        connection.commit().await?;
        rows.iter()
            .map(|row| work(kind, lease_until, row))
            .collect()
    }

    /// Takes finished work away, unless it was scheduled anew since it was leased.
    pub async fn finish_due(&self, work: &DueWork) -> Result<(), StoreError> {
        let connection = self.write().await?;
        due_work::Entity::delete_many()
            .filter(leased(work))
            .exec(&connection)
            .await?;
        connection.commit().await
    }

    /// Gives work back that was leased and not begun.
    pub async fn give_back_due(&self, work: &[DueWork]) -> Result<(), StoreError> {
        let connection = self.write().await?;
        for one in work {
            due_work::Entity::update_many()
                .col_expr(
                    due_work::Column::LeasedUntil,
                    Expr::value(Option::<DateTime<Utc>>::None),
                )
                .filter(leased(one))
                .exec(&connection)
                .await?;
        }
        connection.commit().await
    }

    /// Gives work back that failed; nobody gets it before `retry_at` (real time).
    pub async fn fail_due(
        &self,
        work: &DueWork,
        retry_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let connection = self.write().await?;
        due_work::Entity::update_many()
            .col_expr(due_work::Column::LeasedUntil, Expr::value(retry_at))
            .col_expr(
                due_work::Column::Failures,
                Expr::col(due_work::Column::Failures).add(1),
            )
            .filter(leased(work))
            .exec(&connection)
            .await?;
        connection.commit().await
    }
}

impl WriteTx {
    /// Sets when a subject's work is due, free of leases and failures; `None` takes it away.
    pub async fn schedule(
        &self,
        kind: WorkKind,
        subject: Uuid,
        due_at: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        use due_work::Column as C;
        let Some(due_at) = due_at else {
            let mine = C::Kind.eq(kind.word()).and(C::SubjectId.eq(subject));
            self.scope
                .delete::<due_work::Entity>()
                .filter(mine)
                .run()
                .await?;
            return Ok(());
        };
        self.schedule_all(kind, [subject], due_at).await
    }

    /// Sets when the work of many subjects is due, free of leases and failures.
    pub async fn schedule_all(
        &self,
        kind: WorkKind,
        subjects: impl IntoIterator<Item = Uuid> + Send,
        due_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        use due_work::Column as C;
        let rows = subjects
            .into_iter()
            .map(|subject| free(kind, subject, due_at));
        let rows: Vec<_> = rows.collect();
        let columns = [C::DueAt, C::LeasedUntil, C::Failures];
        for some in rows.chunks(ROWS) {
            self.scope.upsert_all(some.to_vec(), columns).await?;
        }
        Ok(())
    }

    /// Sees to it that a subject's work is due at an instant at the latest; what is due earlier stays.
    pub async fn schedule_by(
        &self,
        kind: WorkKind,
        subject: Uuid,
        due_at: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        use due_work::Column as C;
        let columns = [C::DueAt, C::LeasedUntil, C::Failures];
        let planned = Expr::col((due_work::Entity, C::DueAt));
        let is_later = planned.gt(Expr::col((Alias::new("excluded"), C::DueAt)));
        // In one statement: of two at once where nothing is planned yet, the earlier must stay as well.
        self.scope
            .upsert_where(vec![free(kind, subject, due_at)], columns, Some(is_later))
            .await
    }

    /// Keeps a subject's work from every other transaction until the commit; answers when it is due.
    pub async fn hold(
        &self,
        kind: WorkKind,
        subject: Uuid,
    ) -> Result<Option<DateTime<Utc>>, StoreError> {
        use due_work::Column as C;
        let mine = C::Kind.eq(kind.word()).and(C::SubjectId.eq(subject));
        let held = self.scope.find::<due_work::Entity>().filter(mine);
        Ok(held.lock(false).one().await?.map(|row| row.due_at))
    }

    /// Sets when the mail of a subject is due, and before which instant of real time nobody gets it. How often it has
    /// failed stays, until all of it has gone.
    pub(crate) async fn schedule_letters(
        &self,
        subject: Uuid,
        due_at: DateTime<Utc>,
        free_at: Option<DateTime<Utc>>,
    ) -> Result<(), StoreError> {
        use due_work::Column as C;
        let row = due_work::ActiveModel {
            kind: Set(WorkKind::Letters.word().to_owned()),
            subject_id: Set(subject),
            due_at: Set(due_at),
            leased_until: Set(free_at),
            failures: Set(0),
            ..Default::default()
        };
        self.scope
            .upsert_all(vec![row], [C::DueAt, C::LeasedUntil])
            .await
    }
}

impl WorkKind {
    /// Every kind, in the order in which it is done: who is in office settles what a term means, both settle what is due
    /// in the morning, and all write letters.
    pub const ALL: [Self; 5] = [
        Self::People,
        Self::Clock,
        Self::Recurrence,
        Self::Digest,
        Self::Letters,
    ];

    pub(super) fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Clock => "clock",
            Self::Letters => "letters",
            Self::People => "people",
            Self::Digest => "digest",
            Self::Recurrence => "recurrence",
        }
    }
}

/// Work that nobody has yet.
pub(super) fn free(kind: WorkKind, subject: Uuid, due_at: DateTime<Utc>) -> due_work::ActiveModel {
    due_work::ActiveModel {
        kind: Set(kind.word().to_owned()),
        subject_id: Set(subject),
        due_at: Set(due_at),
        leased_until: Set(None),
        failures: Set(0),
        ..Default::default()
    }
}

/// The organisations that are on hold, in which nothing is done; it is still due once the hold has ended.
pub(super) fn on_hold() -> SelectStatement {
    let mut on_hold = Query::select();
    on_hold
        .column(tenant::Column::Id)
        .from(tenant::Entity)
        .and_where(tenant::Column::Status.ne(TenantStatus::Active.word()));
    on_hold
}

/// Work of a kind that is due, and that nobody has.
fn due(kind: WorkKind, now: DateTime<Utc>, lease_now: DateTime<Utc>) -> Condition {
    use due_work::Column as C;
    Condition::all()
        .add(C::Kind.eq(kind.word()))
        .add(C::DueAt.lte(now))
        .add(C::TenantId.not_in_subquery(on_hold()))
        .add(C::LeasedUntil.is_null().or(C::LeasedUntil.lte(lease_now)))
}

/// The work, while the lease under which it was handed out holds.
fn leased(work: &DueWork) -> Condition {
    Condition::all()
        .add(due_work::Column::TenantId.eq(work.tenant_id.0))
        .add(due_work::Column::Kind.eq(work.kind.word()))
        .add(due_work::Column::SubjectId.eq(work.subject_id))
        .add(due_work::Column::LeasedUntil.eq(work.leased_until))
}

fn work(
    kind: WorkKind,
    leased_until: DateTime<Utc>,
    row: &due_work::Model,
) -> Result<DueWork, StoreError> {
    Ok(DueWork {
        tenant_id: TenantId(row.tenant_id),
        kind,
        subject_id: row.subject_id,
        due_at: row.due_at,
        leased_until,
        failures: unsigned(row.failures)?,
    })
}
