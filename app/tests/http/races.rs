//! Requests of one person that run at the same time.

use std::collections::HashSet;
use std::sync::Arc;

use async_trait::async_trait;
use serde_json::json;
use tokio::sync::Barrier;
use wxlogin_domain::code::JsCode;
use wxlogin_domain::identity::AppId;
use wxlogin_domain::ports::code_exchange::{CodeExchange, CodeExchangeError, CodeSession};

use crate::app::{LoggedIn, Setup, TestApp};
use crate::token::RefreshTokenParts;
use crate::wechat::{code_of, session};

/// Answers nobody before so many have asked, and says that all of them are one person.
struct AtOnce(Barrier);

#[async_trait]
impl CodeExchange for AtOnce {
    async fn exchange(&self, app: &AppId, _: &JsCode) -> Result<CodeSession, CodeExchangeError> {
        self.0.wait().await;
        Ok(session(app, "o-alice", Some("u-alice")))
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn first_logins_at_the_same_time_make_one_account() {
    const LOGINS: u32 = 8;
    let wechat = AtOnce(Barrier::new(LOGINS as usize));
    let app = Arc::new(Setup::with_wechat(wechat).start().await);
    let logins = (1..=LOGINS).map(|number| {
        let app = Arc::clone(&app);
        tokio::spawn(async move { app.login(json!({ "code": code_of("alice", number) })).await })
    });
    let (mut new_accounts, mut accounts, mut sessions) = (0, HashSet::new(), HashSet::new());
    for login in logins.collect::<Vec<_>>() {
        let reply = login.await.unwrap();
        new_accounts += u32::from(reply.json()["is_new_account"] == true);
        let tokens = LoggedIn::from(&reply);
        assert_eq!(app.verify(&tokens.access).await.status, 204);
        accounts.insert(tokens.account);
        sessions.insert(RefreshTokenParts::of(&tokens.refresh).session.to_string());
    }
    assert_eq!((new_accounts, accounts.len(), sessions.len()), (1, 1, LOGINS as usize));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn refreshes_with_one_token_at_the_same_time_have_one_successor() {
    let app = Arc::new(TestApp::new().await);
    let login = app.logged_in("alice").await;
    let refreshes = (0..8).map(|_| {
        let (app, token) = (Arc::clone(&app), login.refresh.clone());
        tokio::spawn(async move { app.refreshed(&token).await.refresh })
    });
    let mut successors = HashSet::new();
    for refresh in refreshes.collect::<Vec<_>>() {
        successors.insert(refresh.await.unwrap());
    }
    assert_eq!(successors.len(), 1);
    let successor = successors.into_iter().next().unwrap();
    assert_eq!(app.refresh(&successor).await.status, 200);
}
