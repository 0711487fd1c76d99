//! Préau: the front door of a school network.
pub mod domain;
