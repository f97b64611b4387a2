//! The figures of a complaint are what its raw events tell, counted in another way.
#![expect(
    clippy::option_option,
    reason = "what this way of counting cannot tell is another thing than what did not happen"
)]

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use proptest::prelude::*;

use super::play::{ACTORS, cases, settings, steps, take};
use crate::{
    actor::Actor,
    calendar::{Calendar, Term, TermUnit},
    command::Command,
    complaint::{
        ClockAct, Event, Finding, LetterKind, MeasureUpdate, Outcome, Party, ProposedMeasure,
    },
    facts::Repeat,
    figures::{
        AppealResult, ComplaintFigures, MeasureCount, Milestone, Table, TermFigure, TermKind,
        TermState, contributions, figures,
    },
    policy::{Resolution, TermRule},
    tests::{cast, world::World},
};

/// What the events tell, one after the other.
#[derive(Default)]
struct Told {
    closed: Option<(DateTime<Utc>, Outcome)>,
    acknowledged: Vec<DateTime<Utc>>,
    decided: Vec<DateTime<Utc>>,
    /// Of each instance: since when.
    opened: Vec<DateTime<Utc>>,
    contacted: BTreeMap<usize, Vec<DateTime<Utc>>>,
    responses: Vec<DateTime<Utc>>,
    /// When responses were handed to their carrier.
    sent: Vec<DateTime<Utc>>,
    /// Of each instance: its last finding, and whether it is that the complaint is inadmissible.
    stood: BTreeMap<usize, (Option<Finding>, bool)>,
    decisions: BTreeMap<usize, (Finding, bool)>,
    late_appeal: Option<DateTime<Utc>>,
    extended: BTreeMap<usize, NaiveDate>,
    asked: Option<NaiveDate>,
    cause: Option<String>,
    score: Option<u8>,
    measures: BTreeSet<crate::MeasureId>,
    done: BTreeSet<crate::MeasureId>,
    effective: BTreeMap<crate::MeasureId, bool>,
    recurred: BTreeSet<crate::MeasureId>,
    /// When letters that confirm receipt were posted.
    posted: Vec<DateTime<Utc>>,
    /// Whether letters of which something rests on went another way than the first.
    has_detours: bool,
    is_on_paper: bool,
}

fn told(world: &World) -> Told {
    let mut told = Told::default();
    for recorded in &world.dossier {
        told.hear(&recorded.event, recorded.at);
    }
    told
}

impl Told {
    fn now_at(&self) -> usize {
        self.opened.len() - 1
    }

    fn hear(&mut self, event: &Event, at: DateTime<Utc>) {
        match event {
            Event::Filed(filed) => {
                self.opened.push(at);
                self.is_on_paper = filed.complainant.contact.address.email().is_none();
            }
            Event::AddressRecorded { .. }
            | Event::LetterReturned { .. }
            | Event::LetterRedirected { .. } => self.has_detours = true,
            Event::LetterSent { letter } if letter.confirms_receipt() => self.posted.push(at),
            Event::Acknowledged => self.acknowledged.push(at),
            Event::ContactMade { party, .. } if *party == Party::Complainant => {
                self.contacted.entry(self.now_at()).or_default().push(at);
            }
            Event::ResponseIssued { finding, .. } => {
                self.responses.push(at);
                self.stood.insert(self.now_at(), (Some(*finding), false));
            }
            Event::DeclaredInadmissible { .. } => {
                self.stood.insert(self.now_at(), (None, true));
            }
            Event::DecisionIssued {
                finding,
                upholds_inadmissibility: upholds,
                ..
            } => {
                self.decided.push(at);
                self.stood.insert(self.now_at(), (Some(*finding), *upholds));
                self.decisions.insert(self.now_at(), (*finding, *upholds));
            }
            Event::Appealed { is_late: false, .. } => self.opened.push(at),
            Event::Appealed { is_late: true, .. } => self.late_appeal = Some(at),
            Event::LateAppealAdmitted { .. } => {
                self.opened.push(self.late_appeal.expect("a late appeal"));
                self.closed = None;
            }
            Event::ExtensionAnnounced { until, .. } => self.extend(*until),
            Event::ExtensionRequested { until, .. } => self.asked = Some(*until),
            Event::ExtensionConsented => self.extend(self.asked.expect("it was asked")),
            Event::Closed { outcome } => self.closed = Some((at, *outcome)),
            Event::ClockReversed {
                what: ClockAct::Closing,
            } => self.closed = None,
            Event::Classified { cause } => self.cause = Some(cause.clone()),
            Event::HandlingRated { score, .. } => self.score = Some(*score),
            Event::MeasuresAnswered { measures, .. } => {
                self.measures.extend(measures.iter().map(|one| one.id));
            }
            Event::MeasureUpdated(update) => {
                if update.done_on.is_some() {
                    self.done.insert(update.id);
                }
                if let Some(is_effective) = update.is_effective {
                    self.effective.insert(update.id, is_effective);
                }
            }
            Event::RecurrenceFound { measure, .. } => {
                self.recurred.insert(*measure);
            }
            Event::LetterSent { letter } if letter.kind == LetterKind::Response => {
                self.sent.push(at);
            }
            _ => {}
        }
    }

    fn extend(&mut self, until: NaiveDate) {
        let last = self.extended.entry(self.now_at()).or_insert(until);
        *last = until.max(*last);
    }

    fn first_contact(&self, instance: usize) -> Option<DateTime<Utc>> {
        self.contacted.get(&instance)?.iter().min().copied()
    }

    /// When receipt was confirmed; `None` where more must be known of letters than that they went out.
    fn acknowledged(&self) -> Option<Option<DateTime<Utc>>> {
        let (mailed, posted) = (&self.acknowledged, &self.posted);
        let counts = if self.is_on_paper { posted } else { mailed };
        (!self.has_detours).then_some(counts.iter().min().copied())
    }

    /// When the first response was issued; `None` as with [`Self::acknowledged`].
    fn responded(&self) -> Option<Option<DateTime<Utc>>> {
        let (mailed, posted) = (&self.responses, &self.sent);
        let counts = if self.is_on_paper { posted } else { mailed };
        (!self.has_detours).then_some(counts.iter().min().copied())
    }

    fn agreed(&self) -> Option<DateTime<Utc>> {
        let closed = self.closed.filter(|(_, how)| *how == Outcome::Agreed);
        closed.map(|(at, _)| at)
    }

    fn milestones(&self) -> [(Milestone, Option<Option<DateTime<Utc>>>); 7] {
        let contacted = self.contacted.values().flatten().min().copied();
        [
            (Milestone::Acknowledged, self.acknowledged()),
            (Milestone::Contacted, Some(contacted)),
            (Milestone::Responded, self.responded()),
            (Milestone::Decided, Some(self.decided.iter().max().copied())),
            (Milestone::Agreed, Some(self.agreed())),
            (Milestone::Appealed, Some(self.opened.get(1).copied())),
            (Milestone::Closed, Some(self.closed.map(|(at, _)| at))),
        ]
    }

    fn on_appeal(&self) -> Option<AppealResult> {
        let (instance, decided) = self.decisions.range(1..).last()?;
        let before = self.stood.get(&(instance - 1));
        Some(match (before, decided) {
            (Some((_, true)), (_, true)) => AppealResult::Same,
            (Some((Some(one), false)), (other, _)) if one == other => AppealResult::Same,
            (None | Some((None, false)), _) => AppealResult::First,
            _ => AppealResult::Otherwise,
        })
    }
}

/// By counting on from the start: so many working days after it is the last of them by then.
fn are_working_days(calendar: &Calendar, from: NaiveDate, to: NaiveDate, count: u32) -> bool {
    let nth = |count: u32| {
        let term = Term::new(u16::try_from(count).unwrap(), TermUnit::WorkingDay);
        term.map_or(from, |term| calendar.derive(term, from, false).last_day)
    };
    nth(count) <= to && nth(count + 1) > to
}

fn days_are_counted(world: &World, figures: &ComplaintFigures, told: &Told) {
    let calendar = &world.facts.calendar;
    for (milestone, at) in told.milestones() {
        let reached = figures.milestones.get(&milestone);
        let Some(at) = at else {
            continue;
        };
        assert_eq!(reached.is_some(), at.is_some(), "{milestone:?}");
        let Some((reached, at)) = reached.zip(at) else {
            continue;
        };
        let on = at.with_timezone(&calendar.zone()).date_naive();
        assert_eq!(reached.on, on, "{milestone:?}");
        let days = (on - figures.filed_on).num_days();
        assert_eq!(i64::from(reached.days), days);
        let stood = calendar.as_it_stood(at);
        let (from, count) = (figures.filed_on, reached.working_days);
        assert!(are_working_days(&stood, from, on, count), "{reached:?}");
    }
}

/// The last day of a term of the organisation, by its rule alone.
fn due_on(world: &World, rule: &TermRule, from: DateTime<Utc>) -> NaiveDate {
    let known = world.facts.calendar.known_at(from);
    let start = from.with_timezone(&known.zone()).date_naive();
    known.derive(rule.term, start, rule.rolls).last_day
}

fn terms_are_judged(world: &World, figures: &ComplaintFigures, told: &Told) {
    let mut expected = Vec::new();
    let received = told.opened[0];
    if let Some(promise) = &world.policy.acknowledgement {
        let due = due_on(world, &promise.term, received);
        expected.push((TermKind::Acknowledged, 0, due, told.acknowledged()));
    }
    for (at, opened) in told.opened.iter().enumerate() {
        let instance = &world.policy.instances[at];
        if let Some(rule) = &instance.contact {
            let due = due_on(world, rule, *opened);
            expected.push((TermKind::Contacted, at, due, Some(told.first_contact(at))));
        }
        let due = due_on(world, instance.resolution.term(), *opened);
        let due = told.extended.get(&at).map_or(due, |until| due.max(*until));
        let is_last = at + 1 == told.opened.len();
        let (kind, met) = match instance.resolution {
            Resolution::Response { .. } => (TermKind::Responded, told.responded()),
            Resolution::Agreement { .. } => {
                (TermKind::Agreed, Some(told.agreed().filter(|_| is_last)))
            }
            Resolution::Decision { .. } => {
                let decided = told.decisions.contains_key(&at);
                let when = told.decided.last().copied().filter(|_| decided && is_last);
                (
                    TermKind::Decided,
                    (decided == when.is_some()).then_some(when),
                )
            }
        };
        expected.push((kind, at, due, met));
    }
    assert_eq!(expected.len(), figures.terms.len());
    for ((kind, instance, due, met), term) in expected.into_iter().zip(&figures.terms) {
        assert_eq!((term.kind, usize::from(term.instance)), (kind, instance));
        assert_eq!(term.due_on, due, "{term:?}");
        if let Some(met) = met {
            let on = met.map(|at| world.facts.calendar.local_date(at));
            assert_eq!(term.met_on, on, "{term:?}");
        }
        is_judged(world, told, term);
    }
}

/// By days: kept on its last day at the latest, running only where the complaint is open and the instance is the last, void
/// only where the complaint went on before its last day was over.
fn is_judged(world: &World, told: &Told, term: &TermFigure) {
    let at = usize::from(term.instance);
    let day = |at: DateTime<Utc>| world.facts.calendar.local_date(at);
    match (term.state, term.met_on) {
        (TermState::OnTime, Some(met)) => assert!(met <= term.due_on),
        (TermState::Late, Some(met)) => assert!(met > term.due_on),
        (TermState::Running, None) => {
            let is_last = at == told.now_at() || term.kind == TermKind::Acknowledged;
            assert!(told.closed.is_none() && is_last, "{term:?}");
        }
        (TermState::Late | TermState::Void, None) => {
            let next = told
                .opened
                .get(at + 1)
                .filter(|_| term.kind != TermKind::Acknowledged);
            let went_on = told.closed.iter().map(|(at, _)| day(*at));
            let went_on = went_on.chain(next.map(|at| day(*at))).min();
            let is_early = went_on.is_some_and(|on| on <= term.due_on);
            // An instance that opened the way, or gave agreement up, may have gone on before that.
            let round = &world.complaint.rounds[at];
            let gave_up = round.no_agreement_at.is_some() || round.way.is_some();
            match term.state {
                TermState::Void => assert!(is_early || gave_up, "{term:?}"),
                _ => assert!(!is_early, "{term:?} {went_on:?}"),
            }
        }
        (state, met) => panic!("{state:?} {met:?}"),
    }
}

fn counted_once(figures: &ComplaintFigures) {
    let cells = contributions(figures);
    let mut counted: BTreeMap<Table, BTreeMap<&str, i64>> = BTreeMap::new();
    for (key, count) in &cells {
        assert_eq!(
            key.month.to_string()[..7],
            figures.filed_on.to_string()[..7]
        );
        assert!(key.month.to_string().ends_with("-01"));
        assert_eq!(*count, 1, "{key:?}");
        counted
            .entry(key.table)
            .or_default()
            .insert(&key.value, *count);
    }
    for table in Table::ALL
        .iter()
        .filter(|table| !matches!(table, Table::Days | Table::WorkingDays | Table::CourseType))
    {
        let own = counted.get(table).map_or(0, |values| values.values().sum());
        let within = match table.parent() {
            None => 1,
            Some((parent, value)) => counted[&parent].get(value).copied().unwrap_or_default(),
        };
        assert_eq!(own, within, "{table:?}");
        for value in counted.get(table).into_iter().flat_map(BTreeMap::keys) {
            let known = table.values();
            assert!(
                known.is_empty() || known.iter().any(|(code, _)| code == value),
                "{table:?} {value}"
            );
        }
    }
}

/// What people and the organisation do after the end, as far as a number says: measures are taken, the same happens again, they
/// are done, and they help.
fn looked_back(world: &mut World, far: usize) {
    let id = crate::MeasureId(uuid::Uuid::from_u128(900));
    let proposed = ProposedMeasure {
        id,
        text: cast::text("Bel op tijd."),
        owner: None,
        due_on: None,
    };
    let update = |done_on, is_effective| {
        let update = MeasureUpdate {
            id,
            owner: None,
            due_on: None,
            done_on,
            is_effective,
        };
        Command::UpdateMeasure { update }
    };
    let measures = vec![proposed];
    let answer = Command::AnswerMeasures {
        measures,
        reason_for_none: None,
    };
    let repeat = Repeat {
        cause: world.complaint.cause.clone().unwrap_or_default(),
        ..cast::repeat(world.now + TimeDelta::days(4))
    };
    world.facts.repeats.insert(cast::REPEAT, repeat);
    let again = Command::LinkRecurrence {
        repeat: cast::REPEAT,
        months: 12,
    };
    let done = world.now + TimeDelta::days(6);
    let steps = [
        answer,
        again,
        update(Some(world.facts.calendar.local_date(done)), None),
        update(None, Some(true)),
    ];
    for command in &steps[..far.min(steps.len())] {
        world.now += TimeDelta::days(3);
        let _ = world.act(&Actor::System, command, world.now);
        let mut names = ACTORS.iter();
        let _ = names.any(|name| world.does(name, command).is_ok());
    }
}

proptest! {
    #![proptest_config(cases(150))]

    #[test]
    fn figures_are_what_the_events_tell(setting in settings(), steps in steps(45), back in 0..6_usize) {
        let mut world = setting.world();
        for step in steps {
            let _ = take(&mut world, step);
        }
        looked_back(&mut world, back);
        let figures = figures(&world.policy, &world.facts.calendar, &world.complaint);
        let told = told(&world);
        let Event::Filed(filed) = &world.dossier[0].event else { unreachable!() };
        prop_assert_eq!(figures.channel, filed.channel);
        prop_assert_eq!((figures.policy, figures.course), (filed.policy, filed.course));
        prop_assert_eq!(figures.filed_on, told.opened[0].with_timezone(&world.facts.calendar.zone()).date_naive());
        prop_assert_eq!(figures.outcome, told.closed.map(|(_, outcome)| outcome));
        prop_assert_eq!(usize::from(figures.instance), told.now_at());
        prop_assert_eq!(&figures.cause, &told.cause);
        prop_assert_eq!(figures.satisfaction, told.score);
        prop_assert_eq!(figures.on_appeal, told.on_appeal());
        let measures = MeasureCount {
            open: u32::try_from(told.measures.difference(&told.done).count()).unwrap(),
            done: u32::try_from(told.done.len()).unwrap(),
            effective: u32::try_from(told.effective.values().filter(|yes| **yes).count()).unwrap(),
            recurred: u32::try_from(told.recurred.len()).unwrap(),
        };
        prop_assert_eq!(figures.measures, measures);
        days_are_counted(&world, &figures, &told);
        terms_are_judged(&world, &figures, &told);
        counted_once(&figures);
    }
}

#[test]
fn every_figure_stands_in_the_dictionary_under_its_own_code() {
    let mut codes = BTreeSet::new();
    for table in Table::ALL {
        let entry = table.entry();
        assert!(codes.insert(entry.code), "{}", entry.code);
        assert_eq!(serde_json::json!(table), entry.code);
        for words in [entry.name, entry.definition] {
            assert!(!words.nl.is_empty() && !words.en.is_empty());
        }
        if let Some((parent, value)) = table.parent() {
            assert!(parent.values().iter().any(|(code, _)| *code == value));
        }
    }
    for milestone in Milestone::ALL {
        assert_eq!(serde_json::json!(milestone), milestone.entry().code);
    }
}
