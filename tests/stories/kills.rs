//! The power goes, at named points and at any moment, while a school's parents activate: nobody is left half-made.
//!
//! The people here are clumsy and patient: when a page does not come they begin anew in a fresh browser, with whichever
//! password works. The program is the real one, in a process of its own, ended by SIGKILL and started again.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    os::unix::process::ExitStatusExt,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use preau::{
    domain::{AccountId, AccountState},
    power_cut::POINTS,
    store::{Db, accounts},
};
use reqwest::redirect::Policy;
use rstest::rstest;
use tokio::{
    process::{Child, Command},
    task::JoinSet,
    time::timeout,
};
use url::Url;

use crate::{
    charters::charter,
    engine::{Engine, Postgres, Sqlite},
    letters::CHOSEN,
    page::Page,
    people::Someone,
    post::Post,
    world::World,
};

/// Activations on each pair of stores: over a thousand in all.
const PEOPLE: usize = 520;
/// People who are at it at the same time.
const AT_ONCE: usize = 16;
/// Kills at each named point, and at no point in particular.
const KILLS_EACH: usize = 2;
const RANDOM_KILLS: usize = 10;

/// What goes wrong for a person when the power goes: the page does not come, or is another than they expected.
type Trouble = Box<dyn std::error::Error + Send + Sync>;

/// What people share.
struct School {
    origin: Url,
    post: Post,
    /// What was answered, redirects included.
    requests: Arc<AtomicU64>,
    queue: Mutex<VecDeque<(usize, Someone)>>,
    done: Mutex<Vec<AccountId>>,
}

/// A browser that may be closed at any moment: cookies, one page, no patience.
struct Window<'a> {
    school: &'a School,
    http: reqwest::Client,
    page: Page,
}

impl<'a> Window<'a> {
    async fn opens(school: &'a School, address: &str) -> Result<Self, Trouble> {
        let requests = school.requests.clone();
        let followed = Policy::custom(move |onwards| {
            requests.fetch_add(1, Ordering::Relaxed);
            onwards.follow()
        });
        let http = reqwest::Client::builder().cookie_store(true).redirect(followed).timeout(Duration::from_secs(20));
        let http = http.build()?;
        let url = school.origin.join(address)?;
        let page = read(school, http.get(url)).await?;
        Ok(Self { school, http, page })
    }

    async fn goes_to(&mut self, address: &str) -> Result<(), Trouble> {
        self.page = read(self.school, self.http.get(self.page.url.join(address)?)).await?;
        Ok(())
    }

    /// Sends the form that has a field of that name, or a button that is called so.
    async fn sends(&mut self, called: &str, typed: &[(&str, &str)]) -> Result<(), Trouble> {
        let form =
            self.page.forms().into_iter().find(|form| {
                form.control(called).is_some() || form.buttons.iter().any(|(label, _, _)| label == called)
            });
        let form = form.ok_or_else(|| format!("no form with {called} on {}", self.page.data_page()))?;
        let pressed = form
            .buttons
            .iter()
            .find(|(label, _, _)| label == called)
            .and_then(|(_, name, value)| name.as_ref().map(|name| (name.clone(), value.clone())));
        let mut fields = form.fields.clone();
        for (name, value) in typed {
            fields.retain(|(other, _)| other != name);
            fields.push(((*name).to_owned(), (*value).to_owned()));
        }
        let url = self.page.url.join(&form.action)?;
        let origin = self.school.origin.origin().ascii_serialization();
        let fields: Vec<_> = fields.into_iter().chain(pressed).collect();
        let request = self.http.post(url).header("origin", origin).form(&fields);
        self.page = read(self.school, request).await?;
        Ok(())
    }
}

impl Window<'_> {
    /// "No, thanks" where the portal asks; `true` once everything opens.
    async fn answers_about_notifications(&mut self) -> Result<bool, Trouble> {
        if self.page.data_page() == "notification-email" {
            self.sends("email", &[("answer", "decline")]).await?;
        }
        match self.page.data_page().as_str() {
            "home" => Ok(true),
            other => Err(format!("{other}: {}", self.page.text()).into()),
        }
    }
}

async fn read(school: &School, request: reqwest::RequestBuilder) -> Result<Page, Trouble> {
    let answer = request.send().await?;
    school.requests.fetch_add(1, Ordering::Relaxed);
    let (url, status, headers) = (answer.url().clone(), answer.status(), answer.headers().clone());
    Ok(Page { url, status, headers, body: answer.text().await? })
}

/// One go at everything that is still owed: `true` once they are in.
async fn tries(school: &School, nth: usize, who: &Someone, own: &mut bool) -> Result<bool, Trouble> {
    let (wrong, email) = (format!("faute{nth}@example.org"), format!("famille{nth}@example.org"));
    let mut window = Window::opens(school, "/connexion").await?;
    let password = if *own { CHOSEN } else { who.password.as_str() };
    window.sends("identifier", &[("identifier", &who.identifier), ("password", password)]).await?;
    if window.page.data_page() == "activation" {
        // Every fifth gives an address that they correct on the next page.
        let given = if nth.is_multiple_of(5) { &wrong } else { &email };
        *own = true;
        let typed = [("new_password", CHOSEN), ("confirmation", CHOSEN), ("email", given.as_str())];
        window.sends("new_password", &typed).await?;
    }
    match window.page.data_page().as_str() {
        "charter" => {
            let ticks = window.page.attributes("input[type=checkbox]", "name");
            let ticked: Vec<_> = ticks.iter().map(|name| (name.as_str(), "fr")).collect();
            window.sends(ticks.first().ok_or("a charter without a tick")?, &ticked).await?;
            window.answers_about_notifications().await
        }
        "notification-email" => window.answers_about_notifications().await,
        "home" => Ok(true),
        "check-mail" => {
            if nth.is_multiple_of(5) && window.page.text().contains("fa•••••") && !has_mail(school, &email) {
                window.sends("email", &[("email", &email)]).await?;
            }
            let link = mailed(school, &email).await?;
            // Every third opens it on another device.
            let mut elsewhere = if nth.is_multiple_of(3) { Window::opens(school, &link).await? } else { window };
            elsewhere.goes_to(&link).await?;
            if elsewhere.page.data_page() == "activation-link" {
                elsewhere.sends("Activer mon compte", &[]).await?;
            }
            Ok(false)
        }
        // The letter was used already, or the choice of a password was lost with the power.
        "sign-in" | "activation-begun" | "already-activated" => {
            *own = !*own;
            Ok(false)
        }
        other => Err(format!("{}: {other}: {}", who.identifier, window.page.text()).into()),
    }
}

fn has_mail(school: &School, email: &str) -> bool {
    school.post.arrived().iter().any(|mail| mail.to.iter().any(|to| to == email))
}

/// The link of the youngest mail to an address, once there is one.
async fn mailed(school: &School, email: &str) -> Result<String, Trouble> {
    for _ in 0..100 {
        let arrived = school.post.arrived();
        if let Some(mail) = arrived.iter().rev().find(|mail| mail.to.iter().any(|to| to == email)) {
            return Ok(mail.link());
        }
        pauses(50).await;
    }
    Err(format!("no mail to {email} yet").into())
}

async fn pauses(millis: u64) {
    tokio::time::sleep(Duration::from_millis(millis)).await;
}

/// Somebody takes a letter from the pile and does not let go before they are in; then the next.
async fn activates_all(school: Arc<School>) {
    loop {
        let next = school.queue.lock().unwrap().pop_front();
        let Some((nth, who)) = next else { return };
        let mut own = false;
        let begun = Instant::now();
        loop {
            match tries(&school, nth, &who, &mut own).await {
                Ok(true) => break,
                Ok(false) => {}
                Err(trouble) => {
                    assert!(begun.elapsed() < Duration::from_mins(10), "{}: {trouble}", who.identifier);
                    pauses(30).await;
                }
            }
        }
        school.done.lock().unwrap().push(who.account_id);
    }
}

impl World {
    /// The program in a process of its own, on the stores of this world, with the power to go at a point.
    fn serves(&self, post: &Post, at: Option<&str>) -> Child {
        let settings = &self.settings;
        let mut command = Command::new(env!("CARGO_BIN_EXE_preau"));
        command
            .arg("serve")
            .current_dir(self.dir())
            .env("PREAU_DEMO", "true")
            .env("PREAU_LISTEN", settings.listen.to_string())
            .env("PREAU_PUBLIC_URL", &settings.public_url)
            .env("PREAU_KEYS", &settings.keys)
            .env("PREAU_DATABASE__URL", &settings.database.url)
            .env("PREAU_HASHING__MEMORY_KIB", settings.hashing.memory_kib.to_string())
            .env("PREAU_HASHING__PASSES", settings.hashing.passes.to_string())
            .env("PREAU_LIMITS__ACCOUNT__FAILURES", "1000")
            .env("PREAU_LIMITS__ACCOUNT__DAILY", "10000")
            .env("PREAU_LIMITS__NETWORK__FAILURES", "100000")
            .env("PREAU_MAIL__SMTP", &post.url)
            .env("PREAU_MAIL__CLAIM", "2")
            .env("PREAU_PORTALS__DEFAULT__NOTIFICATION_EMAIL", "true")
            .env("PREAU_LOG__FILTER", "error")
            .kill_on_drop(true);
        if let Some(at) = at {
            command.args(["--power-cut", at]);
        }
        if !settings.redis.url.is_empty() {
            command.env("PREAU_REDIS__URL", &settings.redis.url).env("PREAU_REDIS__PREFIX", &settings.redis.prefix);
        }
        command.spawn().expect("the program")
    }
}

/// Every account is in exactly one state, its trail tells as much, and what it waits for is on its way: a mail that is owed
/// or went.
async fn nobody_is_half_made(db: &Db) {
    assert_eq!(count(db, ACTIVATED_OTHERWISE_THAN_TOLD).await, 0, "an account and its trail disagree");
    assert_eq!(count(db, CHOSEN_OTHERWISE_THAN_TOLD).await, 0, "an account and its trail disagree");
    assert_eq!(count(db, CONFIRMING_WITHOUT_MAIL).await, 0, "each mail is sent or queued");
}

/// Accounts that are operational and not told to have become so once, or the other way round.
const ACTIVATED_OTHERWISE_THAN_TOLD: &str = "SELECT COUNT(*) FROM account a WHERE
    (SELECT COUNT(*) FROM audit e WHERE e.account_id = a.id AND e.event = 'account_activated')
    <> (CASE WHEN a.credential = 'own' THEN 1 ELSE 0 END)";

/// The same for passwords that were chosen.
const CHOSEN_OTHERWISE_THAN_TOLD: &str = "SELECT COUNT(*) FROM account a WHERE
    (SELECT COUNT(*) FROM audit e WHERE e.account_id = a.id AND e.event = 'password_chosen')
    <> (CASE WHEN a.credential IN ('confirming', 'own') THEN 1 ELSE 0 END)";

/// Accounts that wait for a confirmation for which no mail was ever owed.
const CONFIRMING_WITHOUT_MAIL: &str = "SELECT COUNT(*) FROM account a WHERE a.credential = 'confirming' AND NOT EXISTS
    (SELECT 1 FROM outbox o WHERE o.account_id = a.id AND o.kind = 'confirm-address' AND o.state IN ('waiting', 'sent'))";

async fn count(db: &Db, sql: &'static str) -> i64 {
    match db {
        Db::Sqlite { readers, .. } => sqlx::query_scalar(sql).fetch_one(readers).await.unwrap(),
        Db::Postgres(pool) => sqlx::query_scalar(sql).fetch_one(pool).await.unwrap(),
    }
}

/// Waits until everything that was owed has gone; nothing was given up.
async fn outbox_empties(db: &Db) {
    for _ in 0..200 {
        if count(db, "SELECT COUNT(*) FROM outbox WHERE state = 'waiting'").await == 0 {
            assert_eq!(count(db, "SELECT COUNT(*) FROM outbox WHERE state = 'dead'").await, 0);
            return;
        }
        pauses(50).await;
    }
    panic!("mail still waits");
}

#[rstest]
#[tokio::test(flavor = "multi_thread")]
async fn act_18_whenever_the_power_goes_nobody_is_left_half_made(#[values(Sqlite, Postgres)] engine: Engine) {
    let mut world = World::alone(engine, |_| {}).await;
    world.publishes(&charter("familles-3", "3", "\"parent\"", "")).await;
    let mut people = Vec::new();
    for nth in 0..PEOPLE {
        people.push(world.parent_with_letter(&format!("Anne{nth} O’Neill")).await);
    }
    world.rests().await;
    let db = world.beside().await;
    let school = Arc::new(School {
        origin: world.settings.public_url.parse().unwrap(),
        post: Post::opens().await,
        requests: Arc::default(),
        queue: Mutex::new(people.iter().cloned().enumerate().collect()),
        done: Mutex::default(),
    });
    let mut crowd = JoinSet::new();
    for _ in 0..AT_ONCE {
        crowd.spawn(activates_all(school.clone()));
    }
    let (mut kills, begun) = (BTreeMap::<&str, usize>::new(), Instant::now());
    for round in 0..KILLS_EACH {
        for point in POINTS {
            // Not the first who comes by: somewhere in the middle of the rush.
            let mut server = world.serves(&school.post, Some(&format!("{point}:{}", 3 + 2 * round)));
            let ended = timeout(Duration::from_mins(1), server.wait()).await;
            let ended = ended.unwrap_or_else(|_| panic!("nobody came by {point}: {kills:?}")).unwrap();
            assert_eq!(ended.signal(), Some(9), "{point}: {ended}");
            *kills.entry(point).or_default() += 1;
            nobody_is_half_made(&db).await;
        }
    }
    for round in 0..RANDOM_KILLS {
        let mut server = world.serves(&school.post, None);
        pauses(400 + 97 * u64::try_from(round).unwrap()).await;
        server.kill().await.expect("it ran");
        *kills.entry("at any moment").or_default() += 1;
        nobody_is_half_made(&db).await;
    }
    let mut last = world.serves(&school.post, None);
    while let Some(one) = crowd.join_next().await {
        one.expect("everybody can finish");
    }
    let (seconds, requests) = (begun.elapsed().as_secs().max(1), school.requests.load(Ordering::Relaxed));
    nobody_is_half_made(&db).await;
    for who in &people {
        // A row that is in two states at once would be a fault here.
        let account = accounts::find(&db, &who.account_id).await.expect("one state").expect("an account");
        assert_eq!(account.state(), AccountState::Operational, "{}", who.identifier);
    }
    assert_eq!(school.done.lock().unwrap().len(), PEOPLE);
    outbox_empties(&db).await;
    last.kill().await.expect("it ran");
    let mut mails = HashMap::new();
    for mail in school.post.arrived() {
        let first = mails.entry(mail.header("Message-ID")).or_insert_with(|| mail.raw.clone());
        assert_eq!(*first, mail.raw, "a mail that comes twice is the same to the byte");
    }
    println!(
        "{engine:?}: {PEOPLE} activations, {requests} requests in {seconds} s ({} a second), {} mails; kills: {kills:?}",
        requests / seconds,
        mails.len()
    );
}
