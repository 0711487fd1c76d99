//! Chromium without a screen, driven as a person drives it: by keys, and looked at by what stands on the page.
//!
//! Each window has a profile of its own. When a story closes it, it must have spoken to nobody but the hosts of the story
//! (row XCT-12) and have nothing on its console: no error of a script, no refusal by the content security policy.

mod driver;

use std::{fmt::Debug, time::Duration};

use fantoccini::{
    ClientBuilder, Locator,
    actions::{InputSource, KeyAction, KeyActions},
    key::Key,
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tokio::sync::{Semaphore, SemaphorePermit};
use url::Url;

use driver::Ask;

/// Windows at once, in the whole binary: more are slower on two cores.
static WINDOWS: Semaphore = Semaphore::const_new(3);
/// What the network may say on the console: refusals and waiting pages have 4xx and 503 on purpose.
const EXPECTED: [&str; 2] = ["the server responded with a status of", "net::ERR_BLOCKED_BY_CLIENT"];
const PATIENCE: Duration = Duration::from_secs(10);
const LOOK_AGAIN: Duration = Duration::from_millis(25);

/// What a window looks like.
#[derive(Clone, Copy, Debug)]
pub struct Screen {
    width: u32,
    height: u32,
    zoom: u32,
    scripts: bool,
    language: &'static str,
    night: bool,
}

impl Screen {
    const fn of(width: u32, height: u32) -> Self {
        Self { width, height, zoom: 1, scripts: true, language: "fr,fr-FR", night: false }
    }

    /// 360 × 800: a parent's telephone.
    pub const fn phone() -> Self {
        Self::of(360, 800)
    }

    /// 320 × 640: the narrowest that WCAG 1.4.10 asks for.
    pub const fn narrow() -> Self {
        Self::of(320, 640)
    }

    /// 1280 × 800.
    pub const fn desk() -> Self {
        Self::of(1280, 800)
    }

    /// 1280 × 1024 at 400 %: 320 × 256 points of four by four dots each (WCAG 1.4.10).
    pub const fn magnified() -> Self {
        Self { zoom: 4, ..Self::of(320, 256) }
    }

    /// With or without scripts.
    #[must_use]
    pub const fn scripts(self, scripts: bool) -> Self {
        Self { scripts, ..self }
    }

    /// As the operating system asks for by night.
    #[must_use]
    pub const fn at_night(self) -> Self {
        Self { night: true, ..self }
    }

    /// What the browser says it reads: `fr,fr-FR`, `en`, …
    #[must_use]
    pub const fn reading(self, language: &'static str) -> Self {
        Self { language, ..self }
    }
}

/// A window of a browser with a profile of its own.
pub struct Window {
    client: fantoccini::Client,
    session: Option<String>,
    requests: Vec<Sent>,
    _profile: tempfile::TempDir,
    _turn: SemaphorePermit<'static>,
}

/// A request that the browser has sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// Its method.
    pub method: String,
    /// Its address.
    pub url: Url,
}

/// What has the keyboard's focus.
#[derive(Clone, Debug, Deserialize)]
pub struct Focus {
    /// Its `id`, else its `name`.
    pub name: String,
    /// What it is called.
    pub label: String,
    /// Whether a ring shows it and nothing hides it (WCAG 2.4.7, 2.4.11).
    pub shows: bool,
}

impl Window {
    /// Opens a window.
    pub async fn opens(screen: Screen) -> Self {
        let turn = WINDOWS.acquire().await.unwrap();
        let profile = tempfile::tempdir().unwrap();
        let Value::Object(wishes) = wishes(screen, &profile.path().display().to_string()) else { unreachable!() };
        let client = ClientBuilder::native().capabilities(wishes).connect(driver::address()).await.unwrap();
        let session = client.session_id().await.unwrap();
        let window = Self { client, session, requests: Vec::new(), _profile: profile, _turn: turn };
        window.shows(screen).await;
        window
    }

    /// Makes the window look like another screen.
    pub async fn shows(&self, screen: Screen) {
        let metrics = json!({
            "width": screen.width, "height": screen.height, "deviceScaleFactor": screen.zoom, "mobile": false,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", &metrics).await;
        let scheme = if screen.night { "dark" } else { "light" };
        // Without motion a look is never at a colour half-way.
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.devtools("Emulation.setEmulatedMedia", &json!({ "features": features })).await;
    }

    /// Makes the window look as on paper.
    pub async fn prints(&self) {
        self.devtools("Emulation.setEmulatedMedia", &json!({ "media": "print" })).await;
    }

    /// Keeps addresses like this from being fetched, as a broken network would.
    pub async fn blocks(&self, addresses: &str) {
        self.devtools("Network.enable", &json!({})).await;
        self.devtools("Network.setBlockedURLs", &json!({ "urls": [addresses] })).await;
    }

    /// Types an address.
    pub async fn goes_to(&self, url: impl AsRef<str>) {
        self.client.goto(url.as_ref()).await.unwrap();
    }

    /// Presses a key and lets it go.
    pub async fn presses(&self, key: Key) {
        let value = char::from(key);
        let keys = KeyActions::new("keyboard".into()).then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.client.perform_actions(keys).await.unwrap();
    }

    /// Presses a key while Control is held down.
    pub async fn presses_with_control(&self, value: char) {
        let control = char::from(Key::Control);
        let keys = KeyActions::new("keyboard".into())
            .then(KeyAction::Down { value: control })
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value })
            .then(KeyAction::Up { value: control });
        self.client.perform_actions(keys).await.unwrap();
    }

    /// Types a text where the focus is.
    pub async fn types(&self, text: &str) {
        self.client.active_element().await.unwrap().send_keys(text).await.unwrap();
    }

    /// Presses Tab until the focus is on something whose label, name or id is this; every stop on the way must show.
    pub async fn tabs_to(&self, label: &str) -> Focus {
        let mut passed = Vec::new();
        for _ in 0..40 {
            self.presses(Key::Tab).await;
            let Some(focus) = self.focus().await else { continue };
            assert!(focus.shows, "the focus on {focus:?} cannot be seen, after {passed:?}");
            if focus.label == label || focus.name == label {
                return focus;
            }
            passed.push(focus.label);
        }
        panic!("Tab does not lead to {label:?}, only to {passed:?}");
    }

    /// What has the focus, if anything but the page.
    pub async fn focus(&self) -> Option<Focus> {
        self.evaluates(include_str!("chromium/focus.js"), vec![]).await
    }

    /// Clicks what a selector finds.
    pub async fn clicks(&self, selector: &str) {
        self.sees(selector).await;
        self.client.find(Locator::Css(selector)).await.unwrap().click().await.unwrap();
    }

    /// Goes back by the browser's button.
    pub async fn goes_back(&self) {
        self.client.back().await.unwrap();
    }

    /// Loads the page again.
    pub async fn reloads(&self) {
        self.client.refresh().await.unwrap();
    }

    /// Waits until something stands on the page. A look that fails half-way between two pages is only a look too early.
    pub async fn sees(&self, selector: &str) {
        let began = std::time::Instant::now();
        loop {
            let wait = self.client.wait().at_most(LOOK_AGAIN * 4).every(LOOK_AGAIN);
            let Err(error) = wait.for_element(Locator::Css(selector)).await else { return };
            if began.elapsed() > PATIENCE {
                let (place, text) = (self.place().await, self.text().await);
                panic!("{selector} does not stand at {place} ({error}):\n{text}");
            }
        }
    }

    /// Waits for a page of ours: `sign-in`, `chooser`, …
    pub async fn is_on(&self, page: &str) {
        self.sees(&format!("body[data-page=\"{page}\"]")).await;
    }

    /// Where it is.
    pub async fn place(&self) -> Url {
        self.client.current_url().await.unwrap()
    }

    /// What can be read.
    pub async fn text(&self) -> String {
        self.evaluates("return document.body.innerText", vec![]).await
    }

    /// The title.
    pub async fn title(&self) -> String {
        self.client.title().await.unwrap()
    }

    /// What a script of the story says. It runs where those of the page are off, too.
    pub async fn evaluates<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> T {
        let value = self.client.execute(script, arguments).await.unwrap();
        serde_json::from_value(value).unwrap()
    }

    /// The same for a script that calls its last argument when it is done.
    pub async fn awaits<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> T {
        let value = self.client.execute_async(script, arguments).await.unwrap();
        serde_json::from_value(value).unwrap()
    }

    /// An attribute of what a selector finds; none where it is not set.
    pub async fn attribute(&self, selector: &str, name: &str) -> Option<String> {
        self.client.find(Locator::Css(selector)).await.unwrap().attr(name).await.unwrap()
    }

    /// A picture of the whole page, PNG.
    pub async fn picture(&self) -> Vec<u8> {
        let height: u32 = self.evaluates("return Math.ceil(document.documentElement.scrollHeight)", vec![]).await;
        let width: u32 = self.evaluates("return innerWidth", vec![]).await;
        let clip = json!({ "captureBeyondViewport": true, "clip": { "x": 0, "y": 0, "width": width, "height": height, "scale": 1 } });
        let shot = self.devtools("Page.captureScreenshot", &clip).await;
        base64::Engine::decode(&base64::prelude::BASE64_STANDARD, shot["data"].as_str().unwrap()).unwrap()
    }

    /// Every request so far.
    pub async fn requests(&mut self) -> &[Sent] {
        for entry in self.log("performance").await {
            let event: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
            let event = &event["message"];
            let request = &event["params"]["request"];
            if event["method"] == "Network.requestWillBeSent"
                && let (Some(method), Some(Ok(url))) =
                    (request["method"].as_str(), request["url"].as_str().map(Url::parse))
            {
                self.requests.push(Sent { method: method.to_owned(), url });
            }
        }
        &self.requests
    }

    /// Closes the window and asserts that it spoke to these origins only and complained of nothing.
    pub async fn closes(mut self, hosts: &[&str]) {
        for sent in self.requests().await {
            // `data:` and the browser's own `chrome:` ask nobody.
            let asks_nobody = !matches!(sent.url.scheme(), "http" | "https" | "ws" | "wss");
            let at_home = asks_nobody || sent.url.host_str().is_some_and(|host| hosts.contains(&host));
            assert!(at_home, "a third party was asked: {} (row XCT-12)", sent.url);
        }
        let complaints = self.complaints().await;
        assert!(complaints.is_empty(), "the console holds {complaints:#?}");
        self.session = None;
        self.client.clone().close().await.unwrap();
    }

    /// The device has an authenticator from now on.
    pub async fn gets_authenticator(&self) {
        self.client.issue_cmd(Ask::authenticator()).await.unwrap();
    }

    /// What the console holds, but for what is expected.
    async fn complaints(&self) -> Vec<Value> {
        let log = self.log("browser").await;
        log.into_iter()
            .filter(|line| line["level"] != "INFO" && line["level"] != "DEBUG")
            .filter(|line| {
                !(line["source"] == "network"
                    && EXPECTED.iter().any(|words| line["message"].as_str().unwrap().contains(words)))
            })
            .collect()
    }

    async fn log(&self, kind: &str) -> Vec<Value> {
        let Value::Array(lines) = self.client.issue_cmd(Ask::log(kind)).await.unwrap() else { unreachable!() };
        lines
    }

    async fn devtools(&self, command: &str, params: &Value) -> Value {
        self.client.issue_cmd(Ask::devtools(command, params)).await.unwrap()
    }
}

impl Debug for Window {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Window").field("session", &self.session).finish_non_exhaustive()
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        if let Some(session) = &self.session {
            driver::end(session);
        }
    }
}

fn wishes(screen: Screen, profile: &str) -> Value {
    let mut arguments: Vec<String> = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-crash-reporter",
        "--disable-sync",
        "--no-first-run",
        "--remote-debugging-pipe",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.*",
    ]
    .map(str::to_owned)
    .into();
    arguments.push(format!("--user-data-dir={profile}"));
    arguments.push(format!("--lang={}", screen.language));
    arguments.push(format!("--window-size={},{}", screen.width.max(500), screen.height));
    json!({
        "goog:loggingPrefs": { "performance": "ALL", "browser": "ALL" },
        "goog:chromeOptions": {
            "binary": driver::chromium(),
            "args": arguments,
            "prefs": {
                "intl.accept_languages": screen.language,
                "profile.managed_default_content_settings.javascript": if screen.scripts { 1 } else { 2 },
            },
        },
    })
}
