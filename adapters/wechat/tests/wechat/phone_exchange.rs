//! Phone codes: each is one call, which is billed.

use std::sync::Arc;

use futures_util::future::join;
use tokio::sync::Notify;

use crate::fixture::{app, connect, openid, phone_code, shown, well, well_reply};
use crate::server::{Reply, Server};

#[tokio::test]
async fn a_double_tap_is_one_call() {
    let told = Arc::new(Notify::new());
    let server = {
        let told = Arc::clone(&told);
        Server::start(move |request, _| match request.api() {
            "getuserphonenumber" => Reply::JsonAfter(Arc::clone(&told), well(request)),
            _ => well_reply(request),
        })
        .await
    };
    let wechat = connect(server.url());
    let (app, openid, code) = (app(), openid(), phone_code("a"));
    let exchange = || wechat.phone_exchange.exchange_phone(&app, &openid, &code);
    let taps = async {
        let both = join(exchange(), exchange());
        told.notify_one();
        both.await
    };
    let (one, two) = taps.await;
    assert_eq!((shown(&one), shown(&two)), ("ok".into(), "ok".into()));
    assert_eq!(shown(&exchange().await), "CodeInvalid");
    assert_eq!(server.received("getuserphonenumber").len(), 1);
}

#[tokio::test]
async fn the_call_goes_on_when_its_caller_leaves() {
    let told = Arc::new(Notify::new());
    let server = {
        let told = Arc::clone(&told);
        Server::start(move |request, _| match request.api() {
            "stable_token" => Reply::JsonAfter(Arc::clone(&told), well(request)),
            _ => well_reply(request),
        })
        .await
    };
    let wechat = connect(server.url());
    let (app, openid, code) = (app(), openid(), phone_code("a"));
    let mut first = wechat.phone_exchange.exchange_phone(&app, &openid, &code);
    assert!(futures_util::poll!(&mut first).is_pending());
    drop(first);
    told.notify_one();
    let second = wechat.phone_exchange.exchange_phone(&app, &openid, &code);
    assert_eq!(shown(&second.await), "ok");
    assert_eq!(server.received("getuserphonenumber").len(), 1);
}
