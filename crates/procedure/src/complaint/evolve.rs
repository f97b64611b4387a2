//! The fold: what each event makes of a complaint. It never refuses; what may happen is decided before.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use super::{
    Admission, Bench, ClockAct, Closure, Complaint, Event, Filed, LateAppeal, Outcome, Party,
    Raised, Reach, Recorded, Respondent, Round,
};
use crate::{actor::By, deadline::DeadlineKind};

impl Complaint {
    /// The fold of a whole dossier; `None` unless it begins with its filing.
    pub fn fold<'a>(events: impl IntoIterator<Item = &'a Recorded>) -> Option<Self> {
        let mut events = events.into_iter();
        let mut complaint = Self::open(events.next()?)?;
        events.for_each(|recorded| complaint.evolve(recorded));
        Some(complaint)
    }

    /// A complaint from its filing; `None` when the event is another.
    pub fn open(recorded: &Recorded) -> Option<Self> {
        let Event::Filed(filed) = &recorded.event else {
            return None;
        };
        Some(opened(filed, recorded))
    }

    /// What an event makes of it.
    pub fn evolve(&mut self, recorded: &Recorded) {
        let (seq, at) = (self.version, recorded.at);
        self.version += 1;
        if !matches!(
            recorded.event,
            Event::Reminded { .. }
                | Event::Alerted { .. }
                | Event::DeadlineRederived { .. }
                | Event::MeasureFollowedUp { .. }
        ) {
            self.latest_at = self.latest_at.max(at);
        }
        self.stood_in(&recorded.event, &recorded.by);
        self.heard_from(recorded);
        self.heard_after_the_end(recorded);
        self.written(recorded, seq);
        match &recorded.event {
            Event::AddressVerified => self.address_verified(at),
            Event::AddressRecorded {
                party,
                address,
                kept,
            } => self.address_recorded((*party, address, *kept), seq, at),
            Event::ConfirmationWritten { letter } => {
                self.confirmation_written(*letter, seq, recorded);
            }
            Event::Acknowledged => {
                let first = self.acknowledged_at.map_or(at, |first| first.min(at));
                self.acknowledged_at = Some(first);
            }
            Event::RespondentNotified {
                no,
                member,
                contact,
            } => {
                let respondent = Respondent {
                    member: *member,
                    contact: contact.clone(),
                    is_notified: true,
                };
                let reach = Reach::first(&contact.address, seq, at);
                self.reach.insert(Party::Respondent(*no), reach);
                self.respondents.insert(*no, respondent);
                // Somebody speaks for the organisation only where no person is complained about.
                self.stepped_back.extend(self.representative.take());
            }
            Event::RepresentativeNamed { member } => self.representative = Some(*member),
            Event::LateComplaintAdmitted { .. } => self.admission = Admission::Admitted,
            Event::Appealed { is_late, .. } => self.appealed(*is_late, recorded),
            Event::Withdrawn { .. } => self.appeal_withdrawn(at),
            Event::LateAppealAdmitted { .. } => self.late_appeal_admitted(),
            Event::LateAppealRefused { .. } => self.late_appeal_refused(at),
            Event::Classified { cause } => self.cause = Some(cause.clone()),
            Event::MeasuresAnswered { .. }
            | Event::MeasureUpdated(_)
            | Event::RecurrenceFound { .. }
            | Event::MeasureFollowedUp { .. } => {
                self.measured(&recorded.event, at);
            }
            Event::HandlingRated { score, .. } => self.rating = Some(*score),
            Event::Closed { outcome } => self.closed(*outcome, recorded),
            Event::ClockReversed { what } => self.reverse(*what),
            Event::LetterSent { .. }
            | Event::LetterDelivered { .. }
            | Event::LetterReturned { .. }
            | Event::LetterRedirected { .. }
            | Event::LetterReprinted { .. }
            | Event::LetterSentAgain { .. } => self.carried(recorded, seq),
            Event::Reminded { deadline } => {
                self.reminders.insert(*deadline);
            }
            Event::Alerted { deadline, nth } => {
                self.alerts.insert(*deadline, Raised { nth: *nth, at });
            }
            Event::DeadlineRederived { deadline, .. } => {
                self.rederived.insert(*deadline, at);
            }
            Event::HoldPlaced { .. } => self.is_held = true,
            Event::HoldLifted { .. } => self.hold_lifted(at),
            Event::DestructionWithheld => self.withheld_at = Some(at),
            Event::Destroyed => self.destroyed_at = Some(at),
            Event::Assigned { .. }
            | Event::Recused { .. }
            | Event::ConflictFound { .. }
            | Event::DeciderReleased { .. } => self.staffed(&recorded.event, at),
            Event::SolutionProposed { .. }
            | Event::SolutionSigned { .. }
            | Event::SolutionRejected { .. } => {
                self.signed(recorded, seq);
            }
            event => self.treated(event, seq, recorded),
        }
    }

    fn appealed(&mut self, is_late: bool, recorded: &Recorded) {
        let (instance, at) = (self.round().instance + 1, recorded.at);
        if is_late {
            let refused = self.appeal_refused_at;
            let follows_refusal = refused.is_some_and(|refused| at < refused);
            self.late_appeal = Some(LateAppeal {
                received_at: at,
                decide_from: if follows_refusal {
                    recorded.registered_at
                } else {
                    at
                },
                follows_refusal,
                instance,
                bench: Bench::default(),
            });
        } else {
            self.late_appeal = None;
            self.object_by_appeal(at);
            self.rounds.push(Round::open(instance, at));
        }
    }

    fn object_by_appeal(&mut self, at: DateTime<Utc>) {
        let response = self.round_mut().response.as_mut();
        if let Some(response) = response.filter(|response| response.is_unanswered()) {
            response.objected_at = Some(at);
            response.spoken_at = Some(at);
        }
    }

    fn late_appeal_admitted(&mut self) {
        if let Some(late) = self.late_appeal.take() {
            let mut bench = late.bench;
            bench.vacated_at = bench.vacated_at.filter(|_| bench.is_vacant());
            let round = Round::open(late.instance, late.received_at);
            self.rounds.push(Round { bench, ..round });
            self.closure = None;
            self.forget_closing();
        }
    }

    fn closed(&mut self, outcome: Outcome, recorded: &Recorded) {
        self.closure = Some(Closure {
            at: recorded.at,
            outcome,
            by_clock: recorded.by == By::Clock,
        });
        self.measures_asked_at = Some(recorded.registered_at);
        self.late_appeal = None;
    }

    /// Measures and alerts that belong to a closing start again at the next one.
    fn forget_closing(&mut self) {
        self.alerts.remove(&DeadlineKind::Measures);
        self.alerts.remove(&DeadlineKind::Retention);
        self.measures_asked_at = None;
        self.measures_answered_at = None;
        self.unsettled_at = None;
        self.withheld_at = None;
    }

    fn late_appeal_refused(&mut self, at: DateTime<Utc>) {
        self.appeal_refused_at = Some(at);
        let refused = self.late_appeal.take();
        let deciders = refused.into_iter().flat_map(|late| late.bench.deciders);
        self.refused_by.extend(deciders);
        self.no_longer_kept(at);
    }

    /// A late appeal that waited is taken back: the complaint stays closed as it was. While it is open a withdrawal does
    /// nothing by itself: the closing that follows does.
    fn appeal_withdrawn(&mut self, at: DateTime<Utc>) {
        if self.late_appeal.take().is_some() {
            self.appeal_withdrawn_at = Some(at);
            self.no_longer_kept(at);
        }
    }

    fn hold_lifted(&mut self, at: DateTime<Utc>) {
        self.is_held = false;
        self.no_longer_kept(at);
    }

    fn no_longer_kept(&mut self, at: DateTime<Utc>) {
        self.unkept_at = Some(at);
        self.alerts.remove(&DeadlineKind::Retention);
    }

    fn reverse(&mut self, what: ClockAct) {
        match what {
            ClockAct::Closing => {
                self.closure = None;
                self.forget_closing();
            }
            ClockAct::Lapse(term) => self.undo_lapse(term),
            ClockAct::SilentWay => self.round_mut().way = None,
        }
    }

    fn treated(&mut self, event: &Event, seq: u32, recorded: &Recorded) {
        let at = recorded.at;
        self.forget_warnings(event);
        self.round_mut().apply(event, seq, at);
    }

    /// A term that starts anew is reminded of and alerted on anew.
    fn forget_warnings(&mut self, event: &Event) {
        let instance = self.round().instance;
        let anew = match event {
            Event::ResponseIssued { .. } => {
                self.alerts.remove(&DeadlineKind::Announcement(instance));
                DeadlineKind::Silence(instance)
            }
            Event::ResponseReacted { .. } => DeadlineKind::Reaction(instance),
            Event::WayOpened { .. } => DeadlineKind::Way(instance),
            _ => return,
        };
        self.reminders.remove(&anew);
        self.alerts.remove(&anew);
    }

    pub(super) fn round_mut(&mut self) -> &mut Round {
        #[expect(
            clippy::expect_used,
            reason = "a complaint opens with a round, and rounds are only added"
        )]
        self.rounds.last_mut().expect("a complaint has a round")
    }
}

fn opened(filed: &Filed, recorded: &Recorded) -> Complaint {
    let numbered = (1..=u8::MAX).zip(filed.respondents.iter().cloned());
    Complaint {
        id: filed.id,
        version: 1,
        policy: filed.policy,
        received_at: recorded.at,
        registered_at: recorded.registered_at,
        channel: filed.channel,
        filed_on: filed.filed_on,
        incident_on: filed.incident_on,
        course: filed.course,
        course_ends_on: filed.course_ends_on,
        trainers: filed.trainers.clone(),
        organiser: filed.organiser,
        complainant: filed.complainant.clone(),
        reach: BTreeMap::from([(
            Party::Complainant,
            Reach::first(&filed.complainant.contact.address, 0, recorded.at),
        )]),
        respondents: numbered.collect(),
        representative: None,
        description: filed.description.clone(),
        acknowledged_at: None,
        confirmations: Vec::new(),
        admission: if filed.is_late {
            Admission::Undecided
        } else {
            Admission::Timely
        },
        rounds: vec![Round::open(0, recorded.at)],
        late_appeal: None,
        refused_by: BTreeSet::new(),
        appeal_refused_at: None,
        appeal_withdrawn_at: None,
        pursued_at: None,
        solution: None,
        closure: None,
        cause: None,
        measures_asked_at: None,
        measures_answered_at: None,
        measures: BTreeMap::new(),
        rating: None,
        is_held: false,
        unkept_at: None,
        unsettled_at: None,
        withheld_at: None,
        destroyed_at: None,
        deliveries: BTreeMap::new(),
        lost: BTreeMap::new(),
        copies: BTreeMap::new(),
        alerts: BTreeMap::new(),
        reminders: BTreeSet::new(),
        rederived: BTreeMap::new(),
        latest_at: recorded.at,
        stepped_back: BTreeSet::new(),
    }
}
