//! What is told of the platform as a whole.

use chrono::{DateTime, Utc};

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::*;
use crate::ComplaintFilter;

both! {
    async fn the_platform_tells_its_steps_its_last_work_and_its_oldest_letter(fx) {
        let platform = fx.store.platform();
        let fresh = platform.health(at(9), 2).await.unwrap();
        assert!(fresh.steps.contains(&"m20261121_070000_create_platform".to_owned()), "{fresh:?}");
        assert_eq!((fresh.worked_at, fresh.letter_due_at, fresh.failing), (None, None, 0));
        assert!(fresh.is_writable);
        for hour in [1, 2] {
            platform.note_worked(at(hour)).await.unwrap();
        }
        for (tenant, number, hour) in [(fx.a, 1, 5), (fx.b, 2, 4)] {
            let mail = OutboxDraft { due_at: at(hour), subject_id: id(number), complaint_id: Some(ComplaintId(id(number))), ..letter(10 + number, "one", LetterChannel::Mail) };
            let write = ComplaintWrite { letters: vec![mail], due_at: Some(at(3)), ..filing(number) };
            commit(&fx.store.tenant(tenant), write).await.unwrap();
        }
        let told = async |hour: i64| platform.health(at(hour), 2).await.unwrap();
        assert_eq!(told(3).await, fresh.clone().with(Some(at(2)), None), "only letters count, and only due ones");
        assert_eq!(told(9).await, fresh.clone().with(Some(at(2)), Some(at(4))));
        platform.set_tenant_status("b", TenantStatus::Suspended, None).await.unwrap();
        assert_eq!(told(9).await, fresh.with(Some(at(2)), Some(at(5))), "what is on hold is not late");
        for (failed, failing) in [(1, 0), (2, 1)] {
            let lease = platform.lease_due(WorkKind::Letters, at(9), at(9 * failed), at(9 * failed + 1), 1).await.unwrap();
            platform.fail_due(&lease[0], at(9 * failed + 2)).await.unwrap();
            assert_eq!(told(9).await.failing, failing, "failed {failed} times");
        }
    }
}

both! {
    async fn a_database_that_takes_no_writing_is_told_at_once_and_works_on_without_hands(fx) {
        let (platform, tenant) = (fx.store.platform(), fx.store.tenant(fx.a));
        commit(&tenant, filing(1)).await.unwrap();
        let is_writable = async || again(async || platform.health(at(9), 2).await).await.unwrap().is_writable;
        let file = async || again(async || commit(&tenant, filing(2)).await).await;
        set_read_only(&fx, "on").await;
        if fx.is_postgres() {
            assert!(!is_writable().await, "before anybody has tried");
        }
        let refused = file().await.unwrap_err();
        assert!(matches!(refused, StoreError::Unwritable { .. }), "{refused}");
        assert!(!is_writable().await, "it is tried, and refused");
        let counted = again(async || tenant.read().await?.count_complaints(&ComplaintFilter::default()).await).await;
        assert_eq!(counted.unwrap(), 1, "reading goes on");
        set_read_only(&fx, "off").await;
        assert!(is_writable().await, "though nobody has written since");
        file().await.unwrap();
    }
}

#[tokio::test]
async fn what_fails_again_and_again_is_counted_by_an_index() {
    let fx = Fixture::sqlite().await;
    let plan = "EXPLAIN QUERY PLAN SELECT COUNT(*) FROM due_work WHERE failures >= 5";
    let plan = Statement::from_string(DbBackend::Sqlite, plan);
    let row = fx.admin.query_one_raw(plan).await.unwrap().unwrap();
    let detail: String = row.try_get("", "detail").unwrap();
    assert!(detail.contains("due_work_failures"), "{detail}");
}

/// Connections that were ended are found out one by one.
async fn again<T>(ask: impl AsyncFn() -> Result<T, StoreError>) -> Result<T, StoreError> {
    for _ in 0..50 {
        match ask().await {
            Err(StoreError::Unavailable { .. }) => {}
            other => return other,
        }
    }
    panic!("the database does not come back");
}

/// PostgreSQL ends every session, and transactions of new ones are read-only or not; on SQLite those of who writes.
async fn set_read_only(fx: &Fixture, value: &str) {
    if fx.is_postgres() {
        let set = "DO $$ BEGIN EXECUTE format('ALTER ROLE wederhoor_app IN DATABASE %I SET default_transaction_read_only = VALUE', current_database()); END $$";
        fx.tamper(&set.replace("VALUE", value)).await;
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename = 'wederhoor_app'";
        return fx.tamper(end).await;
    }
    let query_only = match value {
        "on" => "PRAGMA query_only = ON",
        _ => "PRAGMA query_only = OFF",
    };
    let done = sea_orm::sqlx::query(query_only).execute(fx.store.writer());
    done.await.unwrap();
}

impl Health {
    fn with(self, worked_at: Option<DateTime<Utc>>, letter_due_at: Option<DateTime<Utc>>) -> Self {
        Self {
            worked_at,
            letter_due_at,
            ..self
        }
    }
}
