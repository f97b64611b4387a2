//! The organisation's own wordings: written, listed, tried out, and used whenever a letter is written.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use serde_json::json;
use wederhoor_letters::{
    Contact, Own, Rendered, Sender, WordedKind, Wording, WordingFault, WordingFaultCode,
    WordingPart, own, preview,
};
use wederhoor_procedure::{Locale, MemberId, actor::Role};
use wederhoor_store::{AccountEvent, ReadTx, WordingRecord};

use crate::{
    InputCode, InputFault, Request, ServiceError, Tenant,
    attempt::{Attempt, commit, until_first},
    repetition::Begun,
};

/// A text of somebody's own for a letter; a part that is left out stays the program's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordingText {
    /// The subject.
    pub subject: Option<String>,
    /// The text around what the program says.
    pub body: Option<String>,
}

/// A letter in one language, as it can be and is worded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterWording {
    /// The letter.
    pub kind: WordedKind,
    /// The language.
    pub locale: Locale,
    /// The program's own words.
    pub own: Own,
    /// The organisation's; `None` where it has none.
    pub theirs: Option<KeptWording>,
}

/// A wording as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptWording {
    /// What it says.
    pub text: WordingText,
    /// When it was written.
    pub changed_at: DateTime<Utc>,
    /// Who wrote it.
    pub changed_by: MemberId,
    /// Why it is not used any more; empty while it is.
    pub faults: Vec<WordingFault>,
}

/// The wordings of letters that are being written, read once for all of them.
#[derive(Default)]
pub(crate) struct Wordings(HashMap<(String, Locale), Wording>);

impl WordingText {
    fn read(&self, kind: WordedKind) -> Result<Wording, Vec<WordingFault>> {
        Wording::parse(kind, self.subject.as_deref(), self.body.as_deref())
    }

    fn of(record: &WordingRecord) -> Self {
        Self {
            subject: record.subject.clone(),
            body: record.body.clone(),
        }
    }
}

impl Wordings {
    /// Those of these kinds, in one statement. One that cannot be read any more is left out: its letter goes out in the
    /// program's own words.
    pub(crate) async fn read(
        tx: &ReadTx,
        kinds: impl IntoIterator<Item = WordedKind>,
    ) -> Result<Self, ServiceError> {
        let kinds: HashMap<&str, WordedKind> =
            kinds.into_iter().map(|kind| (kind.code(), kind)).collect();
        if kinds.is_empty() {
            return Ok(Self::default());
        }
        let codes: Vec<&str> = kinds.keys().copied().collect();
        let mut all = HashMap::new();
        for record in tx.wordings(Some(&codes)).await? {
            let Some(kind) = kinds.get(record.kind.as_str()) else {
                continue;
            };
            if let Ok(wording) = WordingText::of(&record).read(*kind) {
                all.insert((record.kind, record.locale), wording);
            } else {
                tracing::warn!(
                    tenant = %tx.tenant(),
                    kind = kind.code(),
                    locale = ?record.locale,
                    "a wording cannot be read any more: the letter goes out in the program's own words"
                );
            }
        }
        Ok(Self(all))
    }

    /// Who writes this letter, and in whose words.
    pub(crate) fn sender<'a>(
        &'a self,
        tenant: &'a Tenant,
        kind: WordedKind,
        locale: Locale,
    ) -> Sender<'a> {
        let wording = self.0.get(&(kind.code().to_owned(), locale));
        sender(tenant, wording)
    }
}

fn sender<'a>(tenant: &'a Tenant, wording: Option<&'a Wording>) -> Sender<'a> {
    let contact = &tenant.settings.contact;
    Sender {
        organisation: &tenant.name,
        colour: &tenant.settings.colour,
        contact: Contact {
            postal_address: contact.postal_address.as_deref(),
            telephone: contact.telephone.as_deref(),
            email: contact.email.as_deref(),
        },
        wording,
    }
}

impl Request {
    /// Every letter in every language: as it can be worded, and as the caller's organisation words it; of one kind, in one
    /// language, where these are named.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an administrator.
    pub async fn letter_wordings(
        &self,
        kind: Option<WordedKind>,
        locale: Option<Locale>,
    ) -> Result<Vec<LetterWording>, ServiceError> {
        self.require_role(Role::Administrator)?;
        let kept = self.reading().await?.tx.wordings(None).await?;
        let kinds = WordedKind::all().filter(|one| kind.is_none_or(|kind| kind == *one));
        let each = kinds.flat_map(|kind| [(kind, Locale::Nl), (kind, Locale::En)]);
        let each = each.filter(|(_, one)| locale.is_none_or(|locale| locale == *one));
        let all = each.map(|(kind, locale)| {
            let is_it = |one: &&WordingRecord| one.kind == kind.code() && one.locale == locale;
            LetterWording {
                kind,
                locale,
                own: own(kind, locale),
                theirs: kept
                    .iter()
                    .find(is_it)
                    .map(|one| KeptWording::of(kind, one)),
            }
        });
        Ok(all.collect())
    }

    /// Puts a letter of the caller's organisation in these words, in place of those it had.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an administrator; `RecentSignInRequired`; `Invalid` with every fault.
    pub async fn set_letter_wording(
        &self,
        kind: WordedKind,
        locale: Locale,
        text: &WordingText,
    ) -> Result<LetterWording, ServiceError> {
        self.require_role(Role::Administrator)?;
        self.require_recent()?;
        ServiceError::unless_faultless(&faults_of(kind, text), &[])?;
        until_first(|| self.set_wording_once(kind, locale, text)).await?;
        self.letter_wording(kind, locale).await
    }

    async fn set_wording_once(
        &self,
        kind: WordedKind,
        locale: Locale,
        text: &WordingText,
    ) -> Result<(), Attempt> {
        let what = (kind, locale, text);
        let tx = match self.begin(AccountEvent::LetterWordingSet, &what).await? {
            Begun::First(tx) => tx,
            Begun::Repeated(_) => return Ok(()),
        };
        tx.write_wording(WordingRecord {
            kind: kind.code().to_owned(),
            locale,
            subject: text.subject.clone(),
            body: text.body.clone(),
            changed_at: self.service().real_now(),
            changed_by: self.person()?.member,
        })
        .await?;
        self.remember(&tx, &json!(null)).await?;
        commit(tx).await
    }

    /// Puts a letter of the caller's organisation back in the program's own words.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an administrator; `RecentSignInRequired`; `NotFound` where it has none of its own.
    pub async fn reset_letter_wording(
        &self,
        kind: WordedKind,
        locale: Locale,
    ) -> Result<LetterWording, ServiceError> {
        self.require_role(Role::Administrator)?;
        self.require_recent()?;
        until_first(|| self.reset_wording_once(kind, locale)).await?;
        self.letter_wording(kind, locale).await
    }

    async fn reset_wording_once(&self, kind: WordedKind, locale: Locale) -> Result<(), Attempt> {
        let what = (kind, locale);
        let tx = match self.begin(AccountEvent::LetterWordingReset, &what).await? {
            Begun::First(tx) => tx,
            Begun::Repeated(_) => return Ok(()),
        };
        if !tx.delete_wording(kind.code(), locale).await? {
            return Err(ServiceError::NotFound.into());
        }
        self.remember(&tx, &json!(null)).await?;
        commit(tx).await
    }

    async fn letter_wording(
        &self,
        kind: WordedKind,
        locale: Locale,
    ) -> Result<LetterWording, ServiceError> {
        let one = self.letter_wordings(Some(kind), Some(locale)).await?.pop();
        one.ok_or(ServiceError::NotFound)
    }

    /// An example of a letter from the caller's organisation, with fictional people, in these words; `None`: in those in which
    /// it is written now. Or all that is wrong with the words.
    ///
    /// # Errors
    /// `NotAllowed` for anyone but an administrator.
    pub async fn preview_letter(
        &self,
        kind: WordedKind,
        locale: Locale,
        text: Option<&WordingText>,
    ) -> Result<Result<Rendered, Vec<WordingFault>>, ServiceError> {
        self.require_role(Role::Administrator)?;
        let tenant: Arc<Tenant> = self.tenant().await?;
        let Some(text) = text else {
            let kept = Wordings::read(&self.reading().await?.tx, [kind]).await?;
            let sender = kept.sender(&tenant, kind, locale);
            return Ok(Ok(preview(kind, &sender, locale)));
        };
        let tried = text.read(kind);
        Ok(tried.map(|wording| preview(kind, &sender(&tenant, Some(&wording)), locale)))
    }
}

impl KeptWording {
    fn of(kind: WordedKind, record: &WordingRecord) -> Self {
        let text = WordingText::of(record);
        Self {
            faults: text.read(kind).err().unwrap_or_default(),
            text,
            changed_at: record.changed_at,
            changed_by: record.changed_by,
        }
    }
}

/// What is wrong with a wording that is to be kept: one that says nothing is none.
fn faults_of(kind: WordedKind, text: &WordingText) -> Vec<InputFault> {
    if text.subject.is_none() && text.body.is_none() {
        let (nl, en) = (
            "Schrijf een onderwerp of een tekst. Wilt u de tekst van het programma? Gebruik dan resetLetterWording.",
            "Write a subject or a body. Do you want the program's own words? Then use resetLetterWording.",
        );
        return vec![InputFault::at(InputCode::Required, "body", nl, en)];
    }
    let faults = text.read(kind).err().unwrap_or_default();
    faults.iter().map(fault).collect()
}

/// With its place, for who sees no more than the words.
fn fault(fault: &WordingFault) -> InputFault {
    let WordingFault {
        line,
        column,
        advice,
        ..
    } = fault;
    let path = match fault.part {
        WordingPart::Subject => "subject",
        WordingPart::Body => "body",
    };
    let code = match fault.code {
        WordingFaultCode::Empty
        | WordingFaultCode::MissingContent
        | WordingFaultCode::MissingReference => InputCode::Required,
        WordingFaultCode::TooLong => InputCode::TooLong,
        WordingFaultCode::UnknownPlaceholder => InputCode::Unknown,
        WordingFaultCode::DoubledContent
        | WordingFaultCode::ContentNotAlone
        | WordingFaultCode::MisplacedPlaceholder
        | WordingFaultCode::ControlCharacter
        | WordingFaultCode::HiddenCharacter
        | WordingFaultCode::UnclosedBrace
        | WordingFaultCode::UnopenedBrace => InputCode::Malformed,
    };
    let nl = format!("Regel {line}, teken {column}: {}", advice.nl);
    let en = format!("Line {line}, character {column}: {}", advice.en);
    InputFault::at(code, path, &nl, &en)
}
