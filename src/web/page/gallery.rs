//! Every page in both languages, for the tests of this room; and the same as files, to be looked at.

use std::sync::Arc;

use askama::Template;

use super::{ChooserPage, Place, SignIn, SignInPage, Theme};
use crate::{
    domain::{Instant, PortalName, Profile, Refusal, RequestId},
    policy::{Help, Look, Portal, Preset, SchoolWord},
    words::{Locale, Speaker},
};

/// 21 November 2026, 19:05 in Paris.
const NOW: Instant = Instant::from_seconds(1_795_284_300);

pub fn portal(name: &str) -> Portal {
    let has_chooser = name == "ent";
    Portal {
        name: PortalName::new(name),
        preset: if has_chooser { Preset::Ent } else { Preset::Default },
        look: Look {
            title: if has_chooser { "ENT des collèges" } else { "Espace famille" }.into(),
            network: "Réseau du Val d’Orne".into(),
            day: if has_chooser { "#1f5d4c" } else { "#14578a" }.into(),
            night: if has_chooser { "#8fd0b6" } else { "#97caf3" }.into(),
            logo: None,
        },
        help: Help {
            phones: vec!["02 00 00 00 00".into()],
            email: has_chooser.then(|| "aide@val-d-orne.example".into()),
            site: Some("https://www.val-d-orne.example/".into()),
        },
        hosts: vec![],
        profiles: Profile::ALL.into(),
        chooser: has_chooser,
        by_email: !has_chooser,
        remember: !has_chooser,
        corrects_profile: false,
        school_word: SchoolWord::default(),
    }
}

pub fn place(portal_name: &str, locale: Locale) -> Place {
    let portal = Arc::new(portal(portal_name));
    Place {
        speaker: Speaker::at(&portal, locale),
        portal,
        here: "/connexion?i=abc&lang=fr".into(),
        theme: Theme::Auto,
        zone: "Europe/Paris".into(),
        request_id: Some(RequestId::new("K4F9TR")),
        now: NOW,
    }
}

/// Every page, by the name of its picture.
pub fn pages(locale: Locale) -> Vec<(&'static str, String)> {
    let (ent, plain) = (&place("ent", locale), &place("default", locale));
    let shown = SignIn { action: "/connexion", form_token: "token", interaction: Some("abc"), ..SignIn::default() };
    let refused = |refusal| SignIn { refusal: Some(refusal), identifier: "d.moreau2", ..shown.clone() };
    let sign_in = |place, shown: &SignIn<'_>| draw(&SignInPage::new(place, shown));
    vec![
        ("chooser", draw(&ChooserPage::new(ent, "/connexion", Some("abc")))),
        ("sign-in", sign_in(plain, &SignIn { service: Some("Espace numérique"), ..shown.clone() })),
        ("sign-in-parent", sign_in(ent, &SignIn { profile: Some(Profile::Parent), ..shown.clone() })),
        ("sign-in-pupil", sign_in(ent, &SignIn { profile: Some(Profile::Pupil), ..shown.clone() })),
        (
            "sign-in-refused",
            sign_in(ent, &SignIn { profile: Some(Profile::Parent), ..refused(&Refusal::WrongCredentials) }),
        ),
        (
            "sign-in-paused",
            sign_in(plain, &refused(&Refusal::TooManyTries { again_at: Instant::from_seconds(NOW.seconds() + 61) })),
        ),
        ("sign-in-empty", sign_in(plain, &refused(&Refusal::Missing { field: "password" }))),
        ("sign-in-expired", sign_in(plain, &refused(&Refusal::FormExpired))),
    ]
}

fn draw(page: &impl Template) -> String {
    page.render().expect("a page")
}

/// `cargo test --lib pictures -- --ignored` writes `target/pages/{fr,en}-NAME.html`, with their styles beside them.
#[test]
#[ignore = "writes files to be looked at"]
fn pictures() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pages");
    for (address, text) in crate::web::assets::files(&[portal("ent"), portal("default")]) {
        let path = folder.join(address.trim_start_matches('/'));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text.replace("/assets/", "../")).expect("an asset");
    }
    for locale in Locale::ALL {
        for (name, html) in pages(locale) {
            let html = html.replace("\"/assets/", "\"assets/");
            std::fs::write(folder.join(format!("{}-{name}.html", locale.tag())), html).expect("a page");
        }
    }
}
