//! A platform that hangs or fails: logins fail soon, the platform is left alone, and nobody else notices.

use std::time::Duration;

use futures_util::future::join_all;
use reqwest::StatusCode;
use serde_json::{Value, json};
use tokio::time::Instant;
use wxlogin_tests::client::{Answer, Api, http_client};
use wxlogin_tests::platform::Platform;

use crate::errcodes::Service;

/// As many failures in a row open the circuit.
const FAILURES: usize = 5;

async fn circuit(service: &Service) -> String {
    let ready = service.api.get("/readyz").await;
    assert_eq!(
        ready.status,
        StatusCode::OK,
        "the platform's trouble is not the service's"
    );
    ready.text("/wechat/0/circuit").to_owned()
}

async fn failing_logins(service: &Service, platform: &Platform) {
    for _ in 0..FAILURES {
        let answer = service.api.login(&platform.code("alice").await).await;
        assert_eq!(answer.text("/code"), "wechat_unavailable");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_circuit_opens_and_closes_again() {
    let platform = Platform::start().await;
    let service = Service::start(&platform.url).await;
    platform.fault(&json!({ "http_status": 500 })).await;
    failing_logins(&service, &platform).await;
    assert_eq!(circuit(&service).await, "open");

    platform.heal().await;
    let code = platform.code("alice").await;
    let refused = service.api.login(&code).await;
    assert_eq!(refused.text("/code"), "wechat_unavailable");
    assert_eq!(platform.calls().await["total"], FAILURES, "the platform is left alone");

    // Coming again when the answer says is what a client does; the code was not sent, so it still is good.
    let wait = refused.retry_after.expect("it says when to come again");
    tokio::time::sleep(Duration::from_secs(wait)).await;
    service.api.login(&code).await.assert_ok();
    assert_eq!(circuit(&service).await, "closed");
    assert_eq!(platform.calls().await["by_code"][&code], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hanging_platform_slows_nobody_down() {
    let platform = Platform::start().await;
    let service = Service::start(&platform.url).await;
    let tokens = service.api.login(&platform.code("alice").await).await.ok();
    let (before, refresh_token) = others(&service.api, &tokens, tokens.text("/refresh_token")).await;

    let mut codes = Vec::new();
    for _ in 0..50 {
        codes.push(platform.code("bob").await);
    }
    platform.fault(&json!({ "hang": true })).await;
    let hanging = join_all(codes.iter().map(|code| service.api.login(code)));
    let (hanging, (during, _)) = tokio::join!(hanging, others(&service.api, &tokens, &refresh_token));

    for answer in hanging {
        assert_eq!(answer.text("/code"), "wechat_unavailable");
        assert!(answer.retry_after.is_some(), "{answer:?}");
    }
    assert_eq!(circuit(&service).await, "open");
    println!(
        "median latencies with 50 logins hanging, to those before: verify {:.2}, refresh {:.2}",
        ratio(during[0], before[0]),
        ratio(during[1], before[1])
    );
}

/// The medians of verifications and refreshes, and the refresh token after them. All of them have to succeed.
async fn others(api: &Api, tokens: &Answer, refresh_token: &str) -> ([Duration; 2], String) {
    let mut refresh_token = refresh_token.to_owned();
    let (mut verified, mut refreshed) = (Vec::new(), Vec::new());
    for _ in 0..50 {
        let started = Instant::now();
        let answer = api.get_as("/v1/verify", tokens.text("/access_token")).await;
        verified.push(started.elapsed());
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        let started = Instant::now();
        let answer = api.refresh(&refresh_token).await.ok();
        refreshed.push(started.elapsed());
        answer.text("/refresh_token").clone_into(&mut refresh_token);
    }
    ([verified, refreshed].map(median), refresh_token)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_of_the_platform_is_no_failure() {
    let platform = Platform::start().await;
    let service = Service::start(&platform.url).await;
    platform.fault(&json!({ "errcode": 40029 })).await;
    for _ in 0..2 * FAILURES {
        let answer = service.api.login(&platform.code("alice").await).await;
        assert_eq!(answer.text("/code"), "code_invalid");
    }
    assert_eq!(circuit(&service).await, "closed");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_no_access_token_logs_people_in() {
    let platform = Platform::start().await;
    let service = Service::start(&platform.url).await;
    let tokens = service.api.login(&platform.code("alice").await).await.ok();
    platform
        .fault(&json!({ "endpoint": "stable_token", "http_status": 500 }))
        .await;
    for _ in 0..2 * FAILURES {
        let body = json!({ "phone_code": platform.phone_code("alice").await });
        let answer = service
            .api
            .put_as("/v1/me/phone", tokens.text("/access_token"), &body)
            .await;
        assert_eq!(answer.text("/code"), "wechat_unavailable");
    }
    assert_eq!(platform.calls_of("stable_token").await["total"], FAILURES);
    assert_eq!(circuit(&service).await, "closed");
    service.api.login(&platform.code("bob").await).await.assert_ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_used_up_quota_is_not_asked_for_again_and_again() {
    let platform = Platform::start().await;
    let service = Service::start(&platform.url).await;
    platform
        .control("quota", &json!({ "api": "jscode2session", "per_day": 1 }))
        .await;
    service.api.login(&platform.code("alice").await).await.assert_ok();
    for _ in 0..3 {
        let answer = service.api.login(&platform.code("alice").await).await;
        assert_eq!(answer.text("/code"), "wechat_quota_exhausted");
        assert!(answer.retry_after.is_some());
    }
    assert_eq!(
        platform.calls().await["total"],
        2,
        "one that was served, one that was refused"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_who_is_too_frequent_holds_up_nobody_else() {
    let platform = Platform::start().await;
    let service = Service::start(&platform.url).await;
    let quota = json!({ "api": "jscode2session", "per_user_per_minute": 1 });
    platform.control("quota", &quota).await;
    service.api.login(&platform.code("alice").await).await.assert_ok();
    let refused = service.api.login(&platform.code("alice").await).await;
    assert_eq!(refused.text("/code"), "wechat_rate_limited");
    assert_eq!(refused.retry_after, Some(60));
    service.api.login(&platform.code("bob").await).await.assert_ok();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_counted_is_told() {
    let platform = Platform::start().await;
    let service = Service::start(&platform.url).await;
    platform.fault(&json!({ "http_status": 500 })).await;
    failing_logins(&service, &platform).await;
    let metrics = http_client().get(format!("{}/metrics", service.url)).send();
    let metrics = metrics.await.expect("it answers");
    let metrics = metrics.text().await.expect("text");
    for line in [
        r#"wxlogin_wechat_calls_total{appid="wx0000000000000001",api="jscode2session",outcome="failed"} 5"#,
        r#"wxlogin_wechat_circuit{appid="wx0000000000000001",calls="login",state="open"} 1"#,
        r#"wxlogin_problems_total{code="wechat_unavailable"} 5"#,
    ] {
        assert!(metrics.lines().any(|found| found == line), "{line} in {metrics}");
    }
    assert!(!metrics.contains(Value::from(platform.url.clone()).as_str().unwrap_or_default()));
}
