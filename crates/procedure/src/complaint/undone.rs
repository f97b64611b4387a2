//! What the complainant had in writing of a lapse that was reversed, and the letter that takes it back.

use chrono::{DateTime, Utc};

use super::{ClockAct, Complaint, LetterKey, LetterKind, OpenWay, Recorded, Round};

/// The latest reversal: what is undone at once has one letter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reversal {
    /// The letter that tells of it.
    pub letter: LetterKey,
    /// The last event of those that it tells of.
    last: u32,
    registered_at: DateTime<Utc>,
}

/// Notices that the way stood open without end, of a lapse that was reversed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TakenBack {
    /// The letters of these notices.
    pub notices: Vec<LetterKey>,
    /// The letter of the reversal.
    pub by: LetterKey,
}

impl Complaint {
    /// What the clock did is undone.
    pub(super) fn reverse(&mut self, what: ClockAct, seq: u32, recorded: &Recorded) {
        let reversal = self.reversed(seq, recorded.registered_at);
        self.reversal = Some(reversal);
        match what {
            ClockAct::Closing => {
                self.closure = None;
                self.forget_closing();
            }
            ClockAct::Lapse(term) => {
                let round = self.round_mut();
                let lapsed_at = round.lapsed.remove(&term);
                let follows =
                    |way: &&OpenWay| lapsed_at.is_some_and(|lapsed| way.opened_at >= lapsed);
                if let Some(way) = round.way_by_lapse().filter(follows).cloned() {
                    round.way = None;
                    self.take_back_notice(&way, reversal.letter, recorded);
                }
            }
            ClockAct::SilentWay => self.round_mut().way = None,
        }
    }

    /// The reversal that an event belongs to: that of the event right before it, if it was registered with it.
    fn reversed(&self, seq: u32, registered_at: DateTime<Utc>) -> Reversal {
        let goes_on = |one: &Reversal| {
            one.last.checked_add(1) == Some(seq) && one.registered_at == registered_at
        };
        let before = self.reversal.filter(goes_on);
        let own = LetterKey::to_complainant(seq, LetterKind::Reversal);
        Reversal {
            letter: before.map_or(own, |one| one.letter),
            last: seq,
            registered_at,
        }
    }

    /// Where the way was without end, what says that it is not open any more is followed.
    fn take_back_notice(&mut self, way: &OpenWay, by: LetterKey, recorded: &Recorded) {
        if way.announced.is_some() {
            return;
        }
        let round = self.round_mut();
        let before = round.taken_back.take();
        let mut notices = before.map_or_else(Vec::new, |before| before.notices);
        notices.push(way.letter);
        round.taken_back = Some(TakenBack { notices, by });
        self.track_letter(by, recorded);
    }

    /// The letter that takes back what the complainant had in writing, that there is no last day; `None` where no such notice
    /// reached them.
    pub fn takes_back(&self, round: &Round) -> Option<LetterKey> {
        let taken_back = round.taken_back.as_ref()?;
        let is_told = |notice: &LetterKey| {
            let delivery = self.deliveries.get(notice);
            delivery.is_some_and(|one| one.counts_from().is_some())
        };
        let was_told = taken_back.notices.iter().any(is_told);
        was_told.then_some(taken_back.by)
    }
}
