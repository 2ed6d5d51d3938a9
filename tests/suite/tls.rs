//! TLS by the service itself, with a certificate that is read again at SIGHUP.

use std::path::Path;

use reqwest::{Certificate, Client};
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{Program, directory, environment, run};

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
    // It is served from the next connection on, or the one after: the line and the change are not one.
    let mut attempts = 0;
    while !reaches(&service, &second).await {
        attempts += 1;
        assert!(attempts < 100, "the renewed certificate is not served");
    }
    assert!(!reaches(&service, &first).await);

    // A renewal that has written one of its two files: the other one's key does not fit.
    let key = std::fs::read(directory.path().join("key.pem")).expect("a file");
    certificate(directory.path());
    std::fs::write(directory.path().join("key.pem"), key).expect("a file");
    service.signal("HUP");
    service
        .wait_for_line(|line| line.contains("the old one stays").then_some(()))
        .expect("it says so");
    assert!(reaches(&service, &second).await);
}

#[test]
fn what_is_no_certificate_and_its_key_stops_the_start_and_fails_the_check() {
    let directory = directory();
    certificate(directory.path());
    let (cert, key) = (directory.path().join("cert.pem"), directory.path().join("key.pem"));
    let (good_cert, good_key) = (
        std::fs::read(&cert).expect("a file"),
        std::fs::read(&key).expect("a file"),
    );
    certificate(directory.path());
    let other_key = std::fs::read(&key).expect("a file");
    let garbage = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_vec();
    let mut environment = environment("http://127.0.0.1:9", directory.path());
    environment.insert("WXLOGIN_STORE", "mem://".into());
    environment.insert("WXLOGIN_TLS_CERT", "cert.pem".into());
    environment.insert("WXLOGIN_TLS_KEY", "key.pem".into());
    for (name, a_cert, a_key) in [
        ("no PEM", b"no certificate".to_vec(), good_key.clone()),
        ("no DER", garbage, good_key.clone()),
        ("another's key", good_cert.clone(), other_key),
        ("no key", good_cert.clone(), good_cert),
    ] {
        std::fs::write(&cert, a_cert).expect("a file");
        std::fs::write(&key, a_key).expect("a file");
        let refused = run(directory.path(), &["serve"], &environment);
        let message = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(1), "{name}: {message}");
        assert!(
            message.contains("cert.pem") || message.contains("key.pem"),
            "{name}: {message}"
        );
        let checked = run(directory.path(), &["check", "--offline"], &environment);
        let findings = String::from_utf8_lossy(&checked.stdout).into_owned();
        assert_eq!(checked.status.code(), Some(1), "{name}: {findings}");
        assert!(findings.contains("FAIL  TLS"), "{name}: {findings}");
    }
}
