//! What a service's file releases, as CAS attributes.

use serde_json::Value;

use crate::{
    app::App,
    domain::{Claim, Fault, SubjectId},
    policy::release,
    store::{people, sessions::Standing, subjects},
};

use super::service::Matched;

/// A released value; it keeps its shape for JSON.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Released {
    pub(super) claim: Claim,
    pub(super) value: Value,
}

impl Released {
    /// One text for each value, as XML carries them: of a school its code, of people and classes the name.
    pub(super) fn texts(&self) -> Vec<String> {
        match &self.value {
            Value::Array(values) => values.iter().filter_map(|value| self.text(value)).collect(),
            value => self.text(value).into_iter().collect(),
        }
    }

    fn text(&self, value: &Value) -> Option<String> {
        let telling = match self.claim {
            Claim::Establishments => "code",
            Claim::Address => "formatted",
            _ => "name",
        };
        match value {
            Value::Null | Value::Array(_) => None,
            Value::String(text) => Some(text.clone()),
            Value::Object(object) => object.get(telling).and_then(Value::as_str).map(str::to_owned),
            Value::Bool(_) | Value::Number(_) => Some(value.to_string()),
        }
    }
}

/// The attributes of a person for a service, in its file's order of names.
pub(super) async fn of(app: &App, service: &Matched, standing: &Standing) -> Result<Vec<(String, Released)>, Fault> {
    let Some(cas) = service.cas().filter(|cas| !cas.release.is_empty()) else { return Ok(Vec::new()) };
    let Some(facts) = people::find_facts(&app.db, &standing.account.id).await? else { return Ok(Vec::new()) };
    let needs_subject = cas.release.values().any(|claim| *claim == Claim::Subject);
    let subject = if needs_subject { Some(subject(app, service, standing).await?) } else { None };
    let released = cas.release.iter().filter_map(|(name, claim)| {
        let value = release::value(*claim, &facts, subject.as_ref())?;
        Some((name.clone(), Released { claim: *claim, value }))
    });
    Ok(released.collect())
}

/// What the service knows the person by: made when it is first released, and kept (design §2, `Subject`).
pub(super) async fn subject(app: &App, service: &Matched, standing: &Standing) -> Result<SubjectId, Fault> {
    let fresh = SubjectId::new(app.rng.id());
    Ok(subjects::find_or_add(&app.db, &standing.account.id, &service.party.sector, fresh).await?)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn each_value_is_one_text() {
        let texts = |claim, value| Released { claim, value }.texts();
        assert_eq!(texts(Claim::Profiles, json!(["parent", "pupil"])), ["parent", "pupil"]);
        assert_eq!(texts(Claim::EmailVerified, json!(true)), ["true"]);
        assert_eq!(texts(Claim::Address, json!({ "formatted": "1 rue\nOrne", "country": "FR" })), ["1 rue\nOrne"]);
        assert_eq!(texts(Claim::Establishments, json!([{ "code": "0610001A", "name": "Collège" }])), ["0610001A"]);
        let child = json!({ "name": "Ilyès Roux", "identifier": "i.roux", "classes": [{ "name": "4e B" }] });
        assert_eq!(texts(Claim::Children, json!([child])), ["Ilyès Roux"]);
    }
}
