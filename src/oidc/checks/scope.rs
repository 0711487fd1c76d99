//! `scope` (RFC 6749 §3.3, OpenID Connect Core §3.1.2.1).

use crate::{domain::OidcClient, web::Params};

use super::super::error::{Code, Error};

/// The scopes that mean something here; `school` is our own and stands for profiles, functions, establishments, classes
/// and children. No `offline_access`: there are no refresh tokens yet.
pub(in crate::oidc) const KNOWN: [&str; 6] = ["openid", "profile", "email", "address", "phone", "school"];

/// The granted scopes: those asked for that are known and that the client may ask for. Others are ignored.
pub(in crate::oidc) fn check(raw: &Params, client: &OidcClient) -> Result<Vec<String>, Error> {
    let asked = raw.once("scope")?.unwrap_or_default();
    let is_asked = |scope: &&str| asked.split(' ').any(|one| one == *scope);
    if !is_asked(&"openid") {
        return Err(Error::new(Code::InvalidScope, "scope must contain openid"));
    }
    let may = |scope: &&str| *scope == "openid" || client.scopes.contains(*scope);
    Ok(KNOWN.into_iter().filter(is_asked).filter(may).map(str::to_owned).collect())
}
