//! Whether a reaction to a response has been answered to good effect.

use chrono::{DateTime, Utc};

use super::{Complaint, OpenWay, Response, Round};
use crate::policy::ExitGround;

impl Complaint {
    /// When what a reaction asks for was given to good effect: a new response, or an answer with the notice that an appeal is
    /// open. As with the response itself (B7, B9), what came back was not given, and on paper it is given when posted.
    pub(crate) fn answered_at(&self, round: &Round, response: &Response) -> Option<DateTime<Utc>> {
        if response.reacted_at.is_none() {
            return self.deliveries.get(&response.letter)?.issued_at();
        }
        let lost = response.answer.and_then(|letter| self.lost.get(&letter));
        let answered = match lost {
            Some(lost) => lost.is_redirected.then_some(lost.at)?,
            None => response.answered_at?,
        };
        match notice(round) {
            Some(way) => {
                let issued = self.deliveries.get(&way.letter)?.issued_at()?;
                Some(issued.max(answered))
            }
            None => Some(answered),
        }
    }

    /// Whether the answer to a reaction came back, and has not gone elsewhere since.
    pub(crate) fn is_answer_lost(&self, response: &Response) -> bool {
        let lost = response.answer.and_then(|letter| self.lost.get(&letter));
        lost.is_some_and(|lost| !lost.is_redirected)
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
