//! Wordings of letters.

use async_graphql::Enum;

/// A part of a wording (*deel van een brieftekst*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "wederhoor_service::WordingPart")]
pub(crate) enum WordingPart {
    /// The subject (*onderwerp*).
    Subject,
    /// The text around what the program says (*tekst*).
    Body,
}

/// What is wrong with a wording (*fout in een brieftekst*). Codes are stable.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "wederhoor_service::WordingFaultCode")]
pub(crate) enum WordingFaultCode {
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
    /// There is such a placeholder, but it cannot stand there.
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
