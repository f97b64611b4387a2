//! The fold of one instance.

use chrono::{DateTime, Utc};

use super::{Event, LetterKey, LetterKind, OpenWay, Response, Round};

/// The letter to the complainant that carries an event, whose delivery matters to the procedure.
pub(super) fn carrying_letter(event: &Event, seq: u32) -> LetterKey {
    let kind = match event {
        Event::ResponseIssued { .. } => LetterKind::Response,
        Event::DecisionIssued { .. } => LetterKind::Decision,
        _ => LetterKind::WayNotice,
    };
    LetterKey::to_complainant(seq, kind)
}

impl Round {
    /// What an event makes of the round it belongs to.
    pub(super) fn apply(&mut self, event: &Event, seq: u32, at: DateTime<Utc>) {
        match event {
            Event::ContactMade { .. } => {
                self.contacted_at = Some(self.contacted_at.map_or(at, |first| first.min(at)));
            }
            Event::Heard { party, hearing, .. } => {
                self.hearings.insert(*party, *hearing);
            }
            Event::DeclaredInadmissible { .. } => self.inadmissible_at = Some(at),
            Event::NoAgreementDeclared { .. } => self.no_agreement_at = Some(at),
            Event::TermLapsed { term } => {
                self.lapsed.insert(*term, at);
            }
            Event::WayOpened {
                ground, announced, ..
            } => {
                let letter = carrying_letter(event, seq);
                self.way = Some(OpenWay {
                    ground: *ground,
                    opened_at: at,
                    letter,
                    announced: *announced,
                });
            }
            Event::ExtensionAnnounced { until, .. } => self.extended.announced = Some(*until),
            Event::ExtensionRequested { until, .. } => self.extended.requested = Some(*until),
            Event::ExtensionConsented => self.extended.consented = self.extended.requested.take(),
            Event::ExtensionRefused => self.extended.requested = None,
            Event::DecisionIssued { finding, .. } => self.decided = Some((at, *finding)),
            _ => self.responded(event, seq, at),
        }
    }

    fn responded(&mut self, event: &Event, seq: u32, at: DateTime<Utc>) {
        match (event, &mut self.response) {
            (
                Event::ResponseIssued {
                    finding, announced, ..
                },
                response,
            ) => {
                self.responses.push(carrying_letter(event, seq));
                *response = Some(Response {
                    issued_at: at,
                    letter: carrying_letter(event, seq),
                    finding: *finding,
                    announced: *announced,
                    objected_at: None,
                    reacted_at: None,
                    answered_at: None,
                });
            }
            (Event::ResponseObjected { .. }, Some(response)) => response.objected_at = Some(at),
            (Event::ResponseReacted { .. }, Some(response)) => {
                let first = response.open_reaction().map_or(at, |open| open.min(at));
                response.reacted_at = Some(first);
                response.answered_at = None;
            }
            (Event::ReactionAnswered { .. }, Some(response)) => response.answered_at = Some(at),
            _ => {}
        }
    }
}
