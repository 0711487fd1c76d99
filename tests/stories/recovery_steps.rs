//! Identifier and password in three steps in one window, at a portal for parents.

use std::time::Duration;

use fantoccini::key::Key;
use preau::{
    config::{PortalSettings, Settings},
    domain::{AccountChange, Email},
    policy::Preset,
    store::{accounts, security_codes},
};
use rstest::rstest;

use crate::{
    browser::Browser,
    chromium::{Screen, Window},
    engine::{Engine, Postgres, Sqlite},
    people::Someone,
    post::{Arrived, Post},
    world::World,
};

const MINUTE: Duration = Duration::from_mins(1);
const HERE: &str = "/p/espace/recuperation";
/// Eight signs, a digit and letters: as the preset asks, and no more.
const FINE: &str = "grenou7b";

/// A portal with the preset `espace-parents`.
pub fn espace(settings: &mut Settings) {
    let mut portal =
        PortalSettings { preset: Preset::EspaceParents, title: "Espace Parents".into(), ..PortalSettings::default() };
    portal.help.phones = vec!["02 00 00 00 00".into()];
    settings.portals.insert("espace".into(), portal);
}

async fn world(engine: Engine) -> (World, Post) {
    let post = Post::opens().await;
    let world = World::with(engine, |settings| {
        espace(settings);
        settings.mail.smtp.clone_from(&post.url);
    })
    .await;
    (world, post)
}

impl Browser {
    /// The first step.
    pub async fn gives_address(&mut self, address: &str) -> &mut Self {
        self.opens(HERE).await.answers("address", &[("email", address)]).await
    }

    /// The second.
    pub async fn gives_code(&mut self, code: &str) -> &mut Self {
        self.answers("code", &[("code", code)]).await
    }

    async fn gives_password(&mut self, password: &str) -> &mut Self {
        self.answers("password", &[("new_password", password), ("confirmation", password)]).await
    }

    /// Which step is open.
    fn step(&self) -> Option<String> {
        self.page().texts(".stages .now h2 > span").into_iter().next()
    }
}

/// The last code in so many mails; what is told of a new password may arrive after it.
async fn code(post: &Post, many: usize) -> String {
    let all = post.awaits(many).await;
    let last = all.iter().rev().find(|mail| mail.header("Subject").contains("code de sécurité"));
    code_in(last.expect("a mail with a code"))
}

fn code_in(mail: &Arrived) -> String {
    mail.header("Subject").split([' ', '\u{a0}']).next().unwrap_or_default().to_owned()
}

async fn shares(world: &World, one: &Someone, other: &Someone) {
    let mut account = accounts::find(world.db(), &other.account_id).await.unwrap().expect("an account");
    account.email = Email::parse(&one.email);
    world.changes(AccountChange::Overwritten { account: Box::new(account) }).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_01_cod_02_cod_03_three_steps_are_in_view_and_one_is_open(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, _post) = world(engine).await;
    let mut phone = world.phone();
    phone.opens("/p/espace/connexion").await.follows("Récupérer son identifiant et son mot de passe").await;
    let page = phone.page();
    assert_eq!(
        (page.data_page().as_str(), page.texts("h1").concat().as_str()),
        ("recovery", "Récupérer votre identifiant / mot de passe")
    );
    assert!(page.text().contains("Trois étapes, sur cette page. Gardez-la ouverte jusqu’à la dernière."));
    assert_eq!(page.texts(".stages h2").len(), 3);
    assert_eq!(phone.step().as_deref(), Some("Étape 1 sur 3 : votre adresse e-mail"));
    for shut in ["#code", "#new_password", "#confirmation", "button[value='code']", "button[value='password']"] {
        assert!(page.has(&format!("{shut}[disabled]")), "{shut}");
    }
    assert!(!page.has("#email[disabled]"));
    assert_eq!(page.texts("#email-hint"), ["Celle que vous avez donnée à l’établissement."]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_04_cod_05_cod_07_from_the_address_to_a_new_password(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.gives_address(" NadiaRoux@example.org ").await;
    assert_eq!(phone.step().as_deref(), Some("Étape 2 sur 3 : votre code de sécurité"));
    assert!(phone.page().has("#code[autofocus]") && phone.page().has(".notice[role='status']"));
    let mail = post.awaits(1).await.pop().expect("a mail");
    let words = mail.words();
    assert!(words.contains(&nadia.identifier) && words.contains(&code_in(&mail)), "identifier and code: {words}");
    phone.gives_code(&code_in(&mail)).await;
    assert_eq!(phone.step().as_deref(), Some("Étape 3 sur 3 : votre nouveau mot de passe"));
    assert!(!phone.page().has("#code"), "step 2 is done with");
    phone.gives_password(FINE).await;
    assert_eq!(phone.page().data_page(), "recovery-done");
    let text = phone.page().text();
    assert!(text.contains("Votre mot de passe est changé") && text.contains("adressez-vous au secrétariat"), "{text}");
    post.awaits(2).await;
    phone.follows("Se connecter").await.tries(&nadia.identifier, FINE).await;
    assert_eq!(phone.page().data_page(), "home");
    let audit = world.audit(&nadia).await;
    assert_eq!(audit[1..], ["recovery_asked", "password_replaced", "signed_in"]);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_06_cod_20_pol_01_exactly_the_four_rules(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.gives_address(&nadia.email).await.gives_code(&code(&post, 1).await).await;
    assert_eq!(
        phone.page().texts(".rules li"),
        [
            "Entre 8 et 32 caractères.",
            "Au moins un chiffre.",
            "Au moins une lettre.",
            "Ni votre nom ni votre identifiant."
        ]
    );
    let long = format!("{}7b", "grenou".repeat(5));
    for (password, is_fine) in [("grenu7b", false), (&*format!("{long}x"), false), (&*long, true)] {
        phone.gives_password(password).await;
        assert_eq!(phone.page().data_page() == "recovery-done", is_fine, "{password}: {}", phone.page().alert());
    }
    phone.gives_address(&nadia.email).await;
    world.waits(3 * MINUTE);
    phone.presses("Renvoyer un code").await.gives_code(&code(&post, 3).await).await;
    phone.gives_password(FINE).await;
    assert_eq!(phone.page().data_page(), "recovery-done", "eight are enough: {}", phone.page().alert());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_08_cod_18_giving_up_and_asking_again_void_the_code(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.gives_address(&nadia.email).await;
    let first = code(&post, 1).await;
    phone.answers("cancel", &[]).await;
    assert_eq!(phone.page().data_page(), "sign-in");
    phone.opens(HERE).await;
    assert_eq!(phone.step().as_deref(), Some("Étape 1 sur 3 : votre adresse e-mail"));
    world.waits(3 * MINUTE);
    phone.gives_address(&nadia.email).await;
    let second = code(&post, 2).await;
    phone.gives_code(&first).await;
    assert!(phone.page().alert().contains("Ce code ne convient pas. Il reste 4 essais."), "{}", phone.page().alert());
    let mut other = world.desk();
    world.waits(3 * MINUTE);
    other.gives_address(&nadia.email).await;
    code(&post, 3).await;
    phone.gives_code(&second).await;
    assert!(
        phone.page().alert().contains("Il reste 3 essais."),
        "only the last one is valid: {}",
        phone.page().alert()
    );
    assert_eq!(world.audit(&nadia).await.last().map(String::as_str), Some("recovery_asked"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_09_pol_07_the_policy_is_read_beside_the_flow(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.gives_address(&nadia.email).await.gives_code(&code(&post, 1).await).await;
    let link = "a[target='_blank'][href='/p/espace/mots-de-passe']";
    assert!(phone.page().texts(link).concat().ends_with("(nouvel onglet)"));
    let mut tab = phone.tab();
    tab.opens("/p/espace/mots-de-passe").await;
    assert_eq!(tab.page().data_page(), "password-policy");
    assert_eq!(tab.page().texts(".reading h2")[0], "Parent");
    assert!(tab.page().text().contains("Entre 8 et 32 caractères."), "{}", tab.page().text());
    tab.opens("/p/espace/mots-de-passe?lang=en").await;
    assert!(tab.page().text().contains("8 to 32 characters."), "{}", tab.page().text());
    phone.gives_password(FINE).await;
    assert_eq!(phone.page().data_page(), "recovery-done", "the flow is where it was");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_10_the_secretariat_is_named_where_it_fails(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, _post) = world(engine).await;
    let mut phone = world.phone();
    phone.gives_address("personne@example.org").await.gives_code("AAAA-AAAA").await;
    assert!(phone.page().has(".problems"));
    assert!(phone.page().link("Contacter l’établissement").is_some(), "the help form, on every page");
    phone.follows("Contacter l’établissement").await;
    assert_eq!(phone.page().data_page(), "help-form");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_11_known_or_not_the_steps_and_the_work_are_the_same(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let (leon, ilyes) = (world.parent("Léon Bézard").await, world.pupil("Ilyès Roux").await);
    world.suspends(&leon).await;
    let mut seen = Vec::new();
    for address in [&*nadia.email, "inconnue@example.org", &leon.email, &ilyes.email] {
        let mut stranger = world.browser();
        let (hashes, rows) = (world.app().hasher.count(), world.rows().await);
        stranger.gives_address(address).await;
        let first = stranger.page().text().replace(address, "…");
        // What the courier then does is no part of what a stranger could measure.
        let seen_by_courier = ["throttle", "audit"];
        let after = world.rows().await;
        let more: Vec<(String, i64)> = after
            .iter()
            .map(|(table, count)| (table.clone(), count - rows.get(table).copied().unwrap_or(0)))
            .filter(|(table, more)| *more != 0 && !seen_by_courier.contains(&table.as_str()))
            .collect();
        assert_eq!(more, [("outbox".to_owned(), 1), ("security_code".to_owned(), 1)], "{address}");
        stranger.gives_code("AAAA-AAAA").await;
        assert_eq!(world.app().hasher.count(), hashes);
        seen.push((first, stranger.page().alert(), stranger.page().text().replace(address, "…")));
    }
    seen.dedup();
    assert_eq!(seen.len(), 1, "{seen:#?}");
    assert_eq!(post.awaits(1).await.len(), 1, "and one mail");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_12_who_shares_an_address_says_who_they_are(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let (etienne, mireille) = (world.parent("Étienne Moreau").await, world.parent("Mireille Moreau").await);
    shares(&world, &etienne, &mireille).await;
    let mut phone = world.phone();
    phone.gives_address(&etienne.email).await;
    let mail = post.awaits(1).await.pop().expect("a mail");
    assert!(mail.words().contains(&etienne.identifier) && mail.words().contains(&mireille.identifier));
    phone.gives_code(&code_in(&mail)).await;
    let mut people = phone.page().texts("label.tick");
    people.sort_unstable();
    assert_eq!(people, ["Mireille (Parent)", "Étienne (Parent)"]);
    let outsider = world.parent("Ana Autre").await;
    phone.answers("who", &[("account", outsider.account_id.as_str())]).await;
    assert!(phone.page().has("input[name='account']"), "nobody else's account");
    phone.answers("who", &[("account", mireille.account_id.as_str())]).await;
    assert_eq!(phone.page().texts("dd.exact"), [mireille.identifier.as_str()]);
    phone.gives_password(FINE).await;
    assert_eq!(phone.page().data_page(), "recovery-done");
    assert_eq!(world.audit(&mireille).await.last().map(String::as_str), Some("password_replaced"));
    assert!(!world.audit(&etienne).await.contains(&"password_replaced".to_owned()));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_13_cod_14_the_code_is_forgiven_its_looks_and_void_after_five_tries(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.gives_address(&nadia.email).await;
    let right = code(&post, 1).await;
    for left in [4, 3, 2] {
        phone.gives_code("AAAA-AAAA").await;
        assert!(phone.page().alert().contains(&format!("Il reste {left} essais.")), "{}", phone.page().alert());
    }
    let spelt = right.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
    phone.gives_code(&format!("  {spelt} ")).await;
    assert_eq!(phone.step().as_deref(), Some("Étape 3 sur 3 : votre nouveau mot de passe"));
    phone.answers("cancel", &[]).await;
    world.waits(3 * MINUTE);
    phone.gives_address(&nadia.email).await;
    let right = code(&post, 2).await;
    for _ in 0..5 {
        phone.gives_code("AAAA-AAAA").await;
    }
    assert!(phone.page().alert().contains("Trop d’essais : ce code ne sert plus."), "{}", phone.page().alert());
    assert_eq!(phone.step().as_deref(), Some("Étape 1 sur 3 : votre adresse e-mail"));
    phone.posts(HERE, None, &[("answer", "code"), ("code", &right)]).await;
    phone.opens(HERE).await;
    assert_eq!(phone.step().as_deref(), Some("Étape 1 sur 3 : votre adresse e-mail"));
    assert!(world.dump().await.contains("security_code_voided"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_14_fifty_guesses_at_once_are_five(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.gives_address(&nadia.email).await;
    code(&post, 1).await;
    let mut guesses = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let mut tab = phone.tab();
        guesses.spawn(async move {
            tab.gives_code("AAAA-AAAA").await;
        });
    }
    guesses.join_all().await;
    let portal = preau::domain::PortalName::new("espace");
    let row = security_codes::find_of_browser(world.db(), &phone.digest(), &portal).await.unwrap();
    assert!(row.is_none(), "it is over");
    assert!(world.dump().await.matches("security_code_voided").count() <= 2, "once in the trail");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_15_an_old_code_is_sent_anew_in_one_click(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.gives_address(&nadia.email).await;
    let old = code(&post, 1).await;
    let mut tab = phone.tab();
    world.waits(16 * MINUTE);
    tab.gives_code(&old).await;
    assert!(tab.page().alert().contains("n’est plus valable"), "{}", tab.page().alert());
    phone.opens(HERE).await;
    assert!(phone.page().text().contains("Le code n’est plus valable."), "{}", phone.page().text());
    assert_eq!(phone.page().texts(".stages .done .exact"), [nadia.email.as_str()], "the address is kept");
    phone.presses("Renvoyer un code").await;
    phone.gives_code(&code(&post, 2).await).await;
    assert_eq!(phone.step().as_deref(), Some("Étape 3 sur 3 : votre nouveau mot de passe"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_16_cod_17_a_closed_window_goes_on_on_this_device_alone(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.gives_address(&nadia.email).await;
    let right = code(&post, 1).await;
    let mut desk = world.desk();
    desk.opens(HERE).await;
    assert_eq!(desk.step().as_deref(), Some("Étape 1 sur 3 : votre adresse e-mail"));
    desk.posts(HERE, None, &[("answer", "code"), ("code", &right)]).await;
    desk.opens(HERE).await;
    assert_eq!(desk.step().as_deref(), Some("Étape 1 sur 3 : votre adresse e-mail"), "the code is of no use here");
    let mut again = phone.tab();
    again.opens("/p/espace/connexion").await.opens(HERE).await;
    assert_eq!(again.step().as_deref(), Some("Étape 2 sur 3 : votre code de sécurité"));
    again.gives_code(&right).await;
    assert_eq!(again.step().as_deref(), Some("Étape 3 sur 3 : votre nouveau mot de passe"));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_19_cod_21_a_refused_password_keeps_the_proof(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.gives_address(&nadia.email).await.gives_code(&code(&post, 1).await).await;
    for (password, why) in [
        ("12345678", "Au moins une lettre."),
        ("abcdefgh", "Au moins un chiffre."),
        ("NADIAROUX1", "Ni votre nom ni votre identifiant."),
        ("azerty123", "Pas un mot de passe trop courant"),
    ] {
        phone.gives_password(password).await;
        assert!(phone.page().alert().contains(why), "{password}: {}", phone.page().alert());
        assert_eq!(phone.page().attributes("[aria-invalid]", "name"), ["new_password"]);
    }
    phone.answers("password", &[("new_password", FINE), ("confirmation", "grenou7c")]).await;
    assert_eq!(phone.page().attributes("[aria-invalid]", "name"), ["confirmation"]);
    phone.gives_password(FINE).await;
    assert_eq!(phone.page().data_page(), "recovery-done");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_22_signs_of_every_kind_are_counted_as_they_are_read(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.gives_address(&nadia.email).await.gives_code(&code(&post, 1).await).await;
    phone.gives_password("e\u{301}toile 4 🌙 pâte").await;
    assert_eq!(phone.page().data_page(), "recovery-done", "{}", phone.page().alert());
    world.desk().opens("/connexion").await;
    let mut desk = world.desk();
    desk.tries(&nadia.identifier, "étoile 4 🌙 pa\u{302}te").await;
    assert_eq!(desk.page().data_page(), "home", "typed on another system");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_23_without_the_code_there_is_no_third_step(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.gives_address(&nadia.email).await;
    code(&post, 1).await;
    let token = phone.page().attribute("input[name='form_token']", "value").expect("a token");
    let forged =
        [("form_token", token.as_str()), ("answer", "password"), ("new_password", FINE), ("confirmation", FINE)];
    let own = world.origin();
    phone.posts(HERE, Some(own.as_str().trim_end_matches('/')), &forged).await;
    assert_eq!(phone.page().data_page(), "recovery-not-proven");
    phone.opens("/connexion").await.tries(&nadia.identifier, FINE).await;
    assert_eq!(phone.page().data_page(), "sign-in");
    phone.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "home", "nothing has changed");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_24_pol_04_by_keyboard_on_a_telephone_with_and_without_scripts(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] scripts: bool,
) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let phone = Window::opens(Screen::phone().scripts(scripts)).await;
    phone.opens_at(&world, HERE).await;
    assert_eq!(phone.focus().await.unwrap().label, "Adresse e-mail", "the page begins there");
    phone.types(&nadia.email).await;
    phone.presses(Key::Enter).await;
    phone.sees("#code:not([disabled])").await;
    assert_eq!(phone.focus().await.unwrap().label, "Code de sécurité reçu par e-mail");
    phone.sees(".notice[role='status']").await;
    phone.types(&code(&post, 1).await).await;
    phone.presses(Key::Enter).await;
    phone.sees("#new_password:not([disabled])").await;
    assert_eq!(phone.focus().await.unwrap().label, "Mot de passe");
    phone.types("grenouille").await;
    if scripts {
        let marks = "return [...document.querySelectorAll('.rules b')].map(it => it.textContent)";
        assert_eq!(phone.evaluates::<Vec<String>>(marks, vec![]).await, ["fait", "à faire", "fait", "fait"]);
        phone.types("7").await;
        assert_eq!(phone.evaluates::<Vec<String>>(marks, vec![]).await, ["fait"; 4]);
        phone.sees("[data-rules-said]:not(:empty)").await;
    } else {
        phone.types("7").await;
    }
    phone.tabs_to("confirmation").await;
    phone.types("grenouille7").await;
    phone.presses(Key::Enter).await;
    phone.is_on("recovery-done").await;
    phone.closes(&["localhost"]).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn mel_02_mel_03_mel_09_the_mail_says_what_it_is_without_being_opened(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, post) = world(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.gives_address(&nadia.email).await;
    let mail = post.awaits(1).await.pop().expect("a mail");
    let subject = mail.header("Subject");
    assert!(subject.starts_with(&code_in(&mail)) && code_in(&mail).contains('-'), "in groups: {subject}");
    let words = mail.words();
    for said in [
        "ont été demandés le",
        "depuis Firefox",
        "Vous n’avez rien demandé ? Ne donnez ce code à personne",
        "prévenez l’établissement",
        "merci de ne pas y répondre",
        "02 00 00 00 00",
    ] {
        assert!(words.replace(['\u{a0}', '\u{202f}'], " ").contains(said), "{said}: {words}");
    }
    assert!(!words.contains(&nadia.email), "not the whole address: {words}");
}
