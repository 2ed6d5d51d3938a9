//! `POST /v1/me/decrypt`: whatever else WeChat encrypts for the mini program.

use std::fmt::Write as _;
use std::sync::Arc;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};
use wxlogin_domain::identity::AppId;
use wxlogin_domain::ports::clock::FixedClock;
use wxlogin_domain::ports::code_exchange::MockCodeExchange;
use wxlogin_domain::session_key::SessionKey;
use wxlogin_domain::timestamp::Timestamp;

use crate::app::{APPID, LoggedIn, NOW, Setup, TestApp};
use crate::call::Call;
use crate::phone_data::{IV, encrypt, payload};
use crate::wechat::{BAD_CODE, OTHER_SESSION_KEY, SESSION_KEY, code_of, people_of_changing_keys, scripted, session};

/// The platform's own example, as it stands.
const APPID_OF_EXAMPLE: &str = "wx4f4bc4dec97d474b";
const SESSION_KEY_OF_EXAMPLE: &str = "tiihtNczf5v6AKRyjwEUhQ==";
const IV_OF_EXAMPLE: &str = "r7BXXKkLb8qrSNn05n0qiA==";
const DATA_OF_EXAMPLE: &str = "CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew==";
const SECOND_OF_EXAMPLE: i64 = 1_477_314_187;

/// A service for the app of the example, in its second, and the person of it.
async fn at_the_example() -> (TestApp, LoggedIn) {
    let mut setup = Setup::with_wechat(scripted(|app, _| {
        let mut session = session(app, "oGZUI0egBJY1zhBYw2KhdUfwVJJE", None);
        session.session_key = SessionKey::parse(SESSION_KEY_OF_EXAMPLE).unwrap();
        Ok(session)
    }));
    setup.config.apps[0].appid = AppId::parse(APPID_OF_EXAMPLE).unwrap();
    setup.clock = Arc::new(FixedClock::at(Timestamp::from_unix_seconds(SECOND_OF_EXAMPLE)));
    let app = setup.start().await;
    let login = app.logged_in("band").await;
    (app, login)
}

fn example() -> Value {
    json!({ "encrypted_data": DATA_OF_EXAMPLE, "iv": IV_OF_EXAMPLE })
}

#[tokio::test]
async fn the_platforms_own_example_opens() {
    let (app, login) = at_the_example().await;
    let reply = app.decrypt(&login.access, example()).await;
    assert_json_snapshot!(reply.shown());
    let data = reply.json()["data"].clone();
    assert_eq!(data["openId"], "oGZUI0egBJY1zhBYw2KhdUfwVJJE");
    assert_eq!(data["unionId"], "ocMvos6NjeKLIBqg5Mr9QjxrP1FA");
    assert_eq!(
        data["watermark"],
        json!({ "appid": APPID_OF_EXAMPLE, "timestamp": SECOND_OF_EXAMPLE })
    );
}

#[tokio::test]
async fn the_platforms_own_example_opens_with_a_fresh_code_too() {
    let (app, login) = at_the_example().await;
    let mut body = example();
    body["code"] = code_of("band", 2).into();
    assert_eq!(app.decrypt(&login.access, body).await.status, 200);
}

#[tokio::test]
async fn the_platforms_own_example_is_old_today() {
    let (app, login) = at_the_example().await;
    app.advance(600);
    assert_eq!(app.decrypt(&login.access, example()).await.status, 200);
    app.advance(1);
    assert_json_snapshot!(app.decrypt(&login.access, example()).await.shown());
}

/// The unionid in the data is the mini program's to read: an account takes it from WeChat's own answers alone.
#[tokio::test]
async fn nothing_of_the_data_is_kept() {
    let (app, login) = at_the_example().await;
    let before = app.account(&login.account).await;
    let events = app.audit("").await.len();
    app.decrypt(&login.access, example()).await;
    assert_eq!(app.audit("").await.len(), events);
    assert_eq!(app.account(&login.account).await, before);
}

fn sealed(session_key: &str, payload: &Value) -> Value {
    json!({ "encrypted_data": encrypt(session_key, payload.to_string().as_bytes()), "iv": IV })
}

fn steps() -> Value {
    json!({
        "stepInfoList": [{ "timestamp": 1_445_866_601, "step": 100 }, { "timestamp": 1_445_876_601, "step": 102 }],
        "watermark": { "appid": APPID, "timestamp": NOW },
    })
}

#[tokio::test]
async fn steps_come_back_as_wechat_wrote_them() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let reply = app.decrypt(&alice.access, sealed(SESSION_KEY, &steps())).await;
    assert_eq!(reply.json(), json!({ "data": steps() }));
    assert_eq!(reply.header("cache-control"), Some("no-store"));
}

/// What WeChat may put into a value: nothing is renamed, rounded or left out.
#[tokio::test]
async fn values_of_every_kind_come_back_as_they_are() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let mut payload = steps();
    payload["openGId"] = "tGid\u{1f600}\"\\/\n".into();
    payload["deep"] = json!({ "list": [null, true, -1, 0.5, 18_446_744_073_709_551_615_u64, "名", {}] });
    let reply = app.decrypt(&alice.access, sealed(SESSION_KEY, &payload)).await;
    assert_eq!(reply.json()["data"], payload);
}

#[tokio::test]
async fn a_phone_payload_opens_and_is_not_bound() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let reply = app.decrypt(&alice.access, sealed(SESSION_KEY, &payload())).await;
    assert_eq!(reply.json()["data"], payload());
    assert_eq!(app.me(&alice.access).await.json().get("phone"), None);
}

#[tokio::test]
async fn a_fresh_code_brings_the_key() {
    let app = Setup::with_wechat(people_of_changing_keys()).start().await;
    let alice = app.logged_in("alice").await;
    let mut body = sealed(OTHER_SESSION_KEY, &steps());
    body["code"] = code_of("alice", 2).into();
    assert_eq!(app.decrypt(&alice.access, body).await.status, 200);
    for key in [SESSION_KEY, OTHER_SESSION_KEY] {
        let reply = app.decrypt(&alice.access, sealed(key, &steps())).await;
        assert_eq!(reply.status, 200, "both are kept from now on");
    }
}

#[tokio::test]
async fn data_that_do_not_open_are_told_by_where_the_key_came_from() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let mut table = String::new();
    for (name, body) in [
        ("another key", sealed(OTHER_SESSION_KEY, &steps())),
        ("no object", sealed(SESSION_KEY, &json!([1]))),
        ("no watermark", sealed(SESSION_KEY, &json!({ "stepInfoList": [] }))),
        (
            "no JSON",
            json!({ "encrypted_data": encrypt(SESSION_KEY, b"no JSON"), "iv": IV }),
        ),
        (
            "no UTF-8",
            json!({ "encrypted_data": encrypt(SESSION_KEY, b"\xff\xfe"), "iv": IV }),
        ),
        (
            "garbage",
            json!({ "encrypted_data": "AAAAAAAAAAAAAAAAAAAAAA==", "iv": IV }),
        ),
    ] {
        let kept = app.decrypt(&alice.access, body.clone()).await;
        let mut body = body;
        body["code"] = code_of("alice", 2).into();
        let fresh = app.decrypt(&alice.access, body).await;
        writeln!(
            table,
            "{name}\n    kept key: {}\n    fresh key: {}",
            kept.brief(),
            fresh.brief()
        )
        .unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn data_of_another_app_are_refused() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let mut other = steps();
    other["watermark"]["appid"] = "wx00000000000000b2".into();
    let reply = app.decrypt(&alice.access, sealed(SESSION_KEY, &other)).await;
    assert_eq!(reply.brief(), "422 watermark_mismatch fix_request");
}

#[tokio::test]
async fn a_code_that_is_not_the_persons_is_refused() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    for (code, refusal) in [
        (BAD_CODE.to_owned(), "code_invalid"),
        (code_of("bob", 1), "code_invalid"),
    ] {
        let mut body = sealed(SESSION_KEY, &steps());
        body["code"] = code.into();
        assert_eq!(app.decrypt(&alice.access, body).await.code(), refusal);
    }
}

#[tokio::test]
async fn what_is_malformed_is_said_before_wechat_is_asked() {
    let mut setup = Setup::default();
    let alice = setup.clone().start().await.logged_in("alice").await;
    setup.wechat = Arc::new(MockCodeExchange::never());
    let app = setup.start().await;
    let good = encrypt(SESSION_KEY, steps().to_string().as_bytes());
    let mut table = String::new();
    for (name, body) in [
        ("nothing", json!({})),
        ("nulls", json!({ "encrypted_data": null, "iv": null, "code": null })),
        ("code alone", json!({ "code": "a" })),
        ("encrypted_data alone", json!({ "encrypted_data": good })),
        ("iv alone", json!({ "iv": IV })),
        ("empty", json!({ "encrypted_data": "", "iv": "" })),
        ("wrong types", json!({ "encrypted_data": {}, "iv": true })),
        ("no base64", json!({ "encrypted_data": "?", "iv": IV })),
        (
            "a blank for a +",
            json!({ "encrypted_data": "AAA AAAAAAAAAAAAAAAAAA==", "iv": IV }),
        ),
        ("cut", json!({ "encrypted_data": &good[..20], "iv": IV })),
        (
            "iv too long",
            json!({ "encrypted_data": good, "iv": "AAAAAAAAAAAAAAAAAAAAAAA=" }),
        ),
        ("code empty", json!({ "encrypted_data": good, "iv": IV, "code": "" })),
        (
            "code malformed",
            json!({ "encrypted_data": good, "iv": IV, "code": "a b" }),
        ),
        ("code a number", json!({ "encrypted_data": good, "iv": IV, "code": 1 })),
        ("a phone code", json!({ "phone_code": "a" })),
        ("names of wx", json!({ "encryptedData": good, "iv": IV })),
    ] {
        let call = Call::post("/v1/me/decrypt")
            .bearer(&alice.access)
            .language("en")
            .json(&body);
        writeln!(table, "{name}: {}", app.send(call).await.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn a_live_session_is_needed() {
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    let body = sealed(SESSION_KEY, &steps());
    assert_eq!(
        app.send(Call::post("/v1/me/decrypt").json(&body)).await.code(),
        "unauthorized"
    );
    app.logout(&alice.access).await;
    assert_eq!(app.decrypt(&alice.access, body).await.code(), "session_revoked");
}
