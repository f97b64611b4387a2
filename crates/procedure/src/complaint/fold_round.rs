//! The fold of one instance.

use chrono::{DateTime, Utc};

use super::{Event, Extended, LetterKey, LetterKind, OpenWay, Party, Response, Round};

impl Extended {
    fn apply(&mut self, event: &Event, at: DateTime<Utc>) {
        match event {
            Event::ExtensionAnnounced { until, .. } => self.announced = Some(*until),
            Event::ExtensionRequested { until, .. } => {
                self.requested = Some(*until);
                self.first_asked_at = self.first_asked_at.or(Some(at));
                self.asked_at = Some(at);
            }
            Event::ExtensionConsented => {
                self.consented = self.requested.take();
                self.answered_at = Some(at);
            }
            Event::ExtensionRefused => {
                self.requested = None;
                self.answered_at = Some(at);
            }
            _ => {}
        }
    }
}

impl Round {
    /// What an event makes of the round it belongs to.
    pub(super) fn apply(&mut self, event: &Event, seq: u32, at: DateTime<Utc>) {
        match event {
            Event::ContactAttempted { party, .. } => {
                let tried = self.attempts.entry(*party).or_default();
                *tried = tried.saturating_add(1);
            }
            Event::HearingInvited { party, on, .. } => {
                self.invited.entry(*party).or_default().insert(seq, *on);
            }
            Event::ContactMade { party, .. } if *party == Party::Complainant => {
                self.contacted_at = Some(self.contacted_at.map_or(at, |first| first.min(at)));
            }
            Event::Heard { party, hearing, .. } => {
                self.hearings.insert(*party, *hearing);
            }
            Event::DeclaredInadmissible { .. } => self.inadmissible_at = Some(at),
            Event::NoAgreementDeclared { .. } => {
                self.no_agreement_at = Some(self.no_agreement_at.map_or(at, |first| first.min(at)));
            }
            Event::TermLapsed { term } => {
                self.lapsed.insert(*term, at);
            }
            Event::WayOpened {
                ground, announced, ..
            } => {
                let letter = LetterKey::to_complainant(seq, LetterKind::WayNotice);
                if announced.is_none() {
                    self.endless_notices.push(letter);
                }
                self.way_before = self.way.take();
                self.way = Some(OpenWay {
                    ground: *ground,
                    opened_at: at,
                    letter,
                    announced: *announced,
                });
            }
            Event::ExtensionAnnounced { .. }
            | Event::ExtensionRequested { .. }
            | Event::ExtensionConsented
            | Event::ExtensionRefused => self.extended.apply(event, at),
            Event::DecisionIssued {
                finding,
                upholds_inadmissibility,
                ..
            } => {
                self.decided = Some((at, *finding));
                self.upholds_inadmissibility = *upholds_inadmissibility;
            }
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
                let before = response
                    .as_ref()
                    .filter(|before| before.objected_at.is_none());
                let answers = before.and_then(|before| before.reacted_at.or(before.answers));
                let letter = LetterKey::to_complainant(seq, LetterKind::Response);
                self.responses.push(letter);
                self.first_response_at = self.first_response_at.or(Some(at));
                *response = Some(Response {
                    issued_at: at,
                    letter,
                    finding: *finding,
                    announced: *announced,
                    objected_at: None,
                    reacted_at: None,
                    reaction: None,
                    spoken_at: None,
                    answered_at: None,
                    answer: None,
                    answers,
                });
            }
            (Event::ResponseObjected { .. }, Some(response)) => {
                response.objected_at = Some(at);
                response.spoken_at = response.spoken_at.max(Some(at));
            }
            (Event::ResponseReacted { .. }, Some(response)) => {
                let first = response.open_reaction().map_or(at, |open| open.min(at));
                (response.reacted_at, response.reaction) = (Some(first), Some(seq));
                response.spoken_at = response.spoken_at.max(Some(at));
                response.answered_at = None;
            }
            (Event::ReactionAnswered { .. }, Some(response)) => {
                let letter = LetterKey::to_complainant(seq, LetterKind::ReactionAnswer);
                (response.answered_at, response.answer) = (Some(at), Some(letter));
            }
            _ => {}
        }
    }
}
