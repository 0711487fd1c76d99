//! Says things: a key, a refusal or a rule, in a language, a register (vous, tu) and a school system's words.
//!
//! The sentences live in `templates/words/{fr,en}/*.ftl`, a file per face; code and templates hold keys alone. Nothing
//! here decides anything: what is said was decided by `policy` and the rooms above, and is handed in as a value.
//!
//! A new catalogue is named in `catalogue::FACES`; the tests of this room compare both languages, every key's use and
//! its arguments, and French typography.

mod catalogue;
mod claim;
mod locale;
mod moment;
mod refusal;
mod rule;
mod speaker;
mod state;

#[cfg(test)]
mod audit;

pub use locale::{Locale, negotiate};
pub use speaker::{Country, Register, Saying, Speaker, Speaks, Value};

/// A text that is not broken at its blanks: telephone numbers.
#[must_use]
pub fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// What is said of a value: the key of its sentence and the sentence's arguments.
///
/// `say!("key")`, or `say!("key", minutes = 3, name = name)`.
#[macro_export]
macro_rules! say {
    ($key:literal $(, $name:ident = $value:expr)* $(,)?) => {
        $crate::words::Saying { key: $key, args: vec![$((stringify!($name), $crate::words::Value::from($value))),*] }
    };
}
