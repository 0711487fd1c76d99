//! Ways back as browsers carry them: on a telephone, by keyboard, with scripts and without, the mails read back from the
//! real mail server.

use fantoccini::key::Key;
use preau::domain::Standing;
use rstest::rstest;

use crate::{
    by_email::{DOOR, parents_by},
    chromium::{Screen, Window},
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    post::Post,
    sepne::{PUPILS, THERE, at_sepne, with_sepne},
    world::World,
};

const ADDRESS: &str = "adzo.test@courriel.example";

impl Window {
    /// Tabs from field to field and fills each in; lists take the first letters of a choice.
    async fn fills(&self, fields: &[(&str, &str)]) {
        for (field, text) in fields {
            self.tabs_to(field).await;
            self.types(text).await;
        }
        self.presses(Key::Enter).await;
    }

    async fn follows_by_keyboard(&self, label: &str) {
        self.tabs_to(label).await;
        self.presses(Key::Enter).await;
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_05_reg_07_qst_03_a_parent_registers_and_comes_back_by_the_secret_question(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] scripts: bool,
) {
    let post = Post::opens().await;
    let world = World::with(engine, parents_by(&post)).await;
    let adzo = world.on_roster("Adzo Testtest", ADDRESS).await;
    world.child("Koffi Testtest", "2015-01-01", &[(&adzo, Standing::Legal)]).await;
    let phone = Window::opens(Screen::phone().scripts(scripts)).await;
    phone.opens_at(&world, DOOR).await;
    phone.follows_by_keyboard("Créer mon compte").await;
    phone.is_on("registration").await;
    phone.fills(&[("email", ADDRESS)]).await;
    phone.sees("#family_name").await;
    let told = [
        ("family_name", "Testtest"),
        ("given_name", "Adzo"),
        ("birth_day", "1"),
        ("birth_month", "janv"),
        ("birth_year", "2015"),
        ("school", "Coll"),
        ("civic_number", "2445"),
    ];
    phone.fills(&told).await;
    phone.is_on("registration-sent").await;
    phone.goes_to(post.awaits(1).await[0].link()).await;
    phone.is_on("registration-password").await;
    let chosen =
        [("new_password", CHOSEN), ("confirmation", CHOSEN), ("question", "Quel est"), ("answer", "Fantômette")];
    phone.fills(&chosen).await;
    phone.is_on("registration-done").await;
    // Forgotten already.
    phone.follows_by_keyboard("Se connecter").await;
    phone.follows_by_keyboard("Réinitialiser mon mot de passe").await;
    phone.is_on("by-question").await;
    phone.fills(&[("identifier", ADDRESS)]).await;
    phone.sees("#question").await;
    phone.fills(&[("answer", "FANTOMETTE")]).await;
    phone.is_on("by-question-sent").await;
    let mails = post.awaits(2).await;
    let secret = mails[1].temporary_password();
    phone.follows_by_keyboard("Retourner au portail").await;
    phone.is_on("sign-in").await;
    phone.fills(&[("identifier", ADDRESS), ("password", &secret)]).await;
    phone.is_on("replace-password").await;
    phone.fills(&[("new_password", "sablier 42 Lanterne"), ("confirmation", "sablier 42 Lanterne")]).await;
    phone.is_on("home").await;
    phone.closes(&["localhost"]).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fpw_03_fpw_04_fid_02_identifier_and_password_come_back_by_mail(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] scripts: bool,
) {
    let post = Post::opens().await;
    let url = post.url.clone();
    let world = World::with(engine, |settings| settings.mail.smtp = url).await;
    let nadia = world.parent("Nadia Roux").await;
    let phone = Window::opens(Screen::phone().scripts(scripts)).await;
    phone.opens_at(&world, "/connexion").await;
    phone.follows_by_keyboard("Identifiant oublié ?").await;
    phone.fills(&[("email", &nadia.email)]).await;
    phone.is_on("recovery-sent").await;
    assert!(post.awaits(1).await[0].text().contains(&nadia.identifier));
    phone.follows_by_keyboard("Revenir à la connexion").await;
    phone.follows_by_keyboard("Mot de passe oublié ?").await;
    phone.fills(&[("identifier", &nadia.identifier)]).await;
    phone.is_on("recovery-sent").await;
    phone.goes_to(post.awaits(2).await[1].link()).await;
    phone.is_on("reset-password").await;
    phone.fills(&[("new_password", CHOSEN), ("confirmation", CHOSEN)]).await;
    phone.is_on("reset-done").await;
    phone.follows_by_keyboard("Se connecter").await;
    phone.signs_in_by_keyboard(&nadia.identifier, CHOSEN).await;
    phone.is_on("home").await;
    phone.closes(&["localhost"]).await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_01_sep_07_sep_09_a_pupil_goes_through_sepne_and_comes_back_with_a_password(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] scripts: bool,
) {
    let post = Post::opens().await;
    let url = post.url.clone();
    let (world, _sepne) = with_sepne(engine, |settings| settings.mail.smtp = url).await;
    let (name, identifier, number) = PUPILS[0];
    world.pupil_with_number(0).await;
    let phone = Window::opens(Screen::phone().scripts(scripts)).await;
    phone.opens_at(&world, "/p/portail-eleves/connexion").await;
    phone.follows_by_keyboard("Nom d’utilisateur ou mot de passe oublié ?").await;
    phone.is_on("pupil-forgotten").await;
    phone.follows_by_keyboard("Réinitialise ton mot de passe par l’intermédiaire du SEPNE").await;
    phone.is_on("sepne-sign-in").await;
    phone.fills(&[("address", &at_sepne(name)), ("password", THERE)]).await;
    phone.is_on("pupil-reset").await;
    phone.fills(&[("number", number), ("identifier", identifier)]).await;
    phone.is_on("pupil-reset-sent").await;
    assert!(phone.text().await.contains("10\u{a0}minutes"), "{}", phone.text().await);
    let mail = post.awaits(1).await.remove(0);
    assert_eq!(mail.to, [at_sepne(name)]);
    phone.opens_at(&world, "/p/portail-eleves/connexion").await;
    phone.fills(&[("identifier", identifier), ("password", &mail.temporary_password())]).await;
    phone.is_on("replace-password").await;
    phone.fills(&[("new_password", CHOSEN), ("confirmation", CHOSEN)]).await;
    phone.is_on("home").await;
    phone.closes(&["localhost", "127.0.0.1"]).await;
}
