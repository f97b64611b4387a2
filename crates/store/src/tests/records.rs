//! What is written is read.

use serde_json::json;
use wederhoor_procedure::{Locale, MemberId};

use super::*;

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
        assert_eq!(tx.contacts(None, None, 10).await.unwrap(), [contact()]);
        assert_eq!(tx.contact(contact().id).await.unwrap(), Some(contact()));
        for (by, found) in [(None, 1), (Some(contact().recorded_by), 1), (Some(MemberId(id(99))), 0)] {
            assert_eq!(tx.count_contacts(by).await.unwrap(), found);
            assert_eq!(tx.contacts(by, None, 10).await.unwrap().len() as u64, found);
        }
        assert_eq!(tx.count_courses().await.unwrap(), 1);
        assert_eq!(tx.course_titles(&[course().id]).await.unwrap(), [(course().id, course().title)].into());
        assert_eq!(tx.all_course_titles().await.unwrap(), [(course().id, course().title)].into());
        assert_eq!(tx.closing_days().await.unwrap().len(), 1);
        let mut days = tx.calendar_days().await.unwrap();
        days.sort_by_key(|one| one.taken_back_at);
        let kept = CalendarDay { day: day(), known_since: at(0), taken_back_at: None, is_equated: false };
        let taken_back = CalendarDay { day: at(0).date_naive(), taken_back_at: Some(at(1)), ..kept };
        assert_eq!(days, [kept, taken_back]);
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
        assert!(tx.take_back_closing_day(day(), at(1)).await.unwrap());
        let english = WordingRecord { locale: Locale::En, ..wording("Dear,") };
        for one in [english.clone(), wording("Hallo,")] {
            tx.write_wording(one).await.unwrap();
        }
        assert_eq!(tx.wordings(None).await.unwrap(), [english, wording("Hallo,")]);
        assert_eq!(tx.wordings(Some(&["closing"])).await.unwrap(), []);
        assert!(tx.delete_wording("decision", Locale::En).await.unwrap());
        assert!(!tx.delete_wording("decision", Locale::En).await.unwrap());
        assert_eq!(tx.wordings(None).await.unwrap(), [wording("Hallo,")]);
        let taken = tx.consume_invitation(&[5; 32], at(1)).await.unwrap();
        assert_eq!(taken, Some(invitation()));
        tx.create_account(account(3)).await.unwrap();
        tx.link_account(MemberId(id(11)), account(3).id).await.unwrap();
        assert_eq!(tx.consume_invitation(&[5; 32], at(1)).await.unwrap(), None, "once");
        assert_eq!(tx.forget_answers(at(1)).await.unwrap(), 1);
        assert_eq!(tx.repetition("member:10", "key", &[2]).await.unwrap(), Repetition::First);
        tx.insert_policy(policy(2)).await.unwrap();
        assert_eq!(tx.policies().await.unwrap(), [policy(2), policy(1)]);
        tx.commit().await.unwrap();
    }
}

both! {
    async fn equated_days_hold_for_every_tenant_and_have_all_looked_at(fx) {
        let platform = fx.store.platform();
        let equated = |equated_on| EquatedDay { equated_on, known_since: at(3), source: "Stb.".to_owned(), entered_by: None };
        platform.insert_equated_days(vec![equated(day())], at(3), None).await.unwrap();
        assert_eq!(platform.equated_days().await.unwrap(), [equated(day())]);
        for tenant in [fx.a, fx.b] {
            let tx = fx.store.tenant(tenant).write().await.unwrap();
            let known = CalendarDay { day: day(), known_since: at(3), taken_back_at: None, is_equated: true };
            assert_eq!(tx.calendar_days().await.unwrap(), [known]);
            assert_eq!(tx.hold(WorkKind::People, tenant.0).await.unwrap(), Some(at(3)));
        }
        let both = vec![equated(at(0).date_naive()), equated(day())];
        let refused = platform.insert_equated_days(both, at(1), None).await;
        assert!(matches!(refused, Err(StoreError::Conflict)), "{refused:?}");
        assert_eq!(platform.equated_days().await.unwrap().len(), 1, "all or none");
        let tx = fx.store.tenant(fx.a).write().await.unwrap();
        assert_eq!(tx.hold(WorkKind::People, fx.a.0).await.unwrap(), Some(at(3)));
    }
}
