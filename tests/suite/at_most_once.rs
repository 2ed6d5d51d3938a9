//! A code goes to the platform at most once, counted there: through timeouts, resets, errors and repeats.

use futures_util::future::join_all;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::net::TcpSocket;
use wxlogin_tests::client::Answer;
use wxlogin_tests::platform::Platform;

use crate::errcodes::Service;

fn code_of(answer: &Answer) -> &str {
    answer.body["code"].as_str().unwrap_or("tokens")
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_platform_does_a_repeat_is_not_sent() {
    let faults = [
        json!({ "hang": true }),
        json!({ "disconnect": true }),
        json!({ "http_status": 500 }),
        json!({ "http_status": 503 }),
        json!({ "body": "html" }),
        json!({ "body": "empty" }),
        json!({ "body": "truncated" }),
        json!({ "body": "huge" }),
        json!({ "errcode": -1 }),
        json!({ "errcode": 45011 }),
        json!({ "errcode": 40029 }),
    ];
    for fault in faults {
        // A service each: after some of these it would leave the platform alone for a while.
        let platform = Platform::start().await;
        let service = Service::start(&platform.url).await;
        let code = platform.code("alice").await;
        platform.fault(&fault).await;
        let first = service.api.login(&code).await;
        assert!(!first.status.is_success(), "{fault}: {first:?}");
        platform.heal().await;
        let repeat = service.api.login(&code).await;
        assert_eq!(code_of(&repeat), "code_already_used", "{fault}");
        assert_eq!(platform.calls().await["by_code"][&code], 1, "{fault}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_repeats_are_one_exchange_with_a_session_each() {
    let platform = Platform::start().await;
    let service = Service::start(&platform.url).await;
    let code = platform.code("alice").await;
    let answers = join_all((0..20).map(|_| service.api.login(&code))).await;
    // Whoever came while the exchange was under way has its outcome, whoever came after is told so.
    let (good, late): (Vec<_>, Vec<_>) = answers.iter().partition(|answer| answer.status.is_success());
    assert!(!good.is_empty());
    assert!(late.iter().all(|answer| code_of(answer) == "code_already_used"));
    let mut tokens: Vec<_> = good.iter().map(|answer| answer.text("/refresh_token")).collect();
    tokens.sort_unstable();
    tokens.dedup();
    assert_eq!(tokens.len(), good.len(), "each has a session of its own");
    assert_eq!(platform.calls().await["by_code"][&code], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn concurrent_repeats_of_a_slow_exchange_share_its_outcome() {
    let platform = Platform::start().await;
    let service = Service::start(&platform.url).await;
    let code = platform.code("alice").await;
    platform.fault(&json!({ "latency_ms": 400 })).await;
    let answers = join_all((0..20).map(|_| service.api.login(&code))).await;
    let shared = answers.iter().filter(|answer| answer.status.is_success()).count();
    // On a machine that is busy enough, some may come after the answer; never is there a second exchange.
    assert!(shared > 1, "{answers:?}");
    assert_eq!(platform.calls().await["by_code"][&code], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_never_left_may_be_sent_later() {
    // A port that nobody listens on, and nobody else can: connecting is refused, so the platform has certainly not seen the
    // code.
    let socket = TcpSocket::new_v4().expect("a socket");
    socket.bind(([127, 0, 0, 1], 0).into()).expect("a port");
    let address = socket.local_addr().expect("an address");
    let service = Service::start(&format!("http://{address}")).await;
    let code = "0a3WxI000dQzDT1xfF100xUSrY3WxI0Q";
    let answer = service.api.login(code).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    let platform = Platform::start_on(socket.listen(16).expect("it listens"));
    // The platform does not know it: that it says so shows that it was asked.
    let again = service.api.login(code).await;
    assert_eq!(code_of(&again), "code_invalid");
    assert_eq!(platform.calls().await["by_code"][code], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn malformed_codes_are_never_sent() {
    let platform = Platform::start().await;
    let service = Service::start(&platform.url).await;
    for body in [
        json!({}),
        json!({ "code": Value::Null }),
        json!({ "code": "" }),
        json!({ "code": "the code is a mock one" }),
        json!({ "code": "a b" }),
        json!({ "code": 5 }),
        json!({ "code": "abc", "iv": "AAAA" }),
        json!({ "code": "abc", "appid": "wx9999999999999999" }),
    ] {
        let answer = service.api.post("/v1/login", &body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
    }
    assert_eq!(platform.calls().await["total"], 0);
}
