//! Identifiers: opaque texts made in Rust, compared alike by both engines.

use std::{fmt, str::FromStr};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => { $(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes a text that the store, the configuration or the random source made.
            #[must_use]
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl FromStr for $name {
            type Err = std::convert::Infallible;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self(text.to_owned()))
            }
        }
    )* };
}

ids! {
    /// An account, for life; never shown to a service (a `SubjectId` is).
    AccountId;
    /// Someone on the roster.
    PersonId;
    /// A school.
    EstablishmentId;
    /// A class or a teaching group.
    GroupId;
    /// A portal's name in the configuration and in addresses (`/p/{name}/…`).
    PortalName;
    /// An external provider's name in the configuration and in its call-back's address.
    UpstreamName;
    /// A relying party: its `client_id`, or the name given with its CAS service.
    RelyingPartyId;
    /// What was granted to one relying party by one authorization code, with all its tokens.
    GrantId;
    /// What a service knows a person by (OpenID Connect Core §8, CAS's opaque user).
    SubjectId;
    /// A pending sign-in. It names a row and opens nothing: the browser's cookie does.
    InteractionId;
    /// A version of a charter, as its file names it.
    CharterId;
    /// One HTTP request, in logs and on error pages.
    RequestId;
}
