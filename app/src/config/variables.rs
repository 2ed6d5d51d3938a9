//! Settings as variables, of the environment and of `.env` alike.

use std::net::IpAddr;

use super::fault::{Faults, Flaw};
use super::lookup;
use super::raw::{Entries, Entry, Layer};

const PREFIX: &str = "WXLOGIN_";

/// Variables of the test-suite, which share the prefix but are no settings.
const TEST_PREFIX: &str = "WXLOGIN_TEST_";

/// Whether this program is meant by a variable of that name.
pub(super) fn is_ours(name: &str) -> bool {
    name.starts_with(PREFIX) && !name.starts_with(TEST_PREFIX)
}

/// The settings among variables. An empty variable counts as unset: that is how container files unset one.
pub(super) fn read<'a>(
    layer: Layer,
    variables: impl IntoIterator<Item = (&'a str, &'a str)>,
    faults: &mut Faults,
) -> Entries {
    let mut entries = Entries::default();
    for (name, value) in variables {
        if !is_ours(name) || value.is_empty() {
            continue;
        }
        let key = match layer {
            Layer::DotEnv => format!(".env: {name}"),
            _ => name.to_owned(),
        };
        if let Some((setting, form)) = lookup::by_env(name) {
            let value = value.into();
            let entry = Entry {
                key,
                layer,
                form,
                value,
            };
            entries.add(setting, entry, faults);
        } else if !(layer == Layer::Environment && is_service_link(name, value)) {
            let remedy = format!("did you mean {}?", lookup::nearest_env(name));
            faults.report(key, Flaw::new("is not a setting", remedy));
        }
    }
    entries
}

/// Kubernetes puts variables named after every service of the namespace into each container: beside a service called
/// `wxlogin` (or `wxlogin-db`), `WXLOGIN_PORT=tcp://10.0.0.1:80`. Nobody wrote them, so they are nobody's mistake.
/// Their values tell them from one: `WXLOGIN_PORT=8080` is.
///
/// <https://kubernetes.io/docs/concepts/services-networking/service/#environment-variables>
fn is_service_link(name: &str, value: &str) -> bool {
    let is_port = |text: &str| text.parse::<u16>().is_ok();
    let is_ip = |text: &str| text.parse::<IpAddr>().is_ok();
    let is_protocol = |text: &str| matches!(text, "tcp" | "udp" | "sctp");
    let is_address = value.split_once("://").is_some_and(|(scheme, rest)| {
        is_protocol(scheme) && rest.rsplit_once(':').is_some_and(|(_, port)| is_port(port))
    });
    // WXLOGIN_PORT_80_TCP_PROTO and its like.
    let is_of_a_port = |last: &str| name.contains("_PORT_") && name.ends_with(last);
    (name.ends_with("_SERVICE_HOST") && is_ip(value))
        || (name.contains("_SERVICE_PORT") && is_port(value))
        || (name.contains("_PORT") && is_address)
        || (is_of_a_port("_PORT") && is_port(value))
        || (is_of_a_port("_ADDR") && is_ip(value))
        || (is_of_a_port("_PROTO") && is_protocol(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn service_links_of_kubernetes_are_nobodys_mistake() {
        for (name, value) in [
            ("WXLOGIN_SERVICE_HOST", "10.43.12.7"),
            ("WXLOGIN_SERVICE_PORT", "80"),
            ("WXLOGIN_SERVICE_PORT_HTTP", "80"),
            ("WXLOGIN_PORT", "tcp://10.43.12.7:80"),
            ("WXLOGIN_PORT_80_TCP", "tcp://10.43.12.7:80"),
            ("WXLOGIN_PORT_80_TCP_PROTO", "tcp"),
            ("WXLOGIN_PORT_80_TCP_PORT", "80"),
            ("WXLOGIN_PORT_80_TCP_ADDR", "10.43.12.7"),
            ("WXLOGIN_DB_SERVICE_HOST", "fd00::7"),
            ("WXLOGIN_DB_PORT", "tcp://[fd00::7]:5432"),
        ] {
            assert!(is_service_link(name, value), "{name}={value}");
        }
        for (name, value) in [
            ("WXLOGIN_PORT", "8080"),
            ("WXLOGIN_HOST", "0.0.0.0"),
            ("WXLOGIN_STORE_ADDR", "10.43.12.7"),
            ("WXLOGIN_SERVICE_HOST", "login.example"),
            ("WXLOGIN_REDIS_URL", "redis://cache:6379"),
        ] {
            assert!(!is_service_link(name, value), "{name}={value}");
        }
    }
}
