//! One tenant and another.

use std::collections::HashMap;

use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use wederhoor_procedure::figures::Table;
use wederhoor_procedure::{ComplaintId, CourseId, Locale, MemberId, TenantId};

use super::*;

async fn sees_no_measure(tx: &WriteTx) {
    assert!(tx.count_measures_due(day()).await.unwrap().is_empty());
    let theirs = tx.measures_due(MemberId(id(10)), day(), 10).await.unwrap();
    assert_eq!(theirs, []);
    let due = tx.measures_due_of(&[ComplaintId(id(1))]).await.unwrap();
    assert!(due.is_empty());
}

both! {
    async fn another_tenant_sees_and_changes_nothing(fx) {
        fill(&fx).await;
        let (mine, theirs) = (fx.store.tenant(fx.a), fx.store.tenant(fx.b));
        let tx = theirs.write().await.unwrap();
        let (complaint, everything) = (ComplaintId(id(1)), ComplaintFilter::default());
        let keys = ["role:administrator".to_owned(), "pool:handler".to_owned()];
        assert_eq!(tx.members().await.unwrap(), []);
        assert_eq!(tx.member(MemberId(id(10))).await.unwrap(), None);
        assert_eq!(tx.absences(None).await.unwrap(), []);
        assert_eq!(tx.courses(false, None, 10).await.unwrap(), []);
        assert_eq!(tx.course(course().id).await.unwrap(), None);
        assert_eq!(tx.contacts(None, None, 10).await.unwrap(), []);
        assert_eq!(tx.closing_days().await.unwrap(), []);
        assert_eq!(tx.complaint(complaint).await.unwrap(), None);
        assert_eq!(tx.count_complaints(&everything).await.unwrap(), 0);
        assert!(tx.load_events_many(&[complaint]).await.unwrap().is_empty());
        assert_eq!(tx.verify(complaint).await.unwrap().unwrap().length, 0);
        assert_eq!(tx.destroyed_complaints().await.unwrap(), []);
        assert_eq!(tx.audience(complaint).await.unwrap(), []);
        assert_eq!(tx.audience_levels(&[complaint], &keys).await.unwrap(), []);
        assert!(tx.repeats(&[complaint]).await.unwrap().is_empty());
        assert!(tx.load_bare_events(&[complaint]).await.unwrap().is_empty());
        assert_eq!(tx.deadlines(&[complaint]).await.unwrap(), []);
        sees_no_measure(&tx).await;
        let viewer = Viewer { keys: keys.to_vec(), own_key: None, only_as_party: false };
        let work = WorkFilter { viewer, as_official: false, due_before: at(99), once_over: vec![], internal: vec![] };
        assert_eq!(tx.work_queue(&work, None, 10).await.unwrap(), []);
        assert_eq!(tx.count_work(&work).await.unwrap(), 0);
        assert_eq!(tx.count_courses().await.unwrap(), 0);
        assert!(tx.course_titles(&[course().id]).await.unwrap().is_empty());
        assert!(tx.all_course_titles().await.unwrap().is_empty());
        assert_eq!(tx.count_contacts(None).await.unwrap(), 0);
        assert_eq!(tx.contact(id(40)).await.unwrap(), None);
        assert_eq!(tx.hold_surroundings().await.unwrap().id, fx.b);
        assert_eq!(tx.letters(10).await.unwrap(), []);
        assert_eq!(tx.letter(id(60)).await.unwrap(), None);
        assert_eq!(tx.letters_of(&[complaint]).await.unwrap(), []);
        assert_eq!(tx.letters_to_print(&keys, None, 10).await.unwrap(), []);
        assert_eq!(tx.undelivered_letters(&keys, None, 10).await.unwrap(), []);
        assert_eq!(tx.letters_to_print_of(&keys, &["recurrence"]).await.unwrap(), []);
        assert_eq!(tx.undelivered_letters_of(&keys, &["recurrence"]).await.unwrap(), []);
        assert_eq!((tx.count_overdue(at(99)).await.unwrap(), tx.count_all_undelivered_letters().await.unwrap()), (0, 0));
        assert_eq!(tx.repetition("member:10", "key", &[1]).await.unwrap(), Repetition::First);
        assert_eq!(tx.facts_of(&[complaint]).await.unwrap(), []);
        assert_eq!(tx.facts(None, 10).await.unwrap(), []);
        let ever = (day() - chrono::Days::new(999), day());
        assert!(tx.cells(Table::ALL, ever).await.unwrap().is_empty());
        for log in [AccessTo::Complaint(complaint), AccessTo::By(MemberId(id(10)))] {
            assert_eq!(tx.access_log(log, None, 10).await.unwrap(), []);
            assert_eq!(tx.count_access(log).await.unwrap(), 0);
        }

        assert!(!tx.update_member(member(10)).await.unwrap());
        assert!(!tx.update_course(course()).await.unwrap());
        assert!(!tx.delete_absence(id(30)).await.unwrap());
        assert!(!tx.take_back_closing_day(day(), at(1)).await.unwrap());
        assert!(!tx.mark_posted(id(60), day()).await.unwrap());
        assert_eq!(tx.consume_invitation(&[5; 32], at(1)).await.unwrap(), None);
        assert_eq!(tx.forget_answers(at(99)).await.unwrap(), 0);
        assert_eq!(tx.calendar_feed_made_at(MemberId(id(10)), account(2).id).await.unwrap(), None);
        assert!(!tx.delete_calendar_feed(MemberId(id(10))).await.unwrap());
        assert_eq!(tx.wordings(None).await.unwrap(), []);
        assert!(!tx.delete_wording("decision", Locale::Nl).await.unwrap());
        assert_eq!(tx.bounce_key_made_at().await.unwrap(), None);
        assert!(!tx.delete_bounce_key().await.unwrap());
        assert_eq!(tx.api_key(api_key().id).await.unwrap(), None);
        assert_eq!(tx.api_keys(None, 10).await.unwrap(), []);
        assert_eq!((tx.count_api_keys().await.unwrap(), tx.count_valid_api_keys(at(0)).await.unwrap()), (0, 0));
        assert_eq!(tx.replaced_secrets(&[api_key().id], at(0)).await.unwrap(), HashMap::new());
        assert_eq!(tx.api_key_uses(api_key().id, None, 10).await.unwrap(), []);
        assert_eq!(tx.count_api_key_uses(api_key().id).await.unwrap(), 0);
        assert!(!tx.rotate_api_key(api_key().id, vec![13; 32], &Rotated { at: at(1), expires_at: at(9), replaced_ends_at: at(2) }).await.unwrap());
        assert!(!tx.revoke_api_key(api_key().id, at(1)).await.unwrap());
        tx.mark_failed(id(60), LetterFailure::Refused, "no", at(0)).await.unwrap();
        tx.schedule(WorkKind::Clock, id(1), None).await.unwrap();
        assert_eq!(tx.next_reference("B", 2026, &mut counting()).await.unwrap(), "B-2026-0001", "its own numbers");
        tx.commit().await.unwrap();
        let stale = ComplaintWrite { expected_version: 1, ..filing(1) };
        assert!(matches!(commit(&theirs, stale).await, Err(StoreError::Conflict)));
        for pointing in [
            ComplaintWrite { projection: about(None, Some(10)), ..filing(2) },
            ComplaintWrite { projection: about(Some(20), None), ..filing(2) },
        ] {
            assert!(matches!(commit(&theirs, pointing).await, Err(StoreError::Dangling)));
        }
        commit(&theirs, filing(1)).await.unwrap();
        let tx = mine.read().await.unwrap();
        assert_eq!(tx.calendar_feed_made_at(MemberId(id(10)), account(2).id).await.unwrap(), Some(at(1)));
        assert_eq!(fx.store.platform().calendar_feed(&[8; 32]).await.unwrap(), Some(feed(fx.a)));
        assert_eq!(tx.wordings(Some(&["decision"])).await.unwrap(), [wording("Dag,")]);
        assert_eq!(tx.bounce_key_made_at().await.unwrap(), Some(at(0)));
        assert_eq!(fx.store.platform().bounce_key(&[9; 32]).await.unwrap(), Some(fx.a));
        assert_eq!(tx.api_keys(None, 10).await.unwrap(), [ApiKeyRecord { last_used_at: Some(at(4)), ..api_key() }]);
        assert_eq!(tx.api_key_uses(api_key().id, None, 10).await.unwrap(), [api_key_use()]);
        let found = FoundSecret { tenant_id: fx.a, key_id: api_key().id, ends_at: None };
        assert_eq!(fx.store.platform().api_key_secret(&[12; 32]).await.unwrap(), Some(found));
        assert_eq!(tx.letter(id(60)).await.unwrap().unwrap().status, LetterStatus::Pending);
        assert_eq!(tx.verify(complaint).await.unwrap().unwrap().length, 1);
        let due = fx.store.platform().lease_due(WorkKind::Clock, at(9), at(0), at(1), 9).await.unwrap();
        assert_eq!(due.iter().map(|work| (work.tenant_id, work.subject_id)).collect::<Vec<_>>(), [(fx.a, id(1))]);
    }
}

fn about(course: Option<u128>, handler: Option<u128>) -> ComplaintProjection {
    let mut projection = filing(1).projection;
    projection.course_id = course.map(|number| CourseId(id(number)));
    projection.handler_id = handler.map(|number| MemberId(id(number)));
    projection
}

/// PostgreSQL's own wall, without the scope: the application's login, straight at every table.
#[tokio::test]
async fn without_a_tenant_the_login_sees_no_row() {
    let fx = Fixture::postgres().await;
    fill(&fx).await;
    let tables = "SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid \
        WHERE a.attname = 'tenant_id' AND c.relkind = 'r' ORDER BY 1";
    let tables = fx
        .admin
        .query_all_raw(Statement::from_string(sea_orm::DbBackend::Postgres, tables))
        .await
        .unwrap();
    assert_eq!(tables.len(), 32);
    let app = sea_orm::Database::connect(&fx.url).await.unwrap();
    for table in tables {
        let name: String = table.try_get("", "name").unwrap();
        let count = async |connection: &sea_orm::DatabaseConnection| -> i64 {
            let count = format!("SELECT count(*) AS n FROM {name}");
            let row = connection
                .query_one_raw(Statement::from_string(sea_orm::DbBackend::Postgres, count))
                .await;
            row.unwrap().unwrap().try_get("", "n").unwrap()
        };
        assert!(count(&fx.admin).await > 0, "{name} has no row to hide");
        assert_eq!(count(&app).await, 0, "{name}");
    }
}

both! {
    /// Many tenants on two connections, while a fifth of the callers hangs up.
    async fn connections_that_tenants_share_carry_nothing_over(fx) {
        let config = StoreConfig { max_connections: 2, ..StoreConfig::new(&fx.url) };
        let store = Store::connect(config).await.unwrap();
        let tenants: Vec<_> = (1..=20).map(|number| TenantId(id(0x100 + number))).collect();
        for tenant in &tenants {
            let record = TenantRecord {
                id: *tenant,
                slug: tenant.to_string(),
                name: "shared".to_owned(),
                status: TenantStatus::Active,
                status_reason: None,
                deletion: None,
                settings: json!({}),
                created_at: at(0),
            };
            store.platform().create_tenant(record).await.unwrap();
            let tx = store.tenant(*tenant).write().await.unwrap();
            tx.insert_member(MemberRecord { name: tenant.to_string(), ..member(1) }).await.unwrap();
            tx.commit().await.unwrap();
        }
        let turns = std::sync::Arc::new(tokio::sync::Semaphore::new(16));
        let mut callers = Vec::new();
        for number in 0..3_000_usize {
            let turn = turns.clone().acquire_owned().await.unwrap();
            let handle = store.tenant(tenants[number * 7 % 20]);
            let caller = tokio::spawn(async move {
                let _turn = turn;
                let members = handle.read().await.unwrap().members().await.unwrap();
                let names: Vec<_> = members.into_iter().map(|member| member.name).collect();
                assert_eq!(names, [handle.id().to_string()]);
            });
            if number % 5 == 0 {
                tokio::time::sleep(std::time::Duration::from_micros(number as u64 % 400)).await;
                caller.abort();
            }
            callers.push(caller);
        }
        for caller in callers {
            if let Err(ended) = caller.await {
                assert!(ended.is_cancelled(), "{ended}");
            }
        }
    }
}
