//! What a letter tells, as data: dates, names by id, outcomes, and the texts it may quote.

use chrono::{NaiveDate, NaiveDateTime};

use super::{
    parts::{
        AnnouncedSilence, DueDay, EndingSoon, MoreTime, NextStage, Release, Stage, Vacancy,
        WithoutEffect,
    },
    returned::{Rested, Retry},
};
use crate::{
    Confidential,
    command::CommandKind,
    complaint::{
        ClockAct, Finding, InadmissibleGround, LapsedTerm, LetterKey, LetterKind, Outcome, Party,
    },
    ids::MemberId,
    policy::{Basis, ExitGround},
};

type Words = Confidential<String>;

macro_rules! contents {
    ($($(#[$doc:meta])* $name:ident $({ $($(#[$fdoc:meta])* $field:ident: $type:ty,)* })?,)*) => {
        /// What a letter tells; one variant for each [`LetterKind`]. Who reads it is in its key.
        #[derive(Clone, PartialEq, Debug)]
        pub enum Content { $($(#[$doc])* $name $({ $($(#[$fdoc])* $field: $type,)* })?,)* }

        impl Content {
            /// Which kind of letter tells it.
            pub const fn kind(&self) -> LetterKind {
                match self { $(Self::$name { .. } => LetterKind::$name,)* }
            }
        }
    };
}

contents! {
    /// The complaint arrived.
    Confirmation {
        /// Who handles it, where known.
        handlers: Vec<MemberId>,
        /// What the organisation owes, and by when.
        terms: Vec<DueDay>,
        /// Whether it came after the filing window, so that someone must still decide on that.
        is_late: bool,
    },
    /// Who handles or decides it.
    HandlerNamed {
        /// At which instance.
        stage: Stage,
        /// Who; several in a committee.
        members: Vec<MemberId>,
        /// Whether it is also the confirmation of receipt that the regulation asks.
        confirms_receipt: bool,
        /// Whether they come in the place of someone else.
        is_change: bool,
        /// Whether they decide on a late appeal first.
        is_late_appeal: bool,
        /// What is owed, and by when.
        terms: Vec<DueDay>,
    },
    /// A case is yours.
    Assignment {
        /// At which instance.
        stage: Stage,
        /// What you owe, and by when.
        terms: Vec<DueDay>,
    },
    /// A case waits for a decider.
    Unassigned {
        /// At which instance.
        stage: Stage,
        /// Why.
        why: Vacancy,
        /// Whether members of the pool may take it.
        is_pool: bool,
        /// By when someone must be appointed.
        until: Option<DueDay>,
    },
    /// A complaint concerns you.
    RespondentNotice {
        /// What the complaint says.
        description: Words,
        /// Who handles it.
        handlers: Vec<MemberId>,
        /// By when its outcome is due.
        until: Option<DueDay>,
    },
    /// You are invited to be heard.
    HearingInvitation {
        /// When, on the tenant's clock.
        on: NaiveDateTime,
        /// Where, or how.
        place: Words,
        /// Who hears.
        handlers: Vec<MemberId>,
    },
    /// A text for both sides to sign.
    SolutionForSignOff {
        /// From 1.
        version: u16,
        /// The text.
        text: Words,
        /// By when both must have signed.
        until: Option<DueDay>,
    },
    /// The response to the complaint.
    Response {
        /// Its finding.
        finding: Finding,
        /// Its text.
        text: Words,
        /// Who wrote it.
        handlers: Vec<MemberId>,
        /// Whether it comes in the place of an earlier one.
        is_new: bool,
        /// What silence will mean; `None` when nothing is announced, so that silence ends nothing.
        silence: Option<AnnouncedSilence>,
        /// Where the complainant can go who does not agree.
        next: Option<NextStage>,
        /// Whether it goes again to a complainant who has spoken since: nothing is asked of them.
        is_answered: bool,
    },
    /// The answer to a reaction.
    ReactionAnswer {
        /// The answer.
        text: Words,
        /// Where the complainant can go who still does not agree.
        next: Option<NextStage>,
    },
    /// More time.
    Extension {
        /// The new last day.
        until: NaiveDate,
        /// By what right.
        how: MoreTime,
    },
    /// The way to the next instance stands open.
    WayNotice {
        /// What opened it.
        ground: ExitGround,
        /// Which term of the organisation lapsed, where that opened it.
        lapsed: Option<LapsedTerm>,
        /// Whether the answer to a question or remark still follows.
        answer_follows: bool,
        /// The last day; `None`: without end.
        until: Option<NaiveDate>,
        /// Where it leads.
        next: Option<NextStage>,
        /// Whose sign-off no longer counts by this: to settle after all they must sign anew.
        unsigned: Option<Party>,
    },
    /// The complaint will not be treated on its merits.
    Inadmissible {
        /// On which ground, with the rule it rests on; `None` where the dossier does not say.
        ground: Option<(InadmissibleGround, Basis)>,
        /// Why.
        reasons: Words,
        /// Where the complainant can go.
        next: Option<NextStage>,
    },
    /// A term of the complainant ends soon.
    Reminder {
        /// Which.
        what: EndingSoon,
        /// Its end.
        until: DueDay,
    },
    /// An appeal has come in.
    AppealReceived {
        /// On which local day.
        received_on: NaiveDate,
        /// Who will hear it.
        stage: Stage,
        /// Whether it came after the window, so that someone must still admit it first.
        is_late: bool,
        /// Whether another one was refused for being late since this one came: then too someone must admit it first.
        follows_refusal: bool,
        /// Who decides, where known.
        deciders: Vec<MemberId>,
        /// Whether both sides are heard there before the outcome.
        is_heard: bool,
        /// What is owed, and by when.
        terms: Vec<DueDay>,
        /// Whose sign-off no longer counts by this: to settle after all they must sign anew.
        unsigned: Option<Party>,
    },
    /// A late appeal waits for a decision whether it is heard.
    LateAppeal {
        /// On which local day it came.
        received_on: NaiveDate,
        /// Whether another one was refused for being late since this one came, which may have come in time itself.
        follows_refusal: bool,
        /// By when; then silence admits it.
        until: Option<DueDay>,
    },
    /// Whether a late appeal is heard.
    LateAppealOutcome {
        /// Whether it is.
        is_admitted: bool,
        /// Why; `None` when silence admitted it, or when it proved not to be late.
        reasons: Option<Words>,
        /// Whether it proved not to be late: the letter by which it was had not been delivered.
        is_timely: bool,
        /// Whether another one was refused for being late since this one came.
        follows_refusal: bool,
        /// Who hears it.
        stage: Option<Stage>,
        /// What is owed, and by when.
        terms: Vec<DueDay>,
    },
    /// The decision, binding advice or finding.
    Decision {
        /// By which instance.
        stage: Stage,
        /// Its finding.
        finding: Finding,
        /// Its text.
        text: Words,
        /// Who decided.
        deciders: Vec<MemberId>,
        /// What is awarded, in whole euros.
        compensation: Option<u32>,
        /// Whether it upholds that the complaint is inadmissible.
        upholds_inadmissibility: bool,
        /// Where its effect is written.
        basis: Option<Basis>,
        /// The further instance, if there is one.
        next: Option<NextStage>,
    },
    /// The procedure ended.
    Closing {
        /// How.
        outcome: Outcome,
        /// Whether it had ended so before, and stays so now that a late appeal is taken back.
        is_appeal_withdrawn: bool,
        /// Whether the complainant is asked how the handling was.
        asks_rating: bool,
        /// Where the complainant may still go, late, if the clock closed it.
        late_way: Option<NextStage>,
    },
    /// A term of the organisation lapsed: what now.
    LapseNotice {
        /// Which.
        term: DueDay,
        /// Whether a solution had been proposed, so that the lapse is no silence.
        was_proposed: bool,
        /// Where the complainant may go now.
        next: Option<NextStage>,
    },
    /// A term has lapsed: act.
    OverdueAlert {
        /// Which.
        term: DueDay,
        /// From 1.
        nth: u16,
        /// Whether it comes back until someone acts; not where the procedure has moved on by itself.
        repeats: bool,
        /// At which instance.
        stage: Option<Stage>,
        /// Which letters wait to be posted, where that is what is overdue; what waits longest first.
        letters: Vec<LetterKey>,
    },
    /// What the passing of time had done is undone.
    Reversal {
        /// What.
        what: ClockAct,
        /// The term that had ended by it, with the last day it had; `None` where it is known no more.
        undone: Option<DueDay>,
        /// What else is undone with it, each as the first.
        more: Vec<(ClockAct, Option<DueDay>)>,
        /// Whether the complaint is open now.
        is_open: bool,
        /// Whether the last day counts that an earlier letter gives, for a reaction or an appeal.
        counts_earlier: bool,
        /// The other last days that hold now.
        holds: Vec<DueDay>,
    },
    /// An act came in that has no effect any more.
    ActWithoutEffect {
        /// Whose.
        party: Party,
        /// The local day on which it arrived.
        arrived_on: NaiveDate,
        /// Which.
        act: CommandKind,
        /// Why not.
        why: WithoutEffect,
    },
    /// A letter came back.
    Undelivered {
        /// Which.
        letter: LetterKey,
        /// What rested on its delivery; `None` where nothing does.
        rested: Option<Rested>,
        /// Whether it goes again by itself.
        retry: Retry,
    },
    /// Where you are reached from now on.
    AddressRecorded,
    /// A party did something.
    PartyActed {
        /// Who.
        party: Party,
        /// What.
        act: CommandKind,
        /// What you owe now, and by when.
        until: Option<DueDay>,
    },
    /// Measures are asked.
    MeasuresAsked {
        /// How the complaint ended.
        outcome: Outcome,
        /// By when.
        until: DueDay,
    },
    /// A late complaint is treated all the same.
    LateComplaintAdmitted {
        /// Why; `None` when silence admitted it.
        reasons: Option<Words>,
        /// What is owed, and by when.
        terms: Vec<DueDay>,
    },
    /// The case has left you.
    Released {
        /// Why.
        why: Release,
    },
    /// A measure is yours.
    MeasureAssigned {
        /// What will be done.
        text: Words,
        /// By when.
        due_on: Option<NaiveDate>,
    },
    /// After a measure there was another complaint of the same kind. Which, and of when, a letter does not say: it is kept while that
    /// complaint may be destroyed.
    Recurrence {
        /// What was to be done.
        text: Words,
    },
    /// The day of a measure comes, or has passed.
    MeasureDue {
        /// What was to be done.
        text: Words,
        /// By when; `None` where nobody has said so yet.
        due_on: Option<NaiveDate>,
        /// Which alert it is, from 1; `None` while the day has not passed.
        nth: Option<u16>,
    },
    /// Whether a measure worked.
    MeasureEffect {
        /// What was done.
        text: Words,
        /// When.
        done_on: NaiveDate,
        /// How many complaints of the same kind arrived after it.
        recurrences: usize,
        /// Whether it was asked before, in vain.
        is_unanswered: bool,
    },
}
