//! Letters.

use async_graphql::Enum;
use wederhoor_procedure::complaint;
use wederhoor_service::WordedKind;

macro_rules! letter_kinds {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// What a letter is (*brief*).
        #[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
        pub(crate) enum LetterKind {
            $($(#[$doc])* $name,)*
            /// A new way in to the complaint, as asked for (*toegangslink*).
            AccessLink,
            /// An invitation to become a member with a login (*uitnodiging*).
            Invitation,
            /// A way back in for who forgot their password (*wachtwoord vergeten*).
            PasswordReset,
            /// The overview of a working morning (*overzicht*).
            Digest,
        }

        impl From<complaint::LetterKind> for LetterKind {
            fn from(kind: complaint::LetterKind) -> Self {
                match kind { $(complaint::LetterKind::$name => Self::$name,)* }
            }
        }

        impl From<LetterKind> for WordedKind {
            fn from(kind: LetterKind) -> Self {
                match kind {
                    $(LetterKind::$name => Self::OfComplaint(complaint::LetterKind::$name),)*
                    LetterKind::AccessLink => Self::AccessLink,
                    LetterKind::Digest => Self::Digest,
                    LetterKind::Invitation => Self::Invitation,
                    LetterKind::PasswordReset => Self::PasswordReset,
                }
            }
        }
    };
}

letter_kinds! {
    /// The complaint arrived, and what happens next (*ontvangstbevestiging*).
    Confirmation,
    /// Who handles it, and by when (*behandelaar bekend*).
    HandlerNamed,
    /// To the decider: a case was assigned to you (*toewijzing*).
    Assignment,
    /// To the administration or the pool: a case waits for a decider (*nog niet toegewezen*).
    Unassigned,
    /// To a respondent or representative: a complaint concerns you (*bericht aan beklaagde*).
    RespondentNotice,
    /// You are invited to be heard (*uitnodiging voor het horen*).
    HearingInvitation,
    /// The solution, for signature (*oplossing ter fiattering*).
    SolutionForSignOff,
    /// The response (*reactie op de klacht*).
    Response,
    /// An answer to a reaction (*antwoord*).
    ReactionAnswer,
    /// The term is longer, or consent to that is asked (*verlenging*).
    Extension,
    /// The way to the next instance stands open, and until when (*kennisgeving van beroep*).
    WayNotice,
    /// The complaint will not be treated on its merits (*niet-ontvankelijk*).
    Inadmissible,
    /// A term of yours ends soon (*herinnering*).
    Reminder,
    /// An appeal has come in (*beroep ontvangen*).
    AppealReceived,
    /// A late appeal waits for your decision (*te laat beroep*).
    LateAppeal,
    /// Whether a late appeal is heard (*beslissing over te laat beroep*).
    LateAppealOutcome,
    /// The decision or binding advice (*beslissing*).
    Decision,
    /// The procedure ended, and how (*afsluiting*).
    Closing,
    /// To the complainant: a term of the organisation lapsed, and what now (*termijn verstreken*).
    LapseNotice,
    /// To whoever must act: a term has lapsed (*alarm*).
    OverdueAlert,
    /// What the passing of time had done is undone (*teruggedraaid*).
    Reversal,
    /// An act came in that has no effect any more (*handeling zonder gevolg*).
    ActWithoutEffect,
    /// To the administration: a letter came back (*onbestelbaar*).
    Undelivered,
    /// To the decider: a party did something (*bericht van een partij*).
    PartyActed,
    /// To the decider: measures are asked (*vraag naar maatregelen*).
    MeasuresAsked,
    /// A late complaint is treated all the same (*te late klacht toegelaten*).
    LateComplaintAdmitted,
    /// To a decider whom the case has left (*niet meer uw zaak*).
    Released,
    /// To the owner of a measure (*maatregel toegewezen*).
    MeasureAssigned,
    /// To the owner of a measure: there was another such complaint (*herhaling na een maatregel*).
    Recurrence,
    /// To who sees to a measure: its day comes, or has passed (*datum van een maatregel*).
    MeasureDue,
    /// To who sees to a measure: whether it worked (*vraag of een maatregel heeft geholpen*).
    MeasureEffect,
    /// Letters go to another address from now on (*ander adres*).
    AddressRecorded,
}

impl From<WordedKind> for LetterKind {
    fn from(kind: WordedKind) -> Self {
        match kind {
            WordedKind::OfComplaint(kind) => kind.into(),
            WordedKind::AccessLink => Self::AccessLink,
            WordedKind::Invitation => Self::Invitation,
            WordedKind::PasswordReset => Self::PasswordReset,
            WordedKind::Digest => Self::Digest,
        }
    }
}

impl LetterKind {
    /// The kind a letter is kept under.
    pub(crate) fn from_code(code: &str) -> Self {
        let known = WordedKind::all().find(|kind| kind.code() == code);
        known.map_or(Self::AccessLink, Self::from)
    }
}

/// How a letter goes out (*wijze van verzending*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "wederhoor_service::LetterChannel")]
pub(crate) enum LetterChannel {
    /// By e-mail (*e-mail*).
    Mail,
    /// On paper: the administration prints it and records the posting (*per post*).
    Print,
}

/// How far a letter has come (*stand van een brief*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "wederhoor_service::LetterStatus")]
pub(crate) enum LetterStatus {
    /// It waits to be sent or printed (*wacht*).
    Pending,
    /// The mail server took it (*verzonden*).
    Sent,
    /// It is known to have arrived (*bezorgd*).
    Delivered,
    /// It came back, or was given up (*mislukt*).
    Failed,
    /// It went out on paper (*gepost*).
    Posted,
    /// What it tells was undone before it went out: it goes to nobody, and is kept (*ingetrokken*).
    Withdrawn,
}

/// Why a letter did not reach its reader (*reden van onbestelbaarheid*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "wederhoor_service::LetterFailure")]
pub(crate) enum UndeliveredReason {
    /// The mail server could not take it, however often it was tried (*opgegeven*).
    GivenUp,
    /// The mail server will never take it (*geweigerd*).
    Refused,
    /// It came back (*teruggekomen*).
    CameBack,
    /// Nobody opened the link in it in time, so that nobody knows whether the address is theirs (*niet bevestigd*).
    Unproved,
}

impl UndeliveredReason {
    /// In Dutch and in English.
    pub(crate) const fn in_words(self) -> (&'static str, &'static str) {
        match self {
            Self::GivenUp => (
                "De mailserver van de ontvanger was telkens niet bereikbaar. We hebben het vaak geprobeerd.",
                "The mail server of the recipient could not be reached. We tried many times.",
            ),
            Self::Refused => (
                "De mailserver weigert deze e-mail. Misschien klopt het adres niet.",
                "The mail server refuses this e-mail. The address may be wrong.",
            ),
            Self::CameBack => (
                "De brief is teruggekomen. Misschien klopt het adres niet.",
                "The letter came back. The address may be wrong.",
            ),
            Self::Unproved => (
                "Niemand heeft op tijd de link in de e-mail gebruikt. We weten niet of het adres klopt.",
                "Nobody used the link in the e-mail in time. We do not know whether the address is right.",
            ),
        }
    }
}
