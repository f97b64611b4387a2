//! Collects every fault of one input, so that a client learns them all at once.

use async_graphql::ID;
use uuid::Uuid;
use wederhoor_procedure::{Confidential, Text, is_blank};
use wederhoor_service::{
    InputCode, InputFault, ServiceError, fault_of_line, fault_of_text, is_email,
};

use super::shape::{e164, has_control, straight};
use crate::{
    error::text,
    id::{Kind, Opaque, uuid_of},
    scalar::{EmailAddress, PhoneNumber},
};

/// The most characters of a text in which people say what they have to say.
const LONG_TEXT: usize = 20_000;

/// The faults of one input so far. Each method answers with the checked value; after a fault the value means nothing,
/// and [`Check::finish`] does not let it through.
#[derive(Default)]
pub(crate) struct Check {
    prefix: Vec<String>,
    faults: Vec<InputFault>,
}

impl Check {
    /// Looks at the fields within one field of the input.
    pub(crate) fn within<T>(&mut self, field: &str, look: impl FnOnce(&mut Self) -> T) -> T {
        self.prefix.push(field.to_owned());
        let looked = look(self);
        self.prefix.pop();
        looked
    }

    /// A text that must be there: at most 20,000 characters.
    pub(crate) fn words(&mut self, field: &str, words: String) -> Confidential<String> {
        Confidential::new(self.long_text(field, words))
    }

    /// A text that may be left out; an empty one counts as left out.
    pub(crate) fn optional_words(
        &mut self,
        field: &str,
        words: Option<String>,
    ) -> Option<Confidential<String>> {
        let words = words.filter(|words| !is_blank(words))?;
        Some(self.words(field, words))
    }

    /// As [`Check::words`], for what is not confidential. What turns the reading direction is left out of it.
    pub(crate) fn long_text(&mut self, field: &str, words: String) -> String {
        if self.fits(field, &words, LONG_TEXT) && has_control(&words) {
            let words = text(
                "Laat besturingstekens weg.",
                "Leave out control characters.",
            );
            self.fault(InputCode::Malformed, field, words);
        }
        straight(words)
    }

    /// As [`Check::optional_words`], for what is not confidential.
    pub(crate) fn optional_long_text(
        &mut self,
        field: &str,
        words: Option<String>,
    ) -> Option<String> {
        let words = words.filter(|words| !is_blank(words))?;
        Some(self.long_text(field, words))
    }

    /// A name or another single line that must be there: at most 200 characters.
    pub(crate) fn line(&mut self, field: &str, line: &str) -> String {
        let line = line.trim();
        if let Some((code, words)) = fault_of_line(line) {
            self.fault(code, field, words);
        }
        line.to_owned()
    }

    /// A single line that may be empty, where the procedure says whether it is required.
    pub(crate) fn free_line(&mut self, field: &str, line: Option<&str>) -> String {
        match line.map(str::trim).filter(|line| !is_blank(line)) {
            Some(line) => self.line(field, line),
            None => String::new(),
        }
    }

    /// A line that may be left out.
    pub(crate) fn optional_line(&mut self, field: &str, line: Option<&str>) -> Option<String> {
        Some(self.free_line(field, line)).filter(|line| !line.is_empty())
    }

    /// Whether a text is there and not too long; notes what is wrong.
    fn fits(&mut self, field: &str, given: &str, most: usize) -> bool {
        let fault = fault_of_text(given, most);
        let fits = fault.is_none();
        if let Some((code, words)) = fault {
            self.fault(code, field, words);
        }
        fits
    }

    /// An e-mail address that must be there.
    pub(crate) fn email(&mut self, field: &str, email: &EmailAddress) -> String {
        let email = email.0.trim();
        if is_blank(email) {
            self.fault(
                InputCode::Required,
                field,
                text("Vul dit in.", "Fill this in."),
            );
        } else if !is_email(email) {
            let words = text(
                "Dit is geen e-mailadres; schrijf bijvoorbeeld jo@voorbeeld.example.",
                "This is not an e-mail address; write for example jo@voorbeeld.example.",
            );
            self.fault(InputCode::Malformed, field, words);
        }
        email.to_owned()
    }

    /// An e-mail address that may be left out.
    pub(crate) fn optional_email(
        &mut self,
        field: &str,
        email: Option<&EmailAddress>,
    ) -> Option<String> {
        let email = email.filter(|email| !is_blank(&email.0))?;
        Some(self.email(field, email))
    }

    /// A telephone number that may be left out, in E.164.
    pub(crate) fn optional_phone(
        &mut self,
        field: &str,
        number: Option<&PhoneNumber>,
    ) -> Option<String> {
        let number = number
            .map(|number| number.0.trim())
            .filter(|number| !is_blank(number))?;
        let bare = e164(number);
        if bare.is_none() {
            let words = text(
                "Schrijf het nummer met landnummer, bijvoorbeeld +31201234567.",
                "Write the number with its country, for example +31201234567.",
            );
            self.fault(InputCode::Malformed, field, words);
        }
        bare
    }

    /// An id of one kind; for any other text the answer is as for what does not exist.
    pub(crate) fn id<T: Opaque>(&mut self, field: &str, id: &ID) -> T {
        T::from_uuid(self.uuid(field, T::KIND, id))
    }

    /// An id that may be left out.
    pub(crate) fn optional_id<T: Opaque>(&mut self, field: &str, id: Option<&ID>) -> Option<T> {
        id.map(|id| self.id(field, id))
    }

    /// Ids, each with its place in the list.
    pub(crate) fn ids<T: Opaque>(&mut self, field: &str, ids: &[ID]) -> Vec<T> {
        self.at_most(field, ids.len(), 100);
        let one = |(place, id): (usize, &ID)| {
            self.within(field, |check| check.id(&place.to_string(), id))
        };
        ids.iter().take(100).enumerate().map(one).collect()
    }

    /// The UUID of an id of one kind.
    pub(crate) fn uuid(&mut self, field: &str, kind: Kind, id: &ID) -> Uuid {
        let found = uuid_of(kind, id);
        if found.is_none() {
            self.fault(
                InputCode::Unknown,
                field,
                text("Dit is hier niet bekend.", "This is not known here."),
            );
        }
        found.unwrap_or_default()
    }

    /// A whole number within bounds.
    pub(crate) fn number<T: TryFrom<i32> + Default>(&mut self, field: &str, number: i32) -> T {
        let found = T::try_from(number).ok();
        if found.is_none() {
            let words = text(
                "Dit getal kan hier niet.",
                "This number is out of bounds here.",
            );
            self.fault(InputCode::Malformed, field, words);
        }
        found.unwrap_or_default()
    }

    /// A version of a complaint, which may be left out.
    pub(crate) fn version(&mut self, field: &str, version: Option<i32>) -> Option<u32> {
        let found = version
            .map(u32::try_from)?
            .ok()
            .filter(|version| *version > 0);
        if found.is_none() {
            let words = text(
                "Een versie is een getal vanaf 1, zoals de klacht het zelf noemt. Laat dit weg als u geen versie zag.",
                "A version is a number from 1, as the complaint itself tells it. Leave this out if you saw none.",
            );
            self.fault(InputCode::Malformed, field, words);
        }
        found
    }

    /// How many things a list may hold.
    pub(crate) fn at_most(&mut self, field: &str, count: usize, most: usize) {
        if count > most {
            let words = Text {
                nl: format!("Noem er hoogstens {most}."),
                en: format!("Name at most {most}."),
            };
            self.fault(InputCode::TooLong, field, words);
        }
    }

    /// Notes a fault.
    pub(crate) fn fault(&mut self, code: InputCode, field: &str, message: Text) {
        let mut path = self.prefix.clone();
        path.push(field.to_owned());
        self.faults.push(InputFault {
            code,
            path,
            message,
        });
    }

    /// The faults, where more is to be found than they say.
    pub(crate) fn into_faults(self) -> Vec<InputFault> {
        self.faults
    }

    /// The value with the faults, where more is to be found than they say.
    pub(crate) fn with_faults<T>(self, value: T) -> (T, Vec<InputFault>) {
        (value, self.faults)
    }

    /// The value, unless there were faults.
    ///
    /// # Errors
    /// All faults that were found.
    pub(crate) fn finish<T>(self, value: T) -> Result<T, ServiceError> {
        if self.faults.is_empty() {
            Ok(value)
        } else {
            Err(ServiceError::Invalid(self.faults))
        }
    }
}

#[cfg(test)]
mod tests;
