//! Who watches is told of what is committed, wherever that is done, and of nothing else.

use std::time::Duration;

use sea_orm::DbBackend;
use wederhoor_procedure::{AccountId, TenantId};

use super::*;
use crate::hints::Hint;

/// Never reached when what is waited for happens.
const FOREVER: Duration = Duration::from_secs(20);

async fn told(watch: &mut Watch) {
    let told = tokio::time::timeout(FOREVER, watch.changed()).await;
    told.expect("who watches is told");
}

/// Whether it is told something that has arrived already.
async fn hears(watch: &mut Watch) -> bool {
    let waiting = tokio::time::timeout(Duration::ZERO, watch.changed());
    waiting.await.is_ok()
}

/// Another process, where another process is told at all.
async fn elsewhere(fx: &Fixture) -> Store {
    if fx.is_postgres() {
        Store::connect(StoreConfig::new(&fx.url)).await.unwrap()
    } else {
        fx.store.clone()
    }
}

fn session(tenant_id: TenantId) -> SessionRecord {
    SessionRecord {
        id: id(60),
        tenant_id,
        account_id: AccountId(id(50)),
        member_id: MemberId(id(10)),
        family: id(60),
        refresh_hash: vec![1],
        created_at: at(0),
        authenticated_at: at(0),
        rotated_at: None,
        expires_at: at(100),
        ended_at: None,
    }
}

async fn touch(store: &Store, tenant: TenantId) {
    let tx = store.tenant(tenant).write().await.unwrap();
    tx.hold_surroundings().await.unwrap();
    tx.commit().await.unwrap();
}

both! {
    async fn who_watches_a_tenant_is_told_of_it_only_and_after_the_commit(fx) {
        let here = elsewhere(&fx).await;
        let mut own = here.watch(fx.a, None).await.unwrap();
        let mut other = here.watch(fx.b, None).await.unwrap();
        let undone = fx.store.tenant(fx.a).write().await.unwrap();
        undone.hold_surroundings().await.unwrap();
        drop(undone);
        let unheard = fx.store.tenant(fx.a).write().await.unwrap();
        unheard.commit_unheard().await.unwrap();
        touch(&fx.store, fx.b).await;
        told(&mut other).await;
        assert!(!hears(&mut own).await, "nothing of it has changed");
        touch(&fx.store, fx.a).await;
        told(&mut own).await;
        assert!(!hears(&mut own).await, "once is enough");
    }
}

both! {
    async fn of_complaints_one_may_be_of_interest_and_its_surroundings_always_are(fx) {
        let here = elsewhere(&fx).await;
        let mut queue = here.watch(fx.a, None).await.unwrap();
        let mut one = here.watch(fx.a, None).await.unwrap();
        one.narrow(ComplaintId(id(1)));
        commit(&fx.store.tenant(fx.a), filing(2)).await.unwrap();
        told(&mut queue).await;
        assert!(!hears(&mut one).await, "it is another complaint");
        commit(&fx.store.tenant(fx.a), filing(1)).await.unwrap();
        told(&mut one).await;
        touch(&fx.store, fx.a).await;
        told(&mut one).await;
    }
}

both! {
    async fn a_tenant_on_hold_and_sessions_that_end_are_told(fx) {
        let here = elsewhere(&fx).await;
        let mut own = here.watch(fx.a, Some(AccountId(id(50)))).await.unwrap();
        let mut other = here.watch(fx.a, Some(AccountId(id(51)))).await.unwrap();
        let platform = fx.store.platform();
        platform.create_account(account(50)).await.unwrap();
        let tx = fx.store.tenant(fx.a).write().await.unwrap();
        let joined = MemberRecord { account_id: Some(AccountId(id(50))), ..member(10) };
        tx.insert_member(joined).await.unwrap();
        tx.commit().await.unwrap();
        told(&mut own).await;
        told(&mut other).await;
        let shown = Shown { password_hash: Some("$argon2id$"), code: None };
        assert!(platform.create_session(session(fx.a), &shown).await.unwrap());
        platform.end_sessions(AccountId(id(50)), Ending::All, at(1)).await.unwrap();
        told(&mut own).await;
        assert!(!hears(&mut other).await, "it is somebody else's session");
        assert!(platform.set_tenant_status("a", TenantStatus::Suspended, None).await.unwrap());
        told(&mut other).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_falls_behind_looks_once_and_keeps_nothing_of_what_was_missed() {
    let fx = Fixture::sqlite().await;
    let mut slow = fx.store.watch(fx.a, None).await.unwrap();
    for number in 0..3_000 {
        let of_others = Hint::complaint(fx.b, ComplaintId(id(number)));
        fx.store.hub().tell(DbBackend::Sqlite, &[of_others]);
    }
    assert!(hears(&mut slow).await, "something may have been missed");
    assert!(!hears(&mut slow).await, "once is enough");
}

/// A connection that is lost may have lost what was said meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_lost_connection_everybody_looks_and_hears_again() {
    let fx = Fixture::postgres().await;
    let mut watch = fx.store.watch(fx.a, None).await.unwrap();
    fx.tamper("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()")
        .await;
    told(&mut watch).await;
    touch(&fx.store, fx.a).await;
    told(&mut watch).await;
}
