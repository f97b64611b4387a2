//! What is noted of who saw and did what.

use sea_orm::ConnectionTrait;
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
