//! An application that receives identities: an OIDC client, a CAS service, or both at once.

use std::collections::BTreeSet;

use url::Url;

use super::{CasService, Digest, PortalName, RelyingPartyId};

/// A registered application. What it receives is decided here, once, for both protocols (least by default).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct RelyingParty {
    /// Its `client_id` where it speaks OIDC; else the name in its file.
    pub id: RelyingPartyId,
    /// As people read it (`client_name`).
    pub name: String,
    /// The portal it belongs to.
    pub portal: PortalName,
    /// Run by the network itself: nobody is asked for consent.
    pub first_party: bool,
    /// Where people are sent when something can't go on (`client_uri`).
    pub home: Option<Url>,
    /// The sector that its subjects are drawn for (design §2, `Subject`).
    pub sector: String,
    /// Its OpenID Connect side.
    pub oidc: Option<OidcClient>,
    /// Its CAS side.
    pub cas: Option<CasService>,
}

/// The OpenID Connect side of a relying party (RFC 7591 §2, OpenID Connect Dynamic Client Registration §2).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct OidcClient {
    /// Exact redirect addresses.
    pub redirect_uris: Vec<String>,
    /// Exact addresses for after a sign-out.
    pub post_logout_redirect_uris: Vec<String>,
    /// Where it is told of the end of a session (OpenID Connect Back-Channel Logout 1.0 §2.2).
    #[serde(default)]
    pub backchannel_logout_uri: Option<String>,
    /// How it proves itself at the token endpoint.
    pub auth: AuthMethod,
    /// `native` clients may vary the port of a loopback redirect (RFC 8252 §7.3).
    pub is_native: bool,
    /// The scopes it may ask for.
    pub scopes: BTreeSet<String>,
    /// `RS256` or `ES256`.
    pub id_token_signed_response_alg: String,
    /// The claims that it may receive, whatever it asks for.
    pub release: Release,
}

/// How a client proves itself (OpenID Connect Core §9).
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case", tag = "method")]
pub enum AuthMethod {
    /// `client_secret_basic`.
    ClientSecretBasic(ClientSecret),
    /// `client_secret_post`.
    ClientSecretPost(ClientSecret),
    /// `none`: a public client, for which PKCE is required.
    None,
}

/// What is kept of a client's secret.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ClientSecret {
    /// Its digest.
    pub digest: Digest,
}

/// The claims that a relying party may receive through OpenID Connect.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Release(pub BTreeSet<Claim>);

macro_rules! claims {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// Something that a service may learn about a person; the same words in a `claims` list and as a CAS `SOURCE`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum Claim { $( $(#[doc = $doc])* #[serde(rename = $name)] $variant, )* }

        impl Claim {
            /// Every claim.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Its name: in files, and in tokens for OpenID Connect.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The claim of that name.
            #[must_use]
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|claim| claim.name() == name)
            }
        }
    };
}

claims! {
    /// The subject of the service's sector.
    Subject = "sub",
    /// The login name.
    Identifier = "identifier",
    /// The login name, in OpenID Connect's word (Core §5.1).
    PreferredUsername = "preferred_username",
    /// Given name and family name.
    Name = "name",
    /// Given name.
    GivenName = "given_name",
    /// Family name.
    FamilyName = "family_name",
    /// Middle name.
    MiddleName = "middle_name",
    /// Nickname.
    Nickname = "nickname",
    /// Address of a page about the person (Core §5.1).
    ProfilePage = "profile",
    /// Address of a picture.
    Picture = "picture",
    /// Address of the person's own site.
    Website = "website",
    /// `female`, `male` or another text.
    Gender = "gender",
    /// ISO 8601 date of birth.
    Birthdate = "birthdate",
    /// Time zone of the school.
    Zoneinfo = "zoneinfo",
    /// The person's language.
    Locale = "locale",
    /// When the person's data last changed.
    UpdatedAt = "updated_at",
    /// The confirmed address.
    Email = "email",
    /// Whether it is confirmed.
    EmailVerified = "email_verified",
    /// Telephone.
    PhoneNumber = "phone_number",
    /// Whether it was verified.
    PhoneNumberVerified = "phone_number_verified",
    /// Postal address (Core §5.1.1).
    Address = "address",
    /// Profile names: `parent`, `pupil`, …
    Profiles = "profiles",
    /// SDET's codes of today: `National_ELV`, `National_TUT`, …
    NationalProfiles = "profiles.national",
    /// SDET's old codes: `National_1` … `National_7`.
    NumericProfiles = "profiles.numeric",
    /// What staff do.
    Functions = "functions",
    /// Schools: code and name.
    Establishments = "establishments",
    /// Codes of the schools (UAI/RNE).
    EstablishmentCodes = "establishments.codes",
    /// Classes: name, level, school.
    Classes = "classes",
    /// Names of the classes.
    ClassNames = "classes.names",
    /// Levels of the classes.
    Levels = "levels",
    /// A parent's children, as far as the roster grants: name, school, class.
    Children = "children",
    /// The children's names.
    ChildrenNames = "children.names",
    /// The children's identifiers.
    ChildrenIdentifiers = "children.identifiers",
    /// The roster's key (`ENTPersonJointure`).
    JoinKey = "join_key",
    /// The pupil number.
    PupilNumber = "pupil_number",
}

/// A redirect address that has passed the exact match: nothing else can be redirected to.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ReturnTo(String);

impl ReturnTo {
    /// The matched address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl OidcClient {
    /// The redirect address, if it is registered to the character. For native clients the port of a registered
    /// loopback address may vary (RFC 8252 §7.3, RFC 9700 §2.1).
    #[must_use]
    pub fn return_to(&self, redirect_uri: &str) -> Option<ReturnTo> {
        let registered =
            |uri: &String| uri == redirect_uri || (self.is_native && differ_in_loopback_port(uri, redirect_uri));
        self.redirect_uris.iter().any(registered).then(|| ReturnTo(redirect_uri.to_owned()))
    }
}

/// Whether both are `http` on the same loopback IP literal and differ in the port alone.
fn differ_in_loopback_port(registered: &str, asked: &str) -> bool {
    let without_port = |text: &str| {
        let rest = text.strip_prefix("http://")?;
        let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
        let (authority, tail) = rest.split_at(end);
        let host = ["127.0.0.1", "[::1]"].into_iter().find(|host| {
            authority.strip_prefix(host).is_some_and(|port| {
                port.is_empty()
                    || port
                        .strip_prefix(':')
                        .is_some_and(|p| p.parse::<u16>().is_ok() && p.bytes().all(|b| b.is_ascii_digit()))
            })
        })?;
        Some((host, tail.to_owned()))
    };
    match (without_port(registered), without_port(asked)) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(uri: &str, is_native: bool) -> OidcClient {
        OidcClient {
            redirect_uris: vec![uri.to_owned()],
            post_logout_redirect_uris: vec![],
            backchannel_logout_uri: None,
            auth: AuthMethod::None,
            is_native,
            scopes: BTreeSet::new(),
            id_token_signed_response_alg: "RS256".into(),
            release: Release::default(),
        }
    }

    #[test]
    fn a_redirect_address_matches_to_the_character() {
        let web = client("https://ent.example/cb", false);
        assert!(web.return_to("https://ent.example/cb").is_some());
        for other in [
            "https://ent.example/cb/",
            "https://ent.example/cb?x=1",
            "https://ENT.example/cb",
            "https://ent.example/cb#",
            "https://ent.example/cb/../cb",
            "https://ent.example.evil/cb",
        ] {
            assert!(web.return_to(other).is_none(), "{other}");
        }
    }

    #[test]
    fn a_native_client_may_vary_the_loopback_port_and_nothing_else() {
        let native = client("http://127.0.0.1/cb", true);
        assert!(native.return_to("http://127.0.0.1:51234/cb").is_some());
        for other in [
            "http://127.0.0.1:51234/other",
            "http://127.0.0.2:51234/cb",
            "http://127.0.0.1:1@evil.example/cb",
            "https://127.0.0.1:1/cb",
            "http://127.0.0.1:+1/cb",
            "http://localhost:1/cb",
        ] {
            assert!(native.return_to(other).is_none(), "{other}");
        }
        assert!(client("http://127.0.0.1/cb", false).return_to("http://127.0.0.1:51234/cb").is_none());
    }
}
