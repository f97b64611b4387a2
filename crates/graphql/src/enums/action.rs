//! What someone may do with a complaint; each is a mutation of the same name.

use async_graphql::Enum;
use wederhoor_procedure::command::CommandKind;

macro_rules! actions {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What someone may do with a complaint (*handelingen*); each is a mutation of the same name.
        #[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum ActionKind { $($(#[$doc])* $name,)* }

        impl ActionKind {
            /// The action of a command; `None` for what no person does.
            pub(crate) const fn of(command: CommandKind) -> Option<Self> {
                match command {
                    $(CommandKind::$name => Some(Self::$name),)*
                    CommandKind::LetTimePass
                    | CommandKind::LetterHandedOver
                    | CommandKind::VerifyAddress
                    | CommandKind::ReviewConflicts
                    | CommandKind::LinkRecurrence => None,
                }
            }
        }
    };
}

actions! {
    /// A party adds to the dossier: `addStatement` (*verklaring toevoegen*).
    AddStatement,
    /// A party gives up being heard: `waiveHearing` (*afzien van horen*).
    WaiveHearing,
    /// A party signs the solution: `signOffSolution` (*fiatteren*).
    SignOffSolution,
    /// A party will not sign: `rejectSolution` (*niet fiatteren*).
    RejectSolution,
    /// The complainant agrees: `acceptResponse` (*akkoord*).
    AcceptResponse,
    /// The complainant does not agree: `objectToResponse` (*niet akkoord*).
    ObjectToResponse,
    /// The complainant says something that is neither yes nor no: `reactToResponse` (*reageren*).
    ReactToResponse,
    /// The complainant consents to more time: `consentToExtension` (*instemmen met uitstel*).
    ConsentToExtension,
    /// The complainant refuses more time: `refuseExtension` (*uitstel weigeren*).
    RefuseExtension,
    /// It is established that there is no agreement: `declareNoAgreement` (*geen overeenstemming*).
    DeclareNoAgreement,
    /// The complainant goes to the next instance: `appeal` (*in beroep*).
    Appeal,
    /// The complainant withdraws: `withdrawComplaint` (*intrekken*).
    WithdrawComplaint,
    /// The complainant says how the handling was: `rateHandling` (*beoordelen*).
    RateHandling,
    /// A member of the pool takes the complaint: `takeComplaint` (*oppakken*).
    TakeComplaint,
    /// Contact with the complainant is recorded: `recordContact` (*contact vastleggen*).
    RecordContact,
    /// A respondent is named, or told: `nameRespondent` (*beklaagde noemen*).
    NameRespondent,
    /// A party is invited to be heard: `inviteToHearing` (*uitnodigen voor het horen*).
    InviteToHearing,
    /// The hearing of a side is recorded: `recordHearing` (*horen vastleggen*).
    RecordHearing,
    /// A solution is put before both sides: `proposeSolution` (*oplossing voorleggen*).
    ProposeSolution,
    /// A written response is given: `issueResponse` (*reageren op de klacht*).
    IssueResponse,
    /// A reaction is answered: `answerReaction` (*reactie beantwoorden*).
    AnswerReaction,
    /// Notice is given that the way to the next instance is open: `openAppeal` (*beroep openstellen*).
    OpenAppeal,
    /// A late complaint is treated all the same: `admitLateComplaint` (*te late klacht toelaten*).
    AdmitLateComplaint,
    /// The complaint is not treated on its merits: `declareInadmissible` (*niet-ontvankelijk verklaren*).
    DeclareInadmissible,
    /// More time is taken by notice: `announceExtension` (*verdagen*).
    AnnounceExtension,
    /// The complainant is asked for more time: `requestExtension` (*uitstel vragen*).
    RequestExtension,
    /// The cause is recorded: `classifyComplaint` (*oorzaak vastleggen*).
    ClassifyComplaint,
    /// The question about measures is answered: `answerMeasures` (*maatregelen*).
    AnswerMeasures,
    /// A decider steps back: `recuse` (*zich verschonen*).
    Recuse,
    /// The decision or binding advice is given: `issueDecision`, `logBindingAdvice` (*beslissen*).
    IssueDecision,
    /// A late appeal is heard all the same: `admitLateAppeal` (*te laat beroep toelaten*).
    AdmitLateAppeal,
    /// A late appeal is not heard: `refuseLateAppeal` (*te laat beroep weigeren*).
    RefuseLateAppeal,
    /// An act of a party that came on another channel is recorded: `recordPartyAct` (*handeling vastleggen*).
    RecordPartyAct,
    /// Someone is appointed to decide: `assignDecider` (*aanwijzen*).
    AssignDecider,
    /// Someone speaks for the organisation: `nameRepresentative` (*vertegenwoordiger aanwijzen*).
    NameRepresentative,
    /// Where a party can be reached is recorded: `recordAddress` (*adres vastleggen*).
    RecordAddress,
    /// A printed letter went out: `recordPosted` (*verzending vastleggen*).
    RecordPosted,
    /// A letter came back: `reportUndelivered` (*onbestelbaar melden*).
    ReportUndelivered,
    /// A letter that came back goes out once more: `resendLetter` (*brief opnieuw versturen*).
    ResendLetter,
    /// A measure's owner, date or result is recorded: `updateMeasure` (*maatregel bijwerken*).
    UpdateMeasure,
    /// The dossier may not be destroyed: `placeLegalHold` (*bewaarplicht opleggen*).
    PlaceLegalHold,
    /// The hold is over: `liftLegalHold` (*bewaarplicht opheffen*).
    LiftLegalHold,
    /// The dossier is destroyed: `confirmDestruction` (*vernietigen*).
    ConfirmDestruction,
}
