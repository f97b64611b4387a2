use chrono::TimeDelta;

use super::*;

pub(super) fn session(number: u128, fx: &Fixture) -> SessionRecord {
    SessionRecord {
        id: id(number),
        tenant_id: fx.a,
        account_id: AccountId(id(2)),
        member_id: MemberId(id(1)),
        family: id(50),
        refresh_hash: vec![1],
        created_at: at(0),
        authenticated_at: at(0),
        rotated_at: None,
        expires_at: at(100),
        ended_at: None,
    }
}

/// What who signs in shows.
pub(super) fn shown() -> Shown<'static> {
    Shown {
        password_hash: Some("$argon2id$"),
        code: None,
    }
}

fn rotate(number: u128, presented: u8, new: u8, seconds: i64) -> RotateSession {
    RotateSession {
        session: id(number),
        presented_hash: vec![presented],
        is_ours: true,
        new_hash: vec![new],
        now: at(1) + TimeDelta::seconds(seconds),
        grace: TimeDelta::seconds(10),
    }
}

pub(super) async fn signed_in(fx: &Fixture) {
    fx.store
        .platform()
        .create_account(account(2))
        .await
        .unwrap();
    let tx = fx.store.tenant(fx.a).write().await.unwrap();
    tx.insert_member(member(1)).await.unwrap();
    tx.link_account(MemberId(id(1)), AccountId(id(2)))
        .await
        .unwrap();
    tx.commit().await.unwrap();
    fx.store
        .platform()
        .create_session(session(3, fx), &shown())
        .await
        .unwrap();
}

both! {
    async fn a_token_is_replaced_and_may_be_repeated_for_a_moment(fx) {
        signed_in(&fx).await;
        let platform = fx.store.platform();
        let is_rotated = async |request| matches!(platform.rotate_session(request).await.unwrap(), Rotation::Rotated(_));
        assert!(is_rotated(rotate(3, 1, 2, 0)).await);
        assert!(is_rotated(rotate(3, 1, 2, 10)).await, "the answer was lost");
        assert!(is_rotated(rotate(3, 2, 3, 60)).await);
        let reused = platform.rotate_session(rotate(3, 2, 4, 71)).await.unwrap();
        assert!(matches!(reused, Rotation::Reused(_)), "{reused:?}");
        assert_eq!(platform.rotate_session(rotate(3, 3, 4, 72)).await.unwrap(), Rotation::Over);
        assert!(platform.session(id(3)).await.unwrap().unwrap().ended_at.is_some());
    }
}

both! {
    async fn a_token_older_than_the_last_ends_the_family(fx) {
        signed_in(&fx).await;
        let platform = fx.store.platform();
        platform.create_session(session(4, &fx), &shown()).await.unwrap();
        platform.rotate_session(rotate(3, 1, 2, 0)).await.unwrap();
        platform.rotate_session(rotate(3, 2, 3, 1)).await.unwrap();
        assert!(matches!(platform.rotate_session(rotate(3, 1, 9, 2)).await.unwrap(), Rotation::Reused(_)));
        assert_eq!(platform.rotate_session(rotate(4, 1, 2, 3)).await.unwrap(), Rotation::Over);
    }
}

both! {
    async fn sessions_end_at_their_time(fx) {
        signed_in(&fx).await;
        let platform = fx.store.platform();
        let late = RotateSession { now: at(100), ..rotate(3, 1, 2, 0) };
        assert_eq!(platform.rotate_session(late).await.unwrap(), Rotation::Over);
        for (session, token) in [(3, 7), (99, 1)] {
            let late = RotateSession { now: at(100), is_ours: false, ..rotate(session, token, 2, 0) };
            assert_eq!(platform.rotate_session(late).await.unwrap(), Rotation::Unknown);
        }
    }
}

both! {
    async fn sessions_are_listed_and_end_for_their_account_only(fx) {
        signed_in(&fx).await;
        let platform = fx.store.platform();
        let (account, other) = (AccountId(id(2)), AccountId(id(9)));
        platform.create_session(SessionRecord { created_at: at(1), ..session(4, &fx) }, &shown()).await.unwrap();
        platform.create_session(SessionRecord { family: id(60), created_at: at(2), ..session(5, &fx) }, &shown()).await.unwrap();
        let listed = async |account, now| {
            let all = platform.sessions(account, at(now), 100).await.unwrap();
            all.into_iter().map(|one| one.id).collect::<Vec<Uuid>>()
        };
        assert_eq!(listed(account, 3).await, [id(5), id(4), id(3)]);
        assert!(listed(account, 100).await.is_empty(), "over");
        assert!(listed(other, 3).await.is_empty());
        assert_eq!(platform.end_sessions(other, Ending::All, at(3)).await.unwrap(), 0);
        assert_eq!(platform.end_sessions(other, Ending::Family(id(50)), at(3)).await.unwrap(), 0);
        assert_eq!(platform.end_sessions(account, Ending::AllBut(id(60)), at(3)).await.unwrap(), 2);
        assert_eq!(listed(account, 3).await, [id(5)]);
        assert_eq!(platform.end_sessions(account, Ending::Family(id(60)), at(4)).await.unwrap(), 1);
        assert!(listed(account, 4).await.is_empty());
    }
}

both! {
    async fn of_twenty_who_switch_one_session_one_does(fx) {
        signed_in(&fx).await;
        let platform = fx.store.platform();
        let switches: Vec<_> = (0..20)
            .map(|number| {
                let (platform, to) = (platform.clone(), session(100 + number, &fx));
                tokio::spawn(async move { platform.switch_session(id(3), to, at(1)).await.unwrap() })
            })
            .collect();
        let mut first = 0;
        for attempt in switches {
            first += u32::from(attempt.await.unwrap());
        }
        assert_eq!(first, 1);
        assert_eq!(platform.sessions(AccountId(id(2)), at(2), 100).await.unwrap().len(), 1);
        assert!(!platform.switch_session(id(3), session(200, &fx), at(2)).await.unwrap(), "it is over");
    }
}

both! {
    async fn who_shows_it_again_has_just_shown_it_and_nobody_else_has(fx) {
        signed_in(&fx).await;
        let platform = fx.store.platform();
        let (mine, other) = (AccountId(id(2)), AccountId(id(9)));
        let wrong = Shown { password_hash: Some("another"), code: None };
        assert!(matches!(platform.confirm_identity(id(3), id(3), mine, &wrong, at(5)).await, Err(StoreError::Conflict)));
        assert!(matches!(platform.confirm_identity(id(3), id(3), other, &shown(), at(5)).await, Err(StoreError::Conflict)));
        assert!(!platform.confirm_identity(id(4), id(4), mine, &shown(), at(5)).await.unwrap(), "there is none");
        assert!(!platform.confirm_identity(id(3), id(3), mine, &shown(), at(100)).await.unwrap(), "it is over");
        assert_eq!(platform.session(id(3)).await.unwrap().unwrap().authenticated_at, at(0));
        assert!(platform.confirm_identity(id(3), id(3), mine, &shown(), at(5)).await.unwrap());
        assert_eq!(platform.session(id(3)).await.unwrap().unwrap().authenticated_at, at(5));
    }
}

both! {
    async fn a_token_of_a_session_that_was_switched_away_from_ends_what_came_of_it(fx) {
        signed_in(&fx).await;
        let platform = fx.store.platform();
        let there = |number| SessionRecord { refresh_hash: vec![number], ..session(u128::from(number), &fx) };
        // Whoever has a copy of the token refreshes and switches; its owner comes with the one before.
        platform.rotate_session(rotate(3, 1, 2, 0)).await.unwrap();
        assert!(platform.switch_session(id(3), there(9), at(1)).await.unwrap());
        let reused = platform.rotate_session(rotate(3, 1, 4, 1)).await.unwrap();
        assert!(matches!(reused, Rotation::Reused(_)), "{reused:?}");
        assert!(platform.session(id(9)).await.unwrap().unwrap().ended_at.is_some());
        assert_eq!(platform.rotate_session(rotate(3, 1, 4, 12)).await.unwrap(), Rotation::Over, "nothing is left to end");
    }
}

both! {
    async fn a_token_that_was_never_given_out_ends_nothing(fx) {
        signed_in(&fx).await;
        let platform = fx.store.platform();
        let made_up = RotateSession { is_ours: false, ..rotate(3, 77, 2, 0) };
        assert_eq!(platform.rotate_session(made_up).await.unwrap(), Rotation::Unknown);
        assert!(platform.session(id(3)).await.unwrap().unwrap().ended_at.is_none());
        let known = RotateSession { is_ours: false, ..rotate(3, 1, 2, 0) };
        assert!(matches!(platform.rotate_session(known).await.unwrap(), Rotation::Rotated(_)), "by its hash alone");
    }
}
