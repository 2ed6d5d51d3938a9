//! `POST /v1/login` with the getPhoneNumber button's data: all or nothing.

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::{Value, json};
use wxlogin_domain::identity::AppId;
use wxlogin_domain::ports::code_exchange::MockCodeExchange;
use wxlogin_domain::session_key::SessionKey;

use crate::app::{LoggedIn, NOW, Setup, TestApp};
use crate::call::Call;
use crate::phone_data::{IV, encrypt, payload, payload_with};
use crate::reply::Reply;
use crate::wechat::{SESSION_KEY, code_of, scripted, session};

const OTHER_SESSION_KEY: &str = "tiihtNczf5v6AKRyjwEUhQ==";

/// The platform's own example: user information, not a phone number.
const OFFICIAL_APPID: &str = "wx4f4bc4dec97d474b";
const OFFICIAL_SESSION_KEY: &str = "tiihtNczf5v6AKRyjwEUhQ==";
const OFFICIAL_IV: &str = "r7BXXKkLb8qrSNn05n0qiA==";
const OFFICIAL_ENCRYPTED_DATA: &str = "CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYStslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew==";

async fn login_with(app: &TestApp, encrypted_data: &str, iv: &str) -> Reply {
    let body = json!({ "code": code_of("alice", 1), "encrypted_data": encrypted_data, "iv": iv });
    app.send(Call::post("/v1/login").language("en").json(&body)).await
}

async fn login_with_payload(app: &TestApp, payload: &Value) -> Reply {
    login_with(app, &encrypt(SESSION_KEY, payload.to_string().as_bytes()), IV).await
}

/// A login that failed left nothing behind: the next one is the first.
async fn assert_nothing_was_written(app: &TestApp) {
    let next = app.login_of("alice").await;
    assert_eq!(next.json()["is_new_account"], true, "{next:?}");
    assert_eq!(next.json()["account"].get("phone"), None, "{next:?}");
}

#[tokio::test]
async fn the_number_is_verified_and_bound_in_the_same_call() {
    let app = TestApp::new().await;
    let reply = login_with_payload(&app, &payload()).await;
    assert_json_snapshot!(reply.shown());
    // It stays when a later login brings none.
    let login = app.logged_in("alice").await;
    assert_eq!(
        app.me(&login.access).await.json()["phone"],
        reply.json()["account"]["phone"]
    );
}

#[tokio::test]
async fn a_number_bound_later_replaces_the_one_before() {
    let app = TestApp::new().await;
    login_with_payload(&app, &payload()).await;
    app.advance(60);
    let reply = login_with_payload(&app, &payload_with("/purePhoneNumber", "13900139000")).await;
    assert_eq!(
        reply.json()["account"]["phone"],
        json!({ "number": "+8613900139000", "country_code": "86", "verified_at": "2026-01-28T15:43:56Z" })
    );
}

#[tokio::test]
async fn numbers_are_kept_in_e164() {
    let app = TestApp::new().await;
    let mut table = String::new();
    for (country_code, number) in [
        (json!("86"), "13800138000"),
        (json!(86), "13800138000"),
        (json!("+86"), "13800138000"),
        (json!("852"), "51234567"),
        (json!("886"), "912345678"),
        (json!("1"), "2015550123"),
        (json!("44"), "7400123456"),
        (json!("39"), "0612345678"),
        (json!("86"), ""),
        (json!("86"), "1"),
        (json!("86"), "no number"),
        (json!("86"), "138001380001380013800"),
        (json!(""), "13800138000"),
        (json!("999"), "13800138000"),
        (json!(-86), "13800138000"),
    ] {
        let mut payload = payload_with("/countryCode", country_code.clone());
        payload["purePhoneNumber"] = number.into();
        let reply = login_with_payload(&app, &payload).await;
        let shown = match reply.status {
            200 => reply.json()["account"]["phone"]["number"].to_string(),
            _ => reply.brief(),
        };
        writeln!(table, "{country_code} {number:?}: {shown}").unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn data_under_another_session_key_fail_and_leave_nothing_behind() {
    let app = TestApp::new().await;
    let sealed = encrypt(OTHER_SESSION_KEY, payload().to_string().as_bytes());
    assert_json_snapshot!(login_with(&app, &sealed, IV).await.shown());
    assert_nothing_was_written(&app).await;
}

#[tokio::test]
async fn a_failed_login_does_not_touch_an_account_that_is_there() {
    let app = TestApp::new().await;
    let before = LoggedIn::from(&login_with_payload(&app, &payload()).await);
    let account = app.me(&before.access).await.json();
    app.advance(60);
    let sealed = encrypt(OTHER_SESSION_KEY, payload().to_string().as_bytes());
    assert_eq!(login_with(&app, &sealed, IV).await.code(), "decryption_failed");
    assert_eq!(app.me(&before.access).await.json(), account);
}

#[tokio::test]
async fn padding_and_content_fail_in_the_same_words() {
    let app = TestApp::new().await;
    let valid = encrypt(SESSION_KEY, payload().to_string().as_bytes());
    let without_watermark = json!({ "purePhoneNumber": "13800138000", "countryCode": "86" }).to_string();
    let mut answers = Vec::new();
    for (encrypted_data, iv) in [
        (encrypt(OTHER_SESSION_KEY, payload().to_string().as_bytes()), IV),
        (encrypt(SESSION_KEY, b"no JSON at all"), IV),
        (encrypt(SESSION_KEY, b"\xff\xfe\x00"), IV),
        (encrypt(SESSION_KEY, b""), IV),
        (encrypt(SESSION_KEY, b"[]"), IV),
        (encrypt(SESSION_KEY, without_watermark.as_bytes()), IV),
        // Another vector spoils the first block only.
        (valid.clone(), "AAAAAAAAAAAAAAAAAAAAAA=="),
    ] {
        let body = json!({ "code": code_of("alice", 1), "encrypted_data": encrypted_data, "iv": iv });
        answers.push(app.send(Call::post("/v1/login").request_id("same").json(&body)).await);
    }
    for answer in &answers {
        assert_eq!(answer.code(), "decryption_failed");
        assert_eq!((&answer.headers, &answer.body), (&answers[0].headers, &answers[0].body));
    }
    assert_nothing_was_written(&app).await;
}

#[tokio::test]
async fn data_of_another_app_are_refused() {
    let app = TestApp::new().await;
    let payload = payload_with("/watermark/appid", "wx00000000000000b2");
    assert_json_snapshot!(login_with_payload(&app, &payload).await.shown());
    assert_nothing_was_written(&app).await;
}

#[tokio::test]
async fn old_data_are_refused() {
    let app = TestApp::new().await;
    let payload = payload_with("/watermark/timestamp", NOW - 601);
    assert_json_snapshot!(login_with_payload(&app, &payload).await.shown());
    assert_nothing_was_written(&app).await;
}

#[tokio::test]
async fn data_may_be_ten_minutes_off_either_way() {
    for (seconds, outcome) in [
        (-600, 200),
        (600, 200),
        (-601, 422),
        (601, 422),
        (-NOW, 422),
        (i64::MAX - NOW, 422),
    ] {
        let app = TestApp::new().await;
        let payload = payload_with("/watermark/timestamp", NOW + seconds);
        assert_eq!(login_with_payload(&app, &payload).await.status, outcome, "{seconds}");
    }
}

#[tokio::test]
async fn malformed_data_are_named_before_wechat_is_asked() {
    let app = Setup::with_wechat(MockCodeExchange::never()).start().await;
    let good = encrypt(SESSION_KEY, payload().to_string().as_bytes());
    let mut table = String::new();
    for (name, fields) in [
        ("encrypted_data alone", json!({ "encrypted_data": good })),
        ("iv alone", json!({ "iv": IV })),
        ("iv null", json!({ "encrypted_data": good, "iv": null })),
        ("encrypted_data null", json!({ "encrypted_data": null, "iv": IV })),
        ("encrypted_data empty", json!({ "encrypted_data": "", "iv": IV })),
        ("iv empty", json!({ "encrypted_data": good, "iv": "" })),
        (
            "encrypted_data no base64",
            json!({ "encrypted_data": "不是", "iv": IV }),
        ),
        (
            "a + became a blank",
            json!({ "encrypted_data": "AAA AAAAAAAAAAAAAAAAAA==", "iv": IV }),
        ),
        (
            "base64 for URLs",
            json!({ "encrypted_data": "AAA-_AAAAAAAAAAAAAAAAA==", "iv": IV }),
        ),
        (
            "base64 without padding",
            json!({ "encrypted_data": good, "iv": IV.trim_end_matches('=') }),
        ),
        ("encrypted_data cut", json!({ "encrypted_data": &good[..40], "iv": IV })),
        ("iv no base64", json!({ "encrypted_data": good, "iv": "????" })),
        (
            "iv of 15 bytes",
            json!({ "encrypted_data": good, "iv": "AAAAAAAAAAAAAAAAAAAA" }),
        ),
        (
            "iv of 17 bytes",
            json!({ "encrypted_data": good, "iv": "AAAAAAAAAAAAAAAAAAAAAAA=" }),
        ),
        ("both numbers", json!({ "encrypted_data": 1, "iv": 2 })),
        ("both malformed", json!({ "encrypted_data": "?", "iv": "?" })),
    ] {
        let mut body = fields;
        body["code"] = code_of("alice", 1).into();
        let reply = app.send(Call::post("/v1/login").language("en").json(&body)).await;
        assert_eq!(reply.code(), "invalid_request", "{name}");
        writeln!(table, "{name}: {}", reply.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn the_platforms_own_example_holds_no_phone_number() {
    let mut setup = Setup::with_wechat(scripted(|app, _| {
        let mut session = session(
            app,
            "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
            Some("ocMvos6NjeKLIBqg5Mr9QjxrP1FA"),
        );
        session.session_key = SessionKey::parse(OFFICIAL_SESSION_KEY).unwrap();
        Ok(session)
    }));
    setup.config.apps[0].appid = AppId::parse(OFFICIAL_APPID).unwrap();
    let app = setup.start().await;
    let reply = login_with(&app, OFFICIAL_ENCRYPTED_DATA, OFFICIAL_IV).await;
    assert_eq!(reply.brief(), "422 decryption_failed fix_request");
    assert!(!reply.text().contains(OFFICIAL_SESSION_KEY));
    assert_nothing_was_written(&app).await;
}
