//! The harness itself: databases of one test are its own, and what is compared is what is there.

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
}
