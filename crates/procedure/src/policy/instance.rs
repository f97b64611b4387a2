//! An instance: who decides, how they are appointed, in which term, and what silence and lapse mean.

use serde::{Deserialize, Serialize};

use super::{Basis, TermRule, basis::of_complainant};
use crate::{calendar::Term, locale::Text};

/// One instance of the procedure.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Instance {
    /// What people call it.
    pub name: Text,
    /// Who decides here.
    pub decider: DeciderKind,
    /// How the decider is found.
    pub appointment: Appointment,
    /// Within this, from receipt, the decider makes personal contact with the complainant; e-mail is none.
    #[serde(default)]
    pub contact: Option<TermRule>,
    /// Whether both sides must have been heard before the outcome.
    #[serde(default)]
    pub hearing: Option<HearingRule>,
    /// The kind of outcome, its term, and what silence and lapse mean.
    pub resolution: Resolution,
    /// The way to the next instance; `None` on the last.
    #[serde(default)]
    pub way: Option<Way>,
}

/// The kinds of people who decide.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeciderKind {
    /// A handler (*behandelaar*).
    Handler,
    /// A manager (*leidinggevende*).
    Manager,
    /// A member of a complaints committee (*klachtencommissie*).
    Committee,
    /// An independent external arbiter (*onafhankelijke derde*).
    Arbiter,
}

/// How a decider is found.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Appointment {
    /// By whom.
    pub by: AppointmentBy,
    /// Within this, from receipt; a lapse alerts the administration.
    #[serde(default)]
    pub term: Option<TermRule>,
    /// Where that is written.
    pub rule: Basis,
}

/// Who appoints.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppointmentBy {
    /// The administration chooses.
    Administration,
    /// Members of the pool take what they may handle; the administration may assign too.
    Pool,
    /// Whoever holds the office, without an appointment.
    Standing,
}

/// Both sides are heard (*hoor en wederhoor*).
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HearingRule {
    /// Where that is written.
    pub rule: Basis,
}

/// The kind of outcome of an instance.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    try_from = "super::raw::RawResolution"
)]
pub enum Resolution {
    /// A written response that the complainant accepts, objects to, or is silent on.
    Response {
        /// From receipt.
        term: TermRule,
        /// How the term may be extended.
        #[serde(default)]
        extension: Extension,
        /// What the complainant's silence after the response means.
        silence: Silence,
        /// Within this, from a reaction that is neither yes nor no, the handler answers or responds anew.
        reaction: TermRule,
        /// What the lapse of the term (or of `reaction`) means.
        lapse: Lapse,
    },
    /// One text that both sides sign (*fiattering*).
    Agreement {
        /// From receipt.
        term: TermRule,
        /// How the term may be extended.
        #[serde(default)]
        extension: Extension,
        /// Where the signing is written.
        sign_off: Basis,
        /// What the lapse of the term means.
        lapse: Lapse,
    },
    /// A decision by the decider alone.
    Decision {
        /// From receipt of the appeal, or of the complaint.
        term: TermRule,
        /// How the term may be extended.
        #[serde(default)]
        extension: Extension,
        /// What the decision does.
        effect: DecisionEffect,
        /// Where the effect is written.
        rule: Basis,
        /// The most that may be awarded, in whole euros.
        #[serde(default)]
        compensation_cap: Option<u32>,
    },
}

/// What a decision does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecisionEffect {
    /// Final inside the organisation; going to court stays open.
    Final,
    /// Binding advice (*bindend advies*; Dutch Civil Code 7:900).
    BindingAdvice,
    /// A finding that does not bind (Awb chapter 9).
    Finding,
}

/// How a term may be extended; by default not at all.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// Once, by at most this, by a notice with reasons.
    #[serde(default)]
    pub announced: Option<TermRule>,
    /// To a date the complainant consents to in writing.
    #[serde(default)]
    pub consent: Option<Basis>,
}

/// What the complainant's silence after a response means.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Silence {
    /// From delivery of a response that announced it.
    #[serde(deserialize_with = "of_complainant")]
    pub window: TermRule,
    /// What it means.
    pub means: SilenceMeans,
    /// How long before the end the complainant is reminded.
    #[serde(default)]
    pub reminder: Option<Term>,
}

/// The meanings silence can have.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SilenceMeans {
    /// Tacit acceptance: the complaint is deemed settled.
    Acceptance,
    /// No agreement: the way to the next instance opens.
    NoAgreement,
}

/// What it means when the organisation lets its term lapse. Its silence never closes a complaint.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lapse {
    /// Whether the way to the next instance opens at the lapse.
    pub opens_way: bool,
    /// Where that is written.
    pub rule: Basis,
}

/// The way to the next instance.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// What opens it, besides a lapse.
    pub opens_on: Vec<ExitGround>,
    /// How long it stays open, from delivery of the notice that says so; then the complaint is closed as not pursued.
    #[serde(deserialize_with = "of_complainant")]
    pub window: TermRule,
    /// What leaves it open without end: the organisation's own silence.
    #[serde(default)]
    pub endless: Vec<ExitGround>,
    /// How long before the end the complainant is reminded.
    #[serde(default)]
    pub reminder: Option<Term>,
    /// What happens to an appeal that comes later.
    pub late: LateAppealRule,
    /// Whether an appeal must be in writing.
    #[serde(default)]
    pub written: bool,
    /// Where the right to go on is written.
    pub rule: Basis,
}

/// What can open the way to the next instance.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExitGround {
    /// The complainant objected to the response.
    Objection,
    /// The handler answered a reaction and gave notice of the way.
    Notice,
    /// The organisation's term lapsed without its outcome (no response; no solution proposed).
    Lapse,
    /// There is no agreement: declared, or the term lapsed on a proposed solution.
    NoAgreement,
    /// The complaint was declared inadmissible.
    Inadmissible,
    /// This instance decided, and the regulation has a further one.
    Decision,
}

/// An appeal after the window: shown to the decider, who admits or refuses it with reasons; silence admits.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LateAppealRule {
    /// From receipt of the late appeal.
    pub decide: TermRule,
}

impl Resolution {
    /// The term in which the outcome must come.
    pub const fn term(&self) -> &TermRule {
        match self {
            Self::Response { term, .. }
            | Self::Agreement { term, .. }
            | Self::Decision { term, .. } => term,
        }
    }

    /// How the term may be extended.
    pub const fn extension(&self) -> &Extension {
        match self {
            Self::Response { extension, .. }
            | Self::Agreement { extension, .. }
            | Self::Decision { extension, .. } => extension,
        }
    }

    /// What a lapse means; `None` for a decision, whose lapse only alerts.
    pub const fn lapse(&self) -> Option<&Lapse> {
        match self {
            Self::Response { lapse, .. } | Self::Agreement { lapse, .. } => Some(lapse),
            Self::Decision { .. } => None,
        }
    }
}

impl Way {
    /// Whether the way, opened on this ground, stays open without end.
    pub fn is_endless_on(&self, ground: ExitGround) -> bool {
        self.endless.contains(&ground)
    }
}
