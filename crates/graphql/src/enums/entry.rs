//! What can happen to a complaint, as its dossier records it.

use async_graphql::Enum;
use wederhoor_procedure::complaint::Event;

macro_rules! entries {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What happened to a complaint (*soort gebeurtenis*).
        #[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum EntryKind { $($(#[$doc])* $name,)* }

        impl EntryKind {
            pub(crate) const fn of(event: &Event) -> Self {
                match event { $(Event::$name { .. } => Self::$name,)* }
            }
        }
    };
}

entries! {
    /// The complaint arrived and is registered (*ingediend*).
    Filed,
    /// The complainant's address proved to be theirs (*adres bevestigd*).
    AddressVerified,
    /// The letter that confirms receipt was written; on paper it counts once it is posted (*ontvangstbevestiging
    /// geschreven*).
    ConfirmationWritten,
    /// Receipt was confirmed (*ontvangst bevestigd*).
    Acknowledged,
    /// Someone was appointed to decide (*aangewezen*).
    Assigned,
    /// A decider stepped back (*verschoond*).
    Recused,
    /// A decider proved to have a conflict of interest, and is off the case (*belangenverstrengeling*).
    ConflictFound,
    /// A decider is there no more: the role has ended, or nobody stands in during an absence (*ontheven*).
    DeciderReleased,
    /// The decider spoke with the complainant in person (*contact*).
    ContactMade,
    /// The decider tried in vain to reach the complainant, or wrote (*contactpoging*).
    ContactAttempted,
    /// A respondent was named, or told of the complaint (*beklaagde ingelicht*).
    RespondentNotified,
    /// Someone speaks for the organisation (*vertegenwoordiger aangewezen*).
    RepresentativeNamed,
    /// A party added to the dossier (*verklaring*).
    StatementAdded,
    /// A party was invited to be heard (*uitgenodigd*).
    HearingInvited,
    /// A party was heard, waived it, or is documented as unreachable (*gehoord*).
    Heard,
    /// A late complaint is treated all the same (*te late klacht toegelaten*).
    LateComplaintAdmitted,
    /// The complaint will not be treated on its merits (*niet-ontvankelijk verklaard*).
    DeclaredInadmissible,
    /// A solution was put before both sides (*oplossing voorgelegd*).
    SolutionProposed,
    /// A party signed (*gefiatteerd*).
    SolutionSigned,
    /// A party will not sign (*niet gefiatteerd*).
    SolutionRejected,
    /// A written response was given (*reactie op de klacht*).
    ResponseIssued,
    /// The complainant agreed (*akkoord*).
    ResponseAccepted,
    /// The complainant did not agree (*niet akkoord*).
    ResponseObjected,
    /// The complainant said something that is neither yes nor no (*gereageerd*).
    ResponseReacted,
    /// A reaction was answered (*reactie beantwoord*).
    ReactionAnswered,
    /// The way to the next instance stands open (*beroep opengesteld*).
    WayOpened,
    /// It was established that there is no agreement (*geen overeenstemming*).
    NoAgreementDeclared,
    /// A term of the organisation lapsed with legal effect (*termijn verstreken*).
    TermLapsed,
    /// The complainant went to the next instance (*beroep ingesteld*).
    Appealed,
    /// A late appeal is heard all the same (*te laat beroep toegelaten*).
    LateAppealAdmitted,
    /// A late appeal is not heard (*te laat beroep geweigerd*).
    LateAppealRefused,
    /// The term is extended by notice (*verdaagd*).
    ExtensionAnnounced,
    /// The complainant was asked to consent to more time (*uitstel gevraagd*).
    ExtensionRequested,
    /// The complainant consented to more time (*ingestemd met uitstel*).
    ExtensionConsented,
    /// The complainant refused more time (*uitstel geweigerd*).
    ExtensionRefused,
    /// A decision, binding advice or finding was given (*beslist*).
    DecisionIssued,
    /// The cause was recorded (*oorzaak vastgelegd*).
    Classified,
    /// The question about measures was answered (*maatregelen beantwoord*).
    MeasuresAnswered,
    /// A measure's owner, date or result changed (*maatregel bijgewerkt*).
    MeasureUpdated,
    /// A complaint about the same course, with the same cause, came after a measure (*herhaling gevonden*).
    RecurrenceFound,
    /// Who sees to a measure was reminded, alerted, or asked whether it worked (*maatregel opgevolgd*).
    MeasureFollowedUp,
    /// The complainant said how the handling was (*beoordeeld*).
    HandlingRated,
    /// The complainant withdrew (*ingetrokken*).
    Withdrawn,
    /// The procedure ended (*gesloten*).
    Closed,
    /// What the passing of time did is undone (*teruggedraaid*).
    ClockReversed,
    /// A letter was handed to the carrier (*brief verzonden*).
    LetterSent,
    /// A letter reached its reader (*brief bezorgd*).
    LetterDelivered,
    /// A letter came back (*brief onbestelbaar*).
    LetterReturned,
    /// Where a party can be reached, as it is known from then on (*ander adres*).
    AddressRecorded,
    /// A letter that came back goes to another address that is known (*brief naar ander adres*).
    LetterRedirected,
    /// The second attempt on paper is printed, and waits to be posted (*brief opnieuw geprint*).
    LetterReprinted,
    /// A letter was sent a second time, and counts as delivered (*brief opnieuw verzonden*).
    LetterSentAgain,
    /// A party was reminded that a term of theirs ends (*herinnerd*).
    Reminded,
    /// Whoever must act was alerted that a term has lapsed (*gealarmeerd*).
    Alerted,
    /// Days came to count, or to count no more, and the last day of an open term moved (*termijn opnieuw bepaald*).
    DeadlineRederived,
    /// A party's act came in that had no effect any more (*handeling zonder gevolg*).
    ActWithoutEffect,
    /// How an act came in that someone else registered (*handeling ontvangen*).
    ActReceived,
    /// The dossier may not be destroyed (*bewaarplicht opgelegd*).
    HoldPlaced,
    /// The hold is over (*bewaarplicht opgeheven*).
    HoldLifted,
    /// The dossier is not destroyed by itself, though its term is over: something came in after the end, or a measure is
    /// still to be done or judged, and a person looks first (*vernietiging aangehouden*).
    DestructionWithheld,
    /// Content, persons and letters are destroyed (*vernietigd*).
    Destroyed,
}
