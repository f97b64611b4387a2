//! What comes out: the objects of the schema.

pub(crate) mod complaint;
pub(crate) mod course;
pub(crate) mod deadline;
pub(crate) mod finding;
pub(crate) mod informal;
pub(crate) mod letter;
pub(crate) mod member;
pub(crate) mod membership;
pub(crate) mod node;
pub(crate) mod organisation;
pub(crate) mod people;
pub(crate) mod policy;
pub(crate) mod preview;
pub(crate) mod proof;
pub(crate) mod regulation;
pub(crate) mod sign_in;
pub(crate) mod summary;
pub(crate) mod tenant;
pub(crate) mod term;
pub(crate) mod trail;
pub(crate) mod undelivered;
pub(crate) mod viewer;
pub(crate) mod work;
