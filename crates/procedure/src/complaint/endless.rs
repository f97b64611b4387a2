//! Whether the complainant has it in writing that there is no last day.

use chrono::{DateTime, Utc};

use super::{Complaint, Delivery, LapsedTerm, OpenWay, Round};

impl Complaint {
    /// When a notice that the way stands open without end reached the complainant after an instant. House rule: what they last
    /// had in writing counts, and doubt is read in their favour (Dutch Civil Code 6:238(2)): one that came back later had
    /// been taken to have arrived.
    pub(crate) fn told_of_no_end_since(
        &self,
        round: &Round,
        at: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let notices = round.endless_notices.iter();
        let arrived = notices.filter_map(|letter| self.deliveries.get(letter)?.arrived_at());
        arrived.filter(|arrived| *arrived > at).max()
    }

    /// When a notice that there is no last day reached the complainant after the response that waits for a reaction: their
    /// silence says nothing then, until another response announces what it means.
    pub(crate) fn is_silence_void(&self, round: &Round) -> Option<DateTime<Utc>> {
        let response = round.response.as_ref().filter(|one| one.is_unanswered())?;
        let delivered = self.deliveries.get(&response.letter)?.counts_from()?;
        self.told_of_no_end_since(round, delivered)
    }

    /// A lapse is undone, and with it the way that it opened, for the one before if any; but where there is a response and the
    /// complainant has it in writing that the way stands open without end, it does.
    pub(super) fn undo_lapse(&mut self, term: LapsedTerm) {
        let round = self.round();
        let is_told = |way: &OpenWay| {
            let delivery = self.deliveries.get(&way.letter);
            way.announced.is_none() && delivery.and_then(Delivery::arrived_at).is_some()
        };
        let lapsed_at = round.lapsed.get(&term).copied();
        let follows = |way: &OpenWay| lapsed_at.is_some_and(|lapsed| way.opened_at >= lapsed);
        let by_lapse = round.way_by_lapse();
        let is_shut =
            by_lapse.is_some_and(|way| follows(way) && (round.response.is_none() || !is_told(way)));
        let round = self.round_mut();
        round.lapsed.remove(&term);
        if is_shut {
            round.way = round.way_before.take();
        }
    }
}
