//! What is kept from the platform, and costs nobody a code.

use std::sync::Arc;

use tokio::sync::Notify;
use wxlogin_domain::ports::code_exchange::CodeExchangeError;
use wxlogin_domain::ports::platform_health::Circuit;
use wxlogin_wechat::Outbound;

use crate::fixture::{
    app, connect, connect_within, is_held_back, js_code, openid, phone_code, refusal, session_key, shown, well,
    well_reply,
};
use crate::server::{Reply, Server, http};

#[tokio::test]
async fn a_code_that_found_no_place_may_be_sent_later() {
    let told = Arc::new(Notify::new());
    let server = {
        let told = Arc::clone(&told);
        Server::start(move |request, before| match before {
            0 => Reply::JsonAfter(Arc::clone(&told), well(request)),
            _ => well_reply(request),
        })
        .await
    };
    let outbound = Outbound {
        max_in_flight: 1,
        ..Outbound::default()
    };
    let wechat = connect_within(server.url(), outbound);
    let (app, first, second) = (app(), js_code("first"), js_code("second"));
    let mut slow = wechat.code_exchange.exchange(&app, &first);
    assert!(futures_util::poll!(&mut slow).is_pending());
    // The exchange is a task of its own: it has its place once it has run.
    tokio::task::yield_now().await;
    assert_eq!(wechat.health.health()[0].in_flight, 1);
    let turned_away = wechat.code_exchange.exchange(&app, &second).await;
    assert_eq!(shown(&turned_away), "Wechat(Overloaded { retry_after: 1s })");
    told.notify_one();
    assert_eq!(shown(&slow.await), "ok");
    assert_eq!(shown(&wechat.code_exchange.exchange(&app, &second).await), "ok");
    assert_eq!(server.received("jscode2session").len(), 2);
}

#[tokio::test]
async fn an_ill_platform_is_left_alone() {
    let server = Server::start(|_, _| Reply::Raw(http("500 Internal Server Error", "", "<html>"))).await;
    let wechat = connect(server.url());
    for number in 0..5 {
        let outcome = wechat
            .code_exchange
            .exchange(&app(), &js_code(&format!("code-{number}")))
            .await;
        assert_eq!(shown(&outcome), "Wechat(Unavailable { retry_after: None })");
    }
    assert_eq!(wechat.health.health()[0].login_circuit, Circuit::Open);
    // Twice the same code: not sent, it is not used up.
    for _ in 0..2 {
        match wechat.code_exchange.exchange(&app(), &js_code("spared")).await {
            Err(CodeExchangeError::Wechat(failure)) if is_held_back(failure) => {}
            outcome => panic!("{outcome:?}"),
        }
    }
    assert_eq!(server.all_received().len(), 5);
}

#[tokio::test]
async fn refusals_do_not_make_the_platform_ill() {
    let server = Server::start(|_, _| refusal(40029, "invalid code")).await;
    let wechat = connect(server.url());
    for number in 0..20 {
        let outcome = wechat
            .code_exchange
            .exchange(&app(), &js_code(&format!("code-{number}")))
            .await;
        assert_eq!(shown(&outcome), "CodeInvalid");
    }
    assert_eq!(wechat.health.health()[0].login_circuit, Circuit::Closed);
}

#[tokio::test]
async fn an_exhausted_api_is_left_alone_and_the_others_are_not() {
    let server = Server::start(|request, _| match request.api() {
        "getuserphonenumber" => refusal(45009, "reach max api daily quota limit"),
        _ => well_reply(request),
    })
    .await;
    let wechat = connect(server.url());
    for code in ["a", "b", "c"] {
        let outcome = wechat
            .phone_exchange
            .exchange_phone(&app(), &openid(), &phone_code(code))
            .await;
        assert_eq!(shown(&outcome), "Wechat(QuotaExhausted)");
    }
    assert_eq!(server.received("getuserphonenumber").len(), 1);
    let current = wechat
        .session_key_checks
        .is_current(&app(), &openid(), &session_key())
        .await;
    assert_eq!(current, Ok(true));
}

#[tokio::test]
async fn too_frequent_logins_hold_nobody_up() {
    let server = Server::start(|_, _| refusal(45011, "api minute-quota reach limit")).await;
    let wechat = connect(server.url());
    for code in ["a", "b", "c"] {
        let outcome = wechat.code_exchange.exchange(&app(), &js_code(code)).await;
        assert_eq!(shown(&outcome), "Wechat(RateLimited { retry_after: 60s })");
    }
    assert_eq!(server.all_received().len(), 3);
}
