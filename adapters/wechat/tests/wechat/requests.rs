//! What is sent, to the letter.

use std::fmt::Write as _;

use crate::fixture::{
    AMPLE, app, connect, credentials, js_code, openid, phone_code, platform, session_key, well_reply,
};
use crate::server::Server;
use wxlogin_wechat::stable_token::probe;

#[tokio::test]
async fn each_call_is_made_as_the_platform_wants_it() {
    let server = Server::start(|request, _| well_reply(request)).await;
    let wechat = connect(server.url());
    let (app, openid) = (app(), openid());
    wechat
        .code_exchange
        .exchange(&app, &js_code("login-code"))
        .await
        .unwrap();
    assert!(
        server.received("stable_token").is_empty(),
        "a plain login needs no token"
    );
    let code = phone_code("phone-code");
    let phone = wechat.phone_exchange.exchange_phone(&app, &openid, &code).await;
    let phone = phone.ok().unwrap();
    assert_eq!(
        (phone.country_code.as_str(), phone.pure_phone_number.as_str()),
        ("86", "13580006666")
    );
    assert!(
        wechat
            .session_key_checks
            .is_current(&app, &openid, &session_key())
            .await
            .unwrap()
    );
    let key = wechat
        .session_key_checks
        .reset(&app, &openid, &session_key())
        .await
        .unwrap();
    assert_eq!(key.expose_text(), crate::fixture::NEW_KEY);
    probe(&platform(server.url(), AMPLE), &credentials()).await.unwrap();

    let mut sent = String::new();
    for request in server.all_received() {
        writeln!(sent, "{} {}", request.method, request.path).unwrap();
        for (name, value) in url::form_urlencoded::parse(request.query.as_bytes()) {
            writeln!(sent, "    {name} = {value}").unwrap();
        }
        if !request.body.is_empty() {
            writeln!(sent, "    {}", request.body).unwrap();
        }
    }
    insta::assert_snapshot!(sent);
}

#[tokio::test]
async fn the_health_tells_how_the_calls_went() {
    let server = Server::start(|request, before| match request.api() {
        "jscode2session" if before == 1 => crate::fixture::refusal(40029, "invalid code"),
        "jscode2session" if before == 2 => crate::server::Reply::Raw(Vec::new()),
        _ => well_reply(request),
    })
    .await;
    let wechat = connect(server.url());
    for code in ["a", "b", "c", "d"] {
        let _ = wechat.code_exchange.exchange(&app(), &js_code(code)).await;
    }
    let mut health = String::new();
    for app in wechat.health.health() {
        let (circuit, in_flight) = (app.login_circuit.as_str(), app.in_flight);
        writeln!(health, "{} circuit {circuit}, {in_flight} in flight", app.app).unwrap();
        for count in app.calls {
            writeln!(health, "    {:<19} {:<8} {}", count.api, count.outcome, count.count).unwrap();
        }
    }
    insta::assert_snapshot!(health);
}

#[tokio::test]
async fn an_unknown_app_is_refused_as_the_platform_would() {
    let server = Server::start(|request, _| well_reply(request)).await;
    let other = wxlogin_domain::identity::AppId::parse("wxba5fad812f8e6fb9").unwrap();
    let outcome = connect(server.url())
        .code_exchange
        .exchange(&other, &js_code("a"))
        .await;
    assert_eq!(
        crate::fixture::shown(&outcome),
        "Wechat(AppMisconfigured { errcode: 40013 })"
    );
    assert!(server.all_received().is_empty());
}
