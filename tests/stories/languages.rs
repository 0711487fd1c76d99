//! What language a page speaks, how it writes times, and whom it talks to besides its reader: nobody.

use jiff::{Timestamp, tz::TimeZone};
use preau::config::{PortalSettings, Settings};
use rstest::rstest;

use crate::{
    browser::Browser,
    engine::{Engine, Postgres, Sqlite},
    sign_in::ent,
    world::World,
};

/// The language of the page on the screen, by its attribute and by its words.
fn spoken(browser: &Browser) -> String {
    let page = browser.page();
    let (language, french) = (page.language(), page.link("English").is_some());
    assert_eq!(language == "fr", french, "{language}: {}", page.text());
    assert_ne!(page.link("Français").is_some(), french);
    language
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_06_the_first_page_speaks_the_browsers_language_or_french(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    for (header, language) in [
        (Some("fr"), "fr"),
        (Some("fr-CA,fr;q=0.9,en;q=0.8"), "fr"),
        (Some("en"), "en"),
        (Some("en-GB,en;q=0.9,fr;q=0.2"), "en"),
        (Some("de-DE,de;q=0.9"), "fr"),
        (Some("de,en;q=0.5"), "en"),
        (Some("\u{1}\u{2};q=x,,"), "fr"),
        (None, "fr"),
    ] {
        let mut browser = world.browser();
        if let Some(Ok(header)) = header.map(str::parse) {
            browser.headers.insert("accept-language", header);
        }
        browser.opens("/connexion").await;
        assert_eq!(spoken(&browser), language, "{header:?}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_06_a_language_once_chosen_stays_for_the_whole_way(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, ent).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/p/ent/connexion").await.follows("English").await;
    assert_eq!((spoken(&phone), phone.page().data_page()), ("en".into(), "chooser".into()));
    phone.follows("Parent").await;
    assert_eq!(spoken(&phone), "en");
    phone.tries(&nadia.identifier, "pas le bon").await;
    assert_eq!(spoken(&phone), "en");
    assert!(
        phone.page().alert().starts_with("Wrong") || phone.page().alert().contains("incorrect"),
        "{}",
        phone.page().alert()
    );
    phone.signs_in(&nadia).await;
    assert_eq!((spoken(&phone), phone.page().data_page()), ("en".into(), "home".into()));
    phone.opens("/p/ent/rien").await;
    assert_eq!(spoken(&phone), "en", "on error pages too");
    phone.is_closed_and_opened();
    phone.opens("/connexion").await;
    assert_eq!(spoken(&phone), "en", "and tomorrow");
    phone.follows("Français").await;
    assert_eq!(spoken(&phone), "fr");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_06_a_service_may_ask_for_a_language_and_the_person_decides(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let agenda = world.service("agenda").await;
    let mut phone = world.phone();
    phone.opens(agenda.sign_in(&[("ui_locales", "de en")])).await;
    assert_eq!((spoken(&phone), phone.page().data_page()), ("en".into(), "sign-in".into()), "{}", phone.page().text());
    phone.follows("Français").await;
    assert_eq!(spoken(&phone), "fr");
    phone.opens(agenda.sign_in(&[("ui_locales", "en")])).await;
    assert_eq!(spoken(&phone), "fr");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn pupils_are_addressed_with_tu_and_adults_with_vous(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, ent).await;
    let (ilyes, nadia) = (world.pupil("Ilyès Roux").await, world.parent("Nadia Roux").await);
    let vous = [" vous", "Vous ", "votre", "Votre", "vos ", "ez "];
    let tu = [" tu ", "Tu ", " ton ", "Ton ", " ta ", " tes ", " toi"];
    for (someone, door, foreign) in [(&ilyes, "Élève", &vous[..]), (&nadia, "Parent", &tu[..])] {
        let mut desk = world.desk();
        let mut read = Vec::new();
        desk.opens("/p/ent/connexion").await.follows(door).await;
        read.push(desk.page().texts(".sheet").concat());
        read.push(desk.tries(&someone.identifier, "pas le bon").await.page().texts(".sheet").concat());
        read.push(desk.signs_in(someone).await.page().texts(".sheet").concat());
        for text in read {
            assert!(!foreign.iter().any(|word| text.contains(word)), "{door}: {text}");
        }
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_08_times_are_written_as_the_school_writes_them(#[values(Sqlite, Postgres)] engine: Engine) {
    let abroad = |s: &mut Settings| {
        let halifax = PortalSettings { time_zone: "America/Halifax".into(), ..PortalSettings::default() };
        s.portals.insert("halifax".into(), halifax);
    };
    let world = World::with(engine, abroad).await;
    for (path, zone) in [("/rien", "Europe/Paris"), ("/p/halifax/rien", "America/Halifax")] {
        let mut phone = world.phone();
        let at = |moment: preau::domain::Instant| {
            let zoned = Timestamp::from_millisecond(moment.millis()).unwrap().to_zoned(TimeZone::get(zone).unwrap());
            format!("{} h {:02}", zoned.hour(), zoned.minute())
        };
        let before = world.clock.now();
        phone.opens(path).await;
        let text = phone.page().text();
        let (before, after) = (at(before), at(world.clock.now()));
        assert!(text.contains(&before) || text.contains(&after), "{path}: {before} in {text}");
        phone.follows("English").await;
        assert!(!phone.page().text().contains(" pm"), "on 24 hours in English too: {}", phone.page().text());
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_12_no_page_speaks_to_a_third_party(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, |s| {
        ent(s);
        s.hashing.patience = 0;
        s.hashing.memory_kib = 8192;
        s.hashing.workers = 1;
    })
    .await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    let mut pages = Vec::new();
    let look = |phone: &Browser, pages: &mut Vec<_>| pages.push(phone.page().clone());
    for path in [
        "/connexion",
        "/p/ent/connexion",
        "/rien",
        "/oidc/authorize",
        "/cas/login?service=https://inconnu.example/",
        "/deconnexion",
    ] {
        phone.opens(path).await;
        look(&phone, &mut pages);
    }
    let network = preau::domain::Network::of([127, 0, 0, 1].into());
    let guess = preau::domain::Password::typed("au hasard").unwrap();
    let crowd: Vec<_> = (0..40).filter_map(|_| world.app().hasher.verify(&network, None, &guess).ok()).collect();
    phone.opens("/connexion").await.signs_in(&nadia).await;
    assert!(phone.shows("wait"));
    look(&phone, &mut pages);
    drop(crowd);
    while phone.shows("wait") {
        phone.presses("Réessayer maintenant").await;
    }
    look(&phone, &mut pages);
    phone.opens("/deconnexion").await;
    look(&phone, &mut pages);
    let kinds: Vec<_> = pages.iter().map(crate::page::Page::data_page).collect();
    for kind in ["sign-in", "chooser", "error", "wait", "home", "sign-out-question", "signed-out"] {
        assert!(kinds.iter().any(|seen| seen == kind), "{kind} was seen: {kinds:?}");
    }
    let mut assets = std::collections::BTreeSet::new();
    for page in &pages {
        for (css, attribute) in [
            ("[src]", "src"),
            ("link", "href"),
            ("form", "action"),
            ("[srcset]", "srcset"),
            ("[poster]", "poster"),
            ("object", "data"),
        ] {
            for address in page.attributes(css, attribute) {
                assert!(address.starts_with('/') && !address.starts_with("//"), "{}: {address}", page.data_page());
                if css != "form" {
                    assets.insert(address);
                }
            }
        }
        assert!(
            !page.has("[style], style, iframe, [ping], [http-equiv=refresh], script:not([src])"),
            "{}",
            page.data_page()
        );
    }
    for address in assets {
        let asset = phone.opens(&address).await.page().body.replace("http://www.w3.org/", "");
        for elsewhere in ["http:", "https:", "url(//", "@import", "import(", "fetch(", "sendBeacon", "XMLHttp"] {
            assert!(!asset.contains(elsewhere), "{address}: {elsewhere}");
        }
    }
    assert!(phone.cookies_held().iter().all(|name| name.starts_with("preau_")), "{:?}", phone.cookies_held());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_05_help_is_in_the_same_place_on_every_page(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, ent).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    let mut seen = 0;
    let mut check = |phone: &Browser| {
        let page = phone.page();
        assert!(page.has("main > #help:last-child"), "after all else: {}", page.data_page());
        assert!(page.has("header nav a[href='#help']"), "and a link to it first: {}", page.data_page());
        assert!(page.has("#help a[href^='/p/ent/contacter-l-ecole']"), "{}", page.data_page());
        seen += 1;
    };
    phone.opens("/p/ent/connexion").await;
    check(&phone);
    phone.follows("Parent").await;
    check(&phone);
    phone.tries(&nadia.identifier, "pas le bon").await;
    check(&phone);
    phone.signs_in(&nadia).await;
    check(&phone);
    phone.opens("/p/ent/deconnexion").await;
    check(&phone);
    phone.opens("/p/ent/rien").await;
    check(&phone);
    assert_eq!(seen, 6);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_07_a_portal_in_canada_speaks_of_a_courriel(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, |settings| {
        let canada =
            PortalSettings { country: "CA".into(), time_zone: "America/Halifax".into(), ..PortalSettings::default() };
        settings.portals.insert("canada".into(), canada);
    })
    .await;
    let nadia = world.parent_with_letter("Nadia Roux").await;
    for (at, said) in [("/connexion", "Adresse mail"), ("/p/canada/connexion", "Adresse courriel")] {
        let mut phone = world.phone();
        phone.opens(at).await.submits([("identifier", nadia.identifier.as_str()), ("password", &nadia.password)]).await;
        assert_eq!(phone.page().data_page(), "activation", "{}", phone.page().text());
        assert!(phone.page().text().contains(said), "{at}: {}", phone.page().text());
        phone.submits([("new_password", ""), ("confirmation", ""), ("email", "")]).await;
        let asked = if at.contains("canada") { "adresse courriel" } else { "adresse mail" };
        assert!(phone.page().text().contains(asked), "{at}: {}", phone.page().text());
    }
}
