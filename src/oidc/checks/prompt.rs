//! `prompt` (OpenID Connect Core §3.1.2.1).

use crate::web::Params;

use super::super::error::Error;

/// What the person is to be asked, whatever the session says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::oidc) struct Prompt {
    /// Nothing at all: no page may be shown.
    pub(in crate::oidc) none: bool,
    /// The password; `select_account` comes to the same, for whoever types it chooses the account.
    pub(in crate::oidc) login: bool,
    /// Agreement, though it was given.
    pub(in crate::oidc) consent: bool,
}

/// Values that we don't know are ignored, as the specification advises for the sake of its extensions; but `none` stands
/// alone.
pub(in crate::oidc) fn check(raw: &Params) -> Result<Prompt, Error> {
    let asked = raw.once("prompt")?.unwrap_or_default();
    let values: Vec<&str> = asked.split(' ').filter(|value| !value.is_empty()).collect();
    let prompt = Prompt {
        none: values.contains(&"none"),
        login: values.contains(&"login") || values.contains(&"select_account"),
        consent: values.contains(&"consent"),
    };
    if prompt.none && values.iter().any(|value| *value != "none") {
        return Err(Error::invalid_request("prompt=none stands alone"));
    }
    Ok(prompt)
}
