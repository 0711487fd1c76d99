//! The OpenID Connect members of a registration (RFC 7591 §2, OpenID Connect Dynamic Client Registration §2).

use std::collections::BTreeSet;

use url::Url;

use crate::domain::{AuthMethod, Claim, ClientSecret, Digest, OidcClient, Release, Secret, is_loopback};
use crate::policy::release::claims_of_scope;

use super::{
    file::SecretWish,
    members::{Members, absolute},
};

/// What makes a registration one of an OpenID Connect client.
pub(super) const MEMBERS: [&str; 11] = [
    "redirect_uris",
    "post_logout_redirect_uris",
    "backchannel_logout_uri",
    "backchannel_logout_session_required",
    "token_endpoint_auth_method",
    "grant_types",
    "response_types",
    "scope",
    "application_type",
    "id_token_signed_response_alg",
    "client_secret",
];

/// The scopes of a client whose file names none. They only say what may be asked for: `claims` decides what is released.
const SCOPES: [&str; 3] = ["openid", "profile", "email"];

#[derive(Clone, Copy)]
enum Method {
    Basic,
    Post,
    None,
}

/// Reads the client; `None` where a fault stood in the way.
pub(super) fn read(members: &mut Members) -> Option<(OidcClient, SecretWish)> {
    let is_native = members.choice("application_type", &[("web", false), ("native", true)]).unwrap_or(false);
    let redirect_uris = redirect_uris(members, is_native);
    let post_logout_redirect_uris = addresses(members, "post_logout_redirect_uris", is_native).unwrap_or_default();
    let backchannel_logout_uri = members.address("backchannel_logout_uri").map(String::from);
    // Every logout token names the session, asked for or not.
    members.truth("backchannel_logout_session_required");
    only(members, "response_types", &["code"], "code");
    // Refresh tokens come with a later issue: a client that is ready for them need not wait.
    only(members, "grant_types", &["authorization_code", "refresh_token"], "authorization_code");
    let (scopes, are_given) = scopes(members);
    let alg = members.choice("id_token_signed_response_alg", &[("RS256", "RS256"), ("ES256", "ES256")]);
    let release = claims(members, &scopes, are_given);
    let (auth, secret) = authentication(members);
    let client = OidcClient {
        redirect_uris: redirect_uris?,
        post_logout_redirect_uris,
        backchannel_logout_uri,
        auth,
        is_native,
        scopes,
        id_token_signed_response_alg: alg.unwrap_or("RS256").to_owned(),
        release,
    };
    Some((client, secret))
}

/// The method and what is to become of the secret; the digest is put in its place later.
fn authentication(members: &mut Members) -> (AuthMethod, SecretWish) {
    let methods =
        [("client_secret_basic", Method::Basic), ("client_secret_post", Method::Post), ("none", Method::None)];
    let method = members.choice("token_endpoint_auth_method", &methods).unwrap_or(Method::Basic);
    let given = members.text("client_secret");
    // RFC 6749 appendix A.2: visible ASCII and blanks.
    if given.as_deref().is_some_and(|secret| secret.bytes().any(|byte| !(0x20..0x7f).contains(&byte))) {
        members.fault("client_secret", "has characters outside ASCII: keep to letters, digits, `-` and `_`");
    }
    if given.is_some() && matches!(method, Method::None) {
        members.fault("client_secret", "does not go with token_endpoint_auth_method `none`");
    }
    let secret = given.map_or(SecretWish::KeptOrMade, |secret| SecretWish::Given(Secret::new(secret)));
    let unset = ClientSecret { digest: Digest::of(b"") };
    let auth = match method {
        Method::Basic => AuthMethod::ClientSecretBasic(unset),
        Method::Post => AuthMethod::ClientSecretPost(unset),
        Method::None => AuthMethod::None,
    };
    (auth, secret)
}

fn redirect_uris(members: &mut Members, is_native: bool) -> Option<Vec<String>> {
    if !members.has("redirect_uris") {
        members.fault("redirect_uris", "is missing: an OpenID Connect client needs one at least");
        return None;
    }
    let uris = addresses(members, "redirect_uris", is_native)?;
    if uris.is_empty() {
        members.fault("redirect_uris", "is empty: an OpenID Connect client needs one at least");
        return None;
    }
    Some(uris)
}

fn addresses(members: &mut Members, member: &str, is_native: bool) -> Option<Vec<String>> {
    let uris = members.texts(member)?;
    for (nth, uri) in uris.iter().enumerate() {
        if let Err(what) = return_address(uri, is_native) {
            members.fault(&format!("{member}[{nth}]"), what);
        }
    }
    Some(uris)
}

/// An address that a browser may be sent back to: https, http on this machine, or for native clients a scheme of their
/// own in reverse domain order (RFC 8252 §7.1), which keeps `javascript:` and `data:` out.
fn return_address(text: &str, is_native: bool) -> Result<Url, String> {
    let url = absolute(text)?;
    match url.scheme() {
        "https" if url.host().is_some() => Ok(url),
        "http" if is_loopback(&url) => Ok(url),
        "http" => Err(format!("{text} must be https: http is taken for addresses of this machine alone")),
        scheme if is_native && scheme.contains('.') => Ok(url),
        _ if is_native => Err(format!("{text} must be https, http on this machine or a scheme like org.example.app")),
        _ => Err(format!("{text} must be https; other schemes are for application_type `native`")),
    }
}

fn only(members: &mut Members, member: &str, known: &[&str], needed: &str) {
    let Some(given) = members.texts(member) else { return };
    for one in given.iter().filter(|one| !known.contains(&one.as_str())) {
        members.fault(member, format!("`{one}` is not supported: write {}", known.join(" or ")));
    }
    if !given.iter().any(|one| one == needed) {
        members.fault(member, format!("lacks `{needed}`"));
    }
}

/// The scopes that may be asked for, and whether the file named them.
fn scopes(members: &mut Members) -> (BTreeSet<String>, bool) {
    let given = members.text("scope");
    let is_given = given.is_some();
    let mut scopes: BTreeSet<String> = given.map_or_else(
        || SCOPES.map(str::to_owned).into(),
        |scopes| scopes.split(' ').filter(|scope| !scope.is_empty()).map(str::to_owned).collect(),
    );
    // RFC 6749 §3.3.
    let strange = |scope: &&String| !scope.bytes().all(|b| b.is_ascii_graphic() && b != b'"' && b != b'\\');
    if let Some(scope) = scopes.iter().find(strange) {
        members.fault("scope", format!("{scope:?} is not a scope"));
    }
    scopes.insert("openid".into());
    (scopes, is_given)
}

/// What may be released: what `claims` names; without it, what the scopes stand for that the file itself names; else the
/// subject alone.
fn claims(members: &mut Members, scopes: &BTreeSet<String>, are_given: bool) -> Release {
    let mut release = BTreeSet::from([Claim::Subject]);
    let named = members.texts("claims");
    if named.is_none() && are_given {
        release.extend(scopes.iter().flat_map(|scope| claims_of_scope(scope)));
    }
    for name in named.unwrap_or_default() {
        match Claim::named(&name) {
            Some(claim) => drop(release.insert(claim)),
            None => members.fault("claims", format!("`{name}` is not a claim: {}", known_claims())),
        }
    }
    Release(release)
}

/// The claims that there are, in a sentence.
pub(super) fn known_claims() -> String {
    let names: Vec<&str> = Claim::ALL.iter().map(|claim| claim.name()).collect();
    format!("there are {}", names.join(", "))
}
