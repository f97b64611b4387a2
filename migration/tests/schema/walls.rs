//! Row-level security, keys and rights, as the catalogue of PostgreSQL has them.

use sea_orm_migration::sea_orm::Database;

use crate::support::{database, rows};

/// Tables whose rows are nobody's.
const PLATFORM: [&str; 14] = [
    "account",
    "account_activity",
    "deletion_certificate",
    "equated_day",
    "operator",
    "operator_invitation",
    "operator_session",
    "password_reset",
    "platform_setting",
    "recovery_code",
    "seaql_migrations",
    "second_factor",
    "tally",
    "tenant",
];
/// Tables that a platform look-up may read too, before the tenant is known.
const LOOK_UPS: [&str; 7] = [
    "access_link",
    "account_membership",
    "api_key_secret",
    "bounce_key",
    "calendar_feed",
    "due_work",
    "session",
];
/// Tables that only grow.
const APPEND_ONLY: [&str; 5] = [
    "access_log",
    "account_activity",
    "api_key_use",
    "complaint_content",
    "complaint_event",
];

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
    assert_eq!(tables.len(), 46);
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
    let forgets = |line: &mut String| {
        let is_it = line.starts_with("access_log|forgotten|RESTRICTIVE|UPDATE|");
        is_it && line.contains("'destroyed'") && line.contains("(member_id IS NULL)")
    };
    assert_eq!(
        policies.extract_if(.., forgets).count(),
        1,
        "a party is forgotten once the dossier is destroyed, and nothing else is changed"
    );
    assert_eq!(policies.len(), 96, "three for each of 32 tables");
    let this_tenant =
        "(tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid)";
    for three in policies.chunks(3) {
        let name = three[0].split('|').next().unwrap();
        assert_eq!(
            three[0],
            format!("{name}|application|PERMISSIVE|ALL|wederhoor_app|true|true")
        );
        assert_eq!(
            three[1],
            format!("{name}|maintenance|PERMISSIVE|ALL|wederhoor_maintenance|true|false")
        );
        let rule = if LOOK_UPS.contains(&name) {
            format!("({this_tenant} OR (current_setting('app.platform'::text, true) = 'on'::text))")
        } else {
            this_tenant.to_owned()
        };
        assert_eq!(
            three[2],
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
            "api_key_secret_hash",
            "bounce_key_secret",
            "calendar_feed_secret",
            "due_work_due",
            "due_work_failures",
            "session_account",
            "session_family",
            "session_id"
        ],
        "what is looked up before the tenant is known, or counted of all"
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
    assert_eq!(rights.len(), 46);
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
async fn who_deletes_tenants_writes_nothing_but_certificates() {
    let url = database("maintenance").await;
    wederhoor_migration::up(&url, "wederhoor_app")
        .await
        .unwrap();
    let connection = Database::connect(&url).await.unwrap();
    let rights = rows(
        &connection,
        "SELECT c.relname || ' ' || string_agg(g.privilege_type, ',' ORDER BY g.privilege_type) AS line
         FROM pg_class c, aclexplode(c.relacl) g WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
            AND g.grantee = 'wederhoor_maintenance'::regrole GROUP BY c.relname ORDER BY c.relname COLLATE \"C\"",
    )
    .await;
    for line in &rights {
        let (name, rights) = line.split_once(' ').unwrap();
        let expected = match name {
            "deletion_certificate" => "INSERT,SELECT,UPDATE",
            "operator" | "seaql_migrations" => "SELECT",
            "tenant" => "DELETE,SELECT,UPDATE",
            _ => "DELETE,SELECT",
        };
        assert_eq!(rights, expected, "{name}");
    }
    assert_eq!(rights.len(), 42, "all but settings and invitations");
}
