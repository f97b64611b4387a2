//! Where settings come from: the environment, and what is not set there from a file `.env` in the working directory.
//!
//! The file is read as it stands: nothing in a value is replaced, so that a password may have any character.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    env,
    ffi::OsString,
    fs,
    io::{self, ErrorKind},
};

use super::{
    reader::{Problem, Problems},
    unknown::{self, PREFIX},
};

/// In the working directory, and in none above it.
const FILE: &str = ".env";

/// Every setting, and where it stands.
pub(super) struct Sources {
    environment: BTreeMap<String, String>,
    file: BTreeMap<String, Line>,
    problems: Vec<Problem>,
}

/// A value in the file.
struct Line {
    number: usize,
    value: String,
}

impl Sources {
    /// Those of this process.
    pub(super) fn of_process() -> Self {
        Self::of(env::vars_os(), fs::read(FILE))
    }

    /// Those of this environment, beside a file with this content.
    pub(super) fn of(
        environment: impl Iterator<Item = (OsString, OsString)>,
        file: io::Result<Vec<u8>>,
    ) -> Self {
        let mut sources = Self {
            environment: BTreeMap::new(),
            file: BTreeMap::new(),
            problems: Vec::new(),
        };
        for (key, value) in environment {
            let key = key.to_string_lossy().into_owned();
            let value = value.into_string().unwrap_or_else(|_| {
                if key.starts_with(PREFIX) {
                    sources.problem(&key, "has bytes that are no text (UTF-8)");
                }
                String::new()
            });
            sources.environment.insert(key, value);
        }
        match file {
            Ok(bytes) => sources.read(&bytes),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            // Some keep other things in a directory of that name.
            Err(error) if error.kind() == ErrorKind::IsADirectory => {}
            Err(error) => sources.problem(FILE, &format!("cannot be read: {error}")),
        }
        sources
    }

    fn read(&mut self, bytes: &[u8]) {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        for (before, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
            let number = before + 1;
            let line = str::from_utf8(line).map_err(|_| "has bytes that are no text (UTF-8)");
            let read = match line.and_then(setting) {
                Ok(None) => Ok(()),
                Ok(Some((key, value))) => self.keep(number, key, value),
                Err(what) => Err(what.to_owned()),
            };
            if let Err(what) = read {
                self.problem(&format!("{FILE}, line {number}"), &what);
            }
        }
    }

    fn keep(&mut self, number: usize, key: &str, value: &str) -> Result<(), String> {
        match self.file.entry(key.to_owned()) {
            Entry::Vacant(place) => {
                let value = value.to_owned();
                place.insert(Line { number, value });
                Ok(())
            }
            Entry::Occupied(first) => {
                let first = first.get().number;
                Err(format!("sets {key} once more, after line {first}"))
            }
        }
    }

    fn problem(&mut self, key: &str, what: &str) {
        let (key, what) = (key.to_owned(), what.to_owned());
        self.problems.push(Problem { key, what });
    }

    /// The value of a key; `None` where it is empty, too.
    pub(super) fn get(&self, key: &str) -> Option<String> {
        let of_file = self.line(key).map(|line| &line.value);
        of_file.or_else(|| self.environment.get(key)).cloned()
    }

    /// The line of the file by which a key is set, where the environment does not set it.
    pub(super) fn line_of(&self, key: &str) -> Option<usize> {
        self.line(key).map(|line| line.number)
    }

    fn line(&self, key: &str) -> Option<&Line> {
        let of_environment = self.environment.get(key);
        let is_set = of_environment.is_some_and(|value| !value.trim().is_empty());
        self.file.get(key).filter(|_| !is_set)
    }

    /// The settings of the program that the file gave.
    pub(super) fn given_by_file(&self) -> Vec<String> {
        let keys = self.file.keys().filter(|key| key.starts_with(PREFIX));
        keys.filter(|key| self.line(key).is_some())
            .cloned()
            .collect()
    }

    /// What is wrong with the settings as such, with all that was found wrong with their values: of what stands in the file,
    /// in which line.
    pub(super) fn with_all(&self, found: Problems) -> Problems {
        let pairs = self.environment.iter();
        let pairs = pairs.chain(self.file.iter().map(|(key, line)| (key, &line.value)));
        let unknown = unknown::among(pairs.map(|(key, value)| (key.clone(), value.clone())));
        // Of a value that is no text nothing else is worth telling.
        let is_new = |one: &Problem| self.problems.iter().all(|known| known.key != one.key);
        let mut others: Vec<_> = found.0.into_iter().filter(is_new).collect();
        others.extend(unknown);
        for one in &mut others {
            if let Some(number) = self.line_of(&one.key) {
                one.key = format!("{} ({FILE}, line {number})", one.key);
            }
        }
        Problems([self.problems.clone(), others].concat())
    }
}

/// What a line sets, if anything; an error never repeats it, as it may be a secret.
fn setting(line: &str) -> Result<Option<(&str, &str)>, &'static str> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let line = line.strip_prefix("export ").unwrap_or(line);
    let (key, value) = line
        .split_once('=')
        .ok_or("has no =: write NAME=value, and # before a remark")?;
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if key.is_empty() || !key.chars().all(is_of_name) {
        return Err("has something before the = that is no name: write NAME=value");
    }
    let value = value.trim();
    for quote in ['"', '\''] {
        if let Some(rest) = value.strip_prefix(quote) {
            let within = rest.strip_suffix(quote);
            let within = within.filter(|text| !text.contains(quote));
            return within
                .map(|text| Some((key, text)))
                .ok_or("has a quotation mark that none of its kind closes at the end of the line");
        }
    }
    if value.contains(" #") {
        return Err(
            "has a # in its value: a remark has a line of its own, and a value with # quotation marks around it",
        );
    }
    Ok(Some((key, value)))
}

#[cfg(test)]
mod tests;
