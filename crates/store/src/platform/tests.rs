mod factors;
mod health;
mod resets;
mod sessions;
mod tallies;

use uuid::Uuid;
use wederhoor_procedure::{AccountId, ComplaintId, Locale, MemberId};

use self::sessions::signed_in;
use super::*;
use crate::testing::*;
use crate::{ComplaintWrite, LetterChannel, LetterFailure, LetterStatus, OutboxDraft, StoreError};

/// The look-ups that need no tenant. A new one is a decision: it is a door that the tenant's walls do not close.
const DOORS: [&str; 65] = [
    "accept_operator",
    "access_link",
    "account_by_email",
    "account_by_id",
    "activity",
    "api_key_secret",
    "bounce_key",
    "calendar_feed",
    "change_tallies",
    "confirm_identity",
    "confirm_second_factor",
    "count_activity",
    "count_logins",
    "create_account",
    "create_session",
    "create_tenant",
    "delete_tenant",
    "due_deletions",
    "due_kinds",
    "end_sessions",
    "equated_days",
    "factor_counts",
    "fail_due",
    "failed_kinds",
    "finish_due",
    "forget_tallies",
    "give_back_due",
    "health",
    "insert_equated_days",
    "invite_operator",
    "is_operator",
    "keep_setting",
    "lease_due",
    "memberships",
    "next_due_after",
    "note_worked",
    "note_wrong_code",
    "open_operator_session",
    "operator_invitation",
    "operator_session",
    "operator_sessions",
    "password_reset",
    "plan_deletion",
    "remove_operator",
    "remove_second_factor",
    "renew_password_hash",
    "reseal_factor",
    "reset_operator",
    "reset_password",
    "retry_work",
    "rotate_session",
    "second_factor",
    "second_factors",
    "session",
    "sessions",
    "set_tenant_status",
    "setting",
    "start_second_factor",
    "stuck_work",
    "switch_session",
    "tallies",
    "tenant_by_id",
    "tenant_by_slug",
    "tenants",
    "tenants_by_id",
];

#[test]
fn the_doors_without_a_tenant_are_these() {
    let sources = [
        include_str!("accounts.rs"),
        include_str!("activity.rs"),
        include_str!("api_keys.rs"),
        include_str!("decrees.rs"),
        include_str!("deletion.rs"),
        include_str!("due.rs"),
        include_str!("bounce_keys.rs"),
        include_str!("factors.rs"),
        include_str!("feeds.rs"),
        include_str!("health.rs"),
        include_str!("links.rs"),
        include_str!("operators.rs"),
        include_str!("resets.rs"),
        include_str!("sessions.rs"),
        include_str!("settings.rs"),
        include_str!("stuck.rs"),
        include_str!("tallies.rs"),
        include_str!("tenants.rs"),
    ];
    let mut found = Vec::new();
    for source in sources {
        let platform = source.split("impl PlatformStore {").nth(1).unwrap();
        let platform = platform.split("\n}\n").next().unwrap();
        let names = platform.split("pub async fn ").skip(1);
        found.extend(names.map(|rest| rest.split(['(', '<']).next().unwrap().to_owned()));
    }
    found.sort();
    assert_eq!(found, DOORS);
}

both! {
    async fn tenants_and_accounts_are_found(fx) {
        let platform = fx.store.platform();
        let tenant = platform.tenant_by_slug("a").await.unwrap().unwrap();
        assert_eq!((tenant.id, tenant.status), (fx.a, TenantStatus::Active));
        assert_eq!(platform.tenant_by_id(fx.b).await.unwrap().unwrap().slug, "b");
        assert_eq!(platform.tenant_by_slug("c").await.unwrap(), None);
        assert_eq!(platform.tenants().await.unwrap().len(), 2);
        let tx = fx.store.tenant(fx.a).write().await.unwrap();
        assert_eq!(tx.hold_surroundings().await.unwrap().id, fx.a);
        tx.write_settings(serde_json::json!({"x": [1]})).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(platform.tenant_by_id(fx.a).await.unwrap().unwrap().settings, serde_json::json!({"x": [1]}));
        signed_in(&fx).await;
        let found = platform.account_by_email("PERSON2@EXAMPLE.example").await.unwrap().unwrap();
        assert_eq!(found.email, "person2@example.example");
        assert_eq!(found.password_hash, account(2).password_hash);
        assert_eq!(platform.account_by_id(found.id).await.unwrap(), Some(found.clone()));
        for (known, renewed, kept) in [("not this", "x", account(2).password_hash.unwrap()), (&account(2).password_hash.unwrap(), "anew", "anew".to_owned())] {
            platform.renew_password_hash(found.id, known, renewed).await.unwrap();
            assert_eq!(platform.account_by_id(found.id).await.unwrap().unwrap().password_hash, Some(kept));
        }
        let membership = Membership { tenant_id: fx.a, member_id: MemberId(id(1)) };
        let there = platform.tenant_by_id(fx.a).await.unwrap().unwrap();
        assert_eq!(platform.memberships(AccountId(id(2))).await.unwrap(), [(membership, there)]);
        assert!(matches!(platform.create_account(account(2)).await, Err(StoreError::Conflict)));
    }
}

both! {
    async fn of_fifty_who_use_a_link_one_gets_in(fx) {
        let tenant = fx.store.tenant(fx.a);
        let link = AccessLinkRecord {
            token_hash: vec![7; 32],
            tenant_id: fx.a,
            complaint_id: ComplaintId(id(1)),
            party: "complainant".to_owned(),
            is_asked_for: true,
            mailed_to: Some(3),
            created_at: at(0),
            expires_at: at(10),
        };
        let tx = tenant.write().await.unwrap();
        tx.insert_access_link(link.clone()).await.unwrap();
        let printed = AccessLinkRecord { token_hash: vec![8], mailed_to: None, expires_at: at(1), ..link.clone() };
        tx.insert_access_link(printed.clone()).await.unwrap();
        let foreign = AccessLinkRecord { tenant_id: fx.b, token_hash: vec![9], ..link.clone() };
        assert!(tx.insert_access_link(foreign).await.is_err());
        tx.commit_complaint(filing(1), &mut salts()).await.unwrap();
        tx.commit().await.unwrap();
        let platform = fx.store.platform();
        assert_eq!(platform.access_link(&[7; 32], at(1)).await.unwrap(), Some(link.clone()));
        assert_eq!(platform.access_link(&[7; 32], at(1)).await.unwrap(), Some(link), "looking uses nothing up");
        assert_eq!(platform.access_link(&[8], at(0)).await.unwrap(), Some(printed));
        let uses: Vec<_> = (0..50)
            .map(|_| {
                let tenant = tenant.clone();
                tokio::spawn(async move {
                    let tx = tenant.write().await.unwrap();
                    let is_used = tx.consume_access_link(&[7; 32], at(1)).await.unwrap();
                    tx.commit().await.unwrap();
                    is_used
                })
            })
            .collect();
        let mut let_in = 0;
        for attempt in uses {
            let_in += u32::from(attempt.await.unwrap());
        }
        assert_eq!(let_in, 1);
        assert_eq!(platform.access_link(&[7; 32], at(1)).await.unwrap(), None, "used");
        assert_eq!(platform.access_link(&[8], at(1)).await.unwrap(), None, "over");
        let tx = tenant.write().await.unwrap();
        assert!(!tx.consume_access_link(&[8], at(1)).await.unwrap());
    }
}

both! {
    async fn due_work_planned_by_an_instant_never_moves_to_a_later_one(fx) {
        let platform = fx.store.platform();
        for (by, planned) in [(20, 20), (30, 20), (10, 10)] {
            let tx = fx.store.tenant(fx.a).write().await.unwrap();
            tx.schedule_by(WorkKind::People, fx.a.0, at(by)).await.unwrap();
            tx.commit().await.unwrap();
            let tx = fx.store.tenant(fx.a).read().await.unwrap();
            assert_eq!(tx.scheduled(WorkKind::People, &[fx.a.0]).await.unwrap()[&fx.a.0], at(planned));
        }
        let tx = fx.store.tenant(fx.a).write().await.unwrap();
        assert_eq!(tx.hold(WorkKind::People, fx.a.0).await.unwrap(), Some(at(10)));
        let many: Vec<_> = (1..1_200_u128).map(id).collect();
        tx.schedule_all(WorkKind::Clock, many.clone(), at(5)).await.unwrap();
        tx.schedule_all(WorkKind::Clock, many.clone(), at(6)).await.unwrap();
        tx.commit().await.unwrap();
        let theirs = fx.store.tenant(fx.b).write().await.unwrap();
        assert_eq!(theirs.hold(WorkKind::People, fx.a.0).await.unwrap(), None);
        drop(theirs);
        assert_eq!(platform.lease_due(WorkKind::Clock, at(5), at(0), at(1), 9).await.unwrap(), []);
        let due = platform.lease_due(WorkKind::Clock, at(6), at(0), at(1), 2_000).await.unwrap();
        assert_eq!(due.len(), many.len());
    }
}

both! {
    async fn nothing_is_due_in_an_organisation_that_is_on_hold(fx) {
        let platform = fx.store.platform();
        for (tenant, number) in [(fx.a, 1), (fx.b, 2)] {
            let write = ComplaintWrite { due_at: Some(at(10)), ..filing(number) };
            commit(&fx.store.tenant(tenant), write).await.unwrap();
        }
        assert!(!platform.set_tenant_status("c", TenantStatus::Suspended, None).await.unwrap());
        for (status, subjects) in [(TenantStatus::Suspended, vec![id(2)]), (TenantStatus::Active, vec![id(1), id(2)])] {
            assert!(platform.set_tenant_status("a", status, Some("a reason")).await.unwrap());
            assert_eq!(platform.tenant_by_slug("a").await.unwrap().unwrap().status, status);
            let due = platform.lease_due(WorkKind::Clock, at(10), at(0), at(0), 9).await.unwrap();
            assert_eq!(due.into_iter().map(|one| one.subject_id).collect::<Vec<Uuid>>(), subjects);
        }
        for slug in ["a", "b"] {
            platform.set_tenant_status(slug, TenantStatus::Suspended, None).await.unwrap();
        }
        assert_eq!(platform.due_kinds(at(10), at(0)).await.unwrap(), []);
    }
}

both! {
    async fn due_work_is_leased_to_one_and_found_again_when_the_lease_runs_out(fx) {
        for (tenant, number) in [(fx.a, 1), (fx.a, 2), (fx.b, 3)] {
            let due_at = Some(at(10 + i64::try_from(number).unwrap()));
            let write = ComplaintWrite { due_at, ..filing(number) };
            commit(&fx.store.tenant(tenant), write).await.unwrap();
        }
        let platform = fx.store.platform();
        let lease = async |now: i64, lease_now: i64| {
            let until = at(lease_now + 5);
            platform.lease_due(WorkKind::Clock, at(now), at(lease_now), until, 10).await.unwrap()
        };
        assert_eq!(lease(10, 1000).await, []);
        let kinds = async |now: i64, lease_now: i64| platform.due_kinds(at(now), at(lease_now)).await.unwrap();
        assert_eq!(kinds(10, 1000).await, []);
        assert_eq!(kinds(12, 1000).await, [WorkKind::Clock]);
        let first = lease(12, 1000).await;
        assert_eq!(kinds(12, 1001).await, [], "what somebody has is nobody else's");
        assert_eq!(kinds(12, 1005).await, [WorkKind::Clock]);
        let subjects: Vec<_> = first.iter().map(|work| work.subject_id).collect();
        assert_eq!(subjects, [id(1), id(2)]);
        assert_eq!(lease(13, 1001).await.len(), 1, "only what nobody has");
        platform.finish_due(&first[0]).await.unwrap();
        platform.fail_due(&first[1], at(1020)).await.unwrap();
        assert_eq!(lease(12, 1019).await, []);
        let again = lease(12, 1020).await;
        assert_eq!((again.len(), again[0].failures), (1, 1));
        let tx = fx.store.tenant(fx.a).write().await.unwrap();
        tx.schedule(WorkKind::Clock, id(2), Some(again[0].due_at)).await.unwrap();
        tx.commit().await.unwrap();
        platform.finish_due(&again[0]).await.unwrap();
        assert_eq!(lease(12, 1021).await.len(), 1, "what was scheduled meanwhile stays, though it is due at the same instant");
        let tx = fx.store.tenant(fx.a).write().await.unwrap();
        tx.schedule(WorkKind::Clock, id(2), None).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(lease(12, 2000).await, []);
    }
}

both! {
    async fn two_workers_never_get_the_same_work(fx) {
        for number in 1..=30 {
            let write = ComplaintWrite { due_at: Some(at(1)), ..filing(number) };
            commit(&fx.store.tenant(fx.a), write).await.unwrap();
        }
        let workers: Vec<_> = (0..8)
            .map(|_| {
                let platform = fx.store.platform();
                tokio::spawn(async move {
                    let mut mine = Vec::new();
                    loop {
                        let work = platform.lease_due(WorkKind::Clock, at(2), at(0), at(9), 3).await.unwrap();
                        if work.is_empty() {
                            return mine;
                        }
                        mine.extend(work.into_iter().map(|work| work.subject_id));
                    }
                })
            })
            .collect();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.await.unwrap());
        }
        all.sort();
        assert_eq!(all, (1..=30).map(id).collect::<Vec<_>>());
    }
}

fn letter(number: u128, key: &str, channel: LetterChannel) -> OutboxDraft {
    OutboxDraft {
        id: id(number),
        subject_id: id(1),
        complaint_id: Some(ComplaintId(id(1))),
        letter_key: key.to_owned(),
        kind: "confirmation".to_owned(),
        recipient: "complainant".to_owned(),
        channel,
        to_address: Some("someone@example.example".to_owned()),
        locale: Locale::Nl,
        subject: "Uw klacht".to_owned(),
        text: "Beste".to_owned(),
        html: "<p>Beste</p>".to_owned(),
        created_at: at(1),
        due_at: at(1),
    }
}

both! {
    async fn mail_is_leased_sent_and_done(fx) {
        let tenant = fx.store.tenant(fx.a);
        let letters = vec![
            letter(11, "one", LetterChannel::Mail),
            letter(12, "two", LetterChannel::Mail),
            letter(13, "one", LetterChannel::Mail),
            letter(14, "three", LetterChannel::Print),
        ];
        commit(&tenant, ComplaintWrite { letters, ..filing(1) }).await.unwrap();
        let platform = fx.store.platform();
        let due = platform.lease_due(WorkKind::Letters, at(1), at(500), at(501), 10).await.unwrap();
        assert_eq!((due.len(), due[0].subject_id, due[0].tenant_id), (1, id(1), fx.a));
        let lease = async |hour: i64| {
            let tx = tenant.write().await.unwrap();
            let leased = tx.lease_letters(id(1), at(1), at(hour), at(hour + 1)).await.unwrap();
            tx.commit().await.unwrap();
            leased
        };
        let leased = lease(500).await;
        assert_eq!(leased.iter().map(|letter| letter.draft.id).collect::<Vec<_>>(), [id(11), id(12)]);
        assert_eq!(leased[0].attempts, 0, "it has not been tried yet");
        assert_eq!(leased[0].draft, letter(11, "one", LetterChannel::Mail));
        assert_eq!(lease(500).await, []);
        let tx = tenant.write().await.unwrap();
        tx.mark_sent(id(11), at(2)).await.unwrap();
        tx.mark_retry(id(12), "451 later", at(510)).await.unwrap();
        tx.finish_letters(id(1)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(platform.lease_due(WorkKind::Letters, at(1), at(509), at(511), 10).await.unwrap(), []);
        assert_eq!(platform.lease_due(WorkKind::Letters, at(1), at(510), at(511), 10).await.unwrap().len(), 1);
        for hour in 510..514 {
            assert_eq!(lease(hour).await[0].attempts, 1, "who took it and ended has not tried it");
        }
        let tx = tenant.write().await.unwrap();
        tx.mark_failed(id(12), LetterFailure::Refused, "550 unknown", at(0)).await.unwrap();
        tx.finish_letters(id(1)).await.unwrap();
        tx.commit().await.unwrap();
        let tx = tenant.read().await.unwrap();
        assert!(tx.scheduled(WorkKind::Letters, &[id(1)]).await.unwrap().is_empty());
        let statuses: Vec<_> =
            tx.letters_of(&[ComplaintId(id(1))]).await.unwrap().iter().map(|letter| letter.status).collect();
        assert_eq!(statuses, [LetterStatus::Sent, LetterStatus::Failed, LetterStatus::Pending]);
        assert_eq!(tx.letter(id(12)).await.unwrap().unwrap().last_error.as_deref(), Some("550 unknown"));
    }
}

both! {
    async fn paper_is_listed_until_it_is_posted(fx) {
        let tenant = fx.store.tenant(fx.a);
        let letters = vec![letter(11, "one", LetterChannel::Print), letter(12, "two", LetterChannel::Mail)];
        let audience = vec![seen("member:z", "official"), seen("member:y", "complainant"), seen("member:x", "excluded")];
        commit(&tenant, ComplaintWrite { audience, letters, ..filing(1) }).await.unwrap();
        let seer = ["member:z".to_owned()];
        let on = chrono::NaiveDate::from_ymd_opt(2026, 1, 2).unwrap();
        let tx = tenant.write().await.unwrap();
        let waiting = tx.letters_to_print(&seer, None, 10).await.unwrap();
        assert_eq!(waiting.iter().map(|letter| letter.draft.id).collect::<Vec<_>>(), [id(11)]);
        assert_eq!(tx.letters_to_print(&seer, Some(id(11)), 10).await.unwrap(), []);
        assert_eq!(tx.count_letters_to_print(&seer).await.unwrap(), 1);
        for other in ["member:y", "member:x", "member:w"].map(|key| [key.to_owned()]) {
            assert_eq!(tx.letters_to_print(&other, None, 10).await.unwrap(), [], "{other:?}");
            assert_eq!(tx.count_letters_to_print(&other).await.unwrap(), 0, "{other:?}");
        }
        assert!(tx.mark_posted(id(11), on).await.unwrap());
        assert!(!tx.mark_posted(id(11), on).await.unwrap(), "once");
        assert!(!tx.mark_posted(id(12), on).await.unwrap(), "mail is not posted");
        assert_eq!(tx.letters_to_print(&seer, None, 10).await.unwrap(), []);
        assert_eq!(tx.letter(id(11)).await.unwrap().unwrap().posted_on, Some(on));
    }
}

both! {
    async fn mail_that_waits_for_another_try_is_nobodys_work_before_its_time(fx) {
        let tenant = fx.store.tenant(fx.a);
        let mail = |number: u128| letter(number, &number.to_string(), LetterChannel::Mail);
        commit(&tenant, ComplaintWrite { letters: vec![mail(11), mail(12)], ..filing(1) }).await.unwrap();
        let due = async |hour: i64| {
            let platform = fx.store.platform();
            platform.lease_due(WorkKind::Letters, at(1), at(hour), at(hour + 1), 10).await.unwrap().len()
        };
        let lease = async |hour: i64| {
            let tx = tenant.write().await.unwrap();
            let leased = tx.lease_letters(id(1), at(1), at(hour), at(hour + 1)).await.unwrap();
            tx.commit().await.unwrap();
            leased.iter().map(|letter| letter.draft.id).collect::<Vec<_>>()
        };
        assert_eq!((due(500).await, lease(500).await), (1, vec![id(11), id(12)]));
        // Each waits its own time: the work waits for the first.
        let tx = tenant.write().await.unwrap();
        tx.mark_retry(id(11), "451 later", at(510)).await.unwrap();
        tx.mark_retry(id(12), "451 later", at(520)).await.unwrap();
        tx.finish_letters(id(1)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(due(509).await, 0);
        assert_eq!((due(510).await, lease(510).await), (1, vec![id(11)]));
        let tx = tenant.write().await.unwrap();
        tx.mark_sent(id(11), at(2)).await.unwrap();
        tx.finish_letters(id(1)).await.unwrap();
        tx.commit().await.unwrap();
        // A new letter need not wait for it, and does not hurry it.
        let tx = tenant.write().await.unwrap();
        tx.insert_letters(vec![mail(13)]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!((due(511).await, lease(511).await), (1, vec![id(13)]));
        // While that one is under way nothing is free: neither the new letter nor the old one.
        let tx = tenant.write().await.unwrap();
        tx.finish_letters(id(1)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(due(511).await, 0);
        let tx = tenant.write().await.unwrap();
        tx.mark_sent(id(13), at(2)).await.unwrap();
        tx.finish_letters(id(1)).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(due(519).await, 0);
        assert_eq!((due(520).await, lease(520).await), (1, vec![id(12)]));
    }
}
