//! One complaint in play: it holds the dossier, lets time pass, hands letters over, and checks the fold at each step.

use chrono::{DateTime, Utc};

use super::cast;
use crate::{
    actor::Actor,
    command::Command,
    complaint::{Complaint, Delivery, Event, LetterKey, Party, Recorded},
    decide::{Filing, decide, file, next_due},
    facts::Facts,
    letter::letters,
    policy::Policy,
    refusal::Refusal,
};

/// A complaint with everything around it.
#[derive(Clone)]
pub(super) struct World {
    pub policy: Policy,
    pub facts: Facts,
    pub dossier: Vec<Recorded>,
    pub complaint: Complaint,
    pub now: DateTime<Utc>,
    /// Whether a worker lets time pass at each instant that something is due.
    pub has_worker: bool,
    /// Whether mail is handed over as soon as it is written.
    pub has_post: bool,
    /// Whether the fold is checked at each step; random play does so at its end.
    pub is_checked: bool,
}

impl World {
    /// A complaint that was filed.
    pub(super) fn filed(
        policy: Policy,
        facts: Facts,
        actor: &Actor,
        filing: Filing,
        at: DateTime<Utc>,
        now: DateTime<Utc>,
    ) -> Result<Self, Refusal> {
        let dossier = file(&policy, &facts, actor, filing, at, now)?;
        let complaint = Complaint::fold(&dossier).expect("a dossier begins with its filing");
        Ok(Self {
            policy,
            facts,
            dossier,
            complaint,
            now,
            has_worker: true,
            has_post: true,
            is_checked: true,
        })
    }

    /// Karin's complaint under one of the published policies.
    pub(super) fn of(policy_name: &str, at: DateTime<Utc>) -> Self {
        let facts = cast::facts(policy_name, None);
        let filing = cast::filing(facts.calendar.local_date(at));
        let policy = cast::policy(policy_name);
        Self::filed(policy, facts, &Actor::Anyone, filing, at, at).expect("it may be filed")
    }

    /// Does something that arrived `at`, now. On a refusal nothing has changed.
    pub(super) fn act(
        &mut self,
        actor: &Actor,
        command: &Command,
        at: DateTime<Utc>,
    ) -> Result<(), Refusal> {
        let events = decide(
            &self.policy,
            &self.facts,
            &self.complaint,
            actor,
            command,
            at,
            self.now,
        )?;
        self.append(events);
        Ok(())
    }

    /// The same, by somebody of the cast, arriving now.
    pub(super) fn does(&mut self, name: &str, command: &Command) -> Result<(), Refusal> {
        let actor = cast::actor(name, &self.facts);
        self.act(&actor, command, self.now)
    }

    fn append(&mut self, events: Vec<Recorded>) {
        let first_new = self.dossier.len();
        for recorded in events {
            self.complaint.evolve(&recorded);
            self.dossier.push(recorded);
        }
        if self.is_checked {
            self.check();
            self.check_letters(first_new);
        }
    }

    /// The dossier, stored and read again, gives the same complaint.
    pub(super) fn check(&self) {
        let stored = serde_json::to_string(&self.dossier).expect("events can be stored");
        let read: Vec<Recorded> = serde_json::from_str(&stored).expect("events can be read");
        assert_eq!(read, self.dossier, "events survive being stored");
        let folded = Complaint::fold(&read);
        assert_eq!(folded.as_ref(), Some(&self.complaint), "fold is evolve");
        let letters = self.complaint.deliveries.keys();
        assert!(letters.into_iter().all(LetterKey::is_tracked));
    }

    /// What is written now goes to an address that is known now.
    fn check_letters(&self, first_new: usize) {
        for letter in letters(&self.policy, &self.facts, &self.dossier, first_new) {
            if let Some((_, delivery)) = self.complaint.delivery(&letter.key) {
                let reach = self.complaint.reach(Party::Complainant);
                let is_known = reach.knows(delivery.to) || delivery.to == reach.best();
                assert!(is_known, "{:?} to {:?}", letter.key, delivery.to);
            }
        }
    }

    /// Lets time pass until an instant; the worker acts at each instant that something is due.
    pub(super) fn pass_until(&mut self, until: DateTime<Utc>) {
        while let Some((due, _)) = self.next_due().filter(|_| self.has_worker) {
            if due > until {
                break;
            }
            self.now = self.now.max(due);
            self.let_time_pass();
            self.post();
        }
        self.now = self.now.max(until);
        self.post();
    }

    /// What the worker does.
    pub(super) fn let_time_pass(&mut self) {
        self.act(&Actor::Clock, &Command::LetTimePass, self.now)
            .expect("time may always pass");
    }

    /// The next thing that time will do.
    pub(super) fn next_due(&self) -> Option<(DateTime<Utc>, Event)> {
        next_due(&self.policy, &self.facts, &self.complaint, self.now)
    }

    /// Hands over all mail that waits.
    pub(super) fn post(&mut self) {
        if !self.has_post {
            return;
        }
        for letter in self.waiting(false) {
            let handed = Command::LetterHandedOver { letter };
            self.act(&Actor::Post, &handed, self.now)
                .expect("mail may be handed over");
        }
    }

    /// Letters that were not sent yet, on paper or by mail.
    pub(super) fn waiting(&self, is_paper: bool) -> Vec<LetterKey> {
        let all = self.complaint.deliveries.iter();
        let waits = |delivery: &Delivery| delivery.waits_since().is_some();
        all.filter(|(_, delivery)| waits(delivery) && delivery.is_paper() == is_paper)
            .map(|(letter, _)| self.complaint.last_copy(*letter))
            .collect()
    }
}
