//! The fold of who decides: who is appointed, and who leaves.

use chrono::{DateTime, Utc};

use super::{Complaint, Event, Hearing};
use crate::{actor::By, deadline::DeadlineKind, ids::MemberId, policy::ExitGround};

impl Complaint {
    pub(super) fn staffed(&mut self, event: &Event, at: DateTime<Utc>) {
        match event {
            Event::Assigned {
                instance,
                member,
                joins,
                ..
            } => {
                let late = self
                    .late_appeal
                    .as_mut()
                    .filter(|late| late.instance == *instance);
                let round = self
                    .rounds
                    .iter_mut()
                    .rfind(|round| round.instance == *instance);
                let (deciders, former) = match (late, round) {
                    (Some(late), _) => {
                        late.assigned_at = late.assigned_at.or(Some(at));
                        (&mut late.deciders, &mut late.former)
                    }
                    (None, Some(round)) => {
                        round.assigned_at = round.assigned_at.or(Some(at));
                        (&mut round.deciders, &mut round.former)
                    }
                    (None, None) => return,
                };
                let replaced = if *joins {
                    Vec::new()
                } else {
                    std::mem::take(deciders)
                };
                deciders.push(*member);
                former.extend(replaced.into_iter().filter(|one| one != member));
            }
            Event::Recused { member, .. } | Event::ConflictFound { member, .. } => {
                self.stepped_back.insert(*member);
                self.representative = self.representative.filter(|one| one != member);
                self.leave(*member, at);
                self.leave_late_appeal(*member, at);
            }
            Event::DeciderReleased { member, .. } if self.late_appeal.is_some() => {
                self.leave_late_appeal(*member, at);
            }
            Event::DeciderReleased { member, .. } => self.leave(*member, at),
            _ => {}
        }
    }

    /// Who did a decider's work here without being one, as a substitute, is no fresh eye at a later instance either.
    pub(super) fn stood_in(&mut self, event: &Event, by: &By) {
        let decides = matches!(
            event,
            Event::ResponseIssued { .. }
                | Event::ReactionAnswered { .. }
                | Event::SolutionProposed { .. }
                | Event::Heard {
                    hearing: Hearing::Heard | Hearing::Unreachable(_),
                    ..
                }
                | Event::DeclaredInadmissible { .. }
                | Event::LateComplaintAdmitted { .. }
                | Event::NoAgreementDeclared { party: None, .. }
                | Event::WayOpened {
                    ground: ExitGround::Notice,
                    ..
                }
                | Event::ExtensionAnnounced { .. }
                | Event::ExtensionRequested { .. }
                | Event::DecisionIssued { .. }
        );
        let By::Member(member) = by else { return };
        let (round, member) = (self.round(), *member);
        let is_decider = round.deciders.contains(&member);
        if decides && !is_decider && self.party_of(member).is_none() {
            self.round_mut().former.insert(member);
        }
    }

    /// As [`Self::leave`], of who was to decide on a late appeal.
    fn leave_late_appeal(&mut self, member: MemberId, at: DateTime<Utc>) {
        let Some(late) = &mut self.late_appeal else {
            return;
        };
        let decided = late.deciders.contains(&member);
        late.deciders.retain(|decider| *decider != member);
        late.former.extend(decided.then_some(member));
        if decided && late.deciders.is_empty() {
            late.assigned_at = None;
            late.vacated_at = Some(at);
            self.alerts
                .remove(&DeadlineKind::Appointment(late.instance));
        }
    }

    /// A decider leaves the instance it is at; where nobody is left, the term to appoint one starts again.
    fn leave(&mut self, member: MemberId, at: DateTime<Utc>) {
        let round = self.round_mut();
        let decided = round.deciders.contains(&member);
        round.deciders.retain(|decider| *decider != member);
        round.former.extend(decided.then_some(member));
        if decided && round.deciders.is_empty() {
            round.assigned_at = None;
            round.vacated_at = Some(at);
            let vacant = DeadlineKind::Appointment(round.instance);
            self.alerts.remove(&vacant);
        }
    }
}
