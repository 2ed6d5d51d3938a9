//! What becomes of WeChat's refusals.

use std::collections::BTreeMap;

use insta::assert_json_snapshot;
use serde_json::{Value, json};
use wxlogin_domain::ports::code_exchange::{CodeExchangeError, MockCodeExchange};

use crate::app::{Setup, TestApp};
use crate::call::Call;
use crate::wechat::code_of;

const ALL: [CodeExchangeError; 9] = [
    CodeExchangeError::CodeInvalid,
    CodeExchangeError::CodeAlreadyUsed,
    CodeExchangeError::UserBlocked,
    CodeExchangeError::RateLimited,
    CodeExchangeError::QuotaExhausted,
    CodeExchangeError::AppMisconfigured { errcode: 40_125 },
    CodeExchangeError::Rejected { errcode: 48_001 },
    CodeExchangeError::Unavailable,
    CodeExchangeError::BadResponse,
];

async fn refusing(error: CodeExchangeError) -> TestApp {
    Setup::with_wechat(MockCodeExchange::answering(Err(error)))
        .start()
        .await
}

async fn refusals(language: &str) -> BTreeMap<String, Value> {
    let mut refusals = BTreeMap::new();
    for error in ALL {
        let app = refusing(error).await;
        let body = json!({ "code": code_of("alice", 1) });
        let reply = app.send(Call::post("/v1/login").language(language).json(&body)).await;
        refusals.insert(format!("{error:?}"), reply.shown());
    }
    refusals
}

#[tokio::test]
async fn each_refusal_is_a_problem_in_chinese() {
    assert_json_snapshot!(refusals("zh-CN").await);
}

#[tokio::test]
async fn each_refusal_is_a_problem_in_english() {
    assert_json_snapshot!(refusals("en").await);
}

#[tokio::test]
async fn a_daily_quota_is_waited_for_until_midnight_in_china() {
    let app = refusing(CodeExchangeError::QuotaExhausted).await;
    // 23:42:56 there, then 23:59:59, then midnight.
    for (advance, retry_after) in [(0, "1024"), (1023, "1"), (1, "86400")] {
        app.advance(advance);
        assert_eq!(app.login_of("alice").await.header("retry-after"), Some(retry_after));
    }
}

#[tokio::test]
async fn the_operators_faults_are_not_told_to_the_caller() {
    for errcode in [40_013, 40_125, 40_164, 41_002] {
        let app = refusing(CodeExchangeError::AppMisconfigured { errcode }).await;
        let reply = app.login_of("alice").await;
        assert!(!reply.text().contains(&errcode.to_string()), "{reply:?}");
    }
}
