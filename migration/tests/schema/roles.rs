//! Who migrates, and for whom.

use sea_orm_migration::sea_orm::{ConnectionTrait, Database, DatabaseConnection};

use crate::support::{base, database, rows, superuser_of};

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
            wederhoor_migration::standing(url).await.unwrap_err(),
        ] {
            let told = format!("{error} {error:?}");
            assert!(told.contains("cannot be read"), "{told}");
            assert!(!told.contains("hun") && !told.contains("ter2"), "{told}");
        }
    }
}
