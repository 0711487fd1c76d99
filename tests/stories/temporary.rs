//! Temporary passwords: one sign-in, replaced before anything else.

use std::time::Duration;

use preau::{
    crypto::Class,
    domain::{Network, PortalName, Profile},
    journeys::temporary::{self, NotGiven},
};
use rstest::rstest;

use crate::{
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    people::Someone,
    post::Post,
    world::World,
};

impl World {
    /// Somebody is given a temporary password; they hold it instead of their own.
    pub async fn gives_temporary(&self, someone: &Someone) -> Result<Someone, NotGiven> {
        let portal = self.app().config.policy.portals.find(&PortalName::new("default")).unwrap().clone();
        let class = Class::Person(Network::of([127, 0, 0, 1].into()));
        let (by, now) = (self.operator(), self.clock.now());
        let given = temporary::give(self.app(), &by, (&portal, class), &someone.account_id, now).await.unwrap()?;
        assert_eq!(given.identifier.as_str(), someone.identifier);
        assert!(!format!("{given:?}").contains(given.password.reveal()), "it has no voice");
        Ok(Someone { password: given.password.reveal().to_owned(), ..someone.clone() })
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn qst_05_qst_10_a_temporary_password_opens_one_session_which_replaces_it_first(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let url = post.url.clone();
    let world = World::with(engine, |settings| settings.mail.smtp = url).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut tablet = world.desk();
    tablet.signs_in(&nadia).await;
    let temporary = world.gives_temporary(&nadia).await.unwrap();
    let agenda = world.service("agenda").await;
    let mut phone = world.phone();
    phone.opens(agenda.sign_in(&[])).await;
    let pasted = format!("{}\r\n ", temporary.password.to_uppercase());
    phone.submits([("identifier", temporary.identifier.as_str()), ("password", pasted.as_str())]).await;
    assert_eq!(phone.page().data_page(), "replace-password", "{}", phone.page().text());
    for path in ["/", "/connexion"] {
        let mut tab = phone.tab();
        tab.opens(path).await;
        assert_eq!(tab.page().data_page(), "replace-password", "{path}");
    }
    let mut tab = phone.tab();
    tab.opens(agenda.sign_in(&[("prompt", "none")])).await;
    assert!(tab.place().as_str().contains("error=interaction_required"), "{}", tab.place());
    for (password, confirmation, told) in [
        ("", "", "Choisissez un mot de passe"),
        ("court", "court", "16 chiffres"),
        (CHOSEN, "autre", "différents"),
        (&temporary.password, &temporary.password, "Pas le mot de passe temporaire"),
    ] {
        phone.submits([("new_password", password), ("confirmation", confirmation)]).await;
        let shown = (phone.page().data_page(), phone.page().field("new_password"));
        assert_eq!(shown, ("replace-password".into(), String::new()));
        assert!(phone.page().alert().contains(told), "{told}: {}", phone.page().text());
    }
    phone.submits([("new_password", CHOSEN), ("confirmation", CHOSEN)]).await;
    assert!(phone.place().as_str().starts_with(&agenda.redirect_uri), "{} {}", phone.place(), phone.page().text());
    tablet.opens("/").await;
    assert_eq!(tablet.page().data_page(), "sign-in", "the other session has ended");
    let mail = post.awaits(1).await.remove(0);
    assert!(mail.words().contains("depuis Firefox, Android"), "{}", mail.words());
    let mut desk = world.desk();
    desk.signs_in(&temporary).await;
    assert!(desk.page().alert().contains("a déjà servi ou n’est plus valable"), "{}", desk.page().text());
    desk.signs_in(&nadia).await;
    assert!(desk.page().alert().contains("incorrect"), "{}", desk.page().alert());
    desk.tries(&nadia.identifier, CHOSEN).await;
    assert_eq!(desk.page().data_page(), "home");
    let told = world.audit(&nadia).await;
    let expected =
        ["temporary_given", "temporary_used", "signed_in", "password_replaced", "temporary_over", "signed_in"];
    assert_eq!(told[2..], expected, "{told:?}");
    let dump = world.dump().await;
    assert!(!dump.contains(&temporary.password) && !dump.contains(&temporary.password.replace('-', "")));
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn qst_09_the_own_password_is_good_until_the_temporary_one_is_used_and_voids_it(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let temporary = world.gives_temporary(&nadia).await.unwrap();
    let hashes = || world.app().hasher.count();
    let mut phone = world.phone();
    phone.opens("/connexion").await;
    let before = hashes();
    phone.tries(&nadia.identifier, "ni l’un ni l’autre").await;
    assert_eq!((phone.page().data_page().as_str(), hashes()), ("sign-in", before + 1), "one hash whatever is pending");
    phone.signs_in(&nadia).await;
    assert_eq!((phone.page().data_page().as_str(), hashes()), ("home", before + 2));
    let mut desk = world.desk();
    desk.signs_in(&temporary).await;
    assert_eq!(desk.page().data_page(), "sign-in", "it is void");
    assert!(desk.page().alert().contains("incorrect"), "{}", desk.page().alert());
    // Another one, used and left unreplaced: the own password opens nothing any more.
    let another = world.gives_temporary(&nadia).await.unwrap();
    desk.signs_in(&another).await;
    assert_eq!(desk.page().data_page(), "replace-password");
    let mut tablet = world.desk();
    tablet.signs_in(&nadia).await;
    assert_eq!(tablet.page().data_page(), "sign-in");
    tablet.signs_in(&another).await;
    assert!(tablet.page().alert().contains("a déjà servi"), "{}", tablet.page().alert());
    // The session that was there before goes on until another password is chosen.
    phone.opens("/").await;
    assert_eq!(phone.page().data_page(), "home");
    desk.submits([("new_password", CHOSEN), ("confirmation", CHOSEN)]).await;
    assert_eq!(desk.page().data_page(), "home");
    phone.opens("/").await;
    assert_eq!(phone.page().data_page(), "sign-in");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn qst_10_a_temporary_password_lives_a_day_and_is_for_operational_accounts(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let world = World::on(engine).await;
    let nadia = world.parent("Nadia Roux").await;
    let first = world.gives_temporary(&nadia).await.unwrap();
    let second = world.gives_temporary(&nadia).await.unwrap();
    let mut phone = world.phone();
    phone.signs_in(&first).await;
    assert!(phone.page().alert().contains("incorrect"), "a newer one takes its place");
    world.waits(Duration::from_hours(24));
    phone.signs_in(&second).await;
    assert!(phone.page().alert().contains("a déjà servi ou n’est plus valable"), "{}", phone.page().alert());
    phone.signs_in(&nadia).await;
    assert_eq!(phone.page().data_page(), "home");
    let ilyes = world.holds_letter("Ilyès Roux", &[(Profile::Pupil, None)]).await;
    assert_eq!(world.gives_temporary(&ilyes).await.unwrap_err(), NotGiven::NotActivated);
    world.suspends(&nadia).await;
    assert_eq!(world.gives_temporary(&nadia).await.unwrap_err(), NotGiven::Closed);
}
