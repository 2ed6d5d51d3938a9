//! From the platform's bytes on the socket to the problem document: every row of its table of errors, and every way in
//! which it can fail.

use std::fmt::Write as _;
use std::time::Duration;

use secrecy::SecretString;
use serde_json::{Value, json};
use wxlogin::config::{App, Config};
use wxlogin::wiring::{self, Foundations, OpenStore};
use wxlogin_domain::identity::AppId;
use wxlogin_tests::client::{Answer, Api};
use wxlogin_tests::platform::Platform;
use wxlogin_tests::serving::Serving;

/// The service in this process, with the real client towards the platform and a store in memory.
pub struct Service {
    pub api: Api,
    pub url: String,
    _serving: Serving,
}

impl Service {
    pub async fn start(platform: &str) -> Self {
        let mut config = Config::for_testing();
        config.wechat.url = platform.parse().expect("a URL");
        // Long enough for a busy machine, short enough to wait for.
        config.wechat.timeout = Duration::from_millis(700);
        config.apps = vec![App {
            appid: AppId::parse(wiring::SANDBOX_APPID).expect("an appid"),
            secret: SecretString::from(wiring::SANDBOX_SECRET),
            push_token: Some(SecretString::from(wiring::SANDBOX_PUSH_TOKEN)),
            push_aes_key: Some(SecretString::from(wiring::SANDBOX_PUSH_AES_KEY)),
            ..App::for_testing()
        }];
        let master_key = config.master_key.clone().expect("a key");
        let foundations = Foundations::new(&config, &master_key, OpenStore::in_memory().store)
            .await
            .expect("foundations");
        let services = wiring::services(&config, &master_key, foundations)
            .await
            .expect("services");
        let serving = Serving::start(wiring::api(&config, &services)).await;
        Self {
            api: Api::new(serving.url.clone()),
            url: serving.url.clone(),
            _serving: serving,
        }
    }
}

fn row(answer: &Answer) -> String {
    let body = &answer.body;
    format!(
        "{} {} action={} retryable={}",
        answer.status.as_u16(),
        body["code"].as_str().unwrap_or("-"),
        body["action"].as_str().unwrap_or("-"),
        body["retryable"],
    )
}

async fn login_under(fault: &Value) -> Answer {
    let platform = Platform::start().await;
    let service = Service::start(&platform.url).await;
    let code = platform.code("alice").await;
    platform.fault(fault).await;
    service.api.login(&code).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_errcode_has_its_problem() {
    let mut table = String::new();
    for errcode in [
        -1, 40029, 40163, 40226, 45011, 45009, 40013, 40125, 41004, 41002, 41008, 40164, 48001, 50002, 61003, 89999,
    ] {
        let answer = login_under(&json!({ "errcode": errcode })).await;
        writeln!(table, "{errcode:>6}  {}", row(&answer)).expect("a string");
    }
    insta::assert_snapshot!(table);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_failure_of_the_platform_has_its_problem() {
    let mut table = String::new();
    for fault in [
        json!({ "hang": true }),
        json!({ "disconnect": true }),
        json!({ "http_status": 500 }),
        json!({ "http_status": 502 }),
        json!({ "http_status": 404 }),
        json!({ "body": "html" }),
        json!({ "body": "empty" }),
        json!({ "body": "truncated" }),
        json!({ "body": "huge" }),
        json!({ "body": "not_json" }),
        json!({ "body": "array" }),
        json!({ "body": "wrong_types" }),
        json!({ "body": "string_errcode" }),
        json!({ "body": "non_utf8" }),
    ] {
        let answer = login_under(&fault).await;
        writeln!(table, "{fault:<30} {}", row(&answer)).expect("a string");
    }
    insta::assert_snapshot!(table);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_errcode_is_named_in_the_problem() {
    let answer = login_under(&json!({ "errcode": 48001 })).await;
    assert!(answer.text("/detail").contains("48001"), "{answer:?}");
}
