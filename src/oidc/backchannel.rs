//! A client is told of the end of a session (OpenID Connect Back-Channel Logout 1.0): the logout token, and where it goes.
//! Posting it is somebody else's affair.

use std::time::Duration;

use serde_json::{Value, json};
use url::Url;

use crate::{
    app::App,
    domain::{Fault, Instant, LogoutNotice, RelyingPartyId, SubjectId},
    outbound::Form,
    store::subjects,
};

/// What makes a token one of these (§2.4).
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// How long one is good: it is made for each try.
const GOOD_FOR: Duration = Duration::from_mins(2);

/// What tells a client; none where it does not want to be told, or is registered no more.
///
/// # Errors
/// The store did not answer, or no key signs.
pub async fn form(app: &App, notice: &LogoutNotice, now: Instant) -> Result<Option<Form>, Fault> {
    let Some(party) = app.services.load().find(&notice.relying_party_id).cloned() else { return Ok(None) };
    let Some(client) = &party.oidc else { return Ok(None) };
    let Some(address) = client.backchannel_logout_uri.as_ref().and_then(|uri| Url::parse(uri).ok()) else {
        return Ok(None);
    };
    let subject = subjects::find(&app.db, &notice.account_id, &party.sector).await?;
    let jti = app.sealer.tag("logout", format!("{} {}", notice.sid, party.id).as_bytes());
    let claims = claims(app.config.issuer(), (&party.id, subject.as_ref()), (&notice.sid, jti.as_str()), now);
    let token = app.keys.load().sign(&client.id_token_signed_response_alg, Some("logout+jwt"), &claims)?;
    Ok(Some(Form { address, field: ("logout_token", token) }))
}

/// §2.4: never a nonce. The same at each try but for its times, so that a client that was told twice sees it.
fn claims(
    issuer: &str,
    (client_id, subject): (&RelyingPartyId, Option<&SubjectId>),
    (sid, jti): (&str, &str),
    now: Instant,
) -> Value {
    let mut claims = json!({
        "iss": issuer,
        "aud": client_id,
        "iat": now.seconds(),
        "exp": (now + GOOD_FOR).seconds(),
        "jti": jti,
        "sid": sid,
        "events": { EVENT: {} },
    });
    if let (Some(subject), Some(members)) = (subject, claims.as_object_mut()) {
        members.insert("sub".to_owned(), json!(subject));
    }
    claims
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_logout_token_says_which_session_of_whom_and_nothing_that_an_id_token_says() {
        let (client, subject) = (RelyingPartyId::new("agenda"), SubjectId::new("s1"));
        let said = claims("https://id.example", (&client, Some(&subject)), ("sid-1", "j"), Instant::from_seconds(1000));
        let expected = json!({
            "iss": "https://id.example", "aud": "agenda", "iat": 1000, "exp": 1120, "jti": "j", "sid": "sid-1", "sub": "s1",
            "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
        });
        assert_eq!(said, expected);
    }
}
