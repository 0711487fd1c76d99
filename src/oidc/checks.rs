//! One check for each parameter, in the specifications' words.

use std::{collections::BTreeSet, time::Duration};

use serde_json::Value;

use crate::{
    domain::{AuthMethod, Claim, OidcClient, ReturnTo},
    web::Params,
};

use super::{
    error::{Code, Error},
    request::{ClaimsRequest, Prompt, ResponseMode},
};

/// `redirect_uri` must be one of the registered, to the character (RFC 9700 §2.1); OpenID Connect requires it.
pub(super) fn redirect_uri(raw: &Params, client: &OidcClient) -> Option<ReturnTo> {
    client.return_to(raw.once("redirect_uri").ok().flatten()?)
}

/// `response_mode`: `query` or `form_post`.
pub(super) fn response_mode(raw: &Params) -> Result<ResponseMode, Error> {
    match text(raw, "response_mode")?.as_deref() {
        None | Some("query") => Ok(ResponseMode::Query),
        Some("form_post") => Ok(ResponseMode::FormPost),
        Some(_) => Err(Error::invalid_request("response_mode is query or form_post")),
    }
}

/// `response_type`: `code` alone (RFC 9700 §2.1.2 advises against the others).
pub(super) fn response_type(raw: &Params) -> Result<(), Error> {
    match text(raw, "response_type")?.as_deref() {
        Some("code") => Ok(()),
        None => Err(Error::invalid_request("response_type is missing")),
        Some(_) => Err(Error::new(Code::UnsupportedResponseType, "response_type is code")),
    }
}

/// Parameters that change the meaning of a request and are not understood here (OpenID Connect Core §6, §7.2.1).
pub(super) fn unsupported(raw: &Params) -> Result<(), Error> {
    for (name, code) in [
        ("request", Code::RequestNotSupported),
        ("request_uri", Code::RequestUriNotSupported),
        ("registration", Code::RegistrationNotSupported),
    ] {
        if text(raw, name)?.is_some() {
            return Err(Error::new(code, "this parameter is not supported"));
        }
    }
    Ok(())
}

/// `scope`: `openid` must be there; unknown scopes are ignored (OpenID Connect Core §3.1.2.1), others must be registered.
pub(super) fn scope(raw: &Params, client: &OidcClient) -> Result<BTreeSet<String>, Error> {
    let asked: BTreeSet<String> = words(raw, "scope")?.into_iter().collect();
    if !asked.contains("openid") {
        return Err(Error::new(Code::InvalidScope, "scope must contain openid"));
    }
    Ok(asked.into_iter().filter(|scope| client.scopes.contains(scope)).chain(["openid".to_owned()]).collect())
}

/// `code_challenge`: S256 alone; required of public clients (RFC 7636 §4.3, RFC 9700 §2.1.1).
pub(super) fn code_challenge(raw: &Params, client: &OidcClient) -> Result<Option<String>, Error> {
    let method = text(raw, "code_challenge_method")?;
    match (text(raw, "code_challenge")?, method.as_deref()) {
        (Some(challenge), Some("S256")) => {
            let is_digest =
                challenge.len() == 43 && challenge.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
            is_digest
                .then_some(Some(challenge))
                .ok_or(Error::invalid_request("code_challenge is not a SHA-256 in base64url"))
        }
        (Some(_), _) => Err(Error::invalid_request("code_challenge_method must be S256")),
        (None, Some(_)) => Err(Error::invalid_request("code_challenge is missing")),
        (None, None) if matches!(client.auth, AuthMethod::None) => {
            Err(Error::invalid_request("a public client must send code_challenge"))
        }
        (None, None) => Ok(None),
    }
}

/// `prompt`: `none` stands alone; unknown values are refused (OpenID Connect Core §3.1.2.1).
pub(super) fn prompt(raw: &Params) -> Result<Prompt, Error> {
    let mut prompt = Prompt::default();
    for word in words(raw, "prompt")? {
        match word.as_str() {
            "none" => prompt.none = true,
            // Whoever is asked which account may type another identifier: the same page serves both.
            "login" | "select_account" => prompt.login = true,
            "consent" => prompt.consent = true,
            _ => return Err(Error::invalid_request("prompt holds an unknown value")),
        }
    }
    if prompt.none && (prompt.login || prompt.consent) {
        return Err(Error::invalid_request("prompt=none stands alone"));
    }
    Ok(prompt)
}

/// `max_age`: whole seconds.
pub(super) fn max_age(raw: &Params) -> Result<Option<Duration>, Error> {
    let seconds = text(raw, "max_age")?;
    seconds
        .map(|seconds| {
            seconds
                .parse()
                .map(Duration::from_secs)
                .map_err(|_| Error::invalid_request("max_age is not a number of seconds"))
        })
        .transpose()
}

/// `claims` (OpenID Connect Core §5.5): names that are known here; wanted values are not looked at.
pub(super) fn claims(raw: &Params) -> Result<ClaimsRequest, Error> {
    let Some(text) = text(raw, "claims")? else { return Ok(ClaimsRequest::default()) };
    let wrong = Error::invalid_request("claims is not a JSON object");
    let asked: Value = serde_json::from_str(&text).map_err(|_| wrong)?;
    let asked = asked.as_object().ok_or(wrong)?;
    let names = |part: &str| -> BTreeSet<Claim> {
        let part = asked.get(part).and_then(Value::as_object);
        part.into_iter().flat_map(|part| part.keys()).filter_map(|name| Claim::named(name)).collect()
    };
    Ok(ClaimsRequest { userinfo: names("userinfo"), id_token: names("id_token") })
}

/// A text that may come once.
pub(super) fn text(raw: &Params, name: &str) -> Result<Option<String>, Error> {
    raw.once(name)
        .map(|text| text.map(str::to_owned))
        .map_err(|_| Error::invalid_request("a parameter came more than once"))
}

/// A list of words separated by blanks.
pub(super) fn words(raw: &Params, name: &str) -> Result<Vec<String>, Error> {
    Ok(text(raw, name)?.unwrap_or_default().split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompt_none_stands_alone_and_unknown_values_are_refused() {
        let prompt = |text: &str| prompt(&Params::of(format!("prompt={text}").as_bytes()));
        assert_eq!(prompt("none"), Ok(Prompt { none: true, ..Prompt::default() }));
        assert_eq!(prompt("login%20consent"), Ok(Prompt { login: true, consent: true, none: false }));
        for wrong in ["none%20login", "none%20consent", "none%20select_account", "sing"] {
            assert!(prompt(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_parameter_that_came_twice_is_refused_and_an_empty_one_is_absent() {
        assert!(max_age(&Params::of(b"max_age=1&max_age=1")).is_err());
        assert_eq!(max_age(&Params::of(b"max_age=")), Ok(None));
        assert!(max_age(&Params::of(b"max_age=-1")).is_err());
    }
}
