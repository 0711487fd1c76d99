//! A parent gives a child a temporary password, where the school lets parents of that year do so.

use std::time::Duration;

use preau::{
    config::{PortalSettings, Settings},
    domain::Profile,
};
use rstest::rstest;

use crate::{
    engine::{Engine, Postgres, Sqlite},
    people::Someone,
    post::Post,
    world::World,
};

const FORGOTTEN: &str = "Mot de passe oublié : Ilyès Roux";

fn up_to(level: &str, post: &Post) -> impl FnOnce(&mut Settings) {
    let (url, level) = (post.url.clone(), level.to_owned());
    move |settings| {
        settings.mail.smtp = url;
        let portal = PortalSettings { child_passwords_up_to: Some(level), ..PortalSettings::default() };
        settings.portals.insert("default".into(), portal);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_15_a_parent_gives_a_young_child_a_temporary_password(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, up_to("4e", &post)).await;
    let (nadia, ilyes) = (world.parent("Nadia Roux").await, world.pupil("Ilyès Roux").await);
    world.puts_in_class(&ilyes, "4e B").await;
    world.gives_child(&nadia, &ilyes).await;
    let mut phone = world.phone();
    phone.opens_account(&nadia).await.follows("Enfants").await.follows(FORGOTTEN).await;
    assert_eq!(phone.page().texts("h1"), ["Un mot de passe pour Ilyès"]);
    let before = world.dump().await;
    phone.submits([("current_password", "")]).await;
    assert!(phone.page().alert().contains("Écrivez votre mot de passe actuel."), "{}", phone.page().alert());
    assert_eq!(world.dump().await, before);
    phone.submits([("current_password", "pas le mien")]).await;
    assert!(phone.page().alert().contains("Ce mot de passe ne convient pas."), "{}", phone.page().alert());
    phone.submits([("current_password", &nadia.password)]).await;
    let shown = phone.page().texts("#temporary").concat();
    assert!(phone.page().text().contains(&ilyes.identifier) && !shown.is_empty(), "{}", phone.page().text());
    assert!(!world.dump().await.contains(&shown), "it is kept nowhere");
    let mail = post.awaits(1).await.remove(0);
    assert_eq!(mail.to.concat(), ilyes.email, "the child's account is told");
    assert!(mail.text().contains("Nadia Roux") && mail.text().contains("ton compte"), "{}", mail.text());
    assert!(!mail.text().contains(&shown), "{}", mail.text());
    assert_eq!(world.audit(&ilyes).await.last().map(String::as_str), Some("temporary_given"));
    phone.follows("Retour aux enfants").await.follows(FORGOTTEN).await;
    phone.submits([("current_password", &nadia.password)]).await;
    assert!(phone.page().alert().contains("vient d’être créé"), "not two in ten minutes: {}", phone.page().alert());
    world.waits(Duration::from_mins(11));
    phone.submits([("current_password", &nadia.password)]).await;
    let newer = phone.page().texts("#temporary").concat();
    assert!(!newer.is_empty() && newer != shown, "{}", phone.page().text());
    let mut desk = world.desk();
    desk.signs_in(&Someone { password: shown, ..ilyes.clone() }).await;
    assert_eq!(desk.page().data_page(), "sign-in", "the one before is over");
    desk.signs_in(&Someone { password: newer, ..ilyes }).await;
    assert_eq!(desk.page().data_page(), "replace-password", "{}", desk.page().text());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_15_not_for_older_pupils_nor_for_other_peoples_children(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, up_to("5e", &post)).await;
    let (nadia, karim) = (world.parent("Nadia Roux").await, world.parent("Karim Haddad").await);
    let (ilyes, lina) = (world.pupil("Ilyès Roux").await, world.pupil("Lina Haddad").await);
    let newcomer = world.holds_letter("Inès Roux", &[(Profile::Pupil, None)]).await;
    world.puts_in_class(&ilyes, "4e B").await;
    for young in [&lina, &newcomer] {
        world.puts_in_class_of(young, "6e A", "6e").await;
    }
    world.gives_child(&nadia, &ilyes).await;
    world.gives_child(&nadia, &newcomer).await;
    world.gives_child(&karim, &lina).await;
    let mut phone = world.phone();
    phone.opens_account(&nadia).await.follows("Enfants").await;
    let of = |pupil: &Someone| format!("/compte/enfants/{}/mot-de-passe", pupil.person_id);
    assert_eq!(
        phone.page().link("Mot de passe oublié : Inès Roux"),
        Some(of(&newcomer)),
        "one of the two is young enough"
    );
    let token = phone.page().forms()[0].fields.iter().find(|(name, _)| name == "form_token").unwrap().1.clone();
    for (pupil, why) in [(&ilyes, "too old"), (&lina, "somebody else's")] {
        phone.opens(of(pupil)).await;
        assert_eq!(phone.page().data_page(), "account-children", "{why}");
        let fields = [("form_token", token.as_str()), ("current_password", nadia.password.as_str())];
        phone.posts(&of(pupil), None, &fields).await;
        assert_eq!(phone.page().data_page(), "account-children", "{why}");
        assert!(!world.audit(pupil).await.contains(&"temporary_given".to_owned()), "{why}");
    }
    phone.opens(of(&newcomer)).await.submits([("current_password", nadia.password.as_str())]).await;
    assert!(phone.page().alert().contains("demandez un mot de passe à l’établissement"), "{}", phone.page().alert());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_25_who_forgot_reads_that_a_parent_may_give_a_child_a_password(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, |settings| {
        up_to("CM2", &post)(settings);
        crate::recovery_steps::espace(settings);
        let with = PortalSettings { child_passwords_up_to: Some("CM2".into()), ..settings.portals["espace"].clone() };
        settings.portals.insert("avec".into(), with);
    })
    .await;
    let mut phone = world.phone();
    for (path, is_said) in [
        ("/mot-de-passe-oublie", true),
        ("/mot-de-passe-oublie?profil=pupil", true),
        ("/identifiant-oublie", false),
        ("/p/avec/recuperation", true),
        ("/p/espace/recuperation", false),
    ] {
        let text = phone.opens(path).await.page().text();
        assert_eq!(text.contains("à « Enfants »"), is_said, "{path}: {text}");
        assert_eq!(text.contains("il peut te donner"), path.contains("pupil"), "{path}: {text}");
    }
}
