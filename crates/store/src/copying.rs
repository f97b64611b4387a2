//! A copy of an SQLite database, while it is in use.

use std::path::Path;

use sea_orm::{DbBackend, sqlx};

use crate::error::of_driver;
use crate::{Store, StoreError};

impl Store {
    /// Writes all that is committed now to a file that is not there yet. Nobody waits for it.
    ///
    /// # Errors
    /// `Config` on PostgreSQL, which has programs of its own for that, and for a name that is no text.
    pub async fn copy_to(&self, file: &Path) -> Result<(), StoreError> {
        let (DbBackend::Sqlite, Some(file)) = (self.backend(), file.to_str()) else {
            let why = "only a database of SQLite is copied, to a file whose name is text";
            return Err(StoreError::Config(why.to_owned()));
        };
        let copied = sqlx::query("VACUUM INTO ?")
            .bind(file)
            .execute(self.writer());
        copied.await.map_err(|error| of_driver(&error))?;
        Ok(())
    }
}
