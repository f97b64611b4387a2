//! What a complaint is and becomes.

use async_graphql::Enum;
use wederhoor_procedure::complaint;

/// Where a complaint (*klacht*) stands.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "complaint::State")]
pub(crate) enum ComplaintState {
    /// It arrived; nobody handles it yet (*ontvangen*).
    Received,
    /// Someone handles it (*in behandeling*).
    InTreatment,
    /// A response is out, and the complainant may react (*wacht op klager*).
    AwaitingComplainant,
    /// A text lies before both sides to sign (*wacht op fiattering*).
    AwaitingSignOff,
    /// The complainant may go to the next instance (*beroep staat open*).
    AppealOpen,
    /// It is at a later instance (*in beroep*).
    OnAppeal,
    /// The procedure ended (*gesloten*). It can open again: by a late appeal, or by the reversal of a lapse.
    Closed,
}

/// How a complaint ended (*uitkomst*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "complaint::Outcome")]
pub(crate) enum ComplaintOutcome {
    /// The complainant said yes to the response (*geaccepteerd*).
    Accepted,
    /// The complainant was silent where silence accepts (*stilzwijgend geaccepteerd*).
    TacitlyAccepted,
    /// Both sides signed one text (*overeenstemming*).
    Agreed,
    /// The last instance decided (*beslist*).
    Decided,
    /// No appeal came within its term (*niet voortgezet*).
    NotPursued,
    /// The complainant withdrew (*ingetrokken*).
    Withdrawn,
    /// Not treated on its merits: not appealed, or upheld (*niet-ontvankelijk*).
    Inadmissible,
}

/// Why a complaint is not treated on its merits (*grond van niet-ontvankelijkheid*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "complaint::InadmissibleGround")]
pub(crate) enum InadmissibilityGround {
    /// Who complains is none of those who may (*niet klachtgerechtigd*).
    Standing,
    /// It is not about what the regulation covers (*valt buiten de regeling*).
    Subject,
    /// It came after the filing window, and nobody has admitted it (*te laat*).
    Late,
}

/// What a response, decision or binding advice finds (*oordeel*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "complaint::Finding")]
pub(crate) enum Finding {
    /// The complaint is upheld (*gegrond*).
    Upheld,
    /// The complaint is partly upheld (*deels gegrond*).
    PartlyUpheld,
    /// The complaint is not upheld (*ongegrond*).
    NotUpheld,
    /// There is no judgement (*geen oordeel*).
    NoJudgement,
}

/// How a decider sought contact with the complainant (*wijze van contact*). Only a conversation is personal contact.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "complaint::ContactMeans")]
pub(crate) enum ContactMeans {
    /// By telephone (*telefonisch*): personal contact.
    Telephone,
    /// By video (*beeldbellen*): personal contact.
    Video,
    /// Face to face (*persoonlijk gesprek*): personal contact.
    InPerson,
    /// By e-mail (*e-mail*): never personal contact.
    Email,
    /// By letter (*per post*): never personal contact.
    Post,
}

/// How someone came to handle or decide a complaint (*wijze van aanwijzing*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "complaint::Appointed")]
pub(crate) enum AppointmentManner {
    /// The administration chose them (*aangewezen*).
    Assigned,
    /// They took it from the pool (*opgepakt*).
    Taken,
    /// They hold the office (*uit hoofde van functie*).
    Standing,
}

/// Whether a complaint that came after the filing window may be treated (*ontvankelijkheid*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "complaint::Admission")]
pub(crate) enum AdmissionStatus {
    /// It came in time, or there is no window (*op tijd*).
    Timely,
    /// It came late, and nobody has decided yet (*te laat, nog niet beslist*).
    Undecided,
    /// It came late and is treated all the same (*toegelaten*).
    Admitted,
}

/// How the hearing of one side ended (*hoor en wederhoor*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum HearingOutcome {
    /// They were heard (*gehoord*).
    Heard,
    /// They gave up being heard (*afgezien*).
    Waived,
    /// They could not be reached, after at least two documented attempts (*onbereikbaar*).
    Unreachable,
}

impl From<complaint::Hearing> for HearingOutcome {
    fn from(hearing: complaint::Hearing) -> Self {
        match hearing {
            complaint::Hearing::Heard => Self::Heard,
            complaint::Hearing::Waived => Self::Waived,
            complaint::Hearing::Unreachable(_) => Self::Unreachable,
        }
    }
}

impl HearingOutcome {
    /// For the heart, with the attempts that make someone unreachable.
    pub(crate) const fn with_attempts(self, attempts: u8) -> complaint::Hearing {
        match self {
            Self::Heard => complaint::Hearing::Heard,
            Self::Waived => complaint::Hearing::Waived,
            Self::Unreachable => complaint::Hearing::Unreachable(attempts),
        }
    }
}
