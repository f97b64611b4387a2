//! What happened with an account, and what its owner saw and did: for themselves alone.

use serde_json::{Value, json};
use wederhoor_server::demo::PASSWORD;
use wederhoor_tests::{App, both};

use super::{ACTIVITY, TOKENS, Timed, access, activity, reads, refreshed, sign_in, words};
use crate::{
    edge::set_up_second_factor,
    operator::newcomer,
    steps::{Case, address, ask, codes, done, form, livp::assigned, mutate},
};

/// Kinds and actions, oldest first.
fn told(rows: &[Value]) -> Vec<String> {
    let mut told = words(rows);
    told.reverse();
    told
}

both! {
    async fn the_owner_of_an_account_sees_what_happened_by_which_sign_in(app: &App) {
        let case = assigned(app).await;
        let (here, there) = (sign_in(app, "livp", "trainer2").await, sign_in(app, "livp", "trainer2").await);
        let (here, there) = (access(&here), access(&there));
        reads(app, &here, &case.id).await;
        case.act(&there, "recordContact", json!({ "means": "TELEPHONE", "isReached": true })).await;
        let rows = activity(app, &here).await;
        let mut kinds = told(&rows);
        kinds.sort();
        assert_eq!(kinds, ["ACTED RECORD_CONTACT", "SAW_DOSSIER", "SAW_DOSSIER", "SIGNED_IN", "SIGNED_IN"]);
        let answer = ask(app, &here, "{ viewer { signIns { nodes { id isCurrent } } } }", json!({})).await;
        let list = answer.data()["viewer"]["signIns"]["nodes"].as_array().unwrap().clone();
        let id = |is_current: bool| list.iter().find(|one| one["isCurrent"] == is_current).unwrap()["id"].clone();
        let acted = rows.iter().find(|row| row["kind"] == "ACTED").unwrap();
        assert_eq!((&acted["signInId"], &acted["complaintId"]), (&id(false), &json!(case.id)));
        let by_here = rows.iter().filter(|row| row["signInId"] == id(true));
        let mut by_here = words(&by_here.cloned().collect::<Vec<_>>());
        by_here.sort();
        assert_eq!(by_here, ["SAW_DOSSIER", "SIGNED_IN"]);
        let signed_in = rows.iter().find(|row| row["kind"] == "SIGNED_IN").unwrap();
        assert!(signed_in["organisationName"].is_string() && signed_in["complaintId"].is_null());
    }

    async fn of_others_nobody_sees_anything(app: &App) {
        let case = assigned(app).await;
        reads(app, "livp/admin2", &case.id).await;
        for who in ["livp/trainer1", "livp/trainer3", "blijf-groep/admin"] {
            assert_eq!(told(&activity(app, who).await), ["SIGNED_IN"], "{who}");
        }
        let theirs = activity(app, "livp/admin2").await;
        assert!(theirs.iter().all(|row| row["action"] != "ASSIGN_DECIDER"), "{theirs:#?}");
    }

    async fn who_came_by_a_link_or_is_nobody_has_no_account(app: &App) {
        let case = Case::filed(app, "", form(app, "livp", Some("basis"))).await;
        app.sweep().await;
        let link = app.come_in_by_link("robin@personen.example").await;
        reads(app, &link, &case.id).await;
        assert_eq!(activity(app, &link).await, [Value::Null; 0]);
        assert_eq!(ask(app, "", ACTIVITY, json!({})).await.data()["viewer"], Value::Null);
    }

    async fn ways_in_and_out_of_an_account_are_told(at: &Timed) {
        let app = &at.app;
        let (first, last) = (sign_in(app, "livp", "admin2").await, sign_in(app, "livp", "admin2").await);
        let token = access(&last);
        let shown = "signedOut { endedCount }";
        at.minutes_pass(1);
        done(mutate(app, &access(&first), "signOut", json!({}), shown).await);
        at.minutes_pass(1);
        done(mutate(app, &token, "confirmIdentity", json!({ "password": PASSWORD }), "isConfirmed").await);
        let stolen = sign_in(app, "livp", "admin2").await;
        refreshed(app, &stolen).await;
        at.minutes_pass(1);
        assert_eq!(refreshed(app, &stolen).await, Value::Null);
        at.minutes_pass(1);
        done(mutate(app, &token, "signOutEverywhere", json!({ "isKeptHere": true }), shown).await);
        let kinds = told(&activity(app, &token).await);
        assert_eq!(kinds.len(), 6, "nothing else was signed in to, and so nothing ended: {kinds:?}");
        assert_eq!(kinds[..3], ["SIGNED_IN", "SIGNED_IN", "SIGNED_OUT"]);
        assert!(kinds[3..5].contains(&"CONFIRMED_IDENTITY".to_owned()) && kinds[3..5].contains(&"SIGNED_IN".to_owned()), "{kinds:?}");
        assert_eq!(kinds[5], "TOKEN_REUSED");
    }

    async fn a_second_factor_and_leaving_everywhere_are_told(app: &App) {
        let token = access(&sign_in(app, "livp", "admin2").await);
        sign_in(app, "livp", "admin2").await;
        let (_, recovery) = set_up_second_factor(app, &token).await;
        let input = json!({ "password": PASSWORD, "code": recovery[0] });
        done(mutate(app, &token, "removeSecondFactor", input, "isRemoved").await);
        done(mutate(app, &token, "signOutEverywhere", json!({}), "signedOut { endedCount }").await);
        let again = access(&sign_in(app, "livp", "admin2").await);
        let kinds = told(&activity(app, &again).await);
        assert_eq!(kinds, ["SIGNED_IN", "SIGNED_IN", "SECOND_FACTOR_ADDED", "SECOND_FACTOR_REMOVED", "SIGNED_OUT_EVERYWHERE", "SIGNED_IN"]);
    }

    async fn a_new_password_and_leaving_elsewhere_are_told(app: &App) {
        let token = access(&sign_in(app, "livp", "admin2").await);
        sign_in(app, "livp", "admin2").await;
        done(mutate(app, &token, "signOutEverywhere", json!({ "isKeptHere": true }), "signedOut { endedCount }").await);
        let email = address(app, "livp", "admin2");
        let input = json!({ "organisation": "livp", "email": email });
        done(mutate(app, "", "requestPasswordReset", input, "isAccepted").await);
        app.sweep().await;
        let letters = app.letters_to(&email, "password_reset").await;
        let (_, link) = letters[0]["text"].as_str().unwrap().split_once("/password#").unwrap();
        let password = "regenjas fiets wolk paard";
        let input = json!({ "token": link.split_whitespace().next(), "password": password });
        done(mutate(app, "", "resetPassword", input, "isReset").await);
        let input = json!({ "organisation": "livp", "email": email, "password": password });
        let again = access(&done(mutate(app, "", "signIn", input, TOKENS).await)["session"]);
        let rows = activity(app, &again).await;
        assert_eq!(told(&rows), ["SIGNED_IN", "SIGNED_IN", "SIGNED_OUT_ELSEWHERE", "PASSWORD_RESET", "SIGNED_IN"]);
        let by = |kind: &str| &rows.iter().find(|row| row["kind"] == kind).unwrap()["signInId"];
        assert_eq!(*by("SIGNED_OUT_ELSEWHERE"), rows[4]["signInId"], "it was the first that stayed");
        assert_eq!(*by("PASSWORD_RESET"), Value::Null, "it was by none");
    }

    async fn an_operator_sees_what_happened_with_their_account(app: &App) {
        let token = newcomer(app).await;
        let rows = activity(app, &token).await;
        assert_eq!(told(&rows), ["SIGNED_IN"]);
        assert_eq!((&rows[0]["organisationName"], &rows[0]["complaintId"]), (&Value::Null, &Value::Null));
    }

    async fn what_was_done_in_one_organisation_is_not_told_in_another(app: &App) {
        let email = app.person("livp", "arbiter2")["email"].as_str().unwrap().to_owned();
        let member = json!({ "name": "Olaf Onafhankelijk", "email": email, "roles": ["EXTERNAL_HANDLER"], "locale": "NL" });
        done(mutate(app, "blijf-groep/admin", "inviteMember", json!({ "member": member }), "member { id }").await);
        app.sweep().await;
        let letters = app.letters_to(&email, "invitation").await;
        let (_, rest) = letters[0]["text"].as_str().unwrap().split_once("/invitation#").unwrap();
        let (organisation, token) = rest.split_whitespace().next().unwrap().split_once('.').unwrap();
        let input = json!({ "organisation": organisation, "token": token, "password": PASSWORD });
        let joined = done(mutate(app, "", "acceptInvitation", input, TOKENS).await)["session"].clone();
        let there = mutate(app, &access(&joined), "switchTenant", json!({ "organisation": "livp" }), TOKENS).await;
        let there = access(&done(there)["session"]);
        let mut own = form(app, "livp", Some("basis"));
        own["complainant"] = json!({ "name": "Olaf Onafhankelijk", "email": email, "telephone": "+31612345678" });
        done(mutate(app, &there, "fileComplaint", own, "receipt { reference }").await);
        let rows = activity(app, &there).await;
        assert_eq!(told(&rows), ["SIGNED_IN", "SWITCHED_TENANT", "FILED"], "who filed it saw a receipt");
        assert_ne!(rows[1]["organisationName"], rows[2]["organisationName"]);
        let back = mutate(app, &there, "switchTenant", json!({ "organisation": "blijf-groep" }), TOKENS).await;
        let back = access(&done(back)["session"]);
        assert_eq!(told(&activity(app, &back).await), ["SIGNED_IN", "SWITCHED_TENANT", "SWITCHED_TENANT"]);
    }

    async fn what_is_administered_is_told_to_who_did_it(app: &App) {
        let token = access(&sign_in(app, "livp", "admin2").await);
        let member = app.person("livp", "trainer3")["id"].clone();
        let course = json!({ "title": "Luisteren", "sessionDays": ["2026-05-06"] });
        let added = done(mutate(app, &token, "addCourse", json!({ "course": course }), "course { id }").await);
        let changed = json!({ "courseId": added["course"]["id"], "course": course });
        done(mutate(app, &token, "changeCourse", changed, "course { id }").await);
        let closed = json!({ "on": "2026-05-15", "idempotencyKey": "eenmaal" });
        for _ in 0..2 {
            done(mutate(app, &token, "addClosingDay", closed.clone(), "closingDay").await);
        }
        done(mutate(app, &token, "removeClosingDay", json!({ "on": "2026-05-15" }), "closingDay").await);
        let contact = json!({ "contactOn": "2026-03-02", "isInvited": true, "note": "Het was koud." });
        done(mutate(app, &token, "recordInformalContact", contact, "informalContact { id }").await);
        let person = json!({ "name": "Nora Nieuw", "email": "nora@livp.example", "roles": ["TRAINER"], "locale": "NL" });
        let invited = done(mutate(app, &token, "inviteMember", json!({ "member": person }), "member { id }").await);
        let promoted = json!({ "memberId": invited["member"]["id"], "member": person });
        done(mutate(app, &token, "changeMember", promoted, "member { id }").await);
        let away = json!({ "memberId": member, "fromOn": "2026-06-01", "untilOn": "2026-06-05" });
        let away = done(mutate(app, &token, "recordAbsence", away, "absence { id }").await);
        done(mutate(app, &token, "cancelAbsence", json!({ "absenceId": away["absence"]["id"] }), "absenceId").await);
        done(mutate(app, &token, "nameStandIn", json!({}), "standIn { __typename }").await);
        let text = json!({ "document": { "text": include_str!("../../../policies/livp.toml") } });
        done(mutate(app, &token, "publishPolicy", text, "policy { id }").await);
        done(mutate(app, &token, "setSecondFactorRequired", json!({ "isRequired": false }), "isRequired").await);
        done(mutate(app, &token, "allowOrigins", json!({ "origins": [] }), "origins").await);
        done(mutate(app, &token, "setContactDetails", json!({ "telephone": "+31000000001" }), "contact { telephone }").await);
        done(mutate(app, &token, "setMailSender", json!({ "name": "Klachten" }), "mailSender { name }").await);
        let body = json!({ "kind": "DECISION", "locale": "nl", "body": "Zeg het voort.\n{content}" });
        done(mutate(app, &token, "setLetterWording", body, "letterWording { kind }").await);
        done(mutate(app, &token, "resetLetterWording", json!({ "kind": "DECISION", "locale": "nl" }), "letterWording { kind }").await);
        done(mutate(app, &token, "setReminderHour", json!({ "hour": 7 }), "hour").await);
        done(mutate(app, &token, "setRecurrenceWindow", json!({ "months": 6 }), "months").await);
        done(mutate(app, &token, "setSuppressionThreshold", json!({ "smallestCount": 7 }), "smallestCount").await);
        let rows = activity(app, &token).await;
        assert_eq!(told(&rows), ["SIGNED_IN", "ADDED_COURSE", "CHANGED_COURSE", "ADDED_CLOSING_DAY", "REMOVED_CLOSING_DAY",
            "RECORDED_INFORMAL_CONTACT", "INVITED_MEMBER", "CHANGED_MEMBER", "RECORDED_ABSENCE", "CANCELLED_ABSENCE", "NAMED_STAND_IN",
            "PUBLISHED_POLICY", "SET_SECOND_FACTOR_REQUIRED", "ALLOWED_ORIGINS", "SET_CONTACT_DETAILS", "SET_MAIL_SENDER",
            "SET_LETTER_WORDING", "RESET_LETTER_WORDING", "SET_REMINDER_HOUR", "SET_RECURRENCE_WINDOW",
            "SET_SUPPRESSION_THRESHOLD"]);
        assert!(rows.iter().all(|row| row["signInId"] == rows[0]["signInId"] && row["organisationName"] == rows[0]["organisationName"]));
        let kept = app.database.contents(&[]).await["account_activity"].join(" ");
        assert!(!kept.contains("Nora") && !kept.contains("koud"), "{kept}");
    }

    async fn what_was_refused_is_not_told(app: &App) {
        let token = access(&sign_in(app, "livp", "admin2").await);
        let nobody = json!({ "absenceId": crate::hostile::absent(app.person("livp", "admin")["id"].as_str().unwrap()) });
        let email = &app.person("livp", "trainer3")["email"];
        let taken = json!({ "name": "Nora Nieuw", "email": email, "roles": ["TRAINER"], "locale": "NL" });
        for (mutation, input) in [("cancelAbsence", nobody), ("inviteMember", json!({ "member": taken }))] {
            let refused = mutate(app, &token, mutation, input, "__typename").await;
            assert!(!codes(&refused).is_empty(), "{mutation}: {refused:#}");
        }
        let handler = access(&sign_in(app, "livp", "trainer2").await);
        mutate(app, &handler, "nameStandIn", json!({}), "__typename").await;
        for who in [token, handler] {
            assert_eq!(told(&activity(app, &who).await), ["SIGNED_IN"]);
        }
    }

    async fn activity_is_read_page_by_page(app: &App) {
        let case = assigned(app).await;
        let token = access(&sign_in(app, "livp", "trainer2").await);
        reads(app, &token, &case.id).await;
        case.act(&token, "recordContact", json!({ "means": "TELEPHONE", "isReached": true })).await;
        let all = activity(app, &token).await;
        let (mut paged, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = ask(app, &token, ACTIVITY, json!({ "first": 1, "after": after })).await;
            let page = page.data()["viewer"]["activity"].clone();
            paged.extend(page["nodes"].as_array().unwrap().clone());
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(paged, all);
    }
}
