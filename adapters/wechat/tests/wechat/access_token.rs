//! How the calls that need a token come by it.

use std::fmt::Write as _;

use futures_util::future::join_all;
use serde_json::json;
use wxlogin_wechat::Outbound;

use crate::fixture::{app, connect, connect_within, openid, phone_code, refusal, session_key, shown, well, well_reply};
use crate::server::{Reply, Server};

fn grant(token: &str) -> Reply {
    Reply::Json(json!({"access_token": token, "expires_in": 7200}).to_string())
}

#[tokio::test]
async fn a_thousand_callers_fetch_one_token() {
    let server = Server::start(|request, _| well_reply(request)).await;
    // Ten of them get through; it is not the calls themselves that count here.
    let outbound = Outbound {
        max_in_flight: 10,
        ..Outbound::default()
    };
    let wechat = connect_within(server.url(), outbound);
    let (app, openid, key) = (app(), openid(), session_key());
    let callers = (0..1000).map(|_| wechat.session_key_checks.is_current(&app, &openid, &key));
    let outcomes = join_all(callers).await;
    assert!(outcomes.contains(&Ok(true)));
    assert_eq!(server.received("stable_token").len(), 1);
}

#[tokio::test]
async fn a_thousand_callers_share_one_refusal() {
    let server = Server::start(|_, _| refusal(40125, "invalid appsecret")).await;
    let wechat = connect(server.url());
    let (app, openid, key) = (app(), openid(), session_key());
    let callers = (0..1000).map(|_| wechat.session_key_checks.is_current(&app, &openid, &key));
    for outcome in join_all(callers).await {
        assert_eq!(shown(&outcome), "AppMisconfigured { errcode: 40125 }");
    }
    assert_eq!(server.all_received().len(), 1);
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let mut table = String::new();
    for errcode in [40001, 40014, 42001] {
        let server = Server::start(move |request, before| match request.api() {
            "stable_token" => grant(&format!("t{}", before + 1)),
            _ if request.param("access_token") == "t1" => refusal(errcode, "access_token"),
            _ => Reply::Json(well(request)),
        })
        .await;
        let wechat = connect(server.url());
        let phone = async |code| {
            let code = phone_code(code);
            shown(&wechat.phone_exchange.exchange_phone(&app(), &openid(), &code).await)
        };
        writeln!(table, "{errcode}: {}, then {}", phone("a").await, phone("b").await).unwrap();
        for request in server.all_received() {
            writeln!(table, "    {} {}", request.api(), request.param("access_token")).unwrap();
        }
    }
    insta::assert_snapshot!(table);
}

#[tokio::test]
async fn a_platform_that_refuses_every_token_is_asked_twice() {
    let server = Server::start(|request, before| match request.api() {
        "stable_token" => grant(&format!("t{}", before + 1)),
        _ => refusal(40001, "invalid credential"),
    })
    .await;
    let wechat = connect(server.url());
    let (app, openid, code) = (app(), openid(), phone_code("a"));
    let exchange = || wechat.phone_exchange.exchange_phone(&app, &openid, &code);
    assert_eq!(shown(&exchange().await), "Wechat(AppMisconfigured { errcode: 40001 })");
    assert_eq!(server.received("getuserphonenumber").len(), 2);
    assert_eq!(server.received("stable_token").len(), 2);
    // The platform has not looked at the code: it may be sent again.
    assert_eq!(shown(&exchange().await), "Wechat(AppMisconfigured { errcode: 40001 })");
}

#[tokio::test]
async fn a_token_that_comes_back_the_same_is_not_tried_again() {
    let server = Server::start(|request, _| match request.api() {
        "stable_token" => grant("same"),
        _ => refusal(42001, "access_token expired"),
    })
    .await;
    let wechat = connect(server.url());
    let outcome = wechat
        .session_key_checks
        .is_current(&app(), &openid(), &session_key())
        .await;
    assert_eq!(shown(&outcome), "AppMisconfigured { errcode: 42001 }");
    assert_eq!(server.received("checksession").len(), 1);
    assert_eq!(server.received("stable_token").len(), 2);
}

#[tokio::test]
async fn callers_whose_token_is_refused_at_once_share_one_renewal() {
    let server = Server::start(|request, before| match request.api() {
        "stable_token" => grant(&format!("t{}", before + 1)),
        _ if request.param("access_token") == "t1" => refusal(40001, "invalid credential"),
        _ => Reply::Json(well(request)),
    })
    .await;
    let wechat = connect(server.url());
    let (app, openid, key) = (app(), openid(), session_key());
    let callers = (0..50).map(|_| wechat.session_key_checks.is_current(&app, &openid, &key));
    assert!(join_all(callers).await.iter().all(|outcome| *outcome == Ok(true)));
    assert_eq!(server.received("stable_token").len(), 2);
}
