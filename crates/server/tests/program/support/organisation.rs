//! An organisation whose complaints came in weeks before the real present, and its administrator.

use std::{net::SocketAddr, sync::Arc};

use chrono::{DateTime, TimeDelta, Utc};
use secrecy::SecretString;
use serde_json::{Value, json};
use wederhoor_server::{
    app::{Parts, Setup, assemble},
    clock::{MovableClock, RealClock, real_now},
    config::{
        DatabaseConfig, EdgeConfig, LimitsConfig, PasswordConfig, SealingKeys, SmtpConfig,
        TokenSeeds,
    },
    founding::{Founding, found},
    http::Proxies,
    listen,
};
use wederhoor_service::Clock;

use super::{asking::ask, database::Database, policy, running::Running};

/// The administrator's.
pub(crate) const PASSWORD: &str = "een lang wachtwoord dat niemand raadt";

/// Somebody files, and is told the reference.
pub(crate) const FILE: &str = "mutation($input: FileComplaintInput!) {
    fileComplaint(input: $input) { receipt { reference } userErrors { code message } } }";

/// Gives a database its schema.
pub(crate) fn migrated(database: &Database) {
    let migrated = database.run(&["migrate"]);
    assert!(migrated.is_success, "{migrated:?}");
}

/// The program in the test's own process, whose procedure has a present of its own.
pub(crate) async fn assembled(
    database: &Database,
    present: DateTime<Utc>,
    real_clock: Arc<dyn Clock>,
    smtp: Option<SmtpConfig>,
) -> Parts {
    let clock = Arc::new(MovableClock::standing(present));
    assembled_by(database, clock, real_clock, smtp).await
}

/// The same, by these clocks.
pub(crate) async fn assembled_by(
    database: &Database,
    clock: Arc<dyn Clock>,
    real_clock: Arc<dyn Clock>,
    smtp: Option<SmtpConfig>,
) -> Parts {
    let setup = Setup {
        database: DatabaseConfig {
            url: SecretString::from(database.url().to_owned()),
            owner_url: None,
            listen_url: None,
            max_connections: 4,
        },
        edge: EdgeConfig::default(),
        proxies: Proxies::default(),
        limits: LimitsConfig::OFF,
        base_url: "https://klachten.example".to_owned(),
        token_seeds: TokenSeeds::one([7; 32]),
        sealing_keys: SealingKeys::one([8; 32]),
        password: PasswordConfig::CHEAP,
        smtp,
        clock,
        real_clock,
        is_demo: false,
    };
    assemble(setup).await.unwrap()
}

/// What somebody files with the organisation.
pub(crate) fn complaint(filed: DateTime<Utc>) -> Value {
    let complainant = json!({ "name": "Karin Klager", "email": "karin@personen.example", "telephone": "+31612345678" });
    json!({
        "organisation": "vroeger",
        "filedOn": filed.date_naive().to_string(),
        "complainant": complainant,
        "description": "Er ging iets mis.",
    })
}

/// An organisation, and complaints that came in by its form, six weeks before the real present; since then nobody has
/// worked. The way in of its administrator.
pub(crate) fn begun_weeks_ago(database: &Database, complaints: usize) -> String {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let livp = policy("livp");
    let founding = Founding::new("vroeger", livp.as_ref(), "OUD", "aya@vroeger.example");
    let then = real_now() - TimeDelta::weeks(6);
    let (invitation, parts, answering) = runtime.block_on(async {
        let parts = assembled(database, then, Arc::new(RealClock), None).await;
        let invitation = found(&parts.service, &founding).await.unwrap();
        let listener = listen::bind(SocketAddr::from(([127, 0, 0, 1], 0)))
            .await
            .unwrap();
        let routes = parts.routes.clone();
        let answering = parts.clone().serve(listener, routes, false).unwrap();
        (invitation, parts, answering)
    });
    for _ in 0..complaints {
        let input = json!({ "input": complaint(then) });
        let answer = ask(answering.address, None, FILE, &input);
        let receipt = &answer["data"]["fileComplaint"]["receipt"];
        assert!(receipt.is_object(), "{answer:#}");
    }
    runtime.block_on(async {
        answering.stop().await.unwrap();
        parts.service.close().await.unwrap();
    });
    invitation
}

/// Signs the administrator in: an access token.
pub(crate) fn signed_in(server: &Running, invitation: &str) -> String {
    signed_in_at(server.address(), invitation)
}

/// The same, wherever something answers.
pub(crate) fn signed_in_at(server: SocketAddr, invitation: &str) -> String {
    let (organisation, token) = invitation.split_once('.').unwrap();
    let input = json!({ "organisation": organisation, "token": token, "password": PASSWORD });
    let document = "mutation($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { session { accessToken } userErrors { code } } }";
    let answer = ask(server, None, document, &json!({ "input": input }));
    let token = &answer["data"]["acceptInvitation"]["session"]["accessToken"];
    token
        .as_str()
        .unwrap_or_else(|| panic!("{answer:#}"))
        .to_owned()
}
