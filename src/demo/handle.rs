//! What the demo tells: the handles for scripts (JSON, version 1) and a table for people.

use std::{fmt::Write as _, fs, io::Write as _, os::unix::fs::OpenOptionsExt, path::Path};

use serde_json::{Value, json};

use super::{
    accounts::{self, Trial},
    apps::{DOORS, Door},
    places::Places,
    sepne::{self, SepneAccount},
    settings,
};
use crate::{app::App, domain::Fault, policy::Portals};

/// An application's side at one door, as it is registered.
pub(super) struct Registered {
    /// As people read it.
    pub name: String,
    /// `oidc` or `cas`.
    pub protocol: &'static str,
    /// Where a browser begins.
    pub url: String,
    /// The portal it belongs to.
    pub portal: &'static str,
    /// `client_id` and `client_secret`, for OpenID Connect.
    pub client: Option<(String, String)>,
    /// Where the answer goes: `redirect_uri`, or the address of the CAS service.
    returns_to: String,
    /// The file that registers it.
    pub file: Value,
}

/// Both applications at both doors. `secret` gives a client's secret by its id.
pub(super) fn registrations(places: &Places, mut secret: impl FnMut(&str) -> String) -> Vec<Registered> {
    let mut all = Vec::new();
    for (door, portal) in DOORS.iter().zip([Portals::DEFAULT, "ent"]) {
        let suffix = if portal == Portals::DEFAULT { "" } else { "-ent" };
        let id = format!("espace-numerique{suffix}");
        let client_secret = secret(&id);
        all.push(oidc(places, door, portal, (id, client_secret)));
        all.push(cas(places, door, portal, &format!("vie-scolaire{suffix}")));
    }
    all
}

fn named(title: &str, portal: &str) -> String {
    if portal == Portals::DEFAULT { title.to_owned() } else { format!("{title} (ENT)") }
}

fn oidc(places: &Places, door: &Door, portal: &'static str, client: (String, String)) -> Registered {
    let base = format!("http://{}{}", places.digital_space, door.prefix);
    let name = named("Espace numérique", portal);
    let returns_to = format!("{base}/retour");
    let file = json!({
        "client_id": client.0, "client_secret": client.1, "client_name": name, "client_uri": format!("{base}/"),
        "redirect_uris": [returns_to], "post_logout_redirect_uris": [format!("{base}/deconnecte")],
        "backchannel_logout_uri": format!("{base}/fin-de-session"),
        "token_endpoint_auth_method": "client_secret_basic", "scope": "openid profile email address phone school",
        "portal": portal, "first_party": true,
        "claims": ["name", "given_name", "family_name", "preferred_username", "birthdate", "email", "email_verified",
            "profiles", "functions", "establishments", "classes", "children"],
    });
    Registered { name, protocol: "oidc", url: format!("{base}/"), portal, client: Some(client), returns_to, file }
}

fn cas(places: &Places, door: &Door, portal: &'static str, id: &str) -> Registered {
    let base = format!("http://{}{}", places.school_life, door.prefix);
    let name = named("Vie scolaire", portal);
    let returns_to = format!("{base}/retour");
    let file = json!({
        "name": id, "client_name": name, "client_uri": format!("{base}/"), "portal": portal, "first_party": true,
        "cas": {"service": returns_to, "match": "prefix", "user": "identifier", "release": {
            "name": "name", "preferred_username": "identifier", "email": "email", "birthdate": "birthdate",
            "profiles": "profiles", "functions": "functions", "classes": "classes.names", "children": "children.names",
            "establishments": "establishments.codes", "ENTPersonProfils": "profiles.national", "ENTPersonStructRattachRNE": "establishments.codes",
            "ENTEleveNivFormation": "levels",
        }},
    });
    Registered { name, protocol: "cas", url: format!("{base}/"), portal, client: None, returns_to, file }
}

impl Registered {
    fn handle(&self) -> Value {
        let mut handle =
            json!({ "name": self.name, "protocol": self.protocol, "url": self.url, "portal": self.portal });
        let members = match &self.client {
            Some((id, secret)) => json!({ "client_id": id, "client_secret": secret, "redirect_uri": self.returns_to }),
            None => json!({ "service": self.returns_to }),
        };
        if let (Some(handle), Value::Object(members)) = (handle.as_object_mut(), members) {
            handle.extend(members);
        }
        handle
    }
}

/// The handles for scripts.
pub(super) fn handles(
    app: &App,
    places: &Places,
    (services, at_sepne): (&[Registered], &[SepneAccount]),
    [accounts, letters]: [&[Value]; 2],
    config: &Path,
) -> Value {
    let issuer = app.config.issuer();
    let portal = |portal: &str| match portal {
        Portals::DEFAULT => format!("{issuer}/"),
        other => format!("{issuer}/p/{other}/"),
    };
    let portals = app.config.policy.portals.iter();
    json!({
        "version": 1,
        "issuer": issuer,
        "cas": format!("{issuer}/cas"),
        "mail": {
            "page": format!("http://{}/", places.mail),
            "api": format!("http://{}/api", places.mail),
            "smtp": format!("smtp://{}", places.smtp),
        },
        "portals": portals.map(|it| json!({ "name": it.name, "url": portal(it.name.as_str()) })).collect::<Vec<_>>(),
        "services": services.iter().map(Registered::handle).collect::<Vec<_>>(),
        "accounts": accounts,
        "letters": letters,
        "sepne": { "issuer": format!("http://{}", places.sepne), "accounts": at_sepne },
        "config": config,
        "pid": std::process::id(),
    })
}

/// The table for people, in French.
pub(super) fn table(
    app: &App,
    places: &Places,
    (services, at_sepne): (&[Registered], &[SepneAccount]),
    trials: &[Trial],
    letters: &Path,
) -> String {
    let mut table = format!("\nPréau est ouvert sur {}\n\n", app.config.issuer());
    let addresses = services.iter().map(|service| (service.name.as_str(), service.url.clone()));
    let at = |portal: &str| format!("{}/p/{portal}/", app.config.issuer());
    let others = [
        ("Espace Parents", at(settings::PARENTS)),
        ("Portail des parents", at(settings::REGISTERING)),
        ("Portail des élèves", at(settings::PUPILS)),
        (sepne::LABEL, format!("http://{}/", places.sepne)),
        ("Courrier", format!("http://{}/", places.mail)),
    ];
    for (name, url) in addresses.chain(others) {
        let _infallible = writeln!(table, "  {}  {url}", padded(name, 24));
    }
    let _infallible = writeln!(table, "\n  {}  {}  Qui", padded("Identifiant", 18), padded("Mot de passe", 14));
    for trial in trials.iter().filter(|trial| !trial.who.is_empty()) {
        let (identifier, password) = (padded(&trial.identifier, 18), padded(&trial.password, 14));
        let _infallible = writeln!(table, "  {identifier}  {password}  {}", trial.who);
    }
    let ready: Vec<&Trial> = trials.iter().filter(|trial| trial.who.is_empty()).collect();
    if let (Some(first), Some(last)) = (ready.first(), ready.last()) {
        let _infallible = writeln!(
            table,
            "  {}  {}  … {}",
            padded(&first.identifier, 18),
            padded(&first.password, 14),
            last.identifier
        );
    }
    let _infallible =
        writeln!(table, "\n  {}  {}  Qui, chez {}", padded("Adresse", 24), padded("Mot de passe", 14), sepne::LABEL);
    for account in at_sepne {
        let (address, password) = (padded(&account.address, 24), padded(&account.password, 14));
        let _infallible = writeln!(table, "  {address}  {password}  {}", account.name);
    }
    let _infallible = writeln!(table, "\nÀ inscrire sur le portail des parents : {}", accounts::TO_REGISTER);
    let _infallible = writeln!(table, "\nCourriers d’activation (PDF) : {}", letters.display());
    table.push_str("\nCtrl-C pour fermer. Tout reste en place pour la prochaine fois.");
    table
}

fn padded(text: &str, width: usize) -> String {
    let blanks = width.saturating_sub(text.chars().count());
    format!("{text}{}", " ".repeat(blanks))
}

/// Writes a file that is there whole or not at all, and that its owner alone may read.
pub(super) fn write_whole(path: &Path, content: impl AsRef<[u8]>) -> Result<(), Fault> {
    let failed = |error: std::io::Error| {
        Fault::new(format!("{} can't be written: {error}", path.display())).remedy("check the folder and its rights")
    };
    let mut aside = path.as_os_str().to_owned();
    aside.push(".new");
    let mut file =
        fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside).map_err(failed)?;
    file.write_all(content.as_ref()).and_then(|()| file.sync_all()).map_err(failed)?;
    fs::rename(&aside, path).map_err(failed)
}
