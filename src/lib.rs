//! Préau: the front door of a school network.
pub mod crypto;
pub mod domain;
pub mod policy;
pub mod web;
pub mod words;
