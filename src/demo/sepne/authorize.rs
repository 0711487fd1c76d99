//! What a person sees of the stand-in: its sign-in page, and who is signed in.

use askama::Template;
use axum::{
    extract::{RawForm, RawQuery, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use std::{collections::BTreeMap, sync::atomic::Ordering, time::Duration};
use url::Url;

use super::{Code, LABEL, Mischief, Sepne, keep};
use crate::demo::look;

/// No script, and no `form-action`: Chromium would apply it to the redirect back.
pub(super) const CSP: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'";
const COOKIE: &str = "sepne_session";

/// How long a code is good.
const CODE: Duration = Duration::from_mins(1);

#[derive(Template)]
#[template(path = "demo/sepne.html")]
struct SignInPage {
    label: &'static str,
    /// The request, as it came: it goes back with the form.
    request: Vec<(String, String)>,
    address: String,
    wrong: bool,
    /// Who is signed in.
    who: Option<String>,
    /// Whether somebody asked for a sign-in.
    asked: bool,
}

/// A checked request (OpenID Connect Core §3.1.2.1, RFC 7636 §4.3).
struct Asked {
    state: Option<String>,
    nonce: Option<String>,
    challenge: String,
    again: bool,
    all: Vec<(String, String)>,
}

const KNOWN: [&str; 10] = [
    "client_id",
    "redirect_uri",
    "response_type",
    "scope",
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "prompt",
    "ui_locales",
];

impl Asked {
    fn read(sepne: &Sepne, encoded: &[u8]) -> Option<Self> {
        let given: BTreeMap<String, String> = url::form_urlencoded::parse(encoded).into_owned().collect();
        let is = |name: &str, value: &str| given.get(name).is_some_and(|given| given == value);
        let client = &sepne.0.client;
        let is_fine = is("client_id", &client.id)
            && is("redirect_uri", &client.redirect_uri)
            && is("response_type", "code")
            && is("code_challenge_method", "S256")
            && given.get("scope").is_some_and(|scope| scope.split(' ').any(|one| one == "openid"));
        is_fine.then(|| Self {
            state: given.get("state").cloned(),
            nonce: given.get("nonce").cloned(),
            challenge: given.get("code_challenge").cloned().unwrap_or_default(),
            again: given.get("prompt").is_some_and(|prompt| prompt.split(' ').any(|one| one == "login")),
            all: given.into_iter().filter(|(name, _)| KNOWN.contains(&name.as_str())).collect(),
        })
    }

    /// Back to who asked, with an answer.
    fn back(&self, sepne: &Sepne, answer: (&str, &str)) -> Response {
        let Ok(mut url) = Url::parse(&sepne.0.client.redirect_uri) else {
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        };
        let is_wrong = sepne.held().mischief == Mischief::WrongIss;
        let iss = if is_wrong { "https://ailleurs.example" } else { sepne.0.issuer.as_str() };
        url.query_pairs_mut().extend_pairs([answer, ("iss", iss)]);
        if let Some(state) = &self.state {
            url.query_pairs_mut().append_pair("state", state);
        }
        (StatusCode::SEE_OTHER, [(header::LOCATION, url.to_string())]).into_response()
    }

    fn code(&self, sepne: &Sepne, address: &str) -> Response {
        let code = sepne.0.rng.secret().reveal().to_owned();
        let kept = Code {
            address: address.to_owned(),
            nonce: self.nonce.clone(),
            challenge: self.challenge.clone(),
            until: sepne.0.clock.now() + CODE,
        };
        keep(&mut sepne.held().codes, code.clone(), kept);
        self.back(sepne, ("code", &code))
    }
}

fn signed_in(sepne: &Sepne, jar: &CookieJar) -> Option<String> {
    let cookie = jar.get(COOKIE)?.value().to_owned();
    sepne.held().sessions.get(&cookie).cloned()
}

/// Who is signed in here.
pub(super) async fn home(State(sepne): State<Sepne>, jar: CookieJar) -> Response {
    let who = signed_in(&sepne, &jar);
    look::page(&SignInPage {
        label: LABEL,
        request: Vec::new(),
        address: String::new(),
        wrong: false,
        who,
        asked: false,
    })
}

/// The authorization endpoint: whoever is signed in goes straight back, unless a sign-in is asked for (row SEP-05).
pub(super) async fn ask(State(sepne): State<Sepne>, jar: CookieJar, RawQuery(query): RawQuery) -> Response {
    let Some(asked) = Asked::read(&sepne, query.unwrap_or_default().as_bytes()) else { return unknown() };
    match signed_in(&sepne, &jar).filter(|_| !asked.again) {
        Some(address) => asked.code(&sepne, &address),
        None => page(&sepne, asked, String::new(), false),
    }
}

fn page(sepne: &Sepne, asked: Asked, address: String, wrong: bool) -> Response {
    sepne.0.sign_in_pages.fetch_add(1, Ordering::Relaxed);
    look::page(&SignInPage { label: LABEL, request: asked.all, address, wrong, who: None, asked: true })
}

/// The sign-in page's answer.
pub(super) async fn answer(
    State(sepne): State<Sepne>,
    jar: CookieJar,
    headers: HeaderMap,
    RawForm(form): RawForm,
) -> Response {
    let Some(asked) = Asked::read(&sepne, &form).filter(|_| is_own(&sepne, &headers)) else { return unknown() };
    let given: BTreeMap<String, String> = url::form_urlencoded::parse(&form).into_owned().collect();
    let told = |name: &str| given.get(name).map_or("", String::as_str);
    if told("answer") == "refuse" {
        return asked.back(&sepne, ("error", "access_denied"));
    }
    let known = sepne.account(told("address")).filter(|account| account.password == told("password"));
    let Some(account) = known else { return page(&sepne, asked, told("address").to_owned(), true) };
    let secret = sepne.0.rng.secret();
    keep(&mut sepne.held().sessions, secret.reveal().to_owned(), account.address.clone());
    let cookie = Cookie::build((COOKIE, secret.reveal().to_owned())).path("/").http_only(true).same_site(SameSite::Lax);
    (jar.add(cookie), asked.code(&sepne, &account.address)).into_response()
}

/// Ends the session here.
pub(super) async fn sign_out(State(sepne): State<Sepne>, jar: CookieJar, headers: HeaderMap) -> Response {
    if !is_own(&sepne, &headers) {
        return unknown();
    }
    if let Some(cookie) = jar.get(COOKIE) {
        sepne.held().sessions.remove(cookie.value());
    }
    let gone = Cookie::build((COOKIE, "")).path("/");
    (jar.remove(gone), (StatusCode::SEE_OTHER, [(header::LOCATION, "/")])).into_response()
}

/// Whether a post comes from a page of its own.
fn is_own(sepne: &Sepne, headers: &HeaderMap) -> bool {
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok());
    origin.is_none_or(|origin| origin == sepne.0.issuer)
}

fn unknown() -> Response {
    let what = "La demande ne vient pas d’un portail connu de ce service.".to_owned();
    let problem = look::Problem { title: LABEL, what, onwards: "/".into() };
    (StatusCode::BAD_REQUEST, look::page(&problem)).into_response()
}
