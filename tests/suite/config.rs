//! `wxlogin serve` with a bad configuration stops, with one message per fault: the key, what is wrong, what to do.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use wxlogin_tests::program::{directory, environment, run};

/// Runs `serve` with a change to a good environment and answers what it says.
fn refused(change: impl FnOnce(&mut BTreeMap<&'static str, String>)) -> String {
    let directory = directory();
    let mut environment = environment("http://127.0.0.1:9", directory.path());
    environment.insert("WXLOGIN_STORE", "mem://".into());
    change(&mut environment);
    let output = run(directory.path(), &["serve"], &environment);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(output.stdout.is_empty(), "{output:?}");
    String::from_utf8(output.stderr).expect("UTF-8")
}

#[test]
fn each_bad_setting_is_told_with_its_remedy() {
    let mut told = String::new();
    for (key, value) in [
        ("WXLOGIN_LISTEN", "everywhere"),
        ("WXLOGIN_STORE", "mysql://localhost"),
        (
            "WXLOGIN_STORE",
            "postgres://user:canary@127.0.0.1/wxlogin?sslmod=canary",
        ),
        ("WXLOGIN_CACHE", "redis://:canary@127.0.0.1/x"),
        ("WXLOGIN_APPID", "gh_97417a04a28d"),
        ("WXLOGIN_APPID", "wx4F4BC4DEC97D474B"),
        ("WXLOGIN_SECRET", " 0123456789abcdef0123456789abcde"),
        ("WXLOGIN_SECRET", "canary"),
        ("WXLOGIN_WECHAT_URL", "http://api.weixin.qq.com"),
        ("WXLOGIN_WECHAT_TIMEOUT", "5"),
        ("WXLOGIN_ISSUER", "http://login.example"),
        ("WXLOGIN_ISSUER", "login.example"),
        ("WXLOGIN_ACCESS_TTL", "15 bananas"),
        ("WXLOGIN_ACCESS_TTL", "40d"),
        ("WXLOGIN_REFRESH_TTL", "400d"),
        ("WXLOGIN_REFRESH_GRACE", "0s"),
        ("WXLOGIN_TOKEN_ALG", "HS256"),
        ("WXLOGIN_TOKEN_CLAIMS", "phone"),
        ("WXLOGIN_MASTER_KEY", "canary"),
        ("WXLOGIN_MASTER_KEY", "d3hsb2dpbi1kZXYtAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
        ("WXLOGIN_ADMIN_KEYS", "ops:canary"),
        ("WXLOGIN_TLS_CERT", "cert.pem"),
        ("WXLOGIN_TRUSTED_PROXIES", "10.0.0.0/33"),
        ("WXLOGIN_LOG", "inof"),
        ("WXLOGIN_PHONE_POLICY", "mine"),
        ("WXLOGIN_ISUER", "https://login.example"),
        ("WXLOGIN_SECRET_FILE", "nowhere"),
    ] {
        let message = refused(|environment| {
            environment.insert(key, value.to_owned());
        });
        assert!(!message.contains("canary"), "{key} repeats a secret: {message}");
        writeln!(told, "# {key}={value}\n{message}").expect("a string");
    }
    insta::assert_snapshot!(told);
}

#[test]
fn what_is_missing_is_told_all_at_once() {
    insta::assert_snapshot!(refused(BTreeMap::clear));
}

#[test]
fn a_bad_file_is_told_with_its_place() {
    let directory = directory();
    std::fs::write(
        directory.path().join("wxlogin.toml"),
        "listen = 5\nissuer = \"https://login.example\"\n[tokens]\naccess_tll = \"15m\"\n[[apps]]\nappid = \"wx0000000000000001\"\n",
    )
    .expect("a file");
    let output = run(
        directory.path(),
        &["serve", "--config", "wxlogin.toml"],
        &BTreeMap::new(),
    );
    assert_eq!(output.status.code(), Some(1));
    insta::assert_snapshot!(String::from_utf8(output.stderr).expect("UTF-8"));
}
