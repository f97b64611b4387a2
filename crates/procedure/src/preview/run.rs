//! The scenario played, happening by happening, with time in between.

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    Happening, HappeningKind, PreviewedDeadline, Scenario, StepKind, Timeline, TimelineStep,
};
use crate::{
    actor::By,
    calendar::Calendar,
    complaint::{Complaint, Event, Recorded},
    deadline::{DeadlineKind, deadlines},
    decide::{filing_window, next_due},
    policy::{
        CourseRule, Policy,
        play::{Play, Reach, Setting, apply, quiet},
    },
};

/// What time can do after the last happening; no procedure comes near.
const MOST_EVENTS: usize = 200;

pub(super) fn run(policy: &Policy, calendar: Calendar, scenario: &Scenario) -> Timeline {
    let paced = paced(policy);
    let play = play(&paced, calendar, scenario);
    let setting = Setting {
        reach: Reach::Proved,
        names_respondent: true,
        is_late: false,
    };
    let at = scenario.received_at;
    let filed = play.file(setting, at);
    let complaint = filed.as_ref().ok().and_then(Complaint::fold);
    let mut timeline = Timeline {
        steps: Vec::new(),
        deadlines: Vec::new(),
    };
    if let (Some(window), Some(rule)) = (
        filing_window(policy, &play.facts, incident_on(&play, scenario)),
        &policy.intake.filing_window,
    ) {
        let filing = PreviewedDeadline::filing(&window, &rule.window.rule, at);
        timeline.deadlines.push(filing);
    }
    let step = TimelineStep::of(at, StepKind::Filed, None, complaint.as_ref());
    timeline.steps.push(match &filed {
        Ok(_) => step,
        Err(refusal) => step.refused(refusal),
    });
    if let Some(complaint) = complaint {
        let mut run = Run {
            play,
            policy,
            complaint,
            timeline,
            keys: Vec::new(),
        };
        run.look();
        run.happen(scenario);
        run.run_out();
        timeline = run.timeline;
    }
    timeline
}

/// The same policy, in which an alert is not repeated: a happening may come a century later.
fn paced(policy: &Policy) -> Policy {
    Policy {
        alerts: quiet(policy).alerts,
        ..policy.clone()
    }
}

fn play<'a>(policy: &'a Policy, calendar: Calendar, scenario: &Scenario) -> Play<'a> {
    let mut play = Play::new(policy, calendar, scenario.course_ended_on);
    let is_needed = policy.intake.course == CourseRule::Required;
    if scenario.course_ended_on.is_none() && !is_needed {
        play.facts.course = None;
    }
    play
}

/// When it happened, as far as the scenario says.
fn incident_on(play: &Play<'_>, scenario: &Scenario) -> Option<NaiveDate> {
    let course = scenario.course_ended_on;
    course.map(|_| play.incident_on(scenario.received_at))
}

struct Run<'a> {
    play: Play<'a>,
    /// As it is written; what is played repeats no alert.
    policy: &'a Policy,
    complaint: Complaint,
    timeline: Timeline,
    /// Which deadline stands where in the timeline, by kind and start.
    keys: Vec<((DeadlineKind, NaiveDate), usize)>,
}

impl Run<'_> {
    fn happen(&mut self, scenario: &Scenario) {
        let mut happenings = scenario.happenings.clone();
        happenings.sort_by_key(|one| one.at);
        let mut last = scenario.received_at;
        for (place, Happening { kind, at, until }) in happenings.iter().copied().enumerate() {
            let is_carried = |next: usize| {
                happenings
                    .get(next)
                    .is_none_or(|one| one.kind != HappeningKind::Delivered)
            };
            self.settle(at, is_carried(place));
            let performed = self.play.perform_until(&self.complaint, kind, at, until);
            if let Ok(events) = &performed {
                apply(&mut self.complaint, events);
            }
            let kind = StepKind::Happening(kind);
            let step = TimelineStep::of(at, kind, None, Some(&self.complaint));
            self.timeline.steps.push(match &performed {
                Ok(_) => step,
                Err(refusal) => step.refused(refusal),
            });
            last = last.max(at);
            if is_carried(place + 1) {
                self.play.carry(&mut self.complaint, last);
            }
            self.look();
        }
    }

    /// What falls due until an instant; a repeated alert is no news.
    fn settle(&mut self, until: DateTime<Utc>, is_carried: bool) {
        while let Some((due, event)) = self.next_due().filter(|(due, _)| *due <= until) {
            self.pass(due, event, is_carried);
        }
    }

    fn next_due(&self) -> Option<(DateTime<Utc>, Event)> {
        let (play, now) = (&self.play, self.complaint.latest_at);
        next_due(play.policy, &play.facts, &self.complaint, now)
    }

    fn pass(&mut self, due: DateTime<Utc>, event: Event, is_carried: bool) {
        let recorded = Recorded {
            at: due,
            registered_at: due,
            by: By::Clock,
            event,
        };
        self.complaint.evolve(&recorded);
        let is_news = !matches!(&recorded.event, Event::Alerted { nth, .. } if *nth > 1);
        if is_news {
            let event = Some(&recorded.event);
            let step = TimelineStep::of(due, StepKind::Time, event, Some(&self.complaint));
            self.timeline.steps.push(step);
        }
        if is_carried {
            self.play.carry(&mut self.complaint, due);
        }
        self.look();
    }

    /// Nobody acts any more: time runs on to the end, or until it only repeats itself.
    fn run_out(&mut self) {
        for _ in 0..MOST_EVENTS {
            let has_ended = !self.complaint.is_undecided();
            let Some((due, event)) = self.next_due().filter(|_| !has_ended) else {
                break;
            };
            if matches!(&event, Event::Alerted { nth, .. } if *nth > 1) {
                break;
            }
            self.pass(due, event, true);
        }
    }

    /// Notes every deadline as it stands now; one that is no more is not open.
    fn look(&mut self) {
        for deadline in &mut self.timeline.deadlines {
            deadline.is_open = false;
        }
        for deadline in deadlines(self.policy, &self.play.facts.calendar, &self.complaint) {
            let key = (deadline.kind, deadline.derivation.start);
            let known = self.keys.iter().find(|(known, _)| *known == key);
            let previewed = PreviewedDeadline::from(&deadline);
            if let Some((_, place)) = known {
                self.timeline.deadlines[*place] = previewed;
            } else {
                self.keys.push((key, self.timeline.deadlines.len()));
                self.timeline.deadlines.push(previewed);
            }
        }
    }
}
