//! What is refused, and in which words: an operator who sets the push up reads them.

use std::fmt::Write as _;

use insta::{assert_json_snapshot, assert_snapshot};
use serde_json::json;
use wxlogin_domain::identity::AppId;

use crate::app::{APPID, Setup, TestApp};
use crate::call::Call;
use crate::sealing::{as_xml, event, in_the_clear, seal, sealed, secure_push};

const GOOD_CHECK: &str =
    "signature=f464b24fc39322e44b38aa78f5edd27bd1441696&timestamp=1714036504&nonce=1514711492&echostr=a";

fn check_url(query: &str) -> Call {
    Call::get(&format!("/v1/wechat/{APPID}/events?{query}"))
}

fn message() -> String {
    event("user_authorization_cancellation", "o-alice").to_string()
}

/// The app `wx00000000000000b2` is configured, and has no message push.
async fn with_an_app_without_push() -> TestApp {
    Setup::with_config(|config| {
        let mut second = config.apps[0].clone();
        second.appid = AppId::parse("wx00000000000000b2").unwrap();
        (second.push_token, second.push_aes_key) = (None, None);
        config.apps.push(second);
    })
    .start()
    .await
}

#[tokio::test]
async fn a_url_check_is_refused_by_parameter() {
    let app = with_an_app_without_push().await;
    let without = |name: &str| {
        let rest: Vec<&str> = GOOD_CHECK.split('&').filter(|pair| !pair.starts_with(name)).collect();
        rest.join("&")
    };
    let mut table = String::new();
    for (name, call) in [
        ("without signature", check_url(&without("signature"))),
        ("without timestamp", check_url(&without("timestamp"))),
        ("without nonce", check_url(&without("nonce"))),
        ("without echostr", check_url(&without("echostr"))),
        ("without anything", check_url("")),
        ("a wrong signature", check_url(&GOOD_CHECK.replace("f464", "f465"))),
        ("in capitals", check_url(&GOOD_CHECK.replace("f464b", "F464B"))),
        ("another nonce", check_url(&GOOD_CHECK.replace("nonce=1", "nonce=2"))),
        (
            "nonce and timestamp run together",
            check_url(&GOOD_CHECK.replace("1714036504&nonce=", "17140365&nonce=04")),
        ),
        (
            "an app that is not configured",
            Call::get(&format!("/v1/wechat/wx00000000000000c3/events?{GOOD_CHECK}")),
        ),
        (
            "no appid",
            Call::get(&format!("/v1/wechat/nonsense/events?{GOOD_CHECK}")),
        ),
        (
            "an app without push",
            Call::get(&format!("/v1/wechat/wx00000000000000b2/events?{GOOD_CHECK}")),
        ),
    ] {
        writeln!(table, "{name}: {}", app.send(call.language("en")).await.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn a_message_is_refused_by_what_is_wrong_with_it() {
    let app = with_an_app_without_push().await;
    let alice = app.login(json!({ "code": "code-of-alice-1", "appid": APPID })).await;
    let alice = crate::app::LoggedIn::from(&alice);
    let good = sealed(APPID, &message());
    let without = |name: &str| {
        let (path, query) = good.path.split_once('?').unwrap();
        let rest: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with(name)).collect();
        Call {
            path: format!("{path}?{}", rest.join("&")),
            ..good.clone()
        }
    };
    let signed = |body: &str| secure_push(APPID, &seal(APPID, &message()), body);
    let encrypted = |encrypted: &str| secure_push(APPID, encrypted, &json!({ "Encrypt": encrypted }).to_string());
    let for_other_app = seal("wx00000000000000b2", &message());
    let sealed_garbage = |text: &str| sealed(APPID, text);
    let with_dtd = r#"<!DOCTYPE xml [<!ENTITY a "b">]><xml><Event>&a;</Event></xml>"#;
    let bombed = r#"<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]><xml><Encrypt>&a;</Encrypt></xml>"#;
    let mut table = String::new();
    for (name, call) in [
        ("without timestamp", without("timestamp")),
        ("without nonce", without("nonce")),
        ("without msg_signature", without("msg_signature")),
        (
            "a wrong msg_signature",
            Call {
                path: good.path.replace("msg_signature=", "msg_signature=0"),
                ..good.clone()
            },
        ),
        (
            "a signature of something else",
            signed(&json!({ "Encrypt": seal(APPID, "{}") }).to_string()),
        ),
        ("in the clear", in_the_clear(APPID, &message())),
        (
            "in the clear, unsigned",
            Call::post(&format!("/v1/wechat/{APPID}/events")).body(message()),
        ),
        ("in the clear, said to be encrypted", signed(&message())),
        ("sealed for another app", encrypted(&for_other_app)),
        ("no base64", encrypted("?")),
        ("no whole blocks", encrypted("AAAA")),
        ("zeroes", encrypted("AAAAAAAAAAAAAAAAAAAAAA==")),
        ("a cut message", encrypted(&seal(APPID, &message())[..64])),
        ("sealed garbage", sealed_garbage("garbage")),
        ("a sealed list", sealed_garbage("[]")),
        ("sealed, with a DTD", sealed_garbage(with_dtd)),
        (
            "an openid that is none",
            sealed_garbage(&event("user_info_modified", "not an openid").to_string()),
        ),
        ("an empty body", signed("")),
        ("garbage", signed("garbage")),
        ("a list", signed("[]")),
        ("XML with a DTD", signed(bombed)),
        ("HTML", signed("<html><Encrypt>a</Encrypt></html>")),
        ("no UTF-8", signed("").body(vec![0xff, 0xfe])),
        ("too large", signed(&" ".repeat(64 * 1024 + 1))),
        (
            "an app that is not configured",
            sealed("wx00000000000000c3", &message()),
        ),
        ("an app without push", sealed("wx00000000000000b2", &message())),
    ] {
        writeln!(table, "{name}: {}", app.send(call.language("en")).await.brief()).unwrap();
    }
    assert_snapshot!(table);
    assert_eq!(app.me(&alice.access).await.status, 200, "nothing of it was honoured");
    assert!(app.audit("actor=wechat").await.is_empty());
}

#[tokio::test]
async fn the_words_in_both_languages() {
    let app = with_an_app_without_push().await;
    let mut table = String::new();
    for (name, call) in [
        ("a wrong signature", check_url(&GOOD_CHECK.replace("f464", "f465"))),
        ("in the clear", in_the_clear(APPID, &message())),
        (
            "for another app",
            secure_push(
                APPID,
                &seal("wx00000000000000b2", "{}"),
                &json!({ "Encrypt": seal("wx00000000000000b2", "{}") }).to_string(),
            ),
        ),
        (
            "does not open",
            secure_push(
                APPID,
                "AAAAAAAAAAAAAAAAAAAAAA==",
                r#"{"Encrypt":"AAAAAAAAAAAAAAAAAAAAAA=="}"#,
            ),
        ),
        ("an app that is not configured", sealed("wx00000000000000c3", "{}")),
        ("an app without push", sealed("wx00000000000000b2", "{}")),
        ("malformed", sealed(APPID, "garbage")),
        ("missing", check_url("")),
    ] {
        for language in ["zh", "en"] {
            let problem = app.send(call.clone().language(language)).await.json();
            writeln!(table, "{name}: {} {}", problem["code"], problem["detail"]).unwrap();
            for error in problem["errors"].as_array().into_iter().flatten() {
                writeln!(table, "    {}: {}", error["field"], error["reason"]).unwrap();
            }
        }
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn a_refusal_in_full() {
    let app = TestApp::new().await;
    assert_json_snapshot!(app.send(check_url(&GOOD_CHECK.replace("f464", "f465"))).await.shown());
}

/// Whoever cannot sign learns nothing of what is configured, but that the app is.
#[tokio::test]
async fn strangers_do_not_learn_whether_there_is_a_key() {
    let unsigned = |message: &str| Call {
        path: format!("/v1/wechat/{APPID}/events?signature=0&timestamp=1&nonce=2"),
        ..in_the_clear(APPID, message)
    };
    let sealed_unsigned = Call {
        path: format!("/v1/wechat/{APPID}/events?msg_signature=0&timestamp=1&nonce=2&encrypt_type=aes"),
        ..sealed(APPID, &message())
    };
    let with_key = TestApp::new().await;
    let without = Setup::with_config(|config| config.apps[0].push_aes_key = None)
        .start()
        .await;
    for call in [unsigned(&message()), unsigned(&as_xml(&json!({}))), sealed_unsigned] {
        let call = call.request_id("same");
        let [one, other] = [with_key.send(call.clone()).await, without.send(call).await];
        assert_eq!(one.code(), "signature_invalid");
        assert_eq!((one.headers, one.body), (other.headers, other.body));
    }
}
