use super::out;
use crate::config::{self, Setting};

/// All settings with what they mean, as they can be kept in a file.
const EXAMPLE: &str = include_str!("../../../../.env.example");

/// Prints what holds, or all that there is to set.
///
/// # Errors
/// Everything that is wrong with what is set, after it was printed.
pub(super) fn print(example: bool) -> anyhow::Result<()> {
    if example {
        return Ok(out::print(EXAMPLE)?);
    }
    let (settings, problems) = config::settings_of_env();
    for setting in &settings {
        out::line(line(setting))?;
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(problems.into())
    }
}

/// As in `.env.example`: what is not set stands behind a #. Above what a file set stands where.
fn line(setting: &Setting) -> String {
    let mark = if setting.is_set { "" } else { "#" };
    let place = setting.line.map(|line| format!("# .env, line {line}:\n"));
    let place = place.unwrap_or_default();
    format!("{place}{mark}{}={}", setting.key, setting.shown)
}
