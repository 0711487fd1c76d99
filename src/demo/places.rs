//! Where everything of the demo listens: six ports in a row, on addresses that are cross-site to one another as in life.

use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::PathBuf,
};

use crate::domain::Fault;

/// What the command line says.
#[derive(Clone, Debug)]
pub struct Options {
    /// The port of the identity provider; the next five are the demo's as well.
    pub port: Option<u16>,
    /// Where everything is kept.
    pub data: PathBuf,
    /// Where the handles for scripts are written.
    pub json: Option<PathBuf>,
    /// The issuer, where a proxy stands before it.
    pub public_url: Option<String>,
    /// Settings over the demo's own.
    pub config: Option<PathBuf>,
    /// How many accounts `ready0001`… there are.
    pub ready: usize,
}

/// The most accounts that `--ready` makes: their number has four digits.
pub(super) const MOST_READY: usize = 9_999;

/// The applications' and the post office's addresses for a port of the identity provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Places {
    pub digital_space: SocketAddr,
    pub school_life: SocketAddr,
    pub mail: SocketAddr,
    pub smtp: SocketAddr,
    pub sepne: SocketAddr,
}

impl Places {
    /// The five addresses after `port`.
    pub(super) fn after(port: u16) -> Result<Self, Fault> {
        let next = |last: u8, add: u16| {
            let port = port.checked_add(add).ok_or_else(|| {
                Fault::new(format!("port {port} leaves no room for the five after it"))
                    .remedy("choose a --port below 65531")
            })?;
            Ok::<_, Fault>(SocketAddr::from((Ipv4Addr::new(127, 0, 0, last), port)))
        };
        Ok(Self {
            digital_space: next(2, 1)?,
            school_life: next(3, 2)?,
            mail: next(4, 3)?,
            smtp: next(4, 4)?,
            sepne: next(5, 5)?,
        })
    }

    /// Binds all five, and looks whether the identity provider's is free.
    pub(super) fn bind(&self, identity_provider: SocketAddr) -> Result<Listeners, Fault> {
        drop(bind(identity_provider, "the identity provider")?);
        Ok(Listeners {
            digital_space: bind(self.digital_space, "the sample portal")?,
            school_life: bind(self.school_life, "the sample CAS portal")?,
            mail: bind(self.mail, "the mail page")?,
            smtp: bind(self.smtp, "SMTP")?,
            sepne: bind(self.sepne, "the stand-in for SEPNE")?,
        })
    }
}

/// The sockets, bound.
pub(super) struct Listeners {
    pub digital_space: tokio::net::TcpListener,
    pub school_life: tokio::net::TcpListener,
    pub mail: tokio::net::TcpListener,
    pub smtp: tokio::net::TcpListener,
    pub sepne: tokio::net::TcpListener,
}

fn bind(address: SocketAddr, what: &str) -> Result<tokio::net::TcpListener, Fault> {
    let bound = TcpListener::bind(address).and_then(|listener| {
        listener.set_nonblocking(true)?;
        tokio::net::TcpListener::from_std(listener)
    });
    bound.map_err(|error| {
        let port = address.port();
        let cause = match error.kind() {
            std::io::ErrorKind::AddrInUse => {
                format!("port {port} is taken by another program: {what} listens on {address}")
            }
            _ => format!("{address} can't be listened on, where {what} is to be: {error}"),
        };
        Fault::new(cause).remedy("end that program, or choose another --port: the demo needs six in a row")
    })
}
