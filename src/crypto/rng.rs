//! The random source. It makes ids, secrets and codes; it must not make keys (see the room's page).

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use rand::{
    Rng as _, SeedableRng,
    rngs::{ChaCha20Rng, SysRng},
};

use crate::domain::{Fault, Secret};

/// Crockford's base 32 in small letters: no `i`, `l`, `o`, `u`.
const BASE_32: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// A source of chance that is handed down like the clock. Clones share one stream.
#[derive(Clone)]
pub struct Rng(Arc<Mutex<ChaCha20Rng>>);

impl Rng {
    /// A source seeded by the operating system.
    ///
    /// # Errors
    /// The operating system has no random bytes to give.
    pub fn from_os() -> Result<Self, Fault> {
        let source = ChaCha20Rng::try_from_rng(&mut SysRng).map_err(|error| {
            Fault::new(format!("the operating system gives no random bytes: {error}"))
                .remedy("check that getrandom(2) is allowed in the sandbox or container")
        })?;
        Ok(Self(Arc::new(Mutex::new(source))))
    }

    /// The same stream for the same seed: for tests and made-up networks, never for a server.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(ChaCha20Rng::seed_from_u64(seed))))
    }

    /// A new id: 128 bits in 26 small letters and digits, fit for a URL, a file name and a column.
    #[must_use]
    pub fn id(&self) -> String {
        let mut bits = u128::from_le_bytes(self.bytes());
        let digit = || {
            let place = usize::try_from(bits & 31).unwrap_or(0);
            bits >>= 5;
            BASE_32.get(place).map(|byte| char::from(*byte))
        };
        std::iter::repeat_with(digit).take(26).flatten().collect()
    }

    /// A new secret: 256 bits in base64url, 43 characters.
    #[must_use]
    pub fn secret(&self) -> Secret {
        Secret::new(BASE64_URL_SAFE_NO_PAD.encode(self.bytes::<32>()))
    }

    /// `length` characters of `alphabet`, each as likely as any other; empty when the alphabet is.
    #[must_use]
    pub fn code(&self, alphabet: &str, length: usize) -> String {
        let letters: Vec<char> = alphabet.chars().collect();
        (0..length).filter_map(|_| letters.get(self.below(letters.len()))).collect()
    }

    /// A number from 0 up to but without `bound`, each as likely as any other; 0 when the bound is.
    #[must_use]
    pub fn below(&self, bound: usize) -> usize {
        let Ok(bound @ 1..) = u64::try_from(bound) else { return 0 };
        // The last, incomplete run of `bound` numbers would favour the small ones.
        let incomplete = (u64::MAX % bound).wrapping_add(1) % bound;
        loop {
            let drawn = u64::from_le_bytes(self.bytes());
            if drawn <= u64::MAX - incomplete {
                return usize::try_from(drawn % bound).unwrap_or(0);
            }
        }
    }

    /// `N` random bytes.
    #[must_use]
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }
}

impl fmt::Debug for Rng {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Rng(…)")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_are_26_url_safe_characters_and_do_not_repeat() {
        let rng = Rng::from_os().expect("the system's random bytes");
        let ids: HashSet<String> = (0..1000).map(|_| rng.id()).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| id.len() == 26 && id.bytes().all(|byte| BASE_32.contains(&byte))));
        assert_eq!(rng.secret().reveal().len(), 43);
    }

    #[test]
    fn a_seed_repeats_its_stream_and_another_does_not() {
        assert_eq!(Rng::seeded(7).id(), Rng::seeded(7).id());
        assert_ne!(Rng::seeded(7).id(), Rng::seeded(8).id());
        let rng = Rng::seeded(7);
        assert_ne!(rng.id(), rng.clone().id(), "clones share one stream");
    }

    #[test]
    fn a_code_uses_its_whole_alphabet_alike() {
        let rng = Rng::seeded(1);
        let code = rng.code("abcé7", 50_000);
        for letter in "abcé7".chars() {
            let times = code.chars().filter(|c| *c == letter).count();
            assert!((9_500..10_500).contains(&times), "{letter}: {times}");
        }
        assert_eq!(rng.code("", 8), "");
        assert!((0..1000).all(|_| rng.below(3) < 3));
        assert_eq!(rng.below(0), 0);
    }
}
