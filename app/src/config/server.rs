//! What the service listens on, and whom it believes.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use ipnet::IpNet;

use super::Mode;
use super::fault::{Faults, Flaw, Reported, quoted, quoted_path};
use super::raw::Group;
use super::settings::{LISTEN, TLS_CERT, TLS_KEY, TRUSTED_PROXIES};

/// What the service listens on, and whom it believes.
#[derive(Debug, Clone)]
pub struct Server {
    /// Address and port.
    pub listen: SocketAddr,
    /// Certificate and key, where the service itself speaks TLS.
    pub tls: Option<Tls>,
    /// The networks whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpNet>,
}

/// Where certificate and key are, both PEM. Both files could be opened when the configuration was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tls {
    /// Path of the certificate chain.
    pub cert: PathBuf,
    /// Path of the private key.
    pub key: PathBuf,
}

impl Server {
    /// Some free port of this machine, no TLS, nobody believed.
    #[must_use]
    pub fn for_testing() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            tls: None,
            trusted_proxies: Vec::new(),
        }
    }

    pub(super) fn read(group: &Group, mode: Mode, faults: &mut Faults) -> Result<Self, Reported> {
        let listen = group.required(&LISTEN, faults, |text| listen(text, mode));
        let tls = tls(group, faults);
        let trusted_proxies = group.list(&TRUSTED_PROXIES, faults, network);
        Ok(Self {
            listen: listen?,
            tls: tls?,
            trusted_proxies: trusted_proxies?,
        })
    }
}

fn listen(text: &str, mode: Mode) -> Result<SocketAddr, Flaw> {
    let Ok(listen) = text.parse::<SocketAddr>() else {
        let problem = format!("{} is not an address with a port", quoted(text));
        let remedy = "write an IP address and a port, as 127.0.0.1:8080, 0.0.0.0:8080 or [::]:8080";
        return Err(Flaw::new(problem, remedy));
    };
    if mode == Mode::Dev && !listen.ip().is_loopback() {
        let problem = format!("{listen} can be reached from other machines, and dev mode protects nothing");
        return Err(Flaw::new(problem, "use 127.0.0.1 here, or run wxlogin serve"));
    }
    Ok(listen)
}

fn tls(group: &Group, faults: &mut Faults) -> Result<Option<Tls>, Reported> {
    let cert = group.parsed(&TLS_CERT, faults, readable);
    let key = group.parsed(&TLS_KEY, faults, readable);
    match (cert?, key?) {
        (Some(cert), Some(key)) => Ok(Some(Tls { cert, key })),
        (None, None) => Ok(None),
        (cert, _) => {
            let (set, missing) = if cert.is_some() {
                (TLS_CERT, TLS_KEY)
            } else {
                (TLS_KEY, TLS_CERT)
            };
            Err(group.report_half(&set, &missing, faults))
        }
    }
}

fn readable(text: &str) -> Result<PathBuf, Flaw> {
    let unreadable = |reason: String| {
        let problem = format!("{} cannot be read: {reason}", quoted_path(text));
        Flaw::new(problem, "name a PEM file that this process may read")
    };
    let file = std::fs::File::open(text).map_err(|error| unreadable(error.to_string()))?;
    let metadata = file.metadata().map_err(|error| unreadable(error.to_string()))?;
    if metadata.is_dir() {
        return Err(unreadable("it is a directory".to_owned()));
    }
    Ok(PathBuf::from(text))
}

/// A plain address is the network of that one machine.
fn network(text: &str) -> Result<IpNet, Flaw> {
    let network = text.parse::<IpNet>().ok();
    let address = || text.parse::<IpAddr>().ok().map(IpNet::from);
    network.or_else(address).map(|network| network.trunc()).ok_or_else(|| {
        let problem = format!("{} is not a network", quoted(text));
        Flaw::new(problem, "write it as 10.0.0.0/8 or fd00::/8")
    })
}
