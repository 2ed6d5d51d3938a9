//! `X-Request-Id`: kept where it is sensible, replaced where it is not.

use poem::http::{HeaderName, HeaderValue};
use wxlogin_domain::id::SessionId;

use crate::app::TestApp;
use crate::call::Call;
use crate::reply::Reply;

const HEADER: HeaderName = HeaderName::from_static("x-request-id");

fn id_of(reply: &Reply) -> &str {
    reply.header("x-request-id").unwrap()
}

#[tokio::test]
async fn an_acceptable_id_is_kept() {
    let app = TestApp::new().await;
    for id in [
        "a",
        ".",
        "-",
        "_",
        "0",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "550e8400-e29b-41d4-a716-446655440000",
        "A.b_c-9",
        &"a".repeat(128),
    ] {
        assert_eq!(id_of(&app.send(Call::get("/livez").request_id(id)).await), id);
    }
}

#[tokio::test]
async fn another_one_is_replaced() {
    let app = TestApp::new().await;
    let replaced = |id: &[u8]| {
        let call = Call::get("/livez").raw_header(HEADER, HeaderValue::from_bytes(id).unwrap());
        let app = &app;
        async move {
            let reply = app.send(call).await;
            assert!(SessionId::parse(id_of(&reply)).is_ok(), "{reply:?}");
        }
    };
    for id in [
        &b""[..],
        b" ",
        b"a b",
        b"a\tb",
        b"a,b",
        b"a/b",
        b"a:b",
        b"a=b",
        b"{\"a\":1}",
        b"<script>",
        b"a;b",
        b"\"a\"",
        b"\xe4\xb8\xad",
        b"\xff",
        // Credentials of ours: the id goes into logs.
        b"wxr_AZwFITuAcACAAAAAAAAAAQ",
        b"wxk_FdWK5pD-GWVeU9cgOuRCd8hZQsNFZGhHLxZVdWKd5gs",
        b"eyJ0eXAiOiJhdCtqd3QifQ.e30.c2ln",
        &[b'a'; 129],
        &[b'a'; 8000],
    ] {
        replaced(id).await;
    }
}

#[tokio::test]
async fn a_request_without_one_gets_one_that_no_other_has() {
    let app = TestApp::new().await;
    let first = app.get("/livez").await;
    let second = app.get("/livez").await;
    assert_eq!(id_of(&first), "019c0545-a400-7000-8000-000000000001");
    assert_eq!(id_of(&second), "019c0545-a400-7000-8000-000000000002");
}

#[tokio::test]
async fn every_kind_of_answer_has_it() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    for (call, status) in [
        (Call::get("/v1/me").bearer(&login.access), 200),
        (Call::get("/v1/verify").bearer(&login.access), 204),
        (Call::post("/v1/login").said_to_be_json("{}"), 400),
        (Call::get("/v1/me"), 401),
        (Call::get("/nowhere"), 404),
        (Call::post("/v1/me"), 405),
        (Call::post("/v1/login"), 415),
        (Call::get("/openapi.json"), 200),
        (Call::get("/docs"), 200),
        (Call::get("/problems/internal"), 200),
        (Call::get("/problems/nothing"), 404),
    ] {
        let reply = app.send(call.request_id("mine")).await;
        assert_eq!((reply.status, id_of(&reply)), (status, "mine"));
    }
}
