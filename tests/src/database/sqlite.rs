use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
};

use sqlx::{Connection, SqliteConnection};
use tokio::sync::OnceCell;

/// A directory that is removed with its value.
#[derive(Debug)]
pub(super) struct Directory(PathBuf);

impl Drop for Directory {
    fn drop(&mut self) {
        // What cannot be removed is left to whoever clears the temporary directory.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The bytes of a migrated database.
static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
static COUNT: AtomicU32 = AtomicU32::new(0);

/// The bytes of a database in which the demo's people live.
static PEOPLED: OnceCell<Vec<u8>> = OnceCell::const_new();

/// A database of its own, and its URL.
pub(super) async fn fresh() -> (Directory, String) {
    copy(TEMPLATE.get_or_init(make_template).await)
}

/// A database of its own in which the demo's people live, and its URL.
pub(super) async fn peopled() -> (Directory, String) {
    let make = || async {
        let (_directory, url) = fresh().await;
        crate::app::people(&url).await;
        whole(&url).await
    };
    copy(PEOPLED.get_or_init(make).await)
}

fn copy(template: &[u8]) -> (Directory, String) {
    let directory = directory();
    let file = directory.0.join("test.db");
    std::fs::write(&file, template).expect("the template is copied");
    let url = url(&file);
    (directory, url)
}

async fn make_template() -> Vec<u8> {
    let directory = directory();
    let file = directory.0.join("template.db");
    let url = url(&file);
    wederhoor_migration::up(&url, wederhoor_migration::DEFAULT_APP_ROLE)
        .await
        .expect("the migrations run on SQLite");
    whole(&url).await
}

/// The bytes of a database, its log written back.
async fn whole(url: &str) -> Vec<u8> {
    let mut connection = SqliteConnection::connect(url)
        .await
        .expect("the template opens");
    sqlx::raw_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(&mut connection)
        .await
        .expect("the log is written back");
    connection.close().await.expect("the template closes");
    let file = url.trim_start_matches("sqlite://").split('?').next();
    std::fs::read(file.expect("a path")).expect("the template is read")
}

fn directory() -> Directory {
    let name = format!(
        "wederhoor-test-{}-{}",
        std::process::id(),
        COUNT.fetch_add(1, Ordering::Relaxed)
    );
    let path = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&path).expect("a temporary directory is made");
    Directory(path)
}

fn url(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}
