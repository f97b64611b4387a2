use serde::{Deserialize, Serialize};

use super::{Confidential, empty};

#[derive(PartialEq, Debug, Serialize, Deserialize)]
struct Note {
    author: String,
    /// A key of the same name is no content where the value stands beside others.
    confidential: bool,
    lines: Vec<Confidential<String>>,
}

#[test]
fn what_was_confided_goes_and_the_rest_stays() {
    let note = |lines| Note {
        author: "Anna".to_owned(),
        confidential: true,
        lines,
    };
    let whole = note(vec![Confidential::new("one".to_owned())]);
    let mut left = serde_json::to_value(&whole).unwrap();
    empty(&mut left);
    let left: Note = serde_json::from_value(left).unwrap();
    assert_eq!(left.lines[0].reveal(), None);
    assert_eq!(left, note(left.lines.clone()));
}
