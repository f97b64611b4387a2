//! A database of its own for each test, and rows to fill it with.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use serde_json::{Value, json};
use uuid::Uuid;
use wederhoor_procedure::figures::{ComplaintFigures, MeasureCount};
use wederhoor_procedure::policy::Channel;
use wederhoor_procedure::{AccountId, ComplaintId, Locale, MemberId, PolicyId, TenantId};

use crate::*;

/// Makes two tests of one body: one on each database.
macro_rules! both {
    ($(#[$attribute:meta])* async fn $name:ident($fixture:ident) $body:block) => {
        mod $name {
            #[allow(unused_imports, reason = "not every test names something of its module")]
            use super::*;

            async fn body($fixture: crate::testing::Fixture) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                body(crate::testing::Fixture::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                body(crate::testing::Fixture::postgres().await).await;
            }
        }
    };
}
pub(crate) use both;

/// A store with two tenants, `a` and `b`, each with a policy and nothing else.
pub(crate) struct Fixture {
    pub(crate) store: Store,
    pub(crate) url: String,
    pub(crate) admin_url: String,
    /// The same database without walls: the superuser's login, or the file again.
    pub(crate) admin: DatabaseConnection,
    pub(crate) a: TenantId,
    pub(crate) b: TenantId,
    file: Option<PathBuf>,
}

impl Fixture {
    pub(crate) async fn sqlite() -> Self {
        let file = scratch("test");
        std::fs::copy(sqlite_template(), &file).unwrap();
        let url = format!("sqlite://{}?mode=rwc", file.display());
        Self::fill(url.clone(), url, Some(file)).await
    }

    pub(crate) async fn postgres() -> Self {
        let base = postgres_base();
        let template = postgres_template();
        let name = format!("{template}_{}", next());
        let server = Database::connect(&base).await.unwrap();
        let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
        server.execute_unprepared(&create).await.unwrap();
        server.close().await.unwrap();
        Self::fill(
            login(&base, Some("wederhoor_app"), &name),
            login(&base, None, &name),
            None,
        )
        .await
    }

    async fn fill(url: String, admin_url: String, file: Option<PathBuf>) -> Self {
        let store = Store::connect(StoreConfig {
            max_connections: 8,
            ..StoreConfig::new(&url)
        })
        .await
        .unwrap();
        let mut options = sea_orm::ConnectOptions::new(&admin_url);
        options.max_connections(1).sqlx_logging(false);
        let admin = Database::connect(options).await.unwrap();
        let (a, b) = (TenantId(id(0xA)), TenantId(id(0xB)));
        for (tenant, slug) in [(a, "a"), (b, "b")] {
            let record = TenantRecord {
                id: tenant,
                slug: slug.to_owned(),
                name: format!("Tenant {slug}"),
                status: TenantStatus::Active,
                status_reason: None,
                deletion: None,
                settings: json!({"time_zone": "Europe/Amsterdam"}),
                created_at: at(0),
            };
            store.platform().create_tenant(record).await.unwrap();
            let tx = store.tenant(tenant).write().await.unwrap();
            tx.insert_policy(policy(1)).await.unwrap();
            tx.commit().await.unwrap();
        }
        Self {
            store,
            url,
            admin_url,
            admin,
            a,
            b,
            file,
        }
    }

    /// Runs a statement that no wall stops.
    pub(crate) async fn tamper(&self, sql: &str) {
        self.admin.execute_unprepared(sql).await.unwrap();
    }

    pub(crate) fn is_postgres(&self) -> bool {
        self.file.is_none()
    }
}

impl Drop for Fixture {
    fn drop(&mut self) {
        if let Some(file) = &self.file {
            for suffix in ["", "-wal", "-shm"] {
                let _ = std::fs::remove_file(format!("{}{suffix}", file.display()));
            }
        }
    }
}

/// An id that is the same in every run.
pub(crate) fn id(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

/// Some hours after the start of 2026.
pub(crate) fn at(hours: i64) -> DateTime<Utc> {
    "2026-01-01T00:00:00Z".parse::<DateTime<Utc>>().unwrap() + chrono::TimeDelta::hours(hours)
}

/// Bytes that differ from call to call, the same in every run.
pub(crate) fn salts() -> impl FnMut(&mut [u8]) + Send {
    let mut last = 0_u8;
    move |buffer| {
        last = last.wrapping_add(1);
        buffer.fill(last);
    }
}

pub(crate) fn policy(version: u32) -> PolicyRecord {
    PolicyRecord {
        id: PolicyId(id(1000 + u128::from(version))),
        version,
        document: json!({"name": "test", "version": version}),
        published_at: at(i64::from(version)),
        published_by: None,
    }
}

pub(crate) fn member(number: u128) -> MemberRecord {
    MemberRecord {
        id: MemberId(id(number)),
        account_id: None,
        name: format!("Member {number}"),
        email: Some(format!("member{number}@example.example")),
        roles: vec!["handler".to_owned()],
        locale: Locale::Nl,
        active_from: None,
        active_until: None,
        created_at: at(0),
    }
}

pub(crate) fn account(number: u128) -> AccountRecord {
    AccountRecord {
        id: AccountId(id(number)),
        email: format!("Person{number}@Example.example"),
        password_hash: Some("$argon2id$".to_owned()),
        name: format!("Person {number}"),
        locale: Locale::En,
        created_at: at(0),
    }
}

pub(crate) fn entry(kind: &str, payload: Value) -> EntryDraft {
    EntryDraft {
        at: at(1),
        registered_at: at(2),
        actor: json!({"member": "someone"}),
        kind: kind.to_owned(),
        event_version: 1,
        payload,
    }
}

/// A new complaint with one event; its number is its id's, its audience is `role:administrator` and `pool:handler`.
pub(crate) fn filing(number: u128) -> ComplaintWrite {
    ComplaintWrite {
        id: ComplaintId(id(number)),
        expected_version: 0,
        reference: format!("A-2026-{number:04}"),
        entries: vec![entry(
            "filed",
            json!({"text": {"confidential": "it was cold"}}),
        )],
        projection: ComplaintProjection {
            policy_id: policy(1).id,
            state: "received".to_owned(),
            outcome: None,
            channel: "web".to_owned(),
            received_at: at(1),
            registered_at: at(2),
            course_id: None,
            cause: Some("content".to_owned()),
            handler_id: None,
            complainant_member_id: None,
            instance: 0,
            next_due_at: None,
            next_due_kind: None,
            next_due_on: None,
            closed_at: None,
            destroy_on: None,
        },
        audience: ["role:administrator", "pool:handler"]
            .map(|viewer| seen(viewer, "full"))
            .to_vec(),
        deadlines: vec![],
        measures: vec![],
        letters: vec![],
        due_at: None,
        figures: contribution(),
    }
}

/// What a complaint of the first of January contributes, of which nothing has been done yet.
pub(crate) fn contribution() -> ComplaintFigures {
    ComplaintFigures {
        policy: policy(1).id,
        channel: Channel::WebForm,
        course: None,
        cause: None,
        filed_on: at(1).date_naive(),
        is_admitted: Some(true),
        outcome: None,
        instance: 0,
        milestones: BTreeMap::new(),
        on_appeal: None,
        satisfaction: None,
        measures: MeasureCount::default(),
        terms: vec![],
    }
}

pub(crate) fn seen(viewer: &str, level: &str) -> AudienceRow {
    AudienceRow {
        viewer: viewer.to_owned(),
        level: level.to_owned(),
    }
}

/// The events of a complaint, in order.
pub(crate) async fn events(tx: &ReadTx, complaint: u128) -> Vec<StoredEntry> {
    let complaint = ComplaintId(id(complaint));
    let mut all = tx.load_events_many(&[complaint]).await.unwrap();
    all.remove(&complaint).unwrap_or_default()
}

/// Writes a complaint in a transaction of its own.
pub(crate) async fn commit(tenant: &TenantStore, write: ComplaintWrite) -> Result<u32, StoreError> {
    let tx = tenant.write().await?;
    let version = tx.commit_complaint(write, &mut salts()).await?;
    tx.commit().await?;
    Ok(version)
}

/// Draws 1, 2, 3 and so on, where randomness is asked for.
pub(crate) fn counting() -> impl FnMut() -> u64 + Send {
    let mut last = 0;
    move || {
        last += 1;
        last
    }
}

fn next() -> u32 {
    static LAST: AtomicU32 = AtomicU32::new(0);
    LAST.fetch_add(1, Ordering::Relaxed)
}

fn scratch(what: &str) -> PathBuf {
    std::env::temp_dir().join(format!(
        "wederhoor-store-{what}-{}-{}.db",
        std::process::id(),
        next()
    ))
}

fn sqlite_template() -> &'static PathBuf {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let file = scratch("template");
        let url = format!("sqlite://{}?mode=rwc", file.display());
        aside(async move { wederhoor_migration::up(&url, "").await.unwrap() });
        file
    })
}

fn postgres_template() -> &'static String {
    static TEMPLATE: OnceLock<String> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let name = format!("store_{}", std::process::id());
        let base = postgres_base();
        let owner_url = login(&base, Some("wederhoor_owner"), &name);
        let create = [
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
            format!("CREATE DATABASE {name} OWNER wederhoor_owner"),
        ];
        aside(async move {
            let server = Database::connect(&base).await.unwrap();
            for statement in create {
                server.execute_unprepared(&statement).await.unwrap();
            }
            server.close().await.unwrap();
            wederhoor_migration::up(&owner_url, "wederhoor_app")
                .await
                .unwrap();
        });
        name
    })
}

/// Runs to the end in a runtime of its own, also from within another.
fn aside(work: impl Future<Output = ()> + Send + 'static) {
    let runtime = || {
        tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap()
    };
    std::thread::spawn(move || runtime().block_on(work))
        .join()
        .unwrap();
}

fn postgres_base() -> String {
    std::env::var("WEDERHOOR_TEST_PG_URL").expect(
        "WEDERHOOR_TEST_PG_URL is not set: run the tests with scripts/postgres.sh, which starts a PostgreSQL for them",
    )
}

/// The address of a database for another login, with the same password.
fn login(base: &str, user: Option<&str>, database: &str) -> String {
    let (scheme, rest) = base.split_once("://").unwrap();
    let (who, place) = rest.split_once('@').unwrap();
    let (server, _) = place.split_once('/').unwrap_or((place, ""));
    let who = match (user, who.split_once(':')) {
        (None, _) => who.to_owned(),
        (Some(user), None) => user.to_owned(),
        (Some(user), Some((_, password))) => format!("{user}:{password}"),
    };
    format!("{scheme}://{who}@{server}/{database}")
}
