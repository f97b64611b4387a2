use serde_json::{Value, json};
use wederhoor_procedure::ComplaintId;

use super::{Verified, seal};
use crate::testing::*;
use crate::{ComplaintWrite, StoreError};

/// Appends to a complaint that exists.
fn next(number: u128, expected_version: u32, payload: Value) -> ComplaintWrite {
    ComplaintWrite {
        expected_version,
        entries: vec![entry("noted", payload)],
        ..filing(number)
    }
}

#[test]
fn content_is_taken_out_and_put_back() {
    let whole = json!({"a": [{"confidential": {"z": 1, "y": "x"}}, 2], "b": {"confidential": null}, "c": "open"});
    let mut payload = whole.clone();
    let contents = seal::seal(&mut payload, &mut salts()).unwrap();
    let texts: Vec<_> = contents
        .iter()
        .map(|content| content.text.as_str())
        .collect();
    assert_eq!(texts, [r#"{"y":"x","z":1}"#, "null"]);
    assert!(!payload.to_string().contains("confidential"), "{payload}");
    assert_eq!(seal::digests(&payload).len(), 2);
    let mut restored = payload.clone();
    seal::unseal(
        &mut restored,
        &mut contents.into_iter().map(|content| Some(content.text)),
    )
    .unwrap();
    assert_eq!(restored, whole);
    seal::unseal(&mut payload, &mut [None, None].into_iter()).unwrap();
    assert_eq!(payload["a"][0], json!({"confidential": null}));
}

#[test]
fn what_looks_sealed_is_refused() {
    let mut payload = json!({"a": {"sealed": "00"}});
    assert!(matches!(
        seal::seal(&mut payload, &mut salts()),
        Err(StoreError::Internal(_))
    ));
}

both! {
    async fn a_dossier_reads_as_it_was_written(fx) {
        let tenant = fx.store.tenant(fx.a);
        commit(&tenant, filing(1)).await.unwrap();
        let payload = json!({"z": 1, "texts": [{"confidential": "één"}, {"confidential": ["two"]}], "a": null});
        commit(&tenant, next(1, 1, payload.clone())).await.unwrap();
        let tx = tenant.read().await.unwrap();
        let events = events(&tx, 1).await;
        assert_eq!(events.iter().map(|event| event.seq).collect::<Vec<_>>(), [1, 2]);
        assert_eq!(events[0].payload, json!({"text": {"confidential": "it was cold"}}));
        assert_eq!(events[1].payload, payload);
        assert_eq!((events[1].at, events[1].registered_at), (at(1), at(2)));
        let verified = tx.verify(ComplaintId(id(1))).await.unwrap().unwrap();
        assert_eq!(verified, Verified { length: 2, head: events[1].hash.clone().try_into().unwrap() });
    }
}

both! {
    async fn the_same_dossier_has_the_same_head_on_both_databases(fx) {
        let tenant = fx.store.tenant(fx.a);
        commit(&tenant, filing(1)).await.unwrap();
        let verified = tenant.read().await.unwrap().verify(ComplaintId(id(1))).await.unwrap().unwrap();
        let head = hex::encode(verified.head);
        assert_eq!(head, "b85adada1ff27c62c3309428d75112c5b02caf784a1bbc39d776e3b70e74e5ca");
    }
}

both! {
    async fn many_dossiers_are_read_in_two_statements(fx) {
        let tenant = fx.store.tenant(fx.a);
        for number in 1..=5 {
            commit(&tenant, filing(number)).await.unwrap();
        }
        let tx = tenant.read().await.unwrap();
        let before = tx.statements();
        let ids: Vec<_> = (1..=5).map(|number| ComplaintId(id(number))).collect();
        assert_eq!(tx.load_events_many(&ids).await.unwrap().len(), 5);
        assert_eq!(tx.statements() - before, 2);
    }
}

both! {
    async fn destroyed_content_leaves_a_chain_that_verifies(fx) {
        let tenant = fx.store.tenant(fx.a);
        commit(&tenant, filing(1)).await.unwrap();
        let tx = tenant.write().await.unwrap();
        let destroyed = ComplaintWrite { entries: vec![entry("destroyed", json!({}))], ..next(1, 1, json!({})) };
        tx.commit_complaint(destroyed, &mut salts()).await.unwrap();
        assert_eq!(tx.destroy_content(ComplaintId(id(1)), []).await.unwrap(), 1);
        tx.commit().await.unwrap();
        let tx = tenant.read().await.unwrap();
        assert!(tx.verify(ComplaintId(id(1))).await.unwrap().is_ok());
        let events = events(&tx, 1).await;
        assert_eq!(events[0].payload, json!({"text": {"confidential": null}}));
    }
}

both! {
    async fn every_change_of_a_chain_shows(fx) {
        let tenant = fx.store.tenant(fx.a);
        let changes = [
            "UPDATE complaint_event SET kind = 'other' WHERE seq = 2",
            "UPDATE complaint_event SET actor = '{}' WHERE seq = 2",
            "UPDATE complaint_event SET payload = '{}' WHERE seq = 2",
            "UPDATE complaint_event SET at = '2025-01-01T00:00:00+00:00' WHERE seq = 2",
            "UPDATE complaint_event SET registered_at = '2025-01-01T00:00:00+00:00' WHERE seq = 2",
            "UPDATE complaint_event SET event_version = 2 WHERE seq = 2",
            "UPDATE complaint_event SET hash = previous_hash WHERE seq = 2",
            "UPDATE complaint_event SET previous_hash = hash WHERE seq = 2",
            "UPDATE complaint_event SET content_count = 0 WHERE seq = 2",
            "UPDATE complaint_content SET content = '\"it was warm\"' WHERE seq = 2",
            "UPDATE complaint_content SET content = '\"it was warm\"', salt = NULL WHERE seq = 2",
            "UPDATE complaint_content SET salt = NULL WHERE seq = 2",
            "UPDATE complaint_content SET content = NULL WHERE seq = 2",
            "UPDATE complaint_content SET salt = NULL, content = NULL WHERE seq = 2",
            "DELETE FROM complaint_content WHERE seq = 2",
            "DELETE FROM complaint_event WHERE seq = 2",
            "DELETE FROM complaint_event WHERE seq = 3",
        ];
        if fx.is_postgres() {
            fx.tamper("SET session_replication_role = replica").await;
        } else {
            fx.tamper("PRAGMA foreign_keys = OFF").await;
            for change in ["UPDATE", "DELETE"] {
                fx.tamper(&format!("DROP TRIGGER complaint_event_no_{change}")).await;
            }
        }
        for (number, change) in (1_u128..).zip(changes) {
            for version in 0..3 {
                let text = json!({"text": {"confidential": "it was cold"}});
                commit(&tenant, next(number, version, text)).await.unwrap();
            }
            let bytes = hex::encode(id(number).as_bytes());
            let mine = if fx.is_postgres() { format!("'{}'", id(number)) } else { format!("x'{bytes}'") };
            fx.tamper(&format!("{change} AND complaint_id = {mine}")).await;
            let tx = tenant.read().await.unwrap();
            let fault = tx.verify(ComplaintId(id(number))).await.unwrap().expect_err(change);
            assert!(fault.seq == 2 || change.ends_with("seq = 3"), "{change}: {fault}");
        }
    }
}

both! {
    async fn the_application_cannot_change_the_chain(fx) {
        use crate::entity::{complaint_content as content, complaint_event as event};
        let tenant = fx.store.tenant(fx.a);
        commit(&tenant, filing(1)).await.unwrap();
        let writing = async || tenant.write().await.unwrap();
        let changed = writing().await.scope.update::<event::Entity>().set(event::Column::Kind, "x").run().await;
        assert!(changed.is_err());
        assert!(writing().await.scope.delete::<event::Entity>().run().await.is_err());
        if fx.is_postgres() {
            assert!(writing().await.scope.delete::<content::Entity>().run().await.is_err());
            let changed = writing().await.scope.update::<content::Entity>().set(content::Column::Content, "x").run().await;
            assert!(changed.is_err());
        }
    }
}
