//! Reading values, and collecting what is wrong with them.

use std::{fmt, str::FromStr};

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

/// An environment variable and the value that holds when it is not set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asked {
    pub(super) key: &'static str,
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "only tests compare the defaults")
    )]
    pub(super) default: Option<&'static str>,
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
        self.ask(key, None)
    }

    /// The value of a key that has a default.
    pub(super) fn text(&mut self, key: &'static str, default: &'static str) -> String {
        self.ask(key, Some(default))
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

    fn ask(&mut self, key: &'static str, default: Option<&'static str>) -> Option<String> {
        self.asked.push(Asked { key, default });
        (self.lookup)(key).filter(|value| !value.trim().is_empty())
    }
}
