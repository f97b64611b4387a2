//! Leaves and memberships begin and end by themselves, and who may see and decide follows: B5, B11.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use super::handling::course;
use crate::steps::{
    Case,
    blijf::{BLIJF, appeal, change_member, complainant, decide, filed, hear, manager, responded},
    codes, done,
    livp::{found_by, nothing},
    mutate,
};

/// A leave of somebody, both days inclusive: its id.
async fn leave(app: &App, key: &str, days: [&str; 2], substitute: Option<&str>) -> Value {
    let id = |key: &str| app.person(BLIJF, key)["id"].clone();
    let input = json!({ "memberId": id(key), "fromOn": days[0], "untilOn": days[1], "substituteId": substitute.map(id) });
    let who = "blijf-groep/admin";
    let recorded = mutate(app, who, "recordAbsence", input, "absence { id }").await;
    done(recorded)["absence"]["id"].clone()
}

/// Writes somebody anew, with these roles and days of membership.
async fn write(app: &App, key: &str, roles: &[&str], from: Option<&str>, until: Option<&str>) {
    done(change_member(app, key, roles, from, until).await);
}

fn other(manager: &str) -> &'static str {
    if manager == "manager" {
        "manager2"
    } else {
        "manager"
    }
}

/// Karin appealed on Monday 16 March; who of the managers has it.
async fn appealed(app: &App) -> (Case<'_>, &'static str) {
    let case = responded(app).await;
    let manager = appeal(&case).await;
    app.sweep().await;
    (case, manager)
}

both! {
    async fn b11_a_substitute_sees_the_case_while_the_leave_lasts(app: &App) {
        let (case, manager) = appealed(app).await;
        leave(app, manager, ["2026-03-25", "2026-04-10"], Some("standin")).await;
        app.at("2026-03-24T22:59:59Z").await;
        assert_eq!(found_by(&case, "blijf-groep/standin").await, nothing());
        app.at("2026-03-24T23:00:00Z").await;
        assert_eq!(found_by(&case, "blijf-groep/standin").await["complaints"]["totalCount"], 1);
        assert_eq!(case.seen_by("standin").await["viewerLevel"], "OFFICIAL");
        hear(&case, "standin", complainant()).await;
        app.at("2026-04-10T21:59:59Z").await;
        assert_eq!(found_by(&case, "blijf-groep/standin").await["complaints"]["totalCount"], 1);
        app.at("2026-04-10T22:00:00Z").await;
        assert_eq!(found_by(&case, "blijf-groep/standin").await, nothing());
        assert_eq!(case.count("DECIDER_RELEASED").await, 0);
    }

    async fn b11_a_substitute_who_then_trains_the_course_sees_and_hears_no_more(app: &App) {
        let (case, away) = appealed(app).await;
        leave(app, away, ["2026-03-25", "2026-04-10"], Some("standin")).await;
        app.at("2026-03-26T08:00:00Z").await;
        hear(&case, "standin", complainant()).await;
        course(app, "veilig", &["trainer", "standin"], None).await;
        assert_eq!(found_by(&case, "blijf-groep/standin").await, nothing());
        let heard = json!({ "party": complainant(), "outcome": "HEARD" });
        assert_eq!(case.refused("standin", "recordHearing", heard).await.0, "NOT_FOUND");
        assert_eq!(manager(&case).await, other(away), "nobody stands in any more");
    }

    async fn b11_where_the_substitute_is_the_respondent_another_manager_decides(app: &App) {
        let (case, away) = appealed(app).await;
        leave(app, away, ["2026-03-25", "2026-04-30"], Some("trainer")).await;
        app.at("2026-03-25T08:00:00Z").await;
        let before = app.letters().await.len();
        assert_eq!(case.seen_by("trainer").await["viewerLevel"], "RESPONDENT");
        let heard = json!({ "party": complainant(), "outcome": "HEARD" });
        assert_eq!(case.refused("trainer", "recordHearing", heard).await.0, "NOT_ALLOWED");
        assert_eq!(manager(&case).await, other(away));
        // Monday is the King's birthday, and its overview comes on Friday.
        app.at("2026-04-24T08:00:00Z").await;
        let to = |key: &str| app.person(BLIJF, key)["email"].clone();
        let letters = app.letters().await;
        let overviews = |key: &str| letters[before..].iter().filter(|one| one["to"] == to(key) && one["kind"] == "digest").collect::<Vec<_>>();
        assert_eq!([away, "trainer"].map(|key| overviews(key).len()), [0, 0]);
        let last = overviews(other(away)).pop().unwrap()["text"].as_str().unwrap();
        let due = format!("Na deze week, voor uw volgende overzicht:\n\n- {}: ", case.reference);
        assert!(last.contains(&due) && last.contains("laatste dag maandag 27 april 2026"), "{last}");
        decide(&case, other(away), "UPHELD").await;
        assert_eq!(case.stands().await, "CLOSED DECIDED");
    }

    async fn b11_a_leave_taken_back_before_it_begins_changes_nothing(app: &App) {
        let (case, away) = appealed(app).await;
        let absence = leave(app, away, ["2026-03-25", "2026-04-10"], Some("standin")).await;
        let input = json!({ "absenceId": absence });
        done(mutate(app, "blijf-groep/admin", "cancelAbsence", input, "absenceId").await);
        app.at("2026-03-26T08:00:00Z").await;
        assert_eq!(found_by(&case, "blijf-groep/standin").await, nothing());
        assert_eq!(manager(&case).await, away);
        assert_eq!(case.count("DECIDER_RELEASED").await, 0);
        hear(&case, away, complainant()).await;
    }

    async fn b11_a_manager_on_leave_without_a_substitute_is_replaced(app: &App) {
        let (case, away) = appealed(app).await;
        leave(app, away, ["2026-03-25", "2026-04-10"], None).await;
        app.at("2026-03-24T22:59:59Z").await;
        assert_eq!(manager(&case).await, away);
        app.at("2026-03-24T23:00:00Z").await;
        assert_eq!(manager(&case).await, other(away));
        assert_eq!(found_by(&case, &format!("blijf-groep/{away}")).await, nothing());
        assert_eq!(case.told(away, "released").await.len(), 1);
        app.at("2026-04-12T08:00:00Z").await;
        assert_eq!(manager(&case).await, other(away), "the case stays where it is");
    }

    async fn b11_with_every_manager_away_the_administration_is_told_until_one_returns(app: &App) {
        let (case, away) = appealed(app).await;
        leave(app, other(away), ["2026-03-16", "2026-04-01"], None).await;
        leave(app, away, ["2026-03-25", "2026-04-10"], None).await;
        app.at("2026-03-24T23:00:00Z").await;
        assert_eq!(case.now().await["handler"], Value::Null);
        assert_eq!(case.told("admin", "unassigned").await.len(), 2, "at first the complaint itself");
        let to = |key: &str| json!({ "memberId": app.person(BLIJF, key)["id"], "reason": "Nu." });
        assert_eq!(case.refused("admin", "assignDecider", to(away)).await.0, "NOT_ELIGIBLE");
        app.at("2026-03-30T22:00:00Z").await;
        assert_eq!(case.told("admin", "overdue_alert").await.len(), 1);
        app.at("2026-04-01T22:00:00Z").await;
        assert_eq!(manager(&case).await, other(away));
    }

    async fn b11_a_leave_that_no_worker_saw_begin_counts_all_the_same(app: &App) {
        let (case, away) = appealed(app).await;
        leave(app, away, ["2026-03-25", "2026-04-10"], None).await;
        app.time_passes_until("2026-03-26T08:00:00Z");
        let heard = json!({ "party": complainant(), "outcome": "HEARD" });
        assert_eq!(case.refused(away, "recordHearing", heard).await.0, "NOT_FOUND");
        app.sweep().await;
        let now = case.now().await;
        let entries = now["entries"].as_array().unwrap();
        let released = entries.iter().find(|one| one["kind"] == "DECIDER_RELEASED").unwrap();
        assert!(released["effectiveAt"].as_str().unwrap().starts_with("2026-03-24T23:00:00"), "{released}");
    }

    async fn b05_a_handler_whose_membership_ends_is_released_and_the_pool_may_take_it(app: &App) {
        let case = filed(app, Some("veilig")).await;
        case.act("advies1", "takeComplaint", json!({})).await;
        write(app, "advies1", &["HANDLER"], None, Some("2026-03-10")).await;
        app.at("2026-03-10T22:59:59Z").await;
        assert_eq!(case.seen_by("advies1").await["viewerLevel"], "OFFICIAL");
        app.at("2026-03-10T23:00:00Z").await;
        assert_eq!(case.now().await["handler"], Value::Null);
        assert_eq!(found_by(&case, "blijf-groep/advies1").await, nothing());
        assert_eq!((case.told("admin", "unassigned").await.len(), case.told("advies1", "released").await.len()), (2, 0));
        app.at("2026-03-16T22:59:59Z").await;
        assert_eq!(case.told("admin", "overdue_alert").await.len(), 0);
        app.at("2026-03-16T23:00:00Z").await;
        assert_eq!(case.told("admin", "overdue_alert").await.len(), 1);
        case.act("advies2", "takeComplaint", json!({})).await;
    }

    async fn b05_a_handler_who_loses_the_role_is_released_at_once(app: &App) {
        let case = filed(app, Some("veilig")).await;
        case.act("advies1", "takeComplaint", json!({})).await;
        write(app, "advies1", &["TRAINER"], None, None).await;
        assert_eq!(case.now().await["handler"], Value::Null);
        assert_eq!(found_by(&case, "blijf-groep/advies1").await, nothing());
        app.sweep().await;
        assert_eq!(case.told("advies1", "released").await.len(), 1);
    }

    async fn l12_a_membership_that_begins_later_shows_from_its_first_day(app: &App) {
        let case = filed(app, Some("veilig")).await;
        write(app, "analist", &["ADMINISTRATOR"], Some("2026-03-05"), None).await;
        app.at("2026-03-04T22:59:59Z").await;
        assert_eq!(found_by(&case, "blijf-groep/analist").await, nothing());
        app.at("2026-03-04T23:00:00Z").await;
        assert_eq!(found_by(&case, "blijf-groep/analist").await["complaints"]["totalCount"], 1);
        assert_eq!(case.seen_by("analist").await["viewerLevel"], "OFFICIAL");
    }

    async fn b11_a_day_that_no_worker_saw_belongs_to_who_was_a_member_on_it(app: &App) {
        let (case, in_office) = appealed(app).await;
        leave(app, other(in_office), ["2026-03-25", "2026-03-27"], None).await;
        write(app, in_office, &["MANAGER"], None, Some("2026-04-03")).await;
        app.time_passes_until("2026-04-10T08:00:00Z");
        app.sweep().await;
        assert_eq!(entries(&case, "DECIDER_RELEASED").await, ["2026-04-03T22:00:00Z"]);
        assert_eq!(manager(&case).await, other(in_office));
    }

    async fn b11_what_fell_due_while_a_role_was_held_is_settled_with_it(app: &App) {
        let (case, away) = appealed(app).await;
        leave(app, away, ["2026-03-25", "2026-04-10"], None).await;
        app.time_passes_until("2026-03-30T08:00:00Z");
        write(app, other(away), &["TRAINER"], None, None).await;
        let came = entries(&case, "ASSIGNED").await;
        assert_eq!(came.last().map(String::as_str), Some("2026-03-24T23:00:00Z"));
        assert_eq!(entries(&case, "DECIDER_RELEASED").await, ["2026-03-24T23:00:00Z", "2026-03-30T08:00:00Z"]);
        assert_eq!(case.now().await["handler"], Value::Null);
    }

    async fn an_organisation_has_an_administrator_on_every_day_to_come(app: &App) {
        let last = async |day: &str| change_member(app, "admin", &["ADMINISTRATOR"], None, Some(day)).await;
        let refused = last("2026-06-30").await;
        assert_eq!(refused["userErrors"][0]["code"], "CONTRADICTORY");
        assert_eq!(refused["userErrors"][0]["field"], json!(["member", "activeUntilOn"]));
        write(app, "analist", &["ADMINISTRATOR"], Some("2026-07-02"), None).await;
        assert_eq!(codes(&last("2026-06-30").await), ["CONTRADICTORY"], "a day without");
        done(last("2026-07-01").await);
        done(last("2026-07-31").await);
        app.at("2026-08-03T08:00:00Z").await;
        assert_eq!(app.ask("blijf-groep/analist", "{ complaints { totalCount } }", json!({})).await.data()["complaints"]["totalCount"], 0);
    }
}

/// When the entries of a kind took effect.
async fn entries(case: &Case<'_>, kind: &str) -> Vec<String> {
    let now = case.now().await;
    let all = now["entries"].as_array().unwrap().iter();
    let these = all.filter(|one| one["kind"] == kind);
    these
        .map(|one| one["effectiveAt"].as_str().unwrap().to_owned())
        .collect()
}
