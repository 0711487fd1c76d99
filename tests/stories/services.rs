//! Services that people sign in to: registered as an operator does, from files. Their own addresses lead nowhere: the
//! browser stops there, and the story reads what it was sent with.

use preau::admin::services;
use serde_json::{Value, json};
use url::Url;

use crate::world::World;

/// An OpenID Connect service.
#[derive(Clone, Debug)]
pub struct OidcService {
    /// Its `client_id`.
    pub client_id: String,
    /// Its `client_secret`.
    pub client_secret: String,
    /// Where it waits for its answer.
    pub redirect_uri: String,
    authorize: Url,
}

/// A CAS service.
#[derive(Clone, Debug)]
pub struct CasService {
    /// Its address.
    pub service: String,
    cas: Url,
}

impl World {
    /// Registers what a file says, on every node.
    pub async fn registers(&self, file: Value) {
        let (app, files) = (self.app(), [("services.json".to_owned(), file.to_string())]);
        let applied = services::apply(&app.db, &app.rng, &self.operator(), &app.config.policy.portals, &files).await;
        applied.expect("the store answers").expect("a fine file");
        self.reload_services().await;
    }

    /// An OpenID Connect service of the network, called so.
    pub async fn service(&self, name: &str) -> OidcService {
        self.service_with(name, json!({})).await
    }

    /// The same with further members in its file; one that is null is taken out.
    pub async fn service_with(&self, name: &str, members: Value) -> OidcService {
        let service = OidcService {
            client_id: name.to_owned(),
            client_secret: format!("douze lunes pour {name}"),
            redirect_uri: format!("http://127.0.0.2:9/{name}/cb"),
            authorize: self.origin().join("/oidc/authorize").unwrap(),
        };
        let mut file = json!({
            "client_id": service.client_id,
            "client_name": name,
            "client_secret": service.client_secret,
            "redirect_uris": [service.redirect_uri],
            "scope": "openid profile email",
            "first_party": true,
            "claims": ["name", "email", "preferred_username", "profiles"],
        });
        for (member, value) in members.as_object().expect("members") {
            file[member] = value.clone();
        }
        file.as_object_mut().expect("members").retain(|_, value| !value.is_null());
        self.registers(file).await;
        service
    }

    /// A CAS service of the network, called so.
    pub async fn cas_service(&self, name: &str) -> CasService {
        let service = format!("http://127.0.0.3:9/{name}");
        self.registers(json!({
            "client_id": name,
            "client_name": name,
            "first_party": true,
            "cas": { "service": service, "match": "exact", "proxy": false, "user": "identifier", "release": {} },
        }))
        .await;
        CasService { service, cas: self.origin().join("/cas/").unwrap() }
    }
}

impl OidcService {
    /// Where its "sign in" leads, with `state` and `nonce` that tell its requests apart.
    pub fn sign_in(&self, further: &[(&str, &str)]) -> String {
        let mut url = self.authorize.clone();
        let (id, to) = (self.client_id.as_str(), self.redirect_uri.as_str());
        let state = format!("state-of-{id}");
        url.query_pairs_mut()
            .extend_pairs([("response_type", "code"), ("client_id", id), ("redirect_uri", to)])
            .extend_pairs([("scope", "openid profile email"), ("state", &state), ("nonce", "n-0S6_WzA2Mj")])
            .extend_pairs(further);
        url.into()
    }

    /// Its server redeems a code at the token endpoint.
    pub async fn redeems(&self, world: &World, code: &str) -> Value {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("grant_type", "authorization_code"), ("code", code), ("redirect_uri", &self.redirect_uri)])
            .finish();
        let request = reqwest::Client::new()
            .post(world.origin().join("/oidc/token").unwrap())
            .basic_auth(encoded(&self.client_id), Some(encoded(&self.client_secret)))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form);
        request.send().await.expect("an answer").json().await.expect("JSON")
    }
}

/// RFC 6749 §2.3.1: both halves are form-encoded before they are put together.
fn encoded(text: &str) -> String {
    url::form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

impl CasService {
    /// The service of that address, which is registered elsewhere.
    pub fn at(world: &World, service: &str) -> Self {
        Self { service: service.to_owned(), cas: world.origin().join("/cas/").unwrap() }
    }

    /// Where its "sign in" leads.
    pub fn sign_in(&self) -> String {
        let mut url = self.cas.join("login").unwrap();
        url.query_pairs_mut().append_pair("service", &self.service);
        url.into()
    }
}
