//! Figures: who reads them, what they count, and that nothing is told of a few.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::steps::{Case, ask, blijf, done, mutate};

const FIGURES: &str = "query($period: StatisticsPeriodInput!, $interval: StatisticsInterval, $groupBy: [StatisticsGrouping!],
    $filter: StatisticsFilterInput) {
    statistics(period: $period, interval: $interval, groupBy: $groupBy, filter: $filter) {
        smallestCount
        counts { interval startsOn endsOn value name count isSuppressed }
        days { interval startsOn endsOn milestone days { mean median p90 } workingDays { mean median p90 } }
    } }";

fn period(from: &str, until: &str) -> Value {
    json!({ "period": { "startsOn": from, "endsOn": until } })
}

/// What somebody is told of the first quarter of 2026, by one thing: in January and February nothing came in.
async fn quarter(app: &App, who: &str, by: &str) -> Vec<Value> {
    let mut asked = period("2026-01-01", "2026-03-31");
    asked["interval"] = json!("QUARTER");
    if !by.is_empty() {
        asked["groupBy"] = json!([by]);
    }
    let told = ask(app, who, FIGURES, asked).await;
    let counts = &told.data()["statistics"]["counts"];
    counts.as_array().expect("figures").clone()
}

fn told(counts: &[Value], value: &str) -> Value {
    let found = counts.iter().find(|one| one["value"] == value);
    found.unwrap_or_else(|| panic!("{value} in {counts:#?}"))["count"].clone()
}

/// So many complaints come in, and the next month begins.
async fn filed(app: &App, many: usize) -> Vec<Case<'_>> {
    let mut cases = Vec::new();
    for _ in 0..many {
        cases.push(blijf::filed(app, None).await);
    }
    cases
}

both! {
    async fn figures_are_for_those_who_may_read_them(app: &App) {
        let asked = || period("2026-01-01", "2026-12-31");
        let (may, may_not) = (["admin", "manager", "commissie", "analist"], ["klager", "advies1", "trainer", "derde"]);
        let all = may.map(|who| (who, true)).into_iter().chain(may_not.map(|who| (who, false)));
        for (who, reads) in all {
            let answer = ask(app, &format!("blijf-groep/{who}"), FIGURES, asked()).await;
            assert_eq!(answer.body["data"]["statistics"].is_object(), reads, "{who}: {:#}", answer.body);
        }
        assert_eq!(ask(app, "", FIGURES, asked()).await.body["data"]["statistics"], Value::Null);
    }

    async fn complaints_are_counted_where_they_came_in_and_of_few_nothing_is_told(app: &App) {
        let cases = filed(app, 12).await;
        let all = ask(app, "blijf-groep/admin", "{ complaints { totalCount } }", json!({})).await;
        let all = all.data()["complaints"]["totalCount"].as_u64().unwrap();
        assert_eq!(quarter(app, "blijf-groep/admin", "").await, [] as [Value; 0], "the quarter is not over");
        cases[0].act("klager", "withdrawComplaint", json!({})).await;
        app.at("2026-04-01T09:00:00Z").await;
        let counts = quarter(app, "blijf-groep/admin", "").await;
        assert_eq!(counts.len(), 1);
        let (count, before) = (counts[0]["count"].as_u64().unwrap(), all - 12);
        assert!((12..=12 + before).contains(&count), "{counts:#?} of {all}");
        assert_eq!((&counts[0]["value"], &counts[0]["isSuppressed"]), (&Value::Null, &json!(false)));
        let outcomes = quarter(app, "blijf-groep/admin", "OUTCOME").await;
        assert_eq!(told(&outcomes, "withdrawn"), Value::Null, "one is too few");
        assert_eq!(outcomes.len(), 8);
        for one in &outcomes {
            assert_eq!(one["isSuppressed"], one["count"].is_null(), "{one:#}");
            assert!(one["count"].as_u64().is_none_or(|count| count >= 5), "{one:#}");
            assert!(one["name"].as_str().is_some_and(|name| name.len() > 3));
        }
        let hidden = outcomes.iter().filter(|one| one["isSuppressed"] == true).count();
        assert!(hidden > 1, "what is left would tell it");
        let only = json!({ "values": ["withdrawn"] });
        let mut asked = period("2026-01-01", "2026-03-31");
        (asked["interval"], asked["groupBy"]) = (json!("QUARTER"), json!(["OUTCOME"]));
        asked["filter"] = only;
        let filtered = ask(app, "blijf-groep/admin", FIGURES, asked).await;
        let filtered = filtered.data()["statistics"]["counts"].as_array().unwrap().clone();
        assert_eq!(filtered.len(), 1);
        assert_eq!(filtered[0], *outcomes.iter().find(|one| one["value"] == "withdrawn").unwrap());
        let theirs = quarter(app, "livp/admin", "").await;
        assert!(theirs[0]["count"].as_u64().is_none_or(|theirs| theirs < count), "{theirs:#?}");
        assert_eq!(app.wrong_figures().await, 0);
    }

    async fn an_administrator_raises_the_smallest_number_that_is_told(app: &App) {
        filed(app, 12).await;
        app.at("2026-04-01T09:00:00Z").await;
        let smallest = |smallest: i32| json!({ "smallestCount": smallest });
        assert!(quarter(app, "blijf-groep/analist", "").await[0]["count"].as_u64() >= Some(12));
        for wrong in [4, 101] {
            let refused = mutate(app, "blijf-groep/admin", "setSuppressionThreshold", smallest(wrong), "smallestCount").await;
            assert_eq!(refused["userErrors"][0]["field"], json!(["smallestCount"]), "{refused:#}");
        }
        done(mutate(app, "blijf-groep/admin", "setSuppressionThreshold", smallest(100), "smallestCount").await);
        assert_eq!(ask(app, "blijf-groep/admin", "{ suppressionThreshold }", json!({})).await.data()["suppressionThreshold"], 100);
        let hidden = quarter(app, "blijf-groep/analist", "").await;
        assert_eq!((&hidden[0]["count"], &hidden[0]["isSuppressed"]), (&Value::Null, &json!(true)));
        let told = ask(app, "blijf-groep/analist", FIGURES, period("2026-01-01", "2026-03-31")).await;
        assert_eq!(told.data()["statistics"]["smallestCount"], 100);
        let theirs = ask(app, "livp/admin", "{ suppressionThreshold }", json!({})).await;
        assert_eq!(theirs.data()["suppressionThreshold"], 5);
    }

    async fn what_is_kept_is_what_the_events_tell_whatever_happened(app: &App) {
        assert_eq!(app.wrong_figures().await, 0);
        blijf::filed(app, Some("veilig")).await;
        app.at("2026-07-01T09:00:00Z").await;
        assert_eq!(app.wrong_figures().await, 0);
        app.database.execute("UPDATE figure_cell SET complaints = complaints + 1 WHERE figure = 'filed'").await;
        assert!(app.wrong_figures().await > 0);
    }

    async fn what_cannot_be_told_is_refused_and_why_is_said(app: &App) {
        let reversed = period("2026-03-31", "2026-03-01");
        let long = period("2010-01-01", "2026-03-01");
        let mut fine = period("2026-01-01", "2026-03-31");
        fine["groupBy"] = json!(["OUTCOME", "COURSE"]);
        for (asked, says) in [(reversed, "voordat zij begint"), (long, "tien jaar"), (fine, "hoogstens één ding")] {
            let answer = ask(app, "blijf-groep/admin", FIGURES, asked).await;
            assert_eq!(answer.code(), Some("BAD_REQUEST"), "{:#}", answer.body);
            let message = answer.body["errors"][0]["message"].as_str().unwrap();
            assert!(message.contains(says), "{message}");
        }
    }
}
