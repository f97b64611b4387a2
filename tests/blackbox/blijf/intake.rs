//! Blijf Groep: who may complain, about what, how, and how late.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    Case,
    blijf::{BLIJF, HOUSE_RULE, appeal, decide, filed, hear, heard, respond},
    done, form, letter, mutate, refusal,
};

both! {
    async fn b01_whatever_arrives_is_registered(app: &App) {
        let bare = json!({
            "organisation": BLIJF,
            "complainant": { "email": "gast@personen.example" },
            "description": "Ik was er niet eens bij, maar toch.",
        });
        let case = Case::filed(app, "", bare).await;
        assert_eq!(case.stands().await, "RECEIVED");
        assert!(!case.now().await["acknowledgedAt"].is_null());
        assert_eq!(case.letters("CONFIRMATION").await.len(), 1);
    }

    async fn b01_standing_is_a_decision_with_reasons(app: &App) {
        let case = filed(app, Some("veilig")).await;
        case.act("advies1", "takeComplaint", json!({})).await;
        let empty = case.refused("advies1", "declareInadmissible", json!({ "ground": "STANDING", "reasons": " " })).await;
        assert_eq!(empty.0, "REQUIRED");
        let reasons = json!({ "ground": "STANDING", "reasons": "U nam niet deel aan deze training." });
        case.act("advies1", "declareInadmissible", reasons).await;
        app.sweep().await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        assert_eq!(case.now().await["rounds"][0]["appealWay"]["ground"], "INADMISSIBLE");
        let told = case.letters("INADMISSIBLE").await;
        assert!(told.iter().any(|letter| letter["to"] == "klager@blijf-groep.example"), "{told:#?}");
        let entries = case.seen_by("klager").await["entries"].clone();
        let reasoned = entries.as_array().unwrap().iter().any(|entry| entry["text"] == "U nam niet deel aan deze training.");
        assert!(reasoned, "{entries:#}");
        app.at("2026-03-31T08:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED INADMISSIBLE");
        assert_eq!(case.now().await["closedAt"], "2026-03-30T22:00:00Z");
    }

    async fn b02_what_is_spoken_is_no_complaint_and_no_clock_runs(app: &App) {
        let spoken = letter(app, BLIJF, Some("veilig"), "TELEPHONE", "2026-03-02T07:30:00Z");
        let payload = mutate(app, "blijf-groep/admin", "registerComplaint", spoken, "receipt { reference }").await;
        assert_eq!(refusal(&payload), ("MUST_BE_WRITTEN".to_owned(), "Begripsbepaling".to_owned()));
        contact(app, true).await;
        app.at("2026-06-01T08:00:00Z").await;
        let document = "{ complaints { totalCount } informalContacts { nodes { contactOn isInvited note } } workQueue { totalCount } }";
        let answer = app.ask("blijf-groep/admin", document, json!({})).await;
        assert_eq!(answer.data()["complaints"]["totalCount"], 0);
        assert_eq!(answer.data()["workQueue"]["totalCount"], 0);
        let logged = &answer.data()["informalContacts"]["nodes"];
        assert_eq!(logged[0]["contactOn"], "2026-03-02", "{logged}");
        assert_eq!(app.letters().await, Vec::<Value>::new());
    }

    async fn b03_a_talk_on_the_spot_never_bars_filing(app: &App) {
        contact(app, true).await;
        let document = "{ informalContacts { nodes { isInvited } } }";
        let answer = app.ask("blijf-groep/admin", document, json!({})).await;
        assert_eq!(answer.data()["informalContacts"]["nodes"][0]["isInvited"], true);
        let case = filed(app, Some("veilig")).await;
        case.act("advies1", "takeComplaint", json!({})).await;
        assert_eq!(case.stands().await, "IN_TREATMENT");
    }

    async fn b03_who_is_still_dissatisfied_is_invited_to_write(app: &App) {
        let refused = talk(app, "blijf-groep/advies1", json!({ "isInvited": false })).await;
        assert_eq!(refusal(&refused), ("INVITATION_REQUIRED".to_owned(), "Klachtenprocedure 1".to_owned()));
        assert_eq!(refused["userErrors"][0]["field"], json!(["isInvited"]));
        assert!(refused["informalContact"].is_null());
        for answer in [json!({ "isInvited": true }), json!({ "isInvited": false, "isSettled": true })] {
            let logged = done(talk(app, "blijf-groep/advies1", answer.clone()).await)["informalContact"].clone();
            assert_eq!((&logged["isInvited"], &logged["isSettled"] == true), (&answer["isInvited"], answer["isSettled"] == true));
        }
        // Where the regulation has no such rule, nobody need be invited.
        done(talk(app, "livp/admin", json!({ "isInvited": false })).await);
    }

    async fn b04_the_window_is_a_month_and_rolls(app: &App) {
        let worked = [
            ("2026-01-31", "2026-02-28", "2026-03-02", "2026-03-02T23:00:00Z"),
            ("2028-02-29", "2028-03-29", "2028-03-29", "2028-03-29T22:00:00Z"),
            ("2026-03-27", "2026-04-27", "2026-04-28", "2026-04-28T22:00:00Z"),
            ("2025-12-01", "2026-01-01", "2026-01-05", "2026-01-05T23:00:00Z"),
        ];
        for (ended, ..) in worked {
            let course = json!({ "title": format!("Training {ended}"), "sessionDays": ["2025-11-20", ended] });
            done(mutate(app, "blijf-groep/admin", "addCourse", json!({ "course": course }), "course { id }").await);
        }
        let document = "{ organisation(slug: \"blijf-groep\") { intakeForm { courses { title endedOn
            filingWindow { startedOn rolledFromOn lastOn endsAt isRolling isMoved } } } } }";
        let answer = app.ask("", document, json!({})).await;
        let courses = answer.data()["organisation"]["intakeForm"]["courses"].as_array().unwrap();
        for (ended, from, last, ends) in worked {
            let title = format!("Training {ended}");
            let course = courses.iter().find(|course| course["title"] == title.as_str()).unwrap();
            let expected = json!({
                "startedOn": ended, "rolledFromOn": from, "lastOn": last, "endsAt": ends, "isRolling": true, "isMoved": from != last,
            });
            assert_eq!(course["filingWindow"], expected, "{ended}");
        }
    }

    async fn b04_the_last_second_of_the_last_local_day_is_in_time(app: &App) {
        app.at("2026-03-20T22:59:59Z").await;
        let timely = filed(app, Some("veilig")).await;
        app.at("2026-03-20T23:00:00Z").await;
        let late = filed(app, Some("veilig")).await;
        let registered = letter(app, BLIJF, Some("veilig"), "POST", "2026-03-20T22:59:59Z");
        let registered = Case::registered(app, BLIJF, registered).await;
        assert_eq!(timely.now().await["admission"], "TIMELY");
        assert_eq!(registered.now().await["admission"], "TIMELY");
        assert_eq!(late.now().await["admission"], "UNDECIDED");
        assert_eq!(late.due("LATE_COMPLAINT").await, ["2026-04-04", "2026-04-04T22:00:00Z", HOUSE_RULE]);
    }

    async fn b04_late_and_undecided_for_two_weeks_is_admitted(app: &App) {
        app.at("2026-03-24T09:00:00Z").await;
        let case = heard(app).await;
        let response = json!({ "finding": "UPHELD", "text": "U hebt gelijk." });
        assert_eq!(case.refused("advies1", "issueResponse", response.clone()).await.0, "ADMISSION_UNDECIDED");
        app.at("2026-04-07T21:59:59Z").await;
        assert_eq!(case.now().await["admission"], "UNDECIDED");
        app.at("2026-04-07T22:00:00Z").await;
        assert_eq!(case.now().await["admission"], "ADMITTED");
        assert_eq!(case.letters("LATE_COMPLAINT_ADMITTED").await.iter().filter(|one| one["to"] == "klager@blijf-groep.example").count(), 1);
        case.act("advies1", "issueResponse", response).await;
        assert_eq!(case.stands().await, "AWAITING_COMPLAINANT");
    }

    async fn b04_late_is_admitted_by_its_handler_with_reasons(app: &App) {
        app.at("2026-03-24T09:00:00Z").await;
        let case = filed(app, Some("veilig")).await;
        let reasons = json!({ "reasons": "U was ziek." });
        assert_eq!(case.refused("advies1", "admitLateComplaint", reasons.clone()).await.0, "NOT_ALLOWED");
        case.act("advies1", "takeComplaint", json!({})).await;
        case.act("advies1", "admitLateComplaint", reasons).await;
        assert_eq!(case.now().await["admission"], "ADMITTED");
        let again = case.may("advies1", "ADMIT_LATE_COMPLAINT").await;
        assert!(again.is_err(), "{again:?}");
    }

    async fn b04_late_is_inadmissible_and_the_manager_decides_it_itself(app: &App) {
        app.at("2026-03-24T09:00:00Z").await;
        let case = heard(app).await;
        case.act("advies1", "declareInadmissible", json!({ "ground": "LATE", "reasons": "Een maand na afloop was voorbij." })).await;
        app.sweep().await;
        let manager = appeal(&case).await;
        assert_eq!(case.stands().await, "ON_APPEAL");
        decide(&case, manager, "UPHELD").await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
    }

    async fn b04_filing_during_the_course_is_allowed(app: &App) {
        let case = filed(app, Some("lopend")).await;
        assert_eq!(case.now().await["admission"], "TIMELY");
        let long_ago = filed(app, Some("oud")).await;
        assert_eq!(long_ago.now().await["admission"], "UNDECIDED");
    }

    async fn b04_a_complaint_without_a_course_is_never_late_and_runs_to_its_end(app: &App) {
        app.at("2026-12-01T09:00:00Z").await;
        let case = filed(app, None).await;
        assert_eq!(case.now().await["admission"], "TIMELY");
        assert!(case.now().await["course"].is_null());
        case.act("advies2", "takeComplaint", json!({})).await;
        case.act("admin", "assignDecider", json!({ "memberId": app.person(BLIJF, "advies1")["id"] })).await;
        let stem = &app.person(BLIJF, "stem")["id"];
        case.act("admin", "nameRepresentative", json!({ "memberId": stem })).await;
        hear(&case, "advies1", json!({ "kind": "COMPLAINANT" })).await;
        hear(&case, "advies1", json!({ "kind": "REPRESENTATIVE" })).await;
        respond(&case).await;
        case.act("klager", "acceptResponse", json!({})).await;
        assert_eq!(case.stands().await, "CLOSED ACCEPTED");
    }

    async fn b04_by_letter_or_mail_by_whoever_may_register_it(app: &App) {
        for who in ["admin", "advies1", "advies2"] {
            let mail = letter(app, BLIJF, Some("veilig"), "EMAIL", "2026-03-02T07:00:00Z");
            done(mutate(app, &format!("blijf-groep/{who}"), "registerComplaint", mail, "receipt { reference }").await);
        }
        for who in ["trainer", "manager", "analist", "stem", "klager"] {
            let mail = letter(app, BLIJF, Some("veilig"), "EMAIL", "2026-03-02T07:00:00Z");
            let payload = mutate(app, &format!("blijf-groep/{who}"), "registerComplaint", mail, "receipt { reference }").await;
            assert_eq!(refusal(&payload).0, "NOT_ALLOWED", "{who}");
        }
        let mut unknown = form(app, BLIJF, None);
        unknown["complainant"] = json!({ "name": "Niemand" });
        let payload = mutate(app, "", "fileComplaint", unknown, "receipt { reference }").await;
        assert_eq!(refusal(&payload).0, "ADDRESS_REQUIRED");
    }
}

async fn contact(app: &App, is_invited: bool) {
    let course = &app.course(BLIJF, "veilig")["id"];
    let input = json!({ "isInvited": is_invited, "courseId": course });
    done(talk(app, "blijf-groep/advies1", input).await);
}

/// What comes of recording a talk, with this besides.
async fn talk(app: &App, who: &str, besides: Value) -> Value {
    let mut input = json!({
        "contactOn": "2026-03-02",
        "note": "Besproken na afloop; nog niet tevreden, gevraagd het op te schrijven.",
    });
    let besides = besides.as_object().expect("an object").clone();
    input.as_object_mut().expect("an object").extend(besides);
    let selection = "informalContact { id isInvited isSettled }";
    mutate(app, who, "recordInformalContact", input, selection).await
}
