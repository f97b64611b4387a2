//! Every deadline of a complaint, derived: start, term, last day, and the article that says so.

mod words;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    calendar::{Calendar, Derivation},
    complaint::{Admission, Complaint, Delivery, OpenWay, Response, Round},
    policy::{Basis, Instance, Policy, Resolution, TermRule},
};

/// Which deadline; the number is the instance, from 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeadlineKind {
    /// Receipt is confirmed (and who handles it).
    Acknowledgement,
    /// A decider is appointed.
    Appointment(u8),
    /// The decider speaks with the complainant in person.
    Contact(u8),
    /// A late complaint is admitted or declared inadmissible; silence admits.
    LateComplaint,
    /// The outcome of an instance.
    Resolution(u8),
    /// The complainant reacts to the response.
    Silence(u8),
    /// The organisation says what silence will mean, where its response did not: until then silence does nothing.
    Announcement(u8),
    /// The handler answers a reaction.
    Reaction(u8),
    /// The complainant goes to the next instance.
    Way(u8),
    /// A late appeal is admitted or refused; silence admits.
    LateAppeal(u8),
    /// A letter that a term depends on goes out.
    Posting,
    /// The question about measures is answered.
    Measures,
    /// The dossier is destroyed.
    Retention,
}

/// Whose term it is: doubt is read in the complainant's favour.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owner {
    /// The organisation must act.
    Organisation,
    /// The complainant may act.
    Complainant,
}

/// A deadline with its derivation.
#[derive(Clone, PartialEq, Debug)]
pub struct Deadline {
    /// Which.
    pub kind: DeadlineKind,
    /// Whose.
    pub owner: Owner,
    /// When the event was from which it runs.
    pub runs_from: DateTime<Utc>,
    /// When the letter from whose delivery it runs had come back before that.
    pub came_back_on: Option<NaiveDate>,
    /// How the term runs by itself.
    pub derivation: Derivation,
    /// The last day that holds: the derived one, or the later one that was announced or agreed.
    pub due_on: NaiveDate,
    /// The exclusive end: the local midnight after the last day.
    pub due_at: DateTime<Utc>,
    /// When it was met.
    pub met_at: Option<DateTime<Utc>>,
    /// Whether it still counts: not met, however late, and not overtaken by the procedure. Retention has no end for now
    /// while a hold or a late appeal keeps the dossier.
    pub is_open: bool,
    /// Where it is written; of a term that was extended, where the extension is.
    pub basis: Basis,
}

impl Deadline {
    /// Whether it was met in time; `false` also while it runs.
    pub fn is_met_in_time(&self) -> bool {
        self.met_at.is_some_and(|met| met < self.due_at)
    }

    /// Whether it has passed, unmet.
    pub fn is_overdue(&self, now: DateTime<Utc>) -> bool {
        self.is_open && self.due_at <= now
    }
}

/// Every deadline of a complaint, in the procedure's order.
pub fn deadlines(policy: &Policy, calendar: &Calendar, complaint: &Complaint) -> Vec<Deadline> {
    let terms = Terms {
        policy,
        calendar,
        complaint,
    };
    let mut all = Vec::new();
    all.extend(terms.acknowledgement());
    all.extend(terms.late_complaint());
    for round in &complaint.rounds {
        if let Some(instance) = policy.instance(round.instance) {
            all.extend(terms.of_round(round, instance));
        }
    }
    all.extend(terms.late_appeal());
    all.extend(terms.posting());
    all.extend(terms.measures());
    all.extend(terms.retention());
    all
}

/// The next deadline that still counts, retention apart.
pub fn next_deadline(deadlines: &[Deadline]) -> Option<&Deadline> {
    let counts =
        |deadline: &&Deadline| deadline.is_open && deadline.kind != DeadlineKind::Retention;
    deadlines
        .iter()
        .filter(counts)
        .min_by_key(|deadline| deadline.due_at)
}

struct Terms<'a> {
    policy: &'a Policy,
    calendar: &'a Calendar,
    complaint: &'a Complaint,
}

impl Terms<'_> {
    /// A term of the organisation: days that became holidays after its start do not lengthen it.
    fn owed(
        &self,
        kind: DeadlineKind,
        rule: &TermRule,
        from: DateTime<Utc>,
        met_at: Option<DateTime<Utc>>,
    ) -> Deadline {
        let derivation = derive(&self.calendar.known_at(from), rule, from);
        Deadline {
            kind,
            owner: Owner::Organisation,
            runs_from: from,
            came_back_on: None,
            due_on: derivation.last_day,
            due_at: derivation.ends,
            derivation,
            met_at,
            is_open: met_at.is_none() && self.complaint.is_open(),
            basis: rule.rule.clone(),
        }
    }

    /// A term of the complainant: the later of the announced and the derived last day holds.
    fn granted(
        &self,
        kind: DeadlineKind,
        rule: &TermRule,
        from: DateTime<Utc>,
        announced: Option<NaiveDate>,
    ) -> Deadline {
        let derivation = derive(self.calendar, rule, from);
        let due_on = announced.map_or(derivation.last_day, |announced| {
            announced.max(derivation.last_day)
        });
        Deadline {
            kind,
            owner: Owner::Complainant,
            runs_from: from,
            came_back_on: None,
            due_on,
            due_at: self.calendar.end_of(due_on),
            derivation,
            met_at: None,
            is_open: self.complaint.is_open(),
            basis: rule.rule.clone(),
        }
    }

    fn acknowledgement(&self) -> Option<Deadline> {
        let rule = &self.policy.acknowledgement.as_ref()?.term;
        let met = self.complaint.acknowledged_at;
        Some(self.owed(
            DeadlineKind::Acknowledgement,
            rule,
            self.complaint.received_at,
            met,
        ))
    }

    fn late_complaint(&self) -> Option<Deadline> {
        let rule = &self.policy.intake.filing_window.as_ref()?.late;
        let inadmissible = self
            .complaint
            .rounds
            .first()
            .and_then(|round| round.inadmissible_at);
        let undecided = self.complaint.admission == Admission::Undecided && inadmissible.is_none();
        undecided.then(|| {
            self.owed(
                DeadlineKind::LateComplaint,
                rule,
                self.complaint.received_at,
                None,
            )
        })
    }

    fn of_round(&self, round: &Round, instance: &Instance) -> Vec<Deadline> {
        let index = round.instance;
        let is_current = self.complaint.round().instance == index;
        let mut own = Vec::new();
        // Where the regulation gives no term to appoint, a seat that nobody has is alerted on all the same.
        let is_vacant = is_current && self.complaint.is_open() && round.bench.is_vacant();
        let unwritten = is_vacant.then_some(&self.policy.alerts);
        if let Some(rule) = instance.appointment.term.as_ref().or(unwritten) {
            own.push(self.owed(
                DeadlineKind::Appointment(index),
                rule,
                round.bench.vacated_at.unwrap_or(round.opened_at),
                round.bench.assigned_at,
            ));
        }
        if let Some(rule) = &instance.contact {
            own.push(self.owed(
                DeadlineKind::Contact(index),
                rule,
                round.opened_at,
                round.contacted_at,
            ));
        }
        own.push(self.resolution(round, instance));
        if let (
            Resolution::Response {
                silence, reaction, ..
            },
            Some(response),
        ) = (&instance.resolution, &round.response)
        {
            own.extend(self.silence(round, &silence.window, response));
            own.extend(self.reaction(round, reaction, response));
        }
        if let (Some(way), Some(open)) = (&instance.way, &round.way) {
            own.extend(self.way(round, &way.window, open));
        }
        let has_moved_on = round
            .way
            .as_ref()
            .is_some_and(|way| way.announced.is_some());
        for deadline in &mut own {
            // The notice that an appeal is open leaves the answer to a question owed.
            let outlasts_notice = matches!(
                deadline.kind,
                DeadlineKind::Way(_) | DeadlineKind::Silence(_) | DeadlineKind::Reaction(_)
            );
            // Once it is established that there is no agreement, nobody need seek one any more.
            let is_sought_no_more =
                deadline.kind == DeadlineKind::Resolution(index) && round.no_agreement_at.is_some();
            deadline.is_open &=
                is_current && (outlasts_notice || !has_moved_on) && !is_sought_no_more;
        }
        own
    }

    fn resolution(&self, round: &Round, instance: &Instance) -> Deadline {
        let rule = instance.resolution.term();
        let kind = DeadlineKind::Resolution(round.instance);
        let mut deadline = self.owed(
            kind,
            rule,
            round.opened_at,
            self.resolved_at(round, &instance.resolution),
        );
        let later = extended(round, instance).filter(|(until, _)| *until > deadline.due_on);
        if let Some((until, basis)) = later {
            deadline.due_on = until;
            deadline.due_at = self.calendar.end_of(until);
            deadline.basis = basis.unwrap_or(deadline.basis);
        }
        deadline
    }

    fn resolved_at(&self, round: &Round, resolution: &Resolution) -> Option<DateTime<Utc>> {
        match resolution {
            Resolution::Response { .. } => {
                let letters = round.responses.iter();
                let issued =
                    letters.filter_map(|letter| self.complaint.deliveries.get(letter)?.issued_at());
                issued.min()
            }
            Resolution::Agreement { .. } => {
                let closure = self
                    .complaint
                    .closure
                    .filter(|_| self.complaint.round().instance == round.instance);
                closure.map(|closure| closure.at)
            }
            Resolution::Decision { .. } => round.decided.map(|(at, _)| at),
        }
    }

    fn silence(&self, round: &Round, rule: &TermRule, response: &Response) -> Option<Deadline> {
        let letter = self.complaint.deliveries.get(&response.letter)?;
        let delivered = letter.counts_from()?;
        let told = self.complaint.silence_void_since(self.calendar, round);
        let mut deadline = match response.announced.filter(|_| told.is_none()) {
            Some(on) => self.granted(
                DeadlineKind::Silence(round.instance),
                rule,
                delivered,
                Some(on),
            ),
            // No term of the complainant runs; the organisation looks again when one would have ended.
            None => self.owed(
                DeadlineKind::Announcement(round.instance),
                rule,
                told.unwrap_or(delivered),
                None,
            ),
        };
        deadline.came_back_on = told.map_or_else(|| self.came_back_on(letter), |_| None);
        deadline.met_at = response.objected_at.or(response.reacted_at);
        deadline.is_open &= response.is_unanswered();
        Some(deadline)
    }

    fn reaction(&self, round: &Round, rule: &TermRule, response: &Response) -> Option<Deadline> {
        let reacted = response.reacted_at.or(response.answers)?;
        let answered = self.complaint.answered_at(round, response);
        // Whichever came first: an answer that goes out again takes nothing from an objection in time.
        let met = answered.into_iter().chain(response.objected_at).min();
        Some(self.owed(DeadlineKind::Reaction(round.instance), rule, reacted, met))
    }

    fn way(&self, round: &Round, rule: &TermRule, open: &OpenWay) -> Option<Deadline> {
        let announced = open.announced?;
        let letter = self.complaint.deliveries.get(&open.letter)?;
        let delivered = letter.counts_from()?;
        if self
            .complaint
            .way_void_since(self.calendar, round)
            .is_some()
        {
            return None;
        }
        let kind = DeadlineKind::Way(round.instance);
        Some(Deadline {
            came_back_on: self.came_back_on(letter),
            ..self.granted(kind, rule, delivered, Some(announced))
        })
    }

    fn came_back_on(&self, letter: &Delivery) -> Option<NaiveDate> {
        let before = |at: &DateTime<Utc>| letter.counts_from().is_some_and(|from| *at < from);
        let came_back = letter.came_back_at.filter(before);
        came_back.map(|at| self.calendar.local_date(at))
    }

    fn late_appeal(&self) -> Vec<Deadline> {
        let Some(late) = &self.complaint.late_appeal else {
            return Vec::new();
        };
        let from = usize::from(late.instance);
        let mut own = Vec::new();
        if let Some(way) = from
            .checked_sub(1)
            .and_then(|before| self.policy.instances.get(before)?.way.as_ref())
        {
            own.push(self.owed(
                DeadlineKind::LateAppeal(late.instance),
                &way.late.decide,
                late.decide_from,
                None,
            ));
        }
        let appointment = self
            .policy
            .instances
            .get(from)
            .map(|instance| instance.appointment.term.as_ref());
        let appointment = appointment.map(|term| term.unwrap_or(&self.policy.alerts));
        if let Some(rule) = appointment.filter(|_| late.bench.is_vacant()) {
            own.push(self.owed(
                DeadlineKind::Appointment(late.instance),
                rule,
                late.bench.vacated_at.unwrap_or(late.decide_from),
                None,
            ));
        }
        for deadline in &mut own {
            deadline.is_open = true;
        }
        own
    }

    fn posting(&self) -> Option<Deadline> {
        let waiting = self.complaint.letters_that_wait();
        let oldest = self.complaint.deliveries.get(waiting.first()?)?;
        let oldest = oldest.waits_since()?;
        let mut deadline = self.owed(DeadlineKind::Posting, &self.policy.alerts, oldest, None);
        deadline.is_open = true;
        Some(deadline)
    }

    fn measures(&self) -> Option<Deadline> {
        let rule = self.policy.measures.as_ref()?;
        let asked = self.complaint.measures_run_from()?;
        let met = self.complaint.measures_answered_at;
        let mut deadline = self.owed(DeadlineKind::Measures, rule, asked, met);
        deadline.is_open = met.is_none() && self.complaint.destroyed_at.is_none();
        Some(deadline)
    }

    fn retention(&self) -> Option<Deadline> {
        let retention = self.policy.retention.as_ref()?;
        let closed = self.complaint.closure?.at;
        let rule = TermRule {
            term: retention.term,
            rolls: false,
            rule: retention.rule.clone(),
        };
        let mut deadline = self.owed(
            DeadlineKind::Retention,
            &rule,
            closed,
            self.complaint.destroyed_at,
        );
        deadline.is_open = self.complaint.destroyed_at.is_none()
            && self.complaint.late_appeal.is_none()
            && !self.complaint.is_held;
        Some(deadline)
    }
}

/// The latest day that a term was extended to, and where that kind of extension is written.
fn extended(round: &Round, instance: &Instance) -> Option<(NaiveDate, Option<Basis>)> {
    let (days, rules) = (&round.extended, instance.resolution.extension());
    let by_notice = rules.announced.as_ref().map(|term| term.rule.clone());
    let announced = days.announced.map(|until| (until, by_notice));
    let consented = days.consented.map(|until| (until, rules.consent.clone()));
    let all = announced.into_iter().chain(consented);
    all.max_by_key(|(until, _)| *until)
}

fn derive(calendar: &Calendar, rule: &TermRule, from: DateTime<Utc>) -> Derivation {
    calendar.derive(rule.term, calendar.local_date(from), rule.rolls)
}
