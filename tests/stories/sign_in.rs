//! Signing in at the door: what the form shows, what it takes, and what it says.

use preau::{
    config::{PortalSettings, Settings},
    domain::{Demands, Identifier, Profile},
    policy::{Help, Preset},
};
use rstest::rstest;

use crate::{
    browser::Browser,
    engine::{Engine, Postgres, Sqlite},
    people::Who,
    world::World,
};

/// A portal with a chooser, as its ENT has it.
pub fn ent(settings: &mut Settings) {
    let help = Help { phones: vec!["03 20 00 00 00".into()], site: Some("https://ent.example/".into()), email: None };
    let portal = PortalSettings {
        preset: Preset::Ent,
        title: "ENT des collèges".into(),
        help,
        notification_email: Some(false),
        ..PortalSettings::default()
    };
    settings.portals.insert("ent".into(), portal);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_parent_signs_in_and_is_greeted_by_name(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/").await;
    assert_eq!((phone.page().data_page().as_str(), phone.place().path()), ("sign-in", "/connexion"));
    phone.submits([("Identifiant", &nadia.identifier), ("Mot de passe", &nadia.password)]).await;
    assert_eq!((phone.page().data_page().as_str(), phone.place().path()), ("home", "/"));
    assert!(phone.page().text().contains("Nadia Roux"), "{}", phone.page().text());
    assert_eq!(world.audit(&nadia).await, ["account_created", "signed_in"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn the_default_portal_shows_one_form_that_scripts_can_lean_on(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let mut desk = world.desk();
    let page = desk.opens("/connexion").await.page();
    assert_eq!(page.forms().len(), 1);
    assert_eq!(page.attributes("form input:not([type=hidden])", "type"), ["text", "password", "checkbox"]);
    assert!(page.has("form[method=post] input[type=text][name=identifier]"));
    assert!(page.has("form[method=post] input[type=password][name=password]"));
    assert!(page.has("form[method=post] button[type=submit]"));
    assert!(page.has("form[method=post] input[type=hidden][name=form_token]"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_01_the_chooser_lists_the_families_in_order_and_guests_last(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, ent).await;
    let mut phone = world.phone();
    let page = phone.opens("/p/ent/connexion").await.page();
    assert_eq!(page.data_page(), "chooser");
    assert_eq!(
        page.texts(".families > li > a, .families summary"),
        [
            "Élève ou parent",
            "Personnel de l’Éducation nationale",
            "Personnel de l’enseignement agricole",
            "Personnel de collectivité",
            "Autre et invité"
        ]
    );
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_02_a_family_opens_in_place_and_submits_nothing(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, ent).await;
    let mut phone = world.phone();
    let page = phone.opens("/p/ent/connexion").await.page();
    // <details> is a button with aria-expanded to every screen reader, by keyboard and without scripts.
    assert_eq!(page.texts(".families details > summary"), ["Élève ou parent", "Personnel de l’Éducation nationale"]);
    assert_eq!(
        page.texts(".families details li a"),
        ["Élève", "Parent", "Enseignant", "Direction, vie scolaire, administration"]
    );
    assert!(!page.has(".families form, .families button, .families [onclick]"));
    assert_eq!(page.forms().len(), 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_03_a_parent_chooses_signs_in_and_lands_where_they_wanted(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, ent).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/p/ent/connexion").await;
    let door = world.awaits_at("ent", &phone, "/sante/vivant?page=cahier", Demands::default()).await;
    phone.opens(&door).await;
    assert_eq!(phone.page().data_page(), "chooser");
    phone.follows("Parent").await;
    assert_eq!(phone.page().data_page(), "sign-in");
    assert!(phone.page().texts(".chosen .now").concat().contains("Parent"), "{}", phone.page().text());
    phone.follows("Changer").await;
    assert_eq!(phone.page().data_page(), "chooser", "one may think again");
    phone.follows("Parent").await.signs_in(&nadia).await;
    assert_eq!((phone.place().path(), phone.place().query()), ("/sante/vivant", Some("page=cahier")));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_03_the_chooser_works_without_a_service_too(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, ent).await;
    let ilyes = world.pupil("Ilyès Roux").await;
    let mut desk = world.desk();
    desk.opens("/p/ent/").await.follows("Élève").await;
    assert!(!desk.page().has("[name=remember]"), "a pupil is not asked to be remembered");
    desk.tries(&ilyes.identifier, "nuit").await;
    assert_eq!(desk.page().data_page(), "sign-in");
    assert!(desk.page().text().contains("Retape ton mot de passe"), "still a pupil: {}", desk.page().text());
    desk.signs_in(&ilyes).await;
    assert_eq!((desk.page().data_page().as_str(), desk.place().path()), ("home", "/p/ent/"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_08_an_identifier_is_the_same_however_it_is_spelt(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let who =
        |identifier| Who { identifier: Some(identifier), ..Who::named("Zoé Strauß", &[(Profile::Parent, None)]) };
    for (identifier, spellings) in [
        ("Zoé.Straße", &["zoe.strasse", "ZOÉ.STRASSE", "  zoé.straße ", "zoe\u{301}.straße", "zoé.straße\u{a0}"][..]),
        ("cœur", &["COEUR", "Cœur", "ｃｏｅｕｒ"]),
        ("İnci.ﬁdan", &["inci.fidan", "INCI.FIDAN"]),
    ] {
        let zoe = world.enrols(who(identifier)).await;
        for spelling in spellings {
            let mut phone = world.phone();
            phone.tries(spelling, &zoe.password).await;
            assert_eq!(phone.page().data_page(), "home", "{spelling:?} for {identifier:?}: {}", phone.page().text());
            assert!(phone.page().text().contains(Identifier::new(identifier).as_str()), "shown as it is written");
        }
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_09_a_wrong_password_and_a_wrong_identifier_look_alike(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut seen = Vec::new();
    for identifier in [nadia.identifier.as_str(), "nadia.rous", "n’importe quoi"] {
        let mut phone = world.phone();
        let page = phone.tries(identifier, "pas le bon").await.page();
        assert_eq!(page.alert(), "Identifiant ou mot de passe incorrect. Ressaisissez votre mot de passe");
        assert_eq!(page.field("identifier"), identifier, "what was typed is kept");
        assert_eq!(page.field("password"), "", "but for the password");
        let tokens = [page.field("form_token"), page.header("x-request-id").to_owned(), identifier.to_owned()];
        let body = tokens.iter().fold(page.body.clone(), |body, token| body.replace(token, "…"));
        seen.push((page.status, body, phone.cookies_held()));
    }
    assert_eq!(seen[0], seen[1], "known and unknown are answered to the letter alike");
    assert_eq!(seen[1].0, seen[2].0);
    assert_eq!(world.audit(&nadia).await, ["account_created"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_09_xct_02_what_is_wrong_is_named_and_has_the_focus(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let mut phone = world.phone();
    let page = phone.tries("nadia.roux", "pas le bon").await.page();
    assert!(page.title().starts_with("Erreur : Se connecter"), "{}", page.title());
    assert!(page.has("[role=alert][tabindex='-1'][autofocus] a[href='#password']"), "{}", page.body);
    assert!(page.has("#password[aria-invalid=true]"));
    let page = phone.tries("", "lune").await.page();
    assert!(page.alert().contains("Écrivez votre identifiant."), "{}", page.alert());
    assert!(page.has("#identifier[aria-invalid=true]"));
    let described = page.attribute("#identifier", "aria-describedby").expect("a description");
    assert!(described.split(' ').all(|id| page.has(&format!("#{id}"))), "{described}");
    let page = phone.tries("nadia.roux", "").await.page();
    assert!(page.alert().contains("Écrivez votre mot de passe."), "{}", page.alert());
    assert!(page.has("#password[aria-invalid=true]") && !page.has("#identifier[aria-invalid=true]"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_09_only_who_knows_the_password_learns_that_an_account_is_blocked(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::with(engine, |s| {
        let help = Help { email: Some("secretariat@ecole.example".into()), ..Help::default() };
        s.portals.insert("default".into(), PortalSettings { help, ..PortalSettings::default() });
    })
    .await;
    let karim = world.parent("Karim Haddad").await;
    world.suspends(&karim).await;
    let mut phone = world.phone();
    phone.tries(&karim.identifier, "pas le bon").await;
    assert!(phone.page().alert().contains("Identifiant ou mot de passe incorrect."), "{}", phone.page().text());
    phone.signs_in(&karim).await;
    assert_eq!(phone.page().data_page(), "suspended");
    assert!(phone.page().has("main a[href='mailto:secretariat@ecole.example']"), "whom to turn to");
    phone.opens("/").await;
    assert_eq!(phone.page().data_page(), "sign-in", "and nothing was opened");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_11_log_12_the_page_brings_what_its_script_needs(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let mut desk = world.desk();
    let page = desk.opens("/connexion").await.page().clone();
    assert!(page.has("[role=status][data-caps=password][data-on]"), "Caps Lock is said politely");
    let reveal = "button[type=button][data-reveal][aria-controls=password]";
    assert_eq!(page.attribute(reveal, "aria-pressed").as_deref(), Some("false"));
    assert_eq!(page.attribute(reveal, "data-show").as_deref(), Some("Afficher"));
    assert_eq!(page.attribute(reveal, "data-hide").as_deref(), Some("Masquer"));
    assert!(page.has(&format!("{reveal}[hidden]")), "no button without its script");
    let script = page.attribute("script[src]", "src").expect("a script");
    let script = desk.opens(&script).await.page().body.clone();
    for needed in ["data-caps", "CapsLock", "data-reveal", "aria-pressed", "submit"] {
        assert!(script.contains(needed) || script.contains(&needed.replace("data-", "")), "{needed}");
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_15_a_page_left_open_for_two_hours_restarts_by_itself(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    let door = world.awaits(&phone, "/sante/vivant", Demands::default()).await;
    phone.opens(&door).await;
    world.waits(std::time::Duration::from_hours(2));
    phone.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "sign-in");
    assert!(phone.page().notice().contains("restée ouverte trop longtemps"), "{}", phone.page().text());
    assert_eq!(phone.page().field("identifier"), nadia.identifier);
    phone.submits([("Mot de passe", &nadia.password)]).await;
    assert_eq!(phone.place().path(), "/sante/vivant", "the service that waited is opened");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_15_a_browser_that_lost_its_cookies_gets_a_new_form(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    phone.forgets("preau_browser");
    phone.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "sign-in");
    assert!(!phone.page().notice().is_empty(), "it says why: {}", phone.page().text());
    phone.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "home");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_17_going_back_shows_a_usable_form(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.tries(&nadia.identifier, "pas le bon").await;
    phone.goes_back().await;
    assert_eq!(phone.page().data_page(), "sign-in");
    phone.tries(&nadia.identifier, "toujours pas").await.follows("English").await;
    phone.goes_back().await;
    assert_eq!(phone.page().data_page(), "sign-in", "nothing is sent again");
    phone.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "home");
    phone.goes_back().await;
    assert_eq!(phone.page().data_page(), "home", "who is signed in is not asked again");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_22_a_wrongly_chosen_profile_is_put_right_in_silence(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, ent).await;
    let ilyes = world.pupil("Ilyès Roux").await;
    let mut desk = world.desk();
    desk.opens("/p/ent/connexion").await.follows("Parent").await.signs_in(&ilyes).await;
    assert_eq!(desk.page().data_page(), "home");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_22_or_is_refused_like_a_wrong_password_where_the_school_wants_it(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let strict = |s: &mut Settings| {
        ent(s);
        s.portals.get_mut("ent").expect("just put").corrects_profile = false;
    };
    let world = World::with(engine, strict).await;
    let ilyes = world.pupil("Ilyès Roux").await;
    let mut desk = world.desk();
    desk.opens("/p/ent/connexion").await.follows("Parent").await.signs_in(&ilyes).await;
    assert!(desk.page().alert().contains("Identifiant ou mot de passe incorrect."), "{}", desk.page().text());
    desk.follows("Changer").await.follows("Élève").await.signs_in(&ilyes).await;
    assert_eq!(desk.page().data_page(), "home");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn a_portal_that_welcomes_others_says_so_and_shows_the_way_out(#[values(Sqlite, Postgres)] engine: Engine) {
    let staff_only = |s: &mut Settings| {
        let portal = PortalSettings { profiles: vec![Profile::NationalStaff], ..PortalSettings::default() };
        s.portals.insert("staff".into(), portal);
    };
    let world = World::with(engine, staff_only).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/p/staff/connexion").await;
    let door = world.awaits_at("staff", &phone, "/sante/vivant", Demands::default()).await;
    phone.opens(&door).await.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "not-welcome");
    phone.follows("Se déconnecter").await.presses("Se déconnecter").await;
    assert_eq!(phone.page().data_page(), "signed-out");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_23_the_footer_names_the_portals_site_and_telephone(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::with(engine, ent).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    let carries = |phone: &Browser, page: &str| {
        assert_eq!(phone.page().data_page(), page);
        assert!(phone.page().has("footer a[href='https://ent.example/']"), "site on {page}");
        assert!(phone.page().has("footer a[href='tel:0320000000']"), "telephone on {page}");
    };
    phone.opens("/p/ent/connexion").await;
    carries(&phone, "chooser");
    phone.follows("Parent").await;
    carries(&phone, "sign-in");
    phone.signs_in(&nadia).await;
    carries(&phone, "home");
    phone.opens("/p/ent/deconnexion").await;
    carries(&phone, "sign-out-question");
    phone.presses("Se déconnecter").await;
    carries(&phone, "signed-out");
    phone.opens("/p/ent/rien").await;
    carries(&phone, "error");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn xct_03_xct_04_fields_say_what_they_hold_and_take_what_is_pasted(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let mut phone = world.phone();
    let page = phone.opens("/connexion").await.page().clone();
    assert_eq!(page.attribute("#identifier", "autocomplete").as_deref(), Some("username"));
    assert_eq!(page.attribute("#password", "autocomplete").as_deref(), Some("current-password"));
    assert!(page.has("label[for=identifier]") && page.has("label[for=password]"));
    assert!(!page.has("[onpaste], [oncopy], [readonly], [maxlength]"));
    let script = page.attribute("script[src]", "src").expect("a script");
    let script = phone.opens(&script).await.page().body.to_lowercase();
    assert!(!script.contains("paste"), "no script looks at what is pasted");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn pol_10_a_huge_password_is_refused_before_any_hash(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let before = world.app().hasher.count();
    let mut phone = world.phone();
    phone.tries(&nadia.identifier, &"a".repeat(1025)).await;
    assert!(phone.page().alert().contains("Identifiant ou mot de passe incorrect."), "{}", phone.page().text());
    phone.tries(&nadia.identifier, &"a".repeat(1 << 20)).await;
    assert_eq!((phone.page().status.as_u16(), phone.page().data_page().as_str()), (413, "error"));
    assert!(phone.page().has("main a[href]"), "with a way on");
    assert_eq!(world.app().hasher.count(), before, "nothing was hashed");
}
