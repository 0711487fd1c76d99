//! `claims` (OpenID Connect Core §5.5): single claims, beside those that scopes stand for. What is released is bounded by
//! the registration whatever is asked; what can't be told is left out, essential or not (§5.5.1).

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::{
    domain::{Claim, SubjectId},
    web::Params,
};

use super::super::error::Error;

/// What was asked for by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::oidc) struct Requested {
    pub(in crate::oidc) userinfo: BTreeSet<Claim>,
    pub(in crate::oidc) id_token: BTreeSet<Claim>,
    /// The person that the ID token must be of, if any (§5.5.1: `sub` with a `value`).
    pub(in crate::oidc) subject: Option<SubjectId>,
}

pub(in crate::oidc) fn check(raw: &Params) -> Result<Requested, Error> {
    let Some(text) = raw.once("claims")? else { return Ok(Requested::default()) };
    let Ok(Value::Object(members)) = serde_json::from_str(text) else {
        return Err(Error::invalid_request("claims must be a JSON object"));
    };
    let part = |name: &str| members.get(name).and_then(Value::as_object);
    let subject = part("id_token").and_then(|asked| asked.get("sub")?.get("value")?.as_str()).map(SubjectId::new);
    Ok(Requested { userinfo: named(part("userinfo")), id_token: named(part("id_token")), subject })
}

fn named(asked: Option<&Map<String, Value>>) -> BTreeSet<Claim> {
    asked.into_iter().flat_map(Map::keys).filter_map(|name| Claim::named(name)).collect()
}
