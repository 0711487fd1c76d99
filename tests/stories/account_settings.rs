//! What has a page of its own in one's account: the address for notifications, the secret question.

use preau::{
    config::{PortalRecoverySettings, PortalSettings, Settings},
    domain::Question,
    policy::RecoveryWay,
    store::{notifications, secret_questions},
};
use rstest::rstest;

use crate::{
    engine::{Engine, Postgres, Sqlite},
    post::Post,
    world::World,
};

/// A portal whose parents have a secret question.
pub fn with_question(settings: &mut Settings) {
    let recovery = PortalRecoverySettings { parent: Some(RecoveryWay::Question), ..PortalRecoverySettings::default() };
    let portal = PortalSettings { recovery, ..PortalSettings::default() };
    settings.portals.insert("default".into(), portal);
}

fn by(post: &Post) -> impl FnOnce(&mut Settings) {
    let url = post.url.clone();
    move |settings| {
        settings.mail.smtp = url;
        with_question(settings);
    }
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn acc_11_qst_13_qst_14_the_secret_question_is_chosen_with_the_current_password(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let world = World::with(engine, by(&post)).await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens_account(&nadia).await;
    assert!(phone.page().text().contains("Question secrète aucune"), "{}", phone.page().text());
    phone.follows("Modifier : Question secrète").await;
    assert_eq!(phone.page().data_page(), "account-question");
    let before = (world.dump().await, world.app().hasher.count());
    for (current, question, answer, told) in [
        ("", "hero", "Fantômette", "Écrivez votre mot de passe actuel."),
        (nadia.password.as_str(), "", "Fantômette", "Choisissez une question dans la liste."),
        (&nadia.password, "birthplace", "Fantômette", "Choisissez une question dans la liste."),
        (&nadia.password, "hero", "", "Écrivez votre réponse."),
        (&nadia.password, "hero", "Zo", "au moins trois lettres"),
        (&nadia.password, "hero", "personnage fictif", "ni dans la question"),
        (&nadia.password, "hero", "ROUX", "ni dans le nom"),
        (&nadia.password, "hero", &nadia.email, "ni dans le nom"),
        (&nadia.password, "hero", &nadia.identifier, "ni dans le nom"),
    ] {
        phone.submits([("current_password", current), ("question", question), ("answer", answer)]).await;
        assert!(phone.page().alert().contains(told), "{answer}: {}", phone.page().alert());
        assert_eq!(phone.page().field("answer"), "", "an answer is not written back");
    }
    assert_eq!((world.dump().await, world.app().hasher.count()), before, "no row, no hash");
    let typed = [("question", "hero"), ("answer", "Fantômette")];
    phone.submits([("current_password", "pas le mien")].into_iter().chain(typed)).await;
    assert!(phone.page().alert().contains("Ce mot de passe ne convient pas."), "{}", phone.page().alert());
    phone.submits([("current_password", nadia.password.as_str())].into_iter().chain(typed)).await;
    assert!(phone.page().notice().contains("La question secrète est enregistrée."), "{}", phone.page().text());
    let kept = secret_questions::find(world.db(), &nadia.account_id).await.unwrap().expect("a question");
    assert_eq!(kept.question, Question::Hero);
    let mail = post.awaits(1).await.remove(0);
    assert_eq!(mail.to.concat(), nadia.email);
    assert!(mail.text().contains("nouvelle question secrète"), "{}", mail.text());
    assert!(world.audit(&nadia).await.contains(&"secret_question_set".to_owned()));
    let dump = world.dump().await.to_lowercase();
    assert!(!dump.contains("fantômette") && !dump.contains("fantomette"), "only its hash is kept");
    phone.follows("Retour au profil").await;
    assert!(phone.page().text().contains("personnage fictif"), "{}", phone.page().text());
    let ilyes = world.pupil("Ilyès Roux").await;
    let mut desk = world.desk();
    desk.opens_account(&ilyes).await.opens("/compte/question").await;
    assert_eq!(desk.page().data_page(), "account", "pupils have none here");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cha_08_acc_03_the_address_for_notifications_is_changed_later_with_the_password(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let post = Post::opens().await;
    let url = post.url.clone();
    let world = World::with(engine, |settings| {
        settings.mail.smtp = url;
        let portal = PortalSettings { notification_email: Some(true), ..PortalSettings::default() };
        settings.portals.insert("default".into(), portal);
    })
    .await;
    let nadia = world.parent("Nadia Roux").await;
    let mut phone = world.phone();
    phone.opens("/compte").await.signs_in(&nadia).await.presses("Non merci").await;
    phone.opens("/compte").await;
    assert!(phone.page().text().contains("Adresse des notifications aucune"), "{}", phone.page().text());
    phone.follows("Modifier : Adresse des notifications").await;
    let before = world.dump().await;
    phone.submits([("email", "nadia@maison.example")]).await;
    assert!(phone.page().alert().contains("Écrivez votre mot de passe actuel."), "{}", phone.page().alert());
    phone.submits([("current_password", nadia.password.as_str()), ("email", "nadia@")]).await;
    assert!(phone.page().has("#email-problem") && phone.page().field("email") == "nadia@");
    assert_eq!(world.dump().await, before, "nothing changed");
    phone.submits([("current_password", nadia.password.as_str()), ("email", "nadia@maison.example")]).await;
    assert!(phone.page().notice().contains("son lien la confirme"), "{}", phone.page().text());
    let mails = post.awaits(2).await;
    let to = |address: &str| mails.iter().find(|mail| mail.to.concat() == address).expect("a mail");
    assert!(to(&nadia.email).text().contains("notifications a été changée"), "the account's own address is told");
    world.phone().opens(to("nadia@maison.example").link()).await.presses("Confirmer cette adresse").await;
    let kept = notifications::find(world.db(), &nadia.account_id).await.unwrap().expect("an answer");
    assert_eq!(kept.email.map(|email| email.to_string()), Some("nadia@maison.example".to_owned()));
    phone.opens("/compte/notifications").await;
    let token = phone.page().field("form_token");
    let fields = [("form_token", token.as_str()), ("current_password", nadia.password.as_str()), ("answer", "decline")];
    phone.posts("/compte/notifications", None, &fields).await;
    assert!(phone.page().notice().contains("est enregistrée"), "{}", phone.page().text());
    let kept = notifications::find(world.db(), &nadia.account_id).await.unwrap().expect("an answer");
    assert_eq!((kept.email, kept.awaiting), (None, None));
}
