//! A clock that jumps ahead and back: what came in keeps its time, and nothing stops for long.

use std::{
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use tokio::runtime::Runtime;
use wederhoor_server::{
    app::{Answering, Parts},
    clock::real_now,
    founding::{Founding, found},
    listen,
};
use wederhoor_service::Clock;

use crate::{
    bad_days::{readiness, whole},
    support::{
        asking::ask,
        database::Database,
        organisation::{FILE, PASSWORD, assembled_by, complaint, migrated, signed_in_at},
        patience::until,
        policy,
    },
};

/// A clock that somebody sets, wherever they like.
struct SetClock(Mutex<DateTime<Utc>>);

impl Clock for SetClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// What an act on each complaint comes to: `None`, or the code of what is against it.
fn held(server: SocketAddr, token: &str) -> Vec<Option<String>> {
    let answer = ask(
        server,
        Some(token),
        "{ complaints { nodes { id } } }",
        &json!({}),
    );
    let nodes = answer["data"]["complaints"]["nodes"].as_array();
    let nodes = nodes.unwrap_or_else(|| panic!("{answer:#}")).iter();
    let document = "mutation($input: PlaceLegalHoldInput!) { placeLegalHold(input: $input) { userErrors { code } } }";
    let hold = |node: &Value| {
        let input = json!({ "complaintId": node["id"], "reason": "Er loopt een zaak." });
        let answer = ask(server, Some(token), document, &json!({ "input": input }));
        let payload = &answer["data"]["placeLegalHold"];
        assert!(payload.is_object(), "{answer:#}");
        payload["userErrors"][0]["code"].as_str().map(str::to_owned)
    };
    nodes.map(hold).collect()
}

/// A server that works, by a clock of a test's own.
struct Running {
    clock: Arc<SetClock>,
    runtime: Runtime,
    parts: Parts,
    answering: Answering,
}

impl Running {
    /// It, and the way in of the administrator of its organisation.
    fn start(database: &Database, at: DateTime<Utc>) -> (Self, String) {
        migrated(database);
        let clock = Arc::new(SetClock(Mutex::new(at)));
        let runtime = Runtime::new().unwrap();
        let livp = policy("livp");
        let founding = Founding::new("vroeger", livp.as_ref(), "OUD", "aya@vroeger.example");
        let (invitation, parts, answering) = runtime.block_on(async {
            let parts = assembled_by(database, clock.clone(), clock.clone(), None).await;
            let invitation = found(&parts.service, &founding).await.unwrap();
            let listener = listen::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
                .await
                .unwrap();
            let routes = parts.routes.clone();
            let answering = parts.clone().serve(listener, routes, true).unwrap();
            (invitation, parts, answering)
        });
        let running = Self {
            clock,
            runtime,
            parts,
            answering,
        };
        (running, invitation)
    }

    fn address(&self) -> SocketAddr {
        self.answering.address
    }

    /// The clock jumps there; somebody files, and all due work is done.
    fn jumps_to(&self, at: DateTime<Utc>) {
        *self.clock.0.lock().unwrap() = at;
        let answer = ask(
            self.address(),
            None,
            FILE,
            &json!({ "input": complaint(at) }),
        );
        let receipt = &answer["data"]["fileComplaint"]["receipt"]["reference"];
        assert!(receipt.is_string(), "{answer:#}");
        self.runtime.block_on(self.parts.sweeper.sweep()).unwrap();
        until("the worker", || {
            readiness(self.address()).1["checks"]["workers"]["status"] == "ok"
        });
    }

    fn is_refused(&self, token: &str) {
        let list = "{ complaints { totalCount } }";
        let answer = ask(self.address(), Some(token), list, &json!({}));
        let code = &answer["errors"][0]["extensions"]["code"];
        assert_eq!(code, "UNAUTHENTICATED", "{answer:#}");
    }

    fn ends(self) {
        let Self {
            runtime,
            parts,
            answering,
            ..
        } = self;
        runtime.block_on(async {
            answering.stop().await.unwrap();
            parts.service.close().await.unwrap();
        });
    }
}

fn bears_a_clock_that_jumps(database: &Database) {
    let begun = real_now();
    let (running, invitation) = Running::start(database, begun);
    let server = running.address();
    let token = signed_in_at(server, &invitation);
    running.jumps_to(begun);

    let ahead = begun + TimeDelta::days(40);
    running.jumps_to(ahead);
    running.is_refused(&token);
    let of_ahead = signed_in_again(server);
    assert_eq!(whole(server, &of_ahead), 2);

    running.jumps_to(begun);
    assert_eq!(
        whole(server, &token),
        3,
        "the sign-in of before holds again"
    );
    running.is_refused(&of_ahead);
    let before_it_came = Some("IMPOSSIBLE_TIME".to_owned());
    assert_eq!(
        held(server, &token),
        [before_it_came, None, None],
        "what came in ahead waits for its time, and nothing else does"
    );
    assert_eq!(whole(server, &token), 3);

    running.jumps_to(ahead);
    assert_eq!(
        held(server, &of_ahead)[..2],
        [None, None],
        "its time has come"
    );
    assert_eq!(whole(server, &of_ahead), 4);
    running.ends();
    let stuck = database.run(&["tenant", "stuck"]);
    assert!(stuck.is_success && stuck.out.is_empty(), "{stuck:?}");
}

fn signed_in_again(server: SocketAddr) -> String {
    let input =
        json!({ "email": "aya@vroeger.example", "password": PASSWORD, "organisation": "vroeger" });
    let document =
        "mutation($input: SignInInput!) { signIn(input: $input) { session { accessToken } } }";
    let answer = ask(server, None, document, &json!({ "input": input }));
    let token = answer["data"]["signIn"]["session"]["accessToken"].as_str();
    token.unwrap_or_else(|| panic!("{answer:#}")).to_owned()
}

#[test]
fn a_clock_that_jumps_ahead_and_back_stops_nothing_on_sqlite() {
    bears_a_clock_that_jumps(&Database::sqlite());
}

#[test]
fn a_clock_that_jumps_ahead_and_back_stops_nothing_on_postgres() {
    if let Some(database) = Database::postgres() {
        bears_a_clock_that_jumps(&database);
    }
}
