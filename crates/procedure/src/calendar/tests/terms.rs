use super::*;
use crate::Locale;

fn message(text: &str) -> String {
    text.parse::<Term>().unwrap_err().to_string()
}

#[test]
fn a_term_is_an_amount_and_a_unit() {
    for (text, amount, unit) in [
        ("4 weeks", 4, TermUnit::Week),
        ("1 month", 1, TermUnit::Month),
        ("5 working days", 5, TermUnit::WorkingDay),
        ("1 working day", 1, TermUnit::WorkingDay),
        ("10 days", 10, TermUnit::Day),
        (" 2  years ", 2, TermUnit::Year),
        ("1 months", 1, TermUnit::Month),
    ] {
        assert_eq!(text.parse(), Term::new(amount, unit), "{text}");
    }
}

#[test]
fn every_term_survives_its_own_text() {
    for unit in TermUnit::ALL {
        for amount in [1, 2, 3, unit.most()] {
            let term = Term::new(amount, unit).unwrap();
            assert_eq!(term.to_string().parse(), Ok(term));
            let json = serde_json::to_string(&term).unwrap();
            assert_eq!(json, format!("\"{term}\""));
            assert_eq!(serde_json::from_str::<Term>(&json).unwrap(), term);
        }
    }
}

#[test]
fn a_term_stands_in_a_sentence_of_both_languages() {
    for (text, nl, en) in [
        ("1 working day", "1 werkdag", "1 working day"),
        ("5 working days", "5 werkdagen", "5 working days"),
        ("1 day", "1 dag", "1 day"),
        ("4 weeks", "4 weken", "4 weeks"),
        ("1 month", "1 maand", "1 month"),
        ("3 months", "3 maanden", "3 months"),
        ("5 years", "5 jaar", "5 years"),
    ] {
        assert_eq!(term(text).in_words(Locale::Nl), nl);
        assert_eq!(term(text).in_words(Locale::En), en);
    }
}

#[test]
fn what_is_no_term_is_refused_with_what_to_write() {
    for (text, expected) in [
        (
            "",
            "\"\" is not a term: write an amount and a unit, such as \"4 weeks\"",
        ),
        (
            "week",
            "\"week\" is not a term: write an amount and a unit, such as \"4 weeks\"",
        ),
        (
            "four weeks",
            "\"four weeks\" is not a term: write an amount and a unit, such as \"4 weeks\"",
        ),
        (
            "4",
            "\"4\" is not a term: write an amount and a unit, such as \"4 weeks\"",
        ),
        (
            "4weeks",
            "\"4weeks\" is not a term: write an amount and a unit, such as \"4 weeks\"",
        ),
        (
            "0 weeks",
            "a term of 0 weeks would end before it began: write at least \"1 week\"",
        ),
        (
            "-2 working days",
            "a term cannot be negative: write at least \"1 working day\"",
        ),
        (
            "1.5 months",
            "\"1.5\" is not a whole number: write a whole number of a smaller unit, such as \"6 weeks\"",
        ),
        (
            "+1 week",
            "\"+1\" is not a whole number: write a whole number of a smaller unit, such as \"6 weeks\"",
        ),
        (
            "101 years",
            "a term in years is at most 100: write \"100 years\" or less",
        ),
        (
            "99999999999 days",
            "a term in days is at most 36500: write \"36500 days\" or less",
        ),
        (
            "4 weken",
            "\"weken\" is not a unit of a term: write \"weeks\"",
        ),
        (
            "4 Weeks",
            "\"Weeks\" is not a unit of a term: write \"weeks\"",
        ),
        (
            "4 business days",
            "\"business days\" is not a unit of a term: write \"working days\"",
        ),
        (
            "4 moons",
            "\"moons\" is not a unit of a term: write working days, days, weeks, months or years, such as \"4 weeks\"",
        ),
    ] {
        assert_eq!(message(text), expected, "{text}");
    }
}

#[test]
fn a_message_repeats_only_the_beginning_of_a_long_text() {
    assert!(message(&"ë".repeat(10_000)).len() < 200);
    assert!(serde_json::from_str::<Term>("4").is_err());
    assert!(serde_json::from_str::<Term>("\"0 days\"").is_err());
}
