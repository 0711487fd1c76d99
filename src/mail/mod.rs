//! Mail: what an owed mail says, as text and HTML alike. Rendering is pure; sending is the courier's.

mod owe;
mod render;

pub use owe::owe;
pub use render::{Rendered, render};
