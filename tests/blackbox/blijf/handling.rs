//! Blijf Groep, first instance until the response: who handles it, hearing both sides, four weeks.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    Case,
    blijf::{
        BLIJF, HOUSE_RULE, RESPONSE_RULE, appeal, complainant, filed, hear, heard, on_paper,
        prepare, respond, responded, respondent,
    },
    done, form, letter, mutate,
};

const HOW_TO_FILE: &str = "Hoe kan je je klacht kenbaar maken";

both! {
    async fn b05_the_pool_sees_it_until_one_takes_it(app: &App) {
        let case = filed(app, Some("veilig")).await;
        for who in ["advies1", "advies2", "admin", "klager"] {
            assert_eq!(case.seen_by(who).await["state"], "RECEIVED", "{who}");
        }
        for who in ["trainer", "trainer2", "manager", "extern", "analist", "stem", "standin"] {
            assert!(case.seen_by(who).await.is_null(), "{who}");
        }
        assert_eq!(case.refused("trainer", "takeComplaint", json!({})).await.0, "NOT_FOUND");
        case.act("advies2", "takeComplaint", json!({})).await;
        assert_eq!(case.now().await["handler"]["id"], app.person(BLIJF, "advies2")["id"]);
        assert!(case.seen_by("advies1").await.is_null());
        assert_eq!(case.refused("advies1", "takeComplaint", json!({})).await.0, "NOT_FOUND");
        assert_eq!(case.stands().await, "IN_TREATMENT");
    }

    async fn b05_an_adviser_who_organised_the_activity_is_excluded(app: &App) {
        // Grenzen stellen was organised by the second adviser, and trained by somebody else.
        excludes_the_second_adviser(&filed(app, Some("grenzen")).await).await;
    }

    async fn b05_an_adviser_who_trained_the_activity_is_excluded(app: &App) {
        course(app, "veilig", &["trainer", "advies2"], None).await;
        excludes_the_second_adviser(&filed(app, Some("veilig")).await).await;
    }

    async fn b11_a_manager_who_organised_the_activity_is_passed_over(app: &App) {
        course(app, "veilig", &["trainer"], Some("manager")).await;
        let case = responded(app).await;
        assert_eq!(appeal(&case).await, "manager2");
        let passed = json!({ "memberId": app.person(BLIJF, "manager")["id"], "reason": "Nu." });
        let refused = case.refused("admin", "assignDecider", passed).await;
        assert_eq!(refused, ("CONFLICT_OF_INTEREST".to_owned(), HOW_TO_FILE.to_owned()));
        assert!(case.seen_by("manager").await.is_null());
        let other = filed(app, Some("leiding")).await;
        other.act("advies1", "takeComplaint", json!({})).await;
        course(app, "leiding", &["trainer"], Some("manager2")).await;
        app.at("2026-04-20T08:00:00Z").await;
        other.act("klager", "appeal", json!({ "grounds": "Er kwam niets." })).await;
        assert_eq!(other.now().await["handler"], Value::Null, "one trained it at receipt, the other organised it");
    }

    async fn b05_who_complains_never_handles_it_whatever_their_role(app: &App) {
        let mut form = form(app, BLIJF, Some("veilig"));
        form["complainant"] = json!({ "name": "Ada Adviseur", "email": app.person(BLIJF, "advies1")["email"] });
        for who in ["blijf-groep/advies1", ""] {
            let case = Case::filed(app, who, form.clone()).await;
            assert_eq!(case.seen_by("advies1").await["viewerLevel"], "COMPLAINANT", "filed by {who}");
            assert_ne!(case.refused("advies1", "takeComplaint", json!({})).await.0, "", "filed by {who}");
            case.act("advies2", "takeComplaint", json!({})).await;
            case.act("advies1", "addStatement", json!({ "text": "Het gebeurde op de tweede dag." })).await;
        }
    }

    async fn b05_a_respondent_is_known_however_the_name_is_spelt(app: &App) {
        for name in ["Ada  Adviseur", "mevr. ada adviseur", " Ada Adviseur. "] {
            let mut form = form(app, BLIJF, Some("veilig"));
            form["respondents"] = json!([{ "name": name }]);
            let case = Case::filed(app, "", form).await;
            assert!(case.seen_by("advies1").await.is_null(), "{name}");
        }
    }

    async fn b05_nobody_left_is_for_an_external_handler_with_a_reason(app: &App) {
        let external = app.person(BLIJF, "extern")["id"].clone();
        let with_reason = json!({ "memberId": external, "reason": "Beide adviseurs gaven deze training." });
        let taken = filed(app, Some("veilig")).await;
        let refused = taken.refused("admin", "assignDecider", with_reason.clone()).await;
        assert_eq!(refused, ("HANDLER_AVAILABLE".to_owned(), HOW_TO_FILE.to_owned()));
        let case = filed(app, Some("signaleren")).await;
        assert!(case.seen_by("advies1").await.is_null());
        assert!(case.seen_by("advies2").await.is_null());
        let refused = case.refused("admin", "assignDecider", json!({ "memberId": external })).await;
        assert_eq!(refused.0, "REASON_REQUIRED");
        case.act("admin", "assignDecider", with_reason).await;
        assert_eq!(case.seen_by("extern").await["state"], "IN_TREATMENT");
    }

    async fn b05_unassigned_for_three_working_days_alerts(app: &App) {
        let case = filed(app, Some("veilig")).await;
        assert_eq!(case.due("APPOINTMENT").await, ["2026-03-05", "2026-03-05T23:00:00Z", HOUSE_RULE]);
        app.at("2026-03-05T22:59:59Z").await;
        assert_eq!(case.count("ALERTED").await, 0);
        app.at("2026-03-05T23:00:00Z").await;
        assert_eq!(case.count("ALERTED").await, 1);
        let alerts = case.letters("OVERDUE_ALERT").await;
        assert!(alerts.iter().any(|letter| letter["to"] == "admin@blijf-groep.example"), "{alerts:#?}");
    }

    async fn b06_no_response_before_each_side_was_heard(app: &App) {
        let mut letter = letter(app, BLIJF, Some("veilig"), "EMAIL", "2026-03-02T07:00:00Z");
        letter["respondents"] = json!([crate::steps::respondent(app, BLIJF, "trainer2")]);
        let case = Case::registered(app, BLIJF, letter).await;
        case.act("advies1", "takeComplaint", json!({})).await;
        let response = json!({ "finding": "UPHELD", "text": "U hebt gelijk." });
        let not_heard = ("NOT_HEARD".to_owned(), HOW_TO_FILE.to_owned());
        assert_eq!(case.refused("advies1", "issueResponse", response.clone()).await, not_heard);
        case.came(json!({ "waiveHearing": "DONE" }), "EMAIL", "2026-03-02T07:30:00Z").await;
        assert_eq!(case.refused("advies1", "issueResponse", response.clone()).await, not_heard);
        assert!(case.seen_by("trainer2").await.is_null(), "not told yet");
        case.act("advies1", "nameRespondent", json!({ "number": 1 })).await;
        assert_eq!(case.seen_by("trainer2").await["viewerLevel"], "RESPONDENT");
        let once = json!({ "party": respondent(), "outcome": "UNREACHABLE", "attempts": 1 });
        assert_eq!(case.refused("advies1", "recordHearing", once).await.0, "TOO_FEW_ATTEMPTS");
        let twice = json!({ "party": respondent(), "outcome": "UNREACHABLE", "attempts": 2, "record": "Gebeld op 2 en 3 maart." });
        for (at, needs) in [("2026-03-02T08:00:00Z", 2), ("2026-03-03T08:00:00Z", 1)] {
            app.at(at).await;
            assert_eq!(case.refused("advies1", "recordHearing", twice.clone()).await.0, "TOO_FEW_ATTEMPTS", "{needs} more");
            let in_vain = json!({ "party": respondent(), "means": "TELEPHONE", "isReached": false });
            case.act("advies1", "recordContact", in_vain).await;
        }
        assert!(case.now().await["rounds"][0]["contactedAt"].is_null());
        case.act("advies1", "recordHearing", twice).await;
        case.act("advies1", "issueResponse", response).await;
        let hearings = case.now().await["rounds"][0]["hearings"].clone();
        let outcomes: Vec<_> = hearings.as_array().unwrap().iter().map(|one| &one["outcome"]).collect();
        assert_eq!(outcomes, ["WAIVED", "UNREACHABLE"]);
    }

    async fn b06_without_a_named_respondent_a_representative_speaks(app: &App) {
        let case = filed(app, Some("veilig")).await;
        case.act("advies1", "takeComplaint", json!({})).await;
        hear(&case, "advies1", complainant()).await;
        let response = json!({ "finding": "UPHELD", "text": "U hebt gelijk." });
        assert_eq!(case.refused("advies1", "issueResponse", response.clone()).await.0, "NOT_HEARD");
        let name = |key: &str| json!({ "memberId": app.person(BLIJF, key)["id"] });
        assert_eq!(case.refused("admin", "nameRepresentative", name("trainer")).await.0, "CONFLICT_OF_INTEREST");
        case.act("admin", "nameRepresentative", name("stem")).await;
        case.act("stem", "addStatement", json!({ "text": "De organisatie herkent dit." })).await;
        hear(&case, "advies1", json!({ "kind": "REPRESENTATIVE" })).await;
        case.act("advies1", "issueResponse", response).await;
        assert_eq!(case.stands().await, "AWAITING_COMPLAINANT");
    }

    async fn b06_in_second_instance_too_both_sides_are_heard(app: &App) {
        let case = responded(app).await;
        let manager = appeal(&case).await;
        let decision = json!({ "finding": "UPHELD", "text": "U hebt gelijk." });
        let not_heard = ("NOT_HEARD".to_owned(), HOW_TO_FILE.to_owned());
        assert_eq!(case.refused(manager, "issueDecision", decision.clone()).await, not_heard);
        hear(&case, manager, complainant()).await;
        assert_eq!(case.refused(manager, "issueDecision", decision.clone()).await, not_heard);
        hear(&case, manager, respondent()).await;
        case.act(manager, "issueDecision", decision).await;
    }

    async fn b06_a_party_is_invited_with_day_and_place(app: &App) {
        let case = filed(app, Some("veilig")).await;
        case.act("advies1", "takeComplaint", json!({})).await;
        let invitation = json!({ "party": complainant(), "hearingAt": "2026-03-10T09:00:00Z", "place": "Kamer 3" });
        case.act("advies1", "inviteToHearing", invitation).await;
        let letters = case.letters("HEARING_INVITATION").await;
        assert_eq!(letters[0]["to"], "klager@blijf-groep.example");
        let text = letters[0]["text"].as_str().unwrap();
        assert!(text.contains("dinsdag 10 maart 2026 om 10.00 uur") && text.contains("Kamer 3"), "{text}");
    }

    async fn b07_four_weeks_from_receipt_do_not_roll(app: &App) {
        app.at("2026-03-09T09:00:00Z").await;
        let spring = filed(app, Some("veilig")).await;
        assert_eq!(spring.due("RESOLUTION").await, ["2026-04-06", "2026-04-06T22:00:00Z", RESPONSE_RULE]);
        app.at("2026-10-04T10:00:00Z").await;
        let autumn = filed(app, None).await;
        assert_eq!(autumn.due("RESOLUTION").await, ["2026-11-01", "2026-11-01T23:00:00Z", RESPONSE_RULE]);
    }

    async fn b07_the_last_second_is_in_time_and_the_next_is_a_lapse(app: &App) {
        let (timely, late) = (heard(app).await, heard(app).await);
        app.at("2026-03-30T21:59:59Z").await;
        respond(&timely).await;
        app.time_passes_until("2026-03-30T22:00:00Z");
        respond(&late).await;
        assert_eq!((timely.count("TERM_LAPSED").await, late.count("TERM_LAPSED").await), (0, 1));
        assert_eq!(late.now().await["rounds"][0]["lapsedAt"], "2026-03-30T22:00:00Z");
        assert!(late.now().await["rounds"][0]["appealWay"].is_object());
        assert!(timely.now().await["rounds"][0]["appealWay"].is_null());
    }

    async fn b07_a_response_that_bounced_was_not_in_time(app: &App) {
        let case = heard(app).await;
        app.at("2026-03-30T10:00:00Z").await;
        respond(&case).await;
        app.at("2026-03-31T07:00:00Z").await;
        assert_eq!(case.count("TERM_LAPSED").await, 0);
        bounces(&case, "RESPONSE").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        assert_eq!(case.now().await["rounds"][0]["lapsedAt"], "2026-03-30T22:00:00Z");
    }

    async fn b07_a_posting_in_time_registered_later_reverses_the_lapse(app: &App) {
        let case = on_paper(app, "2026-03-02T07:00:00Z").await;
        prepare(&case).await;
        app.at("2026-03-27T11:00:00Z").await;
        respond(&case).await;
        app.at("2026-04-08T07:00:00Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
        let mut response = case.letters("RESPONSE").await;
        response.retain(|letter| letter["channel"] == "print");
        assert_eq!(response.len(), 1);
        let posted = json!({ "letterId": response[0]["id"], "postedOn": "2026-03-30" });
        let payload = mutate(app, "blijf-groep/admin", "recordPosted", posted, "letter { status postedOn }").await;
        assert_eq!(payload["letter"], json!({ "status": "POSTED", "postedOn": "2026-03-30" }), "{payload:#}");
        assert_eq!(case.stands().await, "AWAITING_COMPLAINANT");
        assert_eq!(case.count("CLOCK_REVERSED").await, 1);
        assert_eq!(case.due("SILENCE").await, ["2026-04-28", "2026-04-28T22:00:00Z", RESPONSE_RULE]);
        app.at("2026-04-28T22:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED TACITLY_ACCEPTED");
    }

    async fn b07_longer_only_with_written_consent(app: &App) {
        let case = heard(app).await;
        app.at("2026-03-10T09:00:00Z").await;
        let until = |day: &str| json!({ "until": day, "reasons": "De trainer is met verlof." });
        assert_eq!(case.refused("advies1", "announceExtension", until("2026-04-10")).await.0, "NOT_IN_THIS_PROCEDURE");
        assert_eq!(case.refused("advies1", "requestExtension", until("2026-03-30")).await.0, "NOT_LATER");
        case.act("advies1", "requestExtension", until("2026-04-10")).await;
        assert_eq!(case.due("RESOLUTION").await[0], "2026-03-30");
        let consent = json!({ "party": complainant(), "act": { "consentToExtension": "DONE" }, "channel": "TELEPHONE", "arrivedAt": "2026-03-10T08:30:00Z" });
        let spoken = case.refused("admin", "recordPartyAct", consent).await;
        assert_eq!(spoken, ("MUST_BE_WRITTEN".to_owned(), RESPONSE_RULE.to_owned()));
        case.act("klager", "refuseExtension", json!({})).await;
        assert_eq!(case.refused("klager", "consentToExtension", json!({})).await.0, "NO_EXTENSION_REQUESTED");
        case.act("advies1", "requestExtension", until("2026-04-10")).await;
        app.at("2026-03-12T09:00:00Z").await;
        case.came(json!({ "consentToExtension": "DONE" }), "EMAIL", "2026-03-11T20:00:00Z").await;
        assert_eq!(case.due("RESOLUTION").await, ["2026-04-10", "2026-04-10T22:00:00Z", RESPONSE_RULE]);
        app.at("2026-04-10T21:59:59Z").await;
        assert_eq!(case.stands().await, "IN_TREATMENT");
        app.at("2026-04-10T22:00:00Z").await;
        assert_eq!(case.stands().await, "APPEAL_OPEN");
    }

    async fn b07_a_respondent_named_on_the_form_is_heard_when_told(app: &App) {
        let mut form = form(app, BLIJF, Some("veilig"));
        form["respondents"] = json!([{ "name": "Onbekende Gast" }]);
        let case = Case::filed(app, "", form).await;
        case.act("advies1", "takeComplaint", json!({})).await;
        assert_eq!(case.refused("advies1", "nameRespondent", json!({ "number": 1 })).await.0, "ADDRESS_REQUIRED");
        let contact = json!({ "name": "Onbekende Gast", "email": "gast@personen.example" });
        case.act("advies1", "nameRespondent", json!({ "number": 1, "contact": contact })).await;
        app.sweep().await;
        let token = app.come_in_by_link("gast@personen.example").await;
        assert_eq!(case.seen_by(&token).await["viewerLevel"], "RESPONDENT");
    }
}

/// The administration reports that the newest letter of that kind to the complainant came back.
pub(crate) async fn bounces(case: &Case<'_>, kind: &str) {
    case.bounced("klager@blijf-groep.example", kind).await;
}

/// A course as it is, with these trainers and this organiser.
pub(crate) async fn course(app: &App, key: &str, trainers: &[&str], organiser: Option<&str>) {
    let known = app.course(BLIJF, key);
    let id = |key: &&str| app.person(BLIJF, key)["id"].clone();
    let trainers: Vec<Value> = trainers.iter().map(id).collect();
    let organiser = organiser.as_ref().map(id);
    let written = json!({ "title": known["title"], "sessionDays": [known["endsOn"]],
        "trainerIds": trainers, "organiserId": organiser });
    let input = json!({ "courseId": known["id"], "course": written });
    let who = "blijf-groep/admin";
    done(mutate(app, who, "changeCourse", input, "course { id }").await);
}

async fn excludes_the_second_adviser(case: &Case<'_>) {
    assert!(case.seen_by("advies2").await.is_null());
    let refused = case.refused("advies2", "takeComplaint", json!({})).await;
    assert_eq!(refused.0, "NOT_FOUND");
    let excluded = json!({ "memberId": case.app.person(BLIJF, "advies2")["id"] });
    let refused = case.refused("admin", "assignDecider", excluded).await;
    let conflict = ("CONFLICT_OF_INTEREST".to_owned(), HOW_TO_FILE.to_owned());
    assert_eq!(refused, conflict);
    case.act("advies1", "takeComplaint", json!({})).await;
}
