//! Opaque ids that carry their type: base64url of one byte for the type and sixteen for the UUID.

use async_graphql::ID;
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use uuid::Uuid;
use wederhoor_procedure::{ComplaintId, CourseId, MeasureId, MemberId, PolicyId};

/// What an id names.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Complaint = 1,
    Member = 2,
    Course = 3,
    Policy = 4,
    Letter = 5,
    Measure = 6,
    InformalContact = 7,
    Absence = 8,
    SignIn = 9,
    Session = 10,
    ApiKey = 11,
}

const KINDS: [Kind; 11] = [
    Kind::Complaint,
    Kind::Member,
    Kind::Course,
    Kind::Policy,
    Kind::Letter,
    Kind::Measure,
    Kind::InformalContact,
    Kind::Absence,
    Kind::SignIn,
    Kind::Session,
    Kind::ApiKey,
];

/// A typed id of the heart, as clients see it.
pub(crate) trait Opaque: Copy {
    const KIND: Kind;
    fn uuid(self) -> Uuid;
    fn from_uuid(uuid: Uuid) -> Self;

    /// As clients see it.
    fn opaque(self) -> ID {
        encode(Self::KIND, self.uuid())
    }
}

macro_rules! opaque {
    ($($name:ident = $kind:ident,)*) => {$(
        impl Opaque for $name {
            const KIND: Kind = Kind::$kind;

            fn uuid(self) -> Uuid {
                self.0
            }

            fn from_uuid(uuid: Uuid) -> Self {
                Self(uuid)
            }
        }
    )*};
}

opaque! {
    ComplaintId = Complaint,
    MemberId = Member,
    CourseId = Course,
    PolicyId = Policy,
    MeasureId = Measure,
}

/// An id as clients see it.
pub(crate) fn encode(kind: Kind, uuid: Uuid) -> ID {
    let mut bytes = [0; 17];
    bytes[0] = kind as u8;
    bytes[1..].copy_from_slice(uuid.as_bytes());
    ID(URL_SAFE_NO_PAD.encode(bytes))
}

/// A complaint's id as clients see it: for pages beside the schema.
pub fn complaint_id(id: ComplaintId) -> String {
    id.opaque().0
}

/// A course's id as clients see it.
pub fn course_id(id: CourseId) -> String {
    id.opaque().0
}

/// A member's id as clients see it.
pub fn member_id(id: MemberId) -> String {
    id.opaque().0
}

/// A letter's id as clients see it.
pub fn letter_id(id: Uuid) -> String {
    encode(Kind::Letter, id).0
}

/// The letter that an id names; `None` for what is no letter's id.
pub fn letter_uuid(id: &str) -> Option<Uuid> {
    uuid_of(Kind::Letter, id)
}

/// What an id names; `None` for what is no id of ours.
pub(crate) fn decode(id: &str) -> Option<(Kind, Uuid)> {
    // 17 bytes are 23 characters; longer text is not looked at.
    if id.len() != 23 {
        return None;
    }
    let bytes = URL_SAFE_NO_PAD.decode(id).ok()?;
    let (kind, uuid) = bytes.split_first()?;
    let kind = KINDS.into_iter().find(|known| *known as u8 == *kind)?;
    Some((kind, Uuid::from_slice(uuid).ok()?))
}

/// The UUID of an id of this kind; `None` for any other.
pub(crate) fn uuid_of(kind: Kind, id: &str) -> Option<Uuid> {
    decode(id)
        .filter(|(found, _)| *found == kind)
        .map(|(_, uuid)| uuid)
}

/// The typed id; `None` for an id of another type, and for what is no id.
pub(crate) fn typed<T: Opaque>(id: &str) -> Option<T> {
    uuid_of(T::KIND, id).map(T::from_uuid)
}

#[cfg(test)]
mod tests;
