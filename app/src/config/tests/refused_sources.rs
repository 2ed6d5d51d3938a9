//! Sources that are refused, and how that is told. Read these as the user would.

use super::{Given, SECRET, of_toml};
use crate::config::Mode;
use crate::config::fault::Flaw;

#[test]
fn nothing_is_set() {
    insta::assert_snapshot!(Given::nothing().refused(Mode::Serve), @r"
    WXLOGIN_APPID: no mini program is configured; set WXLOGIN_APPID and WXLOGIN_SECRET, or write [[apps]] into the configuration file
    WXLOGIN_ISSUER: is missing; set it, or issuer in the configuration file, to the public URL of this service, as https://login.example.com
    WXLOGIN_MASTER_KEY: is missing; make one with: openssl rand -base64 32
    ");
}

#[test]
fn everything_is_told_at_once() {
    let given = Given::nothing()
        .toml("listen = 5\nlisten_on = 5\n[tokens]\naccess_ttl = \"15 bananas\"\n[[apps]]\nappid = \"wx1\"")
        .dotenv("WXLOGIN_ISUER=x\nWXLOGIN_LOG=inof\n")
        .env("WXLOGIN_REFRESH_TTL", "soon")
        .env("WXLOGIN_STORE", "mysql://x");
    insta::assert_snapshot!(given.refused(Mode::Serve), @r#"
    .env: WXLOGIN_ISUER: is not a setting; did you mean WXLOGIN_ISSUER?
    wxlogin.toml: listen_on: is not a setting; did you mean listen?
    wxlogin.toml: listen: expected text, found a number; put the value in quotes
    WXLOGIN_STORE: does not begin as any store does; write mem://, surrealkv://PATH, wss://USER:PASS@HOST:PORT/NAMESPACE/DATABASE (or ws://) or postgres://USER:PASS@HOST:PORT/DATABASE
    wxlogin.toml: [[apps]] #1 appid: "wx1" is not an AppID; an AppID is wx and 16 characters of 0-9 a-f
    wxlogin.toml: [[apps]] #1 secret: is missing (the mini program's AppSecret); add it, or secret_file with the path of a file that holds it
    WXLOGIN_ISSUER: is missing; set it, or issuer in the configuration file, to the public URL of this service, as https://login.example.com
    wxlogin.toml: tokens.access_ttl: "15 bananas" is not a duration; write it as 90s, 15m, 2h or 30d
    WXLOGIN_REFRESH_TTL: "soon" is not a duration; write it as 90s, 15m, 2h or 30d
    WXLOGIN_MASTER_KEY: is missing; make one with: openssl rand -base64 32
    .env: WXLOGIN_LOG: "inof" names no level; did you mean info?
    "#);
}

#[test]
fn unknown_variables() {
    let given = Given::the_least()
        .env("WXLOGIN_ACESS_TTL", "x")
        .env("WXLOGIN_PORT", "8080")
        .env("WXLOGIN_LISTEN_FILE", "x")
        .env("WXLOGIN_", "x")
        .dotenv("WXLOGIN_APP_ID=x\n");
    insta::assert_snapshot!(given.refused(Mode::Serve), @r"
    .env: WXLOGIN_APP_ID: is not a setting; did you mean WXLOGIN_APPID?
    WXLOGIN_: is not a setting; did you mean WXLOGIN_LOG?
    WXLOGIN_ACESS_TTL: is not a setting; did you mean WXLOGIN_ACCESS_TTL?
    WXLOGIN_LISTEN_FILE: is not a setting; did you mean WXLOGIN_LISTEN?
    WXLOGIN_PORT: is not a setting; did you mean WXLOGIN_STORE?
    ");
}

#[test]
fn unknown_keys_of_the_file() {
    let text = r#"
        access_ttl = "15m"
        "odd\nkey" = 1
        [token]
        access_ttl = "15m"
        [tokens]
        acess_ttl = "15m"
        refresh_ttl_file = "x"
        [server.http]
        listen = "x"
        [empty]
        [[apps]]
        appid = "wx00000000000000a1"
        scret = "x"
        [[app]]
        appid = "x"
    "#;
    insta::assert_snapshot!(of_toml(text), @r"
    wxlogin.toml: access_ttl: is not a setting; did you mean tokens.access_ttl?
    wxlogin.toml: [[app]] #1 appid: is not a setting; did you mean appid in [[apps]]?
    wxlogin.toml: [[apps]] #1 scret: is not a setting; did you mean secret in [[apps]]?
    wxlogin.toml: empty: is not a setting; did you mean phone_policy?
    wxlogin.toml: odd\nkey: is not a setting; did you mean tls.key?
    wxlogin.toml: server.http.listen: is not a setting; did you mean listen?
    wxlogin.toml: token.access_ttl: is not a setting; did you mean tokens.access_ttl?
    wxlogin.toml: tokens.acess_ttl: is not a setting; did you mean tokens.access_ttl?
    wxlogin.toml: tokens.refresh_ttl_file: is not a setting; did you mean tokens.refresh_ttl?
    ");
}

#[test]
fn wrong_types_in_the_file() {
    let text = r#"
        listen = 5
        issuer = ["https://login.example"]
        store = { url = "mem://" }
        log = true
        trusted_proxies = "10.0.0.0/8"
        tls = "cert.pem"
        audience = ""
        apps = { appid = "x" }
        api_keys = ["x"]
        [tokens]
        access_ttl = 15
        claims = ["openid", 1]
        session_ttl = 2026-01-01
        [limits]
        max_concurrent_requests = "64k"
        [wechat]
        timeout = 1.5
    "#;
    // The variables would win over the same keys of the file.
    let given = Given::the_least().env("WXLOGIN_ISSUER", "").toml(text);
    insta::assert_snapshot!(given.refused(Mode::Serve), @r#"
    wxlogin.toml: api_keys: expected tables; write [[api_keys]] above the keys of each
    wxlogin.toml: apps: expected tables; write [[apps]] above the keys of each
    wxlogin.toml: tls: expected a table, found text; write [tls] and its keys below
    wxlogin.toml: listen: expected text, found a number; put the value in quotes
    wxlogin.toml: trusted_proxies: expected an array, found text; write it as ["…", "…"]
    wxlogin.toml: store: expected text, found a table; put the value in quotes
    wxlogin.toml: wechat.timeout: expected text, found a decimal number; put the value in quotes
    wxlogin.toml: issuer: expected text, found an array; put the value in quotes
    wxlogin.toml: audience: is empty; give it a value or remove it
    wxlogin.toml: tokens.access_ttl: expected text, found a number; put the value in quotes
    wxlogin.toml: tokens.session_ttl: expected text, found a date; put the value in quotes
    wxlogin.toml: tokens.claims: expected texts in the array, found a number; put each member in quotes
    wxlogin.toml: limits.max_concurrent_requests: "64k" is not a number of requests; write a whole number from 1 to 1000000
    wxlogin.toml: log: expected text, found true or false; put the value in quotes
    "#);
    insta::assert_snapshot!(of_toml("tokens = 5\nlimits.max_concurrent_requests = 1.5"), @r"
    wxlogin.toml: tokens: expected a table, found a number; write [tokens] and its keys below
    wxlogin.toml: limits.max_concurrent_requests: expected a number, found a decimal number; write a whole number, without quotes
    ");
}

#[test]
fn files_that_cannot_be_read() {
    let mut given = Given::the_least().env("WXLOGIN_MASTER_KEY", "");
    given.sources.file = Some(given.path("missing.toml").into());
    let given = given
        .env("WXLOGIN_MASTER_KEY_FILE", "DIRmissing")
        .file("empty", "\n")
        .file("two-breaks", &format!("{SECRET}\n\n"))
        .env("WXLOGIN_STORE_FILE", "DIRempty")
        .env("WXLOGIN_SECRET", "")
        .env("WXLOGIN_SECRET_FILE", "DIRtwo-breaks")
        .env("WXLOGIN_CACHE_FILE", "/");
    insta::assert_snapshot!(given.refused(Mode::Serve), @r#"
    missing.toml: cannot be read: No such file or directory (os error 2); name a configuration file that this process may read
    WXLOGIN_STORE_FILE: "empty" is empty; put the value into that file
    WXLOGIN_CACHE_FILE: "/" cannot be read: Is a directory (os error 21); name a file that this process may read
    WXLOGIN_SECRET_FILE: begins or ends with a blank or a line break; remove that, it was probably copied along
    WXLOGIN_MASTER_KEY_FILE: "missing" cannot be read: No such file or directory (os error 2); name a file that this process may read
    "#);
}

#[test]
fn broken_toml() {
    let texts = [
        "listen = ",
        "listen = 127.0.0.1",
        "[tokens\n",
        "\n\nlog = \"a\"\nlog = \"b\"",
        "  listen = \"127",
        "\u{0}",
        "a.b = 1\na = 1",
    ];
    insta::assert_snapshot!(texts.map(of_toml).join("\n"), @r#"
    wxlogin.toml: is not TOML at line 1, column 10: string values must be quoted, expected literal string; correct that line; texts stand in quotes
    wxlogin.toml: is not TOML at line 1, column 15: invalid float, expected nothing; correct that line; texts stand in quotes
    wxlogin.toml: is not TOML at line 1, column 8: unclosed table, expected `]`; correct that line; texts stand in quotes
    wxlogin.toml: is not TOML at line 4, column 1: duplicate key; correct that line; texts stand in quotes
    wxlogin.toml: is not TOML at line 1, column 16: invalid basic string, expected `"`; correct that line; texts stand in quotes
    wxlogin.toml: is not TOML at line 1, column 2: key with no value, expected `=`; correct that line; texts stand in quotes
    wxlogin.toml: is not TOML at line 2, column 1: duplicate key; correct that line; texts stand in quotes
    "#);
}

#[test]
fn what_may_stand_in_an_unreadable_part_is_not_called_missing() {
    insta::assert_snapshot!(Given::nothing().toml("[[apps]\n").refused(Mode::Serve), @"wxlogin.toml: is not TOML at line 1, column 8: unclosed array table, expected `]`; correct that line; texts stand in quotes");
    insta::assert_snapshot!(Given::nothing().dotenv("WXLOGIN_APPID='wx").refused(Mode::Serve), @".env: line 1: is not of the form NAME=VALUE; put a value with blanks, quotes, $ or # in single quotes, and close every quote");
    let wrong_table = Given::the_least()
        .env("WXLOGIN_APPID", "")
        .env("WXLOGIN_SECRET", "")
        .toml("apps = 5");
    insta::assert_snapshot!(wrong_table.refused(Mode::Serve), @"wxlogin.toml: apps: expected tables; write [[apps]] above the keys of each");
}

#[test]
fn broken_dotenv() {
    let text = "# first\n\nWXLOGIN_LOG\nWXLOGIN_LISTEN=127.0.0.1:80 80\nWXLOGIN_CACHE=memory://\nWXLOGIN_CACHE=memory://\n\
                WXLOGIN_STORE='mem://\n\n\nWXLOGIN_AUDIENCE=x\n";
    insta::assert_snapshot!(Given::the_least().dotenv(text).refused(Mode::Serve), @r"
    .env: line 3: is not of the form NAME=VALUE; put a value with blanks, quotes, $ or # in single quotes, and close every quote
    .env: line 4: is not of the form NAME=VALUE; put a value with blanks, quotes, $ or # in single quotes, and close every quote
    .env: WXLOGIN_CACHE: is set twice; keep one of the lines
    .env: line 7: is not of the form NAME=VALUE; put a value with blanks, quotes, $ or # in single quotes, and close every quote
    ");
}

#[test]
fn both_forms_of_a_secret() {
    let given = Given::the_least()
        .env("WXLOGIN_SECRET_FILE", "x")
        .dotenv("WXLOGIN_STORE=mem://\nWXLOGIN_STORE_FILE=x\n")
        .toml("cache = \"memory://\"\ncache_file = \"x\"\n[[api_keys]]\nkey = \"x\"\nkey_file = \"x\"");
    insta::assert_snapshot!(given.refused(Mode::Serve), @r#"
    .env: WXLOGIN_STORE_FILE: set together with .env: WXLOGIN_STORE; keep one of them
    WXLOGIN_SECRET_FILE: set together with WXLOGIN_SECRET; keep one of them
    wxlogin.toml: [[api_keys]] #1 key_file: set together with wxlogin.toml: [[api_keys]] #1 key; keep one of them
    wxlogin.toml: cache_file: set together with wxlogin.toml: cache; keep one of them
    wxlogin.toml: [[api_keys]] #1 name: is missing (who uses the API key); add it
    wxlogin.toml: [[api_keys]] #1 key: is shorter than 32 characters; make one with: openssl rand -hex 32
    wxlogin.toml: [[api_keys]] #1 scopes: allows nothing; write scopes = ["introspect"], ["admin"] or both
    "#);
}

#[test]
fn what_could_not_be_read_of_the_process() {
    let mut given = Given::the_least();
    let flaw = Flaw::new("is not UTF-8 text", "write it in UTF-8");
    given.sources.unreadable.push(flaw.at("WXLOGIN_LOG"));
    insta::assert_snapshot!(given.refused(Mode::Serve), @"WXLOGIN_LOG: is not UTF-8 text; write it in UTF-8");
}
