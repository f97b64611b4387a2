//! The letters that an organisation can put in its own words.

use wederhoor_procedure::complaint::LetterKind;

use super::Value;

/// A kind of letter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum WordedKind {
    /// About a complaint's course.
    OfComplaint(LetterKind),
    /// A new way in to a complaint.
    AccessLink,
    /// An invitation to become a member.
    Invitation,
    /// A way to another password.
    PasswordReset,
    /// The overview of a working morning.
    Digest,
}

const OF_COMPLAINT: &[Value] = &[
    Value::Greeting,
    Value::Recipient,
    Value::Organisation,
    Value::Reference,
    Value::Date,
    Value::Received,
    Value::Regulation,
    Value::Contact,
];
/// Whoever asked for it is not known by name.
const ACCESS_LINK: &[Value] = &[
    Value::Greeting,
    Value::Organisation,
    Value::Reference,
    Value::Contact,
];
const OF_ACCOUNT: &[Value] = &[
    Value::Greeting,
    Value::Recipient,
    Value::Organisation,
    Value::Contact,
];
/// Nothing that is confidential.
const SUBJECT: &[Value] = &[Value::Reference, Value::Organisation];

impl WordedKind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        let others = [
            Self::AccessLink,
            Self::Invitation,
            Self::PasswordReset,
            Self::Digest,
        ];
        let of_complaints = LetterKind::ALL.iter().map(|kind| Self::OfComplaint(*kind));
        of_complaints.chain(others)
    }

    /// A stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OfComplaint(kind) => kind.code(),
            Self::AccessLink => "access_link",
            Self::Invitation => "invitation",
            Self::PasswordReset => "password_reset",
            Self::Digest => "digest",
        }
    }

    /// What may be put in its body, besides what the program says.
    pub const fn values(self) -> &'static [Value] {
        match self {
            Self::OfComplaint(_) => OF_COMPLAINT,
            Self::AccessLink => ACCESS_LINK,
            Self::Invitation | Self::PasswordReset | Self::Digest => OF_ACCOUNT,
        }
    }

    /// What may be put in its subject.
    pub fn subject_values(self) -> impl Iterator<Item = Value> {
        let known = self.values();
        let both = SUBJECT.iter().filter(|value| known.contains(value));
        both.copied()
    }

    /// Whether it is about a complaint, whose reference its subject says.
    pub(super) fn has_reference(self) -> bool {
        self.values().contains(&Value::Reference)
    }
}
