//! What the logs say, and what they must not.

use std::io;
use std::sync::{Arc, Mutex};

use tracing::level_filters::LevelFilter;
use tracing::subscriber::DefaultGuard;
use tracing_subscriber::fmt::MakeWriter;

use crate::fixture::{
    KEY, NEW_KEY, SECRET, app, connect, js_code, openid, phone_code, refusal, session_key, well, well_reply,
};
use crate::server::{Reply, Server, http};

#[derive(Clone, Default)]
struct Logs(Arc<Mutex<Vec<u8>>>);

impl io::Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Logs {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

impl Logs {
    /// Of this thread, on which all of a test runs.
    fn capture(level: LevelFilter) -> (Self, DefaultGuard) {
        let logs = Self::default();
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(level)
            .with_ansi(false)
            .with_writer(logs.clone())
            .finish();
        (logs, tracing::subscriber::set_default(subscriber))
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    fn lines_with(&self, words: &str) -> Vec<String> {
        self.text()
            .lines()
            .filter(|line| line.contains(words))
            .map(String::from)
            .collect()
    }
}

#[tokio::test]
async fn no_secret_is_logged_whatever_the_platform_repeats() {
    let (logs, _guard) = Logs::capture(LevelFilter::TRACE);
    // An indiscreet platform, that sends back what it was sent: as words, as nonsense, and not at all.
    let server = Server::start(|request, before| {
        let sent = format!("{} {} {KEY} {NEW_KEY}", url_decoded(&request.query), request.body);
        match (request.api(), before % 6) {
            ("stable_token", 0 | 4) | (_, 4) => well_reply(request),
            (_, 0) => refusal(40029, &sent),
            (_, 1) => refusal(40001, &sent),
            (_, 2) => Reply::Raw(http("200 OK", "", &sent)),
            (_, 3) => Reply::RawAndReset(http("200 OK", "", &well(request))[..70].to_vec()),
            _ => refusal(48001, &sent),
        }
    })
    .await;
    let wechat = connect(server.url());
    for number in 0..8 {
        let (login, phone) = (format!("canary-login-{number}"), format!("canary-phone-{number}"));
        let _ = wechat.code_exchange.exchange(&app(), &js_code(&login)).await;
        let phone = phone_code(&phone);
        let _ = wechat.phone_exchange.exchange_phone(&app(), &openid(), &phone).await;
        let _ = wechat
            .session_key_checks
            .is_current(&app(), &openid(), &session_key())
            .await;
        let _ = wechat.session_key_checks.reset(&app(), &openid(), &session_key()).await;
    }
    let signatures: Vec<String> = server
        .received("checksession")
        .iter()
        .map(|request| request.param("signature"))
        .collect();
    assert!(!signatures.is_empty());
    let logged = logs.text();
    assert!(logged.contains("WeChat refuses"), "{logged}");
    let never = [SECRET, "canary-login", "canary-phone", "canary-token"];
    for secret in never.into_iter().chain(signatures.iter().map(String::as_str)) {
        let lines = logs.lines_with(secret);
        assert!(lines.is_empty(), "{secret} is logged: {lines:#?}");
    }
}

fn url_decoded(query: &str) -> String {
    let pairs = url::form_urlencoded::parse(query.as_bytes());
    let pairs: Vec<String> = pairs.map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join(" ")
}

#[tokio::test]
async fn an_operators_fault_is_told_once_with_its_remedy() {
    let (logs, _guard) = Logs::capture(LevelFilter::INFO);
    let server = Server::start(|_, _| {
        refusal(
            40164,
            "invalid ip 203.0.113.7 ipv6 ::ffff:203.0.113.7, not in whitelist",
        )
    })
    .await;
    let wechat = connect(server.url());
    for code in ["a", "b", "c"] {
        let _ = wechat.code_exchange.exchange(&app(), &js_code(code)).await;
    }
    let told = logs.lines_with("40164");
    assert_eq!(told.len(), 1, "{told:#?}");
    for word in [
        "ERROR",
        "wx4f4bc4dec97d474b",
        "seen_address=203.0.113.7 ",
        "IP白名单",
        "rid: ",
    ] {
        assert!(told[0].contains(word), "{word}: {}", told[0]);
    }
}

#[tokio::test]
async fn the_circuit_tells_once_that_it_opens() {
    let (logs, _guard) = Logs::capture(LevelFilter::INFO);
    let server = Server::start(|_, _| Reply::Raw(http("502 Bad Gateway", "", ""))).await;
    let wechat = connect(server.url());
    for number in 0..9 {
        let _ = wechat
            .code_exchange
            .exchange(&app(), &js_code(&format!("code-{number}")))
            .await;
    }
    let told = logs.lines_with("left alone");
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(
        told[0].contains("WARN") && told[0].contains("failures=5"),
        "{}",
        told[0]
    );
}
