//! Blijf Groep: silence of the organisation, what is learned, what is kept, and acts of people that stand.

use serde_json::{Value, json};
use wederhoor_tests::{App, Fixture, both};

use crate::{
    blijf::appeal::settle_measures,
    post::uuid_of,
    steps::{
        Case,
        blijf::{BLIJF, HOUSE_RULE, appeal, decide, filed, heard, objection, respond, responded},
        codes, done, mutate,
    },
};

const POLICY: &str = include_str!("../../../policies/blijf-groep.toml");

both! {
    async fn b13_silence_of_the_adviser_alerts_offers_the_manager_and_never_closes(app: &App) {
        let case = heard(app).await;
        app.at("2026-03-30T22:00:00Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        assert!(!case.told("klager", "WAY_NOTICE").await.is_empty());
        assert!(!case.told("admin", "OVERDUE_ALERT").await.is_empty());
        for (at, alerts) in [("2026-04-07T21:59:59Z", 1), ("2026-04-07T22:00:00Z", 2), ("2026-05-13T07:00:00Z", 6)] {
            app.at(at).await;
            assert_eq!(case.count("ALERTED").await, alerts, "{at}");
        }
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        appeal(&case).await;
        app.at("2026-06-01T07:00:00Z").await;
        assert_eq!(case.stands().await, "ON_APPEAL");
    }

    async fn b13_silence_of_the_manager_alerts_and_never_closes(app: &App) {
        let case = responded(app).await;
        app.at("2026-03-20T08:00:00Z").await;
        let manager = appeal(&case).await;
        assert_eq!(case.due("RESOLUTION").await, ["2026-05-01", "2026-05-01T22:00:00Z", "Klachtenprocedure 4"]);
        app.at("2026-05-20T07:00:00Z").await;
        assert_eq!(case.stands().await, "ON_APPEAL");
        assert!(!case.told("klager", "LAPSE_NOTICE").await.is_empty());
        assert!(!case.told("admin", "OVERDUE_ALERT").await.is_empty());
        assert!(case.count("ALERTED").await >= 2);
        decide(&case, manager, "UPHELD").await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
    }

    async fn b14_a_measure_is_asked_at_closing_and_chased(app: &App) {
        let case = responded(app).await;
        let none = json!({ "reasonForNone": "Niets te leren." });
        assert_eq!(case.refused("advies1", "answerMeasures", none.clone()).await.0, "WRONG_STATE");
        case.act("klager", "acceptResponse", json!({})).await;
        app.sweep().await;
        assert_eq!(case.stands().await, "CLOSED ACCEPTED");
        assert!(!case.told("advies1", "MEASURES_ASKED").await.is_empty());
        assert_eq!(case.due("MEASURES").await, ["2026-03-30", "2026-03-30T22:00:00Z", HOUSE_RULE]);
        app.at("2026-04-10T07:00:00Z").await;
        assert!(case.count("ALERTED").await >= 2);
        assert_eq!(case.refused("advies1", "answerMeasures", none.clone()).await.0, "CAUSE_REQUIRED");
        assert_eq!(case.refused("advies1", "classifyComplaint", json!({ "cause": "weather" })).await.0, "UNKNOWN_CAUSE");
        case.act("advies1", "classifyComplaint", json!({ "cause": "organisation" })).await;
        let owner = &app.person(BLIJF, "trainer2")["id"];
        let measures = json!({ "measures": [{ "text": "Eerder uitnodigen.", "ownerId": owner, "dueOn": "2026-06-01" }] });
        case.act("advies1", "answerMeasures", measures).await;
        let now = case.now().await;
        assert_eq!(now["measures"][0]["text"], "Eerder uitnodigen.");
        assert!(!now["measuresAnsweredAt"].is_null());
        let alerts = case.count("ALERTED").await;
        app.at("2026-06-01T07:00:00Z").await;
        assert_eq!(case.count("ALERTED").await, alerts);
        assert_eq!(case.stands().await, "CLOSED ACCEPTED");
    }

    async fn b14_the_owner_of_a_measure_reports_on_it_and_sees_nothing_else(app: &App) {
        let case = responded(app).await;
        case.act("klager", "acceptResponse", json!({})).await;
        case.act("advies1", "classifyComplaint", json!({ "cause": "organisation" })).await;
        let owner = &app.person(BLIJF, "trainer2")["id"];
        let measures = json!({ "measures": [{ "text": "Eerder uitnodigen.", "ownerId": owner, "dueOn": "2026-06-01" }, { "text": "Zalen tellen.", "ownerId": app.person(BLIJF, "admin")["id"], "dueOn": "2026-06-01" }],
            "idempotencyKey": "maatregelen" });
        for _ in 0..2 {
            case.act("advies1", "answerMeasures", measures.clone()).await;
        }
        let own = async |who: &str| {
            let document = "{ ownMeasures { nodes { complaintId measure { id text dueOn doneOn isEffective } } } complaints { totalCount } workQueue { totalCount } }";
            app.ask(who, document, json!({})).await.data().clone()
        };
        let seen = own("blijf-groep/trainer2").await;
        assert_eq!((&seen["complaints"]["totalCount"], &seen["workQueue"]["totalCount"]), (&json!(0), &json!(0)));
        assert_eq!(seen["ownMeasures"]["nodes"].as_array().unwrap().len(), 1);
        let measure = &seen["ownMeasures"]["nodes"][0]["measure"];
        assert_eq!((&measure["text"], &measure["dueOn"]), (&json!("Eerder uitnodigen."), &json!("2026-06-01")));
        assert_eq!(uuid_of(measure["id"].as_str().unwrap()).get_version_num(), 7, "it does not follow from the text");
        assert_eq!(seen["ownMeasures"]["nodes"][0]["complaintId"], case.id.as_str());
        assert!(case.seen_by("trainer2").await.is_null());
        for who in ["trainer", "analist", "klager", "advies2"] {
            assert_eq!(own(&format!("blijf-groep/{who}")).await["ownMeasures"]["nodes"], json!([]), "{who}");
        }
        let report = json!({ "measureId": measure["id"], "doneOn": "2026-03-16", "isEffective": true });
        assert_eq!(case.refused("analist", "updateMeasure", report.clone()).await.0, "NOT_FOUND");
        let other = case.now().await["measures"].as_array().unwrap().iter().find(|one| one["text"] == "Zalen tellen.").unwrap()["id"].clone();
        assert_eq!(case.refused("trainer2", "updateMeasure", json!({ "measureId": other, "doneOn": "2026-03-16" })).await.0, "NOT_FOUND");
        let away = json!({ "measureId": measure["id"], "ownerId": app.person(BLIJF, "trainer")["id"] });
        assert_eq!(case.refused("trainer2", "updateMeasure", away).await.0, "NOT_ALLOWED", "not whether they may own it");
        assert!(case.act("trainer2", "updateMeasure", report).await.is_null(), "done, and still not seen");
        assert_eq!(own("blijf-groep/trainer2").await["ownMeasures"]["nodes"][0]["measure"]["doneOn"], "2026-03-16");
        assert_eq!(own("blijf-groep/advies1").await["ownMeasures"]["nodes"], json!([]));
        let taken = json!({ "measureId": measure["id"], "ownerId": app.person(BLIJF, "advies1")["id"] });
        case.act("admin", "updateMeasure", taken).await;
        assert_eq!(own("blijf-groep/trainer2").await["ownMeasures"]["nodes"], json!([]));
    }

    async fn b15_the_dossier_is_kept_two_years_after_final_closure(app: &App) {
        let case = responded(app).await;
        case.act("klager", "acceptResponse", json!({})).await;
        settle_measures(&case).await;
        assert_eq!(case.due("RETENTION").await, ["2028-03-16", "2028-03-16T23:00:00Z", HOUSE_RULE]);
        app.at("2028-03-16T22:59:59Z").await;
        let kept = case.refused("admin", "confirmDestruction", json!({})).await;
        assert_eq!(kept, ("RETENTION_RUNS".to_owned(), HOUSE_RULE.to_owned()));
        app.at("2028-03-16T23:00:00Z").await;
        case.act("admin", "placeLegalHold", json!({ "reason": "Rechtszaak." })).await;
        assert_eq!(case.refused("admin", "confirmDestruction", json!({})).await.0, "UNDER_LEGAL_HOLD");
        case.act("admin", "liftLegalHold", json!({ "reason": "Uitspraak." })).await;
        case.act("admin", "confirmDestruction", json!({})).await;
        assert!(!case.now().await["destroyedAt"].is_null());
    }

    async fn b15_the_administration_is_told_when_the_term_is_over_and_finds_it_in_its_queue(app: &App) {
        let case = responded(app).await;
        case.act("klager", "acceptResponse", json!({})).await;
        settle_measures(&case).await;
        let queued = async |who: &str| {
            let document = "{ workQueue { nodes { deadline { kind } complaint { id } } } }";
            let answer = app.ask(who, document, json!({})).await;
            let nodes = answer.data()["workQueue"]["nodes"].as_array().unwrap().clone();
            nodes.iter().filter(|one| one["deadline"]["kind"] == "RETENTION" && one["complaint"]["id"] == case.id.as_str()).count()
        };
        app.at("2028-03-16T22:59:59Z").await;
        assert_eq!((queued("blijf-groep/admin").await, case.told("admin", "OVERDUE_ALERT").await.len()), (0, 0));
        app.at("2028-03-16T23:00:00Z").await;
        assert_eq!((queued("blijf-groep/admin").await, case.told("admin", "OVERDUE_ALERT").await.len()), (1, 1));
        assert_eq!((queued("blijf-groep/advies1").await, case.told("advies1", "OVERDUE_ALERT").await.len()), (0, 0));
        app.at("2028-03-24T08:00:00Z").await;
        assert_eq!(case.told("admin", "OVERDUE_ALERT").await.len(), 2);
        case.act("admin", "placeLegalHold", json!({ "reason": "Rechtszaak." })).await;
        assert_eq!(queued("blijf-groep/admin").await, 0);
        case.act("admin", "liftLegalHold", json!({ "reason": "Uitspraak." })).await;
        case.act("admin", "confirmDestruction", json!({})).await;
        assert_eq!(queued("blijf-groep/admin").await, 0);
    }

    async fn b15_destruction_by_itself_leaves_nothing_and_a_chain_that_verifies(app: &App) {
        let document = json!({ "format": "TOML", "text": POLICY.replace("destruction = \"confirmed\"", "destruction = \"automatic\"") });
        done(mutate(app, "blijf-groep/admin", "publishPolicy", json!({ "document": document }), "policy { version }").await);
        app.at("2026-03-02T09:00:00Z").await;
        let case = responded(app).await;
        case.act("klager", "acceptResponse", json!({})).await;
        settle_measures(&case).await;
        app.at("2028-03-16T22:59:59Z").await;
        assert!(case.now().await["destroyedAt"].is_null());
        assert!(content(&case).await.len() > 4);
        app.time_passes_until("2028-03-16T23:00:00Z");
        assert_eq!(content(&case).await, Vec::<Value>::new(), "nor while the worker is still to come");
        app.sweep().await;
        assert_eq!(content(&case).await, Vec::<Value>::new());
        let now = case.now().await;
        assert_eq!((&now["destroyedAt"], &now["isChainIntact"]), (&json!("2028-03-16T23:00:00Z"), &json!(true)));
        assert!(now["letters"].as_array().unwrap().iter().all(|letter| letter["toAddress"].is_null()), "{now:#}");
    }

    async fn b15_a_policy_without_retention_is_not_published(app: &App) {
        let (before, rest) = POLICY.split_once("[retention]").unwrap();
        let (_, after) = rest.split_once("[alerts]").unwrap();
        let document = json!({ "format": "TOML", "text": format!("{before}[alerts]{after}") });
        let input = json!({ "document": document });
        let payload = mutate(app, "blijf-groep/admin", "publishPolicy", input, "policy { version }").await;
        assert_eq!(codes(&payload), ["POLICY_FAULTY"]);
        assert!(payload["policy"].is_null());
        let check = "query($document: PolicyDocumentInput!) { checkPolicy(document: $document) { isPublishable findings { code severity } } }";
        let answer = app.ask("blijf-groep/admin", check, json!({ "document": document })).await;
        let check = &answer.data()["checkPolicy"];
        assert_eq!(check["isPublishable"], false);
        let findings = check["findings"].as_array().unwrap();
        assert!(findings.contains(&json!({ "code": "NO_RETENTION", "severity": "ERROR" })), "{findings:#?}");
    }

    async fn b13_the_worker_stood_still_for_a_week(app: &App) {
        let (silent, objecting) = (responded(app).await, second(app).await);
        app.at("2026-04-12T08:00:00Z").await;
        app.time_passes_until("2026-04-20T07:00:00Z");
        let refused = silent.refused("klager", "acceptResponse", json!({})).await;
        assert_eq!(refused.0, "ALREADY_CLOSED", "what was due before is settled first");
        objecting.came(objection(), "POST", "2026-04-13T10:00:00Z").await;
        app.sweep().await;
        assert_eq!(silent.now().await["closedAt"], "2026-04-13T22:00:00Z");
        assert_eq!(silent.stands().await, "CLOSED TACITLY_ACCEPTED");
        assert_eq!(objecting.stands().await, "APPEAL_OPEN");
        let (letters, entries) = (app.letters().await.len(), silent.now().await["version"].clone());
        app.sweep().await;
        assert_eq!(app.letters().await.len(), letters);
        assert_eq!(silent.now().await["version"], entries);
        assert_eq!(silent.count("CLOSED").await, 1);
        assert_eq!(silent.now().await["isChainIntact"], true);
    }

    async fn b13_the_outcome_is_the_same_whenever_the_worker_ran(app: &App) {
        let other = App::start(app.database.kind, None).await;
        let often = (responded(app).await, filed(app, None).await);
        let once = (responded(&other).await, filed(&other, None).await);
        for day in 17..=27 {
            app.at(&format!("2026-03-{day}T07:00:00Z")).await;
        }
        for at in ["2026-04-05T22:00:00Z", "2026-04-13T22:00:00Z", "2026-04-20T07:00:00Z"] {
            app.at(at).await;
        }
        other.time_passes_until("2026-04-20T07:00:00Z");
        other.sweep().await;
        assert_eq!(by_clock(&often.0).await, by_clock(&once.0).await);
        assert_eq!(by_clock(&often.1).await, by_clock(&once.1).await);
        assert_eq!(often.0.stands().await, "CLOSED TACITLY_ACCEPTED");
        assert_eq!((often.1.stands().await, once.1.stands().await), ("APPEAL_OPEN".to_owned(), "APPEAL_OPEN".to_owned()));
        Fixture::tear_down(other).await;
    }

    async fn b09_a_letter_after_an_appeal_is_recorded_and_the_appeal_stands(app: &App) {
        let case = responded(app).await;
        app.at("2026-03-25T08:00:00Z").await;
        appeal(&case).await;
        app.at("2026-03-27T08:00:00Z").await;
        case.came(objection(), "POST", "2026-03-24T10:00:00Z").await;
        app.sweep().await;
        assert_eq!(case.stands().await, "ON_APPEAL");
        assert_eq!(case.count("ACT_WITHOUT_EFFECT").await, 1);
        assert_eq!(case.count("CLOCK_REVERSED").await, 0);
        assert!(!case.letters("ACT_WITHOUT_EFFECT").await.is_empty());
        assert_eq!(case.due("RESOLUTION").await[0], "2026-05-06");
    }

    async fn b10_a_letter_after_a_late_appeal_is_recorded_and_the_appeal_stands(app: &App) {
        let case = responded(app).await;
        app.at("2026-04-20T07:00:00Z").await;
        let manager = appeal(&case).await;
        app.at("2026-04-21T07:00:00Z").await;
        case.came(objection(), "POST", "2026-04-13T10:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
        assert_eq!(case.count("ACT_WITHOUT_EFFECT").await, 1);
        case.act(manager, "admitLateAppeal", json!({ "reasons": "De brief was op tijd." })).await;
        assert_eq!(case.stands().await, "ON_APPEAL");
    }

    async fn b12_a_decision_is_never_undone(app: &App) {
        let case = responded(app).await;
        let manager = appeal(&case).await;
        app.at("2026-03-20T08:00:00Z").await;
        decide(&case, manager, "UPHELD").await;
        app.at("2026-03-23T08:00:00Z").await;
        case.came(json!({ "withdrawComplaint": {} }), "POST", "2026-03-19T10:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
        assert_eq!(case.count("ACT_WITHOUT_EFFECT").await, 1);
    }

    async fn b10_withdrawn_in_every_open_state(app: &App) {
        let received = filed(app, Some("veilig")).await;
        let treated = heard(app).await;
        let awaiting = second(app).await;
        let (open, appealed) = (second(app).await, second(app).await);
        open.act("klager", "objectToResponse", json!({})).await;
        appeal(&appealed).await;
        let states = ["RECEIVED", "IN_TREATMENT", "AWAITING_COMPLAINANT", "APPEAL_OPEN", "ON_APPEAL"];
        for (case, state) in [received, treated, awaiting, open, appealed].iter().zip(states) {
            assert_eq!(case.stands().await, state);
            case.act("klager", "withdrawComplaint", json!({ "reasons": "Het is goed zo." })).await;
            assert_eq!(case.stands().await, "CLOSED WITHDRAWN", "{state}");
            assert_eq!(case.refused("klager", "withdrawComplaint", json!({})).await.0, "ALREADY_CLOSED", "{state}");
        }
    }
}

/// What lapsed, with effect from when, and what that left. Reminders and alerts are when they are sent, and no outcome.
async fn by_clock(case: &Case<'_>) -> Value {
    let now = case.now().await;
    let entries = now["entries"].as_array().unwrap().iter();
    let effects = ["CLOSED", "TERM_LAPSED", "WAY_OPENED"];
    let done = entries.filter(|entry| effects.iter().any(|kind| entry["kind"] == *kind));
    let done: Vec<_> = done
        .map(|entry| json!([entry["kind"], entry["deadline"], entry["effectiveAt"]]))
        .collect();
    json!({ "done": done, "deadlines": now["deadlines"], "state": now["state"], "closedAt": now["closedAt"] })
}

/// Filed, heard and responded to now.
async fn second(app: &App) -> Case<'_> {
    let case = heard(app).await;
    respond(&case).await;
    case
}

/// What people confided to a complaint, as far as the administration can still read it.
async fn content(case: &Case<'_>) -> Vec<Value> {
    let document = "query($id: ID!) { complaint(id: $id) { description complainant { name } entries { text } } }";
    let who = "blijf-groep/admin";
    let answer = case.app.ask(who, document, json!({ "id": case.id })).await;
    let seen = answer.data()["complaint"].clone();
    let mut words = vec![
        seen["description"].clone(),
        seen["complainant"]["name"].clone(),
    ];
    let entries = seen["entries"].as_array().unwrap();
    words.extend(entries.iter().map(|entry| entry["text"].clone()));
    words.retain(|word| !word.is_null());
    words
}
