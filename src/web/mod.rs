//! The HTTP kit of every face. It has pages and their assets, and no route of a face's own; it knows no journey.

pub mod assets;
pub mod page;
