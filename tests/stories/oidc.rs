//! What an OpenID Connect client does behind its pages: it exchanges codes and asks for claims. No browser, no cookies.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use reqwest::{Method, RequestBuilder, StatusCode, header::HeaderMap};
use serde_json::Value;

use crate::{browser::Browser, people::Someone, services::OidcService, world::World};

/// RFC 7636 appendix B.
pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// What goes with an authorization request for `VERIFIER`.
pub const PKCE: [(&str, &str); 2] =
    [("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"), ("code_challenge_method", "S256")];

/// An answer of ours to a program.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    /// Null where the body is no JSON.
    pub body: Value,
}

impl Reply {
    /// A header, empty where it is missing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// A text of the body; empty where it is missing.
    pub fn text(&self, name: &str) -> &str {
        self.body[name].as_str().unwrap_or_default()
    }

    /// The claims of the ID token, unverified: the real clients' stories verify.
    pub fn id_token(&self) -> Value {
        let payload = self.text("id_token").split('.').nth(1).expect("an ID token");
        serde_json::from_slice(&BASE64_URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
    }
}

impl World {
    /// A request of a program.
    pub fn call(&self, method: Method, path: &str) -> RequestBuilder {
        program().request(method, self.origin().join(path).unwrap())
    }

    /// Exchanges a code as the service is registered, with further fields.
    pub async fn redeems(&self, service: &OidcService, code: &str, further: &[(&str, &str)]) -> Reply {
        let mut form = vec![("grant_type", "authorization_code"), ("code", code)];
        if further.iter().all(|(name, _)| *name != "redirect_uri") {
            form.push(("redirect_uri", &service.redirect_uri));
        }
        form.extend(further.iter().filter(|(_, value)| !value.is_empty()));
        let call = self.call(Method::POST, "/oidc/token").form(&form);
        answer(call.basic_auth(&service.client_id, Some(&service.client_secret))).await
    }

    /// What an access token opens.
    pub async fn userinfo(&self, token: &str) -> Reply {
        answer(self.call(Method::GET, "/oidc/userinfo").bearer_auth(token)).await
    }

    /// Somebody signs in to a service on a phone of their own; the phone, at the service.
    pub async fn signed_in(&self, who: &Someone, service: &OidcService) -> Browser {
        let mut phone = self.phone();
        phone.opens(service.sign_in(&[])).await.signs_in(who).await;
        assert!(phone.told("code").is_some(), "{}", phone.place());
        phone
    }

    /// A fresh code for whoever is signed in on a phone.
    pub async fn code(&self, phone: &mut Browser, service: &OidcService, further: &[(&str, &str)]) -> String {
        phone.opens(service.sign_in(further)).await;
        phone.told("code").unwrap_or_else(|| panic!("no code: {}", phone.place()))
    }
}

/// A program. It is dear to make: who calls often makes one and keeps it.
pub fn program() -> reqwest::Client {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none());
    client.tls_built_in_root_certs(false).build().unwrap()
}

/// Sends it and reads the answer.
pub async fn answer(request: RequestBuilder) -> Reply {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let body = serde_json::from_str(&response.text().await.unwrap()).unwrap_or_default();
    Reply { status, headers, body }
}

impl Browser {
    /// What the service is told at the address that the browser was sent to.
    pub fn told(&self, name: &str) -> Option<String> {
        self.place().query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// The error that the service is told; empty where it is none.
    pub fn told_error(&self) -> String {
        self.told("error").unwrap_or_default()
    }
}
