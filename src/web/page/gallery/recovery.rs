//! The ways back in, for the gallery.

use super::{NOW, draw, place};
use crate::{
    domain::{Digest, Forgotten, Identifier, MailKind, Profile, Reached, RecoveryMail, Refusal},
    policy::{PasswordPreset, RuleList},
    web::page::{
        Forgot, ForgottenPage, MessagePage, NewPassword, NewPasswordPage, PasswordPolicyPage, RecoverySentPage,
        RecoverySteps, RecoveryStepsPage, Sent, StepShown, Way,
    },
    words::{Locale, Register},
};

pub(super) fn pages(locale: Locale) -> Vec<(&'static str, String)> {
    let place = &place("default", locale);
    let pupil = &place.addressing(Register::Tu);
    let rules = RuleList::new(PasswordPreset::Cnil50, &["Nadia", "Roux"], "n.roux");
    let form = NewPassword {
        action: "/connexion/nouveau-mot-de-passe",
        form_token: "token",
        hidden: Some(("i", "abc")),
        identifier: "n.roux",
        rules: &rules,
        refusals: &[],
        asks_code: false,
    };
    let refusals = [Refusal::SameAsTemporary, Refusal::NotSame];
    let refused = [Refusal::WrongCode];
    let way = |label: &str| Way::new(place.speaker.say(label), "/connexion");
    let ways = [way("forgotten-to-password"), way("way-back-sign-in")];
    let forgot = Forgot { action: "/", form_token: "token", interaction: None, typed: "", refusal: None, ways: &ways };
    let missing = Refusal::Missing { field: "email" };
    let wrong = Forgot { typed: "nadia", refusal: Some(&missing), ..forgot };
    let sent = Sent {
        action: "/",
        form_token: "token",
        interaction: None,
        typed: ("identifier", "n.roux"),
        again_at: Some(NOW + std::time::Duration::from_mins(2)),
        here: "/mot-de-passe-oublie/envoi",
        sender: "ne-pas-repondre@val-d-orne.example",
        ways: &ways,
    };
    let (again, sign_in) = ("/mot-de-passe-oublie", "/connexion");
    let hour = std::time::Duration::from_hours(1);
    vec![
        ("forgotten-identifier", draw(&ForgottenPage::identifier(place, &forgot))),
        ("forgotten-identifier-refused", draw(&ForgottenPage::identifier(place, &wrong))),
        ("forgotten-password", draw(&ForgottenPage::password(pupil, &forgot))),
        ("forgotten-at-school", draw(&MessagePage::forgotten_at_school(pupil, vec![way("way-back-sign-in")]))),
        ("recovery-sent", draw(&RecoverySentPage::new(place, &sent))),
        ("recovery-sent-later", draw(&RecoverySentPage::new(pupil, &Sent { again_at: None, ..sent }))),
        ("reset-password", draw(&NewPasswordPage::reset(place, &form))),
        (
            "reset-password-refused",
            draw(&NewPasswordPage::reset(pupil, &NewPassword { refusals: &refused, asks_code: true, ..form })),
        ),
        ("reset-done", draw(&MessagePage::reset_done(place, sign_in))),
        ("reset-used", draw(&MessagePage::reset_used(pupil, again, sign_in))),
        ("reset-superseded", draw(&MessagePage::reset_superseded(place, again, sign_in))),
        ("reset-expired", draw(&MessagePage::reset_expired(pupil, hour, again, sign_in))),
        ("reset-unknown", draw(&MessagePage::reset_unknown(place, again, sign_in))),
        ("replace-password", draw(&NewPasswordPage::replace(place, &form))),
        (
            "replace-password-refused",
            draw(&NewPasswordPage::replace(pupil, &NewPassword { refusals: &refusals, ..form })),
        ),
    ]
}

/// The three steps in one window, and the password policy.
pub(super) fn steps(locale: Locale) -> Vec<(&'static str, String)> {
    let place = &place("default", locale);
    let way = |label: &str| Way::new(place.speaker.say(label), "/connexion");
    let email = "karim.benali@courriel.example";
    let until = NOW + std::time::Duration::from_mins(15);
    let code = StepShown::Code { email, until, is_over: false, typed: "K7QM-2XHD" };
    let over = StepShown::Code { email, until, is_over: true, typed: "" };
    let people = [("a".to_owned(), "Étienne (Parent)".to_owned()), ("b".to_owned(), "Mireille (Parent)".to_owned())];
    let who = StepShown::Who { email, people: &people };
    let password = StepShown::Password { email, identifier: "k.benali", asks_code: true };
    let compat = RuleList::new(PasswordPreset::Compat8To32, &["Karim", "Benali"], "k.benali");
    let guess = [Refusal::WrongSecurityCode { left: 4 }];
    let broken = [Refusal::BrokenRules(compat.rules.clone()), Refusal::NotSame];
    let steps = RecoverySteps {
        action: "/recuperation",
        form_token: "token",
        interaction: None,
        step: StepShown::Address { typed: "" },
        rules: &compat,
        code: (8, 15),
        refusals: &[],
        is_sent: false,
        policy: "/mots-de-passe",
    };
    let (again, sign_in) = ("/recuperation", "/connexion");
    vec![
        ("recovery-1", draw(&RecoveryStepsPage::new(place, &steps))),
        ("recovery-2", draw(&RecoveryStepsPage::new(place, &RecoverySteps { step: code, is_sent: true, ..steps }))),
        (
            "recovery-2-wrong",
            draw(&RecoveryStepsPage::new(place, &RecoverySteps { step: code, refusals: &guess, ..steps })),
        ),
        ("recovery-2-over", draw(&RecoveryStepsPage::new(place, &RecoverySteps { step: over, ..steps }))),
        ("recovery-2-who", draw(&RecoveryStepsPage::new(place, &RecoverySteps { step: who, ..steps }))),
        ("recovery-3", draw(&RecoveryStepsPage::new(place, &RecoverySteps { step: password, ..steps }))),
        (
            "recovery-3-refused",
            draw(&RecoveryStepsPage::new(place, &RecoverySteps { step: password, refusals: &broken, ..steps })),
        ),
        ("recovery-done", draw(&MessagePage::recovery_done(place, sign_in, vec![way("help-contact")]))),
        ("recovery-not-proven", draw(&MessagePage::recovery_not_proven(place, again))),
        (
            "password-policy",
            draw(&PasswordPolicyPage::new(place, &[(vec![Profile::Pupil, Profile::Parent], compat.clone())], sign_in)),
        ),
    ]
}

pub(super) fn mails() -> Vec<MailKind> {
    let replaced = MailKind::PasswordReplaced {
        given_name: "Nadia".into(),
        identifier: "n.roux".into(),
        device: "Firefox, Android".into(),
        at: NOW,
    };
    let reached = |given_name: &str, is_activated| Reached {
        given_name: given_name.into(),
        full_name: format!("{given_name} Moreau"),
        identifier: Identifier::new(given_name),
        profile: Some(Profile::Parent),
        school: Some("Collège Les Tilleuls".into()),
        is_activated,
        link: Some(format!("https://id.example/mot-de-passe-oublie/lien/{}", "k".repeat(40))),
    };
    let asked = |forgotten, holders| {
        MailKind::Recovery(Box::new(RecoveryMail {
            forgotten,
            device: "Firefox, Android".into(),
            at: NOW,
            until: NOW + std::time::Duration::from_hours(1),
            address: "https://id.example/connexion".into(),
            holders,
        }))
    };
    let password = Forgotten::Password { browser: Digest::of(b"browser"), interaction_id: None };
    let both = Forgotten::Both { id: "abc".into(), code: "K7QM2XHD".into() };
    vec![
        replaced,
        asked(Forgotten::Identifier, vec![reached("etienne", true), reached("mireille", false)]),
        asked(password, vec![reached("etienne", true)]),
        asked(both, vec![reached("etienne", true)]),
        asked(Forgotten::QuestionPaused, vec![reached("etienne", true)]),
    ]
}
