//! What a letter is made of, before it is text or HTML.

/// A part of a letter. All strings are clean: no control characters but line breaks in quotes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Block {
    /// A paragraph.
    Paragraph(String),
    /// Items, one line each.
    List(Vec<String>),
    /// What somebody wrote, lines separated by `\n`.
    Quote(String),
    /// The way in.
    Button { label: String, url: String },
}

/// A whole letter.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Page {
    /// The subject, one line.
    pub subject: String,
    /// The organisation and the date, one line.
    pub head: String,
    /// The greeting, one line.
    pub greeting: String,
    /// The letter itself.
    pub blocks: Vec<Block>,
    /// The close, one line.
    pub close: String,
    /// Who signs, one line.
    pub signature: String,
    /// Small print, a line each.
    pub foot: Vec<String>,
}
