use secrecy::SecretString;

use super::{app_role, migrate, without_login};
use crate::config::DatabaseConfig;

#[test]
fn the_login_is_read_and_never_shown() {
    assert_eq!(
        app_role("postgres://klachten_app:hunter2@db.example/klachten"),
        "klachten_app"
    );
    assert_eq!(app_role("postgres://db.example/klachten"), "wederhoor_app");
    assert_eq!(app_role("sqlite://data/x.db?mode=rwc"), "wederhoor_app");
    assert_eq!(
        without_login("postgres://app:hunt@er2@db.example/klachten"),
        "postgres://db.example/klachten"
    );
    assert_eq!(
        without_login("sqlite://data/x.db?mode=rwc"),
        "sqlite://data/x.db?mode=rwc"
    );
}

#[tokio::test]
async fn a_missing_directory_is_made_and_a_file_that_is_no_database_is_left_alone() {
    let directory = std::env::temp_dir().join(format!("wederhoor-migrate-{}", std::process::id()));
    let file = directory.join("deeper").join("test.db");
    let url = format!("sqlite://{}?mode=rwc", file.display());
    let config = DatabaseConfig {
        url: SecretString::from(url),
        owner_url: None,
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
