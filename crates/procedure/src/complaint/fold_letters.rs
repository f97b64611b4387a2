//! The fold of what became of letters whose delivery matters.

use chrono::{DateTime, Utc};

use super::{
    Address, Complaint, Confirmation, Delivery, Event, Kept, LetterKey, LetterKind, Lost, Party,
    Place, Reach, Recipient, Recorded, Reprint,
};
use crate::{actor::By, deadline::DeadlineKind};

impl Complaint {
    /// A link sent to the complainant's mailbox was used: letters that went there have been received.
    pub(super) fn address_verified(&mut self, at: DateTime<Utc>) {
        self.complainant.is_verified = true;
        let reach = self.reach_mut(Party::Complainant);
        reach.mailbox_works();
        let proved = reach.mailbox.map(|mailbox| Place::Mailbox(mailbox.of));
        let waiting = |delivery: &&mut Delivery| {
            Some(delivery.to) == proved && delivery.counts_from().is_none()
        };
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

    /// A party's address, as it is known now.
    pub(super) fn address_recorded(
        &mut self,
        (party, address, kept): (Party, &Address, Kept),
        seq: u32,
        at: DateTime<Utc>,
    ) {
        let reach = self.reach_mut(party);
        *reach = reach.given(address, kept, seq, at);
        match party {
            Party::Complainant => {
                self.complainant.contact.address = address.clone();
                self.complainant.is_verified &= kept.mailbox;
                self.follow_address(at);
            }
            Party::Respondent(no) => {
                if let Some(one) = self.respondents.get_mut(&no) {
                    one.contact.address = address.clone();
                }
            }
            Party::Representative => {}
        }
    }

    pub(super) fn reach_mut(&mut self, party: Party) -> &mut Reach {
        self.reach.entry(party).or_default()
    }

    /// What has not gone out yet goes where letters go now, once its address is known no more or has failed. As what has to be
    /// posted may lie in its envelope, it goes to its address for as long as that is known.
    fn follow_address(&mut self, at: DateTime<Utc>) {
        let reach = self.reach(Party::Complainant);
        let best = reach.best();
        let mut confirms = false;
        for (letter, delivery) in &mut self.deliveries {
            if delivery.fails_for_good() && reach.working().is_none() && !reach.knows(delivery.to) {
                delivery.to = best;
            }
            let is_left = !reach.knows(delivery.to) || !delivery.is_paper();
            if delivery.sent_at.is_some() || !is_left || delivery.to == best {
                continue;
            }
            if delivery.is_paper() != best.is_paper() {
                delivery.was_paper_since = delivery.is_paper().then_some(delivery.written_at);
                (delivery.at, delivery.written_at) = (at, at);
            }
            delivery.to = best;
            confirms |= letter.confirms_receipt();
            if reach.working().is_none() && delivery.redirected.is_some() {
                // Nothing is left but an address from which it came back: it waits for the second attempt.
                (delivery.sent_at, delivery.returned_at) = (Some(at), Some(at));
            }
        }
        if confirms {
            self.acknowledge();
        }
    }

    pub(super) fn carried(&mut self, recorded: &Recorded, seq: u32) {
        let (event, at) = (&recorded.event, recorded.at);
        let (Event::LetterSent { letter }
        | Event::LetterDelivered { letter }
        | Event::LetterReturned { letter, .. }
        | Event::LetterRedirected { letter }
        | Event::LetterReprinted { letter }
        | Event::LetterSentAgain { letter }) = event
        else {
            return;
        };
        let reach = self.reach(Party::Complainant);
        let best = reach.best();
        let is_proved = self.complainant.is_verified;
        let Some(delivery) = self.deliveries.get_mut(letter) else {
            self.carried_unfollowed(*letter, recorded, seq);
            return;
        };
        if let Event::LetterRedirected { .. } | Event::LetterReprinted { .. } = event {
            self.copies.insert(seq, *letter);
        }
        let known_since = reach.since(delivery.to);
        let was_waiting = delivery.waits_since().is_some();
        match event {
            Event::LetterSent { .. } => {
                delivery.goes_out(at);
                let is_recorded = recorded.by != By::Post;
                if is_recorded && known_since.is_some_and(|since| at < since) {
                    // It was posted before its reader moved.
                    (delivery.to, delivery.sent_at) = (Place::Left, Some(at));
                    (delivery.returned_at, delivery.was_paper_since) = (None, None);
                }
            }
            Event::LetterDelivered { .. } => {
                delivery.sent_at = delivery.sent_at.or(Some(at));
                delivery.delivered_at = Some(at);
            }
            Event::LetterReturned { .. } => {
                delivery.believed_at = delivery.delivered_at.take().or(delivery.believed_at);
                (delivery.returned_at, delivery.came_back_at) = (Some(at), Some(at));
                let from = delivery.to;
                self.came_back(*letter);
                self.failed_at(Party::Complainant, from, seq, at);
            }
            Event::LetterRedirected { .. } => {
                *delivery = delivery.anew(seq, at, recorded.registered_at, best);
                if letter.confirms_receipt() {
                    self.acknowledge();
                }
            }
            Event::LetterReprinted { .. } => delivery.reprint = Some(Reprint { event: seq, at }),
            _ => {
                if recorded.by == By::Clock || delivery.is_paper() {
                    delivery.sent_again_at = Some(at);
                    delivery.mailed_again = Some(seq).filter(|_| !delivery.is_paper());
                } else {
                    let is_proved = is_proved && known_since.is_some();
                    delivery.mailed_sooner(seq, at, recorded.registered_at, is_proved);
                    self.copies.insert(seq, *letter);
                }
                if letter.confirms_receipt() {
                    self.acknowledge();
                }
            }
        }
        if was_waiting && self.letters_that_wait().is_empty() {
            self.alerts.remove(&DeadlineKind::Posting);
        }
    }

    /// What became of a letter on which nothing rests.
    fn carried_unfollowed(&mut self, letter: LetterKey, recorded: &Recorded, seq: u32) {
        match recorded.event {
            Event::LetterReturned { from, .. } => self.was_lost(letter, from, seq, recorded.at),
            Event::LetterRedirected { .. } => {
                if let Some(lost) = self.lost.get_mut(&letter) {
                    lost.is_redirected = true;
                }
            }
            _ => {}
        }
    }

    /// What rested on a letter that came back: the terms that are reminded of, or that receipt was confirmed.
    fn came_back(&mut self, letter: LetterKey) {
        if letter.confirms_receipt() {
            self.acknowledge();
            return;
        }
        if let LetterKind::SolutionForSignOff | LetterKind::ReactionAnswer = letter.kind {
            return;
        }
        let waits_again =
            |kind: &DeadlineKind| !matches!(kind, DeadlineKind::Way(_) | DeadlineKind::Silence(_));
        self.reminders.retain(waits_again);
    }

    /// A letter on which nothing rests came back.
    fn was_lost(&mut self, letter: LetterKey, from: Option<Place>, seq: u32, at: DateTime<Utc>) {
        let is_redirected = false;
        self.lost.insert(letter, Lost { at, is_redirected });
        if let (Recipient::Party(party), Some(place)) = (letter.to, from) {
            self.failed_at(party, place, seq, at);
        }
    }

    fn failed_at(&mut self, party: Party, place: Place, seq: u32, at: DateTime<Utc>) {
        self.reach_mut(party).fails(place, seq);
        if party == Party::Complainant {
            self.follow_address(at);
        }
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
        self.track_letter(letter, recorded);
    }

    /// Follows the letter that carries an event to the complainant, where anything rests on its delivery.
    pub(super) fn written(&mut self, recorded: &Recorded, seq: u32) {
        let kind = match recorded.event {
            Event::SolutionProposed { .. } => LetterKind::SolutionForSignOff,
            Event::ResponseIssued { .. } => LetterKind::Response,
            Event::ReactionAnswered { .. } => LetterKind::ReactionAnswer,
            Event::WayOpened { .. } => LetterKind::WayNotice,
            Event::DecisionIssued { .. } => LetterKind::Decision,
            _ => return,
        };
        self.track_letter(LetterKey::to_complainant(seq, kind), recorded);
    }

    /// A letter is written when its event is registered, which is later than the event where a lapse shows late.
    fn track_letter(&mut self, letter: LetterKey, recorded: &Recorded) {
        let to = self.reach(Party::Complainant).best();
        let delivery = Delivery::new(recorded.at, recorded.registered_at, to);
        self.deliveries.insert(letter, delivery);
    }
}
