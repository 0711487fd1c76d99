//! What people type into a field: folding twice changes nothing, an address stays one line, a password stays itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use preau::domain::{Email, Identifier, Password, fold};

fuzz_target!(|text: &str| {
    let once = fold(text);
    assert_eq!(fold(&once), once);
    let _ = Identifier::new(text).folded();
    if let Some(email) = Email::parse(text) {
        assert!(!email.as_str().contains(['\r', '\n', ' ']));
    }
    if let Ok(password) = Password::typed(text) {
        let again = Password::typed(password.reveal()).map(|again| again.reveal().to_owned());
        assert_eq!(again.ok().as_deref(), Some(password.reveal()));
    }
});
