//! Whatever comes in, what goes out is an answer: never a 5xx, always of the documented form.
//!
//! That form is checked by [`TestApp::send`] itself.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use poem::http::{HeaderValue, header};
use proptest::prelude::*;
use serde_json::{Map, Value};
use tokio::runtime::Runtime;

use crate::app::{API_KEY, APPID, TestApp};
use crate::call::Call;
use crate::sealing::{in_the_clear, sealed, secure_push};

/// Regressions belong into tests with a name.
fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
}

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        "[A-Za-z0-9+/=_-]{0,150}".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            prop::collection::hash_map(".{0,10}", inner, 0..5)
                .prop_map(|fields| Value::from(fields.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

/// An object with some of the fields that the API knows, and others.
fn json_body() -> impl Strategy<Value = Value> {
    let name = prop_oneof![
        Just("code".to_owned()),
        Just("appid".to_owned()),
        Just("encrypted_data".to_owned()),
        Just("iv".to_owned()),
        Just("device".to_owned()),
        Just("phone_code".to_owned()),
        Just("into".to_owned()),
        Just("keep".to_owned()),
        Just("refresh_token".to_owned()),
        Just("nickname".to_owned()),
        Just("avatar_url".to_owned()),
        Just("all".to_owned()),
        ".{0,30}",
    ];
    prop::collection::hash_map(name, json_value(), 0..6)
        .prop_map(|fields| Value::from(fields.into_iter().collect::<Map<_, _>>()))
}

fn any_body() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..400),
        ".{0,200}".prop_map(String::into_bytes),
        json_value().prop_map(|value| value.to_string().into_bytes()),
        json_body().prop_map(|value| value.to_string().into_bytes()),
    ]
}

/// Any bytes that HTTP lets into a header.
fn any_header() -> impl Strategy<Value = HeaderValue> {
    let bytes = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        prop::collection::vec(any::<u8>(), 0..200).prop_map(|rest| [&b"Bearer "[..], &rest].concat()),
        "(Bearer|bearer|BEARER|Basic) [A-Za-z0-9._=-]{0,200}".prop_map(String::into_bytes),
        ".{0,40}(:.{0,40})?".prop_map(|pair| format!("Basic {}", STANDARD.encode(pair)).into_bytes()),
        "Bearer eyJ[A-Za-z0-9_-]{0,80}\\.eyJ[A-Za-z0-9_-]{0,80}\\.[A-Za-z0-9_-]{0,90}".prop_map(String::into_bytes),
    ];
    bytes.prop_filter_map("HTTP does not let it through", |bytes| {
        HeaderValue::from_bytes(&bytes).ok()
    })
}

#[test]
fn any_body_is_answered() {
    let runtime = runtime();
    let app = runtime.block_on(TestApp::new());
    let login = runtime.block_on(app.logged_in("alice"));
    proptest!(cases(512), |(body in any_body())| {
        for call in [
            Call::post("/v1/login"),
            Call::post("/v1/token/refresh"),
            Call::patch("/v1/me").bearer(&login.access),
            Call::put("/v1/me/phone").bearer(&login.access),
            Call::post("/v1/me/decrypt").bearer(&login.access),
            Call::post(&format!("/admin/v1/accounts/{}/merge", login.account)).bearer(API_KEY),
            Call::post("/admin/v1/api-keys").bearer(API_KEY),
        ] {
            let reply = runtime.block_on(app.send(call.said_to_be_json(body.clone())));
            prop_assert!(reply.status < 500, "{reply:?}");
        }
    });
}

/// Bytes, with what means something in a form among them.
fn any_form() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..400),
        "(token|token_type_hint|a|%74oken)?=?[A-Za-z0-9._%+=&-]{0,100}(&token=.{0,100})?".prop_map(String::into_bytes),
    ]
}

#[test]
fn any_form_is_answered() {
    let runtime = runtime();
    let app = runtime.block_on(TestApp::new());
    proptest!(cases(512), |(form in any_form())| {
        for call in [Call::post("/v1/introspect").bearer(API_KEY), Call::post("/v1/revoke")] {
            let reply = runtime.block_on(app.send(call.said_to_be_a_form(form.clone())));
            prop_assert!(matches!(reply.status, 200 | 400), "{reply:?}");
        }
    });
}

/// Text with what means something in a message of WeChat among it.
fn any_message() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("<xml>"),
        Just("</xml>"),
        Just("<Event>"),
        Just("</Event>"),
        Just("<OpenID>"),
        Just("</OpenID>"),
        Just("<![CDATA["),
        Just("]]>"),
        Just("<!DOCTYPE a [<!ENTITY a 'a'>]>"),
        Just("&a;"),
        Just("user_authorization_revoke"),
        Just("8"),
    ];
    let names = prop_oneof![
        Just("Event"),
        Just("OpenID"),
        Just("RevokeInfo"),
        Just("MsgType"),
        Just("Encrypt")
    ];
    prop_oneof![
        ".{0,200}",
        prop::collection::vec(word, 0..12).prop_map(|words| words.concat()),
        prop::collection::hash_map(names.prop_map(str::to_owned), json_value(), 0..5)
            .prop_map(|fields| Value::from(fields.into_iter().collect::<Map<_, _>>()).to_string()),
    ]
}

#[test]
fn any_message_of_wechat_is_answered() {
    let runtime = runtime();
    let app = runtime.block_on(TestApp::new());
    proptest!(cases(512), |(message in any_message(), bytes in prop::collection::vec(any::<u8>(), 0..200))| {
        let encrypted = STANDARD.encode(&bytes);
        let around = Value::from(Map::from_iter([("Encrypt".to_owned(), encrypted.clone().into())]));
        for call in [
            sealed(APPID, &message),
            secure_push(APPID, &encrypted, &around.to_string()),
            secure_push(APPID, &message, &message),
            in_the_clear(APPID, &message),
            in_the_clear(APPID, "").body(bytes.clone()),
        ] {
            let reply = runtime.block_on(app.send(call));
            prop_assert!(reply.status < 500, "{reply:?}");
        }
    });
}

#[test]
fn any_query_of_a_push_is_answered() {
    let runtime = runtime();
    let app = runtime.block_on(TestApp::new());
    let names = "(signature|timestamp|nonce|echostr|encrypt_type|msg_signature|[a-z]{0,3})";
    let query = format!("({names}=([A-Za-z0-9._~:@/?+=-]|%[0-9A-Fa-f]{{2}}|%){{0,40}}&?){{0,6}}");
    proptest!(cases(512), |(query in query.as_str(), appid in "(wx00000000000000a1|[a-z0-9%]{0,20})")| {
        let path = format!("/v1/wechat/{appid}/events?{query}");
        for call in [Call::get(&path), Call::post(&path).body("{}")] {
            let reply = runtime.block_on(app.send(call));
            prop_assert!((400..500).contains(&reply.status), "{reply:?}");
        }
    });
}

#[test]
fn any_query_is_answered() {
    let runtime = runtime();
    let app = runtime.block_on(TestApp::new());
    let names = "(openid|appid|unionid|phone|status|cursor|limit|account|action|actor|code|ip|since|until|[a-z]{0,3})";
    let query = format!("({names}=([A-Za-z0-9._~:@/?+=-]|%[0-9A-Fa-f]{{2}}|%){{0,40}}&?){{0,4}}");
    proptest!(cases(512), |(query in query.as_str())| {
        for path in ["accounts", "audit"] {
            let reply = runtime.block_on(app.admin_get(&format!("{path}?{query}")));
            prop_assert!(matches!(reply.status, 200 | 400), "{reply:?}");
        }
    });
}

#[test]
fn any_authorization_is_answered() {
    let runtime = runtime();
    let app = runtime.block_on(TestApp::new());
    proptest!(cases(512), |(value in any_header())| {
        for call in [
            Call::get("/v1/me"),
            Call::get("/v1/verify"),
            Call::post("/v1/me/session-key/check"),
            Call::delete("/v1/me/phone"),
            Call::post("/v1/logout"),
            Call::post("/v1/introspect"),
            Call::get("/admin/v1/stats"),
        ] {
            let reply = runtime.block_on(app.send(call.raw_header(header::AUTHORIZATION, value.clone())));
            prop_assert_eq!(reply.status, 401, "{:?}", reply);
        }
    });
}

#[test]
fn any_headers_are_answered() {
    let runtime = runtime();
    let app = runtime.block_on(TestApp::new());
    let names = [
        header::CONTENT_TYPE,
        header::ACCEPT_LANGUAGE,
        header::ACCEPT,
        header::CONTENT_LENGTH,
        header::HOST,
        "x-request-id".parse().unwrap(),
        "x-forwarded-for".parse().unwrap(),
    ];
    proptest!(cases(256), |(value in any_header(), which in 0..names.len())| {
        let call = Call::post("/v1/login").body("{}").raw_header(names[which].clone(), value);
        let reply = runtime.block_on(app.send(call));
        prop_assert!(reply.status < 500, "{reply:?}");
    });
}

#[test]
fn any_path_is_answered() {
    let runtime = runtime();
    let app = runtime.block_on(TestApp::new());
    let paths = "/(problems/|v1/|docs|)([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2}|%){0,30}";
    proptest!(cases(512), |(path in paths)| {
        let reply = runtime.block_on(app.get(&path));
        prop_assert!(reply.status < 500, "{reply:?}");
    });
}
