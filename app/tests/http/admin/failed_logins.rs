//! Logins that were refused, as the audit log tells of them.

use std::fmt::Write as _;
use std::time::Duration;

use insta::assert_snapshot;
use serde_json::{Value, json};
use wxlogin_domain::identity::AppId;
use wxlogin_domain::ports::code_exchange::CodeExchangeError;
use wxlogin_domain::ports::wechat_failure::WechatFailure;

use crate::app::{APPID, NOW, Setup, TestApp};
use crate::call::Call;
use crate::phone_data::{IV, encrypt, payload, payload_with};
use crate::store::Mood;
use crate::wechat::{BAD_CODE, SESSION_KEY, scripted, session};

/// WeChat does what the code says.
async fn obedient() -> TestApp {
    Setup::with_wechat(scripted(|app, code| {
        Err(match code.replace('-', "_").as_str() {
            "code_invalid" => CodeExchangeError::CodeInvalid,
            "code_already_used" => CodeExchangeError::CodeAlreadyUsed,
            "wechat_user_blocked" => CodeExchangeError::UserBlocked,
            "wechat_rate_limited" => WechatFailure::RateLimited {
                retry_after: Duration::from_secs(60),
            }
            .into(),
            "wechat_quota_exhausted" => WechatFailure::QuotaExhausted.into(),
            "wechat_app_misconfigured" => WechatFailure::AppMisconfigured { errcode: 40125 }.into(),
            "wechat_rejected" => WechatFailure::Rejected { errcode: 41008 }.into(),
            "wechat_unavailable" => WechatFailure::UNAVAILABLE.into(),
            "wechat_bad_response" => WechatFailure::BadResponse.into(),
            _ => return Ok(session(app, "o-alice", None)),
        })
    }))
    .start()
    .await
}

fn shown(events: &[Value]) -> String {
    let [event] = events else {
        return format!("{} events", events.len());
    };
    let word = |name: &str| event.get(name).map_or("-", |value| value.as_str().unwrap()).to_owned();
    format!("{} by {} in {}", word("code"), word("actor"), word("appid"))
}

#[tokio::test]
async fn each_refusal_is_told_with_its_code() {
    let sealed = |payload: &Value| encrypt(SESSION_KEY, payload.to_string().as_bytes());
    let with_data = |data: String| json!({ "code": "a-good-code", "encrypted_data": data, "iv": IV });
    let mut table = String::new();
    for (name, body) in [
        ("a code that WeChat refuses", json!({ "code": "code-invalid" })),
        ("a code that was used", json!({ "code": "code-already-used" })),
        ("a person that WeChat blocks", json!({ "code": "wechat-user-blocked" })),
        ("too often", json!({ "code": "wechat-rate-limited" })),
        ("too often that day", json!({ "code": "wechat-quota-exhausted" })),
        ("a wrong secret", json!({ "code": "wechat-app-misconfigured" })),
        ("a number that nobody knows", json!({ "code": "wechat-rejected" })),
        ("WeChat away", json!({ "code": "wechat-unavailable" })),
        ("WeChat confused", json!({ "code": "wechat-bad-response" })),
        (
            "data that do not open",
            with_data(encrypt("tiihtNczf5v6AKRyjwEUhQ==", b"{}")),
        ),
        (
            "data of another app",
            with_data(sealed(&payload_with("/watermark/appid", "wx00000000000000b2"))),
        ),
        (
            "old data",
            with_data(sealed(&payload_with("/watermark/timestamp", NOW - 601))),
        ),
        (
            "an unknown app",
            json!({ "code": "a-good-code", "appid": "wx00000000000000ff" }),
        ),
        ("no code", json!({})),
        ("a malformed code", json!({ "code": "with blank" })),
        ("a mock code", json!({ "code": "the code is a mock one" })),
        ("a code of the wrong type", json!({ "code": 1 })),
        ("an unknown field", json!({ "code": "code-invalid", "nonsense": 1 })),
        (
            "a phone code that WeChat refuses",
            json!({ "code": "a-good-code", "phone_code": "of-nobody" }),
        ),
        (
            "a malformed phone code",
            json!({ "code": "a-good-code", "phone_code": "with blank" }),
        ),
        ("half of the data", json!({ "code": "code-invalid", "iv": IV })),
    ] {
        let app = obedient().await;
        let reply = app.login(body).await;
        let events = app.audit("").await;
        if let [event] = &events[..] {
            assert_eq!(event["action"], "login_failed");
            assert_eq!(event["code"], reply.code());
            assert_eq!(event["request_id"], reply.header("x-request-id").unwrap());
            assert_eq!(event.get("account_id"), None);
        }
        writeln!(table, "{name}: {} {}; {}", reply.status, reply.code(), shown(&events)).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn the_account_is_named_where_it_is_known() {
    let app = obedient().await;
    let login = app.logged_in("alice").await;
    app.suspend(&login.account).await;
    app.login_of("alice").await;
    let event = app.audit("action=login_failed").await.remove(0);
    assert_eq!(event["account_id"], login.account);
    assert_eq!(
        (&event["code"], &event["appid"]),
        (&json!("account_suspended"), &json!(APPID))
    );
    assert_eq!(event.get("session_id"), None);
}

/// Anybody can send as many of them as he likes.
#[tokio::test]
async fn a_request_that_names_no_app_of_ours_leaves_no_event() {
    let mut setup = Setup::default();
    let mut second = setup.config.apps[0].clone();
    second.appid = AppId::parse("wx00000000000000b2").unwrap();
    setup.config.apps.push(second);
    let app = setup.start().await;
    for body in [
        json!({ "code": "a-good-code" }),
        json!({ "code": "a-good-code", "appid": "wx00000000000000ff" }),
        json!({ "code": "a-good-code", "appid": "nonsense" }),
    ] {
        assert_eq!(app.login(body).await.status, 400);
    }
    assert!(app.audit("").await.is_empty());
    let body = json!({ "code": BAD_CODE, "appid": "wx00000000000000b2" });
    app.login(body).await;
    assert_eq!(
        shown(&app.audit("").await),
        "code_invalid by person in wx00000000000000b2"
    );
}

#[tokio::test]
async fn what_never_was_a_login_leaves_no_event() {
    let app = obedient().await;
    for call in [
        Call::post("/v1/login"),
        Call::post("/v1/login").said_to_be_json("no JSON"),
        Call::post("/v1/login").said_to_be_json(vec![b' '; 64 * 1024 + 1]),
        Call::get("/v1/login"),
    ] {
        assert!(app.send(call).await.status >= 400);
    }
    assert!(app.audit("").await.is_empty());
}

#[tokio::test]
async fn a_log_that_cannot_be_written_does_not_change_the_answer() {
    let app = obedient().await;
    app.store.be(Mood::Down);
    let reply = app.login(json!({ "code": "code-invalid" })).await;
    assert_eq!((reply.status, reply.code().as_str()), (400, "code_invalid"));
    let reply = app.login(json!({ "code": "a-good-code" })).await;
    assert_eq!(reply.code(), "store_unavailable");
    app.store.be(Mood::Well);
    assert!(app.audit("").await.is_empty());
}

#[tokio::test]
async fn a_failure_with_good_data_says_nothing_of_the_number() {
    let app = obedient().await;
    let data = encrypt(
        SESSION_KEY,
        payload_with("/watermark/timestamp", 1).to_string().as_bytes(),
    );
    app.login(json!({ "code": "a-good-code", "encrypted_data": data, "iv": IV }))
        .await;
    let log = app.admin_get("audit").await;
    let number = payload()["purePhoneNumber"].as_str().unwrap().to_owned();
    assert!(!log.text().contains(&number), "{log:?}");
}
