//! The tabs of one's own account.

use super::{super::*, NOW, draw, place};
use crate::{
    domain::{Email, Instant, Refusal, Rule},
    words::{Locale, Register},
};

fn shell(here: AccountTab) -> AccountShell {
    AccountShell {
        given_name: "Delphine".into(),
        tabs: AccountTab::ALL.map(|tab| (tab, format!("/compte{}", tab.path()))).into(),
        here,
        back: Some(Way::new("Retourner à « Espace numérique »", "https://service.example/")),
        sign_out: "/deconnexion".into(),
        form_token: "token".into(),
    }
}

/// Every tab, by the name of its picture.
pub fn pages(locale: Locale) -> Vec<(&'static str, String)> {
    let place = &place("ent", locale);
    let pupil = &place.addressing(Register::Tu);
    let email = Email::parse("delphine.moreau@courriel.example").expect("an address");
    let rules = [Rule::Bits { least: 50 }, Rule::UnlikeIdentity];
    let shown = Profile {
        action: "/compte",
        identifier: "d.moreau2",
        email: Some(&email),
        profiles: "Parent",
        rules: &rules,
        refusals: &[],
        password_changed: true,
    };
    let again_at = Instant::from_seconds(NOW.seconds() + 61);
    let wrong = [Refusal::NotCurrent, Refusal::NotSame, Refusal::TooManyTries { again_at }];
    let profile = |place, shown: &Profile<'_>| draw(&ProfilePage::new(place, shell(AccountTab::Profile), shown));
    vec![
        ("account", profile(place, &shown)),
        ("account-pupil", profile(pupil, &Profile { email: None, password_changed: false, ..shown })),
        ("account-refused", profile(place, &Profile { refusals: &wrong, password_changed: false, ..shown })),
    ]
}
