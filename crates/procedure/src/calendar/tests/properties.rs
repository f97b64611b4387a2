use chrono::{Days, TimeDelta};
use proptest::prelude::*;

use super::*;
use crate::Locale;

fn day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..=110_000).prop_map(|days| date("1900-01-01") + Days::new(days))
}

fn any_term() -> impl Strategy<Value = Term> {
    (prop::sample::select(TermUnit::ALL.to_vec()), any::<u16>())
        .prop_map(|(unit, amount)| Term::new(amount % unit.most() + 1, unit).unwrap())
}

fn short_term() -> impl Strategy<Value = Term> {
    (prop::sample::select(TermUnit::ALL.to_vec()), 1_u16..=60)
        .prop_map(|(unit, amount)| Term::new(amount, unit).unwrap())
}

/// Amsterdam, with Good Friday closed or not, and days added within a year of a date.
fn calendar_near(start: NaiveDate) -> impl Strategy<Value = Calendar> {
    let near = prop::collection::vec((0_u64..400).prop_map(move |n| start + Days::new(n)), 0..40);
    (any::<bool>(), near.clone(), near).prop_map(|(closed, equated, closing)| {
        let since = instant("1900-01-01T00:00:00Z");
        let calendar = amsterdam().with_good_friday_closed(closed);
        let calendar = equated.into_iter().fold(calendar, |calendar, day| {
            calendar.with_equated_day(day, since)
        });
        closing.into_iter().fold(calendar, |calendar, day| {
            calendar.with_closing_day(day, since)
        })
    })
}

fn start_and_calendar() -> impl Strategy<Value = (NaiveDate, Calendar)> {
    day().prop_flat_map(|start| (Just(start), calendar_near(start)))
}

fn is_free_by_the_law(calendar: &Calendar, day: NaiveDate) -> bool {
    is_weekend(day) || Holiday::on(day).is_some() || calendar.equated_days().contains_key(&day)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_last_day_comes_after_the_event_and_never_before_the_unrolled_one(
        (start, calendar) in start_and_calendar(), term in any_term(), rolls: bool,
    ) {
        let derivation = calendar.derive(term, start, rolls);
        prop_assert!(derivation.unrolled > start);
        prop_assert!(derivation.last_day >= derivation.unrolled);
        prop_assert_eq!(derivation.ends, calendar.end_of(derivation.last_day));
        for locale in [Locale::Nl, Locale::En] {
            prop_assert!(!derivation.in_words(locale).is_empty());
        }
    }

    #[test]
    fn a_rolled_term_ends_on_the_first_day_it_may(
        (start, calendar) in start_and_calendar(), term in short_term(),
    ) {
        prop_assume!(term.unit() != TermUnit::WorkingDay);
        let derivation = calendar.derive(term, start, true);
        prop_assert!(!is_free_by_the_law(&calendar, derivation.last_day));
        let between: Vec<_> = derivation
            .unrolled
            .iter_days()
            .take_while(|day| *day < derivation.last_day)
            .collect();
        prop_assert!(between.iter().all(|day| is_free_by_the_law(&calendar, *day)));
        let passed: Vec<_> = derivation.passed_over.iter().map(|passed| passed.on).collect();
        prop_assert_eq!(passed, between);
    }

    #[test]
    fn a_term_that_stays_ends_where_it_ends(start in day(), term in short_term()) {
        prop_assume!(term.unit() != TermUnit::WorkingDay);
        let derivation = amsterdam().derive(term, start, false);
        prop_assert!(!derivation.has_moved());
        prop_assert!(derivation.passed_over.is_empty());
    }

    #[test]
    fn a_later_event_never_ends_earlier(
        (start, calendar) in start_and_calendar(), term in short_term(), later in 0_u64..40, rolls: bool,
    ) {
        let first = calendar.derive(term, start, rolls);
        let second = calendar.derive(term, start + Days::new(later), rolls);
        prop_assert!(first.last_day <= second.last_day);
        prop_assert!(first.ends <= second.ends);
    }

    #[test]
    fn a_longer_term_never_ends_earlier(
        (start, calendar) in start_and_calendar(), term in short_term(), rolls: bool,
    ) {
        let longer = Term::new(term.amount() + 1, term.unit()).unwrap();
        let (first, second) = (calendar.derive(term, start, rolls), calendar.derive(longer, start, rolls));
        prop_assert!(first.last_day <= second.last_day);
    }

    #[test]
    fn an_end_is_the_first_instant_after_the_last_day(start in day(), term in short_term(), rolls: bool) {
        // Midnight, but on the days before 1941 on which the clocks were put forward at midnight.
        let derivation = amsterdam().derive(term, start, rolls);
        let on = |instant: DateTime<Utc>| instant.with_timezone(&Tz::Europe__Amsterdam).date_naive();
        let before = derivation.ends - TimeDelta::nanoseconds(1);
        prop_assert_eq!(on(before), derivation.last_day);
        prop_assert_eq!(on(derivation.ends), derivation.last_day + Days::new(1));
    }

    #[test]
    fn working_days_are_counted_one_by_one(
        (start, calendar) in start_and_calendar(), amount in 1_u16..=60, rolls: bool,
    ) {
        let derivation = calendar.derive(Term::new(amount, TermUnit::WorkingDay).unwrap(), start, rolls);
        let mut day = start;
        let (mut worked, mut not_worked) = (0, 0);
        while worked < amount {
            day = day + Days::new(1);
            let good_friday = Holiday::on(day) == Some(Holiday::GoodFriday);
            let holiday = Holiday::on(day).is_some() && (!good_friday || calendar.good_friday_is_closed());
            if holiday || is_weekend(day) || calendar.closing_days().contains_key(&day) {
                not_worked += 1;
            } else {
                worked += 1;
            }
        }
        prop_assert_eq!(derivation.last_day, day);
        prop_assert_eq!(derivation.passed_over.len(), not_worked);
        prop_assert!(calendar.is_working_day(derivation.last_day));
    }

    #[test]
    fn a_derivation_survives_json((start, calendar) in start_and_calendar(), term in short_term(), rolls: bool) {
        let derivation = calendar.derive(term, start, rolls);
        let json = serde_json::to_string(&derivation).unwrap();
        prop_assert_eq!(serde_json::from_str::<Derivation>(&json).unwrap(), derivation);
    }

    #[test]
    fn any_text_is_read_without_panic(text in "\\PC{0,60}") {
        if let Ok(term) = text.parse::<Term>() {
            prop_assert_eq!(term.to_string().parse(), Ok(term));
        }
    }
}
