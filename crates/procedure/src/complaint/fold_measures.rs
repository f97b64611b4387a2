//! The fold of what becomes of measures.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Complaint, Event, FollowUp, Measure, MeasureUpdate, ProposedMeasure, Raised};
use crate::ids::ComplaintId;

impl Complaint {
    pub(super) fn measured(&mut self, event: &Event, at: DateTime<Utc>) {
        match event {
            Event::MeasuresAnswered { measures, .. } => {
                self.measures_answered_at = Some(at);
                let agreed = measures.iter().map(|one| (one.id, agreed(one, at)));
                self.measures.extend(agreed);
            }
            Event::MeasureUpdated(update) => {
                if let Some(measure) = self.measures.get_mut(&update.id) {
                    measure.update(update, at);
                }
            }
            Event::RecurrenceFound {
                measure,
                recurrence,
            } => {
                if let Some(measure) = self.measures.get_mut(measure) {
                    measure.recurrences.push(*recurrence);
                }
            }
            Event::MeasureFollowedUp {
                measure,
                about,
                nth,
            } => {
                if let Some(measure) = self.measures.get_mut(measure) {
                    let raised = Raised { nth: *nth, at };
                    measure.followed_up.insert(*about, raised);
                }
            }
            _ => {}
        }
    }
}

impl Measure {
    /// Whether an answer is still awaited: that it was done, by a day; by which day; or whether it worked.
    pub(crate) fn awaits(&self, about: FollowUp) -> bool {
        match about {
            FollowUp::DueSoon | FollowUp::Overdue => self.day_to_do_it().is_some(),
            FollowUp::Undated => self.due_on.is_none() && self.done_on.is_none(),
            FollowUp::Effect | FollowUp::Unjudged => {
                self.done_on.is_some() && self.is_effective.is_none()
            }
        }
    }

    /// Whether another complaint is known to have come after it.
    pub fn came_before(&self, other: ComplaintId) -> bool {
        self.recurrences.iter().any(|one| one.complaint == other)
    }

    /// The day by which it is still to be done.
    pub fn day_to_do_it(&self) -> Option<NaiveDate> {
        self.due_on.filter(|_| self.done_on.is_none())
    }

    /// Whether nothing more is to be said of it: it was done, and judged.
    pub(crate) const fn is_judged(&self) -> bool {
        self.done_on.is_some() && self.is_effective.is_some()
    }

    fn update(&mut self, update: &MeasureUpdate, at: DateTime<Utc>) {
        if update.due_on.is_some() && update.due_on != self.due_on {
            self.dated_at = at;
            self.followed_up.remove(&FollowUp::DueSoon);
            self.followed_up.remove(&FollowUp::Overdue);
        }
        self.owner = update.owner.or(self.owner);
        self.due_on = update.due_on.or(self.due_on);
        self.done_on = update.done_on.or(self.done_on);
        self.is_effective = update.is_effective.or(self.is_effective);
    }
}

fn agreed(proposed: &ProposedMeasure, at: DateTime<Utc>) -> Measure {
    Measure {
        text: proposed.text.clone(),
        owner: proposed.owner,
        due_on: proposed.due_on,
        done_on: None,
        is_effective: None,
        agreed_at: at,
        dated_at: at,
        followed_up: BTreeMap::new(),
        recurrences: Vec::new(),
    }
}
