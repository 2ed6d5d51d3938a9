//! The admin API of a running service, over HTTP.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use anyhow::Context as _;
use poem::http::{Method, header};
use reqwest::{Certificate, Client};
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use url::Url;
use wxlogin_domain::api_key::Scope;

use super::Answer;
use crate::config::{Config, Tls};

/// An operator waits longer than a client would.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The admin API of a running service.
pub(in crate::cli) struct Remote {
    client: Client,
    base: Url,
    key: SecretString,
}

impl Remote {
    /// Of the service that runs with this configuration on this machine.
    pub(super) fn of(config: &Config) -> anyhow::Result<Self> {
        let listen = reachable(config.server.listen);
        let Some(tls) = &config.server.tls else {
            return Self::new(format!("http://{listen}").parse()?, Client::builder(), config);
        };
        // Its certificate is for its public name, which need not lead here.
        let mut base: Url = config.tokens.issuer.parse()?;
        // What a path in it means, a proxy knows; the service itself is at the root.
        base.set_path("");
        let host = base.host_str().context("the issuer has a host")?.to_owned();
        base.set_port(Some(listen.port()))
            .ok()
            .context("the issuer is an address")?;
        let mut client = Client::builder().resolve(&host, listen);
        for certificate in certificates(tls)? {
            client = client.add_root_certificate(certificate);
        }
        Self::new(base, client, config)
    }

    /// Of the service at this address.
    pub(super) fn at(base: Url, config: &Config) -> anyhow::Result<Self> {
        Self::new(base, Client::builder(), config)
    }

    fn new(base: Url, client: reqwest::ClientBuilder, config: &Config) -> anyhow::Result<Self> {
        let is_admin = |key: &&crate::config::ApiKey| key.scopes.contains(&Scope::Admin);
        let key = config.api_keys.iter().find(is_admin).context(
            "the running service has the store to itself, and to ask it an API key with the scope admin is needed: set \
             WXLOGIN_ADMIN_KEYS for the service and here, or stop the service",
        )?;
        Ok(Self {
            client: client.timeout(TIMEOUT).no_proxy().build()?,
            base,
            key: key.key.clone(),
        })
    }

    pub(super) async fn call(&self, method: Method, path: &str, body: Option<Value>) -> anyhow::Result<Answer> {
        let address = format!("{}{path}", self.base.as_str().trim_end_matches('/'));
        let mut request = self
            .client
            .request(method, address)
            .bearer_auth(self.key.expose_secret())
            .header(header::ACCEPT_LANGUAGE, "en");
        if let Some(body) = body {
            request = request
                .header(header::CONTENT_TYPE, "application/json")
                .body(body.to_string());
        }
        let response = request.send().await.with_context(|| {
            format!(
                "the service has the store to itself, and does not answer at {}: name its address with --service",
                self.base
            )
        })?;
        let status = response.status().as_u16();
        let bytes = response.bytes().await?;
        let body = if bytes.is_empty() {
            Value::Null
        } else {
            serde_json::from_slice(&bytes).with_context(|| format!("{} does not answer as wxlogin does", self.base))?
        };
        Ok(Answer { status, body })
    }
}

/// Where to knock at a service that listens everywhere.
fn reachable(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

/// The certificates that the service shows are trusted here, also where nobody else has signed them.
fn certificates(tls: &Tls) -> anyhow::Result<Vec<Certificate>> {
    let pem = std::fs::read(&tls.cert).with_context(|| format!("cannot read {}", tls.cert.display()))?;
    Ok(Certificate::from_pem_bundle(&pem)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everywhere_is_also_here() {
        for (listen, knock) in [
            ("0.0.0.0:80", "127.0.0.1:80"),
            ("[::]:80", "[::1]:80"),
            ("192.0.2.1:80", "192.0.2.1:80"),
        ] {
            let listen: SocketAddr = listen.parse().unwrap();
            assert_eq!(reachable(listen).to_string(), knock);
        }
    }
}
