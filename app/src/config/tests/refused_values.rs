//! Values that are refused, and how that is told. Read these as the user would.

use secrecy::ExposeSecret;

use super::{ADMIN_KEY, Given, MASTER_KEY, SECRET, of_toml, of_values};
use crate::config::{MasterKey, Mode};

#[test]
fn listen() {
    let values = [
        "8080",
        ":8080",
        "localhost:8080",
        "127.0.0.1",
        "127.0.0.1:99999",
        " 127.0.0.1:80",
    ];
    insta::assert_snapshot!(of_values("WXLOGIN_LISTEN", &values), @r#"
    WXLOGIN_LISTEN: "8080" is not an address with a port; write an IP address and a port, as 127.0.0.1:8080, 0.0.0.0:8080 or [::]:8080
    WXLOGIN_LISTEN: ":8080" is not an address with a port; write an IP address and a port, as 127.0.0.1:8080, 0.0.0.0:8080 or [::]:8080
    WXLOGIN_LISTEN: "localhost:8080" is not an address with a port; write an IP address and a port, as 127.0.0.1:8080, 0.0.0.0:8080 or [::]:8080
    WXLOGIN_LISTEN: "127.0.0.1" is not an address with a port; write an IP address and a port, as 127.0.0.1:8080, 0.0.0.0:8080 or [::]:8080
    WXLOGIN_LISTEN: "127.0.0.1:99999" is not an address with a port; write an IP address and a port, as 127.0.0.1:8080, 0.0.0.0:8080 or [::]:8080
    WXLOGIN_LISTEN: begins or ends with a blank or a line break; remove that, it was probably copied along
    "#);
    let mut given = Given::the_least();
    given.sources.listen = Some("everywhere".to_owned());
    insta::assert_snapshot!(given.refused(Mode::Serve), @r#"--listen: "everywhere" is not an address with a port; write an IP address and a port, as 127.0.0.1:8080, 0.0.0.0:8080 or [::]:8080"#);
}

#[test]
fn dev_listens_on_loopback_only() {
    let given = Given::nothing().env("WXLOGIN_LISTEN", "0.0.0.0:8080");
    insta::assert_snapshot!(given.refused(Mode::Dev), @"WXLOGIN_LISTEN: 0.0.0.0:8080 can be reached from other machines, and dev mode protects nothing; use 127.0.0.1 here, or run wxlogin serve");
}

#[test]
fn tls() {
    let alone = Given::the_least()
        .file("cert.pem", "")
        .env("WXLOGIN_TLS_CERT", "DIRcert.pem");
    insta::assert_snapshot!(alone.refused(Mode::Serve), @"WXLOGIN_TLS_CERT: is set without WXLOGIN_TLS_KEY; set WXLOGIN_TLS_KEY, too, or neither");
    let unreadable = Given::the_least().toml("[tls]\ncert = \"/nonexistent/cert.pem\"\nkey = \"/\"");
    insta::assert_snapshot!(unreadable.refused(Mode::Serve), @r#"
    wxlogin.toml: tls.cert: "/nonexistent/cert.pem" cannot be read: No such file or directory (os error 2); name a PEM file that this process may read
    wxlogin.toml: tls.key: "/" cannot be read: it is a directory; name a PEM file that this process may read
    "#);
    let given = Given::the_least().file("key.pem", "");
    let text = format!("tls.key = \"{}\"", given.path("key.pem"));
    insta::assert_snapshot!(given.toml(&text).refused(Mode::Serve), @"wxlogin.toml: tls.key: is set without tls.cert; set tls.cert, too, or neither");
}

#[test]
fn trusted_proxies() {
    insta::assert_snapshot!(of_values("WXLOGIN_TRUSTED_PROXIES", &["10.0.0.0/33,all,10.0.0.0/8"]), @r#"
    WXLOGIN_TRUSTED_PROXIES: "10.0.0.0/33" is not a network; write it as 10.0.0.0/8 or fd00::/8
    WXLOGIN_TRUSTED_PROXIES: "all" is not a network; write it as 10.0.0.0/8 or fd00::/8
    "#);
}

#[test]
fn store_and_cache() {
    let stores = [
        "data",
        "mem://x",
        "surrealkv://",
        "ws://db:8000/n/d",
        "ws://root:p@ss/word@db:8000/n/d",
        "postgres://u:pa#ss@db/d",
    ];
    insta::assert_snapshot!(of_values("WXLOGIN_STORE", &stores), @r"
    WXLOGIN_STORE: does not begin as any store does; write mem://, surrealkv://PATH, wss://USER:PASS@HOST:PORT/NAMESPACE/DATABASE (or ws://) or postgres://USER:PASS@HOST:PORT/DATABASE
    WXLOGIN_STORE: the store in memory has no name; write mem://
    WXLOGIN_STORE: is not surrealkv:// and the path of a directory; write it as surrealkv://data/wxlogin or surrealkv:///var/lib/wxlogin
    WXLOGIN_STORE: is not a well-formed URL of its kind; write it as wss://USER:PASS@HOST:PORT/NAMESPACE/DATABASE, with @ : / ? # % in the password as %40 %3A %2F %3F %23 %25
    WXLOGIN_STORE: is not a well-formed URL of its kind; write it as wss://USER:PASS@HOST:PORT/NAMESPACE/DATABASE, with @ : / ? # % in the password as %40 %3A %2F %3F %23 %25
    WXLOGIN_STORE: is not a well-formed URL of its kind; write it as postgres://USER:PASS@HOST:PORT/DATABASE, with @ : / ? # % in the password as %40 %3A %2F %3F %23 %25
    ");
    let caches = ["mem://", "redis://cache/x"];
    insta::assert_snapshot!(of_values("WXLOGIN_CACHE", &caches), @r"
    WXLOGIN_CACHE: does not begin as any cache does; write memory:// or redis://USER:PASS@HOST:PORT (with TLS rediss://)
    WXLOGIN_CACHE: is not a well-formed URL of its kind; write it as redis://USER:PASS@HOST:PORT, with @ : / ? # % in the password as %40 %3A %2F %3F %23 %25
    ");
}

#[test]
fn appids() {
    let values = [
        "gh_97417a04a28d",
        "wx0000 0000000000a1",
        "wx00000000000000A1",
        SECRET,
        "touristappid",
    ];
    insta::assert_snapshot!(of_values("WXLOGIN_APPID", &values), @r#"
    WXLOGIN_APPID: "gh_97417a04a28d" is not an AppID; gh_ begins the original id of an account: the console shows the AppID beside it, wx and 16 characters
    WXLOGIN_APPID: "wx0000 0000000000a1" is not an AppID; it was copied with a blank: remove that
    WXLOGIN_APPID: "wx00000000000000A1" is not an AppID; an AppID is wx and 16 characters of 0-9 a-f
    WXLOGIN_APPID: the value is not an AppID; this has the shape of an AppSecret: the two may be swapped
    WXLOGIN_APPID: "touristappid" is not an AppID; an AppID is wx and 16 characters of 0-9 a-f
    "#);
}

#[test]
fn app_secrets() {
    let values = [
        "0123456789abcdef 0123456789abcdef",
        "0123456789abcdef0123456789abcdef ",
        "0123456789ABCDEF0123456789ABCDEF",
        "0123456789abcdef",
        "wx00000000000000a1",
    ];
    insta::assert_snapshot!(of_values("WXLOGIN_SECRET", &values), @r"
    WXLOGIN_SECRET: has a blank in it: it was copied with one; copy it again (32 characters of 0-9 a-f), or reset it in the console
    WXLOGIN_SECRET: begins or ends with a blank or a line break; remove that, it was probably copied along
    WXLOGIN_SECRET: is not an AppSecret; copy it again (32 characters of 0-9 a-f), or reset it in the console
    WXLOGIN_SECRET: is not an AppSecret; copy it again (32 characters of 0-9 a-f), or reset it in the console
    WXLOGIN_SECRET: is an AppID, not an AppSecret: the two may be swapped; copy it again (32 characters of 0-9 a-f), or reset it in the console
    ");
}

#[test]
fn half_an_app() {
    insta::assert_snapshot!(of_values("WXLOGIN_SECRET", &[""]), @"WXLOGIN_APPID: is set without WXLOGIN_SECRET; set WXLOGIN_SECRET, too, or neither");
    insta::assert_snapshot!(of_values("WXLOGIN_APPID", &[""]), @"WXLOGIN_SECRET: is set without WXLOGIN_APPID; set WXLOGIN_APPID, too, or neither");
    let push = Given::the_least()
        .env("WXLOGIN_APPID", "")
        .env("WXLOGIN_SECRET", "")
        .env("WXLOGIN_PUSH_TOKEN", "AAAAA")
        .env("WXLOGIN_PUSH_AES_KEY", "x")
        .toml(&format!(
            "[[apps]]\nappid = \"wx00000000000000a1\"\nsecret = \"{SECRET}\""
        ));
    insta::assert_snapshot!(push.refused(Mode::Serve), @r"
    WXLOGIN_PUSH_TOKEN: is set without WXLOGIN_APPID; set WXLOGIN_APPID, too, or neither
    WXLOGIN_PUSH_AES_KEY: is set without WXLOGIN_APPID; set WXLOGIN_APPID, too, or neither
    ");
}

#[test]
fn apps_of_the_file() {
    let text = r#"
        [[apps]]
        appid = "wx00000000000000a2"
        secret = "0123456789abcdef0123456789abcdef"
        push_aes_key = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
        [[apps]]
        appid = "wx00000000000000a2"
        secret = "short"
        push_token = "a b"
        push_aes_key = "short"
        name = "a\nb"
        [[apps]]
    "#;
    insta::assert_snapshot!(of_toml(text), @r#"
    wxlogin.toml: [[apps]] #2 appid: "wx00000000000000a2" is also the id in wxlogin.toml: [[apps]] #1; remove one of the two
    wxlogin.toml: [[apps]] #1 push_aes_key: is set without push_token; set push_token, too, or neither
    wxlogin.toml: [[apps]] #2 secret: is not an AppSecret; copy it again (32 characters of 0-9 a-f), or reset it in the console
    wxlogin.toml: [[apps]] #2 name: is longer than 64 characters, or has a control character in it; shorten it
    wxlogin.toml: [[apps]] #2 push_token: is not a Token of message push; copy it from the console: 3 to 32 letters and digits
    wxlogin.toml: [[apps]] #2 push_aes_key: is not an EncodingAESKey of message push; copy it from the console: 43 letters and digits
    wxlogin.toml: [[apps]] #3 appid: is missing (the mini program's AppID); add it
    wxlogin.toml: [[apps]] #3 secret: is missing (the mini program's AppSecret); add it, or secret_file with the path of a file that holds it
    "#);
}

#[test]
fn wechat() {
    let values = [
        "api.weixin.qq.com",
        "http://api.weixin.qq.com",
        "https://user:pass@api.weixin.qq.com",
        "https://api.weixin.qq.com/?a=b",
    ];
    insta::assert_snapshot!(of_values("WXLOGIN_WECHAT_URL", &values), @r#"
    WXLOGIN_WECHAT_URL: "api.weixin.qq.com" is not an http or https URL; write it as https://api.weixin.qq.com
    WXLOGIN_WECHAT_URL: "http://api.weixin.qq.com" is http towards another machine, which anybody on the way can read; write it with https
    WXLOGIN_WECHAT_URL: the value has a user name or an @ in it; write it as https://api.weixin.qq.com
    WXLOGIN_WECHAT_URL: "https://api.weixin.qq.com/?a=b" has a query or a fragment; write it as https://api.weixin.qq.com
    "#);
    insta::assert_snapshot!(of_values("WXLOGIN_WECHAT_TIMEOUT", &["0s", "99ms", "61s"]), @r#"
    WXLOGIN_WECHAT_TIMEOUT: "0s" is out of range; write a duration from 100ms to 60s
    WXLOGIN_WECHAT_TIMEOUT: "99ms" is out of range; write a duration from 100ms to 60s
    WXLOGIN_WECHAT_TIMEOUT: "61s" is out of range; write a duration from 100ms to 60s
    "#);
    insta::assert_snapshot!(of_values("WXLOGIN_WATERMARK_MAX_AGE", &["1s", "1w"]), @r#"
    WXLOGIN_WATERMARK_MAX_AGE: "1s" is out of range; write a duration from 10s to 24h
    WXLOGIN_WATERMARK_MAX_AGE: "1w" is not a duration; write it as 90s, 15m, 2h or 30d
    "#);
}

#[test]
fn issuer_and_audience() {
    let values = ["login.example", "http://login.example", "https://login.example#top"];
    insta::assert_snapshot!(of_values("WXLOGIN_ISSUER", &values), @r#"
    WXLOGIN_ISSUER: "login.example" is not an http or https URL; write it as https://login.example.com
    WXLOGIN_ISSUER: "http://login.example" is http towards another machine, which anybody on the way can read; write it with https
    WXLOGIN_ISSUER: "https://login.example#top" has a query or a fragment; write it as https://login.example.com
    "#);
    insta::assert_snapshot!(of_values("WXLOGIN_AUDIENCE", &["our shop"]), @r#"WXLOGIN_AUDIENCE: "our shop" is not an audience; write a name or URL without blanks, at most 255 characters of ASCII"#);
}

#[test]
fn lives_of_tokens() {
    insta::assert_snapshot!(of_values("WXLOGIN_ACCESS_TTL", &["15 bananas", "15", "9s", "25h", "90500ms"]), @r#"
    WXLOGIN_ACCESS_TTL: "15 bananas" is not a duration; write it as 90s, 15m, 2h or 30d
    WXLOGIN_ACCESS_TTL: "15" is not a duration; write it as 90s, 15m, 2h or 30d
    WXLOGIN_ACCESS_TTL: "9s" is out of range; write a duration from 10s to 24h
    WXLOGIN_ACCESS_TTL: "25h" is out of range; write a duration from 10s to 24h
    WXLOGIN_ACCESS_TTL: "90500ms" is not a number of whole seconds; write whole seconds
    "#);
    insta::assert_snapshot!(of_values("WXLOGIN_REFRESH_GRACE", &["0s", "11m"]), @r#"
    WXLOGIN_REFRESH_GRACE: "0s" is out of range; write a duration from 1s to 10m
    WXLOGIN_REFRESH_GRACE: "11m" is out of range; write a duration from 1s to 10m
    "#);
    let given = Given::the_least()
        .env("WXLOGIN_ACCESS_TTL", "1h")
        .env("WXLOGIN_REFRESH_TTL", "1h")
        .toml("[tokens]\nsession_ttl = \"50m\"");
    insta::assert_snapshot!(given.refused(Mode::Serve), @r"
    WXLOGIN_ACCESS_TTL: 1h is not shorter than WXLOGIN_REFRESH_TTL, which is 1h; change one of them
    WXLOGIN_REFRESH_TTL: 1h is longer than wxlogin.toml: tokens.session_ttl, which is 50m; change one of them
    ");
    insta::assert_snapshot!(of_values("WXLOGIN_ACCESS_TTL", &["60s"]), @"WXLOGIN_REFRESH_GRACE: 60s (the default) is not shorter than WXLOGIN_ACCESS_TTL, which is 60s; change one of them");
}

#[test]
fn algorithm_and_claims() {
    insta::assert_snapshot!(of_values("WXLOGIN_TOKEN_ALG", &["HS256", "eddsa"]), @r#"
    WXLOGIN_TOKEN_ALG: "HS256" is not a signature algorithm; write one of EdDSA, ES256, RS256
    WXLOGIN_TOKEN_ALG: "eddsa" is not a signature algorithm; write one of EdDSA, ES256, RS256
    "#);
    insta::assert_snapshot!(of_values("WXLOGIN_TOKEN_CLAIMS", &["openid,phone,"]), @r#"
    WXLOGIN_TOKEN_CLAIMS: "phone" is not an extra claim; write one or more of openid, unionid, external_id
    WXLOGIN_TOKEN_CLAIMS: "" is not an extra claim; write one or more of openid, unionid, external_id
    "#);
}

#[test]
fn master_keys() {
    let development = MasterKey::for_testing().to_base64();
    let values = [
        "",
        "secret",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        development.expose_secret(),
    ];
    insta::assert_snapshot!(of_values("WXLOGIN_MASTER_KEY", &values), @r"
    WXLOGIN_MASTER_KEY: is missing; make one with: openssl rand -base64 32
    WXLOGIN_MASTER_KEY: is not 32 bytes in base64 (44 characters); make one with: openssl rand -base64 32
    WXLOGIN_MASTER_KEY: is not 32 bytes in base64 (44 characters); make one with: openssl rand -base64 32
    WXLOGIN_MASTER_KEY: is one byte repeated, which anybody can guess; make one with: openssl rand -base64 32
    WXLOGIN_MASTER_KEY: is a generated development key; make one with: openssl rand -base64 32
    ");
    let placeholder = Given::nothing().env("WXLOGIN_MASTER_KEY", values[3]);
    insta::assert_snapshot!(placeholder.refused(Mode::Dev), @"WXLOGIN_MASTER_KEY: is one byte repeated, which anybody can guess; make one with: openssl rand -base64 32");
    assert!(
        Given::nothing()
            .env("WXLOGIN_MASTER_KEY", MASTER_KEY)
            .load(Mode::Dev)
            .is_ok()
    );
}

#[test]
fn sessions_keys_and_audit() {
    insta::assert_snapshot!(of_values("WXLOGIN_MAX_SESSIONS", &["0", "101", "many"]), @r#"
    WXLOGIN_MAX_SESSIONS: "0" is not a number of sessions; write a whole number from 1 to 100
    WXLOGIN_MAX_SESSIONS: "101" is not a number of sessions; write a whole number from 1 to 100
    WXLOGIN_MAX_SESSIONS: "many" is not a number of sessions; write a whole number from 1 to 100
    "#);
    insta::assert_snapshot!(of_values("WXLOGIN_KEY_ROTATION", &["59m", "never"]), @r#"
    WXLOGIN_KEY_ROTATION: "59m" is out of range; write a duration from 1h to 3650d
    WXLOGIN_KEY_ROTATION: "never" is not a duration; write it as 90s, 15m, 2h or 30d
    "#);
    insta::assert_snapshot!(of_values("WXLOGIN_AUDIT_RETENTION", &["23h"]), @r#"WXLOGIN_AUDIT_RETENTION: "23h" is out of range; write a duration from 1d to 3650d"#);
}

#[test]
fn api_keys() {
    let values = [
        ADMIN_KEY.to_owned(),
        format!("ops:{ADMIN_KEY},{ADMIN_KEY}"),
        format!("o ps:{ADMIN_KEY}"),
        "ops:short".to_owned(),
        format!("ops:{ADMIN_KEY} {ADMIN_KEY}"),
        format!("ops:{ADMIN_KEY},ops:{ADMIN_KEY}2"),
        format!("ops:{ADMIN_KEY},audit:{ADMIN_KEY}"),
    ];
    let values: Vec<&str> = values.iter().map(String::as_str).collect();
    insta::assert_snapshot!(of_values("WXLOGIN_ADMIN_KEYS", &values), @r"
    WXLOGIN_ADMIN_KEYS: entry 1 is not of the form NAME:KEY; separate entries by commas, and use none in a key
    WXLOGIN_ADMIN_KEYS: entry 2 is not of the form NAME:KEY; separate entries by commas, and use none in a key
    WXLOGIN_ADMIN_KEYS: entry 1 has no proper name; a name is 1 to 64 characters of A-Z a-z 0-9 _ . -
    WXLOGIN_ADMIN_KEYS: the key of entry 1 is shorter than 32 characters; make one with: openssl rand -hex 32
    WXLOGIN_ADMIN_KEYS: the key of entry 1 has a blank or a character beyond ASCII in it; make one with: openssl rand -hex 32
    WXLOGIN_ADMIN_KEYS: entry 2 has the name of an earlier one; rename one of them
    WXLOGIN_ADMIN_KEYS entry 2: has the same key as WXLOGIN_ADMIN_KEYS entry 1; give each caller a key of its own
    ");
    let text = r#"
        [[api_keys]]
        name = "shop"
        key = "0123456789abcdefghijklmnopqrstuv"
        scopes = ["introspect", "everything"]
        [[api_keys]]
        name = "the shop"
        key = "short"
        [[api_keys]]
        name = "one"
        key = "0123456789abcdefghijklmnopqrstuv"
        scopes = ["admin"]
        [[api_keys]]
        name = "one"
        key = "0123456789abcdefghijklmnopqrstuv"
        scopes = ["admin"]
        [[api_keys]]
    "#;
    insta::assert_snapshot!(of_toml(text), @r#"
    wxlogin.toml: [[api_keys]] #1 scopes: "everything" is not a scope; write admin, introspect or both
    wxlogin.toml: [[api_keys]] #2 name: "the shop" is not a name for a key; a name is 1 to 64 characters of A-Z a-z 0-9 _ . -
    wxlogin.toml: [[api_keys]] #2 key: is shorter than 32 characters; make one with: openssl rand -hex 32
    wxlogin.toml: [[api_keys]] #2 scopes: allows nothing; write scopes = ["introspect"], ["admin"] or both
    wxlogin.toml: [[api_keys]] #4 name: "one" is also the name of wxlogin.toml: [[api_keys]] #3; rename one of them
    wxlogin.toml: [[api_keys]] #5 name: is missing (who uses the API key); add it
    wxlogin.toml: [[api_keys]] #5 key: is missing; make one with: openssl rand -hex 32
    wxlogin.toml: [[api_keys]] #5 scopes: allows nothing; write scopes = ["introspect"], ["admin"] or both
    "#);
}

#[test]
fn one_api_key_for_two_names() {
    let text = format!("[[api_keys]]\nname = \"shop\"\nkey = \"{ADMIN_KEY}\"\nscopes = [\"introspect\"]");
    let given = Given::the_least()
        .toml(&text)
        .env("WXLOGIN_ADMIN_KEYS", &format!("ops:{ADMIN_KEY}"));
    insta::assert_snapshot!(given.refused(Mode::Serve), @"WXLOGIN_ADMIN_KEYS entry 1: has the same key as wxlogin.toml: [[api_keys]] #1; give each caller a key of its own");
}

#[test]
fn the_rest() {
    insta::assert_snapshot!(of_values("WXLOGIN_PHONE_POLICY", &["one"]), @r#"WXLOGIN_PHONE_POLICY: "one" is not a policy for phone numbers; write shared or unique"#);
    insta::assert_snapshot!(of_values("WXLOGIN_LIMITS_MAX_CONCURRENT_REQUESTS", &["0", "many", "1000001", "-1"]), @r#"
    WXLOGIN_LIMITS_MAX_CONCURRENT_REQUESTS: "0" is not a number of requests; write a whole number from 1 to 1000000
    WXLOGIN_LIMITS_MAX_CONCURRENT_REQUESTS: "many" is not a number of requests; write a whole number from 1 to 1000000
    WXLOGIN_LIMITS_MAX_CONCURRENT_REQUESTS: "1000001" is not a number of requests; write a whole number from 1 to 1000000
    WXLOGIN_LIMITS_MAX_CONCURRENT_REQUESTS: "-1" is not a number of requests; write a whole number from 1 to 1000000
    "#);
    insta::assert_snapshot!(of_values("WXLOGIN_LIMITS_PER_ADDRESS", &["-1", "600/m", "1000001"]), @r#"
    WXLOGIN_LIMITS_PER_ADDRESS: "-1" is not a number of requests a minute; write a whole number from 0 to 1000000
    WXLOGIN_LIMITS_PER_ADDRESS: "600/m" is not a number of requests a minute; write a whole number from 0 to 1000000
    WXLOGIN_LIMITS_PER_ADDRESS: "1000001" is not a number of requests a minute; write a whole number from 0 to 1000000
    "#);
    insta::assert_snapshot!(of_values("WXLOGIN_LOG", &["inof", "info,=", "warning"]), @r#"
    WXLOGIN_LOG: "inof" names no level; did you mean info?
    WXLOGIN_LOG: "info,=" is not a log filter; write a level (error, warn, info, debug, trace) or TARGET=LEVEL, comma-separated
    WXLOGIN_LOG: "warning" names no level; did you mean warn?
    "#);
}
