//! A preview as JSON, in the very shape and values in which the API answers it.

use async_graphql::{ScalarType, resolver_utils::enum_value};
use serde::{Serialize, Serializer};

use crate::{
    enums::{ComplaintOutcome, ComplaintState, DeadlineKind, DeadlineOwner, HappeningKind},
    scalar::{Date, Instant},
    user_error::UserErrorCode,
};

macro_rules! named {
    ($($name:ident,)*) => {
        $(
            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    enum_value(*self).serialize(serializer)
                }
            }
        )*
    };
}

macro_rules! written {
    ($($name:ident,)*) => {
        $(
            impl Serialize for $name {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    self.to_value().serialize(serializer)
                }
            }
        )*
    };
}

named!(
    ComplaintOutcome,
    ComplaintState,
    DeadlineKind,
    DeadlineOwner,
    HappeningKind,
    UserErrorCode,
);
written!(Date, Instant,);
