//! What a dossier begins with.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Complainant, Respondent};
use crate::{
    confidential::Confidential,
    ids::{ComplaintId, CourseId, MemberId, PolicyId},
    policy::Channel,
};

/// What was filed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Filed {
    /// Which complaint this is.
    pub id: ComplaintId,
    /// The policy version in force at receipt: it governs to the end.
    pub policy: PolicyId,
    /// How it came.
    pub channel: Channel,
    /// The date on the form.
    pub filed_on: Option<NaiveDate>,
    /// When it happened.
    pub incident_on: Option<NaiveDate>,
    /// The course it is about.
    pub course: Option<CourseId>,
    /// The day that course ended or will end, as organised at receipt.
    pub course_ends_on: Option<NaiveDate>,
    /// Who trained it at receipt: a later change of the roster frees nobody.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub trainers: BTreeSet<MemberId>,
    /// Who organised it at receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organiser: Option<MemberId>,
    /// Who complains.
    pub complainant: Complainant,
    /// Whom the complainant names; told only by the handler.
    pub respondents: Vec<Respondent>,
    /// What happened.
    pub description: Confidential<String>,
    /// Whether it came after the filing window.
    pub is_late: bool,
}
