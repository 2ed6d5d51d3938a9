//! What becomes of WeChat's refusals and failures, whichever call meets them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};
use wxlogin_domain::identity::{AppId, OpenId};
use wxlogin_domain::ports::code_exchange::{CodeExchangeError, MockCodeExchange};
use wxlogin_domain::ports::phone_exchange::{MockPhoneExchange, PhoneExchangeError};
use wxlogin_domain::ports::session_key_checks::{ResetError, SessionKeyChecks};
use wxlogin_domain::ports::wechat_failure::WechatFailure;
use wxlogin_domain::session_key::SessionKey;

use crate::app::{Setup, TestApp};
use crate::call::Call;
use crate::wechat::{code_of, people, phone_code_of};

const FAILURES: [WechatFailure; 8] = [
    WechatFailure::RateLimited {
        retry_after: Duration::from_secs(60),
    },
    WechatFailure::QuotaExhausted,
    WechatFailure::AppMisconfigured { errcode: 40_125 },
    WechatFailure::Rejected { errcode: 48_001 },
    WechatFailure::UNAVAILABLE,
    WechatFailure::Unavailable {
        retry_after: Some(Duration::from_millis(29_500)),
    },
    WechatFailure::BadResponse,
    WechatFailure::Overloaded {
        retry_after: Duration::from_secs(7),
    },
];

fn of_codes() -> Vec<CodeExchangeError> {
    let own = [
        CodeExchangeError::CodeInvalid,
        CodeExchangeError::CodeAlreadyUsed,
        CodeExchangeError::UserBlocked,
    ];
    own.into_iter().chain(FAILURES.map(CodeExchangeError::Wechat)).collect()
}

fn of_phone_codes() -> Vec<PhoneExchangeError> {
    let own = [PhoneExchangeError::CodeInvalid, PhoneExchangeError::UserBlocked];
    own.into_iter()
        .chain(FAILURES.map(PhoneExchangeError::Wechat))
        .collect()
}

async fn refusing(error: CodeExchangeError) -> TestApp {
    Setup::with_wechat(MockCodeExchange::answering(Err(error)))
        .start()
        .await
}

async fn refusing_phones(error: PhoneExchangeError) -> TestApp {
    Setup {
        phone: Arc::new(MockPhoneExchange::answering(Err(error))),
        ..Setup::default()
    }
    .start()
    .await
}

/// Says of no key whether it is good.
struct Failing(WechatFailure);

#[async_trait]
impl SessionKeyChecks for Failing {
    async fn is_current(&self, _: &AppId, _: &OpenId, _: &SessionKey) -> Result<bool, WechatFailure> {
        Err(self.0)
    }

    async fn reset(&self, _: &AppId, _: &OpenId, _: &SessionKey) -> Result<SessionKey, ResetError> {
        Err(self.0.into())
    }
}

async fn refusals(language: &str) -> BTreeMap<String, Value> {
    let mut refusals = BTreeMap::new();
    for error in of_codes() {
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
async fn each_refusal_of_a_phone_code_is_a_problem() {
    let mut table = String::new();
    for error in of_phone_codes() {
        let app = refusing_phones(error).await;
        let code = phone_code_of("alice", "13800138000");
        let login = app
            .login(json!({ "code": code_of("alice", 1), "phone_code": code }))
            .await;
        let alice = app.logged_in("alice").await;
        let bound = app.set_phone(&alice.access, json!({ "phone_code": code })).await;
        writeln!(table, "{error:?}\n    {}", bound.brief()).unwrap();
        // A login has used its own code up by then: the same request would not do.
        if login.brief() != bound.brief() {
            writeln!(table, "    at login: {}", login.brief()).unwrap();
        }
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn each_failure_at_session_keys_is_a_problem() {
    let mut table = String::new();
    for failure in FAILURES {
        let app = Setup {
            checks: Arc::new(Failing(failure)),
            ..Setup::default()
        }
        .start()
        .await;
        let alice = app.logged_in("alice").await;
        let checked = app.check_session_key(&alice.access).await;
        let reset = app.reset_session_key(&alice.access).await;
        assert_eq!(checked.brief(), reset.brief(), "{failure:?}");
        writeln!(table, "{failure:?}\n    {}", checked.brief()).unwrap();
        assert!(app.audit("action=session_key_reset").await.is_empty());
    }
    assert_snapshot!(table);
}

/// The code that comes with data is exchanged as one of a login is.
#[tokio::test]
async fn each_refusal_of_a_code_with_data_is_a_problem() {
    let setup = Setup::with_wechat(people());
    let login = setup.clone().start().await.logged_in("alice").await;
    let some = "AAAAAAAAAAAAAAAAAAAAAA==";
    for error in of_codes() {
        let refusing = Setup {
            wechat: Arc::new(MockCodeExchange::answering(Err(error))),
            ..setup.clone()
        };
        let app = refusing.start().await;
        let refused = app.login(json!({ "code": code_of("alice", 1) })).await;
        let data = json!({ "code": "of-another-login", "encrypted_data": some, "iv": some });
        for reply in [
            app.set_phone(&login.access, data.clone()).await,
            app.decrypt(&login.access, data).await,
        ] {
            assert_eq!(reply.brief(), refused.brief(), "{error:?}");
        }
    }
}

#[tokio::test]
async fn a_daily_quota_is_waited_for_until_midnight_in_china() {
    let app = refusing(WechatFailure::QuotaExhausted.into()).await;
    // 23:42:56 there, then 23:59:59, then midnight.
    for (advance, retry_after) in [(0, "1024"), (1023, "1"), (1, "86400")] {
        app.advance(advance);
        assert_eq!(app.login_of("alice").await.header("retry-after"), Some(retry_after));
    }
}

#[tokio::test]
async fn the_operators_faults_are_not_told_to_the_caller() {
    for errcode in [40_013, 40_125, 40_164, 41_002] {
        let app = refusing(WechatFailure::AppMisconfigured { errcode }.into()).await;
        let reply = app.login_of("alice").await;
        assert!(!reply.text().contains(&errcode.to_string()), "{reply:?}");
    }
}
