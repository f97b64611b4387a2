//! The states a person understands, derived from what happened.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Complaint, Delivery, Response};

/// Where a complaint stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Arrived; nobody handles it yet (*ontvangen*).
    Received,
    /// Someone handles it (*in behandeling*).
    InTreatment,
    /// A response is out (*wacht op klager*).
    AwaitingComplainant,
    /// A text lies before both sides to sign (*wacht op fiattering*).
    AwaitingSignOff,
    /// The complainant may go to the next instance (*beroep staat open*).
    AppealOpen,
    /// At a later instance (*in beroep*).
    OnAppeal,
    /// The procedure ended (*gesloten*).
    Closed,
}

impl State {
    /// As the API names it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Received => "RECEIVED",
            Self::InTreatment => "IN_TREATMENT",
            Self::AwaitingComplainant => "AWAITING_COMPLAINANT",
            Self::AwaitingSignOff => "AWAITING_SIGN_OFF",
            Self::AppealOpen => "APPEAL_OPEN",
            Self::OnAppeal => "ON_APPEAL",
            Self::Closed => "CLOSED",
        }
    }
}

impl Complaint {
    /// Where it stands.
    pub fn state(&self) -> State {
        if self.closure.is_some() {
            return State::Closed;
        }
        let round = self.round();
        let response_out = round
            .response
            .as_ref()
            .filter(|response| response.is_unanswered());
        match (&round.way, response_out) {
            (Some(way), Some(response)) if self.is_out_since(response, way.opened_at) => {
                State::AwaitingComplainant
            }
            (Some(_), _) => State::AppealOpen,
            (None, Some(_)) => State::AwaitingComplainant,
            (None, None)
                if self
                    .solution
                    .as_ref()
                    .is_some_and(|solution| solution.instance == round.instance) =>
            {
                State::AwaitingSignOff
            }
            (None, None) if round.instance > 0 => State::OnAppeal,
            (None, None) if round.bench.assigned_at.is_none() => State::Received,
            (None, None) => State::InTreatment,
        }
    }

    /// Whether a response was issued, or at last reached the carrier, after the way had opened.
    fn is_out_since(&self, response: &Response, opened_at: DateTime<Utc>) -> bool {
        let delivery = self.deliveries.get(&response.letter);
        let carried = delivery.and_then(Delivery::issued_at);
        response.issued_at > opened_at || carried.is_some_and(|carried| carried >= opened_at)
    }
}
