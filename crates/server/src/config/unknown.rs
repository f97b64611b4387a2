//! Settings that nothing reads: a name that is spelt wrong is a setting that does not hold.

use super::{
    Config,
    reader::{Problem, Reader},
};

/// What the names of all settings begin with.
pub(super) const PREFIX: &str = "WEDERHOOR_";

/// What the tests set for themselves begins so.
const OF_TESTS: &str = "WEDERHOOR_TEST_";

/// Those of these settings that have no known name, each with the name that it is nearest to.
pub(super) fn among(settings: impl Iterator<Item = (String, String)>) -> Vec<Problem> {
    let known = known();
    let unknown = |(key, value): (String, String)| {
        let is_ours = key.starts_with(PREFIX)
            && !key.starts_with(OF_TESTS)
            && !is_of_kubernetes(&key, &value);
        if !is_ours || known.contains(&key.as_str()) {
            return None;
        }
        let what = match nearest(&key, &known) {
            Some(near) => format!("is no setting; the nearest is {near}"),
            None => "is no setting; .env.example lists them all".to_owned(),
        };
        Some(Problem { key, what })
    };
    let mut problems: Vec<Problem> = settings.filter_map(unknown).collect();
    problems.sort_by(|one, other| one.key.cmp(&other.key));
    problems
}

/// Every name that is read, whatever is set.
fn known() -> Vec<&'static str> {
    let nothing = |_: &str| None;
    let mut reader = Reader::new(&nothing);
    Config::read_by(&mut reader);
    reader.asked().iter().map(|asked| asked.key).collect()
}

/// Kubernetes tells every container where the services are, also one that is called wederhoor.
fn is_of_kubernetes(key: &str, value: &str) -> bool {
    let rest = &key[PREFIX.len()..];
    rest == "SERVICE_HOST"
        || rest.starts_with("SERVICE_PORT")
        || rest.starts_with("PORT_")
        || (rest == "PORT" && value.contains("://"))
}

/// The known name that the fewest changes of a letter lead to, if they are few.
fn nearest(key: &str, known: &[&'static str]) -> Option<&'static str> {
    let far = (key.len() - PREFIX.len()) / 2;
    let distances = known.iter().map(|name| (distance(key, name), *name));
    let (least, name) = distances.min()?;
    (least <= far).then_some(name)
}

/// How many letters must be put in, left out or changed to make one of the other.
fn distance(one: &str, other: &str) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (done, letter) in one.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = done + 1;
        for (place, wanted) in other.bytes().enumerate() {
            let changed = diagonal + usize::from(letter != wanted);
            diagonal = row[place + 1];
            row[place + 1] = changed.min(row[place] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}
