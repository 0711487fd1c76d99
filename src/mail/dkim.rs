//! DKIM signatures (RFC 6376), where the operator has given a key (`mail.dkim.*`).
//!
//! Written here because a repeated mail is the same bytes, so that `t=` is the mail's own date and not the clock's; and
//! because OpenSSL, which is there anyway, signs in constant time. `relaxed/relaxed`, RSA with SHA-256.

use std::{fs, path::Path};

use base64::{Engine, prelude::BASE64_STANDARD};
use openssl::{
    hash::MessageDigest,
    pkey::{Id, PKey, Private},
    sign::Signer as Signing,
};
use sha2::{Digest as _, Sha256};

use crate::{
    config::MailSettings,
    domain::{Fault, Instant},
};

/// What is signed, and `From` once more: a second one put before it would break the signature (RFC 6376 §5.4.2).
const SIGNED: [&str; 10] = [
    "from",
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "content-language",
    "auto-submitted",
];
/// The least that verifiers take (RFC 8301 §3.2).
const LEAST_BITS: u32 = 1024;

/// Signs mails for a domain.
pub(super) struct Signer {
    key: PKey<Private>,
    domain: String,
    selector: String,
}

impl Signer {
    /// The signer that the settings ask for; none where they name no key.
    ///
    /// # Errors
    /// A key that can't be read or is no RSA key.
    pub fn of(settings: &MailSettings) -> Result<Option<Self>, Fault> {
        let Some(file) = &settings.dkim.key else { return Ok(None) };
        let key = read(file)?;
        let domain = settings.from.rsplit('@').next().unwrap_or_default().to_owned();
        Ok(Some(Self { key, domain, selector: settings.dkim.selector.clone() }))
    }

    /// The message with its signature before it.
    pub fn sign(&self, message: &[u8], at: Instant) -> Result<Vec<u8>, Fault> {
        let message = std::str::from_utf8(message)?;
        let (headers, body) = message.split_once("\r\n\r\n").unwrap_or((message, ""));
        let fields = fields(headers);
        // The second `from` stands for a field that is not there: it adds nothing to what is signed.
        let last = |name: &&str| {
            let (name, value) = fields.iter().rev().find(|(known, _)| known == name)?;
            Some(format!("{name}:{value}\r\n"))
        };
        let covered: String = SIGNED.iter().skip(1).filter_map(last).collect();
        let present = |name: &&&str| fields.iter().any(|(known, _)| known == *name);
        let names: Vec<&str> = SIGNED.iter().filter(present).copied().collect();
        let body_hash = BASE64_STANDARD.encode(Sha256::digest(relaxed_body(body)));
        let tags = [
            "v=1; a=rsa-sha256; c=relaxed/relaxed".to_owned(),
            format!("d={}; s={}; t={}", self.domain, self.selector, at.seconds()),
            format!("h={}", names.join(":")),
            format!("bh={body_hash}"),
        ];
        // Folded at the tags; what is signed is the same without the folds.
        let covered = format!("{covered}dkim-signature:{}; b=", tags.join("; "));
        let mut signing = Signing::new(MessageDigest::sha256(), &self.key)?;
        let signature = BASE64_STANDARD.encode(signing.sign_oneshot_to_vec(covered.as_bytes())?);
        let header = format!("DKIM-Signature: {};\r\n b={}\r\n", tags.join(";\r\n "), folded(&signature));
        Ok([header.as_bytes(), message.as_bytes()].concat())
    }
}

fn read(file: &Path) -> Result<PKey<Private>, Fault> {
    let unfit = |why: String| {
        Fault::new(format!("`mail.dkim.key` {} {why}", file.display()))
            .remedy("name an RSA key in PEM of 2048 bits: openssl genrsa -out dkim.pem 2048")
    };
    let pem = fs::read(file).map_err(|error| unfit(format!("can't be read: {error}")))?;
    let key = PKey::private_key_from_pem(&pem).map_err(|_| unfit("is not a private key".into()))?;
    if key.id() == Id::RSA && key.bits() >= LEAST_BITS { Ok(key) } else { Err(unfit("is not such a key".into())) }
}

/// Names in small letters and values unfolded, blanks squeezed (RFC 6376 §3.4.2).
fn fields(headers: &str) -> Vec<(String, String)> {
    let unfolded = headers.replace("\r\n ", " ").replace("\r\n\t", " ");
    let field = |line: &str| {
        let (name, value) = line.split_once(':')?;
        Some((name.trim_end().to_lowercase(), squeezed(value).trim().to_owned()))
    };
    unfolded.split("\r\n").filter_map(field).collect()
}

/// Runs of blanks as one, none at the end of a line; no empty lines at the end (RFC 6376 §3.4.4).
fn relaxed_body(body: &str) -> String {
    let lines: Vec<String> = body.split("\r\n").map(|line| squeezed(line).trim_end_matches(' ').to_owned()).collect();
    let text = lines.join("\r\n");
    let text = text.trim_end_matches("\r\n");
    if text.is_empty() { String::new() } else { format!("{text}\r\n") }
}

fn squeezed(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for c in text.chars().map(|c| if c == '\t' { ' ' } else { c }) {
        if c != ' ' || !squeezed.ends_with(' ') {
            squeezed.push(c);
        }
    }
    squeezed
}

fn folded(signature: &str) -> String {
    let characters: Vec<char> = signature.chars().collect();
    characters.chunks(70).map(|line| line.iter().collect::<String>()).collect::<Vec<_>>().join("\r\n ")
}

#[cfg(test)]
mod tests {
    use openssl::{rsa::Rsa, sign::Verifier};

    use super::*;

    const MESSAGE: &str = "From: \"A\"  <a@id.example>\r\nTo: b@example.org\r\nSubject: Un\r\n objet\r\nDate: x\r\n\r\n\
                           Deux  mots \r\n\r\nFin\r\n\r\n\r\n";

    fn signer(dir: &Path) -> Signer {
        let file = dir.join("dkim.pem");
        let key = Rsa::generate(2048).expect("a key").private_key_to_pem().expect("PEM");
        fs::write(&file, key).expect("a file");
        let mut settings = MailSettings { from: "a@id.example".into(), ..MailSettings::default() };
        settings.dkim.key = Some(file);
        Signer::of(&settings).expect("a key").expect("a signer")
    }

    #[test]
    fn mel_06_a_signature_verifies_over_the_canonical_form() {
        let dir = tempfile::tempdir().expect("a directory");
        let signer = signer(dir.path());
        let once = signer.sign(MESSAGE.as_bytes(), Instant::from_seconds(9)).expect("a signature");
        assert_eq!(once, signer.sign(MESSAGE.as_bytes(), Instant::from_seconds(9)).expect("the same"));
        let text = String::from_utf8(once).expect("text");
        let (header, rest) = text.split_once("\r\nFrom:").expect("the message");
        assert_eq!(format!("From:{rest}"), MESSAGE);
        let unfolded = header.replace("\r\n ", " ");
        let (tags, signature) = unfolded.split_once(" b=").expect("a signature");
        assert!(tags.contains("d=id.example; s=preau; t=9; h=from:from:to:subject:date; bh="), "{tags}");
        let expected = "from:\"A\" <a@id.example>\r\nto:b@example.org\r\nsubject:Un objet\r\ndate:x\r\n";
        let tags = tags.strip_prefix("DKIM-Signature: ").expect("a field");
        let covered = format!("{expected}dkim-signature:{tags} b=");
        let mut verifier = Verifier::new(MessageDigest::sha256(), &signer.key).expect("a verifier");
        let signature = BASE64_STANDARD.decode(signature.replace(' ', "")).expect("base64");
        assert!(verifier.verify_oneshot(&signature, covered.as_bytes()).expect("an answer"));
    }

    /// RFC 6376 §3.4.5 and §3.4.4.
    #[test]
    fn the_canonical_forms_are_those_of_the_rfc() {
        assert_eq!(relaxed_body(" C \r\nD \t E\r\n\r\n\r\n"), " C\r\nD E\r\n");
        assert_eq!(relaxed_body(""), "");
        assert_eq!(fields("A: X\r\nB : Y\t\r\n\tZ  "), [("a".into(), "X".into()), ("b".into(), "Y Z".into())]);
    }

    #[test]
    fn a_key_that_is_none_is_named() {
        let mut settings = MailSettings::default();
        settings.dkim.key = Some("/nowhere/dkim.pem".into());
        let fault = Signer::of(&settings).err().expect("a fault");
        assert!(fault.cause.contains("/nowhere/dkim.pem") && fault.remedy.is_some());
    }
}
