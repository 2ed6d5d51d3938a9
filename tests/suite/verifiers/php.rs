//! PHP, with firebase/php-jwt.

use std::fs::File;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use jsonwebtoken::Algorithm;
use serde_json::json;
use wxlogin_tests::program::directory;
use wxlogin_tests::required;

use super::forgeries::Setting;
use super::issuer::{Jwks, Key};
use super::{Verifier, assert_accepted, assert_refused, tests_of};

fn verifier() -> Option<Verifier> {
    let vendor = Path::new(env!("CARGO_MANIFEST_DIR")).join("php/vendor");
    if !required::has_command("php")
        || !required::has(vendor.join("autoload.php").exists(), "the PHP library firebase/php-jwt")
    {
        return None;
    }
    let verifier = Verifier::documented("verify.php", |_| {
        let mut command = Command::new("php");
        command.arg("verify.php");
        command
    });
    symlink(vendor, verifier.folder.path().join("vendor")).expect("a link");
    Some(verifier)
}

tests_of!(verifier());

/// A PHP program begins anew with each request: its keys outlive it in a file, whose age can be changed.
#[tokio::test(flavor = "multi_thread")]
async fn keys_are_kept_in_a_file_and_fetched_again_in_time() {
    let Some(verifier) = verifier() else { return };
    let (old, new) = (Key::new(Algorithm::EdDSA, "old"), Key::new(Algorithm::EdDSA, "new"));
    let keys = json!({ "keys": [old.jwk, new.jwk] });
    let issuer = Jwks::publish(move || keys.clone()).await;
    let of = |key| Setting {
        issuer: &issuer.url,
        name: "EdDSA",
        algorithm: Algorithm::EdDSA,
        key,
        other: key,
        stranger: &issuer.url,
    };
    let stranger = Key::new(Algorithm::EdDSA, "nobody");
    let (good, foreign) = (of(&new).good("alice"), of(&stranger).good("nobody"));
    let folder = directory();
    let file = folder.path().join("jwks.json");
    let run = |token: &String| verifier.run_with_cache(&file, &issuer.url, "EdDSA", std::slice::from_ref(token));
    let age = |seconds| {
        let file = File::options().write(true).open(&file).expect("it is there");
        let now = file.metadata().expect("it has some").modified().expect("a time");
        file.set_modified(now - Duration::from_secs(seconds))
            .expect("it is ours");
    };

    for _ in 0..2 {
        assert_accepted(&run(&good), &["alice"]);
    }
    assert_eq!(issuer.fetched(), 1);
    age(200);
    assert_accepted(&run(&good), &["alice"]);
    assert_eq!(issuer.fetched(), 1, "they are kept for 300 seconds");
    for _ in 0..2 {
        assert_refused(&run(&foreign), 1);
    }
    assert_eq!(
        issuer.fetched(),
        2,
        "an unknown kid has them fetched, but not twice within 30 seconds"
    );
    age(301);
    assert_accepted(&run(&good), &["alice"]);
    assert_eq!(issuer.fetched(), 3);
    // Fetched by a program that knew only the old key, a minute before the new one came.
    std::fs::write(&file, json!({ "keys": [old.jwk] }).to_string()).expect("a file");
    age(60);
    assert_accepted(&run(&good), &["alice"]);
    assert_eq!(issuer.fetched(), 4);
}
