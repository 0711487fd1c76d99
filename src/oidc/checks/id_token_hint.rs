//! `id_token_hint` (OpenID Connect Core §3.1.2.1): whom the client expects. One that we can't read is no hint at all.

use crate::{
    domain::{RelyingPartyId, SubjectId},
    web::Params,
};

use super::super::{error::Error, hint::Hint};

pub(in crate::oidc) fn check(
    raw: &Params,
    client_id: &RelyingPartyId,
    read: &dyn Fn(&str) -> Option<Hint>,
) -> Result<Option<SubjectId>, Error> {
    let hint = raw.once("id_token_hint")?.and_then(read);
    Ok(hint.filter(|hint| hint.client_id == *client_id).map(|hint| hint.subject))
}
