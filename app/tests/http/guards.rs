//! What is checked of every answer is worth something only if a bad answer is noticed.

use serde_json::{Value, json};
use wxlogin::config::Config;

use crate::app::TestApp;
use crate::call::Call;
use crate::privacy::Privacy;
use crate::reply::Reply;
use crate::secrets::Secrets;
use crate::wechat::{SESSION_KEY, phone_code_of};
use crate::{documented, form, rate_headers};

async fn account_with(name: &str, value: Value) -> Reply {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let mut reply = app.me(&login.access).await;
    let mut body = reply.json();
    body[name] = value;
    reply.body = body.to_string().into_bytes();
    reply
}

async fn problem_with(name: &str, value: Value) -> Reply {
    let mut reply = TestApp::new().await.get("/v1/me").await;
    let mut body = reply.json();
    body[name] = value;
    reply.body = body.to_string().into_bytes();
    reply
}

#[tokio::test]
#[should_panic(expected = "is in the body")]
async fn a_session_key_in_a_body() {
    let reply = account_with("nickname", SESSION_KEY.into()).await;
    Secrets::of(&Config::for_testing()).check(&Call::get("/v1/me"), &reply);
}

#[tokio::test]
#[should_panic(expected = "is in the body")]
async fn a_code_in_a_body() {
    let secrets = Secrets::of(&Config::for_testing());
    secrets.note_request(&Call::post("/v1/login").json(&json!({ "code": "code-of-alice-1" })));
    let reply = problem_with("detail", "40029 for code-of-alice-1".into()).await;
    secrets.check(&Call::get("/v1/me"), &reply);
}

#[tokio::test]
#[should_panic(expected = "is in x-request-id")]
async fn a_code_in_a_header() {
    let secrets = Secrets::of(&Config::for_testing());
    secrets.note_request(&Call::post("/v1/login").json(&json!({ "code": "code-of-alice-1" })));
    let app = TestApp::new().await;
    let call = Call::get("/livez").request_id("code-of-alice-1");
    secrets.check(&call, &app.send(call.clone()).await);
}

#[tokio::test]
#[should_panic(expected = "is in the body")]
async fn a_token_that_was_introspected_in_a_body() {
    let secrets = Secrets::of(&Config::for_testing());
    secrets.note_request(&Call::post("/v1/introspect").form(&[("token", "token-of-alice")]));
    let reply = account_with("nickname", "token-of-alice".into()).await;
    secrets.check(&Call::get("/v1/me"), &reply);
}

#[tokio::test]
#[should_panic(expected = "is in the body")]
async fn the_password_of_a_caller_in_a_body() {
    let secrets = Secrets::of(&Config::for_testing());
    secrets.note_request(&Call::get("/v1/me").basic("orders", "password-of-orders"));
    let reply = account_with("nickname", "password-of-orders".into()).await;
    secrets.check(&Call::get("/v1/me"), &reply);
}

#[tokio::test]
#[should_panic(expected = "is in the body")]
async fn an_api_key_after_it_was_handed_out() {
    let secrets = Secrets::of(&Config::for_testing());
    let mut reply = TestApp::new().await.make_api_key("orders", &["introspect"]).await;
    secrets.check(&Call::post("/admin/v1/api-keys"), &reply);
    reply.body = json!({ "api_keys": [reply.json()] }).to_string().into_bytes();
    secrets.check(&Call::get("/admin/v1/api-keys"), &reply);
}

#[tokio::test]
#[should_panic(expected = "203.0.113.9 is in")]
async fn an_address_in_an_answer() {
    let privacy = Privacy::default();
    privacy.note_request(&Call::get("/v1/me").at_peer("203.0.113.9"));
    let reply = account_with("nickname", "at 203.0.113.9".into()).await;
    privacy.check(&Call::get("/v1/me"), &reply);
}

#[tokio::test]
#[should_panic(expected = "o-alice is in the audit log")]
async fn an_openid_in_the_audit_log() {
    let privacy = Privacy::default();
    let mut reply = account_with("nickname", "Alice".into()).await;
    privacy.check(&Call::get("/v1/me"), &reply);
    reply.body = json!({ "events": [{ "detail": "by openid o-alice" }] })
        .to_string()
        .into_bytes();
    privacy.check(&Call::get("/admin/v1/audit"), &reply);
}

#[tokio::test]
#[should_panic(expected = "o-alice of an erased account is in")]
async fn the_openid_of_an_erased_account() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.erase(&login.account).await;
    app.send(Call::get("/livez").request_id("o-alice")).await;
}

#[tokio::test]
#[should_panic(expected = "session_key is not described")]
async fn a_field_that_the_document_does_not_know() {
    let reply = account_with("session_key", "a".into()).await;
    documented::check(&Call::get("/v1/me"), &reply);
}

#[tokio::test]
#[should_panic(expected = "is no \"string\"")]
async fn a_null_where_a_field_should_be_absent() {
    let reply = account_with("nickname", Value::Null).await;
    documented::check(&Call::get("/v1/me"), &reply);
}

#[tokio::test]
#[should_panic(expected = "`code_invalid` is not documented")]
async fn a_code_that_the_document_does_not_list_for_the_operation() {
    let reply = problem_with("code", "code_invalid".into()).await;
    documented::check(&Call::get("/v1/me"), &reply);
}

#[tokio::test]
#[should_panic(expected = "409 is not documented")]
async fn a_status_that_the_document_does_not_list_for_the_operation() {
    let mut reply = problem_with("status", 409.into()).await;
    reply.status = 409;
    documented::check(&Call::get("/v1/me"), &reply);
}

#[tokio::test]
#[should_panic(expected = "nonsense is not in the catalogue")]
async fn a_code_of_nobodys() {
    form::check(&problem_with("code", "nonsense".into()).await);
}

#[tokio::test]
#[should_panic(expected = "assertion `left == right` failed")]
async fn an_action_other_than_the_catalogues() {
    form::check(&problem_with("action", "retry".into()).await);
}

#[tokio::test]
#[should_panic(expected = "is in the body")]
async fn a_phone_code_in_a_body() {
    let secrets = Secrets::of(&Config::for_testing());
    let code = phone_code_of("alice", "13800138000");
    secrets.note_request(&Call::put("/v1/me/phone").json(&json!({ "phone_code": code })));
    let reply = account_with("nickname", code.into()).await;
    secrets.check(&Call::get("/v1/me"), &reply);
}

#[tokio::test]
#[should_panic(expected = "is in the body")]
async fn the_key_of_a_message_push_in_a_body() {
    let reply = account_with("nickname", "A".repeat(43).into()).await;
    Secrets::of(&Config::for_testing()).check(&Call::get("/v1/me"), &reply);
}

#[tokio::test]
#[should_panic(expected = "o-bob is told to somebody else")]
async fn the_openid_of_another_person() {
    let privacy = Privacy::default();
    let app = TestApp::new().await;
    let (alice, bob) = (app.logged_in("alice").await, app.logged_in("bob").await);
    let of_bob = app.me(&bob.access).await;
    privacy.check(&Call::get("/v1/me").bearer(&bob.access), &of_bob);
    let mut reply = app.me(&alice.access).await;
    let mut body = reply.json();
    body["nickname"] = "o-bob".into();
    reply.body = body.to_string().into_bytes();
    privacy.check(&Call::get("/v1/me").bearer(&alice.access), &reply);
}

#[tokio::test]
#[should_panic(expected = "o-alice is told to somebody else")]
async fn an_openid_told_to_nobody_in_particular() {
    let privacy = Privacy::default();
    let app = TestApp::new().await;
    let alice = app.logged_in("alice").await;
    privacy.check(&Call::get("/v1/me"), &app.me(&alice.access).await);
    let mut reply = app.get("/livez").await;
    reply.headers.insert("x-open-id".to_owned(), "o-alice".to_owned());
    privacy.check(&Call::get("/livez"), &reply);
}

async fn told(policy: &str, limit: &str) -> Reply {
    let mut reply = TestApp::new().await.get("/v1/me").await;
    reply.headers.insert("ratelimit-policy".to_owned(), policy.to_owned());
    reply.headers.insert("ratelimit".to_owned(), limit.to_owned());
    reply
}

#[tokio::test]
async fn a_good_limit_is_borne() {
    let reply = told(r#""address";q=60;w=60"#, r#""address";r=59;t=1"#).await;
    rate_headers::check(&Call::get("/v1/me"), &reply);
}

#[tokio::test]
#[should_panic(expected = "/livez")]
async fn a_limit_where_nothing_is_counted() {
    let reply = told(r#""address";q=60;w=60"#, r#""address";r=59;t=1"#).await;
    rate_headers::check(&Call::get("/livez"), &reply);
}

#[tokio::test]
#[should_panic(expected = "no number")]
async fn a_limit_of_another_form() {
    let reply = told(r#""address";q=60;w=60"#, r#""address";r=59;t=0.5"#).await;
    rate_headers::check(&Call::get("/v1/me"), &reply);
}

#[tokio::test]
#[should_panic(expected = "assertion `left == right` failed")]
async fn a_limit_that_the_policy_does_not_name() {
    let reply = told(r#""address";q=60;w=60"#, r#""account";r=59;t=1"#).await;
    rate_headers::check(&Call::get("/v1/me"), &reply);
}
