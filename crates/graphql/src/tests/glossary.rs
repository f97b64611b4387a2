use std::{collections::BTreeSet, fs, path::PathBuf};

/// Words of type names that everybody knows, or that GraphQL brings along.
const PLAIN: &str = "
    Action Actor Address Available By Channel Check Date Details Diagram Done Email Error Field Form Format
    Info Item Kind Level Locale Manner Meaning Means Mutation Named Node Number Of Own Owner Page Part Phone
    Procedure Query Reason Rules Severity Sort Status Step Subscription Summary Text Time Unit User Viewer";

/// How much of a word its other forms share: announce, announcement.
const STEM: usize = 5;

fn stem(word: &str) -> String {
    word.to_lowercase().chars().take(STEM).collect()
}

/// The words that the glossary explains, by their stems. Its headings are bold.
fn explained() -> BTreeSet<String> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../GLOSSARY.md");
    let glossary = fs::read_to_string(file).unwrap();
    let rows = glossary.lines().filter(|line| !line.contains("**"));
    let terms = rows.filter_map(|line| line.split('|').nth(1));
    let words = terms.flat_map(|term| term.split(|one: char| !one.is_alphabetic()));
    words.filter(|word| !word.is_empty()).map(stem).collect()
}

/// What a type is named after; `None` for what only carries others, and for inputs: those are named after what is done.
fn noun(line: &str) -> Option<&str> {
    let kinds = ["type ", "enum ", "union ", "interface ", "scalar "];
    let rest = kinds.iter().find_map(|kind| line.strip_prefix(kind))?;
    let name = rest.split_whitespace().next()?;
    let carriers = ["Payload", "Connection", "Edge"];
    let is_carrier = carriers.iter().any(|ending| name.ends_with(ending));
    (!is_carrier).then_some(name)
}

/// `AppealWay` → `Appeal`, `Way`.
fn words(name: &str) -> Vec<&str> {
    let capitals = name.match_indices(|one: char| one.is_ascii_uppercase());
    let starts: Vec<usize> = capitals.map(|(place, _)| place).collect();
    let ends = starts.iter().skip(1).copied().chain([name.len()]);
    let spans = starts.iter().zip(ends);
    spans.map(|(start, end)| &name[*start..end]).collect()
}

#[test]
fn the_glossary_explains_every_word_of_the_domain() {
    let sdl = crate::sdl();
    let all: BTreeSet<&str> = sdl.lines().filter_map(noun).flat_map(words).collect();
    assert!(all.contains("Respondent") && all.contains("Policy"));
    let explained = explained();
    let plain: BTreeSet<&str> = PLAIN.split_whitespace().collect();
    let unknown = |word: &&&str| !explained.contains(&stem(word)) && !plain.contains(**word);
    let unknown: Vec<_> = all.iter().filter(unknown).collect();
    assert!(unknown.is_empty(), "GLOSSARY.md has no {unknown:?}");
}
