//! Reading values, and collecting what is wrong with them.

use std::{fmt, str::FromStr};

use crate::database::without_login;

/// One thing that is wrong with the configuration. It never holds the value: it may be a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The environment variable.
    pub key: String,
    /// What is wrong with it, and what to write instead.
    pub what: String,
}

/// Everything that is wrong with the configuration.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Problems(pub Vec<Problem>);

impl Problems {
    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("the configuration is not usable:")?;
        for problem in &self.0 {
            write!(formatter, "\n  {}: {}", problem.key, problem.what)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

/// How a value may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Showing {
    Whole,
    /// Without the login that it may hold.
    Address,
    Masked,
}

/// An environment variable, and what holds.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) key: &'static str,
    pub(super) default: Option<&'static str>,
    /// What is set, as it may be shown.
    pub(super) given: Option<String>,
    /// What holds where nothing is set and there is no default.
    pub(super) derived: Option<String>,
}

/// Answers with values, and remembers what was asked and what was wrong.
pub(super) struct Reader<'a> {
    lookup: &'a dyn Fn(&str) -> Option<String>,
    asked: Vec<Asked>,
    problems: Problems,
}

impl<'a> Reader<'a> {
    pub(super) fn new(lookup: &'a dyn Fn(&str) -> Option<String>) -> Self {
        Self {
            lookup,
            asked: Vec::new(),
            problems: Problems::default(),
        }
    }

    /// The value of a key that need not be set.
    pub(super) fn optional(&mut self, key: &'static str) -> Option<String> {
        self.ask(key, None, Showing::Whole)
    }

    /// The value of a key that need not be set, and is never shown.
    pub(super) fn secret(&mut self, key: &'static str) -> Option<String> {
        self.ask(key, None, Showing::Masked)
    }

    /// An address that need not be set, which is shown without its login.
    pub(super) fn address(&mut self, key: &'static str) -> Option<String> {
        self.ask(key, None, Showing::Address)
    }

    /// The same of an address that has a default.
    pub(super) fn address_or(&mut self, key: &'static str, default: &'static str) -> String {
        self.ask(key, Some(default), Showing::Address)
            .unwrap_or_else(|| default.to_owned())
    }

    /// What holds as long as a key is not set, where that is no default.
    pub(super) fn derive(&mut self, key: &'static str, value: &str) {
        let asked = self.asked.iter_mut().find(|asked| asked.key == key);
        if let Some(asked) = asked {
            asked.derived = Some(value.to_owned());
        }
    }

    /// The value of a key that has a default.
    pub(super) fn text(&mut self, key: &'static str, default: &'static str) -> String {
        self.ask(key, Some(default), Showing::Whole)
            .unwrap_or_else(|| default.to_owned())
    }

    /// The parsed value of a key that has a default; `None` with a problem when it cannot be parsed.
    pub(super) fn parsed<T: FromStr>(
        &mut self,
        key: &'static str,
        default: &'static str,
        expected: &str,
    ) -> Option<T> {
        let value = self.text(key, default).parse().ok();
        if value.is_none() {
            self.problem(key, format!("expected {expected}, for example {default}"));
        }
        value
    }

    /// A whole number within bounds, both included.
    pub(super) fn number(
        &mut self,
        key: &'static str,
        default: &'static str,
        bounds: std::ops::RangeInclusive<u32>,
    ) -> Option<u32> {
        let value: u32 = self.parsed(key, default, "a whole number")?;
        if !bounds.contains(&value) {
            self.problem(
                key,
                format!("must be from {} to {}", bounds.start(), bounds.end()),
            );
            return None;
        }
        Some(value)
    }

    pub(super) fn problem(&mut self, key: &'static str, what: impl Into<String>) {
        self.problems.0.push(Problem {
            key: key.to_owned(),
            what: what.into(),
        });
    }

    pub(super) fn finish(self) -> Problems {
        self.problems
    }

    /// What was asked so far.
    pub(super) fn asked(&self) -> &[Asked] {
        &self.asked
    }

    fn ask(
        &mut self,
        key: &'static str,
        default: Option<&'static str>,
        showing: Showing,
    ) -> Option<String> {
        let value = (self.lookup)(key).filter(|value| !value.trim().is_empty());
        self.asked.push(Asked {
            key,
            default,
            given: value.as_deref().map(|value| shown(value, showing)),
            derived: None,
        });
        value
    }
}

/// What stands in the place of what is not shown.
const MASK: &str = "…";

fn shown(value: &str, showing: Showing) -> String {
    match showing {
        Showing::Whole => value.to_owned(),
        Showing::Masked => MASK.to_owned(),
        Showing::Address => {
            let place = without_login(value);
            let has_login = value.contains('@') && !place.contains(MASK);
            if has_login {
                place.replacen("://", &format!("://{MASK}@"), 1)
            } else {
                place
            }
        }
    }
}
