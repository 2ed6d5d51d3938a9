//! One call of each kind, made one after the other.

use serde_json::{Value, json};

use crate::app::{LoggedIn, TestApp};
use crate::phone_data::{IV, encrypt, payload};
use crate::reply::Reply;
use crate::wechat::{SESSION_KEY, phone_code_of};

fn some_data() -> Value {
    json!({ "encrypted_data": encrypt(SESSION_KEY, payload().to_string().as_bytes()), "iv": IV })
}

/// Everything that a client can do with the tokens of a session, by name; what ends it comes last.
pub async fn everything(app: &TestApp, login: &LoggedIn) -> Vec<(&'static str, Reply)> {
    vec![
        ("refresh", app.refresh(&login.refresh).await),
        ("GET me", app.me(&login.access).await),
        (
            "PATCH me",
            app.change_me(&login.access, json!({ "nickname": "Al" })).await,
        ),
        (
            "PUT my phone",
            app.set_phone(
                &login.access,
                json!({ "phone_code": phone_code_of("alice", "13800138000") }),
            )
            .await,
        ),
        ("DELETE my phone", app.remove_phone(&login.access).await),
        ("decrypt", app.decrypt(&login.access, some_data()).await),
        ("check my session key", app.check_session_key(&login.access).await),
        ("reset my session key", app.reset_session_key(&login.access).await),
        ("my export", app.export(&login.access).await),
        ("my sessions", app.sessions(&login.access).await),
        ("verify", app.verify(&login.access).await),
        ("introspect", app.introspect(&login.access).await),
        ("end my session", app.end_session(&login.access, &login.session).await),
        ("logout", app.logout(&login.access).await),
        (
            "logout of all",
            app.logout_with(&login.access, json!({ "all": true })).await,
        ),
        ("revoke the access token", app.revoke(&login.access).await),
        ("revoke the refresh token", app.revoke(&login.refresh).await),
    ]
}

/// Those of them that want a live session.
pub async fn everything_that_wants_a_session(app: &TestApp, login: &LoggedIn) -> Vec<(&'static str, Reply)> {
    let mut replies = everything(app, login).await;
    replies.retain(|(name, _)| *name != "introspect" && !name.starts_with("revoke"));
    replies
}

/// A line per call.
pub fn table(replies: &[(&str, Reply)]) -> String {
    let line = |(name, reply): &(&str, Reply)| {
        let is_introspection = reply.status == 200 && *name == "introspect";
        let said = if is_introspection {
            format!(" {}", reply.text())
        } else {
            String::new()
        };
        format!("{name}: {}{said}\n", reply.brief())
    };
    replies.iter().map(line).collect()
}
