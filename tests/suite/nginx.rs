//! The nginx configuration of docs/verify-tokens.md, in nginx itself.

use std::path::Path;
use std::process::Command;

use wxlogin_tests::document::Document;
use wxlogin_tests::gateway::Gateway;

use crate::gateways::{DOCUMENT, gateway_tests};

/// What stands around a file of conf.d: in the foreground, with everything below its own directory.
const MAIN: &str = "
daemon off;
pid nginx.pid;
error_log stderr notice;
events {}
http {
    access_log off;
    client_body_temp_path body;
    proxy_temp_path proxy;
    fastcgi_temp_path fastcgi;
    uwsgi_temp_path uwsgi;
    scgi_temp_path scgi;
    include api.conf;
}
";

fn start(login: &str, backend: &str) -> Gateway {
    let prepare = |prefix: &Path, address: &str| {
        let mut configuration = Document::open(DOCUMENT).block("api.conf").to_owned();
        for (example, here) in [
            ("listen 80;", &*format!("listen {address};")),
            ("http://127.0.0.1:8080/", &*format!("http://{login}/")),
            ("http://127.0.0.1:3000;", &*format!("http://{backend};")),
        ] {
            assert!(configuration.contains(example), "{example} is not there");
            configuration = configuration.replace(example, here);
        }
        std::fs::write(prefix.join("api.conf"), configuration).expect("a file");
        std::fs::write(prefix.join("nginx.conf"), MAIN).expect("a file");
        let mut nginx = Command::new("nginx");
        nginx.arg("-p").arg(prefix).arg("-c").arg(prefix.join("nginx.conf"));
        // Until it has read the configuration, it speaks to its built-in log.
        nginx.args(["-e", "stderr"]);
        nginx
    };
    // The address is bound before the first worker is made.
    Gateway::start(prepare, |line| line.contains("start worker process "))
}

gateway_tests!("nginx", start);
