use chrono::{NaiveDate, TimeDelta};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use wederhoor_procedure::{ComplaintId, CourseId, MemberId};

use super::*;
use crate::testing::*;
use crate::{CourseRecord, ReadTx, StoreError, TenantStore};

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, day).unwrap()
}

fn viewer(keys: &[&str], own: Option<&str>) -> ComplaintFilter {
    let keys = keys.iter().map(|key| (*key).to_owned()).collect();
    ComplaintFilter {
        viewer: Some(Viewer {
            keys,
            own_key: own.map(str::to_owned),
            only_as_party: false,
        }),
        ..Default::default()
    }
}

fn deadline(kind: &str, due: u32) -> DeadlineRow {
    DeadlineRow {
        kind: kind.to_owned(),
        key: String::new(),
        due_on: day(due),
        due_at: at(i64::from(due)),
        met_at: None,
        lapsed_at: None,
    }
}

/// What is due before the ninth instant, for who has this key.
fn work(key: &str) -> WorkFilter {
    WorkFilter {
        viewer: Viewer {
            keys: vec![key.to_owned()],
            own_key: None,
            only_as_party: false,
        },
        as_official: false,
        due_before: at(9),
        once_over: vec![],
        internal: vec![],
    }
}

async fn ids(tx: &ReadTx, filter: &ComplaintFilter) -> Vec<u128> {
    let rows = tx
        .complaints(filter, ComplaintOrder::ReceivedAsc, None, 100)
        .await
        .unwrap();
    assert_eq!(
        tx.count_complaints(filter).await.unwrap(),
        rows.len() as u64
    );
    rows.iter().map(|row| row.id.0.as_u128()).collect()
}

/// Ten complaints: received an hour apart in pairs, every second one due, the last three closed.
async fn ten(tenant: &TenantStore) {
    for number in 1..=10_u32 {
        let mut write = filing(number.into());
        let hour = i64::from(number);
        write.projection.received_at = at(hour / 2);
        if number % 2 == 0 {
            write.projection.next_due_at = Some(at(100 - hour / 4));
            write.projection.next_due_kind = Some("answer".to_owned());
            write.projection.next_due_on = Some(day(number));
        }
        if number > 7 {
            write.projection.state = "closed".to_owned();
            write.projection.outcome = Some("agreed".to_owned());
            write.projection.closed_at = Some(at(200 + hour));
        }
        commit(tenant, write).await.unwrap();
    }
}

both! {
    async fn every_order_pages_through_everything_once(fx) {
        let tenant = fx.store.tenant(fx.a);
        ten(&tenant).await;
        let tx = tenant.read().await.unwrap();
        let all = ComplaintFilter::default();
        for order in
            [ComplaintOrder::ReceivedDesc, ComplaintOrder::ReceivedAsc, ComplaintOrder::NextDueAsc, ComplaintOrder::ClosedDesc]
        {
            let whole = tx.complaints(&all, order, None, 100).await.unwrap();
            assert_eq!(whole.len(), 10);
            let mut paged = Vec::new();
            let mut after = None;
            loop {
                let page = tx.complaints(&all, order, after, 3).await.unwrap();
                let Some(last) = page.last() else { break };
                after = Some(order.cursor(last));
                paged.extend(page);
            }
            assert_eq!(paged, whole, "{order:?}");
        }
        let first = |order| { let (tx, all) = (&tx, &all); async move {
            let rows = tx.complaints(all, order, None, 2).await.unwrap();
            rows.iter().map(|row| row.id.0.as_u128()).collect::<Vec<_>>()
        }};
        assert_eq!(first(ComplaintOrder::ReceivedDesc).await, [10, 9]);
        assert_eq!(first(ComplaintOrder::ReceivedAsc).await, [1, 2]);
        assert_eq!(first(ComplaintOrder::NextDueAsc).await, [8, 10]);
        assert_eq!(first(ComplaintOrder::ClosedDesc).await, [10, 9]);
    }
}

both! {
    async fn filters_narrow(fx) {
        let tenant = fx.store.tenant(fx.a);
        ten(&tenant).await;
        let tx = tenant.read().await.unwrap();
        let all = ComplaintFilter::default;
        assert_eq!(ids(&tx, &ComplaintFilter { states: vec!["closed".to_owned()], ..all() }).await, [8, 9, 10]);
        assert_eq!(ids(&tx, &ComplaintFilter { outcomes: vec!["agreed".to_owned()], ..all() }).await, [8, 9, 10]);
        assert_eq!(ids(&tx, &ComplaintFilter { is_open: Some(true), ..all() }).await, [1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(ids(&tx, &ComplaintFilter { overdue_at: Some(at(99)), ..all() }).await, [4, 6]);
        let received = ComplaintFilter { received_from: Some(at(1)), received_before: Some(at(2)), ..all() };
        assert_eq!(ids(&tx, &received).await, [2, 3]);
        let reference = ComplaintFilter { reference: Some("A-2026-0004".to_owned()), ..all() };
        assert_eq!(ids(&tx, &reference).await, [4]);
        assert_eq!(ids(&tx, &ComplaintFilter { ids: Some(vec![]), ..all() }).await, [0_u128; 0]);
    }
}

both! {
    async fn a_list_shows_names_in_one_statement(fx) {
        let tenant = fx.store.tenant(fx.a);
        let tx = tenant.write().await.unwrap();
        tx.insert_member(member(7)).await.unwrap();
        let course = CourseRecord {
            id: CourseId(id(8)),
            title: "Feedback geven".to_owned(),
            code: None,
            ended_on: Some(day(1)),
            organiser_id: None,
            is_open: true,
            created_at: at(0),
            sessions: vec![],
            trainers: vec![MemberId(id(7))],
        };
        tx.insert_course(course).await.unwrap();
        tx.commit().await.unwrap();
        let mut write = filing(1);
        write.projection.handler_id = Some(MemberId(id(7)));
        write.projection.course_id = Some(CourseId(id(8)));
        commit(&tenant, write.clone()).await.unwrap();
        let tx = tenant.read().await.unwrap();
        let before = tx.statements();
        let by_handler = ComplaintFilter { handler_id: Some(MemberId(id(7))), ..viewer(&["pool:handler"], None) };
        let row = tx.complaints(&by_handler, ComplaintOrder::ReceivedDesc, None, 20).await.unwrap().remove(0);
        assert_eq!(tx.statements() - before, 1);
        assert_eq!(row.handler_name.as_deref(), Some("Member 7"));
        assert_eq!(row.course_title.as_deref(), Some("Feedback geven"));
        assert_eq!((row.version, row.projection), (1, write.projection));
    }
}

both! {
    async fn a_viewer_sees_what_a_key_lets_in_and_nothing_that_shuts_out(fx) {
        let tenant = fx.store.tenant(fx.a);
        commit(&tenant, filing(1)).await.unwrap();
        let mut write = filing(2);
        write.audience.push(seen("member:x", "excluded"));
        commit(&tenant, write).await.unwrap();
        let mut write = filing(3);
        write.audience = vec![seen("member:x", "party")];
        commit(&tenant, write).await.unwrap();
        let tx = tenant.read().await.unwrap();
        assert_eq!(ids(&tx, &viewer(&["role:administrator"], None)).await, [1, 2]);
        assert_eq!(ids(&tx, &viewer(&["role:administrator", "member:x"], Some("member:x"))).await, [1, 3]);
        assert_eq!(ids(&tx, &viewer(&["member:x"], Some("member:x"))).await, [3]);
        assert_eq!(ids(&tx, &viewer(&["member:y"], Some("member:y"))).await, [0_u128; 0]);
        assert_eq!(ids(&tx, &viewer(&[], None)).await, [0_u128; 0]);
        let keys = ["member:x".to_owned()];
        let mut levels = tx.audience_levels(&[ComplaintId(id(2)), ComplaintId(id(3))], &keys).await.unwrap();
        levels.sort();
        let levels: Vec<_> = levels.iter().map(|(id, row)| (id.0.as_u128(), row.level.as_str())).collect();
        assert_eq!(levels, [(2, "excluded"), (3, "party")]);
    }
}

both! {
    async fn a_write_replaces_audience_and_deadlines(fx) {
        let tenant = fx.store.tenant(fx.a);
        let write = ComplaintWrite { deadlines: vec![deadline("assign", 3), deadline("answer", 9)], ..filing(1) };
        commit(&tenant, write).await.unwrap();
        let tx = tenant.read().await.unwrap();
        let administrator = work("role:administrator");
        let queue = tx.work_queue(&administrator, None, 10).await.unwrap();
        assert_eq!(queue.len(), 1);
        assert_eq!((queue[0].reference.as_str(), &queue[0].deadline), ("A-2026-0001", &deadline("assign", 3)));
        assert!(tx.work_queue(&work("member:y"), None, 10).await.unwrap().is_empty());
        drop(tx);
        let met = DeadlineRow { met_at: Some(at(2)), ..deadline("answer", 9) };
        let write = ComplaintWrite {
            expected_version: 1,
            audience: vec![seen("member:z", "full")],
            deadlines: vec![met.clone()],
            ..filing(1)
        };
        commit(&tenant, write).await.unwrap();
        let tx = tenant.read().await.unwrap();
        assert_eq!(tx.audience(ComplaintId(id(1))).await.unwrap(), [seen("member:z", "full")]);
        assert_eq!(tx.deadlines(&[ComplaintId(id(1))]).await.unwrap(), [(ComplaintId(id(1)), met)]);
        assert!(tx.work_queue(&WorkFilter { due_before: at(99), ..administrator }, None, 10).await.unwrap().is_empty());
    }
}

both! {
    async fn a_work_queue_pages_by_place_and_hides_what_only_officials_learn(fx) {
        let tenant = fx.store.tenant(fx.a);
        let row = |kind: &str, key: u32, due: u32| DeadlineRow { key: key.to_string(), ..deadline(kind, due) };
        for number in 1..=4 {
            let deadlines = vec![row("answer", 0, 5), row("answer", 1, 5), row("posting", 2, 5), row("assign", 3, number)];
            let audience = vec![seen("member:o", "official"), seen("member:p", "complainant")];
            commit(&tenant, ComplaintWrite { audience, deadlines, ..filing(number.into()) }).await.unwrap();
        }
        let tx = tenant.read().await.unwrap();
        let mut official = work("member:o");
        official.internal = vec!["posting".to_owned()];
        let whole = tx.work_queue(&official, None, 100).await.unwrap();
        assert_eq!((whole.len(), tx.count_work(&official).await.unwrap()), (16, 16));
        assert!(whole.is_sorted_by_key(|item| item.deadline.due_at));
        let (mut paged, mut after) = (Vec::new(), None);
        loop {
            let page = tx.work_queue(&official, after.as_ref(), 3).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(last.place());
            paged.extend(page);
        }
        assert_eq!(paged, whole);
        let by = WorkBounds { now: at(2), today: day(3), week_ends_on: day(4) };
        let waiting = Waiting { overdue: 2, due_today: 1, due_this_week: 2, total: 16 };
        assert_eq!(tx.count_waiting(&official, by).await.unwrap(), waiting);
        let party = WorkFilter { viewer: work("member:p").viewer, ..official.clone() };
        assert_eq!(tx.count_waiting(&party, by).await.unwrap(), Waiting { total: 12, ..waiting });
        assert_eq!(tx.count_waiting(&work("member:y"), by).await.unwrap(), Waiting::default());
        let seen = tx.work_queue(&party, None, 100).await.unwrap();
        assert_eq!((seen.len(), tx.count_work(&party).await.unwrap()), (12, 12));
        assert!(seen.iter().all(|item| item.deadline.kind != "posting"));
        let office = [(&official, 16), (&party, 0)];
        for (filter, found) in office {
            let filter = WorkFilter { as_official: true, ..filter.clone() };
            assert_eq!(tx.count_work(&filter).await.unwrap(), found);
        }
    }
}

both! {
    async fn what_only_officials_learn_of_is_overdue_for_them_only(fx) {
        let tenant = fx.store.tenant(fx.a);
        for (number, kind) in [(1, "posting"), (2, "answer")] {
            let mut write = filing(number);
            write.audience = vec![seen("member:o", "official"), seen("member:p", "complainant")];
            write.projection.next_due_at = Some(at(1));
            write.projection.next_due_kind = Some(kind.to_owned());
            write.projection.next_due_on = Some(day(1));
            commit(&tenant, write).await.unwrap();
        }
        let tx = tenant.read().await.unwrap();
        let overdue = |filter: ComplaintFilter| ComplaintFilter {
            overdue_at: Some(at(2)),
            internal: vec!["posting".to_owned()],
            ..filter
        };
        assert_eq!(ids(&tx, &overdue(viewer(&["member:o"], None))).await, [1, 2]);
        assert_eq!(ids(&tx, &overdue(viewer(&["member:p"], None))).await, [2]);
        assert_eq!(ids(&tx, &overdue(ComplaintFilter::default())).await, [2], "nobody in particular");
    }
}

both! {
    async fn of_forty_commands_on_one_version_one_wins(fx) {
        let tenant = fx.store.tenant(fx.a);
        commit(&tenant, filing(1)).await.unwrap();
        let commands = (0..40).map(|number| {
            let tenant = tenant.clone();
            tokio::spawn(async move {
                let entries = vec![entry("noted", json!({"by": number, "text": {"confidential": number}}))];
                commit(&tenant, ComplaintWrite { expected_version: 1, entries, ..filing(1) }).await
            })
        });
        let mut won = 0;
        for command in commands.collect::<Vec<_>>() {
            match command.await.unwrap() {
                Ok(version) => {
                    assert_eq!(version, 2);
                    won += 1;
                }
                Err(StoreError::Conflict) => {}
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(won, 1);
        let verified = tenant.read().await.unwrap().verify(ComplaintId(id(1))).await.unwrap().unwrap();
        assert_eq!(verified.length, 2);
    }
}

both! {
    async fn filings_at_the_same_time_get_numbers_of_their_own(fx) {
        let tenant = fx.store.tenant(fx.a);
        let filings: Vec<_> = (1..=20)
            .map(|number| {
                let tenant = tenant.clone();
                tokio::spawn(async move {
                    let tx = tenant.write().await.unwrap();
                    let before = tx.statements();
                    let reference = tx.next_reference("A", 2026, &mut counting()).await.unwrap();
                    assert!(tx.statements() - before >= 2);
                    let write = ComplaintWrite { reference: reference.clone(), ..filing(number) };
                    tx.commit_complaint(write, &mut salts()).await.unwrap();
                    tx.commit().await.unwrap();
                    reference
                })
            })
            .collect();
        let mut references = Vec::new();
        for filing in filings {
            references.push(filing.await.unwrap());
        }
        references.sort();
        let expected: Vec<_> = (1..=20).map(|number| format!("A-2026-{number:04}")).collect();
        assert_eq!(references, expected, "all draw the same, and each takes what is free");
    }
}

both! {
    async fn a_number_tells_neither_what_came_before_nor_how_many_there_are(fx) {
        let tx = fx.store.tenant(fx.a).write().await.unwrap();
        assert_eq!(tx.next_reference("A", 2026, &mut || 7_042).await.unwrap(), "A-2026-7042");
        assert_eq!(tx.next_reference("A", 2026, &mut || 10_003).await.unwrap(), "A-2026-0003");
        assert_eq!([2_500, 2_501, 25_001].map(super::reference::numbers), [10_000, 100_000, 1_000_000], "a quarter is used");
    }
}

both! {
    /// SQLite looks through all letters of the tenant when a complaint comes in for which rows wait.
    async fn a_new_complaint_stands_before_all_that_names_it(fx) {
        let naming = ["complaint_audience", "complaint_deadline", "complaint_event", "outbox"];
        for table in naming {
            let at_once = if fx.is_postgres() {
                format!("ALTER TABLE {table} ALTER CONSTRAINT {table}_tenant_id_complaint_id_fkey NOT DEFERRABLE")
            } else {
                format!(
                    "CREATE TRIGGER {table}_waits BEFORE INSERT ON {table} WHEN NOT EXISTS (SELECT 1 FROM complaint
                     WHERE tenant_id = NEW.tenant_id AND id = NEW.complaint_id)
                     BEGIN SELECT RAISE(ABORT, 'its complaint is not there yet'); END"
                )
            };
            fx.tamper(&at_once).await;
        }
        let letter = crate::tests::letter();
        let write = ComplaintWrite { deadlines: vec![deadline("assign", 3)], letters: vec![letter], ..filing(1) };
        commit(&fx.store.tenant(fx.a), write).await.unwrap();
        let names = "SELECT count(*) AS number FROM complaint_audience, complaint_deadline, complaint_event, outbox";
        let backend = fx.admin.get_database_backend();
        let found = fx.admin.query_one_raw(Statement::from_string(backend, names)).await.unwrap().unwrap();
        assert_eq!(found.try_get::<i64>("", "number").unwrap(), 2, "two may see it, and all else is there once");
    }
}

both! {
    async fn stale_and_impossible_versions_leave_nothing(fx) {
        let tenant = fx.store.tenant(fx.a);
        commit(&tenant, filing(1)).await.unwrap();
        for expected_version in [0, 2, 7] {
            let write = ComplaintWrite { expected_version, ..filing(1) };
            let error = commit(&tenant, write).await.unwrap_err();
            assert!(matches!(error, StoreError::Conflict), "{expected_version}: {error}");
        }
        let missing = ComplaintWrite { expected_version: 1, ..filing(2) };
        assert!(matches!(commit(&tenant, missing).await, Err(StoreError::Conflict)));
        let mut dangling = filing(3);
        dangling.projection.handler_id = Some(MemberId(id(99)));
        assert!(matches!(commit(&tenant, dangling).await, Err(StoreError::Dangling)));
        let tx = tenant.read().await.unwrap();
        assert_eq!(ids(&tx, &ComplaintFilter::default()).await, [1]);
        assert_eq!(events(&tx, 3).await, []);
    }
}

both! {
    async fn instants_survive_to_the_microsecond(fx) {
        let tenant = fx.store.tenant(fx.a);
        let exact = at(1) + TimeDelta::microseconds(123_456);
        let mut write = filing(1);
        write.projection.received_at = exact;
        write.entries[0].at = exact;
        commit(&tenant, write).await.unwrap();
        let tx = tenant.read().await.unwrap();
        assert_eq!(tx.complaint(ComplaintId(id(1))).await.unwrap().unwrap().projection.received_at, exact);
        assert_eq!(events(&tx, 1).await[0].at, exact);
    }
}
