//! What people, time and the post can ask of a complaint.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    complaint::{
        Address, Contact, ContactMeans, Finding, Hearing, InadmissibleGround, LetterKey,
        MeasureUpdate, Party, Place, ProposedMeasure, Recurrence,
    },
    confidential::Confidential,
    ids::MemberId,
    policy::Channel,
};

macro_rules! commands {
    ($($(#[$doc:meta])* $name:ident $({ $($(#[$fdoc:meta])* $field:ident: $type:ty,)* })?,)*) => {
        /// A command on one complaint.
        #[derive(Clone, PartialEq, Debug)]
        pub enum Command { $($(#[$doc])* $name $({ $($(#[$fdoc])* $field: $type,)* })?,)* }

        /// Which command, without its content.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum CommandKind { $($(#[$doc])* $name,)* }

        impl CommandKind {
            /// Every kind, in the order of the procedure.
            pub const ALL: &[Self] = &[$(Self::$name),*];
        }

        impl Command {
            /// Which command it is.
            pub const fn kind(&self) -> CommandKind {
                match self { $(Self::$name { .. } => CommandKind::$name,)* }
            }
        }
    };
}

type Words = Confidential<String>;

commands! {
    // What parties do.
    /// A party adds to the dossier.
    AddStatement {
        /// What they say.
        text: Words,
    },
    /// A party gives up being heard at this instance.
    WaiveHearing,
    /// A party signs the solution as it stands.
    SignOffSolution {
        /// The version they read; another one now is a refusal.
        version: u16,
    },
    /// A party will not sign.
    RejectSolution {
        /// Why.
        reasons: Option<Words>,
    },
    /// The complainant agrees: settled.
    AcceptResponse,
    /// The complainant does not agree.
    ObjectToResponse {
        /// Why.
        reasons: Option<Words>,
    },
    /// The complainant says something that is neither yes nor no.
    ReactToResponse {
        /// What.
        text: Words,
    },
    /// The complainant consents to more time.
    ConsentToExtension,
    /// The complainant refuses more time.
    RefuseExtension,
    /// A party or the handler establishes that there is no agreement.
    DeclareNoAgreement {
        /// Why.
        reasons: Option<Words>,
    },
    /// The complainant goes to the next instance, in time or late.
    Appeal {
        /// On what grounds.
        grounds: Words,
    },
    /// The complainant withdraws.
    WithdrawComplaint {
        /// Why.
        reasons: Option<Words>,
    },
    /// The complainant says how the handling was.
    RateHandling {
        /// From 1 to 5.
        score: u8,
        /// In their words.
        text: Option<Words>,
    },
    // What deciders do.
    /// A member of the pool takes an unassigned complaint.
    TakeComplaint,
    /// Contact with a party, or an attempt.
    RecordContact {
        /// With whom; only with the complainant it is the personal contact that a regulation may ask.
        party: Party,
        /// How.
        how: ContactMeans,
        /// Whether they were reached.
        reached: bool,
        /// What was said.
        note: Option<Words>,
    },
    /// A respondent is named, or one the complainant named is told.
    NameRespondent {
        /// The number of one the complainant named; `None` for a new one.
        no: Option<u8>,
        /// Who, when they are a member.
        member: Option<MemberId>,
        /// How they can be reached; `None` keeps what the complainant gave.
        contact: Option<Contact>,
    },
    /// A party is invited to be heard.
    InviteToHearing {
        /// Who.
        party: Party,
        /// When.
        on: DateTime<Utc>,
        /// Where, or how.
        place: Words,
    },
    /// How the hearing of a side ended.
    RecordHearing {
        /// Who.
        party: Party,
        /// How it ended.
        hearing: Hearing,
        /// The record.
        record: Option<Words>,
    },
    /// A solution for both sides to sign.
    ProposeSolution {
        /// The one text.
        text: Words,
    },
    /// A written response.
    IssueResponse {
        /// Its finding.
        finding: Finding,
        /// Its text.
        text: Words,
        /// Whether it announces what silence will mean and by when.
        announces_silence: bool,
    },
    /// The answer to a reaction; it opens the way to the next instance by notice.
    AnswerReaction {
        /// The answer.
        text: Words,
    },
    /// The notice that the way to the next instance stands open, before a reaction is answered; the answer stays owed.
    OpenAppeal,
    /// A late complaint is treated all the same.
    AdmitLateComplaint {
        /// Why.
        reasons: Words,
    },
    /// The complaint will not be treated on its merits.
    DeclareInadmissible {
        /// On which ground.
        ground: InadmissibleGround,
        /// Why.
        reasons: Words,
    },
    /// More time, by notice.
    AnnounceExtension {
        /// The new last day.
        until: NaiveDate,
        /// Why.
        reasons: Words,
    },
    /// More time, asked of the complainant.
    RequestExtension {
        /// The new last day.
        until: NaiveDate,
        /// Why.
        reasons: Words,
    },
    /// The cause of the complaint.
    ClassifyComplaint {
        /// A code of the policy's list.
        cause: String,
    },
    /// Measures against a repeat, or a reasoned none.
    AnswerMeasures {
        /// Measures.
        measures: Vec<ProposedMeasure>,
        /// Why none.
        reason_for_none: Option<Words>,
    },
    /// A decider steps back.
    Recuse {
        /// Why.
        reason: Words,
    },
    /// The decision, binding advice or finding.
    IssueDecision {
        /// Its finding.
        finding: Finding,
        /// Its text.
        text: Words,
        /// What is awarded, in whole euros.
        compensation: Option<u32>,
        /// Whether it upholds that the complaint is inadmissible.
        upholds_inadmissibility: bool,
    },
    /// A late appeal is heard all the same.
    AdmitLateAppeal {
        /// Why.
        reasons: Words,
    },
    /// A late appeal is not heard.
    RefuseLateAppeal {
        /// Why.
        reasons: Words,
    },
    /// A party's act that came on another channel, registered by a decider or the administration.
    RecordPartyAct {
        /// Whose act.
        party: Party,
        /// What they did.
        act: Box<Command>,
        /// On which channel.
        channel: Channel,
        /// Where the proof is.
        proof: Option<Words>,
    },
    // What the administration does.
    /// Someone is appointed to decide.
    AssignDecider {
        /// Who.
        member: MemberId,
        /// Why it must be an external handler.
        reason: Option<Words>,
    },
    /// Someone speaks for the organisation.
    NameRepresentative {
        /// Who.
        member: MemberId,
    },
    /// Where a party can be reached, as it is known from now on.
    RecordAddress {
        /// Who; not the representative, whom their account reaches.
        party: Party,
        /// Where.
        address: Address,
    },
    /// A printed letter went out.
    RecordPosted {
        /// Which.
        letter: LetterKey,
    },
    /// A letter came back.
    ReportUndelivered {
        /// Which.
        letter: LetterKey,
        /// From where, of the addresses that are known; the dossier itself knows it of a letter that it follows.
        from: Option<Place>,
    },
    /// A letter that came back goes out once more.
    ResendLetter {
        /// Which.
        letter: LetterKey,
    },
    /// A measure's owner, date or result.
    UpdateMeasure {
        /// What changed.
        update: MeasureUpdate,
    },
    /// The dossier may not be destroyed.
    PlaceLegalHold {
        /// Why.
        reason: Words,
    },
    /// The hold is over.
    LiftLegalHold {
        /// Why.
        reason: Words,
    },
    /// The dossier is destroyed, its retention being over.
    ConfirmDestruction,
    // What no person does.
    /// Time has passed: whatever is due happens.
    LetTimePass,
    /// The carrier took a letter.
    LetterHandedOver {
        /// Which.
        letter: LetterKey,
    },
    /// A link sent to the complainant's address was used.
    VerifyAddress,
    /// Facts changed: conflicts of interest are looked at again.
    ReviewConflicts,
    /// Another complaint has the same cause and is about the same course.
    LinkRecurrence {
        /// The other one.
        recurrence: Recurrence,
        /// For how many months after a measure was carried out it counts as a recurrence.
        months: u32,
    },
}

impl CommandKind {
    /// Whether only parties do it, so that it can come in on another channel and be registered for them.
    pub const fn is_party_act(self) -> bool {
        matches!(
            self,
            Self::AddStatement
                | Self::WaiveHearing
                | Self::SignOffSolution
                | Self::RejectSolution
                | Self::AcceptResponse
                | Self::ObjectToResponse
                | Self::ReactToResponse
                | Self::ConsentToExtension
                | Self::RefuseExtension
                | Self::DeclareNoAgreement
                | Self::Appeal
                | Self::WithdrawComplaint
                | Self::RateHandling
        )
    }

    /// Whether it may carry an arrival that is earlier than its registration.
    pub(crate) const fn may_arrive_earlier(self) -> bool {
        self.is_party_act()
            || matches!(
                self,
                Self::RecordPartyAct
                    | Self::RecordPosted
                    | Self::ReportUndelivered
                    | Self::RecordContact
                    | Self::RecordHearing
                    | Self::LetterHandedOver
                    | Self::LetTimePass
                    | Self::VerifyAddress
            )
    }
}
