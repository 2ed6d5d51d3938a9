//! How fast this machine signs and verifies Ed25519: no service is faster than that.

use std::thread;
use std::time::Duration;

use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, crypto};
use serde::Serialize;
use tokio::time::Instant;

use crate::drive::{count, ratio};

/// About as much as an access token of the service has to be signed.
const MESSAGE: [u8; 420] = [b'A'; 420];
/// How many are made between two looks at the clock.
const BATCH: u64 = 64;

/// Operations a second.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Rates {
    /// Signatures, on one processor.
    pub signed_on_one: f64,
    /// Signatures, on two.
    pub signed_on_two: f64,
    /// Verifications, on one processor.
    pub verified_on_one: f64,
    /// Verifications, on two.
    pub verified_on_two: f64,
}

/// Measures them.
///
/// # Errors
/// When the library does not do it at all.
pub fn rates(measured: Duration) -> anyhow::Result<Rates> {
    let pkcs8 = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new())?;
    let pair = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref())?;
    let private = EncodingKey::from_ed_der(pkcs8.as_ref());
    let public = DecodingKey::from_ed_components(&URL_SAFE_NO_PAD.encode(pair.public_key()))?;
    let signature = crypto::sign(&MESSAGE, &private, Algorithm::EdDSA)?;
    anyhow::ensure!(crypto::verify(&signature, &MESSAGE, &public, Algorithm::EdDSA)?);
    let sign = || crypto::sign(&MESSAGE, &private, Algorithm::EdDSA).is_ok();
    let verify = || crypto::verify(&signature, &MESSAGE, &public, Algorithm::EdDSA).is_ok();
    Ok(Rates {
        signed_on_one: rate(1, measured, &sign),
        signed_on_two: rate(2, measured, &sign),
        verified_on_one: rate(1, measured, &verify),
        verified_on_two: rate(2, measured, &verify),
    })
}

fn rate(processors: usize, measured: Duration, operation: &(impl Fn() -> bool + Sync)) -> f64 {
    let once = || {
        let started = Instant::now();
        let mut done = 0;
        while started.elapsed() < measured {
            done += (0..BATCH).filter(|_| std::hint::black_box(operation())).count();
        }
        ratio(count(done as u64), started.elapsed().as_secs_f64())
    };
    thread::scope(|scope| {
        let threads: Vec<_> = (0..processors).map(|_| scope.spawn(once)).collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).sum()
    })
}
