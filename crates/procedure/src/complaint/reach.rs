//! Where a party is reached, as far as the procedure must know: which addresses there are, and which of them have failed.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Address;

/// The addresses of a party that are known now. Rule of reading 4: only when every one of them has failed does a second
/// attempt count.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Reach {
    /// The mailbox.
    pub mailbox: Option<Known>,
    /// The postal address.
    pub postal: Option<Known>,
    /// Sequence number of the event that last replaced one of them. A way in from before it is trusted no more: somebody else
    /// may have that address by now.
    pub left: Option<u32>,
}

/// One address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Known {
    /// Sequence number of the event that gave it: by this it is told from another of the same kind.
    pub of: u32,
    /// Since when it is known.
    pub since: DateTime<Utc>,
    /// Sequence number of the event by which it is known that what goes there comes back.
    pub failed: Option<u32>,
}

/// Where a letter goes: to the mailbox or the postal address that an event gave, or into the hand of somebody of whom
/// neither is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// By e-mail.
    Mailbox(u32),
    /// On paper, by post.
    Post(u32),
    /// On paper, by hand.
    Hand,
    /// On paper, by post, to an address from before the one that is known.
    Left,
}

/// Which of the addresses known before an address that is recorded keeps.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// The mailbox.
    pub mailbox: bool,
    /// The postal address.
    pub postal: bool,
}

impl Place {
    /// Whether somebody prints it and sees to it that it goes out.
    pub const fn is_paper(self) -> bool {
        !matches!(self, Self::Mailbox(_))
    }
}

impl Known {
    const fn works(&self) -> bool {
        self.failed.is_none()
    }
}

impl Reach {
    /// The first that is known of a party, by an event.
    pub(super) fn first(address: &Address, seq: u32, at: DateTime<Utc>) -> Self {
        let kept = Kept {
            mailbox: false,
            postal: false,
        };
        Self::default().given(address, kept, seq, at)
    }

    /// An address that an event gives, with what is known of those that it keeps.
    pub(super) fn given(&self, address: &Address, kept: Kept, seq: u32, at: DateTime<Utc>) -> Self {
        let new = Known {
            of: seq,
            since: at,
            failed: None,
        };
        let mailbox = self.mailbox.filter(|_| kept.mailbox).unwrap_or(new);
        let postal = self.postal.filter(|_| kept.postal).unwrap_or(new);
        let is_left =
            self.mailbox.is_some() && !kept.mailbox || self.postal.is_some() && !kept.postal;
        Self {
            mailbox: address.email().map(|_| mailbox),
            postal: address.postal().map(|_| postal),
            left: is_left.then_some(seq).or(self.left),
        }
    }

    fn places(&self) -> impl Iterator<Item = (Place, Known)> {
        let mailbox = self.mailbox.map(|one| (Place::Mailbox(one.of), one));
        let postal = self.postal.map(|one| (Place::Post(one.of), one));
        mailbox.into_iter().chain(postal)
    }

    /// The first address that has not failed, and since when it is known: e-mail before post.
    pub fn working(&self) -> Option<(Place, DateTime<Utc>)> {
        let mut places = self.places().filter(|(_, one)| one.works());
        places.next().map(|(place, one)| (place, one.since))
    }

    /// Where a letter goes that is written now: to an address that works, else to one that failed.
    pub fn best(&self) -> Place {
        let any = self.places().next().map(|(place, _)| place);
        let working = self.working().map(|(place, _)| place);
        working.or(any).unwrap_or(Place::Hand)
    }

    /// Whether it is still one of the addresses that are known.
    pub fn knows(&self, place: Place) -> bool {
        self.places().any(|(known, _)| known == place)
    }

    /// Since when an address is known.
    pub(super) fn since(&self, place: Place) -> Option<DateTime<Utc>> {
        let mut places = self.places();
        let found = places.find(|(known, _)| *known == place);
        found.map(|(_, one)| one.since)
    }

    /// What went there came back.
    pub(super) fn fails(&mut self, place: Place, seq: u32) {
        let (known, of) = match place {
            Place::Mailbox(of) => (self.mailbox.as_mut(), of),
            Place::Post(of) => (self.postal.as_mut(), of),
            Place::Hand | Place::Left => return,
        };
        if let Some(known) = known.filter(|known| known.of == of) {
            known.failed = known.failed.or(Some(seq));
        }
    }

    /// The mailbox proved to be read.
    pub(super) fn mailbox_works(&mut self) {
        if let Some(mailbox) = &mut self.mailbox {
            mailbox.failed = None;
        }
    }
}
