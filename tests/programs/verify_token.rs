//! `verify_token.rs`: verifies access tokens of wxlogin, one a line on standard input.

use std::collections::HashMap;
use std::error::Error;
use std::process::ExitCode;
use std::str::FromStr;
use std::time::Duration;
use std::{env, io};

use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;
use tokio::sync::Mutex;
use tokio::time::Instant;

/// How long the keys are kept: the max-age of their Cache-Control.
const KEPT: Duration = Duration::from_secs(300);
/// How soon they are fetched again for a `kid` that is not among them.
const COOLDOWN: Duration = Duration::from_secs(30);

#[derive(Deserialize)]
struct Claims {
    sub: String,
}

struct Verifier {
    client: reqwest::Client,
    jwks: String,
    validation: Validation,
    keys: Mutex<Option<Keys>>,
}

struct Keys {
    by_kid: HashMap<String, DecodingKey>,
    fetched: Instant,
}

impl Verifier {
    fn new(issuer: &str, audience: &str, algorithm: Algorithm) -> reqwest::Result<Self> {
        let mut validation = Validation::new(algorithm);
        validation.set_issuer(&[issuer]);
        validation.set_audience(&[audience]);
        validation.set_required_spec_claims(&["iss", "aud", "exp", "sub"]);
        validation.leeway = 30;
        validation.validate_nbf = true;
        Ok(Self {
            client: reqwest::Client::builder().timeout(Duration::from_secs(5)).build()?,
            jwks: format!("{issuer}/.well-known/jwks.json"),
            validation,
            keys: Mutex::new(None),
        })
    }

    /// The account whose token this is.
    async fn account(&self, token: &str) -> Result<String, Box<dyn Error>> {
        let header = decode_header(token)?;
        if header.typ.as_deref() != Some("at+jwt") {
            return Err("typ is not at+jwt".into());
        }
        let key = self.key(&header.kid.ok_or("no kid")?).await?;
        Ok(decode::<Claims>(token, &key, &self.validation)?.claims.sub)
    }

    /// The lock is held while the keys are fetched: whoever comes meanwhile waits for the same ones.
    async fn key(&self, kid: &str) -> Result<DecodingKey, Box<dyn Error>> {
        let mut keys = self.keys.lock().await;
        let fresh_for = |age| keys.as_ref().is_some_and(|keys| keys.fetched.elapsed() < age);
        let known = keys.as_ref().is_some_and(|keys| keys.by_kid.contains_key(kid));
        if !fresh_for(if known { KEPT } else { COOLDOWN }) {
            *keys = Some(self.fetch().await?);
        }
        let key = keys.as_ref().and_then(|keys| keys.by_kid.get(kid));
        Ok(key.ok_or("kid is unknown")?.clone())
    }

    async fn fetch(&self) -> Result<Keys, Box<dyn Error>> {
        let response = self.client.get(&self.jwks).send().await?.error_for_status()?;
        let mut by_kid = HashMap::new();
        for jwk in response.json::<JwkSet>().await?.keys {
            if let Some(kid) = &jwk.common.key_id {
                by_kid.insert(kid.clone(), DecodingKey::from_jwk(&jwk)?);
            }
        }
        let fetched = Instant::now();
        Ok(Keys { by_kid, fetched })
    }
}

#[tokio::main]
async fn main() -> Result<ExitCode, Box<dyn Error>> {
    let variable = |name| env::var_os(name).and_then(|value| value.into_string().ok());
    let issuer = variable("ISSUER").ok_or("ISSUER is not set")?;
    let audience = variable("AUDIENCE").unwrap_or_else(|| issuer.clone());
    let algorithm = variable("ALGORITHM").unwrap_or_else(|| "EdDSA".into());
    let verifier = Verifier::new(&issuer, &audience, Algorithm::from_str(&algorithm)?)?;
    let mut code = ExitCode::SUCCESS;
    for token in io::stdin().lines() {
        match verifier.account(token?.trim()).await {
            Ok(account) => println!("{account}"),
            Err(reason) => {
                eprintln!("refused: {reason}");
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}
