//! Measures that are still to be done.

use std::collections::BTreeMap;

use chrono::Days;
use sea_orm::sea_query::{PostgresQueryBuilder, SqliteQueryBuilder};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::*;

/// Members 10 and 11 each have a measure of every complaint on each of so many days.
async fn many(fx: &Fixture, days: u128) {
    let tx = fx.store.tenant(fx.a).write().await.unwrap();
    for number in [10, 11] {
        tx.insert_member(member(number)).await.unwrap();
    }
    for number in 1..=3 {
        let each = (0..days).flat_map(|later| {
            let due_on = day() + Days::new(u64::try_from(later).unwrap());
            [10, 11].map(|member| measure_due(1_000 + later, member, due_on))
        });
        let write = ComplaintWrite {
            measures: each.collect(),
            ..filing(number)
        };
        tx.commit_complaint(write, &mut salts()).await.unwrap();
    }
    tx.commit().await.unwrap();
}

both! {
    async fn what_is_due_first_comes_first_and_no_more_than_asked_for(fx) {
        many(&fx, 5).await;
        let tx = fx.store.tenant(fx.a).read().await.unwrap();
        let by = day() + Days::new(1);
        let counts = [10, 11].map(|member| (MemberId(id(member)), 6));
        assert_eq!(tx.count_measures_due(by).await.unwrap(), BTreeMap::from(counts));
        let before = day() - Days::new(1);
        assert!(tx.count_measures_due(before).await.unwrap().is_empty());
        let found = tx.measures_due(MemberId(id(10)), by, 4).await.unwrap();
        let record = |number: u128, due_on| DueMeasureRecord { reference: filing(number).reference, due_on };
        assert_eq!(found, [record(1, day()), record(2, day()), record(3, day()), record(1, by)]);
    }
}

both! {
    async fn those_of_a_complaint_are_those_of_its_last_write(fx) {
        many(&fx, 1).await;
        let tenant = fx.store.tenant(fx.a);
        let write = ComplaintWrite {
            expected_version: 1,
            measures: vec![measure_due(1_000, 11, day())],
            ..filing(1)
        };
        commit(&tenant, write).await.unwrap();
        let tx = tenant.read().await.unwrap();
        let all = [1, 2, 9].map(|number| ComplaintId(id(number)));
        let left = measure_due(1_000, 11, day());
        let kept = [(all[0], vec![left]), (all[1], vec![measure_due(1_000, 10, day()), left])];
        assert_eq!(tx.measures_due_of(&all).await.unwrap(), BTreeMap::from(kept));
    }
}

both! {
    async fn they_are_found_by_index_however_many_are_still_to_come(fx) {
        many(&fx, 1_000).await;
        fx.tamper("ANALYZE").await;
        let tx = fx.store.tenant(fx.a).read().await.unwrap();
        let statement = tx.due_of(MemberId(id(10)), day()).limit(50).statement();
        let (backend, question, column) = if fx.is_postgres() {
            let asked = statement.to_string(PostgresQueryBuilder);
            (DbBackend::Postgres, format!("EXPLAIN {asked}"), "QUERY PLAN")
        } else {
            let asked = statement.to_string(SqliteQueryBuilder);
            (DbBackend::Sqlite, format!("EXPLAIN QUERY PLAN {asked}"), "detail")
        };
        let plan = fx.admin.query_all_raw(Statement::from_string(backend, question)).await.unwrap();
        let plan: Vec<String> = plan.iter().map(|row| row.try_get("", column).unwrap()).collect();
        assert!(plan.iter().any(|line| line.contains("measure_due_member")), "{plan:#?}");
        assert!(!plan.iter().any(|line| line.contains("SCAN")), "{plan:#?}");
    }
}
