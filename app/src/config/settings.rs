//! The table of all settings. Loading, the search for misspelt keys and the documentation read the same rows.

/// What holds where nobody set anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fallback {
    /// Nothing: the setting is absent.
    None,
    /// This text, read as if the user had written it.
    Text(&'static str),
    /// What other settings say; this describes it.
    Derived(&'static str),
}

/// How the value is written in the file; in the environment a list is comma-separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Text in quotes.
    Text,
    /// A number.
    Number,
    /// An array of texts.
    List,
}

/// One row: a setting, its two names, and what it is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// Its name in the environment and in `.env`, where it has one.
    pub env: Option<&'static str>,
    /// Its path in the file, where it has one. `apps[].name` is the key `name` of each table `[[apps]]`.
    pub toml: Option<&'static str>,
    /// Whether its value is kept out of sight. Every secret also has a `_FILE` (in the file: `_file`) form, whose
    /// value is the path of a file that holds it.
    pub secret: bool,
    /// How it is written.
    pub shape: Shape,
    /// What holds where nobody set it.
    pub fallback: Fallback,
    /// One line for the table of the documentation.
    pub meaning: &'static str,
}

impl Setting {
    const fn new(env: &'static str, toml: &'static str, meaning: &'static str) -> Self {
        Self {
            env: Some(env),
            toml: Some(toml),
            secret: false,
            shape: Shape::Text,
            fallback: Fallback::None,
            meaning,
        }
    }

    const fn in_file_only(toml: &'static str, meaning: &'static str) -> Self {
        Self {
            env: None,
            ..Self::new("", toml, meaning)
        }
    }

    const fn in_environment_only(env: &'static str, meaning: &'static str) -> Self {
        Self {
            toml: None,
            ..Self::new(env, "", meaning)
        }
    }

    const fn secret(self) -> Self {
        Self { secret: true, ..self }
    }

    const fn shaped(self, shape: Shape) -> Self {
        Self { shape, ..self }
    }

    const fn or(self, fallback: &'static str) -> Self {
        Self {
            fallback: Fallback::Text(fallback),
            ..self
        }
    }

    const fn or_derived(self, description: &'static str) -> Self {
        Self {
            fallback: Fallback::Derived(description),
            ..self
        }
    }

    /// What values of the setting are filed under.
    pub(super) fn id(&self) -> &'static str {
        self.toml.or(self.env).unwrap_or_default()
    }

    /// The name to use towards somebody who has not set it yet.
    pub(super) fn preferred_name(&self) -> &'static str {
        self.env.or(self.toml).unwrap_or_default()
    }

    /// The last part of its path in the file: `access_ttl` of `tokens.access_ttl`.
    pub(super) fn last_key(&self) -> &'static str {
        let path = self.toml.unwrap_or_default();
        path.rsplit('.').next().unwrap_or(path)
    }
}

pub(super) const CONFIG: Setting =
    Setting::in_environment_only("WXLOGIN_CONFIG", "path of the configuration file (TOML), as --config");
pub(super) const LISTEN: Setting =
    Setting::new("WXLOGIN_LISTEN", "listen", "address and port to serve on").or("127.0.0.1:8080");
pub(super) const TLS_CERT: Setting = Setting::new(
    "WXLOGIN_TLS_CERT",
    "tls.cert",
    "path of the certificate chain, PEM; together with the key",
);
pub(super) const TLS_KEY: Setting = Setting::new("WXLOGIN_TLS_KEY", "tls.key", "path of the certificate's key, PEM");
pub(super) const TRUSTED_PROXIES: Setting = Setting::new(
    "WXLOGIN_TRUSTED_PROXIES",
    "trusted_proxies",
    "networks (CIDR) whose X-Forwarded-For is believed",
)
.shaped(Shape::List);
pub(super) const STORE: Setting = Setting::new(
    "WXLOGIN_STORE",
    "store",
    "where accounts are kept: mem://, surrealkv://PATH, ws:// or wss://USER:PASS@HOST:PORT/NAMESPACE/DATABASE, \
     postgres://USER:PASS@HOST:PORT/DATABASE",
)
.secret()
.or("surrealkv://data/wxlogin");
pub(super) const CACHE: Setting = Setting::new(
    "WXLOGIN_CACHE",
    "cache",
    "where session keys and rate limits are kept: memory://, or redis://HOST:PORT shared by replicas",
)
.secret()
.or("memory://");
pub(super) const APP_ID: Setting = Setting::new("WXLOGIN_APPID", "apps[].appid", "the mini program's AppID");
pub(super) const APP_SECRET: Setting =
    Setting::new("WXLOGIN_SECRET", "apps[].secret", "the mini program's AppSecret").secret();
pub(super) const APP_NAME: Setting = Setting::in_file_only("apps[].name", "a name for people");
pub(super) const PUSH_TOKEN: Setting = Setting::new(
    "WXLOGIN_PUSH_TOKEN",
    "apps[].push_token",
    "the Token of the mini program's message push",
)
.secret();
pub(super) const PUSH_AES_KEY: Setting = Setting::new(
    "WXLOGIN_PUSH_AES_KEY",
    "apps[].push_aes_key",
    "the EncodingAESKey of the mini program's message push",
)
.secret();
pub(super) const WECHAT_URL: Setting = Setting::new(
    "WXLOGIN_WECHAT_URL",
    "wechat.url",
    "base address of WeChat's server API",
)
.or("https://api.weixin.qq.com");
pub(super) const WECHAT_TIMEOUT: Setting = Setting::new(
    "WXLOGIN_WECHAT_TIMEOUT",
    "wechat.timeout",
    "longest time of a whole call to WeChat; connecting may take 2s of it",
)
.or("5s");
pub(super) const WATERMARK_MAX_AGE: Setting = Setting::new(
    "WXLOGIN_WATERMARK_MAX_AGE",
    "wechat.watermark_max_age",
    "how old encrypted WeChat data may be",
)
.or("10m");
pub(super) const SESSION_KEY_TTL: Setting = Setting::new(
    "WXLOGIN_SESSION_KEY_TTL",
    "wechat.session_key_ttl",
    "how long a session_key is kept, sealed, after a login; for encrypted data that come without a code",
)
.or("24h");
pub(super) const ISSUER: Setting = Setting::new("WXLOGIN_ISSUER", "issuer", "iss of tokens: this service's public URL")
    .or_derived("http://LISTEN in dev only");
pub(super) const AUDIENCE: Setting =
    Setting::new("WXLOGIN_AUDIENCE", "audience", "aud of tokens").or_derived("the issuer");
pub(super) const ACCESS_TTL: Setting =
    Setting::new("WXLOGIN_ACCESS_TTL", "tokens.access_ttl", "life of an access token").or("15m");
pub(super) const REFRESH_TTL: Setting = Setting::new(
    "WXLOGIN_REFRESH_TTL",
    "tokens.refresh_ttl",
    "idle limit of a session, slides with each refresh",
)
.or("30d");
pub(super) const SESSION_TTL: Setting = Setting::new(
    "WXLOGIN_SESSION_TTL",
    "tokens.session_ttl",
    "absolute limit of a session",
)
.or("180d");
pub(super) const REFRESH_GRACE: Setting = Setting::new(
    "WXLOGIN_REFRESH_GRACE",
    "tokens.refresh_grace",
    "how long the previous refresh token may be repeated",
)
.or("60s");
pub(super) const TOKEN_ALG: Setting = Setting::new(
    "WXLOGIN_TOKEN_ALG",
    "tokens.algorithm",
    "signature of access tokens: EdDSA, ES256 or RS256",
)
.or("EdDSA");
pub(super) const MAX_SESSIONS: Setting = Setting::new(
    "WXLOGIN_MAX_SESSIONS",
    "tokens.max_sessions",
    "live sessions of an account; a login beyond that ends the oldest",
)
.shaped(Shape::Number)
.or("20");
pub(super) const KEY_ROTATION: Setting = Setting::new(
    "WXLOGIN_KEY_ROTATION",
    "tokens.key_rotation",
    "how long a signing key signs before the next one takes over",
)
.or("90d");
pub(super) const TOKEN_CLAIMS: Setting = Setting::new(
    "WXLOGIN_TOKEN_CLAIMS",
    "tokens.claims",
    "extra claims of access tokens, out of openid, unionid, external_id",
)
.shaped(Shape::List);
pub(super) const MASTER_KEY: Setting = Setting::new(
    "WXLOGIN_MASTER_KEY",
    "master_key",
    "32 random bytes in base64; seals signing keys and cached session keys",
)
.secret()
.or_derived("generated in dev only");
pub(super) const ADMIN_KEYS: Setting = Setting::in_environment_only(
    "WXLOGIN_ADMIN_KEYS",
    "API keys with all scopes: NAME:KEY, comma-separated; added to [[api_keys]]",
)
.shaped(Shape::List)
.secret();
pub(super) const API_KEY_NAME: Setting = Setting::in_file_only("api_keys[].name", "who uses the API key");
pub(super) const API_KEY: Setting = Setting::in_file_only("api_keys[].key", "the API key").secret();
pub(super) const API_KEY_SCOPES: Setting =
    Setting::in_file_only("api_keys[].scopes", "what it allows, out of admin, introspect").shaped(Shape::List);
pub(super) const AUDIT_RETENTION: Setting = Setting::new(
    "WXLOGIN_AUDIT_RETENTION",
    "audit.retention",
    "how long events stay in the audit log",
)
.or("180d");
pub(super) const PHONE_POLICY: Setting = Setting::new(
    "WXLOGIN_PHONE_POLICY",
    "phone_policy",
    "whether several accounts may share a phone number: shared or unique",
)
.or("shared");
pub(super) const MAX_CONCURRENT_REQUESTS: Setting = Setting::new(
    "WXLOGIN_LIMITS_MAX_CONCURRENT_REQUESTS",
    "limits.max_concurrent_requests",
    "requests served at once; more are answered with 503",
)
.shaped(Shape::Number)
.or("1024");
pub(super) const PER_ADDRESS: Setting = Setting::new(
    "WXLOGIN_LIMITS_PER_ADDRESS",
    "limits.per_address",
    "requests of mini programs a minute from one address; more are answered with 429. 0 is no limit",
)
.shaped(Shape::Number)
.or("600");
pub(super) const PER_ACCOUNT: Setting = Setting::new(
    "WXLOGIN_LIMITS_PER_ACCOUNT",
    "limits.per_account",
    "requests of mini programs a minute for one account; more are answered with 429. 0 is no limit",
)
.shaped(Shape::Number)
.or("120");
pub(super) const WECHAT_PER_APP: Setting = Setting::new(
    "WXLOGIN_LIMITS_WECHAT_PER_APP",
    "limits.wechat_per_app",
    "calls to WeChat a minute for one app; what needs more is answered with 503. 0 is no limit",
)
.shaped(Shape::Number)
.or("0");
pub(super) const WECHAT_PER_USER: Setting = Setting::new(
    "WXLOGIN_LIMITS_WECHAT_PER_USER",
    "limits.wechat_per_user",
    "calls to WeChat a minute for one user, where the user is known before the call. 0 is no limit",
)
.shaped(Shape::Number)
.or("100");
pub(super) const WECHAT_CONCURRENT: Setting = Setting::new(
    "WXLOGIN_LIMITS_WECHAT_CONCURRENT",
    "limits.wechat_concurrent",
    "calls to WeChat at once for one app; what needs more is answered with 503",
)
.shaped(Shape::Number)
.or("256");
pub(super) const LOG: Setting = Setting::new(
    "WXLOGIN_LOG",
    "log",
    "what is logged: error, warn, info, debug, trace, or TARGET=LEVEL, comma-separated",
)
.or("info");

static SETTINGS: &[Setting] = &[
    CONFIG,
    LISTEN,
    TLS_CERT,
    TLS_KEY,
    TRUSTED_PROXIES,
    STORE,
    CACHE,
    APP_ID,
    APP_SECRET,
    APP_NAME,
    PUSH_TOKEN,
    PUSH_AES_KEY,
    WECHAT_URL,
    WECHAT_TIMEOUT,
    WATERMARK_MAX_AGE,
    SESSION_KEY_TTL,
    ISSUER,
    AUDIENCE,
    ACCESS_TTL,
    REFRESH_TTL,
    SESSION_TTL,
    REFRESH_GRACE,
    MAX_SESSIONS,
    TOKEN_ALG,
    KEY_ROTATION,
    TOKEN_CLAIMS,
    MASTER_KEY,
    ADMIN_KEYS,
    API_KEY_NAME,
    API_KEY,
    API_KEY_SCOPES,
    AUDIT_RETENTION,
    PHONE_POLICY,
    MAX_CONCURRENT_REQUESTS,
    PER_ADDRESS,
    PER_ACCOUNT,
    WECHAT_PER_APP,
    WECHAT_PER_USER,
    WECHAT_CONCURRENT,
    LOG,
];

/// All settings there are, in the order of the documentation.
#[must_use]
pub fn settings() -> &'static [Setting] {
    SETTINGS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_of_one_style() {
        let mut seen = std::collections::BTreeSet::new();
        for setting in settings() {
            for name in [setting.env, setting.toml].into_iter().flatten() {
                assert!(seen.insert(name), "{name} twice");
            }
            assert!(setting.env.is_none_or(|env| env.starts_with("WXLOGIN_")), "{setting:?}");
            assert!(setting.env.is_some() || setting.toml.is_some(), "{setting:?}");
            assert!(
                !setting.meaning.is_empty() && !setting.meaning.contains('\n'),
                "{setting:?}"
            );
        }
    }
}
