//! The same figures through every door: rows, one by one, add up to every aggregate, where none is suppressed.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value, json};
use wederhoor_tests::{App, Kind, both};

use crate::{
    api_keys::{make, secret_of},
    history::Told,
    steps::ask,
};

type Row = Map<String, Value>;

/// Datasets of counts, with the column of a row that they count by, and the grouping of GraphQL.
const COUNTS: [(&str, &str, &str); 22] = [
    ("complaints", "", ""),
    ("complaints_by_outcome", "outcome", "OUTCOME"),
    ("agreements_in_time", "agreed_in_time", "AGREED_IN_TIME"),
    ("decisions_in_time", "decided_in_time", "DECIDED_IN_TIME"),
    ("decisions_on_appeal", "on_appeal", "ON_APPEAL"),
    ("complaints_by_channel", "channel", "CHANNEL"),
    ("complaints_by_course_type", "course_type", "COURSE_TYPE"),
    ("complaints_by_course", "course", "COURSE"),
    ("complaints_by_cause", "cause", "CAUSE"),
    ("complaints_by_policy_version", "policy", "POLICY_VERSION"),
    ("acknowledgements", "acknowledged", "ACKNOWLEDGED"),
    (
        "acknowledgements_in_time",
        "acknowledged_in_time",
        "ACKNOWLEDGED_IN_TIME",
    ),
    ("contacts", "contacted", "CONTACTED"),
    ("contacts_in_time", "contacted_in_time", "CONTACTED_IN_TIME"),
    ("responses", "responded", "RESPONDED"),
    (
        "responses_in_time",
        "responded_in_time",
        "RESPONDED_IN_TIME",
    ),
    ("appeals", "appealed", "APPEALED"),
    ("ratings", "satisfaction", "SATISFACTION"),
    ("scores", "score", "SCORE"),
    ("measures", "measures", "MEASURES"),
    ("measures_done", "measures_done", "MEASURES_DONE"),
    ("recurrences", "recurrence", "RECURRENCE"),
];

const STATISTICS: &str =
    "query($period: StatisticsPeriodInput!, $interval: StatisticsInterval, $groupBy: [StatisticsGrouping!]) {
    statistics(period: $period, interval: $interval, groupBy: $groupBy) {
        smallestCount counts { startsOn endsOn name count }
        days { startsOn milestone days { mean median p90 } workingDays { mean median p90 } }
    } }";

/// Nothing is left out of figures any more, however few it is of.
async fn unsuppressed(app: &App) {
    let set = match app.database.kind {
        Kind::Postgres => {
            "UPDATE tenant SET settings = jsonb_set(settings, '{smallest_told}', '0')"
        }
        Kind::Sqlite => "UPDATE tenant SET settings = json_set(settings, '$.smallest_told', 0)",
    };
    app.database.execute(set).await;
}

async fn rows(app: &App, secret: &str, dataset: &str) -> Vec<Row> {
    let path = format!("/exports/{dataset}.ndjson");
    let request = app.client.request(reqwest::Method::GET, &path);
    let answer = request.bearer_auth(secret).send().await.unwrap();
    assert_eq!(answer.status(), 200, "{dataset}");
    let text = answer.text().await.unwrap();
    let rows = text.lines().map(|line| serde_json::from_str(line).unwrap());
    rows.collect()
}

fn day(row: &Row, column: &str) -> NaiveDate {
    row[column].as_str().unwrap().parse().unwrap()
}

fn is_within(row: &Row, span: &Row) -> bool {
    (day(span, "starts_on")..=day(span, "ends_on")).contains(&day(row, "filed_on"))
}

/// What a row counts as; none where it is not counted by that.
fn value<'a>(row: &'a Row, column: &str, titles: &'a BTreeMap<String, String>) -> Option<&'a str> {
    match column {
        "" => Some(""),
        "course_type" => Some(&titles[row["course"].as_str()?]),
        column => row[column].as_str(),
    }
}

fn number(count: usize) -> Value {
    json!(count)
}

/// The mean, the median and the ninth of ten of some days, by sorting them.
fn took(mut days: Vec<u64>) -> [f64; 3] {
    days.sort_unstable();
    let real = |number: u64| f64::from(u32::try_from(number).unwrap());
    let (count, sum) = (days.len(), days.iter().sum());
    let middle = f64::midpoint(real(days[(count - 1) / 2]), real(days[count / 2]));
    let ninth = days[(count * 9).div_ceil(10) - 1];
    [real(sum) / real(count as u64), middle, real(ninth)]
}

fn counts_agree(
    dataset: &str,
    column: &str,
    told: &[Row],
    complaints: &[Row],
    titles: &BTreeMap<String, String>,
) {
    let mut counted = 0;
    for one in told {
        let code = one["value"].as_str().unwrap_or_default();
        let is_it = |row: &&Row| is_within(row, one) && value(row, column, titles) == Some(code);
        let expected = complaints.iter().filter(is_it).count();
        assert_eq!(one["complaints"], number(expected), "{dataset}: {one:?}");
        assert_eq!(one["is_suppressed"], false, "{dataset}: {one:?}");
        counted += expected;
    }
    let over = |row: &&Row| {
        told.iter()
            .any(|one| one["interval"] == "month" && is_within(row, one))
    };
    let has_value = |row: &&Row| value(row, column, titles).is_some();
    let all = complaints.iter().filter(over).filter(has_value).count();
    assert!(
        counted >= all,
        "{dataset}: a value is missing: {counted} of {all}"
    );
}

fn days_agree(told: &[Row], complaints: &[Row]) {
    for one in told {
        let milestone = one["milestone"].as_str().unwrap();
        for kind in ["days", "working_days"] {
            let column = format!("{milestone}_{kind}");
            let within = complaints.iter().filter(|row| is_within(row, one));
            let days: Vec<u64> = within.filter_map(|row| row[&column].as_u64()).collect();
            let names = ["mean", "median", "p90"].map(|name| format!("{name}_{kind}"));
            let shown = names.map(|name| one[&name].as_f64());
            if days.is_empty() {
                assert_eq!(shown, [None; 3], "{one:?}");
                continue;
            }
            for (shown, expected) in shown.into_iter().zip(took(days)) {
                assert!(
                    (shown.unwrap() - expected).abs() < 1e-9,
                    "{one:?}: {expected}"
                );
            }
        }
    }
}

/// How the terms of one kind stand together: what tells most of those that were not void.
fn stand(terms: &[Row], complaint: &Row, kind: &str) -> Option<&'static str> {
    let mine =
        |term: &&Row| term["complaint_key"] == complaint["complaint_key"] && term["term"] == kind;
    let states = ["late", "running", "on_time"];
    states.into_iter().find(|state| {
        terms
            .iter()
            .filter(mine)
            .any(|term| term["state"] == *state)
    })
}

fn terms_agree(terms: &[Row], complaints: &[Row]) {
    for one in complaints {
        for kind in ["acknowledged", "contacted", "responded"] {
            let stand = stand(terms, one, kind);
            let expected = match stand {
                None => "none",
                Some("running") => "running",
                Some(_) => "ended",
            };
            assert_eq!(one[kind], expected, "{one:?}");
            let in_time = stand.filter(|stand| *stand != "running");
            assert_eq!(one[&format!("{kind}_in_time")].as_str(), in_time, "{one:?}");
        }
    }
    let kinds = [
        "acknowledged",
        "contacted",
        "responded",
        "decided",
        "agreed",
    ];
    assert!(
        terms
            .iter()
            .all(|term| kinds.contains(&term["term"].as_str().unwrap()))
    );
}

/// What GraphQL tells of months is what the dataset tells of them.
async fn graphql_agrees(app: &App, who: &str, grouping: &str, told: &[Row]) {
    let years = told.iter().map(|row| day(row, "starts_on").year());
    let (first, last) = (years.clone().min().unwrap(), years.max().unwrap());
    for (interval, word) in [("MONTH", "month"), ("QUARTER", "quarter"), ("YEAR", "year")] {
        let period =
            json!({ "startsOn": format!("{first}-01-01"), "endsOn": format!("{last}-12-31") });
        let mut asked = json!({ "period": period, "interval": interval });
        if !grouping.is_empty() {
            asked["groupBy"] = json!([grouping]);
        }
        let answer = ask(app, who, STATISTICS, asked).await;
        let statistics = &answer.data()["statistics"];
        assert_eq!(statistics["smallestCount"], 0);
        let shown = statistics["counts"].as_array().unwrap().iter();
        let shown = shown.map(|one| {
            [
                &one["startsOn"],
                &one["endsOn"],
                &one["name"],
                &one["count"],
            ]
            .map(Clone::clone)
        });
        let expected = told.iter().filter(|row| row["interval"] == word);
        let expected = expected.map(|row| {
            ["starts_on", "ends_on", "name_nl", "complaints"].map(|name| row[name].clone())
        });
        assert_eq!(
            shown.collect::<Vec<_>>(),
            expected.collect::<Vec<_>>(),
            "{grouping} {interval}"
        );
    }
}

both! {
    async fn rows_add_up_to_every_aggregate_through_every_door(told: &Told) {
        let app = &told.0;
        unsuppressed(app).await;
        for organisation in ["blijf-groep", "livp"] {
            let admin = format!("{organisation}/admin");
            let key = json!({ "name": "Rekenblad", "scopes": ["STATISTICS", "ROWS"], "isRowsAcknowledged": true, "requestsPerMinute": 600 });
            let (secret, _) = secret_of(make(app, &admin, key).await);
            let complaints = rows(app, &secret, "fact_complaint").await;
            let by_course = rows(app, &secret, "complaints_by_course").await;
            let titles = by_course.iter().map(|row| (row["value"].as_str().unwrap().to_owned(), row["name_nl"].as_str().unwrap().to_owned()));
            let mut titles: BTreeMap<String, String> = titles.collect();
            titles.insert("none".to_owned(), "none".to_owned());
            for (dataset, column, grouping) in COUNTS {
                let told = rows(app, &secret, dataset).await;
                assert!(!told.is_empty(), "{dataset}");
                counts_agree(dataset, column, &told, &complaints, &titles);
                graphql_agrees(app, &secret, grouping, &told).await;
            }
            let (days, terms) = (rows(app, &secret, "days").await, rows(app, &secret, "fact_term").await);
            days_agree(&days, &complaints);
            terms_agree(&terms, &complaints);
        }
        assert_eq!(app.wrong_figures().await, 0);
    }
}
