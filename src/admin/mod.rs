//! What an administrator may do to others: portals and services, and later search, new passwords, suspension.
//!
//! One function per act, one transaction each. Rights and rules come from `policy`; nothing here speaks HTTP or draws a page.

pub mod charters;
pub mod first;
pub mod people;
pub mod second_factor;
pub mod services;
