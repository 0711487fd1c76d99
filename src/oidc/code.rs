//! Authorization codes: random, once, for one client, for a minute (RFC 6749 §4.1.2).

use std::{collections::BTreeSet, time::Duration};

use crate::{
    app::App,
    domain::{Claim, Digest, Fault, Given, Instant, RelyingPartyId, Secret, Session},
    ephemeral::Kind,
};

use super::request::AuthorizationRequest;

/// What a code stands for while it waits to be exchanged.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Issued {
    /// The session that it was issued from; it dies with it.
    pub(super) session: Digest,
    /// The client that it was issued to.
    pub(super) client_id: RelyingPartyId,
    /// The address that it was sent to.
    pub(super) redirect_uri: String,
    pub(super) nonce: Option<String>,
    /// The S256 challenge, where there was one (RFC 7636 §4.2).
    pub(super) code_challenge: Option<String>,
    /// What the grant will be for.
    pub(super) given: Given,
    /// How the person was authenticated, as the request asked for it.
    pub(super) acr: String,
    /// Claims that the ID token carries beside its own (OpenID Connect Core §5.5).
    pub(super) id_token_claims: BTreeSet<Claim>,
}

/// Longer than any exchange of a code takes.
const LONGEST_EXCHANGE: Duration = Duration::from_mins(1);

/// Issues a code of a session for a request: 256 random bits, kept as their digest.
pub(super) async fn issue(
    app: &App,
    now: Instant,
    request: &AuthorizationRequest,
    session: &Session,
) -> Result<Secret, Fault> {
    let code = app.rng.secret();
    let kept = Issued {
        session: session.id.clone(),
        client_id: request.party.id.clone(),
        redirect_uri: request.reply.return_to.as_str().to_owned(),
        nonce: request.nonce.clone(),
        code_challenge: request.code_challenge.clone(),
        given: Given { scope: request.scope.clone(), claims: request.claims.clone() },
        acr: request.acr.told_of(session).to_owned(),
        id_token_claims: request.id_token_claims.clone(),
    };
    let (digest, ttl) = (code.digest(), app.config.policy.lifetimes.code);
    app.ephemeral.put(Kind::CodeOnce, &digest, &true, now, ttl + LONGEST_EXCHANGE).await?;
    app.ephemeral.put(Kind::Code, &digest, &kept, now, ttl).await?;
    Ok(code)
}

/// Takes a code, once: whatever comes of it, it is used up.
pub(super) async fn take(app: &App, now: Instant, code: &Digest) -> Result<Option<Issued>, Fault> {
    app.ephemeral.take(Kind::Code, code, now).await
}

/// Notes that a code was shown once more or, for the one who redeemed it, looks whether it was: `true` for the first who
/// asks. Whoever shows it again notes that before they look for what it gave; its redeemer looks after that is kept. So
/// one of the two sees the other, however close they come.
pub(super) async fn is_first(app: &App, now: Instant, code: &Digest) -> Result<bool, Fault> {
    Ok(app.ephemeral.take::<bool>(Kind::CodeOnce, code, now).await?.is_some())
}
