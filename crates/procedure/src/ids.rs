//! Typed identifiers. Each is a `UUIDv7` made by the caller and passed in.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                Self(id)
            }
        }
    )*};
}

id! {
    /// An organisation that runs its own complaints regulation.
    TenantId;
    /// A person's login, over all tenants.
    AccountId;
    /// A person as one tenant knows them: staff, trainer, arbiter, or a party with a login.
    MemberId;
    /// A complaint (*klacht*).
    ComplaintId;
    /// A training activity or course (*cursus*).
    CourseId;
    /// One published version of a tenant's policy.
    PolicyId;
    /// A measure to prevent a repeat (*maatregel*).
    MeasureId;
}
