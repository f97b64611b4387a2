//! How complaints come in, and what is confirmed.

use serde::{Deserialize, Deserializer, Serialize, de};

use super::{Basis, TermRule, basis::of_complainant};
use crate::{
    calendar::{Term, TermError},
    complaint::InadmissibleGround,
    locale::{Locale, Text},
};

/// What the organisation accepts, on which channels, until when.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intake {
    /// Channels on which a complaint may come in; at least one.
    pub channels: Vec<Channel>,
    /// What the form must hold, beside one address where the person can be reached, which a form always asks; a complaint
    /// that came otherwise is registered with what it has.
    pub required: Vec<IntakeField>,
    /// Where that is written; `None`: as `rule`.
    #[serde(default)]
    pub form: Option<Basis>,
    /// Whether a complaint must be about a course.
    pub course: CourseRule,
    /// Who may complain.
    pub standing: Basis,
    /// Until when a complaint may be filed; `None`: always.
    #[serde(default)]
    pub filing_window: Option<FilingWindow>,
    /// The rule that a complaint is written; spoken dissatisfaction is then an informal contact.
    #[serde(default)]
    pub written: Option<Basis>,
    /// The rule that whoever remains dissatisfied after an informal contact is invited to write.
    #[serde(default)]
    pub invitation: Option<Basis>,
    /// Where the way of filing is written.
    pub rule: Basis,
}

/// A way by which a message reaches the organisation.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Channel {
    /// The form on the website.
    WebForm,
    /// E-mail.
    Email,
    /// A letter by post.
    Post,
    /// By telephone.
    Telephone,
    /// In person, on paper.
    InPerson,
}

impl Intake {
    /// The rule that a ground of inadmissibility rests on; `None` where the regulation does not know the ground.
    pub fn rule_of(&self, ground: InadmissibleGround) -> Option<&Basis> {
        match ground {
            InadmissibleGround::Standing => Some(&self.standing),
            InadmissibleGround::Subject => Some(self.written.as_ref().unwrap_or(&self.standing)),
            InadmissibleGround::Late => self.filing_window.as_ref().map(|one| &one.window.rule),
        }
    }
}

impl Channel {
    /// Whether what came this way is in writing.
    pub const fn is_written(self) -> bool {
        !matches!(self, Self::Telephone)
    }
}

/// A field that the intake form may require.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IntakeField {
    /// The complainant's name: a policy that requires it refuses anonymous complaints.
    Name,
    /// Telephone number.
    Telephone,
    /// What happened.
    Description,
    /// The date of the form.
    FormDate,
    /// The date of the incident.
    IncidentDate,
}

/// Whether a complaint must name a course.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CourseRule {
    /// Every complaint is about one.
    Required,
    /// A client may have none.
    Optional,
}

/// What the window for filing counts from. Where that day is not known, no complaint is late.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowStart {
    /// The last session of the course, as organised.
    #[default]
    CourseEnd,
    /// The day on which it happened.
    Incident,
}

/// Until when a complaint may be filed.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilingWindow {
    /// What it counts from.
    #[serde(default)]
    pub since: WindowStart,
    /// How long it is.
    #[serde(deserialize_with = "of_complainant")]
    pub window: TermRule,
    /// Within this, from receipt, the handler admits a late complaint or declares it inadmissible; silence admits.
    pub late: TermRule,
}

/// The confirmation of receipt.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Acknowledgement {
    /// From receipt; here, and nowhere else, also `at once`.
    #[serde(deserialize_with = "at_once_or_later")]
    pub term: TermRule,
    /// Whether it must say who handles the complaint, so that a handler must be appointed first.
    #[serde(default)]
    pub names_handler: bool,
}

/// A term with its source, whose term may be `at once`.
fn at_once_or_later<'de, D: Deserializer<'de>>(reader: D) -> Result<TermRule, D::Error> {
    let TermRule {
        term: AtOnceOr(term),
        rolls,
        rule,
    } = TermRule::deserialize(reader)?;
    Ok(TermRule { term, rolls, rule })
}

struct AtOnceOr(Term);

impl<'de> Deserialize<'de> for AtOnceOr {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let text = String::deserialize(reader)?;
        if text == Term::AT_ONCE.in_words(Locale::En) {
            return Ok(Self(Term::AT_ONCE));
        }
        text.parse().map(Self).map_err(|error: TermError| {
            let Text { mut nl, mut en } = error.in_words();
            let is_too_short = matches!(error, TermError::Zero { .. } | TermError::Negative { .. });
            if is_too_short || matches!(error, TermError::NotATerm { .. }) {
                nl += ", of \"at once\"";
                en += ", or \"at once\"";
            }
            de::Error::custom(Text::new(nl, en).as_one())
        })
    }
}
