//! `oidc-provider` of npm in the place of SEPNE: what we ask as a relying party is understood by a provider that nobody here
//! wrote, and what it answers is checked.

use preau::config::Settings;
use rstest::rstest;
use serde_json::json;

use crate::{
    browser::Browser,
    engine::{Engine, Postgres, Sqlite},
    post::Post,
    sepne::{PUPILS, SECRET, pupils_portal},
    stranger::Stranger,
    world::World,
};

const PAUL: &str = "paul.leblanc@sepne.example";

/// A world with the pupils’ portal, and `oidc-provider` beside it: two pupils, and somebody whom the roster does not know.
async fn with_provider(engine: Engine, change: impl FnOnce(&mut Settings)) -> (World, Stranger) {
    let mut provider = Stranger::oidc_provider();
    let listening = provider.does(json!({ "order": "listens" })).await;
    let issuer = listening["issuer"].as_str().expect("an issuer").to_owned();
    let world = World::with(engine, |settings| {
        pupils_portal(settings, &issuer);
        change(settings);
    })
    .await;
    let redirect_uri = world.origin().join("/connexion/retour/sepne").unwrap();
    let person =
        |number: &str, email: &str| json!({ "student_number": number, "email": email, "email_verified": true });
    let people = json!({
        "paul": person(PUPILS[0].2, PAUL),
        "rosalie": person(PUPILS[1].2, "rosalie.leblanc@sepne.example"),
        "autre": person("9999999999", "autre@sepne.example"),
    });
    let client = json!({ "client_id": "preau", "client_secret": SECRET, "redirect_uris": [redirect_uri] });
    provider.does(json!({ "order": "serves", "issuer": issuer, "client": client, "people": people })).await;
    (world, provider)
}

impl Browser {
    /// Goes on from page to page of the provider, until one asks for something or we have the person back.
    async fn goes_on_there(&mut self) -> &mut Self {
        for _ in 0..10 {
            if !self.page().status.is_redirection() || self.place().host_str() != Some("127.0.0.1") {
                return self;
            }
            self.goes_on().await;
        }
        panic!("round and round: {}", self.place());
    }

    /// Signs in on the provider's own page and agrees to what we ask for.
    async fn signs_in_at_the_provider(&mut self, login: &str) -> &mut Self {
        self.goes_on_there().await.submits([("login", login), ("password", "whatever")]).await;
        self.goes_on_there().await.presses("Continue").await;
        self.goes_on_there().await
    }

    async fn asks_for_a_reset(&mut self) -> &mut Self {
        self.opens("/p/portail-eleves/connexion").await;
        self.follows("Nom d’utilisateur ou mot de passe oublié ?").await;
        self.follows("Réinitialise ton mot de passe par l’intermédiaire du SEPNE").await
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_04_sep_05_a_pupil_proves_who_they_are_at_oidc_provider_and_its_session_is_enough_the_second_time(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let (world, _provider) = with_provider(engine, |settings| settings.mail.smtp = post.url.clone()).await;
    world.pupil_with_number(0).await;
    let mut phone = world.phone();
    phone.asks_for_a_reset().await.signs_in_at_the_provider("paul").await;
    assert!(phone.shows("pupil-reset"), "{}: {}", phone.place(), phone.page().text());
    phone.asks_with(PUPILS[0].2, PUPILS[0].1).await;
    assert!(phone.shows("pupil-reset-sent"), "{}", phone.page().text());
    assert_eq!(post.awaits(1).await[0].to, [PAUL], "the temporary password goes to the mailbox there");
    phone.asks_for_a_reset().await.goes_on_there().await;
    assert!(phone.shows("pupil-reset"), "nothing is asked there again: {}", phone.page().text());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_10_sep_16_who_turns_back_at_oidc_provider_or_is_somebody_else_gets_a_page(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (world, _provider) = with_provider(engine, |_| {}).await;
    let paul = world.pupil_with_number(0).await;
    let rosalie = world.pupil_with_number(1).await;
    let mut phone = world.phone();
    phone.asks_for_a_reset().await.goes_on_there().await.follows("[ Cancel ]").await;
    phone.goes_on_there().await;
    assert!(phone.shows("upstream-declined"), "{}", phone.page().text());
    phone.asks_for_a_reset().await.signs_in_at_the_provider("autre").await;
    assert!(phone.shows("upstream-unknown"), "{}", phone.page().text());
    let mut sister = world.phone();
    sister.asks_for_a_reset().await.signs_in_at_the_provider("rosalie").await.asks_with(PUPILS[0].2, PUPILS[0].1).await;
    assert!(sister.shows("pupil-reset") && !sister.page().alert().is_empty(), "{}", sister.page().text());
    let last = |trail: Vec<String>| trail.last().cloned().unwrap_or_default();
    assert_eq!(last(world.audit(&rosalie).await), "delegated_reset_identity_mismatch");
    assert_eq!(last(world.audit(&paul).await), "account_created", "Paul's password is as it was");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_05_a_pupil_signs_in_by_oidc_provider_and_lands_in_the_service(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, _provider) = with_provider(engine, |settings| {
        settings.portals.get_mut("portail-eleves").expect("a portal").upstream.pupil = Some("sepne".into());
    })
    .await;
    let paul = world.pupil_with_number(0).await;
    let agenda = world.service_with("agenda", json!({ "portal": "portail-eleves" })).await;
    let mut phone = world.phone();
    phone.opens(agenda.sign_in(&[])).await;
    phone.signs_in_at_the_provider("paul").await;
    assert!(phone.place().as_str().starts_with(&agenda.redirect_uri), "{}: {}", phone.place(), phone.page().text());
    assert_eq!(world.audit(&paul).await.last().map(String::as_str), Some("signed_in"));
}
