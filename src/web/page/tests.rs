//! What holds for every page: its structure for those who hear it, and that it needs nothing inline (CSP).

use std::collections::{BTreeMap, BTreeSet};

use askama::Template;
use scraper::{ElementRef, Html, Selector};

use super::{
    SignIn, SignInPage, Theme,
    gallery::{pages, place},
};
use crate::{
    domain::{Profile, Refusal},
    words::Locale,
};

fn every(check: impl Fn(&str, &Html, &str)) {
    for locale in Locale::ALL {
        for (name, html) in pages(locale) {
            let page = Html::parse_document(&html);
            assert!(page.errors.is_empty(), "{name}: {:?}", page.errors);
            check(&format!("{}-{name}", locale.tag()), &page, &html);
        }
    }
}

fn all<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).expect("a selector")).collect()
}

fn text(element: &ElementRef<'_>) -> String {
    element.text().collect::<String>().split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

fn sign_in(portal: &str, shown: &SignIn<'_>) -> Html {
    let html = SignInPage::new(&place(portal, Locale::Fr), shown).render().expect("a page");
    Html::parse_document(&html)
}

#[test]
fn nothing_stands_inline_and_nothing_comes_from_elsewhere() {
    every(|name, page, html| {
        for gone in ["[style]", "style", "script:not([src])", "meta[http-equiv]", "iframe", "img", "[onclick]"] {
            assert!(all(page, gone).is_empty(), "{name} has {gone}");
        }
        for (selector, attribute) in [("link", "href"), ("script", "src")] {
            for element in all(page, selector) {
                let address = element.attr(attribute).unwrap_or_default();
                assert!(address.starts_with("/assets/") && !address.ends_with("?v="), "{name}: {address}");
            }
        }
        assert!(!html.contains(|c| ('\u{2066}'..='\u{2069}').contains(&c)), "{name} holds an invisible sign");
    });
}

#[test]
fn xct_01_every_page_says_what_it_is_to_those_who_hear_it() {
    every(|name, page, _| {
        let html = all(page, "html");
        assert_eq!(html[0].attr("lang"), name.get(..2), "{name}");
        assert!(all(page, "body[data-page]").len() == 1, "{name} has no data-page");
        for one in ["h1", "main#content", "title", "a.skip[href='#content']", "#help"] {
            assert_eq!(all(page, one).len(), 1, "{name}: {one}");
        }
        let ids: Vec<&str> = all(page, "[id]").iter().filter_map(|element| element.attr("id")).collect();
        let distinct: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), distinct.len(), "{name} repeats an id");
        for attribute in ["aria-describedby", "aria-labelledby", "aria-controls", "for", "data-caps"] {
            for element in all(page, &format!("[{attribute}]")) {
                for id in element.attr(attribute).unwrap_or_default().split(' ') {
                    assert!(distinct.contains(id), "{name}: {attribute} names {id}");
                }
            }
        }
        for input in all(page, "input:not([type=hidden])") {
            let id = input.attr("id").unwrap_or_default();
            let is_labelled = !all(page, &format!("label[for='{id}']")).is_empty()
                || input.ancestors().any(|node| node.value().as_element().is_some_and(|e| e.name() == "label"));
            assert!(is_labelled, "{name}: {id} has no label");
        }
        for link in all(page, "a, button") {
            assert!(!text(&link).is_empty(), "{name} has a link without words");
        }
    });
}

#[test]
fn xct_05_help_stands_in_the_same_place_on_every_page() {
    every(|name, page, _| {
        let main = all(page, "main > *");
        let last = main.last().expect("a line");
        assert_eq!(last.attr("id"), Some("help"), "{name}");
        assert!(text(&all(page, "header nav a")[0]).len() > 3 && all(page, "header nav a[href='#help']").len() == 1);
    });
}

#[test]
fn log_23_the_footer_shows_the_portals_site_and_telephone() {
    every(|name, page, _| {
        assert_eq!(all(page, "footer a[href='https://www.val-d-orne.example/']").len(), 1, "{name}");
        assert_eq!(
            text(&all(page, "footer a[href='tel:0200000000']")[0]),
            "02\u{a0}00\u{a0}00\u{a0}00\u{a0}00",
            "{name}"
        );
    });
}

#[test]
fn links_of_language_and_theme_keep_what_the_address_held() {
    every(|name, page, _| {
        let language = all(page, "header nav a[hreflang]");
        let href = language[0].attr("href").unwrap_or_default();
        assert!(href == "/connexion?i=abc&lang=en" || href == "/connexion?i=abc&lang=fr", "{name}: {href}");
        let themes: Vec<&str> = all(page, ".theme a").iter().filter_map(|link| link.attr("href")).collect();
        assert_eq!(themes[2], "/connexion?i=abc&theme=dark", "{name}");
    });
}

#[test]
fn the_theme_is_the_systems_until_somebody_chooses() {
    let night = |theme| {
        let place = super::Place { theme, ..place("default", Locale::Fr) };
        let html = SignInPage::new(&place, &SignIn::default()).render().expect("a page");
        let page = Html::parse_document(&html);
        let links = all(&page, "link[href*='night.css']");
        links.first().map(|link| link.attr("media").unwrap_or_default().to_owned())
    };
    assert_eq!(night(Theme::Auto).as_deref(), Some("screen and (prefers-color-scheme: dark)"));
    assert_eq!(night(Theme::Dark).as_deref(), Some("screen"));
    assert_eq!(night(Theme::Light), None);
}

#[test]
fn the_default_portal_shows_one_form_with_one_password() {
    let shown = SignIn { action: "/connexion", form_token: "token", interaction: Some("abc"), ..SignIn::default() };
    let page = sign_in("default", &shown);
    assert_eq!(all(&page, "form[method=post]").len(), 1);
    assert_eq!(all(&page, "form input[type=text][name=identifier][autocomplete=username]").len(), 1);
    assert_eq!(all(&page, "form input[type=password][name=password][autocomplete='current-password']").len(), 1);
    assert_eq!(all(&page, "form button[type=submit]").len(), 1);
    let hidden: BTreeMap<_, _> =
        all(&page, "input[type=hidden]").iter().map(|i| (i.attr("name"), i.attr("value"))).collect();
    assert_eq!(hidden, BTreeMap::from([(Some("form_token"), Some("token")), (Some("i"), Some("abc"))]));
    assert!(all(&page, ".band").is_empty() && all(&page, "a[href*=oublie]").is_empty(), "no chooser, no stub");
}

#[test]
fn log_09_a_refused_try_keeps_the_identifier_empties_the_password_and_takes_the_focus() {
    let page = sign_in(
        "default",
        &SignIn { identifier: "d.moreau2", refusal: Some(&Refusal::WrongCredentials), ..SignIn::default() },
    );
    assert_eq!(all(&page, "#identifier")[0].attr("value"), Some("d.moreau2"));
    assert_eq!(all(&page, "#password")[0].attr("value"), None);
    let summary = |part: &str| text(&all(&page, &format!(".problems[role=alert][tabindex='-1'][autofocus] {part}"))[0]);
    assert_eq!(summary("h2"), "Identifiant ou mot de passe incorrect.");
    assert_eq!(summary("a[href='#password']"), "Ressaisissez votre mot de passe");
    assert!(text(&all(&page, "title")[0]).starts_with("Erreur\u{a0}: "));
}

#[test]
fn xct_02_a_missing_answer_is_named_at_its_field_and_in_the_summary() {
    let page =
        sign_in("default", &SignIn { refusal: Some(&Refusal::Missing { field: "password" }), ..SignIn::default() });
    let field = &all(&page, "#password[aria-invalid=true]")[0];
    assert_eq!(field.attr("aria-describedby"), Some("password-problem"));
    assert_eq!(text(&all(&page, "#password-problem")[0]), "Erreur\u{a0}: Écrivez votre mot de passe.");
    assert_eq!(text(&all(&page, ".problems a[href='#password']")[0]), "Écrivez votre mot de passe.");
    assert!(all(&page, "#identifier[aria-invalid]").is_empty());
}

#[test]
fn log_12_the_button_that_shows_a_password_has_both_its_words() {
    let page = sign_in("default", &SignIn::default());
    let button = &all(&page, "button[data-reveal][aria-controls=password][aria-pressed=false][hidden]")[0];
    assert_eq!((button.attr("data-show"), button.attr("data-hide")), (Some("Afficher"), Some("Masquer")));
    assert_eq!(text(button), "Afficher\u{a0}: Mot de passe");
}

#[test]
fn log_11_caps_lock_is_said_politely() {
    let page = sign_in("default", &SignIn::default());
    assert_eq!(all(&page, "[data-caps=password][role=status]")[0].attr("data-on"), Some("Verr. Maj est activée."));
}

#[test]
fn log_01_the_five_families_are_listed_in_the_seeds_order() {
    let html = super::ChooserPage::new(&place("ent", Locale::Fr), "/connexion", Some("abc")).render().expect("a page");
    let page = Html::parse_document(&html);
    let families: Vec<String> = all(&page, ".families > li > a, .families > li summary").iter().map(text).collect();
    assert_eq!(
        families,
        [
            "Élève ou parent",
            "Personnel de l’Éducation nationale",
            "Personnel de l’enseignement agricole",
            "Personnel de collectivité",
            "Autre et invité"
        ]
    );
    assert!(all(&page, "form").is_empty(), "opening a family submits nothing");
    let parent = all(&page, "a[href*='profil=parent']");
    assert_eq!(parent[0].attr("href"), Some("/connexion?i=abc&profil=parent"), "the pending sign-in is kept");
}

#[test]
fn log_03_the_chosen_profile_is_shown_and_can_be_changed() {
    let page = sign_in(
        "ent",
        &SignIn { action: "/connexion", interaction: Some("abc"), profile: Some(Profile::Parent), ..SignIn::default() },
    );
    assert_eq!(text(&all(&page, ".now b")[0]), "Parent");
    assert_eq!(all(&page, ".now a")[0].attr("href"), Some("/connexion?i=abc&profil="));
    assert_eq!(text(&all(&page, ".families [aria-current]")[0]), "Parent");
    assert_eq!(all(&page, ".families details[open]").len(), 1);
}

#[test]
fn sso_07_a_pupil_is_never_offered_to_stay_signed_in() {
    let remember =
        |profile| all(&sign_in("default", &SignIn { profile, ..SignIn::default() }), "[name=remember]").len();
    assert_eq!([Some(Profile::Pupil), Some(Profile::Parent), None].map(remember), [0, 1, 1]);
    let ticked = all(&sign_in("default", &SignIn::default()), "[name=remember][checked]").len();
    assert_eq!(ticked, 0, "not ticked by itself");
}
