//! Secrets are found nowhere: not in a log line at trace level, not in a problem document, not in a file of the store.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use poem::web::{Json, Query};
use poem::{Route, get, handler, post};
use serde_json::{Value, json};
use wxlogin_tests::client::{Answer, Api};
use wxlogin_tests::program::{MASTER_KEY, Program, directory, environment};
use wxlogin_tests::serving::Serving;

const APP_SECRET: &str = "cafe0123456789abcdef0123456789ca";
const API_KEY: &str = "canary-api-key-canary-api-key-canary-api-key";
const SESSION_KEY: &str = "Y2FuYXJ5LXNlc3Npb24taw==";
const OPENID: &str = "o-visible-openid-as-a-control";
/// Two blocks and a vector, well-formed and meaningless.
const ENCRYPTED_DATA: &str = "Y2FuYXJ5LWVuY3J5cHRlZC1kYXRhLW9mLXR3by1ibGs=";
const IV: &str = "Y2FuYXJ5LXZlY3Rvci0xNg==";
/// What a platform with a grudge might answer: our own request, in its words.
const INDISCREET: &str = "code-indiscreet";

/// A platform whose session key is known, which the stand-in's is not.
#[handler]
fn jscode2session(Query(query): Query<Vec<(String, String)>>) -> String {
    let field = |name: &str| {
        let found = query.iter().find(|(key, _)| key == name);
        found.map(|(_, value)| value.clone()).unwrap_or_default()
    };
    let code = field("js_code");
    if code.starts_with(INDISCREET) {
        let errmsg = format!("invalid code {code} for secret {}, rid: 1", field("secret"));
        return json!({ "errcode": 40125, "errmsg": errmsg }).to_string();
    }
    json!({ "openid": OPENID, "session_key": SESSION_KEY }).to_string()
}

const ACCESS_TOKEN: &str = "canary_access_token_of_the_platform_0123456789";
const PUSH_TOKEN: &str = "canaryPushToken";
const PUSH_AES_KEY: &str = "canaryPushAesKeyCanaryPushAesKeyCanaryPush0";

#[handler]
fn stable_token() -> String {
    json!({ "access_token": ACCESS_TOKEN, "expires_in": 7200 }).to_string()
}

/// Refuses in our own words, first for a reason of the token's.
#[handler]
fn getuserphonenumber(Json(body): Json<Value>) -> String {
    let body = body.to_string();
    let errcode = if body.contains("phone-canary-0001") {
        40001
    } else {
        40029
    };
    json!({ "errcode": errcode, "errmsg": format!("no {body} by {ACCESS_TOKEN}, rid: 2") }).to_string()
}

#[handler]
fn checksession(Query(query): Query<Vec<(String, String)>>) -> String {
    json!({ "errcode": 87009, "errmsg": format!("not {query:?} of {SESSION_KEY}") }).to_string()
}

/// Everything that must not be found, by what it is.
#[derive(Default)]
struct Canaries(Vec<(&'static str, Vec<u8>)>);

impl Canaries {
    fn add(&mut self, what: &'static str, bytes: impl Into<Vec<u8>>) {
        self.0.push((what, bytes.into()));
    }

    fn assert_absent(&self, place: &str, bytes: &[u8]) {
        for (what, canary) in &self.0 {
            assert!(!contains(bytes, canary), "{what} is in {place}");
        }
    }
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

/// Exercises the service with good, bad and hostile requests; answers the bodies of refusals, and of what shows stored
/// things.
async fn exercise(api: &Api, canaries: &mut Canaries) -> Vec<Value> {
    let (mut refusals, mut shown) = (Vec::new(), Vec::new());
    let mut refused = |answer: Answer| {
        assert!(!answer.status.is_success(), "{answer:?}");
        refusals.push(answer.body);
    };
    let login = async |code: &str| api.login(code).await;

    canaries.add("a code", "code-canary-0001");
    let tokens = login("code-canary-0001").await.ok();
    let (access, first) = (
        tokens.text("/access_token").to_owned(),
        tokens.text("/refresh_token").to_owned(),
    );
    refused(login("code-canary-0001").await);
    canaries.add(
        "an access token's signature",
        access.rsplit('.').next().unwrap_or_default(),
    );
    canaries.add("an indiscreet code", "code-indiscreet-0002");
    refused(login("code-indiscreet-0002").await);

    // Data that do not open under the session key: the way through decryption is searched as well.
    canaries.add("encrypted data", ENCRYPTED_DATA);
    let with_phone = json!({ "code": "code-canary-0004", "encrypted_data": ENCRYPTED_DATA, "iv": IV });
    refused(api.post("/v1/login", &with_phone).await);

    let second = api.refresh(&first).await.ok().text("/refresh_token").to_owned();
    let third = api.refresh(&second).await.ok().text("/refresh_token").to_owned();
    for token in [&first, &second, &third] {
        canaries.add("a refresh token", token.as_bytes());
        let bytes = URL_SAFE_NO_PAD
            .decode(token.trim_start_matches("wxr_"))
            .expect("base64url");
        canaries.add("a refresh token's MAC", &bytes[bytes.len() - 32..]);
    }
    // Phone codes and session keys, refused in the platform's most indiscreet words.
    for code in ["phone-canary-0001", "phone-canary-0002"] {
        canaries.add("a phone code", code);
        refused(
            api.put_as("/v1/me/phone", &access, &json!({ "phone_code": code }))
                .await,
        );
    }
    canaries.add("a phone code at login", "phone-canary-0003");
    let with_code = json!({ "code": "code-canary-0005", "phone_code": "phone-canary-0003" });
    refused(api.post("/v1/login", &with_code).await);
    let data = json!({ "encrypted_data": ENCRYPTED_DATA, "iv": IV });
    refused(api.put_as("/v1/me/phone", &access, &data).await);
    refused(api.post_as("/v1/me/decrypt", &access, &data).await);
    let checked = api.post_as("/v1/me/session-key/check", &access, &json!({})).await.ok();
    assert_eq!(checked.body["current"], false);
    let events = "/v1/wechat/wx0000000000000001/events?timestamp=1&nonce=2&msg_signature=3&encrypt_type=aes";
    refused(api.post(events, &json!({ "Encrypt": ENCRYPTED_DATA })).await);
    shown.push(api.get("/readyz").await.ok().body);
    // What is said of tokens to those who ask, and what operators see.
    let introspect = async |token: &str| {
        api.post_form("/v1/introspect", Some(API_KEY), &[("token", token)])
            .await
    };
    assert_eq!(introspect(&access).await.ok().body["active"], true);
    assert_eq!(introspect(&third).await.ok().body, json!({ "active": false }));
    refused(
        api.post_form("/v1/introspect", Some(&third), &[("token", &access)])
            .await,
    );
    let _ = api
        .post_form("/v1/revoke", None, &[("token", &format!("{third}x"))])
        .await
        .ok();
    let new_key = json!({ "name": "canary", "scopes": ["introspect"] });
    let created = api.post_as("/admin/v1/api-keys", API_KEY, &new_key).await.ok();
    canaries.add("an API key that was made", created.text("/key"));
    let account = tokens.text("/account/id");
    for path in [
        "/admin/v1/api-keys".to_owned(),
        "/admin/v1/keys".to_owned(),
        "/admin/v1/audit?limit=100".to_owned(),
        format!("/admin/v1/accounts/{account}/export"),
        format!("/admin/v1/accounts/{account}/sessions"),
    ] {
        shown.push(api.get_as(&path, API_KEY).await.ok().body);
    }
    // In places where they do not belong.
    for body in [
        json!({ "code": "code-canary-0001", "appid": first }),
        json!({ "code": [first] }),
        json!({ "code": first.repeat(2) }),
        json!({ first.clone(): "code-canary-0001" }),
        json!({ "code": "code-canary-0001", "encrypted_data": first, "iv": second }),
        json!({ "code": "code-canary-0001", "device": 5, "iv": first }),
        json!(first),
    ] {
        refused(api.post("/v1/login", &body).await);
    }
    refused(api.post_text("/v1/login", &format!("{{\"code\": \"{first}\"")).await);
    refused(api.refresh(&format!("{first}x")).await);
    refused(api.get_as("/v1/me", &first).await);
    refused(api.get(&format!("/v1/{first}")).await);
    // The first one is old by now: theft, and the session ends.
    refused(api.refresh(&first).await);
    refused(api.refresh(&third).await);
    refused(api.get_as("/v1/me", &access).await);
    [refusals, shown].concat()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_secret_is_in_logs_problems_or_files() {
    let route = Route::new()
        .at("/sns/jscode2session", get(jscode2session))
        .at("/cgi-bin/stable_token", post(stable_token))
        .at("/wxa/business/getuserphonenumber", post(getuserphonenumber))
        .at("/wxa/checksession", get(checksession));
    let platform = Serving::start(route).await;
    let directory = directory();
    let mut environment = environment(&platform.url, directory.path());
    environment.insert("WXLOGIN_SECRET", APP_SECRET.into());
    environment.insert("WXLOGIN_PUSH_TOKEN", PUSH_TOKEN.into());
    environment.insert("WXLOGIN_PUSH_AES_KEY", PUSH_AES_KEY.into());
    environment.insert("WXLOGIN_LOG", "trace".into());
    environment.insert("WXLOGIN_ADMIN_KEYS", format!("ops:{API_KEY}"));
    let mut canaries = Canaries::default();
    canaries.add("an API key", API_KEY);
    canaries.add("the app secret", APP_SECRET);
    canaries.add("the platform's access token", ACCESS_TOKEN);
    canaries.add("the push token", PUSH_TOKEN);
    canaries.add("the push key", PUSH_AES_KEY);
    canaries.add("the session key", SESSION_KEY);
    canaries.add("the session key's bytes", STANDARD.decode(SESSION_KEY).expect("base64"));
    canaries.add("the master key", MASTER_KEY);
    canaries.add("the master key's bytes", STANDARD.decode(MASTER_KEY).expect("base64"));

    let mut service = Program::serve(directory.path(), &environment);
    let answers = exercise(&service.api(), &mut canaries).await;
    assert!(answers.len() > 15);
    for answer in &answers {
        canaries.assert_absent(&format!("the answer {answer}"), answer.to_string().as_bytes());
    }
    let while_running = files(directory.path());
    assert!(service.stop().success());
    // What a call that fails says is searched, too.
    environment.insert("WXLOGIN_WECHAT_URL", "http://127.0.0.1:9".into());
    let mut alone = Program::serve(directory.path(), &environment);
    canaries.add("a code that never left", "code-canary-0003");
    let refused = alone.api().login("code-canary-0003").await;
    assert_eq!(refused.text("/code"), "wechat_unavailable");
    canaries.assert_absent("the problem", refused.body.to_string().as_bytes());
    assert!(alone.stop().success());
    let after_stop = files(directory.path());

    for (path, bytes) in while_running.iter().chain(&after_stop) {
        canaries.assert_absent(path, bytes);
    }
    let stored = while_running.iter().chain(&after_stop);
    assert!(
        stored.into_iter().any(|(_, bytes)| contains(bytes, OPENID.as_bytes())),
        "the search sees what is stored"
    );
    let output = [service.output(), alone.output()].concat();
    assert!(
        output.iter().any(|line| line.contains("logged in")),
        "the search sees the log"
    );
    for line in &output {
        canaries.assert_absent(&format!("the log line {line}"), line.as_bytes());
    }
}

fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).expect("a file")));
        }
    }
    found
}
