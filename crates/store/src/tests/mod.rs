//! The walls: tenants, transactions, and a database that goes away.

mod due;
mod figures;
mod hints;
mod isolation;
mod log;
mod measures;
mod records;
mod trouble;

use chrono::NaiveDate;
use serde_json::json;
use wederhoor_procedure::{
    ComplaintId, CourseId, Locale, MeasureId, MemberId, TenantId, decide::DueMeasure,
};

use crate::testing::*;
use crate::*;

pub(super) fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 5, 4).unwrap()
}

pub(super) fn course() -> CourseRecord {
    CourseRecord {
        id: CourseId(id(20)),
        title: "Feedback geven".to_owned(),
        code: Some("FG".to_owned()),
        ended_on: Some(day()),
        organiser_id: Some(MemberId(id(10))),
        is_open: true,
        created_at: at(0),
        sessions: vec![SessionDay {
            id: id(21),
            held_on: day(),
        }],
        trainers: vec![MemberId(id(10)), MemberId(id(11))],
    }
}

pub(super) fn absence() -> AbsenceRecord {
    let substitute_id = Some(MemberId(id(11)));
    AbsenceRecord {
        id: id(30),
        member_id: MemberId(id(10)),
        from_on: day(),
        until_on: day(),
        substitute_id,
    }
}

pub(super) fn contact() -> ContactRecord {
    ContactRecord {
        id: id(40),
        contact_on: day(),
        course_id: Some(course().id),
        recorded_by: MemberId(id(10)),
        is_invited: true,
        content: json!({"about": "noise"}),
        created_at: at(1),
    }
}

pub(super) fn invitation() -> InvitationRecord {
    InvitationRecord {
        id: id(50),
        member_id: MemberId(id(11)),
        token_hash: vec![5; 32],
        expires_at: at(9),
    }
}

pub(super) fn letter() -> OutboxDraft {
    OutboxDraft {
        id: id(60),
        subject_id: id(1),
        complaint_id: Some(ComplaintId(id(1))),
        letter_key: "confirmation".to_owned(),
        kind: "confirmation".to_owned(),
        recipient: "complainant".to_owned(),
        channel: LetterChannel::Print,
        to_address: None,
        locale: wederhoor_procedure::Locale::En,
        subject: "Your complaint".to_owned(),
        text: "Dear".to_owned(),
        html: "<p>Dear</p>".to_owned(),
        created_at: at(1),
        due_at: at(1),
    }
}

pub(super) fn access(number: u128) -> AccessRecord {
    AccessRecord {
        id: id(number),
        complaint_id: ComplaintId(id(1)),
        at: at(3),
        who: Accessor::Member(MemberId(id(10))),
        side: None,
        what: "saw_dossier".to_owned(),
        session_id: Some(id(70)),
        sign_in_id: Some(id(71)),
    }
}

/// A measure that a member sees to.
pub(super) fn measure_due(measure: u128, member: u128, due_on: NaiveDate) -> DueMeasure {
    DueMeasure {
        measure: MeasureId(id(measure)),
        member: MemberId(id(member)),
        due_on,
    }
}

/// The calendar feed of the member who has a login.
pub(super) fn feed(tenant_id: TenantId) -> CalendarFeedRecord {
    CalendarFeedRecord {
        tenant_id,
        member_id: MemberId(id(10)),
        account_id: account(2).id,
        secret_hash: vec![8; 32],
        made_at: at(1),
    }
}

/// The wording of a decision, with this body.
pub(super) fn wording(body: &str) -> WordingRecord {
    WordingRecord {
        kind: "decision".to_owned(),
        locale: Locale::Nl,
        subject: None,
        body: Some(body.to_owned()),
        changed_at: at(1),
        changed_by: MemberId(id(10)),
    }
}

/// An API key of the member who has a login.
pub(super) fn api_key() -> ApiKeyRecord {
    ApiKeyRecord {
        id: id(90),
        name: "Power BI".to_owned(),
        prefix: "whk_0000005a".to_owned(),
        scopes: vec!["statistics".to_owned()],
        per_minute: 60,
        made_by: MemberId(id(10)),
        made_at: at(1),
        rotated_at: None,
        expires_at: at(9),
        revoked_at: None,
        last_used_at: None,
    }
}

/// That it was used once.
pub(super) fn api_key_use() -> ApiKeyUse {
    ApiKeyUse {
        id: id(91),
        key_id: api_key().id,
        at: at(4),
        operation: Some("apiKey".to_owned()),
        source: "203.0.113.9".to_owned(),
    }
}

/// Gives tenant `a` a row in every table.
pub(super) async fn fill(fx: &Fixture) {
    fx.store
        .platform()
        .create_account(account(2))
        .await
        .unwrap();
    let tx = fx.store.tenant(fx.a).write().await.unwrap();
    tx.insert_member(MemberRecord {
        account_id: Some(account(2).id),
        ..member(10)
    })
    .await
    .unwrap();
    tx.insert_member(member(11)).await.unwrap();
    tx.insert_absence(absence()).await.unwrap();
    tx.insert_course(course()).await.unwrap();
    tx.insert_contact(contact()).await.unwrap();
    tx.insert_invitation(invitation()).await.unwrap();
    assert!(
        tx.insert_closing_day(ClosingDay {
            closed_on: day(),
            known_since: at(0)
        })
        .await
        .unwrap()
    );
    tx.insert_closing_day(ClosingDay {
        closed_on: at(0).date_naive(),
        known_since: at(0),
    })
    .await
    .unwrap();
    let taken_back = tx.take_back_closing_day(at(0).date_naive(), at(1)).await;
    assert!(taken_back.unwrap());
    assert_eq!(
        tx.claim("member:10", "key", &[1], at(0)).await.unwrap(),
        Repetition::First
    );
    tx.answer("member:10", "key", &json!({"id": 1}))
        .await
        .unwrap();
    let link = AccessLinkRecord {
        token_hash: vec![7],
        tenant_id: fx.a,
        complaint_id: ComplaintId(id(1)),
        party: "complainant".to_owned(),
        is_asked_for: true,
        mailed_to: None,
        created_at: at(0),
        expires_at: at(9),
    };
    tx.insert_access_link(link).await.unwrap();
    tx.write_calendar_feed(feed(fx.a)).await.unwrap();
    tx.write_wording(wording("Dag,")).await.unwrap();
    tx.write_bounce_key(vec![9; 32], at(0)).await.unwrap();
    tx.insert_api_key(api_key(), vec![12; 32]).await.unwrap();
    tx.note_api_key_uses(vec![api_key_use()]).await.unwrap();
    let deadline = DeadlineRow {
        kind: "answer".to_owned(),
        key: String::new(),
        due_on: day(),
        due_at: at(5),
        met_at: None,
        lapsed_at: None,
    };
    let write = ComplaintWrite {
        deadlines: vec![deadline],
        measures: vec![measure_due(95, 10, day())],
        letters: vec![letter()],
        due_at: Some(at(5)),
        reference: tx.next_reference("A", 2026, &mut counting()).await.unwrap(),
        ..filing(1)
    };
    tx.commit_complaint(write, &mut salts()).await.unwrap();
    tx.note_access(vec![access(80)]).await.unwrap();
    tx.commit().await.unwrap();
    let session = SessionRecord {
        id: id(70),
        tenant_id: fx.a,
        account_id: account(2).id,
        member_id: MemberId(id(10)),
        family: id(71),
        refresh_hash: vec![1],
        created_at: at(0),
        authenticated_at: at(0),
        rotated_at: None,
        expires_at: at(9),
        ended_at: None,
    };
    let password = account(2).password_hash;
    let shown = Shown {
        password_hash: password.as_deref(),
        code: None,
    };
    let platform = fx.store.platform();
    platform.create_session(session, &shown).await.unwrap();
}
