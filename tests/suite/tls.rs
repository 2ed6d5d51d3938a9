//! TLS by the service itself, with a certificate that is read again at SIGHUP.

use std::path::Path;

use reqwest::{Certificate, Client};
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{Program, directory, environment};

/// Writes a certificate for `localhost` and answers it.
fn certificate(directory: &Path) -> Certificate {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    std::fs::write(directory.join("cert.pem"), made.cert.pem()).expect("a file");
    std::fs::write(directory.join("key.pem"), made.signing_key.serialize_pem()).expect("a file");
    Certificate::from_pem(made.cert.pem().as_bytes()).expect("a certificate")
}

async fn reaches(service: &Program, certificate: &Certificate) -> bool {
    let client = Client::builder()
        .no_proxy()
        .tls_certs_only([certificate.clone()])
        .build()
        .expect("a client");
    let port = service.url.rsplit(':').next().expect("a port");
    let request = client.get(format!("https://localhost:{port}/livez"));
    request
        .send()
        .await
        .is_ok_and(|response| response.status().is_success())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewed_certificate_is_served_after_sighup() {
    let platform = Platform::start().await;
    let directory = directory();
    let first = certificate(directory.path());
    let mut environment = environment(&platform.url, directory.path());
    environment.insert("WXLOGIN_TLS_CERT", "cert.pem".into());
    environment.insert("WXLOGIN_TLS_KEY", "key.pem".into());
    let service = Program::serve(directory.path(), &environment);
    assert!(reaches(&service, &first).await);

    let second = certificate(directory.path());
    service.signal("HUP");
    service
        .wait_for_line(|line| line.contains("was read again").then_some(()))
        .expect("it says so");
    assert!(reaches(&service, &second).await);
    assert!(!reaches(&service, &first).await);

    std::fs::write(directory.path().join("cert.pem"), "no certificate").expect("a file");
    service.signal("HUP");
    service
        .wait_for_line(|line| line.contains("the old one stays").then_some(()))
        .expect("it says so");
    assert!(reaches(&service, &second).await);
}
