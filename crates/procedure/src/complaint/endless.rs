//! Whether the complainant has it in writing that there is no last day.

use chrono::{DateTime, Utc};

use super::{Complaint, Delivery, LapsedTerm, LetterKey, OpenWay, Round};
use crate::calendar::Calendar;

impl Complaint {
    /// When a notice that there is no last day reached the complainant after the response that waits for a reaction: their
    /// silence says nothing then, until another response announces what it means.
    pub(crate) fn silence_void_since(
        &self,
        calendar: &Calendar,
        round: &Round,
    ) -> Option<DateTime<Utc>> {
        let response = round.response.as_ref().filter(|one| one.is_unanswered())?;
        self.told_of_no_end_after(calendar, round, &response.letter)
    }

    /// When such a notice reached the complainant after the one that gives a last day for the way: nothing ends on that day.
    pub(crate) fn way_void_since(
        &self,
        calendar: &Calendar,
        round: &Round,
    ) -> Option<DateTime<Utc>> {
        let way = round.way.as_ref().filter(|way| way.announced.is_some())?;
        self.told_of_no_end_after(calendar, round, &way.letter)
    }

    /// When a notice that the way stands open without end reached the complainant as a later letter than another. House rule:
    /// what they last had in writing counts, and doubt is read in their favour (Dutch Civil Code 6:238(2)): one that came back
    /// later had been taken to have arrived. A posting knows its day only; of one day, what was written last comes last.
    fn told_of_no_end_after(
        &self,
        calendar: &Calendar,
        round: &Round,
        other: &LetterKey,
    ) -> Option<DateTime<Utc>> {
        let place = |letter: &LetterKey, one: &Delivery, at| {
            (calendar.local_date(at), one.written_by(letter.event))
        };
        let known = self.deliveries.get(other)?;
        let other = place(other, known, known.counts_from()?);
        let notices = round.endless_notices.iter();
        let told = notices.filter_map(|letter| {
            let one = self.deliveries.get(letter)?;
            let at = one.arrived_at()?;
            (place(letter, one, at) > other).then_some(at)
        });
        told.max()
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
