//! The demo: the whole world on one machine, for people who look and for scripts that try.
//!
//! Nothing here is reachable from `serve`. Everything listens on loopback, and everybody in it is made up.

mod look;
pub mod mail;
pub mod seed;
