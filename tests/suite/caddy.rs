//! The Caddy configuration of docs/verify-tokens.md, in Caddy itself.

use std::path::Path;
use std::process::Command;

use wxlogin_tests::document::Document;
use wxlogin_tests::gateway::Gateway;

use crate::gateways::{DOCUMENT, gateway_tests};

/// Not a word to the outside.
const OPTIONS: &str = "{\n\tadmin off\n\tauto_https off\n}\n";

fn start(login: &str, backend: &str) -> Gateway {
    let prepare = |prefix: &Path, address: &str| {
        let mut configuration = Document::open(DOCUMENT).block("Caddyfile").to_owned();
        let port = address.rsplit(':').next().expect("a port");
        for (example, here) in [
            ("api.example.com {", &*format!("http://:{port} {{\n\tbind 127.0.0.1")),
            ("127.0.0.1:8080", login),
            ("127.0.0.1:3000", backend),
        ] {
            assert!(configuration.contains(example), "{example} is not there");
            configuration = configuration.replace(example, here);
        }
        let file = prefix.join("Caddyfile");
        std::fs::write(&file, format!("{OPTIONS}{configuration}")).expect("a file");
        let mut caddy = Command::new("caddy");
        caddy.args(["run", "--adapter", "caddyfile", "--config"]).arg(file);
        caddy
            .env("HOME", prefix)
            .env("XDG_DATA_HOME", prefix)
            .env("XDG_CONFIG_HOME", prefix);
        caddy
    };
    Gateway::start(prepare, |line| line.contains("serving initial configuration"))
}

gateway_tests!("caddy", start);
