//! What holds, as whoever runs the program may see it.

use super::{
    Config, Problems,
    reader::{Asked, Reader},
    sources::Sources,
};

/// One setting, and what holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setting {
    /// The environment variable.
    pub key: &'static str,
    /// What holds, without anything secret; nothing where there is neither a value nor a default.
    pub shown: String,
    /// Whether it is set, and no default.
    pub is_set: bool,
    /// The line of a file `.env` that sets it; `None`: the environment does, or nothing.
    pub line: Option<usize>,
}

/// Every setting of the process, and all that is wrong with them.
pub fn settings_of_env() -> (Vec<Setting>, Problems) {
    let sources = Sources::of_process();
    let (mut settings, problems) = settings(&|key| sources.get(key));
    for one in &mut settings {
        one.line = sources.line_of(one.key);
    }
    (settings, sources.with_all(problems))
}

/// The same of what `lookup` answers.
pub(super) fn settings(lookup: &dyn Fn(&str) -> Option<String>) -> (Vec<Setting>, Problems) {
    let mut reader = Reader::new(lookup);
    let _ = Config::read_by(&mut reader);
    let settings = reader.asked().iter().map(setting).collect();
    (settings, reader.finish())
}

fn setting(asked: &Asked) -> Setting {
    let otherwise = asked.derived.clone();
    let otherwise = otherwise.or_else(|| asked.default.map(str::to_owned));
    Setting {
        key: asked.key,
        is_set: asked.given.is_some(),
        line: None,
        shown: asked.given.clone().or(otherwise).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
