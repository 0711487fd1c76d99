//! What an application has learnt about who signed in, in the words that it shows.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

/// Who signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct About {
    /// What Préau calls the person here: `sub`, or `cas:user`.
    pub user: String,
    /// Given name and family name.
    pub name: String,
    /// Name and value of what is shown, in order.
    pub lines: Vec<Line>,
    /// The ID token, to be shown again at the end; empty for CAS.
    pub id_token: String,
    /// What the identity provider calls the session when it tells of its end: `sid`, or the ticket.
    #[serde(default)]
    pub session: String,
}

/// A line of what is shown: one name, several values perhaps.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Line {
    /// In French.
    pub label: String,
    /// A handle for scripts: `profile`, `children`…
    pub key: String,
    /// The values.
    pub values: Vec<String>,
}

/// What is shown, in order: the label, the handle, and the claim or attribute that it comes from.
const SHOWN: [(&str, &str, &str); 8] = [
    ("Identifiant", "identifier", "preferred_username"),
    ("Profil", "profile", "profiles"),
    ("Fonction", "function", "functions"),
    ("Établissement", "establishment", "establishments"),
    ("Classe", "class", "classes"),
    ("Enfants", "children", "children"),
    ("Courriel", "email", "email"),
    ("Date de naissance", "birthdate", "birthdate"),
];

impl About {
    /// From OpenID Connect claims.
    #[must_use]
    pub fn of_claims(sub: &str, claims: &Map<String, Value>, (id_token, session): (String, String)) -> Self {
        let told = |claim: &str| values(claim, claims.get(claim));
        let name = told("name").into_iter().next().unwrap_or_else(|| sub.to_owned());
        Self { user: sub.to_owned(), name, lines: lines(told), id_token, session }
    }

    /// From CAS attributes, which have the same names here.
    #[must_use]
    pub fn of_attributes(user: &str, attributes: &BTreeMap<String, Vec<String>>, ticket: &str) -> Self {
        let told = |name: &str| {
            let texts = attributes.get(name).cloned().unwrap_or_default();
            texts.iter().map(|text| in_french(name, text)).collect::<Vec<_>>()
        };
        let name = told("name").into_iter().next().unwrap_or_else(|| user.to_owned());
        Self { user: user.to_owned(), name, lines: lines(told), id_token: String::new(), session: ticket.to_owned() }
    }
}

fn lines(told: impl Fn(&str) -> Vec<String>) -> Vec<Line> {
    let line = |(label, key, claim): &(&str, &str, &str)| {
        let values = told(claim);
        (!values.is_empty()).then(|| Line { label: (*label).to_owned(), key: (*key).to_owned(), values })
    };
    SHOWN.iter().filter_map(line).collect()
}

/// The texts of a claim: one, or each of a list; an object by its name, with the classes in brackets.
fn values(claim: &str, value: Option<&Value>) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(in_french(claim, text)),
        Value::Object(object) => {
            let name = object.get("name")?.as_str()?;
            let classes = object.get("classes").and_then(Value::as_array).into_iter().flatten();
            let places: Vec<String> = classes.filter_map(place).collect();
            Some(if places.is_empty() { name.to_owned() } else { format!("{name} ({})", places.join(", ")) })
        }
        _ => None,
    };
    match value {
        Some(Value::Array(list)) => list.iter().filter_map(text).collect(),
        Some(one) => text(one).into_iter().collect(),
        None => Vec::new(),
    }
}

/// A child's class and school.
fn place(class: &Value) -> Option<String> {
    let name = class.get("name")?.as_str()?;
    let school = class.get("establishment_name").and_then(Value::as_str);
    Some(school.map_or_else(|| name.to_owned(), |school| format!("{name}, {school}")))
}

/// Profiles and functions have names of their own on the screen.
fn in_french(claim: &str, text: &str) -> String {
    let said = match (claim, text) {
        ("profiles", "pupil") => "Élève",
        ("profiles", "parent") => "Parent",
        ("profiles", "national_staff") => "Personnel de l’Éducation nationale",
        ("profiles", "agricultural_staff") => "Personnel de l’enseignement agricole",
        ("profiles", "local_authority_staff") => "Personnel de collectivité",
        ("profiles", "guest") => "Autre et invité",
        ("functions", "teacher") => "Enseignement",
        ("functions", "librarian") => "Documentation",
        ("functions", "head") => "Direction",
        ("functions", "school_life") => "Vie scolaire",
        ("functions", "school_staff") => "Administration de l’établissement",
        ("functions", "academic") => "Services académiques",
        ("functions", "local_authority") => "Collectivité",
        (_, text) => text,
    };
    said.to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_parent_is_shown_with_profile_and_children() {
        let claims = json!({
            "name": "Nadia Roux", "profiles": ["parent"], "email": "nadia@example.org",
            "children": [{"name": "Ilyès Roux", "classes": [{"name": "4e B", "establishment_name": "Collège des Tilleuls"}]},
                         {"name": "Zoé Roux", "classes": []}]
        });
        let about = About::of_claims("x", claims.as_object().expect("an object"), Default::default());
        let shown: Vec<_> = about.lines.iter().map(|line| (line.key.as_str(), line.values.join(" · "))).collect();
        assert_eq!(about.name, "Nadia Roux");
        assert_eq!(
            shown,
            [
                ("profile", "Parent".to_owned()),
                ("children", "Ilyès Roux (4e B, Collège des Tilleuls) · Zoé Roux".to_owned()),
                ("email", "nadia@example.org".to_owned())
            ]
        );
    }
}
