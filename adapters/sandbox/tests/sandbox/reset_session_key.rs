//! `resetusersessionkey`; what it checks is in `check_session`.

use serde_json::json;

use crate::client::{Client, assert_errcode};

#[tokio::test]
async fn the_new_key_is_the_users_from_now_on() {
    let client = Client::new();
    let identity = client.log_in(json!({"user": "bob"})).await;
    let [openid, old] = ["openid", "session_key"].map(|field| identity[field].as_str().unwrap());
    let token = client.access_token().await;

    let answer = client.reset_session_key(&token, openid, old).await;

    let new = answer["session_key"].as_str().unwrap();
    assert_eq!(
        answer,
        json!({"errcode": 0, "errmsg": "ok", "openid": openid, "session_key": new})
    );
    assert_eq!(new.len(), 24);
    assert_ne!(new, old);
    assert_eq!(client.check_session(&token, openid, new).await["errcode"], 0);
    let stale = client.reset_session_key(&token, openid, old).await;
    assert_errcode(&stale, 87009, "invalid signature");
    let kept = client.log_in(json!({"user": "bob", "rotate": false})).await;
    assert_eq!(kept["session_key"], new);
}
