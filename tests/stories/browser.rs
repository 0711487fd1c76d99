//! A browser: cookies, forms, redirects and history are its business, so that stories need not speak of them.

use std::{sync::Arc, time::Duration};

use axum_extra::extract::cookie::{Cookie, SameSite};
use preau::{
    app::Clock,
    domain::{Digest, Instant, Secret},
};
use reqwest::{
    Method, StatusCode,
    header::{self, HeaderMap, HeaderName, HeaderValue},
};
use url::Url;

use crate::page::{Form, Page};

/// How far a chain of redirects is followed.
const MOST_HOPS: usize = 20;

/// A browser with its own cookies. It follows redirects as long as they lead to the server, and stops at the first
/// foreign address: `place` then says which.
pub struct Browser {
    /// Headers sent with every request: `Accept-Language`, `User-Agent`, `X-Forwarded-For`, …
    pub headers: HeaderMap,
    http: reqwest::Client,
    cookies: Vec<Kept>,
    clock: Clock,
    origin: Url,
    /// The port of the node that answers.
    node: u16,
    page: Option<Arc<Page>>,
    place: Url,
    /// Every page opened; whether it was the answer to a form.
    history: Vec<(Url, bool)>,
}

struct Kept {
    host: String,
    cookie: Cookie<'static>,
    until: Option<Instant>,
}

/// A request of the browser.
struct Sent {
    method: Method,
    url: Url,
    body: Option<String>,
    /// The origin of the page that sends it.
    from: Option<String>,
}

impl Browser {
    /// A browser without cookies. Browsers of a world share what costs long to make: the client under them.
    pub fn new(origin: &Url, node: u16, clock: Clock, http: reqwest::Client) -> Self {
        Self {
            headers: HeaderMap::new(),
            http,
            cookies: Vec::new(),
            clock,
            origin: origin.clone(),
            node,
            page: None,
            place: origin.clone(),
            history: Vec::new(),
        }
    }

    /// What is under browsers: it follows no redirect, keeps no cookie, and trusts one authority at the most.
    pub fn client(authority: Option<&[u8]>) -> reqwest::Client {
        let mut http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .tls_built_in_root_certs(false)
            .timeout(Duration::from_secs(30));
        if let Some(pem) = authority {
            http = http.add_root_certificate(reqwest::Certificate::from_pem(pem).unwrap());
        }
        http.build().unwrap()
    }

    /// The same with a header on every request.
    pub fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.insert(HeaderName::from_static(name), HeaderValue::from_str(value).unwrap());
        self
    }

    /// The page on the screen: the last that the server answered with.
    pub fn page(&self) -> &Page {
        self.page.as_ref().expect("a page was opened")
    }

    /// Whether the page on the screen is of that kind.
    pub fn shows(&self, data_page: &str) -> bool {
        self.page.as_ref().is_some_and(|page| page.data_page() == data_page)
    }

    /// Where the browser is: of the page, or the foreign address that it was sent to.
    pub fn place(&self) -> &Url {
        &self.place
    }

    /// Opens an address: whole, or a path of ours.
    pub async fn opens(&mut self, address: impl AsRef<str>) -> &mut Self {
        let from = if self.is_ours(&self.place) { &self.place } else { &self.origin };
        let url = from.join(address.as_ref()).expect("an address");
        self.sends(Sent { method: Method::GET, url, body: None, from: None }).await
    }

    /// Follows a link by its text.
    pub async fn follows(&mut self, label: &str) -> &mut Self {
        let href = self.page().link(label).unwrap_or_else(|| panic!("no link “{label}” on {}", self.shown()));
        let to = self.place.join(&href).expect("an address");
        self.opens(to).await
    }

    /// Fills in the form that has these controls, called by name or by label, and sends it.
    pub async fn submits<'a, V: AsRef<str> + ?Sized + 'a>(
        &mut self,
        typed: impl IntoIterator<Item = (&'a str, &'a V)>,
    ) -> &mut Self {
        let typed: Vec<_> = typed.into_iter().map(|(name, value)| (name, value.as_ref())).collect();
        let has_all = |form: &Form| typed.iter().all(|(called, _)| form.control(called).is_some());
        let form = self.page().forms().into_iter().find(has_all);
        let form = form.unwrap_or_else(|| panic!("no form with {typed:?} on {}", self.shown()));
        let mut fields = form.fields.clone();
        for (called, value) in typed {
            let name = form.control(called).expect("just seen").to_owned();
            fields.retain(|(other, _)| *other != name);
            fields.push((name, value.to_owned()));
        }
        self.sends_form(&form, fields).await
    }

    /// Presses a button by its text; the form goes as the page filled it in.
    pub async fn presses(&mut self, label: &str) -> &mut Self {
        let pressed = self.page().forms().into_iter().find_map(|form| {
            let button = form.buttons.iter().find(|(text, _, _)| text == label)?.clone();
            Some((form, button))
        });
        let (form, (_, name, value)) = pressed.unwrap_or_else(|| panic!("no button “{label}” on {}", self.shown()));
        let fields = form.fields.iter().cloned().chain(name.map(|name| (name, value))).collect();
        let own = form.actions.iter().find(|(text, _)| text == label).map(|(_, action)| action.clone());
        let form = Form { action: own.unwrap_or_else(|| form.action.clone()), ..form };
        self.sends_form(&form, fields).await
    }

    /// Fills in the form that has a button of that value, and presses it.
    pub async fn answers(&mut self, value: &str, typed: &[(&str, &str)]) -> &mut Self {
        let found = self.page().forms().into_iter().find_map(|form| {
            let button = form.buttons.iter().find(|(_, _, own)| own == value)?.clone();
            Some((form, button))
        });
        let (form, (_, name, _)) = found.unwrap_or_else(|| panic!("no button of {value:?} on {}", self.shown()));
        let mut fields = form.fields.clone();
        fields.retain(|(field, _)| typed.iter().all(|(name, _)| name != field));
        fields.extend(typed.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())));
        fields.extend(name.map(|name| (name, value.to_owned())));
        self.sends_form(&form, fields).await
    }

    /// Asks for the same page again: as a browser does, a form's answer would have to be sent once more.
    pub async fn reloads(&mut self) -> &mut Self {
        let url = self.place.clone();
        assert!(
            !self.history.last().is_some_and(|(_, is_answer)| *is_answer),
            "the browser asks whether to send again"
        );
        self.sends(Sent { method: Method::GET, url, body: None, from: None }).await
    }

    /// Goes back one page. Our pages are `no-store`: a browser fetches them anew, and one that answered a form can't be.
    pub async fn goes_back(&mut self) -> &mut Self {
        self.history.pop();
        let (url, is_answer) = self.history.pop().expect("a page before this one");
        assert!(!is_answer, "the browser shows its page “send the form again?” instead of {url}");
        self.sends(Sent { method: Method::GET, url, body: None, from: None }).await
    }

    /// Posts fields to an address, from a page of some origin (`None`: a client that says no origin). Cookies go as
    /// `SameSite=Lax` says: not from another site.
    pub async fn posts(&mut self, address: &str, from: Option<&str>, fields: &[(&str, &str)]) -> &mut Self {
        let url = self.place.join(address).expect("an address");
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        self.sends(Sent { method: Method::POST, url, body: Some(body), from: from.map(str::to_owned) }).await
    }

    /// A request of any method without a body.
    pub async fn asks(&mut self, method: Method, address: &str) -> &mut Self {
        let url = self.place.join(address).expect("an address");
        self.sends(Sent { method, url, body: None, from: None }).await
    }

    /// A second tab: the same cookies as now, a page of its own. `adopts` brings the cookies back.
    pub fn tab(&self) -> Self {
        let cookies = self.cookies.iter().map(|kept| Kept {
            host: kept.host.clone(),
            cookie: kept.cookie.clone(),
            until: kept.until,
        });
        Self {
            headers: self.headers.clone(),
            http: self.http.clone(),
            cookies: cookies.collect(),
            clock: self.clock.clone(),
            origin: self.origin.clone(),
            node: self.node,
            page: self.page.clone(),
            place: self.place.clone(),
            history: self.history.clone(),
        }
    }

    /// Takes over the cookies of another tab of the same browser.
    pub fn adopts(&mut self, other: &Self) {
        self.cookies = other.tab().cookies;
    }

    /// Is closed and opened again: cookies without a date are gone, and no page is open.
    pub fn is_closed_and_opened(&mut self) {
        self.cookies.retain(|kept| kept.until.is_some());
        self.history.clear();
        self.place = self.origin.clone();
        self.page = None;
    }

    /// From now on another node answers.
    pub fn meets_node(&mut self, port: u16) {
        self.node = port;
    }

    /// A cookie's value.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        self.kept(name).map(Cookie::value)
    }

    /// A cookie with its attributes, as the server set it.
    pub fn kept(&self, name: &str) -> Option<&Cookie<'static>> {
        self.cookies.iter().map(|kept| &kept.cookie).find(|cookie| cookie.name() == name)
    }

    /// The names of all cookies.
    pub fn cookies_held(&self) -> Vec<String> {
        let mut names: Vec<_> = self.cookies.iter().map(|kept| kept.cookie.name().to_owned()).collect();
        names.sort();
        names
    }

    /// Loses a cookie.
    pub fn forgets(&mut self, name: &str) {
        self.cookies.retain(|kept| kept.cookie.name() != name);
    }

    /// Holds a cookie that somebody planted.
    pub fn holds(&mut self, name: &str, value: &str) {
        self.forgets(name);
        let host = self.origin.host_str().unwrap_or_default().to_owned();
        let cookie = Cookie::new(name.to_owned(), value.to_owned());
        self.cookies.push(Kept { host, cookie, until: None });
    }

    /// The digest by which the server knows this browser.
    pub fn digest(&self) -> Digest {
        Secret::new(self.cookie("preau_browser").expect("a page was opened")).digest()
    }

    async fn sends_form(&mut self, form: &Form, fields: Vec<(String, String)>) -> &mut Self {
        let mut url = self.place.join(&form.action).expect("an address");
        let encoded = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let from = Some(self.place.origin().ascii_serialization());
        if form.is_post {
            return self.sends(Sent { method: Method::POST, url, body: Some(encoded), from }).await;
        }
        url.set_query(Some(&encoded));
        self.sends(Sent { method: Method::GET, url, body: None, from }).await
    }

    async fn sends(&mut self, mut sent: Sent) -> &mut Self {
        for _ in 0..MOST_HOPS {
            let page = self.exchanges(&sent).await;
            let is_answer = sent.method != Method::GET;
            let to = page.headers.get(header::LOCATION).filter(|_| page.status.is_redirection());
            let to = to.map(|to| sent.url.join(to.to_str().unwrap()).expect("an address to go on to"));
            let (status, url) = (page.status, page.url.clone());
            self.page = Some(Arc::new(page));
            let Some(to) = to else {
                self.place = url.clone();
                self.history.push((url, is_answer));
                return self;
            };
            self.place = to.clone();
            if !self.is_ours(&to) {
                self.history.push((to, false));
                return self;
            }
            let keeps_method = matches!(status, StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT);
            sent = if keeps_method {
                Sent { url: to, ..sent }
            } else {
                Sent { method: Method::GET, url: to, body: None, from: sent.from }
            };
        }
        panic!("redirected round and round: {}", self.place)
    }

    async fn exchanges(&mut self, sent: &Sent) -> Page {
        let mut to = sent.url.clone();
        let host = to.host_str().unwrap_or_default().to_owned();
        let authority = to.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}"));
        to.set_fragment(None);
        if self.is_ours(&to) {
            // `localhost` and what ends with it is this machine, whichever node answers.
            to.set_host(Some("localhost")).unwrap();
            to.set_port(Some(self.node)).unwrap();
        }
        let here = if self.is_ours(&sent.url) { &self.origin } else { &sent.url }.origin().ascii_serialization();
        let from_elsewhere = sent.from.as_deref().is_some_and(|from| from != here);
        let mut request =
            self.http.request(sent.method.clone(), to).headers(self.headers.clone()).header(header::HOST, authority);
        if let (Some(from), false) = (&sent.from, sent.method == Method::GET) {
            let site = if from_elsewhere { "cross-site" } else { "same-origin" };
            request = request.header(header::ORIGIN, from).header("sec-fetch-site", site);
        }
        if let Some(cookies) = self.cookies_for(sent, from_elsewhere) {
            request = request.header(header::COOKIE, cookies);
        }
        if let Some(body) = &sent.body {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(body.clone());
        }
        let response = request.send().await.unwrap_or_else(|error| panic!("{}: {error:?}", sent.url));
        let (status, headers) = (response.status(), response.headers().clone());
        self.keeps(&host, &headers);
        let body = response.text().await.expect("a text");
        Page { url: sent.url.clone(), status, headers, body }
    }

    fn cookies_for(&self, sent: &Sent, from_elsewhere: bool) -> Option<String> {
        let (host, now) = (sent.url.host_str().unwrap_or_default(), self.clock.now());
        let goes = |kept: &&Kept| {
            let lax = kept.cookie.same_site().unwrap_or(SameSite::Lax) != SameSite::None;
            kept.host == host
                && is_below(sent.url.path(), path_of(&kept.cookie))
                && kept.until.is_none_or(|until| now < until)
                && (sent.url.scheme() == "https" || !kept.cookie.secure().unwrap_or(false))
                && !(lax && from_elsewhere && sent.method != Method::GET)
        };
        let cookies: Vec<_> = self.cookies.iter().filter(goes).map(|kept| kept.cookie.stripped().to_string()).collect();
        (!cookies.is_empty()).then(|| cookies.join("; "))
    }

    fn keeps(&mut self, host: &str, headers: &HeaderMap) {
        for line in headers.get_all(header::SET_COOKIE) {
            let cookie = Cookie::parse(line.to_str().unwrap().to_owned()).expect("a cookie");
            let is_same = |kept: &Cookie<'_>| kept.name() == cookie.name() && path_of(kept) == path_of(&cookie);
            self.cookies.retain(|kept| !(kept.host == host && is_same(&kept.cookie)));
            let age = cookie.max_age().map(|age| Duration::try_from(age).unwrap_or_default());
            let is_past = cookie.expires_datetime().is_some_and(|at| at.unix_timestamp() <= self.clock.now().seconds());
            if age != Some(Duration::ZERO) && !is_past {
                let until = age.map(|age| self.clock.now() + age);
                self.cookies.push(Kept { host: host.to_owned(), cookie, until });
            }
        }
    }

    fn is_ours(&self, url: &Url) -> bool {
        let local = |host: &str| host == "localhost" || host.ends_with(".localhost");
        url.port() == self.origin.port() && url.host_str().is_some_and(local)
    }

    fn shown(&self) -> String {
        let page = self.page();
        format!("{} ({} {}): {}", page.url, page.status, page.data_page(), page.text())
    }
}

fn path_of<'a>(cookie: &'a Cookie<'_>) -> &'a str {
    cookie.path().unwrap_or("/")
}

/// Whether a cookie of that path goes to this one (RFC 6265 §5.1.4).
fn is_below(path: &str, of: &str) -> bool {
    path.strip_prefix(of).is_some_and(|rest| rest.is_empty() || of.ends_with('/') || rest.starts_with('/'))
}
