//! Where somebody is a member, and what waits in each: as much as they find once they go there, and nothing of where they
//! could not look.

use serde_json::{Value, json};
use wederhoor_tests::{App, both};

use crate::{
    edge::set_up_second_factor,
    steps::{Case, address, ask, blijf, done, joins_blijf, letter, livp, mutate, sign_in},
};

const WAITING: &str = "{ viewer { memberships { totalCount nodes { organisation roles isCurrent
    waiting { overdueCount dueTodayCount dueThisWeekCount totalCount } } } } }";
const QUEUE: &str =
    "{ workQueue(first: 100) { totalCount nodes { deadline { dueOn isOverdue } } } }";
const MONDAY: &str = "2026-03-09";
const SUNDAY: &str = "2026-03-15";

/// Somebody who arbitrates at LIVP and handles complaints at Blijf Groep, on a Monday when there is work at both.
struct Arbiter<'a> {
    app: &'a App,
    token: String,
    at_blijf: Value,
}

impl<'a> Arbiter<'a> {
    async fn at_work(app: &'a App) -> Self {
        let case = livp::appealed(app).await;
        livp::assign(&case, "arbiter").await;
        let email = address(app, "livp", "arbiter");
        let at_blijf = joins_blijf(app, &email, "HANDLER").await;
        blijf::filed(app, Some("veilig")).await;
        blijf::filed(app, None).await;
        app.time_passes_until("2026-03-09T09:00:00Z");
        let session = sign_in(app, &email, "livp").await;
        let token = session["accessToken"].as_str().unwrap().to_owned();
        Self {
            app,
            token,
            at_blijf,
        }
    }

    /// What waits in the organisations, by their names in addresses.
    async fn memberships(&self) -> [Value; 2] {
        let seen = ask(self.app, &self.token, WAITING, json!({})).await;
        let list = &seen.data()["viewer"]["memberships"];
        assert_eq!(list["totalCount"], 2);
        let nodes = list["nodes"].as_array().unwrap().clone();
        let [livp, blijf] = nodes.try_into().unwrap();
        assert_eq!(
            (&blijf["organisation"], &livp["organisation"]),
            (&json!("blijf-groep"), &json!("livp")),
            "by name"
        );
        [blijf, livp]
    }

    /// Goes there.
    async fn switch(&mut self, organisation: &str) {
        let input = json!({ "organisation": organisation });
        let there = mutate(
            self.app,
            &self.token,
            "switchTenant",
            input,
            "session { accessToken }",
        );
        let there = done(there.await)["session"]["accessToken"].clone();
        there.as_str().unwrap().clone_into(&mut self.token);
    }

    /// What waits where they act now, as the queue there has it.
    async fn queue(&self) -> Value {
        let queue = ask(self.app, &self.token, QUEUE, json!({})).await;
        let queue = &queue.data()["workQueue"];
        let rows = queue["nodes"].as_array().unwrap();
        let deadlines: Vec<&Value> = rows.iter().map(|row| &row["deadline"]).collect();
        let is_by = |one: &Value, day: &str| {
            one["isOverdue"] == false && one["dueOn"].as_str().unwrap() <= day
        };
        let count = |is: &dyn Fn(&Value) -> bool| deadlines.iter().filter(|one| is(one)).count();
        assert_eq!(queue["totalCount"], rows.len());
        json!({
            "overdueCount": count(&|one| one["isOverdue"] == true),
            "dueTodayCount": count(&|one| is_by(one, MONDAY)),
            "dueThisWeekCount": count(&|one| is_by(one, SUNDAY)),
            "totalCount": rows.len(),
        })
    }
}

both! {
    async fn an_arbiter_of_two_organisations_sees_what_waits_in_each_as_they_find_it_there(app: &App) {
        let mut arbiter = Arbiter::at_work(app).await;
        let [blijf, livp] = arbiter.memberships().await;
        assert_eq!((&livp["roles"], &livp["isCurrent"]), (&json!(["ARBITER"]), &json!(true)));
        assert_eq!((&blijf["roles"], &blijf["isCurrent"]), (&json!(["HANDLER"]), &json!(false)));
        assert_eq!(arbiter.queue().await, livp["waiting"]);
        assert_ne!(livp["waiting"]["totalCount"], 0);
        arbiter.switch("blijf-groep").await;
        assert_eq!(arbiter.queue().await, blijf["waiting"]);
        let [there, here] = arbiter.memberships().await;
        assert_eq!((&there["waiting"], &here["waiting"]), (&blijf["waiting"], &livp["waiting"]));
        for counted in ["overdueCount", "dueTodayCount", "dueThisWeekCount", "totalCount"] {
            assert_ne!(blijf["waiting"][counted], 0, "nothing is {counted}: {blijf:#}");
        }
    }

    async fn what_is_hidden_from_somebody_is_not_counted_for_them(app: &App) {
        let arbiter = Arbiter::at_work(app).await;
        let [before, _] = arbiter.memberships().await;
        let mut about_them = letter(app, "blijf-groep", Some("veilig"), "EMAIL", "2026-03-09T08:00:00Z");
        about_them["respondents"] = json!([{ "memberId": arbiter.at_blijf, "name": "Olaf Onafhankelijk" }]);
        Case::registered(app, "blijf-groep", about_them).await;
        let [after, _] = arbiter.memberships().await;
        assert_eq!(after["waiting"], before["waiting"]);
        let of_another = letter(app, "blijf-groep", Some("veilig"), "EMAIL", "2026-03-09T08:00:00Z");
        Case::registered(app, "blijf-groep", of_another).await;
        let [after, _] = arbiter.memberships().await;
        assert_ne!(after["waiting"], before["waiting"]);
    }

    async fn nothing_is_counted_where_they_could_not_look(app: &App) {
        let arbiter = Arbiter::at_work(app).await;
        let [whole, at_livp] = arbiter.memberships().await;
        let expect = async |roles: Value, waiting: &Value, when: &str| {
            let [blijf, livp] = arbiter.memberships().await;
            assert_eq!((&blijf["roles"], &blijf["waiting"]), (&roles, waiting), "{when}");
            assert_eq!(livp["waiting"], at_livp["waiting"], "{when}");
        };
        let handler = json!(["HANDLER"]);
        app.suspend("blijf-groep").await;
        expect(handler.clone(), &Value::Null, "on hold").await;
        app.resume("blijf-groep").await;
        expect(handler.clone(), &whole["waiting"], "in use again").await;
        let lasts = async |until: Value| {
            let email = address(app, "livp", "arbiter");
            let member = json!({ "name": "Olaf Onafhankelijk", "email": email, "roles": handler, "locale": "NL", "activeUntilOn": until });
            let input = json!({ "memberId": arbiter.at_blijf, "member": member });
            done(mutate(app, "blijf-groep/admin", "changeMember", input, "member { id }").await);
        };
        lasts(json!("2026-03-08")).await;
        expect(json!([]), &Value::Null, "their membership has ended").await;
        lasts(Value::Null).await;
        expect(handler.clone(), &whole["waiting"], "it holds again").await;
        let required = mutate(app, "blijf-groep/admin", "setSecondFactorRequired", json!({ "isRequired": true }), "isRequired");
        done(required.await);
        expect(handler.clone(), &Value::Null, "they lack a second factor").await;
        set_up_second_factor(app, &arbiter.token).await;
        expect(handler, &whole["waiting"], "they have one").await;
    }

    async fn memberships_come_in_pages_and_what_they_mean_costs_what_it_is_counted_for(app: &App) {
        let arbiter = Arbiter::at_work(app).await;
        let asked = async |document: &str, variables: Value| {
            let before = app.statements();
            let answer = ask(app, &arbiter.token, document, variables).await;
            (answer, app.statements() - before)
        };
        let (_, nothing) = asked("{ __typename }", json!({})).await;
        let (_, statements) = asked(WAITING, json!({})).await;
        assert!(statements - nothing <= 4 + 2 * 3, "{} for two", statements - nothing);
        let page = "query($first: Int, $after: String) { viewer { memberships(first: $first, after: $after) {
            nodes { organisation waiting { totalCount } } pageInfo { hasNextPage endCursor } } } }";
        let (first, _) = asked(page, json!({ "first": 1 })).await;
        let first = &first.data()["viewer"]["memberships"];
        assert_eq!((&first["nodes"][0]["organisation"], &first["pageInfo"]["hasNextPage"]), (&json!("livp"), &json!(true)));
        let (second, _) = asked(page, json!({ "first": 4, "after": first["pageInfo"]["endCursor"] })).await;
        let second = &second.data()["viewer"]["memberships"];
        assert_eq!((&second["nodes"][0]["organisation"], &second["pageInfo"]["hasNextPage"]), (&json!("blijf-groep"), &json!(false)));
        let fragment = "{ viewer { memberships(first: 7) { edges { ...E } } } } fragment E on ViewerMembershipEdge { node { ... { roles } } }";
        for (document, variables) in [(page, json!({ "first": 5 })), (fragment, json!({}))] {
            let (refused, _) = asked(document, variables).await;
            assert_eq!(refused.body["errors"][0]["extensions"]["limit"], "STATEMENTS", "{:#}", refused.body);
        }
        let (names, _) = asked("{ viewer { memberships(first: 100) { nodes { organisation name isCurrent } } } }", json!({})).await;
        assert_eq!(names.data()["viewer"]["memberships"]["nodes"].as_array().unwrap().len(), 2);
    }
}
