//! Letters that did not reach their reader.

use async_graphql::{Context, Object};
use wederhoor_service::{LetterRecord, UndeliveredLetter as Known};

use super::letter::Letter;
use crate::{
    connection::connection,
    enums::UndeliveredReason,
    error::{locale, text},
    scalar::Instant,
};

/// A letter that did not reach its reader, with what can be done.
#[derive(Clone)]
pub(crate) struct UndeliveredLetter {
    letter: Letter,
    known: Known,
}

impl UndeliveredLetter {
    /// Letters of one list.
    pub(crate) fn listed(all: Vec<Known>) -> Vec<Self> {
        let records: Vec<LetterRecord> = all.iter().map(|one| one.letter.clone()).collect();
        let letters = Letter::listed(records).into_iter();
        let one = |(letter, known)| Self { letter, known };
        letters.zip(all).map(one).collect()
    }

    fn reason(&self) -> UndeliveredReason {
        let failure = self.known.letter.failure;
        failure.map_or(UndeliveredReason::CameBack, Into::into)
    }
}

/// A letter that came back or was given up (*onbestelbare brief*), and that nothing has made good since.
#[Object]
impl UndeliveredLetter {
    /// The letter: what it is, where it went and what it is about.
    async fn letter(&self) -> &Letter {
        &self.letter
    }

    /// The reference of the complaint that it is about (*kenmerk*); `null` where it is about none.
    async fn reference(&self) -> Option<&str> {
        self.known.reference.as_deref()
    }

    /// What people call who it is for; `null` where nobody knows.
    async fn recipient(&self) -> Option<&str> {
        self.known.reader.as_deref()
    }

    /// When that it did not arrive was known.
    async fn undelivered_at(&self) -> Option<Instant> {
        self.known.letter.undelivered_at.map(Instant)
    }

    /// How often sending it was tried in vain before the last time.
    async fn attempts(&self) -> u32 {
        self.known.letter.attempts
    }

    /// Why it did not arrive.
    #[graphql(name = "reason")]
    async fn why(&self) -> UndeliveredReason {
        self.reason()
    }

    /// The same in plain words, in the language of the request.
    async fn because(&self, ctx: &Context<'_>) -> String {
        let (nl, en) = self.reason().in_words();
        text(nl, en).in_locale(locale(ctx)).to_owned()
    }

    /// Whether `resendLetter` sends it once more. A way in that somebody asked for is asked for again instead.
    async fn can_resend(&self) -> bool {
        self.known.can_resend
    }

    /// Whether it goes on paper once a postal address of its reader is recorded: `recordAddress`.
    async fn can_go_on_paper(&self) -> bool {
        self.known.can_go_on_paper
    }
}

connection!(
    /// Letters that did not reach their reader, oldest first.
    UndeliveredLetterConnection,
    /// A letter that did not reach its reader, in a list.
    UndeliveredLetterEdge,
    UndeliveredLetter
);
