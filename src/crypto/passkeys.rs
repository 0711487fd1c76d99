//! Passkeys (`WebAuthn` Level 3): what a browser is asked, and whether its answer is right. Keys must check who holds them
//! (user verification); what they are made of is not asked (no attestation).

use std::sync::Arc;

use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;
use webauthn_rs::{
    Webauthn, WebauthnBuilder,
    prelude::{
        DiscoverableAuthentication, Passkey, PasskeyAuthentication, PasskeyRegistration, PublicKeyCredential,
        RegisterPublicKeyCredential, Uuid,
    },
};

use crate::domain::{Fault, Passkey as Key};

/// Asks browsers for keys and checks what they answer.
#[derive(Clone)]
pub struct Passkeys(Option<Arc<Webauthn>>);

/// What is kept of a question until its answer comes; once.
#[derive(Serialize, Deserialize)]
pub struct Registering(PasskeyRegistration);

/// The same for a key that is to be used.
#[derive(Serialize, Deserialize)]
pub struct Asking(Asked);

#[derive(Serialize, Deserialize)]
enum Asked {
    /// One of the keys of an account that is known.
    Known(PasskeyAuthentication),
    /// Whichever key the browser finds.
    Any(DiscoverableAuthentication),
}

/// A key that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// The credential's id in base64url.
    pub id: String,
    /// The public key, for the store.
    pub credential: String,
    /// RFC 8176: `hwk` for a key that stays in its device, `swk` for one that its holder's devices share.
    pub amr: &'static str,
}

/// A key that was used.
#[derive(Clone, Debug)]
pub struct Used {
    /// Whose public key and counter are to be kept from now on.
    pub credential: String,
    /// RFC 8176: `hwk` for a key that stays in its device, `swk` for one that its holder's devices share.
    pub amr: &'static str,
}

/// For whom a key is made.
#[derive(Clone, Copy, Debug)]
pub struct Holder<'a> {
    /// Opaque.
    pub user_handle: &'a str,
    /// The login name.
    pub identifier: &'a str,
    /// The name of the person.
    pub name: &'a str,
}

impl Passkeys {
    /// For the server at this address: keys are bound to its host name. At a bare IP address there are none.
    ///
    /// # Errors
    /// The address has no host name that keys may be bound to.
    pub fn of(public_url: &Url) -> Result<Self, Fault> {
        let Some(host) = public_url.domain() else { return Ok(Self(None)) };
        let unfit = |error| {
            Fault::new(format!("passkeys can't be bound to `public_url`: {error}")).remedy("give it a host name")
        };
        let made = WebauthnBuilder::new(host, public_url).and_then(|builder| builder.rp_name("Préau").build());
        Ok(Self(Some(Arc::new(made.map_err(unfit)?))))
    }

    /// Whether there are passkeys at this server.
    #[must_use]
    pub const fn are_known(&self) -> bool {
        self.0.is_some()
    }

    fn webauthn(&self) -> Result<&Webauthn, Fault> {
        let none = || Fault::new("there are no passkeys at a bare IP address").remedy("give `public_url` a host name");
        self.0.as_deref().ok_or_else(none)
    }

    /// A handle for an account that has no key yet: 128 random bits.
    #[must_use]
    pub fn fresh_handle(random: [u8; 16]) -> String {
        Uuid::from_bytes(random).to_string()
    }

    /// What a browser is asked to make a key; `known` are those that the account has already.
    ///
    /// # Errors
    /// A key of the store is damaged.
    pub fn ask_to_make(&self, holder: Holder<'_>, known: &[Key]) -> Result<(Value, Registering), Fault> {
        let handle = Uuid::parse_str(holder.user_handle)?;
        let ids = known.iter().map(|key| read(key).map(|passkey| passkey.cred_id().clone()));
        let ids = ids.collect::<Result<Vec<_>, _>>()?;
        let (asked, state) = self
            .webauthn()?
            .start_passkey_registration(handle, holder.identifier, holder.name, Some(ids))
            .map_err(Fault::from)?;
        let mut asked = serde_json::to_value(asked)?;
        // Kept in the device where it can be, so that it also signs in without an identifier.
        if let Some(selection) = asked.pointer_mut("/publicKey/authenticatorSelection").and_then(Value::as_object_mut) {
            selection.insert("residentKey".into(), json!("preferred"));
        }
        Ok((asked, Registering(state)))
    }

    /// The key that a browser made, if the answer is right.
    ///
    /// # Errors
    /// What was made can't be written down.
    pub fn made(&self, state: &Registering, answer: &str) -> Result<Option<Made>, Fault> {
        let Ok(answer) = serde_json::from_str::<RegisterPublicKeyCredential>(answer) else { return Ok(None) };
        let Ok(passkey) = self.webauthn()?.finish_passkey_registration(&answer, &state.0) else { return Ok(None) };
        let id = BASE64_URL_SAFE_NO_PAD.encode(passkey.cred_id());
        let credential = serde_json::to_value(&passkey)?;
        let is_shared = credential.pointer("/cred/backup_eligible").and_then(Value::as_bool).unwrap_or(false);
        Ok(Some(Made { id, credential: credential.to_string(), amr: if is_shared { "swk" } else { "hwk" } }))
    }

    /// What a browser is asked to use one of these keys.
    ///
    /// # Errors
    /// A key of the store is damaged.
    pub fn ask_one_of(&self, keys: &[Key]) -> Result<(Value, Asking), Fault> {
        let passkeys = keys.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let (asked, state) = self.webauthn()?.start_passkey_authentication(&passkeys).map_err(Fault::from)?;
        Ok((serde_json::to_value(asked)?, Asking(Asked::Known(state))))
    }

    /// What a browser is asked to use whichever key it finds.
    ///
    /// # Errors
    /// None that happens.
    pub fn ask_any(&self) -> Result<(Value, Asking), Fault> {
        let (asked, state) = self.webauthn()?.start_discoverable_authentication().map_err(Fault::from)?;
        let mut asked = serde_json::to_value(asked)?;
        // A button is pressed for it; nothing is filled in by itself.
        if let Some(asked) = asked.as_object_mut() {
            asked.remove("mediation");
        }
        Ok((asked, Asking(Asked::Any(state))))
    }

    /// The id of the key that an answer comes from, and what that key knows its account by; nothing is proven yet.
    #[must_use]
    pub fn named_in(answer: &str) -> Option<(String, Option<String>)> {
        let answer: PublicKeyCredential = serde_json::from_str(answer).ok()?;
        let handle = answer.get_user_unique_id().and_then(|bytes| Uuid::from_slice(bytes).ok());
        Some((BASE64_URL_SAFE_NO_PAD.encode(answer.get_credential_id()), handle.map(|handle| handle.to_string())))
    }

    /// Whether a key's answer is right; what is to be kept of it.
    ///
    /// # Errors
    /// The key of the store is damaged.
    pub fn used(&self, state: Asking, answer: &str, key: &Key) -> Result<Option<Used>, Fault> {
        let Ok(answer) = serde_json::from_str::<PublicKeyCredential>(answer) else { return Ok(None) };
        let mut passkey = read(key)?;
        let outcome = match state.0 {
            Asked::Known(state) => self.webauthn()?.finish_passkey_authentication(&answer, &state),
            Asked::Any(state) => self.webauthn()?.finish_discoverable_authentication_v2(&answer, state, &passkey),
        };
        let Ok(outcome) = outcome else { return Ok(None) };
        if !outcome.user_verified() || passkey.update_credential(&outcome).is_none() {
            return Ok(None);
        }
        let amr = if outcome.backup_eligible() { "swk" } else { "hwk" };
        Ok(Some(Used { credential: serde_json::to_string(&passkey)?, amr }))
    }
}

fn read(key: &Key) -> Result<Passkey, Fault> {
    Ok(serde_json::from_str(&key.credential)?)
}
