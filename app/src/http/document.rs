//! The OpenAPI document: what the handlers say of themselves, and what the framework cannot say for them.

use std::collections::HashMap;
use std::marker::PhantomData;

use poem::endpoint::BoxEndpoint;
use poem::http::Method;
use poem_openapi::registry::{MetaApi, Registry};
use poem_openapi::{ContactObject, LicenseObject, OpenApi, OpenApiService};
use serde_json::{Map, Value, json};

use super::problem::{self, Code, Language, Problem};
use super::query::MAX_LIMIT;

/// The path of the document.
pub const JSON_PATH: &str = "/openapi.json";

/// The description at the head of the document.
const DESCRIPTION: &str = "\
Login service for WeChat Mini Programs: exchanges the code of `wx.login`, keeps accounts and sessions, and issues tokens \
that every backend can verify.

Every error is a problem document (RFC 9457, `application/problem+json`): `code` says what happened and never changes, \
`action` says what the client does about it. Texts come in Chinese or English by `Accept-Language`, Chinese by default. \
Every response carries `X-Request-Id`; where limits are set, those to the calls of mini programs carry `RateLimit-Policy` \
and `RateLimit` (draft-ietf-httpapi-ratelimit-headers): which limits are counted, and what is left of them. Times are RFC \
3339 in UTC; ids are opaque strings.";

/// The service of an API, by which the framework routes and documents.
pub fn service<A: OpenApi>(api: A) -> OpenApiService<A, ()> {
    OpenApiService::new(api, "wxlogin", env!("CARGO_PKG_VERSION"))
        .description(DESCRIPTION)
        .license(LicenseObject::new("MIT OR Apache-2.0").url("https://www.apache.org/licenses/LICENSE-2.0"))
        .contact(ContactObject::new().name("wxlogin"))
        .server("/")
}

/// What describes an API without serving it.
pub struct Described<A>(PhantomData<A>);

impl<A> Described<A> {
    /// A description.
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<A: OpenApi> OpenApi for Described<A> {
    fn meta() -> Vec<MetaApi> {
        A::meta()
    }

    fn register(registry: &mut Registry) {
        A::register(registry);
    }

    fn add_routes(self, _routes: &mut HashMap<String, HashMap<Method, BoxEndpoint<'static>>>) {}
}

/// The document as JSON, with an example for every answer.
pub fn json<A: OpenApi>(service: &OpenApiService<A, ()>) -> Value {
    let mut document: Value = serde_json::from_str(&service.spec()).unwrap_or_default();
    simplify_references(&mut document);
    order_groups(&mut document);
    for operation in operations(&mut document) {
        spell_headers(operation);
        add_parameter_types(operation);
        add_examples(operation);
    }
    document
}

/// OpenAPI 3.0 has no room for a description beside a reference. The framework makes room with an `allOf`, and then puts
/// the description into it once more, as a second schema: generators of clients take the two for a type of their own.
fn simplify_references(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(simplify_references),
        Value::Object(members) => {
            if let Some(Value::Array(all)) = members.get_mut("allOf") {
                all.retain(|schema| !is_description(schema));
            }
            members.values_mut().for_each(simplify_references);
        }
        _ => {}
    }
}

fn is_description(schema: &Value) -> bool {
    schema
        .as_object()
        .is_some_and(|members| members.keys().eq(["description"]))
}

/// The groups in the order in which they are met; the framework sorts them by name.
const GROUPS: [&str; 6] = ["Login", "Account", "Backends", "Admin", "WeChat", "Operations"];

fn order_groups(document: &mut Value) {
    if let Some(groups) = document.get_mut("tags").and_then(Value::as_array_mut) {
        groups.sort_by_key(|group| GROUPS.iter().position(|name| group["name"] == **name));
    }
}

/// The framework writes names of headers in capitals. They mean the same in any spelling; people know this one.
fn spell_headers(operation: &mut Value) {
    let responses = operation.get_mut("responses").and_then(Value::as_object_mut);
    for response in responses.into_iter().flat_map(Map::values_mut) {
        if let Some(headers) = response.get_mut("headers").and_then(Value::as_object_mut) {
            let spelled = std::mem::take(headers).into_iter();
            *headers = spelled.map(|(name, header)| (spell(&name), header)).collect();
        }
    }
}

fn spell(name: &str) -> String {
    if name.contains(|letter: char| letter.is_ascii_lowercase()) {
        return name.to_owned();
    }
    let words = name.split('-').map(|word| {
        let (first, rest) = word.split_at_checked(1).unwrap_or((word, ""));
        format!("{first}{}", rest.to_ascii_lowercase())
    });
    words.collect::<Vec<_>>().join("-")
}

/// Query parameters are read by [`super::query`], so to the framework they are all text.
fn add_parameter_types(operation: &mut Value) {
    let parameters = operation.get_mut("parameters").and_then(Value::as_array_mut);
    for parameter in parameters.into_iter().flatten() {
        if let Some(schema) = parameter["name"].as_str().and_then(parameter_type) {
            parameter["schema"] = schema;
        }
    }
}

fn parameter_type(name: &str) -> Option<Value> {
    Some(match name {
        "limit" => json!({ "type": "integer", "minimum": 1, "maximum": MAX_LIMIT }),
        "status" => json!({ "$ref": "#/components/schemas/AccountStatus" }),
        "since" | "until" => json!({ "type": "string", "format": "date-time" }),
        _ => return None,
    })
}

/// The document as the file and the endpoint have it.
pub fn to_text(document: &Value) -> String {
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

fn operations(document: &mut Value) -> impl Iterator<Item = &mut Value> {
    document
        .get_mut("paths")
        .and_then(Value::as_object_mut)
        .into_iter()
        .flat_map(Map::values_mut)
        .filter_map(Value::as_object_mut)
        .flat_map(Map::values_mut)
        .filter(|operation| operation.is_object())
}

fn add_examples(operation: &mut Value) {
    let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
    if let Some(example) = request_example(&id)
        && let Some(content) = operation["requestBody"]["content"].as_object_mut()
    {
        for media in content.values_mut() {
            media["example"] = example.clone();
        }
    }
    let Some(responses) = operation.get_mut("responses").and_then(Value::as_object_mut) else {
        return;
    };
    for (status, response) in responses {
        let description = response["description"].as_str().unwrap_or_default().to_owned();
        let Some(content) = response.get_mut("content").and_then(Value::as_object_mut) else {
            continue;
        };
        for (media_type, media) in content {
            if media_type == problem::CONTENT_TYPE {
                media["examples"] = problem_examples(&description);
            } else if matches!(status.as_str(), "200" | "201")
                && let Some(example) = answer_example(&id)
            {
                media["example"] = example;
            }
        }
    }
}

/// The description of a problem response names its codes in backticks.
fn problem_examples(description: &str) -> Value {
    description
        .split('`')
        .filter_map(Code::parse)
        .map(|code| (code.as_str().to_owned(), json!({ "value": problem_example(code) })))
        .collect::<Map<_, _>>()
        .into()
}

fn problem_example(code: Code) -> Value {
    let mut problem = Problem::new(code).to_json(Language::English, "019c0545-a400-7000-8000-000000000001");
    if code == Code::InvalidRequest {
        problem["errors"] = json!([{ "field": "iv", "reason": "it comes together with encrypted_data" }]);
    }
    problem
}

fn request_example(operation: &str) -> Option<Value> {
    Some(match operation {
        "login" => json!({ "code": "0a3WxI000dQzDT1xfF100xUSrY3WxI0Q", "appid": "wx4f4bc4dec97d474b" }),
        "refreshToken" => json!({ "refresh_token": REFRESH_TOKEN }),
        "logout" => json!({ "all": false }),
        "updateMe" => json!({ "nickname": "小明", "avatar_url": null }),
        "setMyPhone" => json!({ "phone_code": "bb9e7cf8f1a8a5d9a4c3e0f4d9d1b7a2" }),
        "decryptData" => json!({ "encrypted_data": "CiyLU1Aw2KjvrjMdj8YKlg==", "iv": "r7BXXKkLb8qrSNn05n0qiA==" }),
        "mergeAccount" => json!({ "into": OTHER_ACCOUNT_ID, "keep": OTHER_ACCOUNT_ID }),
        "introspectToken" => json!({ "token": ACCESS_TOKEN, "token_type_hint": "access_token" }),
        "revokeToken" => json!({ "token": REFRESH_TOKEN, "token_type_hint": "refresh_token" }),
        "createApiKey" => json!({ "name": "orders-backend", "scopes": ["introspect"] }),
        _ => return None,
    })
}

fn answer_example(operation: &str) -> Option<Value> {
    Some(match operation {
        "login" => tokens(true),
        "refreshToken" => tokens(false),
        "getMe" | "updateMe" | "setMyPhone" => account(),
        "getAccount" | "restoreAccount" => operator_account(),
        "mergeAccount" => {
            let mut merged = account();
            merged["id"] = OTHER_ACCOUNT_ID.into();
            merged
        }
        "decryptData" => json!({ "data": {
            "stepInfoList": [{ "timestamp": 1_769_529_600, "step": 8042 }],
            "watermark": { "appid": "wx4f4bc4dec97d474b", "timestamp": 1_769_614_976 },
        } }),
        "checkMySessionKey" => json!({ "current": true }),
        "checkPushUrl" => "4375120948345356249".into(),
        "takePushMessage" => "success".into(),
        "suspendAccount" => {
            let mut suspended = account();
            suspended["status"] = "suspended".into();
            suspended
        }
        "searchAccounts" => json!({ "accounts": [operator_account()], "next_cursor": ACCOUNT_ID }),
        "exportMe" | "exportAccount" => {
            json!({ "account": account(), "sessions": [session(false)], "audit": [audit_event()] })
        }
        "listMySessions" => json!({ "sessions": [session(true)] }),
        "listAccountSessions" => json!({ "sessions": [session(false)] }),
        "introspectToken" => json!({
            "active": true, "token_type": "Bearer", "iss": "https://login.example.com",
            "aud": "https://login.example.com", "sub": ACCOUNT_ID, "client_id": "wx4f4bc4dec97d474b",
            "iat": 1_769_614_976, "exp": 1_769_615_876, "jti": "R3JMCcJtTkyTx8H1hVbM0A", "sid": SESSION_ID,
            "appid": "wx4f4bc4dec97d474b", "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
            "unionid": "ocMvos6NjeKLIBqg5Mr9QjxrP1FA",
        }),
        "listAuditEvents" => json!({ "events": [audit_event()] }),
        "listSigningKeys" | "rotateSigningKeys" | "retireSigningKey" => json!({ "keys": [{
            "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", "alg": "EdDSA", "state": "active",
            "since": "2026-01-28T15:42:56Z", "created_at": "2025-10-30T15:42:56Z",
        }] }),
        "listApiKeys" => json!({ "api_keys": [api_key()] }),
        "createApiKey" => json!({ "key": "wxk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "api_key": api_key() }),
        "getStats" => json!({ "census": {
            "accounts": 120_345, "suspended_accounts": 3, "live_sessions": 98_211, "counted_at": "2026-01-28T15:42:56Z",
        } }),
        "getJwks" => json!({ "keys": [{
            "kty": "OKP", "use": "sig", "alg": "EdDSA", "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
            "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo",
        }] }),
        "getLiveness" => json!({ "status": "ok" }),
        "getReadiness" => json!({
            "status": "ok",
            "wechat": [{ "appid": "wx4f4bc4dec97d474b", "circuit": "closed", "access_token_circuit": "closed", "in_flight": 2 }],
        }),
        _ => return None,
    })
}

const ACCOUNT_ID: &str = "019c0545-a400-7000-8000-000000000001";
const OTHER_ACCOUNT_ID: &str = "019c0545-a400-7000-8000-000000000009";
const SESSION_ID: &str = "019c0545-a400-7000-8000-000000000002";

/// Well-formed, and good for nothing.
const ACCESS_TOKEN: &str = "eyJ0eXAiOiJhdCtqd3QiLCJhbGciOiJFZERTQSJ9.e30.c2lnbmF0dXJl";

/// Well-formed, and good for nothing.
const REFRESH_TOKEN: &str =
    "wxr_AZwFITuAcACAAAAAAAAAAQGcBSE7gHAAgAAAAAAAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn tokens(is_new_account: bool) -> Value {
    json!({
        "access_token": ACCESS_TOKEN,
        "token_type": "Bearer",
        "expires_in": 900,
        "refresh_token": REFRESH_TOKEN,
        "refresh_expires_in": 2_592_000,
        "account": account(),
        "is_new_account": is_new_account,
    })
}

fn account() -> Value {
    json!({
        "id": ACCOUNT_ID,
        "status": "active",
        "created_at": "2026-01-28T15:42:56Z",
        "last_login_at": "2026-01-28T15:42:56Z",
        "nickname": "小明",
        "phone": {
            "number": "+8613800138000", "country_code": "86", "verified_at": "2026-01-28T15:42:56Z",
        },
        "identities": [{
            "appid": "wx4f4bc4dec97d474b",
            "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE",
            "unionid": "ocMvos6NjeKLIBqg5Mr9QjxrP1FA",
            "first_seen_at": "2026-01-28T15:42:56Z",
        }],
    })
}

fn operator_account() -> Value {
    let mut account = account();
    account["unionid_conflicts"] = json!([{
        "appid": "wx4f4bc4dec97d474b", "openid": "oGZUI0egBJY1zhBYw2KhdUfwVJJE", "account_id": OTHER_ACCOUNT_ID,
    }]);
    account
}

fn session(current: bool) -> Value {
    json!({
        "id": SESSION_ID,
        "appid": "wx4f4bc4dec97d474b",
        "device": "小明的手机",
        "user_agent": "WeChat 8.0 (iOS)",
        "current": current,
        "created_at": "2026-01-28T15:42:56Z",
        "last_used_at": "2026-01-28T16:03:11Z",
        "expires_at": "2026-02-27T15:42:56Z",
    })
}

fn audit_event() -> Value {
    json!({
        "id": "019c0545-a400-7000-8000-000000000003",
        "at": "2026-01-28T15:42:56Z",
        "action": "login_succeeded",
        "actor": "person",
        "account_id": ACCOUNT_ID,
        "session_id": SESSION_ID,
        "appid": "wx4f4bc4dec97d474b",
        "request_id": "019c0545-a400-7000-8000-000000000004",
        "ip": "ip_3fXq0bM2Jc9TZkWd",
    })
}

fn api_key() -> Value {
    json!({
        "name": "orders-backend", "scopes": ["introspect"], "configured": false, "created_at": "2026-01-28T15:42:56Z",
    })
}
