//! What a stranger could measure: every form does the same work whoever is meant by what is typed into it: hashes, rows and
//! statements. The courier works after the answer and is not at home here.

use std::collections::BTreeMap;

use preau::{
    config::{PortalSettings, Settings},
    domain::{Credential, Presence, Question},
};
use rstest::rstest;

use crate::{
    browser::Browser,
    by_email::parents,
    engine::{Engine, Postgres, Sqlite},
    help,
    log::Log,
    people::Someone,
    recovery_steps::espace,
    registration::{adzo, written},
    sepne::{PUPILS, alone_with_sepne},
    world::World,
};

/// What an act cost.
#[derive(Debug, PartialEq, Eq)]
pub struct Work {
    /// Hashes begun.
    pub hashes: u64,
    rows: BTreeMap<String, i64>,
    statements: Vec<String>,
}

impl Work {
    /// What an act costs in a world that is alone.
    pub async fn of(world: &World, log: &Log, act: impl AsyncFnOnce()) -> Self {
        let (hashes, rows) = (world.app().hasher.count(), world.rows().await);
        let _ = log.taken();
        act().await;
        let statements = log.statements();
        let after = world.rows().await;
        let grown = after.into_iter().map(|(table, count)| {
            let more = count - rows.get(&table).copied().unwrap_or(0);
            (table, more)
        });
        assert!(!statements.is_empty(), "statements are seen");
        Self {
            hashes: world.app().hasher.count() - hashes,
            rows: grown.filter(|(_, more)| *more != 0).collect(),
            statements,
        }
    }

    /// Where the work parts from another's.
    fn beside(&self, other: &Self) -> String {
        let parts = self.statements.iter().zip(&other.statements).position(|(one, other)| one != other);
        let from = parts.unwrap_or(self.statements.len().min(other.statements.len()));
        let rest = |work: &Self| work.statements.iter().skip(from).take(4).cloned().collect::<Vec<_>>().join("\n  ");
        let (here, there) = (rest(self), rest(other));
        let sums = format!("{} {:?} against {} {:?}", self.hashes, self.rows, other.hashes, other.rows);
        format!("{sums}; from statement {from}:\n  {here}\nagainst\n  {there}")
    }
}

/// Everybody whom a form may mean, by what is typed: an address and an identifier each.
struct Town {
    everybody: Vec<(&'static str, String, String)>,
    adzo: Someone,
}

impl Town {
    async fn of(world: &World) -> Self {
        let nadia = world.parent("Nadia Roux").await;
        let (lina, sami) = (world.parent("Lina Haddad").await, world.parent("Sami Haddad").await);
        for parent in [&lina, &sami] {
            world.readdresses(parent, "haddad@courriel.example").await;
        }
        world.answers_once(&nadia, Question::Hero, "Fantômette").await;
        let blocked = world.parent("Léon Bézard").await;
        world.suspends(&blocked).await;
        let gone = world.parent("Ana Partie").await;
        world.makes(&gone, Presence::Archived { since: world.clock.now() }).await;
        let letter = world.parent("Rose Attend").await;
        world.rewrites(&letter, |account| account.credential = Credential::None).await;
        let adzo = adzo(world).await;
        let known = |what, someone: &Someone| (what, someone.email.clone(), someone.identifier.clone());
        let everybody = vec![
            ("nobody", "personne@courriel.example".to_owned(), "personne.ici".to_owned()),
            known("a parent", &nadia),
            ("two who share an address", "haddad@courriel.example".to_owned(), lina.identifier.clone()),
            known("blocked", &blocked),
            known("archived", &gone),
            known("not activated", &letter),
            known("on the roster alone", &adzo),
        ];
        Self { everybody, adzo }
    }

    /// The same act for each of them costs the same; once before, for what exists from the first time on.
    async fn costs_the_same(&self, world: &World, log: &Log, act: impl AsyncFn(&mut Browser, &str, &str)) -> Work {
        act(&mut world.phone(), "qui@courriel.example", "qui.que.ce.soit").await;
        let mut first = None;
        for (what, email, identifier) in &self.everybody {
            let mut phone = world.phone();
            let work = Work::of(world, log, async || act(&mut phone, email, identifier).await).await;
            match &first {
                None => first = Some(work),
                Some(nobody) => assert!(work == *nobody, "{what} costs otherwise than nobody: {}", work.beside(nobody)),
            }
        }
        first.expect("somebody")
    }
}

fn every_portal(settings: &mut Settings) {
    parents(settings);
    espace(settings);
    let neutral =
        PortalSettings { registration_tells_unknown_address: Some(false), ..settings.portals["parents"].clone() };
    settings.portals.insert("neutre".into(), neutral);
    settings.recovery.network = 1000;
    settings.limits.registration.network = 1000;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn fid_03_fpw_11_the_forms_that_send_a_mail_run_the_same_statements(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::alone(engine, every_portal).await;
    let (town, log) = (Town::of(&world).await, Log::begins());
    let mut costs = Vec::new();
    for (path, by_address) in
        [("/identifiant-oublie", true), ("/mot-de-passe-oublie", true), ("/mot-de-passe-oublie", false)]
    {
        let work = town.costs_the_same(&world, &log, async |phone, email, identifier| {
            let field = if path == "/identifiant-oublie" { "email" } else { "identifier" };
            phone.opens(path).await.submits([(field, if by_address { email } else { identifier })]).await;
            assert!(phone.shows("recovery-sent"), "{}", phone.page().text());
        });
        costs.push(work.await.hashes);
    }
    assert_eq!(costs, [0, 0, 0], "a mail costs no hash");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn cod_11_the_three_steps_run_the_same_statements(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::alone(engine, every_portal).await;
    let (town, log) = (Town::of(&world).await, Log::begins());
    town.costs_the_same(&world, &log, async |phone, email, _| {
        phone.gives_address(email).await.gives_code("000 000").await;
        assert!(!phone.page().alert().is_empty(), "{}", phone.page().text());
    })
    .await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn qst_06_the_secret_question_and_a_wrong_answer_run_the_same_statements(
    #[values(Sqlite, Postgres)] engine: Engine,
    #[values(true, false)] by_address: bool,
) {
    let world = World::alone(engine, every_portal).await;
    let (town, log) = (Town::of(&world).await, Log::begins());
    let work = town.costs_the_same(&world, &log, async |phone, email, identifier| {
        phone.asks_for_question(if by_address { email } else { identifier }).await.gives_answer("Astérix").await;
        assert!(phone.page().alert().contains("ne convient pas"), "{}", phone.page().text());
    });
    assert_eq!(work.await.hashes, 1);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn reg_11_the_registration_runs_the_same_statements(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::alone(engine, every_portal).await;
    let (town, log) = (Town::of(&world).await, Log::begins());
    assert_eq!(town.adzo.email, "adzo.test@courriel.example", "whom the roster knows");
    town.costs_the_same(&world, &log, async |phone, email, _| {
        phone.opens("/p/neutre/creer-mon-compte").await.submits([("email", email)]).await;
        phone.submits(written("civic_number", "9")).await;
        assert!(phone.page().alert().contains("ne correspondent pas"), "{}", phone.page().text());
    })
    .await;
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn log_06_log_09_a_sign_in_by_address_runs_the_same_statements(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::alone(engine, every_portal).await;
    let (town, log) = (Town::of(&world).await, Log::begins());
    let work = town.costs_the_same(&world, &log, async |phone, email, _| {
        phone.opens("/p/parents/connexion").await.submits([("identifier", email), ("password", "pas le bon")]).await;
        assert!(!phone.page().alert().is_empty(), "{}", phone.page().text());
    });
    assert_eq!(work.await.hashes, 2, "of two who may be meant");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn hlp_04_the_help_form_runs_the_same_statements(#[values(Sqlite, Postgres)] engine: Engine) {
    let world = World::alone(engine, every_portal).await;
    let (town, log) = (Town::of(&world).await, Log::begins());
    help::opens_offices(&world).await;
    let work = town.costs_the_same(&world, &log, async |phone, email, _| {
        help::sends(phone, help::written("email", email)).await;
        assert_eq!(phone.page().data_page(), "help-sent", "{}", phone.page().text());
    });
    assert_eq!(work.await.hashes, 0);
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn sep_11_the_pupils_reset_runs_the_same_statements(#[values(Sqlite, Postgres)] engine: Engine) {
    let (world, _sepne) = alone_with_sepne(engine, |_| {}).await;
    let (paul, rosalie) = (world.pupil_with_number(0).await, world.pupil_with_number(1).await);
    let log = Log::begins();
    let (own, hers, nobodys) = (PUPILS[0].2, PUPILS[1].2, "3100999999");
    let mut phone = world.phone();
    phone.proves("Paul Leblanc").await.asks_with(nobodys, "personne").await;
    let mut costs = Vec::new();
    for (number, identifier) in [(nobodys, paul.identifier.as_str()), (own, "personne"), (hers, &rosalie.identifier)] {
        let asks = async || assert!(!phone.asks_with(number, identifier).await.page().alert().is_empty());
        costs.push(Work::of(&world, &log, asks).await);
    }
    assert!(costs.iter().all(|work| *work == costs[0]), "{costs:#?}");
    assert_eq!(costs[0].hashes, 0);
}
