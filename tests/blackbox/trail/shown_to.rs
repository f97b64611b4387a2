//! The log of a complaint is for its administration: nobody else learns from it, not even that there is one.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use super::{LOG, log, noted, reads};
use crate::{
    hostile::absent,
    steps::{
        Case, ask, codes, form,
        livp::{LIVP, assigned},
        mutate,
    },
};

both! {
    async fn nobody_but_the_administration_reads_it(app: &App) {
        let case = Case::filed(app, "", form(app, "livp", Some("basis"))).await;
        let trainer = app.person("livp", "trainer2")["id"].clone();
        case.act("admin", "assignDecider", json!({ "memberId": trainer })).await;
        app.sweep().await;
        let link = app.come_in_by_link("robin@personen.example").await;
        for who in ["", &link, "livp/trainer1", "livp/trainer2", "livp/klager", "livp/arbiter", "livp/leiding", "livp/standin",
            "blijf-groep/admin", "blijf-groep/manager"] {
            let hidden = ask(app, who, LOG, json!({ "id": case.id })).await;
            let absent = ask(app, who, LOG, json!({ "id": absent(&case.id) })).await;
            assert_eq!(hidden.body, absent.body, "{who}");
            assert_eq!(hidden.data()["accessLog"], Value::Null, "{who}");
        }
        for who in ["livp/admin", "livp/admin2"] {
            assert!(log(app, who, &case.id).await["totalCount"].is_number(), "{who}");
        }
    }

    async fn an_administrator_who_is_excluded_reads_nothing_and_the_stand_in_does(app: &App) {
        let mut input = form(app, LIVP, Some("basis"));
        let named = ["admin", "admin2"].map(|key| json!({ "name": app.person(LIVP, key)["name"] }));
        input["respondents"] = json!(named);
        let filed = crate::steps::done(mutate(app, "", "fileComplaint", input, "receipt { reference }").await);
        let reference = filed["receipt"]["reference"].as_str().unwrap();
        let id = crate::steps::find(app, "livp/standin", reference).await;
        app.write_reads().await;
        for who in ["livp/admin", "livp/admin2", "livp/trainer1"] {
            assert_eq!(log(app, who, &id).await, Value::Null, "{who}");
        }
        let rows = log(app, "livp/standin", &id).await;
        assert_eq!(rows["nodes"][0]["member"]["id"], app.person(LIVP, "standin")["id"], "{rows:#}");
    }

    async fn hidden_and_absent_cost_the_same(app: &App) {
        let case = assigned(app).await;
        for who in ["livp/trainer1", "livp/trainer3", "blijf-groep/admin"] {
            app.ask(who, "{ viewer { name } }", json!({})).await;
            let mut costs = Vec::new();
            for id in [case.id.clone(), absent(&case.id)] {
                let before = app.statements();
                ask(app, who, LOG, json!({ "id": id })).await;
                costs.push(app.statements() - before);
            }
            assert_eq!(costs[0], costs[1], "{who}");
        }
    }

    async fn who_is_refused_or_sees_nothing_is_not_noted(app: &App) {
        let case = assigned(app).await;
        let before = app.database.contents(&[]).await["access_log"].len();
        for key in ["trainer1", "trainer3"] {
            let who = format!("livp/{key}");
            assert_eq!(reads(app, &who, &case.id).await, Value::Null, "{key}");
            let refused = case.attempt(key, "proposeSolution", json!({ "text": "Excuses." })).await;
            assert_eq!(codes(&refused), ["NOT_FOUND"]);
            app.ask(&who, LOG, json!({ "id": case.id })).await;
            assert_eq!(noted(app, key, &case.id).await, [Value::Null; 0], "{key}");
        }
        let refused = case.refused("trainer2", "confirmDestruction", json!({})).await;
        assert_eq!(refused.0, "NOT_ALLOWED");
        let rows = noted(app, "trainer2", &case.id).await;
        assert!(rows.iter().all(|row| row["kind"] != "ACTED"), "{rows:#?}");
        let after = app.database.contents(&[]).await["access_log"].len();
        let by_admin = noted(app, "admin", &case.id).await.len();
        assert!(after <= before + by_admin, "{after}");
    }
}
