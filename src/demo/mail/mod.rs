//! The demo's post office: an SMTP server that takes every mail and delivers none, and a page that shows them.
//!
//! It takes from whoever reaches it, so it listens on loopback alone. Mails lie as files in the data directory and outlive
//! a restart. Nothing of the program's mail room is used here: what arrives has really been sent.

mod letterbox;
mod page;
mod smtp;
#[cfg(test)]
mod tests;

pub use letterbox::{Letterbox, Mail};
pub use page::routes;
pub use smtp::serve;
