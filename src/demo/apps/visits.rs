//! An application's own sessions, and the sign-ins that it has begun: in memory, held by cookies, bounded.

use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};

use super::{About, Door};
use crate::{
    app::Clock,
    crypto::Rng,
    domain::{Digest, Fault, Instant, Secret},
};

/// How long a sign-in that was begun may take.
const BEGUN: Duration = Duration::from_hours(1);
/// How long a session lasts.
const SESSION: Duration = Duration::from_hours(12);
/// Sessions, and sign-ins begun, at the most; the oldest give way.
const MOST: usize = 5_000;

/// Who is signed in, and who is about to. Clones are the same.
#[derive(Clone)]
pub struct Visits(Arc<Inner>);

struct Inner {
    clock: Clock,
    rng: Rng,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    begun: BTreeMap<String, Begun>,
    sessions: BTreeMap<String, Session>,
}

/// A sign-in that this browser has begun: what must fit when it comes back.
#[derive(Clone, Debug, Default)]
pub struct Begun {
    /// The digest of the browser's cookie.
    browser: String,
    at: Option<Instant>,
    /// OpenID Connect's `nonce`; empty for CAS.
    pub nonce: String,
    /// PKCE's verifier; empty for CAS.
    pub code_verifier: String,
}

#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
struct Session {
    since: Instant,
    about: About,
}

impl Visits {
    pub(super) fn new(clock: Clock, rng: Rng) -> Self {
        Self(Arc::new(Inner { clock, rng, state: Mutex::default() }))
    }

    /// A new value that nobody can guess.
    #[must_use]
    pub fn secret(&self) -> String {
        self.0.rng.secret().reveal().to_owned()
    }

    /// Notes a sign-in under its state, bound to this browser.
    pub fn begin(&self, jar: CookieJar, state: &str, nonce: &str, code_verifier: &str) -> CookieJar {
        let known = jar.get(BROWSER).map(|cookie| cookie.value().to_owned());
        let browser = known.clone().unwrap_or_else(|| self.secret());
        let jar = if known.is_some() { jar } else { jar.add(cookie(BROWSER.to_owned(), browser.clone())) };
        let begun = Begun {
            browser: digest(&browser),
            at: Some(self.0.clock.now()),
            nonce: nonce.to_owned(),
            code_verifier: code_verifier.to_owned(),
        };
        let mut all = self.state();
        bound(&mut all.begun, |begun| begun.at);
        all.begun.insert(digest(state), begun);
        jar
    }

    /// Takes what was begun under a state: once, in this browser alone, and not too late.
    #[must_use]
    pub fn take(&self, jar: &CookieJar, state: &str) -> Option<Begun> {
        let browser = digest(jar.get(BROWSER)?.value());
        let now = self.0.clock.now();
        let mut all = self.state();
        let begun = all.begun.get(&digest(state)).filter(|begun| begun.browser == browser)?.clone();
        all.begun.remove(&digest(state));
        begun.at.is_some_and(|at| now.since(at) < BEGUN).then_some(begun)
    }

    /// Opens a session at a door, with a new cookie.
    pub fn open(&self, jar: CookieJar, door: &Door, about: About) -> CookieJar {
        let (name, fresh) = (session_cookie(door), self.secret());
        let mut all = self.state();
        if let Some(old) = jar.get(&name) {
            all.sessions.remove(&digest(old.value()));
        }
        bound(&mut all.sessions, |session| Some(session.since));
        all.sessions.insert(digest(&fresh), Session { since: self.0.clock.now(), about });
        jar.add(cookie(name, fresh))
    }

    /// Who is signed in at a door.
    #[must_use]
    pub fn who(&self, jar: &CookieJar, door: &Door) -> Option<About> {
        let cookie = jar.get(&session_cookie(door))?;
        let session = self.state().sessions.get(&digest(cookie.value()))?.clone();
        (self.0.clock.now().since(session.since) < SESSION).then_some(session.about)
    }

    /// Ends the session at a door.
    pub fn close(&self, jar: CookieJar, door: &Door) -> CookieJar {
        let name = session_cookie(door);
        if let Some(old) = jar.get(&name) {
            self.state().sessions.remove(&digest(old.value()));
        }
        jar.add(Cookie::build((name, "")).path("/").removal())
    }

    /// Ends what stands on a session of the identity provider's, which tells that it is over.
    pub fn end(&self, session: &str) {
        self.state().sessions.retain(|_, one| one.about.session.is_empty() || one.about.session != session);
    }

    /// Keeps the sessions in a file, for the next start.
    ///
    /// # Errors
    /// The file can't be written.
    pub fn save(&self, path: &Path) -> Result<(), Fault> {
        let text = serde_json::to_string(&self.state().sessions)?;
        let mut file = fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
        Ok(file.write_all(text.as_bytes())?)
    }

    /// Takes up the sessions of a file, where there is one that can be read.
    pub fn restore(&self, path: &Path) {
        let read = fs::read_to_string(path).ok().and_then(|text| serde_json::from_str(&text).ok());
        if let Some(sessions) = read {
            self.state().sessions = sessions;
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Names the browser in which a sign-in began; opens nothing.
const BROWSER: &str = "navigateur";

fn session_cookie(door: &Door) -> String {
    format!("session{}", door.prefix.replace('/', "-"))
}

fn cookie(name: String, value: String) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).build()
}

fn digest(text: &str) -> String {
    Digest::of(Secret::new(text).reveal().as_bytes()).as_str().to_owned()
}

/// Makes room for one more: the oldest go.
fn bound<T>(map: &mut BTreeMap<String, T>, since: impl Fn(&T) -> Option<Instant>) {
    if map.len() < MOST {
        return;
    }
    let mut ages: Vec<_> = map.iter().map(|(key, value)| (since(value), key.clone())).collect();
    ages.sort_unstable();
    for (_, key) in ages.into_iter().take(MOST / 10) {
        map.remove(&key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::apps::DOORS;

    #[test]
    fn what_was_begun_comes_back_once_in_the_same_browser_and_in_time() {
        let clock = Clock::default();
        let visits = Visits::new(clock.clone(), Rng::seeded(1));
        let jar = visits.begin(CookieJar::new(), "state", "nonce", "verifier");
        let stranger = visits.begin(CookieJar::new(), "other", "", "");
        assert!(visits.take(&stranger, "state").is_none() && visits.take(&CookieJar::new(), "state").is_none());
        assert_eq!(visits.take(&jar, "state").map(|begun| begun.nonce).as_deref(), Some("nonce"));
        assert!(visits.take(&jar, "state").is_none(), "once");
        clock.advance(Duration::from_hours(2));
        assert!(visits.take(&stranger, "other").is_none(), "too late");
    }

    #[test]
    fn a_session_belongs_to_its_door_changes_its_cookie_and_outlives_a_restart() {
        let folder = tempfile::tempdir().expect("a folder");
        let (visits, [usual, ent]) = (Visits::new(Clock::default(), Rng::seeded(1)), DOORS);
        let nadia = About { name: "Nadia Roux".into(), ..About::default() };
        let first = visits.open(CookieJar::new(), &usual, nadia.clone());
        assert!(visits.who(&first, &usual).is_some() && visits.who(&first, &ent).is_none());
        let second = visits.open(first.clone(), &usual, nadia);
        assert!(visits.who(&first, &usual).is_none() && visits.who(&second, &usual).is_some());
        visits.save(&folder.path().join("sessions.json")).expect("saved");
        let next = Visits::new(Clock::default(), Rng::seeded(2));
        next.restore(&folder.path().join("sessions.json"));
        assert_eq!(next.who(&second, &usual).map(|about| about.name).as_deref(), Some("Nadia Roux"));
        let closed = next.close(second.clone(), &usual);
        assert!(next.who(&second, &usual).is_none() && next.who(&closed, &usual).is_none());
    }
}
