//! Tests of the schema as a whole.

mod conventions;
mod glossary;
mod limits;
mod sdl;
