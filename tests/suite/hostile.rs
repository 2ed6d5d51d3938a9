//! What nobody should do to a service, and everybody does.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt as _;

use reqwest::StatusCode;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{Program, directory, environment};

/// Sends bytes and reads what is answered until the other side closes or the end of a head is there.
fn answer_to(service: &Program, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(service.url.trim_start_matches("http://")).expect("a connection");
    stream.write_all(bytes).expect("it is sent");
    let (mut answer, mut room) = (Vec::new(), [0; 1024]);
    while !answer.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read(&mut room) {
            Ok(read) if read > 0 => answer.extend_from_slice(&room[..read]),
            _ => break,
        }
    }
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_that_is_announced_too_large_is_refused_before_it_comes() {
    let (platform, directory) = (Platform::start().await, directory());
    let service = Program::serve(directory.path(), &environment(&platform.url, directory.path()));
    let head = "POST /v1/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 65537\r\n\r\n";
    assert!(answer_to(&service, head.as_bytes()).starts_with("HTTP/1.1 413 "));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_request_harms_nobody() {
    let (platform, directory) = (Platform::start().await, directory());
    let service = Program::serve(directory.path(), &environment(&platform.url, directory.path()));
    for bytes in [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n".as_slice(),
        b"GET\r\n\r\n",
        b"POST /v1/login HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"GET /v1/me HTTP/9.9\r\n\r\n",
    ] {
        let answer = answer_to(&service, bytes);
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{answer}");
    }
    assert_eq!(service.api().get("/readyz").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hangup_ends_nothing_where_there_is_no_certificate() {
    let (platform, directory) = (Platform::start().await, directory());
    let mut service = Program::serve(directory.path(), &environment(&platform.url, directory.path()));
    service.signal("HUP");
    assert_eq!(service.api().get("/readyz").await.status, StatusCode::OK);
    assert!(service.stop().success(), "and it still stops in order");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_store_is_for_its_owners_eyes_only() {
    let (platform, directory) = (Platform::start().await, directory());
    let _service = Program::serve(directory.path(), &environment(&platform.url, directory.path()));
    let mode = std::fs::metadata(directory.path().join("store"))
        .expect("the store")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700);
}
