//! Whether a delay tells that an account exists: every form with somebody known and with nobody, side by side in one run:
//! `cargo bench --bench known_or_not`.
//!
//! The real server on loopback with SQLite and the least hashing that production allows; no mail server, for the courier
//! works after the answer. Known and unknown take turns, so that both see the same machine. Only the post and its answer
//! are timed, on a connection that the page before it opened.

mod shared;

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use preau::{
    admin::people,
    app::App,
    config::{PortalSettings, Settings},
    crypto::Class,
    domain::{Actor, Answer, Fault, Identifier, Question},
    policy::Preset,
    server,
    store::{accounts, secret_questions},
};
use reqwest::{Client, redirect::Policy};
use scraper::{Html, Selector};
use url::Url;

/// How often each form is sent for each of the two.
const TIMES: usize = 120;

const KNOWN: (&str, &str) = ("nadia@example.org", "nadia.roux");

#[tokio::main]
async fn main() -> Result<(), Fault> {
    let (app, _folder) = shared::assemble(|settings| {
        portals(settings);
        without_limits(settings);
    })
    .await?;
    furnish(&app).await?;
    let running = server::start(app.clone())?;
    let outcome = measure(&app).await;
    running.stop().await;
    outcome
}

fn portals(settings: &mut Settings) {
    let parents = PortalSettings {
        preset: Preset::PortailParents,
        title: "Parents".into(),
        registration_tells_unknown_address: Some(false),
        ..PortalSettings::default()
    };
    let steps =
        PortalSettings { preset: Preset::EspaceParents, title: "Espace Parents".into(), ..PortalSettings::default() };
    settings.portals.insert("parents".into(), parents);
    settings.portals.insert("espace".into(), steps);
}

/// The benchmark guesses wrongly on purpose, hundreds of times.
fn without_limits(settings: &mut Settings) {
    let limits = &mut settings.limits;
    (limits.network.failures, limits.account.failures, limits.account.daily) = (u32::MAX, u32::MAX, u32::MAX);
    (limits.registration.network, limits.registration.tries) = (u32::MAX, u32::MAX);
    (settings.recovery.network, settings.recovery.question_tries) = (u32::MAX, u32::MAX);
}

async fn furnish(app: &App) -> Result<(), Fault> {
    let by = Actor::command(app.clock.now());
    let family = r#"[{ "identifier": "leo.roux", "password": "étoile 4 lune", "profile": "pupil", "given_name": "Léo",
        "family_name": "Roux", "birth_date": "2015-01-01" },
        { "identifier": "nadia.roux", "password": "étoile 4 lune", "profile": "parent", "given_name": "Nadia",
        "family_name": "Roux", "email": "nadia@example.org", "civic_number": "2445", "children": ["leo.roux"] }]"#;
    let rule = app.config.policy.identifiers;
    let tools = people::Tools { db: &app.db, rng: &app.rng, hasher: &app.hasher, rule };
    people::apply(tools, &by, ("people", family)).await?.map_err(|faults| Fault::new(format!("{faults:?}")))?;
    let missing = || Fault::new("nadia.roux was not made");
    let nadia = accounts::find_by_identifier(&app.db, &Identifier::new(KNOWN.1)).await?.ok_or_else(missing)?;
    let plain = Answer::read("Fantômette").and_then(|answer| answer.plain()).ok_or_else(missing)?;
    let hash = app.hasher.hash(Class::Bulk, &plain).map_err(|_| missing())?.await?;
    let mut tx = app.db.begin().await?;
    secret_questions::put(&mut tx, &nadia.id, (Question::Hero, &hash), app.clock.now()).await?;
    Ok(tx.commit().await?)
}

/// A form: where it stands, and what is typed by whom an address and an identifier name.
struct Form {
    name: &'static str,
    path: &'static str,
    /// What is typed on the pages before it; not timed.
    before: Option<Typing>,
    typed: Typing,
    /// Where the answer leads, so that no row is of a form that was not understood.
    leads_to: &'static str,
}

type Typing = fn(address: &str, identifier: &str) -> Vec<(&'static str, String)>;

const FORMS: [Form; 8] = [
    Form {
        name: "sign-in, wrong password",
        path: "/connexion",
        before: None,
        typed: |_, identifier| vec![("identifier", identifier.into()), ("password", "not the password 7".into())],
        leads_to: "?refus=1",
    },
    Form {
        name: "sign-in by address, two hashes",
        path: "/p/parents/connexion",
        before: None,
        typed: |address, _| vec![("identifier", address.into()), ("password", "not the password 7".into())],
        leads_to: "?refus=1",
    },
    Form {
        name: "forgotten identifier",
        path: "/identifiant-oublie",
        before: None,
        typed: |address, _| vec![("email", address.into())],
        leads_to: "/envoi",
    },
    Form {
        name: "forgotten password",
        path: "/mot-de-passe-oublie",
        before: None,
        typed: |_, identifier| vec![("identifier", identifier.into())],
        leads_to: "/envoi",
    },
    Form {
        name: "three steps, the address",
        path: "/p/espace/recuperation",
        before: None,
        typed: |address, _| vec![("email", address.into()), ("answer", "address".into())],
        leads_to: "?envoi=1",
    },
    Form {
        name: "secret question",
        path: "/p/parents/mot-de-passe-oublie/question",
        before: None,
        typed: |address, _| vec![("identifier", address.into())],
        leads_to: "?suite=1",
    },
    Form {
        name: "secret question, wrong answer",
        path: "/p/parents/mot-de-passe-oublie/question",
        before: Some(|address, _| vec![("identifier", address.into())]),
        typed: |_, _| vec![("answer", "Astérix".into())],
        leads_to: "?suite=1",
    },
    Form {
        name: "registration, wrong number",
        path: "/p/parents/creer-mon-compte",
        before: Some(|address, _| vec![("email", address.into())]),
        typed: |_, _| {
            let typed = [
                ("family_name", "Roux"),
                ("given_name", "Nadia"),
                ("birth_day", "1"),
                ("birth_month", "1"),
                ("birth_year", "2015"),
                ("school", "test-ESSAI"),
                ("civic_number", "9"),
            ];
            typed.map(|(name, text)| (name, text.to_owned())).into()
        },
        leads_to: "?suite=1",
    },
];

async fn measure(app: &App) -> Result<(), Fault> {
    println!("{:<32} {:<8} {:>9} {:>9} {:>9} {:>9} {:>9}", "form", "", "5th", "25th", "middle", "75th", "95th");
    let base = Url::parse(app.config.issuer()).map_err(|error| Fault::new(error.to_string()))?;
    for form in &FORMS {
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for nth in 0..TIMES {
            // Browsers of their own: what was begun in one goes on there.
            let guests = (Guest::new()?, Guest::new()?);
            let (address, identifier) = (format!("nobody.{nth}@example.org"), format!("nobody.{nth}"));
            // Who goes first changes from turn to turn.
            if nth % 2 == 0 {
                known.push(guests.0.sends(&base, form, KNOWN).await?);
                unknown.push(guests.1.sends(&base, form, (&address, &identifier)).await?);
            } else {
                unknown.push(guests.1.sends(&base, form, (&address, &identifier)).await?);
                known.push(guests.0.sends(&base, form, KNOWN).await?);
            }
        }
        for (who, mut times) in [("known", known), ("nobody", unknown)] {
            times.sort();
            let at = |part: usize| times.get(times.len() * part / 100).copied().unwrap_or_default();
            println!(
                "{:<32} {who:<8} {:>9.2?} {:>9.2?} {:>9.2?} {:>9.2?} {:>9.2?}",
                form.name,
                at(5),
                at(25),
                at(50),
                at(75),
                at(95)
            );
        }
    }
    Ok(())
}

/// A browser, as far as a form needs one.
struct Guest(Client);

impl Guest {
    fn new() -> Result<Self, Fault> {
        Ok(Self(Client::builder().cookie_store(true).redirect(Policy::none()).build()?))
    }

    /// Fills in a form; how long its post took.
    async fn sends(&self, base: &Url, form: &Form, (address, identifier): (&str, &str)) -> Result<Duration, Fault> {
        let mut at = join(base, form.path)?;
        let mut page = self.0.get(at.clone()).send().await?.text().await?;
        if let Some(before) = form.before {
            (at, page, _) = self.posts(&at, &page, before(address, identifier)).await?;
        }
        let (led, _, taken) = self.posts(&at, &page, (form.typed)(address, identifier)).await?;
        if led.as_str().ends_with(form.leads_to) { Ok(taken) } else { Err(Fault::new(format!("{}: {led}", form.name))) }
    }

    /// Posts a page's form that has the first of these fields: where that led, what is there, and how long the post took.
    async fn posts(
        &self,
        at: &Url,
        page: &str,
        typed: Vec<(&'static str, String)>,
    ) -> Result<(Url, String, Duration), Fault> {
        let first = typed.first().map_or("", |(name, _)| *name);
        let (action, mut fields) =
            read(page, first).ok_or_else(|| Fault::new(format!("no form with {first} at {at}")))?;
        fields.extend(typed.into_iter().map(|(name, text)| (name.to_owned(), text)));
        let to = join(at, &action)?;
        let began = Instant::now();
        let response = self.0.post(to.clone()).form(&fields).send().await?;
        let taken = began.elapsed();
        let led = response.headers().get("location").map(|to| to.to_str().map(str::to_owned)).transpose()?;
        let Some(led) = led else { return Ok((to, response.text().await?, taken)) };
        let to = join(&to, &led)?;
        let page = self.0.get(to.clone()).send().await?.text().await?;
        Ok((to, page, taken))
    }
}

/// Where a form goes and what it holds, of the one that has a control of that name.
fn read(page: &str, control: &str) -> Option<(String, BTreeMap<String, String>)> {
    let html = Html::parse_document(page);
    let (forms, controls) = (Selector::parse("form").ok()?, Selector::parse("input, select, textarea").ok()?);
    let form = html.select(&forms).find(|form| form.select(&controls).any(|one| one.attr("name") == Some(control)))?;
    let fields = form.select(&controls).filter_map(|one| {
        let name = one.attr("name")?;
        (one.attr("type") == Some("hidden")).then(|| (name.to_owned(), one.attr("value").unwrap_or("").to_owned()))
    });
    Some((form.attr("action").unwrap_or("").to_owned(), fields.collect()))
}

fn join(base: &Url, address: &str) -> Result<Url, Fault> {
    base.join(address).map_err(|error| Fault::new(format!("{address}: {error}")))
}
