//! No letter and no term is forgotten, whoever writes at the same time.

use std::time::Duration;

use sea_orm::{ConnectionTrait, DbBackend, Statement};
use uuid::Uuid;

use super::*;

/// Mail of the first complaint.
fn mail(number: u128) -> OutboxDraft {
    OutboxDraft {
        id: id(number),
        letter_key: number.to_string(),
        channel: LetterChannel::Mail,
        to_address: Some("klager@klager.example".to_owned()),
        ..letter()
    }
}

/// The subjects whose letters a worker gets at an hour of real time.
async fn leased(fx: &Fixture, hour: i64) -> Vec<Uuid> {
    let platform = fx.store.platform();
    let work = platform.lease_due(WorkKind::Letters, at(9), at(hour), at(hour + 1), 10);
    let work = work.await.unwrap();
    work.iter().map(|work| work.subject_id).collect()
}

async fn send(tenant: &TenantStore, number: u128) {
    let tx = tenant.write().await.unwrap();
    tx.mark_sent(id(number), at(2)).await.unwrap();
    tx.commit().await.unwrap();
}

/// Until a session waits for another.
async fn until_one_waits(fx: &Fixture) {
    let waiting = "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() \
        AND wait_event_type = 'Lock'";
    let question = || Statement::from_string(DbBackend::Postgres, waiting);
    for _ in 0..2_000 {
        let row = fx.admin.query_one_raw(question()).await.unwrap().unwrap();
        if row.try_get::<i64>("", "n").unwrap() > 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("nobody waits");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_that_is_written_while_a_worker_finishes_goes_out() {
    let fx = Fixture::postgres().await;
    let tenant = fx.store.tenant(fx.a);
    let first = ComplaintWrite {
        letters: vec![mail(61)],
        ..filing(1)
    };
    commit(&tenant, first).await.unwrap();
    assert_eq!(leased(&fx, 100).await, [id(1)]);
    send(&tenant, 61).await;
    let command = tenant.write().await.unwrap();
    command.insert_letters(vec![mail(62)]).await.unwrap();
    let worker = tokio::spawn(async move {
        let tx = tenant.write().await.unwrap();
        tx.finish_letters(id(1)).await.unwrap();
        tx.commit().await.unwrap();
    });
    until_one_waits(&fx).await;
    command.commit().await.unwrap();
    worker.await.unwrap();
    assert_eq!(leased(&fx, 100).await, [id(1)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_does_not_wait_for_another_try_of_one_before_it() {
    let fx = Fixture::postgres().await;
    let tenant = fx.store.tenant(fx.a);
    let first = ComplaintWrite {
        letters: vec![mail(61)],
        ..filing(1)
    };
    commit(&tenant, first).await.unwrap();
    assert_eq!(leased(&fx, 100).await, [id(1)]);
    let tx = tenant.write().await.unwrap();
    tx.mark_retry(id(61), "451 later", at(200)).await.unwrap();
    tx.commit().await.unwrap();
    let command = tenant.write().await.unwrap();
    command.insert_letters(vec![mail(62)]).await.unwrap();
    let worker = tokio::spawn(async move {
        let tx = tenant.write().await.unwrap();
        tx.finish_letters(id(1)).await.unwrap();
        tx.commit().await.unwrap();
    });
    until_one_waits(&fx).await;
    command.commit().await.unwrap();
    worker.await.unwrap();
    assert_eq!(leased(&fx, 100).await, [id(1)]);
}

both! {
    async fn mail_for_which_nothing_is_planned_is_planned_again(fx) {
        let tenant = fx.store.tenant(fx.a);
        let letters = vec![mail(61), mail(62), letter()];
        commit(&tenant, ComplaintWrite { letters, ..filing(1) }).await.unwrap();
        commit(&tenant, ComplaintWrite { letters: vec![OutboxDraft { subject_id: id(2), ..mail(63) }], ..filing(2) }).await.unwrap();
        fx.tamper("DELETE FROM due_work").await;
        send(&tenant, 63).await;
        for planned in [1, 0] {
            let tx = tenant.write().await.unwrap();
            assert_eq!(tx.plan_forgotten_mail().await.unwrap(), planned);
            tx.commit().await.unwrap();
        }
        assert_eq!(leased(&fx, 100).await, [id(1)]);
    }
}

both! {
    async fn what_has_fallen_due_is_found_however_much_it_is(fx) {
        let tenant = fx.store.tenant(fx.a);
        for number in 1..=3 {
            let due_at = Some(at(5 * i64::try_from(number).unwrap()));
            commit(&tenant, ComplaintWrite { due_at, ..filing(number) }).await.unwrap();
        }
        let tx = tenant.write().await.unwrap();
        tx.schedule_all(WorkKind::Clock, (1_000..34_000).map(id), at(5)).await.unwrap();
        let due = ComplaintFilter { fallen_due_at: Some(at(10)), ..Default::default() };
        let rows = tx.complaints(&due, ComplaintOrder::ReceivedAsc, None, 100).await.unwrap();
        assert_eq!(rows.iter().map(|row| row.id.0).collect::<Vec<_>>(), [id(1), id(2)]);
        assert_eq!(tx.count_complaints(&due).await.unwrap(), 2);
    }
}

both! {
    async fn a_destroyed_complaint_is_kept_no_more(fx) {
        let tenant = fx.store.tenant(fx.a);
        let destroyed = vec![entry("filed", json!({})), entry("destroyed", json!({}))];
        commit(&tenant, filing(1)).await.unwrap();
        commit(&tenant, ComplaintWrite { entries: destroyed, ..filing(2) }).await.unwrap();
        let tx = tenant.read().await.unwrap();
        assert_eq!(tx.kept().await.unwrap(), [ComplaintId(id(1))]);
    }
}

both! {
    async fn who_sees_only_as_a_party_is_not_shown_what_an_office_gives(fx) {
        let tenant = fx.store.tenant(fx.a);
        for (number, level) in [(1, "official"), (2, "respondent"), (3, "excluded")] {
            let audience = vec![seen("member:x", level)];
            commit(&tenant, ComplaintWrite { audience, ..filing(number) }).await.unwrap();
        }
        let tx = tenant.read().await.unwrap();
        let shown = async |only_as_party: bool| {
            let keys = vec!["member:x".to_owned()];
            let viewer = Some(Viewer { own_key: Some(keys[0].clone()), keys, only_as_party });
            let filter = ComplaintFilter { viewer, ..Default::default() };
            let rows = tx.complaints(&filter, ComplaintOrder::ReceivedAsc, None, 100).await.unwrap();
            rows.iter().map(|row| row.id.0).collect::<Vec<_>>()
        };
        assert_eq!(shown(false).await, [id(1), id(2)]);
        assert_eq!(shown(true).await, [id(2)]);
    }
}
