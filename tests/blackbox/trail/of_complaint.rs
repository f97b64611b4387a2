//! What is noted of a complaint: who saw it and who did something in it, and never what stood there.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use super::{LOG, Timed, access, log, noted, reads, refreshed, sign_in, words};
use crate::steps::{
    Case, ask, done, form, letter,
    livp::{agreed, assigned, filed, no_measures},
    mutate,
};

both! {
    async fn who_sees_a_complaint_is_noted_once_an_hour_for_each_session(at: &Timed) {
        let app = &at.app;
        let case = assigned(app).await;
        let session = sign_in(app, "livp", "trainer2").await;
        for _ in 0..3 {
            reads(app, &access(&session), &case.id).await;
        }
        let [first] = noted(app, "trainer2", &case.id).await.try_into().unwrap();
        assert_eq!(words(std::slice::from_ref(&first)), ["SAW_DOSSIER"]);
        assert_eq!(first["member"]["name"], app.person("livp", "trainer2")["name"]);
        let noted_at: chrono::DateTime<chrono::Utc> = first["notedAt"].as_str().unwrap().parse().unwrap();
        let ago = at.real.at(wederhoor_server::clock::real_now()) - noted_at;
        assert!(ago.num_seconds().abs() < 2, "{ago}");
        let other = sign_in(app, "livp", "trainer2").await;
        reads(app, &access(&other), &case.id).await;
        let two = noted(app, "trainer2", &case.id).await;
        assert_eq!(two.len(), 2);
        assert_ne!(two[0]["sessionId"], two[1]["sessionId"]);
        at.minutes_pass(31);
        app.know("livp/admin", access(&sign_in(app, "livp", "admin").await));
        let later = refreshed(app, &session).await;
        reads(app, &access(&later), &case.id).await;
        let three = noted(app, "trainer2", &case.id).await;
        assert_eq!(three.len(), 3);
        assert_eq!(three[2]["sessionId"], first["sessionId"], "the same session, in another hour");
    }

    async fn what_two_processes_saw_in_an_hour_is_one_thing_and_is_kept_when_they_end(at: &Timed) {
        let app = &at.app;
        let case = assigned(app).await;
        let token = access(&sign_in(app, "livp", "trainer2").await);
        let real = at.real.clone();
        let beside = app.beside_with_log(move |setup| setup.real_clock = real).await;
        let document = "query($id: ID!) { complaint(id: $id) { description } }";
        let seen = beside.client.gql(Some(&token), document, json!({ "id": case.id })).await;
        assert!(seen.data()["complaint"]["description"].is_string());
        beside.stop().await;
        let rows = log(app, "livp/admin", &case.id).await;
        let is_theirs = |row: &&Value| row["member"]["id"] == app.person("livp", "trainer2")["id"];
        assert_eq!(rows["nodes"].as_array().unwrap().iter().filter(is_theirs).count(), 1, "{rows:#}");
        reads(app, &token, &case.id).await;
        assert_eq!(noted(app, "trainer2", &case.id).await.len(), 1);
    }

    async fn what_is_done_is_noted_as_it_is_done(app: &App) {
        let case = filed(app, Some("basis")).await;
        let trainer = app.person("livp", "trainer2")["id"].clone();
        case.act("admin2", "assignDecider", json!({ "memberId": trainer })).await;
        let rows = log(app, "livp/admin", &case.id).await;
        let rows: Vec<Value> = rows["nodes"].as_array().unwrap().iter().rev().cloned().collect();
        assert_eq!(words(&rows), ["FILED", "ACTED ASSIGN_DECIDER"], "what was seen is not written yet");
        assert_eq!(rows[0]["member"]["id"], app.person("livp", "klager")["id"]);
        assert_eq!(rows[1]["member"]["id"], app.person("livp", "admin2")["id"]);
        assert!(rows.iter().all(|row| row["sessionId"].is_string()));
        case.act("trainer2", "recordContact", json!({ "means": "TELEPHONE", "isReached": true })).await;
        assert_eq!(words(&noted(app, "trainer2", &case.id).await), ["ACTED RECORD_CONTACT", "SAW_DOSSIER"]);
    }

    async fn who_comes_by_a_link_is_noted_by_their_side(app: &App) {
        let case = Case::filed(app, "", form(app, "livp", Some("basis"))).await;
        app.sweep().await;
        let token = app.come_in_by_link("robin@personen.example").await;
        reads(app, &token, &case.id).await;
        case.act(&token, "withdrawComplaint", json!({})).await;
        app.write_reads().await;
        let rows = log(app, "livp/admin", &case.id).await;
        let mut rows = rows["nodes"].as_array().unwrap().clone();
        rows.retain(|row| row["partyKind"] == "COMPLAINANT");
        let mut told = words(&rows);
        told.sort();
        assert_eq!(told, ["ACTED WITHDRAW_COMPLAINT", "SAW_DOSSIER"]);
        assert!(rows.iter().all(|row| row["member"].is_null() && row["sessionId"].is_null()));
    }

    async fn a_letter_and_a_measure_are_seen_without_the_dossier(app: &App) {
        let mut input = letter(app, "livp", Some("basis"), "POST", wederhoor_tests::START);
        input["complainant"]["email"] = Value::Null;
        input["complainant"]["postalAddress"] = json!("Dorpsstraat 1, 1234 AB Ergens");
        let (one, other) = (
            Case::registered(app, "livp", input.clone()).await,
            Case::registered(app, "livp", input).await,
        );
        let first = "{ lettersToPrint(first: 1) { nodes { text } pageInfo { hasNextPage } } }";
        let seen = app.ask("livp/admin2", first, json!({})).await;
        assert_eq!(seen.data()["lettersToPrint"]["pageInfo"]["hasNextPage"], true);
        let letters = [noted(app, "admin2", &one.id).await, noted(app, "admin2", &other.id).await].concat();
        assert_eq!(words(&letters), ["SAW_LETTER"], "what is not on the page is not seen");
        let page = "{ complaints(first: 1) { nodes { description } pageInfo { hasNextPage } } }";
        let seen = app.ask("livp/admin2", page, json!({})).await;
        assert_eq!(seen.data()["complaints"]["pageInfo"]["hasNextPage"], true);
        let rows = [noted(app, "admin2", &one.id).await, noted(app, "admin2", &other.id).await].concat();
        assert_eq!(words(&rows).iter().filter(|word| *word == "SAW_DOSSIER").count(), 1);
        let case = agreed(app).await;
        case.act("trainer2", "classifyComplaint", json!({ "cause": "content" })).await;
        let owner = app.person("livp", "trainer3")["id"].clone();
        let measures = json!({ "measures": [{ "text": "Bijscholen.", "ownerId": owner, "dueOn": "2026-06-01" }] });
        case.act("trainer2", "answerMeasures", measures).await;
        let own = app.ask("livp/trainer3", "{ ownMeasures { nodes { measure { text } } } }", json!({})).await;
        assert_eq!(own.data()["ownMeasures"]["nodes"][0]["measure"]["text"], "Bijscholen.");
        assert_eq!(words(&noted(app, "trainer3", &case.id).await), ["SAW_MEASURE"]);
    }

    async fn only_the_measures_of_a_page_are_seen(app: &App) {
        let owner = app.person("livp", "trainer3")["id"].clone();
        let mut cases = Vec::new();
        for due_on in ["2026-06-01", "2026-07-01"] {
            let case = agreed(app).await;
            case.act("trainer2", "classifyComplaint", json!({ "cause": "content" })).await;
            let measures = json!({ "measures": [{ "text": "Bijscholen.", "ownerId": owner, "dueOn": due_on }] });
            case.act("trainer2", "answerMeasures", measures).await;
            cases.push(case);
        }
        let page = "query($after: String) { ownMeasures(first: 1, after: $after) {
            totalCount nodes { complaintId } pageInfo { hasPreviousPage hasNextPage endCursor } } }";
        let mut after = Value::Null;
        for (shown, case) in cases.iter().enumerate() {
            assert!(noted(app, "trainer3", &case.id).await.is_empty(), "it is not shown yet");
            let own = ask(app, "livp/trainer3", page, json!({ "after": after })).await;
            let own = &own.data()["ownMeasures"];
            assert_eq!(own["totalCount"], 2);
            assert_eq!(own["nodes"], json!([{ "complaintId": case.id }]));
            assert_eq!(own["pageInfo"]["hasPreviousPage"], shown > 0);
            assert_eq!(own["pageInfo"]["hasNextPage"], shown == 0);
            after = own["pageInfo"]["endCursor"].clone();
            assert_eq!(words(&noted(app, "trainer3", &case.id).await), ["SAW_MEASURE"]);
        }
    }

    async fn who_reads_the_log_does_not_see_the_dossier(app: &App) {
        let case = filed(app, Some("basis")).await;
        assert!(log(app, "livp/admin2", &case.id).await.is_object());
        assert_eq!(noted(app, "admin2", &case.id).await, [Value::Null; 0]);
    }

    async fn a_list_without_dossiers_is_no_look_at_them(app: &App) {
        let case = assigned(app).await;
        let list = "{ complaints { totalCount nodes { reference state handler { name } } } workQueue { nodes { reference } } }";
        let seen = app.ask("livp/admin2", list, json!({})).await;
        assert_eq!(seen.data()["complaints"]["totalCount"], 1);
        assert_eq!(noted(app, "admin2", &case.id).await, [Value::Null; 0]);
    }

    async fn reading_costs_no_statement_more_and_doing_one_row(app: &App) {
        let case = assigned(app).await;
        let token = access(&sign_in(app, "livp", "trainer2").await);
        let mut costs = Vec::new();
        for _ in 0..2 {
            let before = app.statements();
            reads(app, &token, &case.id).await;
            costs.push(app.statements() - before);
        }
        assert_eq!(costs[0], costs[1], "the first look is noted, and nothing is written for it");
        let rows = async || app.database.contents(&[]).await["access_log"].len();
        let before = rows().await;
        case.act(&token, "recordContact", json!({ "means": "TELEPHONE", "isReached": true })).await;
        assert_eq!(rows().await, before + 1);
        assert!(app.write_reads().await > 0);
        assert_eq!(app.write_reads().await, 0, "what is written does not wait any more");
    }

    async fn a_log_tells_no_content(app: &App) {
        let secrets = ["Grietje Geheim", "geheim@personen.example", "zeer vertrouwelijk", "Geheimenlaan 7", "+31687654321"];
        let mut input = form(app, "livp", Some("basis"));
        input["complainant"] = json!({ "name": secrets[0], "email": secrets[1], "telephone": secrets[4] });
        input["description"] = json!(format!("Dit is {}: {}.", secrets[2], secrets[3]));
        let case = Case::filed(app, "livp/klager", input).await;
        case.act("klager", "addStatement", json!({ "text": format!("Nog steeds {}.", secrets[2]) })).await;
        case.act("admin", "placeLegalHold", json!({ "reason": secrets[2] })).await;
        reads(app, "livp/admin", &case.id).await;
        app.write_reads().await;
        let contents = app.database.contents(&[]).await;
        let kept = format!("{:?} {:?}", contents["access_log"], contents["account_activity"]);
        assert!(contents["access_log"].len() >= 4, "{kept}");
        for secret in secrets {
            assert!(!kept.contains(secret), "{secret} stands in {kept}");
        }
        assert!(!kept.contains(&case.reference));
    }

    async fn a_log_outlives_its_dossier(app: &App) {
        let case = agreed(app).await;
        no_measures(&case).await;
        let before = noted(app, "trainer2", &case.id).await;
        app.at("2031-03-02T23:00:00Z").await;
        case.act("admin", "confirmDestruction", json!({})).await;
        assert!(case.now().await["destroyedAt"].is_string());
        let after = noted(app, "trainer2", &case.id).await;
        assert!(!before.is_empty());
        assert_eq!(before, after);
        assert!(words(&noted(app, "admin", &case.id).await).contains(&"ACTED CONFIRM_DESTRUCTION".to_owned()));
    }

    async fn a_log_is_read_page_by_page(app: &App) {
        let case = assigned(app).await;
        for key in ["trainer2", "admin2", "klager"] {
            reads(app, &format!("livp/{key}"), &case.id).await;
        }
        app.write_reads().await;
        let all = log(app, "livp/admin", &case.id).await;
        let total = all["totalCount"].as_u64().unwrap();
        assert!(total >= 5, "{all:#}");
        let (mut paged, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = json!({ "id": case.id, "first": 1, "after": after });
            let page = ask(app, "livp/admin", LOG, page).await.data()["accessLog"].clone();
            paged.extend(page["nodes"].as_array().unwrap().clone());
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(json!(paged), all["nodes"]);
        let other = filed(app, Some("basis")).await;
        let strange = ask(app, "livp/admin", LOG, json!({ "id": other.id, "after": after })).await;
        assert_eq!(strange.code(), Some("BAD_REQUEST"), "a cursor belongs to one log");
    }

    async fn a_second_answer_to_one_request_is_noted_once(app: &App) {
        let case = assigned(app).await;
        let input = json!({ "complaintId": case.id, "means": "TELEPHONE", "isReached": true, "idempotencyKey": "eenmaal" });
        for _ in 0..2 {
            done(mutate(app, "livp/trainer2", "recordContact", input.clone(), "").await);
        }
        let told = words(&noted(app, "trainer2", &case.id).await);
        assert_eq!(told.iter().filter(|word| word.starts_with("ACTED")).count(), 1, "{told:?}");
    }
}
