use secrecy::SecretString;

use super::{app_role, migrate, require_schema, without_login};
use crate::config::DatabaseConfig;

#[test]
fn the_login_is_read_and_never_shown() {
    assert_eq!(
        app_role("postgres://klachten_app:hunter2@db.example/klachten"),
        "klachten_app"
    );
    assert_eq!(app_role("postgres://db.example/klachten"), "wederhoor_app");
    assert_eq!(
        app_role("postgres://db.example?password=hun@ter2"),
        "wederhoor_app"
    );
    assert_eq!(app_role("sqlite://data/x.db?mode=rwc"), "wederhoor_app");
    assert_eq!(
        without_login("postgres://app:hunt@er2@db.example/klachten"),
        "postgres://db.example/klachten"
    );
    for (url, shown) in [
        ("sqlite://data/x.db?mode=rwc", "sqlite://data/x.db"),
        (
            "postgres://db.example/klachten?user=u&password=hunter2",
            "postgres://db.example/klachten",
        ),
        (
            "postgres://app:hun/ter2@db.example",
            "postgres://db.example",
        ),
        ("postgres://app:hun?t@er2@db.example", "postgres://…"),
        ("postgres://db.example?password=hun@ter2", "postgres://…"),
        ("app:hunter2@db.example", "an address that cannot be read"),
    ] {
        assert_eq!(without_login(url), shown);
    }
}

#[tokio::test]
async fn no_error_repeats_a_password() {
    for url in [
        "postgres://app:hun/ter2@127.0.0.1:1/klachten",
        "postgres://127.0.0.1:port/klachten?user=app&password=hunter2",
    ] {
        let config = DatabaseConfig {
            url: SecretString::from(url),
            owner_url: None,
            listen_url: None,
            max_connections: 1,
        };
        for error in [
            migrate(&config).await.unwrap_err(),
            require_schema(&config).await.unwrap_err(),
        ] {
            let told = format!("{error:#} {error:?}");
            assert!(!told.contains("hun") && !told.contains("ter2"), "{told}");
        }
    }
}

#[tokio::test]
async fn a_missing_directory_is_made_and_a_file_that_is_no_database_is_left_alone() {
    let directory = std::env::temp_dir().join(format!("wederhoor-migrate-{}", std::process::id()));
    let file = directory.join("deeper").join("test.db");
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let config = DatabaseConfig {
        url: SecretString::from(url),
        owner_url: None,
        listen_url: None,
        max_connections: 1,
    };
    migrate(&config).await.unwrap();
    migrate(&config).await.unwrap();
    std::fs::write(
        &file,
        "this is no database, but something that someone wants to keep",
    )
    .unwrap();
    let error = format!("{:#}", migrate(&config).await.unwrap_err());
    assert!(error.contains("test.db"), "{error}");
    assert!(
        std::fs::read_to_string(&file)
            .unwrap()
            .starts_with("this is no database")
    );
    std::fs::remove_dir_all(&directory).unwrap();
}
