//! What is noted of who saw and did what.

use sea_orm::{ConnectionTrait, Statement};
use wederhoor_procedure::{ComplaintId, MemberId};

use super::*;

const OF_ONE: AccessTo = AccessTo::Complaint(ComplaintId(uuid::Uuid::from_u128(1)));

both! {
    async fn the_log_is_read_newest_first_and_the_same_is_noted_once(fx) {
        fill(&fx).await;
        let tx = fx.store.tenant(fx.a).write().await.unwrap();
        let party = Accessor::Party("complainant".to_owned());
        let by_link = AccessRecord { at: at(4), who: party, session_id: None, sign_in_id: None, ..access(81) };
        let again = AccessRecord { at: at(5), ..access(80) };
        tx.note_access(vec![by_link.clone(), again, access(79)]).await.unwrap();
        tx.note_access(vec![]).await.unwrap();
        tx.commit().await.unwrap();
        let tx = fx.store.tenant(fx.a).read().await.unwrap();
        assert_eq!(tx.access_log(OF_ONE, None, 10).await.unwrap(), [by_link.clone(), access(80), access(79)]);
        assert_eq!(tx.access_log(OF_ONE, Some((at(4), id(81))), 1).await.unwrap(), [access(80)]);
        assert_eq!(tx.access_log(OF_ONE, Some((at(3), id(80))), 9).await.unwrap(), [access(79)]);
        assert_eq!(tx.count_access(OF_ONE).await.unwrap(), 3);
        let by_member = AccessTo::By(MemberId(id(10)));
        assert_eq!(tx.access_log(by_member, None, 10).await.unwrap(), [access(80), access(79)]);
        assert_eq!(tx.count_access(by_member).await.unwrap(), 2);
    }
}

both! {
    async fn of_a_complaint_that_is_not_there_nothing_is_noted(fx) {
        fill(&fx).await;
        let tx = fx.store.tenant(fx.a).write().await.unwrap();
        let nowhere = AccessRecord { complaint_id: ComplaintId(id(99)), ..access(82) };
        tx.note_access(vec![nowhere]).await.unwrap();
        assert!(matches!(tx.commit().await, Err(StoreError::Dangling)));
    }
}

/// Closes the one complaint.
async fn close(tenant: &TenantStore) {
    let mut closed = ComplaintWrite {
        expected_version: 1,
        entries: vec![entry("closed", json!({}))],
        ..filing(1)
    };
    closed.projection.closed_at = Some(at(3));
    let tx = tenant.write().await.unwrap();
    tx.commit_complaint(closed, &mut salts()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Tells of the destruction of the one complaint, and forgets who saw it.
async fn destroy(tenant: TenantStore) {
    let tx = tenant.write().await.unwrap();
    tx.lock_complaint(ComplaintId(id(1))).await.unwrap();
    let destroyed = ComplaintWrite {
        expected_version: 2,
        entries: vec![entry("destroyed", json!({}))],
        ..filing(1)
    };
    tx.commit_complaint(destroyed, &mut salts()).await.unwrap();
    tx.forget_party(ComplaintId(id(1)), MemberId(id(10)), "complainant")
        .await
        .unwrap();
    tx.commit().await.unwrap();
}

/// Whether somebody waits for a lock of somebody else.
async fn is_anybody_kept_waiting(fx: &Fixture) -> bool {
    let waiting = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let waiting = Statement::from_string(fx.admin.get_database_backend(), waiting);
    fx.admin.query_one_raw(waiting).await.unwrap().is_some()
}

both! {
    /// A destruction waits for what is being noted, and what is noted after it names no side.
    async fn whenever_it_is_written_no_party_is_named_who_saw_what_is_destroyed(fx) {
        fill(&fx).await;
        let tenant = fx.store.tenant(fx.a);
        close(&tenant).await;
        let seen = |number| AccessRecord { side: Some("complainant".to_owned()), ..access(number) };
        let noting = tenant.write().await.unwrap();
        noting.note_access(vec![seen(81)]).await.unwrap();
        let destroying = tokio::spawn(destroy(tenant.clone()));
        // SQLite lets nobody else write meanwhile.
        while fx.is_postgres() && !destroying.is_finished() && !is_anybody_kept_waiting(&fx).await {}
        noting.commit().await.unwrap();
        destroying.await.unwrap();
        let noting = tenant.write().await.unwrap();
        let of_staff = AccessRecord { who: Accessor::Member(MemberId(id(11))), ..access(83) };
        noting.note_access(vec![seen(82), of_staff.clone()]).await.unwrap();
        noting.commit().await.unwrap();
        let tx = tenant.read().await.unwrap();
        let party = Accessor::Party("complainant".to_owned());
        let nameless = |number| AccessRecord { who: party.clone(), session_id: None, sign_in_id: None, ..access(number) };
        assert_eq!(tx.access_log(OF_ONE, None, 9).await.unwrap(), [of_staff, nameless(82), nameless(81), nameless(80)]);
    }
}

both! {
    /// Past the scope, by the application's own login: PostgreSQL lacks the rights, and SQLite refuses by trigger.
    async fn what_is_noted_is_neither_changed_nor_deleted(fx) {
        fill(&fx).await;
        let app = sea_orm::Database::connect(sea_orm::ConnectOptions::new(&fx.url).max_connections(1).to_owned())
            .await
            .unwrap();
        if fx.is_postgres() {
            let here = format!("SELECT set_config('app.tenant', '{}', false)", fx.a);
            app.execute_unprepared(&here).await.unwrap();
        }
        for table in ["access_log", "account_activity"] {
            for change in [format!("UPDATE {table} SET what = 'filed'"), format!("DELETE FROM {table}")] {
                let refused = app.execute_unprepared(&change).await.unwrap_err().to_string();
                let is_refused = refused.contains("permission denied") || refused.contains("append-only");
                assert!(is_refused, "{change}: {refused}");
            }
        }
        let forgets = "UPDATE access_log SET member_id = NULL, party = 'complainant', session_id = NULL, sign_in_id = NULL";
        match app.execute_unprepared(forgets).await {
            Ok(done) => assert_eq!(done.rows_affected(), 0, "no dossier is destroyed"),
            Err(refused) => assert!(refused.to_string().contains("append-only"), "{refused}"),
        }
        if fx.is_postgres() {
            let forged = format!(
                "INSERT INTO access_log (tenant_id, complaint_id, id, at, what, member_id)
                 SELECT '{}', complaint_id, '{}', at, what, member_id FROM access_log",
                fx.b,
                id(83)
            );
            let refused = app.execute_unprepared(&forged).await.unwrap_err().to_string();
            assert!(refused.contains("row-level security"), "{refused}");
        }
        let tx = fx.store.tenant(fx.a).read().await.unwrap();
        assert_eq!(tx.access_log(OF_ONE, None, 10).await.unwrap(), [access(80)]);
        let kept = fx.store.platform().activity(account(2).id, None, 10).await.unwrap();
        assert_eq!(kept.len(), 1);
    }
}

both! {
    async fn what_happens_with_an_account_is_noted_with_it(fx) {
        fill(&fx).await;
        let platform = fx.store.platform();
        let mine = account(2).id;
        let signed_in = ActivityRecord {
            id: platform.activity(mine, None, 1).await.unwrap()[0].id,
            at: at(0),
            event: AccountEvent::SignedIn,
            sign_in_id: Some(id(71)),
            organisation: Some("Tenant a".to_owned()),
        };
        assert_eq!(platform.activity(mine, None, 10).await.unwrap(), std::slice::from_ref(&signed_in));
        assert_eq!(platform.end_sessions(mine, Ending::Family(id(99)), at(1)).await.unwrap(), 0);
        assert_eq!(platform.count_activity(mine).await.unwrap(), 1, "nothing ended");
        assert_eq!(platform.end_sessions(mine, Ending::Family(id(71)), at(1)).await.unwrap(), 1);
        let all = platform.activity(mine, None, 10).await.unwrap();
        assert_eq!((all[0].event, all[0].sign_in_id), (AccountEvent::SignedOut, Some(id(71))));
        assert_eq!(all[1], signed_in);
        assert_eq!(platform.activity(mine, Some((at(1), all[0].id)), 10).await.unwrap(), [signed_in]);
        assert_eq!(platform.activity(account(3).id, None, 10).await.unwrap(), []);
    }
}
