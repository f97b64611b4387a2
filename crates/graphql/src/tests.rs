//! Tests of the schema as a whole.

mod conventions;
mod limits;
mod sdl;
