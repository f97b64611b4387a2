//! Which placeholder somebody meant.

use super::{CONTENT, Value};

/// The name that is nearest to what was written, as it is called in English or in Dutch.
pub(super) fn nearest(written: &str, known: &[Value], has_content: bool) -> &'static str {
    let written: Vec<char> = written.to_lowercase().chars().take(LONGEST).collect();
    let content = [(CONTENT, CONTENT), ("inhoud", CONTENT)];
    let content = content.into_iter().filter(|_| has_content);
    let names = known.iter().flat_map(|value| {
        let name = value.name();
        [(name, name), (value.dutch(), name)]
    });
    let nearest = content
        .chain(names)
        .min_by_key(|(called, _)| distance(&written, called));
    nearest.map_or(CONTENT, |(_, name)| name)
}

/// More than this of a name is not compared.
const LONGEST: usize = 40;

/// How many characters must be put in, taken out or replaced to make one from the other.
fn distance(one: &[char], other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (place, c) in one.iter().enumerate() {
        let mut diagonal = std::mem::replace(&mut row[0], place + 1);
        for (column, d) in other.iter().enumerate() {
            let replaced = diagonal + usize::from(c != d);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(diagonal + 1).min(row[column] + 1);
        }
    }
    row[other.len()]
}
