//! How a client proves itself (RFC 6749 §2.3, OpenID Connect Core §9). A secret is taken from the header or from the form,
//! whichever of the two the registration names: stock clients choose by themselves, and it is the same secret. A client
//! that has none proves nothing, and one that has one must show it.

use axum::http::{HeaderMap, header};
use base64::{Engine, prelude::BASE64_STANDARD};
use percent_encoding::percent_decode_str;

use crate::{
    domain::{AuthMethod, Secret},
    web::Params,
};

use super::super::{
    checks::client_id::Client,
    error::{Code, Error},
};

/// What a request offers as proof.
#[derive(Debug)]
enum Offered {
    /// `client_secret_basic`: id and secret as RFC 6749 §2.3.1 encodes them, then as many clients send them.
    Basic([(String, Secret); 2]),
    /// `client_secret_post`.
    Post(String, Secret),
    /// `none`.
    Nothing(String),
}

/// The client, if it is who it says it is.
pub(super) fn authenticate(
    headers: &HeaderMap,
    form: &Params,
    find: impl Fn(&str) -> Option<Client>,
) -> Result<Client, Error> {
    match offered(headers, form)? {
        Offered::Basic(readings) => readings
            .iter()
            .find_map(|(id, secret)| find(id).filter(|client| is_proven(client, secret)))
            .ok_or_else(|| refused("unknown, public, or with another secret")),
        Offered::Post(id, secret) => match find(&id) {
            Some(client) if is_proven(&client, &secret) => Ok(client),
            _ => Err(refused("unknown, public, or with another secret")),
        },
        Offered::Nothing(id) => match find(&id) {
            Some(client) if client.oidc.auth == AuthMethod::None => Ok(client),
            _ => Err(refused("unknown, or not a public client, and no secret came")),
        },
    }
}

fn is_proven(client: &Client, secret: &Secret) -> bool {
    match &client.oidc.auth {
        AuthMethod::ClientSecretBasic(kept) | AuthMethod::ClientSecretPost(kept) => {
            kept.digest.matches(&secret.digest())
        }
        AuthMethod::None => false,
    }
}

fn refused(cause: &str) -> Error {
    Error::new(Code::InvalidClient, "the client could not be authenticated").cause(cause)
}

fn offered(headers: &HeaderMap, form: &Params) -> Result<Offered, Error> {
    let (id, secret) = (form.once("client_id")?, form.once("client_secret")?);
    let mut lines = headers.get_all(header::AUTHORIZATION).iter();
    match (lines.next(), id, secret) {
        (Some(_), _, Some(_)) => Err(Error::invalid_request("a client proves itself in one way only")),
        (Some(line), id, None) => {
            let readings = line.to_str().ok().filter(|_| lines.next().is_none()).and_then(basic);
            let readings = readings.ok_or_else(|| refused("the Authorization header can't be read"))?;
            // RFC 6749 §3.2.1: a client may name itself in the form as well, but as the same.
            if id.is_some_and(|id| readings.iter().all(|(named, _)| named != id)) {
                return Err(refused("client_id is another one than in the Authorization header"));
            }
            Ok(Offered::Basic(readings))
        }
        (None, Some(id), Some(secret)) => Ok(Offered::Post(id.to_owned(), Secret::new(secret))),
        (None, Some(id), None) => Ok(Offered::Nothing(id.to_owned())),
        (None, None, _) => Err(refused("no client_id came")),
    }
}

/// The two readings of `Basic …`. RFC 6749 §2.3.1 has both parts form-encoded first, and not every client does so.
fn basic(line: &str) -> Option<[(String, Secret); 2]> {
    let (scheme, encoded) = line.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let text = String::from_utf8(BASE64_STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    let decoded = |part: &str| percent_decode_str(&part.replace('+', " ")).decode_utf8_lossy().into_owned();
    Some([(decoded(id), Secret::new(decoded(secret))), (id.to_owned(), Secret::new(secret))])
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn header(value: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, HeaderValue::from_str(value).expect("a header"));
        headers
    }

    #[test]
    fn both_readings_of_a_basic_header_are_tried() {
        let line = format!("Basic {}", BASE64_STANDARD.encode("agenda:douze+lunes%21"));
        let [(id, decoded), (_, raw)] = basic(&line).expect("readable");
        assert_eq!((id.as_str(), decoded.reveal(), raw.reveal()), ("agenda", "douze lunes!", "douze+lunes%21"));
        for unreadable in ["Basic", "Basic !", "Bearer abc", "Basic bm9jb2xvbg==", "Basic /w=="] {
            assert!(basic(unreadable).is_none(), "{unreadable}");
        }
    }

    #[test]
    fn two_ways_at_once_are_refused() {
        let headers = header(&format!("basic {}", BASE64_STANDARD.encode("agenda:lune")));
        let code = |form: &str| offered(&headers, &Params::of(form.as_bytes())).map_err(|error| error.code).err();
        assert_eq!(code("client_secret=lune"), Some(Code::InvalidRequest));
        assert_eq!(code("client_id=other"), Some(Code::InvalidClient));
        assert_eq!(code("client_id=agenda"), None);
        assert_eq!(code("client_id=agenda&client_id=agenda"), Some(Code::InvalidRequest));
        assert_eq!(code(""), None);
    }
}
