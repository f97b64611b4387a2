//! One letter of every kind and more, with fictional people: for tests, and for who looks at an example.

mod ending;
mod intake;
mod outcome;
mod staff;
mod way;

use chrono::NaiveDate;
use uuid::Uuid;
use wederhoor_procedure::{
    Confidential, Locale, MemberId, Text,
    complaint::{LetterKey, Party, Recipient},
    deadline::DeadlineKind,
    letter::{Content, DueDay, Letter, NextStage, Stage, Via},
    policy::{Basis, Citation, DeciderKind, DecisionEffect},
};

pub(crate) const ANNA: MemberId = MemberId(Uuid::from_u128(1));
pub(crate) const BRAM: MemberId = MemberId(Uuid::from_u128(2));

pub(crate) const COMPLAINANT: Recipient = Recipient::Party(Party::Complainant);
const RESPONDENT: Recipient = Recipient::Party(Party::Respondent(1));
const REPRESENTATIVE: Recipient = Recipient::Party(Party::Representative);
const DECIDER: Recipient = Recipient::Member(ANNA);
const ADMINISTRATION: Recipient = Recipient::Administration;

/// How complaints are numbered here.
pub(crate) const REFERENCE: &str = "VOORB-2026-0042";
/// Who reads.
pub(crate) const READER: &str = "Kim de Lezer";
/// A way in that leads nowhere.
pub(crate) const LINK: &str = "https://klachten.voorbeeld.example/access#0a1b2c";

/// What members are called.
pub(crate) fn names(member: MemberId) -> Option<String> {
    match member {
        ANNA => Some("Anna de Adviseur".to_owned()),
        BRAM => Some("Bram Beslisser".to_owned()),
        _ => None,
    }
}

/// Who gets it, and what it tells.
type Sample = (Vec<Recipient>, Content);

fn one(reader: Recipient) -> Vec<Recipient> {
    vec![reader]
}

fn both() -> Vec<Recipient> {
    vec![COMPLAINANT, RESPONDENT]
}

fn all() -> Vec<Recipient> {
    vec![COMPLAINANT, RESPONDENT, DECIDER]
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap_or_default()
}

/// Letters by content, each for all who can get it.
pub(crate) fn samples(fill: &Fill) -> Vec<Letter> {
    let sets = [
        intake::samples(fill),
        outcome::samples(fill),
        way::samples(fill),
        ending::samples(fill),
        staff::samples(fill),
    ];
    let each = sets.into_iter().flatten();
    each.flat_map(|(readers, content)| {
        let kind = content.kind();
        readers.into_iter().map(move |to| Letter {
            key: LetterKey { event: 7, kind, to },
            via: Via::Mail,
            locale: None,
            regulation: fill.text("Klachtenregeling trainingen", "Complaints regulation"),
            received_on: day(3, 9),
            written_on: day(3, 20),
            content: content.clone(),
        })
    })
    .collect()
}

/// Texts that samples are filled with.
#[derive(Clone, Debug)]
pub(crate) struct Fill {
    /// Every confided text.
    pub words: String,
    /// Every name in the policy; its own where empty.
    pub name: String,
}

impl Default for Fill {
    fn default() -> Self {
        Self {
            words: "De zaal was te klein.\nEr waren <geen> stoelen & tafels.".to_owned(),
            name: String::new(),
        }
    }
}

impl Fill {
    /// Texts as people could have written them in a language.
    pub(crate) fn example(locale: Locale) -> Self {
        let words = match locale {
            Locale::Nl => "Hier staat de tekst die erbij hoort.",
            Locale::En => "Here stands the text that belongs to it.",
        };
        Self {
            words: words.to_owned(),
            name: String::new(),
        }
    }

    fn words(&self) -> Confidential<String> {
        Confidential::new(self.words.clone())
    }

    fn text(&self, nl: &str, en: &str) -> Text {
        let or = |word: &str| {
            if self.name.is_empty() {
                word.to_owned()
            } else {
                self.name.clone()
            }
        };
        Text {
            nl: or(nl),
            en: or(en),
        }
    }

    fn article(&self) -> Basis {
        Basis::Article(Citation {
            article: self.text("Klachtenprocedure 2", "").nl,
            text: self.text("Binnen 4 weken.", "Within 4 weeks."),
        })
    }

    fn house_rule(&self) -> Basis {
        Basis::HouseRule(self.text("Twee weken.", "Two weeks."))
    }

    fn due(&self, kind: DeadlineKind, on: NaiveDate) -> DueDay {
        let basis = self.article();
        DueDay { kind, on, basis }
    }

    fn first_terms(&self) -> [DueDay; 5] {
        [
            self.due(DeadlineKind::Acknowledgement, day(3, 10)),
            self.due(DeadlineKind::Appointment(0), day(3, 10)),
            self.due(DeadlineKind::LateComplaint, day(3, 23)),
            self.due(DeadlineKind::Contact(0), day(3, 16)),
            self.due(DeadlineKind::Resolution(0), day(4, 6)),
        ]
    }

    fn handler(&self) -> Stage {
        Stage {
            name: self.text("Trainingsadviseur", "Training adviser"),
            decider: DeciderKind::Handler,
            is_first: true,
            effect: None,
        }
    }

    fn manager(&self) -> Stage {
        Stage {
            name: self.text("Leidinggevende", "Manager"),
            decider: DeciderKind::Manager,
            is_first: false,
            effect: Some(DecisionEffect::Final),
        }
    }

    fn to_manager(&self) -> NextStage {
        NextStage {
            stage: self.manager(),
            is_written: true,
            basis: self.article(),
        }
    }

    fn to_arbiter(&self) -> NextStage {
        let stage = Stage {
            name: self.text("Onafhankelijke derde", "Independent third party"),
            decider: DeciderKind::Arbiter,
            is_first: false,
            effect: Some(DecisionEffect::BindingAdvice),
        };
        NextStage {
            stage,
            is_written: false,
            basis: self.article(),
        }
    }
}
