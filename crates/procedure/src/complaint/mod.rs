//! A complaint: the fold of its events.

mod event;
mod evolve;
mod fold_letters;
mod fold_round;
mod fold_staff;
mod fold_words;
mod letters;
mod particulars;
mod party;
mod reach;
mod round;
mod state;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

pub use event::{Event, Filed, Recorded};
pub use letters::{Confirmation, Delivery, LetterKey, LetterKind, Lost, Recipient, Reprint};
pub use particulars::{
    Appointed, ClockAct, ContactMeans, Departure, Finding, Hearing, InadmissibleGround, LapsedTerm,
    MeasureUpdate, Outcome, ProposedMeasure,
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
    /// When its content was destroyed.
    pub destroyed_at: Option<DateTime<Utc>>,
    /// Letters whose delivery starts a term or meets one.
    pub deliveries: BTreeMap<LetterKey, Delivery>,
    /// Letters that came back and of which `deliveries` does not tell: they go again only to another address.
    pub lost: BTreeMap<LetterKey, Lost>,
    /// The latest alert that went out, by deadline.
    pub alerts: BTreeMap<DeadlineKind, Raised>,
    /// Which reminders went out.
    pub reminders: BTreeSet<DeadlineKind>,
    /// The latest instant at which anything took effect, reminders and alerts apart: what days bring by themselves comes
    /// after it.
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
    pub deciders: Vec<MemberId>,
    /// Who was to decide on it and is no more.
    pub former: BTreeSet<MemberId>,
    /// When the first of those who decide on it was appointed.
    pub assigned_at: Option<DateTime<Utc>>,
    /// When the last of them left, so that the term to appoint one starts again.
    pub vacated_at: Option<DateTime<Utc>>,
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

    /// The parties that must be heard and must sign besides the complainant: the notified respondents, or,
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

    /// Whether a solution had been proposed by an instant.
    pub(crate) fn was_proposed(&self, by: DateTime<Utc>) -> bool {
        let solution = self.solution.as_ref();
        let first = solution.and_then(|solution| solution.proposed(1));
        first.is_some_and(|first| first <= by)
    }

    /// Both sides.
    pub fn sides(&self) -> Vec<Party> {
        let mut sides = vec![Party::Complainant];
        sides.extend(self.other_side());
        sides
    }

    /// What is known of a letter's delivery, and the key it is known under: the copy that is on its way belongs to the first
    /// letter.
    pub fn delivery(&self, letter: &LetterKey) -> Option<(LetterKey, &Delivery)> {
        let is_copy = |(key, delivery): &(&LetterKey, &Delivery)| {
            let copy = delivery.copy_of(key.event);
            copy == letter.event && (key.kind, key.to) == (letter.kind, letter.to)
        };
        let own = self.deliveries.get_key_value(letter);
        own.or_else(|| self.deliveries.iter().find(is_copy))
            .map(|(key, delivery)| (*key, delivery))
    }

    /// The key under which the copy of a letter is known that is on its way, by the key of the first.
    pub fn last_copy(&self, letter: LetterKey) -> LetterKey {
        let delivery = self.deliveries.get(&letter);
        let event = delivery.map_or(letter.event, |one| one.copy_of(letter.event));
        LetterKey { event, ..letter }
    }

    /// Where a party can be reached.
    pub fn reach(&self, party: Party) -> Reach {
        self.reach.get(&party).copied().unwrap_or_default()
    }

    /// Whether letters to the complainant go by e-mail: while a postal address is known too, only until one comes back.
    pub fn is_mailed(&self) -> bool {
        !self.reach(Party::Complainant).best().is_paper()
    }

    /// Since when a letter that has not reached its reader is to go to another address that is known: it came back, or went to
    /// a mailbox that has been left since.
    pub(crate) fn goes_elsewhere(&self, delivery: &Delivery) -> Option<DateTime<Utc>> {
        let reach = self.reach(Party::Complainant);
        let (_, since) = reach.working().filter(|(place, _)| *place != delivery.to)?;
        let is_left = delivery.sent_at.is_some() && !reach.knows(delivery.to);
        let left = is_left.then_some(since);
        let due = delivery
            .returned_at
            .map(|returned| returned.max(since))
            .or(left);
        due.filter(|_| delivery.counts_from().is_none())
    }

    /// Whether a letter still says what holds: not a notice that was reversed, or of a way that was gone or left since,
    /// nor a response that was replaced, nor a confirmation that another followed, or of a handler where there is none.
    pub fn letter_holds(&self, letter: &LetterKey) -> bool {
        let mut rounds = self.rounds.iter();
        match letter.kind {
            LetterKind::WayNotice => {
                let way = self.round().way.as_ref();
                let is_left = self.closure.is_some_and(|closure| !closure.by_clock);
                !is_left && way.is_some_and(|way| way.letter == *letter)
            }
            LetterKind::Response => rounds.any(|round| {
                let response = round.response.as_ref();
                response.is_some_and(|response| response.letter == *letter)
            }),
            LetterKind::Confirmation | LetterKind::HandlerNamed => {
                let last = self.confirmations.last();
                let names_nobody = letter.kind == LetterKind::HandlerNamed
                    && rounds.next().is_some_and(|first| first.deciders.is_empty());
                !names_nobody && last.is_some_and(|last| last.letter == *letter)
            }
            _ => true,
        }
    }

    /// Whether a letter must still reach its reader: it says what holds, and the complaint is open. A decision that
    /// ended the complaint must reach its reader all the same.
    pub fn letter_is_owed(&self, letter: &LetterKey) -> bool {
        let is_owed = self.is_open() || letter.kind == LetterKind::Decision;
        is_owed && self.destroyed_at.is_none() && self.letter_holds(letter)
    }

    /// The letters whose delivery still matters, with what is known of it.
    pub(crate) fn letters_owed(&self) -> impl Iterator<Item = (&LetterKey, &Delivery)> {
        let letters = self.deliveries.iter();
        letters.filter(|(letter, _)| self.letter_is_owed(letter))
    }

    /// Since when a letter on which nothing rests is to go to another address that is known: it came back, and still says what
    /// its reader should know.
    pub(crate) fn lost_goes_elsewhere(&self, letter: &LetterKey) -> Option<DateTime<Utc>> {
        let lost = self.lost.get(letter).filter(|lost| !lost.is_redirected)?;
        let Recipient::Party(party) = letter.to else {
            return None;
        };
        let (_, since) = self.reach(party).working()?;
        self.still_matters(letter).then(|| lost.at.max(since))
    }

    fn still_matters(&self, letter: &LetterKey) -> bool {
        use LetterKind as K;
        let is_kept = self.destroyed_at.is_none();
        let says_what_holds = match letter.kind {
            K::SolutionForSignOff => {
                let text = self.solution.as_ref();
                self.is_open() && text.is_some_and(|text| text.event <= letter.event)
            }
            K::HandlerNamed
            | K::RespondentNotice
            | K::Response
            | K::ReactionAnswer
            | K::Extension
            | K::AppealReceived
            | K::LapseNotice
            | K::LateComplaintAdmitted => self.is_open(),
            K::Inadmissible | K::LateAppealOutcome | K::Decision | K::Closing => true,
            _ => false,
        };
        is_kept && says_what_holds
    }

    /// The letters that have to go out, or out again, for a term to run; what waits longest first.
    pub fn letters_that_wait(&self) -> Vec<LetterKey> {
        let mut waiting: Vec<_> = self
            .letters_owed()
            .filter_map(|(letter, delivery)| Some((delivery.waits_since()?, *letter)))
            .collect();
        waiting.sort_unstable();
        waiting.into_iter().map(|(_, letter)| letter).collect()
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
