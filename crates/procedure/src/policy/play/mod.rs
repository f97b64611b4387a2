//! A policy played out with synthetic people, through the same decisions that real complaints meet.

mod act;
mod cast;
mod commands;
mod pace;
mod words;

use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use uuid::Uuid;

pub use act::{Act, UnknownAct};
pub(crate) use cast::Reach;
pub(crate) use pace::quiet;
pub(crate) use words::{deadline_in_words, event_in_words, outcome_in_words, state_in_words};

use super::{Channel, Policy};
use crate::{
    actor::{Actor, Role},
    calendar::Calendar,
    complaint::{Complaint, Recorded},
    confidential::Confidential,
    decide::{Filing, decide, file},
    facts::{CourseFacts, Facts},
    ids::{ComplaintId, CourseId, PolicyId},
    refusal::{Reason, Refusal},
};

/// How a synthetic complaint comes in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Setting {
    /// How the complainant can be reached.
    pub(crate) reach: Reach,
    /// Whether it names a respondent.
    pub(crate) names_respondent: bool,
    /// Whether it comes after the filing window.
    pub(crate) is_late: bool,
}

/// A policy and the people to play it with: one of each role.
pub(crate) struct Play<'a> {
    pub(crate) policy: &'a Policy,
    pub(crate) facts: Facts,
}

impl<'a> Play<'a> {
    /// Everyone in place, for a course that ended on a day.
    pub(crate) fn new(
        policy: &'a Policy,
        calendar: Calendar,
        course_ended_on: Option<NaiveDate>,
    ) -> Self {
        let course = CourseFacts {
            id: CourseId(Uuid::from_u128(1)),
            ends_on: course_ended_on,
            trainers: [cast::TRAINER].into(),
            organiser: Some(cast::ORGANISER),
        };
        Self {
            policy,
            facts: cast::facts(calendar, course),
        }
    }

    /// A complaint that arrives and is registered at an instant.
    pub(crate) fn file(
        &self,
        setting: Setting,
        at: DateTime<Utc>,
    ) -> Result<Vec<Recorded>, Refusal> {
        let Some(channel) = self.channel(setting.reach) else {
            return Err(Reason::ChannelNotOpen.by(&self.policy.intake.rule));
        };
        let today = self.facts.calendar.local_date(at);
        let respondents = if setting.names_respondent {
            vec![cast::respondent()]
        } else {
            Vec::new()
        };
        let filing = Filing {
            id: ComplaintId(Uuid::from_u128(2)),
            policy: PolicyId(Uuid::from_u128(3)),
            channel,
            filed_on: Some(today),
            incident_on: Some(self.incident_on(at)),
            complainant: cast::complainant(setting.reach),
            respondents,
            description: Confidential::new("…".to_owned()),
        };
        let administrator = cast::member(cast::id_of(Role::Administrator), &self.facts);
        let mut filed = file(self.policy, &self.facts, &administrator, filing, at, at)?;
        if let Some(complaint) = Complaint::fold(&filed) {
            filed.extend(self.confirmations(complaint, at)?);
        }
        Ok(filed)
    }

    /// When it happened: at the end of the course, or today where that is still to come.
    pub(crate) fn incident_on(&self, at: DateTime<Utc>) -> NaiveDate {
        let today = self.facts.calendar.local_date(at);
        let course = self.facts.course.as_ref();
        let ended = course.and_then(|course| course.ends_on);
        ended.map_or(today, |ended| ended.min(today))
    }

    /// An open channel that leaves the address as the setting says.
    fn channel(&self, reach: Reach) -> Option<Channel> {
        let open = &self.policy.intake.channels;
        let preferred = match reach {
            Reach::Postal => [
                Channel::Post,
                Channel::InPerson,
                Channel::WebForm,
                Channel::Email,
            ],
            Reach::Proved | Reach::Unproved => [
                Channel::WebForm,
                Channel::Post,
                Channel::InPerson,
                Channel::Email,
            ],
        };
        let written = preferred.into_iter().find(|channel| open.contains(channel));
        let spoken = open
            .first()
            .copied()
            .filter(|_| self.policy.intake.written.is_none());
        written.or(spoken)
    }

    /// Does one act on a complaint; several commands where the act needs them. More time is asked for by as much again as
    /// the term itself.
    pub(crate) fn perform(
        &self,
        complaint: &Complaint,
        act: Act,
        at: DateTime<Utc>,
    ) -> Result<Vec<Recorded>, Refusal> {
        self.perform_until(complaint, act, at, None)
    }

    /// As [`Self::perform`], with the new last day where the act is to give more time.
    pub(crate) fn perform_until(
        &self,
        complaint: &Complaint,
        act: Act,
        at: DateTime<Utc>,
        until: Option<NaiveDate>,
    ) -> Result<Vec<Recorded>, Refusal> {
        let commands = self.commands(complaint, act, at, until)?;
        let mut complaint = complaint.clone();
        let mut events = Vec::new();
        for (actor, command) in commands {
            let decided = self.decide(&complaint, &actor, &command, at)?;
            apply(&mut complaint, &decided);
            events.extend(decided);
        }
        events.extend(self.confirmations(complaint, at)?);
        Ok(events)
    }

    /// Letters that confirm receipt go out as they are written: that they do leads nowhere.
    fn confirmations(
        &self,
        mut complaint: Complaint,
        at: DateTime<Utc>,
    ) -> Result<Vec<Recorded>, Refusal> {
        let mut events = Vec::new();
        for (actor, command) in self.confirming(&complaint) {
            let decided = self.decide(&complaint, &actor, &command, at)?;
            apply(&mut complaint, &decided);
            events.extend(decided);
        }
        Ok(events)
    }

    /// The post is prompt and sure where an e-mail address proved to be the complainant's.
    pub(crate) fn carry(&self, complaint: &mut Complaint, at: DateTime<Utc>) {
        let waits = complaint
            .deliveries
            .values()
            .any(|one| one.sent_at.is_none());
        if waits
            && complaint.complainant.is_verified
            && complaint.is_mailed()
            && let Ok(events) = self.perform(complaint, Act::Delivered, at)
        {
            apply(complaint, &events);
        }
    }

    fn decide(
        &self,
        complaint: &Complaint,
        actor: &Actor,
        command: &crate::command::Command,
        at: DateTime<Utc>,
    ) -> Result<Vec<Recorded>, Refusal> {
        decide(self.policy, &self.facts, complaint, actor, command, at, at)
    }
}

/// The instant at which synthetic complaints arrive: a Monday without a holiday near.
pub(crate) fn some_monday() -> DateTime<Utc> {
    Utc.timestamp_opt(1_788_166_800, 0)
        .single()
        .unwrap_or(DateTime::UNIX_EPOCH)
}

/// A day on which a course ended so long before an instant that a complaint is late; `None` when the policy has
/// no filing window, or one of more than a generation.
pub(crate) fn too_long_ago(
    policy: &Policy,
    calendar: &Calendar,
    at: DateTime<Utc>,
) -> Option<NaiveDate> {
    let window = &policy.intake.filing_window.as_ref()?.window;
    let today = calendar.local_date(at);
    let span = calendar.derive(window.term, today, window.rolls).last_day - today;
    let days = u64::try_from(span.num_days())
        .ok()
        .filter(|days| *days < 11_000)?;
    today.checked_sub_days(Days::new(days + 30))
}

/// What events make of a complaint.
pub(crate) fn apply(complaint: &mut Complaint, events: &[Recorded]) {
    for recorded in events {
        complaint.evolve(recorded);
    }
}
