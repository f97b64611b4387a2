use super::*;
use crate::Locale;

#[track_caller]
fn assert_reads(derivation: &Derivation, nl: &str, en: &str) {
    assert_eq!(derivation.in_words(Locale::Nl), nl);
    assert_eq!(derivation.in_words(Locale::En), en);
}

#[test]
fn a_term_that_ends_on_good_friday_tells_its_way_over_easter() {
    assert_reads(
        &derive("4 weeks", "2026-03-06", true),
        "4 weken vanaf 6 maart 2026, eindigt op Goede Vrijdag 3 april, verschoven naar dinsdag 7 april (weekend, tweede paasdag)",
        "4 weeks from 6 March 2026, ends on Good Friday 3 April, moved to Tuesday 7 April (weekend, Easter Monday)",
    );
}

#[test]
fn a_term_that_ends_in_a_weekend_says_so() {
    assert_reads(
        &derive("1 month", "2026-01-31", true),
        "1 maand vanaf 31 januari 2026, eindigt op zaterdag 28 februari, verschoven naar maandag 2 maart (weekend)",
        "1 month from 31 January 2026, ends on Saturday 28 February, moved to Monday 2 March (weekend)",
    );
}

#[test]
fn a_single_holiday_is_named_once() {
    assert_reads(
        &derive("1 month", "2026-03-27", true),
        "1 maand vanaf 27 maart 2026, eindigt op Koningsdag 27 april, verschoven naar dinsdag 28 april",
        "1 month from 27 March 2026, ends on King's Day 27 April, moved to Tuesday 28 April",
    );
}

#[test]
fn a_year_is_written_where_it_changes() {
    assert_reads(
        &derive("1 month", "2025-12-01", true),
        "1 maand vanaf 1 december 2025, eindigt op nieuwjaarsdag 1 januari 2026, verschoven naar maandag 5 januari (dag die als feestdag telt, weekend)",
        "1 month from 1 December 2025, ends on New Year's Day 1 January 2026, moved to Monday 5 January (day that counts as a holiday, weekend)",
    );
    assert_reads(
        &derive("5 years", "2024-02-29", false),
        "5 jaar vanaf 29 februari 2024, eindigt op woensdag 28 februari 2029",
        "5 years from 29 February 2024, ends on Wednesday 28 February 2029",
    );
}

#[test]
fn a_term_that_stays_on_a_free_day_says_that_it_does() {
    assert_reads(
        &derive("4 weeks", "2026-03-09", false),
        "4 weken vanaf 9 maart 2026, eindigt op tweede paasdag 6 april, en schuift niet op",
        "4 weeks from 9 March 2026, ends on Easter Monday 6 April, and does not move",
    );
}

#[test]
fn a_plain_term_is_a_plain_sentence() {
    assert_reads(
        &derive("4 weeks", "2026-06-03", true),
        "4 weken vanaf 3 juni 2026, eindigt op woensdag 1 juli",
        "4 weeks from 3 June 2026, ends on Wednesday 1 July",
    );
}

#[test]
fn working_days_tell_what_did_not_count() {
    assert_reads(
        &derive("5 working days", "2026-03-30", false),
        "5 werkdagen vanaf 30 maart 2026, eindigt op dinsdag 7 april (niet meegeteld: weekend, tweede paasdag)",
        "5 working days from 30 March 2026, ends on Tuesday 7 April (not counted: weekend, Easter Monday)",
    );
    assert_reads(
        &derive("1 working day", "2026-03-02", false),
        "1 werkdag vanaf 2 maart 2026, eindigt op dinsdag 3 maart",
        "1 working day from 2 March 2026, ends on Tuesday 3 March",
    );
}

#[test]
fn what_did_not_count_more_than_once_is_told_once() {
    let since = instant("2026-01-01T00:00:00Z");
    let calendar = amsterdam()
        .with_closing_day(date("2026-07-14"), since)
        .with_closing_day(date("2026-07-15"), since);
    assert_reads(
        &calendar.derive(term("10 working days"), date("2026-07-03"), false),
        "10 werkdagen vanaf 3 juli 2026, eindigt op dinsdag 21 juli (niet meegeteld: weekenden, sluitingsdagen)",
        "10 working days from 3 July 2026, ends on Tuesday 21 July (not counted: weekends, closing days)",
    );
}

#[test]
fn dates_are_written_out() {
    let day = date("2026-03-06");
    assert_eq!(date_in_words(day, Locale::Nl), "6 maart 2026");
    assert_eq!(date_in_words(day, Locale::En), "6 March 2026");
    assert_eq!(date_with_weekday(day, Locale::Nl), "vrijdag 6 maart 2026");
    assert_eq!(date_with_weekday(day, Locale::En), "Friday 6 March 2026");
}
