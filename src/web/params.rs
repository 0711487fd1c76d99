//! The parameters of a protocol's request, each at most once, before anything is believed of them.

use std::fmt;

/// What a query or a form said, in its order. It may hold codes and secrets: only its names are ever shown.
#[derive(Clone, Default)]
pub struct Params(Vec<(String, String)>);

/// A parameter came more than once: what was meant can't be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeated;

impl Params {
    /// Decodes a query or the body of a form (`application/x-www-form-urlencoded`).
    #[must_use]
    pub fn of(encoded: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// The same and what another part of the request said.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// The only value of a parameter; an empty one counts as none (RFC 6749 §3.1).
    ///
    /// # Errors
    /// It came more than once.
    pub fn once(&self, name: &str) -> Result<Option<&str>, Repeated> {
        let mut values = self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        let value = values.next();
        if values.next().is_some() { Err(Repeated) } else { Ok(value.filter(|value| !value.is_empty())) }
    }

    /// Whether a parameter is set (CAS 3.0 §2.1.1: "if this parameter is set"; the recommended value is `true`).
    ///
    /// # Errors
    /// It came more than once.
    pub fn is_set(&self, name: &str) -> Result<bool, Repeated> {
        Ok(self.once(name)?.is_some_and(|value| !value.eq_ignore_ascii_case("false")))
    }

    /// Encodes the named parameters again, leaving out everything else.
    #[must_use]
    pub fn only(&self, names: &[&str]) -> String {
        let mut encoded = url::form_urlencoded::Serializer::new(String::new());
        encoded.extend_pairs(self.0.iter().filter(|(key, _)| names.contains(&key.as_str())));
        encoded.finish()
    }
}

impl fmt::Debug for Params {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parameter_is_set_once() {
        let params = Params::of(b"service=https%3a%2f%2fa.example%2f%3fx%3d1&renew=true&gateway=false&a=1&a=2&warn=");
        assert_eq!(params.once("service"), Ok(Some("https://a.example/?x=1")));
        assert_eq!((params.is_set("renew"), params.is_set("gateway")), (Ok(true), Ok(false)));
        assert_eq!(
            (params.once("a"), params.once("warn"), params.is_set("none")),
            (Err(Repeated), Ok(None), Ok(false))
        );
        assert_eq!(format!("{:?}", Params::of(b"client_secret=lune")), "[\"client_secret\"]");
        assert_eq!(params.only(&["service", "renew"]), "service=https%3A%2F%2Fa.example%2F%3Fx%3D1&renew=true");
    }
}
