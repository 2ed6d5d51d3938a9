//! What the log of the program never has in it, however much of it is written: keys, codes, tokens, numbers, openids.

use std::io;
use std::sync::{Arc, Mutex};
use std::thread::{self, ThreadId};

use serde_json::{Value, json};
use tracing::Level;
use tracing_subscriber::fmt::MakeWriter;

use crate::app::{API_KEY, APPID, NOW, TestApp};
use crate::call::Call;
use crate::everything::everything;
use crate::phone_data::{IV, encrypt, payload};
use crate::sealing::{event, event_with, seal, sealed, secure_push};
use crate::store::Mood;
use crate::wechat::{BAD_CODE, OTHER_SESSION_KEY, SESSION_KEY, SESSION_KEYS, code_of, phone_code_of};

/// Everything that one thread logs, kept. It listens to the whole process: a subscriber of one thread is not told of
/// what another thread came to first.
#[derive(Clone)]
struct Log {
    thread: ThreadId,
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if thread::current().id() == self.thread {
            self.bytes.lock().unwrap().extend(bytes);
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

impl Log {
    fn listening() -> Self {
        let log = Self {
            thread: thread::current().id(),
            bytes: Arc::default(),
        };
        let subscriber = tracing_subscriber::fmt()
            .with_max_level(Level::TRACE)
            .with_ansi(false)
            .with_writer(log.clone())
            .finish();
        tracing::subscriber::set_global_default(subscriber).expect("nobody else listens");
        log
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes.lock().unwrap()).into_owned()
    }
}

fn data(session_key: &str) -> Value {
    json!({ "encrypted_data": encrypt(session_key, payload().to_string().as_bytes()), "iv": IV })
}

fn with_code(mut body: Value, code: &str) -> Value {
    body["code"] = code.into();
    body
}

/// The runtime of a test is the thread of the test.
#[tokio::test]
async fn nothing_of_a_person_or_a_secret_is_logged() {
    let log = Log::listening();
    let app = TestApp::new().await;
    let phone_code = phone_code_of("alice", "13800138000");
    app.login(json!({ "code": code_of("alice", 1), "phone_code": phone_code }))
        .await;
    app.login(json!({ "code": BAD_CODE })).await;
    app.login(json!({ "code": code_of("alice", 2), "phone_code": BAD_CODE }))
        .await;
    let alice = app.logged_in("alice").await;
    app.set_phone(&alice.access, json!({ "phone_code": phone_code })).await;
    for key in [SESSION_KEY, OTHER_SESSION_KEY] {
        for body in [
            data(key),
            with_code(data(key), &code_of("alice", 3)),
            with_code(data(key), &code_of("bob", 1)),
        ] {
            app.set_phone(&alice.access, body.clone()).await;
            app.decrypt(&alice.access, body).await;
        }
    }
    let steps = json!({ "openGId": "group-of-alice", "watermark": { "appid": APPID, "timestamp": NOW } });
    let steps = encrypt(SESSION_KEY, steps.to_string().as_bytes());
    app.decrypt(&alice.access, json!({ "encrypted_data": steps, "iv": IV }))
        .await;
    app.admin_get("accounts?openid=o-alice&phone=%2B8613800138000").await;
    let push = event_with("user_authorization_revoke", "o-alice", &json!({ "RevokeInfo": "8" }));
    app.send(sealed(APPID, &push.to_string())).await;
    app.send(sealed(APPID, "garbage of o-alice")).await;
    app.send(secure_push(APPID, &seal("wx00000000000000b2", "o-alice"), "o-alice"))
        .await;
    everything(&app, &alice).await;
    app.store.be(Mood::Down);
    app.send(sealed(APPID, &event("user_info_modified", "o-alice").to_string()))
        .await;
    app.login_of("alice").await;
    app.get("/v1/login?code=code-of-alice-9&openid=o-alice").await;
    app.send(Call::get("/admin/v1/accounts").bearer(API_KEY)).await;

    let text = log.text();
    assert!(
        text.contains("answered") && text.contains("logged in"),
        "it was listened to: {text}"
    );
    let of_tokens = [&alice.access, &alice.refresh];
    let others = [
        "code-of-",
        BAD_CODE,
        &phone_code,
        "13800138000",
        "o-alice",
        "o-bob",
        "group-of-alice",
        IV,
        API_KEY,
        "0123456789abcdef0123456789abcdef",
    ];
    let pushed = "A".repeat(43);
    let all = SESSION_KEYS
        .into_iter()
        .chain(others)
        .chain(of_tokens.map(String::as_str))
        .chain([&*pushed]);
    for private in all {
        let line = text.lines().find(|line| line.contains(private));
        assert_eq!(line, None, "{private}");
    }
}
