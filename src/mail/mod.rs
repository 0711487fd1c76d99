//! Mail: what an owed mail says, as text and HTML alike, and the courier that hands it over. Rendering is pure.

pub mod bounce;
mod compose;
pub mod courier;
mod dkim;
mod owe;
mod pace;
mod recovery;
mod render;
mod said;
mod transport;

pub use owe::owe;
pub use recovery::reached_at;
pub use render::{Rendered, render};
pub use transport::{Transport, transport};
