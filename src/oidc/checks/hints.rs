//! Parameters that help and never hinder: `login_hint`, `ui_locales` (OpenID Connect Core §3.1.2.1). `display`
//! and `claims_locales` are taken and change nothing.

use crate::web::Params;

use super::super::error::Error;

/// The longest identifier or address that a form takes.
const MOST_SIGNS: usize = 254;
const MOST_LOCALES: usize = 16;

/// What to fill in as the identifier.
pub(in crate::oidc) fn login_hint(raw: &Params) -> Result<Option<String>, Error> {
    let hint = raw.once("login_hint")?.map(str::trim).unwrap_or_default();
    let hint: String = hint.chars().filter(|sign| !sign.is_control()).take(MOST_SIGNS).collect();
    Ok((!hint.is_empty()).then_some(hint))
}

/// Language tags in order of preference.
pub(in crate::oidc) fn ui_locales(raw: &Params) -> Result<Vec<String>, Error> {
    let tags = raw.once("ui_locales")?.unwrap_or_default();
    Ok(tags.split(' ').filter(|tag| (1..=35).contains(&tag.len())).take(MOST_LOCALES).map(str::to_owned).collect())
}
