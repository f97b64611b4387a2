//! Dates and derivations as a person reads them, in both languages.

use chrono::{Datelike, NaiveDate};

use super::{Derivation, Holiday, PassedOver, Reason, TermUnit, is_weekend};
use crate::Locale;

const MONTHS_NL: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS_NL: [&str; 7] = [
    "maandag",
    "dinsdag",
    "woensdag",
    "donderdag",
    "vrijdag",
    "zaterdag",
    "zondag",
];
const WEEKDAYS_EN: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];

/// `6 maart 2026`, `6 March 2026`.
pub fn date_in_words(day: NaiveDate, locale: Locale) -> String {
    format!("{} {}", day_and_month(day, locale), day.year())
}

/// `vrijdag 6 maart 2026`, `Friday 6 March 2026`.
pub fn date_with_weekday(day: NaiveDate, locale: Locale) -> String {
    format!("{} {}", weekday(day, locale), date_in_words(day, locale))
}

impl Derivation {
    /// The whole derivation as one sentence without a full stop:
    /// `4 weeks from 6 March 2026, ends on Good Friday 3 April, moved to Tuesday 7 April (weekend,
    /// Easter Monday)`. A year is written where it differs from the date before it.
    pub fn in_words(&self, locale: Locale) -> String {
        let (from, ends_on) = match locale {
            Locale::Nl => ("vanaf", "eindigt op"),
            Locale::En => ("from", "ends on"),
        };
        format!(
            "{} {from} {}, {ends_on} {} {}{}",
            self.term.in_words(locale),
            date_in_words(self.start, locale),
            Holiday::on(self.unrolled).map_or_else(
                || weekday(self.unrolled, locale),
                |holiday| holiday.name(locale)
            ),
            date_after(self.start, self.unrolled, locale),
            self.remark(locale),
        )
    }

    /// What happened on the way: days not counted, the move, or that there is none.
    fn remark(&self, locale: Locale) -> String {
        if self.term.unit() == TermUnit::WorkingDay {
            let not_counted = match locale {
                Locale::Nl => "niet meegeteld: ",
                Locale::En => "not counted: ",
            };
            return in_brackets(not_counted, &labels(&self.passed_over, locale));
        }
        if self.has_moved() {
            let moved_to = match locale {
                Locale::Nl => "verschoven naar",
                Locale::En => "moved to",
            };
            return format!(
                ", {moved_to} {} {}{}",
                weekday(self.last_day, locale),
                date_after(self.unrolled, self.last_day, locale),
                in_brackets("", &labels(self.not_yet_named(), locale)),
            );
        }
        let on_a_free_day = is_weekend(self.unrolled) || Holiday::on(self.unrolled).is_some();
        match locale {
            Locale::Nl if on_a_free_day => ", en schuift niet op".to_owned(),
            Locale::En if on_a_free_day => ", and does not move".to_owned(),
            Locale::Nl | Locale::En => String::new(),
        }
    }

    /// The days rolled over, without a holiday on the first, which the sentence has already named.
    fn not_yet_named(&self) -> &[PassedOver] {
        match self.passed_over.split_first() {
            Some((first, rest)) if matches!(first.reason, Reason::Holiday(_)) => rest,
            _ => &self.passed_over,
        }
    }
}

impl Reason {
    /// The reason as it stands in a list, in the plural where it holds for `count` days or weekends.
    pub fn in_words(self, locale: Locale, count: usize) -> &'static str {
        let (one_nl, many_nl, one_en, many_en) = match self {
            Self::Holiday(holiday) => return holiday.name(locale),
            Self::Weekend => ("weekend", "weekenden", "weekend", "weekends"),
            Self::EquatedDay => (
                "dag die als feestdag telt",
                "dagen die als feestdag tellen",
                "day that counts as a holiday",
                "days that count as holidays",
            ),
            Self::ClosingDay => (
                "sluitingsdag",
                "sluitingsdagen",
                "closing day",
                "closing days",
            ),
        };
        match (locale, count) {
            (Locale::Nl, 1) => one_nl,
            (Locale::Nl, _) => many_nl,
            (Locale::En, 1) => one_en,
            (Locale::En, _) => many_en,
        }
    }
}

/// Each reason once, in the order in which it first came; a Saturday and its Sunday are one weekend.
fn labels(days: &[PassedOver], locale: Locale) -> Vec<&'static str> {
    let mut counts: Vec<(Reason, usize)> = Vec::new();
    let mut previous: Option<&PassedOver> = None;
    for day in days {
        let same_weekend = day.reason == Reason::Weekend
            && previous.is_some_and(|before| {
                before.reason == Reason::Weekend && Some(day.on) == before.on.succ_opt()
            });
        match counts.iter_mut().find(|(reason, _)| *reason == day.reason) {
            Some(_) if same_weekend => {}
            Some((_, count)) => *count += 1,
            None => counts.push((day.reason, 1)),
        }
        previous = Some(day);
    }
    counts
        .into_iter()
        .map(|(reason, count)| reason.in_words(locale, count))
        .collect()
}

fn in_brackets(lead: &str, labels: &[&str]) -> String {
    if labels.is_empty() {
        String::new()
    } else {
        format!(" ({lead}{})", labels.join(", "))
    }
}

/// The date without its year where that is the year of the date before it.
fn date_after(before: NaiveDate, day: NaiveDate, locale: Locale) -> String {
    if before.year() == day.year() {
        day_and_month(day, locale)
    } else {
        date_in_words(day, locale)
    }
}

fn day_and_month(day: NaiveDate, locale: Locale) -> String {
    let months = match locale {
        Locale::Nl => MONTHS_NL,
        Locale::En => MONTHS_EN,
    };
    format!("{} {}", day.day(), months[day.month0() as usize])
}

fn weekday(day: NaiveDate, locale: Locale) -> &'static str {
    let names = match locale {
        Locale::Nl => WEEKDAYS_NL,
        Locale::En => WEEKDAYS_EN,
    };
    names[day.weekday().num_days_from_monday() as usize]
}
