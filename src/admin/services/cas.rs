//! The `cas` member of a registration.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::domain::{CasService, CasUser, Claim, Match, ServiceUrl};

use super::{
    members::{Members, web_address},
    oidc::known_claims,
};

/// Attributes that every CAS 3 answer has of itself (CAS 3.0 §2.5.7).
const OWN: [&str; 3] = ["authenticationDate", "longTermAuthenticationRequestTokenUsed", "isFromNewLogin"];

/// Reads the service, and what is wrong with it.
pub(super) fn read(object: Map<String, Value>) -> (Option<CasService>, Vec<(Option<String>, String)>) {
    let mut members = Members::of(object, "cas.");
    let matching = members.choice("match", &[("exact", Match::Exact), ("prefix", Match::Prefix)]);
    let matching = matching.unwrap_or(Match::Exact);
    let service = service(&mut members, matching);
    let users = [("identifier", CasUser::Identifier), ("subject", CasUser::Subject), ("email", CasUser::Email)];
    let user = members.choice("user", &users).unwrap_or_default();
    let release = release(&mut members);
    let proxy = members.truth("proxy").unwrap_or(false);
    let single_logout = members.truth("single_logout").unwrap_or(true);
    let logout_url = members.address("logout_url").map(String::from);
    let service =
        service.map(|service| CasService { service, matching, release, proxy, single_logout, logout_url, user });
    (service, members.finish())
}

fn service(members: &mut Members, matching: Match) -> Option<String> {
    if !members.has("service") {
        members.fault("service", "is missing: the address that tickets are sent to");
    }
    let text = members.text("service")?;
    let fault = match web_address(&text) {
        Err(what) => Some(what),
        Ok(_) if ServiceUrl::parse(&text).is_none() => {
            Some(format!("{text} has dot segments or encoded separators in its path"))
        }
        Ok(url) if matching == Match::Prefix && url.query().is_some() => {
            Some(format!("{text} has a query, which a prefix leaves free"))
        }
        Ok(_) => None,
    };
    match fault {
        Some(what) => {
            members.fault("service", what);
            None
        }
        None => Some(text),
    }
}

fn release(members: &mut Members) -> BTreeMap<String, Claim> {
    let mut release = BTreeMap::new();
    for (name, source) in members.object("release").unwrap_or_default() {
        let member = format!("release.{name}");
        if !is_element_name(&name) {
            members.fault(&member, "is not a name for an XML element: letters, digits, `_`, `-` and `.`");
        }
        if OWN.contains(&name.as_str()) {
            members.fault(&member, "is an attribute that every answer has of itself");
        }
        match source.as_str().and_then(Claim::named) {
            Some(claim) => drop(release.insert(name, claim)),
            None => members.fault(&member, format!("{source} is not a source: {}", known_claims())),
        }
    }
    release
}

/// An XML `NCName` in ASCII (Namespaces in XML 1.0 §3), so that it stands after `cas:`.
fn is_element_name(name: &str) -> bool {
    let mut bytes = name.bytes();
    bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || byte == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}
