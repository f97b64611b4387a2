//! Random play: a sequence of steps that people, time and the post take.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::sample;
use crate::{
    actor::{Actor, By},
    command::{Command, CommandKind},
    complaint::{Address, Event, Recorded},
    deadline::{Owner, deadlines},
    decide::actions,
    facts::{Absence, Repeat},
    policy::Channel,
    refusal::RefusalCode,
    tests::{
        cast::{self, local, member},
        world::World,
    },
};

/// How many sequences are played, unless `PROPTEST_CASES` says otherwise.
pub(super) fn cases(usually: u32) -> ProptestConfig {
    let default = ProptestConfig::default();
    let is_asked = std::env::var_os("PROPTEST_CASES").is_some();
    ProptestConfig {
        cases: if is_asked { default.cases } else { usually },
        failure_persistence: None,
        ..default
    }
}

/// Who may take part.
pub(super) const ACTORS: &[&str] = &[
    "Karin", "Robin", "Tom", "Rita", "Anna", "Bram", "Mila", "Max", "Arie", "Aisha", "Cora",
    "Xena", "Ada", "Sam",
];

/// One step.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// Somebody does something that they may do now, chosen by number.
    Allowed(usize, usize, usize),
    /// Somebody tries something, allowed or not.
    Tried(usize, usize, usize),
    /// The administration registers an act of a party that arrived so many hours ago.
    Registered(usize, i64),
    /// The post brings all mail that waits.
    Post,
    /// A letter comes back, known so many hours ago.
    Returned(usize, i64),
    /// The administration posts what is on paper.
    Posted(usize),
    /// The complainant uses the link.
    Link,
    /// Somebody becomes trainer of the course, and conflicts are reviewed.
    Roster(usize),
    /// Somebody goes on leave for a month.
    Leave(usize, usize),
    /// A day ahead is equated by decree, or closed, or open again.
    Day(u64, usize),
    /// Hours pass.
    Hours(i64),
}

/// How a complaint comes in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    policy: usize,
    is_verified: bool,
    address: usize,
    names: usize,
    is_late: bool,
    stage: usize,
}

pub(super) fn settings() -> impl Strategy<Value = Setting> {
    (
        0..3_usize,
        prop::bool::weighted(0.7),
        prop_oneof![4 => Just(0), 2 => Just(1), 2 => Just(2)],
        0..4_usize,
        prop::bool::weighted(0.15),
        0..7_usize,
    )
        .prop_map(
            |(policy, is_verified, address, names, is_late, stage)| Setting {
                policy,
                is_verified,
                address,
                names,
                is_late,
                stage,
            },
        )
}

pub(super) fn steps(most: usize) -> impl Strategy<Value = Vec<Step>> {
    let one = prop_oneof![
        10 => (any::<usize>(), any::<usize>(), any::<usize>()).prop_map(|(a, b, c)| Step::Allowed(a, b, c)),
        2 => (any::<usize>(), any::<usize>(), any::<usize>()).prop_map(|(a, b, c)| Step::Tried(a, b, c)),
        3 => (any::<usize>(), 0..1_500_i64).prop_map(|(a, hours)| Step::Registered(a, hours)),
        3 => Just(Step::Post),
        1 => (any::<usize>(), 0..300_i64).prop_map(|(a, hours)| Step::Returned(a, hours)),
        1 => any::<usize>().prop_map(Step::Posted),
        1 => Just(Step::Link),
        1 => any::<usize>().prop_map(Step::Roster),
        1 => (any::<usize>(), any::<usize>()).prop_map(|(a, b)| Step::Leave(a, b)),
        1 => (1..60_u64, any::<usize>()).prop_map(|(ahead, what)| Step::Day(ahead, what)),
        6 => prop_oneof![1..40_i64, 40..1_200_i64].prop_map(Step::Hours),
    ];
    prop::collection::vec(one, 1..most)
}

impl Setting {
    /// The complaint as filed.
    pub(super) fn world(self) -> World {
        let policy = ["blijf", "livp", "awb"][self.policy];
        let at = local("2026-03-02", "10:00");
        let ended = if self.is_late {
            "2024-01-05"
        } else {
            "2026-02-20"
        };
        let mut facts = cast::facts(policy, Some(cast::day(ended)));
        let repeat = Repeat {
            cause: "other".to_owned(),
            ..cast::repeat(local("2026-09-01", "10:00"))
        };
        facts.repeats.insert(cast::REPEAT, repeat);
        let mut filing = cast::filing(cast::day("2026-03-02"));
        filing.channel = Channel::WebForm;
        filing.complainant.is_verified = self.is_verified;
        match self.address {
            0 => {}
            1 => filing.complainant.contact.address = Address::Postal(cast::text("Straat 1")),
            _ => filing.complainant.contact.address = cast::both_addresses(),
        }
        let named: &[&str] = [&[][..], &["Tom"], &["Robin"], &["Anna", "Gast"]][self.names];
        filing.respondents = named.iter().map(|name| cast::respondent(name)).collect();
        let policy = cast::policy(policy);
        let world = World::filed(policy, facts, &Actor::Anyone, filing, at, at);
        let mut world = world.expect("it may be filed");
        world.is_checked = false;
        begun(&mut world, self.stage);
        world
    }
}

/// What people do first, as far as a stage: someone handles it, the other side is told, all are heard, an
/// outcome goes out and arrives, the complainant speaks.
fn begun(world: &mut World, stage: usize) {
    const STAGES: &[&[(&str, CommandKind)]] = &[
        &[
            ("Anna", CommandKind::TakeComplaint),
            ("Ada", CommandKind::AssignDecider),
        ],
        &[
            ("Ada", CommandKind::NameRepresentative),
            ("*", CommandKind::NameRespondent),
        ],
        &[
            ("*", CommandKind::AdmitLateComplaint),
            ("*", CommandKind::RecordHearing),
        ],
        &[
            ("*", CommandKind::IssueResponse),
            ("*", CommandKind::ProposeSolution),
        ],
        &[
            ("Karin", CommandKind::SignOffSolution),
            ("Karin", CommandKind::ReactToResponse),
        ],
        &[
            ("Karin", CommandKind::ObjectToResponse),
            ("*", CommandKind::DeclareNoAgreement),
        ],
    ];
    for (name, kind) in STAGES[..stage].iter().copied().flatten() {
        if *kind == CommandKind::NameRespondent && world.complaint.respondents.is_empty() {
            continue;
        }
        let names = if *name == "*" { ACTORS } else { &[*name] };
        for command in sample::commands(world, *kind) {
            let is_done = names.iter().any(|name| world.does(name, &command).is_ok());
            if is_done && *kind != CommandKind::RecordHearing {
                break;
            }
        }
        world.now += TimeDelta::hours(20);
        let _ = take(world, Step::Post);
    }
}

/// The complaint with what time has done to it, so that the same content is chosen whether a worker ran or not.
pub(super) fn settled(world: &World) -> World {
    let mut settled = world.clone();
    settled.let_time_pass();
    settled
}

/// Takes a step; what was refused, if anything.
pub(super) fn take(world: &mut World, step: Step) -> Result<(), RefusalCode> {
    match step {
        Step::Allowed(who, what, how) => allowed(world, who, what, how),
        Step::Tried(who, what, how) => {
            let actor = actor(world, who);
            let kinds = CommandKind::ALL;
            let commands = choices(world, kinds[what % kinds.len()]);
            chosen(world, &actor, &commands, how, 0)
        }
        Step::Registered(what, hours) => {
            let mut acts = sample::party_acts(&settled(world));
            if what.is_multiple_of(2) {
                acts.retain(is_moving_on);
            }
            let ada = cast::actor("Ada", &world.facts);
            chosen(world, &ada, &acts, what, hours)
        }
        Step::Post => {
            world.let_time_pass();
            world.has_post = true;
            world.post();
            world.has_post = false;
            Ok(())
        }
        Step::Returned(which, hours) => {
            let letters = choices(world, CommandKind::ReportUndelivered);
            chosen(world, &Actor::Post, &letters, which, hours)
        }
        Step::Posted(which) => {
            let letters = choices(world, CommandKind::RecordPosted);
            let ada = cast::actor("Ada", &world.facts);
            chosen(world, &ada, &letters, which, 0)
        }
        Step::Link => refused(world, &Actor::System, &Command::VerifyAddress, 0),
        Step::Roster(who) => roster(world, who),
        Step::Leave(who, instead) => {
            leave(world, who, instead);
            refused(world, &Actor::System, &Command::ReviewConflicts, 0)
        }
        Step::Day(ahead, what) => {
            day(world, ahead, what);
            Ok(())
        }
        Step::Hours(hours) => {
            pass(world, hours);
            Ok(())
        }
    }
}

/// What one kind of command could be about. A letter that was reversed exists only where a worker had written
/// it, so that it is left out.
fn choices(world: &World, kind: CommandKind) -> Vec<Command> {
    let settled = settled(world);
    let mut commands = sample::commands(&settled, kind);
    commands.retain(|command| match command {
        Command::RecordPosted { letter }
        | Command::ReportUndelivered { letter, .. }
        | Command::ResendLetter { letter }
        | Command::LetterHandedOver { letter } => settled.complaint.letter_holds(letter),
        _ => true,
    });
    commands
}

/// Now and then somebody becomes trainer of the course; conflicts are reviewed all the same.
fn roster(world: &mut World, who: usize) -> Result<(), RefusalCode> {
    let name = ["Anna", "Mila", "Ada", "Bram", "Arie"][who % 5];
    if who.is_multiple_of(3)
        && let Some(course) = world.facts.course.as_mut()
    {
        course.trainers.insert(member(name));
    }
    refused(world, &Actor::System, &Command::ReviewConflicts, 0)
}

/// No such day shortens what the complainant was told, and none that comes later lengthens what the organisation has.
fn day(world: &mut World, ahead: u64, what: usize) {
    let (calendar, now) = (world.facts.calendar.clone(), world.now);
    let on = calendar.local_date(now) + chrono::Days::new(ahead);
    let closed = calendar.closing_days().range(on..).next();
    let closed = closed.map(|(day, _)| *day);
    let before = deadlines(&world.policy, &calendar, &world.complaint);
    world.facts.calendar = match (what % 3, closed) {
        (0, _) => calendar.with_equated_day(on, now),
        (1, Some(closed)) => calendar.with_closing_day_taken_back(closed, now),
        _ => calendar.with_closing_day(on, now),
    };
    let after = deadlines(&world.policy, &world.facts.calendar, &world.complaint);
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before.kind, after.kind);
        if before.runs_from == now {
            continue;
        }
        match before.owner {
            Owner::Complainant => assert!(after.due_on >= before.due_on, "{before:?} {after:?}"),
            Owner::Organisation => assert!(after.due_on <= before.due_on, "{before:?} {after:?}"),
        }
    }
}

fn leave(world: &mut World, who: usize, instead: usize) {
    let from = world.facts.calendar.local_date(world.now);
    let absence = Absence {
        from,
        until: from + chrono::Days::new(30),
        substitute: Some(member(["Stan", "Xena", "Bram", "Max"][instead % 4])),
    };
    let away = member(["Anna", "Mila", "Arie", "Bram"][who % 4]);
    let facts = world.facts.members.get_mut(&away);
    facts.expect("a member").absences.push(absence);
}

/// Lets hours pass; a worker that is awake acts at each due instant, and each time it gets on. One that sleeps wakes
/// only to send a letter once more.
fn pass(world: &mut World, hours: i64) {
    let until = world.now + TimeDelta::hours(hours);
    while let Some(sends) = next_sending(world, until).filter(|_| !world.has_worker) {
        world.now = sends;
        world.let_time_pass();
    }
    let mut acted = 0;
    while let Some((due, _)) = world.next_due().filter(|_| world.has_worker) {
        if due > until {
            break;
        }
        world.now = world.now.max(due);
        world.let_time_pass();
        acted += 1;
        let next = world.next_due();
        assert!(
            next.is_none_or(|(next, _)| next > world.now),
            "time gets on"
        );
        assert!(acted < 1_000, "time comes to an end");
    }
    world.now = until;
}

/// When a letter goes out once more: nobody gets what nobody sends, so that a worker that sleeps wakes for that alone.
fn next_sending(world: &World, until: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let mut awake = world.clone();
    while let Some((due, _)) = awake.next_due().filter(|(due, _)| *due <= until) {
        let known = awake.dossier.len();
        awake.now = awake.now.max(due);
        awake.let_time_pass();
        let is_sent = |one: &Recorded| {
            let again = matches!(
                one.event,
                Event::LetterSentAgain { .. } | Event::LetterReprinted { .. }
            );
            again && one.by == By::Clock
        };
        if awake.dossier[known..].iter().any(is_sent) {
            return Some(awake.now);
        }
    }
    None
}

fn actor(world: &World, who: usize) -> Actor {
    cast::actor(ACTORS[who % ACTORS.len()], &world.facts)
}

/// Somebody, from a number on, who may do something does one thing they may do.
fn allowed(world: &mut World, who: usize, what: usize, how: usize) -> Result<(), RefusalCode> {
    for next in 0..ACTORS.len() {
        let actor = actor(world, who.wrapping_add(next));
        let all = actions(
            &world.policy,
            &world.facts,
            &world.complaint,
            &actor,
            world.now,
        );
        let mut may: Vec<CommandKind> = all
            .iter()
            .filter(|action| action.refusal.is_none() && !is_dull(action.command))
            .map(|action| action.command)
            .collect();
        if !what.is_multiple_of(8) {
            may.retain(|kind| !ends_it(*kind));
        }
        if may.is_empty() {
            continue;
        }
        let commands = choices(world, may[what % may.len()]);
        return chosen(world, &actor, &commands, how, 0);
    }
    Ok(())
}

/// What changes little, or has a step of its own, and would crowd out the rest.
const fn is_dull(kind: CommandKind) -> bool {
    matches!(
        kind,
        CommandKind::AddStatement
            | CommandKind::PlaceLegalHold
            | CommandKind::InviteToHearing
            | CommandKind::RecordContact
            | CommandKind::ClassifyComplaint
            | CommandKind::RecordPartyAct
            | CommandKind::RecordPosted
            | CommandKind::ReportUndelivered
    )
}

/// What ends a complaint before anything interesting happened to it.
const fn ends_it(kind: CommandKind) -> bool {
    matches!(
        kind,
        CommandKind::WithdrawComplaint
            | CommandKind::ConfirmDestruction
            | CommandKind::DeclareInadmissible
            | CommandKind::Recuse
            | CommandKind::DeclareNoAgreement
    )
}

/// Whether a party does something that takes the complaint further.
fn is_moving_on(registered: &Command) -> bool {
    let Command::RecordPartyAct { act, .. } = registered else {
        return false;
    };
    matches!(
        act.kind(),
        CommandKind::AcceptResponse
            | CommandKind::ObjectToResponse
            | CommandKind::ReactToResponse
            | CommandKind::SignOffSolution
            | CommandKind::ConsentToExtension
            | CommandKind::Appeal
    )
}

fn chosen(
    world: &mut World,
    actor: &Actor,
    commands: &[Command],
    which: usize,
    hours_ago: i64,
) -> Result<(), RefusalCode> {
    match commands.get(which % commands.len().max(1)) {
        Some(command) => refused(world, actor, command, hours_ago),
        None => Ok(()),
    }
}

fn refused(
    world: &mut World,
    actor: &Actor,
    command: &Command,
    hours_ago: i64,
) -> Result<(), RefusalCode> {
    let at = (world.now - TimeDelta::hours(hours_ago)).max(world.complaint.received_at);
    let done = world.act(actor, command, at);
    done.map_err(|refusal| refusal.reason.code())
}
