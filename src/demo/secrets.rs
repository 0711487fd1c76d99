//! The passwords and client secrets of one data directory: made on its first start, kept in a file that its owner alone
//! may read, so that a second start finds the same. A real network keeps no password anywhere.

use std::{collections::BTreeMap, fs, io::ErrorKind, path::Path};

use super::handle;
use crate::{
    crypto::Rng,
    domain::{Fault, Instant},
};

/// Without letters and digits that look alike, so that a password can be read aloud and typed.
const ALPHABET: &str = "abcdefghjkmnpqrstuvwxyz23456789";

/// Passwords by identifier and client secrets by id.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Secrets {
    passwords: BTreeMap<String, String>,
    clients: BTreeMap<String, String>,
    /// Letters by the key of their addressee.
    #[serde(default)]
    pub letters: BTreeMap<String, KeptLetter>,
    /// Whether they were made just now: what the store holds belongs to others.
    #[serde(skip)]
    pub are_new: bool,
}

/// A letter of the demo, as scripts are told of it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptLetter {
    pub identifier: String,
    pub password: String,
    pub portal: String,
    pub profile: String,
    pub name: String,
    pub expires_at: Instant,
}

impl Secrets {
    /// Reads the file; without one there are none yet.
    pub(super) fn open(path: &Path) -> Result<Self, Fault> {
        match fs::read_to_string(path) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| {
                Fault::new(format!("{} is damaged: {error}", path.display()))
                    .remedy("delete it: the demo's accounts then get new passwords")
            }),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self { are_new: true, ..Self::default() }),
            Err(error) => Err(error.into()),
        }
    }

    /// The password of an identifier, made where there is none.
    pub(super) fn password(&mut self, identifier: &str, rng: &Rng) -> String {
        let fresh = || [(); 3].map(|()| rng.code(ALPHABET, 4)).join("-");
        self.passwords.entry(identifier.to_owned()).or_insert_with(fresh).clone()
    }

    /// The secret of a client, made where there is none.
    pub(super) fn client(&mut self, id: &str, rng: &Rng) -> String {
        self.clients.entry(id.to_owned()).or_insert_with(|| rng.secret().reveal().to_owned()).clone()
    }

    /// Keeps them.
    pub(super) fn save(&self, path: &Path) -> Result<(), Fault> {
        handle::write_whole(path, &serde_json::to_string_pretty(self)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_start_finds_the_same_passwords() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("secrets.json");
        let mut secrets = Secrets::open(&path).expect("none yet");
        assert!(secrets.are_new);
        let (password, client) = (secrets.password("nadia", &Rng::seeded(1)), secrets.client("ent", &Rng::seeded(2)));
        secrets.save(&path).expect("saved");
        let mut again = Secrets::open(&path).expect("the same");
        assert!(!again.are_new && password.len() == 14);
        assert_eq!(
            (again.password("nadia", &Rng::seeded(3)), again.client("ent", &Rng::seeded(3))),
            (password, client)
        );
    }
}
