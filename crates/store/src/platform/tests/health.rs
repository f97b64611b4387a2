//! What is told of the platform as a whole.

use chrono::{DateTime, Utc};

use super::*;

both! {
    async fn the_platform_tells_its_steps_its_last_work_and_its_oldest_letter(fx) {
        let platform = fx.store.platform();
        let fresh = platform.health(at(9), 2).await.unwrap();
        assert!(fresh.steps.contains(&"m20261121_070000_create_platform".to_owned()), "{fresh:?}");
        assert_eq!((fresh.worked_at, fresh.letter_due_at, fresh.failing), (None, None, 0));
        for hour in [1, 2] {
            platform.note_worked(at(hour)).await.unwrap();
        }
        for (tenant, number, hour) in [(fx.a, 1, 5), (fx.b, 2, 4)] {
            let mail = OutboxDraft { due_at: at(hour), subject_id: id(number), complaint_id: Some(ComplaintId(id(number))), ..letter(10 + number, "one", LetterChannel::Mail) };
            let write = ComplaintWrite { letters: vec![mail], due_at: Some(at(3)), ..filing(number) };
            commit(&fx.store.tenant(tenant), write).await.unwrap();
        }
        let told = async |hour: i64| platform.health(at(hour), 2).await.unwrap();
        assert_eq!(told(3).await, fresh.clone().with(Some(at(2)), None), "only letters count, and only due ones");
        assert_eq!(told(9).await, fresh.clone().with(Some(at(2)), Some(at(4))));
        platform.set_tenant_status("b", TenantStatus::Suspended, None).await.unwrap();
        assert_eq!(told(9).await, fresh.with(Some(at(2)), Some(at(5))), "what is on hold is not late");
        for (failed, failing) in [(1, 0), (2, 1)] {
            let lease = platform.lease_due(WorkKind::Letters, at(9), at(9 * failed), at(9 * failed + 1), 1).await.unwrap();
            platform.fail_due(&lease[0], at(9 * failed + 2)).await.unwrap();
            assert_eq!(told(9).await.failing, failing, "failed {failed} times");
        }
    }
}

impl Health {
    fn with(self, worked_at: Option<DateTime<Utc>>, letter_due_at: Option<DateTime<Utc>>) -> Self {
        Self {
            worked_at,
            letter_due_at,
            ..self
        }
    }
}
