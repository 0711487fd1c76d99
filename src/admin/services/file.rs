//! A service file: one registration as a JSON object, or a list of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};
use url::Url;

use crate::{
    domain::{
        AuthMethod, CasService, CasUser, Digest, Match, OidcClient, PortalName, RelyingParty, RelyingPartyId, Secret,
        ServiceUrl,
    },
    policy::Portals,
};

use super::{
    cas,
    members::{FileFault, Members},
    oidc,
};

/// The sector of services that all know people by the same subject.
const PUBLIC: &str = "public";

/// A registration as its file says it.
pub(super) struct Registration {
    /// With a secret's digest still to be put in its place.
    pub(super) party: RelyingParty,
    /// What is to become of the secret.
    pub(super) secret: SecretWish,
}

/// What a file says about the client's secret.
pub(super) enum SecretWish {
    /// This one.
    Given(Secret),
    /// Nothing: the one that is kept, else a new one.
    KeptOrMade,
}

type Known = BTreeMap<RelyingPartyId, RelyingParty>;

/// Reads every file, or names every fault of all of them.
pub(super) fn read(
    files: &[(String, String)],
    portals: &Portals,
    known: &Known,
) -> Result<Vec<Registration>, Vec<FileFault>> {
    let (mut registrations, mut faults) = (Vec::new(), Vec::new());
    for (file, text) in files {
        let fault = |service, member, fault: String| FileFault { file: file.clone(), service, member, fault };
        let objects = match objects(text) {
            Ok(objects) => objects,
            Err(what) => {
                faults.push(fault(None, None, what));
                continue;
            }
        };
        for (nth, object) in objects.into_iter().enumerate() {
            let mut members = Members::of(object, "");
            let registration = registration(&mut members, portals, known);
            let id = registration.as_ref().map(|registration| registration.party.id.to_string());
            let service = id.unwrap_or_else(|| format!("#{}", nth + 1));
            let wrong = members.finish();
            faults.extend(wrong.into_iter().map(|(member, what)| fault(Some(service.clone()), member, what)));
            registrations.extend(registration.map(|registration| (file, registration)));
        }
    }
    faults.extend(clashes(&registrations, known));
    if faults.is_empty() {
        Ok(registrations.into_iter().map(|(_, registration)| registration).collect())
    } else {
        Err(faults)
    }
}

fn objects(text: &str) -> Result<Vec<Map<String, Value>>, String> {
    let value: Value = serde_json::from_str(text).map_err(|error| format!("is not JSON: {error}"))?;
    let list = if let Value::Array(list) = value { list } else { vec![value] };
    let object = |value| {
        if let Value::Object(object) = value { Ok(object) } else { Err("is neither an object nor a list of them") }
    };
    Ok(list.into_iter().map(object).collect::<Result<_, _>>()?)
}

fn registration(members: &mut Members, portals: &Portals, known: &Known) -> Option<Registration> {
    let speaks_oidc = oidc::MEMBERS.iter().any(|member| members.has(member));
    let oidc = speaks_oidc.then(|| oidc::read(members));
    let cas = members.object("cas").map(cas::read).map(|(service, faults)| {
        members.also(faults);
        service
    });
    if oidc.is_none() && cas.is_none() {
        members.fault("redirect_uris", "is missing, and so is `cas`: one of them says how the service is reached");
    }
    if oidc.is_none() && members.has("claims") {
        members.fault("claims", "is for OpenID Connect: a CAS service has `cas.release`");
        members.texts("claims");
    }
    let name = members.for_people("client_name", Members::text);
    let home = members.for_people("client_uri", Members::address);
    for tolerated in ["logo_uri", "policy_uri", "tos_uri"] {
        members.for_people(tolerated, Members::address);
    }
    members.texts("contacts");
    members.text("software_id");
    members.text("software_version");
    let portal = portal(members, portals);
    let first_party = members.truth("first_party").unwrap_or(false);
    let subject_type = members.choice("subject_type", &[("public", true), ("pairwise", false)]);
    let id = id(members);
    let (oidc, secret) =
        oidc.map_or(Some((None, SecretWish::KeptOrMade)), |read| read.map(|(client, secret)| (Some(client), secret)))?;
    let cas = cas.map_or(Some(None), |read| read.map(Some))?;
    let id = id.or_else(|| made_id(oidc.as_ref(), cas.as_ref()))?;
    let own = own_sector(oidc.as_ref(), cas.as_ref());
    let before = known.get(&id).map(|party| party.sector.as_str());
    let sector = sector(subject_type, first_party, before, own);
    let name = name.unwrap_or_else(|| id.to_string());
    let party = RelyingParty { id, name, portal, first_party, home, sector, oidc, cas };
    Some(Registration { party, secret })
}

fn portal(members: &mut Members, portals: &Portals) -> PortalName {
    let portal = PortalName::new(members.text("portal").unwrap_or_else(|| Portals::DEFAULT.into()));
    if portals.find(&portal).is_none() {
        let names: Vec<&str> = portals.iter().map(|portal| portal.name.as_str()).collect();
        members.fault("portal", format!("`{portal}` is not configured: there are {}", names.join(", ")));
    }
    portal
}

/// `client_id`, else `name`.
fn id(members: &mut Members) -> Option<RelyingPartyId> {
    let (client_id, name) = (members.text("client_id"), members.text("name"));
    for (member, given) in [("client_id", &client_id), ("name", &name)] {
        // RFC 6749 appendix A.1, without the blank.
        let strange = |id: &String| id.len() > 200 || !id.bytes().all(|byte| byte.is_ascii_graphic());
        if given.as_ref().is_some_and(strange) {
            members.fault(member, "must be 200 visible ASCII characters at most, without blanks");
        }
    }
    if client_id.is_some() && name.is_some() && client_id != name {
        members.fault("name", "differs from `client_id`: give one of them (`client_name` is what people read)");
    }
    client_id.or(name).map(RelyingPartyId::new)
}

/// An id for a file that has none, made of the addresses: the same file makes the same. With other addresses it would be
/// another application, so whoever changes them writes the id into the file first.
fn made_id(oidc: Option<&OidcClient>, cas: Option<&CasService>) -> Option<RelyingPartyId> {
    let addresses = match (oidc, cas) {
        (Some(client), _) => client.redirect_uris.join("\n"),
        (None, cas) => cas?.service.clone(),
    };
    let digest = Digest::of(addresses.as_bytes());
    Some(RelyingPartyId::new(format!("s-{}", digest.as_str().get(..22)?)))
}

/// The host that people are known to, where each application knows them by a subject of its own.
fn own_sector(oidc: Option<&OidcClient>, cas: Option<&CasService>) -> Option<String> {
    let address = oidc.and_then(|client| client.redirect_uris.first()).or(cas.map(|cas| &cas.service))?;
    let url = Url::parse(address).ok()?;
    Some(url.host_str().unwrap_or_else(|| url.scheme()).to_owned())
}

/// The sector that subjects are drawn for (OpenID Connect Core §8.1). One that was used stays while the file asks for
/// the same type, even if addresses change or are put in another order: subjects are for ever (row SSO-09).
fn sector(is_public: Option<bool>, first_party: bool, before: Option<&str>, own: Option<String>) -> String {
    let own = own.unwrap_or_else(|| PUBLIC.to_owned());
    match (is_public, before) {
        (Some(true), _) => PUBLIC.to_owned(),
        (None, Some(before)) => before.to_owned(),
        (Some(false), Some(before)) if before != PUBLIC => before.to_owned(),
        (Some(false), _) => own,
        (None, None) => {
            if first_party {
                PUBLIC.to_owned()
            } else {
                own
            }
        }
    }
}

/// An id that two registrations carry, and a CAS address that belongs to another service.
fn clashes(registrations: &[(&String, Registration)], known: &Known) -> Vec<FileFault> {
    let fault = |file: &str, party: &RelyingParty, member: &str, fault: String| FileFault {
        file: file.to_owned(),
        service: Some(party.id.to_string()),
        member: Some(member.to_owned()),
        fault,
    };
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    let news: Vec<&RelyingParty> = registrations.iter().map(|(_, registration)| &registration.party).collect();
    for (file, Registration { party, .. }) in registrations {
        if !ids.insert(&party.id) {
            faults.push(fault(file, party, "client_id", "is registered twice in these files".into()));
        }
        let replaced = |other: &&RelyingParty| news.iter().any(|new| new.id == other.id);
        let others = known.values().filter(|other| !replaced(other)).chain(news.iter().copied());
        let same = |other: &&RelyingParty| other.id != party.id && shares_address(other, party);
        if let Some(other) = others.into_iter().find(same) {
            faults.push(fault(file, party, "cas.service", format!("belongs to `{}` already", other.id)));
        }
    }
    faults
}

fn shares_address(one: &RelyingParty, other: &RelyingParty) -> bool {
    let parsed = |cas: &CasService| ServiceUrl::parse(&cas.service).map(|url| (cas.matching, url));
    match (one.cas.as_ref().and_then(parsed), other.cas.as_ref().and_then(parsed)) {
        (Some((one, this)), Some((other, that))) => one == other && this.is_same_as(&that),
        _ => false,
    }
}

/// A registered application as a file: applied again it changes nothing. It has no secret, for only a digest is kept.
#[must_use]
pub fn document(party: &RelyingParty) -> Value {
    let mut told = json!({
        "client_id": party.id,
        "client_name": party.name,
        "portal": party.portal,
        "first_party": party.first_party,
        "subject_type": if party.sector == PUBLIC { "public" } else { "pairwise" },
    });
    if let (Some(home), Some(object)) = (&party.home, told.as_object_mut()) {
        object.insert("client_uri".into(), home.as_str().into());
    }
    let sides = party.oidc.as_ref().map(oidc_members).into_iter().chain(party.cas.as_ref().map(cas_member));
    for (name, value) in sides.flatten() {
        if let Some(object) = told.as_object_mut() {
            object.insert(name, value);
        }
    }
    told
}

fn oidc_members(client: &OidcClient) -> Map<String, Value> {
    let method = match client.auth {
        AuthMethod::ClientSecretBasic(_) => "client_secret_basic",
        AuthMethod::ClientSecretPost(_) => "client_secret_post",
        AuthMethod::None => "none",
    };
    let scopes: Vec<&str> = client.scopes.iter().map(String::as_str).collect();
    let claims: Vec<&str> = client.release.0.iter().map(|claim| claim.name()).collect();
    let told = json!({
        "redirect_uris": client.redirect_uris,
        "post_logout_redirect_uris": client.post_logout_redirect_uris,
        "token_endpoint_auth_method": method,
        "application_type": if client.is_native { "native" } else { "web" },
        "scope": scopes.join(" "),
        "id_token_signed_response_alg": client.id_token_signed_response_alg,
        "claims": claims,
    });
    if let Value::Object(told) = told { told } else { Map::new() }
}

fn cas_member(cas: &CasService) -> Map<String, Value> {
    let release: BTreeMap<&str, &str> = cas.release.iter().map(|(name, claim)| (name.as_str(), claim.name())).collect();
    let mut told = json!({
        "service": cas.service,
        "match": match cas.matching { Match::Exact => "exact", Match::Prefix => "prefix" },
        "release": release,
        "proxy": cas.proxy,
        "user": match cas.user {
            CasUser::Identifier => "identifier",
            CasUser::Subject => "subject",
            CasUser::Email => "email",
        },
    });
    if let (Some(logout_url), Some(object)) = (&cas.logout_url, told.as_object_mut()) {
        object.insert("logout_url".into(), logout_url.as_str().into());
    }
    Map::from_iter([("cas".to_owned(), told)])
}
