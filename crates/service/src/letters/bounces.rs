//! Letters of which whoever carries them says that they came back, by the `Message-ID` under which they went out.

use uuid::Uuid;
use wederhoor_store::{LetterChannel, LetterFailure, LetterStatus};

use super::LetterRecord;
use crate::{Request, ServiceError, address::in_ascii};

/// How much of what is said of a bounce is kept, in characters.
const KEPT: usize = 300;

/// What somebody says that came back.
#[derive(Clone)]
pub struct Bounce {
    /// The `Message-ID` of the letter, between `<` and `>` or not.
    pub message_id: String,
    /// To which address it went, where that is said.
    pub recipient: Option<String>,
    /// Why, in the words of whoever could not deliver it.
    pub reason: Option<String>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BounceFate {
    /// It is known from now on, with all that follows.
    Reported,
    /// It was known already.
    KnownAlready,
    /// The letter has not gone out yet, or goes out again.
    NotSent,
    /// The letter goes to another address than this one.
    Elsewhere,
    /// The organisation has no letter of this id, or has destroyed it.
    Unknown,
}

/// Who may say which letters of one organisation came back.
pub struct BounceReporter {
    request: Request,
}

impl BounceReporter {
    pub(crate) const fn new(request: Request) -> Self {
        Self { request }
    }

    /// Notes what came back, one after the other, as when the mail server refuses it. What is said again changes nothing.
    ///
    /// # Errors
    /// `Unavailable`, `Conflict`: some may have been noted by then; all can be said again.
    pub async fn report(&self, bounces: &[Bounce]) -> Result<Vec<BounceFate>, ServiceError> {
        let mut fates = Vec::with_capacity(bounces.len());
        for bounce in bounces {
            fates.push(Box::pin(self.report_one(bounce)).await?);
        }
        self.request.finish().await;
        Ok(fates)
    }

    async fn report_one(&self, bounce: &Bounce) -> Result<BounceFate, ServiceError> {
        let letter = self.letter(&bounce.message_id).await?;
        // Of a letter that was destroyed with its dossier the address is gone.
        let addressed = letter.and_then(|one| Some((one.draft.to_address.clone()?, one)));
        let Some((goes_to, letter)) = addressed else {
            return Ok(BounceFate::Unknown);
        };
        match letter.status {
            LetterStatus::Sent | LetterStatus::Delivered => {}
            LetterStatus::Failed => return Ok(BounceFate::KnownAlready),
            LetterStatus::Pending | LetterStatus::Withdrawn | LetterStatus::Posted => {
                return Ok(BounceFate::NotSent);
            }
        }
        let is_other = |said: &String| mailed(said) != mailed(&goes_to);
        if bounce.recipient.as_ref().is_some_and(is_other) {
            return Ok(BounceFate::Elsewhere);
        }
        let said = bounce.reason.as_deref().unwrap_or("no reason was given");
        let why: String = said.chars().take(KEPT).collect();
        let failure = (LetterFailure::CameBack, &*why);
        self.request.note(&letter, Some(failure)).await?;
        Ok(BounceFate::Reported)
    }

    /// The letter of the organisation that went out by mail under this id.
    async fn letter(&self, message_id: &str) -> Result<Option<LetterRecord>, ServiceError> {
        let bare = message_id.trim();
        let bare = bare.strip_prefix('<').unwrap_or(bare);
        let (local, _) = bare.split_once('@').unwrap_or((bare, ""));
        let Ok(id) = Uuid::try_parse(local) else {
            return Ok(None);
        };
        let reading = self.request.reading().await?;
        let letter = reading.tx.letter(id).await?;
        Ok(letter.filter(|one| one.draft.channel == LetterChannel::Mail))
    }
}

/// An address as mail servers tell two of them apart, between `<` and `>` or not.
fn mailed(address: &str) -> String {
    let address = address.trim().trim_matches(['<', '>']);
    let address = address.trim_end_matches('.');
    let known = in_ascii(address).unwrap_or_else(|| address.to_owned());
    known.to_ascii_lowercase()
}
