//! CAS 2 and 3 in JSON (`format=JSON`, CAS 3.0 §2.5.1).

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value, json};

use super::super::error::Error;
use super::{Validated, Version};

/// The answer as an object: attributes keep their shape here, lists and objects included.
pub(super) fn answer(outcome: &Result<Validated, Error>, version: Version) -> Response {
    Json(object(outcome, version)).into_response()
}

fn object(outcome: &Result<Validated, Error>, version: Version) -> Value {
    let inner = match outcome {
        Ok(validated) => {
            let mut success = Map::from_iter([("user".to_owned(), validated.user.as_str().into())]);
            if version == Version::Three {
                success.insert("attributes".into(), attributes(validated).into());
            }
            json!({ "authenticationSuccess": success })
        }
        Err(error) => json!({ "authenticationFailure": { "code": error.code(), "description": error.description() } }),
    };
    json!({ "serviceResponse": inner })
}

fn attributes(validated: &Validated) -> Map<String, Value> {
    let own = [
        ("authenticationDate", validated.authenticated_at.rfc_3339().into()),
        ("longTermAuthenticationRequestTokenUsed", validated.is_remembered.into()),
        ("isFromNewLogin", validated.is_from_new_login.into()),
    ];
    own.into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .chain(validated.attributes.iter().map(|(name, released)| (name.clone(), released.value.clone())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        cas::attributes::Released,
        domain::{Claim, Instant},
    };

    #[test]
    fn attributes_keep_their_shape() {
        let children = json!([{ "name": "Ilyès Roux", "classes": ["4e B"] }]);
        let validated = Validated {
            user: "n.roux".into(),
            attributes: vec![("enfants".into(), Released { claim: Claim::Children, value: children.clone() })],
            authenticated_at: Instant::from_seconds(0),
            is_remembered: true,
            is_from_new_login: false,
        };
        let told = object(&Ok(validated), Version::Three);
        let attributes = &told["serviceResponse"]["authenticationSuccess"]["attributes"];
        assert_eq!(attributes["enfants"], children);
        assert_eq!(attributes["authenticationDate"], "1970-01-01T00:00:00Z");
        let failure = object(&Err(Error::InvalidTicket), Version::Two);
        assert_eq!(failure["serviceResponse"]["authenticationFailure"]["code"], "INVALID_TICKET");
    }
}
