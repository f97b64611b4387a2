//! The harness itself: databases of one test are its own, and what is compared is what is there.

use secrecy::SecretString;
use wederhoor_server::{config::DatabaseConfig, database::migrate};
use wederhoor_tests::{TestDatabase, both};

const COUNT_ONE: &str =
    "INSERT INTO platform_setting (key, value) VALUES ('greeting', '\"hello\"')";

both! {
    async fn each_test_has_a_database_of_its_own(database: &TestDatabase) {
        let before = database.contents(&[]).await;
        assert!(before.contains_key("complaint_event"), "{:?}", before.keys());
        assert_eq!(before, database.contents(&[]).await);
        database.execute(COUNT_ONE).await;
        let after = database.contents(&[]).await;
        assert_eq!(after["platform_setting"].len(), before["platform_setting"].len() + 1);
        let other = TestDatabase::fresh(database.kind).await;
        assert_eq!(other.contents(&[]).await, before);
        wederhoor_tests::Fixture::tear_down(other).await;
    }
    async fn a_database_of_a_newer_version_is_refused_and_left_as_it_is(database: &TestDatabase) {
        database
            .execute("INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20990101_000000_later', 0)")
            .await;
        let before = database.contents(&[]).await;
        let config = DatabaseConfig {
            url: SecretString::from(database.url.clone()),
            owner_url: Some(SecretString::from(database.owner_url())),
            listen_url: None,
            max_connections: 1,
        };
        let refused = format!("{:#}", migrate(&config).await.unwrap_err());
        for words in ["newer version", "m20990101_000000_later"] {
            assert!(refused.contains(words), "{refused}");
        }
        assert_eq!(database.contents(&[]).await, before);
    }
}
