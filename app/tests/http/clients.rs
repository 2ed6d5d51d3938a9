//! What the list of sessions says of a client, and what it does not.

use std::fmt::Write as _;

use insta::assert_snapshot;
use poem::http::{HeaderValue, header};
use serde_json::json;

use crate::app::{LoggedIn, TestApp};
use crate::call::Call;
use crate::wechat::code_of;

#[tokio::test]
async fn a_user_agent_is_kept_coarsely() {
    let app = TestApp::new().await;
    let mut table = String::new();
    for (number, (name, header_value)) in (1..).zip([
        (
            "iPhone",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI Language/zh_CN",
        ),
        (
            "iPad",
            "Mozilla/5.0 (iPad; CPU OS 16_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.44(0x18002c2f) NetType/WIFI Language/zh_CN",
        ),
        (
            "Android",
            "Mozilla/5.0 (Linux; Android 13; M2012K11AC Build/TKQ1.220829.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20240404 MMWEBID/8833 MicroMessenger/8.0.49.2600(0x28003133) WeChat/arm64 Weixin NetType/5G Language/zh_CN ABI/arm64 MiniProgramEnv/android",
        ),
        (
            "HarmonyOS",
            "Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile MicroMessenger/8.0.11.26(0xf3800b25) MiniProgramEnv/ohos",
        ),
        (
            "Windows",
            "Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.0.0 Safari/537.36 MicroMessenger/7.0.20.1781(0x6700143B) NetType/WIFI MiniProgramEnv/Windows WindowsWechat/WMPF WindowsWechat(0x63090a13) XWEB/9129",
        ),
        (
            "macOS",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.0.0 Safari/537.36 MicroMessenger/6.8.0(0x16080000) NetType/WIFI MiniProgramEnv/Mac MacWechat/WMPF MacWechat/3.8.7(0x13080712) XWEB/1191",
        ),
        (
            "developer tools",
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.5414.74 Safari/537.36 wechatdevtools/1.06.2402040 MicroMessenger/8.0.5 Language/zh_CN webview/",
        ),
        ("a program", "python-requests/2.32.3"),
        ("an attempt", "<script>alert(1)</script>"),
        ("something huge", "MicroMessenger/8.0.49 in front of a very long tale of a device called Alices-private-phone"),
    ]) {
        let body = json!({ "code": code_of("alice", number) });
        let login = app.send(Call::post("/v1/login").json(&body).user_agent(header_value)).await;
        let login = LoggedIn::from(&login);
        let reply = app.sessions(&login.access).await;
        for private in ["M2012K11AC", "TKQ1", "0x", "10_15", "17_5", "python", "script", "private-phone"] {
            assert!(!reply.text().contains(private), "{private}: {reply:?}");
        }
        let newest = reply.list("sessions").pop().unwrap();
        writeln!(table, "{name}: {}", newest.get("user_agent").unwrap_or(&json!(null))).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn any_bytes_are_borne() {
    let app = TestApp::new().await;
    for (number, bytes) in (1..).zip([
        &b"\xff\xfeMicroMessenger/8.0.49"[..],
        "微信".as_bytes(),
        &[b'a'; 16_000],
        b"",
    ]) {
        let call = Call::post("/v1/login").json(&json!({ "code": code_of("alice", number) }));
        let call = call.raw_header(header::USER_AGENT, HeaderValue::from_bytes(bytes).unwrap());
        let login = LoggedIn::from(&app.send(call).await);
        let newest = app.sessions(&login.access).await.list("sessions").pop().unwrap();
        assert_eq!(newest.get("user_agent"), None, "{number}");
    }
}

#[tokio::test]
async fn the_client_is_that_of_the_login_whatever_refreshes_later() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let body = json!({ "refresh_token": login.refresh });
    let call = Call::post("/v1/token/refresh")
        .json(&body)
        .user_agent("MicroMessenger/8.0.49 (iPhone)");
    let login = LoggedIn::from(&app.send(call).await);
    let session = app.sessions(&login.access).await.list("sessions").pop().unwrap();
    assert_eq!(session.get("user_agent"), None);
}
