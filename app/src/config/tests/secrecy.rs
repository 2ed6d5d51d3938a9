//! No secret shows: not in `Debug` of what was read, not in what is said about what could not be.

use secrecy::ExposeSecret;

use super::Given;
use crate::config::{Mode, settings};

/// Eight characters that stand in every secret of these tests, wherever its shape allows letters.
const CANARY: &str = "ca9a47bd";

#[test]
fn no_secret_shows_in_debug() {
    let secret = CANARY.repeat(4);
    let text = format!(
        "master_key = \"{CANARY}{CANARY}{CANARY}{CANARY}{CANARY}{CANARY:.2}A\"
         [[apps]]
         appid = \"wx00000000000000a2\"
         secret = \"{secret}\"
         push_token = \"{CANARY}\"
         push_aes_key = \"{CANARY}{CANARY}{CANARY}{CANARY}{CANARY}{CANARY:.3}\"
         [[api_keys]]
         name = \"shop\"
         key = \"{secret}\"
         scopes = [\"admin\"]"
    );
    for (store, cache) in [
        (format!("ws://root:{CANARY}@db/n/d"), format!("redis://:{CANARY}@cache")),
        (
            format!("postgres://root:{CANARY}@db/d"),
            format!("redis://{CANARY}@cache"),
        ),
        (
            format!("postgres://{CANARY}@db/d?password={CANARY}"),
            format!("rediss://x:{CANARY}@cache/1?y={CANARY}"),
        ),
    ] {
        let config = Given::nothing()
            .toml(&text)
            .env("WXLOGIN_APPID", "wx00000000000000a1")
            .env("WXLOGIN_SECRET", &secret)
            .env("WXLOGIN_PUSH_TOKEN", CANARY)
            .env("WXLOGIN_ADMIN_KEYS", &format!("ops:{secret}{secret}"))
            .env("WXLOGIN_ISSUER", "https://login.example")
            .env("WXLOGIN_STORE", &store)
            .env("WXLOGIN_CACHE", &cache)
            .serve();
        assert_eq!(config.apps[0].secret.expose_secret(), secret);
        let shown = format!("{config:?} {config:#?} {} {}", config.store, config.cache);
        assert!(!shown.contains(CANARY), "{shown}");
        let bytes = format!("{:?}", config.master_key.as_ref().unwrap().expose());
        assert!(!shown.contains(bytes.trim_matches(['[', ']'])), "{shown}");
    }
}

/// Values that are wrong in one way or another for any secret, each with a canary in it.
fn wrong_values() -> Vec<String> {
    let long = CANARY.repeat(4);
    vec![
        CANARY.to_owned(),
        format!(" {long}"),
        format!("{long}\n"),
        format!("{CANARY} {CANARY}"),
        format!("{long}{long}"),
        long.to_uppercase(),
        format!("{CANARY}://{CANARY}"),
        format!("{CANARY}:{CANARY}"),
        format!("{CANARY}:{long},{CANARY}:{long}"),
        format!("name:{long},other:{long}"),
        format!("name:{long},{CANARY}"),
        format!("surrealkv://?{CANARY}"),
        format!("mem://{CANARY}"),
        format!("memory://{CANARY}"),
        format!("ws://root:{CANARY}@db"),
        format!("ws://root:{CANARY}/@db/n/d"),
        format!("ws://root:{CANARY}#@db/n/d"),
        format!("postgres://root:{CANARY}/x@db/d"),
        format!("postgres://root:{CANARY}#x@db/d"),
        format!("postgres://root:{CANARY} x@db/d"),
        format!("redis://:{CANARY}/x@db/d"),
        format!("redis://root:{CANARY}@db/{CANARY}"),
    ]
}

fn shows_none(given: Given, mode: Mode) {
    let shown = match given.load(mode) {
        Ok(config) => format!("{config:?}"),
        Err(faults) => format!("{faults} {faults:?}"),
    };
    assert!(!shown.to_lowercase().contains(CANARY), "{shown}");
}

#[test]
fn no_fault_repeats_a_secret() {
    for setting in settings().iter().filter(|setting| setting.secret) {
        for value in wrong_values() {
            for mode in [Mode::Serve, Mode::Dev] {
                if let Some(name) = setting.env {
                    shows_none(Given::the_least().env(name, &value), mode);
                    shows_none(
                        Given::the_least().env(name, "").dotenv(&format!("{name}='{value}'")),
                        mode,
                    );
                    // Forgotten quotes, an unknown name beside, both forms at once, the file form.
                    shows_none(
                        Given::the_least().env(name, "").dotenv(&format!("{name}={value}")),
                        mode,
                    );
                    shows_none(Given::the_least().dotenv(&format!("{name}='{value}")), mode);
                    shows_none(Given::the_least().env(&format!("{name}_X"), &value), mode);
                    shows_none(
                        Given::the_least().env(name, &value).env(&format!("{name}_FILE"), "x"),
                        mode,
                    );
                    let given = Given::the_least().env(name, "").file("secret", &value);
                    shows_none(given.env(&format!("{name}_FILE"), "DIRsecret"), mode);
                }
                if let Some(path) = setting.toml {
                    let (table, key) = path.split_once("[].").unwrap_or(("", path));
                    let table = if table.is_empty() {
                        String::new()
                    } else {
                        format!("[[{table}]]\n")
                    };
                    let quoted = format!("{value:?}");
                    for line in [
                        format!("{key} = {quoted}"),
                        format!("{key} = {value}"),
                        format!("{key} = \"{value}"),
                        format!("{key} {value}"),
                        format!("{key} = [{quoted}]"),
                        format!("{key} = {{ x = {quoted} }}"),
                        format!("{key}_x = {quoted}"),
                        format!("{key} = {quoted}\n{key}_file = \"x\""),
                        format!("{key} = {quoted}\n{key} = {quoted}"),
                    ] {
                        shows_none(Given::nothing().toml(&format!("{table}{line}")), mode);
                    }
                }
            }
        }
    }
}

/// Secrets pasted into the line of another setting.
#[test]
fn what_looks_like_a_secret_is_not_repeated_anywhere() {
    let secrets = [
        CANARY.repeat(4),
        format!("{}=", CANARY.repeat(5)),
        format!("ws://root:{CANARY}@db/n/d"),
        format!("https://root:{CANARY}@db"),
    ];
    for setting in settings().iter().filter(|setting| setting.secret) {
        for value in &secrets {
            if let Some(name) = setting.env {
                let given = Given::the_least().env(name, "").env(&format!("{name}_FILE"), value);
                shows_none(given, Mode::Serve);
            }
        }
    }
    for setting in settings().iter().filter(|setting| !setting.secret) {
        // A path, and a name for people: nothing but their owner can tell them from a secret.
        let is_free = [
            "WXLOGIN_CONFIG",
            "WXLOGIN_TLS_CERT",
            "WXLOGIN_TLS_KEY",
            "WXLOGIN_AUDIENCE",
            "WXLOGIN_LOG",
        ];
        for value in &secrets {
            if let Some(name) = setting.env.filter(|name| !is_free.contains(name)) {
                shows_none(Given::the_least().env(name, value), Mode::Serve);
            }
        }
    }
}
