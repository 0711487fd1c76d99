//! A file and the environment into `Settings`; what is no setting is named, all of it at once.

use std::{ffi::OsString, path::Path};

use figment::{
    Figment, Metadata,
    providers::{Format, Serialized, Toml},
    value::{Dict, Value},
};

use crate::domain::Fault;

use super::{PortalSettings, Settings, UpstreamSettings};

const PREFIX: &str = "PREAU_";
/// What the tests are told by: no settings.
const OF_TESTS: &str = "test_";

/// What the settings may be read from.
pub(super) struct Sources<'a> {
    /// `preau.toml`, where one is named.
    pub file: Option<&'a Path>,
    /// Names and values; those that begin with `PREAU_` go before the file.
    pub variables: Vec<(String, String)>,
}

/// The variables of this process; one that is no text can't be a setting.
pub(super) fn environment() -> Vec<(String, String)> {
    let texts = |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.into_string().ok()?));
    std::env::vars_os().filter_map(texts).collect()
}

/// Reads a file and the variables over it; what neither says is as in `defaults`.
///
/// # Errors
/// A fault that names every key that is no setting, or the value that could not be understood, with where it stands.
pub(super) fn read(defaults: &Settings, sources: Sources<'_>) -> Result<Settings, Fault> {
    let mut given = Figment::new();
    if let Some(file) = sources.file {
        if !file.is_file() {
            return Err(Fault::new(format!("there is no settings file at {}", file.display()))
                .remedy("name one with --config, or start from deploy/preau.example.toml"));
        }
        given = given.merge(Toml::file_exact(file));
    }
    for (name, text) in sources.variables {
        let Some(key) = name.strip_prefix(PREFIX).map(|key| key.to_lowercase().replace("__", ".")) else { continue };
        if !key.starts_with(OF_TESTS) {
            // Numbers, truths and [lists] are understood as such.
            let Ok(value) = text.parse::<Value>();
            given = given.merge(Serialized::default(&key, value));
        }
    }
    let unknown = unknown_keys(&given)?;
    if !unknown.is_empty() {
        return Err(told(&unknown));
    }
    let settings = Figment::from(Serialized::defaults(defaults)).merge(&given).extract();
    settings.map_err(|error| told(&error.into_iter().map(|one| say(&one)).collect::<Vec<_>>()))
}

fn told(wrong: &[String]) -> Fault {
    Fault::new(wrong.join("; ")).remedy("see deploy/preau.example.toml for every setting")
}

/// What was given and is no setting, each with where it stands.
fn unknown_keys(given: &Figment) -> Result<Vec<String>, Fault> {
    let read =
        given.extract::<Dict>().map_err(|error| told(&error.into_iter().map(|one| say(&one)).collect::<Vec<_>>()))?;
    let known = Value::serialize(Settings::default())?.into_dict().unwrap_or_default();
    let portal = Value::serialize(PortalSettings::default())?.into_dict().unwrap_or_default();
    let mut unknown = Vec::new();
    compare(&read, &known, "", &mut unknown);
    let upstream = Value::serialize(UpstreamSettings::default())?.into_dict().unwrap_or_default();
    for (kind, known) in [("portals", &portal), ("upstreams", &upstream)] {
        for (name, settings) in read.get(kind).and_then(Value::as_dict).into_iter().flatten() {
            if let Some(settings) = settings.as_dict() {
                compare(settings, known, &format!("{kind}.{name}."), &mut unknown);
            }
        }
    }
    let place = |key: &str| given.find_metadata(key).map_or_else(String::new, |from| format!(" in {}", source(from)));
    Ok(unknown.into_iter().map(|key| format!("`{key}`{} is no setting", place(&key))).collect())
}

fn compare(given: &Dict, known: &Dict, within: &str, unknown: &mut Vec<String>) {
    for (key, value) in given {
        let path = format!("{within}{key}");
        match (known.get(key), value) {
            (None, _) => unknown.push(path),
            // Portals and providers have names of their own.
            (Some(_), _) if path == "portals" || path == "upstreams" => {}
            (Some(Value::Dict(_, known)), Value::Dict(_, given)) => compare(given, known, &format!("{path}."), unknown),
            _ => {}
        }
    }
}

/// A value that was not understood: which, where, why.
fn say(error: &figment::Error) -> String {
    let place = error.metadata.as_ref().map_or_else(String::new, |from| format!(" in {}", source(from)));
    let why = error.kind.to_string();
    if error.path.is_empty() {
        return format!("{}{place}", why.trim_end());
    }
    format!("`{}`{place}: {why}", error.path.join("."))
}

fn source(metadata: &Metadata) -> String {
    match metadata.source.as_ref().and_then(figment::Source::file_path) {
        Some(path) => path.display().to_string(),
        None => format!("the {PREFIX}… variables"),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn fault(text: &str) -> String {
        let dir = tempfile::tempdir().expect("a directory");
        let file = dir.path().join("preau.toml");
        fs::write(&file, text).expect("a file");
        let sources = Sources { file: Some(&file), variables: vec![] };
        read(&Settings::default(), sources).err().map(|fault| fault.cause).unwrap_or_default()
    }

    #[test]
    fn what_is_no_setting_is_named_all_at_once_and_with_its_place() {
        let cause = fault("lisen = 3\n[mail]\nsmpt = 1\n[portals.ent]\ntitel = 2\n[portals.ent.help]\nfax = 3\n");
        for key in ["`lisen`", "`mail.smpt`", "`portals.ent.titel`", "`portals.ent.help.fax`"] {
            assert!(cause.contains(key) && cause.contains("preau.toml"), "{cause}");
        }
    }

    #[test]
    fn a_value_that_is_not_understood_is_named_with_its_place() {
        let cause = fault("[limits.account]\nfailures = \"five\"\n");
        assert!(cause.contains("`limits.account.failures` in") && cause.contains("preau.toml"), "{cause}");
        assert!(fault("listen =\n").contains("line 1"));
        assert_eq!(fault("listen = \"127.0.0.1:9\"\n"), "");
    }

    #[test]
    fn a_variable_goes_before_the_file_and_an_unknown_one_is_named() {
        let dir = tempfile::tempdir().expect("a directory");
        let file = dir.path().join("preau.toml");
        fs::write(&file, "[cas]\nticket_ttl = 11\n[oidc]\ncode_ttl = 12\n").expect("a file");
        let with = |name: &str, value: &str| {
            let variables = vec![(name.to_owned(), value.to_owned())];
            read(&Settings::default(), Sources { file: Some(&file), variables })
        };
        let settings = with("PREAU_CAS__TICKET_TTL", "13").expect("fine settings");
        assert_eq!((settings.cas.ticket_ttl, settings.oidc.code_ttl), (13, 12));
        assert!(with("PREAU_TEST_POSTGRES", "of the tests").is_ok() && with("PATH", "/bin").is_ok());
        for (name, value, key) in
            [("PREAU_CAS__TICKET_TLL", "13", "`cas.ticket_tll`"), ("PREAU_LISTEN", "x", "`listen`")]
        {
            let cause = with(name, value).err().map(|fault| fault.cause).unwrap_or_default();
            assert!(cause.contains(key) && cause.contains("PREAU_"), "{cause}");
        }
    }
}
