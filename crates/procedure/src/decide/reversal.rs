//! Acts that count from their arrival: a lapse that one would have prevented is reversed; people's acts stand.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{Draft, authority::Relation, context::Context, dispatch, overtaken};
use crate::{
    actor::{Actor, By},
    command::{Command, CommandKind},
    complaint::{ClockAct, Closure, Complaint, Event, LapsedTerm, Outcome, Recorded},
    facts::Facts,
    policy::{ExitGround, Policy, Resolution, SilenceMeans},
    refusal::Refusal,
};

/// Who does something, when it arrived and when it is registered.
#[derive(Clone, Copy)]
pub(super) struct Matter<'a> {
    pub policy: &'a Policy,
    pub facts: &'a Facts,
    pub actor: &'a Actor,
    pub relation: &'a Relation,
    pub at: DateTime<Utc>,
    pub now: DateTime<Utc>,
}

impl Matter<'_> {
    /// Carries out a command on a complaint, given also what time has made of it until now.
    pub(super) fn act(
        &self,
        complaint: &Complaint,
        settled: &Draft,
        command: &Command,
    ) -> Result<Vec<Recorded>, Refusal> {
        if overtaken::by_people(&settled.complaint, command, self.at)
            || overtaken::by_a_later_word(&settled.complaint, command, self.at)
            || overtaken::by_a_later_text(&settled.complaint, command, self.at)
        {
            overtaken::require_recordable(&self.context(&settled.complaint), command)?;
            return Ok(self.without_effect(settled, command));
        }
        let effect = self.takes_effect_at(&settled.complaint, command);
        if !undo_clock(self.policy, &settled.complaint, effect, is_appeal(command)).is_empty()
            && let Some(draft) = self.undoing(complaint, settled, command, effect)
        {
            return Ok(draft.events);
        }
        match self.attempt(settled, command) {
            Ok(draft) => Ok(draft.events),
            Err(refusal) => {
                let context = self.context(&settled.complaint);
                if overtaken::by_a_turn(&settled.complaint, command, &refusal, self.at)
                    || overtaken::by_being_early(&context, command, &refusal)
                {
                    overtaken::require_recordable(&context, command)?;
                    Ok(self.without_effect(settled, command))
                } else {
                    Err(refusal)
                }
            }
        }
    }

    /// A command carried out where the clock had not gone on without it, if that makes a difference. What the clock would have
    /// done all the same is not undone, however early the act came.
    fn undoing(
        &self,
        complaint: &Complaint,
        settled: &Draft,
        command: &Command,
        effect: DateTime<Utc>,
    ) -> Option<Draft> {
        let (mut kept, mut found) = (Vec::new(), None);
        loop {
            let before =
                self.before_the_clock(complaint, settled, effect, is_appeal(command), &kept);
            let without = before
                .clone()
                .settle(self.policy, self.facts, self.now, self.now);
            let done = |draft: &Draft| done_by_clock(self.policy, &draft.complaint);
            let draft = self.attempt(&before, command).ok();
            let Some(draft) = draft.filter(|draft| done(draft) != done(&without)) else {
                return found;
            };
            let stood = settled.complaint.round().lapsed.iter();
            let undone = stood.filter(|(term, _)| {
                let before = &before.complaint.round().lapsed;
                !before.contains_key(term)
            });
            let lapsed = &draft.complaint.round().lapsed;
            let redone = undone.filter(|(term, at)| lapsed.get(term) == Some(at));
            let redone: Vec<_> = redone.map(|(term, _)| ClockAct::Lapse(*term)).collect();
            if redone.is_empty() {
                return Some(draft);
            }
            kept.extend(redone);
            found = Some(draft);
        }
    }

    /// Whether a command may be done at all, given also what time has made of the complaint until now: what the clock did
    /// after it arrived, by a faster clock, does not stand in its way.
    pub(super) fn may(
        &self,
        complaint: &Complaint,
        settled: &Draft,
        command: CommandKind,
    ) -> Result<(), Refusal> {
        let asked =
            |draft: &Draft| dispatch::precondition(&self.context(&draft.complaint), command);
        if !undo_clock(self.policy, &settled.complaint, self.at, false).is_empty() {
            let before = self.before_the_clock(complaint, settled, self.at, false, &[]);
            if asked(&before).is_ok() {
                return Ok(());
            }
        }
        asked(settled)
    }

    /// An act takes effect when it arrived; a text is agreed at the last of its sign-offs, whichever was
    /// registered last.
    fn takes_effect_at(&self, complaint: &Complaint, command: &Command) -> DateTime<Utc> {
        let kind = match command {
            Command::RecordPartyAct { act, .. } => act.kind(),
            own => own.kind(),
        };
        let others = complaint
            .solution
            .as_ref()
            .and_then(|solution| solution.last_signed_at);
        match others {
            Some(signed) if kind == CommandKind::SignOffSolution => signed.max(self.at),
            _ => self.at,
        }
    }

    fn context<'b>(&'b self, complaint: &'b Complaint) -> Context<'b> {
        Context {
            policy: self.policy,
            facts: self.facts,
            complaint,
            actor: self.actor,
            relation: self.relation,
            at: self.at,
            now: self.now,
        }
    }

    fn attempt(&self, draft: &Draft, command: &Command) -> Result<Draft, Refusal> {
        let events = dispatch::handle(&self.context(&draft.complaint), command)?;
        let agreed_at = self.takes_effect_at(&draft.complaint, command);
        let mut draft = draft.clone();
        for event in events {
            let mut recorded = self.recorded(event);
            if matches!(
                recorded.event,
                Event::Closed {
                    outcome: Outcome::Agreed
                }
            ) {
                recorded.at = agreed_at;
            }
            draft.push(recorded);
        }
        let draft = draft.settle(self.policy, self.facts, self.now, self.now);
        Ok(self.with_way(draft))
    }

    /// A lapse that is reversed takes the way it opened along; what people did since opens it by its own right.
    fn with_way(&self, mut draft: Draft) -> Draft {
        let round = draft.complaint.round();
        let Some(response) = round.response.as_ref().filter(|_| round.way.is_none()) else {
            return draft;
        };
        let ground = match (response.objected_at, response.answered_at) {
            (Some(_), _) => ExitGround::Objection,
            (None, Some(_)) => ExitGround::Notice,
            (None, None) => return draft,
        };
        let opened = self.context(&draft.complaint).open_way(ground);
        let Some(event) = opened.filter(|_| draft.complaint.is_open()) else {
            return draft;
        };
        draft.push(Recorded {
            at: self.now,
            by: By::System,
            ..self.recorded(event)
        });
        draft.settle(self.policy, self.facts, self.now, self.now)
    }

    /// The complaint as it was when the act takes effect: what the dossier says the clock did since is reversed, but for
    /// what it would not do again because of what people did after it, and for what is to be kept.
    fn before_the_clock(
        &self,
        complaint: &Complaint,
        settled: &Draft,
        since: DateTime<Utc>,
        is_appeal: bool,
        kept: &[ClockAct],
    ) -> Draft {
        let arrived = Draft::new(complaint).settle(self.policy, self.facts, since, self.now);
        let stands = done_by_clock(self.policy, &settled.complaint);
        let mut undone = undo_clock(self.policy, &arrived.complaint, since, is_appeal);
        undone.retain(|what| !kept.contains(what));
        loop {
            let mut draft = arrived.clone();
            for what in &undone {
                draft.push(Recorded {
                    by: By::System,
                    ..self.recorded(Event::ClockReversed { what: *what })
                });
            }
            let again = draft
                .clone()
                .settle(self.policy, self.facts, self.now, self.now);
            let again = done_by_clock(self.policy, &again.complaint);
            let all = undone.len();
            // A closing on a notice that is written anew comes again only once that is delivered.
            let is_redone = undone
                .iter()
                .any(|one| *one != ClockAct::Closing && again.holds(*one));
            undone.retain(|what| {
                let follows = *what == ClockAct::Closing && is_redone;
                follows || again.holds(*what) || !stands.holds(*what)
            });
            if undone.len() == all {
                return draft;
            }
        }
    }

    /// The act is recorded, all are told, and the complaint goes on where it is.
    fn without_effect(&self, settled: &Draft, command: &Command) -> Vec<Recorded> {
        let mut draft = settled.clone();
        for event in overtaken::events(command) {
            draft.push(self.recorded(event));
        }
        draft.events
    }

    fn recorded(&self, event: Event) -> Recorded {
        Recorded {
            at: self.at,
            registered_at: self.now,
            by: self.actor.by(),
            event,
        }
    }
}

/// Whether it registers an appeal.
fn is_appeal(command: &Command) -> bool {
    matches!(command, Command::RecordPartyAct { act, .. } if act.kind() == CommandKind::Appeal)
}

/// What the clock did after an instant, and people have not built on, the latest first. A late appeal rests on
/// the closing, and so does what became of it; an appeal in time takes the place of a late one that waits.
fn undo_clock(
    policy: &Policy,
    complaint: &Complaint,
    at: DateTime<Utc>,
    is_appeal: bool,
) -> Vec<ClockAct> {
    let mut undone = Vec::new();
    let ended = complaint
        .appeal_refused_at
        .max(complaint.appeal_withdrawn_at);
    if ended.is_some_and(|ended| ended > at) || (complaint.late_appeal.is_some() && !is_appeal) {
        return undone;
    }
    match complaint.closure {
        Some(closure) if closure.by_clock && closure.at > at => undone.push(ClockAct::Closing),
        Some(_) => return undone,
        None => {}
    }
    if silent_way(policy, complaint).is_some_and(|opened| opened > at) {
        undone.push(ClockAct::SilentWay);
    }
    for term in [LapsedTerm::Reaction, LapsedTerm::Resolution] {
        if complaint
            .round()
            .lapsed
            .get(&term)
            .is_some_and(|lapsed| *lapsed > at)
        {
            undone.push(ClockAct::Lapse(term));
        }
    }
    undone
}

/// What stands that the clock did.
#[derive(PartialEq)]
struct DoneByClock {
    closing: Option<Closure>,
    lapsed: BTreeMap<LapsedTerm, DateTime<Utc>>,
    silent_way: Option<DateTime<Utc>>,
}

impl DoneByClock {
    /// Whether such a thing is among it.
    fn holds(&self, what: ClockAct) -> bool {
        match what {
            ClockAct::Closing => self.closing.is_some(),
            ClockAct::SilentWay => self.silent_way.is_some(),
            ClockAct::Lapse(term) => self.lapsed.contains_key(&term),
        }
    }
}

fn done_by_clock(policy: &Policy, complaint: &Complaint) -> DoneByClock {
    DoneByClock {
        closing: complaint.closure.filter(|closure| closure.by_clock),
        lapsed: complaint.round().lapsed.clone(),
        silent_way: silent_way(policy, complaint),
    }
}

/// Since when the way stands open because the complainant was silent where silence is no agreement.
fn silent_way(policy: &Policy, complaint: &Complaint) -> Option<DateTime<Utc>> {
    let round = complaint.round();
    let instance = policy.instance(round.instance)?;
    let by_silence = matches!(&instance.resolution, Resolution::Response { silence, .. } if silence.means == SilenceMeans::NoAgreement);
    let way = round
        .way
        .as_ref()
        .filter(|way| by_silence && way.ground == ExitGround::NoAgreement)?;
    Some(way.opened_at)
}
