//! The platform's own examples, as they stand.

use insta::assert_json_snapshot;
use serde_json::json;
use wxlogin_domain::identity::AppId;

use crate::app::{APPID, Setup, TestApp};
use crate::call::Call;

/// The app of the encrypted example; its `EncodingAESKey` is 43 times `A`, its token `AAAAA`.
const APPID_OF_EXAMPLE: &str = "wxba5fad812f8e6fb9";
pub const ENCRYPT: &str = "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F9mFUPAJGj04=";
const QUERY: &str =
    "timestamp=1714112445&nonce=415670741&encrypt_type=aes&msg_signature=046e02f8204d34f8ba5fa3b1db94908f3df2e9b3";

async fn at_the_example() -> TestApp {
    Setup::with_config(|config| {
        config.apps[0].appid = AppId::parse(APPID_OF_EXAMPLE).unwrap();
        config.apps[0].push_token = Some("AAAAA".into());
        config.apps[0].push_aes_key = Some("A".repeat(43).into());
    })
    .start()
    .await
}

#[tokio::test]
async fn the_url_check_is_echoed() {
    let app = TestApp::new().await;
    let reply = app
        .get(&format!(
            "/v1/wechat/{APPID}/events?signature=f464b24fc39322e44b38aa78f5edd27bd1441696&timestamp=1714036504\
             &nonce=1514711492&echostr=4375120948345356249"
        ))
        .await;
    assert_json_snapshot!(reply.shown());
}

#[tokio::test]
async fn the_echo_is_what_came_and_never_markup() {
    let app = TestApp::new().await;
    for (written, echoed) in [
        ("%3Cscript%3Ealert(1)%3C/script%3E", "<script>alert(1)</script>"),
        ("a%2Bb+c", "a+b c"),
        ("%E5%BE%AE", "微"),
        ("", ""),
    ] {
        let reply = app
            .get(&format!(
                "/v1/wechat/{APPID}/events?signature=f464b24fc39322e44b38aa78f5edd27bd1441696&timestamp=1714036504\
                 &nonce=1514711492&echostr={written}"
            ))
            .await;
        assert_eq!((reply.status, reply.text()), (200, echoed), "{written}");
        assert_eq!(reply.header("content-type"), Some("text/plain; charset=utf-8"));
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"));
    }
}

#[tokio::test]
async fn the_message_in_secure_mode_is_taken() {
    let app = at_the_example().await;
    let path = format!("/v1/wechat/{APPID_OF_EXAMPLE}/events?{QUERY}");
    let body = json!({ "ToUserName": "gh_97417a04a28d", "Encrypt": ENCRYPT });
    let reply = app.send(Call::post(&path).json(&body)).await;
    assert_json_snapshot!(reply.shown());
    let xml = format!("<xml><ToUserName>gh_97417a04a28d</ToUserName><Encrypt><![CDATA[{ENCRYPT}]]></Encrypt></xml>");
    let reply = app.send(Call::post(&path).content_type("text/xml").body(xml)).await;
    assert_eq!((reply.status, reply.text()), (200, "success"));
    assert!(app.audit("").await.is_empty(), "it does not concern a login service");
}

#[tokio::test]
async fn the_message_is_of_that_app_alone() {
    let setup = Setup::with_config(|config| {
        let mut second = config.apps[0].clone();
        second.appid = AppId::parse(APPID_OF_EXAMPLE).unwrap();
        config.apps.push(second);
    });
    let app = setup.start().await;
    let body = json!({ "ToUserName": "gh_97417a04a28d", "Encrypt": ENCRYPT });
    let call = Call::post(&format!("/v1/wechat/{APPID}/events?{QUERY}")).json(&body);
    assert_json_snapshot!(app.send(call.language("en")).await.shown());
}
