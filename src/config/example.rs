//! The example file says what the code does, and every setting can be a variable.

use std::collections::{BTreeMap, BTreeSet};

use figment::{
    Figment,
    providers::{Format, Toml},
    value::{Dict, Value},
};

use super::{
    PortalSettings, Settings, UpstreamSettings,
    reading::{Sources, read},
};

const EXAMPLE: &str = include_str!("../../deploy/preau.example.toml");

/// The defaults, with the portal that is always there and a provider as an example.
fn defaults() -> Settings {
    let upstreams = BTreeMap::from([("sepne".to_owned(), UpstreamSettings::default())]);
    let portals = BTreeMap::from([("default".to_owned(), PortalSettings::default())]);
    Settings { upstreams, portals, ..Settings::default() }
}

/// Every setting by its whole name; lists and what has no default count as one.
fn leaves(values: &Dict, within: &str, found: &mut BTreeMap<String, Value>) {
    for (key, value) in values {
        let name = format!("{within}{key}");
        match value {
            Value::Dict(_, inner) => leaves(inner, &format!("{name}."), found),
            value => drop(found.insert(name, value.clone())),
        }
    }
}

fn known() -> BTreeMap<String, Value> {
    let mut known = BTreeMap::new();
    let values = Value::serialize(defaults()).expect("settings").into_dict().expect("a table");
    leaves(&values, "", &mut known);
    known
}

fn example(text: &str) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    leaves(&Figment::from(Toml::string(text)).extract::<Dict>().expect("TOML"), "", &mut found);
    found
}

/// `# key = value` and `# [table]`: shown, not set.
fn shown(line: &str) -> String {
    if let Some(table) = line.strip_prefix("# ").filter(|rest| rest.starts_with('[') && rest.ends_with(']')) {
        return table.to_owned();
    }
    let is_key = |c: char| c.is_ascii_lowercase() || c == '_';
    let set =
        line.strip_prefix("# ").filter(|rest| rest.split_once(" = ").is_some_and(|(key, _)| key.chars().all(is_key)));
    set.unwrap_or(line).to_owned()
}

#[test]
fn every_setting_stands_in_the_example_with_its_default() {
    let known = known();
    let set = example(EXAMPLE);
    for (name, value) in &set {
        let default = known.get(name).unwrap_or_else(|| panic!("{name} is no setting"));
        // TOML has signed numbers only.
        assert_eq!(format!("{:?}", plain(value)), format!("{:?}", plain(default)), "{name}");
    }
    let all = example(&EXAMPLE.lines().map(shown).collect::<Vec<_>>().join("\n"));
    let (all, known): (BTreeSet<_>, BTreeSet<_>) = (all.keys().collect(), known.keys().collect());
    assert_eq!(all, known);
}

#[test]
fn every_setting_in_the_example_is_explained() {
    let lines: Vec<&str> = EXAMPLE.lines().collect();
    for (line, above) in lines.iter().skip(1).zip(&lines) {
        if shown(line).contains(" = ") && !line.starts_with("#  ") {
            assert!(above.starts_with("# ") && !shown(above).contains(" = "), "{line} has no word above it");
        }
    }
}

fn plain(value: &Value) -> serde_json::Value {
    serde_json::to_value(value).expect("a value")
}

#[test]
fn every_setting_can_be_a_variable() {
    for (name, default) in known() {
        let text = match plain(&default) {
            serde_json::Value::String(text) if text.is_empty() => "redis://127.0.0.1".to_owned(),
            serde_json::Value::String(text) => text,
            serde_json::Value::Bool(value) => (!value).to_string(),
            serde_json::Value::Number(number) => (number.as_u64().expect("a number") + 1).to_string(),
            serde_json::Value::Array(_) if name.ends_with("profiles") => "[pupil, parent]".to_owned(),
            serde_json::Value::Array(_) => "[192.0.2.0/24, 198.51.100.0/24]".to_owned(),
            _ => match name.as_str() {
                "portals.default.chooser"
                | "portals.default.notification_email"
                | "portals.default.contact_form"
                | "portals.default.sign_in_by_email"
                | "portals.default.registration"
                | "portals.default.registration_tells_unknown_address" => "false".to_owned(),
                "portals.default.child_passwords_up_to" => "CM2".to_owned(),
                name if name.starts_with("portals.default.password.") => "compat-8-32".to_owned(),
                name if name.starts_with("portals.default.recovery.") => "code".to_owned(),
                name if name.starts_with("portals.default.second_factor.") => "required".to_owned(),
                "portals.default.pupil_reset.digits" => "7".to_owned(),
                "tls.redirect_listen" => "127.0.0.1:80".to_owned(),
                _ => "/somewhere".to_owned(),
            },
        };
        let variable = format!("PREAU_{}", name.to_uppercase().replace('.', "__"));
        let sources = Sources { file: None, variables: vec![(variable.clone(), text.clone())] };
        let read = read(&Settings::default(), sources).expect(&variable);
        let mut found = BTreeMap::new();
        leaves(&Value::serialize(read).expect("settings").into_dict().expect("a table"), "", &mut found);
        let expected: serde_json::Value = match text.strip_prefix('[') {
            Some(list) => list.trim_end_matches(']').split(", ").collect::<Vec<_>>().into(),
            None => serde_json::from_str(&text).unwrap_or_else(|_| text.as_str().into()),
        };
        assert_eq!(found.get(&name).map(plain), Some(expected), "{variable}={text}");
    }
}
