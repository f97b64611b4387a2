//! Blijf Groep, after the response: yes, no, neither, and silence.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::{
    blijf::handling::bounces,
    steps::{
        Case,
        blijf::{
            BLIJF, HOUSE_RULE, RESPONSE_AT, RESPONSE_RULE, appeal, heard, objection, on_paper,
            prepare, respond, responded,
        },
        done, form, mutate, part_of,
    },
};

/// The letters of a kind that wait to be printed.
async fn waiting(app: &App, kind: &str) -> Vec<Value> {
    let document = "{ lettersToPrint(first: 100) { nodes { id kind status } } }";
    let list = crate::steps::ask(app, "blijf-groep/admin", document, json!({})).await;
    let mut letters = list.data()["lettersToPrint"]["nodes"]
        .as_array()
        .unwrap()
        .clone();
    letters.retain(|letter| letter["kind"] == kind);
    letters
}

/// The administration posts the only letter of a kind that waits.
async fn post(app: &App, kind: &str, on: &str) {
    let letters = waiting(app, kind).await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    let posted = json!({ "letterId": letters[0]["id"], "postedOn": on });
    let selection = "letter { status }";
    done(mutate(app, "blijf-groep/admin", "recordPosted", posted, selection).await);
}

both! {
    async fn b08_an_explicit_yes_settles(app: &App) {
        let case = responded(app).await;
        assert_eq!(case.refused("advies1", "acceptResponse", json!({})).await.0, "NOT_ALLOWED");
        case.act("klager", "acceptResponse", json!({})).await;
        assert_eq!(case.stands().await, "CLOSED ACCEPTED");
        app.sweep().await;
        assert_eq!(case.told("klager", "CLOSING").await.len(), 1);
    }

    async fn b08_a_partial_yes_is_not_agreement(app: &App) {
        let case = responded(app).await;
        app.at("2026-03-18T08:00:00Z").await;
        case.came(json!({ "reactToResponse": { "text": "Akkoord, als de trainer excuses maakt." } }), "EMAIL", "2026-03-17T19:00:00Z").await;
        assert_eq!(case.stands().await, "IN_TREATMENT");
        assert_eq!(case.due("REACTION").await, ["2026-03-31", "2026-03-31T22:00:00Z", HOUSE_RULE]);
        case.act("advies1", "answerReaction", json!({ "text": "Dat zegt de trainer toe." })).await;
        app.sweep().await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        assert_eq!(case.now().await["rounds"][0]["appealWay"]["ground"], "NOTICE");
        case.act("klager", "acceptResponse", json!({})).await;
        assert_eq!(case.stands().await, "CLOSED ACCEPTED");
    }

    async fn b09_silence_settles_only_when_announced(app: &App) {
        let case = heard(app).await;
        app.at("2026-03-16T11:00:00Z").await;
        let unannounced = json!({ "finding": "NOT_UPHELD", "text": "Wij zien het anders.", "isSilenceAnnounced": false });
        case.act("advies1", "issueResponse", unannounced).await;
        app.sweep().await;
        app.at("2026-05-01T07:00:00Z").await;
        assert_eq!(case.stands().await, "AWAITING_COMPLAINANT");
        assert!(case.now().await["rounds"][0]["response"]["announcedUntilOn"].is_null());
        let deadline = case.deadline("ANNOUNCEMENT").await;
        assert_eq!((&deadline["owner"], &deadline["isOverdue"]), (&json!("ORGANISATION"), &json!(true)));
        let seen = case.seen_by("klager").await;
        let kinds: Vec<&str> = seen["deadlines"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
        assert!(!kinds.contains(&"SILENCE") && !kinds.contains(&"ANNOUNCEMENT"), "silence does nothing: {kinds:?}");
        assert!(seen["nextDeadline"].is_null(), "{:#}", seen["nextDeadline"]);
        let listed = crate::steps::ask(app, "blijf-groep/klager", "{ complaints { nodes { nextDeadline { kind } } } workQueue { nodes { deadline { kind } } } }", json!({})).await;
        assert_eq!(listed.data(), &json!({ "complaints": { "nodes": [{ "nextDeadline": null }] }, "workQueue": { "nodes": [] } }));
        respond(&case).await;
        assert_eq!(case.due("SILENCE").await, ["2026-05-29", "2026-05-29T22:00:00Z", RESPONSE_RULE]);
        let letters = case.told("klager", "RESPONSE").await;
        assert!(!letters[0].contains("13 april"), "{}", letters[0]);
        assert!(letters[1].contains("29 mei 2026"), "{}", letters[1]);
        app.at("2026-05-29T21:59:59Z").await;
        assert_eq!(case.stands().await, "AWAITING_COMPLAINANT");
        app.at("2026-06-05T07:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
        assert_eq!(case.now().await["closedAt"], "2026-05-29T22:00:00Z");
    }

    async fn b09_four_weeks_roll_over_easter_to_the_last_second(app: &App) {
        let (silent, objecting) = (heard(app).await, heard(app).await);
        app.at("2026-03-06T11:00:00Z").await;
        respond(&silent).await;
        respond(&objecting).await;
        let deadline = silent.deadline("SILENCE").await;
        assert_eq!(deadline["derivation"]["rolledFromOn"], "2026-04-03");
        assert_eq!(silent.due("SILENCE").await, ["2026-04-07", "2026-04-07T22:00:00Z", RESPONSE_RULE]);
        app.at("2026-04-07T21:59:59Z").await;
        assert_eq!(silent.letters("REMINDER").await.len(), 1);
        objecting.act("klager", "objectToResponse", json!({})).await;
        app.at("2026-04-07T22:00:00Z").await;
        assert_eq!(silent.stands().await, "CLOSED TACITLY_ACCEPTED");
        assert_eq!(objecting.stands().await, "APPEAL_OPEN");
        assert_eq!(silent.refused("klager", "objectToResponse", json!({})).await.0, "ALREADY_CLOSED");
    }

    async fn b09_the_term_starts_when_an_unproved_address_proves_itself(app: &App) {
        let case = Case::filed(app, "", form(app, BLIJF, Some("veilig"))).await;
        prepare(&case).await;
        app.at("2026-03-16T11:00:00Z").await;
        respond(&case).await;
        assert!(case.now().await["rounds"][0]["response"]["deliveredAt"].is_null());
        app.at("2026-03-18T07:00:00Z").await;
        let token = app.come_in_by_link("robin@personen.example").await;
        assert_eq!(case.due("SILENCE").await, ["2026-04-15", "2026-04-15T22:00:00Z", RESPONSE_RULE]);
        case.act(&token, "objectToResponse", json!({ "reasons": "Nee." })).await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
    }

    async fn b09_any_reaction_defeats_tacit_acceptance_for_good(app: &App) {
        let other = heard(app).await;
        let case = responded(app).await;
        case.act("klager", "reactToResponse", json!({ "text": "Wat bedoelt u met de tweede alinea?" })).await;
        case.act("advies1", "answerReaction", json!({ "text": "Dat bedoelen wij zo." })).await;
        app.sweep().await;
        respond(&other).await;
        other.act("klager", "reactToResponse", json!({ "text": "Hoezo?" })).await;
        other.act("klager", "objectToResponse", json!({})).await;
        assert_eq!(other.stands().await, "APPEAL_OPEN");
        app.at("2026-05-15T07:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED NOT_PURSUED");
    }

    async fn b09_a_new_response_has_a_new_announced_term(app: &App) {
        let case = responded(app).await;
        case.act("klager", "reactToResponse", json!({ "text": "U vergeet de pauze." })).await;
        app.at("2026-03-20T11:00:00Z").await;
        respond(&case).await;
        assert_eq!(case.stands().await, "AWAITING_COMPLAINANT");
        assert_eq!(case.due("SILENCE").await, ["2026-04-17", "2026-04-17T22:00:00Z", RESPONSE_RULE]);
        app.at("2026-04-17T22:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
    }

    async fn b09_neither_yes_nor_no_and_then_silence_on_both_sides(app: &App) {
        let case = responded(app).await;
        app.at("2026-04-10T07:00:00Z").await;
        case.act("klager", "reactToResponse", json!({ "text": "Ik moet er nog over denken." })).await;
        assert_eq!(case.due("REACTION").await, ["2026-04-24", "2026-04-24T22:00:00Z", HOUSE_RULE]);
        app.at("2027-03-01T08:00:00Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        let now = case.now().await;
        assert_eq!(now["rounds"][0]["lapsedAt"], "2026-04-24T22:00:00Z");
        assert_eq!(now["rounds"][0]["appealWay"]["ground"], "LAPSE");
        assert!(now["rounds"][0]["appealWay"]["announcedUntilOn"].is_null());
        assert!(case.count("ALERTED").await > 40);
        let notice = case.told("klager", "WAY_NOTICE").await.concat();
        assert!(notice.contains("op uw vraag of opmerking niet op tijd antwoord en bericht over beroep gekregen"), "{notice}");
        assert!(!notice.contains("uitkomst"), "{notice}");
        appeal(&case).await;
        assert_eq!(case.stands().await, "ON_APPEAL");
    }

    async fn b09_an_objection_by_letter_in_time_reverses_tacit_acceptance(app: &App) {
        let case = responded(app).await;
        app.at("2026-04-20T07:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
        case.came(objection(), "POST", "2026-04-13T21:59:59Z").await;
        app.sweep().await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        assert_eq!(case.count("CLOCK_REVERSED").await, 1);
        assert!(case.now().await["closedAt"].is_null());
        let told = case.told("klager", "REVERSAL").await;
        assert_eq!(told.len(), 1);
        assert!(told[0].contains("de termijn om op de reactie te antwoorden voorbij was: de laatste dag was maandag 13 april 2026"), "{}", told[0]);
        assert!(told[0].contains("Uw beroep: maandag 18 mei 2026"), "{}", told[0]);
        assert_eq!(case.due("APPEAL").await, ["2026-05-18", "2026-05-18T22:00:00Z", HOUSE_RULE]);
        appeal(&case).await;
        assert_eq!(case.stands().await, "ON_APPEAL");
    }

    async fn b09_a_letter_that_a_reversal_made_untrue_is_not_printed(app: &App) {
        let case = on_paper(app, wederhoor_tests::START).await;
        prepare(&case).await;
        app.at(RESPONSE_AT).await;
        respond(&case).await;
        post(app, "RESPONSE", "2026-03-16").await;
        app.at("2026-04-20T07:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
        let closing = waiting(app, "CLOSING").await;
        assert_eq!(closing.len(), 1);
        case.came(objection(), "POST", "2026-04-13T21:59:59Z").await;
        app.sweep().await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        assert_eq!(waiting(app, "CLOSING").await, [] as [Value; 0]);
        assert_eq!(waiting(app, "REVERSAL").await.len(), 1);
        let kept = part_of(app, "blijf-groep/admin", &case.id, "letters { id kind channel status withdrawnBecause }").await;
        let kept = kept["letters"].as_array().unwrap().iter().find(|one| one["id"] == closing[0]["id"]).unwrap();
        assert_eq!((&kept["status"], &kept["channel"]), (&json!("WITHDRAWN"), &json!("PRINT")));
        assert!(kept["withdrawnBecause"].as_str().unwrap().contains("teruggedraaid"));
        assert!(waiting(app, "HANDLER_NAMED").await.len() == 1, "what is true still waits");
        post(app, "REVERSAL", "2026-04-20").await;
    }

    async fn b09_a_letter_that_came_too_late_reverses_nothing(app: &App) {
        let case = responded(app).await;
        app.at("2026-04-20T07:00:00Z").await;
        let input = json!({ "party": { "kind": "COMPLAINANT" }, "act": objection(), "channel": "POST", "arrivedAt": "2026-04-13T22:00:00Z" });
        assert_eq!(case.refused("admin", "recordPartyAct", input).await.0, "ALREADY_CLOSED");
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
    }

    async fn b09_a_bounce_after_closure_reverses_it_and_the_second_attempt_counts(app: &App) {
        let case = responded(app).await;
        app.at("2026-04-20T07:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
        bounces(&case, "RESPONSE").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        let now = case.now().await;
        assert_eq!(now["rounds"][0]["lapsedAt"], "2026-03-30T22:00:00Z", "nothing was delivered in time");
        app.at("2026-04-28T07:00:00Z").await;
        assert_eq!(case.count("LETTER_SENT_AGAIN").await, 1);
        assert_eq!(case.stands().await, "AWAITING_COMPLAINANT");
        assert_eq!(case.due("SILENCE").await, ["2026-05-26", "2026-05-26T22:00:00Z", RESPONSE_RULE]);
        app.at("2026-05-26T22:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
    }
}
