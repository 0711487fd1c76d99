//! The demo: the whole world on one machine, for people who look and for scripts that try (docs/handles.md).
//!
//! Nothing here is reachable from `serve`. Everything listens on loopback, and everybody in it is made up.

mod accounts;
pub mod apps;
mod charters;
mod handle;
mod letters;
mod look;
pub mod mail;
mod places;
mod secrets;
pub mod seed;
pub mod sepne;
mod settings;
#[cfg(test)]
mod tests;
mod world;

pub use places::Options;
pub use world::World;
