//! `POST /v1/login` with the code of the getPhoneNumber button: all or nothing.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};
use wxlogin_domain::code::PhoneCode;
use wxlogin_domain::identity::{AppId, OpenId};
use wxlogin_domain::phone_number::PhonePolicy;
use wxlogin_domain::ports::code_exchange::MockCodeExchange;
use wxlogin_domain::ports::phone_exchange::{MockPhoneExchange, PhoneExchange, PhoneExchangeError};
use wxlogin_domain::user_data::PhonePayload;

use crate::app::{APPID, LoggedIn, Setup, TestApp};
use crate::call::Call;
use crate::phone_data::{IV, encrypt, payload};
use crate::reply::Reply;
use crate::wechat::{BAD_CODE, SESSION_KEY, code_of, phone_code_of, phone_payload};

const NUMBER: &str = "13800138000";

async fn login_with(app: &TestApp, person: &str, phone_code: &str) -> Reply {
    let body = json!({ "code": code_of(person, 1), "phone_code": phone_code });
    app.send(Call::post("/v1/login").language("en").json(&body)).await
}

async fn assert_nothing_was_written(app: &TestApp) {
    let next = app.login_of("alice").await;
    assert_eq!(next.json()["is_new_account"], true, "{next:?}");
    assert_eq!(next.json()["account"].get("phone"), None, "{next:?}");
}

#[tokio::test]
async fn the_number_is_verified_and_bound_in_the_same_call() {
    let app = TestApp::new().await;
    let reply = login_with(&app, "alice", &phone_code_of("alice", NUMBER)).await;
    assert_json_snapshot!(reply.shown());
    let login = app.logged_in("alice").await;
    assert_eq!(
        app.me(&login.access).await.json()["phone"],
        reply.json()["account"]["phone"]
    );
}

/// It is one act of two events, and a number that the account has already is none.
#[tokio::test]
async fn the_audit_log_has_the_login_and_the_binding_and_no_number() {
    let app = TestApp::new().await;
    let login = LoggedIn::from(&login_with(&app, "alice", &phone_code_of("alice", NUMBER)).await);
    let events = app.audit("").await;
    let actions: Vec<&str> = events.iter().map(|event| event["action"].as_str().unwrap()).collect();
    assert_eq!(actions, ["phone_bound", "login_succeeded"]);
    for event in &events {
        assert_eq!(event["session_id"], login.session);
        assert_eq!(event["request_id"], events[0]["request_id"]);
        assert!(!event.to_string().contains(NUMBER));
    }
    login_with(&app, "alice", &phone_code_of("alice", NUMBER)).await;
    assert_eq!(app.audit("action=phone_bound").await.len(), 1);
    login_with(&app, "alice", &phone_code_of("alice", "13900139000")).await;
    assert_eq!(app.audit("action=phone_bound").await.len(), 2);
}

/// Notes what WeChat is told.
#[derive(Clone, Default)]
struct Listening(Arc<Mutex<Vec<[String; 3]>>>);

#[async_trait]
impl PhoneExchange for Listening {
    async fn exchange_phone(
        &self,
        app: &AppId,
        openid: &OpenId,
        code: &PhoneCode,
    ) -> Result<PhonePayload, PhoneExchangeError> {
        let told = [app.as_str(), openid.as_str(), code.expose()].map(str::to_owned);
        self.0.lock().unwrap().push(told);
        Ok(phone_payload(app, NUMBER))
    }
}

#[tokio::test]
async fn wechat_is_told_whose_code_it_has_to_be() {
    let phone = Listening::default();
    let setup = Setup {
        phone: Arc::new(phone.clone()),
        ..Setup::default()
    };
    let app = setup.start().await;
    login_with(&app, "alice", "a-phone-code").await;
    assert_eq!(*phone.0.lock().unwrap(), [[APPID, "o-alice", "a-phone-code"]]);
}

#[tokio::test]
async fn the_code_of_another_persons_tap_fails() {
    let app = TestApp::new().await;
    let reply = login_with(&app, "alice", &phone_code_of("bob", NUMBER)).await;
    assert_eq!(reply.brief(), "422 phone_code_invalid retry R");
    assert_nothing_was_written(&app).await;
}

#[tokio::test]
async fn a_phone_code_that_wechat_refuses_leaves_nothing_behind_but_an_event() {
    let app = TestApp::new().await;
    let reply = login_with(&app, "alice", BAD_CODE).await;
    assert_json_snapshot!(reply.shown());
    let events = app.audit("").await;
    let [event] = &events[..] else {
        panic!("one event was expected: {events:?}");
    };
    assert_eq!(event["action"], "login_failed");
    assert_eq!(event["code"], "phone_code_invalid");
    assert_eq!(event.get("account_id"), None);
    assert!(app.admin_get("accounts").await.list("accounts").is_empty());
    assert_nothing_was_written(&app).await;
}

#[tokio::test]
async fn a_failed_login_does_not_touch_an_account_that_is_there() {
    let app = TestApp::new().await;
    let before = LoggedIn::from(&login_with(&app, "alice", &phone_code_of("alice", NUMBER)).await);
    let account = app.me(&before.access).await.json();
    app.advance(60);
    assert_eq!(login_with(&app, "alice", BAD_CODE).await.status, 422);
    assert_eq!(app.me(&before.access).await.json(), account);
    assert_eq!(app.sessions(&before.access).await.list("sessions").len(), 1);
}

/// Nothing of a login whose phone code failed is kept, not even the session key.
#[tokio::test]
async fn a_failed_login_keeps_no_session_key() {
    let setup = Setup::default();
    let login = setup.clone().start().await.logged_in("alice").await;
    // Another process, which has seen no login yet.
    let app = setup.start().await;
    assert_eq!(login_with(&app, "alice", BAD_CODE).await.status, 422);
    assert_eq!(
        app.check_session_key(&login.access).await.json(),
        json!({ "current": false })
    );
    app.login_of("alice").await;
    assert_eq!(
        app.check_session_key(&login.access).await.json(),
        json!({ "current": true })
    );
}

#[tokio::test]
async fn no_phone_code_is_exchanged_for_a_code_that_fails() {
    let setup = Setup {
        phone: Arc::new(MockPhoneExchange::never()),
        ..Setup::default()
    };
    let app = setup.start().await;
    let body = json!({ "code": BAD_CODE, "phone_code": phone_code_of("alice", NUMBER) });
    assert_eq!(app.login(body).await.code(), "code_invalid");
}

#[tokio::test]
async fn what_is_malformed_is_said_before_wechat_is_asked() {
    let setup = Setup {
        phone: Arc::new(MockPhoneExchange::never()),
        ..Setup::with_wechat(MockCodeExchange::never())
    };
    let app = setup.start().await;
    let data = encrypt(SESSION_KEY, payload().to_string().as_bytes());
    let mut table = String::new();
    for (name, phone_code) in [
        ("empty", json!({ "phone_code": "" })),
        ("a blank", json!({ "phone_code": "with blank" })),
        ("base64", json!({ "phone_code": "a+b/c=" })),
        ("too long", json!({ "phone_code": "a".repeat(129) })),
        (
            "the whole event",
            json!({ "phone_code": { "code": "a", "errMsg": "ok" } }),
        ),
        ("a number", json!({ "phone_code": 13_800_138_000_u64 })),
        (
            "encrypted data too",
            json!({ "phone_code": "a", "encrypted_data": data, "iv": IV }),
        ),
        ("half of the data too", json!({ "phone_code": "a", "iv": IV })),
        (
            "malformed, and data too",
            json!({ "phone_code": "with blank", "encrypted_data": data, "iv": IV }),
        ),
        ("misspelt", json!({ "phoneCode": "a" })),
    ] {
        let mut body: Value = phone_code;
        body["code"] = code_of("alice", 1).into();
        let reply = app.send(Call::post("/v1/login").language("en").json(&body)).await;
        writeln!(table, "{name}: {}", reply.brief()).unwrap();
    }
    assert_snapshot!(table);
    let malformed = |language| {
        let body = json!({ "code": code_of("alice", 1), "phone_code": "" });
        app.send(Call::post("/v1/login").language(language).json(&body))
    };
    assert_json_snapshot!("malformed_in_chinese", malformed("zh").await.shown());
    assert_json_snapshot!("malformed_in_english", malformed("en").await.shown());
}

#[tokio::test]
async fn null_is_no_phone_code() {
    let app = TestApp::new().await;
    let reply = app
        .login(json!({ "code": code_of("alice", 1), "phone_code": null }))
        .await;
    assert_eq!(reply.status, 200);
    assert_eq!(reply.json()["account"].get("phone"), None);
}

/// An answer of WeChat that makes no number is none.
#[tokio::test]
async fn what_wechat_answers_is_looked_at() {
    let of = |appid: &str, number: &str| phone_payload(&AppId::parse(appid).unwrap(), number);
    for answer in [of("wx00000000000000b2", NUMBER), of(APPID, ""), of(APPID, "nonsense")] {
        let setup = Setup {
            phone: Arc::new(MockPhoneExchange::answering(Ok(answer))),
            ..Setup::default()
        };
        let app = setup.start().await;
        let reply = login_with(&app, "alice", "a-phone-code").await;
        assert_eq!(reply.brief(), "502 wechat_bad_response relogin R");
    }
}

async fn with_policy(policy: PhonePolicy) -> TestApp {
    Setup::with_config(|config| config.phone_policy = policy).start().await
}

#[tokio::test]
async fn a_number_that_has_to_be_unique_is_not_taken_from_another() {
    let app = with_policy(PhonePolicy::Unique).await;
    let bob = LoggedIn::from(&login_with(&app, "bob", &phone_code_of("bob", NUMBER)).await);
    let reply = login_with(&app, "alice", &phone_code_of("alice", NUMBER)).await;
    assert_json_snapshot!(reply.shown());
    assert_nothing_was_written(&app).await;
    assert_eq!(app.me(&bob.access).await.json()["phone"]["number"], "+8613800138000");
    let failed = app.audit("action=login_failed").await.remove(0);
    assert_eq!(failed["code"], "phone_taken");
    assert_eq!(failed.get("account_id"), None, "whose it is, is nobody's business");
}

#[tokio::test]
async fn ones_own_number_is_not_taken() {
    let app = with_policy(PhonePolicy::Unique).await;
    for _ in 0..2 {
        let reply = login_with(&app, "alice", &phone_code_of("alice", NUMBER)).await;
        assert_eq!(reply.status, 200);
    }
}

#[tokio::test]
async fn a_number_may_be_shared_where_nobody_says_otherwise() {
    let app = TestApp::new().await;
    for person in ["alice", "bob"] {
        let reply = login_with(&app, person, &phone_code_of(person, NUMBER)).await;
        assert_eq!(reply.json()["account"]["phone"]["number"], "+8613800138000");
    }
}
