use chrono::NaiveDate;
use wederhoor_service::Entropy;

use super::{BEGINNING, BOOKS, PRESENT, moments, plan::By, read::read, seeded::Seeded};

#[test]
fn every_book_can_be_read_and_is_told_in_the_order_of_time() {
    let books: Vec<_> = BOOKS
        .iter()
        .map(|(slug, text)| read(text).unwrap_or_else(|error| panic!("{slug}: {error:#}")))
        .collect();
    for book in &books {
        assert!(book.stories.len() >= 20, "{}", book.stories.len());
        assert!(book.stories.iter().all(|story| !story.says.is_empty()));
        assert!(book.stories.is_sorted_by_key(|story| story.on));
    }
    let moments = moments(&books);
    assert!(moments.is_sorted_by_key(|moment| moment.at));
    assert!(
        moments
            .iter()
            .all(|moment| BEGINNING < moment.at && moment.at < PRESENT)
    );
}

#[test]
fn what_is_done_after_days_off_is_done_on_the_monday() {
    let text = "== Wie Dan Ook | 2025-07-04 10:00 | form | - | - | -\nWat.\n+1 admin take\n+3 admin take\n";
    let books = [read(text).unwrap()];
    let days: Vec<NaiveDate> = moments(&books)
        .iter()
        .map(|moment| moment.at.date_naive())
        .collect();
    let (friday, monday) = ("2025-07-04".parse().unwrap(), "2025-07-07".parse().unwrap());
    assert_eq!(days, [friday, monday, monday]);
}

#[test]
fn a_line_that_goes_on_belongs_to_the_one_before() {
    let text = "# remark\n== Wie Dan Ook | 2025-07-04 10:00 | post | - | a, b | silent\nEen\n  twee.\n+2 complainant@post/3 object: Nee:\n  niet.\n";
    let book = read(text).unwrap();
    let story = &book.stories[0];
    assert_eq!(
        (story.says.as_str(), story.against.len(), story.comes_in),
        ("Een twee.", 2, false)
    );
    assert!(matches!(story.turns[0].by, By::Via(_, _, 3)));
    assert_eq!(
        format!("{:?}", story.turns[0].does),
        "Object(\"Nee: niet.\")"
    );
}

#[test]
fn a_line_that_cannot_be_understood_is_named() {
    let head = "== Wie Dan Ook | 2025-07-04 10:00 | form | - | - | -\nWat.\n";
    for line in [
        "+x admin take",
        "+1 admin dance",
        "+1 admin hear nobody",
        "+1 admin take one two three",
        "Nog wat.",
        "== Wie",
    ] {
        let error = read(&format!("{head}{line}\n")).unwrap_err();
        assert!(format!("{error:#}").contains("line 3"), "{line}: {error:#}");
    }
}

#[test]
fn the_bytes_are_those_of_split_mix() {
    let mut bytes = [0; 12];
    Seeded::default().fill(&mut bytes);
    assert_eq!(bytes[..8], 0xe220_a839_7b1d_cdaf_u64.to_le_bytes());
    assert_eq!(bytes[8..], 0x6e78_9e6a_a1b9_65f4_u64.to_le_bytes()[..4]);
}
