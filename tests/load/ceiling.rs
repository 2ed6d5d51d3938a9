//! What the HTTP server could do if there were nothing to do: the service's framework, set up as the service sets it up,
//! over constant answers.

use std::time::Duration;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::Ed25519KeyPair;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use poem::endpoint::make_sync;
use poem::http::StatusCode;
use poem::listener::{Acceptor as _, Listener as _, TcpListener};
use poem::{Response, Route, Server};
use serde_json::json;

use crate::child;

/// Answers with nothing, as `/v1/verify` does.
pub const EMPTY: &str = "/empty";
/// Answers with a document of an introspection's size.
pub const JSON: &str = "/json";
/// Answers with a document of a login's size, and a token in it that is signed for the occasion.
pub const TOKEN: &str = "/token";

/// As long as the service keeps a silent connection.
const IDLE: Duration = Duration::from_secs(75);

/// Serves until whoever has started it is gone.
///
/// # Errors
/// When it cannot listen.
pub async fn serve() -> anyhow::Result<()> {
    let acceptor = TcpListener::bind("127.0.0.1:0").into_acceptor().await?;
    for address in acceptor.local_addr() {
        address.as_socket_addr().copied().into_iter().for_each(child::announce);
    }
    let introspected = introspected().to_string();
    let signer = Signer::new()?;
    let routes = Route::new()
        .at(EMPTY, make_sync(|_| StatusCode::NO_CONTENT))
        .at(JSON, make_sync(move |_| document(introspected.clone())))
        .at(TOKEN, make_sync(move |_| document(logged_in(&signer.sign()))));
    let stop = async {
        // Whatever became of the input, nobody waits for answers any more.
        let _ = child::abandoned().await;
    };
    let server = Server::new_with_acceptor(acceptor).idle_timeout(IDLE);
    Ok(server.run_with_graceful_shutdown(routes, stop, None).await?)
}

fn document(body: String) -> Response {
    Response::builder()
        .content_type("application/json; charset=utf-8")
        .body(body)
}

fn introspected() -> serde_json::Value {
    json!({
        "active": true,
        "token_type": "Bearer",
        "iss": "https://login.example",
        "aud": "https://login.example",
        "sub": "01a202fa-f907-7e42-9b71-e72b0673a4d5",
        "client_id": "wx0000000000000001",
        "iat": 1_769_000_000,
        "exp": 1_769_000_900,
        "jti": "0123456789012345678901",
        "sid": "01a202fa-f907-7e42-9b71-e72b0673a4d5",
        "appid": "wx0000000000000001",
        "openid": "oLoad00000000000000000000001",
    })
}

fn logged_in(token: &str) -> String {
    format!(
        r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":900,"refresh_token":"wxr_0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890","refresh_expires_in":2592000,"account":{{"id":"01a202fa-f907-7e42-9b71-e72b0673a4d5","status":"active","created_at":"2026-01-01T00:00:00Z","last_login_at":"2026-01-01T00:00:00Z","identities":[{{"appid":"wx0000000000000001","openid":"oLoad00000000000000000000001","first_seen_at":"2026-01-01T00:00:00Z"}}]}},"is_new_account":false}}"#
    )
}

/// Signs tokens of the service's size with an Ed25519 key of its own.
pub struct Signer {
    key: EncodingKey,
    header: Header,
    claims: serde_json::Value,
}

impl Signer {
    /// With a new key.
    ///
    /// # Errors
    /// When none can be made.
    pub fn new() -> anyhow::Result<Self> {
        let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some("at+jwt".into());
        header.kid = Some("0123456789012345678901".into());
        Ok(Self {
            key: EncodingKey::from_ed_der(pkcs8.as_ref()),
            header,
            claims: json!({
                "iss": "https://login.example",
                "aud": "https://login.example",
                "sub": "01a202fa-f907-7e42-9b71-e72b0673a4d5",
                "iat": 1_769_000_000,
                "exp": 1_769_000_900,
                "jti": "0123456789012345678901",
                "sid": "01a202fa-f907-7e42-9b71-e72b0673a4d5",
                "client_id": "wx0000000000000001",
            }),
        })
    }

    /// A token; empty where the library fails, which shows in the size of the answers.
    pub fn sign(&self) -> String {
        jsonwebtoken::encode(&self.header, &self.claims, &self.key).unwrap_or_default()
    }
}
