//! Every page in both languages, for the tests of this room; and the same as files, to be looked at.

mod account;
mod charter;
mod help;
mod recovery;
mod registration;
mod second_factor;
mod upstream;

use std::sync::Arc;

use askama::Template;

use super::{
    Activation, ActivationPage, Answering, AskPage, CheckMail, CheckMailPage, ChooserPage, ComponentsPage, Consent,
    ConsentPage, FormPostPage, HomePage, MessagePage, Place, SignIn, SignInPage, SignOut, SignOutQuestionPage, Theme,
    Trouble, Wait, WaitPage,
};
use crate::{
    domain::{Claim, Email, EmailDoubt, Instant, Mail, MailKind, PortalName, Profile, Refusal, RequestId},
    mail::{self, Rendered},
    policy::{Help, Look, PasswordPreset, Portal, Preset, PupilEmail, RuleList},
    words::{Locale, Register, Speaker},
};

/// 21 November 2026, 19:05 in Paris.
const NOW: Instant = Instant::from_seconds(1_795_284_300);

pub fn portal(name: &str) -> Portal {
    let has_chooser = name == "ent";
    let usual = Portal::of_tests(name);
    let help = Help {
        phones: vec!["02 00 00 00 00".into()],
        email: has_chooser.then(|| "aide@val-d-orne.example".into()),
        site: Some("https://www.val-d-orne.example/".into()),
    };
    let ent = || Look {
        title: "ENT des collèges".into(),
        day: "#1f5d4c".into(),
        night: "#8fd0b6".into(),
        ..usual.look.clone()
    };
    Portal {
        preset: if has_chooser { Preset::Ent } else { Preset::Default },
        look: if has_chooser { ent() } else { usual.look.clone() },
        help,
        chooser: has_chooser,
        by_email: !has_chooser,
        corrects_profile: false,
        ..usual
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
pub fn pages(locale: Locale) -> Vec<(String, String)> {
    let mut all = doors(locale);
    all.extend(inside(locale));
    all.extend(activation(locale));
    all.extend(waiting(locale));
    all.extend(recovery::pages(locale));
    all.extend(recovery::steps(locale));
    all.extend(registration::pages(locale));
    all.extend(help::pages(locale));
    all.extend(account::pages(locale));
    all.extend(second_factor::pages(locale));
    all.extend(charter::pages(locale));
    all.extend(upstream::pages(locale));
    all.into_iter().map(|(name, html)| (name.to_owned(), html)).chain(errors(locale)).collect()
}

fn errors(locale: Locale) -> impl Iterator<Item = (String, String)> {
    let place = place("default", locale);
    let page = move |trouble| (format!("error-{trouble:?}"), draw(&MessagePage::error(&place, trouble, vec![])));
    Trouble::ALL.into_iter().map(page)
}

fn inside(locale: Locale) -> Vec<(&'static str, String)> {
    let place = &place("default", locale);
    let pupil = &place.addressing(Register::Tu);
    let wait = Wait {
        action: "/connexion/attente",
        form_token: "token",
        interaction: Some("abc"),
        ahead: 41,
        seconds: 17,
        percent: Some(62),
    };
    let question = SignOut {
        action: "/deconnexion",
        form_token: "token",
        hidden: &[("state", "s")],
        name: "Nadia Roux",
        back: "/",
    };
    let consent = Consent {
        action: "/accord",
        form_token: "token",
        interaction: Some("abc"),
        service: "Cahier malin",
        claims: Claim::ALL,
    };
    vec![
        ("wait", draw(&WaitPage::new(place, &wait))),
        ("wait-pupil", draw(&WaitPage::new(pupil, &Wait { percent: None, ahead: 1, ..wait }))),
        ("home", draw(&HomePage::new(place, "Nadia Roux", "n.roux", "/compte"))),
        ("sign-out-question", draw(&SignOutQuestionPage::new(place, &question))),
        ("signed-out", draw(&MessagePage::signed_out(place, Some(("Espace numérique", "https://service.example/"))))),
        ("signed-out-pupil", draw(&MessagePage::signed_out(pupil, None))),
        ("not-welcome", draw(&MessagePage::not_welcome(place))),
        ("suspended", draw(&MessagePage::suspended(pupil))),
        ("consent", draw(&ConsentPage::new(place, &consent))),
        ("components", draw(&ComponentsPage::new(place, ["ent", "default"].map(|name| Arc::new(portal(name)))))),
        ("form-post", draw(&FormPostPage::new(place, "https://service.example/cb", [("code", "c"), ("state", "s")]))),
    ]
}

fn activation(locale: Locale) -> Vec<(&'static str, String)> {
    let place = &place("ent", locale);
    let pupil = &place.addressing(Register::Tu);
    let rules = RuleList::new(PasswordPreset::Cnil50, &["Delphine", "Moreau"], "d.moreau2");
    let form = Activation {
        action: "/activation",
        form_token: "token",
        proof: "abc",
        given_name: "Delphine",
        identifier: "d.moreau2",
        rules: &rules,
        email_asked: PupilEmail::Required,
        email: "",
        children: &[("a".into(), "Inès Moreau-Diallo".into(), false), ("b".into(), "Noé Moreau-Diallo".into(), true)],
        refusals: &[],
    };
    let refusals = [Refusal::BrokenRules(rules.rules.clone()), Refusal::NotSame, Refusal::EmailUnfit];
    vec![
        ("activation", draw(&ActivationPage::new(place, &form))),
        (
            "activation-pupil",
            draw(&ActivationPage::new(pupil, &Activation { email_asked: PupilEmail::Optional, ..form.clone() })),
        ),
        (
            "activation-refused",
            draw(&ActivationPage::new(place, &Activation { refusals: &refusals, email: "delphine", ..form })),
        ),
    ]
}

fn waiting(locale: Locale) -> Vec<(&'static str, String)> {
    let place = &place("ent", locale);
    let pupil = &place.addressing(Register::Tu);
    let email = &Email::parse("delphine.moreau@courriel.example").expect("an address");
    let shown = CheckMail {
        action: "/activation/courriel",
        form_token: "token",
        proof: "abc",
        email,
        until: Some(Instant::from_seconds(NOW.seconds() + 604_800)),
        sender: "ne-pas-repondre@val-d-orne.example",
        again: false,
        typed: "",
        refusal: None,
    };
    let to = Answering { action: "/activation/courriel", form_token: "token", proof: Some("abc") };
    let mistyped = &EmailDoubt::Mistyped { domain: "gmail.com".into() };
    let door = "/connexion";
    vec![
        ("check-mail", draw(&CheckMailPage::new(place, &shown))),
        ("check-mail-again", draw(&CheckMailPage::new(pupil, &CheckMail { again: true, until: None, ..shown }))),
        (
            "check-mail-refused",
            draw(&CheckMailPage::new(
                place,
                &CheckMail { refusal: Some(&Refusal::EmailUnfit), typed: "delphine", ..shown },
            )),
        ),
        ("check-address", draw(&AskPage::address(place, to, (email, mistyped), ("", None)))),
        (
            "check-address-child",
            draw(&AskPage::address(place, to, (email, &EmailDoubt::Child), ("x", Some(&Refusal::EmailUnfit)))),
        ),
        ("check-address-school", draw(&AskPage::address(place, to, (email, &EmailDoubt::School), ("", None)))),
        ("activation-link", draw(&AskPage::link(place, to, ("Delphine Moreau", "d.moreau2"), email))),
        ("link-expired", draw(&AskPage::link_expired(pupil, to, email))),
        ("link-sent", draw(&MessagePage::link_sent(place, email))),
        ("link-superseded", draw(&MessagePage::link_superseded(place, door))),
        ("link-unknown", draw(&MessagePage::link_unknown(place, door))),
        ("activated", draw(&MessagePage::activated(place, door))),
        ("already-activated", draw(&MessagePage::already_activated(pupil, door))),
        ("activation-begun", draw(&MessagePage::activation_begun(place, door))),
        ("letter-expired", draw(&MessagePage::letter_expired(place))),
        ("activation-start", draw(&MessagePage::activation_start(pupil, door))),
    ]
}

fn doors(locale: Locale) -> Vec<(&'static str, String)> {
    let (ent, plain) = (&place("ent", locale), &place("default", locale));
    let shown = SignIn {
        action: "/connexion",
        form_token: "token",
        interaction: Some("abc"),
        passkey: Some("/connexion/cle"),
        ..SignIn::default()
    };
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

fn mails() -> Vec<(String, Rendered)> {
    let paused = MailKind::SignInPaused { given_name: "Nadia".into(), identifier: "n.roux".into() };
    let confirm = MailKind::ConfirmAddress {
        given_name: "Nadia".into(),
        full_name: "Nadia Roux".into(),
        identifier: "n.roux".into(),
        link: "https://id.example/p/ent/activation/lien/4r1p6fdp0k9zq2n8m3x7c5wvta".into(),
        until: Instant::from_seconds(NOW.seconds() + 604_800),
    };
    let kinds = [paused, confirm, MailKind::Trial].into_iter().chain(recovery::mails());
    let kinds = kinds.chain(account::mails()).chain(second_factor::mails()).chain(charter::mails());
    let kinds = kinds.chain(upstream::mails()).chain(help::mails()).chain(registration::mails());
    kinds
        .flat_map(|kind| {
            Locale::ALL.map(|locale| {
                let mail = Mail {
                    to: crate::domain::Recipient::Address(Email::parse("nadia@example.org").expect("an address")),
                    portal: PortalName::new("default"),
                    language: locale.tag().into(),
                    register: "vous".into(),
                    account_id: None,
                    kind: kind.clone(),
                };
                let rendered = mail::render(&mail, &portal("default"), "https://id.example").expect("a mail");
                (format!("{}-mail-{}", locale.tag(), kind.name()), rendered)
            })
        })
        .collect()
}

fn draw(page: &impl Template) -> String {
    page.render().expect("a page")
}

/// `cargo test --lib pictures -- --ignored` writes `target/pages/{fr,en}-NAME.html` and `…-night.html`, with their styles beside them.
#[test]
#[ignore = "writes files to be looked at"]
fn pictures() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("target/pages");
    for (address, text) in crate::web::assets::files(&[portal("ent"), portal("default")]) {
        let path = folder.join(address.trim_start_matches('/'));
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text.replace("\"/assets/", &format!("\"file://{}/assets/", folder.display())))
            .expect("an asset");
    }
    for (name, mail) in mails() {
        std::fs::write(folder.join(format!("{name}.html")), mail.html).expect("a mail");
        std::fs::write(folder.join(format!("{name}.txt")), format!("{}\n\n{}", mail.subject, mail.text))
            .expect("a mail");
    }
    for locale in Locale::ALL {
        for (name, html) in pages(locale) {
            let html = html.replace("\"/assets/", "\"assets/");
            let night = html.replace("screen and (prefers-color-scheme: dark)", "screen");
            for (theme, html) in [("", html), ("-night", night)] {
                std::fs::write(folder.join(format!("{}-{name}{theme}.html", locale.tag())), html).expect("a page");
            }
        }
    }
}

#[test]
fn mel_01_every_mail_is_a_text_and_a_page_in_both_languages_and_asks_nobody_else() {
    let all = mails();
    let of = |locale: &'static str| all.iter().filter(move |(name, _)| name.starts_with(locale));
    assert!(of("fr").count() > 25 && of("fr").count() == of("en").count());
    for ((name, french), (_, english)) in of("fr").zip(of("en")) {
        assert_ne!((&french.subject, &french.text), (&english.subject, &english.text), "{name}");
        for mail in [french, english] {
            assert!(mail.text.contains("Espace famille") && mail.html.contains("Espace famille"), "{name}: who writes");
            assert!(!mail.subject.is_empty() && mail.html.contains("<html lang="), "{name}");
            for foreign in ["<img", "<script", "url(", "src=", "@import"] {
                assert!(!mail.html.contains(foreign), "{name} holds {foreign}");
            }
        }
    }
}

#[test]
fn pol_06_every_password_field_says_which_one_it_is_for_and_takes_what_is_pasted() {
    use scraper::{Html, Selector};
    let select = |css: &str| Selector::parse(css).expect("a selector");
    let (passwords, username) = (select("input[type=password]:not([disabled])"), select("[autocomplete=username]"));
    let mut seen = 0;
    for (name, html) in pages(Locale::Fr) {
        let page = Html::parse_document(&html);
        let kinds: Vec<&str> =
            page.select(&passwords).map(|field| field.value().attr("autocomplete").unwrap_or_default()).collect();
        seen += kinds.len();
        // A letter's password is nobody's to be kept.
        let known = ["current-password", "new-password", "off"];
        assert!(kinds.iter().all(|kind| known.contains(kind)), "{name}: {kinds:?}");
        if kinds.contains(&"new-password") {
            assert!(page.select(&username).next().is_some(), "{name}: a password manager knows whose it is");
        }
        assert!(!html.contains("onpaste") && !html.contains("oncopy"), "{name}");
    }
    assert!(seen > 20, "{seen}");
}
