//! What stands in a feed: what the member's work queue holds at that moment, and nothing else.

use std::collections::BTreeSet;

use calcard::icalendar::{ICalendarProperty, ICalendarTransparency, ICalendarValue};
use reqwest::Method;
use serde_json::json;
use wederhoor_tests::{App, both};

use super::{
    ORGANISATION, Read, as_queue, changed, due, fetched, instant, made, queue, text, value, word,
};
use crate::steps::{
    Case, address, blijf, done, joins_blijf, letter,
    livp::{LIVP, assign, assigned, filed},
    mutate, respondent, sign_in,
};

/// All that an event says, and a calendar.
const OF_EVENT: [ICalendarProperty; 6] = [
    ICalendarProperty::Summary,
    ICalendarProperty::Dtend,
    ICalendarProperty::Dtstart,
    ICalendarProperty::Transp,
    ICalendarProperty::Uid,
    ICalendarProperty::Dtstamp,
];
const NAME: &str = "X-WR-CALNAME";

fn calendar_name() -> ICalendarProperty {
    ICalendarProperty::Other(NAME.to_owned())
}

both! {
    async fn a_handler_reads_what_is_due_on_its_last_day(app: &App) {
        let case = assigned(app).await;
        app.sweep().await;
        let feed = made(app, "livp/trainer2").await;
        let answer = fetched(app, Method::GET, &feed).await;
        let headers = answer.headers().clone();
        assert_eq!(headers["content-type"], "text/calendar; charset=utf-8");
        assert_eq!(headers["cache-control"], "private, no-store");
        let read = Read::of(&answer.text().await.unwrap());
        let calendar = read.calendar();
        assert_eq!(word(calendar, &ICalendarProperty::Version), "2.0");
        assert!(word(calendar, &ICalendarProperty::Prodid).contains("wederhoor"));
        assert_eq!(word(calendar, &calendar_name()), ORGANISATION);
        let ICalendarValue::Duration(interval) = value(calendar, &ICalendarProperty::RefreshInterval) else {
            panic!("{calendar:?}")
        };
        assert_eq!(interval.as_seconds(), 3_600);
        assert_eq!(calendar.entries.len(), 4, "and nothing else: {calendar:?}");
        for event in read.events() {
            assert!(event.entries.iter().all(|entry| OF_EVENT.contains(&entry.name)), "{event:?}");
            assert_eq!(event.entries.len(), OF_EVENT.len(), "{event:?}");
            assert_eq!(event.transparency(), Some(&ICalendarTransparency::Transparent));
            assert_eq!(instant(event, &ICalendarProperty::Dtstamp), wederhoor_tests::START);
        }
        let reference = &case.reference;
        let told: Vec<_> = read.due().into_iter().map(|one| (one.summary, one.on, one.until)).collect();
        let day = |what: &str, on: &str, until: &str| (format!("{reference}: {what}"), on.to_owned(), until.to_owned());
        assert_eq!(told, [
            day("Persoonlijk contact met de klager", "2026-03-09", "2026-03-10"),
            day("Uitkomst van de behandeling", "2026-03-30", "2026-03-31"),
        ]);
    }

    async fn a_feed_holds_what_the_queue_of_its_member_holds(app: &App) {
        let mine = assigned(app).await;
        let theirs = filed(app, None).await;
        assign(&theirs, "trainer3").await;
        blijf::filed(app, None).await;
        let (first, second) = (made(app, "livp/trainer2").await, made(app, "livp/trainer3").await);
        let admin = made(app, "livp/admin").await;
        let [first, second, admin] = [due(app, &first).await, due(app, &second).await, due(app, &admin).await];
        for (who, due) in [("livp/trainer2", &first), ("livp/trainer3", &second), ("livp/admin", &admin)] {
            assert_eq!(as_queue(due), queue(app, who).await, "{who}");
            assert!(!due.is_empty(), "{who}");
        }
        assert!(first.iter().all(|one| one.summary.starts_with(&mine.reference)), "{first:#?}");
        assert!(second.iter().all(|one| one.summary.starts_with(&theirs.reference)), "{second:#?}");
    }

    async fn a_deadline_keeps_its_name_and_goes_when_it_is_met(app: &App) {
        let case = assigned(app).await;
        let feed = made(app, "livp/trainer2").await;
        let before = due(app, &feed).await;
        assert_ne!(before[0].uid, before[1].uid);
        app.time_passes_until("2026-03-03T09:30:00Z");
        let later = Read::of(&text(app, &feed).await);
        assert_eq!(later.due(), before);
        for event in later.events() {
            assert_eq!(instant(event, &ICalendarProperty::Dtstamp), "2026-03-03T09:30:00Z");
        }
        case.act("trainer2", "recordContact", json!({ "means": "TELEPHONE", "isReached": true })).await;
        assert_eq!(due(app, &feed).await, before[1..]);
    }

    async fn a_complaint_about_its_member_is_not_in_it(app: &App) {
        let mut arrived = letter(app, LIVP, Some("basis"), "EMAIL", wederhoor_tests::START);
        arrived["respondents"] = json!([respondent(app, LIVP, "trainer2")]);
        Case::registered(app, LIVP, arrived).await;
        let (excluded, admin) = (made(app, "livp/trainer2").await, made(app, "livp/admin").await);
        assert_ne!(due(app, &admin).await, []);
        assert_eq!(due(app, &excluded).await, []);
    }

    async fn a_role_that_is_taken_away_is_gone_at_once(app: &App) {
        assigned(app).await;
        let feed = made(app, "livp/trainer2").await;
        assert_ne!(due(app, &feed).await, []);
        let written = |roles: &[&str]| json!({ "name": "Eva Educator", "email": address(app, LIVP, "trainer2"), "roles": roles, "locale": "NL" });
        changed(app, "trainer2", written(&["TRAINER"])).await;
        assert_eq!(due(app, &feed).await, []);
        assert_eq!(queue(app, "livp/trainer2").await, []);
    }

    async fn it_is_in_the_language_of_its_member(app: &App) {
        let case = assigned(app).await;
        let feed = made(app, "livp/trainer2").await;
        let english = json!({ "name": "Eva Educator", "email": address(app, LIVP, "trainer2"), "roles": ["HANDLER", "TRAINER"], "locale": "EN" });
        changed(app, "trainer2", english).await;
        let told = due(app, &feed).await;
        assert_eq!(told[0].summary, format!("{}: Personal contact with the complainant", case.reference));
    }

    async fn of_two_organisations_each_feed_tells_its_own(app: &App) {
        assigned(app).await;
        let email = address(app, LIVP, "trainer2");
        joins_blijf(app, &email, "HANDLER").await;
        let case = blijf::filed(app, None).await;
        let there = sign_in(app, &email, "blijf-groep").await["accessToken"].as_str().unwrap().to_owned();
        done(mutate(app, &there, "takeComplaint", json!({ "complaintId": case.id }), "").await);
        let (here, there) = (made(app, "livp/trainer2").await, made(app, &there).await);
        let at_blijf = due(app, &there).await;
        assert!(!at_blijf.is_empty() && at_blijf.iter().all(|one| one.summary.starts_with(&case.reference)), "{at_blijf:#?}");
        let at_livp = due(app, &here).await;
        assert!(!at_livp.is_empty() && at_livp.iter().all(|one| one.summary.starts_with("LIVP-")), "{at_livp:#?}");
    }

    async fn of_more_than_anybody_has_in_hand_it_tells_the_500_soonest(app: &App) {
        assigned(app).await;
        let feed = made(app, "livp/trainer2").await;
        let last = due(app, &feed).await.pop().unwrap();
        for kind in ["contact", "reaction", "silence"] {
            let more = format!("INSERT INTO complaint_deadline (tenant_id, complaint_id, kind, key, due_on, due_at)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
                SELECT tenant_id, complaint_id, '{{\"{kind}\":' || i || '}}', key, due_on, due_at
                FROM complaint_deadline, n WHERE kind = '{{\"contact\":0}}'");
            app.database.execute(&more).await;
        }
        let told = due(app, &feed).await;
        assert_eq!(told.len(), 500);
        assert!(told.iter().all(|one| one.on < last.on), "{last:?} comes after them");
        let names: BTreeSet<&str> = told.iter().map(|one| one.uid.as_str()).collect();
        assert_eq!(names.len(), 500);
    }

    async fn whatever_stands_in_a_name_is_read_as_it_was_written(app: &App) {
        assigned(app).await;
        app.sweep().await;
        let name = format!("Opleidingen; \"Wederhoor, Woord & Zoon\" \\n é{} 漢字", "ö, zorg & welzijn;".repeat(9));
        let reference = "LIVP\\2026;0001,\"é\": 漢字漢字漢字漢字漢字漢字漢字";
        app.database.execute(&format!("UPDATE tenant SET name = '{name}' WHERE slug = 'livp'")).await;
        app.database.execute(&format!("UPDATE complaint SET reference = '{reference}'")).await;
        let feed = made(app, "livp/trainer2").await;
        let written = text(app, &feed).await;
        let lines: Vec<&str> = written.split("\r\n").collect();
        assert_eq!(lines.last(), Some(&""), "every line is ended");
        for line in lines {
            assert!(line.len() <= 75, "{line}");
            assert!(!line.contains(['\r', '\n']), "{line:?}");
        }
        let read = Read::of(&written);
        assert_eq!(word(read.calendar(), &calendar_name()), name);
        let due = read.due();
        assert_eq!(due.len(), 2, "{due:#?}");
        assert_eq!(due[0].summary, format!("{reference}: Persoonlijk contact met de klager"));
    }
}
