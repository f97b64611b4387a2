//! Wordings of letters, and what they make of them.

use async_graphql::SimpleObject;
use wederhoor_procedure::{Locale, Text};
use wederhoor_service::{self as service, CONTENT, WordedKind, content_meaning};

use crate::{
    enums::{LetterKind, WordingFaultCode, WordingPart},
    object::people::NamedMember,
    scalar::{Instant, Language},
};

/// A letter in one language, as an organisation can put it in words of its own (*brieftekst*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct LetterWording {
    /// The letter.
    kind: LetterKind,
    /// The language.
    locale: Language,
    /// What can be put in, in braces.
    placeholders: Vec<WordingPlaceholder>,
    /// The program's own words, to begin with.
    original: WordingText,
    /// The organisation's own; `null` where it uses the program's.
    current: Option<OwnWording>,
}

/// Something that is put in where its name stands in braces (*invulveld*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct WordingPlaceholder {
    /// Its name, such as `reference`: in a wording `{reference}`.
    name: String,
    /// What it stands for, in the language of the request.
    meaning: String,
    /// Whether it can stand in the subject too.
    is_for_subject: bool,
    /// Whether the body cannot do without it.
    is_required: bool,
}

/// The words of a letter (*tekst*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct WordingText {
    /// The subject; `null`: the program's own.
    subject: Option<String>,
    /// The text around what the program says; `null`: the program's own.
    body: Option<String>,
}

/// An organisation's own words of a letter (*eigen tekst*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct OwnWording {
    /// The words.
    text: WordingText,
    /// When they were written.
    changed_at: Instant,
    /// Who wrote them.
    changed_by: NamedMember,
    /// Why they are not used: they were written for an earlier version of the program, and the letter goes out in the
    /// program's own. Empty while they are.
    faults: Vec<WordingFault>,
}

/// Something that is wrong with a wording (*fout*).
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct WordingFault {
    /// In which part.
    part: WordingPart,
    /// In which line of it, from 1.
    line: u32,
    /// At which character of the line, from 1.
    column: u32,
    /// A stable code, for programs.
    code: WordingFaultCode,
    /// What is wrong and what to write instead, in the language of the request.
    message: String,
}

/// A letter as it would be (*voorbeeld van een brief*), about a complaint and to a person that do not exist.
#[derive(SimpleObject, Clone, Debug)]
pub(crate) struct LetterPreview {
    /// Its subject; `null` where something is wrong with the wording.
    subject: Option<String>,
    /// Its text; `null` where something is wrong.
    text: Option<String>,
    /// The same in HTML; `null` where something is wrong.
    html: Option<String>,
    /// What is wrong with the wording, the first 20; empty for one that can be kept.
    faults: Vec<WordingFault>,
}

impl LetterWording {
    pub(crate) fn of(wording: service::LetterWording, locale: Locale) -> Self {
        let (subject, body) = (wording.own.subject, wording.own.body);
        Self {
            kind: wording.kind.into(),
            locale: Language(wording.locale),
            placeholders: WordingPlaceholder::all(wording.kind, locale),
            original: WordingText {
                subject: Some(subject),
                body: Some(body),
            },
            current: wording.theirs.map(|kept| OwnWording::of(kept, locale)),
        }
    }
}

impl WordingPlaceholder {
    fn all(kind: WordedKind, locale: Locale) -> Vec<Self> {
        let said = |meaning: Text| meaning.in_locale(locale).to_owned();
        let mut all = vec![Self {
            name: CONTENT.to_owned(),
            meaning: said(content_meaning()),
            is_for_subject: false,
            is_required: true,
        }];
        all.extend(kind.values().iter().map(|value| Self {
            name: value.name().to_owned(),
            meaning: said(value.meaning()),
            is_for_subject: kind.subject_values().any(|one| one == *value),
            is_required: false,
        }));
        all
    }
}

impl OwnWording {
    fn of(kept: service::KeptWording, locale: Locale) -> Self {
        let service::WordingText { subject, body } = kept.text;
        Self {
            text: WordingText { subject, body },
            changed_at: Instant(kept.changed_at),
            changed_by: kept.changed_by.into(),
            faults: WordingFault::all(&kept.faults, locale),
        }
    }
}

impl WordingFault {
    fn all(faults: &[service::WordingFault], locale: Locale) -> Vec<Self> {
        let one = |fault: &service::WordingFault| Self {
            part: fault.part.into(),
            line: fault.line,
            column: fault.column,
            code: fault.code.into(),
            message: fault.advice.in_locale(locale).to_owned(),
        };
        faults.iter().map(one).collect()
    }
}

impl LetterPreview {
    pub(crate) fn of(
        tried: Result<service::Rendered, Vec<service::WordingFault>>,
        locale: Locale,
    ) -> Self {
        let (rendered, faults) = match tried {
            Ok(rendered) => (Some(rendered), Vec::new()),
            Err(faults) => (None, faults),
        };
        let (subject, text, html) = match rendered {
            Some(one) => (Some(one.subject), Some(one.text), Some(one.html)),
            None => (None, None, None),
        };
        Self {
            subject,
            text,
            html,
            faults: WordingFault::all(&faults, locale),
        }
    }
}
