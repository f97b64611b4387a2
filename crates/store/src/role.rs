//! Whether the login of the application is one that row-level security holds back.

use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};

use crate::store::{Access, Principal};
use crate::{Store, StoreError};

/// Why a login must not serve tenants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RoleFault {
    /// A superuser passes by all policies.
    #[error("the database login is a superuser; log in as the application's role")]
    Superuser,
    /// So does this attribute.
    #[error("the database login has BYPASSRLS; take it away")]
    BypassesRowSecurity,
    /// An owner can lift the policies.
    #[error("the database login owns tables; migrate with another login")]
    OwnsTables,
}

#[derive(FromQueryResult)]
struct Role {
    is_superuser: bool,
    bypasses: bool,
    owns: bool,
}

const QUESTION: &str = "SELECT r.rolsuper AS is_superuser, r.rolbypassrls AS bypasses, \
     EXISTS (SELECT 1 FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
     WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND pg_has_role(c.relowner, 'USAGE')) AS owns \
     FROM pg_roles r WHERE r.rolname = current_user";

impl Store {
    /// What is wrong with the login; nothing on SQLite, which has none.
    pub async fn check_role(&self) -> Result<Vec<RoleFault>, StoreError> {
        if self.backend() != DbBackend::Postgres {
            return Ok(Vec::new());
        }
        let connection = self.begin(Access::Read, Principal::Platform).await?;
        let row = connection
            .query_one_raw(Statement::from_string(DbBackend::Postgres, QUESTION))
            .await?;
        let Some(row) = row else {
            return Ok(Vec::new());
        };
        let role = Role::from_query_result(&row, "")?;
        let faults = [
            (role.is_superuser, RoleFault::Superuser),
            (role.bypasses, RoleFault::BypassesRowSecurity),
            (role.owns, RoleFault::OwnsTables),
        ];
        Ok(faults
            .into_iter()
            .filter_map(|(is_so, fault)| is_so.then_some(fault))
            .collect())
    }
}
