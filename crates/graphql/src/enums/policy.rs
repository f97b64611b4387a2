//! What a policy can say.

use async_graphql::Enum;
use wederhoor_procedure::{calendar, policy};

/// A way by which a message reaches the organisation (*kanaal*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "policy::Channel")]
pub(crate) enum IntakeChannel {
    /// The form on the website (*webformulier*).
    WebForm,
    /// E-mail (*e-mail*).
    Email,
    /// A letter by post (*per post*).
    Post,
    /// By telephone (*telefonisch*); not in writing.
    Telephone,
    /// In person, on paper (*persoonlijk overhandigd*).
    InPerson,
}

/// A field that the intake form may require (*veld van het klachtenformulier*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "policy::IntakeField")]
pub(crate) enum IntakeField {
    /// The complainant's name (*naam*); where it is required, a complaint cannot be anonymous.
    Name,
    /// Telephone number (*telefoonnummer*).
    Telephone,
    /// What happened (*korte omschrijving*).
    Description,
    /// The date of the complaint form (*datum klacht*).
    FormDate,
    /// The date of what happened (*datum voorval*).
    IncidentDate,
}

/// The kinds of people who decide at an instance (*wie beslist*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "policy::DeciderKind")]
pub(crate) enum DeciderKind {
    /// A handler (*behandelaar*).
    Handler,
    /// A manager (*leidinggevende*).
    Manager,
    /// A member of a complaints committee (*klachtencommissie*).
    Committee,
    /// An independent external arbiter (*onafhankelijke derde*).
    Arbiter,
}

/// Who appoints the decider of an instance (*wie aanwijst*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "policy::AppointmentBy")]
pub(crate) enum AppointmentBy {
    /// The administration chooses (*aanwijzing door de administratie*).
    Administration,
    /// Members of the pool take what they may handle; the administration may assign too (*pool*).
    Pool,
    /// Whoever holds the office, without an appointment (*uit hoofde van functie*).
    Standing,
}

/// What a decision does (*gevolg van de beslissing*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "policy::DecisionEffect")]
pub(crate) enum DecisionEffect {
    /// Final inside the organisation; going to court stays open (*bindend binnen de organisatie*).
    Final,
    /// Binding advice (*bindend advies*; Dutch Civil Code 7:900).
    BindingAdvice,
    /// A finding that does not bind (*oordeel*; Awb chapter 9).
    Finding,
}

/// What the complainant's silence after a response means (*betekenis van zwijgen*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "policy::SilenceMeans")]
pub(crate) enum SilenceMeaning {
    /// Tacit acceptance: the complaint is deemed settled (*stilzwijgende instemming*).
    Acceptance,
    /// No agreement: the way to the next instance opens (*geen overeenstemming*).
    NoAgreement,
}

/// What opens the way to the next instance (*grond voor de volgende instantie*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "policy::ExitGround")]
pub(crate) enum ExitGround {
    /// The complainant objected to the response (*bezwaar*).
    Objection,
    /// The handler answered a reaction and gave notice of the way (*kennisgeving*).
    Notice,
    /// The organisation let its term lapse (*termijn verstreken*).
    Lapse,
    /// There is no agreement (*geen overeenstemming*).
    NoAgreement,
    /// The complaint was declared inadmissible (*niet-ontvankelijk*).
    Inadmissible,
    /// This instance decided, and there is a further one (*beslissing*).
    Decision,
}

/// Who destroys what is no longer to be kept (*vernietiging*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "policy::Destruction")]
pub(crate) enum DestructionRule {
    /// It is proposed to the administration, which confirms (*na bevestiging*).
    Confirmed,
    /// It happens when it is due (*vanzelf*).
    Automatic,
}

/// The kind of outcome an instance works towards (*soort afhandeling*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum ResolutionKind {
    /// A written response that the complainant accepts, objects to, or is silent on (*schriftelijke reactie*).
    Response,
    /// One text that both sides sign (*fiattering*).
    Agreement,
    /// A decision by the decider alone (*beslissing*).
    Decision,
}

impl From<&policy::Resolution> for ResolutionKind {
    fn from(resolution: &policy::Resolution) -> Self {
        match resolution {
            policy::Resolution::Response { .. } => Self::Response,
            policy::Resolution::Agreement { .. } => Self::Agreement,
            policy::Resolution::Decision { .. } => Self::Decision,
        }
    }
}

/// What a term is counted in (*eenheid van een termijn*).
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[graphql(remote = "calendar::TermUnit")]
pub(crate) enum TermUnit {
    /// Days on which people work (*werkdag*): Monday to Friday, holidays and closing days left out.
    WorkingDay,
    /// Days of the calendar (*dag*).
    Day,
    /// Seven days (*week*).
    Week,
    /// To the same day number, or the last of a shorter month (*maand*).
    Month,
    /// Twelve months (*jaar*).
    Year,
}
