use std::sync::atomic::{AtomicU32, Ordering};

use super::*;

/// How many sessions were tried for: each has an id of its own.
static OPENED: AtomicU32 = AtomicU32::new(0);

fn begun(sealed: u8) -> SecondFactorRecord {
    SecondFactorRecord {
        account_id: AccountId(id(2)),
        sealed_secret: vec![sealed],
        started_at: at(0),
        confirmed_at: None,
    }
}

fn first_code(sealed: u8) -> ConfirmFactor {
    ConfirmFactor {
        account_id: AccountId(id(2)),
        sealed_secret: vec![sealed],
        step: 100,
        recovery_hashes: vec![vec![1], vec![2]],
        keeps: id(60),
        now: at(1),
    }
}

/// The sign-in with which somebody shows the first code.
async fn signed_in_here(fx: &Fixture) {
    signed_in(fx).await;
    let session = SessionRecord {
        id: id(60),
        family: id(60),
        ..sessions::session(1, fx)
    };
    let (platform, shown) = (fx.store.platform(), sessions::shown());
    assert!(platform.create_session(session, &shown).await.unwrap());
}

fn step(sealed: u8, step: i32) -> FactorProof {
    FactorProof::Step {
        sealed_secret: vec![sealed],
        step,
    }
}

/// Whether this code lets in, hours after the beginning.
async fn lets_in(fx: &Fixture, code: Option<&FactorProof>, hours: i64) -> Result<bool, StoreError> {
    let session = SessionRecord {
        id: id(0x9000 + u128::from(OPENED.fetch_add(1, Ordering::Relaxed))),
        created_at: at(hours),
        ..sessions::session(1, fx)
    };
    let shown = Shown {
        code,
        ..sessions::shown()
    };
    fx.store.platform().create_session(session, &shown).await
}

both! {
    async fn a_factor_counts_once_a_code_was_shown_and_each_code_once(fx) {
        signed_in_here(&fx).await;
        let platform = fx.store.platform();
        for sealed in [1, 2] {
            assert!(platform.start_second_factor(begun(sealed)).await.unwrap());
        }
        assert_eq!(platform.second_factor(AccountId(id(2))).await.unwrap(), Some(begun(2)));
        assert!(lets_in(&fx, None, 1).await.unwrap(), "it does not count yet");
        assert!(!platform.confirm_second_factor(first_code(1)).await.unwrap(), "begun anew since");
        assert!(platform.confirm_second_factor(first_code(2)).await.unwrap());
        assert!(!platform.confirm_second_factor(first_code(2)).await.unwrap(), "once");
        assert!(!platform.start_second_factor(begun(3)).await.unwrap(), "it counts");
        assert!(platform.session(id(60)).await.unwrap().unwrap().ended_at.is_none(), "the code was shown there");
        assert!(platform.session(id(3)).await.unwrap().unwrap().ended_at.is_some(), "made without it");
        assert!(matches!(lets_in(&fx, None, 1).await, Err(StoreError::Conflict)));
        for (code, is_in) in [
            (step(2, 100), false),
            (step(2, 101), true),
            (step(2, 101), false),
            (step(2, 99), false),
            (step(1, 102), false),
            (FactorProof::Recovery(vec![3]), false),
            (FactorProof::Recovery(vec![1]), true),
            (FactorProof::Recovery(vec![1]), false),
        ] {
            assert_eq!(lets_in(&fx, Some(&code), 1).await.unwrap(), is_in, "{code:?}");
        }
        let gone = async |code: FactorProof| platform.remove_second_factor(AccountId(id(2)), id(3), &code, at(1)).await.unwrap();
        assert!(!gone(step(2, 101)).await);
        assert!(gone(FactorProof::Recovery(vec![2])).await);
        assert_eq!(platform.second_factor(AccountId(id(2))).await.unwrap(), None);
        assert!(lets_in(&fx, None, 1).await.unwrap());
        assert!(matches!(lets_in(&fx, Some(&step(2, 200)), 1).await, Err(StoreError::Conflict)));
    }
}

both! {
    async fn wrong_codes_in_a_row_bar_the_factor_and_not_the_codes_for_who_lost_it(fx) {
        signed_in_here(&fx).await;
        let platform = fx.store.platform();
        assert!(platform.start_second_factor(begun(1)).await.unwrap());
        assert!(platform.confirm_second_factor(first_code(1)).await.unwrap());
        let wrong = async |times: u32| {
            for _ in 0..times {
                platform.note_wrong_code(AccountId(id(2)), Bar { after: 3, until: at(5) }).await.unwrap();
            }
        };
        wrong(2).await;
        assert!(lets_in(&fx, Some(&step(1, 101)), 1).await.unwrap(), "not so many");
        wrong(2).await;
        assert!(lets_in(&fx, Some(&step(1, 102)), 1).await.unwrap(), "not in a row");
        wrong(3).await;
        assert!(!lets_in(&fx, Some(&step(1, 103)), 4).await.unwrap());
        assert!(lets_in(&fx, Some(&step(1, 103)), 5).await.unwrap(), "the while is over");
        wrong(3).await;
        assert!(lets_in(&fx, Some(&FactorProof::Recovery(vec![1])), 4).await.unwrap());
        assert!(lets_in(&fx, Some(&step(1, 104)), 4).await.unwrap(), "and the bar is lifted by it");
        platform.note_wrong_code(AccountId(id(9)), Bar { after: 1, until: at(5) }).await.unwrap();
    }
}
