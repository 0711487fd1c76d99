//! Every request that the program sends, but for mail and the stores: one place, so that one rule holds for all.
//!
//! A name is resolved here, every address that it has is looked at, and the connection goes to one that was: what a name
//! means can't change in between. Public addresses may be reached over https, private ones (and http at all) only where
//! `outbound.allow` says so. No redirect is followed, no proxy of the environment used; answers and times are bounded.
//! It must not know what is asked, nor of whom.

mod addresses;

use std::{
    error::Error,
    net::{IpAddr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use reqwest::{
    Client, Method, Request, StatusCode,
    dns::{Addrs, Name, Resolve, Resolving},
    header::{CONTENT_TYPE, HeaderMap, HeaderValue},
    redirect::Policy,
};
use url::{Host, Url, form_urlencoded};

use crate::{
    config::{OutboundSettings, is_within, seconds},
    domain::Fault,
};

use addresses::is_public;

/// The largest answer that is read, in bytes: discovery documents and key sets are far below it.
const MOST_BYTES: usize = 512 * 1024;

/// Sends requests. Clones share their connections.
#[derive(Clone, Debug)]
pub struct Outbound {
    guard: Guard,
    /// For https: public addresses and those that are let out.
    safe: Client,
    /// For http: only those that are let out.
    plain: Client,
    patience: Duration,
}

/// A form that is posted (`application/x-www-form-urlencoded`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Where to.
    pub address: Url,
    /// Its one field.
    pub field: (&'static str, String),
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status; never followed where it is a redirect.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, whole.
    pub body: Vec<u8>,
}

/// Why nothing came back. For the log: nobody is shown it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unreached {
    /// Another scheme than http and https, or no host.
    #[error("the address is neither https nor http")]
    NoAddress,
    /// No address of the host may be reached.
    #[error("{host} has no address that may be reached: name its network in `outbound.allow` if it is to be")]
    Barred {
        /// The host.
        host: String,
    },
    /// It took too long.
    #[error("it took too long")]
    TimedOut,
    /// It was larger than anything that is asked for.
    #[error("the answer is larger than {MOST_BYTES} bytes")]
    TooLarge,
    /// Anything else: no connection, no TLS, half an answer.
    #[error("{0}")]
    Failed(String),
}

impl Outbound {
    /// Sends by these settings.
    ///
    /// # Errors
    /// The authorities' file can't be read.
    pub fn open(settings: &OutboundSettings) -> Result<Self, Fault> {
        let guard = Guard { allow: settings.allow.clone().into() };
        let client = |public: bool| {
            let mut builder = Client::builder()
                .redirect(Policy::none())
                .no_proxy()
                .https_only(public)
                .connect_timeout(seconds(settings.connect_seconds))
                .timeout(seconds(settings.seconds))
                .dns_resolver(Arc::new(Resolver { guard: guard.clone(), public }));
            if let Some(path) = &settings.ca_file {
                let pem = std::fs::read(path).map_err(|error| {
                    Fault::new(format!("{} can't be read: {error}", path.display())).remedy("check `outbound.ca_file`")
                })?;
                for authority in reqwest::Certificate::from_pem_bundle(&pem)? {
                    builder = builder.add_root_certificate(authority);
                }
            }
            Ok::<_, Fault>(builder.build()?)
        };
        Ok(Self { safe: client(true)?, plain: client(false)?, guard, patience: seconds(settings.seconds) })
    }

    /// Posts a form.
    ///
    /// # Errors
    /// Why nothing came back.
    pub async fn post(&self, form: Form) -> Result<Reply, Unreached> {
        let (name, value) = &form.field;
        let body = form_urlencoded::Serializer::new(String::new()).append_pair(name, value).finish();
        let mut request = Request::new(Method::POST, form.address);
        let kind = HeaderValue::from_static("application/x-www-form-urlencoded");
        request.headers_mut().insert(CONTENT_TYPE, kind);
        *request.body_mut() = Some(body.into());
        self.send(request).await
    }

    /// Sends a request and reads the whole answer.
    ///
    /// # Errors
    /// Why nothing came back.
    pub async fn send(&self, request: Request) -> Result<Reply, Unreached> {
        let (url, is_https) = (request.url(), request.url().scheme() == "https");
        if !is_https && url.scheme() != "http" {
            return Err(Unreached::NoAddress);
        }
        // An address in figures is never resolved, so it is looked at here.
        let figures = match url.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            Some(Host::Domain(_)) => None,
            None => return Err(Unreached::NoAddress),
        };
        if let Some(address) = figures.filter(|address| !self.guard.lets(*address, is_https)) {
            return Err(Unreached::Barred { host: address.to_string() });
        }
        let client = if is_https { &self.safe } else { &self.plain };
        tokio::time::timeout(self.patience, exchange(client, request)).await.unwrap_or(Err(Unreached::TimedOut))
    }
}

async fn exchange(client: &Client, request: Request) -> Result<Reply, Unreached> {
    let mut response = client.execute(request).await.map_err(told)?;
    let (status, headers) = (response.status(), response.headers().clone());
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(told)? {
        if body.len() + chunk.len() > MOST_BYTES {
            return Err(Unreached::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Reply { status, headers, body })
}

/// What went wrong, without the address: it may hold a code.
fn told(error: reqwest::Error) -> Unreached {
    let error = error.without_url();
    let mut source: Option<&dyn Error> = Some(&error);
    let mut causes = Vec::new();
    while let Some(cause) = source {
        if let Some(barred) = cause.downcast_ref::<Unreached>() {
            return barred.clone();
        }
        causes.push(cause.to_string());
        source = cause.source();
    }
    if error.is_timeout() { Unreached::TimedOut } else { Unreached::Failed(causes.join(": ")) }
}

/// Which addresses may be reached.
#[derive(Clone, Debug)]
struct Guard {
    allow: Arc<[String]>,
}

impl Guard {
    /// Whether an address may be reached, public ones included or not.
    fn lets(&self, address: IpAddr, public: bool) -> bool {
        is_within(&self.allow, address) || (public && is_public(address))
    }
}

/// Resolves a name into those of its addresses that may be reached: the connection goes to one of them and no other.
struct Resolver {
    guard: Guard,
    public: bool,
}

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let (guard, public, host) = (self.guard.clone(), self.public, name.as_str().to_owned());
        Box::pin(async move {
            let found = tokio::net::lookup_host((host.as_str(), 0)).await?;
            let fine: Vec<SocketAddr> = found.filter(|found| guard.lets(found.ip(), public)).collect();
            if fine.is_empty() {
                return Err(Unreached::Barred { host }.into());
            }
            Ok(Box::new(fine.into_iter()) as Addrs)
        })
    }
}

#[cfg(test)]
mod tests;
