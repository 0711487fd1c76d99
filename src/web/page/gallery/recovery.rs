//! The ways back in, for the gallery.

use super::{NOW, draw, place};
use crate::{
    domain::{MailKind, Refusal, Rule},
    web::page::{NewPassword, NewPasswordPage},
    words::{Locale, Register},
};

pub(super) fn pages(locale: Locale) -> Vec<(&'static str, String)> {
    let place = &place("default", locale);
    let pupil = &place.addressing(Register::Tu);
    let rules = [Rule::Bits { least: 50 }, Rule::UnlikeIdentity, Rule::Uncommon];
    let form = NewPassword {
        action: "/connexion/nouveau-mot-de-passe",
        form_token: "token",
        hidden: Some(("i", "abc")),
        identifier: "n.roux",
        rules: &rules,
        refusals: &[],
    };
    let refusals = [Refusal::SameAsTemporary, Refusal::NotSame];
    vec![
        ("replace-password", draw(&NewPasswordPage::replace(place, &form))),
        (
            "replace-password-refused",
            draw(&NewPasswordPage::replace(pupil, &NewPassword { refusals: &refusals, ..form })),
        ),
    ]
}

pub(super) fn mails() -> Vec<MailKind> {
    vec![MailKind::PasswordReplaced {
        given_name: "Nadia".into(),
        identifier: "n.roux".into(),
        device: "Firefox, Android".into(),
        at: NOW,
    }]
}
