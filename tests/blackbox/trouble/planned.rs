//! What is planned for complaints: nothing is forgotten, and two who plan do not stand in each other's way.

use serde_json::json;
use sqlx::{Connection, PgConnection, Row};
use wederhoor_tests::{App, Kind, both};

use crate::steps::{
    blijf::{BLIJF, change_member, filed, heard, responded},
    done, mutate,
};

/// How often it is asked whether somebody waits, before that counts as never.
const LOOKS: usize = 20_000;

/// Gives a member of Blijf Groep other roles, which every complaint follows.
async fn give_role(app: &App, key: &str, role: &str) {
    done(change_member(app, key, &[role], None, None).await);
}

/// Plans a day that changes people: a leave.
async fn plan_leave(app: &App, from: &str) {
    let input =
        json!({ "memberId": app.person(BLIJF, "advies2")["id"], "fromOn": from, "untilOn": from });
    done(
        mutate(
            app,
            "blijf-groep/admin",
            "recordAbsence",
            input,
            "absence { id }",
        )
        .await,
    );
}

both! {
    async fn a_complaint_for_which_nothing_is_planned_is_planned_when_a_process_starts(app: &App) {
        let (silent, waiting) = (responded(app).await, filed(app, Some("veilig")).await);
        app.database.execute("DELETE FROM due_work").await;
        app.at("2026-04-20T07:00:00Z").await;
        let planned = app.database.contents(&[]).await["due_work"].len();
        app.sweep_by_a_new_process().await;
        assert!(app.database.contents(&[]).await["due_work"].len() > planned);
        assert_eq!(silent.letters("CLOSING").await.len(), 2);
        assert!(!waiting.told("admin", "OVERDUE_ALERT").await.is_empty());
        let rows = app.database.contents(&[]).await["due_work"].clone();
        app.sweep_by_a_new_process().await;
        assert_eq!(app.database.contents(&[]).await["due_work"], rows, "what is planned stays");
    }

    async fn who_changes_people_waits_for_a_turn_before_holding_any_complaint(app: &App) {
        if app.database.kind == Kind::Sqlite {
            return;
        }
        filed(app, Some("veilig")).await;
        plan_leave(app, "2026-03-05").await;
        let mut turn = PgConnection::connect(&app.database.owner_url()).await.unwrap();
        let mut held = turn.begin().await.unwrap();
        sqlx::query("SELECT * FROM due_work WHERE kind = 'people' FOR UPDATE").fetch_one(&mut *held).await.unwrap();
        let look = async {
            let waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
            for _ in 0..LOOKS {
                let waiting = sqlx::query(waits).fetch_one(&mut *held).await.unwrap().get::<i64, _>(0);
                if waiting > 0 {
                    break;
                }
                tokio::task::yield_now().await;
            }
            // As the turn of a day does while it holds the row: whoever waits for that holds none of these.
            for table in ["complaint", "due_work"] {
                let all = sqlx::AssertSqlSafe(format!("SELECT * FROM {table} FOR UPDATE NOWAIT"));
                let free = sqlx::query(all).fetch_all(&mut *held).await;
                assert!(free.is_ok(), "{table}: {:?}", free.err());
            }
            held.commit().await.unwrap();
        };
        tokio::join!(give_role(app, "analist", "ADMINISTRATOR"), look);
    }

    async fn what_became_of_a_letter_waits_for_people_who_change_before_it_holds_the_complaint(app: &App) {
        if app.database.kind == Kind::Sqlite {
            return;
        }
        let case = heard(app).await;
        app.sweep().await;
        let response = json!({ "finding": "NOT_UPHELD", "text": "Wij zien het anders." });
        case.act("advies1", "issueResponse", response).await;
        let before = case.count("LETTER_DELIVERED").await;
        let mut change = PgConnection::connect(&app.database.owner_url()).await.unwrap();
        let mut held = change.begin().await.unwrap();
        // As whoever changes people does.
        sqlx::query("SELECT * FROM tenant FOR NO KEY UPDATE").fetch_all(&mut *held).await.unwrap();
        let look = async {
            let waits = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
            let mut waiting = 0;
            for _ in 0..LOOKS {
                waiting = sqlx::query(waits).fetch_one(&mut *held).await.unwrap().get::<i64, _>(0);
                if waiting > 0 {
                    break;
                }
                tokio::task::yield_now().await;
            }
            let free = sqlx::query("SELECT * FROM complaint FOR UPDATE NOWAIT").fetch_all(&mut *held).await;
            held.commit().await.unwrap();
            (waiting, free.map(|rows| rows.len()).map_err(|error| error.to_string()))
        };
        let ((), (waiting, free)) = tokio::join!(app.sweep(), look);
        assert_eq!((waiting, free), (1, Ok(1)));
        assert_eq!(case.count("LETTER_DELIVERED").await, before + 1);
    }

    async fn at_midnight_people_change_while_a_day_turns(app: &App) {
        for _ in 0..4 {
            filed(app, Some("veilig")).await;
        }
        for (day, role) in [(5, "ADMINISTRATOR"), (6, "ANALYST"), (9, "ADMINISTRATOR"), (10, "ANALYST")] {
            let on = format!("2026-03-{day:02}");
            plan_leave(app, &on).await;
            let midnight = format!("2026-03-{:02}T23:00:00Z", day - 1);
            tokio::join!(app.at(&midnight), give_role(app, "analist", role), give_role(app, "advies2", "HANDLER"));
        }
    }
}
