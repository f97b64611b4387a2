//! What is told of a letter that came back: what rested on it, and whether it goes again.

/// What rests on the delivery of a letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Rested {
    /// Terms begin with it.
    Terms,
    /// It confirms receipt.
    Confirmation,
    /// It makes a decision known, which stands all the same.
    Knowledge,
    /// It proposes a solution, which is not proposed without it.
    Proposal,
    /// It answers a reaction, which is not answered without it.
    Answer,
}

/// Whether a letter that came back goes again by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Retry {
    /// At once, by e-mail to another address that is known.
    ElsewhereByMail,
    /// At once, on paper to the postal address that is known.
    ElsewhereOnPaper,
    /// By e-mail after a week, every known address having failed.
    ByMail,
    /// On paper after a week, every known address having failed.
    OnPaper,
    /// It does not.
    Never,
}
