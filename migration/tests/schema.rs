//! The schema goes up, down and up again on both databases, and walls every table on PostgreSQL.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use sea_orm_migration::MigratorTrait;
use sea_orm_migration::sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DbBackend, Statement,
};
use wederhoor_migration::Migrator;

/// Tables whose rows are nobody's.
const PLATFORM: [&str; 7] = [
    "account",
    "password_reset",
    "platform_setting",
    "recovery_code",
    "second_factor",
    "seaql_migrations",
    "tenant",
];
/// Tables that a platform look-up may read too, before the tenant is known.
const LOOK_UPS: [&str; 4] = ["access_link", "account_membership", "due_work", "session"];
/// Tables that only grow.
const APPEND_ONLY: [&str; 2] = ["complaint_content", "complaint_event"];

#[tokio::test]
async fn sqlite_goes_up_down_and_up() {
    let file = std::env::temp_dir().join(format!("wederhoor-migration-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let tables = "SELECT group_concat(name) AS found FROM (SELECT name FROM sqlite_master WHERE type = 'table' \
                  AND name NOT LIKE 'sqlite_%' ORDER BY name)";
    up_down_up(&url, tables, DbBackend::Sqlite).await;
    let _ = std::fs::remove_file(file);
}

#[tokio::test]
async fn postgres_goes_up_down_and_up() {
    let url = database("updown").await;
    let tables = "SELECT string_agg(tablename, ',' ORDER BY tablename COLLATE \"C\") AS found FROM pg_tables \
                  WHERE schemaname = 'public'";
    up_down_up(&url, tables, DbBackend::Postgres).await;
}

/// What is missing of a database without a list of steps, and of one that has been through all.
async fn missing(url: &str) {
    let first = Migrator::migrations()[0].name().to_owned();
    let asked = wederhoor_migration::first_missing(url).await;
    assert_eq!(asked.unwrap(), Some(first));
    wederhoor_migration::up(url, "wederhoor_app").await.unwrap();
    let asked = wederhoor_migration::first_missing(url).await;
    assert_eq!(asked.unwrap(), None);
}

#[tokio::test]
async fn sqlite_tells_a_missing_schema_from_another_trouble() {
    let name = format!("wederhoor-missing-{}", std::process::id());
    let [file, other] =
        ["db", "txt"].map(|ending| std::env::temp_dir().join(format!("{name}.{ending}")));
    let _ = std::fs::remove_file(&file);
    let url = |file: &std::path::Path| format!("sqlite://{}?mode=rwc", file.display());
    missing(&url(&file)).await;
    std::fs::write(
        &other,
        "geen database, maar een tekst van enige lengte. ".repeat(99),
    )
    .unwrap();
    let asked = wederhoor_migration::first_missing(&url(&other)).await;
    assert!(
        asked.is_err(),
        "it is not the schema that is missing: {asked:?}"
    );
    for file in [file, other] {
        let _ = std::fs::remove_file(file);
    }
}

#[tokio::test]
async fn postgres_tells_a_missing_schema_from_another_trouble() {
    let url = database("missing").await;
    missing(&url).await;
    let connection = Database::connect(&url).await.unwrap();
    let other = "ALTER TABLE seaql_migrations RENAME COLUMN version TO another";
    connection.execute_unprepared(other).await.unwrap();
    connection.close().await.unwrap();
    let asked = wederhoor_migration::first_missing(&url).await;
    assert!(
        asked.is_err(),
        "it is not the schema that is missing: {asked:?}"
    );
}

async fn up_down_up(url: &str, question: &str, backend: DbBackend) {
    let tables = async || {
        let connection = Database::connect(url).await.unwrap();
        let row = connection
            .query_one_raw(Statement::from_string(backend, question))
            .await
            .unwrap();
        connection.close().await.unwrap();
        row.unwrap()
            .try_get::<Option<String>>("", "found")
            .unwrap()
            .unwrap_or_default()
    };
    wederhoor_migration::up(url, "wederhoor_app").await.unwrap();
    let first = tables().await;
    assert!(
        first.contains("complaint_event") && first.contains("tenant"),
        "{first}"
    );
    wederhoor_migration::up(url, "wederhoor_app").await.unwrap();
    assert_eq!(tables().await, first, "again changes nothing");
    wederhoor_migration::down(url).await.unwrap();
    assert_eq!(tables().await, "seaql_migrations");
    wederhoor_migration::up(url, "wederhoor_app").await.unwrap();
    assert_eq!(tables().await, first);
}

#[tokio::test]
async fn sqlite_keeps_members_and_lets_no_two_share_an_address() {
    let file = std::env::temp_dir().join(format!("wederhoor-address-{}.db", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let id = |number: u8| format!("x'{number:032x}'");
    no_two_share_an_address(&url, id).await;
    let _ = std::fs::remove_file(file);
}

#[tokio::test]
async fn postgres_keeps_members_and_lets_no_two_share_an_address() {
    let url = database("address").await;
    let url = url.replacen("wederhoor_owner", &superuser_of(&base()), 1);
    no_two_share_an_address(&url, |number| format!("'{number:032x}'")).await;
}

/// The steps from the index on are taken back and forth over rows that were there before.
async fn no_two_share_an_address(url: &str, id: impl Fn(u8) -> String) {
    wederhoor_migration::up(url, "wederhoor_app").await.unwrap();
    let steps = Migrator::migrations();
    let index = steps
        .iter()
        .position(|step| step.name().ends_with("one_member_per_address"));
    let since = u32::try_from(steps.len() - index.unwrap()).unwrap();
    let connection = Database::connect(url).await.unwrap();
    Migrator::down(&connection, Some(since)).await.unwrap();
    let run = async |sql: String| connection.execute_unprepared(&sql).await.map(drop);
    let tenant = |number: u8| {
        let at = "'2026-01-01T00:00:00.000000Z'";
        format!(
            "INSERT INTO tenant VALUES ({}, 't{number}', 'T', 'active', '{{}}', {at})",
            id(number)
        )
    };
    let member = |tenant: u8, number: u8, email: &str| {
        let (tenant, own, at) = (id(tenant), id(number), "'2026-01-01T00:00:00.000000Z'");
        format!(
            "INSERT INTO member (tenant_id, id, name, email, roles, locale, created_at)
             VALUES ({tenant}, {own}, 'M', {email}, '[]', 'nl', {at})"
        )
    };
    for sql in [
        tenant(1),
        tenant(2),
        member(1, 1, "'een@adres.example'"),
        member(2, 2, "'een@adres.example'"),
        member(1, 3, "NULL"),
        member(1, 4, "NULL"),
        member(1, 5, "'Een@Adres.example'"),
    ] {
        run(sql).await.unwrap();
    }
    let refused = wederhoor_migration::up(url, "wederhoor_app").await;
    let refused = refused.unwrap_err().to_string();
    assert!(
        refused.contains("have the same e-mail address"),
        "{refused}"
    );
    assert!(!refused.contains("adres.example"), "{refused}");
    run(format!("DELETE FROM member WHERE id = {}", id(5)))
        .await
        .unwrap();
    wederhoor_migration::up(url, "wederhoor_app").await.unwrap();
    let count = "SELECT count(*) AS found FROM member";
    let count = Statement::from_string(connection.get_database_backend(), count);
    let kept: i64 = connection
        .query_one_raw(count)
        .await
        .unwrap()
        .unwrap()
        .try_get("", "found")
        .unwrap();
    assert_eq!(kept, 4);
    assert!(run(member(1, 6, "'EEN@adres.example'")).await.is_err());
    assert!(run(member(2, 7, "'een@adres.example'")).await.is_err());
    run(member(2, 8, "'twee@adres.example'")).await.unwrap();
    connection.close().await.unwrap();
}

#[tokio::test]
async fn every_table_with_a_tenant_is_walled() {
    let url = database("walls").await;
    wederhoor_migration::up(&url, "wederhoor_app")
        .await
        .unwrap();
    let connection = Database::connect(&url).await.unwrap();
    let tables = rows(
        &connection,
        "SELECT c.relname || '|' || (c.relrowsecurity AND c.relforcerowsecurity) || '|' ||
            EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id'
                AND a.attnotnull) AS line
         FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace ORDER BY 1",
    )
    .await;
    assert_eq!(tables.len(), 28);
    for line in tables {
        let (name, flags) = line.split_once('|').unwrap();
        let expected = if PLATFORM.contains(&name) {
            "false|false"
        } else {
            "true|true"
        };
        assert_eq!(flags, expected, "{name}");
    }
    let mut policies = rows(
        &connection,
        "SELECT tablename || '|' || policyname || '|' || permissive || '|' || cmd || '|' || array_to_string(roles, ',')
            || '|' || qual || '|' || with_check AS line FROM pg_policies WHERE schemaname = 'public' ORDER BY 1",
    )
    .await;
    let further = "complaint_content|only_emptied|RESTRICTIVE|UPDATE|public|true|((salt IS NULL) AND (content IS NULL))";
    assert_eq!(
        policies.extract_if(.., |line| line == further).count(),
        1,
        "content can be emptied, never replaced"
    );
    assert_eq!(policies.len(), 42, "two for each of 21 tables");
    let this_tenant =
        "(tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)";
    for pair in policies.chunks(2) {
        let name = pair[0].split('|').next().unwrap();
        assert_eq!(
            pair[0],
            format!("{name}|application|PERMISSIVE|ALL|wederhoor_app|true|true")
        );
        let rule = if LOOK_UPS.contains(&name) {
            format!("({this_tenant} OR (current_setting('app.platform'::text, true) = 'on'::text))")
        } else {
            this_tenant.to_owned()
        };
        assert_eq!(
            pair[1],
            format!("{name}|tenant|RESTRICTIVE|ALL|public|{rule}|{rule}")
        );
    }
}

#[tokio::test]
async fn every_key_and_reference_of_a_tenant_starts_with_it() {
    let url = database("keys").await;
    wederhoor_migration::up(&url, "wederhoor_app")
        .await
        .unwrap();
    let connection = Database::connect(&url).await.unwrap();
    let strays = rows(
        &connection,
        "SELECT k.conrelid::regclass || ' ' || k.conname AS line FROM pg_constraint k
         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attname = 'tenant_id'
         WHERE k.contype IN ('p', 'u', 'f') AND k.conkey[1] <> a.attnum
            AND NOT (k.contype = 'f' AND k.confrelid = 'account'::regclass) ORDER BY 1",
    )
    .await;
    assert_eq!(strays, [""; 0]);
    let outside = rows(
        &connection,
        "SELECT i.indexrelid::regclass::text AS line FROM pg_index i
         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attname = 'tenant_id'
         WHERE i.indkey[0] <> a.attnum ORDER BY 1",
    )
    .await;
    assert_eq!(
        outside,
        [
            "access_link_token",
            "account_membership_account",
            "due_work_due",
            "session_account",
            "session_family",
            "session_id"
        ],
        "what is looked up before the tenant is known"
    );
}

#[tokio::test]
async fn the_application_owns_nothing_and_has_few_rights() {
    let url = database("rights").await;
    wederhoor_migration::up(&url, "wederhoor_app")
        .await
        .unwrap();
    let connection = Database::connect(&url).await.unwrap();
    let rights = rows(
        &connection,
        "SELECT c.relname || ' ' || string_agg(g.privilege_type, ',' ORDER BY g.privilege_type) AS line
         FROM pg_class c, aclexplode(c.relacl) g WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
            AND g.grantee = 'wederhoor_app'::regrole GROUP BY c.relname ORDER BY c.relname COLLATE \"C\"",
    )
    .await;
    assert_eq!(rights.len(), 28);
    for line in rights {
        let (name, rights) = line.split_once(' ').unwrap();
        for right in ["TRUNCATE", "REFERENCES", "TRIGGER"] {
            assert!(!rights.contains(right), "{line}");
        }
        if APPEND_ONLY.contains(&name) {
            assert_eq!(rights, "INSERT,SELECT", "{name}");
        }
        if name == "seaql_migrations" {
            assert_eq!(rights, "SELECT");
        }
    }
    let owners = rows(
        &connection,
        "SELECT DISTINCT tableowner::text AS line FROM pg_tables WHERE schemaname = 'public'",
    );
    assert_eq!(owners.await, ["wederhoor_owner"]);
}

#[tokio::test]
async fn another_role_is_made_and_granted() {
    let url = database("role").await;
    let role = format!("wederhoor \"other\" {}", std::process::id());
    let refused = wederhoor_migration::up(&url, &role)
        .await
        .unwrap_err()
        .to_string();
    assert!(
        refused.contains("as a superuser run: CREATE ROLE"),
        "{refused}"
    );
    let superuser = url.replacen("wederhoor_owner", &superuser_of(&base()), 1);
    wederhoor_migration::up(&superuser, &role).await.unwrap();
    let connection = Database::connect(&superuser).await.unwrap();
    let can_log_in = rows(
        &connection,
        "SELECT rolname::text || rolcanlogin AS line FROM pg_roles WHERE rolname LIKE '%other%'",
    )
    .await;
    assert!(
        can_log_in.contains(&format!("{role}false")),
        "{can_log_in:?}"
    );
    wederhoor_migration::down(&superuser).await.unwrap();
    let role = format!("\"{}\"", role.replace('"', "\"\""));
    for statement in [format!("DROP OWNED BY {role}"), format!("DROP ROLE {role}")] {
        connection.execute_unprepared(&statement).await.unwrap();
    }
}

/// Whether a role has what the application needs of every table: rights, and a policy that lets it at rows.
async fn admitted(connection: &DatabaseConnection, role: &str) -> Vec<String> {
    let left_out = format!(
        "SELECT tablename::text AS line FROM pg_tables AS t WHERE schemaname = 'public' AND (\
         NOT has_any_column_privilege('{role}', 'public.' || tablename, 'SELECT') OR (rowsecurity AND NOT EXISTS (\
         SELECT 1 FROM pg_policies AS p WHERE p.tablename = t.tablename AND permissive = 'PERMISSIVE' \
         AND '{role}' = ANY (roles))))"
    );
    rows(connection, &left_out).await
}

#[tokio::test]
async fn a_role_that_is_named_later_is_granted_what_the_first_was() {
    let url = database("later").await;
    let superuser = url.replacen("wederhoor_owner", &superuser_of(&base()), 1);
    let role = format!("wederhoor_later_{}", std::process::id());
    let connection = Database::connect(&superuser).await.unwrap();
    let create = format!("CREATE ROLE {role} NOLOGIN");
    connection.execute_unprepared(&create).await.unwrap();
    wederhoor_migration::up(&url, "wederhoor_app")
        .await
        .unwrap();
    assert!(admitted(&connection, &role).await.len() > 20);
    for _ in 0..2 {
        wederhoor_migration::up(&url, &role).await.unwrap();
        assert_eq!(admitted(&connection, &role).await, [""; 0]);
        assert_eq!(admitted(&connection, "wederhoor_app").await, [""; 0]);
    }
    wederhoor_migration::down(&url).await.unwrap();
    for statement in [format!("DROP OWNED BY {role}"), format!("DROP ROLE {role}")] {
        connection.execute_unprepared(&statement).await.unwrap();
    }
}

#[tokio::test]
async fn of_several_who_migrate_at_once_each_succeeds() {
    let url = database("at_once").await;
    let all = (0..4).map(|_| {
        let url = url.clone();
        tokio::spawn(async move { wederhoor_migration::up(&url, "wederhoor_app").await })
    });
    for one in all.collect::<Vec<_>>() {
        one.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn an_address_that_cannot_be_read_is_not_repeated() {
    for url in [
        "postgres://app:hun/ter2@db.example/klachten",
        "postgres://app:hunter2@db.example:port/klachten",
        "postgres://app:hunter2@db.example/klachten?sslmode=hunter2",
        "mysql://app:hunter2@db.example/klachten",
    ] {
        for error in [
            wederhoor_migration::up(url, "app").await.unwrap_err(),
            wederhoor_migration::first_missing(url).await.unwrap_err(),
        ] {
            let told = format!("{error} {error:?}");
            assert!(told.contains("cannot be read"), "{told}");
            assert!(!told.contains("hun") && !told.contains("ter2"), "{told}");
        }
    }
}

async fn rows(connection: &DatabaseConnection, question: &str) -> Vec<String> {
    let rows = connection
        .query_all_raw(Statement::from_string(DbBackend::Postgres, question))
        .await
        .unwrap();
    rows.iter()
        .map(|row| row.try_get("", "line").unwrap())
        .collect()
}

/// A new database that belongs to the login that migrates; its address for that login.
async fn database(what: &str) -> String {
    let base = base();
    let name = format!("migration_{what}_{}", std::process::id());
    let server = Database::connect(&base).await.unwrap();
    server
        .execute_unprepared(&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        .await
        .unwrap();
    server
        .execute_unprepared(&format!("CREATE DATABASE {name} OWNER wederhoor_owner"))
        .await
        .unwrap();
    let (scheme, rest) = base.split_once("://").unwrap();
    let (who, place) = rest.split_once('@').unwrap();
    let password = who
        .split_once(':')
        .map(|(_, password)| format!(":{password}"))
        .unwrap_or_default();
    let server = place.split('/').next().unwrap();
    format!("{scheme}://wederhoor_owner{password}@{server}/{name}")
}

fn superuser_of(base: &str) -> String {
    let rest = base.split_once("://").unwrap().1;
    rest.split([':', '@']).next().unwrap().to_owned()
}

fn base() -> String {
    std::env::var("WEDERHOOR_TEST_PG_URL").expect(
        "WEDERHOOR_TEST_PG_URL is not set: run the tests with scripts/postgres.sh, which starts a PostgreSQL for them",
    )
}
