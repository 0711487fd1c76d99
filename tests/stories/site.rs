//! A service's own site, on another origin than ours: it sends people to us and waits for their answer. What it is told
//! sends the browser on to a third origin, as services do that live behind an entrance of their own.

use std::{
    borrow::Cow,
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    extract::{RawForm, State},
    http::Method,
    response::{Html, IntoResponse, Redirect},
    routing::{get, post},
};
use tokio::net::TcpListener;
use url::Url;

/// The hosts that a story with a site may speak to.
pub const HOSTS: &[&str] = &["localhost", "127.0.0.2", "127.0.0.3"];

/// A service's site on 127.0.0.2, with a hall on 127.0.0.3.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its own address.
    pub home: Url,
    hall: Url,
    shows: Arc<Mutex<String>>,
    told: Arc<Mutex<Vec<Told>>>,
}

/// What the site was told at its call-back.
#[derive(Clone, Debug)]
pub struct Told {
    /// GET or POST.
    pub method: Method,
    /// The parameters, as they came.
    pub parameters: BTreeMap<String, String>,
}

impl Site {
    /// Opens both origins.
    pub async fn opens() -> Self {
        let (door, hall) =
            (TcpListener::bind("127.0.0.2:0").await.unwrap(), TcpListener::bind("127.0.0.3:0").await.unwrap());
        let address =
            |listener: &TcpListener| Url::parse(&format!("http://{}/", listener.local_addr().unwrap())).unwrap();
        let site = Self { home: address(&door), hall: address(&hall), shows: Arc::default(), told: Arc::default() };
        let routes = Router::new()
            .route("/", get(async |State(site): State<Self>| Html(page("site", &site.shows.lock().unwrap()))))
            .route("/retour", get(told).post(told))
            .route("/fin", post(told))
            .with_state(site.clone());
        let third = Router::new()
            .route("/accueil", get(async || Html(page("hall", "<h1>Bienvenue</h1>"))))
            .route("/parti", get(async || Html(page("gone", "<h1>À bientôt</h1>"))));
        tokio::spawn(async { axum::serve(door, routes).await });
        tokio::spawn(async { axum::serve(hall, third).await });
        site
    }

    /// Where it waits for answers.
    pub fn call_back(&self) -> String {
        self.home.join("retour").unwrap().into()
    }

    /// Where its server is told of the end of a session.
    pub fn ending(&self) -> String {
        self.home.join("fin").unwrap().into()
    }

    /// Everything that it was told of the ends of sessions, once there are so many.
    pub async fn awaits_endings(&self, count: usize) -> Vec<Told> {
        let is_ending =
            |told: &&Told| ["logout_token", "logoutRequest"].iter().any(|it| told.parameters.contains_key(*it));
        for _ in 0..200 {
            let endings: Vec<Told> = self.told.lock().unwrap().iter().filter(is_ending).cloned().collect();
            if endings.len() >= count {
                return endings;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("{count} endings were expected: {:?}", self.told.lock().unwrap());
    }

    /// Where people come after a sign-out: on its third origin.
    pub fn gone(&self) -> String {
        self.hall.join("parti").unwrap().into()
    }

    /// Puts a link on its home page.
    pub fn links_to(&self, address: &str) {
        *self.shows.lock().unwrap() = format!("<a href=\"{}\">Se connecter</a>", escaped(address));
    }

    /// Puts a form on its home page that posts what the address asks; with scripts it sends itself.
    pub fn posts_to(&self, address: &str) {
        let mut url = Url::parse(address).unwrap();
        let field = |(name, value): (Cow<'_, str>, Cow<'_, str>)| {
            format!("<input type=hidden name=\"{}\" value=\"{}\">", escaped(&name), escaped(&value))
        };
        let fields = url.query_pairs().map(field).collect::<Vec<_>>().concat();
        url.set_query(None);
        *self.shows.lock().unwrap() = format!(
            "<form method=post action=\"{url}\">{fields}<button>Se connecter</button></form>\
             <script>addEventListener('load', () => document.forms[0].submit())</script>"
        );
    }

    /// The last thing that it was told.
    pub fn told(&self) -> Told {
        self.told.lock().unwrap().last().expect("the site was told something").clone()
    }

    /// How often it was told something.
    pub fn count(&self) -> usize {
        self.told.lock().unwrap().len()
    }
}

impl Told {
    /// A parameter that must be there.
    pub fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).unwrap_or_else(|| panic!("no `{name}` in {self:?}"))
    }
}

async fn told(State(site): State<Site>, method: Method, RawForm(form): RawForm) -> impl IntoResponse {
    let parameters = url::form_urlencoded::parse(&form).into_owned().collect();
    site.told.lock().unwrap().push(Told { method, parameters });
    Redirect::to(site.hall.join("accueil").unwrap().as_str())
}

fn page(name: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=fr><meta charset=utf-8><meta name=viewport content=\"width=device-width\">\
         <title>Espace numérique</title><link rel=icon href=\"data:,\"><body data-page=\"{name}\">{body}"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}
