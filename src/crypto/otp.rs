//! One-time codes of an application (RFC 6238): six digits, half a minute, HMAC-SHA-1, which is what applications know.

use totp_rs::{Builder, Secret, Totp};
use zeroize::Zeroizing;

use crate::domain::{Fault, Instant};

/// 160 bits, as RFC 4226 §4 (R6) recommends.
const SEED_BYTES: usize = 20;
/// Seconds of a step.
const STEP: u64 = 30;

/// The seed that an application and the server share. It has no voice but the two ways out that show it to its holder.
pub struct Seed(Zeroizing<Vec<u8>>);

impl Seed {
    /// A new one.
    ///
    /// # Errors
    /// OpenSSL has no random bytes to give.
    pub fn fresh() -> Result<Self, Fault> {
        let mut bytes = Zeroizing::new(vec![0; SEED_BYTES]);
        openssl::rand::rand_bytes(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// One that was sealed.
    #[must_use]
    pub fn from_bytes(bytes: Vec<u8>) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// To be sealed.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The step whose code was typed: now, the one before or the next (RFC 6238 §5.2). Each is to be taken once.
    ///
    /// # Errors
    /// The seed is damaged.
    pub fn step_of(&self, code: &str, now: Instant) -> Result<Option<i64>, Fault> {
        let seconds = u64::try_from(now.seconds()).unwrap_or(0);
        let step = self.totp(None)?.check(code, seconds);
        Ok(step.and_then(|step| i64::try_from(step).ok()))
    }

    /// The code of a moment.
    ///
    /// # Errors
    /// The seed is damaged.
    pub fn code(&self, at: Instant) -> Result<String, Fault> {
        Ok(self.totp(None)?.generate(u64::try_from(at.seconds()).unwrap_or(0)).to_string())
    }

    /// One that was typed in base 32; blanks count for nothing.
    #[must_use]
    pub fn from_base_32(text: &str) -> Option<Self> {
        let plain: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
        Secret::try_from_base32(plain).ok().map(|secret| Self::from_bytes(secret.as_ref().to_vec()))
    }

    /// In base 32, as it is typed into an application that can't read a picture.
    #[must_use]
    pub fn base_32(&self) -> String {
        Secret::from(self.0.to_vec()).to_base32()
    }

    /// The `otpauth:` address that the picture holds.
    ///
    /// # Errors
    /// The seed is damaged.
    pub fn address(&self, issuer: &str, holder: &str) -> Result<String, Fault> {
        // A colon parts issuer from holder in that address.
        let plain = |text: &str| text.replace(':', " ").trim().to_owned();
        Ok(self.totp(Some((plain(issuer), plain(holder))))?.to_url()?)
    }

    fn totp(&self, named: Option<(String, String)>) -> Result<Totp, Fault> {
        let mut builder = Builder::new()
            .with_secret(Secret::from(self.0.to_vec()))
            .with_digits(6)
            .with_skew(1)
            .with_step_duration(STEP);
        if let Some((issuer, holder)) = named {
            builder = builder.with_issuer(Some(issuer)).with_account_name(holder);
        }
        Ok(builder.build()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238 appendix B, the SHA-1 column, its last six digits.
    #[test]
    fn the_codes_are_those_of_the_rfc() {
        let seed = Seed::from_bytes(b"12345678901234567890".to_vec());
        for (at, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(seed.code(Instant::from_seconds(at)).expect("a code"), code);
        }
    }

    #[test]
    fn one_step_of_drift_is_taken_and_no_more() {
        let seed = Seed::fresh().expect("a seed");
        let now = Instant::from_seconds(1_800_000_010);
        let step = now.seconds() / 30;
        for (drift, taken) in [(-2, None), (-1, Some(step - 1)), (0, Some(step)), (1, Some(step + 1)), (2, None)] {
            let code = seed.code(Instant::from_seconds(now.seconds() + drift * 30)).expect("a code");
            assert_eq!(seed.step_of(&code, now).expect("an answer"), taken, "{drift}");
        }
        for wrong in ["", "12345", "1234567", "abcdef", "１２３４５６"] {
            assert_eq!(seed.step_of(wrong, now).expect("an answer"), None, "{wrong}");
        }
    }

    #[test]
    fn the_address_names_issuer_and_holder() {
        let seed = Seed::from_bytes(b"12345678901234567890".to_vec());
        let address = seed.address("ENT : collèges", "d.moreau2").expect("an address");
        assert!(address.starts_with("otpauth://totp/") && address.contains("d.moreau2"), "{address}");
        assert!(address.contains(&format!("secret={}", seed.base_32())), "{address}");
    }
}
