//! What happened: the append-only events of which a complaint is the fold.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Address, Appointed, ClockAct, Contact, ContactMeans, Departure, Filed, Finding, FollowUp,
    Hearing, InadmissibleGround, Kept, LapsedTerm, LetterKey, LetterKind, MeasureUpdate, Outcome,
    Party, Place, ProposedMeasure, Recurrence,
};
use crate::{
    actor::By,
    command::CommandKind,
    confidential::Confidential,
    deadline::DeadlineKind,
    ids::{MeasureId, MemberId},
    policy::{Channel, Conflicted, ExitGround},
};

/// An event with its two times and its author.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Recorded {
    /// When it took effect: an act counts from its arrival, a lapse from its due instant.
    pub at: DateTime<Utc>,
    /// When it was registered.
    pub registered_at: DateTime<Utc>,
    /// Who did it.
    pub by: By,
    /// What happened.
    pub event: Event,
}

/// What can happen to a complaint.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// The complaint arrived and is registered.
    Filed(Box<Filed>),
    /// The complainant's address proved to be theirs.
    AddressVerified,
    /// Where a party can be reached, as it is known from now on.
    AddressRecorded {
        /// Who.
        party: Party,
        /// Where; never unknown.
        address: Address,
        /// What of it was known before.
        kept: Kept,
    },
    /// The letter that confirms receipt was written; on paper, receipt is confirmed once it is posted.
    ConfirmationWritten {
        /// Which: that of the filing, or that of the appointment right before this.
        letter: LetterKind,
    },
    /// Receipt was confirmed; with the handler's name where the regulation asks it.
    Acknowledged,
    /// Someone was appointed to decide at an instance, counted from 0.
    Assigned {
        /// The instance.
        instance: u8,
        /// Who.
        member: MemberId,
        /// How they came to it.
        how: Appointed,
        /// Whether they sit beside those already there (a committee) rather than in their place.
        joins: bool,
        /// Why it had to be an external handler.
        reason: Option<Confidential<String>>,
    },
    /// A decider stepped back.
    Recused {
        /// Who.
        member: MemberId,
        /// Why.
        reason: Confidential<String>,
    },
    /// A decider, or who speaks for the organisation, proved to have a conflict of interest, and is off the case.
    ConflictFound {
        /// Who.
        member: MemberId,
        /// Which conflict.
        ground: Conflicted,
    },
    /// A decider is there no more: the case is no longer theirs. They may come back to it.
    DeciderReleased {
        /// Who.
        member: MemberId,
        /// Why.
        why: Departure,
    },
    /// The decider spoke with a party in person.
    ContactMade {
        /// With whom.
        #[serde(default = "complainant", skip_serializing_if = "is_complainant")]
        party: Party,
        /// How: telephone, video or in person.
        how: ContactMeans,
        /// What was said.
        note: Option<Confidential<String>>,
    },
    /// The decider tried in vain to reach a party, or wrote.
    ContactAttempted {
        /// Whom.
        #[serde(default = "complainant", skip_serializing_if = "is_complainant")]
        party: Party,
        /// How.
        how: ContactMeans,
        /// What happened.
        note: Option<Confidential<String>>,
    },
    /// A respondent was named, or told of the complaint.
    RespondentNotified {
        /// Their number.
        no: u8,
        /// Who, when they are a member.
        member: Option<MemberId>,
        /// How they can be reached.
        contact: Contact,
    },
    /// Someone speaks for the organisation.
    RepresentativeNamed {
        /// Who.
        member: MemberId,
    },
    /// A party added to the dossier.
    StatementAdded {
        /// Who.
        party: Party,
        /// What they say.
        text: Confidential<String>,
    },
    /// A party was invited to be heard.
    HearingInvited {
        /// Who.
        party: Party,
        /// When.
        on: DateTime<Utc>,
        /// Where, or how.
        place: Confidential<String>,
    },
    /// A party was heard, waived it, or is documented as unreachable.
    Heard {
        /// Who.
        party: Party,
        /// How it ended.
        hearing: Hearing,
        /// The record of it.
        record: Option<Confidential<String>>,
    },
    /// A late complaint is treated all the same.
    LateComplaintAdmitted {
        /// Why; `None` when silence admitted it.
        reasons: Option<Confidential<String>>,
    },
    /// The complaint will not be treated on its merits.
    DeclaredInadmissible {
        /// On which ground; `None` where the dossier does not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        ground: Option<InadmissibleGround>,
        /// Why.
        reasons: Confidential<String>,
    },
    /// A solution was put in writing for both sides to sign.
    SolutionProposed {
        /// From 1; a new one voids the sign-offs of those before.
        version: u16,
        /// The text that both sign.
        text: Confidential<String>,
        /// SHA-256 of the text, in hexadecimal.
        digest: String,
    },
    /// A party signed.
    SolutionSigned {
        /// Who.
        party: Party,
        /// Which version.
        version: u16,
        /// SHA-256 of the text they signed.
        digest: String,
    },
    /// A party will not sign.
    SolutionRejected {
        /// Who.
        party: Party,
        /// Which version.
        version: u16,
        /// Why.
        reasons: Option<Confidential<String>>,
    },
    /// A written response to the complaint.
    ResponseIssued {
        /// Its finding.
        finding: Finding,
        /// Its text.
        text: Confidential<String>,
        /// The last day for a reaction, when the response announced what silence will mean.
        announced: Option<NaiveDate>,
    },
    /// An explicit yes.
    ResponseAccepted,
    /// A no.
    ResponseObjected {
        /// Why.
        reasons: Option<Confidential<String>>,
    },
    /// Neither yes nor no: it defeats tacit acceptance for good.
    ResponseReacted {
        /// What they ask or say.
        text: Confidential<String>,
    },
    /// The handler answered a reaction.
    ReactionAnswered {
        /// The answer.
        text: Confidential<String>,
    },
    /// The way to the next instance stands open, and the complainant is told.
    WayOpened {
        /// What opened it.
        ground: ExitGround,
        /// The last day as the notice states it; `None`: without end.
        announced: Option<NaiveDate>,
    },
    /// A party or the handler established that there is no agreement.
    NoAgreementDeclared {
        /// Which party; `None`: the handler, or the dossier does not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        party: Option<Party>,
        /// Why.
        reasons: Option<Confidential<String>>,
    },
    /// A term of the organisation lapsed with legal effect.
    TermLapsed {
        /// Which.
        term: LapsedTerm,
    },
    /// The complainant went to the next instance.
    Appealed {
        /// On what grounds.
        grounds: Confidential<String>,
        /// Whether it came after the window, so that someone must admit it first.
        is_late: bool,
    },
    /// A late appeal is heard all the same.
    LateAppealAdmitted {
        /// Why; `None` when silence admitted it, or when it proved not to be late.
        reasons: Option<Confidential<String>>,
    },
    /// A late appeal is not heard.
    LateAppealRefused {
        /// Why.
        reasons: Confidential<String>,
    },
    /// The term is extended by notice.
    ExtensionAnnounced {
        /// The new last day.
        until: NaiveDate,
        /// Why.
        reasons: Confidential<String>,
    },
    /// The complainant was asked to consent to more time.
    ExtensionRequested {
        /// The new last day.
        until: NaiveDate,
        /// Why.
        reasons: Confidential<String>,
    },
    /// The complainant consented.
    ExtensionConsented,
    /// The complainant refused.
    ExtensionRefused,
    /// A decision, binding advice or finding.
    DecisionIssued {
        /// Its finding.
        finding: Finding,
        /// Its text.
        text: Confidential<String>,
        /// What is awarded, in whole euros.
        compensation: Option<u32>,
        /// Whether it upholds that the complaint is inadmissible.
        upholds_inadmissibility: bool,
    },
    /// The complaint was classified.
    Classified {
        /// A cause of the policy.
        cause: String,
    },
    /// The question whether a repeat must be prevented was answered.
    MeasuresAnswered {
        /// Measures; empty with a reason.
        measures: Vec<ProposedMeasure>,
        /// Why none.
        reason_for_none: Option<Confidential<String>>,
    },
    /// A measure's owner, date or result changed.
    MeasureUpdated(MeasureUpdate),
    /// The complainant said how the handling was.
    HandlingRated {
        /// From 1 (poor) to 5 (good).
        score: u8,
        /// In their words.
        text: Option<Confidential<String>>,
    },
    /// The complainant withdrew.
    Withdrawn {
        /// Why.
        reasons: Option<Confidential<String>>,
    },
    /// The procedure ended.
    Closed {
        /// How.
        outcome: Outcome,
    },
    /// What the clock did is undone: an act that had arrived before it would have prevented it, or the
    /// letter it rested on was not delivered.
    ClockReversed {
        /// What is undone.
        what: ClockAct,
    },
    /// A letter was handed to the carrier.
    LetterSent {
        /// Which.
        letter: LetterKey,
    },
    /// A letter reached its reader; terms that count from delivery start.
    LetterDelivered {
        /// Which.
        letter: LetterKey,
    },
    /// A letter came back: it was not delivered.
    LetterReturned {
        /// Which.
        letter: LetterKey,
        /// From which of the addresses known then, of a letter on which nothing rests; `None` from one that was left.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Place>,
    },
    /// A letter that came back, or went to a mailbox that was left since, goes to another address that is known, as if it had
    /// gone there first.
    LetterRedirected {
        /// Which.
        letter: LetterKey,
    },
    /// On paper the second attempt is printed, a week after every known address failed, or earlier by hand; somebody posts it.
    LetterReprinted {
        /// Which.
        letter: LetterKey,
    },
    /// The second attempt, a week after every known address failed: it counts as delivered even if returned. By hand it goes by
    /// e-mail sooner, and counts until it comes back.
    LetterSentAgain {
        /// Which.
        letter: LetterKey,
    },
    /// A party was reminded that a term of theirs ends.
    Reminded {
        /// Which.
        deadline: DeadlineKind,
    },
    /// Whoever must act was alerted that a term has lapsed.
    Alerted {
        /// Which.
        deadline: DeadlineKind,
        /// From 1.
        nth: u16,
    },
    /// Days came to count, or to count no more, and the last day of an open term moved.
    DeadlineRederived {
        /// Of which term.
        deadline: DeadlineKind,
        /// What it was.
        from: NaiveDate,
        /// What it is now.
        to: NaiveDate,
        /// Because of which days.
        days: BTreeSet<NaiveDate>,
    },
    /// A party's act that had no effect any more: people's later acts stand.
    ActWithoutEffect {
        /// Whose.
        party: Party,
        /// Which.
        act: CommandKind,
        /// What they said with it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Confidential<String>>,
    },
    /// How an act came in that someone else registers; the act itself is the next event.
    ActReceived {
        /// Whose act.
        party: Party,
        /// On which channel.
        channel: Channel,
        /// Where the proof is.
        proof: Option<Confidential<String>>,
    },
    /// Another complaint came in about the same course, with the same cause, within the organisation's window after a measure.
    RecurrenceFound {
        /// After which measure.
        measure: MeasureId,
        /// The other complaint.
        recurrence: Recurrence,
    },
    /// Whoever sees to a measure was reminded, alerted, or asked whether it worked.
    MeasureFollowedUp {
        /// Which measure.
        measure: MeasureId,
        /// What was asked.
        about: FollowUp,
        /// From 1, for the day or the report that holds.
        nth: u16,
    },
    /// The dossier may not be destroyed.
    HoldPlaced {
        /// Why.
        reason: Confidential<String>,
    },
    /// The hold is over.
    HoldLifted {
        /// Why.
        reason: Confidential<String>,
    },
    /// The dossier is not destroyed by itself, though its term is over: something came in after the end that no person has
    /// decided on, or a measure is still to be done or judged.
    DestructionWithheld,
    /// Content, persons and letters are destroyed.
    Destroyed,
}

/// With whom contact is, unless it is said.
const fn complainant() -> Party {
    Party::Complainant
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn is_complainant(party: &Party) -> bool {
    *party == Party::Complainant
}
