//! LIVP: a conflict of interest beats every role, also one that shows later: L4, L6, L12.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{
    Case, ask, done, letter,
    livp::{
        LIVP, assign, assigned, by, due, entries, filed, filed_for, found_by, mail, member,
        nothing, proposed, sign, tell, told, train,
    },
    mutate, respondent,
};

both! {
    async fn l04_whoever_records_a_leave_is_told_in_which_complaints_the_substitute_may_not_stand_in(app: &App) {
        let (case, other) = (assigned(app).await, filed(app, Some("basis")).await);
        assign(&other, "trainer3").await;
        let leave = async |on: &str, substitute: &str| {
            let input = json!({ "memberId": member(app, "trainer2"), "fromOn": on, "untilOn": on, "substituteId": member(app, substitute) });
            done(mutate(app, "livp/admin", "recordAbsence", input, "absence { id } notStoodInFor { id }").await)["notStoodInFor"].clone()
        };
        assert_eq!(leave("2026-03-09", "trainer1").await, json!([{ "id": case.id }]), "trainer 1 gives the course");
        assert_eq!(leave("2026-03-10", "trainer3").await, json!([]));
    }

    async fn l04_of_many_complaints_every_one_counts_in_which_the_substitute_may_not_stand_in(app: &App) {
        let person = app.person(LIVP, "admin2");
        let roles = json!({ "name": person["name"], "email": person["email"], "roles": ["ADMINISTRATOR", "HANDLER"], "locale": "NL" });
        done(mutate(app, "livp/admin", "changeMember", json!({ "memberId": person["id"], "member": roles }), "__typename").await);
        let mut cases = Vec::new();
        for _ in 0..101 {
            cases.push(filed(app, Some("basis")).await);
        }
        let told = async |on: &str| {
            let input = json!({ "memberId": member(app, "admin2"), "fromOn": on, "untilOn": on, "substituteId": member(app, "trainer1") });
            let told = done(mutate(app, "livp/admin", "recordAbsence", input, "absence { id } notStoodInFor { id } moreNotStoodInFor").await);
            let named = told["notStoodInFor"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned());
            (named.collect::<Vec<_>>(), told["moreNotStoodInFor"].clone())
        };
        let ids: Vec<String> = cases.iter().map(|case| case.id.clone()).collect();
        assign(&cases[100], "admin2").await;
        assert_eq!(told("2026-03-09").await, (vec![ids[100].clone()], json!(0)), "of a hundred that were seen before it nothing is theirs to decide");
        for case in &cases[..100] {
            assign(case, "admin2").await;
        }
        assert_eq!(told("2026-03-10").await, (ids[..100].to_vec(), json!(1)));
    }

    async fn l04_where_the_substitute_is_the_respondent_others_are_told_and_decide(app: &App) {
        let case = assigned(app).await;
        tell(&case, "trainer1").await;
        app.sweep().await;
        let before = app.letters().await.len();
        let leave = json!({ "memberId": member(app, "trainer2"), "fromOn": "2026-03-06", "untilOn": "2026-04-30", "substituteId": member(app, "trainer1") });
        let told = done(mutate(app, "livp/admin", "recordAbsence", leave, "absence { id } notStoodInFor { id }").await);
        assert_eq!(told["notStoodInFor"], json!([{ "id": case.id }]));
        app.at("2026-03-09T07:00:00Z").await;
        let seen = case.seen_by("trainer1").await;
        assert_eq!((&seen["viewerLevel"], &seen["entries"].as_array().map(Vec::is_empty)), (&json!("RESPONDENT"), &Some(false)));
        assert_eq!(case.refused("trainer1", "proposeSolution", json!({ "text": "Zo dan." })).await.0, "NOT_ALLOWED");
        app.at("2026-03-31T10:00:00Z").await;
        let letters = app.letters().await;
        let since = |key: &str, kind: &str| letters[before..].iter().filter(|one| one["to"] == mail(key).as_str() && one["kind"] == kind).count();
        for kind in ["digest", "overdue_alert"] {
            assert_eq!(since("trainer1", kind), 0, "{kind}");
            assert!(since("admin", kind) > 0, "{kind}");
        }
        let named = letters[before..].iter().any(|one| one["to"] == mail("admin").as_str() && one["kind"] == "digest"
            && one["text"].as_str().unwrap().contains(&case.reference));
        assert!(named, "the overview of the administration names it");
        assert_eq!(case.stands().await, "APPEAL_OPEN");
    }

    async fn l04_a_roster_change_makes_the_handler_conflicted(app: &App) {
        let case = proposed(app).await;
        app.at("2026-03-04T09:00:00Z").await;
        train(app, "basis", &["trainer1", "trainer2"]).await;
        let found = entries(&case, "CONFLICT_FOUND").await;
        assert_eq!(found.len(), 1);
        assert_eq!(found[0]["member"], Value::Null, "not asked for here");
        assert_eq!(case.now().await["handler"], Value::Null);
        assert_eq!(found_by(&case, "livp/trainer2").await, nothing());
        assert_eq!(case.refused("trainer2", "proposeSolution", json!({ "text": "Nog een." })).await, by("NOT_FOUND", ""));
        app.sweep().await;
        assert_eq!(told(&case, "released").await, [mail("trainer2")]);
        assert_eq!(told(&case, "unassigned").await, [mail("admin2"), mail("admin")]);
        assert_eq!(case.due("APPOINTMENT").await[0], "2026-03-05");
        assert_eq!(case.due("RESOLUTION").await, due("2026-03-30", "2026-03-30T22:00:00Z", "Werkwijze 9"));
        assign(&case, "trainer3").await;
        assert_eq!(case.seen_by("trainer3").await["viewerLevel"], "OFFICIAL");
    }

    async fn l14_a_form_that_names_the_whole_administration_reaches_others(app: &App) {
        let mut form = crate::steps::form(app, LIVP, Some("basis"));
        let named = ["admin", "admin2", "standin"].map(|key| json!({ "name": app.person(LIVP, key)["name"] }));
        form["respondents"] = json!(named);
        let filed = crate::steps::done(mutate(app, "", "fileComplaint", form, "receipt { reference }").await);
        let id = crate::steps::find(app, "livp/leiding", filed["receipt"]["reference"].as_str().unwrap()).await;
        app.sweep().await;
        let letters = app.letters().await;
        let is_told = |letter: &Value| letter["complaintId"] == id.as_str() && letter["to"] == app.person(LIVP, "leiding")["email"];
        assert!(letters.iter().any(is_told), "somebody who may act is told that nobody handles it");
        for key in ["admin", "admin2", "standin", "trainer1"] {
            let seen = crate::steps::part_of(app, &format!("livp/{key}"), &id, "id").await;
            assert_eq!(seen, Value::Null, "{key}");
        }
        let input = json!({ "complaintId": id, "memberId": member(app, "trainer3") });
        crate::steps::done(mutate(app, "livp/leiding", "assignDecider", input, "complaint { id }").await);
    }

    async fn l11_nobody_handles_or_arbitrates_their_own_complaint(app: &App) {
        for (who, key) in [("livp/trainer2", "trainer2"), ("livp/arbiter", "arbiter")] {
            let mut form = crate::steps::form(app, LIVP, Some("basis"));
            let person = app.person(LIVP, key);
            form["complainant"] = json!({ "name": person["name"], "email": person["email"], "telephone": "+31612345678" });
            let case = Case::filed(app, who, form).await;
            assert_eq!(case.seen_by(key).await["viewerLevel"], "COMPLAINANT", "{who}");
            if key == "trainer2" {
                let own = case.refused("admin", "assignDecider", json!({ "memberId": member(app, key) })).await;
                assert_eq!(own.0, "CONFLICT_OF_INTEREST");
            }
        }
    }

    async fn l04_a_handler_who_was_never_conflicted_stays(app: &App) {
        let case = assigned(app).await;
        train(app, "basis", &["trainer3"]).await;
        assert_eq!(case.now().await["handler"]["id"], member(app, "trainer2"));
        assert_eq!(case.count("CONFLICT_FOUND").await, 0);
        let free = json!({ "memberId": member(app, "trainer3") });
        assert_eq!(case.refused("admin", "assignDecider", free).await, by("CONFLICT_OF_INTEREST", "Werkwijze 4"));
    }

    async fn l04_a_handler_who_turns_out_to_be_the_respondent_is_off_the_case(app: &App) {
        let case = assigned(app).await;
        let person = app.person(LIVP, "trainer2");
        case.act("trainer2", "nameRespondent", json!({ "memberId": person["id"] })).await;
        assert_eq!(case.now().await["handler"], Value::Null);
        assert_eq!(case.seen_by("trainer2").await["viewerLevel"], "RESPONDENT");
        assert_eq!(case.refused("trainer2", "proposeSolution", json!({ "text": "Nog een." })).await.0, "NOT_ALLOWED");
    }

    async fn l04_a_respondent_who_is_also_the_only_handler_left(app: &App) {
        let mut input = letter(app, LIVP, Some("duo"), "EMAIL", "2026-03-02T07:00:00Z");
        input["respondents"] = json!([respondent(app, LIVP, "trainer3")]);
        let case = Case::registered(app, LIVP, input).await;
        let to = |key: &str| json!({ "memberId": member(app, key) });
        assert_eq!(case.refused("admin", "assignDecider", to("trainer3")).await, by("CONFLICT_OF_INTEREST", "Werkwijze 4"));
        assert_eq!(found_by(&case, "livp/trainer3").await, nothing());
        assert_eq!(case.refused("admin", "assignDecider", to("extern")).await.0, "REASON_REQUIRED");
        let reasoned = json!({ "memberId": member(app, "extern"), "reason": "De enige vrije trainer is beklaagde." });
        case.act("admin", "assignDecider", reasoned).await;
        case.act("extern", "nameRespondent", json!({ "number": 1 })).await;
        assert_eq!(case.seen_by("trainer3").await["viewerLevel"], "RESPONDENT");
        case.act("extern", "proposeSolution", json!({ "text": "Excuses." })).await;
        case.came(json!({ "signOffSolution": { "version": 1 } }), "EMAIL", "2026-03-02T08:00:00Z").await;
        sign(&case, "trainer3", 1).await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
    }

    async fn l04_the_only_handler_left_becomes_the_respondent_on_the_way(app: &App) {
        let case = filed(app, Some("duo")).await;
        assign(&case, "trainer3").await;
        let person = app.person(LIVP, "trainer3");
        case.act("trainer3", "nameRespondent", json!({ "memberId": person["id"] })).await;
        let reasoned = json!({ "memberId": member(app, "extern"), "reason": "Niemand is vrij." });
        case.act("admin", "assignDecider", reasoned).await;
        assert_eq!(case.now().await["handler"]["id"], member(app, "extern"));
    }

    async fn a_refusal_where_there_is_no_complaint_speaks_of_none(app: &App) {
        let input = json!({ "memberId": member(app, "trainer3") });
        let refused = mutate(app, "livp/trainer2", "nameStandIn", input, "standIn { member { id } }").await;
        let error = &refused["userErrors"][0];
        assert_eq!((&error["code"], &error["message"]), (&json!("NOT_ALLOWED"), &json!("U mag dit niet doen.")));
    }

    async fn l04_taking_a_trainer_off_the_course_frees_nobody(app: &App) {
        let case = filed(app, Some("basis")).await;
        train(app, "basis", &["trainer3"]).await;
        for key in ["trainer1", "trainer3"] {
            let excluded = json!({ "memberId": member(app, key) });
            assert_eq!(case.refused("admin", "assignDecider", excluded).await, by("CONFLICT_OF_INTEREST", "Werkwijze 4"), "{key}");
            assert_eq!(found_by(&case, &format!("livp/{key}")).await, nothing(), "{key}");
        }
    }

    async fn l04_an_administrator_who_trains_the_course_is_excluded_and_a_stand_in_acts(app: &App) {
        let case = filed_for(app, "bureau", "livp/admin2").await;
        app.sweep().await;
        assert_eq!(found_by(&case, "livp/admin").await, nothing());
        assert_eq!(case.refused("admin", "assignDecider", json!({ "memberId": member(app, "trainer2") })).await, by("NOT_FOUND", ""));
        assert_eq!(case.refused("admin", "placeLegalHold", json!({ "reason": "Nieuwsgierig." })).await, by("NOT_FOUND", ""));
        assert_eq!(told(&case, "unassigned").await, [mail("admin2"), mail("standin")]);
        case.act("standin", "assignDecider", json!({ "memberId": member(app, "trainer2") })).await;
        assert_eq!(case.seen_by("standin").await["viewerLevel"], "OFFICIAL");
        app.at("2026-03-31T09:00:00Z").await;
        let letters = app.letters().await;
        let to_admin: Vec<&Value> = letters.iter().filter(|one| one["to"] == mail("admin") && one["complaintId"] == json!(case.id)).collect();
        assert_eq!(to_admin, Vec::<&Value>::new());
        assert!(told(&case, "overdue_alert").await.contains(&mail("standin")));
    }

    async fn l04_a_stand_in_sees_nothing_else(app: &App) {
        let other = assigned(app).await;
        filed_for(app, "bureau", "livp/standin").await;
        let document = "query($id: ID!) { complaint(id: $id) { id } complaints { totalCount } }";
        let seen = ask(app, "livp/standin", document, json!({ "id": other.id })).await;
        assert_eq!(seen.data(), &json!({ "complaint": null, "complaints": { "totalCount": 1 } }));
    }

    async fn l04_an_excluded_administrator_registers_but_does_not_see(app: &App) {
        let mut input = letter(app, LIVP, Some("bureau"), "POST", "2026-03-02T07:00:00Z");
        input["complainant"]["email"] = Value::Null;
        input["complainant"]["postalAddress"] = json!("Dorpsstraat 1, 1234 AB Ergens");
        let payload = mutate(app, "livp/admin", "registerComplaint", input, "receipt { reference } complaint { id }").await;
        assert!(payload["receipt"]["reference"].is_string(), "{payload:#}");
        assert_eq!(payload["complaint"], Value::Null);
        let document = "{ lettersToPrint { nodes { id } } }";
        let seen = ask(app, "livp/admin", document, json!({})).await;
        assert_eq!(seen.data()["lettersToPrint"]["nodes"], json!([]));
        let waiting = ask(app, "livp/admin2", document, json!({})).await;
        let letter = &waiting.data()["lettersToPrint"]["nodes"][0]["id"];
        let posted = json!({ "letterId": letter, "postedOn": "2026-03-02" });
        let payload = mutate(app, "livp/admin", "recordPosted", posted.clone(), "letter { id }").await;
        assert_eq!((&payload["letter"], &payload["userErrors"][0]["code"]), (&Value::Null, &json!("NOT_FOUND")));
        let payload = mutate(app, "livp/standin", "recordPosted", posted, "letter { status }").await;
        assert_eq!(payload["letter"]["status"], "POSTED", "{payload:#}");
    }

    async fn l04_a_stand_in_who_handles_a_complaint_does_not_read_how_its_parties_get_in(app: &App) {
        let mut input = letter(app, LIVP, Some("basis"), "POST", "2026-03-02T07:00:00Z");
        input["complainant"] = json!({ "name": "Petra Post", "postalAddress": "Dorpsstraat 1" });
        let case = Case::registered(app, LIVP, input).await;
        assign(&case, "trainer2").await;
        let stands_in = json!({ "memberId": member(app, "trainer2") });
        crate::steps::done(mutate(app, "livp/admin", "nameStandIn", stands_in, "__typename").await);
        let document = "{ lettersToPrint(first: 1) { nodes { text } pageInfo { hasNextPage } totalCount } }";
        let printed = async |who| ask(app, who, document, json!({})).await.data()["lettersToPrint"].clone();
        let nothing = json!({ "nodes": [], "pageInfo": { "hasNextPage": false }, "totalCount": 0 });
        assert_eq!(printed("livp/trainer2").await, nothing);
        let text = printed("livp/admin").await["nodes"][0]["text"].clone();
        assert!(text.as_str().unwrap().contains("/access#"), "{text}");
        // While an administrator is excluded, the stand-in posts what that complaint has to say.
        let mut input = letter(app, LIVP, Some("bureau"), "POST", "2026-03-02T07:00:00Z");
        input["complainant"] = json!({ "name": "Piet Post", "postalAddress": "Dorpsstraat 2" });
        crate::steps::done(mutate(app, "livp/admin2", "registerComplaint", input, "receipt { reference }").await);
        let shown = printed("livp/trainer2").await;
        assert_eq!((shown["nodes"].as_array().map(Vec::len), &shown["totalCount"]), (Some(1), &json!(1)));
    }

    async fn l14_where_nobody_of_the_administration_may_others_post_its_letters(app: &App) {
        let mut input = letter(app, LIVP, Some("basis"), "POST", "2026-03-02T07:00:00Z");
        input["complainant"] = json!({ "name": "Petra Post", "postalAddress": "Dorpsstraat 1" });
        let other = Case::registered(app, LIVP, input.clone()).await;
        let named = ["admin", "admin2", "standin"].map(|key| json!({ "name": app.person(LIVP, key)["name"] }));
        input["respondents"] = json!(named);
        let registered = mutate(app, "livp/admin", "registerComplaint", input, "receipt { reference }").await;
        let reference = &crate::steps::done(registered)["receipt"]["reference"];
        let id = crate::steps::find(app, "livp/leiding", reference.as_str().unwrap()).await;
        let document = "{ lettersToPrint { nodes { id complaint { id } } totalCount } }";
        let printed = async |who| ask(app, who, document, json!({})).await.data()["lettersToPrint"].clone();
        let seen = printed("livp/leiding").await;
        assert_eq!(seen["totalCount"], 1, "{seen}");
        assert_eq!(seen["nodes"][0]["complaint"]["id"], json!(id));
        assert_eq!(printed("livp/trainer2").await["totalCount"], 0);
        let posted = json!({ "letterId": seen["nodes"][0]["id"], "postedOn": "2026-03-02" });
        let payload = mutate(app, "livp/leiding", "recordPosted", posted, "letter { status }").await;
        assert_eq!(payload["letter"]["status"], "POSTED", "{payload:#}");
        assert_ne!(other.id, id);
    }

    async fn l04_an_administrator_joins_the_trainers_on_the_way(app: &App) {
        let case = assigned(app).await;
        assert_eq!(found_by(&case, "livp/admin").await["byId"]["id"], json!(case.id));
        assert_eq!(found_by(&case, "livp/standin").await, nothing());
        train(app, "basis", &["trainer1", "admin"]).await;
        assert_eq!(found_by(&case, "livp/admin").await, nothing());
        assert_eq!(found_by(&case, "livp/standin").await["byId"]["id"], json!(case.id));
        train(app, "basis", &["trainer1"]).await;
        assert_eq!(found_by(&case, "livp/admin").await["byId"]["id"], json!(case.id));
        assert_eq!(found_by(&case, "livp/standin").await, nothing());
    }

    async fn l06_without_a_named_respondent_the_complaint_runs_to_its_end(app: &App) {
        let case = assigned(app).await;
        assert_eq!(case.now().await["respondents"], json!([]));
        case.act("trainer2", "declareNoAgreement", json!({})).await;
        case.act("klager", "appeal", json!({ "grounds": "Niemand heeft iets gedaan." })).await;
        assign(&case, "arbiter").await;
        let advice = json!({ "finding": "UPHELD", "text": "Het advies." });
        case.act("arbiter", "recordHearing", json!({ "party": { "kind": "COMPLAINANT" }, "outcome": "HEARD" })).await;
        assert_eq!(case.refused("arbiter", "logBindingAdvice", advice.clone()).await.0, "NOT_HEARD");
        case.act("admin", "nameRepresentative", json!({ "memberId": member(app, "stem") })).await;
        case.act("stem", "waiveHearing", json!({})).await;
        case.act("arbiter", "logBindingAdvice", advice).await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
    }

    async fn l06_a_respondent_named_later_takes_the_place_of_the_representative(app: &App) {
        let case = assigned(app).await;
        case.act("admin", "nameRepresentative", json!({ "memberId": member(app, "stem") })).await;
        case.act("trainer2", "proposeSolution", json!({ "text": "Excuses." })).await;
        tell(&case, "trainer1").await;
        assert_eq!(case.refused("admin", "nameRepresentative", json!({ "memberId": member(app, "stem") })).await.0, "WRONG_STATE");
        assert_eq!(case.now().await["solution"]["awaitedFrom"][1], json!({ "kind": "RESPONDENT", "number": 1 }));
        sign(&case, "klager", 1).await;
        assert_eq!(case.refused("stem", "signOffSolution", json!({ "version": 1 })).await.0, "NOT_FOUND");
        sign(&case, "trainer1", 1).await;
        assert_eq!(case.stands().await, "CLOSED AGREED");
    }
}
