//! A regulation as it stands in a file.

use std::{fs, path::Path};

use anyhow::{Context, bail};
use wederhoor_service::PolicySource;

/// Reads a regulation, TOML or JSON by the ending of its file.
///
/// # Errors
/// A file that cannot be read, or that has another ending: guessing would tell of faults that it does not have.
pub(crate) fn read(file: &Path) -> anyhow::Result<PolicySource> {
    let name = file.display();
    let text = fs::read_to_string(file).with_context(|| format!("{name} cannot be read"))?;
    let ending = file.extension().and_then(|ending| ending.to_str());
    match ending.map(str::to_ascii_lowercase).as_deref() {
        Some("toml") => Ok(PolicySource::Toml(text)),
        Some("json") => Ok(PolicySource::Json(text)),
        _ => bail!("{name} is no policy that can be read: its name must end in .toml or .json"),
    }
}
