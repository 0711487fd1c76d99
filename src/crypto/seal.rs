//! Sealing what must be read again (seeds, upstream secrets, mails in the outbox) and tagging what must not.
//!
//! One key of 256 bits in `seal.key`; what is used is derived from it, one key per use and purpose. Must not be used for
//! passwords, nor for anything that a digest of a long random secret would do for.

use std::{fmt, path::Path, sync::Arc};

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use openssl::{
    rand::rand_bytes,
    symm::{Cipher, decrypt_aead, encrypt_aead},
};
use sha2::Sha256;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::keydir::{KeyDir, Manifest, SEAL_KEY};
use crate::domain::{AccountId, Digest, Fault, Password};

/// The first part of every sealed text: AES-256-GCM with a random nonce, laid out `v1.KEY_ID.base64url(nonce ‖ text ‖ tag)`.
const VERSION: &str = "v1";
const NONCE_BYTES: usize = 12;
const TAG_BYTES: usize = 16;

/// 256 bits.
type Bytes32 = Zeroizing<[u8; 32]>;

/// Seals, opens and tags. Clones share the key.
#[derive(Clone)]
pub struct Sealer(Arc<SealKey>);

struct SealKey {
    id: String,
    key: Bytes32,
}

impl Sealer {
    /// Reads the key of a directory, the same as the signing keys'; makes it on the first start.
    ///
    /// # Errors
    /// A key that is missing or damaged, or a directory that can't be used; always with what to do.
    pub fn open(dir: &Path) -> Result<Self, Fault> {
        let files = KeyDir::open(dir)?;
        let mut manifest = files.manifest()?.unwrap_or(Manifest::empty());
        let Some(id) = manifest.seal else {
            files.refuse_unnamed(|name| name == SEAL_KEY)?;
            let mut key = Zeroizing::new([0; 32]);
            rand_bytes(&mut *key)?;
            let sealer = Self::with(key);
            let text = Zeroizing::new(format!("{}\n", BASE64_URL_SAFE_NO_PAD.encode(*sealer.0.key)).into_bytes());
            manifest.seal = Some(sealer.0.id.clone());
            files.commit(&manifest, &[(SEAL_KEY.to_owned(), text)])?;
            return Ok(sealer);
        };
        let remedy = "restore it from a backup: what is sealed in the database (seeds of second factors, secrets of \
                      upstream providers, unsent mails) can be read with it alone; to give all that up, set \"seal\" to null \
                      in manifest.json and remove seal.key: a new one is made";
        let read = || {
            let text = files.read(SEAL_KEY)?;
            parse(&text).filter(|sealer| sealer.0.id == id).ok_or_else(|| {
                Fault::new(format!("{} is damaged: it is not the key {id}", dir.join(SEAL_KEY).display()))
            })
        };
        read().map_err(|Fault { cause, remedy: known }| Fault { cause, remedy: known.or(Some(remedy.to_owned())) })
    }

    /// With a key of one's own, for tests.
    #[must_use]
    pub fn from_key(key: [u8; 32]) -> Self {
        Self::with(Zeroizing::new(key))
    }

    fn with(key: Bytes32) -> Self {
        let id = BASE64_URL_SAFE_NO_PAD.encode(*mac(&key, &[b"id"])).chars().take(8).collect();
        Self(Arc::new(SealKey { id, key }))
    }

    /// Seals a text for a purpose: base64url and dots, about a third longer. The same text gives another each time.
    ///
    /// # Errors
    /// OpenSSL has no random bytes to give.
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Result<String, Fault> {
        let (mut nonce, mut tag) = ([0; NONCE_BYTES], [0; TAG_BYTES]);
        // Never the argument's chance: a nonce that came twice would open both texts.
        rand_bytes(&mut nonce)?;
        let key = self.derived("seal", purpose);
        let text = encrypt_aead(Cipher::aes_256_gcm(), &*key, Some(&nonce), purpose.as_bytes(), plain, &mut tag)?;
        let sealed = BASE64_URL_SAFE_NO_PAD.encode([&nonce[..], &text, &tag].concat());
        Ok(format!("{VERSION}.{}.{sealed}", self.0.id))
    }

    /// What was sealed for this purpose with this key; none for anything else, and when a single bit was changed.
    #[must_use]
    pub fn unseal(&self, purpose: &str, sealed: &str) -> Option<Vec<u8>> {
        let sealed = sealed.strip_prefix(VERSION)?.strip_prefix('.')?.strip_prefix(&self.0.id)?.strip_prefix('.')?;
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(sealed).ok()?;
        let (nonce, rest) = bytes.split_at_checked(NONCE_BYTES)?;
        let (text, tag) = rest.split_at_checked(rest.len().checked_sub(TAG_BYTES)?)?;
        let key = self.derived("seal", purpose);
        decrypt_aead(Cipher::aes_256_gcm(), &*key, Some(nonce), purpose.as_bytes(), text, tag).ok()
    }

    /// A keyed digest (HMAC-SHA-256, RFC 2104) of a text for a purpose: of short codes, which could be guessed from a bare
    /// digest, of form tokens, and for decoys that must be the same each time.
    #[must_use]
    pub fn tag(&self, purpose: &str, text: &[u8]) -> Digest {
        Digest::of(&*mac(&self.derived("tag", purpose), &[text]))
    }

    /// Whether a stranger's text is the tag, in a time that does not tell where they differ.
    #[must_use]
    pub fn is_tag(&self, purpose: &str, text: &[u8], given: &str) -> bool {
        self.tag(purpose, text).as_str().as_bytes().ct_eq(given.as_bytes()).into()
    }

    /// Twelve bits of a keyed tag of an account's provisional password: enough to tell it from another one before anything
    /// is hashed, too few to guess it by (design §4).
    #[must_use]
    pub fn letter_tag(&self, account_id: &AccountId, plain: &Password) -> String {
        let tag = self.tag("letter", format!("{account_id} {}", plain.reveal()).as_bytes());
        tag.as_str().chars().take(2).collect()
    }

    /// The same of a temporary password, 24 bits: it lives a day and carries 50 bits by itself, and nobody can choose one
    /// that has no more than its bits in common with the person's own.
    #[must_use]
    pub fn temporary_tag(&self, account_id: &AccountId, plain: &Password) -> String {
        let tag = self.tag("temporary", format!("{account_id} {}", plain.reveal()).as_bytes());
        tag.as_str().chars().take(4).collect()
    }

    fn derived(&self, used_for: &str, purpose: &str) -> Bytes32 {
        mac(&self.0.key, &[used_for.as_bytes(), b"\0", purpose.as_bytes()])
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Sealer").field(&self.0.id).finish()
    }
}

fn parse(text: &[u8]) -> Option<Sealer> {
    let bytes = Zeroizing::new(BASE64_URL_SAFE_NO_PAD.decode(text.trim_ascii()).ok()?);
    Some(Sealer::with(Zeroizing::new(<[u8; 32]>::try_from(bytes.as_slice()).ok()?)))
}

/// HMAC-SHA-256 of parts laid end to end.
fn mac(key: &Bytes32, parts: &[&[u8]]) -> Bytes32 {
    // RFC 2104 §2: a key shorter than a block is filled up with zeros.
    let mut block = Zeroizing::new([0; 64]);
    block.iter_mut().zip(key.iter()).for_each(|(to, from)| *to = *from);
    let mut mac = Hmac::<Sha256>::new(&(*block).into());
    for part in parts {
        mac.update(part);
    }
    Zeroizing::new(mac.finalize().into_bytes().into())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::{crypto::KeyRing, domain::Instant};

    #[test]
    fn what_is_sealed_opens_for_its_purpose_and_key_alone_and_not_when_tampered_with() {
        let key = Sealer::from_key([1; 32]);
        let sealed = key.seal("totp", "graine".as_bytes()).expect("a sealed text");
        assert_ne!(sealed, key.seal("totp", "graine".as_bytes()).expect("a sealed text"));
        assert_eq!(key.unseal("totp", &sealed).as_deref(), Some("graine".as_bytes()));
        assert_eq!(key.unseal("mail", &sealed), None);
        assert_eq!(Sealer::from_key([2; 32]).unseal("totp", &sealed), None);
        for place in 0..sealed.len() {
            let mut tampered = sealed.clone().into_bytes();
            tampered[place] = if tampered[place] == b'A' { b'B' } else { b'A' };
            assert_eq!(key.unseal("totp", &String::from_utf8(tampered).expect("text")), None, "{place}");
            assert_eq!(key.unseal("totp", &sealed[..place]), None, "{place}");
        }
        let nothing = key.seal("totp", b"").expect("a sealed text");
        assert_eq!(key.unseal("totp", &nothing), Some(vec![]));
    }

    /// RFC 4231 §4.3, test case 2, with the key in its block.
    #[test]
    fn the_mac_is_hmac_sha_256() {
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let tag = mac(&Zeroizing::new(key), &[b"what do ya want ", b"for nothing?"]);
        assert_eq!(BASE64_URL_SAFE_NO_PAD.encode(*tag), "W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM");
    }

    #[test]
    fn a_tag_depends_on_key_purpose_and_text() {
        let sealer = Sealer::from_key([1; 32]);
        let tag = sealer.tag("code", b"123456");
        assert_eq!(tag, sealer.tag("code", b"123456"));
        assert_ne!(tag, sealer.tag("code", b"123457"));
        assert_ne!(tag, sealer.tag("csrf", b"123456"));
        assert_ne!(tag, Sealer::from_key([2; 32]).tag("code", b"123456"));
        assert!(sealer.is_tag("code", b"123456", tag.as_str()) && !sealer.is_tag("code", b"123456", "x"));
    }

    #[test]
    fn the_key_is_made_once_beside_the_signing_keys_whichever_comes_first() {
        let now = Instant::from_seconds(1_800_000_000);
        for seal_first in [true, false] {
            let dir = tempfile::tempdir().expect("a directory");
            if seal_first {
                Sealer::open(dir.path()).expect("a key");
            }
            let kids = |ring: &KeyRing| ring.list(now);
            let ring = KeyRing::open(dir.path(), now).expect("keys");
            let sealed = Sealer::open(dir.path()).expect("a key").seal("x", b"y").expect("a sealed text");
            assert_eq!(kids(&ring), kids(&KeyRing::open(dir.path(), now).expect("keys")));
            KeyRing::rotate(dir.path(), now, std::time::Duration::ZERO).expect("new keys");
            assert_eq!(Sealer::open(dir.path()).expect("a key").unseal("x", &sealed).as_deref(), Some(&b"y"[..]));
        }
    }

    #[test]
    fn a_missing_damaged_or_foreign_key_is_a_clear_fault_and_is_not_replaced() {
        let dir = tempfile::tempdir().expect("a directory");
        Sealer::open(dir.path()).expect("a key");
        let path = dir.path().join(SEAL_KEY);
        let foreign = BASE64_URL_SAFE_NO_PAD.encode([9; 32]);
        for text in ["", "abc", foreign.as_str()] {
            fs::write(&path, text).expect("a file");
            let fault = Sealer::open(dir.path()).expect_err("a fault");
            assert!(fault.cause.contains("damaged") && fault.remedy.is_some(), "{fault}");
        }
        fs::remove_file(&path).expect("the key");
        let fault = Sealer::open(dir.path()).expect_err("a fault");
        assert!(fault.cause.contains("missing") && fault.remedy.is_some() && !path.exists(), "{fault}");
        // Keys without their manifest, and a manifest from before them.
        fs::write(&path, "x").expect("a file");
        fs::remove_file(dir.path().join("manifest.json")).expect("the manifest");
        let fault = Sealer::open(dir.path()).expect_err("a fault");
        assert!(fault.cause.contains("manifest.json does not name them") && fault.remedy.is_some(), "{fault}");
        fs::write(dir.path().join("manifest.json"), r#"{"version":1,"signing":[],"seal":null}"#).expect("a file");
        let fault = Sealer::open(dir.path()).expect_err("a fault");
        assert!(fault.cause.contains("manifest.json does not name them") && fault.remedy.is_some(), "{fault}");
        // What the remedy promises.
        fs::remove_file(&path).expect("the key");
        assert!(Sealer::open(dir.path()).is_ok());
    }
}
