//! What happened at one instance.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::{Bench, Finding, Hearing, LapsedTerm, LetterKey, LetterKind, Party};
use crate::{confidential::Confidential, policy::ExitGround};

/// One instance of the procedure, from receipt to its outcome.
#[derive(Clone, PartialEq, Debug)]
pub struct Round {
    /// Which instance of the policy, from 0.
    pub instance: u8,
    /// Receipt of the complaint or of the appeal: its terms start here.
    pub opened_at: DateTime<Utc>,
    /// Who decides.
    pub bench: Bench,
    /// When the decider first spoke with the complainant in person.
    pub contacted_at: Option<DateTime<Utc>>,
    /// How often a party was tried in vain to reach, or written to.
    pub attempts: BTreeMap<Party, u8>,
    /// For when a party was invited to be heard, by the sequence numbers of the events that say so.
    pub invited: BTreeMap<Party, BTreeMap<u32, DateTime<Utc>>>,
    /// How the hearing of each side ended.
    pub hearings: BTreeMap<Party, Hearing>,
    /// How the term was extended.
    pub extended: Extended,
    /// The latest response.
    pub response: Option<Response>,
    /// The letters of every response given here, the first first: one issued to good effect keeps the term.
    pub responses: Vec<LetterKey>,
    /// When the first of them was issued.
    pub first_response_at: Option<DateTime<Utc>>,
    /// When it was established that there is no agreement.
    pub no_agreement_at: Option<DateTime<Utc>>,
    /// When the complaint was declared inadmissible here.
    pub inadmissible_at: Option<DateTime<Utc>>,
    /// The decision, with its finding.
    pub decided: Option<(DateTime<Utc>, Finding)>,
    /// Whether that decision upholds that the complaint is inadmissible.
    pub upholds_inadmissibility: bool,
    /// Terms that lapsed with legal effect, and from when.
    pub lapsed: BTreeMap<LapsedTerm, DateTime<Utc>>,
    /// The way to the next instance, once open.
    pub way: Option<OpenWay>,
    /// The way that the present one took the place of.
    pub way_before: Option<OpenWay>,
    /// Every notice that the way stands open without end.
    pub endless_notices: Vec<LetterKey>,
}

/// How a term was extended.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Extended {
    /// By notice, to this day.
    pub announced: Option<NaiveDate>,
    /// Asked of the complainant, and not answered yet.
    pub requested: Option<NaiveDate>,
    /// With the complainant's consent, to this day.
    pub consented: Option<NaiveDate>,
    /// When the complainant was first asked.
    pub first_asked_at: Option<DateTime<Utc>>,
    /// When the complainant was last asked.
    pub asked_at: Option<DateTime<Utc>>,
    /// When the complainant last answered.
    pub answered_at: Option<DateTime<Utc>>,
}

impl Extended {
    /// The latest day that the term was extended to.
    pub fn until(&self) -> Option<NaiveDate> {
        self.announced.max(self.consented)
    }
}

/// A response, and what the complainant said to it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Response {
    /// When it was issued.
    pub issued_at: DateTime<Utc>,
    /// The letter that carries it.
    pub letter: LetterKey,
    /// Its finding.
    pub finding: Finding,
    /// The last day it announced for a reaction; `None` when it announced nothing.
    pub announced: Option<NaiveDate>,
    /// When the complainant objected.
    pub objected_at: Option<DateTime<Utc>>,
    /// When the complainant said something that is neither yes nor no.
    pub reacted_at: Option<DateTime<Utc>>,
    /// The event by which they last did.
    pub reaction: Option<u32>,
    /// When the complainant last objected to it or said such a thing.
    pub spoken_at: Option<DateTime<Utc>>,
    /// When the handler answered that.
    pub answered_at: Option<DateTime<Utc>>,
    /// The letter with that answer.
    pub answer: Option<LetterKey>,
    /// The reaction to an earlier response that this one answers: since when.
    pub answers: Option<DateTime<Utc>>,
}

impl Response {
    /// Whether the complainant has not said anything yet.
    pub const fn is_unanswered(&self) -> bool {
        self.objected_at.is_none() && self.reacted_at.is_none()
    }

    /// The reaction the handler still owes an answer.
    pub fn open_reaction(&self) -> Option<DateTime<Utc>> {
        self.reacted_at
            .filter(|_| self.answered_at.is_none() && self.objected_at.is_none())
    }
}

/// A text for both sides to sign.
#[derive(Clone, PartialEq, Debug)]
pub struct Solution {
    /// The instance at which it was proposed; it may still be signed at a later one.
    pub instance: u8,
    /// From 1.
    pub version: u16,
    /// What both sign.
    pub text: Confidential<String>,
    /// SHA-256 of the text, in hexadecimal.
    pub digest: String,
    /// When it was proposed.
    pub proposed_at: DateTime<Utc>,
    /// Sequence number of the event by which it was.
    pub event: u32,
    /// When the versions before it were proposed, the first first.
    pub earlier: Vec<DateTime<Utc>>,
    /// Who signed this version, and has not said no since.
    pub signed: BTreeSet<Party>,
    /// Who will not sign this version.
    pub rejected: BTreeSet<Party>,
    /// When each last said yes or no to this version, or no to any agreement.
    pub spoken: BTreeMap<Party, DateTime<Utc>>,
    /// When the latest of the sign-offs arrived, taken back or not: the text is agreed from then on at the earliest, since
    /// whoever took one back signs anew only after it.
    pub last_signed_at: Option<DateTime<Utc>>,
}

impl Round {
    /// How many attempts to reach a party the dossier knows of until an instant: contact in vain, what was written,
    /// and invitations whose hour has come.
    pub fn attempts_to_reach(&self, party: Party, until: DateTime<Utc>) -> u8 {
        let invitations = self.invited.get(&party);
        let invitations = invitations.into_iter().flat_map(BTreeMap::values);
        let passed = invitations.filter(|on| **on <= until).count();
        let tried = self.attempts.get(&party).copied().unwrap_or_default();
        tried.saturating_add(u8::try_from(passed).unwrap_or(u8::MAX))
    }

    /// The way, where nobody but the clock opened it: the term lapsed, and no agreement was declared before that.
    pub fn way_by_lapse(&self) -> Option<&OpenWay> {
        self.way.as_ref().filter(|way| match way.ground {
            ExitGround::Lapse => true,
            ExitGround::NoAgreement => {
                let declared = self.no_agreement_at;
                declared.is_none_or(|declared| way.opened_at < declared)
            }
            _ => false,
        })
    }
}

impl Solution {
    /// The letter that carries this version to the complainant.
    pub fn letter(&self) -> LetterKey {
        LetterKey::to_complainant(self.event, LetterKind::SolutionForSignOff)
    }

    /// When a version was proposed; `None` where there is no such version.
    pub fn proposed(&self, version: u16) -> Option<DateTime<Utc>> {
        if version == self.version {
            return Some(self.proposed_at);
        }
        let place = usize::from(version).checked_sub(1)?;
        self.earlier.get(place).copied()
    }
}

/// The way to the next instance.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OpenWay {
    /// What opened it.
    pub ground: ExitGround,
    /// Since when.
    pub opened_at: DateTime<Utc>,
    /// The notice that says so.
    pub letter: LetterKey,
    /// The last day as the notice states it; `None`: without end.
    pub announced: Option<NaiveDate>,
}

impl Round {
    /// An instance that has just opened.
    pub fn open(instance: u8, opened_at: DateTime<Utc>) -> Self {
        Self {
            instance,
            opened_at,
            bench: Bench::default(),
            contacted_at: None,
            attempts: BTreeMap::new(),
            invited: BTreeMap::new(),
            hearings: BTreeMap::new(),
            extended: Extended::default(),
            response: None,
            responses: Vec::new(),
            first_response_at: None,
            no_agreement_at: None,
            inadmissible_at: None,
            decided: None,
            upholds_inadmissibility: false,
            lapsed: BTreeMap::new(),
            way: None,
            way_before: None,
            endless_notices: Vec::new(),
        }
    }
}
