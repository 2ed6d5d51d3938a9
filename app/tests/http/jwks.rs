//! `GET /.well-known/jwks.json`, and what the tokens that are verified with it say.

use std::collections::HashSet;

use insta::assert_json_snapshot;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{DecodingKey, Validation};
use serde_json::{Value, json};
use wxlogin_domain::key_ring::Algorithm;

use crate::app::{Setup, TestApp};
use crate::token::part;
use crate::wechat::united_people;

async fn signing_with(algorithm: Algorithm) -> TestApp {
    Setup::with_config(|config| config.tokens.algorithm = algorithm)
        .start()
        .await
}

/// The answer with the random numbers of the keys replaced by their lengths.
fn without_numbers(mut shown: Value) -> Value {
    for key in shown["body"]["keys"].as_array_mut().unwrap() {
        for name in ["kid", "x", "y", "n"] {
            if let Some(number) = key.get_mut(name) {
                *number = format!("[{} characters]", number.as_str().unwrap().len()).into();
            }
        }
    }
    shown
}

#[tokio::test]
async fn the_keys_of_each_algorithm_are_published() {
    for algorithm in Algorithm::ALL {
        let app = signing_with(algorithm).await;
        let reply = app.get("/.well-known/jwks.json").await;
        assert_eq!(reply.header("cache-control"), Some("public, max-age=300"));
        assert_json_snapshot!(format!("jwks_{algorithm}"), without_numbers(reply.shown()));
    }
}

#[tokio::test]
async fn a_backend_verifies_access_tokens_with_what_is_published_and_nothing_else() {
    for algorithm in Algorithm::ALL {
        let app = signing_with(algorithm).await;
        let login = app.logged_in("alice").await;
        let keys: JwkSet = serde_json::from_value(app.get("/.well-known/jwks.json").await.json()).unwrap();
        let header = jsonwebtoken::decode_header(&login.access).unwrap();
        let key = keys.find(header.kid.as_deref().unwrap()).expect("the kid is published");
        let mut validation = Validation::new(header.alg);
        validation.set_issuer(&["https://login.example"]);
        validation.set_audience(&["https://login.example"]);
        // The library would look at the wall clock.
        validation.validate_exp = false;
        let token =
            jsonwebtoken::decode::<Value>(&login.access, &DecodingKey::from_jwk(key).unwrap(), &validation).unwrap();
        assert_eq!(token.claims["sub"], login.account);
        assert_eq!(header.typ.as_deref(), Some("at+jwt"));
    }
}

#[tokio::test]
async fn private_parts_are_not_published() {
    for algorithm in Algorithm::ALL {
        let app = signing_with(algorithm).await;
        let keys = app.get("/.well-known/jwks.json").await.json()["keys"].clone();
        for name in ["d", "p", "q", "dp", "dq", "qi", "oth", "k"] {
            assert_eq!(keys[0].get(name), None, "{algorithm} {name}");
        }
    }
}

#[tokio::test]
async fn the_header_and_claims_of_an_access_token_are_these() {
    let app = Setup::with_config(|config| config.tokens.audience = "https://api.example".into())
        .start()
        .await;
    let login = app.logged_in("alice").await;
    let mut header = part(&login.access, 0);
    let published = app.get("/.well-known/jwks.json").await.json();
    assert_eq!(header["kid"], published["keys"][0]["kid"]);
    header["kid"] = "[of the published key]".into();
    assert_json_snapshot!(json!({ "header": header, "claims": part(&login.access, 1) }));
    assert_eq!(part(&login.access, 1)["sub"], login.account);
}

#[tokio::test]
async fn identifiers_of_wechat_are_in_the_claims_only_where_configured() {
    for (openid, unionid) in [(false, false), (true, false), (false, true), (true, true)] {
        let mut setup = Setup::with_wechat(united_people());
        setup.config.tokens.extra_claims.openid = openid;
        setup.config.tokens.extra_claims.unionid = unionid;
        let login = setup.start().await.logged_in("alice").await;
        let claims = part(&login.access, 1);
        assert_eq!(claims.get("openid"), openid.then(|| json!("o-alice-in-a1")).as_ref());
        assert_eq!(claims.get("unionid"), unionid.then(|| json!("u-alice")).as_ref());
    }
}

#[tokio::test]
async fn each_token_has_an_id_of_its_own() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let refreshed = app.refreshed(&login.refresh).await;
    let replayed = app.refreshed(&login.refresh).await;
    let ids: HashSet<String> = [login, refreshed, replayed]
        .iter()
        .map(|tokens| part(&tokens.access, 1)["jti"].to_string())
        .collect();
    assert_eq!(ids.len(), 3);
}
