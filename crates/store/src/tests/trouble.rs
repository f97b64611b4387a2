//! Callers that leave, databases that go away, logins that see too much.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbErr, Statement};
use serde_json::json;

use super::*;

#[tokio::test]
async fn the_login_is_checked() {
    let fx = Fixture::postgres().await;
    assert_eq!(fx.store.check_role().await.unwrap(), []);
    let store = Store::connect(StoreConfig::new(&fx.admin_url))
        .await
        .unwrap();
    assert!(
        store
            .check_role()
            .await
            .unwrap()
            .contains(&RoleFault::Superuser)
    );
    let owner = fx.url.replacen("wederhoor_app", "wederhoor_owner", 1);
    let store = Store::connect(StoreConfig::new(owner)).await.unwrap();
    assert_eq!(store.check_role().await.unwrap(), [RoleFault::OwnsTables]);
    assert_eq!(
        Fixture::sqlite().await.store.check_role().await.unwrap(),
        []
    );
}

both! {
    async fn a_transaction_that_is_dropped_leaves_nothing(fx) {
        let tenant = fx.store.tenant(fx.a);
        let tx = tenant.write().await.unwrap();
        tx.commit_complaint(filing(1), &mut salts()).await.unwrap();
        drop(tx);
        let tx = tenant.write().await.unwrap();
        assert_eq!(tx.count_complaints(&ComplaintFilter::default()).await.unwrap(), 0);
    }
}

both! {
    async fn a_reading_transaction_cannot_write(fx) {
        let tx = fx.store.tenant(fx.a).read().await.unwrap();
        let row = crate::entity::closing_day::ActiveModel {
            closed_on: sea_orm::ActiveValue::Set(day()),
            known_since: sea_orm::ActiveValue::Set(at(0)),
            ..Default::default()
        };
        assert!(tx.scope.insert(row).await.is_err());
    }
}

both! {
    async fn the_same_request_at_the_same_time_is_answered_once(fx) {
        let requests: Vec<_> = (0..20)
            .map(|number| {
                let tenant = fx.store.tenant(fx.a);
                tokio::spawn(async move {
                    let tx = tenant.write().await.unwrap();
                    match tx.claim("member:1", "key", &[1], at(0)).await.unwrap() {
                        Repetition::First => {
                            tx.answer("member:1", "key", &json!(number)).await.unwrap();
                            tx.commit().await.unwrap();
                            json!(number)
                        }
                        Repetition::Answered(answer) => answer,
                        Repetition::Mismatch => panic!("the same request"),
                    }
                })
            })
            .collect();
        let mut answers = Vec::new();
        for request in requests {
            answers.push(request.await.unwrap());
        }
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    }
}

/// Callers that hang up at any moment leave no transaction open and no tenant behind.
async fn hang_up(fx: &Fixture, times: u32) {
    let mut hung: Vec<tokio::task::JoinHandle<Result<(), StoreError>>> = Vec::new();
    for number in 0..times {
        let is_peopled = number % 2 == 0;
        let tenant = fx.store.tenant(if is_peopled { fx.a } else { fx.b });
        let work = tokio::spawn(async move {
            if number % 3 == 0 {
                let tx = tenant.write().await?;
                tx.insert_closing_day(ClosingDay {
                    closed_on: day(),
                    known_since: at(0),
                })
                .await?;
                tx.commit().await
            } else {
                let members = tenant.read().await?.members().await?;
                assert_eq!(
                    members.len(),
                    usize::from(is_peopled),
                    "rows of another tenant"
                );
                Ok(())
            }
        });
        hung.push(work);
        if number % 8 == 7 {
            tokio::time::sleep(Duration::from_micros(u64::from(number * 37 % 1500))).await;
            for work in hung.drain(..) {
                work.abort();
                let ended = work.await;
                assert!(
                    !ended.is_err_and(|error| error.is_panic()),
                    "rows of another tenant"
                );
            }
        }
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
}

both! {
    async fn callers_that_hang_up_leave_nothing_open(fx) {
        let tx = fx.store.tenant(fx.a).write().await.unwrap();
        tx.insert_member(member(1)).await.unwrap();
        tx.commit().await.unwrap();
        hang_up(&fx, 10_000).await;
        if fx.is_postgres() {
            let open = "SELECT count(*) AS n FROM pg_stat_activity \
                WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
            let mut left = 1;
            for _ in 0..100 {
                let row = fx.admin.query_one_raw(Statement::from_string(sea_orm::DbBackend::Postgres, open)).await.unwrap();
                left = row.unwrap().try_get::<i64>("", "n").unwrap();
                if left == 0 {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
            assert_eq!(left, 0, "a transaction was left open");
        }
        for _ in 0..20 {
            let tx = fx.store.tenant(fx.a).write().await.unwrap();
            tx.insert_closing_day(ClosingDay { closed_on: day(), known_since: at(0) }).await.unwrap();
            assert_eq!(tx.closing_days().await.unwrap().len(), 1);
            tx.commit().await.unwrap();
        }
    }
}

/// The server ends every connection in the middle of the work.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_goes_away_and_comes_back_is_used_again() {
    let fx = Fixture::postgres().await;
    let tenant = fx.store.tenant(fx.a);
    let tx = tenant.write().await.unwrap();
    tx.insert_member(member(1)).await.unwrap();
    let others = [tenant.read().await.unwrap(), tenant.read().await.unwrap()];
    drop(others);
    let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
        WHERE datname = current_database() AND usename = 'wederhoor_app'";
    fx.tamper(end).await;
    let lost = tx.insert_member(member(2)).await.unwrap_err();
    assert!(matches!(lost, StoreError::Unavailable { .. }), "{lost}");
    drop(tx);
    tokio::time::sleep(Duration::from_millis(1_100)).await;
    for _ in 0..10 {
        assert_eq!(
            tenant.read().await.unwrap().members().await.unwrap(),
            [],
            "no half write"
        );
    }
}

#[tokio::test]
async fn what_takes_too_long_is_ended_and_the_rest_goes_on() {
    let fx = Fixture::postgres().await;
    let config = StoreConfig {
        max_connections: 1,
        statement_timeout: Duration::from_millis(200),
        idle_in_transaction_timeout: Duration::from_millis(400),
        ..StoreConfig::new(&fx.url)
    };
    let store = Store::connect(config).await.unwrap();
    let connection = store
        .begin(
            crate::store::Access::Read,
            crate::store::Principal::Platform,
        )
        .await
        .unwrap();
    let slow = StoreError::from(
        connection
            .execute_unprepared("SELECT pg_sleep(9)")
            .await
            .unwrap_err(),
    );
    assert!(matches!(slow, StoreError::Busy), "{slow}");
    drop(connection);
    let tx = store.tenant(fx.a).write().await.unwrap();
    tx.insert_member(member(1)).await.unwrap();
    tokio::time::sleep(Duration::from_millis(800)).await;
    let idle = tx.insert_member(member(2)).await.unwrap_err();
    assert!(
        matches!(idle, StoreError::Busy | StoreError::Unavailable { .. }),
        "{idle}"
    );
    drop(tx);
    assert_eq!(
        store
            .tenant(fx.a)
            .read()
            .await
            .unwrap()
            .members()
            .await
            .unwrap(),
        []
    );
}

#[tokio::test]
async fn an_error_repeats_no_value() {
    let fx = Fixture::postgres().await;
    let cast = fx
        .admin
        .execute_unprepared("SELECT 'Robin de Vries'::integer");
    let cast = cast.await.unwrap_err();
    assert!(cast.to_string().contains("Robin"), "{cast}");
    assert_eq!(
        StoreError::from(cast).to_string(),
        "the store failed: the database says 22P02"
    );
    for error in [
        DbErr::Custom("Robin".to_owned()),
        DbErr::Json("Robin".to_owned()),
        DbErr::RecordNotFound("Robin".to_owned()),
        DbErr::Query(sea_orm::RuntimeErr::Internal("Robin".to_owned())),
    ] {
        let told = StoreError::from(error).to_string();
        assert!(!told.contains("Robin"), "{told}");
    }
}

#[tokio::test]
async fn wrong_addresses_are_told_apart() {
    let connect = async |url: &str| {
        let config = StoreConfig {
            acquire_timeout: Duration::from_millis(300),
            ..StoreConfig::new(url)
        };
        Store::connect(config).await.err().unwrap()
    };
    assert!(matches!(
        connect("mysql://localhost/x").await,
        StoreError::Config(_)
    ));
    assert!(matches!(
        connect("postgres://nobody@127.0.0.1:1/x").await,
        StoreError::Unavailable { .. }
    ));
    assert!(matches!(
        connect("sqlite:///nowhere/at/all.db").await,
        StoreError::Unavailable { .. }
    ));
    let file = std::env::temp_dir().join(format!("wederhoor-no-database-{}", std::process::id()));
    std::fs::write(
        &file,
        "this is no database, but it is long enough to be read as the header of one".repeat(9),
    )
    .unwrap();
    let error = connect(&format!("sqlite://{}", file.display())).await;
    assert!(matches!(error, StoreError::Corrupt { .. }), "{error}");
    let _ = std::fs::remove_file(file);
}

both! {
    async fn a_filing_and_a_list_take_few_statements(fx) {
        let tenant = fx.store.tenant(fx.a);
        let setup = u32::from(fx.is_postgres());
        let tx = tenant.write().await.unwrap();
        let reference = tx.next_reference("A", 2026, &mut counting()).await.unwrap();
        let write = ComplaintWrite { reference, due_at: Some(at(5)), ..filing(1) };
        tx.commit_complaint(write, &mut salts()).await.unwrap();
        assert_eq!(tx.statements() - setup, 8, "count, numbers, complaint, events, contents, figures, audience, due work");
        let before = fx.store.statements();
        tx.commit().await.unwrap();
        assert_eq!(fx.store.statements() - before, 1 + u64::from(setup), "sums, and on PostgreSQL the hint");
        let tx = tenant.read().await.unwrap();
        let list = tx.complaints(&ComplaintFilter::default(), ComplaintOrder::ReceivedDesc, None, 20).await;
        assert_eq!((list.unwrap().len(), tx.statements() - setup), (1, 1));
    }
}

#[test]
fn an_address_is_not_shown() {
    let config = StoreConfig::new("postgres://user:secret@db.example/wederhoor");
    assert!(!format!("{config:?}").contains("secret"));
}
