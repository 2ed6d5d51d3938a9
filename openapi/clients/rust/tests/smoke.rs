//! The client against the service itself, with its stand-in WeChat: `openapi/clients/with-service cargo test`.

use std::time::Duration;

use serde_json::{Value, json};
use wxlogin_client::types::{LogoutRequest, ProblemAction, ProblemCode};
use wxlogin_client::{Client, Credentials, ProfileChange, Refusal};

fn setting(name: &str) -> String {
    std::env::var(name).unwrap_or_else(|_| panic!("{name} is set by openapi/clients/with-service"))
}

fn service() -> Client {
    Client::new(&setting("WXLOGIN_URL"), Credentials::none())
}

/// A call of the stand-in's own.
async fn stand_in(path: &str, body: Value) -> Value {
    let url = format!("{}/{path}", setting("WXLOGIN_STAND_IN"));
    let answer = reqwest::Client::new().post(url).json(&body).send().await;
    answer.expect("the stand-in").json().await.expect("JSON")
}

/// What `wx.login` gives.
async fn code(user: &str) -> String {
    let given = stand_in("code", json!({ "user": user })).await;
    given["code"].as_str().expect("a code").to_owned()
}

#[tokio::test]
async fn a_person_logs_in_refreshes_and_logs_out() {
    let client = service();
    let code = code("rust").await;
    let first = client.login().body_map(|body| body.code(code)).send().await;
    let first = first.expect("tokens");
    assert!(first.is_new_account);
    let refresh_token = &first.refresh_token;
    let second = client
        .refresh_token()
        .body_map(|body| body.refresh_token(refresh_token));
    let second = second.send().await.expect("tokens");
    assert_eq!(second.account.id, first.account.id);
    assert_ne!(second.refresh_token, first.refresh_token);

    let person = client.with(Credentials::bearer(&second.access_token).expect("a header"));
    let named = ProfileChange {
        nickname: Some(Some("小明".into())),
        ..ProfileChange::default()
    };
    let account = person.update_me().body(named).send().await.expect("the account");
    assert_eq!(account.nickname.as_deref(), Some("小明"));
    let nameless = ProfileChange {
        nickname: Some(None),
        ..ProfileChange::default()
    };
    let account = person.update_me().body(nameless).send().await.expect("the account");
    assert_eq!(account.nickname, None);

    let logout = person.logout().body(LogoutRequest::default());
    logout.send().await.expect("the end");
    let error = person.get_me().send().await.expect_err("the session has ended");
    let problem = error.problem().expect("a problem");
    assert_eq!(problem.known_code(), Some(ProblemCode::SessionRevoked));
    assert_eq!(problem.action, ProblemAction::Relogin);
    assert_eq!(error.retry_after(), None);
}

#[tokio::test]
async fn a_refusal_says_what_to_do_and_when() {
    stand_in("quota", json!({ "api": "jscode2session", "per_user_per_minute": 1 })).await;
    let client = service();
    let (first, second) = (code("rust-hasty").await, code("rust-hasty").await);
    client
        .login()
        .body_map(|body| body.code(first))
        .send()
        .await
        .expect("tokens");
    let refused = client.login().body_map(|body| body.code(second)).send().await;
    let error = refused.expect_err("that was too frequent");
    let problem = error.problem().expect("a problem");
    assert_eq!(problem.known_code(), Some(ProblemCode::WechatRateLimited));
    assert_eq!(problem.action, ProblemAction::Relogin);
    assert!(problem.retryable && !problem.request_id.is_empty());
    assert!(error.retry_after().expect("a wait") >= Duration::from_secs(1));
}

#[tokio::test]
async fn an_operator_searches_page_by_page() {
    let operator = service().with(Credentials::bearer(&setting("WXLOGIN_ADMIN_KEY")).expect("a header"));
    for user in ["rust-one", "rust-two"] {
        let code = code(user).await;
        service()
            .login()
            .body_map(|body| body.code(code))
            .send()
            .await
            .expect("tokens");
    }
    let page = operator.search_accounts().limit(1).send().await.expect("a page");
    assert_eq!(page.accounts.len(), 1);
    assert!(page.next_cursor.is_some());
}
