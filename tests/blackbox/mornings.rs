//! The overview of a working morning.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::{
    post::Posted,
    steps::{
        Case, done,
        livp::{
            LIVP, agreed, assign, assigned, disagreed, filed, mail, member, member_input,
            no_measures, train,
        },
        mutate,
    },
    trouble::spoil,
};

/// The overviews that somebody got so far, oldest first.
async fn overviews(app: &App, key: &str) -> Vec<Value> {
    app.letters_to(&mail(key), "digest").await
}

fn text(letter: &Value) -> &str {
    letter["text"].as_str().unwrap()
}

/// So many measures of trainer 3's until a day.
async fn measures(case: &Case<'_>, count: usize, due: &str) {
    let named = json!({ "cause": "content" });
    case.act("trainer2", "classifyComplaint", named).await;
    let owner = member(case.app, "trainer3");
    let measure = json!({ "text": "Bijscholing.", "ownerId": owner, "dueOn": due });
    let measures = json!({ "measures": vec![measure; count] });
    case.act("trainer2", "answerMeasures", measures).await;
}

both! {
    async fn the_administration_hears_each_morning_of_a_case_that_nobody_handles(app: &App) {
        let case = filed(app, Some("basis")).await;
        let reference = case.part("reference").await["reference"].as_str().unwrap().to_owned();
        app.at("2026-03-03T06:59:59Z").await;
        assert_eq!(overviews(app, "admin").await, Vec::<Value>::new());
        app.at("2026-03-03T07:00:00Z").await;
        let first = overviews(app, "admin").await;
        assert_eq!(first.len(), 1);
        assert_eq!(first[0]["subject"], "Overzicht van dinsdag 3 maart 2026");
        assert_eq!((&first[0]["status"], &first[0]["complaintId"]), (&json!("sent"), &Value::Null));
        let says = text(&first[0]);
        assert!(says.contains("Vandaag:"), "{says}");
        assert!(says.contains(&format!("{reference}: Aanwijzen wie behandelt of beslist, laatste dag dinsdag 3 maart 2026")), "{says}");
        let (_, vacant) = says.split_once("Deze klachten behandelt nog niemand:").unwrap();
        assert!(vacant.contains(&reference), "{says}");
        assert!(!says.contains("grapjes") && !first[0]["html"].as_str().unwrap().contains("grapjes"));
        assert_eq!(overviews(app, "trainer3").await, Vec::<Value>::new(), "who sees nothing is told nothing");
        app.at("2026-03-04T07:00:00Z").await;
        let second = overviews(app, "admin").await;
        assert_eq!(second.len(), 2);
        assert!(text(&second[1]).contains("Te laat:"), "{}", text(&second[1]));
    }

    async fn who_handles_hears_what_is_due_and_who_is_shut_out_does_not(app: &App) {
        let case = assigned(app).await;
        let reference = case.part("reference").await["reference"].as_str().unwrap().to_owned();
        app.at("2026-03-09T07:00:00Z").await;
        let mine = overviews(app, "trainer2").await;
        assert!(text(mine.last().unwrap()).contains(&reference), "{mine:#?}");
        for shut_out in ["trainer1", "trainer3"] {
            assert_eq!(overviews(app, shut_out).await, Vec::<Value>::new(), "{shut_out}");
        }
        let seen = overviews(app, "admin").await;
        assert!(!text(seen.last().unwrap()).contains("behandelt nog niemand"), "{seen:#?}");
    }

    async fn who_sees_to_a_measure_hears_of_its_day_and_the_administration_of_one_that_is_nobodys(app: &App) {
        let case = agreed(app).await;
        case.act("trainer2", "classifyComplaint", json!({ "cause": "content" })).await;
        let measure = |due: &str| json!({ "text": "Bijscholing.", "ownerId": member(app, "trainer3"), "dueOn": due });
        let measures = json!([measure("2026-03-05"), measure("2026-03-16")]);
        case.act("trainer2", "answerMeasures", json!({ "measures": measures })).await;
        let said = |what: &str| format!("Maatregelen:\n\n- {}: {what}", case.reference);
        let tells = async |who: &str, what: &str| {
            let seen = overviews(app, who).await;
            seen.last().is_some_and(|one| text(one).contains(what))
        };
        app.at("2026-03-03T07:00:00Z").await;
        let due = format!("{}\n\n", said("uit te voeren, laatste dag donderdag 5 maart 2026"));
        assert!(tells("trainer3", &due).await, "{:#?}", overviews(app, "trainer3").await);
        assert!(!tells("admin", "Maatregelen").await);
        app.at("2026-03-06T07:00:00Z").await;
        let late = said("te laat, laatste dag was donderdag 5 maart 2026");
        assert!(tells("trainer3", &late).await && !tells("admin", "Maatregelen").await);
        let heard = overviews(app, "trainer3").await.len();
        train(app, "basis", &["trainer1", "trainer3"]).await;
        app.at("2026-03-09T07:00:00Z").await;
        assert!(tells("admin", &late).await, "whoever gives the course may not know of it");
        assert_eq!(overviews(app, "trainer3").await.len(), heard);
    }

    async fn a_measure_is_told_though_its_dossier_cannot_be_read_and_though_a_program_of_before_wrote_it(app: &App) {
        let case = agreed(app).await;
        measures(&case, 1, "2026-03-05").await;
        app.sweep().await;
        for table in ["measure_due", "due_work WHERE kind = 'clock'"] {
            app.database.execute(&format!("DELETE FROM {table}")).await;
        }
        app.sweep_by_a_new_process().await;
        spoil(app, &case.reference).await;
        app.at("2026-03-03T07:00:00Z").await;
        let due = format!("- {}: uit te voeren, laatste dag donderdag 5 maart 2026", case.reference);
        let mine = overviews(app, "trainer3").await;
        assert!(mine.last().is_some_and(|one| text(one).contains(&due)), "{mine:#?}");
        spoil(app, &case.reference).await;
    }

    async fn of_many_measures_the_earliest_are_named_and_the_others_counted(app: &App) {
        let mut cases = Vec::new();
        for due in ["2026-03-06", "2026-03-05", "2026-03-04"] {
            cases.push(agreed(app).await);
            measures(cases.last().unwrap(), 18, due).await;
        }
        app.at("2026-03-03T07:00:00Z").await;
        let mine = overviews(app, "trainer3").await;
        let says = text(mine.last().unwrap());
        let named = |at: usize| says.matches(&format!("- {}: uit te voeren", cases[at].reference)).count();
        assert_eq!([2, 1, 0].map(named), [18, 18, 14], "{says}");
        assert!(says.contains("\n- en nog meer maatregelen: 4\n"), "{says}");
    }

    async fn there_is_none_on_days_off_and_one_after_them(app: &App) {
        filed(app, Some("basis")).await;
        let closed = json!({ "on": "2026-03-09" });
        done(mutate(app, "livp/admin", "addClosingDay", closed, "closingDay").await);
        app.at("2026-03-06T09:00:00Z").await;
        let before = overviews(app, "admin").await.len();
        app.at("2026-03-09T20:00:00Z").await;
        assert_eq!(overviews(app, "admin").await.len(), before, "weekend, and closed on Monday");
        app.time_passes_until("2026-03-19T10:00:00Z");
        app.sweep().await;
        app.sweep().await;
        app.sweep_by_a_new_process().await;
        let after = overviews(app, "admin").await;
        assert_eq!(after.len(), before + 1);
        assert_eq!(after[before]["subject"], "Overzicht van donderdag 19 maart 2026");
    }

    async fn a_late_appeal_is_in_it_and_in_the_queue_until_somebody_decides(app: &App) {
        let case = disagreed(app).await;
        app.at("2026-06-02T22:00:00Z").await;
        assert_eq!(case.stands().await, "CLOSED NOT_PURSUED");
        no_measures(&case).await;
        app.at("2026-06-10T09:00:00Z").await;
        let queued = async |who: &str| {
            let document = "{ workQueue { nodes { deadline { kind } complaint { id } } } }";
            let answer = app.ask(&format!("livp/{who}"), document, json!({})).await;
            let nodes = answer.data()["workQueue"]["nodes"].as_array().unwrap().clone();
            let own = nodes.iter().filter(|one| one["complaint"]["id"] == case.id.as_str());
            own.map(|one| one["deadline"]["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(queued("admin").await, Vec::<String>::new());
        case.act("klager", "appeal", json!({ "grounds": "Ik wil toch een oordeel." })).await;
        assert_eq!(queued("admin").await, ["APPOINTMENT", "LATE_APPEAL"]);
        app.at("2026-06-11T06:00:00Z").await;
        let vacant = overviews(app, "admin").await.pop().expect("an overview");
        let (_, vacant) = text(&vacant).split_once("Deze klachten behandelt nog niemand:").unwrap();
        assert!(vacant.contains(&case.reference), "{vacant}");
        assign(&case, "arbiter").await;
        assert_eq!(queued("arbiter").await, ["LATE_APPEAL"]);
        app.at("2026-06-22T06:00:00Z").await;
        let due = overviews(app, "arbiter").await.pop().expect("an overview");
        assert!(text(&due).contains(&case.reference), "due on Wednesday: {due}");
    }

    async fn what_waited_goes_to_nobody_who_is_out_of_office_by_then(fixture: &Posted) {
        let (app, theirs) = (&fixture.app, mail("admin2"));
        filed(app, Some("basis")).await;
        fixture.peer.refuse(&theirs, "451 later");
        app.at("2026-03-04T07:00:00Z").await;
        let fates = async || {
            let mut fates = Vec::new();
            for kind in ["overdue_alert", "digest"] {
                let letters = app.letters_to(&theirs, kind).await;
                fates.extend(letters.iter().map(|one| format!("{kind} {}", one["status"].as_str().unwrap())));
            }
            fates.sort();
            fates.dedup();
            fates
        };
        assert_eq!(fates().await, ["digest pending", "overdue_alert pending"]);
        done(mutate(app, "livp/admin", "changeMember", member_input(app, "admin2", &theirs, "ANALYST"), "member { id }").await);
        fixture.try_again().await;
        assert_eq!(fates().await, ["digest withdrawn", "overdue_alert withdrawn"]);
    }

    async fn an_overview_that_waited_for_a_day_is_overtaken_by_that_of_the_next(fixture: &Posted) {
        let app = &fixture.app;
        filed(app, Some("basis")).await;
        fixture.peer.refuse(&mail("admin2"), "451 later");
        app.at("2026-03-03T07:00:00Z").await;
        app.at("2026-03-04T07:00:00Z").await;
        fixture.try_again().await;
        let seen = app.letters_to(&mail("admin2"), "digest").await;
        let fates: Vec<&str> = seen.iter().map(|one| one["status"].as_str().unwrap()).collect();
        assert_eq!(fates, ["withdrawn", "pending"]);
    }

    async fn a_morning_that_is_open_after_all_has_its_own(app: &App) {
        filed(app, Some("basis")).await;
        let closed = json!({ "on": "2026-03-10" });
        done(mutate(app, "livp/admin", "addClosingDay", closed.clone(), "closingDay").await);
        app.at("2026-03-09T09:00:00Z").await;
        let before = overviews(app, "admin").await.len();
        done(mutate(app, "livp/admin", "removeClosingDay", closed, "closingDay").await);
        app.at("2026-03-10T07:00:00Z").await;
        let after = overviews(app, "admin").await;
        assert_eq!(after.len(), before + 1);
        assert_eq!(after[before]["subject"], "Overzicht van dinsdag 10 maart 2026");
    }

    async fn who_has_nothing_to_do_is_left_alone_and_so_is_an_organisation_on_hold(app: &App) {
        app.at("2026-03-04T09:00:00Z").await;
        assert_eq!(overviews(app, "admin").await, Vec::<Value>::new());
        let case = filed(app, Some("basis")).await;
        app.suspend(LIVP).await;
        app.at("2026-03-06T09:00:00Z").await;
        assert_eq!(overviews(app, "admin").await, Vec::<Value>::new());
        app.resume(LIVP).await;
        app.sweep().await;
        assert_eq!(overviews(app, "admin").await.len(), 1);
        assign(&case, "trainer2").await;
        case.act("klager", "withdrawComplaint", json!({})).await;
        app.at("2026-03-10T09:00:00Z").await;
        let last = overviews(app, "admin").await;
        assert!(last.iter().all(|one| !one["subject"].as_str().unwrap().contains("10 maart")), "{last:#?}");
    }

    async fn the_hour_that_is_chosen_is_that_of_the_overview(app: &App) {
        filed(app, Some("basis")).await;
        done(mutate(app, "livp/admin", "setReminderHour", json!({ "hour": 10 }), "hour").await);
        app.at("2026-03-03T08:59:59Z").await;
        assert_eq!(overviews(app, "admin").await.len(), 0);
        app.at("2026-03-03T09:00:00Z").await;
        assert_eq!(overviews(app, "admin").await.len(), 1);
    }

    async fn an_hour_that_is_chosen_for_sooner_counts_from_the_next_morning_on(app: &App) {
        filed(app, Some("basis")).await;
        app.at("2026-03-02T10:00:00Z").await;
        done(mutate(app, "livp/admin", "setReminderHour", json!({ "hour": 6 }), "hour").await);
        app.at("2026-03-03T05:00:00Z").await;
        assert_eq!(overviews(app, "admin").await.len(), 1);
    }

    async fn the_hour_stays_the_same_on_the_wall_when_the_clock_changes(app: &App) {
        filed(app, Some("basis")).await;
        app.time_passes_until("2026-03-27T07:00:00Z");
        app.sweep().await;
        let mut so_far = overviews(app, "admin").await.len();
        for (week_off, before, hour) in [
            (None, "2026-03-30T05:59:59Z", "2026-03-30T06:00:00Z"),
            (Some("2026-10-23T10:00:00Z"), "2026-10-26T06:59:59Z", "2026-10-26T07:00:00Z"),
        ] {
            if let Some(until) = week_off {
                app.time_passes_until(until);
                app.sweep().await;
                so_far += 1;
            }
            app.time_passes_until(before);
            app.sweep().await;
            assert_eq!(overviews(app, "admin").await.len(), so_far, "{before}");
            app.time_passes_until(hour);
            app.sweep().await;
            so_far += 1;
            assert_eq!(overviews(app, "admin").await.len(), so_far, "{hour}");
        }
    }
}
