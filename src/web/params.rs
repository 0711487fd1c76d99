//! Parameters of a protocol's request, before anything is believed of them.

/// The parameters of a query or a form, in the order they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Params(Vec<(String, String)>);

/// A parameter came more than once (RFC 6749 §3.1): which value was meant can't be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeated;

impl Params {
    /// Parses `application/x-www-form-urlencoded`.
    #[must_use]
    pub fn of(encoded: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// A parameter that may come once. One without a value counts as absent (RFC 6749 §3.1).
    ///
    /// # Errors
    /// It came more than once.
    pub fn once(&self, name: &str) -> Result<Option<&str>, Repeated> {
        let mut values = self.0.iter().filter(|(key, _)| key == name).map(|(_, value)| value.as_str());
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(Repeated),
            (value, None) => Ok(value.filter(|value| !value.is_empty())),
        }
    }
}
