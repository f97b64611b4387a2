//! A complaint: the fold of its events.

mod answered;
mod bench;
mod endless;
mod event;
mod evolve;
mod filed;
mod fold_letters;
mod fold_measures;
mod fold_round;
mod fold_staff;
mod fold_words;
mod letters;
mod owed;
mod particulars;
mod party;
mod reach;
mod round;
mod state;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

pub use bench::Bench;
pub use event::{Event, Recorded};
pub use filed::Filed;
pub use letters::{Confirmation, Delivery, LetterKey, LetterKind, Lost, Recipient, Reprint};
pub use particulars::{
    Appointed, ClockAct, ContactMeans, Departure, Finding, FollowUp, Hearing, InadmissibleGround,
    LapsedTerm, MeasureUpdate, Outcome, ProposedMeasure, Recurrence,
};
pub use party::{Address, Complainant, Contact, Party, Respondent};
pub use reach::{Kept, Known, Place, Reach};
pub use round::{Extended, OpenWay, Response, Round, Solution};
pub use state::State;

use crate::{
    confidential::Confidential,
    deadline::DeadlineKind,
    ids::{ComplaintId, CourseId, MeasureId, MemberId, PolicyId},
    policy::Channel,
};

/// A complaint as it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Complaint {
    /// Which.
    pub id: ComplaintId,
    /// How many events it is the fold of; the next event has this sequence number.
    pub version: u32,
    /// The policy version that governs it.
    pub policy: PolicyId,
    /// When it arrived: terms from receipt start here.
    pub received_at: DateTime<Utc>,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
    /// How it came.
    pub channel: Channel,
    /// The date on the form.
    pub filed_on: Option<NaiveDate>,
    /// When it happened.
    pub incident_on: Option<NaiveDate>,
    /// The course it is about.
    pub course: Option<CourseId>,
    /// When that course ended, as organised at receipt.
    pub course_ends_on: Option<NaiveDate>,
    /// Who trained it at receipt: a later change of the roster frees nobody.
    pub trainers: BTreeSet<MemberId>,
    /// Who organised it at receipt.
    pub organiser: Option<MemberId>,
    /// Who complains.
    pub complainant: Complainant,
    /// Where the parties can be reached.
    pub reach: BTreeMap<Party, Reach>,
    /// Who is complained about, by number from 1.
    pub respondents: BTreeMap<u8, Respondent>,
    /// Who speaks for the organisation.
    pub representative: Option<MemberId>,
    /// What happened.
    pub description: Confidential<String>,
    /// Whether receipt was confirmed as the regulation asks.
    pub acknowledged_at: Option<DateTime<Utc>>,
    /// The letters that confirm receipt, oldest first: another follows where another handler came before the first was
    /// posted, or after it came back.
    pub confirmations: Vec<Confirmation>,
    /// Whether a late complaint may be treated.
    pub admission: Admission,
    /// The instances it went through, first first; never empty.
    pub rounds: Vec<Round>,
    /// The latest text to sign.
    pub solution: Option<Solution>,
    /// A late appeal that nobody has admitted or refused yet.
    pub late_appeal: Option<LateAppeal>,
    /// Who refused a late appeal: the complaint was referred to them, and they keep sight of it.
    pub refused_by: BTreeSet<MemberId>,
    /// When they last did: an act of people, which stands.
    pub appeal_refused_at: Option<DateTime<Utc>>,
    /// When the complainant took back a late appeal that waited: their last word, which stands.
    pub appeal_withdrawn_at: Option<DateTime<Utc>>,
    /// When the complainant last said or asked something that goes on with the complaint.
    pub pursued_at: Option<DateTime<Utc>>,
    /// How it ended, unless it is open.
    pub closure: Option<Closure>,
    /// Its cause, once classified.
    pub cause: Option<String>,
    /// When the question about measures was put: when the closing was registered, which can be long after its effect.
    pub measures_asked_at: Option<DateTime<Utc>>,
    /// Whether measures were asked and answered.
    pub measures_answered_at: Option<DateTime<Utc>>,
    /// The measures, by id.
    pub measures: BTreeMap<MeasureId, Measure>,
    /// The complainant's rating, 1 to 5.
    pub rating: Option<u8>,
    /// Whether the dossier may not be destroyed.
    pub is_held: bool,
    /// When the last thing that kept the dossier, whatever its term, was over: a hold, or a late appeal.
    pub unkept_at: Option<DateTime<Utc>>,
    /// When something last came in from a party after the end, unless a person has since decided on it: on a hold, or on a late
    /// appeal.
    pub unsettled_at: Option<DateTime<Utc>>,
    /// Since when it is kept beyond its term because of that, or of a measure that is still to be done or judged.
    pub withheld_at: Option<DateTime<Utc>>,
    /// When its content was destroyed.
    pub destroyed_at: Option<DateTime<Utc>>,
    /// Letters whose delivery starts a term or meets one, or by which a solution counts as proposed.
    pub deliveries: BTreeMap<LetterKey, Delivery>,
    /// Letters that came back and of which `deliveries` does not tell: they go again only to another address.
    pub lost: BTreeMap<LetterKey, Lost>,
    /// Of which letter a copy went out by an event, of letters that are followed.
    pub copies: BTreeMap<u32, LetterKey>,
    /// The latest alert that went out, by deadline.
    pub alerts: BTreeMap<DeadlineKind, Raised>,
    /// Which reminders went out.
    pub reminders: BTreeSet<DeadlineKind>,
    /// When it was last recorded that days moved a term.
    pub rederived: BTreeMap<DeadlineKind, DateTime<Utc>>,
    /// The latest instant at which anything took effect, reminders, alerts and moved terms apart: what days bring by
    /// themselves comes after it.
    pub latest_at: DateTime<Utc>,
    /// Members who stepped back, or were found to have a conflict: they do not come back.
    pub stepped_back: BTreeSet<MemberId>,
}

/// Whether a complaint that came after the filing window may be treated.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Admission {
    /// It came in time, or there is no window.
    Timely,
    /// It came late, and nobody has decided yet.
    Undecided,
    /// It came late and is treated all the same.
    Admitted,
}

/// A late appeal, waiting to be admitted or refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LateAppeal {
    /// When it arrived.
    pub received_at: DateTime<Utc>,
    /// From when the term to admit or refuse it runs: its arrival; where another was refused since, its registration,
    /// so that it is put to whoever decides anew.
    pub decide_from: DateTime<Utc>,
    /// Whether another late appeal was refused since it arrived: it may have come in time itself.
    pub follows_refusal: bool,
    /// The instance it goes to.
    pub instance: u8,
    /// Who decides on it, and hears it when admitted.
    pub bench: Bench,
}

/// An alert that went out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Raised {
    /// How many have gone out for this deadline, with this one.
    pub nth: u16,
    /// When.
    pub at: DateTime<Utc>,
}

/// The end of the procedure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Closure {
    /// With effect from.
    pub at: DateTime<Utc>,
    /// How.
    pub outcome: Outcome,
    /// Whether the passing of time closed it, so that it can be reversed.
    pub by_clock: bool,
}

/// A measure as it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Measure {
    /// What will be done.
    pub text: Confidential<String>,
    /// Who sees to it.
    pub owner: Option<MemberId>,
    /// By when.
    pub due_on: Option<NaiveDate>,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
    /// Whether it proved effective.
    pub is_effective: Option<bool>,
    /// When it was agreed.
    pub agreed_at: DateTime<Utc>,
    /// When its day was chosen.
    pub dated_at: DateTime<Utc>,
    /// What its owner was asked, for the day that holds: how often, and when last.
    pub followed_up: BTreeMap<FollowUp, Raised>,
    /// The complaints that came after it about the same course with the same cause, in the order in which that was found.
    pub recurrences: Vec<Recurrence>,
}

impl Complaint {
    /// The instance it is at now.
    ///
    /// # Panics
    /// Never: a complaint opens with a round, and rounds are only added.
    pub fn round(&self) -> &Round {
        #[expect(
            clippy::expect_used,
            reason = "a complaint opens with a round, and rounds are only added"
        )]
        self.rounds.last().expect("a complaint has a round")
    }

    /// The parties that must be heard and must sign besides the complainant: the respondents, or,
    /// where no person is complained about, the representative of the organisation.
    pub fn other_side(&self) -> Vec<Party> {
        if self.respondents.is_empty() {
            vec![Party::Representative]
        } else {
            self.respondents
                .keys()
                .map(|no| Party::Respondent(*no))
                .collect()
        }
    }

    /// Whether a solution had been proposed to the complainant by an instant: some version had gone out to good effect, or they
    /// had answered one.
    pub(crate) fn was_proposed(&self, by: DateTime<Utc>) -> bool {
        let texts = self.deliveries.iter();
        let mut texts = texts.filter(|(letter, _)| letter.kind == LetterKind::SolutionForSignOff);
        texts.any(|(_, delivery)| {
            let mut reached = delivery.issued_at().into_iter().chain(delivery.answered_at);
            reached.any(|at| at <= by)
        })
    }

    /// Both sides.
    pub fn sides(&self) -> Vec<Party> {
        let mut sides = vec![Party::Complainant];
        sides.extend(self.other_side());
        sides
    }

    /// Where a party can be reached.
    pub fn reach(&self, party: Party) -> Reach {
        self.reach.get(&party).copied().unwrap_or_default()
    }

    /// Whether letters to the complainant go by e-mail: while a postal address is known too, only until one comes back.
    pub fn is_mailed(&self) -> bool {
        !self.reach(Party::Complainant).best().is_paper()
    }

    /// From when the term to answer about measures runs (house rule: they are asked for at closing). What people closed
    /// is known, and asked about, only when it is registered, however early it took effect.
    pub(crate) fn measures_run_from(&self) -> Option<DateTime<Utc>> {
        let closure = self.closure?;
        let asked = self.measures_asked_at.filter(|_| !closure.by_clock);
        Some(asked.unwrap_or(closure.at))
    }

    /// Whether it is open.
    pub const fn is_open(&self) -> bool {
        self.closure.is_none()
    }
}
