//! What a letter is made of, before it is text or HTML.

/// A part of a letter. All strings are clean: no control characters but `\n` between lines of paragraphs and quotes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Block {
    /// A paragraph, of one line or more.
    Paragraph(String),
    /// Items, one line each.
    List(Vec<String>),
    /// What somebody wrote.
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
    /// From greeting to signature.
    pub blocks: Vec<Block>,
    /// Small print, a line each.
    pub foot: Vec<String>,
}
