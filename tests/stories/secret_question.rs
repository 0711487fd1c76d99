//! A new password by the secret question, with the mailbox as the second proof.

use std::time::Duration;

use preau::{
    crypto::Class,
    domain::{Answer, Network, Question},
    store::secret_questions,
};
use rstest::rstest;

use crate::{
    browser::Browser,
    by_email::{DOOR, parents_by},
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    people::Someone,
    post::Post,
    world::World,
};

const HERE: &str = "/p/parents/mot-de-passe-oublie/question";

impl World {
    /// Somebody has chosen a question and an answer.
    pub async fn answers_once(&self, someone: &Someone, question: Question, answer: &str) {
        let plain = Answer::read(answer).and_then(|answer| answer.plain()).expect("an answer");
        let class = Class::Person(Network::of([127, 0, 0, 1].into()));
        let hash = self.app().hasher.hash(class, &plain).expect("room").await.expect("a hash");
        let mut tx = self.db().begin().await.unwrap();
        secret_questions::put(&mut tx, &someone.account_id, (question, &hash), self.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }
}

impl Browser {
    /// Asks for the secret question of whoever is meant.
    pub async fn asks_for_question(&mut self, typed: &str) -> &mut Self {
        self.opens(HERE).await.submits([("identifier", typed)]).await
    }

    /// Gives an answer to it.
    pub async fn gives_answer(&mut self, answer: &str) -> &mut Self {
        self.submits([("answer", answer)]).await
    }

    fn question(&self) -> String {
        self.page().texts("#question").concat()
    }
}

/// Nadia Roux, a parent who has chosen a question, and where her mail arrives.
async fn nadia(engine: Engine, question: Question, answer: &str) -> (Post, World, Someone) {
    let post = Post::opens().await;
    let world = World::with(engine, parents_by(&post)).await;
    let nadia = world.parent("Nadia Roux").await;
    world.answers_once(&nadia, question, answer).await;
    (post, world, nadia)
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn qst_01_qst_02_qst_03_the_answer_brings_a_temporary_password_by_mail(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (post, world, nadia) = nadia(engine, Question::Hero, "Fantômette").await;
    let mut phone = world.phone();
    phone.opens(DOOR).await.follows("Réinitialiser mon mot de passe").await;
    assert_eq!(phone.page().texts("h1"), ["Renvoi d’un nouveau mot de passe via la question secrète"]);
    assert!(phone.page().text().contains("Retrouver ma question secrète"), "{}", phone.page().text());
    phone.submits([("identifier", "")]).await;
    assert!(phone.page().has("#identifier[aria-invalid]"), "{}", phone.page().text());
    phone.submits([("identifier", nadia.email.as_str())]).await;
    assert_eq!(phone.question(), "Quel est le nom de votre personnage fictif préféré ?");
    for way in ["Recevoir plutôt un lien par courrier électronique", "Retourner au portail", "Contacter l’école"] {
        assert!(phone.page().link(way).is_some(), "{way}: {}", phone.page().text());
    }
    phone.gives_answer("").await;
    assert!(phone.page().alert().contains("Écrivez votre réponse."), "{}", phone.page().alert());
    phone.gives_answer("Fantômette").await;
    assert_eq!(phone.page().data_page(), "by-question-sent");
    let mail = post.awaits(1).await.remove(0);
    assert_eq!(mail.to.concat(), nadia.email);
    let secret = mail.temporary_password();
    assert!(!phone.page().body.contains(&secret) && !world.dump().await.contains(&secret), "the mail alone has it");
    assert!(!world.dump().await.to_lowercase().contains("fantomette"), "and the answer is nowhere");
    phone.opens(DOOR).await.submits([("identifier", nadia.email.as_str()), ("password", secret.as_str())]).await;
    assert_eq!(phone.page().data_page(), "replace-password", "{}", phone.page().text());
    phone.submits([("new_password", CHOSEN), ("confirmation", CHOSEN)]).await;
    phone.opens("/p/parents/").await;
    assert_eq!(phone.page().data_page(), "home");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn qst_04_mel_07_the_mail_is_built_in_the_order_of_the_reference(#[values(Sqlite, Postgres)] engine: Engine) {
    let (post, world, nadia) = nadia(engine, Question::Toy, "Mimi").await;
    world.phone().asks_for_question(&nadia.email).await.gives_answer("mimi").await;
    let mail = post.awaits(1).await.remove(0);
    let (text, secret) = (mail.text(), mail.temporary_password());
    let order = [
        "Merci de ne pas répondre à ce message.",
        "Bonjour Nadia,",
        "réinitialiser le mot de passe",
        secret.as_str(),
        "exactement tel qu’il apparaît",
        "/p/parents/connexion",
        "« Gestion de mon compte »",
        "« Changer mon mot de passe »",
        "L’école de votre enfant y répondra.",
        "Merci et bonne navigation.",
        "L’équipe du portail",
    ];
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut from = 0;
    for told in order {
        let place = text[from..].find(told).unwrap_or_else(|| panic!("{told} is not where it should be: {text}"));
        from += place;
    }
    let lines = mail.text();
    assert!(lines.lines().any(|line| line == secret), "alone on its line: {lines}");
    assert!(mail.html().contains("class=\"exact\""), "and set as code in HTML: {}", mail.html());
    let mut phone = world.phone();
    phone
        .opens("/p/parents/compte")
        .await
        .submits([("identifier", nadia.email.as_str()), ("password", &nadia.password)])
        .await;
    phone.opens("/p/parents/").await.follows("Gestion de mon compte").await;
    assert!(phone.page().text().contains("Changer mon mot de passe"), "as the mail says: {}", phone.page().text());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn qst_06_unknown_shared_and_without_a_question_look_and_cost_alike(#[values(Sqlite, Postgres)] engine: Engine) {
    let post = Post::opens().await;
    let world = World::with(engine, parents_by(&post)).await;
    let (nadia, karim) = (world.parent("Nadia Roux").await, world.parent("Karim Roux").await);
    let (lina, sami) = (world.parent("Lina Haddad").await, world.parent("Sami Haddad").await);
    let teacher = world.teacher("Paul Prof").await;
    world.answers_once(&nadia, Question::Hero, "Fantômette").await;
    for parent in [&lina, &sami] {
        world.readdresses(parent, "haddad@courriel.example").await;
        world.answers_once(parent, Question::Toy, "Mimi").await;
    }
    world.answers_once(&teacher, Question::Toy, "Mimi").await;
    world.phone().asks_for_question("x@courriel.example").await.gives_answer("rien").await;
    let mut costs = Vec::new();
    for typed in [
        nadia.email.as_str(),
        &karim.email,
        "haddad@courriel.example",
        &teacher.email,
        "personne@courriel.example",
        "sans-arobase",
    ] {
        let (mut phone, hashes, before) = (world.phone(), world.app().hasher.count(), world.rows().await);
        phone.asks_for_question(typed).await;
        let question = phone.question();
        assert!(!question.is_empty(), "{typed}");
        assert_eq!(world.phone().asks_for_question(typed).await.question(), question, "the same one next time");
        phone.gives_answer("Mimi").await;
        assert!(phone.page().alert().contains("Cette réponse ne convient pas."), "{typed}: {}", phone.page().alert());
        let after = world.rows().await;
        let new: Vec<_> = after.iter().filter(|(table, count)| before.get(*table) != Some(count)).collect();
        costs.push((world.app().hasher.count() - hashes, new.len()));
    }
    assert!(costs.iter().all(|cost| *cost == costs[0]) && costs[0].0 == 1, "one hash whoever is meant: {costs:?}");
    assert!(post.arrived().is_empty());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn qst_07_an_answer_is_compared_without_case_accents_and_blanks(#[values(Sqlite, Postgres)] engine: Engine) {
    let (post, world, nadia) = nadia(engine, Question::Book, "L’Œuvre au noir").await;
    world.phone().asks_for_question(&nadia.identifier).await.gives_answer("  l'oeuvre   AU NOIR. ").await;
    assert_eq!(post.awaits(1).await.len(), 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn qst_08_three_wrong_answers_pause_the_question_and_its_holder_is_told(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (post, world, nadia) = nadia(engine, Question::Hero, "Fantômette").await;
    for typed in [nadia.email.as_str(), "personne@courriel.example"] {
        for nth in 1..=3 {
            // Each guess from another network.
            let mut robot = world.browser();
            robot.headers.insert("x-forwarded-for", format!("198.51.{nth}.7").parse().unwrap());
            robot.asks_for_question(typed).await.gives_answer("Astérix").await;
            let told = if nth < 3 { "ne convient pas" } else { "Trop d’essais" };
            assert!(robot.page().alert().contains(told), "{typed} {nth}: {}", robot.page().alert());
        }
        let mut phone = world.phone();
        phone.asks_for_question(typed).await.gives_answer("Fantômette").await;
        assert!(phone.page().alert().contains("Trop d’essais"), "the right one too: {}", phone.page().alert());
        phone.follows("Recevoir plutôt un lien par courrier électronique").await;
        assert_eq!(phone.page().data_page(), "forgotten-password", "by link there is a way");
    }
    let mail = post.awaits(1).await.remove(0);
    assert_eq!(mail.to.concat(), nadia.email);
    assert!(mail.text().contains("plusieurs mauvaises réponses"), "{}", mail.text());
    assert!(world.audit(&nadia).await.contains(&"secret_question_paused".to_owned()));
    world.waits(Duration::from_mins(61));
    world.phone().asks_for_question(&nadia.email).await.gives_answer("Fantômette").await;
    let mails = post.awaits(2).await;
    assert!(mails[1].text().contains("Mot de passe temporaire"), "{}", mails[1].text());
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn qst_12_a_question_alone_is_never_enough_and_a_portal_can_do_without(
    #[values(Sqlite, Postgres)] engine: Engine,
) {
    let (_post, world, nadia) = nadia(engine, Question::Hero, "Fantômette").await;
    let mut phone = world.phone();
    phone.asks_for_question(&nadia.email).await.gives_answer("Fantômette").await;
    phone.opens("/p/parents/compte").await;
    assert_eq!(phone.page().data_page(), "sign-in", "the answer opens nothing");
    let own = [("identifier", nadia.email.as_str()), ("password", nadia.password.as_str())];
    let mut desk = world.desk();
    desk.opens(DOOR).await.submits(own).await;
    assert_eq!(desk.page().data_page(), "home", "and the own password stays good");
    desk.opens("/mot-de-passe-oublie/question").await;
    assert_eq!(desk.page().data_page(), "forgotten-password", "the other portal has links alone");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn qst_15_a_double_click_is_one_mail_and_one_password(#[values(Sqlite, Postgres)] engine: Engine) {
    let (post, world, nadia) = nadia(engine, Question::Hero, "Fantômette").await;
    let mut phone = world.phone();
    phone.asks_for_question(&nadia.email).await;
    let mut twins = vec![phone.tab(), phone.tab(), phone.tab()];
    let mut clicks = tokio::task::JoinSet::new();
    for mut twin in twins.drain(..) {
        clicks.spawn(async move {
            twin.opens(format!("{HERE}?suite=1")).await.gives_answer("Fantômette").await;
            twin.page().data_page()
        });
    }
    while let Some(page) = clicks.join_next().await {
        assert_eq!(page.unwrap(), "by-question-sent");
    }
    let mails = post.awaits(1).await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    assert_eq!((mails.len(), post.arrived().len()), (1, 1));
    let given = world.audit(&nadia).await.iter().filter(|event| *event == "temporary_given").count();
    assert_eq!(given, 1);
}
