//! The pages and mails of second factors, and of security.

use super::{NOW, account::shell, draw, place};
use crate::{
    domain::{AccountId, Digest, Entry, FactorNews, Instant, MailKind, Passkey, Refusal, SessionLine},
    web::page::{
        AccountTab, ApplicationPage, Asked, EnrolPage, FactorStep, PasskeyPage, RecoveryCodesPage, SecondFactorPage,
        Security, SecurityPage,
    },
    words::{Locale, Register},
};

/// Every page, by the name of its picture.
pub fn pages(locale: Locale) -> Vec<(&'static str, String)> {
    let mut all = second_factors(locale);
    all.extend(security(locale));
    all
}

/// Every piece of news.
pub fn mails() -> impl Iterator<Item = MailKind> {
    let news = [
        FactorNews::AppAdded,
        FactorNews::AppRemoved,
        FactorNews::PasskeyAdded("Téléphone".into()),
        FactorNews::PasskeyRemoved("Téléphone".into()),
        FactorNews::CodesMade,
        FactorNews::CodeUsed(0),
        FactorNews::Paused,
        FactorNews::Reset,
    ];
    let factor =
        |news| MailKind::SecondFactor { given_name: "Nadia".into(), identifier: "n.roux".into(), news, at: NOW };
    news.into_iter().map(factor)
}

fn second_factors(locale: Locale) -> Vec<(&'static str, String)> {
    let place = &place("ent", locale);
    let pupil = &place.addressing(Register::Tu);
    let to = FactorStep { base: "/connexion/deux-etapes", form_token: "token", interaction: Some("abc") };
    let seed = ("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "otpauth://totp/ENT:d.moreau2?secret=JBSWY3DPEHPK3PXP&issuer=ENT");
    let codes: Vec<String> = (2..12).map(|nth| format!("bcdfg-{nth:05}")).collect();
    let asked = Asked { action: "/connexion/cle/reponse", question: "{}", makes: false, back: "/connexion" };
    let paused = Refusal::TooManyTries { again_at: Instant::from_seconds(NOW.seconds() + 61) };
    vec![
        ("second-factor", draw(&SecondFactorPage::new(place, to, (true, true), None))),
        ("second-factor-pupil", draw(&SecondFactorPage::new(pupil, to, (false, true), None))),
        ("second-factor-refused", draw(&SecondFactorPage::new(place, to, (true, false), Some(&Refusal::WrongCode)))),
        ("second-factor-paused", draw(&SecondFactorPage::new(place, to, (true, false), Some(&paused)))),
        ("enrol-second-factor", draw(&EnrolPage::new(place, to, true, Some(&Refusal::PasskeyUnfit)))),
        ("enrol-second-factor-pupil", draw(&EnrolPage::new(pupil, to, false, None))),
        ("passkey", draw(&PasskeyPage::new(place, to, asked))),
        ("passkey-new", draw(&PasskeyPage::new(pupil, to, Asked { makes: true, ..asked }))),
        ("add-application", draw(&ApplicationPage::new(place, to, seed, ("/connexion?i=abc", None)))),
        (
            "add-application-refused",
            draw(&ApplicationPage::new(pupil, to, seed, ("/connexion?i=abc", Some(&Refusal::WrongCode)))),
        ),
        ("recovery-codes", draw(&RecoveryCodesPage::new(place, &codes, "d.moreau2", "/connexion?i=abc"))),
        ("recovery-codes-pupil", draw(&RecoveryCodesPage::new(pupil, &codes, "d.moreau2", "/connexion?i=abc"))),
    ]
}

fn security(locale: Locale) -> Vec<(&'static str, String)> {
    let place = &place("ent", locale);
    let line = |sid: &str, device: &str| SessionLine {
        id: Digest::of(sid.as_bytes()),
        sid: sid.into(),
        device: device.into(),
        network: "192.0.2.0/24".into(),
        created_at: NOW,
        seen_at: NOW,
    };
    let keys = [key()];
    let shell = shell(AccountTab::Security);
    let sessions = [line("own", "Firefox, Android"), line("other", "")];
    let history = history();
    let shown = Security {
        base: "/compte/securite",
        form_token: "token",
        sessions: &sessions,
        own: "own",
        application: Some((NOW, Some(NOW))),
        keys: &keys,
        codes_left: 9,
        offers: true,
        takes_keys: true,
        history: &history,
        page: 1,
        has_more: true,
        done: Some("security-added"),
        refusal: Some(&Refusal::LastFactor),
    };
    let bare = Security {
        sessions: &sessions[..1],
        application: None,
        keys: &[],
        done: None,
        refusal: None,
        page: 0,
        ..shown
    };
    let pupil = Security { offers: false, has_more: false, ..bare };
    vec![
        ("security", draw(&SecurityPage::new(place, shell.clone(), &shown))),
        ("security-bare", draw(&SecurityPage::new(place, shell.clone(), &bare))),
        ("security-pupil", draw(&SecurityPage::new(&place.addressing(Register::Tu), shell, &pupil))),
    ]
}

fn key() -> Passkey {
    Passkey {
        id: "abc".into(),
        account_id: AccountId::new("nadia"),
        name: "Téléphone".into(),
        credential: String::new(),
        user_handle: String::new(),
        added_at: NOW,
        used_at: None,
    }
}

fn history() -> [Entry; 3] {
    let entry = |event: &str, data| Entry {
        at: NOW,
        event: event.into(),
        account_id: None,
        actor_id: None,
        network: Some("192.0.2.0/24".into()),
        data,
    };
    [
        entry("signed_in", serde_json::json!({ "device": "Firefox, Android" })),
        entry("second_factor_added", serde_json::json!({})),
        entry("letter_made", serde_json::json!({})),
    ]
}
