//! The way to the mail server, as `mail.smtp` names it.

use std::{fs, time::Duration};

use lettre::{
    AsyncSmtpTransport, Tokio1Executor,
    transport::smtp::client::{Certificate, Tls, TlsParameters},
};
use url::Url;

use crate::{config::Settings, domain::Fault};

/// A pool of connections to the mail server.
pub type Transport = AsyncSmtpTransport<Tokio1Executor>;

/// How long one command may take.
const PATIENCE: Duration = Duration::from_secs(15);

/// Makes the way to the mail server; none where `mail.smtp` is empty. Nothing is connected yet.
///
/// # Errors
/// An address that is not understood, or a certificate authority that can't be read.
pub fn transport(settings: &Settings) -> Result<Option<Transport>, Fault> {
    let address = settings.mail.smtp.as_str();
    if address.is_empty() {
        return Ok(None);
    }
    // The error's own words would repeat the password.
    let unfit = |_| {
        Fault::new("`mail.smtp` is not understood")
            .remedy("write smtp://host:port, smtp://user:password@host:587?tls=required or smtps://user:password@host")
    };
    let mut builder = Transport::from_url(address).map_err(unfit)?.timeout(Some(PATIENCE));
    if let Some(file) = &settings.outbound.ca_file {
        let pem = fs::read(file).map_err(|error| {
            Fault::new(format!("`outbound.ca_file` {} can't be read: {error}", file.display()))
                .remedy("name a file of PEM certificates, or leave the setting out")
        })?;
        if let Some(tls) = tls(address, &pem)? {
            builder = builder.tls(tls);
        }
    }
    Ok(Some(builder.build()))
}

/// The TLS of an address, trusting further authorities.
fn tls(address: &str, pem: &[u8]) -> Result<Option<Tls>, Fault> {
    let url = Url::parse(address)?;
    let mode = url.query_pairs().find(|(key, _)| key == "tls").map(|(_, value)| value.into_owned());
    let kind: fn(TlsParameters) -> Tls = match (url.scheme(), mode.as_deref()) {
        ("smtps", _) => Tls::Wrapper,
        ("smtp", Some("required")) => Tls::Required,
        ("smtp", Some("opportunistic")) => Tls::Opportunistic,
        _ => return Ok(None),
    };
    let host = url.host_str().unwrap_or_default().to_owned();
    let parameters = TlsParameters::builder(host).add_root_certificate(Certificate::from_pem(pem)?).build()?;
    Ok(Some(kind(parameters)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(smtp: &str) -> Result<bool, Fault> {
        let mut settings = Settings::default();
        smtp.clone_into(&mut settings.mail.smtp);
        transport(&settings).map(|transport| transport.is_some())
    }

    #[tokio::test]
    async fn an_address_is_understood_or_named_without_its_password() {
        assert_eq!(of("").ok(), Some(false));
        for fine in ["smtp://127.0.0.1:2525", "smtps://u:p@mail.example", "smtp://u:p@mail.example:587?tls=required"] {
            assert_eq!(of(fine).ok(), Some(true), "{fine}");
        }
        for wrong in ["mail.example:25", "http://mail.example", "smtp://u:s3cret@mail.example?tls=perhaps"] {
            let fault = of(wrong).expect_err("a fault");
            assert!(fault.cause.contains("mail.smtp") && !format!("{fault}").contains("s3cret"), "{fault}");
        }
    }
}
