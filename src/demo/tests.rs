use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    sync::atomic::{AtomicU16, Ordering},
};

use reqwest::Client;
use scraper::{Html, Selector};
use serde_json::Value;

use super::*;

/// A person at a browser of their own.
struct Person {
    http: Client,
    place: String,
    page: String,
}

impl Person {
    fn arrives() -> Self {
        let http = Client::builder().cookie_store(true).no_proxy().build().expect("a browser");
        Self { http, place: String::new(), page: String::new() }
    }

    async fn opens(&mut self, address: &str) -> &mut Self {
        self.reads(self.http.get(address)).await
    }

    async fn reads(&mut self, request: reqwest::RequestBuilder) -> &mut Self {
        let response = request.send().await.expect("an answer");
        self.place = response.url().to_string();
        self.page = response.text().await.expect("a page");
        self
    }

    /// Sends the form that is posted, with these fields filled in.
    async fn submits(&mut self, filled: &[(&str, &str)]) -> &mut Self {
        let (action, hidden) = {
            let page = Html::parse_document(&self.page);
            let form = page.select(&selector("form[method=post]")).next().expect("a form");
            let hidden: Vec<(String, String)> = form
                .select(&selector("input[type=hidden]"))
                .filter_map(|input| Some((input.attr("name")?.to_owned(), input.attr("value")?.to_owned())))
                .collect();
            (form.attr("action").unwrap_or_default().to_owned(), hidden)
        };
        let address = url::Url::parse(&self.place).and_then(|place| place.join(&action)).expect("an address");
        let filled = filled.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let fields: Vec<(String, String)> = hidden.into_iter().chain(filled).collect();
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let request = self.http.post(address).header("content-type", "application/x-www-form-urlencoded").body(body);
        self.reads(request).await
    }

    /// An application is told that the session is over, a moment after the browser was.
    async fn is_soon_signed_out(&mut self, application: &str, title: &str) {
        for _ in 0..100 {
            if self.opens(application).await.sees("h1") == [title] {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        panic!("{title} still shows {:?}", self.sees("h1"));
    }

    fn sees(&self, what: &str) -> Vec<String> {
        let page = Html::parse_document(&self.page);
        page.select(&selector(what)).map(|element| element.text().collect::<String>().trim().to_owned()).collect()
    }

    fn is_on(&self, page: &str) -> bool {
        Html::parse_document(&self.page).select(&selector(&format!("body[data-page={page}]"))).next().is_some()
    }
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("a selector")
}

fn at(last: u8, port: u16) -> SocketAddr {
    SocketAddr::from(([127, 0, 0, last], port))
}

/// Six free ports in a row, others for each story.
fn free_ports() -> u16 {
    static STORIES: AtomicU16 = AtomicU16::new(0);
    let is_free = |first: u16| {
        (first..first + 6).zip([1, 2, 3, 4, 4, 5]).all(|(port, last)| TcpListener::bind(at(last, port)).is_ok())
    };
    let process = u16::try_from(std::process::id() % 10_000).expect("a port");
    let first = 20_000 + process + 1_000 * STORIES.fetch_add(1, Ordering::Relaxed);
    (0..100).map(|step| first + step * 7).find(|port| is_free(*port)).expect("free ports")
}

fn options(port: u16, folder: &Path) -> Options {
    let config = folder.join("cheap.toml");
    std::fs::write(&config, "[hashing]\nmemory_kib = 64\npasses = 1\n").expect("written");
    Options {
        port: Some(port),
        data: folder.join("data"),
        json: Some(folder.join("demo.json")),
        public_url: None,
        config: Some(config),
        ready: 3,
    }
}

fn told(folder: &Path) -> Value {
    serde_json::from_str(&std::fs::read_to_string(folder.join("demo.json")).expect("the handles")).expect("JSON")
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().unwrap_or_default()
}

fn account<'a>(handles: &'a Value, identifier: &str) -> &'a Value {
    let all = handles["accounts"].as_array().expect("accounts");
    all.iter().find(|account| account["identifier"] == identifier).expect("the account")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_printed_parent_signs_in_to_both_portals_and_a_second_start_finds_everything() {
    let folder = tempfile::tempdir().expect("a folder");
    let port = free_ports();
    let mut world = World::open(options(port, folder.path())).await.expect("a demo");
    let table = world.settle().await.expect("settled");
    let handles = told(folder.path());
    let (nadia, services) = (account(&handles, "nadia.roux"), handles["services"].as_array().expect("services"));
    assert!(table.contains(text(nadia, "password")) && table.contains("ready0003"), "{table}");
    assert_eq!((text(nadia, "state"), text(account(&handles, "leon.bezard"), "state")), ("operational", "suspended"));

    let mut phone = Person::arrives();
    let (space, life) = (text(&services[0], "url"), text(&services[1], "url"));
    phone.opens(&format!("{space}connexion")).await;
    assert!(phone.is_on("sign-in"), "{}", phone.page);
    let password = text(nadia, "password");
    phone.submits(&[("identifier", "Nadia.Roux"), ("password", password)]).await;
    assert_eq!((phone.place.as_str(), phone.sees("h1")), (space, vec!["Bonjour Nadia Roux".to_owned()]));
    assert_eq!(phone.sees("[data-claim=profile]"), ["Parent"]);
    assert_eq!(phone.sees("[data-claim=children]").len(), 3);
    assert_eq!(phone.sees("[data-claim=user]"), [text(nadia, "subject")]);
    phone.opens(&format!("{life}connexion")).await;
    assert_eq!((phone.place.as_str(), phone.sees("h1")), (life, vec!["Bonjour Nadia Roux".to_owned()]));

    let letters = handles["letters"].as_array().expect("letters");
    assert!(letters.len() == 7 && table.contains("lettres"), "{table}");
    for letter in letters {
        let pdf = std::fs::read(text(letter, "pdf")).expect("a PDF");
        assert!(pdf.starts_with(b"%PDF") && text(letter, "expires_at").ends_with('Z'), "{letter}");
    }
    let words = letters.iter().find(|letter| letter["identifier"] == "zelie.cordier").expect("a young pupil");
    assert!(text(words, "password").chars().all(|c| c.is_ascii_lowercase() || c == '-'), "three words: {words}");
    let mut mother = Person::arrives();
    mother.opens(&format!("{}/p/ent/connexion?profil=parent", text(&handles, "issuer"))).await;
    let (identifier, password) = (text(&letters[0], "identifier"), text(&letters[0], "password"));
    mother.submits(&[("identifier", identifier), ("password", password)]).await;
    assert!(mother.is_on("activation"), "{identifier}: {}", mother.page);

    let (ready, space_ent) = (account(&handles, "ready0002"), text(&services[2], "url"));
    let mut desk = Person::arrives();
    desk.opens(&format!("{space_ent}connexion")).await;
    let chosen = format!("{}&profil=parent", desk.place);
    desk.opens(&chosen).await;
    desk.submits(&[("identifier", text(ready, "identifier")), ("password", text(ready, "password"))]).await;
    assert_eq!(desk.place, space_ent, "no step is owed at either portal: {}", desk.page);

    world.close().await.expect("closed");
    let mut world = World::open(options(port, folder.path())).await.expect("the same demo");
    world.settle().await.expect("settled");
    assert_eq!(told(folder.path())["letters"], handles["letters"]);
    assert_eq!(told(folder.path())["accounts"], handles["accounts"]);
    assert_eq!(phone.opens(space).await.sees("h1"), ["Bonjour Nadia Roux"], "the portal's session");
    assert_eq!(phone.opens(&services[2]["url"].to_string().replace('"', "")).await.sees("h1"), ["Espace numérique"]);
    phone.opens(&format!("{life}connexion")).await;
    assert_eq!(phone.place, life, "the session at the door");
    phone.submits(&[]).await;
    assert!(phone.is_on("signed-out"), "{}", phone.page);
    phone.opens(&format!("{life}connexion")).await;
    assert!(phone.is_on("sign-in"), "signed out at the door as well");
    world.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sign_out_at_one_application_ends_the_other_one_s_session() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut world = World::open(options(free_ports(), folder.path())).await.expect("a demo");
    world.settle().await.expect("settled");
    let handles = told(folder.path());
    let (nadia, services) = (account(&handles, "nadia.roux"), handles["services"].as_array().expect("services"));
    let own = [("identifier", "nadia.roux"), ("password", text(nadia, "password"))];
    let (space, life) = (text(&services[0], "url"), text(&services[1], "url"));
    let mut phone = Person::arrives();
    for (here, there, title) in [(life, space, "Espace numérique"), (space, life, "Vie scolaire")] {
        phone.opens(&format!("{there}connexion")).await.submits(&own).await;
        phone.opens(&format!("{here}connexion")).await;
        assert_eq!((phone.place.as_str(), phone.sees("h1")), (here, vec!["Bonjour Nadia Roux".to_owned()]));
        assert_eq!(phone.opens(there).await.sees("h1"), ["Bonjour Nadia Roux"]);
        phone.opens(here).await.submits(&[]).await;
        phone.is_soon_signed_out(there, title).await;
    }
    world.close().await.expect("closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_taken_port_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let port = free_ports();
    let _holder = TcpListener::bind(at(3, port + 2)).expect("a port");
    let refused = World::open(options(port, folder.path())).await.err().expect("a refusal");
    assert!(refused.cause.contains(&format!("port {} is taken", port + 2)), "{refused}");
    assert!(refused.remedy.is_some_and(|remedy| remedy.contains("--port")));
}
