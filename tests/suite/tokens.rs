//! The tokens verify with a library that shares nothing with the one that signs them: jose, on Node.js.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use wxlogin_tests::platform::Platform;
use wxlogin_tests::program::{Program, directory, environment};

const ISSUER: &str = "http://127.0.0.1:8080";

fn verify(jwks: &str, audience: &str, algorithm: &str, token: &str) -> Output {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("jose");
    assert!(
        folder.join("node_modules/jose").exists(),
        "the library is not installed: tests/run --tools"
    );
    Command::new("node")
        .arg(folder.join("verify.mjs"))
        .args([jwks, ISSUER, audience, algorithm, token])
        .output()
        .expect("node runs")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_independent_library_verifies_every_algorithm() {
    let platform = Platform::start().await;
    for algorithm in ["EdDSA", "ES256", "RS256"] {
        let directory = directory();
        let mut environment = environment(&platform.url, directory.path());
        environment.insert("WXLOGIN_TOKEN_ALG", algorithm.into());
        environment.insert("WXLOGIN_TOKEN_CLAIMS", "openid".into());
        let service = Program::serve(directory.path(), &environment);
        let tokens = service.api().login(&platform.code("alice").await).await.ok();
        let token = tokens.text("/access_token");
        let jwks = service.api().url("/.well-known/jwks.json");

        let good = verify(&jwks, ISSUER, algorithm, token);
        assert!(good.status.success(), "{algorithm}: {good:?}");
        let claims: Value = serde_json::from_slice(&good.stdout).expect("claims");
        assert_eq!(claims["sub"], tokens.body["account"]["id"]);
        assert_eq!(claims["openid"], tokens.body["account"]["identities"][0]["openid"]);

        assert!(
            !verify(&jwks, "https://elsewhere.example", algorithm, token)
                .status
                .success()
        );
        let mut tampered = token.to_owned();
        tampered.replace_range(
            token.len() - 20..token.len() - 19,
            if &token[token.len() - 20..token.len() - 19] == "A" {
                "B"
            } else {
                "A"
            },
        );
        assert!(!verify(&jwks, ISSUER, algorithm, &tampered).status.success());
        let other = if algorithm == "EdDSA" { "ES256" } else { "EdDSA" };
        assert!(!verify(&jwks, ISSUER, other, token).status.success());
    }
}
