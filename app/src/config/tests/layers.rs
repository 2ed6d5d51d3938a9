//! Which layer wins, and how the app of the environment joins those of the file.

use std::fmt::Write as _;

use secrecy::ExposeSecret;

use super::{ADMIN_KEY, Given, OTHER_SECRET, SECRET};
use crate::config::{Mode, Sources};

#[test]
fn later_layers_win() {
    let mut table = String::new();
    for layers in 0_u8..16 {
        let mut given = Given::the_least();
        let mut names = Vec::new();
        if layers & 1 != 0 {
            given = given.toml("listen = \"127.0.0.1:1001\"");
            names.push("file");
        }
        if layers & 2 != 0 {
            given = given.dotenv("WXLOGIN_LISTEN=127.0.0.1:1002");
            names.push(".env");
        }
        if layers & 4 != 0 {
            given = given.env("WXLOGIN_LISTEN", "127.0.0.1:1003");
            names.push("environment");
        }
        if layers & 8 != 0 {
            given.sources.listen = Some("127.0.0.1:1004".to_owned());
            names.push("flag");
        }
        writeln!(table, "{:<31} {}", names.join(", "), given.serve().server.listen).unwrap();
    }
    insta::assert_snapshot!(table, @r"
                                    127.0.0.1:8080
    file                            127.0.0.1:1001
    .env                            127.0.0.1:1002
    file, .env                      127.0.0.1:1002
    environment                     127.0.0.1:1003
    file, environment               127.0.0.1:1003
    .env, environment               127.0.0.1:1003
    file, .env, environment         127.0.0.1:1003
    flag                            127.0.0.1:1004
    file, flag                      127.0.0.1:1004
    .env, flag                      127.0.0.1:1004
    file, .env, flag                127.0.0.1:1004
    environment, flag               127.0.0.1:1004
    file, environment, flag         127.0.0.1:1004
    .env, environment, flag         127.0.0.1:1004
    file, .env, environment, flag   127.0.0.1:1004
    ");
}

#[test]
fn an_empty_variable_is_unset() {
    let config = Given::the_least()
        .toml("log = \"debug\"")
        .dotenv("WXLOGIN_LOG=\n")
        .env("WXLOGIN_LOG", "")
        .serve();
    assert_eq!(config.log.as_str(), "debug");
}

#[test]
fn the_flag_names_the_file_before_the_environment_does() {
    let by_environment = Given::the_least()
        .file("a.toml", "log = \"debug\"")
        .env("WXLOGIN_CONFIG", "DIRa.toml");
    assert_eq!(by_environment.serve().log.as_str(), "debug");

    let by_flag = Given::the_least()
        .toml("log = \"trace\"")
        .file("a.toml", "log = \"debug\"")
        .env("WXLOGIN_CONFIG", "DIRa.toml");
    assert_eq!(by_flag.serve().log.as_str(), "trace");

    let given = Given::the_least().file("a.toml", "log = \"debug\"");
    let text = format!("WXLOGIN_CONFIG={}\n", given.path("a.toml"));
    assert_eq!(given.dotenv(&text).serve().log.as_str(), "debug");
}

#[test]
fn a_mistake_that_a_later_layer_puts_right_is_none() {
    Given::the_least()
        .toml("listen = 5\nstore_file = \"/nonexistent\"")
        .env("WXLOGIN_LISTEN", "127.0.0.1:8080")
        .env("WXLOGIN_STORE", "mem://")
        .serve();
}

#[test]
fn secrets_out_of_files() {
    for (text, read) in [
        (SECRET.to_owned(), SECRET),
        (format!("{SECRET}\n"), SECRET),
        (format!("{SECRET}\r\n"), SECRET),
    ] {
        let config = Given::the_least()
            .env("WXLOGIN_SECRET", "")
            .file("secret", &text)
            .env("WXLOGIN_SECRET_FILE", "DIRsecret")
            .serve();
        assert_eq!(config.apps[0].secret.expose_secret(), read);
    }
}

#[test]
fn every_secret_has_a_file_form() {
    let given = Given::nothing()
        .file("app", OTHER_SECRET)
        .file("token", "AAAAA")
        .file("aes", &"A".repeat(43))
        .file("master", super::MASTER_KEY)
        .file("key", ADMIN_KEY)
        .file("admin", &format!("ops:{}", "x".repeat(32)))
        .file("store", "mem://")
        .file("cache", "redis://cache");
    let text = r#"
        issuer = "https://login.example"
        master_key_file = "DIRmaster"
        store_file = "DIRstore"
        cache_file = "DIRcache"
        [[apps]]
        appid = "wx00000000000000a2"
        secret_file = "DIRapp"
        push_token_file = "DIRtoken"
        push_aes_key_file = "DIRaes"
        [[api_keys]]
        name = "shop"
        key_file = "DIRkey"
        scopes = ["admin"]
    "#;
    let from_file = given.toml(text).env("WXLOGIN_ADMIN_KEYS_FILE", "DIRadmin").serve();
    assert_eq!(from_file.apps[0].secret.expose_secret(), OTHER_SECRET);
    assert_eq!(from_file.apps[0].push_token.as_ref().unwrap().expose_secret(), "AAAAA");
    assert_eq!(
        from_file.apps[0].push_aes_key.as_ref().unwrap().expose_secret(),
        "A".repeat(43)
    );
    assert_eq!(
        from_file.master_key.unwrap().to_base64().expose_secret(),
        super::MASTER_KEY
    );
    assert_eq!(from_file.store.to_string(), "mem://");
    assert_eq!(from_file.cache.to_string(), "redis://cache");
    assert_eq!(from_file.api_keys[0].key.expose_secret(), ADMIN_KEY);
    assert_eq!(from_file.api_keys[1].name.as_str(), "ops");

    let names = [
        "SECRET",
        "PUSH_TOKEN",
        "PUSH_AES_KEY",
        "MASTER_KEY",
        "ADMIN_KEYS",
        "STORE",
        "CACHE",
    ];
    let mut given = Given::nothing()
        .env("WXLOGIN_APPID", "wx00000000000000a1")
        .env("WXLOGIN_ISSUER", "https://login.example")
        .file("SECRET", SECRET)
        .file("PUSH_TOKEN", "AAAAA")
        .file("PUSH_AES_KEY", &"A".repeat(43))
        .file("MASTER_KEY", super::MASTER_KEY)
        .file("ADMIN_KEYS", &format!("ops:{ADMIN_KEY}"))
        .file("STORE", "mem://")
        .file("CACHE", "memory://");
    for name in names {
        given = given.env(&format!("WXLOGIN_{name}_FILE"), &format!("DIR{name}"));
    }
    given.serve();
}

#[test]
fn a_form_of_a_later_layer_replaces_the_other_form() {
    let config = Given::the_least()
        .dotenv("WXLOGIN_SECRET_FILE=/nonexistent\n")
        .env("WXLOGIN_SECRET", OTHER_SECRET)
        .serve();
    assert_eq!(config.apps[0].secret.expose_secret(), OTHER_SECRET);
}

const TWO_APPS: &str = r#"
    [[apps]]
    appid = "wx00000000000000a1"
    secret = "00000000000000000000000000000001"
    name = "First"
    [[apps]]
    appid = "wx00000000000000a2"
    secret = "00000000000000000000000000000002"
"#;

fn apps(given: Given) -> Vec<(String, String)> {
    let apps = given.serve().apps;
    let app = |app: crate::config::App| (app.appid.to_string(), app.secret.expose_secret().to_owned());
    apps.into_iter().map(app).collect()
}

fn owned<const N: usize>(apps: [(&str, &str); N]) -> Vec<(String, String)> {
    apps.map(|(appid, secret)| (appid.to_owned(), secret.to_owned())).into()
}

#[test]
fn the_app_of_the_environment_is_added() {
    let given = Given::the_least()
        .toml(TWO_APPS)
        .env("WXLOGIN_APPID", "wx00000000000000a3");
    let expected = [
        ("wx00000000000000a1", "00000000000000000000000000000001"),
        ("wx00000000000000a2", "00000000000000000000000000000002"),
        ("wx00000000000000a3", SECRET),
    ];
    assert_eq!(apps(given), owned(expected));
}

#[test]
fn the_app_of_the_environment_replaces_the_one_with_its_id() {
    let expected = [
        ("wx00000000000000a1", SECRET),
        ("wx00000000000000a2", "00000000000000000000000000000002"),
    ];
    assert_eq!(apps(Given::the_least().toml(TWO_APPS)), owned(expected));
    // As a whole: nothing of the replaced one is left, not even its faults.
    let broken = TWO_APPS.replace("First", &"x".repeat(100));
    let config = Given::the_least().toml(&broken).serve();
    assert_eq!(config.apps[0].name, None);
}

#[test]
fn the_app_may_come_from_two_layers() {
    let given = Given::the_least()
        .env("WXLOGIN_APPID", "")
        .dotenv("WXLOGIN_APPID=wx00000000000000a9\n");
    assert_eq!(apps(given), owned([("wx00000000000000a9", SECRET)]));
}

#[test]
fn the_api_keys_of_the_environment_are_added_or_replace() {
    let text = r#"
        [[api_keys]]
        name = "ops"
        key = "00000000000000000000000000000001"
        scopes = ["introspect"]
        [[api_keys]]
        name = "shop"
        key = "00000000000000000000000000000002"
        scopes = ["introspect"]
    "#;
    let config = Given::the_least()
        .toml(text)
        .env("WXLOGIN_ADMIN_KEYS", &format!("ops:{ADMIN_KEY},audit:{ADMIN_KEY}2"))
        .serve();
    let keys: Vec<_> = config
        .api_keys
        .iter()
        .map(|key| (key.name.as_str(), key.scopes.len()))
        .collect();
    assert_eq!(keys, [("ops", 2), ("shop", 1), ("audit", 2)]);
}

#[test]
fn dotenv_as_everybody_writes_it() {
    let text = "\u{feff}# comment with 'a quote\n\nexport WXLOGIN_LOG=\"debug\" # why\r\n\
                OTHER = x\nWXLOGIN_PHONE_POLICY='unique'   ";
    let config = Given::the_least().dotenv(text).serve();
    assert_eq!(config.log.as_str(), "debug");
    assert_eq!(config.phone_policy, wxlogin_domain::phone_number::PhonePolicy::Unique);
}

#[test]
fn malformed_lines_of_other_programs_are_their_business() {
    let text = "OTHER PROGRAM\nWXLOGIN_LOG=debug\n# WXLOGIN_LOG\n\nA=b c d\n";
    assert_eq!(Given::the_least().dotenv(text).serve().log.as_str(), "debug");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(100))]

    #[test]
    fn no_text_makes_it_panic(dotenv in ".{0,200}", toml in ".{0,200}", name in "WXLOGIN_[A-Z_]{0,20}", value in ".{0,60}") {
        let mut given = Given::the_least().toml(&toml).dotenv(&dotenv).env(&name, &value);
        given.sources.listen = Some(value.clone());
        let _ = given.load(Mode::Serve);
    }

    #[test]
    fn no_value_makes_it_panic(which in 0_usize..100, value in "[-a-z0-9:/@.,#%\\[\\] ?=]{0,60}") {
        let settings = crate::config::settings();
        let setting = &settings[which % settings.len()];
        if let Some(name) = setting.env {
            let _ = Given::the_least().env(name, &value).load(Mode::Dev);
        }
        if let Some(path) = setting.toml.filter(|path| !path.contains('[')) {
            let _ = Given::the_least().toml(&format!("{path} = {value}")).load(Mode::Dev);
            let _ = Given::the_least().toml(&format!("{path} = {value:?}")).load(Mode::Dev);
        }
    }
}

#[test]
fn sources_show_no_values() {
    let mut sources = Sources::default();
    sources.env.insert("WXLOGIN_SECRET".to_owned(), SECRET.to_owned());
    sources.dotenv = Some(format!("WXLOGIN_SECRET={SECRET}"));
    insta::assert_snapshot!(format!("{sources:?}"), @r#"Sources { file: None, dotenv: true, env: ["WXLOGIN_SECRET"], listen: None, unreadable: [] }"#);
}
