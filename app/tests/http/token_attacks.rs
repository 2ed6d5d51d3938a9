//! Forged, foreign and worn-out tokens, at every door that takes an access token.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use insta::assert_snapshot;
use jsonwebtoken::{EncodingKey, Header};
use serde_json::{Value, json};
use wxlogin_domain::key_ring::Algorithm;

use crate::app::{API_KEY, LoggedIn, NOW, Setup, TestApp};
use crate::token::{StolenKey, encoded, part};

/// A service that signed with `ES256` before it signed with `EdDSA`, and whose first `EdDSA` key was compromised.
struct Scene {
    app: TestApp,
    login: LoggedIn,
    retired: StolenKey,
    active: StolenKey,
    next: StolenKey,
    other_algorithm: StolenKey,
}

impl Scene {
    async fn set() -> Self {
        let mut setup = Setup::default();
        setup.config.tokens.algorithm = Algorithm::Es256;
        setup.clone().start().await;
        setup.config.tokens.algorithm = Algorithm::EdDsa;
        let app = setup.start().await;
        let retired = StolenKey::from(&app.store).await;
        assert_eq!(app.retire(retired.kid()).await.status, 200);
        Self {
            login: app.logged_in("alice").await,
            retired,
            active: StolenKey::from(&app.store).await,
            next: StolenKey::of_ring(&app.store, |ring| ring.next(Algorithm::EdDsa)).await,
            other_algorithm: StolenKey::of_ring(&app.store, |ring| ring.active(Algorithm::Es256)).await,
            app,
        }
    }

    fn good(&self) -> &str {
        &self.login.access
    }

    /// The good token's header with a field of another value; the signature stays.
    fn with_header(&self, name: &str, value: Value, signature: &str) -> String {
        let mut header = part(self.good(), 0);
        header[name] = value;
        let claims = self.good().split('.').nth(1).unwrap();
        format!("{}.{claims}.{signature}", encoded(&header))
    }

    /// The good token's claims under HS256, with what everybody knows for a secret.
    fn hs256(&self, secret: &[u8]) -> String {
        let mut header = Header::new(jsonwebtoken::Algorithm::HS256);
        header.typ = Some("at+jwt".into());
        header.kid = Some(self.active.kid().to_owned());
        jsonwebtoken::encode(&header, &part(self.good(), 1), &EncodingKey::from_secret(secret)).unwrap()
    }

    fn with_claim(&self, name: &str, value: impl Into<Value>) -> String {
        self.active.resign(self.good(), |_, claims| claims[name] = value.into())
    }

    /// What each door says of a token. Those that take it themselves refuse it in the same words.
    async fn verdicts(&self, token: &str) -> String {
        let (me, verify) = (self.app.me(token).await, self.app.verify(token).await);
        let introspection = self.app.introspect(token).await;
        let active = introspection.json()["active"] == true;
        if verify.status == 204 {
            assert_eq!(me.status, 200);
            return format!("believed; introspection: active {active}");
        }
        let challenge = verify.header("www-authenticate").unwrap();
        assert_eq!(
            (me.status, me.code(), me.header("www-authenticate")),
            (verify.status, verify.code(), Some(challenge))
        );
        assert_eq!(introspection.text(), r#"{"active":false}"#);
        format!("{} {}; introspection: inactive\n    {challenge}", me.status, me.code())
    }
}

/// An Ed25519 public key as a file of it looks (RFC 8410).
fn pem(public: &[u8]) -> String {
    let prefix = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    let body = STANDARD.encode([&prefix[..], public].concat());
    format!("-----BEGIN PUBLIC KEY-----\n{body}\n-----END PUBLIC KEY-----\n")
}

#[tokio::test]
async fn what_each_door_says() {
    let scene = Scene::set().await;
    let good = scene.good();
    let signature = good.split('.').nth(2).unwrap();
    let public = scene.active.public_bytes();
    let forger = TestApp::new().await;
    let forgers_key = StolenKey::from(&forger.store).await;
    let mut header_with_key = part(good, 0);
    header_with_key["jwk"] =
        json!({ "kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(forgers_key.public_bytes()) });
    let another_id = "019c0521-3b80-7000-8000-0000000000ff";
    let mut table = String::new();
    for (name, token) in [
        ("a good token", good.to_owned()),
        (
            "alg none, without a signature",
            scene.with_header("alg", "none".into(), ""),
        ),
        (
            "alg none, with the signature",
            scene.with_header("alg", "none".into(), signature),
        ),
        ("alg NONE", scene.with_header("alg", "NONE".into(), "")),
        ("HS256 under the public key", scene.hs256(public)),
        (
            "HS256 under the public key as in the JWKS",
            scene.hs256(URL_SAFE_NO_PAD.encode(public).as_bytes()),
        ),
        ("HS256 under the public key as PEM", scene.hs256(pem(public).as_bytes())),
        ("HS256 under nothing", scene.hs256(b"")),
        (
            "alg HS256 over the signature",
            scene.with_header("alg", "HS256".into(), signature),
        ),
        (
            "alg ES256 over the signature",
            scene.with_header("alg", "ES256".into(), signature),
        ),
        (
            "by the ring's key of another algorithm",
            scene.other_algorithm.sign_instead(good),
        ),
        (
            "kid of the ring's key of another algorithm",
            scene.with_header("kid", scene.other_algorithm.kid().into(), signature),
        ),
        ("by a retired key", scene.retired.sign_instead(good)),
        (
            "kid of a retired key",
            scene.with_header("kid", scene.retired.kid().into(), signature),
        ),
        (
            "kid of the next key",
            scene.with_header("kid", scene.next.kid().into(), signature),
        ),
        // Another replica may have rotated a moment ago.
        ("by the next key before its time", scene.next.sign_instead(good)),
        ("kid of nobody's", scene.with_header("kid", "nobody".into(), signature)),
        ("no kid", scene.active.resign(good, |header, _| header.kid = None)),
        (
            "by another service's key under our kid",
            forgers_key.resign(good, |header, _| header.kid = Some(scene.active.kid().into())),
        ),
        (
            "by a key in its own header",
            forgers_key.sign_under(&header_with_key, good),
        ),
        (
            "typ JWT",
            scene.active.resign(good, |header, _| header.typ = Some("JWT".into())),
        ),
        ("no typ", scene.active.resign(good, |header, _| header.typ = None)),
        ("another aud", scene.with_claim("aud", "https://elsewhere.example")),
        (
            "several aud",
            scene.with_claim("aud", json!(["https://login.example", "https://elsewhere.example"])),
        ),
        ("another iss", scene.with_claim("iss", "https://elsewhere.example")),
        ("another sub", scene.with_claim("sub", another_id)),
        ("another sid", scene.with_claim("sid", another_id)),
        ("exp in a second", scene.with_claim("exp", NOW + 1)),
        ("exp now", scene.with_claim("exp", NOW)),
        ("exp 29 s ago", scene.with_claim("exp", NOW - 29)),
        ("exp 30 s ago", scene.with_claim("exp", NOW - 30)),
        ("iat in 30 s", scene.with_claim("iat", NOW + 30)),
        ("iat in 31 s", scene.with_claim("iat", NOW + 31)),
        ("a later exp under the signature", {
            let mut claims = part(good, 1);
            claims["exp"] = (NOW + 86_400).into();
            format!("{}.{}.{signature}", good.split('.').next().unwrap(), encoded(&claims))
        }),
        ("the signature cut", good[..good.len() - 1].to_owned()),
        ("a refresh token", scene.login.refresh.clone()),
        ("an API key", API_KEY.to_owned()),
        ("garbage", "garbage".to_owned()),
    ] {
        writeln!(table, "{name}: {}", scene.verdicts(&token).await).unwrap();
    }
    assert_snapshot!(table);
}
