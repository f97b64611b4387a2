//! A letter being written: its reader, its language, and what may be quoted in it.

use chrono::NaiveDate;
use wederhoor_procedure::{
    Confidential, Locale, MemberId,
    calendar::date_with_weekday,
    complaint::{Party, Recipient},
    letter::{Letter, Via},
    policy::Basis,
};

use super::say;
use crate::{Envelope, block::Block, clean};

/// Who reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Reader {
    /// The complainant.
    Complainant,
    /// A respondent, or who speaks for the organisation.
    Other,
    /// Who handles, decides or administers.
    Staff,
}

/// How much a text confides, and so where it may stand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Confided {
    /// The regulation wants the text itself sent: to a proved address.
    Sent,
    /// What a reader must know to come: to a proved address.
    Practical,
    /// What is read in the dossier.
    Inside,
}

pub(super) struct Writer<'a> {
    pub letter: &'a Letter,
    pub envelope: &'a Envelope<'a>,
    pub locale: Locale,
    pub reader: Reader,
    pub link: Option<&'a str>,
    pub blocks: Vec<Block>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(letter: &'a Letter, envelope: &'a Envelope<'a>, locale: Locale) -> Self {
        let reader = match letter.key.to {
            Recipient::Party(Party::Complainant) => Reader::Complainant,
            Recipient::Party(_) => Reader::Other,
            Recipient::Member(_) | Recipient::Administration => Reader::Staff,
        };
        Self {
            letter,
            envelope,
            locale,
            reader,
            link: envelope.link.and_then(clean::link),
            blocks: Vec::new(),
        }
    }

    /// Adds a paragraph.
    pub(super) fn p(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph(text.into()));
    }

    /// Adds a list, if there is anything in it.
    pub(super) fn list(&mut self, items: Vec<String>) {
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }

    /// Adds a list under a line of its own.
    pub(super) fn titled(&mut self, title: String, items: Vec<String>) {
        if !items.is_empty() {
            self.p(title);
            self.list(items);
        }
    }

    /// Whether a text may stand in this letter itself.
    pub(super) fn may_show(&self, confided: Confided) -> bool {
        match self.letter.via {
            Via::Print => true,
            Via::Mail => confided != Confided::Inside && self.envelope.is_verified,
        }
    }

    /// Quotes a text where it may stand; else says where it is read. `what` is the text with its article,
    /// at the start of a sentence.
    pub(super) fn quote(&mut self, what: &str, text: &Confidential<String>, confided: Confided) {
        let shown = text.reveal().map(|text| clean::lines(text));
        match shown {
            None => self.p(say!(
                self,
                "{what} is vernietigd.",
                "{what} has been destroyed."
            )),
            Some(text) if self.may_show(confided) && !text.is_empty() => {
                self.p(format!("{what}:"));
                self.blocks.push(Block::Quote(text));
            }
            Some(_) if self.link.is_some() => self.p(say!(
                self,
                "{what} leest u via de link hieronder.",
                "{what} can be read through the link below."
            )),
            Some(_) => self.p(say!(
                self,
                "{what} leest u als u inlogt.",
                "{what} can be read when you log in."
            )),
        }
    }

    /// `dinsdag 7 april 2026`.
    pub(super) fn date(&self, on: NaiveDate) -> String {
        date_with_weekday(on, self.locale)
    }

    /// Names in a row: `Anna en Bram`; `None` when not one is known.
    pub(super) fn names(&self, members: &[MemberId]) -> Option<String> {
        let names: Vec<String> = members
            .iter()
            .filter_map(|id| (self.envelope.names)(*id))
            .map(|name| clean::line(&name))
            .filter(|name| !name.is_empty())
            .collect();
        let and = match self.locale {
            Locale::Nl => "en",
            Locale::En => "and",
        };
        let (last, first) = names.split_last()?;
        Some(if first.is_empty() {
            last.clone()
        } else {
            format!("{} {and} {last}", first.join(", "))
        })
    }

    /// The source in brackets: `(Werkwijze 9)`, `(huisregel)`.
    pub(super) fn cite(&self, basis: &Basis) -> String {
        format!("({})", clean::line(&basis.cite(self.locale)))
    }

    pub(super) fn organisation(&self) -> String {
        clean::line(self.envelope.sender.organisation)
    }
}
