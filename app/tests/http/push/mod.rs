//! `GET` and `POST /v1/wechat/{appid}/events`: what WeChat pushes.

mod cancellation;
mod formats;
mod in_the_clear;
mod other_events;
mod refusals;
mod repeats;
mod revocation;
pub mod vector;

use crate::app::{APPID, TestApp};
use crate::call::Call;
use crate::reply::Reply;
use crate::sealing::{event, sealed};

/// Checks that WeChat is told not to repeat it.
fn assert_taken(reply: &Reply) {
    assert_eq!((reply.status, reply.text()), (200, "success"), "{reply:?}");
    assert_eq!(reply.header("content-type"), Some("text/plain; charset=utf-8"));
}

/// Sends a push, which has to be taken.
async fn push(app: &TestApp, call: Call) {
    assert_taken(&app.send(call).await);
}

/// WeChat tells that a person ended their account with the app.
async fn cancel(app: &TestApp, openid: &str) {
    let message = event("user_authorization_cancellation", openid).to_string();
    push(app, sealed(APPID, &message)).await;
}
