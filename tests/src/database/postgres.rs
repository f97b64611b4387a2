use std::sync::{
    OnceLock,
    atomic::{AtomicU32, Ordering},
};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::sync::{
    OnceCell,
    mpsc::{UnboundedSender, unbounded_channel},
    oneshot,
};

const VARIABLE: &str = "WEDERHOOR_TEST_PG_URL";
const OWNER: &str = "wederhoor_owner";
const APP: &str = wederhoor_migration::DEFAULT_APP_ROLE;

static TEMPLATE: OnceCell<String> = OnceCell::const_new();
static COUNT: AtomicU32 = AtomicU32::new(0);
static DESK: OnceLock<UnboundedSender<Order>> = OnceLock::new();

/// A statement, and how to say that it ran.
type Order = (String, oneshot::Sender<()>);

/// A database on the throw-away server.
#[derive(Debug)]
pub(super) struct Named {
    name: String,
}

impl Named {
    /// How the superuser, who sees every row, reaches this database.
    pub(super) fn superuser_url(&self) -> String {
        url(None, &self.name)
    }

    /// How the one who deletes organisations reaches it.
    pub(super) fn maintenance_url(&self) -> String {
        url(Some(wederhoor_migration::MAINTENANCE_ROLE), &self.name)
    }

    pub(super) async fn drop_database(self) {
        administer(&format!("DROP DATABASE \"{}\" WITH (FORCE)", self.name)).await;
    }
}

/// The database in which the demo's people live.
static PEOPLED: OnceCell<String> = OnceCell::const_new();

/// A database of its own, and the URL by which the application, as a role that owns nothing, logs in.
pub(super) async fn fresh() -> (Named, String) {
    copy(TEMPLATE.get_or_init(make_template).await).await
}

/// As `fresh`, with the demo's people in it.
pub(super) async fn peopled() -> (Named, String) {
    let make = || async {
        let (named, url) = fresh().await;
        crate::app::people(&url).await;
        named.name
    };
    copy(PEOPLED.get_or_init(make).await).await
}

async fn copy(template: &str) -> (Named, String) {
    let name = format!(
        "t_{}_{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    // By file: a copy through the log takes four times as long.
    administer(&format!(
        "CREATE DATABASE \"{name}\" TEMPLATE \"{template}\" OWNER {OWNER} STRATEGY file_copy"
    ))
    .await;
    let app_url = url(Some(APP), &name);
    (Named { name }, app_url)
}

async fn make_template() -> String {
    let name = format!("template_{}", std::process::id());
    administer(&format!("CREATE DATABASE \"{name}\" OWNER {OWNER}")).await;
    wederhoor_migration::up(&url(Some(OWNER), &name), APP)
        .await
        .expect("the migrations run on PostgreSQL");
    name
}

/// Runs a statement as the superuser, on the one connection that all tests share for this.
async fn administer(statement: &str) {
    let (done, answer) = oneshot::channel();
    let desk = DESK.get_or_init(open_desk);
    desk.send((statement.to_owned(), done))
        .expect("the superuser's connection is open");
    answer.await.expect("the superuser may do this");
}

/// A thread with a runtime of its own: that of the test that came first ends with it.
fn open_desk() -> UnboundedSender<Order> {
    let (sender, mut orders) = unbounded_channel::<Order>();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .expect("a runtime starts");
        runtime.block_on(async {
            let mut connection = PgConnection::connect(&url(None, "postgres"))
                .await
                .expect("the throw-away PostgreSQL answers");
            while let Some((statement, done)) = orders.recv().await {
                sqlx::raw_sql(AssertSqlSafe(statement))
                    .execute(&mut connection)
                    .await
                    .expect("the superuser may do this");
                // Nobody waits any more when the test has ended.
                let _ = done.send(());
            }
        });
    });
    sender
}

/// The server's URL with another database, and, if given, another user; all roles have the superuser's password.
fn url(user: Option<&str>, database: &str) -> String {
    let given = std::env::var(VARIABLE)
        .unwrap_or_else(|_| panic!("{VARIABLE} is not set; run the tests with scripts/test.sh"));
    let (scheme, rest) = given.split_once("://").expect("a URL");
    let (login, place) = rest.rsplit_once('@').expect("a URL with a user");
    let (superuser, password) = login
        .split_once(':')
        .map_or((login, String::new()), |(user, password)| {
            (user, format!(":{password}"))
        });
    let host = place.split('/').next().unwrap_or_default();
    format!(
        "{scheme}://{}{password}@{host}/{database}",
        user.unwrap_or(superuser)
    )
}
