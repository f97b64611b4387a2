//! Which letters have still to reach their reader, and where they go for that.

use chrono::{DateTime, Utc};

use super::{Complaint, Delivery, LetterKey, LetterKind, Party, Recipient};

impl Complaint {
    /// What is known of a letter's delivery, and the key it is known under: every copy of it belongs to the first letter.
    pub fn delivery(&self, letter: &LetterKey) -> Option<(LetterKey, &Delivery)> {
        let is_same = |first: &&LetterKey| (first.kind, first.to) == (letter.kind, letter.to);
        let first = self.copies.get(&letter.event).filter(is_same);
        let first = *first.unwrap_or(letter);
        Some((first, self.deliveries.get(&first)?))
    }

    /// The key under which the copy of a letter is known that is on its way, by the key of the first.
    pub fn last_copy(&self, letter: LetterKey) -> LetterKey {
        let delivery = self.deliveries.get(&letter);
        let event = delivery.map_or(letter.event, |one| one.copy_of(letter.event));
        LetterKey { event, ..letter }
    }

    /// Since when a letter that has not reached its reader is to go to another address that is known: it came back, or went to
    /// a mailbox that has been left since.
    pub(crate) fn goes_elsewhere(&self, delivery: &Delivery) -> Option<DateTime<Utc>> {
        let reach = self.reach(Party::Complainant);
        let (_, since) = reach.working().filter(|(place, _)| *place != delivery.to)?;
        let is_left = delivery.sent_at.is_some() && !reach.knows(delivery.to);
        let left = is_left.then_some(since);
        let due = delivery
            .returned_at
            .map(|returned| returned.max(since))
            .or(left);
        due.filter(|_| delivery.counts_from().is_none())
    }

    /// Whether what a letter says still holds. A notice does not once its way is reversed, taken or left; a response once it is
    /// replaced; the answer to a reaction once another followed; a text to sign once it is replaced or answered, or people closed
    /// the complaint; a confirmation once another followed, or the handler whom it names has gone.
    pub fn letter_holds(&self, letter: &LetterKey) -> bool {
        let mut rounds = self.rounds.iter();
        let is_left = self.closure.is_some_and(|closure| !closure.by_clock);
        match letter.kind {
            LetterKind::WayNotice => {
                let way = self.round().way.as_ref();
                !is_left && way.is_some_and(|way| way.letter == *letter)
            }
            LetterKind::SolutionForSignOff if letter.is_tracked() => {
                let text = self.solution.as_ref();
                let stands = text.is_some_and(|text| text.event == letter.event);
                let delivery = self.deliveries.get(letter);
                let is_answered = delivery.is_some_and(|one| one.answered_at.is_some());
                !is_left && stands && !is_answered
            }
            LetterKind::ReactionAnswer if letter.is_tracked() => {
                let response = self.round().response.as_ref();
                !is_left && response.is_some_and(|response| response.answer == Some(*letter))
            }
            LetterKind::Response => rounds.any(|round| {
                let response = round.response.as_ref();
                response.is_some_and(|response| response.letter == *letter)
            }),
            LetterKind::Confirmation | LetterKind::HandlerNamed => {
                let last = self.confirmations.last();
                let names_nobody = letter.kind == LetterKind::HandlerNamed
                    && rounds.next().is_some_and(|first| first.bench.is_vacant());
                !names_nobody && last.is_some_and(|last| last.letter == *letter)
            }
            _ => true,
        }
    }

    /// Whether a letter must still reach its reader: it says what holds, and the complaint is open. A decision that
    /// ended the complaint must reach its reader all the same.
    pub fn letter_is_owed(&self, letter: &LetterKey) -> bool {
        let is_owed = self.is_open() || letter.kind == LetterKind::Decision;
        is_owed && self.destroyed_at.is_none() && self.letter_holds(letter)
    }

    /// The letters whose delivery still matters, with what is known of it.
    pub(crate) fn letters_owed(&self) -> impl Iterator<Item = (&LetterKey, &Delivery)> {
        let letters = self.deliveries.iter();
        letters.filter(|(letter, _)| self.letter_is_owed(letter))
    }

    /// Since when a letter on which nothing rests is to go to another address that is known: it came back, and still says what
    /// its reader should know.
    pub(crate) fn lost_goes_elsewhere(&self, letter: &LetterKey) -> Option<DateTime<Utc>> {
        let lost = self.lost.get(letter).filter(|lost| !lost.is_redirected)?;
        let Recipient::Party(party) = letter.to else {
            return None;
        };
        let (_, since) = self.reach(party).working()?;
        let due = lost.at.max(since);
        self.still_matters(letter, due).then_some(due)
    }

    /// Whether nobody need see to it any more that a letter which failed reaches its reader: another copy has followed it, it was
    /// on its way all the same, its reader has read or answered it, or the dossier is destroyed.
    pub fn is_made_good(&self, letter: &LetterKey) -> bool {
        let Some((first, delivery)) = self.delivery(letter) else {
            let is_redirected = self.lost.get(letter).is_some_and(|lost| lost.is_redirected);
            return is_redirected || self.destroyed_at.is_some();
        };
        let is_followed = delivery.written_by(first.event) != letter.event;
        let is_out = delivery.sent_at.is_some() && delivery.returned_at.is_none();
        let was_read = delivery.sent_again_at.is_some() && delivery.reprint.is_none();
        let was_answered = delivery.answered_at.is_some();
        is_followed || is_out || was_read || was_answered || self.destroyed_at.is_some()
    }

    /// Whether a letter that came back goes to another address once one is known.
    pub(crate) fn would_go_elsewhere(&self, letter: &LetterKey, at: DateTime<Utc>) -> bool {
        match self.delivery(letter) {
            None => {
                let lost = self.lost.get(letter);
                lost.is_some_and(|lost| !lost.is_redirected) && self.still_matters(letter, at)
            }
            Some((first, delivery)) => {
                let is_back = delivery.returned_at.is_some() && delivery.counts_from().is_none();
                is_back && self.last_copy(first) == *letter && self.letter_is_owed(&first)
            }
        }
    }

    fn still_matters(&self, letter: &LetterKey, at: DateTime<Utc>) -> bool {
        use LetterKind as K;
        let is_kept = self.destroyed_at.is_none();
        let says_what_holds = match letter.kind {
            K::SolutionForSignOff => {
                let text = self.solution.as_ref();
                self.is_open() && text.is_some_and(|text| text.event <= letter.event)
            }
            K::HearingInvitation => self.is_open() && self.is_still_invited(letter, at),
            K::HandlerNamed
            | K::RespondentNotice
            | K::Response
            | K::ReactionAnswer
            | K::Extension
            | K::AppealReceived
            | K::LapseNotice
            | K::Reversal
            | K::LateComplaintAdmitted => self.is_open(),
            K::Inadmissible | K::LateAppealOutcome | K::Decision | K::Closing => true,
            _ => false,
        };
        is_kept && says_what_holds
    }

    /// Whether the hour of an invitation is still to come, and no later letter names another.
    fn is_still_invited(&self, letter: &LetterKey, at: DateTime<Utc>) -> bool {
        let Recipient::Party(party) = letter.to else {
            return false;
        };
        let round = self.round();
        let invited = round.invited.get(&party);
        let last = invited.and_then(|invited| invited.last_key_value());
        let is_heard = round.hearings.contains_key(&party);
        !is_heard && last.is_some_and(|(event, on)| *event == letter.event && at < *on)
    }

    /// The letters that have to go out, or out again, for a term to run; what waits longest first.
    pub fn letters_that_wait(&self) -> Vec<LetterKey> {
        let mut waiting: Vec<_> = self
            .letters_owed()
            .filter_map(|(letter, delivery)| Some((delivery.waits_since()?, *letter)))
            .collect();
        waiting.sort_unstable();
        waiting.into_iter().map(|(_, letter)| letter).collect()
    }
}
