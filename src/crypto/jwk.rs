//! One signing key as a JWK (RFC 7517): how it is made, read, named and shown. Knows no directory and no date.

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use josekit::{
    jwk::Jwk,
    jws::{ES256, JwsHeader, JwsSigner, JwsVerifier, RS256, deserialize_compact, serialize_compact},
};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::domain::Fault;

/// Bits of an RSA key (RFC 7518 §3.3 asks for 2,048 at least).
const RSA_BITS: u32 = 2048;

/// What a key signs with (RFC 7518 §3.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Alg {
    Rs256,
    Es256,
}

impl Alg {
    /// One key of each is made.
    pub const ALL: [Self; 2] = [Self::Rs256, Self::Es256];

    /// Its registered name.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Es256 => "ES256",
        }
    }

    /// The one of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|alg| alg.name() == name)
    }
}

/// A key, parsed once, ready to sign and verify.
pub(super) struct Key {
    kid: String,
    signer: Box<dyn JwsSigner>,
    verifier: Box<dyn JwsVerifier>,
    public: Value,
}

/// A new private key: its id and the text of its file. Its chance is OpenSSL's.
pub(super) fn generate(alg: Alg) -> Result<(String, Zeroizing<Vec<u8>>), Fault> {
    let jwk = match alg {
        Alg::Rs256 => Jwk::generate_rsa_key(RSA_BITS)?,
        Alg::Es256 => Jwk::generate_ec_key(josekit::jwk::P_256)?,
    };
    let mut members: Map<String, Value> = jwk.into();
    let kid = thumbprint(&members).ok_or_else(|| Fault::new("a new signing key lacks its public part"))?;
    members.insert("use".into(), "sig".into());
    members.insert("alg".into(), alg.name().into());
    members.insert("kid".into(), kid.clone().into());
    let mut text = Zeroizing::new(serde_json::to_vec_pretty(&members)?);
    text.push(b'\n');
    Ok((kid, text))
}

impl Key {
    /// Reads a private key's file and proves that it is whole: it has the id that it should, and its two parts belong together.
    pub fn parse(alg: Alg, kid: &str, text: &[u8]) -> Result<Self, Fault> {
        let members: Map<String, Value> = serde_json::from_slice(text)?;
        if thumbprint(&members).as_deref() != Some(kid) {
            return Err(Fault::new("it is not the key that its name says"));
        }
        let public = public(alg, kid, &members);
        let (private, shown) = (Jwk::from_map(members)?, Jwk::from_map(public.clone())?);
        let (signer, verifier): (Box<dyn JwsSigner>, Box<dyn JwsVerifier>) = match alg {
            Alg::Rs256 => (Box::new(RS256.signer_from_jwk(&private)?), Box::new(RS256.verifier_from_jwk(&shown)?)),
            Alg::Es256 => (Box::new(ES256.signer_from_jwk(&private)?), Box::new(ES256.verifier_from_jwk(&shown)?)),
        };
        let probe = signer.sign(b"probe")?;
        verifier.verify(b"probe", &probe)?;
        Ok(Self { kid: kid.to_owned(), signer, verifier, public: Value::Object(public) })
    }

    /// A compact JWS (RFC 7515 §7.1) with `alg`, `kid` and, where given, `typ`.
    pub fn sign(&self, typ: Option<&str>, claims: &Value) -> Result<String, Fault> {
        let mut header = JwsHeader::new();
        header.set_key_id(&self.kid);
        if let Some(typ) = typ {
            header.set_token_type(typ);
        }
        Ok(serialize_compact(&serde_json::to_vec(claims)?, &header, &*self.signer)?)
    }

    /// The claims, if this key signed them with its own algorithm.
    pub fn verify(&self, jws: &str) -> Option<Map<String, Value>> {
        let (payload, header) = deserialize_compact(jws, &*self.verifier).ok()?;
        // Extensions that we don't know must be refused (RFC 7515 §4.1.11), and we use none.
        if header.key_id() != Some(&self.kid) || header.claim("crit").is_some() {
            return None;
        }
        serde_json::from_slice(&payload).ok()
    }

    /// The public part, as published.
    pub const fn public(&self) -> &Value {
        &self.public
    }
}

/// The `kid` that a compact JWS claims to be signed with, before anything is proven.
pub(super) fn claimed_kid(jws: &str) -> Option<String> {
    let header = BASE64_URL_SAFE_NO_PAD.decode(jws.split('.').next()?).ok()?;
    let header: Value = serde_json::from_slice(&header).ok()?;
    header.get("kid")?.as_str().map(str::to_owned)
}

/// The JWK thumbprint (RFC 7638 §3): SHA-256 over the required public members in their order, in base64url. None for a
/// key that lacks one, or is neither RSA nor EC.
pub(super) fn thumbprint(jwk: &Map<String, Value>) -> Option<String> {
    let members = required(jwk)?;
    let fields: Vec<String> = members.iter().map(|(name, value)| format!("{}:{}", json!(name), json!(value))).collect();
    Some(BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(format!("{{{}}}", fields.join(",")))))
}

/// What a public key must have (RFC 7638 §3.2), in the order of the thumbprint.
fn required(jwk: &Map<String, Value>) -> Option<Vec<(&'static str, &str)>> {
    let names: &[&str] = match jwk.get("kty")?.as_str()? {
        "RSA" => &["e", "kty", "n"],
        "EC" => &["crv", "kty", "x", "y"],
        _ => return None,
    };
    names.iter().map(|name| Some((*name, jwk.get(*name)?.as_str()?))).collect()
}

/// Only what may be shown: a list of what is public, not of what is secret.
fn public(alg: Alg, kid: &str, jwk: &Map<String, Value>) -> Map<String, Value> {
    let shown = required(jwk).unwrap_or_default();
    let named = [("kid", kid), ("use", "sig"), ("alg", alg.name())];
    shown.into_iter().chain(named).map(|(name, value)| (name.to_owned(), Value::from(value))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_thumbprint_is_the_one_of_rfc_7638_section_3_1() {
        let jwk = json!({
            "kty": "RSA",
            "n": concat!(
                "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4",
                "n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0z",
                "gdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csF",
                "Cur-kEgU8awapJzKnqDKgw",
            ),
            "e": "AQAB",
            "alg": "RS256",
            "kid": "2011-04-29",
        });
        let members = jwk.as_object().expect("an object");
        assert_eq!(thumbprint(members).as_deref(), Some("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"));
    }

    fn key(alg: Alg) -> Key {
        let (kid, text) = generate(alg).expect("a key");
        Key::parse(alg, &kid, &text).expect("the same key")
    }

    #[test]
    fn each_algorithm_signs_and_verifies_its_own() {
        for alg in Alg::ALL {
            let (key, other) = (key(alg), key(alg));
            let jws = key.sign(Some("JWT"), &json!({ "sub": "s" })).expect("a signature");
            assert_eq!(key.verify(&jws).and_then(|claims| claims.get("sub").cloned()), Some("s".into()));
            assert!(other.verify(&jws).is_none());
            assert_eq!(claimed_kid(&jws).as_deref(), key.public().get("kid").and_then(Value::as_str));
            let secret = ["d", "p", "q", "dp", "dq", "qi"];
            assert!(secret.into_iter().all(|name| key.public().get(name).is_none()));
        }
    }

    #[test]
    fn every_es256_signature_verifies_whatever_its_leading_bytes() {
        let key = key(Alg::Es256);
        for n in 0..600 {
            let jws = key.sign(None, &json!({ "n": n })).expect("a signature");
            assert!(key.verify(&jws).is_some(), "{jws}");
        }
    }

    #[test]
    fn forged_headers_and_signatures_are_refused() {
        let (rsa, ec) = (key(Alg::Rs256), key(Alg::Es256));
        let jws = rsa.sign(None, &json!({ "sub": "s" })).expect("a signature");
        let (_, rest) = jws.split_once('.').expect("three parts");
        let signed = jws.rsplit_once('.').expect("three parts").0;
        let with = |header: Value| format!("{}.{rest}", BASE64_URL_SAFE_NO_PAD.encode(header.to_string()));
        let kid = rsa.public().get("kid").cloned().expect("a kid");
        let zeros = BASE64_URL_SAFE_NO_PAD.encode([0; 64]);
        for forged in [
            with(json!({ "alg": "none", "kid": kid })),
            with(json!({ "alg": "HS256", "kid": kid })),
            with(json!({ "alg": "RS256" })),
            format!("{signed}."),
            format!("{signed}.{zeros}"),
            format!("{jws}x"),
            String::new(),
            "..".into(),
        ] {
            assert!(rsa.verify(&forged).is_none(), "{forged}");
        }
        let jws = ec.sign(None, &json!({})).expect("a signature");
        let signed = jws.rsplit_once('.').expect("three parts").0;
        assert!(ec.verify(&format!("{signed}.{zeros}")).is_none());
    }

    #[test]
    fn a_key_under_another_name_or_with_a_foreign_private_part_is_refused() {
        let (kid, text) = generate(Alg::Es256).expect("a key");
        let (_, other) = generate(Alg::Es256).expect("a key");
        assert!(Key::parse(Alg::Es256, "other", &text).is_err());
        assert!(Key::parse(Alg::Rs256, &kid, &text).is_err());
        let mut mixed: Map<String, Value> = serde_json::from_slice(&text).expect("JSON");
        let other: Map<String, Value> = serde_json::from_slice(&other).expect("JSON");
        mixed.insert("d".into(), other["d"].clone());
        assert!(Key::parse(Alg::Es256, &kid, &serde_json::to_vec(&mixed).expect("JSON")).is_err());
    }
}
