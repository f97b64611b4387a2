//! Whether a reaction to a response has been answered to good effect.

use chrono::{DateTime, Utc};

use super::{Complaint, LetterKey, OpenWay, Response, Round};
use crate::policy::ExitGround;

impl Complaint {
    /// When what a reaction asks for was given to good effect: a new response, or an answer with the notice that an appeal is
    /// open. As with the response itself (B7, B9), what came back was not given, and on paper it is given when posted.
    pub(crate) fn answered_at(&self, round: &Round, response: &Response) -> Option<DateTime<Utc>> {
        let issued = |letter: &LetterKey| self.deliveries.get(letter)?.issued_at();
        if response.reacted_at.is_none() {
            return issued(&response.letter);
        }
        // What was answered before they spoke again is no answer to that, be it of the same instant.
        let answer = response.answer?;
        let is_after = response.reaction.is_none_or(|spoken| spoken < answer.event);
        let answered = issued(&answer).filter(|_| is_after)?;
        // A notice that a lapse sent meanwhile says no less than the one that came with the answer.
        let ways = || round.way.iter().chain(&round.way_before);
        if !ways().any(|way| way.ground == ExitGround::Notice) {
            return Some(answered);
        }
        let notices =
            ways().filter(|way| matches!(way.ground, ExitGround::Notice | ExitGround::Lapse));
        let first = notices.filter_map(|way| issued(&way.letter)).min()?;
        Some(answered.max(first))
    }

    /// Whether the answer to a reaction came back, and has not gone out again since.
    pub(crate) fn is_answer_lost(&self, response: &Response) -> bool {
        let delivery = response
            .answer
            .and_then(|letter| self.deliveries.get(&letter));
        delivery.is_some_and(|one| one.returned_at.is_some() && one.sent_again_at.is_none())
    }

    /// Whether the way stands open by a notice while the answer to the reaction is still owed.
    pub fn awaits_answer_after_notice(&self) -> bool {
        let round = self.round();
        let owed = |response: &Response| {
            response.objected_at.is_none()
                && response.reacted_at.or(response.answers).is_some()
                && self.answered_at(round, response).is_none()
        };
        let is_bounded = notice(round).is_some_and(|way| way.announced.is_some());
        is_bounded && round.response.as_ref().is_some_and(owed)
    }
}

fn notice(round: &Round) -> Option<&OpenWay> {
    round
        .way
        .as_ref()
        .filter(|way| way.ground == ExitGround::Notice)
}
