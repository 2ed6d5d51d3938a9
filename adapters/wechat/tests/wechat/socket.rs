//! From what happens on the connection to what the caller is told, and to whether the code may be sent again.

use std::fmt::Write as _;
use std::net::TcpListener;
use std::time::Duration;

use async_trait::async_trait;
use futures_util::future::join_all;
use url::Url;
use wxlogin_wechat::{Connections, Outbound};

use crate::fixture::{
    AMPLE, app, credentials, js_code, openid, phone_code, platform, refusal, session_key, shown, well, well_reply,
};
use crate::server::{Reply, Server, http};

/// The deadline where the platform lets it pass. Long enough to connect, even on a busy machine.
const SHORT: Duration = Duration::from_secs(2);

/// What the platform does to the first request of an API; it is well from then on.
struct Case {
    name: &'static str,
    fault: fn(well: &str) -> Reply,
    timeout: Duration,
}

const fn case(name: &'static str, fault: fn(&str) -> Reply) -> Case {
    Case {
        name,
        fault,
        timeout: AMPLE,
    }
}

const fn late(name: &'static str, fault: fn(&str) -> Reply) -> Case {
    Case {
        name,
        fault,
        timeout: SHORT,
    }
}

/// The head of an answer, and a part of its body.
fn begun(well: &str) -> Vec<u8> {
    let mut answer = http("200 OK", "", well);
    answer.truncate(answer.len() - well.len() / 2);
    answer
}

fn wrongly_typed(well: &str) -> String {
    // Every text becomes a list of one text.
    let mut answer: serde_json::Value = serde_json::from_str(well).unwrap();
    for value in answer.as_object_mut().unwrap().values_mut() {
        *value = serde_json::json!([value.clone()]);
    }
    answer.to_string()
}

const CASES: &[Case] = &[
    late("never answers", |_| Reply::RawAndHang(Vec::new())),
    late("never ends its head", |_| {
        Reply::RawAndHang(b"HTTP/1.1 200 OK\r\nServer: a".to_vec())
    }),
    late("never ends its body", |well| Reply::RawAndHang(begun(well))),
    late("drips its body", |_| {
        Reply::RawAndDrip(b"HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n".to_vec())
    }),
    late("drips its head", |_| {
        Reply::RawAndDrip(b"HTTP/1.1 200 OK\r\nServer: a".to_vec())
    }),
    case("resets, the request unread", |_| Reply::ResetUnread),
    case("resets at once", |_| Reply::RawAndReset(Vec::new())),
    case("resets within the body", |well| Reply::RawAndReset(begun(well))),
    case("closes at once", |_| Reply::Raw(Vec::new())),
    case("closes within the head", |_| {
        Reply::Raw(b"HTTP/1.1 200 OK\r\nServer".to_vec())
    }),
    case("closes within the body", |well| Reply::Raw(begun(well))),
    case("no HTTP", |_| Reply::Raw(b"SSH-2.0-OpenSSH_9.7\r\n".to_vec())),
    case("500, HTML", |_| {
        Reply::Raw(http("500 Internal Server Error", "", "<html>"))
    }),
    case("502, empty", |_| Reply::Raw(http("502 Bad Gateway", "", ""))),
    case("503, huge", |_| {
        Reply::Raw(http("503 Service Unavailable", "", &" ".repeat(70_000)))
    }),
    case("500, system busy", |_| {
        Reply::Raw(http("500 Internal Server Error", "", r#"{"errcode":-1}"#))
    }),
    case("500, well otherwise", |well| {
        Reply::Raw(http("500 Internal Server Error", "", well))
    }),
    case("404, HTML", |_| {
        Reply::Raw(http("404 Not Found", "Content-Type: text/html\r\n", "<html>"))
    }),
    case("204", |_| {
        Reply::Raw(b"HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n".to_vec())
    }),
    case("302, elsewhere", |_| {
        Reply::Raw(http("302 Found", "Location: /followed\r\n", ""))
    }),
    case("307, elsewhere", |_| {
        Reply::Raw(http("307 Temporary Redirect", "Location: /followed\r\n", ""))
    }),
    case("200, HTML", |_| {
        Reply::Raw(http("200 OK", "Content-Type: text/html\r\n", "<html>"))
    }),
    case("200, empty", |_| Reply::Json(String::new())),
    case("200, JSON cut off", |well| Reply::Json(well[..well.len() - 1].into())),
    case("200, not UTF-8", |well| {
        let mut answer = http("200 OK", "", well);
        let end = answer.len() - 4;
        answer[end] = 0xff;
        Reply::Raw(answer)
    }),
    case("200, of wrong types", |well| Reply::Json(wrongly_typed(well))),
    case("200, a list", |well| Reply::Json(format!("[{well}]"))),
    case("200, huge", |well| Reply::Json(format!("{well}{}", " ".repeat(70_000)))),
    case("200, deep", |_| Reply::Json("[".repeat(60_000))),
    case("200, chunked garbage", |_| {
        Reply::Raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n{}".to_vec())
    }),
    case("200, chunks without end", |_| {
        Reply::Raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n".to_vec())
    }),
    case("200, chunked", |well| {
        let length = well.len();
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
        Reply::Raw(format!("{head}{length:x}\r\n{well}\r\n0\r\n\r\n").into_bytes())
    }),
    case("200, no length", |well| {
        Reply::Raw(format!("HTTP/1.1 200 OK\r\n\r\n{well}").into_bytes())
    }),
    case("errcode as text", |_| {
        Reply::Json(r#"{"errcode":"40029","errmsg":"invalid code"}"#.into())
    }),
    case("errcode as a list", |_| Reply::Json(r#"{"errcode":[40029]}"#.into())),
    case("system busy", |_| refusal(-1, "system error")),
    case("used", |_| refusal(40163, "code been used")),
    case("user blocked", |_| refusal(40226, "code blocked")),
    case("too frequent", |_| refusal(45011, "api minute-quota reach limit")),
    case("daily quota", |_| refusal(45009, "reach max api daily quota limit")),
    case("address not allowed", |_| {
        refusal(40164, "invalid ip 203.0.113.7, not in whitelist")
    }),
    case("frozen", |_| refusal(50002, "user limited")),
];

/// A call that the cases are tried on.
#[async_trait]
trait Caller: Sync {
    /// The API whose first request goes wrong.
    fn api(&self) -> &'static str;
    async fn call(&self, wechat: &Connections) -> String;
}

struct Login;

#[async_trait]
impl Caller for Login {
    fn api(&self) -> &'static str {
        "jscode2session"
    }

    async fn call(&self, wechat: &Connections) -> String {
        shown(&wechat.code_exchange.exchange(&app(), &js_code("code")).await)
    }
}

struct Phone;

#[async_trait]
impl Caller for Phone {
    fn api(&self) -> &'static str {
        "getuserphonenumber"
    }

    async fn call(&self, wechat: &Connections) -> String {
        let (app, openid, code) = (app(), openid(), phone_code("code"));
        shown(&wechat.phone_exchange.exchange_phone(&app, &openid, &code).await)
    }
}

/// The token, by way of a call that needs one.
struct Token;

#[async_trait]
impl Caller for Token {
    fn api(&self) -> &'static str {
        "stable_token"
    }

    async fn call(&self, wechat: &Connections) -> String {
        shown(
            &wechat
                .session_key_checks
                .is_current(&app(), &openid(), &session_key())
                .await,
        )
    }
}

fn connect(url: Url, timeout: Duration) -> Connections {
    wxlogin_wechat::connect(platform(url, timeout), vec![credentials()], Outbound::default())
}

/// A platform for a case, and a service that knows it. Both are made before any deadline runs: making an HTTP client
/// takes its time.
async fn prepare(case: &Case, caller: &dyn Caller) -> (Server, Connections) {
    let (fault, api) = (case.fault, caller.api());
    let server = Server::start(move |request, before| {
        if request.api() == api && before == 0 {
            fault(&well(request))
        } else {
            well_reply(request)
        }
    })
    .await;
    let wechat = connect(server.url(), case.timeout);
    (server, wechat)
}

async fn line(case: &Case, caller: &dyn Caller, server: &Server, wechat: &Connections) -> String {
    let first = caller.call(wechat).await;
    let (again, sent) = (caller.call(wechat).await, server.received(caller.api()).len());
    assert!(server.received("followed").is_empty());
    format!("{:<32} {first:<48} again: {again}, sent {sent} times", case.name)
}

/// Where the platform is not reached, so that nothing has left.
async fn line_of_nobody(name: &str, url: Url, caller: &dyn Caller) -> String {
    let wechat = connect(url, AMPLE);
    let (first, again) = (caller.call(&wechat).await, caller.call(&wechat).await);
    format!("{name:<32} {first:<48} again: {again}")
}

async fn table(caller: &dyn Caller) -> String {
    let server_without_tls = Server::start(|request, _| well_reply(request)).await;
    let nobody = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let refused = format!("http://{nobody}").parse().unwrap();
    let no_name = "http://platform.invalid".parse().unwrap();
    let mut lines = vec![
        line_of_nobody("nobody listens", refused, caller).await,
        line_of_nobody("no such name", no_name, caller).await,
        line_of_nobody("no TLS", server_without_tls.https_url(), caller).await,
    ];
    let mut prepared = Vec::new();
    for case in CASES {
        prepared.push((case, prepare(case, caller).await));
    }
    let tried = prepared
        .iter()
        .map(|(case, (server, wechat))| line(case, caller, server, wechat));
    lines.extend(join_all(tried).await);
    lines.into_iter().fold(String::new(), |mut table, line| {
        writeln!(table, "{line}").unwrap();
        table
    })
}

#[tokio::test]
async fn jscode2session() {
    insta::assert_snapshot!(table(&Login).await);
}

#[tokio::test]
async fn getuserphonenumber() {
    insta::assert_snapshot!(table(&Phone).await);
}

#[tokio::test]
async fn stable_token() {
    insta::assert_snapshot!(table(&Token).await);
}
