//! The identity of a letter, and what is known of its delivery.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Party, Place};
use crate::ids::MemberId;

/// Which letter: the event it tells of, its kind, and its reader. Stable, so that it is written once.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct LetterKey {
    /// Sequence number of the event that it tells of.
    pub event: u32,
    /// What it is.
    pub kind: LetterKind,
    /// Who reads it.
    pub to: Recipient,
}

impl std::fmt::Display for LetterKey {
    /// A short stable code, e.g. `12/response/complainant`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = self.kind.code();
        match self.to {
            Recipient::Party(party) => write!(f, "{}/{kind}/{party}", self.event),
            Recipient::Member(member) => write!(f, "{}/{kind}/{member}", self.event),
            Recipient::Administration => write!(f, "{}/{kind}/administration", self.event),
        }
    }
}

impl LetterKey {
    /// The letter that carries a response or notice to the complainant.
    pub const fn to_complainant(event: u32, kind: LetterKind) -> Self {
        Self {
            event,
            kind,
            to: Recipient::Party(Party::Complainant),
        }
    }

    /// Whether what becomes of it, by e-mail or on paper, can matter to the procedure;
    /// [`super::Complaint::deliveries`] knows of no other letter.
    pub const fn is_tracked(&self) -> bool {
        let carries = matches!(
            self.kind,
            LetterKind::Response
                | LetterKind::Decision
                | LetterKind::WayNotice
                | LetterKind::SolutionForSignOff
                | LetterKind::ReactionAnswer
        );
        let is_theirs = matches!(self.to, Recipient::Party(Party::Complainant));
        (carries && is_theirs) || self.confirms_receipt()
    }

    /// Whether it is of a kind that waits for a day on which its reader is at work.
    pub const fn waits_for_an_open_day(&self) -> bool {
        matches!(
            self.kind,
            LetterKind::OverdueAlert
                | LetterKind::Reminder
                | LetterKind::MeasureDue
                | LetterKind::MeasureEffect
        )
    }

    /// Whether it is of a kind that can confirm receipt.
    pub const fn confirms_receipt(&self) -> bool {
        let confirms = matches!(
            self.kind,
            LetterKind::Confirmation | LetterKind::HandlerNamed
        );
        confirms && matches!(self.to, Recipient::Party(Party::Complainant))
    }
}

/// Who reads a letter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    /// A party.
    Party(Party),
    /// A member of the tenant.
    Member(MemberId),
    /// Every administrator who is not excluded, or the stand-in.
    Administration,
}

macro_rules! letter_kinds {
    ($($(#[$doc:meta])* $kind:ident = $code:literal,)*) => {
        /// What a letter is.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum LetterKind { $($(#[$doc])* $kind,)* }

        impl LetterKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$kind),*];

            /// Whether it can tell of another complaint than that which it is about: also that a letter came back tells which it was.
            pub const fn can_tell_of_another(self) -> bool {
                matches!(self, Self::Recurrence | Self::MeasureEffect | Self::Undelivered)
            }

            /// A stable code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$kind => $code,)* }
            }
        }
    };
}

letter_kinds! {
    /// The complaint arrived, and what happens next, with the way in for a party without a login.
    Confirmation = "confirmation",
    /// Who handles it, and by when.
    HandlerNamed = "handler_named",
    /// To the decider: a case was assigned to you.
    Assignment = "assignment",
    /// To the administration, or the pool: a case waits for a decider.
    Unassigned = "unassigned",
    /// To a respondent or representative: a complaint concerns you.
    RespondentNotice = "respondent_notice",
    /// You are invited to be heard.
    HearingInvitation = "hearing_invitation",
    /// The solution, for signature.
    SolutionForSignOff = "solution_for_sign_off",
    /// The response.
    Response = "response",
    /// An answer to a reaction.
    ReactionAnswer = "reaction_answer",
    /// The term is longer, or a request to consent to that.
    Extension = "extension",
    /// There is no agreement, or the way to the next instance stands open, and until when.
    WayNotice = "way_notice",
    /// The complaint will not be treated on its merits.
    Inadmissible = "inadmissible",
    /// A term of yours ends soon.
    Reminder = "reminder",
    /// An appeal has come in.
    AppealReceived = "appeal_received",
    /// A late appeal waits for your decision.
    LateAppeal = "late_appeal",
    /// Whether a late appeal is heard.
    LateAppealOutcome = "late_appeal_outcome",
    /// The decision or binding advice.
    Decision = "decision",
    /// The procedure ended, and how.
    Closing = "closing",
    /// An organisation's term lapsed: to the complainant, who is told what now.
    LapseNotice = "lapse_notice",
    /// A term has lapsed: to whoever must act.
    OverdueAlert = "overdue_alert",
    /// What the passing of time had done is undone.
    Reversal = "reversal",
    /// An act came in that has no effect any more.
    ActWithoutEffect = "act_without_effect",
    /// A letter came back: to the administration.
    Undelivered = "undelivered",
    /// To the decider: a party did something.
    PartyActed = "party_acted",
    /// To the decider: measures are asked.
    MeasuresAsked = "measures_asked",
    /// A late complaint is treated all the same.
    LateComplaintAdmitted = "late_complaint_admitted",
    /// To a decider whom the case has left.
    Released = "released",
    /// To the owner of a measure.
    MeasureAssigned = "measure_assigned",
    /// To the owner of a measure: there was another complaint of the same kind.
    Recurrence = "recurrence",
    /// To who sees to a measure: its day comes, or has passed.
    MeasureDue = "measure_due",
    /// To who sees to a measure: whether it worked.
    MeasureEffect = "measure_effect",
    /// Letters go to another address from now on.
    AddressRecorded = "address_recorded",
}

/// A letter that confirms receipt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Confirmation {
    /// Which.
    pub letter: LetterKey,
    /// When what it tells took effect: the filing or the appointment.
    pub at: DateTime<Utc>,
}

/// What is known of a letter's delivery.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Delivery {
    /// When it took effect that it goes out.
    pub at: DateTime<Utc>,
    /// When it was written: as soon as that was registered.
    pub written_at: DateTime<Utc>,
    /// Where it goes; on paper it counts from its posting.
    pub to: Place,
    /// Since when it was on paper, where it goes by e-mail by now because its reader moved before anybody recorded a posting.
    pub was_paper_since: Option<DateTime<Utc>>,
    /// When it was handed to the carrier.
    pub sent_at: Option<DateTime<Utc>>,
    /// When it reached its reader.
    pub delivered_at: Option<DateTime<Utc>>,
    /// When it was taken to have reached its reader, before it came back.
    pub believed_at: Option<DateTime<Utc>>,
    /// When it was known to have come back.
    pub returned_at: Option<DateTime<Utc>>,
    /// When it was last known to have come back, from whatever address.
    pub came_back_at: Option<DateTime<Utc>>,
    /// When it was first known to have come back from where it goes, where it went there once more sooner than the second attempt
    /// was due: that attempt is due from then, should this one come back too.
    pub failed_since: Option<DateTime<Utc>>,
    /// The second attempt, which counts as delivered even if returned.
    pub sent_again_at: Option<DateTime<Utc>>,
    /// The event by which the second attempt went out by e-mail.
    pub mailed_again: Option<u32>,
    /// On paper: the letter as it was printed for the second attempt, which counts once it is posted.
    pub reprint: Option<Reprint>,
    /// The event by which it went to another known address, having come back, or by hand once more to the same; all else tells of
    /// this copy only.
    pub redirected: Option<u32>,
    /// When its reader first said yes or no to the text it carries: they had it then, however it came to them.
    pub answered_at: Option<DateTime<Utc>>,
}

/// A letter that came back and on which nothing rests.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lost {
    /// When it was known to have come back.
    pub at: DateTime<Utc>,
    /// Whether it has gone to another address since.
    pub is_redirected: bool,
}

/// A letter on paper that is printed once more.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Reprint {
    /// Sequence number of the event that made it due: by this its key differs from that of the first letter.
    pub event: u32,
    /// Since when it waits to be posted.
    pub at: DateTime<Utc>,
}

impl Delivery {
    /// A letter that has yet to go out.
    pub(super) const fn new(at: DateTime<Utc>, written_at: DateTime<Utc>, to: Place) -> Self {
        Self {
            at,
            written_at,
            to,
            was_paper_since: None,
            sent_at: None,
            delivered_at: None,
            believed_at: None,
            returned_at: None,
            came_back_at: None,
            failed_since: None,
            sent_again_at: None,
            mailed_again: None,
            reprint: None,
            redirected: None,
            answered_at: None,
        }
    }

    /// The letter as it goes out again, elsewhere or before the second attempt is due: it counts for as long as it does not come
    /// back as well.
    pub(super) fn anew(
        &self,
        event: u32,
        at: DateTime<Utc>,
        written_at: DateTime<Utc>,
        to: Place,
    ) -> Self {
        let failed_since = self.failed_since.or(self.returned_at);
        Self {
            believed_at: self.believed_at,
            came_back_at: self.came_back_at,
            failed_since: failed_since.filter(|_| to == self.to),
            redirected: Some(event),
            answered_at: self.answered_at,
            ..Self::new(at, written_at, to)
        }
    }

    /// It is posted, at first or, once printed again, before the second attempt is due.
    pub(super) fn goes_out(&mut self, at: DateTime<Utc>) {
        if let Some(print) = self.reprint {
            *self = self.anew(print.event, print.at, print.at, self.to);
        }
        self.sent_at = self.sent_at.or(Some(at));
    }

    /// By hand it goes by e-mail again, sooner than the clock would send it.
    pub(super) fn mailed_sooner(
        &mut self,
        event: u32,
        at: DateTime<Utc>,
        written_at: DateTime<Utc>,
        is_proved: bool,
    ) {
        *self = self.anew(event, at, written_at, self.to);
        self.sent_at = Some(at);
        self.delivered_at = is_proved.then_some(at);
    }

    /// Under which event the copy that is on its way now was written; `first` is that of the letter's own key.
    pub fn copy_of(&self, first: u32) -> u32 {
        let reprint = self.reprint.map(|reprint| reprint.event);
        reprint.or(self.redirected).unwrap_or(first)
    }

    /// By which event what its reader has was written; `first` is that of the letter's own key.
    pub fn written_by(&self, first: u32) -> u32 {
        self.mailed_again.unwrap_or_else(|| self.copy_of(first))
    }

    /// Whether somebody has to post the second attempt.
    pub const fn awaits_second_posting(&self) -> bool {
        self.reprint.is_some() && self.sent_again_at.is_none()
    }

    /// Whether it goes on paper.
    pub const fn is_paper(&self) -> bool {
        self.to.is_paper()
    }

    /// Whether somebody has to post it.
    pub fn waits_for_posting(&self) -> bool {
        self.is_paper() && self.waits_since().is_some()
    }

    /// Since when it may have been posted without anybody having recorded it; `None` where it cannot.
    pub fn may_be_posted_since(&self) -> Option<DateTime<Utc>> {
        let waits = self.waits_since().filter(|_| self.is_paper());
        self.was_paper_since.or(waits)
    }

    /// Whether it came back, and its second attempt is still to come.
    pub(super) const fn fails_for_good(&self) -> bool {
        self.returned_at.is_some() && self.sent_again_at.is_none() && self.reprint.is_none()
    }

    /// Whether, having been on paper, it went by e-mail only after an instant.
    pub fn moved_after(&self, at: DateTime<Utc>) -> bool {
        self.was_paper_since.is_some() && at < self.at
    }

    /// Since when it waits to be handed to its carrier, at first or once more; `None` when it does not.
    pub fn waits_since(&self) -> Option<DateTime<Utc>> {
        let again = self.reprint.filter(|_| self.awaits_second_posting());
        let at_first = self.sent_at.is_none().then_some(self.written_at);
        at_first.or(again.map(|reprint| reprint.at))
    }

    /// When it counts as delivered (house rule for the second attempt; Dutch Civil Code 3:37(3)).
    pub fn counts_from(&self) -> Option<DateTime<Utc>> {
        match (self.delivered_at, self.returned_at) {
            (Some(delivered), None) => Some(delivered),
            _ => self.sent_again_at,
        }
    }

    /// When it counted as delivered, also where it came back after that.
    pub fn arrived_at(&self) -> Option<DateTime<Utc>> {
        self.counts_from().or(self.believed_at)
    }

    /// When it was issued to good effect: on paper when posted; by e-mail when written, unless it came back.
    pub fn issued_at(&self) -> Option<DateTime<Utc>> {
        if self.returned_at.is_some() {
            self.sent_again_at
        } else if self.is_paper() {
            self.sent_at
        } else {
            Some(self.at)
        }
    }
}
