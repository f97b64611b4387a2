//! The words: from a typed letter to subject, text and HTML, in Dutch (B1) and English.
//!
//! Pure. Text and HTML are written from the same blocks, so that they never differ. What a complaint says
//! stands in a letter only where the regulation wants the text itself sent, and then only to a proved
//! address; paper has no other way, and quotes it. Everything else is read behind the link.

mod access;
mod block;
mod clean;
mod colour;
mod digest;
mod html;
mod preview;
mod samples;
mod text;
mod wording;
mod words;

#[cfg(test)]
mod tests;

pub use access::{access_link, invitation, password_reset};
pub use digest::{Digest, DigestItem, DigestMeasure, digest};
pub use preview::{Own, own, preview};
use wederhoor_procedure::{
    Locale, MemberId,
    letter::{Letter, Via},
};
pub use wording::{
    CONTENT, Value, WordedKind, Wording, WordingFault, WordingFaultCode, WordingPart,
    content_meaning,
};
pub use words::owed;

use wording::Draft;

/// The organisation that a letter is from.
#[derive(Clone, Copy, Debug)]
pub struct Sender<'a> {
    /// What it is called.
    pub organisation: &'a str,
    /// Its colour, `#rgb` or `#rrggbb`; anything else gives a plain grey.
    pub colour: &'a str,
    /// How it is reached by who has a complaint.
    pub contact: Contact<'a>,
    /// Its own wording of this letter; `None`: the program's.
    pub wording: Option<&'a Wording>,
}

/// What surrounds a letter: who writes, who reads, and the way in.
#[derive(Clone, Copy)]
pub struct Envelope<'a> {
    /// Who writes.
    pub sender: Sender<'a>,
    /// The complaint's reference, e.g. `ABC-2026-0042`.
    pub reference: &'a str,
    /// Who is addressed.
    pub recipient_name: Option<&'a str>,
    /// Where the reader sees the complaint; an address that is not http(s) is left out.
    pub link: Option<&'a str>,
    /// The names of members.
    pub names: &'a dyn Fn(MemberId) -> Option<String>,
    /// Whether the address is proved to be the reader's.
    pub is_verified: bool,
}

/// How an organisation is reached.
#[derive(Clone, Copy, Debug, Default)]
pub struct Contact<'a> {
    /// Its postal address, several lines.
    pub postal_address: Option<&'a str>,
    /// Its telephone number.
    pub telephone: Option<&'a str>,
    /// Its mailbox.
    pub email: Option<&'a str>,
}

/// A letter in words.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Rendered {
    /// One line: the reference and the kind of letter, never what the complaint is about.
    pub subject: String,
    /// Plain text, lines ended by `\n`.
    pub text: String,
    /// The same in HTML, complete, without images or anything to load.
    pub html: String,
}

/// Puts a letter into words.
pub fn render(letter: &Letter, envelope: &Envelope<'_>, locale: Locale) -> Rendered {
    finish(
        words::draft(letter, envelope, locale),
        &envelope.sender,
        locale,
        letter.via,
    )
}

/// Words a letter, and writes both its forms.
fn finish(draft: Draft, sender: &Sender<'_>, locale: Locale, via: Via) -> Rendered {
    let page = draft.worded(sender.wording, locale);
    Rendered {
        text: text::write(&page),
        html: html::write(&page, locale, sender.colour, via),
        subject: page.subject,
    }
}
