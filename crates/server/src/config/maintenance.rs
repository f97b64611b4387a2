use secrecy::SecretString;

use super::{
    database::check_address,
    reader::{Problems, Reader},
};

const URL: &str = "WEDERHOOR_MAINTENANCE_DATABASE_URL";

/// How what is to be destroyed is reached.
#[derive(Debug, Clone)]
pub struct MaintenanceConfig {
    /// The login that deletes; `None`: that of the application, which on PostgreSQL may not.
    pub url: Option<SecretString>,
}

impl MaintenanceConfig {
    /// Reads only this concern from the process's settings.
    pub fn from_env() -> Result<Self, Problems> {
        super::only(|reader| Some(read(reader)))
    }
}

pub(super) fn read(reader: &mut Reader<'_>) -> MaintenanceConfig {
    let url = reader.address(URL).map(SecretString::from);
    if let Some(url) = &url {
        check_address(reader, URL, url);
    }
    MaintenanceConfig { url }
}
