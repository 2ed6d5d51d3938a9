//! One call of each kind, made one after the other.

use serde_json::json;

use crate::app::{LoggedIn, TestApp};
use crate::reply::Reply;

/// Everything that a client can do with the tokens of a session, by name.
pub async fn everything(app: &TestApp, login: &LoggedIn) -> Vec<(&'static str, Reply)> {
    vec![
        ("refresh", app.refresh(&login.refresh).await),
        ("GET me", app.me(&login.access).await),
        (
            "PATCH me",
            app.change_me(&login.access, json!({ "nickname": "Al" })).await,
        ),
        ("verify", app.verify(&login.access).await),
        ("logout", app.logout(&login.access).await),
        (
            "logout of all",
            app.logout_with(&login.access, json!({ "all": true })).await,
        ),
    ]
}

/// A line per call.
pub fn table(replies: &[(&str, Reply)]) -> String {
    let line = |(name, reply): &(&str, Reply)| format!("{name}: {}\n", reply.brief());
    replies.iter().map(line).collect()
}
