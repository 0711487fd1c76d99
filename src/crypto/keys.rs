//! The signing keys of this issuer: made on the first start, kept in a directory, renewed by the operator.
//!
//! Keys are parsed once, when the ring is opened; signing needs no lock. A ring never changes: the server opens another
//! when [`KeyRing::changed_since_opened`] says so. It must not judge claims: dates, audiences and issuers are the caller's.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use serde_json::{Map, Value, json};

use super::{
    jwk::{self, Alg, Key},
    keydir::{KeyDir, Manifest, SigningKey, Stamp, is_signing_key},
};
use crate::domain::{Fault, Instant};

/// The keys of one moment. Clones are cheap and the same ring.
#[derive(Clone)]
pub struct KeyRing(Arc<Ring>);

struct Ring {
    dir: PathBuf,
    stamp: Stamp,
    /// The oldest first.
    keys: Vec<Held>,
}

struct Held {
    about: SigningKey,
    key: Key,
}

/// A line of `preau keys list`.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct KeyLine {
    /// The key's id: its RFC 7638 thumbprint.
    pub kid: String,
    /// `RS256` or `ES256`.
    pub alg: String,
    /// When it was made.
    pub created_at: Instant,
    /// Since when it signs no more.
    pub retired_at: Option<Instant>,
    /// What it does now.
    pub state: KeyState,
}

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum KeyState {
    /// Signs, and is published.
    Signing,
    /// Signs no more; published until its last token is out of date.
    Published,
    /// Neither; its file goes at the next rotation.
    Withdrawn,
}

impl KeyRing {
    /// Opens the keys of a directory. On the first start (no directory, or no keys in it) makes one RS256 and one ES256
    /// key. Reads files and may compute an RSA key: a tenth of a second, off the async threads.
    ///
    /// # Errors
    /// A key that is missing or damaged, or a directory that can't be used; always with what to do.
    pub fn open(dir: &Path, now: Instant) -> Result<Self, Fault> {
        let files = KeyDir::open(dir)?;
        let mut manifest = load(&files)?;
        if manifest.signing.is_empty() {
            manifest = renew(&files, manifest, now)?;
        }
        let keys = manifest.signing.into_iter().map(|about| Held::read(&files, about)).collect::<Result<_, _>>()?;
        Ok(Self(Arc::new(Ring { dir: dir.to_owned(), stamp: Stamp::of(dir), keys })))
    }

    /// Makes new keys and gives their ids. The old ones sign no more and stay published for `keep`: as long as anything
    /// that they signed may be shown. Keys whose time was over already go for good. This is also how an operator gives up
    /// a lost key: one that can't be read is replaced, and what it signed is refused from then on.
    ///
    /// # Errors
    /// A directory that can't be used or has no manifest.
    pub fn rotate(dir: &Path, now: Instant, keep: Duration) -> Result<Vec<String>, Fault> {
        let files = KeyDir::open(dir)?;
        let mut manifest = load(&files)?;
        let (kept, over): (Vec<_>, Vec<_>) = manifest.signing.into_iter().partition(|about| about.is_published(now));
        let readable = kept.into_iter().filter(|about| Held::read(&files, about.clone()).is_ok());
        manifest.signing = readable.map(|about| retired(about, now, keep)).collect();
        let old = manifest.signing.len();
        let manifest = renew(&files, manifest, now)?;
        for about in over {
            files.remove(&about.file())?;
        }
        Ok(manifest.signing.into_iter().skip(old).map(|about| about.kid).collect())
    }

    /// Whether keys were renewed in the directory since. A look at one file: fit for every second.
    #[must_use]
    pub fn changed_since_opened(&self) -> bool {
        Stamp::of(&self.0.dir) != self.0.stamp
    }

    /// Signs claims: a compact JWS with `alg`, `kid` and, where given, `typ`.
    ///
    /// # Errors
    /// An algorithm other than `RS256` and `ES256`.
    pub fn sign(&self, alg: &str, typ: Option<&str>, claims: &Value) -> Result<String, Fault> {
        let current = |held: &&Held| held.about.alg == alg && held.about.retired_at.is_none();
        let held = self.0.keys.iter().rev().find(current).ok_or_else(|| {
            Fault::new(format!("there is no key to sign with {alg}"))
                .remedy("RS256 and ES256 are the algorithms offered")
        })?;
        held.key.sign(typ, claims)
    }

    /// The claims of a JWS that a published key of this ring signed (such as an `id_token_hint`), whatever their dates say.
    #[must_use]
    pub fn verify(&self, jwt: &str, now: Instant) -> Option<Map<String, Value>> {
        let kid = jwk::claimed_kid(jwt)?;
        let held = self.0.keys.iter().find(|held| held.about.kid == kid)?;
        if held.about.is_published(now) { held.key.verify(jwt) } else { None }
    }

    /// The published keys as a JWK Set (RFC 7517 §5), public parts only, those that sign first.
    #[must_use]
    pub fn jwks(&self, now: Instant) -> Value {
        let mut published: Vec<&Held> = self.0.keys.iter().filter(|held| held.about.is_published(now)).collect();
        published.sort_by_key(|held| held.about.retired_at.is_some());
        json!({ "keys": published.into_iter().map(|held| held.key.public()).collect::<Vec<_>>() })
    }

    /// Every key, the oldest first.
    #[must_use]
    pub fn list(&self, now: Instant) -> Vec<KeyLine> {
        self.0.keys.iter().map(|held| held.about.line(now)).collect()
    }
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys.iter().map(|held| &held.about.kid)).finish()
    }
}

impl Held {
    fn read(files: &KeyDir, about: SigningKey) -> Result<Self, Fault> {
        let name = about.file();
        let read = || {
            let alg =
                Alg::named(&about.alg).ok_or_else(|| Fault::new(format!("{} is no algorithm here", about.alg)))?;
            let text = files.read(&name)?;
            Key::parse(alg, &about.kid, &text).map_err(|why| Fault::new(format!("{name} is damaged: {}", why.cause)))
        };
        let remedy = "restore it from a backup; if it is lost for good, `preau keys rotate` makes new keys, and what the \
                      lost one signed is refused from then on";
        match read() {
            Ok(key) => Ok(Self { about, key }),
            Err(Fault { cause, remedy: known }) => Err(Fault { cause, remedy: known.or(Some(remedy.to_owned())) }),
        }
    }
}

impl SigningKey {
    fn line(&self, now: Instant) -> KeyLine {
        let state = match self.retired_at {
            None => KeyState::Signing,
            Some(_) if self.is_published(now) => KeyState::Published,
            Some(_) => KeyState::Withdrawn,
        };
        let Self { kid, alg, created_at, retired_at, .. } = self.clone();
        KeyLine { kid, alg, created_at, retired_at, state }
    }
}

/// What the directory must hold. Where no signing key was made, there must be none.
fn load(files: &KeyDir) -> Result<Manifest, Fault> {
    let manifest = files.manifest()?.unwrap_or(Manifest::empty());
    if manifest.signing.is_empty() {
        files.refuse_unnamed(is_signing_key)?;
    }
    Ok(manifest)
}

/// Adds a new key of each algorithm, in the directory and in its manifest.
fn renew(files: &KeyDir, mut manifest: Manifest, now: Instant) -> Result<Manifest, Fault> {
    let mut made = Vec::new();
    for alg in Alg::ALL {
        let (kid, text) = jwk::generate(alg)?;
        let alg = alg.name().to_owned();
        let about = SigningKey { kid, alg, created_at: now, retired_at: None, published_until: None };
        made.push((about.file(), text));
        manifest.signing.push(about);
    }
    files.commit(&manifest, &made)?;
    Ok(manifest)
}

/// A key that signs becomes one that is published for so long; one retired before keeps its date, unless that is later.
fn retired(about: SigningKey, now: Instant, keep: Duration) -> SigningKey {
    let until = about.published_until.map_or(now + keep, |until| until.min(now + keep));
    SigningKey { retired_at: about.retired_at.or(Some(now)), published_until: Some(until), ..about }
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use tempfile::TempDir;

    use super::{
        KeyState::{Published, Signing, Withdrawn},
        *,
    };
    use crate::crypto::exposed_keys;

    const NOW: Instant = Instant::from_seconds(1_800_000_000);
    const HOUR: Duration = Duration::from_hours(1);

    fn dir() -> TempDir {
        tempfile::tempdir().expect("a directory")
    }

    fn open(dir: &TempDir) -> KeyRing {
        KeyRing::open(dir.path(), NOW).expect("keys")
    }

    fn kids(jwks: &Value) -> Vec<String> {
        jwks["keys"].as_array().expect("keys").iter().map(|key| key["kid"].as_str().expect("a kid").into()).collect()
    }

    fn files(dir: &TempDir) -> Vec<String> {
        let entries = fs::read_dir(dir.path()).expect("a directory");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8")).collect();
        names.sort();
        names
    }

    #[test]
    fn the_first_start_makes_keys_and_the_second_finds_them() {
        let parent = dir();
        let path = parent.path().join("keys");
        let first = KeyRing::open(&path, NOW).expect("keys");
        let second = KeyRing::open(&path, NOW).expect("keys");
        assert_eq!(kids(&first.jwks(NOW)), kids(&second.jwks(NOW)));
        assert_eq!(first.list(NOW).iter().map(|line| line.alg.as_str()).collect::<Vec<_>>(), ["RS256", "ES256"]);
        assert!(first.list(NOW).iter().all(|line| line.state == KeyState::Signing && line.created_at == NOW));
        let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
        assert_eq!(mode(&path), 0o700);
        for entry in fs::read_dir(&path).expect("a directory") {
            assert_eq!(mode(&entry.expect("an entry").path()), 0o600);
        }
        assert_eq!(exposed_keys(&path).expect("a directory"), Vec::<PathBuf>::new());
        let jws = first.sign("ES256", Some("JWT"), &json!({ "sub": "s" })).expect("a signature");
        assert!(second.verify(&jws, NOW).is_some() && !second.changed_since_opened());
        assert!(first.sign("HS256", None, &json!({})).is_err());
    }

    #[test]
    fn what_is_published_is_public() {
        let jwks = open(&dir()).jwks(NOW);
        let names = |key: &Value| key.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
        let mut published: Vec<Vec<String>> = jwks["keys"].as_array().expect("keys").iter().map(names).collect();
        for names in &mut published {
            names.sort();
        }
        assert_eq!(
            published,
            [vec!["alg", "e", "kid", "kty", "n", "use"], vec!["alg", "crv", "kid", "kty", "use", "x", "y"]]
        );
    }

    #[test]
    fn a_missing_key_is_a_clear_fault_and_is_not_replaced() {
        let dir = dir();
        let kid = kids(&open(&dir).jwks(NOW)).remove(0);
        let name = format!("signing-{kid}.jwk");
        fs::remove_file(dir.path().join(&name)).expect("the key");
        let before = files(&dir);
        let fault = KeyRing::open(dir.path(), NOW).expect_err("a fault");
        assert!(fault.cause.contains(&name) && fault.cause.contains("missing") && fault.remedy.is_some(), "{fault}");
        assert_eq!(files(&dir), before);
        // What the remedy promises.
        KeyRing::rotate(dir.path(), NOW, HOUR).expect("new keys");
        assert_eq!(kids(&open(&dir).jwks(NOW)).len(), 3, "two new, and the one that was not lost");
    }

    #[test]
    fn a_missing_or_damaged_manifest_is_a_clear_fault() {
        let dir = dir();
        open(&dir);
        for text in ["{", "{\"version\":2,\"signing\":[],\"seal\":null}"] {
            fs::write(dir.path().join("manifest.json"), text).expect("a file");
            let fault = KeyRing::open(dir.path(), NOW).expect_err("a fault");
            assert!(fault.cause.contains("damaged") && fault.remedy.is_some(), "{fault}");
        }
        fs::remove_file(dir.path().join("manifest.json")).expect("the manifest");
        let fault = KeyRing::open(dir.path(), NOW).expect_err("a fault");
        assert!(fault.cause.contains("does not name them") && fault.remedy.is_some(), "{fault}");
        assert_eq!(files(&dir).len(), 2);
    }

    #[test]
    fn a_damaged_key_is_a_clear_fault() {
        let dir = dir();
        let kid = kids(&open(&dir).jwks(NOW)).remove(1);
        let path = dir.path().join(format!("signing-{kid}.jwk"));
        let whole = fs::read_to_string(&path).expect("the key");
        let damages = [String::new(), whole.replace("\"d\": \"", "\"d\": \"AA"), whole.replace("P-256", "P-384")];
        for text in damages {
            fs::write(&path, text).expect("a file");
            let fault = KeyRing::open(dir.path(), NOW).expect_err("a fault");
            assert!(fault.cause.contains("damaged") && fault.remedy.is_some(), "{fault}");
        }
    }

    #[test]
    fn a_rotation_keeps_the_old_keys_published_until_their_last_token_is_out_of_date() {
        let dir = dir();
        let old = open(&dir);
        let jws = old.sign("RS256", None, &json!({ "sub": "s" })).expect("a signature");
        let new = KeyRing::rotate(dir.path(), NOW, HOUR).expect("new keys");
        assert!(old.changed_since_opened());
        let ring = open(&dir);
        assert!(!ring.changed_since_opened());
        let (soon, late) = (NOW + HOUR / 2, NOW + HOUR);
        assert_eq!(kids(&ring.jwks(soon)), [new.clone(), kids(&old.jwks(NOW))].concat());
        assert_eq!(kids(&ring.jwks(late)), new);
        assert!(ring.verify(&jws, soon).is_some() && ring.verify(&jws, late).is_none());
        let signed = ring.sign("RS256", None, &json!({})).expect("a signature");
        assert!(old.verify(&signed, NOW).is_none() && ring.verify(&signed, late).is_some());
        let states = |now| ring.list(now).iter().map(|line| line.state).collect::<Vec<_>>();
        assert_eq!(states(soon), [Published, Published, Signing, Signing]);
        assert_eq!(states(late), [Withdrawn, Withdrawn, Signing, Signing]);
        KeyRing::rotate(dir.path(), late, HOUR).expect("newer keys");
        assert_eq!(files(&dir).len(), 5, "the first two are gone: {:?}", files(&dir));
    }

    #[test]
    fn a_crash_leaves_nothing_that_counts_or_all_that_is_needed() {
        let dir = dir();
        let kids_made = kids(&open(&dir).jwks(NOW));
        let (manifest, aside) = (dir.path().join("manifest.json"), dir.path().join("manifest.json.new"));
        let key = |kid: &str, end: &str| dir.path().join(format!("signing-{kid}.jwk{end}"));
        // After the manifest, before the last key was put in its place: the start finishes it.
        fs::rename(key(&kids_made[1], ""), key(&kids_made[1], ".new")).expect("a key");
        assert_eq!(kids(&open(&dir).jwks(NOW)), kids_made);
        assert!(key(&kids_made[1], "").exists());
        // Before the manifest of a first start: nothing was made.
        for kid in &kids_made {
            fs::rename(key(kid, ""), key(kid, ".new")).expect("a key");
        }
        fs::rename(manifest, aside).expect("the manifest");
        assert_ne!(kids(&open(&dir).jwks(NOW)), kids_made);
        assert_eq!(files(&dir).len(), 3);
    }
}
