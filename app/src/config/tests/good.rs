//! Configurations that are accepted.

use std::time::Duration;

use secrecy::ExposeSecret;
use wxlogin_domain::api_key::Scope;
use wxlogin_domain::phone_number::PhonePolicy;

use super::{ADMIN_KEY, Given, MASTER_KEY, SECRET};
use crate::config::{CacheUrl, Config, Mode, Setting, StoreUrl, settings};

/// Every key of the file, in the form that holds values themselves.
const FULL: &str = r#"
listen = "0.0.0.0:8443"
store = "postgres://wxlogin:pass@db.example/wxlogin"
cache = "redis://:pass@cache.example:6379/0"
issuer = "https://login.example/"
audience = "https://api.example"
master_key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8"
trusted_proxies = ["10.0.0.1/8", "192.0.2.7", "fd00::/8"]
phone_policy = "unique"
log = "info,wxlogin=debug"

[tls]
cert = "DIRcert.pem"
key = "DIRkey.pem"

[wechat]
url = "https://proxy.example/wechat"
timeout = "1500ms"
watermark_max_age = "5m"
session_key_ttl = "2h"

[tokens]
access_ttl = "10m"
refresh_ttl = "7d"
session_ttl = "90d"
refresh_grace = "30s"
max_sessions = 5
algorithm = "ES256"
key_rotation = "30d"
claims = ["openid", "unionid"]

[audit]
retention = "30d"

[limits]
max_concurrent_requests = 64
per_address = 60
per_account = 0
wechat_per_app = 5000
wechat_per_user = 50
wechat_concurrent = 32

[[apps]]
appid = "wx00000000000000a1"
secret = "0123456789abcdef0123456789abcdef"
name = "商城"
push_token = "AAAAA"
push_aes_key = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"

[[apps]]
appid = "wx00000000000000a2"
secret = "fedcba9876543210fedcba9876543210"

[[api_keys]]
name = "shop-backend"
key = "0123456789abcdefghijklmnopqrstuv"
scopes = ["introspect"]
"#;

fn full() -> Given {
    Given::nothing().file("cert.pem", "").file("key.pem", "").toml(FULL)
}

#[test]
#[expect(clippy::too_many_lines, reason = "the snapshot shows the whole configuration")]
fn full_file() {
    let config = full().serve();
    let directory = config
        .server
        .tls
        .as_ref()
        .unwrap()
        .cert
        .parent()
        .unwrap()
        .display()
        .to_string();
    let shown = format!("{config:#?}").replace(&directory, "DIR");
    insta::assert_snapshot!(shown, @r#"
    Config {
        server: Server {
            listen: 0.0.0.0:8443,
            tls: Some(
                Tls {
                    cert: "DIR/cert.pem",
                    key: "DIR/key.pem",
                },
            ),
            trusted_proxies: [
                10.0.0.0/8,
                192.0.2.7/32,
                fd00::/8,
            ],
        },
        store: postgres://wxlogin:***@db.example/wxlogin,
        cache: redis://:***@cache.example:6379/0,
        apps: [
            App {
                appid: AppId(
                    "wx00000000000000a1",
                ),
                secret: SecretBox<str>([REDACTED]),
                name: Some(
                    "商城",
                ),
                push_token: Some(
                    SecretBox<str>([REDACTED]),
                ),
                push_aes_key: Some(
                    SecretBox<str>([REDACTED]),
                ),
            },
            App {
                appid: AppId(
                    "wx00000000000000a2",
                ),
                secret: SecretBox<str>([REDACTED]),
                name: None,
                push_token: None,
                push_aes_key: None,
            },
        ],
        wechat: Wechat {
            url: Url {
                scheme: "https",
                cannot_be_a_base: false,
                username: "",
                password: None,
                host: Some(
                    Domain(
                        "proxy.example",
                    ),
                ),
                port: None,
                path: "/wechat",
                query: None,
                fragment: None,
            },
            url_is_configured: true,
            timeout: 1.5s,
            connect_timeout: 1.5s,
            watermark_max_age: 300s,
            session_key_ttl: 7200s,
        },
        tokens: Tokens {
            issuer: "https://login.example/",
            audience: "https://api.example",
            access_ttl: 600s,
            refresh_ttl: 604800s,
            session_ttl: 7776000s,
            refresh_grace: 30s,
            max_sessions: 5,
            algorithm: Es256,
            key_rotation: 2592000s,
            extra_claims: ExtraClaims {
                openid: true,
                unionid: true,
                external_id: false,
            },
        },
        master_key: Some(
            MasterKey(***),
        ),
        api_keys: [
            ApiKey {
                name: ApiKeyName(
                    "shop-backend",
                ),
                key: SecretBox<str>([REDACTED]),
                scopes: {
                    Introspect,
                },
            },
        ],
        audit: Audit {
            retention: 2592000s,
        },
        phone_policy: Unique,
        limits: Limits {
            max_concurrent_requests: 64,
            rates: Rates {
                per_address: Some(
                    60,
                ),
                per_account: None,
            },
            wechat_per_app: Some(
                5000,
            ),
            wechat_per_user: Some(
                50,
            ),
            wechat_concurrent: 32,
        },
        log: LogFilter(
            "info,wxlogin=debug",
        ),
    }
    "#);
    assert_eq!(config.apps[0].secret.expose_secret(), SECRET);
    assert_eq!(config.master_key.unwrap().to_base64().expose_secret(), MASTER_KEY);
    assert_eq!(config.tokens.session_ttl, Duration::from_hours(90 * 24));
}

#[test]
fn the_full_file_has_every_key_there_is() {
    let table: toml::Table = toml::from_str(FULL).unwrap();
    for Setting { toml, .. } in settings() {
        let Some(path) = toml else { continue };
        let mut value = &toml::Value::Table(table.clone());
        for part in path.split('.') {
            value = match part.strip_suffix("[]") {
                Some(repeated) => &value[repeated][0],
                None => &value[part],
            };
        }
    }
}

#[test]
fn the_least_that_serve_asks_for() {
    let config = Given::the_least().serve();
    insta::assert_snapshot!(format!("{config:?}"), @r#"Config { server: Server { listen: 127.0.0.1:8080, tls: None, trusted_proxies: [] }, store: surrealkv://data/wxlogin, cache: memory://, apps: [App { appid: AppId("wx00000000000000a1"), secret: SecretBox<str>([REDACTED]), name: None, push_token: None, push_aes_key: None }], wechat: Wechat { url: Url { scheme: "https", cannot_be_a_base: false, username: "", password: None, host: Some(Domain("api.weixin.qq.com")), port: None, path: "/", query: None, fragment: None }, url_is_configured: false, timeout: 5s, connect_timeout: 2s, watermark_max_age: 600s, session_key_ttl: 86400s }, tokens: Tokens { issuer: "https://login.example", audience: "https://login.example", access_ttl: 900s, refresh_ttl: 2592000s, session_ttl: 15552000s, refresh_grace: 60s, max_sessions: 20, algorithm: EdDsa, key_rotation: 7776000s, extra_claims: ExtraClaims { openid: false, unionid: false, external_id: false } }, master_key: Some(MasterKey(***)), api_keys: [], audit: Audit { retention: 15552000s }, phone_policy: Shared, limits: Limits { max_concurrent_requests: 1024, rates: Rates { per_address: Some(600), per_account: Some(120) }, wechat_per_app: None, wechat_per_user: Some(100), wechat_concurrent: 256 }, log: LogFilter("info") }"#);
}

#[test]
fn dev_asks_for_nothing() {
    let config = Given::nothing().dev();
    assert!(config.apps.is_empty());
    assert!(config.master_key.is_none());
    assert!(!config.wechat.url_is_configured);
    assert_eq!(&*config.tokens.issuer, "http://127.0.0.1:8080");
    assert_eq!(&*config.tokens.audience, "http://127.0.0.1:8080");
    assert_eq!(
        config.store,
        StoreUrl::SurrealKv {
            path: "data/wxlogin".into()
        }
    );
    assert_eq!(config.cache, CacheUrl::Memory);
    assert_eq!(config.phone_policy, PhonePolicy::Shared);
}

#[test]
fn dev_takes_what_is_set() {
    let development = crate::config::MasterKey::for_testing().to_base64();
    let config = Given::the_least()
        .env("WXLOGIN_LISTEN", "[::1]:9000")
        .env("WXLOGIN_ISSUER", "")
        .env("WXLOGIN_MASTER_KEY", development.expose_secret())
        .dev();
    assert_eq!(config.apps.len(), 1);
    assert_eq!(&*config.tokens.issuer, "http://[::1]:9000");
    assert!(config.master_key.unwrap().is_development());
}

#[test]
fn every_setting_of_the_environment() {
    let config = Given::the_least()
        .file("cert.pem", "")
        .file("key.pem", "")
        .env("WXLOGIN_LISTEN", "0.0.0.0:443")
        .env("WXLOGIN_STORE", "ws://root:pass@db:8000/wxlogin/main")
        .env("WXLOGIN_CACHE", "redis://cache")
        .env("WXLOGIN_PUSH_TOKEN", "AAAAA")
        .env("WXLOGIN_PUSH_AES_KEY", &"A".repeat(43))
        .env("WXLOGIN_WECHAT_URL", "http://127.0.0.1:8090")
        .env("WXLOGIN_WECHAT_TIMEOUT", "1s")
        .env("WXLOGIN_WATERMARK_MAX_AGE", "1h")
        .env("WXLOGIN_SESSION_KEY_TTL", "30d")
        .env("WXLOGIN_AUDIENCE", "shop")
        .env("WXLOGIN_ACCESS_TTL", "1h")
        .env("WXLOGIN_REFRESH_TTL", "30d")
        .env("WXLOGIN_SESSION_TTL", "30d")
        .env("WXLOGIN_REFRESH_GRACE", "2m")
        .env("WXLOGIN_MAX_SESSIONS", "1")
        .env("WXLOGIN_KEY_ROTATION", "1h")
        .env("WXLOGIN_TOKEN_ALG", "RS256")
        .env("WXLOGIN_TOKEN_CLAIMS", "openid, unionid, external_id")
        .env("WXLOGIN_ADMIN_KEYS", &format!("ops:{ADMIN_KEY}:x, audit:{ADMIN_KEY}"))
        .env("WXLOGIN_TLS_CERT", "DIRcert.pem")
        .env("WXLOGIN_TLS_KEY", "DIRkey.pem")
        .env("WXLOGIN_TRUSTED_PROXIES", "10.0.0.0/8,192.0.2.7")
        .env("WXLOGIN_AUDIT_RETENTION", "1d")
        .env("WXLOGIN_PHONE_POLICY", "unique")
        .env("WXLOGIN_LIMITS_MAX_CONCURRENT_REQUESTS", "1")
        .env("WXLOGIN_LIMITS_PER_ADDRESS", "0")
        .env("WXLOGIN_LIMITS_PER_ACCOUNT", "1000000")
        .env("WXLOGIN_LIMITS_WECHAT_PER_APP", "100")
        .env("WXLOGIN_LIMITS_WECHAT_PER_USER", "0")
        .env("WXLOGIN_LIMITS_WECHAT_CONCURRENT", "1")
        .env("WXLOGIN_LOG", "off");
    let missing = settings()
        .iter()
        .filter_map(|setting| setting.env)
        .filter(|name| *name != "WXLOGIN_CONFIG" && !config.sources.env.contains_key(*name));
    assert_eq!(missing.collect::<Vec<_>>(), Vec::<&str>::new());

    let config = config.serve();
    assert_eq!(config.wechat.connect_timeout, Duration::from_secs(1));
    let claims = config.tokens.extra_claims;
    assert!(claims.openid && claims.unionid && claims.external_id);
    assert_eq!(config.server.trusted_proxies.len(), 2);
    assert_eq!(config.limits.max_concurrent_requests, 1);
    let keys: Vec<_> = config
        .api_keys
        .iter()
        .map(|key| (key.name.as_str(), key.key.expose_secret()))
        .collect();
    let longer = format!("{ADMIN_KEY}:x");
    assert_eq!(keys, [("ops", longer.as_str()), ("audit", ADMIN_KEY)]);
    assert!(config.api_keys.iter().all(|key| key.scopes == Scope::ALL.into()));
}

#[test]
fn an_issuer_on_this_machine_may_be_http() {
    let config = Given::the_least()
        .env("WXLOGIN_ISSUER", "http://localhost:8080/")
        .serve();
    assert_eq!(&*config.tokens.issuer, "http://localhost:8080/");
}

#[test]
fn service_links_and_variables_of_tests_are_no_settings() {
    Given::the_least()
        .env("WXLOGIN_PORT", "tcp://10.43.12.7:80")
        .env("WXLOGIN_TEST_REQUIRE_BACKENDS", "1")
        .env("WXLOGIN_UNKNOWN", "")
        .env("OTHER_UNKNOWN", "x")
        .serve();
}

#[test]
fn the_one_for_testing_keeps_the_rules() {
    let config = Config::for_testing();
    let app = &config.apps[0];
    let least = Given::the_least()
        .env("WXLOGIN_APPID", app.appid.as_str())
        .env("WXLOGIN_SECRET", app.secret.expose_secret())
        .env("WXLOGIN_PUSH_TOKEN", app.push_token.as_ref().unwrap().expose_secret())
        .env(
            "WXLOGIN_PUSH_AES_KEY",
            app.push_aes_key.as_ref().unwrap().expose_secret(),
        )
        .env(
            "WXLOGIN_ADMIN_KEYS",
            &format!("test:{}", config.api_keys[0].key.expose_secret()),
        )
        .env("WXLOGIN_ISSUER", &config.tokens.issuer);
    let read = least.load(Mode::Serve).unwrap_or_else(|faults| panic!("{faults}"));
    assert_eq!(read.tokens.token_policy(), config.tokens.token_policy());
    assert_eq!(read.tokens.session_policy(), config.tokens.session_policy());
}
