//! The CAS side of a relying party, and the addresses that tickets may be sent to.
//!
//! An address is parsed strictly or refused; two are compared in parts and decoded, never as text, as a pattern or as the
//! beginning of a text (field notes D1). What passes here is where a browser is sent with a ticket.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::Claim;

/// The CAS side of a relying party (CAS 3.0 §2).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct CasService {
    /// The registered address.
    pub service: String,
    /// How a request's address is compared with it.
    pub matching: Match,
    /// Attribute name → where it comes from.
    pub release: BTreeMap<String, Claim>,
    /// Whether it may ask for proxy tickets (a later issue answers it).
    pub proxy: bool,
    /// Whether it is told of the end of a session (CAS 3.0 §2.3.3).
    #[serde(default = "told")]
    pub single_logout: bool,
    /// Where the end of a session is told, if not at the service.
    pub logout_url: Option<String>,
    /// What `cas:user` holds.
    pub user: CasUser,
}

/// Services are told of the end of a session, as they are by other CAS servers.
const fn told() -> bool {
    true
}

/// How a CAS service address is matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Match {
    /// The same address.
    Exact,
    /// The same scheme, host and port, and a path below it on a segment's border; the query is free.
    Prefix,
}

/// What `cas:user` holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CasUser {
    /// The identifier.
    #[default]
    Identifier,
    /// The opaque subject of the service's sector.
    Subject,
    /// The confirmed e-mail; the identifier where there is none.
    Email,
}

impl CasService {
    /// Whether tickets for this address may be sent there.
    #[must_use]
    pub fn matches(&self, service: &ServiceUrl) -> bool {
        ServiceUrl::parse(&self.service).is_some_and(|registered| match self.matching {
            Match::Exact => registered.is_same_as(service),
            Match::Prefix => registered.is_above(service),
        })
    }

    /// Everything that it learns about a person, `cas:user` included.
    #[must_use]
    pub fn claims(&self) -> Vec<Claim> {
        let user = match self.user {
            CasUser::Identifier => Claim::Identifier,
            CasUser::Subject => Claim::Subject,
            CasUser::Email => Claim::Email,
        };
        let mut claims: Vec<Claim> = self.release.values().copied().chain([user]).collect();
        claims.sort_unstable();
        claims.dedup();
        claims
    }
}

/// The longest service address that is looked at, in bytes.
const LONGEST: usize = 4096;

/// The address of a service, parsed strictly: http or https, a host, no user part, no fragment, nothing that one parser
/// reads in another way than the next (`\`, control characters, dot segments, encoded separators in the path).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceUrl(Url);

impl ServiceUrl {
    /// Parses what a request or a file says, already decoded from its form or query; none where it is unsafe.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let unsafe_char = |c: char| c.is_control() || matches!(c, '\\' | '#');
        if text.len() > LONGEST || text.trim() != text || text.contains(unsafe_char) {
            return None;
        }
        let (scheme, rest) = text.split_once("://")?;
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(end);
        let path = tail.split('?').next().unwrap_or_default();
        let is_web = scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http");
        if !is_web || authority.is_empty() || authority.contains(['@', '%', ' ']) || !is_plain_path(path) {
            return None;
        }
        Url::parse(text).ok().filter(|url| url.host().is_some()).map(Self)
    }

    /// As a browser is sent there.
    #[must_use]
    pub const fn url(&self) -> &Url {
        &self.0
    }

    /// The same address with the ticket after `?` or `&` (CAS 3.0 §2.1.1).
    #[must_use]
    pub fn with_ticket(&self, ticket: &str) -> Url {
        let mut url = self.0.clone();
        url.query_pairs_mut().append_pair("ticket", ticket);
        url
    }

    /// Whether both name the same address: compared decoded (`mod_auth_cas` encodes in small letters) and without a
    /// `;jsessionid=…` (which the Java client adds when it validates).
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.has_same_origin(other)
            && self.path() == other.path()
            && self.0.query().map(decoded) == other.0.query().map(decoded)
    }

    /// Whether the other one is this path or lies below it, on a segment's border, at the same scheme, host and port.
    fn is_above(&self, other: &Self) -> bool {
        let (path, below) = (self.path(), other.path());
        let on_border = |rest: &[u8]| rest.is_empty() || path.ends_with(b"/") || rest.starts_with(b"/");
        self.has_same_origin(other) && below.strip_prefix(path.as_slice()).is_some_and(on_border)
    }

    fn has_same_origin(&self, other: &Self) -> bool {
        (self.0.scheme(), self.0.host(), self.0.port_or_known_default())
            == (other.0.scheme(), other.0.host(), other.0.port_or_known_default())
    }

    /// The decoded path without a session id of the Java servlets.
    fn path(&self) -> Vec<u8> {
        let path = self.0.path();
        let last = path.rfind('/').unwrap_or(0);
        let session_id = path.to_ascii_lowercase().rfind(";jsessionid=").filter(|at| *at > last);
        decoded(session_id.and_then(|at| path.get(..at)).unwrap_or(path))
    }
}

/// No dot segments and no separators in disguise: decoding it once can't change its segments.
fn is_plain_path(path: &str) -> bool {
    let lower = path.to_ascii_lowercase();
    let hides = |after: &str| {
        let pair = after.get(..2).filter(|pair| pair.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let byte = pair.and_then(|pair| u8::from_str_radix(pair, 16).ok());
        byte.is_none_or(|byte| byte.is_ascii_control() || matches!(byte, b'.' | b'/' | b'\\' | b'%'))
    };
    let dots = |segment: &str| matches!(segment.split(';').next(), Some("." | ".."));
    !lower.split('%').skip(1).any(hides) && !lower.split('/').any(dots)
}

fn decoded(text: &str) -> Vec<u8> {
    percent_decode_str(text).collect()
}

/// Whether an address is one of this machine: 127.0.0.0/8, `::1`, `localhost` and names below it (RFC 6761 §6.3).
#[must_use]
pub fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn service(address: &str, matching: Match) -> CasService {
        CasService {
            service: address.into(),
            matching,
            release: BTreeMap::new(),
            proxy: false,
            single_logout: true,
            logout_url: None,
            user: CasUser::default(),
        }
    }

    fn takes(registered: &str, matching: Match, asked: &str) -> bool {
        ServiceUrl::parse(asked).is_some_and(|asked| service(registered, matching).matches(&asked))
    }

    #[test]
    fn an_exact_service_is_compared_decoded_and_in_parts() {
        let registered = "https://vie.example/cas/é?next=/a b";
        for same in [
            registered,
            "https://vie.example/cas/%c3%a9?next=/a b",
            "https://vie.example/cas/%C3%A9?next=%2fa%20b",
            "HTTPS://VIE.example:443/cas/é?next=/a b",
            "https://vie.example/cas/é;jsessionid=0A1b?next=/a b",
        ] {
            assert!(takes(registered, Match::Exact, same), "{same}");
        }
        for other in [
            "https://vie.example/cas/e?next=/a b",
            "https://vie.example/cas/é",
            "https://vie.example/cas/é/?next=/a b",
            "https://vie.example/cas/é?next=/a b&x=1",
            "http://vie.example/cas/é?next=/a b",
            "https://vie.example:8443/cas/é?next=/a b",
        ] {
            assert!(!takes(registered, Match::Exact, other), "{other}");
        }
    }

    #[test]
    fn a_prefix_ends_on_a_segment_and_never_in_a_host() {
        let below = |asked| takes("https://vie.example/cas", Match::Prefix, asked);
        for fine in [
            "https://vie.example/cas",
            "https://vie.example/cas?x=1",
            "https://vie.example/cas/",
            "https://vie.example/cas/deep/er?next=../x",
            "https://vie.example/cas;jsessionid=1",
        ] {
            assert!(below(fine), "{fine}");
        }
        for wrong in [
            "https://vie.example/casino",
            "https://vie.example/",
            "https://vie.example.evil/cas",
            "https://vie.example:444/cas",
            "https://vie.example/CAS",
            "https://vie.example/cas/../admin",
            "https://vie.example/cas/%2e%2e/admin",
            "https://vie.example/cas/%2E./admin",
            "https://vie.example/cas/..;x=1/admin",
            "https://vie.example/cas/%252e%252e/admin",
            "https://vie.example/cas%2f..%2fadmin",
            "https://vie.example/cas/;jsessionid=1/x/../..",
            "https://vie.example\\@evil.example/cas",
            "https://vie.example@evil.example/cas",
            "https://@vie.example/cas",
            "https://vie.example/cas#x",
            "https://vie.example/cas/\r\nSet-Cookie: x",
            "https://vie.example/cas/%0d%0a",
            "https://vie.example/cas/%",
            " https://vie.example/cas",
            "//vie.example/cas",
            "javascript://vie.example/cas",
            "https:/vie.example/cas",
            "https:///vie.example/cas",
            "",
        ] {
            assert!(!below(wrong), "{wrong}");
        }
        assert!(takes("https://vie.example/", Match::Prefix, "https://vie.example/anything"));
        assert!(takes("https://vie.example", Match::Prefix, "https://vie.example?x"));
    }

    #[test]
    fn a_ticket_follows_what_is_there() {
        let to = |text: &str| ServiceUrl::parse(text).map(|url| url.with_ticket("ST-1").to_string());
        assert_eq!(to("https://a.example/b").as_deref(), Some("https://a.example/b?ticket=ST-1"));
        assert_eq!(to("https://a.example/b?n=%2F").as_deref(), Some("https://a.example/b?n=%2F&ticket=ST-1"));
    }

    #[test]
    fn loopback_is_this_machine() {
        let here = |text: &str| Url::parse(text).is_ok_and(|url| is_loopback(&url));
        for fine in ["http://127.0.0.3:80/x", "http://[::1]/", "http://localhost", "http://vie.localhost:1/"] {
            assert!(here(fine), "{fine}");
        }
        for wrong in ["http://128.0.0.1", "http://localhost.example", "http://notlocalhost", "http://[::2]/"] {
            assert!(!here(wrong), "{wrong}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        /// Whatever is asked: what is taken is on the registered origin and below the registered path.
        #[test]
        fn what_matches_lies_below(asked in r"(https?://)?(vie\.example|[a-z.@:\\/]{0,12})(:443|:[0-9]{1,3})?(/cas|/)?[a-z./%25eEfF\\@#?;:=]{0,24}") {
            if takes("https://vie.example/cas", Match::Prefix, &asked) {
                let url = Url::parse(&asked).expect("it was parsed");
                prop_assert_eq!(url.scheme(), "https");
                prop_assert_eq!(url.host_str(), Some("vie.example"));
                prop_assert_eq!(url.port_or_known_default(), Some(443));
                prop_assert_eq!(url.path_segments().and_then(|mut path| path.next().map(|first| first.split(';').next() == Some("cas"))), Some(true));
                prop_assert!(!url.path().to_lowercase().contains("%2e") && url.fragment().is_none() && url.username().is_empty());
            }
        }

        /// An address is the same as itself and no parser is crashed by anything.
        #[test]
        fn any_text_is_parsed_or_refused(text in any::<String>(), tail in "\\PC{0,40}") {
            for text in [text, format!("https://vie.example/{tail}")] {
                if let Some(url) = ServiceUrl::parse(&text) {
                    prop_assert!(url.is_same_as(&url));
                    let again = ServiceUrl::parse(url.url().as_str());
                    prop_assert!(again.is_some_and(|again| again.is_same_as(&url)), "{}", text);
                }
            }
        }
    }
}
