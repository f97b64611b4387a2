//! A preview as JSON, in the very shape and values in which the API answers it.

use async_graphql::{ScalarType, resolver_utils::enum_value};
use serde::{Serialize, Serializer, ser::SerializeStruct};

use crate::{
    enums::{ComplaintOutcome, ComplaintState, DeadlineKind, DeadlineOwner, HappeningKind},
    scalar::{Date, Instant},
    user_error::{Article, UserErrorCode},
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

impl Serialize for Article {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut article = serializer.serialize_struct("Article", 3)?;
        article.serialize_field("citation", &self.citation)?;
        article.serialize_field("text", &self.text)?;
        article.serialize_field("isHouseRule", &self.is_house_rule)?;
        article.end()
    }
}
