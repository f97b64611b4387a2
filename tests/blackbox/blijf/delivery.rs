//! Blijf Groep: letters that arrive late, at an unproved address, on paper or not at all, and acts on other channels.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use super::handling::bounces;
use crate::steps::{
    Case,
    blijf::{
        BLIJF, HOUSE_RULE, RESPONSE_RULE, appeal, complainant, decide, heard, manager, on_paper,
        prepare, respond, responded, unconfirmed,
    },
    codes, form,
};

both! {
    async fn b09_the_later_of_the_announced_and_the_derived_day_holds(app: &App) {
        let case = on_paper(app, "2026-03-02T07:00:00Z").await;
        prepare(&case).await;
        app.at("2026-03-10T11:00:00Z").await;
        respond(&case).await;
        assert_eq!(case.now().await["rounds"][0]["response"]["announcedUntilOn"], "2026-04-07");
        app.at("2026-03-12T08:00:00Z").await;
        assert_eq!(case.posted("response", "2026-03-12").await["letter"]["status"], "POSTED");
        assert_eq!(case.due("SILENCE").await, ["2026-04-09", "2026-04-09T22:00:00Z", RESPONSE_RULE]);
        let again = case.posted("response", "2026-03-12").await;
        assert_eq!(again["userErrors"][0]["code"], "ALREADY_DONE");
    }

    async fn b09_what_was_not_posted_starts_no_term_and_alerts(app: &App) {
        let case = on_paper(app, "2026-03-02T07:00:00Z").await;
        prepare(&case).await;
        app.at("2026-03-10T11:00:00Z").await;
        respond(&case).await;
        app.at("2026-03-25T08:00:00Z").await;
        assert!(case.now().await["rounds"][0]["response"]["deliveredAt"].is_null());
        assert!(case.deadline("POSTING").await["isOverdue"].as_bool().unwrap());
        assert!(!case.told("admin", "OVERDUE_ALERT").await.is_empty());
        assert_eq!(case.posted("response", "2026-03-26").await["userErrors"][0]["code"], "IMPOSSIBLE_TIME");
        assert_eq!(case.posted("response", "2026-03-09").await["userErrors"][0]["code"], "IMPOSSIBLE_TIME");
        assert_eq!(case.posted("response", "2026-03-10").await["letter"]["status"], "POSTED");
        assert_eq!(case.due("SILENCE").await[0], "2026-04-07");
    }

    async fn b09_on_paper_the_second_attempt_counts_once_it_is_posted(app: &App) {
        let case = on_paper(app, "2026-03-02T07:00:00Z").await;
        prepare(&case).await;
        app.at("2026-03-10T11:00:00Z").await;
        respond(&case).await;
        assert_eq!(case.posted("response", "2026-03-10").await["letter"]["status"], "POSTED");
        app.at("2026-03-20T08:00:00Z").await;
        assert!(codes(&case.came_back("response").await).is_empty());
        let before = to_print(app, &case, "RESPONSE").await;
        app.at("2026-03-27T23:00:00Z").await;
        assert_eq!(to_print(app, &case, "RESPONSE").await, before + 1);
        assert_eq!((case.count("LETTER_REPRINTED").await, case.count("LETTER_SENT_AGAIN").await), (1, 0));
        assert!(case.now().await["rounds"][0]["response"]["deliveredAt"].is_null());
        assert_eq!(codes(&case.came_back("response").await), ["NOT_SENT"], "it has not been posted yet");
        let alerts = case.told("admin", "OVERDUE_ALERT").await.len();
        app.at("2026-04-15T08:00:00Z").await;
        assert!(case.told("admin", "OVERDUE_ALERT").await.len() > alerts);
        assert_eq!(case.posted("response", "2026-04-10").await["letter"]["status"], "POSTED");
        assert_eq!((to_print(app, &case, "RESPONSE").await, case.count("LETTER_SENT_AGAIN").await), (before, 1));
        assert_eq!(case.due("SILENCE").await[0], "2026-05-08");
        assert!(codes(&case.came_back("response").await).is_empty(), "it counts even if it comes back");
        app.at("2026-05-08T22:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
    }

    async fn b04_a_confirmation_on_paper_counts_once_it_is_posted(app: &App) {
        let case = unconfirmed(app, "2026-03-02T07:00:00Z").await;
        app.at("2026-03-10T08:00:00Z").await;
        assert!(case.now().await["acknowledgedAt"].is_null());
        assert!(case.deadline("POSTING").await["isOverdue"].as_bool().unwrap());
        assert!(!case.told("admin", "OVERDUE_ALERT").await.is_empty());
        assert_eq!(case.posted("confirmation", "2026-03-05").await["letter"]["status"], "POSTED");
        let confirmed = case.now().await["acknowledgedAt"].clone();
        assert!(confirmed.as_str().unwrap().starts_with("2026-03-05T22:59:59"), "{confirmed}");
        assert_eq!(codes(&case.posted("confirmation", "2026-03-05").await), ["ALREADY_DONE"]);
    }

    async fn b09_a_printed_reminder_goes_to_nobody_once_a_reaction_that_came_earlier_is_registered(app: &App) {
        let case = on_paper(app, "2026-03-02T07:00:00Z").await;
        prepare(&case).await;
        app.at("2026-03-10T11:00:00Z").await;
        respond(&case).await;
        assert_eq!(case.posted("response", "2026-03-10").await["letter"]["status"], "POSTED");
        app.at("2026-04-02T08:00:00Z").await;
        assert_eq!(case.on_paper("reminder").await["status"], "pending");
        let before = to_print(app, &case, "REMINDER").await;
        case.came(json!({ "reactToResponse": { "text": "Wat bedoelt u?" } }), "POST", "2026-03-20T10:00:00Z").await;
        assert_eq!(case.on_paper("reminder").await["status"], "withdrawn");
        assert_eq!((before, to_print(app, &case, "REMINDER").await), (1, 0));
    }

    async fn b12_a_decision_on_paper_is_chased_after_the_closing_until_it_is_posted_and_goes_once_more(app: &App) {
        let case = on_paper(app, "2026-03-02T07:00:00Z").await;
        prepare(&case).await;
        app.at("2026-03-10T11:00:00Z").await;
        respond(&case).await;
        case.came(json!({ "appeal": { "text": "Ik ga in beroep." } }), "POST", "2026-03-10T11:00:00Z").await;
        decide(&case, manager(&case).await, "UPHELD").await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
        app.at("2026-03-23T08:00:00Z").await;
        assert!(case.deadline("POSTING").await["isOverdue"].as_bool().unwrap());
        assert!(!case.told("admin", "OVERDUE_ALERT").await.is_empty());
        let queue = "{ workQueue(first: 100) { nodes { reference deadline { kind } } } }";
        let queue = app.ask("blijf-groep/admin", queue, json!({})).await.data().clone();
        let mut rows = queue["workQueue"]["nodes"].as_array().unwrap().iter();
        let waits = |row: &Value| row["reference"] == case.reference && row["deadline"]["kind"] == "POSTING";
        assert!(rows.any(waits), "{queue:#}");
        assert_eq!(case.posted("decision", "2026-03-23").await["letter"]["status"], "POSTED");
        assert!(codes(&case.came_back("decision").await).is_empty());
        let before = to_print(app, &case, "DECISION").await;
        app.at("2026-03-31T08:00:00Z").await;
        assert_eq!((to_print(app, &case, "DECISION").await, case.count("LETTER_REPRINTED").await), (before + 1, 1));
    }

    async fn b07_a_posting_after_the_last_day_leaves_the_lapse(app: &App) {
        let case = on_paper(app, "2026-03-02T07:00:00Z").await;
        prepare(&case).await;
        app.at("2026-03-27T11:00:00Z").await;
        respond(&case).await;
        app.at("2026-04-08T07:00:00Z").await;
        assert_eq!(case.posted("response", "2026-03-31").await["letter"]["status"], "POSTED");
        assert_eq!(case.count("CLOCK_REVERSED").await, 0);
        assert_eq!(case.now().await["rounds"][0]["lapsedAt"], "2026-03-30T22:00:00Z");
        assert_eq!(case.stands().await, "AWAITING_COMPLAINANT");
    }

    async fn b09_at_an_unproved_address_the_second_attempt_counts(app: &App) {
        let case = Case::filed(app, "", form(app, BLIJF, Some("veilig"))).await;
        prepare(&case).await;
        app.at("2026-03-16T11:00:00Z").await;
        respond(&case).await;
        app.at("2026-03-19T23:00:00Z").await;
        assert!(case.count("LETTER_RETURNED").await >= 1);
        app.at("2026-03-31T07:00:00Z").await;
        assert!(case.count("LETTER_SENT_AGAIN").await >= 1);
        let last = case.deadline("SILENCE").await["dueAt"].as_str().unwrap().to_owned();
        assert!(last.as_str() > "2026-04-13T22:00:00Z", "{last}");
        app.at(&last).await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
    }

    async fn b09_a_login_proves_no_other_address_than_its_own(app: &App) {
        let mut form = form(app, BLIJF, Some("veilig"));
        form["complainant"] = json!({ "name": "Karin Klager", "email": "karin@personen.example" });
        let case = Case::filed(app, "blijf-groep/klager", form).await;
        prepare(&case).await;
        app.at("2026-03-16T11:00:00Z").await;
        respond(&case).await;
        assert!(case.now().await["rounds"][0]["response"]["deliveredAt"].is_null());
        app.at("2026-03-18T07:00:00Z").await;
        app.come_in_by_link("karin@personen.example").await;
        assert_eq!(case.now().await["rounds"][0]["response"]["deliveredAt"], "2026-03-18T07:00:00Z");
        case.act("klager", "acceptResponse", json!({})).await;
    }

    async fn b10_an_appeal_that_waits_to_be_admitted_was_not_late_when_the_response_bounces(app: &App) {
        let case = responded(app).await;
        app.at("2026-04-20T07:00:00Z").await;
        let manager = appeal(&case).await;
        bounces(&case, "RESPONSE").await;
        assert_eq!(case.stands().await, "ON_APPEAL");
        assert_eq!(case.count("CLOCK_REVERSED").await, 1);
        assert_eq!(case.now().await["rounds"][1]["openedAt"], "2026-04-20T07:00:00Z");
        let refused = case.refused(manager, "refuseLateAppeal", json!({ "reasons": "Te laat." })).await.0;
        assert_eq!(refused, "NOT_ALLOWED");
        assert!(case.told("klager", "LATE_APPEAL_OUTCOME").await[0].contains("niet te laat"));
    }

    async fn b09_an_objection_counts_on_whatever_channel_it_came(app: &App) {
        for channel in ["TELEPHONE", "EMAIL", "POST", "IN_PERSON"] {
            let case = heard(app).await;
            respond(&case).await;
            case.came(json!({ "objectToResponse": {} }), channel, "2026-03-02T08:00:00Z").await;
            assert_eq!(case.stands().await, "APPEAL_OPEN", "{channel}");
        }
    }

    async fn b09_an_acceptance_in_time_reverses_the_lapse_of_the_answer(app: &App) {
        let case = responded(app).await;
        app.at("2026-03-20T08:00:00Z").await;
        case.act("klager", "reactToResponse", json!({ "text": "Wat bedoelt u?" })).await;
        app.at("2026-04-07T07:00:00Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        case.came(json!({ "acceptResponse": "DONE" }), "POST", "2026-04-02T10:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED ACCEPTED");
        assert_eq!(case.count("CLOCK_REVERSED").await, 1);
    }

    async fn b07_consent_in_time_registered_later_reverses_the_lapse(app: &App) {
        let case = heard(app).await;
        app.at("2026-03-20T08:00:00Z").await;
        let asked = json!({ "until": "2026-04-20", "reasons": "Een getuige is ziek." });
        case.act("advies1", "requestExtension", asked).await;
        app.at("2026-04-02T07:00:00Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        case.came(json!({ "consentToExtension": "DONE" }), "POST", "2026-03-30T10:00:00Z").await;
        assert_eq!(case.stands().await, "IN_TREATMENT");
        assert_eq!(case.due("RESOLUTION").await, ["2026-04-20", "2026-04-20T22:00:00Z", RESPONSE_RULE]);
        app.at("2026-04-16T07:00:00Z").await;
        respond(&case).await;
        assert!(case.now().await["rounds"][0]["lapsedAt"].is_null());
    }

    async fn b10_the_handler_opens_the_way_by_notice_and_the_answer_gives_the_whole_term_again(app: &App) {
        let case = responded(app).await;
        assert!(case.may("advies1", "OPEN_APPEAL").await.is_err());
        case.act("klager", "reactToResponse", json!({ "text": "Ik blijf erbij." })).await;
        case.act("advies1", "openAppeal", json!({})).await;
        app.sweep().await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        assert_eq!(case.due("APPEAL").await, ["2026-04-13", "2026-04-13T22:00:00Z", HOUSE_RULE]);
        app.at("2026-03-20T08:00:00Z").await;
        case.act("advies1", "answerReaction", json!({ "text": "Wij begrijpen dat." })).await;
        app.sweep().await;
        assert_eq!(case.due("APPEAL").await, ["2026-04-17", "2026-04-17T22:00:00Z", HOUSE_RULE]);
        app.at("2026-04-17T22:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED NOT_PURSUED");
    }

    async fn b09_a_notice_is_no_answer_and_without_one_the_way_stays_open_without_end(app: &App) {
        let case = responded(app).await;
        case.act("klager", "reactToResponse", json!({ "text": "Ik blijf erbij." })).await;
        case.act("advies1", "openAppeal", json!({})).await;
        app.at("2026-04-14T07:00:00Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        assert!(case.deadline("REACTION").await["isOverdue"].as_bool().unwrap());
        assert!(case.now().await["rounds"][0]["appealWay"]["announcedUntilOn"].is_null());
    }

    async fn b05_who_steps_back_leaves_it_to_the_pool_again(app: &App) {
        let case = heard(app).await;
        case.act("advies1", "recuse", json!({ "reason": "Ik ken de klager." })).await;
        assert!(case.seen_by("advies1").await.is_null());
        assert_eq!(case.stands().await, "RECEIVED");
        let back = json!({ "memberId": app.person(BLIJF, "advies1")["id"] });
        assert_eq!(case.refused("admin", "assignDecider", back).await.0, "CONFLICT_OF_INTEREST");
        case.act("advies2", "takeComplaint", json!({})).await;
        assert_eq!(case.stands().await, "IN_TREATMENT");
    }

    async fn b07_an_act_cannot_arrive_tomorrow_nor_before_the_complaint(app: &App) {
        let case = responded(app).await;
        for arrived in ["2026-03-16T11:00:01Z", "2026-03-01T10:00:00Z"] {
            let input = json!({ "party": complainant(), "act": { "acceptResponse": "DONE" }, "channel": "EMAIL", "arrivedAt": arrived });
            assert_eq!(case.refused("admin", "recordPartyAct", input).await.0, "IMPOSSIBLE_TIME", "{arrived}");
        }
        assert_eq!(case.stands().await, "AWAITING_COMPLAINANT");
    }
}

/// How many letters of a kind about it wait to be printed.
async fn to_print(app: &App, case: &Case<'_>, kind: &str) -> usize {
    let document = "{ lettersToPrint(first: 100) { nodes { id kind } } }";
    let answer = app.ask("blijf-groep/admin", document, json!({})).await;
    let waiting = answer.data()["lettersToPrint"]["nodes"]
        .as_array()
        .unwrap()
        .clone();
    let letters = case.letters(kind).await;
    let is_one = |letter: &&Value| letters.iter().any(|one| one["id"] == letter["id"]);
    waiting.iter().filter(is_one).count()
}
