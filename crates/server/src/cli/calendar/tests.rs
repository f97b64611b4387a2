#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use super::*;

#[test]
fn a_file_is_read_line_by_line_and_remarks_are_left_out() {
    let text = "\u{feff}# the decree of 2028\n\n2029-05-11  # the day after Ascension\r\n  2029-12-24\n11-05-2029\n2029-02-30\n29-5-11\n";
    let date = |text: &str| text.parse::<NaiveDate>().unwrap();
    let expected = [
        (3, Ok(date("2029-05-11"))),
        (4, Ok(date("2029-12-24"))),
        (5, Err("11-05-2029")),
        (6, Err("2029-02-30")),
        (7, Err("29-5-11")),
    ];
    assert_eq!(lines(text), expected);
}

#[test]
fn every_fault_is_told_with_its_line() {
    let known = InputFault::at(InputCode::Taken, "days.1", "Bekend.", "Known.");
    let without = InputFault::at(
        InputCode::Required,
        "source",
        "Vul dit in.",
        "Fill this in.",
    );
    let empty = InputFault::at(InputCode::Required, "days", "Noem.", "Name one.");
    let numbers = [3, 7];
    assert_eq!(placed(&known, &numbers), (7, "line 7: Known.".to_owned()));
    assert_eq!(
        placed(&no_day(5, "morgen"), &numbers),
        (
            5,
            "line 5: \"morgen\" is no day such as 2029-05-11.".to_owned()
        )
    );
    assert_eq!(
        placed(&without, &numbers),
        (0, "--source: Fill this in.".to_owned())
    );
    assert_eq!(placed(&empty, &numbers), (0, "FILE: Name one.".to_owned()));
}
