//! A script: lines with a day, a time, who, and what; played one after the other, and told as a dossier.

use chrono::{DateTime, Utc};

use super::{
    cast::{self, local},
    told,
    verbs::Words,
    world::World,
};
use crate::{
    actor::Actor,
    command::Command,
    complaint::{Address, Outcome, State},
    facts::Absence,
    policy::Channel,
};

/// Plays a script under a policy and tells the dossier, the state and the deadlines.
///
/// The first line files: `2026-03-02 10:00 Karin files [naming X] [unproved] [on-paper] [without-course]
/// [ended DAY] [incident DAY] [by CHANNEL] [arrived DAY TIME]`. Every later line is `DAY TIME WHO VERB …`, or a change of
/// what surrounds the complaint: `… Roster trains X`, `… Roster organises X`, `… Leave X FROM UNTIL [SUBSTITUTE]`,
/// `… Membership X until DAY`, `… Roles X end`, `… Calendar closes DAY`, `… Calendar opens DAY`, `… Calendar equates DAY`,
/// `… Repeat of DAY TIME [kept-from X]`, `… Repeat about CAUSE`, `… Repeat destroyed`, `… Worker sleeps`, `… Worker wakes`, `… Carrier stops`.
pub(super) fn play(policy: &str, script: &str) -> Played {
    let mut played: Option<Played> = None;
    for line in script
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
    {
        let (when, what) = line.split_at(line.match_indices(' ').nth(1).expect("a day, a time").0);
        let (on, time) = when.split_once(' ').expect("a day and a time");
        let now = local(on, time);
        match &mut played {
            None => played = Some(Played::open(policy, line, what.trim(), now)),
            Some(played) => played.step(line, what.trim(), now),
        }
    }
    played.expect("a script has lines")
}

/// A script that was played.
pub(super) struct Played {
    pub world: World,
    pub told: String,
}

impl Played {
    fn open(policy: &str, line: &str, what: &str, now: DateTime<Utc>) -> Self {
        let (who, what) = what.split_once(' ').expect("who and what");
        let mut words = Words::read(what);
        assert!(words.has("files"), "a script begins with a filing");
        let ended = words.take("ended").map(cast::day);
        let mut facts = cast::facts(policy, ended);
        let mut filing = cast::filing(facts.calendar.local_date(now));
        filing.channel = words.channel.unwrap_or(Channel::WebForm);
        if let Some(name) = words.take("naming") {
            filing.respondents = vec![cast::respondent(name)];
        }
        filing.incident_on = words.take("incident").map(cast::day);
        if words.has("unproved") {
            filing.complainant.is_verified = false;
        }
        if words.has("on-paper") {
            filing.complainant.contact.address = Address::Postal(cast::text("Straat 1, Ergens"));
        }
        if words.has("also-at-post") {
            filing.complainant.contact.address = cast::both_addresses();
        }
        if words.has("without-course") {
            facts.course = None;
        }
        let actor = match who {
            "Karin" => Actor::Anyone,
            name => cast::actor(name, &facts),
        };
        if words.has("as-member") {
            filing.complainant.member = actor.member();
        }
        words.done();
        let at = words.at.unwrap_or(now);
        let world = World::filed(cast::policy(policy), facts, &actor, filing, at, now)
            .expect("it may be filed");
        let mut told = format!("{line}\n");
        told.push_str(&told::events(&world.dossier, now, actor.by()));
        Self { world, told }
    }

    fn step(&mut self, line: &str, what: &str, now: DateTime<Utc>) {
        self.wait_until(now);
        self.told.push_str(line);
        self.told.push('\n');
        let (who, what) = what.split_once(' ').expect("who and what");
        if self.surroundings(who, what) {
            return;
        }
        let mut words = Words::read(what);
        let command = words.command(&self.world);
        words.done();
        let actor = cast::actor(who, &self.world.facts);
        let at = words.at.unwrap_or(now);
        self.act(&actor, &command, at);
        let before = self.world.dossier.len();
        self.world.post();
        self.tell_from(before, Actor::Post.by());
    }

    fn act(&mut self, actor: &Actor, command: &Command, at: DateTime<Utc>) {
        let before = self.world.dossier.len();
        match self.world.act(actor, command, at) {
            Ok(()) => self.tell_from(before, actor.by()),
            Err(refusal) => self.told.push_str(&told::refusal(&refusal)),
        }
    }

    /// Everything that time does until then, each under its own instant.
    fn wait_until(&mut self, until: DateTime<Utc>) {
        loop {
            let before = self.world.dossier.len();
            let due = self.world.next_due().map(|(due, _)| due);
            let Some(due) = due.filter(|due| self.world.has_worker && *due <= until) else {
                break;
            };
            self.world.pass_until(due);
            self.told.push_str(&told::instant(self.world.now));
            self.told.push_str(" (time passes)\n");
            self.tell_from(before, Actor::Clock.by());
        }
        self.world.now = self.world.now.max(until);
    }

    fn tell_from(&mut self, from: usize, by: crate::actor::By) {
        let new = &self.world.dossier[from..];
        self.told.push_str(&told::events(new, self.world.now, by));
    }

    fn surroundings(&mut self, who: &str, what: &str) -> bool {
        let words: Vec<&str> = what.split_whitespace().collect();
        let (facts, now) = (&mut self.world.facts, self.world.now);
        match (who, &words[..]) {
            ("Roster", [what, name]) => {
                let course = facts.course.as_mut().expect("a course");
                if *what == "trains" {
                    course.trainers.insert(cast::member(name));
                } else {
                    assert_eq!(*what, "organises");
                    course.organiser = Some(cast::member(name));
                }
                self.act(&Actor::System, &Command::ReviewConflicts, now);
                let before = self.world.dossier.len();
                self.world.post();
                self.tell_from(before, Actor::Post.by());
            }
            ("Leave", [name, from, until, rest @ ..]) => {
                let absence = Absence {
                    from: cast::day(from),
                    until: cast::day(until),
                    substitute: rest.first().map(|name| cast::member(name)),
                };
                let member = facts.members.get_mut(&cast::member(name));
                member.expect("a member").absences.push(absence);
            }
            ("Membership", [name, "until", on]) => {
                let member = facts.members.get_mut(&cast::member(name));
                member.expect("a member").until = Some(cast::day(on));
            }
            ("Roles", [name, "end"]) => {
                let member = facts.members.get_mut(&cast::member(name));
                member.expect("a member").roles.clear();
                self.act(&Actor::System, &Command::ReviewConflicts, now);
            }
            ("Calendar", ["closes", on]) => {
                facts.calendar = facts.calendar.clone().with_closing_day(cast::day(on), now);
            }
            ("Calendar", ["opens", on]) => {
                let (calendar, on) = (facts.calendar.clone(), cast::day(on));
                facts.calendar = calendar.with_closing_day_taken_back(on, now);
            }
            ("Calendar", ["equates", on]) => {
                facts.calendar = facts.calendar.clone().with_equated_day(cast::day(on), now);
            }
            ("Repeat", ["of", on, time, rest @ ..]) => {
                let mut repeat = cast::repeat(local(on, time));
                repeat.kept_from = rest.iter().skip(1).map(|name| cast::member(name)).collect();
                facts.repeats.insert(cast::REPEAT, repeat);
            }
            ("Repeat", ["about", cause]) => {
                let repeat = facts.repeats.get_mut(&cast::REPEAT).expect("a repeat");
                (*cause).clone_into(&mut repeat.cause);
            }
            ("Repeat", ["destroyed"]) => facts.repeats.clear(),
            ("Worker", ["sleeps"]) => self.world.has_worker = false,
            ("Worker", ["wakes"]) => self.world.has_worker = true,
            ("Carrier", ["stops"]) => self.world.has_post = false,
            _ => return false,
        }
        true
    }

    /// The dossier as told, then where the complaint stands and every deadline.
    pub(super) fn report(&self) -> String {
        let standing = told::standing(&self.world);
        format!("{}\n{standing}", self.told)
    }

    /// The outcome at closing.
    pub(super) fn outcome(&self) -> Option<Outcome> {
        self.world.complaint.closure.map(|closure| closure.outcome)
    }

    /// Where it stands.
    pub(super) fn state(&self) -> State {
        self.world.complaint.state()
    }
}
