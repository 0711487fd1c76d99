//! Préau: the front door of a school network.
pub mod domain;
pub mod policy;
