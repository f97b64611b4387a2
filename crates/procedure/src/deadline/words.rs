//! A deadline as a person reads how it came about.

use super::Deadline;
use crate::{
    calendar::{date_in_words, date_with_weekday},
    locale::Locale,
};

impl Deadline {
    /// How the last day that holds came about, as a sentence without a full stop.
    pub fn in_words(&self, locale: Locale) -> String {
        let mut words = self.derivation.in_words(locale);
        if let Some(back) = self.came_back_on {
            let (back, from) = (
                date_in_words(back, locale),
                date_in_words(self.derivation.start, locale),
            );
            let more = match locale {
                Locale::Nl => {
                    format!("; de brief kwam terug op {back} en telt daarom pas vanaf {from}")
                }
                Locale::En => {
                    format!("; the letter came back on {back}, and so counts only from {from}")
                }
            };
            words += &more;
        }
        if self.due_on > self.derivation.last_day {
            let day = date_with_weekday(self.due_on, locale);
            let more = match locale {
                Locale::Nl => format!("; de latere dag die is toegezegd geldt: {day}"),
                Locale::En => format!("; the later day that was promised holds: {day}"),
            };
            words += &more;
        }
        words
    }
}
