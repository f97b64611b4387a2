use super::*;

fn reset(number: u8) -> PasswordResetRecord {
    PasswordResetRecord {
        token_hash: vec![number; 32],
        account_id: AccountId(id(2)),
        created_at: at(1),
        expires_at: at(2),
    }
}

fn replaced(number: u8, hours: i64) -> NewPassword {
    NewPassword {
        token_hash: vec![number; 32],
        account_id: AccountId(id(2)),
        password_hash: format!("new {number}"),
        now: at(hours),
    }
}

async fn sent(fx: &Fixture, number: u8) {
    let tx = fx.store.tenant(fx.a).write().await.unwrap();
    tx.insert_password_reset(reset(number)).await.unwrap();
    tx.commit().await.unwrap();
}

async fn password(fx: &Fixture) -> Option<String> {
    let account = fx.store.platform().account_by_id(AccountId(id(2))).await;
    account.unwrap().unwrap().password_hash
}

both! {
    async fn a_link_replaces_a_password_once_and_ends_what_rested_on_the_old_one(fx) {
        signed_in(&fx).await;
        let platform = fx.store.platform();
        let before = password(&fx).await;
        for number in [1, 2] {
            sent(&fx, number).await;
        }
        assert_eq!(platform.password_reset(&[1; 32], at(1)).await.unwrap(), Some(reset(1)));
        assert_eq!(platform.password_reset(&[3; 32], at(1)).await.unwrap(), None, "unknown");
        assert_eq!(platform.password_reset(&[1; 32], at(2)).await.unwrap(), None, "over");
        for refused in [replaced(1, 2), replaced(3, 1), NewPassword { account_id: AccountId(id(9)), ..replaced(1, 1) }] {
            assert!(!platform.reset_password(refused).await.unwrap());
        }
        assert_eq!(password(&fx).await, before);
        assert!(platform.reset_password(replaced(1, 1)).await.unwrap());
        assert_eq!(password(&fx).await.as_deref(), Some("new 1"));
        assert!(platform.session(id(3)).await.unwrap().unwrap().ended_at.is_some());
        for number in [1, 2] {
            assert!(!platform.reset_password(replaced(number, 1)).await.unwrap(), "used, or withdrawn");
        }
        assert_eq!(password(&fx).await.as_deref(), Some("new 1"));
    }
}

both! {
    async fn who_showed_the_password_of_before_gets_no_session(fx) {
        signed_in(&fx).await;
        let platform = fx.store.platform();
        let known = password(&fx).await;
        sent(&fx, 1).await;
        assert!(platform.reset_password(replaced(1, 1)).await.unwrap());
        let session = sessions::session(4, &fx);
        let by = |password_hash| Shown { password_hash, code: None };
        let refused = platform.create_session(session.clone(), &by(known.as_deref())).await;
        assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
        assert!(platform.create_session(session, &by(Some("new 1"))).await.unwrap());
    }
}

both! {
    async fn links_that_were_sent_are_counted_and_need_an_account(fx) {
        signed_in(&fx).await;
        sent(&fx, 1).await;
        let tx = fx.store.tenant(fx.b).write().await.unwrap();
        let held = tx.hold_account("PERSON2@example.example").await.unwrap().unwrap();
        assert_eq!(held.id, AccountId(id(2)));
        assert!(tx.hold_account("person3@example.example").await.unwrap().is_none());
        assert_eq!(tx.count_password_resets(held.id, at(0)).await.unwrap(), 1, "whoever sent it");
        assert_eq!(tx.count_password_resets(held.id, at(1)).await.unwrap(), 0);
        assert!(!tx.is_member(held.id).await.unwrap());
        tx.insert_password_reset(PasswordResetRecord { account_id: AccountId(id(9)), ..reset(4) }).await.unwrap();
        assert!(matches!(tx.commit().await, Err(StoreError::Dangling)));
        let tx = fx.store.tenant(fx.a).read().await.unwrap();
        assert!(tx.is_member(held.id).await.unwrap());
    }
}
