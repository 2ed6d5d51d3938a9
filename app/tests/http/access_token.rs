//! Access tokens: which are believed, and what is said of the others.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use insta::{assert_json_snapshot, assert_snapshot};
use poem::http::header;
use serde_json::{Value, json};
use wxlogin_domain::ports::key_store::KeyStore as _;

use crate::app::{NOW, Setup, TestApp};
use crate::call::Call;
use crate::token::{StolenKey, encoded, part};

#[tokio::test]
async fn a_token_expires_after_its_time_and_thirty_seconds_of_leeway() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    app.advance(900 + 29);
    assert_eq!(app.me(&login.access).await.status, 200);
    app.advance(1);
    assert_json_snapshot!(app.me(&login.access).await.shown());
    // That is what its refresh token is for.
    let next = app.refreshed(&login.refresh).await;
    assert_eq!(app.me(&next.access).await.status, 200);
}

#[tokio::test]
async fn without_credentials_the_challenge_is_bare() {
    let app = TestApp::new().await;
    assert_json_snapshot!(app.get("/v1/me").await.shown());
}

#[tokio::test]
async fn credentials_of_another_kind_are_none() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let basic = STANDARD.encode("alice:password");
    let mut table = String::new();
    for (name, authorization) in [
        ("Bearer", format!("Bearer {}", login.access)),
        ("bearer", format!("bearer {}", login.access)),
        ("BEARER", format!("BEARER {}", login.access)),
        ("two blanks", format!("Bearer  {}", login.access)),
        ("a blank after it", format!("Bearer {} ", login.access)),
        ("no scheme", login.access.clone()),
        ("no blank", format!("Bearer{}", login.access)),
        ("a tab", format!("Bearer\t{}", login.access)),
        ("a colon", format!("Bearer: {}", login.access)),
        ("in quotes", format!("Bearer \"{}\"", login.access)),
        ("two of them", format!("Bearer {0}, Bearer {0}", login.access)),
        ("Basic", format!("Basic {basic}")),
        ("Digest", "Digest username=alice".to_owned()),
        ("the scheme alone", "Bearer".to_owned()),
        ("an empty token", "Bearer ".to_owned()),
        ("nothing", String::new()),
    ] {
        let call = Call::get("/v1/me").header(header::AUTHORIZATION, &authorization);
        writeln!(table, "{name}: {}", app.send(call).await.brief()).unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn a_token_in_the_query_or_a_cookie_is_not_looked_at() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let query = Call::get(&format!("/v1/me?access_token={}", login.access));
    let cookie = Call::get("/v1/me").header(header::COOKIE, &format!("access_token={}", login.access));
    for call in [query, cookie] {
        assert_eq!(app.send(call).await.code(), "unauthorized");
    }
}

#[tokio::test]
async fn forgeries_are_not_believed() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let good = login.access.as_str();
    let parts: Vec<&str> = good.split('.').collect();
    let (head, claims, signature) = (parts[0], parts[1], parts[2]);
    let changed_claims = |change: fn(&mut Value)| {
        let mut claims = part(good, 1);
        change(&mut claims);
        format!("{head}.{}.{signature}", encoded(&claims))
    };
    let changed_header = |name: &str, value: Value, signature: &str| {
        let mut header = part(good, 0);
        header[name] = value;
        format!("{}.{claims}.{signature}", encoded(&header))
    };
    let other_keys = TestApp::new().await.logged_in("alice").await;
    for (name, token) in [
        (
            "another sub",
            changed_claims(|claims| claims["sub"] = claims["sid"].clone()),
        ),
        (
            "a later exp",
            changed_claims(|claims| claims["exp"] = (NOW + 1_000_000).into()),
        ),
        ("alg none", changed_header("alg", "none".into(), "")),
        ("alg none, signed", changed_header("alg", "none".into(), signature)),
        ("alg HS256", changed_header("alg", "HS256".into(), signature)),
        ("typ JWT", changed_header("typ", "JWT".into(), signature)),
        ("no kid", changed_header("kid", Value::Null, signature)),
        (
            "a kid of nobody",
            changed_header("kid", "../../etc/passwd".into(), signature),
        ),
        ("of other keys", other_keys.access),
        ("a refresh token", login.refresh.clone()),
        ("no signature", format!("{head}.{claims}.")),
        ("no claims", format!("{head}..{signature}")),
        ("one part too many", format!("{good}.{signature}")),
        ("cut", good[..good.len() - 1].to_owned()),
        ("garbage", "garbage".to_owned()),
        ("dots", "..".to_owned()),
        ("9 KiB", "a".repeat(9 * 1024)),
    ] {
        assert_eq!(app.me(&token).await.code(), "token_invalid", "{name}");
    }
    assert_json_snapshot!(app.me("garbage").await.shown());
}

#[tokio::test]
async fn a_good_signature_is_not_enough() {
    let app = TestApp::new().await;
    let login = app.logged_in("alice").await;
    let key = StolenKey::from(&app.store).await;
    assert_eq!(app.me(&key.resign(&login.access, |_, _| ())).await.status, 200);
    let mut table = String::new();
    let with_claim = |name: &str, value: Value| key.resign(&login.access, |_, claims| claims[name] = value);
    let without_claim = |name: &str| {
        key.resign(&login.access, |_, claims| {
            claims.as_object_mut().unwrap().remove(name);
        })
    };
    let another_account = "019c0521-3b80-7000-8000-0000000000ff";
    for (name, token) in [
        (
            "typ JWT",
            key.resign(&login.access, |header, _| header.typ = Some("JWT".into())),
        ),
        ("no typ", key.resign(&login.access, |header, _| header.typ = None)),
        ("no kid", key.resign(&login.access, |header, _| header.kid = None)),
        (
            "kid of nobody",
            key.resign(&login.access, |header, _| header.kid = Some("nobody".into())),
        ),
        (
            "crit",
            key.resign(&login.access, |header, _| header.crit = Some(vec!["b64".into()])),
        ),
        ("another iss", with_claim("iss", "https://elsewhere.example".into())),
        ("another aud", with_claim("aud", "https://elsewhere.example".into())),
        ("another sub", with_claim("sub", another_account.into())),
        ("another sid", with_claim("sid", another_account.into())),
        (
            "sub in capitals",
            with_claim("sub", login.account.to_uppercase().into()),
        ),
        ("sub no id", with_claim("sub", "alice".into())),
        ("client_id no appid", with_claim("client_id", "alice".into())),
        ("iat in 30 s", with_claim("iat", (NOW + 30).into())),
        ("iat in 31 s", with_claim("iat", (NOW + 31).into())),
        ("exp 29 s ago", with_claim("exp", (NOW - 29).into())),
        ("exp 30 s ago", with_claim("exp", (NOW - 30).into())),
        ("exp a text", with_claim("exp", (NOW + 900).to_string().into())),
        ("exp negative", with_claim("exp", (-1).into())),
        ("exp a fraction", with_claim("exp", json!(1_769_615_876.5))),
        ("no exp", without_claim("exp")),
        ("no iss", without_claim("iss")),
        ("no aud", without_claim("aud")),
        ("no sid", without_claim("sid")),
        ("no jti", without_claim("jti")),
        ("a claim more", with_claim("scope", "admin".into())),
    ] {
        let reply = app.me(&token).await;
        let outcome = if reply.status == 200 {
            "200".to_owned()
        } else {
            format!("{} {}", reply.status, reply.code())
        };
        writeln!(table, "{name:<20} {outcome}").unwrap();
    }
    assert_snapshot!(table);
}

#[tokio::test]
async fn tokens_of_another_issuer_with_the_same_keys_are_foreign() {
    let staging = Setup::with_config(|config| config.tokens.issuer = "https://staging.example".into());
    let production = Setup::default();
    let staging = staging.start().await;
    let keys = staging.store.key_ring().await.unwrap().unwrap();
    assert!(production.store.replace_key_ring(&keys, &[]).await.unwrap());
    let production = production.start().await;
    let theirs = staging.logged_in("alice").await;
    let ours = production.logged_in("alice").await;
    assert_eq!(part(&theirs.access, 0), part(&ours.access, 0));
    assert_eq!(production.me(&theirs.access).await.code(), "token_invalid");
}

#[tokio::test]
async fn a_token_is_asked_for_before_the_body_is_judged() {
    let app = TestApp::new().await;
    for call in [Call::patch("/v1/me"), Call::post("/v1/logout")] {
        assert_eq!(app.send(call.said_to_be_json("no JSON")).await.code(), "unauthorized");
    }
}
