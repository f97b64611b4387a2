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
                    .map(|late| (late.instance, &mut late.bench));
                let rounds = self.rounds.iter_mut();
                let rounds = rounds.map(|round| (round.instance, &mut round.bench));
                let mut benches = rounds.chain(late);
                if let Some((_, bench)) = benches.rfind(|(index, _)| index == instance) {
                    bench.seat(*member, *joins, at);
                }
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
        let is_decider = round.bench.deciders.contains(&member);
        if decides && !is_decider && self.party_of(member).is_none() {
            self.round_mut().bench.former.insert(member);
        }
    }

    /// Someone who was to decide on a late appeal does no more.
    fn leave_late_appeal(&mut self, member: MemberId, at: DateTime<Utc>) {
        let Some(late) = &mut self.late_appeal else {
            return;
        };
        if late.bench.leave(member, at) {
            let vacant = DeadlineKind::Appointment(late.instance);
            self.alerts.remove(&vacant);
        }
    }

    /// A decider leaves the instance it is at.
    fn leave(&mut self, member: MemberId, at: DateTime<Utc>) {
        let round = self.round_mut();
        if round.bench.leave(member, at) {
            let vacant = DeadlineKind::Appointment(round.instance);
            self.alerts.remove(&vacant);
        }
    }
}
