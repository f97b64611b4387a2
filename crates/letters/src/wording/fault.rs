//! What can be wrong with a wording, where, and what to write instead.

use wederhoor_procedure::Text;

use super::{CONTENT, Value};
use crate::clean;

/// The most characters of a subject.
pub(super) const LONGEST_SUBJECT: usize = 150;
/// The most characters of a body.
pub(super) const LONGEST_BODY: usize = 5_000;
/// The most lines of a body.
pub(super) const MOST_LINES: usize = 150;
/// The most values that a body has put in.
pub(super) const MOST_VALUES: usize = 30;

/// Something that is wrong with a wording.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WordingFault {
    /// In which part.
    pub part: WordingPart,
    /// In which line of it, from 1.
    pub line: u32,
    /// At which character of the line, from 1.
    pub column: u32,
    /// What.
    pub code: WordingFaultCode,
    /// What it is and what to write instead.
    pub advice: Text,
}

/// A part of a wording.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WordingPart {
    /// The subject.
    Subject,
    /// The text around what the program says.
    Body,
}

/// What is wrong, for programs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum WordingFaultCode {
    /// There is nothing to read.
    Empty,
    /// It is too long, or has too many lines or placeholders.
    TooLong,
    /// It holds a control character, or a subject a line break.
    ControlCharacter,
    /// It holds a character that shows nothing, or turns the reading direction.
    HiddenCharacter,
    /// A brace is opened and not closed.
    UnclosedBrace,
    /// A brace is closed that was not opened.
    UnopenedBrace,
    /// There is no such placeholder.
    UnknownPlaceholder,
    /// There is such a placeholder, but not here.
    MisplacedPlaceholder,
    /// `{content}` is missing.
    MissingContent,
    /// `{content}` stands there twice.
    DoubledContent,
    /// `{content}` stands beside other words.
    ContentNotAlone,
    /// The subject lacks `{reference}`.
    MissingReference,
}

impl WordingFaultCode {
    /// What it is and what to write instead, where nothing more is known of it.
    pub(super) fn advice(self, part: WordingPart) -> Text {
        let (nl, en) = match (self, part) {
            (Self::TooLong, WordingPart::Subject) => {
                return text(
                    format!("Gebruik hoogstens {LONGEST_SUBJECT} tekens."),
                    format!("Use at most {LONGEST_SUBJECT} characters."),
                );
            }
            (Self::TooLong, WordingPart::Body) => {
                return text(
                    format!(
                        "Gebruik hoogstens {LONGEST_BODY} tekens, {MOST_LINES} regels en {MOST_VALUES} invulvelden."
                    ),
                    format!(
                        "Use at most {LONGEST_BODY} characters, {MOST_LINES} lines and {MOST_VALUES} placeholders."
                    ),
                );
            }
            (Self::ControlCharacter, WordingPart::Subject) => (
                "Schrijf het onderwerp op één regel, zonder tabs of besturingstekens.",
                "Write the subject on one line, without tabs or control characters.",
            ),
            (code, _) => code.in_words(),
        };
        text(nl, en)
    }

    const fn in_words(self) -> (&'static str, &'static str) {
        match self {
            Self::Empty => (
                "Hier staat niets. Laat dit weg als u de tekst van het programma wilt.",
                "There is nothing here. Leave this out if you want the program's own text.",
            ),
            Self::ControlCharacter => (
                "Hier staat een tab of een besturingsteken. Gebruik gewone spaties en regels.",
                "There is a tab or a control character here. Use plain spaces and lines.",
            ),
            Self::HiddenCharacter => (
                "Hier staat een teken dat u niet ziet. Wis dit stuk en typ het opnieuw.",
                "There is a character here that you do not see. Clear this part and type it again.",
            ),
            Self::UnclosedBrace => (
                "Deze accolade wordt niet gesloten. Schrijf bijvoorbeeld {organisation}, of {{ voor een accolade zelf.",
                "This brace is not closed. Write for example {organisation}, or {{ for a brace itself.",
            ),
            Self::UnopenedBrace => (
                "Hier sluit een accolade die niet is geopend. Schrijf }} voor een accolade zelf.",
                "A brace is closed here that was not opened. Write }} for a brace itself.",
            ),
            Self::MissingContent => (
                "Zet {content} op een eigen regel: daar komt wat de brief moet zeggen.",
                "Put {content} on a line of its own: what the letter must say goes there.",
            ),
            Self::DoubledContent => (
                "{content} mag maar één keer. Haal er een weg.",
                "{content} may stand there only once. Take one away.",
            ),
            Self::ContentNotAlone => (
                "Zet {content} op een eigen regel, zonder andere woorden.",
                "Put {content} on a line of its own, without other words.",
            ),
            Self::MissingReference => (
                "Zet {reference} in het onderwerp: daaraan herkent de lezer de klacht.",
                "Put {reference} in the subject: by it the reader knows the complaint.",
            ),
            // These know more, or are said above.
            Self::TooLong | Self::UnknownPlaceholder | Self::MisplacedPlaceholder => ("", ""),
        }
    }
}

/// That there is no such placeholder, with the one that was meant.
pub(super) fn unknown(written: &str, nearest: &str) -> Text {
    let written: String = clean::line(written).chars().take(40).collect();
    if written == nearest {
        return text(
            format!("Schrijf {{{nearest}}} zonder spaties tussen de haken."),
            format!("Write {{{nearest}}} without spaces between the braces."),
        );
    }
    text(
        format!("Het invulveld {{{written}}} bestaat niet. Bedoelt u {{{nearest}}}?"),
        format!("There is no placeholder {{{written}}}. Do you mean {{{nearest}}}?"),
    )
}

/// That a placeholder cannot stand here, and which can.
pub(super) fn misplaced(name: &str, allowed: &[Value], has_content: bool) -> Text {
    let content = has_content.then_some(CONTENT);
    let names = content
        .into_iter()
        .chain(allowed.iter().map(|one| one.name()));
    let names: Vec<String> = names.map(|name| format!("{{{name}}}")).collect();
    let names = names.join(", ");
    text(
        format!("{{{name}}} kan hier niet. U kunt gebruiken: {names}."),
        format!("{{{name}}} cannot stand here. You may use: {names}."),
    )
}

fn text(nl: impl Into<String>, en: impl Into<String>) -> Text {
    Text {
        nl: nl.into(),
        en: en.into(),
    }
}
