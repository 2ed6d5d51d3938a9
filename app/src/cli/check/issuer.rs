//! Whether verifiers find the keys where the tokens say that they are: at the issuer's address.

use std::error::Error;
use std::time::Duration;

use rustls::client::verify_server_name;
use rustls::pki_types::ServerName;
use rustls::server::ParsedCertificate;
use url::Url;

use super::Finding;
use crate::config::{Config, Tls};
use crate::server;

const TIMEOUT: Duration = Duration::from_secs(5);

/// Whether the certificate can be served, and is the issuer's.
pub(super) fn certificate(tls: &Tls, issuer: &str) -> Finding {
    let files = "see that WXLOGIN_TLS_CERT and WXLOGIN_TLS_KEY name the files of one certificate, in PEM";
    let leaf = match server::prove_certificate(tls) {
        Ok(leaf) => leaf,
        Err(error) => return Finding::bad(format!("TLS: {error:#}"), files),
    };
    let host = Url::parse(issuer)
        .ok()
        .and_then(|issuer| issuer.host_str().map(str::to_owned));
    let name = host
        .as_deref()
        .and_then(|host| ServerName::try_from(host.trim_matches(['[', ']'])).ok());
    let (Ok(certificate), Some(name)) = (ParsedCertificate::try_from(&leaf), name) else {
        return Finding::good("TLS: the certificate and its key belong together");
    };
    match verify_server_name(&certificate, &name) {
        Ok(()) => Finding::good("TLS: the certificate and its key belong together, and it is the issuer's"),
        Err(_) => Finding::bad(
            format!("TLS: the certificate is not one of {}", host.unwrap_or_default()),
            "take the certificate of the issuer's host, or correct WXLOGIN_ISSUER",
        ),
    }
}

/// Asks for the keys as a verifier would. Before the first start nobody answers, and that is no fault.
pub(super) async fn issuer(config: &Config) -> Finding {
    let address = format!("{}/.well-known/jwks.json", config.tokens.issuer.trim_end_matches('/'));
    let client = reqwest::Client::builder()
        .timeout(TIMEOUT)
        .redirect(reqwest::redirect::Policy::none());
    let client = match client.build() {
        Ok(client) => client,
        Err(error) => return Finding::bad(format!("issuer: {error}"), "install the package ca-certificates"),
    };
    match client.get(&address).send().await {
        Ok(answer) if answer.status().is_success() => match answer.text().await {
            Ok(text) if is_jwks(&text) => Finding::good(format!("issuer: verifiers find the keys at {address}")),
            _ => elsewhere(&address, "something else than keys"),
        },
        // A proxy whose service is not up yet.
        Ok(answer) if matches!(answer.status().as_u16(), 502..=504) => nobody(&address),
        Ok(answer) => elsewhere(&address, &format!("status {}", answer.status().as_u16())),
        Err(error) => match tls_fault(&error) {
            Some(fault) => Finding::bad(
                format!("issuer: TLS towards {address} fails: {fault}"),
                "see that the certificate there is valid, complete (with its intermediate ones), and of that host",
            ),
            None => nobody(&address),
        },
    }
}

fn is_jwks(text: &str) -> bool {
    serde_json::from_str::<serde_json::Value>(text).is_ok_and(|answer| answer["keys"].is_array())
}

fn nobody(address: &str) -> Finding {
    Finding::open(format!(
        "issuer: nobody answers at {address}; fine while the service is not running. Verifiers look there for the keys"
    ))
}

fn elsewhere(address: &str, what: &str) -> Finding {
    Finding::bad(
        format!("issuer: {address} answers {what}"),
        "see that WXLOGIN_ISSUER is this service's public address, and that the proxy before it passes everything on",
    )
}

/// What TLS complains of, wherever in the chain of causes it does.
fn tls_fault(error: &reqwest::Error) -> Option<String> {
    let mut cause: Option<&(dyn Error + 'static)> = error.source();
    while let Some(found) = cause {
        let within = found
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref)
            .and_then(|inner| inner.downcast_ref::<rustls::Error>());
        if let Some(fault) = found.downcast_ref::<rustls::Error>().or(within) {
            return Some(fault.to_string());
        }
        cause = found.source();
    }
    None
}
