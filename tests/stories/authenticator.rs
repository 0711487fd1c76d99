//! A key in software, as a browser and its authenticator answer for it (`WebAuthn` Level 3 §6, §5.8.1).

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use openssl::{
    bn::{BigNum, BigNumContext},
    ec::{EcGroup, EcKey},
    hash::MessageDigest,
    nid::Nid,
    pkey::{PKey, Private},
    sha::sha256,
    sign::Signer,
};
use serde_json::{Value, json};

use crate::{browser::Browser, world::World};

/// User present, user verified, credential data included (§6.1).
const PRESENT: u8 = 0x01;
const VERIFIED: u8 = 0x04;
const INCLUDED: u8 = 0x40;

/// A device that holds one key for one account.
pub struct Authenticator {
    key: PKey<Private>,
    id: Vec<u8>,
    user_handle: Option<String>,
    counter: u32,
    origin: String,
    host: String,
    /// Whether it checks who holds it.
    pub verifies: bool,
}

impl Authenticator {
    /// A new one, for a browser that stands at the world's address.
    pub fn of(world: &World) -> Self {
        let group = EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).unwrap();
        let key = PKey::from_ec_key(EcKey::generate(&group).unwrap()).unwrap();
        let mut id = vec![0; 32];
        openssl::rand::rand_bytes(&mut id).unwrap();
        let origin = world.origin();
        Self {
            key,
            id,
            user_handle: None,
            counter: 0,
            origin: origin.origin().ascii_serialization(),
            host: origin.host_str().unwrap().to_owned(),
            verifies: true,
        }
    }

    /// Answers a question to make a key.
    pub fn makes(&mut self, question: &Value) -> String {
        let asked = &question["publicKey"];
        assert_eq!(asked["rp"]["id"], self.host.as_str());
        self.user_handle = asked["user"]["id"].as_str().map(str::to_owned);
        let client_data = self.client_data("webauthn.create", asked);
        let mut data = self.data(INCLUDED);
        data.extend([0; 16]);
        data.extend(u16::try_from(self.id.len()).unwrap().to_be_bytes());
        data.extend(&self.id);
        data.extend(self.public_key());
        // {"fmt": "none", "attStmt": {}, "authData": …} in CBOR.
        let mut attestation = b"\xa3\x63fmt\x64none\x67attStmt\xa0\x68authData\x58".to_vec();
        attestation.push(u8::try_from(data.len()).unwrap());
        attestation.extend(data);
        let id = encoded(&self.id);
        json!({
            "id": id, "rawId": id, "type": "public-key", "extensions": {},
            "response": { "attestationObject": encoded(&attestation), "clientDataJSON": encoded(client_data.as_bytes()) },
        })
        .to_string()
    }

    /// Answers a question to use a key.
    pub fn answers(&mut self, question: &Value) -> String {
        self.counter += 1;
        let asked = &question["publicKey"];
        assert_eq!(asked["rpId"], self.host.as_str());
        let client_data = self.client_data("webauthn.get", asked);
        let data = self.data(0);
        let mut signer = Signer::new(MessageDigest::sha256(), &self.key).unwrap();
        let signature = signer.sign_oneshot_to_vec(&[&data[..], &sha256(client_data.as_bytes())].concat()).unwrap();
        let id = encoded(&self.id);
        json!({
            "id": id, "rawId": id, "type": "public-key", "extensions": {},
            "response": {
                "authenticatorData": encoded(&data), "clientDataJSON": encoded(client_data.as_bytes()),
                "signature": encoded(&signature), "userHandle": self.user_handle,
            },
        })
        .to_string()
    }

    fn client_data(&self, kind: &str, asked: &Value) -> String {
        json!({ "type": kind, "challenge": asked["challenge"], "origin": self.origin, "crossOrigin": false })
            .to_string()
    }

    fn data(&self, further: u8) -> Vec<u8> {
        let flags = PRESENT | further | if self.verifies { VERIFIED } else { 0 };
        [&sha256(self.host.as_bytes())[..], &[flags], &self.counter.to_be_bytes()].concat()
    }

    /// COSE, ES256 on P-256 (RFC 9053 §7.1.1).
    fn public_key(&self) -> Vec<u8> {
        let key = self.key.ec_key().unwrap();
        let (mut x, mut y) = (BigNum::new().unwrap(), BigNum::new().unwrap());
        let mut context = BigNumContext::new().unwrap();
        key.public_key().affine_coordinates(key.group(), &mut x, &mut y, &mut context).unwrap();
        let mut cose = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20".to_vec();
        cose.extend(x.to_vec_padded(32).unwrap());
        cose.extend(b"\x22\x58\x20");
        cose.extend(y.to_vec_padded(32).unwrap());
        cose
    }
}

impl Browser {
    /// The key's answer to the question on the page on the screen.
    pub async fn touches(&mut self, authenticator: &mut Authenticator) -> &mut Self {
        assert_eq!(self.page().data_page(), "passkey", "{}", self.page().text());
        let question: Value =
            serde_json::from_str(&self.page().attribute("form[data-passkey]", "data-passkey").unwrap()).unwrap();
        let makes = self.page().attribute("form[data-passkey]", "data-makes").as_deref() == Some("true");
        let answer = if makes { authenticator.makes(&question) } else { authenticator.answers(&question) };
        self.submits([("answer", answer.as_str())]).await
    }
}

fn encoded(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
