//! `checksession`, and what `resetusersessionkey` checks as well.

use poem::http::Method;
use serde_json::json;

use crate::client::{Client, OTHER_APPID, OTHER_SECRET, assert_errcode, body_of, session_signature, signed_path};

#[tokio::test]
async fn the_current_key_is_good_until_it_rotates() {
    let client = Client::new();
    let identity = client.log_in(json!({"user": "bob"})).await;
    let [openid, key] = ["openid", "session_key"].map(|field| identity[field].as_str().unwrap());
    let token = client.access_token().await;

    let good = client.check_session(&token, openid, key).await;
    let answer = client.control("/sandbox/rotate", &json!({"user": "bob"})).await;
    let stale = client.check_session(&token, openid, key).await;

    assert_eq!(good, json!({"errcode": 0, "errmsg": "ok"}));
    assert_eq!(answer, json!({}));
    assert_errcode(&stale, 87009, "invalid signature");
}

#[tokio::test]
async fn everything_sent_is_checked() {
    let client = Client::new();
    let identity = client.log_in(json!({})).await;
    let [openid, key] = ["openid", "session_key"].map(|field| identity[field].as_str().unwrap());
    let token = client.access_token().await;
    for api in ["checksession", "resetusersessionkey"] {
        everything_is_checked(&client, api, &token, openid, key).await;
    }
    client.advance(7201).await;
    for api in ["checksession", "resetusersessionkey"] {
        let path = signed_path(api, &token, openid, key);
        let expired = body_of(client.get(&path).await).await;
        assert_errcode(&expired, 42001, "access_token expired");
    }
}

async fn everything_is_checked(client: &Client, api: &str, token: &str, openid: &str, key: &str) {
    let signature = session_signature(key);
    let good = signed_path(api, token, openid, key);
    let invalid_token = "invalid credential, access_token is invalid or not latest";

    for (path, errcode, text) in [
        (good.replace("access_token", "token"), 41001, "access_token missing"),
        (good.replace(token, ""), 41001, "access_token missing"),
        (good.replace(token, "a%20b"), 40014, "invalid access_token"),
        (good.replace(token, &format!("{token}=")), 40014, "invalid access_token"),
        (good.replace(token, "x"), 40001, invalid_token),
        (good.replace(openid, "oNobody"), 40003, "invalid openid"),
        (good.replace("openid", "id"), 40003, "invalid openid"),
        (
            good.replace(&signature, &signature.to_uppercase()),
            87009,
            "invalid signature",
        ),
        (good.replace("signature", "sign"), 87009, "invalid signature"),
        (good.replace("hmac_sha256", "md5"), 87009, "invalid signature"),
        (good.replace("sig_method", "m"), 87009, "invalid signature"),
    ] {
        let response = client.get(&path).await;
        response.assert_status_is_ok();
        assert_errcode(&body_of(response).await, errcode, text);
    }
    let response = client.send(Method::POST, &good, "").await;
    assert_errcode(&body_of(response).await, 43001, "require GET method");
}

#[tokio::test]
async fn a_token_speaks_for_its_own_apps_users_only() {
    let client = Client::with_two_apps();
    let identity = client.log_in(json!({"appid": wxlogin_sandbox::DEFAULT_APPID})).await;
    let other = client
        .stable_token(&json!({
            "grant_type": "client_credential",
            "appid": OTHER_APPID,
            "secret": OTHER_SECRET,
        }))
        .await;

    let answer = client
        .check_session(
            other["access_token"].as_str().unwrap(),
            identity["openid"].as_str().unwrap(),
            identity["session_key"].as_str().unwrap(),
        )
        .await;

    assert_errcode(&answer, 40003, "invalid openid");
}
