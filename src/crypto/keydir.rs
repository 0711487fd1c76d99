//! The directory that holds keys: made whole or not at all, and never silently made again.
//!
//! `manifest.json` names every key that was made; its rename is the moment at which new keys count. New files are written
//! aside as `NAME.new` first, so a crash leaves either nothing that counts, or all that is needed to finish. What the
//! manifest names and the directory lacks, and the reverse, is a fault. Knows names and bytes, not what a key is for.

use std::{
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io::{self, ErrorKind, Write},
    os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, PermissionsExt, fchown},
    path::{Path, PathBuf},
};

use zeroize::Zeroizing;

use crate::domain::{Fault, Instant};

const MANIFEST: &str = "manifest.json";
const VERSION: u32 = 1;
/// The name of the sealing key's file.
pub(super) const SEAL_KEY: &str = "seal.key";
const ASIDE: &str = ".new";

/// What the directory must hold.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    version: u32,
    /// The signing keys, the oldest first.
    pub signing: Vec<SigningKey>,
    /// The id of the key in `seal.key`.
    pub seal: Option<String>,
}

impl Manifest {
    /// Of a directory in which nothing was made yet.
    pub const fn empty() -> Self {
        Self { version: VERSION, signing: Vec::new(), seal: None }
    }
}

/// What is known of a signing key without its file.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SigningKey {
    /// RFC 7638 thumbprint.
    pub kid: String,
    /// `RS256` or `ES256`.
    pub alg: String,
    pub created_at: Instant,
    /// Since when it signs no more.
    pub retired_at: Option<Instant>,
    /// A retired key is published until then.
    pub published_until: Option<Instant>,
}

impl SigningKey {
    /// The name of its file.
    pub fn file(&self) -> String {
        format!("signing-{}.jwk", self.kid)
    }

    /// Whether what it signed is still to be believed.
    pub fn is_published(&self, now: Instant) -> bool {
        self.retired_at.is_none() || self.published_until.is_some_and(|until| now < until)
    }
}

/// The directory, locked against other processes and threads while this lives.
pub(super) struct KeyDir {
    path: PathBuf,
    handle: File,
}

impl KeyDir {
    /// Locks the directory; makes it, for this user alone, where there is none.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        DirBuilder::new().recursive(true).mode(0o700).create(path).map_err(|error| failed("made", path, &error))?;
        let handle = File::open(path).map_err(|error| failed("opened", path, &error))?;
        match handle.lock() {
            // Some network file systems can't: there two rotations at once are the operator's to avoid.
            Err(error) if error.kind() != ErrorKind::Unsupported => return Err(failed("locked", path, &error)),
            _ => {}
        }
        Ok(Self { path: path.to_owned(), handle })
    }

    /// What the directory must hold; none before the first start.
    pub fn manifest(&self) -> Result<Option<Manifest>, Fault> {
        let path = self.path.join(MANIFEST);
        let damaged = |why: String| {
            Fault::new(format!("{} is damaged: {why}", path.display())).remedy("restore it from a backup")
        };
        match fs::read(&path) {
            Ok(text) => {
                let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| damaged(error.to_string()))?;
                if manifest.version == VERSION {
                    Ok(Some(manifest))
                } else {
                    Err(damaged(format!("its version is {}, this program knows {VERSION}", manifest.version)))
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => self.first_start(),
            Err(error) => Err(failed("read", &path, &error)),
        }
    }

    /// Without a manifest there may be no keys either.
    fn first_start(&self) -> Result<Option<Manifest>, Fault> {
        self.refuse_unnamed(is_key)?;
        // A first start that came to nothing may have left files aside: nothing was ever signed with them.
        self.forget_asides()?;
        // Best effort: the directory may belong to another user, and the files are closed by themselves.
        let _ = self.handle.set_permissions(Permissions::from_mode(0o700));
        Ok(None)
    }

    /// Keys of which the manifest names none are not made anew beside: somebody lost the manifest, or brought back an old one.
    pub fn refuse_unnamed(&self, is_such: impl Fn(&str) -> bool) -> Result<(), Fault> {
        let keys: Vec<String> = self.names()?.into_iter().filter(|name| is_such(name)).collect();
        if keys.is_empty() {
            return Ok(());
        }
        let cause =
            format!("{} holds keys ({}), but its {MANIFEST} does not name them", self.path.display(), keys.join(", "));
        Err(Fault::new(cause).remedy(format!(
            "restore the {MANIFEST} that belongs to them from a backup; to give them up, move them away: new ones are made"
        )))
    }

    /// A key's file. One that was left aside by a crash after its manifest is put in its place first.
    pub fn read(&self, name: &str) -> Result<Zeroizing<Vec<u8>>, Fault> {
        let path = self.path.join(name);
        let read = || fs::read(&path).map(Zeroizing::new);
        match read() {
            Err(error) if error.kind() == ErrorKind::NotFound && self.aside(name).exists() => {
                self.place(name)?;
                self.sync()?;
                read().map_err(|error| failed("read", &path, &error))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                Err(Fault::new(format!("{} is missing: {MANIFEST} says that it was made", path.display())))
            }
            Err(error) => Err(failed("read", &path, &error)),
            Ok(bytes) => Ok(bytes),
        }
    }

    /// Makes new files count, with the manifest that names them; whole or not at all.
    pub fn commit(&self, manifest: &Manifest, files: &[(String, Zeroizing<Vec<u8>>)]) -> Result<(), Fault> {
        self.forget_asides()?;
        for (name, bytes) in files {
            self.write_aside(name, bytes)?;
        }
        let mut text = serde_json::to_vec_pretty(manifest)?;
        text.push(b'\n');
        self.write_aside(MANIFEST, &text)?;
        self.sync()?;
        self.place(MANIFEST)?;
        for (name, _) in files {
            self.place(name)?;
        }
        self.sync()
    }

    /// Removes a file that the manifest names no more; one that is gone already is as good.
    pub fn remove(&self, name: &str) -> Result<(), Fault> {
        let path = self.path.join(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(failed("removed", &path, &error)),
            _ => Ok(()),
        }
    }

    fn write_aside(&self, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        let path = self.aside(name);
        let write = || -> io::Result<()> {
            let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&path)?;
            // An operator may make keys as root for a server that is not; who can't give files away has no need to.
            let owner = self.handle.metadata()?;
            let _ = fchown(&file, Some(owner.uid()), Some(owner.gid()));
            file.write_all(bytes)?;
            file.sync_all()
        };
        write().map_err(|error| failed("written", &path, &error))
    }

    fn place(&self, name: &str) -> Result<(), Fault> {
        let path = self.path.join(name);
        fs::rename(self.aside(name), &path).map_err(|error| failed("written", &path, &error))
    }

    fn forget_asides(&self) -> Result<(), Fault> {
        let mut asides = self.names()?.into_iter().filter(|name| name.strip_suffix(ASIDE).is_some_and(is_ours));
        asides.try_for_each(|name| self.remove(&name))
    }

    fn aside(&self, name: &str) -> PathBuf {
        self.path.join(format!("{name}{ASIDE}"))
    }

    fn sync(&self) -> Result<(), Fault> {
        self.handle.sync_all().map_err(|error| failed("written", &self.path, &error))
    }

    fn names(&self) -> Result<Vec<String>, Fault> {
        let read = || -> io::Result<Vec<String>> {
            fs::read_dir(&self.path)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
        };
        read().map_err(|error| failed("read", &self.path, &error))
    }
}

/// Tells two states of the manifest apart without reading it: every change is a new file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp(Option<(u64, i64, i64)>);

impl Stamp {
    /// Of the directory's manifest as it stands. A look at one file's metadata: microseconds.
    pub fn of(path: &Path) -> Self {
        let found = fs::metadata(path.join(MANIFEST));
        Self(found.ok().map(|manifest| (manifest.ino(), manifest.mtime(), manifest.mtime_nsec())))
    }
}

/// The key files of a directory that other users of the machine may read: none, if all is well. For `preau doctor`.
///
/// # Errors
/// A directory that can't be read.
pub fn exposed_keys(dir: &Path) -> Result<Vec<PathBuf>, Fault> {
    let read = || -> io::Result<Vec<PathBuf>> {
        let mut exposed = Vec::new();
        for entry in fs::read_dir(dir)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let is_open = entry.metadata()?.permissions().mode() & 0o077 != 0;
            if is_open && is_key(name.strip_suffix(ASIDE).unwrap_or(&name)) {
                exposed.push(entry.path());
            }
        }
        Ok(exposed)
    };
    read().map_err(|error| failed("read", dir, &error))
}

fn is_key(name: &str) -> bool {
    name == SEAL_KEY || is_signing_key(name)
}

/// Whether a file is a signing key by its name.
pub(super) fn is_signing_key(name: &str) -> bool {
    name.starts_with("signing-") && Path::new(name).extension().is_some_and(|extension| extension == "jwk")
}

fn is_ours(name: &str) -> bool {
    is_key(name) || name == MANIFEST
}

fn failed(done: &str, path: &Path, error: &io::Error) -> Fault {
    Fault::new(format!("{} can't be {done}: {error}", path.display()))
        .remedy("the directory of keys must belong to the user that runs preau, and be on a disk with room")
}
