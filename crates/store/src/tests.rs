//! The walls: tenants, transactions, and a database that goes away.

use std::time::Duration;

use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;
use wederhoor_procedure::{ComplaintId, CourseId, MemberId};

use crate::testing::*;
use crate::*;

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 4).unwrap()
}

fn course() -> CourseRecord {
    CourseRecord {
        id: CourseId(id(20)),
        title: "Feedback geven".to_owned(),
        code: Some("FG".to_owned()),
        ended_on: Some(day()),
        organiser_id: Some(MemberId(id(10))),
        is_open: true,
        created_at: at(0),
        sessions: vec![SessionDay {
            id: id(21),
            held_on: day(),
        }],
        trainers: vec![MemberId(id(10)), MemberId(id(11))],
    }
}

fn absence() -> AbsenceRecord {
    let substitute_id = Some(MemberId(id(11)));
    AbsenceRecord {
        id: id(30),
        member_id: MemberId(id(10)),
        from_on: day(),
        until_on: day(),
        substitute_id,
    }
}

fn contact() -> ContactRecord {
    ContactRecord {
        id: id(40),
        contact_on: day(),
        course_id: Some(course().id),
        recorded_by: MemberId(id(10)),
        is_invited: true,
        content: json!({"about": "noise"}),
        created_at: at(1),
    }
}

fn invitation() -> InvitationRecord {
    InvitationRecord {
        id: id(50),
        member_id: MemberId(id(11)),
        token_hash: vec![5; 32],
        expires_at: at(9),
    }
}

fn letter() -> OutboxDraft {
    OutboxDraft {
        id: id(60),
        subject_id: id(1),
        complaint_id: Some(ComplaintId(id(1))),
        letter_key: "confirmation".to_owned(),
        kind: "confirmation".to_owned(),
        recipient: "complainant".to_owned(),
        channel: LetterChannel::Print,
        to_address: None,
        locale: wederhoor_procedure::Locale::En,
        subject: "Your complaint".to_owned(),
        text: "Dear".to_owned(),
        html: "<p>Dear</p>".to_owned(),
        created_at: at(1),
        due_at: at(1),
    }
}

/// Gives tenant `a` a row in every table.
async fn fill(fx: &Fixture) {
    fx.store
        .platform()
        .create_account(account(2))
        .await
        .unwrap();
    let tx = fx.store.tenant(fx.a).write().await.unwrap();
    tx.insert_member(MemberRecord {
        account_id: Some(account(2).id),
        ..member(10)
    })
    .await
    .unwrap();
    tx.insert_member(member(11)).await.unwrap();
    tx.insert_absence(absence()).await.unwrap();
    tx.insert_course(course()).await.unwrap();
    tx.insert_contact(contact()).await.unwrap();
    tx.insert_invitation(invitation()).await.unwrap();
    assert!(
        tx.insert_closing_day(ClosingDay {
            closed_on: day(),
            known_since: at(0)
        })
        .await
        .unwrap()
    );
    assert_eq!(
        tx.claim("member:10", "key", &[1], at(0)).await.unwrap(),
        Repetition::First
    );
    tx.answer("member:10", "key", &json!({"id": 1}))
        .await
        .unwrap();
    let link = AccessLinkRecord {
        token_hash: vec![7],
        tenant_id: fx.a,
        complaint_id: ComplaintId(id(1)),
        party: "complainant".to_owned(),
        address: "digest".to_owned(),
        created_at: at(0),
        expires_at: at(9),
    };
    tx.insert_access_link(link).await.unwrap();
    let deadline = DeadlineRow {
        kind: "answer".to_owned(),
        key: String::new(),
        due_on: day(),
        due_at: at(5),
        met_at: None,
        lapsed_at: None,
    };
    let write = ComplaintWrite {
        deadlines: vec![deadline],
        letters: vec![letter()],
        due_at: Some(at(5)),
        ..filing(1)
    };
    tx.commit_complaint(write, &mut salts()).await.unwrap();
    tx.commit().await.unwrap();
    let session = SessionRecord {
        id: id(70),
        tenant_id: fx.a,
        account_id: account(2).id,
        member_id: MemberId(id(10)),
        family: id(71),
        refresh_hash: vec![1],
        created_at: at(0),
        expires_at: at(9),
        ended_at: None,
    };
    fx.store.platform().create_session(session).await.unwrap();
}

both! {
    async fn what_is_written_is_read(fx) {
        fill(&fx).await;
        let tx = fx.store.tenant(fx.a).read().await.unwrap();
        assert_eq!(tx.tenant(), fx.a);
        let with_account = MemberRecord { account_id: Some(account(2).id), ..member(10) };
        assert_eq!(tx.members().await.unwrap(), [with_account.clone(), member(11)]);
        assert_eq!(tx.members_by_email("MEMBER10@example.example").await.unwrap(), [with_account]);
        assert_eq!(tx.absences(Some(day())).await.unwrap(), [absence()]);
        assert_eq!(tx.absences(day().succ_opt()).await.unwrap(), []);
        assert_eq!(tx.courses(true, None, 10).await.unwrap(), [course()]);
        assert_eq!(tx.courses(false, Some(course().id), 10).await.unwrap(), []);
        assert_eq!(tx.contacts(None, 10).await.unwrap(), [contact()]);
        assert_eq!(tx.closing_days().await.unwrap().len(), 1);
        assert_eq!(tx.policy_at(at(1)).await.unwrap(), Some(policy(1)));
        assert_eq!(tx.policy_at(at(0)).await.unwrap(), None);
        assert_eq!(tx.latest_policy().await.unwrap(), Some(policy(1)));
        let repetition = tx.repetition("member:10", "key", &[1]).await.unwrap();
        assert_eq!(repetition, Repetition::Answered(json!({"id": 1})));
        assert_eq!(tx.repetition("member:10", "key", &[2]).await.unwrap(), Repetition::Mismatch);
        assert_eq!(tx.letters(10).await.unwrap().remove(0).draft, letter());
    }
}

both! {
    async fn changes_reach_their_row_only(fx) {
        fill(&fx).await;
        let tx = fx.store.tenant(fx.a).write().await.unwrap();
        let renamed = MemberRecord { name: "Zoë".to_owned(), roles: vec![], ..member(11) };
        assert!(tx.update_member(renamed.clone()).await.unwrap());
        assert!(!tx.update_member(member(99)).await.unwrap());
        assert_eq!(tx.members().await.unwrap()[1], renamed);
        let moved = CourseRecord { trainers: vec![MemberId(id(11))], sessions: vec![], is_open: false, ..course() };
        assert!(tx.update_course(moved.clone()).await.unwrap());
        assert_eq!(tx.course(moved.id).await.unwrap(), Some(moved));
        assert!(tx.delete_absence(id(30)).await.unwrap());
        assert!(!tx.delete_absence(id(30)).await.unwrap());
        assert!(tx.delete_closing_day(day()).await.unwrap());
        let taken = tx.consume_invitation(&[5; 32], at(1)).await.unwrap();
        assert_eq!(taken, Some(invitation()));
        assert_eq!(tx.consume_invitation(&[5; 32], at(1)).await.unwrap(), None, "once");
        assert_eq!(tx.forget_answers(at(1)).await.unwrap(), 1);
        assert_eq!(tx.repetition("member:10", "key", &[2]).await.unwrap(), Repetition::First);
        tx.insert_policy(policy(2)).await.unwrap();
        assert_eq!(tx.policies().await.unwrap(), [policy(2), policy(1)]);
        tx.commit().await.unwrap();
    }
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
        assert_eq!(tx.contacts(None, 10).await.unwrap(), []);
        assert_eq!(tx.closing_days().await.unwrap(), []);
        assert_eq!(tx.complaint(complaint).await.unwrap(), None);
        assert_eq!(tx.count_complaints(&everything).await.unwrap(), 0);
        assert_eq!(tx.load_events(complaint).await.unwrap(), []);
        assert_eq!(tx.verify(complaint).await.unwrap().unwrap().length, 0);
        assert_eq!(tx.audience(complaint).await.unwrap(), []);
        assert_eq!(tx.audience_levels(&[complaint], &keys).await.unwrap(), []);
        assert_eq!(tx.deadlines(&[complaint]).await.unwrap(), []);
        let viewer = Viewer { keys: keys.to_vec(), own_key: None };
        assert_eq!(tx.work_queue(&viewer, at(99), 10).await.unwrap(), []);
        assert_eq!(tx.letters(10).await.unwrap(), []);
        assert_eq!(tx.letter(id(60)).await.unwrap(), None);
        assert_eq!(tx.letters_of(complaint).await.unwrap(), []);
        assert_eq!(tx.letters_to_print(None, 10).await.unwrap(), []);
        assert_eq!(tx.repetition("member:10", "key", &[1]).await.unwrap(), Repetition::First);

        assert!(!tx.update_member(member(10)).await.unwrap());
        assert!(!tx.update_course(course()).await.unwrap());
        assert!(!tx.delete_absence(id(30)).await.unwrap());
        assert!(!tx.delete_closing_day(day()).await.unwrap());
        assert!(!tx.mark_posted(id(60), day()).await.unwrap());
        assert_eq!(tx.consume_invitation(&[5; 32], at(1)).await.unwrap(), None);
        assert_eq!(tx.forget_answers(at(99)).await.unwrap(), 0);
        tx.mark_failed(id(60), "no").await.unwrap();
        tx.schedule(WorkKind::Clock, id(1), None).await.unwrap();
        assert_eq!(tx.next_reference("B", 2026).await.unwrap(), "B-2026-0001", "its own numbers");
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
    assert!(tables.len() >= 22, "{}", tables.len());
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

#[tokio::test]
async fn the_login_is_checked() {
    let fx = Fixture::postgres().await;
    assert_eq!(fx.store.check_role().await.unwrap(), []);
    let superuser = fx.url.replacen("wederhoor_app", "postgres", 1);
    let store = Store::connect(StoreConfig::new(superuser)).await.unwrap();
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
    let mut hung = Vec::new();
    for number in 0..times {
        let tenant = fx.store.tenant(if number % 2 == 0 { fx.a } else { fx.b });
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
                tenant.read().await?.members().await.map(|_| ())
            }
        });
        hung.push(work);
        if number % 8 == 7 {
            tokio::time::sleep(Duration::from_micros(u64::from(number * 37 % 1500))).await;
            hung.drain(..).for_each(|work| work.abort());
        }
    }
    tokio::time::sleep(Duration::from_millis(300)).await;
}

both! {
    async fn callers_that_hang_up_leave_nothing_open(fx) {
        hang_up(&fx, 2_000).await;
        if fx.is_postgres() {
            let open = "SELECT count(*) AS n FROM pg_stat_activity \
                WHERE datname = current_database() AND state LIKE 'idle in transaction%'";
            let row = fx.admin.query_one_raw(Statement::from_string(sea_orm::DbBackend::Postgres, open)).await.unwrap();
            assert_eq!(row.unwrap().try_get::<i64>("", "n").unwrap(), 0);
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
    assert!(matches!(lost, StoreError::Unavailable), "{lost}");
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
        StoreError::Unavailable
    ));
    assert!(matches!(
        connect("sqlite:///nowhere/at/all.db").await,
        StoreError::Unavailable
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
        let write = ComplaintWrite { due_at: Some(at(5)), ..filing(1) };
        tx.commit_complaint(write, &mut salts()).await.unwrap();
        assert_eq!(tx.statements() - setup, 6, "events, contents, audience, due work, number, complaint");
        tx.commit().await.unwrap();
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
