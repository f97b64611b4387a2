//! The fold of what became of letters whose delivery matters.

use chrono::{DateTime, Utc};

use super::{
    Address, Complaint, Confirmation, Delivery, Event, LetterKey, LetterKind, Party, Recipient,
    Recorded, Reprint,
};
use crate::deadline::DeadlineKind;

impl Complaint {
    pub(super) fn address_verified(&mut self, at: DateTime<Utc>) {
        self.complainant.is_verified = true;
        self.is_mail_failing = false;
        let waiting =
            |delivery: &&mut Delivery| !delivery.is_paper && delivery.counts_from().is_none();
        for delivery in self.deliveries.values_mut().filter(waiting) {
            if delivery.returned_at.is_some() {
                delivery.sent_again_at = Some(at);
            } else {
                delivery.delivered_at = delivery.sent_at.map(|_| at);
            }
        }
        if self.acknowledged_at.is_none() {
            self.acknowledge();
        }
    }

    /// A party's address, as it is known now. Whether the complainant's mail arrives is known only of the mailbox before.
    pub(super) fn address_recorded(&mut self, party: Party, address: &Address, seq: u32) {
        match party {
            Party::Complainant => {
                let known = &mut self.complainant.contact.address;
                let keeps_mailbox = known.is_mailbox_of(address);
                if !keeps_mailbox {
                    self.complainant.is_verified = false;
                    self.is_mail_failing = false;
                }
                // Where only a postal address joins it, what failed at the mailbox has failed there.
                if !keeps_mailbox || known.postal().is_some() {
                    self.address_of = seq;
                }
                *known = address.clone();
            }
            Party::Respondent(no) => {
                if let Some(one) = self.respondents.get_mut(&no) {
                    one.contact.address = address.clone();
                }
            }
            Party::Representative => {}
        }
    }

    pub(super) fn carried(&mut self, event: &Event, seq: u32, at: DateTime<Utc>) {
        let (Event::LetterSent { letter }
        | Event::LetterDelivered { letter }
        | Event::LetterReturned { letter }
        | Event::LetterRedirected { letter }
        | Event::LetterReprinted { letter }
        | Event::LetterSentAgain { letter }) = event
        else {
            return;
        };
        let (by_mail, address_of) = (self.is_mailed(), self.address_of);
        let Some(delivery) = self.deliveries.get_mut(letter) else {
            let came_back = matches!(event, Event::LetterReturned { .. });
            self.lost.extend(came_back.then_some(*letter));
            let theirs = letter.to == Recipient::Party(Party::Complainant);
            self.is_mail_failing |= came_back && theirs && by_mail;
            return;
        };
        let was_waiting = delivery.waits_since().is_some();
        match event {
            Event::LetterSent { .. } => delivery.sent_at = delivery.sent_at.or(Some(at)),
            Event::LetterDelivered { .. } => {
                delivery.sent_at = delivery.sent_at.or(Some(at));
                delivery.delivered_at = Some(at);
            }
            Event::LetterReturned { .. } => {
                delivery.delivered_at = None;
                delivery.returned_at = Some(at);
                self.is_mail_failing |= !delivery.is_paper && delivery.address_of == address_of;
                self.came_back(*letter);
            }
            Event::LetterRedirected { .. } => {
                *delivery = Delivery {
                    redirected: Some(seq),
                    ..Delivery::new(at, !by_mail, address_of)
                };
                if letter.confirms_receipt() {
                    self.acknowledge();
                }
            }
            Event::LetterReprinted { .. } => delivery.reprint = Some(Reprint { event: seq, at }),
            _ => {
                delivery.sent_again_at = Some(at);
                if letter.confirms_receipt() {
                    self.acknowledge();
                }
            }
        }
        if was_waiting && self.letters_that_wait().is_empty() {
            self.alerts.remove(&DeadlineKind::Posting);
        }
    }

    /// What rested on a letter that came back: the terms that are reminded of, or that receipt was confirmed.
    fn came_back(&mut self, letter: LetterKey) {
        if letter.confirms_receipt() {
            self.acknowledge();
            return;
        }
        let waits_again =
            |kind: &DeadlineKind| !matches!(kind, DeadlineKind::Way(_) | DeadlineKind::Silence(_));
        self.reminders.retain(waits_again);
    }

    /// Receipt is confirmed since the first letter that does so went out to good effect.
    fn acknowledge(&mut self) {
        let delivery = |one: &Confirmation| self.deliveries.get(&one.letter);
        let all = self.confirmations.iter().filter_map(delivery);
        self.acknowledged_at = all.filter_map(Delivery::issued_at).min();
    }

    pub(super) fn confirmation_written(&mut self, kind: LetterKind, seq: u32, recorded: &Recorded) {
        let tells_of = match kind {
            LetterKind::Confirmation => 0,
            _ => seq.saturating_sub(1),
        };
        let letter = LetterKey::to_complainant(tells_of, kind);
        self.confirmations.push(Confirmation {
            letter,
            at: recorded.at,
        });
        self.track_letter(letter, recorded.registered_at);
    }

    /// A letter is written when its event is registered, which is later than the event where a lapse shows late.
    pub(super) fn track_letter(&mut self, letter: LetterKey, written_at: DateTime<Utc>) {
        let delivery = Delivery::new(written_at, !self.is_mailed(), self.address_of);
        self.deliveries.insert(letter, delivery);
    }
}
